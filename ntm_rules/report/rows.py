"""The rows of the machine-readable results: one table of columns, filled from an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from ntm_rules.dataset.problems import Problem
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.held import Held
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import plain
from ntm_rules.report.standing_rows import owners
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.decisions import SILENT
from ntm_rules.standing.overview import Overview
from ntm_rules.text_columns import Columns, TextColumn, column_of, everywhere
from ntm_rules.wording.targets import target_code
from ntm_rules.wording.values import actual_code, counted_unit, unit_of


def figure_codes(rules: CriteriaSet, held: Held) -> tuple[str, str, str, str, str, str, str]:
    """Return actual, comparator, target, unit, shortfall, quantity and its unit, for machines."""
    measure, gap = rules.measures[held.requirement.measure], held.gap
    quantity = gap.quantity if gap else None
    return (
        actual_code(rules, held),
        held.requirement.comparator.value,
        target_code(rules, held.requirement, held.target),
        unit_of(measure),
        _plain(gap.shortfall if gap else None),
        _plain(quantity),
        counted_unit(measure) if quantity is not None else "",
    )


def _plain(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


SUMMARY = (
    "commune_code", "commune", "year", "group", "band",
    *(f"criteria_{name}" for name in ("met", "applicable", "not_met", "no_data", "no_target")),
    *(f"indicators_{name}" for name in ("met", "applicable", "not_met", "no_data", "no_target", "not_applicable")),
    "meets_every_criterion", "further_conditions", "recognised", "recognition_document", "usable_report",
    *(f"{level}_{name}" for level in ("criteria", "indicators") for name in ("judgeable", "attainable", "ruling_awaited")),
    "figures_owed", "rulings_awaited",
)  # fmt: skip
"""One commune and year: counts with their denominators, and what they amount to; no band without a usable report."""
SUMMARY_TEXTS = frozenset(
    (
        *("commune_code", "commune", "group", "band", "meets_every_criterion", "further_conditions", "recognised"),
        *("recognition_document", "usable_report", "points", "points_total"),
    )
)
"""Columns of the summary that hold no whole numbers."""
POINTS_COLUMNS = ("points", "points_total")
"""Columns of the summary that only a set with points has."""


def summary_columns(evaluations: Sequence[Evaluation]) -> tuple[str, ...]:
    """Return the columns of the summary; those of points are the last, and only where a set has any."""
    if any(evaluation.rules.has_points for evaluation in evaluations):
        return (*SUMMARY, *POINTS_COLUMNS)
    return SUMMARY


def summary_table(overview: Overview) -> Columns:
    """Return one row per record. "Meets every criterion" and "recognised" are different things."""
    standings, evaluation = overview.communes, overview.evaluation
    size, verdicts = len(standings), [verdict.name for verdict in Verdict]
    counts = {
        f"{level}_{name}": of_level.column("ruling" if name == "ruling_awaited" else name)
        for level, of_level in (("criteria", standings.criteria), ("indicators", standings.indicators))
        for name in (*_COUNTED, "judgeable", "attainable", "ruling_awaited")
    }
    conditions = standings.conditions
    points = [evaluation.points(record) for record in range(size)] if evaluation.rules.has_points else None
    return {
        **owners(overview),
        "group": TextColumn(evaluation.group_numbers, [group or "" for group in evaluation.all_groups]),
        "band": TextColumn(standings.bands.astype(np.int32), [*(band.id for band in evaluation.rules.bands), ""]),
        **counts,
        "meets_every_criterion": TextColumn(standings.meets.astype(np.int32), verdicts),
        "further_conditions": everywhere("", size)
        if conditions is None
        else TextColumn(conditions.astype(np.int32), verdicts),
        "recognised": TextColumn((standings.decided - SILENT).astype(np.int32), ["", "no", "yes"]),
        "recognition_document": standings.documents,
        "usable_report": TextColumn(standings.usable.astype(np.int32), ["no", "yes"]),
        "figures_owed": standings.owed,
        "rulings_awaited": standings.rulings,
        "points": column_of(plain(one.met) for one in points) if points else everywhere("", size),
        "points_total": column_of(plain(one.total) for one in points) if points else everywhere("", size),
    }


_COUNTED = ("met", "applicable", "not_met", "no_data", "no_target", "not_applicable")


def shared_indicators(evaluations: Sequence[Evaluation]) -> list[str]:
    """Return the ids of the indicators that several agencies lead, each a part of it."""
    found = (i for e in evaluations for i in e.rules.indicators() if len(i.leads()) > 1)
    return list(dict.fromkeys(indicator.id for indicator in found))


class ProblemRow(NamedTuple):
    """One data problem, in the language of the run."""

    file: str
    sheet: str
    cell: str
    line: str
    commune_code: str
    commune: str
    year: str
    measure: str
    value: str
    code: str
    severity: str
    message: str
    mend: str


def problem_row(problem: Problem) -> ProblemRow:
    """Return a problem as a row."""
    return ProblemRow(
        file=problem.file,
        sheet=problem.sheet,
        cell=problem.cell,
        line=str(problem.line or ""),
        commune_code=problem.commune_code,
        commune=problem.commune,
        year=str(problem.year or ""),
        measure=problem.measure,
        value=problem.value,
        code=problem.code,
        severity=problem.severity,
        message=str(problem.message()),
        mend=str(problem.mend()),
    )
