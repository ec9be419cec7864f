"""The rows of the machine-readable results: one table of columns, filled from an evaluation."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ntm_rules.dataset.problems import Problem
from ntm_rules.evaluation.held import Held
from ntm_rules.exact import plain
from ntm_rules.rulebook.criteria_set import CriteriaSet
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
        unit_of(measure, held.requirement.taken),
        _plain(gap.shortfall if gap else None),
        _plain(quantity),
        counted_unit(measure) if quantity is not None else "",
    )


def _plain(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


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
