"""tests.yaml: what a criteria set's rules must say, written beside them; one model, unknown keys refused.

A test gives the figures that matter and states the verdict; `workbench` runs it on every evaluator.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, StrictBool, Tag, TypeAdapter
from pydantic_core import PydanticCustomError

from ntm_rules.rulebook.model_checking import check
from ntm_rules.rulebook.models import (
    NOT_A_NUMBER,
    Day,
    Id,
    MeasureId,
    Number,
    OverlayEntry,
    SetHeader,
    Whole,
    Written,
)
from ntm_rules.rulebook.names import HEADER, TESTS_FILE
from ntm_rules.rulebook.yaml_reader import RulebookError, RuleProblem, YamlFile, read_yaml

VerdictName = Literal["MET", "NOT_MET", "NO_DATA", "NO_TARGET", "NOT_APPLICABLE"]


def _reported(value: object) -> object:
    """Take any number: how many decimals and how large is for the reader of communes' files to judge."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise PydanticCustomError(NOT_A_NUMBER, "a number is expected")
    return Decimal(value)


ReportedNumber = Annotated[Decimal, BeforeValidator(_reported)]
"""A figure as a commune may report it, with as many decimals as it likes."""


class CountedGiven(Written):
    """A share as it is counted."""

    numerator: ReportedNumber
    denominator: ReportedNumber


class StateGiven(Written):
    """A value that is there but cannot be used."""

    state: Literal["invalid", "conflicting", "unclear"]
    written: ReportedNumber | StrictBool | str | None = None
    """What the commune wrote; with `invalid` the reader of communes' files must refuse it, with `unclear` ask what is meant."""


def _given_form(value: object) -> str:
    if isinstance(value, CountedGiven | StateGiven):
        return "<counted>" if isinstance(value, CountedGiven) else "<state>"
    if isinstance(value, dict):
        return "<state>" if "state" in value else "<counted>"
    if isinstance(value, bool):
        return "<yes_no>"
    if isinstance(value, dt.date):
        return "<day>"
    return "<words>" if isinstance(value, str) else "<number>"


Given = Annotated[
    Annotated[ReportedNumber, Tag("<number>")]
    | Annotated[CountedGiven, Tag("<counted>")]
    | Annotated[StateGiven, Tag("<state>")]
    | Annotated[StrictBool, Tag("<yes_no>")]
    | Annotated[Day, Tag("<day>")]
    | Annotated[str, Tag("<words>")],
    Discriminator(_given_form),
]
"""A number, a share as counted, an answer as a commune gives it (Có, Không, Đạt, a grade), true/false, or a state."""


PART_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)*$"
PartId = Annotated[str, Field(pattern=PART_ID)]
"""The id of anything that has a verdict: what is of another set stands behind a colon, as in `6.1:1.1`."""


class Expected(Written):
    """What must come out; what is not stated is not looked at."""

    verdict: VerdictName
    reason: str | None = None
    """A reason code, such as `below_target`."""
    shortfall: Number | None = None
    """In the measure's unit, as the gap is shown."""
    quantity: Number | None = None
    """Countable things that close the gap."""
    lead: Id | None = None
    """Lead agency of what was tested; where its parts have several, test each part."""
    parts: dict[PartId, VerdictName] = Field(default_factory=dict)
    """Verdicts of nodes below."""


class EarlierGiven(Written):
    """Figures of an earlier year."""

    year: Whole
    given: dict[MeasureId, Given]


class RuleTest(Written):
    """One case of a rule: given these figures, this verdict."""

    name: str
    """What it holds, after the boundary: "79,99% chưa đạt"."""
    of: PartId
    """The indicator, requirement, further condition or criterion judged; the set's id: the commune as a whole."""
    as_of: Day | None = None
    """The day of the law; not given: 31 December of `year`, or of the first year in which an indicator is in force."""
    known_on: Day | None = None
    group: Id | None = None
    """The commune's group; not given: unknown."""
    classes: dict[Id, Id] = Field(default_factory=dict)
    """Its classes by classification, and its type under `type`; not given: in none, and of the type the set applies to."""
    overlays: tuple[str, ...] = ()
    """Overlay files to lay on, relative to the set's folder."""
    suppose: dict[Id, OverlayEntry] = Field(default_factory=dict)
    """Targets supposed for this test alone, as an overlay would set them; no one's law."""
    given: dict[MeasureId, Given] = Field(default_factory=dict)
    hamlets: dict[str, dict[MeasureId, Given]] = Field(default_factory=dict)
    """Figures of hamlets, by the hamlet's name."""
    before: dict[MeasureId, Given] = Field(default_factory=dict)
    """Figures of the year before."""
    earlier: tuple[EarlierGiven, ...] = ()
    """Figures of years before that."""
    year: Whole | None = None
    """The year judged; not given: the year of `as_of`."""
    expect: Expected


@cache
def rule_tests_shape() -> TypeAdapter[tuple[RuleTest, ...]]:
    """Return what checks a file of tests; made when one is read."""
    return TypeAdapter(Annotated[tuple[RuleTest, ...], Field(min_length=1)])


"""A tests.yaml: a list of tests."""


@dataclass(frozen=True, slots=True)
class FileOfTests:
    """A file of tests as far as it could be read."""

    name: str
    file: YamlFile | None = None
    """Its data and lines; None where it cannot be parsed."""
    tests: tuple[RuleTest, ...] = ()
    """None of them where one is written wrongly."""
    problems: Sequence[RuleProblem] = ()


def read_tests(path: Path, name: str, within: Path | None = None) -> FileOfTests:
    """Read a file of tests, with its mistakes; `name` is used in messages, `within` the folder it must not lead out of."""
    file = None
    try:
        file = read_yaml(path, name=name, within=within)
        return FileOfTests(name, file, check(file, rule_tests_shape()))
    except RulebookError as error:
        return FileOfTests(name, file, problems=error.problems)


def find_files(folder: Path, header: SetHeader) -> list[tuple[Path, str]]:
    """Return the files of tests that stand beside a set's rules and its amendments, as path and name inside the set's folder."""
    names = (*tests_files(header), f"amendments/{TESTS_FILE}")
    return [(folder / name, name) for name in names if (folder / name).is_file()]


def tests_files(header: SetHeader) -> tuple[str, ...]:
    """Return the names of the files of tests a set may have: one of the whole, then one beside each file of rules."""
    rules = (
        [HEADER]
        + [criterion.rules for criterion in header.criteria]
        + ([header.conditions] if header.conditions else [])
    )
    return tuple(dict.fromkeys(filter(None, map(tests_beside, rules))))


def tests_beside(rules: str) -> str:
    """Return the name of the file of tests beside a file of rules; "" where that name is none of a file.

    >>> tests_beside("01-quy-hoach/rules.yaml"), tests_beside(".")
    ('01-quy-hoach/tests.yaml', '')
    """
    path = PurePosixPath(rules)
    return str(path.with_name(TESTS_FILE)) if path.name else ""
