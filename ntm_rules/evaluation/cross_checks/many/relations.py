"""Figures of one report held against each other (`ntm_rules.evaluation.cross_checks.relations`), for all reports."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from ntm_rules.evaluation.cross_checks import relations as one_report
from ntm_rules.evaluation.cross_checks.context import amount_of
from ntm_rules.evaluation.cross_checks.finding import CheckedFigure
from ntm_rules.evaluation.cross_checks.many.all_reports import AllReports
from ntm_rules.evaluation.cross_checks.many.figures import FITTING, Bools, Ratios, ratios_of, sized, told
from ntm_rules.evaluation.cross_checks.many.hits import Alike, ComparedHit, GivenFor, Hits, settled, together
from ntm_rules.exact import PERCENT, VALUE_DECIMALS
from ntm_rules.rulebook.cross_checks import Contradiction, Relation, Same, Statement, named
from ntm_rules.text_columns import alike


def relation(reports: AllReports, condition: Relation) -> Hits:
    """Return the reports in which two sums do not stand to each other as they should."""
    comparison, terms = condition.comparison
    every = (*condition.sum, *terms)
    values = [_values(reports, term) for term in every]
    there = np.flatnonzero(np.logical_and.reduce([value.there for value in values]))
    decimals = [_decimals(reports, term) for term in every]
    if None in decimals:
        return settled(one_report.relation(reports.context, condition), there)
    most = max(of_one or 0 for of_one in decimals)
    times = [10 ** (most - (of_one or 0)) for of_one in decimals]
    above, below = (Fraction(condition.tolerance_percent or 0) / PERCENT).as_integer_ratio()

    def sums(parts: Sequence[Any]) -> tuple[Any, Any]:
        scaled = [part * by for part, by in zip(parts, times, strict=True)]
        return sum(scaled[: len(condition.sum)]), sum(scaled[len(condition.sum) :])

    def denied(*parts: Any) -> Any:
        left, right = sums(parts)
        if comparison == "at_most":
            return left * below > right * (below + above)
        if comparison == "at_least":
            return left * below < right * (below - above)
        return abs(left - right) * below > right * above

    parts = [value.above[there] for value in values]
    size = np.sum([sized(part) * by for part, by in zip(parts, times, strict=True)], axis=0)
    denying = told(denied, size * (above + below), *parts)
    found, fits = there[denying], size[denying] < FITTING
    left, right = (np.where(fits, side, 0) for side in sums([part[denying] for part in parts]))
    scale = np.full(len(found), 10**most)
    id_, part = named(condition.sum[0])
    amount = amount_of(reports.rules.measures[id_], part, Fraction(0))
    sides = Ratios(fits, left, scale), Ratios(fits, right, scale)
    said = ComparedHit(("left", "right"), "difference", [amount], [amount], sides)
    return Hits(found, np.zeros(len(found), np.intp), [tuple(map(_figure, dict.fromkeys(every)))], said)


def same(reports: AllReports, condition: Same) -> Hits:
    """Return the reports in which one and the same thing is given different numbers."""
    terms = list(dict.fromkeys(condition.of))
    values = [_values(reports, term) for term in terms]
    there = np.array([value.there for value in values])
    some = np.flatnonzero(there.any(axis=0))
    decimals = {_decimals(reports, term) for term in terms}
    if len(decimals) != 1 or None in decimals:
        return settled(one_report.same(reports.context, condition), some)
    above, below = (Fraction(condition.tolerance_percent or 0) / PERCENT).as_integer_ratio()
    given, there = np.array([value.above for value in values])[:, some], there[:, some]
    least = np.where(there, given, np.iinfo(np.int64).max).min(axis=0)
    largest = np.where(there, given, np.iinfo(np.int64).min).max(axis=0)
    size = (sized(least) + sized(largest)) * (above + below)
    differ = told(lambda low, high: (high - low) * below > high * above, size, least, largest)
    found, given, there = some[differ], given[:, differ], there[:, differ]
    figures = [_figure(term) for term in terms]
    amounts = [amount_of(reports.rules.measures[f.measure], f.part, Fraction(0)) for f in figures]
    hits = together(there, figures)
    said = GivenFor(figures, given, there, amounts) if all(figure.part for figure in figures) else None
    return Hits(found, hits.subjects, hits.figures, said)


def contradiction(reports: AllReports, condition: Contradiction) -> Hits:
    """Return the reports that say several things of which one denies the others."""
    when, yet = (np.array([_true(reports, s) for s in said]) for said in (condition.when, condition.yet))
    records = np.flatnonzero(when.all(axis=0) & yet.any(axis=0))
    numbers, first = alike(yet[:, records])
    figures = []
    for record in records[first].tolist():
        denied = [said for said, here in zip(condition.yet, yet[:, record].tolist(), strict=True) if here]
        figures.append(tuple(dict.fromkeys(_figure(said.figure) for said in (*condition.when, *denied))))
    told_of = {named(said.figure).measure for said in (*condition.when, *condition.yet)}
    content = np.array([part for id_ in sorted(told_of) for part in reports.figures.now(id_)], np.int64)
    return Hits(records, numbers, figures, Alike(alike(content[:, records])[0]))


def _true(reports: AllReports, statement: Statement) -> Bools:
    id_, part = named(statement.figure)
    measure, given = reports.rules.measures[id_], reports.figures.now(id_)
    if not measure.traits.quantity:
        answered: Bools = given.present & (given.value == one_report.wanted_answer(reports.rules, measure, statement))
        return answered
    limit = next(one for one in (statement.above, statement.below, statement.equals) if one is not None)
    above, below = Fraction(limit).as_integer_ratio()

    def holds(value: Any, of: Any) -> Any:
        left, right = value * below, of * above
        if statement.above is not None:
            return left > right
        return left < right if statement.below is not None else left == right

    value = ratios_of(measure, part, given)
    size = sized(value.above) * below + sized(value.below) * abs(above)
    true: Bools = value.there & told(holds, size, value.above, value.below)
    return true


def _values(reports: AllReports, term: str) -> Ratios:
    id_, part = named(term)
    return ratios_of(reports.rules.measures[id_], part, reports.figures.now(id_))


def _decimals(reports: AllReports, term: str) -> int | None:
    """Return in which decimals the numbers of a term are whole; None for shares, which are divided."""
    id_, part = named(term)
    measure = reports.rules.measures[id_]
    if part:
        return measure.counted.decimals if measure.counted is not None else 0
    return None if measure.traits.counted else VALUE_DECIMALS


def _figure(term: str) -> CheckedFigure:
    return CheckedFigure(*named(term))
