"""How many hamlets (thôn, bản, ấp) meet what each must, as a figure of the commune: exact while some are not known.

As soon as nothing that is still to come can change how the figure compares with its target, it is a figure: where it
meets, the least favourable it can be, where it does not, the most favourable. Until then its state says what is lacking.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT, VALUE_SCALE
from ntm_rules.rulebook.criteria_set import Cell, Comparator, KnownTarget
from ntm_rules.rulebook.models import Measure

_COUNTED_IN = {
    Verdict.MET: "met",
    Verdict.NOT_MET: "missed",
    Verdict.NO_DATA: "without_data",
    Verdict.NO_TARGET: "without_target",
}


class HamletTally(NamedTuple):
    """The hamlets of one commune by what each comes to; those to which the condition does not apply are not counted."""

    met: int
    missed: int
    without_data: int
    without_target: int
    not_listed: int | None = 0
    """How many it has beside those that are listed; None: it is not known how many it has."""

    @classmethod
    def of(cls, verdicts: Sequence[int], number: Reported | None) -> HamletTally | None:
        """Count the hamlets listed, given how many have which verdict; None where more are listed than there are.

        `number`: how many the commune says it has; None: as many as are listed.
        """
        not_listed: int | None = 0
        if number is not None:
            known = number.state is State.PRESENT
            not_listed = number.value // VALUE_SCALE - sum(verdicts) if known else None
        if not_listed is not None and not_listed < 0:
            return None
        met, missed = verdicts[Verdict.MET], verdicts[Verdict.NOT_MET]
        return cls(met, missed, verdicts[Verdict.NO_DATA], verdicts[Verdict.NO_TARGET], not_listed)

    def with_more(self, verdict: Verdict, more: int) -> HamletTally:
        """Return the same with so many hamlets more that come to one verdict."""
        counted = _COUNTED_IN.get(verdict)
        return self if counted is None else self._replace(**{counted: getattr(self, counted) + more})

    @property
    def listed_open(self) -> int:
        """How many of those listed may still come to anything."""
        return self.without_data + self.without_target


def tallied(
    measure: Measure, comparator: Comparator, target: Cell | None, tally: HamletTally | None, total: Reported
) -> Reported:
    """Return the figure that a tally comes to.

    `tally`: None where it contradicts the number of hamlets; `total`: what the commune itself reports for the figure,
    which must be the same, or as long as some hamlets are not known one that it can still come to.
    """
    if tally is None:
        return Reported(State.CONFLICTING, document=total.document, written=total.written)
    found = figure_of(measure, comparator, target, tally)
    if found.state is not State.PRESENT:
        return found
    if total.state in (State.INVALID, State.CONFLICTING, State.UNCLEAR):
        return total
    if total.state is State.PRESENT and not _possible(measure, comparator, target, tally, total, found):
        return Reported(State.CONFLICTING, document=total.document, written=f"{total.written}; {found.written}")
    return found._replace(document=total.document, note=total.note)


def _possible(
    measure: Measure, comparator: Comparator, target: Cell | None, tally: HamletTally, typed: Reported, found: Reported
) -> bool:
    """Tell whether what the commune itself reports can be what its hamlets come to; `found`: what is known of that."""
    if tally.not_listed is None:
        assert isinstance(target, KnownTarget), "without their number nothing else decides"
        return reaches(measure, comparator, target, typed) is reaches(measure, comparator, target, found)
    least, most = _ends(measure, tally, tally.not_listed)
    return _level(measure, least) <= _level(measure, typed) <= _level(measure, most)


def figure_of(measure: Measure, comparator: Comparator, target: Cell | None, tally: HamletTally) -> Reported:
    """Return the figure that a tally comes to, whatever the commune itself reports; its state says what is lacking."""
    share = measure.traits.counted
    listed = tally.met + tally.missed + tally.listed_open
    if tally.not_listed == 0 and listed == 0:
        return Reported(State.NOTHING_TO_COUNT, counted=share, written="0")
    others = tally.not_listed or 0
    least, most = _ends(measure, tally, others)
    if tally.not_listed is not None and tally.listed_open + others == 0:
        return least
    if isinstance(target, KnownTarget) and listed + others:
        if tally.not_listed is None:
            meets = _without_number(measure, comparator, target, tally)
        else:
            meets = {reaches(measure, comparator, target, end) for end in (least, most)}
        if len(meets) == 1:
            return least if meets == {not comparator.is_ceiling} else most
    if tally.not_listed is None or tally.not_listed:
        return Reported(State.HAMLETS_NOT_LISTED, counted=share, written=least.written)
    state = State.HAMLETS_UNKNOWN if tally.without_data else State.HAMLETS_WITHOUT_TARGET
    return Reported(state, counted=share, written=least.written)


def _ends(measure: Measure, tally: HamletTally, not_listed: int) -> tuple[Reported, Reported]:
    """Return the least and the most that it can come to."""
    whole = tally.met + tally.missed + tally.listed_open + not_listed
    return _reported(measure, tally.met, whole), _reported(measure, whole - tally.missed, whole)


def _without_number(measure: Measure, comparator: Comparator, target: KnownTarget, tally: HamletTally) -> set[bool]:
    """Return whether the figure can reach its target and can fail it, where any number of hamlets may be missing."""
    bar = Fraction(target.everywhere)
    if not measure.traits.counted:
        return {comparator.reached(Fraction(tally.met), bar), not comparator.is_ceiling}
    if tally.missed and bar == PERCENT:  # all of them is out of reach for good
        return {comparator.is_ceiling}
    if tally.met and bar == 0:  # and so is none
        return {not comparator.is_ceiling}
    return {comparator.reached(Fraction(0), bar), comparator.reached(Fraction(PERCENT), bar)}


def reaches(measure: Measure, comparator: Comparator, target: KnownTarget, figure: Reported) -> bool:
    """Tell whether a figure that is there reaches a target."""
    value = _level(measure, figure)
    return comparator.reached(
        PERCENT * value if measure.traits.counted else value / VALUE_SCALE, Fraction(target.everywhere)
    )


def _level(measure: Measure, figure: Reported) -> Fraction:
    return Fraction(figure.value, figure.base) if measure.traits.counted else Fraction(figure.value)


def _reported(measure: Measure, part: int, whole: int) -> Reported:
    if not measure.traits.counted:
        return Reported(State.PRESENT, part * VALUE_SCALE, written=str(part))
    assert measure.counted is not None, "every share is counted"
    unit = 10**measure.counted.decimals
    return Reported(State.PRESENT, part * unit, whole * unit, True, written=f"{part}/{whole}")
