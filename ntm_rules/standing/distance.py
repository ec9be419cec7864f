"""How far an indicator is from being met, by its gaps alone."""

from __future__ import annotations

from fractions import Fraction

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict


def distance(evaluation: Evaluation, row: int, record: int) -> Fraction:
    """Return how far a node that is NOT_MET is from being met, as a share of its targets; 0 for any other.

    That of its furthest part where all are needed, of the nearest that are enough where not all are; of gaps alone,
    whatever else is not known.
    """
    if evaluation.verdict(row, record) is not Verdict.NOT_MET:
        return Fraction(0)
    gap = evaluation.gap(row, record)
    if gap is not None:
        return gap.closeness
    at = evaluation.table[row]
    failed = [child for child in at.children if evaluation.verdict(child, record) is Verdict.NOT_MET]
    if at.op != "all":
        met = sum(evaluation.verdict(child, record) is Verdict.MET for child in at.children)
        nearest = sorted(failed, key=lambda child: evaluation.distance(child, record))
        failed = nearest[: max(1, at.needed - met)]
    return max((distance(evaluation, child, record) for child in failed), default=Fraction(1))
