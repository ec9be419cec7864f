"""Whether a standard that counts criteria, indicators or points is met: of one commune, and of all at once.

Decided as soon as nothing that is still open can change it: MET when it is met with everything open not met, NOT_MET
when it is not met with everything open met. What does not apply is neither met nor open, and where points are counted
in percent it is no part of the whole. Until it is decided it is NO_DATA while a figure could still change it, and
NO_TARGET where only the numbers awaited could (`deciding`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ntm_rules.evaluation.deciding import figures_decide
from ntm_rules.evaluation.verdicts import PRECEDENCE, Verdict, combine
from ntm_rules.exact import PERCENT, target_units
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard, StandardPart

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OPEN = (Verdict.NO_DATA, Verdict.NO_TARGET)
NOT_COUNTED, MET_OR_OPEN = Verdict.NOT_APPLICABLE, (Verdict.MET, Verdict.NO_TARGET, Verdict.NO_DATA)


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the parts of a leaf come to, in what it counts."""

    met: Decimal
    open: Decimal
    """Without data or without a target."""
    applies: Decimal
    """All but those that do not apply."""

    @property
    def possible(self) -> Decimal:
        """The most that can still be met."""
        return self.met + self.open

    def reaches(self, standard: Standard, amount: Decimal) -> bool:
        """Tell whether so much of it is enough."""
        if standard.op != WEIGHED:
            return amount == self.applies
        return amount * PERCENT >= standard.at_least * self.applies if standard.percent else amount >= standard.at_least


def weighing(standard: Standard, verdict_of: Callable[[Named], Verdict]) -> Weighing:
    """Return what the parts of a leaf come to."""
    weights = dict.fromkeys(Verdict, Decimal(0))
    for part in standard.names():
        weights[verdict_of(part)] += part.weight
    open_ = sum((weights[verdict] for verdict in OPEN), Decimal(0))
    applies = weights[Verdict.MET] + weights[Verdict.NOT_MET] + open_
    return Weighing(weights[Verdict.MET], open_, applies)


def standard_verdict(standard: StandardPart, verdict_of: Callable[[Named], Verdict]) -> Verdict:
    """Return whether a standard is met, given the verdicts of what it names.

    >>> two = Standard(WEIGHED, tuple(Named("criterion", id_) for id_ in "123"), "criteria", Decimal(2))
    >>> standard_verdict(two, lambda one: Verdict.NO_DATA if one.id == "3" else Verdict.MET).name
    'MET'
    """
    verdict = leaf_by_leaf(standard, verdict_of)
    if verdict is Verdict.NO_DATA and isinstance(standard, Standard) and not figures_decide(standard, verdict_of):
        return Verdict.NO_TARGET
    return verdict


def leaf_by_leaf(standard: StandardPart, verdict_of: Callable[[Named], Verdict]) -> Verdict:
    """Return the same, but NO_DATA wherever a leaf that is not decided lacks data."""
    if isinstance(standard, Named):
        return verdict_of(standard)
    if standard.op != WEIGHED:
        parts = [leaf_by_leaf(part, verdict_of) for part in standard.parts]
        return combine(standard.op, parts) if parts else Verdict.NOT_APPLICABLE
    parts_of = weighing(standard, verdict_of)
    if not parts_of.applies:
        return Verdict.NOT_APPLICABLE
    if parts_of.reaches(standard, parts_of.met):
        return Verdict.MET
    if not parts_of.reaches(standard, parts_of.possible):
        return Verdict.NOT_MET
    without = any(verdict_of(part) is Verdict.NO_DATA for part in standard.names())
    return Verdict.NO_DATA if without else Verdict.NO_TARGET


def standard_columns(
    standard: StandardPart, verdicts_of: Callable[[Named], NDArray[np.uint8]], records: int
) -> NDArray[np.uint8]:
    """Return the same for all records, from columns of verdicts."""
    import numpy as np

    from ntm_rules.evaluation.deciding_columns import figures_decide_columns

    whole = _columns_leaf_by_leaf(standard, verdicts_of, records)
    if isinstance(standard, Named):
        return whole
    no_data, no_target = np.uint8(Verdict.NO_DATA), np.uint8(Verdict.NO_TARGET)
    lacking = whole == no_data
    if not lacking.any():
        return whole
    waiting = np.zeros(records, np.bool_)
    for part in dict.fromkeys(standard.names()):
        waiting |= verdicts_of(part) == no_target
    asked = np.flatnonzero(lacking & waiting)
    if not asked.size:
        return whole
    whole = whole.copy()
    whole[asked[~figures_decide_columns(standard, verdicts_of, asked)]] = no_target
    return whole


def _columns_leaf_by_leaf(
    standard: StandardPart, verdicts_of: Callable[[Named], NDArray[np.uint8]], records: int
) -> NDArray[np.uint8]:
    import numpy as np

    if isinstance(standard, Named):
        return verdicts_of(standard)
    if standard.op != WEIGHED:
        parts = (_columns_leaf_by_leaf(part, verdicts_of, records) for part in standard.parts)
        return _together(standard.op, parts, records)
    not_applicable, is_met, no_target, no_data = (np.uint8(verdict) for verdict in (NOT_COUNTED, *MET_OR_OPEN))
    met, open_, applies = (np.zeros(records, np.int64) for _ in range(3))
    without = np.zeros(records, np.bool_)
    by_weight: dict[Decimal, list[NDArray[np.uint8]]] = {}
    for part in standard.names():
        by_weight.setdefault(part.weight, []).append(verdicts_of(part))
    for weight, columns in by_weight.items():  # what weighs the same is counted first, in small whole numbers
        counted = np.zeros((3, records), np.uint16)
        for column in columns:
            owed = column == no_data
            without |= owed
            counted[0] += column == is_met
            counted[1] += owed | (column == no_target)
            counted[2] += column != not_applicable
        for whole, count in zip((met, open_, applies), counted, strict=True):
            np.add(whole, target_units(weight) * count.astype(np.int64), out=whole)
    bar = target_units(standard.at_least)
    if standard.percent:  # both sides in the same smallest unit
        scale = PERCENT * target_units(Decimal(1))
        enough, possible = met * scale >= bar * applies, (met + open_) * scale >= bar * applies
    else:
        enough, possible = met >= bar, met + open_ >= bar
    chosen = np.where(without, no_data, no_target)
    chosen[~possible] = np.uint8(Verdict.NOT_MET)
    chosen[enough] = is_met
    chosen[applies == 0] = not_applicable
    return chosen


def _together(op: str, parts: Iterable[NDArray[np.uint8]], records: int) -> NDArray[np.uint8]:
    import numpy as np

    columns = list(parts)
    if not columns:
        return np.full(records, Verdict.NOT_APPLICABLE, np.uint8)
    ranks = np.array([len(Verdict) - 1 - PRECEDENCE[op].index(verdict) for verdict in Verdict], np.uint8)
    strongest = ranks[columns[0]]
    for column in columns[1:]:
        np.maximum(strongest, ranks[column], out=strongest)
    return np.argsort(ranks).astype(np.uint8)[strongest]
