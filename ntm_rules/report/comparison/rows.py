"""The rows of changes.csv: one per commune, year and node whose verdict differs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ntm_rules.report.rows import figure_codes
from ntm_rules.workbench.comparing.changes import Comparison, NodeChange, Side, leads_of, requirement_at
from ntm_rules.workbench.comparing.directions import State

ABSENT = "ABSENT"
"""Stands for the verdict where a law does not have the node."""


class ChangeRow(NamedTuple):
    """One change. Numbers are plain: decimal point, no thousands separator."""

    commune_code: str
    commune: str
    year: int
    level: str
    id: str
    direction: str
    before: str
    after: str
    reason_before: str
    reason_after: str
    actual_before: str
    comparator_before: str
    target_before: str
    unit_before: str
    shortfall_before: str
    quantity_before: str
    quantity_unit_before: str
    actual_after: str
    comparator_after: str
    target_after: str
    unit_after: str
    shortfall_after: str
    quantity_after: str
    quantity_unit_after: str
    lead_agency: str


def change_rows(comparison: Comparison) -> Iterator[ChangeRow]:
    """Yield every change, communes in order, nodes in the order of the law's text."""
    for change in comparison.changes():
        told = change.level == "requirement"  # an indicator's figures are those of its requirements
        yield ChangeRow(
            change.code,
            change.name,
            change.year,
            change.level,
            change.id or comparison.after.rules.id,
            change.turn.direction.value,
            state_code(change.before),
            state_code(change.after),
            _reason(change.was),
            _reason(change.now),
            *(_figures(change.was) if told else _NO_FIGURES),
            *(_figures(change.now) if told else _NO_FIGURES),
            ";".join(leads_of(change)),
        )


def state_code(state: State) -> str:
    """Return a verdict's name; `ABSENT` where a law does not have the node."""
    return ABSENT if state is None else state.name


def _reason(side: Side | None) -> str:
    return "" if side is None else side.evaluation.reason(side.row, side.record).value


_NO_FIGURES = ("",) * 7


def _figures(side: Side | None) -> tuple[str, str, str, str, str, str, str]:
    """Return actual, comparator, target, unit, shortfall, quantity and its unit of one side."""
    at = requirement_at(side)
    return figure_codes(at.evaluation.rules, at.evaluation.held(at.row, at.record)) if at else _NO_FIGURES


__all__ = ["ABSENT", "ChangeRow", "NodeChange", "change_rows", "state_code"]
