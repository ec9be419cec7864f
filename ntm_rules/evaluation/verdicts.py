"""The five verdicts, how they combine, and every reason a verdict can have: tables, not branches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import NamedTuple

from ntm_rules.i18n import N_, Message


class Verdict(IntEnum):
    """What can be said of a node. The integers rank the verdicts by what decides an `all`."""

    NOT_APPLICABLE = 0
    MET = 1
    NO_TARGET = 2
    NO_DATA = 3
    NOT_MET = 4

    @property
    def label(self) -> Message:
        """The verdict in words."""
        return Message(LABELS[self])

    @property
    def letter(self) -> Message:
        """One or two letters that tell the verdicts apart without colour."""
        return Message(LETTERS[self])


LABELS = {
    Verdict.MET: N_("Met"),
    Verdict.NOT_MET: N_("Not met"),
    Verdict.NO_DATA: N_("No data yet"),
    Verdict.NO_TARGET: N_("Target not yet fixed"),
    Verdict.NOT_APPLICABLE: N_("Not applicable"),
}
LETTERS = {
    Verdict.MET: N_("M"),
    Verdict.NOT_MET: N_("X"),
    Verdict.NO_DATA: N_("?"),
    Verdict.NO_TARGET: N_("T"),
    Verdict.NOT_APPLICABLE: N_("–"),
}

PRECEDENCE: dict[str, tuple[Verdict, ...]] = {
    "all": (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET, Verdict.MET, Verdict.NOT_APPLICABLE),
    "any": (Verdict.MET, Verdict.NO_DATA, Verdict.NO_TARGET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE),
}
"""Composition: the first verdict of the row that some child has is the verdict of the whole."""
SOME = "some"
"""So many of the parts must be met, whichever: "ít nhất 2 trong 3 nội dung". Its verdict is counted (`Count`)."""
OPERATORS = (*PRECEDENCE, SOME)
BY_STANDARD = "standard"
"""A criterion or the commune that is met by a standard of its own (`evaluation.standards`)."""


class Count(NamedTuple):
    """What the parts of a `some` come to, those weighed so far; counts above the number needed say no more than it.

    MET as soon as enough are met; NOT_MET as soon as so few are met or open that enough cannot be; a part that does not
    apply is neither. Until then NO_DATA while a figure is missing, else NO_TARGET. NOT_APPLICABLE only if every part is.
    """

    needed: int
    met: int = 0
    possible: int = 0
    """Met, or without data or target."""
    no_data: bool = False
    applies: bool = False

    @classmethod
    def of(cls, needed: int, verdicts: Iterable[Verdict]) -> Count:
        """Count some verdicts."""
        count = cls(needed)
        for verdict in verdicts:
            count = count.and_(verdict)
        return count

    def and_(self, verdict: Verdict) -> Count:
        """Count one verdict more."""
        met, open_ = verdict is Verdict.MET, verdict in (Verdict.NO_DATA, Verdict.NO_TARGET)
        return self.joined(
            Count(self.needed, met, met or open_, verdict is Verdict.NO_DATA, verdict is not Verdict.NOT_APPLICABLE)
        )

    def joined(self, other: Count) -> Count:
        """Count the verdicts of both."""
        met, possible = self.met + other.met, self.possible + other.possible
        return Count(
            self.needed,
            min(met, self.needed),
            min(possible, self.needed),
            self.no_data or other.no_data,
            self.applies or other.applies,
        )

    @property
    def verdict(self) -> Verdict:
        """The verdict where these are all the parts."""
        if not self.applies:
            return Verdict.NOT_APPLICABLE
        if self.met >= self.needed:
            return Verdict.MET
        if self.possible < self.needed:
            return Verdict.NOT_MET
        return Verdict.NO_DATA if self.no_data else Verdict.NO_TARGET


def combine(op: str, verdicts: Iterable[Verdict], needed: int = 0) -> Verdict:
    """Return the verdict of an `all`, `any` or `some` over its children's verdicts (at least one).

    `needed`: of a `some`, how many must be met.

    >>> combine("all", [Verdict.MET, Verdict.NOT_APPLICABLE]).name
    'MET'
    >>> combine("any", [Verdict.NOT_MET, Verdict.NO_TARGET]).name
    'NO_TARGET'
    >>> combine("some", [Verdict.MET, Verdict.NOT_MET, Verdict.NOT_MET], needed=2).name
    'NOT_MET'
    """
    if op == SOME:
        return Count.of(needed, verdicts).verdict
    present = set(verdicts)
    return next(verdict for verdict in PRECEDENCE[op] if verdict in present)


Weighed = Verdict | Count
"""What some parts of a combination come to, from which with the others the whole follows."""


def weighed(op: str, verdict: Verdict, needed: int = 0) -> Weighed:
    """Return what one part comes to."""
    return Count(needed).and_(verdict) if op == SOME else verdict


def joined(op: str, one: Weighed, other: Weighed) -> Weighed:
    """Return what the parts of both come to."""
    if isinstance(one, Count):
        assert isinstance(other, Count)
        return one.joined(other)
    assert isinstance(other, Verdict)
    return combine(op, (one, other))


def concluded(parts: Weighed) -> Verdict:
    """Return the verdict where these are all the parts."""
    return parts.verdict if isinstance(parts, Count) else parts


def outcomes(op: str, parts: Iterable[Iterable[Verdict]], needed: int = 0) -> set[Verdict]:
    """Return every verdict that parts could come to together, each free to have any of its own."""
    whole: set[Weighed] = set()
    for part in parts:
        own = {weighed(op, verdict, needed) for verdict in part}
        whole = {joined(op, one, other) for one in whole for other in own} if whole else own
    return {concluded(one) for one in whole}


class Reason(StrEnum):
    """Why a node has its verdict."""

    REACHED = "reached"
    BELOW_TARGET = "below_target"
    ABOVE_TARGET = "above_target"
    ANSWERED_NO = "answered_no"
    ANSWERED_YES = "answered_yes"
    RULED_NOT_MET = "ruled_not_met"
    GRADE_BELOW = "grade_below"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NOT_REPORTED = "not_reported"
    INVALID_VALUE = "invalid_value"
    CONFLICTING_VALUES = "conflicting_values"
    UNCLEAR_VALUE = "unclear_value"
    RULING_AWAITED = "ruling_awaited"
    EXISTENCE_UNANSWERED = "existence_unanswered"
    PREVIOUS_YEAR_MISSING = "previous_year_missing"
    PREVIOUS_YEAR_ZERO = "previous_year_zero"
    EARLIER_YEAR_MISSING = "earlier_year_missing"
    BASE_YEAR_ZERO = "base_year_zero"
    HAMLETS_NOT_LISTED = "hamlets_not_listed"
    HAMLETS_UNKNOWN = "hamlets_unknown"
    HAMLETS_WITHOUT_TARGET = "hamlets_without_target"
    GROUP_UNKNOWN = "group_unknown"
    CLASS_UNKNOWN = "class_unknown"
    CLASS_UNANSWERED = "class_unanswered"
    TARGET_PENDING = "target_pending"
    STANDARD_PENDING = "standard_pending"
    NO_VALUE_IN_FORCE = "no_value_in_force"
    NO_REFERENCE_FIGURE = "no_reference_figure"
    DOES_NOT_EXIST = "does_not_exist"
    EXCEPTED = "excepted"
    CLASS_EXEMPT = "class_exempt"
    NOTHING_TO_COUNT = "nothing_to_count"
    EVERY_PART_MET = "every_part_met"
    ONE_ALTERNATIVE_MET = "one_alternative_met"
    ENOUGH_PARTS_MET = "enough_parts_met"
    A_PART_NOT_MET = "a_part_not_met"
    NO_ALTERNATIVE_MET = "no_alternative_met"
    TOO_FEW_PARTS_MET = "too_few_parts_met"
    A_PART_WITHOUT_DATA = "a_part_without_data"
    A_PART_WITHOUT_TARGET = "a_part_without_target"
    NO_PART_APPLIES = "no_part_applies"
    STANDARD_REACHED = "standard_reached"
    STANDARD_NOT_REACHED = "standard_not_reached"

    @property
    def verdict(self) -> Verdict:
        """The only verdict this reason goes with."""
        return REASONS[self].verdict

    @property
    def words(self) -> Message:
        """The reason in words."""
        return Message(REASONS[self].words)


class _Entry(NamedTuple):
    verdict: Verdict
    words: str


REASONS: dict[Reason, _Entry] = {
    Reason.REACHED: _Entry(Verdict.MET, N_("the target is reached")),
    Reason.BELOW_TARGET: _Entry(Verdict.NOT_MET, N_("below the target")),
    Reason.ABOVE_TARGET: _Entry(Verdict.NOT_MET, N_("above the limit")),
    Reason.ANSWERED_NO: _Entry(Verdict.NOT_MET, N_("answered “no”")),
    Reason.ANSWERED_YES: _Entry(Verdict.NOT_MET, N_("answered “yes”")),
    Reason.RULED_NOT_MET: _Entry(Verdict.NOT_MET, N_("the competent body concluded “not met”")),
    Reason.GRADE_BELOW: _Entry(Verdict.NOT_MET, N_("the grade is lower than required")),
    Reason.TOO_EARLY: _Entry(Verdict.NOT_MET, N_("the day is too early")),
    Reason.TOO_LATE: _Entry(Verdict.NOT_MET, N_("the day is too late")),
    Reason.NOT_REPORTED: _Entry(Verdict.NO_DATA, N_("nothing was reported")),
    Reason.INVALID_VALUE: _Entry(Verdict.NO_DATA, N_("what was reported cannot be used; see the data problems")),
    Reason.CONFLICTING_VALUES: _Entry(Verdict.NO_DATA, N_("reported twice and differently")),
    Reason.UNCLEAR_VALUE: _Entry(
        Verdict.NO_DATA, N_("the figure can be meant in two ways and is not confirmed yet; see the data problems")
    ),
    Reason.RULING_AWAITED: _Entry(Verdict.NO_DATA, N_("the competent body has not concluded yet")),
    Reason.EXISTENCE_UNANSWERED: _Entry(Verdict.NO_DATA, N_("not answered whether the commune has it at all")),
    Reason.PREVIOUS_YEAR_MISSING: _Entry(Verdict.NO_DATA, N_("the figure of the year before is missing")),
    Reason.PREVIOUS_YEAR_ZERO: _Entry(
        Verdict.NO_DATA, N_("the figure of the year before is zero, so there is no rate")
    ),
    Reason.EARLIER_YEAR_MISSING: _Entry(Verdict.NO_DATA, N_("the figure of an earlier year that counts is missing")),
    Reason.BASE_YEAR_ZERO: _Entry(
        Verdict.NO_DATA, N_("the figure of the year it is counted from is zero, so there is no rate")
    ),
    Reason.HAMLETS_NOT_LISTED: _Entry(
        Verdict.NO_DATA,
        N_("figures are not given of every hamlet of the commune, and those of the others would decide"),
    ),
    Reason.HAMLETS_UNKNOWN: _Entry(
        Verdict.NO_DATA, N_("figures of some hamlets are missing or unusable, and they would decide")
    ),
    Reason.HAMLETS_WITHOUT_TARGET: _Entry(
        Verdict.NO_TARGET, N_("what some hamlets must reach is not fixed yet, and they would decide")
    ),
    Reason.GROUP_UNKNOWN: _Entry(
        Verdict.NO_DATA,
        N_(
            "the target differs by group of communes and this commune's group is not known; once the province names it, it goes under groups in the overlay"
        ),
    ),
    Reason.CLASS_UNKNOWN: _Entry(
        Verdict.NO_DATA,
        N_("the target differs by class of communes, and communes.csv does not say of which class this commune is"),
    ),
    Reason.CLASS_UNANSWERED: _Entry(
        Verdict.NO_DATA, N_("the target depends on an answer that the commune has not given")
    ),
    Reason.TARGET_PENDING: _Entry(Verdict.NO_TARGET, N_("the decision that is to fix the target is awaited")),
    Reason.STANDARD_PENDING: _Entry(Verdict.NO_TARGET, N_("the document that is to make this binding is awaited")),
    Reason.NO_VALUE_IN_FORCE: _Entry(Verdict.NO_TARGET, N_("no target is in force on this date")),
    Reason.NO_REFERENCE_FIGURE: _Entry(
        Verdict.NO_TARGET, N_("the figure of the province or the nation that the target is taken from is not at hand")
    ),
    Reason.DOES_NOT_EXIST: _Entry(Verdict.NOT_APPLICABLE, N_("the commune has none (“if any”)")),
    Reason.EXCEPTED: _Entry(Verdict.NOT_APPLICABLE, N_("the law does not ask this of the commune")),
    Reason.CLASS_EXEMPT: _Entry(Verdict.NOT_APPLICABLE, N_("the law asks this of no commune of its class")),
    Reason.NOTHING_TO_COUNT: _Entry(Verdict.NOT_APPLICABLE, N_("there is nothing to count (the denominator is 0)")),
    Reason.EVERY_PART_MET: _Entry(Verdict.MET, N_("every part is met")),
    Reason.ONE_ALTERNATIVE_MET: _Entry(Verdict.MET, N_("one of the alternatives is met")),
    Reason.ENOUGH_PARTS_MET: _Entry(Verdict.MET, N_("enough of the parts are met")),
    Reason.TOO_FEW_PARTS_MET: _Entry(Verdict.NOT_MET, N_("too few of the parts are met")),
    Reason.A_PART_NOT_MET: _Entry(Verdict.NOT_MET, N_("a part is not met")),
    Reason.NO_ALTERNATIVE_MET: _Entry(Verdict.NOT_MET, N_("none of the alternatives is met")),
    Reason.A_PART_WITHOUT_DATA: _Entry(Verdict.NO_DATA, N_("a part that decides has no data")),
    Reason.A_PART_WITHOUT_TARGET: _Entry(Verdict.NO_TARGET, N_("a part that decides has no target yet")),
    Reason.NO_PART_APPLIES: _Entry(Verdict.NOT_APPLICABLE, N_("no part applies")),
    Reason.STANDARD_REACHED: _Entry(Verdict.MET, N_("as much is met as is needed")),
    Reason.STANDARD_NOT_REACHED: _Entry(Verdict.NOT_MET, N_("less is met than is needed, whatever else comes in")),
}

REASON_CODES = (Reason.REACHED, *(reason for reason in Reason if reason is not Reason.REACHED))
"""Reasons in the order of their 8-bit codes; code 0 also stands for "there is a value to judge"."""
CODE: Mapping[Reason, int] = {reason: code for code, reason in enumerate(REASON_CODES)}

COMBINED_REASON: dict[str, dict[Verdict, Reason]] = {
    "all": {
        Verdict.MET: Reason.EVERY_PART_MET,
        Verdict.NOT_MET: Reason.A_PART_NOT_MET,
        Verdict.NO_DATA: Reason.A_PART_WITHOUT_DATA,
        Verdict.NO_TARGET: Reason.A_PART_WITHOUT_TARGET,
        Verdict.NOT_APPLICABLE: Reason.NO_PART_APPLIES,
    },
    "any": {
        Verdict.MET: Reason.ONE_ALTERNATIVE_MET,
        Verdict.NOT_MET: Reason.NO_ALTERNATIVE_MET,
        Verdict.NO_DATA: Reason.A_PART_WITHOUT_DATA,
        Verdict.NO_TARGET: Reason.A_PART_WITHOUT_TARGET,
        Verdict.NOT_APPLICABLE: Reason.NO_PART_APPLIES,
    },
    SOME: {
        Verdict.MET: Reason.ENOUGH_PARTS_MET,
        Verdict.NOT_MET: Reason.TOO_FEW_PARTS_MET,
        Verdict.NO_DATA: Reason.A_PART_WITHOUT_DATA,
        Verdict.NO_TARGET: Reason.A_PART_WITHOUT_TARGET,
        Verdict.NOT_APPLICABLE: Reason.NO_PART_APPLIES,
    },
    BY_STANDARD: {
        Verdict.MET: Reason.STANDARD_REACHED,
        Verdict.NOT_MET: Reason.STANDARD_NOT_REACHED,
        Verdict.NO_DATA: Reason.A_PART_WITHOUT_DATA,
        Verdict.NO_TARGET: Reason.A_PART_WITHOUT_TARGET,
        Verdict.NOT_APPLICABLE: Reason.NO_PART_APPLIES,
    },
}
"""The reason of a combination, by its operator and its verdict."""
STANDARD_REASONS = (Reason.STANDARD_REACHED, Reason.STANDARD_NOT_REACHED)
"""Reasons that only a set with a standard of its own can give."""
