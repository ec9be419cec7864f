"""What conditions look at when they look at all reports of an evaluation at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.columns import Bytes
from ntm_rules.evaluation.cross_checks.context import Context
from ntm_rules.evaluation.cross_checks.many.figures import Figures, Index
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.text_columns import TextColumn, pooled

JudgedBefore = Callable[[], tuple[Evaluation, Index]]
"""The years before judged by this year's law, and where each record's year before stands there; -1 where nowhere."""


class AllReports:
    """The reports of an evaluation as columns, and as the objects that conditions look at one at a time."""

    def __init__(self, evaluation: Evaluation, context: Context, judged_before: JudgedBefore) -> None:
        self.evaluation, self.context, self.judged_before = evaluation, context, judged_before
        self.rules: CriteriaSet = evaluation.rules
        self.figures = Figures(evaluation.records, evaluation.previous)

    def __len__(self) -> int:
        return len(self.evaluation.records)


def rows_of(evaluation: Evaluation) -> Mapping[str, int]:
    """Return the row of each requirement in an evaluation's table, by id."""
    return {row.id: at for at, row in enumerate(evaluation.table) if isinstance(row.node, Requirement)}


def verdicts_of(evaluation: Evaluation, requirements: Iterable[Requirement]) -> Bytes:
    """Return the verdicts of requirements, (requirements, reports)."""
    rows = rows_of(evaluation)
    return evaluation.verdicts[np.array([rows[one.id] for one in requirements], np.intp)]


def actual_of(
    evaluation: Evaluation, requirements: Sequence[Requirement], subjects: Index, records: Index
) -> TextColumn:
    """Return the value held against a target in some reports, each of its own requirement, as machines read it."""
    rows = rows_of(evaluation)
    numbers = np.zeros(len(records), np.int32)
    places = [np.flatnonzero(subjects == subject) for subject in np.unique(subjects)]
    actual = [
        evaluation.gap_columns[rows[requirements[subjects[here[0]]].id]].actual.at(records[here]).without_unused()
        for here in places
    ]
    texts, own = pooled(actual)
    for here, of_row in zip(places, own, strict=True):
        numbers[here] = of_row
    return TextColumn(numbers, texts)
