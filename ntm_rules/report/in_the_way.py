"""Which requirements keep something from being met, and how far an indicator is from it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import Requirement


def in_the_way(evaluation: Evaluation, record: int, verdict: Verdict) -> Iterator[int]:
    """Yield the rows of the requirements that give one record this verdict somewhere, in the order of the text.

    Only through nodes that have the verdict themselves: a figure that is missing below what is decided without it is
    left out. With NO_DATA these are the figures owed, with NO_TARGET the targets awaited.
    """
    waiting = [*evaluation.level("recognition"), *evaluation.level("indicator")[::-1]]
    while waiting:
        at = waiting.pop()
        if evaluation.verdict(at, record) is not verdict:
            continue
        row = evaluation.table[at]
        if isinstance(row.node, Requirement):
            yield at
        waiting.extend(reversed(row.children))


def distance(evaluation: Evaluation, row: int, record: int) -> Fraction:
    """Return how far a node that is NOT_MET is from being met, as a share of its targets; 0 for any other.

    That of its furthest part where all are needed, of its nearest where one is enough; of gaps alone, whatever else
    is not known.
    """
    if evaluation.verdict(row, record) is not Verdict.NOT_MET:
        return Fraction(0)
    gap = evaluation.gap(row, record)
    if gap is not None:
        return gap.closeness
    at = evaluation.table[row]
    failed = [child for child in at.children if evaluation.verdict(child, record) is Verdict.NOT_MET]
    if at.op == "any":
        failed = [min(failed, key=lambda child: evaluation.distance(child, record))]
    return max(distance(evaluation, child, record) for child in failed)
