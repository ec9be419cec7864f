"""Charts of one commune: its criteria, its gaps, how it moved over the years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ntm_rules.dataset.records import NOT_REPORTED, CommuneYear
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gaps import Gap, actual_fraction, things_to_do
from ntm_rules.i18n import _, current_language
from ntm_rules.report.charts.chart import Chart
from ntm_rules.report.charts.forms import Distance, Part, Point, distances_chart, lines_chart, parts_chart
from ntm_rules.report.charts.wording import counted, in_all, met_of, shortened
from ntm_rules.report.wording import actual_words, criterion_title, gap_words, target_words
from ntm_rules.rulebook.criteria_set import Criterion, Requirement
from ntm_rules.rulebook.models import QUANTITIES

MOST_GAPS = 10
MOST_FIGURES = 6
LONGEST_GAP = 68
"""Characters of a gap's words beside its bar."""


def criteria_chart(evaluation: Evaluation, record: int, warnings: Sequence[str] = ()) -> Chart:
    """Return how the indicators of each criterion stand in one commune; `warnings` are drawn below (`invented`)."""
    at = evaluation.records[record]
    parts = []
    for row in evaluation.level("criterion"):
        criterion = evaluation.table[row].node
        assert isinstance(criterion, Criterion)
        counts = counted(evaluation.verdict(child, record) for child in evaluation.table[row].children)
        parts.append(Part(f"{criterion.id}. {criterion_title(criterion)}", counts, met_of(counts)))
    return Chart(
        parts_chart(parts, warnings),
        _("Indicators of each criterion, {commune}, {year}", commune=at.name, year=at.year),
        in_all(parts),
    )


def gaps_chart(evaluation: Evaluation, record: int, warnings: Sequence[str] = ()) -> Chart | None:
    """Return the gaps of one commune that have a size, the nearest first; None where it has none."""
    at, found = evaluation.records[record], measurable_gaps(evaluation, record)
    if not found:
        return None
    shown = found[:MOST_GAPS]
    words = [f"{requirement.id}: {gap_words(evaluation.rules, requirement, gap)}" for requirement, gap in shown]
    distances = [
        Distance(shortened(said, LONGEST_GAP), float(gap.closeness))
        for said, (_requirement, gap) in zip(words, shown, strict=True)
    ]
    title = _("Gaps that can be measured, the nearest first, {commune}, {year}", commune=at.name, year=at.year)
    rules, ids = evaluation.rules, [requirement.id for requirement, _gap in found]
    left_out = things_to_do(rules, ids) - things_to_do(rules, ids[:MOST_GAPS])
    rest = [_("{n} larger gaps are not drawn", n=left_out)] if left_out else []
    return Chart(distances_chart(distances, warnings), title, "; ".join([*words, *rest]) + ".")


def measurable_gaps(evaluation: Evaluation, record: int) -> list[tuple[Requirement, Gap]]:
    """Return the gaps of one record whose size is a share of their target, the smallest share first."""
    found = []
    for row, gap in evaluation.gaps(record):
        requirement = evaluation.table[row].node
        assert isinstance(requirement, Requirement)
        quantity = evaluation.rules.measures[requirement.measure].kind in QUANTITIES
        if quantity and gap.shortfall is not None and evaluation.target(requirement, record):
            found.append((requirement, gap))
    return sorted(found, key=lambda one: one[1].closeness)


def years_chart(evaluations: Sequence[Evaluation], code: str, warnings: Sequence[str] = ()) -> Chart | None:
    """Return how the indicators of a commune stood year by year, the earliest first; None for a single year."""
    found = [
        (at.year, counted(evaluation.verdict(row, record) for row in evaluation.level("indicator")), at.name)
        for evaluation in evaluations
        for record, at in enumerate(evaluation.records)
        if at.code == code
    ]
    found.sort(key=lambda one: one[0])
    if len(found) < 2:
        return None
    parts = [Part(str(year), counts, met_of(counts)) for year, counts, _name in found]
    name = found[-1][2]
    return Chart(parts_chart(parts, warnings), _("Indicators year by year, {commune}", commune=name), in_all(parts))


def figures_chart(
    evaluation: Evaluation, record: int, history: Mapping[int, CommuneYear], warnings: Sequence[str] = ()
) -> Chart | None:
    """Return key figures of one commune over the years; None where none was reported twice.

    `history` holds the commune's records by year. Figures not met come first, the nearest to their target before
    the others, then those of the law in its order.
    """
    at = evaluation.records[record]
    points: list[Point] = []
    said: list[str] = []
    for requirement in _by_interest(evaluation, record):
        found = list(_over_years(evaluation, record, requirement, history))
        if len(found) < 2:
            continue
        points += found
        years = ", ".join(f"{point.year} {point.words}" for point in found)
        asked = f" ({found[0].asked})" if found[0].asked else ""
        said.append(f"{found[0].panel}{asked}: {years}")
        if len(said) == MOST_FIGURES:
            break
    if not said:
        return None
    title = _("Key figures over the years, {commune}", commune=at.name)
    return Chart(lines_chart(points, warnings), title, "; ".join(said) + ".")


def _by_interest(evaluation: Evaluation, record: int) -> list[Requirement]:
    """Return the quantities asked for, each measure once: what is not met, the nearest first, then the rest."""
    gaps = [requirement for requirement, _gap in measurable_gaps(evaluation, record)]
    rules = evaluation.rules
    others = [r for r in rules.requirements() if rules.measures[r.measure].kind in QUANTITIES]
    found: dict[str, Requirement] = {}
    for requirement in (*gaps, *others):
        found.setdefault(requirement.measure, requirement)
    return list(found.values())


def _over_years(
    evaluation: Evaluation, record: int, requirement: Requirement, history: Mapping[int, CommuneYear]
) -> Iterator[Point]:
    rules, year = evaluation.rules, evaluation.records[record].year
    measure, target = rules.measures[requirement.measure], evaluation.target(requirement, record)
    for then in sorted(one for one in history if one <= year):
        before = history[then - 1].get(measure.id) if then - 1 in history else NOT_REPORTED
        now = history[then].get(measure.id)
        value = actual_fraction(measure, now, before)
        if value is not None:
            yield Point(
                measure.label.in_language(current_language()),
                then,
                float(value),
                actual_words(rules, requirement, now, before, target),
                float(target) if target is not None else None,
                _("target {target}", target=target_words(rules, requirement, target)) if target is not None else "",
            )
