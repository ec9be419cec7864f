"""The pages about rules hold: their examples load, and they name every key, and no other."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from ntm_rules.evaluation.verdicts import PRECEDENCE, Reason
from ntm_rules.rulebook import models
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet
from ntm_rules.rulebook.describe import FORMAT, describe, describe_indicator
from ntm_rules.rulebook.kinds import Kind
from ntm_rules.rulebook.loader import load_overlay, load_set
from ntm_rules.rulebook.model_checking import check
from ntm_rules.rulebook.register_file import COLUMNS
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.yaml_reader import read_yaml
from tests.conftest import ROOT
from tests.rulebook.tiny import END_OF_2026, Tiny
from tests.turns.conftest import TURNS as EVERY_TURN

LANGUAGE = (ROOT / "docs" / "rule-language.md").read_text(encoding="utf-8")
JSON = (ROOT / "docs" / "rules-json.md").read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def named(page: str) -> set[str]:
    """Every word between backticks outside the examples."""
    prose = re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL)
    return set(re.findall(r"`([^`\n]+)`", prose))


def first_cells(page: str) -> set[str]:
    """The keys in the first column of the tables whose header starts with `key`."""
    tables = re.findall(r"^\| [^|\n]*\bkey\b[^|\n]*\|.*\n\|[-|]+\n((?:\|.*\n)+)", page, re.MULTILINE)
    return {key for table in tables for row in table.splitlines() for key in named(row.split("|")[1])}


# --- rule-language.md --------------------------------------------------------------------------


def written_models() -> Iterator[type[models.Written]]:
    waiting = [models.Written]
    while waiting:
        for model in waiting.pop().__subclasses__():
            waiting.append(model)
            if model.__module__.startswith(models.__name__):  # tests.yaml has a page of its own
                yield model


KEYS = {info.alias or name for model in written_models() for name, info in model.model_fields.items()}


def test_every_key_of_every_file_is_named() -> None:
    assert {*KEYS, *COLUMNS} - named(LANGUAGE) == set()


def test_no_key_is_described_that_does_not_exist() -> None:
    assert first_cells(LANGUAGE) - KEYS == set()


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The page's examples as the files they say they are."""
    for block in blocks(LANGUAGE, "yaml"):
        name = block.splitlines()[0].removeprefix("# ")
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(block, encoding="utf-8")
    (register,) = blocks(LANGUAGE, "csv")
    (tmp_path / "communes.csv").write_text(register, encoding="utf-8")
    return tmp_path


TURNS = [block for block in blocks(LANGUAGE, "yaml") if block.startswith("# vi-du/")]
"""Parts of a file of rules, each an example of one turn of the law's language."""


@pytest.mark.parametrize("block", TURNS, ids=lambda block: block.splitlines()[0].removeprefix("# vi-du/"))
def test_the_example_of_a_turn_is_a_rule_in_every_word(tmp_path: Path, block: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(block, encoding="utf-8")
    nodes = check(read_yaml(path), TypeAdapter(list[models.NodeWritten]))
    assert [node for node in nodes if not list(node.requirements())] == []
    assert all(node.text and node.text_en for node in nodes)


def test_the_examples_are_a_complete_set(example: Path) -> None:
    rules = resolve(load_set(example), as_of=END_OF_2026)
    assert [i.id for i in rules.indicators()] == ["8.1", "8.2", "9.1", "9.2"]
    assert rules.indicator_by_id["8.1"].text.endswith("tỷ lệ rác thải được xử lý đạt ≥ 80%")
    assert "⏎" in rules.indicator_by_id["8.1"].printed
    assert {m.kind for m in rules.measures.values()} == {"share", "growth", "attestation", "ruling", "grade"}


def test_the_example_overlay_does_what_the_page_says(example: Path) -> None:
    rules = resolve(load_set(example), as_of=END_OF_2026, overlays=[load_overlay(example / "overlay.yaml")])
    targets = {id_: rules.requirement_by_id[id_].target for id_ in ("8.1.b", "8.2.a", "8.2.b", "9.1")}
    assert all(not isinstance(t, AwaitedTarget) and t.provenance.document == "99/QĐ-UBND" for t in targets.values())
    assert [n.render("en") for n in rules.notices] == [
        "Overlay qd-99-2026 loosens 9.1: from ≥ Completed well to ≥ Completed"
    ]
    assert rules.communes["03402"].group == "nhom-1"


def test_the_example_of_an_amending_decision_does_what_the_page_says(example: Path) -> None:
    loaded, overlays = load_set(example), [load_overlay(example / name) for name in ("overlay.yaml", "sua-doi.yaml")]
    before, after = (resolve(loaded, as_of=dt.date(2027, *day), overlays=overlays) for day in ((6, 30), (7, 1)))
    assert [i.id for i in before.indicators()] == ["8.1", "8.2", "9.1", "9.2"]
    assert [i.id for i in after.indicators()] == ["8.1", "8.2", "8.3", "9.1", "10.1"]
    assert (before.standard, after.standard is not None) == (None, True)
    assert [r.id for r in after.indicator_by_id["8.1"].requirements()] == ["8.1.a", "8.1.b", "8.1.c"]
    found = {id_: after.requirement_by_id[id_] for id_ in ("8.1.b", "8.2.b", "9.1")}
    assert [one.comparator.sign for one in found.values()] == [">", ">", "≥"]
    assert (found["9.1"].lead, [gate.measure for gate in found["9.1"].gates]) == (
        "so-nong-nghiep",
        ["compost_pit_exists"],
    )
    assert after.decisions["quy-dinh-moi"].owed_by == "so-nong-nghiep"


def test_the_kinds_and_forms_are_named() -> None:
    kinds = set(Kind.__args__)  # type: ignore[attr-defined]
    assert {*kinds, *models.FORMS} - named(LANGUAGE) == set()


# --- rules-json.md -----------------------------------------------------------------------------


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


@pytest.fixture
def json_keys(lai_chau: CriteriaSet, filled: CriteriaSet, tiny: Tiny) -> set[str]:
    small = tiny.resolve(tiny.overlay())
    turns = resolve(load_set(EVERY_TURN), as_of=END_OF_2026)
    sets = (EVERY_TURN.with_name(f"{name}-2026-2030") for name in ("diem", "nang-cao", "quoc-gia"))
    written = (resolve(load_set(folder), as_of=END_OF_2026) for folder in sets)
    described = [describe(rules) for rules in (lai_chau, filled, small, turns, *written)]
    described.append(describe_indicator(small, "1.1"))
    groups = {*lai_chau.groups, *small.groups, *(one for each in turns.classings.values() for one in each.classes)}
    groups |= {*turns.groups, *turns.classifications}
    return {key for rules in described for key in keys_of(rules)} - groups


def test_every_key_of_the_json_is_named(json_keys: set[str]) -> None:
    assert json_keys - named(JSON) == set()


def test_no_key_of_the_json_is_described_that_does_not_occur(json_keys: set[str]) -> None:
    assert first_cells(JSON) - json_keys == set()


def test_the_page_is_about_this_format() -> None:
    assert f"`format` {FORMAT}" in JSON


def test_the_composition_table_is_the_programs_own() -> None:
    rows = {op: f"| `{op}` | {' > '.join(verdict.name for verdict in order)} |" for op, order in PRECEDENCE.items()}
    assert all(row in JSON for row in rows.values())


def test_the_reasons_of_awaited_targets_are_named() -> None:
    reasons = {
        Reason.TARGET_PENDING,
        Reason.STANDARD_PENDING,
        Reason.NO_VALUE_IN_FORCE,
        Reason.NO_REFERENCE_FIGURE,
    }
    assert {reason.value for reason in reasons} - named(JSON) == set()


def test_the_example_of_the_page_is_what_the_program_says(filled: CriteriaSet) -> None:
    (example,) = blocks(JSON, "json")
    found = describe_indicator(filled, "8.1")["indicator"]["condition"]["children"][1]
    shown = json.loads(example)
    assert shown == {key: found[key] for key in shown}
    assert {"id", "kind", "measure", "comparator", "target"} <= set(shown)
