"""cross-checks.yaml: what draws the eye to a report's figures; one model a condition, unknown keys refused.

A check only asks somebody to look again. It is no law, and no verdict ever depends on it. The words
and thresholds of every check are the set's own; the program knows the conditions alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.rulebook.kinds import Kind
from ntm_rules.rulebook.models import Id, MeasureId, Number, Points, Text, Whole, Written

Part = Literal["numerator", "denominator"]
Term = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*(\.(numerator|denominator))?$")]
"""A figure by its measure's id, or one of the two things that a share counts: `measure.denominator`."""


class NamedTerm(NamedTuple):
    """A term taken apart."""

    measure: str
    part: str
    """`numerator` or `denominator`; empty for the figure itself."""


def named(term: str) -> NamedTerm:
    """Return a term's measure and part.

    >>> named("roads_share.denominator"), named("income")
    (NamedTerm(measure='roads_share', part='denominator'), NamedTerm(measure='income', part=''))
    """
    measure, _, part = term.partition(".")
    return NamedTerm(measure, part)


class Selection(Written):
    """Which figures a condition looks at: those named, those of some kinds, or (neither) every one that fits."""

    measures: tuple[MeasureId, ...] | None = Field(default=None, min_length=1)
    kinds: tuple[Kind, ...] | None = Field(default=None, min_length=1)
    except_: tuple[MeasureId, ...] = Field(default=(), alias="except")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.measures is not None and self.kinds is not None:
            raise ValueError(N_("name either measures or kinds"))
        return self


class Relation(Written):
    """Two sums of quantities in one unit, and how the first should stand to the second."""

    sum: tuple[Term, ...] = Field(min_length=1)
    at_most: tuple[Term, ...] | None = Field(default=None, min_length=1)
    at_least: tuple[Term, ...] | None = Field(default=None, min_length=1)
    equals: tuple[Term, ...] | None = Field(default=None, min_length=1)
    tolerance_percent: Points | None = None
    """How far the first may be beyond the second, in percent of the second."""

    @model_validator(mode="after")
    def _one_comparison(self) -> Self:
        if sum(getattr(self, name) is not None for name in COMPARISONS) != 1:
            raise ValueError(N_("state exactly one of at_most, at_least, equals"))
        return self

    @property
    def comparison(self) -> tuple[str, tuple[str, ...]]:
        """The comparison stated, and the terms of its second sum."""
        return next((name, terms) for name in COMPARISONS if (terms := getattr(self, name)) is not None)


COMPARISONS = ("at_most", "at_least", "equals")


class Same(Written):
    """Quantities that are one and the same thing, wherever two or more of them are reported."""

    of: tuple[Term, ...] = Field(min_length=2)
    tolerance_percent: Points | None = None
    """How far the least may be below the largest, in percent of the largest."""


class Statement(Written):
    """What a report says of one figure. Exactly one of `answered`, `above`, `below`, `equals`."""

    figure: Term
    answered: Id | None = None
    """`yes` or `no`; of a ruling `met` or `not_met`; of a grade its id."""
    above: Number | None = None
    below: Number | None = None
    equals: Number | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(getattr(self, name) is not None for name in SAYINGS) != 1:
            raise ValueError(N_("state exactly one of answered, above, below, equals"))
        return self


SAYINGS = ("answered", "above", "below", "equals")


class Contradiction(Written):
    """Statements that all hold, though at least one other holds too."""

    when: tuple[Statement, ...] = Field(min_length=1)
    yet: tuple[Statement, ...] = Field(min_length=1)


class Changed(Written):
    """Figures that moved since the year before: more than so much, or at all when neither size is given."""

    of: Selection = Field(default_factory=Selection)
    part: Part | None = None
    direction: Literal["either", "better", "worse"] = "either"
    points: Points | None = None
    """More than this many percentage points, of shares."""
    percent: Points | None = None
    """More than this many percent of what it was."""

    @model_validator(mode="after")
    def _one_size(self) -> Self:
        if self.points is not None and self.percent is not None:
            raise ValueError(N_("state points or percent, not both"))
        if self.part is not None and (self.points is not None or self.direction != "either"):
            raise ValueError(N_("a `part` goes with percent, and has no better or worse"))
        return self


class NoLongerMet(Written):
    """Requirements that last year's figures meet and this year's do not, both under this year's law."""

    of: Selection = Field(default_factory=Selection)


class ExactlyTheTarget(Written):
    """Figures that hit their target to the last digit; a target at the end of the figure's range says nothing."""

    of: Selection = Field(default_factory=Selection)


class WithoutEvidence(Written):
    """Figures for which no document is named, told together for a commune."""

    of: Selection = Field(default_factory=Selection)
    verdict: Literal["MET", "NOT_MET"] | None = None
    """Only those that some requirement gives this verdict; without it every one reported."""


class DocumentWithout(Written):
    """Documents named without something that tells them apart, told together for a commune."""

    of: Selection = Field(default_factory=Selection)
    lacks: Literal["date", "number", "issuer"]


class DocumentDated(Written):
    """Documents dated outside the years in which they are to be expected, told together for a commune."""

    of: Selection = Field(default_factory=Selection)
    earliest: Whole | None = None
    """First year, counted from the year assessed: -1 is the year before."""
    latest: Whole | None = None
    """Last year, counted from the year assessed: 1 is the year after."""

    @model_validator(mode="after")
    def _some_year(self) -> Self:
        if self.earliest is None and self.latest is None:
            raise ValueError(N_("state earliest, latest, or both"))
        return self


class AllIdentical(Written):
    """Figures that are all alike, where they would differ if somebody had counted."""

    of: Selection = Field(default_factory=Selection)
    to: Literal["each_other", "year_before", "another_commune"]
    at_least: Whole = Field(ge=2)
    """How many figures must be there to compare."""


class CrossCheck(Written):
    """One thing looked for: exactly one condition, its words, and how grave a finding is."""

    id: Id
    severity: Severity
    title: Text
    finding: Text
    """What is said of a finding; `{places}` are filled in (`FILLED_IN`)."""
    why: Text
    mend: Text
    note: Text | None = None
    unless: tuple[Id, ...] = ()
    """Checks above it: a figure of which one of them already tells is not told of again."""

    reading: tuple[Id, ...] | None = Field(default=None, min_length=1)
    """Codes of problems that reading the data already found: named and graded here, not judged again."""
    relation: Relation | None = None
    same: Same | None = None
    contradiction: Contradiction | None = None
    changed: Changed | None = None
    no_longer_met: NoLongerMet | None = None
    exactly_the_target: ExactlyTheTarget | None = None
    without_evidence: WithoutEvidence | None = None
    document_without: DocumentWithout | None = None
    document_dated: DocumentDated | None = None
    all_identical: AllIdentical | None = None

    @model_validator(mode="after")
    def _states_one_condition(self) -> Self:
        if sum(getattr(self, name) is not None for name in CONDITIONS) != 1:
            raise ValueError(
                N_(
                    "state exactly one of reading, relation, same, contradiction, changed, no_longer_met,"
                    " exactly_the_target, without_evidence, document_without, document_dated, all_identical"
                )
            )
        return self

    @property
    def condition(self) -> str:
        """The name of its condition, one of `CONDITIONS`."""
        return next(name for name in CONDITIONS if getattr(self, name) is not None)

    @property
    def filled_in(self) -> frozenset[str]:
        """What its `finding` and `mend` may fill in."""
        names = FILLED_IN[self.condition]
        return names if self.all_identical is None else names - (_OF_COPIES - _HAS[self.all_identical.to])


_ALWAYS = frozenset({"commune", "year", "n", "figures"})
FILLED_IN: Mapping[str, frozenset[str]] = {
    "reading": _ALWAYS | {"value", "problem"},
    "relation": _ALWAYS | {"left", "right", "difference"},
    "same": _ALWAYS | {"values"},
    "contradiction": _ALWAYS | {"when", "yet"},
    "changed": _ALWAYS | {"before", "now", "change"},
    "no_longer_met": _ALWAYS | {"before", "now", "target", "item"},
    "exactly_the_target": _ALWAYS | {"now", "target", "item"},
    "without_evidence": _ALWAYS,
    "document_without": _ALWAYS | {"documents"},
    "document_dated": _ALWAYS | {"documents"},
    "all_identical": _ALWAYS | {"value", "other"},
}
"""Condition -> what its `finding` may fill in."""
_OF_COPIES = frozenset({"value", "other"})
_HAS = {"each_other": {"value"}, "year_before": set[str](), "another_commune": {"other"}}
"""What figures are identical to -> what there is to fill in of it."""
CONDITIONS = tuple(FILLED_IN)
"""Every condition there is, in the order in which they are documented."""
