"""docs/cross-checks.md and Lai Châu's catalogue say the same, and every condition has an example that loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from ntm_rules.dataset.problem_kinds import KINDS
from ntm_rules.rulebook.cross_checks import CONDITIONS, FILLED_IN, CrossCheck
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.model_checking import check
from ntm_rules.rulebook.yaml_reader import read_yaml
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "cross-checks.md").read_text(encoding="utf-8")
SEVERITIES = {"error": "lỗi · error", "warning": "cảnh báo · warning", "info": "lưu ý · info"}


def section(heading: str) -> str:
    """The text under a heading, white space put together."""
    found = re.search(rf"^### {re.escape(heading)}\b[^\n]*\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[0]


def squeezed(words: str) -> str:
    return " ".join(words.split())


def test_the_page_has_every_check_in_order_and_no_other(loaded: LoadedSet) -> None:
    headings = re.findall(r"^### (KC\d+) · (.*)$", PAGE, re.MULTILINE)
    assert headings == [(c.id, f"{c.title.vi} · {c.title.en}") for c in loaded.cross_checks]


def test_what_the_page_says_of_a_check_is_what_the_catalogue_says(loaded: LoadedSet) -> None:
    for one in loaded.cross_checks:
        said = squeezed(section(one.id))
        assert SEVERITIES[one.severity] in said
        assert f"`{one.condition}`" in said
        assert all(id_ in said.partition("**")[0] for id_ in one.unless)
        for text in (one.finding, one.why, one.mend, *([one.note] if one.note else [])):
            assert squeezed(text.vi) in said, one.id
            assert squeezed(text.en) in said, one.id


def test_the_counts_of_the_page_are_the_catalogue_s(loaded: LoadedSet) -> None:
    severities = [one.severity for one in loaded.cross_checks]
    counts = [severities.count(severity) for severity in SEVERITIES]
    said = "{} kiểm tra: {} lỗi, {} cảnh báo, {} lưu ý.".format(len(severities), *counts)
    assert said in PAGE


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_condition_has_an_example_that_loads(condition: str, tmp_path: Path) -> None:
    examples = re.findall(r"^```yaml\n(.*?)^```", section(condition), re.MULTILINE | re.DOTALL)
    assert examples
    head = "id: X\nseverity: info\n" + "".join(
        f"{key}: {{vi: a, en: b}}\n" for key in ("title", "finding", "why", "mend")
    )
    for example in examples:
        path = tmp_path / "example.yaml"
        path.write_text(head + example, encoding="utf-8")
        assert check(read_yaml(path), TypeAdapter(CrossCheck)).condition == condition


def test_what_is_filled_in_is_listed_for_every_condition() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ((?:`\{\w+\}`(?:, )?)+) \|$", PAGE, re.MULTILINE))
    assert {name: set(re.findall(r"\{(\w+)\}", cell)) for name, cell in rows.items()} == FILLED_IN


def test_every_problem_that_reading_tells_is_listed() -> None:
    listed = re.findall(r"`([a-z0-9-]+)`", section("reading").partition("problems.csv):")[2])
    assert set(listed) == set(KINDS)
