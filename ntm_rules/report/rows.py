"""The rows of the machine-readable results: one table of columns, filled from an evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import State
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.columns import REASON_CODES
from ntm_rules.evaluation.gaps import Gap
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import plain
from ntm_rules.report.wording import actual_code, counted_unit, target_code, unit_of
from ntm_rules.rulebook.criteria_set import Indicator, Requirement

Bools = NDArray[np.bool_]
"""One for each record."""
EXPORTED_LEVELS = ("requirement", "indicator", "criterion", "commune")


class VerdictRow(NamedTuple):
    """One commune, year and node. Numbers are plain: decimal point, no thousands separator."""

    commune_code: str
    commune: str
    year: int
    level: str
    id: str
    verdict: str
    reason: str
    actual: str = ""
    comparator: str = ""
    target: str = ""
    unit: str = ""
    shortfall: str = ""
    quantity: str = ""
    quantity_unit: str = ""
    lead_agency: str = ""


def verdict_rows(evaluation: Evaluation) -> Iterator[VerdictRow]:
    """Yield every node of every record, records in order, nodes in the order of the law's text."""
    rows = [i for i in evaluation.order if evaluation.table[i].level in EXPORTED_LEVELS]
    plain = {i: _identity(evaluation, i) for i in rows if not isinstance(evaluation.table[i].node, Requirement)}
    verdicts, reasons = [v.name for v in Verdict], [reason.value for reason in REASON_CODES]
    for record, at in enumerate(evaluation.records):
        verdict_of, reason_of = evaluation.verdicts[:, record].tolist(), evaluation.reasons[:, record].tolist()
        for row in rows:
            if row in plain:
                level, id_, lead = plain[row]
                said = verdicts[verdict_of[row]], reasons[reason_of[row]]
                yield VerdictRow(at.code, at.name, at.year, level, id_, *said, "", "", "", "", "", "", "", lead)
            else:
                gap = evaluation.gap(row, record) if verdict_of[row] == Verdict.NOT_MET else None
                yield verdict_row(evaluation, row, record, gap)


def _identity(evaluation: Evaluation, row: int) -> tuple[str, str, str]:
    """Return level, id and lead agencies of a node that is no requirement."""
    node_row = evaluation.table[row]
    lead = ";".join(node_row.node.leads()) if isinstance(node_row.node, Indicator) else ""
    return node_row.level, node_row.id, lead


def gap_rows(evaluation: Evaluation) -> Iterator[VerdictRow]:
    """Yield the requirements that each record must still meet, nearest alternative of an `any` first."""
    for record in range(len(evaluation.records)):
        for row, gap in evaluation.gaps(record):
            yield verdict_row(evaluation, row, record, gap)


def verdict_row(evaluation: Evaluation, row: int, record: int, gap: Gap | None) -> VerdictRow:
    """Return one requirement's row; `gap` is its gap, where it has one."""
    node_row, at = evaluation.table[row], evaluation.records[record]
    rules, node = evaluation.rules, node_row.node
    identity = (at.code, at.name, at.year, node_row.level, node_row.id)
    verdict, reason = evaluation.verdict(row, record).name, evaluation.reason(row, record).value
    assert isinstance(node, Requirement)
    measure = rules.measures[node.measure]
    now, before = evaluation.reported(node, record)
    target = evaluation.target(node, record)
    quantity = gap.quantity if gap else None
    return VerdictRow(
        *identity,
        verdict,
        reason,
        actual=actual_code(rules, node, now, before, target),
        comparator=node.comparator.value,
        target=target_code(rules, node, target),
        unit=unit_of(measure),
        shortfall=_plain(gap.shortfall if gap else None),
        quantity=_plain(quantity),
        quantity_unit=counted_unit(measure) if quantity is not None else "",
        lead_agency=node.lead,
    )


def _plain(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


class SummaryRow(NamedTuple):
    """One commune and year: counts with their denominators, and what they amount to."""

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
    points: str = ""
    points_total: str = ""


POINTS_COLUMNS = ("points", "points_total")
"""Columns of the summary that only a set with points has."""


def summary_columns(evaluations: Sequence[Evaluation]) -> tuple[str, ...]:
    """Return the columns of the summary; those of points are the last, and only where a set has any."""
    if any(evaluation.rules.has_points for evaluation in evaluations):
        return SummaryRow._fields
    return SummaryRow._fields[: -len(POINTS_COLUMNS)]


RECOGNITION_MEASURE = "recognition_decision"
"""The ruling that reports an existing decision of recognition; it is stated, never computed."""


def summary_rows(evaluation: Evaluation) -> Iterator[SummaryRow]:
    """Yield one row per record. "Meets every criterion" and "recognised" are different things."""
    commune = evaluation.level("commune")[0]
    conditions = evaluation.level("recognition")
    has_points = evaluation.rules.has_points
    for record, at in enumerate(evaluation.records):
        criteria, indicators = evaluation.tally("criterion", record), evaluation.tally("indicator", record)
        band = evaluation.band(record)
        points = evaluation.points(record) if has_points else None
        decision = at.get(RECOGNITION_MEASURE)
        yield SummaryRow(
            commune_code=at.code,
            commune=at.name,
            year=at.year,
            group=evaluation.groups[record] or "",
            band=band.id if band else "",
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
            meets_every_criterion=evaluation.verdict(commune, record).name,
            further_conditions=evaluation.verdict(conditions[0], record).name if conditions else "",
            recognised={True: "yes", False: "no"}[bool(decision.value)] if decision.state is State.PRESENT else "",
            recognition_document=decision.document,
            points=plain(points.met) if points else "",
            points_total=plain(points.total) if points else "",
        )


class AgencyCount(NamedTuple):
    """One lead agency: how its indicators stand over all records."""

    agency: str
    indicators: int
    met: int
    not_met: int
    no_data: int
    no_target: int
    not_applicable: int
    elsewhere: int
    """Not met, without data or without target, yet nothing that this agency leads stands in the way."""


UNSETTLED = (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET)
"""Verdicts for which somebody still has something to do."""


def shared_indicators(evaluations: Sequence[Evaluation]) -> list[str]:
    """Return the ids of the indicators that several agencies lead, each a part of it."""
    found = (i for e in evaluations for i in e.rules.indicators() if len(i.leads()) > 1)
    return list(dict.fromkeys(indicator.id for indicator in found))


def agency_counts(evaluation: Evaluation) -> list[AgencyCount]:
    """Count every lead agency's indicators over all records, most gaps first.

    An indicator with several leads counts for each of them; as not met, without data or without target only for
    those who lead a requirement that stands in the way, as the gaps have it.
    """
    found = []
    for agency in evaluation.rules.lead_agencies:
        rows = [
            row
            for row in evaluation.level("indicator")
            if isinstance(node := evaluation.table[row].node, Indicator) and agency in node.leads()
        ]
        counts = {v: int((evaluation.verdicts[rows] == v).sum()) for v in Verdict}
        mine = {v: sum(int(_stands_in_the_way(evaluation, row, agency, v).sum()) for row in rows) for v in UNSETTLED}
        found.append(
            AgencyCount(
                agency=agency,
                indicators=len(rows),
                met=counts[Verdict.MET],
                not_met=mine[Verdict.NOT_MET],
                no_data=mine[Verdict.NO_DATA],
                no_target=mine[Verdict.NO_TARGET],
                not_applicable=counts[Verdict.NOT_APPLICABLE],
                elsewhere=sum(counts[v] - mine[v] for v in UNSETTLED),
            )
        )
    return sorted(found, key=lambda c: (-c.not_met, -c.no_data, c.agency))


def _stands_in_the_way(evaluation: Evaluation, at: int, agency: str, verdict: Verdict) -> Bools:
    """Tell for every record whether a requirement that an agency leads gives a node this verdict.

    Only through nodes that have the verdict themselves, so that alternatives of an `any` that is met are left out.
    """
    here: Bools = evaluation.verdicts[at] == verdict
    node = evaluation.table[at].node
    if isinstance(node, Requirement):
        return here & (node.lead == agency)
    below = np.zeros_like(here)
    for child in evaluation.table[at].children:
        below |= _stands_in_the_way(evaluation, child, agency, verdict)
    return here & below


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
