"""Figures that are all alike where they would differ if somebody had counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.cross_checks.context import Context, Finder, figure_of, ratio_of
from ntm_rules.evaluation.cross_checks.finding import Hit
from ntm_rules.rulebook.cross_checks import AllIdentical
from ntm_rules.rulebook.kinds import QUANTITIES, SHARES

Figures = tuple[tuple[str, int, int], ...]
"""Measure, value and base of every figure there is, in the order of the set."""


def all_identical(context: Context, condition: AllIdentical) -> Finder:
    """Find reports whose figures equal each other, those of the year before, or those of another commune."""
    return {"each_other": _each_other, "year_before": _year_before, "another_commune": _another_commune}[condition.to](
        context, condition
    )


def _each_other(context: Context, condition: AllIdentical) -> Finder:
    measures = context.selected(condition.of, SHARES)

    def find(record: int) -> Iterator[Hit]:
        report = context.records[record]
        first: tuple[int, int] | None = None
        there = 0
        for measure in measures:
            ratio = ratio_of(measure, "", report.get(measure.id))
            if ratio is None:
                continue
            first = first or ratio
            if ratio[0] * first[1] != first[0] * ratio[1]:
                return
            there += 1
        if there >= condition.at_least:
            figures = [figure_of(m, "", report.get(m.id)) for m in measures if ratio_of(m, "", report.get(m.id))]
            amount = figures[0].amount
            assert amount is not None
            yield Hit(figures, {"value": amount})

    return find


def _year_before(context: Context, condition: AllIdentical) -> Finder:
    measures = context.selected(condition.of, QUANTITIES)

    def find(record: int) -> Iterator[Hit]:
        earlier = context.earlier(record)
        if earlier is None:
            return
        report = context.records[record]
        both = [m for m in measures if _there(report.values, m.id) and _there(earlier, m.id)]
        if len(both) < condition.at_least:
            return
        if all(_alike(report.values[m.id], earlier[m.id]) for m in both):
            yield Hit([figure_of(m, "", report.get(m.id)) for m in both])

    return find


def _another_commune(context: Context, condition: AllIdentical) -> Finder:
    measures = context.selected(condition.of, QUANTITIES)
    reports = context.records

    def figures_of(record: int) -> Figures:
        values = reports[record].values
        return tuple((m.id, values[m.id].value, values[m.id].base) for m in measures if _there(values, m.id))

    reporting: dict[tuple[int, Figures], list[int]] = {}
    for at in range(len(reports)):
        reporting.setdefault((reports[at].year, figures_of(at)), []).append(at)

    def find(record: int) -> Iterator[Hit]:
        report, figures = reports[record], figures_of(record)
        if len(figures) < condition.at_least:
            return
        others = [reports[at] for at in reporting[report.year, figures] if at != record]
        if others:
            alike = {id_ for id_, _value, _base in figures}
            yield Hit(
                [figure_of(m, "", report.get(m.id)) for m in measures if m.id in alike],
                {"other": ", ".join(f"{other.name} ({other.code})" for other in others)},
            )

    return find


def _there(values: Mapping[str, Reported], measure: str) -> bool:
    return measure in values and values[measure].state is State.PRESENT


def _alike(now: Reported, before: Reported) -> bool:
    """Tell whether two figures are one number, however they were given."""
    if now.base and before.base:
        return Fraction(now.value, now.base) == Fraction(before.value, before.base) and now.counted == before.counted
    return now.value == before.value
