"""Figures of one report held against each other: sums, things that are one and the same, contradictions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.evaluation.cross_checks.context import Context, Finder, amount_of, figure_named, ratio_of
from ntm_rules.evaluation.cross_checks.finding import CheckedFigure, Hit
from ntm_rules.exact import PERCENT
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.cross_checks import Contradiction, Relation, Same, Statement, named
from ntm_rules.rulebook.models import Measure

ANSWER_VALUES = {"yes": 1, "no": 0, "met": 1, "not_met": 0}
"""Answers of attestations and rulings, as `Reported.value` has them."""


def relation(context: Context, condition: Relation) -> Finder:
    """Find reports in which two sums do not stand to each other as they should; nothing where a term is missing."""
    comparison, terms = condition.comparison
    slack = Fraction(condition.tolerance_percent or 0) / PERCENT
    measure, part = named(condition.sum[0])

    def find(record: int) -> Iterator[Hit]:
        report = context.records[record]
        left, right = _sum(context, condition.sum, report), _sum(context, terms, report)
        if left is None or right is None or _holds(comparison, left, right, slack * right):
            return
        spec = context.measures[measure]
        yield Hit(
            [figure_named(context, term, report) for term in dict.fromkeys((*condition.sum, *terms))],
            {
                "left": amount_of(spec, part, left),
                "right": amount_of(spec, part, right),
                "difference": amount_of(spec, part, abs(left - right)),
            },
        )

    return find


def _holds(comparison: str, left: Fraction, right: Fraction, slack: Fraction) -> bool:
    if comparison == "at_most":
        return left <= right + slack
    if comparison == "at_least":
        return left >= right - slack
    return abs(left - right) <= slack


def _sum(context: Context, terms: Sequence[str], report: CommuneYear) -> Fraction | None:
    total = Fraction(0)
    for term in terms:
        value = _value(context, term, report)
        if value is None:
            return None
        total += value
    return total


def _value(context: Context, term: str, report: CommuneYear) -> Fraction | None:
    id_, part = named(term)
    ratio = ratio_of(context.measures[id_], part, report.get(id_))
    return Fraction(*ratio) if ratio else None


def same(context: Context, condition: Same) -> Finder:
    """Find reports in which one and the same thing is given different numbers."""
    slack = Fraction(condition.tolerance_percent or 0) / PERCENT

    def find(record: int) -> Iterator[Hit]:
        report = context.records[record]
        found = {term: value for term in condition.of if (value := _value(context, term, report)) is not None}
        if not found:
            return
        least, largest = min(found.values()), max(found.values())
        if largest - least <= slack * largest:
            return
        figures = [figure_named(context, term, report) for term in found]
        yield Hit(figures, {"values": figures})

    return find


def contradiction(context: Context, condition: Contradiction) -> Finder:
    """Find reports that say several things of which one denies the others."""
    tests = {statement: _test(context, statement) for statement in (*condition.when, *condition.yet)}

    def find(record: int) -> Iterator[Hit]:
        report = context.records[record]
        if not all(tests[statement](report) for statement in condition.when):
            return
        denied = [statement for statement in condition.yet if tests[statement](report)]
        if not denied:
            return
        when, yet = ([_figure(context, s, report) for s in statements] for statements in (condition.when, denied))
        yield Hit(list(dict.fromkeys([*when, *yet])), {"when": when, "yet": yet})

    return find


def _figure(context: Context, statement: Statement, report: CommuneYear) -> CheckedFigure:
    return figure_named(context, statement.figure, report)


def _test(context: Context, statement: Statement) -> Callable[[CommuneYear], bool]:
    id_, _part = named(statement.figure)
    spec = context.measures[id_]
    if spec.traits.quantity:

        def compared(report: CommuneYear) -> bool:
            value = _value(context, statement.figure, report)
            if value is None:
                return False
            if statement.above is not None:
                return value > Fraction(statement.above)
            if statement.below is not None:
                return value < Fraction(statement.below)
            return statement.equals is not None and value == Fraction(statement.equals)

        return compared
    wanted = wanted_answer(context.rules, spec, statement)

    def answered(report: CommuneYear) -> bool:
        reported = report.get(id_)
        return reported.state is State.PRESENT and reported.value == wanted

    return answered


def wanted_answer(rules: CriteriaSet, measure: Measure, statement: Statement) -> int:
    """Return the answer a statement names, as `Reported.value` has it."""
    answer = statement.answered or ""
    if measure.traits.graded:
        return [grade.id for grade in rules.scales[measure.scale or ""].grades].index(answer)
    return ANSWER_VALUES[answer]
