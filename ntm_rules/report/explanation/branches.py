"""Which parts of an `all`, `any` or `some` decide its verdict, and why the others do not: a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from ntm_rules.evaluation.reference import Result
from ntm_rules.evaluation.verdicts import BY_STANDARD, SOME, Verdict
from ntm_rules.i18n import N_, Message

MET, NOT_MET, NO_DATA, NO_TARGET, NOT_APPLICABLE = (
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NO_DATA,
    Verdict.NO_TARGET,
    Verdict.NOT_APPLICABLE,
)


class Why(StrEnum):
    """Why a part does not decide."""

    MET_NOT_ENOUGH = "met_not_enough"
    CANNOT_CHANGE = "cannot_change"
    NOT_NEEDED = "not_needed"
    FAILED = "failed"
    FAILED_NOT_NEEDED = "failed_not_needed"
    AWAITS_TARGET = "awaits_target"
    DOES_NOT_COUNT = "does_not_count"
    ENOUGH_OTHERS = "enough_others"
    FAILED_ENOUGH_OTHERS = "failed_enough_others"
    MET_TOO_FEW = "met_too_few"
    MET_COUNTS = "met_counts"
    FAILED_OTHERS_NEEDED = "failed_others_needed"

    @property
    def words(self) -> Message:
        """The reason in words."""
        return Message(WORDS[self])


WORDS = {
    Why.MET_NOT_ENOUGH: N_("met, but every part is required"),
    Why.CANNOT_CHANGE: N_("whatever it turns out to be, the verdict stays"),
    Why.NOT_NEEDED: N_("not needed, since another alternative is met"),
    Why.FAILED: N_("not met, so this alternative is out"),
    Why.FAILED_NOT_NEEDED: N_("not met, and not needed, since another alternative is met"),
    Why.AWAITS_TARGET: N_("its target is not fixed yet; figures are owed before that matters"),
    Why.DOES_NOT_COUNT: N_("not applicable, so it does not count"),
    Why.ENOUGH_OTHERS: N_("not needed, since enough others are met"),
    Why.FAILED_ENOUGH_OTHERS: N_("not met, and not needed, since enough others are met"),
    Why.MET_TOO_FEW: N_("met, but too few are"),
    Why.MET_COUNTS: N_("met, and counts towards the number needed"),
    Why.FAILED_OTHERS_NEEDED: N_("not met, so others must make up the number"),
}

TABLE: dict[tuple[str, Verdict], dict[Verdict, Why]] = {
    ("all", MET): {},
    ("all", NOT_MET): {
        MET: Why.MET_NOT_ENOUGH,
        NO_DATA: Why.CANNOT_CHANGE,
        NO_TARGET: Why.CANNOT_CHANGE,
    },
    ("all", NO_DATA): {MET: Why.MET_NOT_ENOUGH, NO_TARGET: Why.AWAITS_TARGET},
    ("all", NO_TARGET): {MET: Why.MET_NOT_ENOUGH},
    ("all", NOT_APPLICABLE): {},
    ("any", MET): {
        NOT_MET: Why.FAILED_NOT_NEEDED,
        NO_DATA: Why.NOT_NEEDED,
        NO_TARGET: Why.NOT_NEEDED,
    },
    ("any", NOT_MET): {},
    ("any", NO_DATA): {NOT_MET: Why.FAILED, NO_TARGET: Why.AWAITS_TARGET},
    ("any", NO_TARGET): {NOT_MET: Why.FAILED},
    ("any", NOT_APPLICABLE): {},
    ("some", MET): {
        NOT_MET: Why.FAILED_ENOUGH_OTHERS,
        NO_DATA: Why.ENOUGH_OTHERS,
        NO_TARGET: Why.ENOUGH_OTHERS,
    },
    ("some", NOT_MET): {
        MET: Why.MET_TOO_FEW,
        NO_DATA: Why.CANNOT_CHANGE,
        NO_TARGET: Why.CANNOT_CHANGE,
    },
    ("some", NO_DATA): {
        MET: Why.MET_COUNTS,
        NOT_MET: Why.FAILED_OTHERS_NEEDED,
        NO_TARGET: Why.AWAITS_TARGET,
    },
    ("some", NO_TARGET): {MET: Why.MET_COUNTS, NOT_MET: Why.FAILED_OTHERS_NEEDED},
    ("some", NOT_APPLICABLE): {},
}
TABLE |= {
    (BY_STANDARD, verdict): dict.fromkeys(Verdict, Why.CANNOT_CHANGE) | TABLE[SOME, verdict] for verdict in Verdict
}
"""(operator, verdict of the whole) -> why a part of another verdict does not decide; what does not apply never does."""


class NotTaken(NamedTuple):
    """A part that does not decide."""

    id: str
    verdict: Verdict
    why: Why


def decided_by(parts: Sequence[Result], verdict: Verdict) -> tuple[str, ...]:
    """Return the ids of the parts that have the verdict of the whole: each of them decides it."""
    return tuple(part.id for part in parts if part.verdict is verdict)


def not_taken(op: str, parts: Sequence[Result], verdict: Verdict) -> Iterator[NotTaken]:
    """Yield the parts that do not decide the verdict of the whole, with why."""
    reasons = TABLE[op, verdict] | {NOT_APPLICABLE: Why.DOES_NOT_COUNT}
    for part in parts:
        if part.verdict is not verdict:
            yield NotTaken(part.id, part.verdict, reasons[part.verdict])
