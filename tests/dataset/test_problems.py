"""Every kind of problem is raised somewhere, and says where it stands."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import ntm_rules
from ntm_rules.dataset.problem_kinds import KINDS, figures, files, forms, rows, tables, workbooks
from ntm_rules.dataset.problems import Problem, place_of

PACKAGE = Path(ntm_rules.__file__).parent


def codes_in_source() -> set[str]:
    """Every text in the readers that has the shape of a code and names a problem."""
    found: set[str] = set()
    for path in (PACKAGE / "dataset").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_no_code_stands_in_two_tables() -> None:
    assert sum(len(part.KINDS) for part in (files, workbooks, forms, tables, rows, figures)) == len(KINDS)


def test_every_kind_of_problem_is_raised_somewhere() -> None:
    assert set(KINDS) - codes_in_source() == set()


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (place_of(), ""),
        (place_of(sheet="S"), "sheet “S”"),
        (place_of(sheet="S", cell="B2"), "sheet “S”, cell B2"),
        (place_of(line=3), "line 3"),
        (place_of(line=3, column="value"), "line 3, column value"),
    ],
)
def test_a_place_in_words(place: object, words: str) -> None:
    assert place.render("en") == words  # type: ignore[attr-defined]  # a Message


def test_what_was_written_may_hold_braces() -> None:
    problem = Problem("not-a-number", "a.csv", value="{x} {0}")
    assert problem.message().render("en") == "“{x} {0}” is not a number"
