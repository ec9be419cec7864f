"""The table of hamlets: what each comes to by every requirement that counts them, a row a hamlet and node."""

from __future__ import annotations

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.judged_hamlets import judged_hamlets
from ntm_rules.report.verdict_columns import NODE, OWNER, VerdictColumns, interleaved
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.text_columns import Columns, TextColumn, everywhere

_OF_EACH = tuple(name for name in NODE if name not in ("level", "lead_agency"))
HAMLET_COLUMNS = (*OWNER, "counted_by", "hamlet", *_OF_EACH)
"""One commune, year, requirement that counts, hamlet, and node of what each must meet."""


def hamlet_table(evaluation: Evaluation, requirement: Requirement) -> Columns:
    """Return the rows of one requirement as columns, by name: those of one hamlet together, in the order of the law."""
    records = evaluation.records
    judged = judged_hamlets(evaluation, requirement, np.arange(len(records)))
    hamlets, said = judged.hamlets, VerdictColumns(judged.hamlets)
    rows = [row for row in hamlets.order if hamlets.table[row].level == "requirement"]
    if hamlets.table[judged.row].op and len(rows) > 1:
        rows = [judged.row, *rows]  # what is asked of each stands where the indicator does
    nodes = [said.node(row) for row in rows]
    hamlet = np.repeat(np.arange(len(hamlets.records), dtype=np.int32), len(rows))
    of = judged.of.astype(np.int32)[hamlet]
    return {
        "commune_code": TextColumn(of, records.codes),
        "commune": TextColumn(of, records.names),
        "year": records.years[of],
        "counted_by": everywhere(requirement.id, len(hamlet)),
        "hamlet": TextColumn(hamlet, hamlets.records.names),
        **{name: interleaved([node[name] for node in nodes]) for name in _OF_EACH},
    }
