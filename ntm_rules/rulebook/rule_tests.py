"""tests.yaml: what a criteria set's rules must say, written beside them; one model, unknown keys refused.

A test gives the figures that matter and states the verdict; `workbench` runs it on every evaluator.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, StrictBool, Tag, TypeAdapter

from ntm_rules.rulebook.models import Day, Id, MeasureId, Number, OverlayEntry, Whole, Written

VerdictName = Literal["MET", "NOT_MET", "NO_DATA", "NO_TARGET", "NOT_APPLICABLE"]


class CountedGiven(Written):
    """A share as it is counted."""

    numerator: Number
    denominator: Number


class StateGiven(Written):
    """A value that is there but cannot be used."""

    state: Literal["invalid", "conflicting"]


def _given_form(value: object) -> str:
    if isinstance(value, CountedGiven | StateGiven):
        return "<counted>" if isinstance(value, CountedGiven) else "<state>"
    if isinstance(value, dict):
        return "<state>" if "state" in value else "<counted>"
    if isinstance(value, bool):
        return "<yes_no>"
    return "<words>" if isinstance(value, str) else "<number>"


Given = Annotated[
    Annotated[Number, Tag("<number>")]
    | Annotated[CountedGiven, Tag("<counted>")]
    | Annotated[StateGiven, Tag("<state>")]
    | Annotated[StrictBool, Tag("<yes_no>")]
    | Annotated[str, Tag("<words>")],
    Discriminator(_given_form),
]
"""A number, a share as counted, an answer as a commune gives it (Có, Không, Đạt, a grade), true/false, or a state."""


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
    """Lead agency of what was tested."""
    parts: dict[Id, VerdictName] = Field(default_factory=dict)
    """Verdicts of nodes below."""


class RuleTest(Written):
    """One case of a rule: given these figures, this verdict."""

    name: str
    """What it holds, after the boundary: "79,99% chưa đạt"."""
    of: Id
    """The indicator, requirement or condition judged."""
    as_of: Day | None = None
    """The day of the law; not given: 31 December of the first year of the period."""
    known_on: Day | None = None
    group: Id | None = None
    """The commune's group; not given: unknown."""
    overlays: tuple[str, ...] = ()
    """Overlay files to lay on, relative to the set's folder."""
    suppose: dict[Id, OverlayEntry] = Field(default_factory=dict)
    """Targets supposed for this test alone, as an overlay would set them; no one's law."""
    given: dict[MeasureId, Given] = Field(default_factory=dict)
    before: dict[MeasureId, Given] = Field(default_factory=dict)
    """Figures of the year before, for growth."""
    year: Whole | None = None
    """The year judged; not given: the year of `as_of`."""
    expect: Expected


RULE_TESTS: TypeAdapter[tuple[RuleTest, ...]] = TypeAdapter(Annotated[tuple[RuleTest, ...], Field(min_length=1)])
"""A tests.yaml: a list of tests."""
