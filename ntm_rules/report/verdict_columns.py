"""The tables verdicts and gaps as columns: every text made once, in as many rows as it stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gap_columns import Index
from ntm_rules.evaluation.gap_order import GapRows, gap_rows
from ntm_rules.evaluation.verdicts import REASON_CODES, Verdict
from ntm_rules.rulebook.criteria_set import Indicator, KnownTarget, Requirement
from ntm_rules.text_columns import Columns, Numbers, TextColumn, everywhere, pooled
from ntm_rules.wording.targets import target_code
from ntm_rules.wording.values import counted_unit, unit_of

EXPORTED_LEVELS = ("requirement", "indicator", "criterion", "commune")
OWNER = ("commune_code", "commune", "year")
NODE = (
    "level", "id", "verdict", "reason", "actual", "comparator", "target", "unit", "shortfall", "quantity",
    "quantity_unit", "lead_agency",
)  # fmt: skip
VERDICT_COLUMNS = (*OWNER, *NODE)
"""One commune, year and node. Numbers are plain: decimal point, no thousands separator."""
_VERDICTS = [verdict.name for verdict in Verdict]
_REASONS = [reason.value for reason in REASON_CODES]


class VerdictColumns:
    """The rows of one evaluation: records in order, nodes in the order of the law's text."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.rows = [i for i in evaluation.order if evaluation.table[i].level in EXPORTED_LEVELS]
        """Rows of the node table, in order."""

    def node(self, row: int) -> Mapping[str, TextColumn]:
        """Return the columns of one node over all records, by name."""
        evaluation, at = self.evaluation, self.evaluation.table[row]
        size = len(evaluation.records)
        node, nothing = at.node, everywhere("", size)
        said = {
            "level": everywhere(at.level, size),
            "id": everywhere(at.id, size),
            "verdict": TextColumn(evaluation.verdicts[row].astype(np.int32), _VERDICTS),
            "reason": TextColumn(evaluation.reasons[row].astype(np.int32), _REASONS),
        }
        if not isinstance(node, Requirement):
            said["lead_agency"] = everywhere(";".join(node.leads()) if isinstance(node, Indicator) else "", size)
            return {name: said.get(name, nothing) for name in NODE}
        measure, gaps = evaluation.rules.measures[node.measure], evaluation.gap_columns[row]
        return said | {  # in the order of `NODE`
            "actual": gaps.actual,
            "comparator": everywhere(node.comparator.value, size),
            "target": self._target(node),
            "unit": everywhere(unit_of(measure, node.taken), size),
            "shortfall": gaps.shortfall,
            "quantity": gaps.quantity,
            "quantity_unit": TextColumn(
                np.array([bool(text) for text in gaps.quantity.texts], np.int32)[gaps.quantity.numbers],
                ["", counted_unit(measure)],
            ),
            "lead_agency": everywhere(node.lead, size),
        }

    def verdict_table(self) -> Columns:
        """Return the rows as columns, by name: those of one record together."""
        records, count = self.evaluation.records, len(self.rows)
        nodes = [self.node(row) for row in self.rows]
        owners = np.repeat(np.arange(len(records), dtype=np.int32), count)
        return self._owner_columns(owners) | {name: interleaved([node[name] for node in nodes]) for name in NODE}

    def gap_table(self) -> Columns:
        """Return what each record must still meet as columns, by name: the nearest alternative of an `any` first."""
        order = self.gap_rows
        rows = np.unique(order.rows).tolist()
        nodes = [self.node(row) for row in rows]
        place = np.searchsorted(rows, order.rows)
        return self._owner_columns(order.records.astype(np.int32)) | {
            name: _chosen([node[name] for node in nodes], place, order.records) for name in NODE
        }

    def _owner_columns(self, records: Numbers) -> dict[str, TextColumn | Numbers]:
        own = self.evaluation.records
        return {
            "commune_code": TextColumn(records, own.codes),
            "commune": TextColumn(records, own.names),
            "year": own.years[records],
        }

    @cached_property
    def gap_rows(self) -> GapRows:
        """Where each gap stands, in order."""
        return gap_rows(self.evaluation)

    def _target(self, node: Requirement) -> TextColumn:
        targets, number = self.evaluation.targets(node)
        values = [target.everywhere if isinstance(target, KnownTarget) else None for target in targets]
        texts = [target_code(self.evaluation.rules, node, value) for value in values]
        return TextColumn(number.astype(np.int32), texts)


def interleaved(columns: Sequence[TextColumn]) -> TextColumn:
    """Return columns of one thing each as one: the first of all, then the second of all."""
    texts, numbers = pooled(columns)
    return TextColumn(np.stack(numbers, axis=1).ravel(), texts)


def _chosen(columns: Sequence[TextColumn], column: Index, row: Index) -> TextColumn:
    """Return in each row what a column of its own has in a row of its own."""
    if not columns:
        return everywhere("", 0)
    texts, numbers = pooled(columns)
    return TextColumn(np.stack(numbers)[column, row], texts)
