"""Decisions of recognition over all reports of a year (`ntm_rules.standing.recognition` looks at one commune)."""

from __future__ import annotations

import numpy as np

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.reference import Facts
from ntm_rules.standing.recognition import Recognised, recognised_in
from ntm_rules.text_columns import Ints, TextColumn, everywhere, texts_of

SILENT, NO, YES = -1, 0, 1
"""What a report says of a decision of recognition."""


def decisions_in(evaluation: Evaluation) -> tuple[Ints, TextColumn]:
    """Return what every report says of a decision of recognition, and the document that it names."""
    columns, owners = evaluation.records.columns, evaluation.records.owners
    by = evaluation.rules.recognition
    if by not in columns.measures:
        return np.full(len(owners), SILENT), everywhere("", len(owners))
    at = columns.measures.index(by)
    said = columns.state[at, owners] == State.PRESENT
    documents = texts_of(columns.document[at, owners], columns.texts.__getitem__)
    return np.where(said, np.where(columns.value[at, owners], YES, NO), SILENT), documents


def recognised(evaluation: Evaluation, before: Evaluation | None = None) -> list[Recognised]:
    """Return the communes recognised by a decision that their report of the year, or of the year before, names."""
    records = evaluation.records
    then = np.full(len(records), -1)
    says = decisions_in(evaluation)[0] == YES
    if before is not None:
        earlier = {code: at for at, code in enumerate(before.records.codes)}
        then = np.array([earlier.get(code, -1) for code in records.codes], np.intp)
        said = decisions_in(before)[0] == YES
        says[then >= 0] |= said[then[then >= 0]]
    found = []
    for at in np.flatnonzero(says).tolist():
        last = before.records[int(then[at])] if before is not None and then[at] >= 0 else None
        facts = Facts(records[at], last, evaluation.groups[at])
        found.append(recognised_in(evaluation.rules, facts, evaluation.result(at), evaluation.conditions(at), at))
    return [one for one in found if one is not None]
