"""docs/rule-tests.md holds: its examples run and pass, its failure is what is printed, and it names every key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.rulebook import rule_tests
from ntm_rules.rulebook.loader import load_set
from ntm_rules.workbench.testing.cases import Case, read_cases
from ntm_rules.workbench.testing.points import KINDS, PLACES
from ntm_rules.workbench.testing.runner import run
from tests.conftest import ROOT, Ntm
from tests.rulebook.test_documents import LANGUAGE, blocks, first_cells, named

PAGE = (ROOT / "docs" / "rule-tests.md").read_text(encoding="utf-8")
MODELS = (rule_tests.RuleTest, rule_tests.Expected, rule_tests.CountedGiven, rule_tests.StateGiven)
KEYS = {name for model in MODELS for name in model.model_fields}


@pytest.fixture
def example_set(tmp_path: Path) -> Path:
    """The example set of rule-language.md, its overlay beside it."""
    for block in blocks(LANGUAGE, "yaml"):
        path = tmp_path / block.splitlines()[0].removeprefix("# ")
        path.parent.mkdir(exist_ok=True)
        path.write_text(block, encoding="utf-8")
    (tmp_path / "communes.csv").write_text(blocks(LANGUAGE, "csv")[0], encoding="utf-8")
    return tmp_path


@pytest.fixture
def examples(example_set: Path) -> list[Case]:
    path = example_set / "08" / "tests.yaml"
    path.write_text("\n".join(blocks(PAGE, "yaml")), encoding="utf-8")
    return read_cases(load_set(example_set), [(path, "08/tests.yaml")])


def test_the_examples_pass(examples: list[Case]) -> None:
    assert [(o.case.test.name, o.differences) for o in run(examples, "columnar") if not o.passed] == []


def test_there_is_an_example_of_every_key(examples: list[Case]) -> None:
    def keys(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from keys(inner)

    used = {key for case in examples for key in keys(case.test.model_dump(exclude_unset=True))}
    assert KEYS - used == {
        "classes",
        "earlier",
        "hamlets",
    }  # the example has neither classifications nor hamlets, and reads no year before the last


def test_every_key_is_named_in_a_table_or_beside_its_value() -> None:
    assert KEYS - {*named(PAGE), *re.findall(r"[a-z_]+(?=: )", " ".join(named(PAGE)))} == set()


def test_no_key_is_described_that_does_not_exist(ntm: Ntm, example_set: Path) -> None:
    (example_set / "08" / "tests.yaml").write_text(FAILING, encoding="utf-8")
    output = json.loads(ntm("rules", "test", example_set, "--format", "json", "--coverage").stdout)
    described = first_cells(PAGE) - {"80"}
    assert {key for key in described if re.fullmatch(r"[a-z_]+", key)} <= KEYS | set(json_keys(output)) | {
        "true",
        "false",
    }


def json_keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from json_keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from json_keys(inner)


def test_every_key_of_the_json_is_named(ntm: Ntm, example_set: Path) -> None:
    (example_set / "08" / "tests.yaml").write_text(FAILING, encoding="utf-8")
    output = json.loads(ntm("rules", "test", example_set, "--format", "json", "--coverage").stdout)
    assert {*json_keys(output), *KINDS, *PLACES} - named(PAGE) == set()


FAILING = """\
- name: "8.1.b: 79,9999% là đạt"
  of: 8.1.b
  given: {waste_treated_share: 79.9999}
  expect: {verdict: MET}
"""


def test_the_failure_shown_is_the_one_printed(ntm: Ntm, example_set: Path) -> None:
    (example_set / "08" / "tests.yaml").write_text(FAILING, encoding="utf-8")
    printed = ntm("rules", "test", example_set).stdout
    (shown,) = blocks(PAGE, "text")
    assert [line.rstrip() for line in printed.splitlines()][: len(shown.splitlines())] == shown.splitlines()
