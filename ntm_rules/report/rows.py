"""The rows of the machine-readable results: one table of columns, filled from an evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ntm_rules.dataset.problems import Problem
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.held import Held
from ntm_rules.exact import plain
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.overview import Overview
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


class SummaryRow(NamedTuple):
    """One commune and year: counts with their denominators, and what they amount to; no band without a usable report."""

    commune_code: str
    commune: str
    year: int
    group: str
    band: str
    criteria_met: int
    criteria_applicable: int
    criteria_not_met: int
    criteria_no_data: int
    criteria_no_target: int
    indicators_met: int
    indicators_applicable: int
    indicators_not_met: int
    indicators_no_data: int
    indicators_no_target: int
    indicators_not_applicable: int
    meets_every_criterion: str
    further_conditions: str
    recognised: str
    recognition_document: str
    usable_report: str
    criteria_judgeable: int
    criteria_attainable: int
    criteria_ruling_awaited: int
    indicators_judgeable: int
    indicators_attainable: int
    indicators_ruling_awaited: int
    figures_owed: int
    rulings_awaited: int
    points: str = ""
    points_total: str = ""


POINTS_COLUMNS = ("points", "points_total")
"""Columns of the summary that only a set with points has."""


def summary_columns(evaluations: Sequence[Evaluation]) -> tuple[str, ...]:
    """Return the columns of the summary; those of points are the last, and only where a set has any."""
    if any(evaluation.rules.has_points for evaluation in evaluations):
        return SummaryRow._fields
    return SummaryRow._fields[: -len(POINTS_COLUMNS)]


def summary_rows(overview: Overview) -> Iterator[SummaryRow]:
    """Yield one row per record. "Meets every criterion" and "recognised" are different things."""
    for one in overview.communes:
        criteria, indicators = one.criteria, one.indicators
        yield SummaryRow(
            commune_code=one.report.code,
            commune=one.report.name,
            year=one.report.year,
            group=one.group or "",
            band=one.band_id,
            criteria_met=criteria.met,
            criteria_applicable=criteria.applicable,
            criteria_not_met=criteria.not_met,
            criteria_no_data=criteria.no_data,
            criteria_no_target=criteria.no_target,
            indicators_met=indicators.met,
            indicators_applicable=indicators.applicable,
            indicators_not_met=indicators.not_met,
            indicators_no_data=indicators.no_data,
            indicators_no_target=indicators.no_target,
            indicators_not_applicable=indicators.not_applicable,
            meets_every_criterion=one.meets.name,
            further_conditions="" if one.conditions is None else one.conditions.name,
            recognised={True: "yes", False: "no", None: ""}[one.decision.recognised],
            recognition_document=one.decision.document,
            usable_report="yes" if one.usable else "no",
            criteria_judgeable=criteria.judgeable,
            criteria_attainable=criteria.attainable,
            criteria_ruling_awaited=criteria.ruling,
            indicators_judgeable=indicators.judgeable,
            indicators_attainable=indicators.attainable,
            indicators_ruling_awaited=indicators.ruling,
            figures_owed=one.owed,
            rulings_awaited=one.rulings,
            points=plain(one.points.met) if one.points else "",
            points_total=plain(one.points.total) if one.points else "",
        )


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
