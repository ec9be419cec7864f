"""What differs between kinds of measures stands in one row of one table, and nobody asks for a kind by its name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from ntm_rules.dataset.cells.answers import Answers
from ntm_rules.dataset.records import State
from ntm_rules.evaluation.reference import SHORT
from ntm_rules.rulebook.kinds import KINDS, QUANTITIES, Kind
from ntm_rules.rulebook.models import Measure
from tests.conftest import ROOT

PACKAGE = ROOT / "ntm_rules"
TABLES = {"rulebook/kinds.py", "evaluation/reference.py"}
"""Where kinds are told apart by name: the row of each, and its comparison."""


def measure(kind: str, unit: str = "km") -> Measure:
    both = {"vi": "-", "en": "-"}
    own = {
        "share": {"counted": {"numerator": both, "denominator": both, "unit": both}},
        "grade": {"scale": "xep-loai"},
    }
    sense = {"sense": "higher"} if kind in QUANTITIES else {}
    texts = {"label": both, "unit": {"vi": unit, "en": unit}, "evidence": both}
    return Measure.model_validate({"id": "m", "kind": kind, **texts, **sense, **own.get(kind, {})})


def test_every_kind_has_a_row_and_a_comparison() -> None:
    assert get_args(Kind) == tuple(KINDS)
    assert {kind for kind, traits in KINDS.items() if not traits.quantity} == set(SHORT)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_a_number_or_one_of_a_few_answers(kind: str) -> None:
    row = KINDS[kind]
    of_numbers = row.in_percent or row.counted or row.needs_year_before or row.whole
    assert row.by_size or not of_numbers
    assert row.quantity + row.dated + row.graded + bool(row.choices) == 1


@pytest.mark.parametrize("kind", [kind for kind, row in KINDS.items() if row.choices])
def test_answers_are_one_favourable_and_one_other_and_perhaps_awaited(kind: str) -> None:
    row = KINDS[kind]
    assert [choice.rank for choice in row.choices] == ([1, 0, None] if row.concluded else [1, 0])
    assert row.lacking


@pytest.mark.parametrize("kind", [kind for kind, row in KINDS.items() if row.choices])
def test_an_answer_is_read_as_it_is_offered_in_both_languages(kind: str) -> None:
    answers = Answers(measure(kind), None)
    for choice in KINDS[kind].choices:
        meant = (State.AWAITED, 0) if choice.rank is None else (State.PRESENT, choice.rank)
        assert [answers.read(words) for words in (choice.vi, choice.en)] == [meant, meant]


@pytest.mark.parametrize(
    ("kind", "reported", "compared"),
    [("share", "%", "%"), ("growth", "km", "%"), ("count", "km", "km"), ("amount", "km", "km")],
)
def test_a_quantity_is_reported_in_one_unit_and_compared_in_one(kind: str, reported: str, compared: str) -> None:
    one = measure(kind)
    assert (one.reported_unit.vi, one.compared_unit.vi) == (reported, compared)


@pytest.mark.parametrize(("unit", "percent"), [("%", True), (" %/năm", True), ("km", False), ("điểm %", False)])
def test_a_unit_of_its_own_may_be_percent(unit: str, percent: bool) -> None:
    assert measure("amount", unit).unit_is_percent is percent


def by_name(path: Path) -> Iterator[str]:
    """Yield where a module compares a kind with the name of one, or holds a table of them."""
    source = path.read_text(encoding="utf-8")
    if not any(f'"{kind}"' in source for kind in KINDS):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            asked = any("kind" in (getattr(side, "attr", ""), getattr(side, "id", "")) for side in sides)
            names = {leaf.value for side in sides for leaf in ast.walk(side) if isinstance(leaf, ast.Constant)}
            if asked and names & {*KINDS}:
                yield f"line {node.lineno} compares"
        elif isinstance(node, ast.Dict):
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if len(keys & {*KINDS}) > 1:
                yield f"line {node.lineno} tabulates"


def test_nobody_asks_for_a_kind_by_its_name() -> None:
    modules = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}
    assert [f"{name}: {said}" for name, path in modules.items() if name not in TABLES for said in by_name(path)] == []


def test_no_page_asks_for_the_kind_of_a_measure() -> None:
    pages = sorted(PACKAGE.rglob("*.html"))
    assert pages
    assert [path.name for path in pages if "measure.kind" in path.read_text(encoding="utf-8")] == []
