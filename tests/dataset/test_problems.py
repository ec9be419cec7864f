"""Every problem has its sentence and its mend, in both languages, with the same blanks."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import ntm_rules
from ntm_rules.dataset.problem_kinds import KINDS
from ntm_rules.dataset.problems import Problem, place_of

PACKAGE = Path(ntm_rules.__file__).parent
ENTRY = re.compile(r'^msgid ("(?:[^"\\]|\\.)*")\nmsgstr ("(?:[^"\\]|\\.)*")', re.MULTILINE)
SENTENCES = {text for kind in KINDS.values() for text in kind[1:] if text}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def codes_in_source() -> set[str]:
    """Every text in the readers that has the shape of a code and names a problem."""
    found: set[str] = set()
    for path in (PACKAGE / "dataset").glob("*.py"):
        if path.name == "problem_kinds.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_kind_of_problem_is_raised_somewhere() -> None:
    made = {f"{part}-missing-value-used" for part in ("numerator", "denominator")}
    assert set(KINDS) - codes_in_source() - made == set()


@pytest.mark.parametrize("text", sorted(SENTENCES))
def test_every_sentence_is_in_vietnamese_with_the_same_blanks(text: str) -> None:
    catalogue = (PACKAGE / "locale" / "vi" / "dataset.po.part").read_text(encoding="utf-8")
    vietnamese = {ast.literal_eval(key): ast.literal_eval(said) for key, said in ENTRY.findall(catalogue)}
    assert text in vietnamese
    assert fields(text) == fields(vietnamese[text])


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
