"""The lead agencies: how much of what they lead is not met, by number and by share, and what would change if one finished.

"Finished" means that every requirement that an agency leads and that is not met now is met; figures that communes owe,
rulings and targets awaited stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.columnar import combined
from ntm_rules.evaluation.columns import Bytes
from ntm_rules.evaluation.standards import standard_columns
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import Indicator, Requirement
from ntm_rules.rulebook.standards import Named
from ntm_rules.standing.ceiling import judgeable
from ntm_rules.standing.lacks import Lack, Lacks, lacks_of
from ntm_rules.standing.reports import Bools, usable

UNSETTLED = (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET)
"""Verdicts for which somebody still has something to do."""


@dataclass(frozen=True, slots=True)
class AgencyStanding:
    """One lead agency over all communes with a usable report; its numbers are commune-indicators unless they say else."""

    agency: str
    indicators: int
    """Indicators that it leads, or leads a part of."""
    met: int
    not_met: int
    """Not met, and a requirement that it leads stands in the way."""
    owed: int
    """No data, and a figure for a requirement that it leads is owed."""
    ruling: int
    """No data only because a body has not concluded, in what it leads (or because a group is not named)."""
    no_target: int
    not_applicable: int
    elsewhere: int
    """Not met, without data or without target, yet nothing that this agency leads stands in the way."""
    gaining: int
    """Communes that would gain at least one criterion if it finished."""
    criteria_gained: int
    """Commune-criteria that would be gained."""
    completing: int
    """Communes that would then meet all that can be judged, or the set's own standard by that, and do not now."""
    figures: int
    """Commune-requirements that it leads, the further conditions' too, and that lack a figure."""
    conclusions: int
    """The same that wait for a body's conclusion."""

    @property
    def applicable(self) -> int:
        """The commune-indicators that apply: the denominator of `share`."""
        return self.met + self.not_met + self.owed + self.ruling + self.no_target + self.elsewhere

    @property
    def no_data(self) -> int:
        """Without data, in what it leads."""
        return self.owed + self.ruling

    @property
    def share(self) -> Fraction:
        """What is not met, of what it leads and applies; 0 where nothing applies."""
        return Fraction(self.not_met, self.applicable) if self.applicable else Fraction(0)


def agencies(evaluation: Evaluation, lacks: Lacks | None = None) -> list[AgencyStanding]:
    """Return every lead agency, those with most not met first; `by_share` and `by_effect` are the other orders."""
    here = usable(evaluation)
    lacks = lacks or lacks_of(evaluation)
    can = _judged_whole(evaluation)
    found = [_standing(evaluation, agency, here, lacks, can) for agency in evaluation.rules.lead_agencies]
    return sorted(found, key=lambda one: (-one.not_met, -one.owed, one.agency))


def by_share(agencies: Sequence[AgencyStanding]) -> list[AgencyStanding]:
    """Return agencies with the largest share not met first."""
    return sorted(agencies, key=lambda one: (-one.share, -one.not_met, one.agency))


def by_effect(agencies: Sequence[AgencyStanding]) -> list[AgencyStanding]:
    """Return the bottlenecks first: those by which most communes would gain a criterion."""
    return sorted(agencies, key=lambda one: (-one.gaining, -one.criteria_gained, -one.not_met, one.agency))


def led_below(evaluation: Evaluation, at: int, agency: str) -> list[int]:
    """Return the rows of the requirements at or below a node that an agency leads, in the order of the text."""
    row = evaluation.table[at]
    if isinstance(row.node, Requirement):
        return [at] if row.node.lead == agency else []
    return [led for child in row.children for led in led_below(evaluation, child, agency)]


def _judged_whole(evaluation: Evaluation) -> Mapping[int, Bools]:
    """Return the rows whose verdicts tell whether all that can be judged is met -> where each can be judged whole."""
    standard = evaluation.rules.standard
    levels = ["criterion"] if standard is None else sorted({named.level for named in standard.names()})
    return {
        row: own
        for level in levels
        for row, own in zip(evaluation.level(level), judgeable(evaluation, level).whole, strict=True)
    }


def _standing(
    evaluation: Evaluation, agency: str, here: Bools, lacks: Lacks, can: Mapping[int, Bools]
) -> AgencyStanding:
    rows = [
        row
        for row in evaluation.level("indicator")
        if isinstance(node := evaluation.table[row].node, Indicator) and agency in node.leads()
    ]
    led = [led_below(evaluation, row, agency) for row in rows]
    counts = evaluation.tally(rows, here)
    figure = lacks.kinds == Lack.FIGURE

    def mine(found: Bools) -> int:
        """Count the commune-indicators of which some requirement that it leads is marked."""
        return sum(int((found[own].any(axis=0) & here).sum()) for own in led)

    not_met, no_data, no_target = (mine(evaluation.in_the_way(verdict)) for verdict in UNSETTLED)
    owed = mine(evaluation.in_the_way(Verdict.NO_DATA) & figure)
    after = finished(evaluation, agency)
    criteria = evaluation.level("criterion")
    was, then = (found[criteria][:, here] == Verdict.MET for found in (evaluation.verdicts, after))
    gained = then & ~was
    complete_now, complete_then = (_complete(evaluation, found, can)[here] for found in (evaluation.verdicts, after))
    leads = [row for row in lacks.rows if evaluation.requirement(row).lead == agency]
    needed, figures = lacks.needed[leads][:, here], figure[leads][:, here]
    rulings = lacks.kinds[leads][:, here] == Lack.RULING
    return AgencyStanding(
        agency=agency,
        indicators=len(rows),
        met=counts.met,
        not_met=not_met,
        owed=owed,
        ruling=no_data - owed,
        no_target=no_target,
        not_applicable=counts.not_applicable,
        elsewhere=sum(counts[verdict] for verdict in UNSETTLED) - not_met - no_data - no_target,
        gaining=int(gained.any(axis=0).sum()),
        criteria_gained=int(gained.sum()),
        completing=int((complete_then & ~complete_now).sum()),
        figures=int((needed & figures).sum()),
        conclusions=int((needed & rulings).sum()),
    )


def finished(evaluation: Evaluation, agency: str) -> Bytes:
    """Return the verdicts of all nodes if everything that an agency leads and that is not met were met."""
    verdicts = evaluation.verdicts.copy()
    for at, row in enumerate(evaluation.table):
        if isinstance(row.node, Requirement) and row.node.lead == agency:
            verdicts[at][verdicts[at] == Verdict.NOT_MET] = Verdict.MET
    combined(evaluation.table, verdicts)
    return verdicts


def _complete(evaluation: Evaluation, verdicts: Bytes, can: Mapping[int, Bools]) -> Bools:
    """Tell for every record whether each criterion that can be judged is met, or does not apply; and there is one.

    By a standard of the set's own: whether that is met, what cannot be judged left out.
    """
    standard = evaluation.rules.standard
    if standard is None:
        criteria, judged = verdicts[list(can)], np.stack([*can.values()])
        good = (criteria == Verdict.MET) | (criteria == Verdict.NOT_APPLICABLE)
        found: Bools = (good | ~judged).all(axis=0) & judged.any(axis=0)
        return found

    def of(named: Named) -> Bytes:
        row = evaluation.row_of[named.level, named.id]
        return np.where(can[row], verdicts[row], np.uint8(Verdict.NOT_APPLICABLE)).astype(np.uint8)

    met: Bools = standard_columns(standard, of, verdicts.shape[1]) == Verdict.MET
    return met
