"""Every requirement that cannot be judged for want of a figure, a ruling or the commune's group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from ntm_rules.evaluation.reference import opens
from ntm_rules.evaluation.verdicts import REASON_CODES, Reason
from ntm_rules.report.tables.coded import Cells, among, cells_of, owners, table_of, texts_in
from ntm_rules.report.tables.table import Column, Table, yes_or_no
from ntm_rules.standing.lacks import Lack, LackRows, body_of
from ntm_rules.standing.overview import Overview
from ntm_rules.text_columns import column_of, of_pairs

KEYS = ("commune_code", "commune", "year", "id", "measure", "lack", "reason", "decides", "awaited_from", "lead_agency")


def owed(overviews: Sequence[Overview]) -> Table:
    """Return all that is lacking, by record, in the order of the law."""
    return table_of([Column(key) for key in KEYS], [_cells(overview) for overview in overviews])


def _cells(overview: Overview) -> Cells:
    rules, found = overview.evaluation.rules, overview.lacks.every
    requirements = {row: overview.evaluation.requirement(row) for row in np.unique(found.rows).tolist()}

    def measure(row: int, reason: int) -> str:
        one = requirements[row]
        if REASON_CODES[reason] is Reason.CLASS_UNANSWERED:
            return one.told_apart_by
        return one.gates[0].measure if REASON_CODES[reason] is Reason.EXISTENCE_UNANSWERED else one.measure

    asked = texts_in(of_pairs(found.rows, found.reasons, measure))
    if any(len(one.gates) > 1 for one in requirements.values()):
        asked = texts_in(column_of(_asked(overview, found, measure)))

    def awaited_from(row: int, lack: int) -> str:
        return body_of(rules, requirements[row]) if lack == Lack.RULING else ""

    return {
        **{key: cells.at(found.records) for key, cells in owners(overview).items()},
        "id": cells_of(found.rows, lambda row: requirements[row].id),
        "measure": asked,
        "lack": cells_of(found.lacks, lambda lack: Lack(lack).name.lower()),
        "reason": cells_of(found.reasons, lambda reason: REASON_CODES[reason].value),
        "decides": among(found.decides, [yes_or_no(decides) for decides in (False, True)]),
        "awaited_from": texts_in(of_pairs(found.rows, found.lacks, awaited_from)),
        "lead_agency": cells_of(found.rows, lambda row: requirements[row].lead),
    }


def _asked(overview: Overview, found: LackRows, measure: Callable[[int, int], str]) -> Iterator[str]:
    """Yield the measure of each: of several that decide whether a requirement applies, the first not answered."""
    for record, row, reason in zip(*(one.tolist() for one in (found.records, found.rows, found.reasons)), strict=True):
        gates = overview.evaluation.requirement(row).gates
        if len(gates) > 1 and REASON_CODES[reason] is Reason.EXISTENCE_UNANSWERED:
            report = overview.evaluation.records[record]
            yield next(gate.measure for gate in gates if opens(gate, report) is None)
        else:
            yield measure(row, reason)
