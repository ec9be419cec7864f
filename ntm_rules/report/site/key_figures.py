"""A commune's key figures over the years: small charts, those of one unit on one scale, which begins at 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gaps import Gap
from ntm_rules.evaluation.held import held
from ntm_rules.evaluation.reference import Facts
from ntm_rules.evaluation.taking import WITHOUT_LIMIT
from ntm_rules.report.site.scales import scale, scale_amount_words
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.rulebook.models import Measure
from ntm_rules.wording.targets import target_words
from ntm_rules.wording.values import actual_words

Gaps = Sequence[tuple[Requirement, Gap]]
MOST_FIGURES = 6
WIDTH, LEFT, HIGHEST, LOWEST = 240, 34, 24, 92
"""Units of a small chart, where its points begin beside the scale, and between which heights the scale lies."""
ABOVE, BELOW, ASIDE = -9, 17, 26
"""How far a figure's foot stands from its point."""


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One year's figure: its place in the chart, and where its words stand."""

    year: int
    words: str
    x: float
    y: float
    words_x: float
    words_y: float


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure over the years, and what is asked of it."""

    label: str
    points: Sequence[ChartPoint]
    asked: str
    """The target in words; empty where there is none."""
    target_y: float | None
    top: str
    """What the upper end of the scale is."""
    bottom: str


def key_figures(evaluation: Evaluation, record: int, gaps: Gaps, history: Mapping[int, CommuneYear]) -> list[KeyFigure]:
    """Return the figures of one commune that were reported in several years, given its gaps.

    `history` holds the commune's records by year. Figures not met come first, the nearest to their target before
    the others, then those of the law in its order.
    """
    found: list[tuple[Requirement, list[tuple[int, Fraction, str]]]] = []
    for requirement in _by_interest(evaluation, record, gaps):
        years = list(_over_years(evaluation, record, requirement, history))
        if len(years) > 1:
            found.append((requirement, years))
        if len(found) == MOST_FIGURES:
            break
    return [_drawn(evaluation, record, requirement, years) for requirement, years in found]


def measurable_gaps(evaluation: Evaluation, record: int, gaps: Gaps) -> list[tuple[Requirement, Gap]]:
    """Return those of a record's gaps whose size is a share of their target, the smallest share first."""
    rules = evaluation.rules
    found = [
        (requirement, gap)
        for requirement, gap in gaps
        if rules.measures[requirement.measure].traits.quantity
        if gap.shortfall is not None and evaluation.value_of_target(requirement, record)
    ]
    return sorted(found, key=lambda one: one[1].closeness)


def _by_interest(evaluation: Evaluation, record: int, gaps: Gaps) -> list[Requirement]:
    """Return the quantities asked for, each measure once: what is not met, the nearest first, then the rest."""
    missed = [requirement for requirement, _gap in measurable_gaps(evaluation, record, gaps)]
    rules = evaluation.rules
    others = [r for r in rules.requirements() if rules.measures[r.measure].traits.quantity]
    found: dict[str, Requirement] = {}
    for requirement in (*missed, *others):
        found.setdefault(requirement.measure, requirement)
    return list(found.values())


def _over_years(
    evaluation: Evaluation, record: int, requirement: Requirement, history: Mapping[int, CommuneYear]
) -> Iterator[tuple[int, Fraction, str]]:
    rules, year = evaluation.rules, evaluation.records[record].year
    target = evaluation.value_of_target(requirement, record)
    for then in sorted(one for one in history if one <= year):
        one = replace(
            held(rules, Facts(history[then], history.get(then - 1), others=history), requirement), target=target
        )
        quantity = rules.measures[requirement.measure].traits.quantity
        if quantity and one.value is not None and one.value != WITHOUT_LIMIT:
            yield then, one.value, actual_words(rules, one)


def _drawn(
    evaluation: Evaluation, record: int, requirement: Requirement, years: Sequence[tuple[int, Fraction, str]]
) -> KeyFigure:
    rules, target = evaluation.rules, evaluation.value_of_target(requirement, record)
    measure = rules.measures[requirement.measure]
    asked = [Fraction(target)] if target is not None else []
    low, high, _step = scale([*(value for _year, value, _words in years), *asked], whole=_whole(measure, requirement))

    def height(value: Fraction) -> float:
        return round(LOWEST - float((value - low) / (high - low)) * (LOWEST - HIGHEST), 2)

    heights = [height(value) for _year, value, _words in years]
    points = []
    for i, (year, _value, words) in enumerate(years):
        x = round(LEFT + (WIDTH - LEFT) * (i + 0.5) / len(years), 2)
        aside, down = _beside(heights[i], heights[max(0, i - 1) : i], heights[i + 1 : i + 2])
        points.append(ChartPoint(year, words, x, heights[i], x + aside, heights[i] + down))
    return KeyFigure(
        str(measure.label),
        points,
        target_words(rules, requirement, target) if target is not None else "",
        height(asked[0]) if asked else None,
        scale_amount_words(measure, high, requirement.taken),
        scale_amount_words(measure, low, requirement.taken),
    )


def _whole(measure: Measure, requirement: Requirement) -> bool:
    return measure.traits.counted and not requirement.taken.of(measure).compares_years


def _beside(y: float, before: Sequence[float], after: Sequence[float]) -> tuple[int, int]:
    """Return where a figure stands, to the right of its point and below it, so that the line does not cross it.

    `before` and `after` are the heights of the points next to it, from the top, where there are any.

    >>> _beside(100, [], [50]), _beside(50, [100], []), _beside(70, [100], [50]), _beside(70, [50], [100])
    ((0, 17), (0, -9), (-26, -9), (26, -9))
    """
    falls, rises = any(other < y for other in before), any(other < y for other in after)
    if (falls or not before) and (rises or not after) and (before or after):
        return 0, BELOW
    if rises:
        return -ASIDE, ABOVE
    return (ASIDE if falls else 0), ABOVE
