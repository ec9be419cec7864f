"""Each of several years must reach the target: one that fails decides, whatever the others are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.engines import ENGINES, evaluate_with
from ntm_rules.evaluation.possible_values import Nothing
from ntm_rules.evaluation.reference import Facts
from ntm_rules.evaluation.settling import settling
from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.exact import value_units
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Comparator,
    CriteriaSet,
    Criterion,
    KnownTarget,
    Target,
)
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.register import Commune
from ntm_rules.rulebook.taken import YEAR_BEFORE, Over, Quantity, Taken
from tests.strategies import (
    BY_GROUP,
    PROVENANCE,
    SOURCE,
    criteria_set,
    indicator,
    measure,
    requirement,
)

INCOME, POOR, OWING = measure("income", "amount"), measure("poor", "share"), measure("owing", "attestation")
NONE_THERE = measure("none_there", "share", not_applicable_at_zero=True)
EACH_OF_2 = Taken(over=Over.EACH, count=2)
OWED = Reported(State.MISSING)


def amount(value: str) -> Reported:
    return Reported(State.PRESENT, value_units(Decimal(value)))


def share(n: int, d: int) -> Reported:
    return Reported(State.PRESENT, n, d, counted=True) if d else Reported(State.NOTHING_TO_COUNT)


def law(spec: Measure, target: Target, comparator: Comparator = Comparator.AT_LEAST, **more: object) -> CriteriaSet:
    leaf = requirement("1.1", spec.id, comparator, target, **{"taken": EACH_OF_2, **more})
    criterion = Criterion(id="1", title="1", title_en="1", source=SOURCE, indicators=(indicator("1.1", leaf),))
    commune = Commune("1", "1", "xa", dt.date(2020, 7, 1))
    return criteria_set((criterion,), {spec.id: spec}, communes=(commune,))


def at(value: int) -> KnownTarget:
    return KnownTarget(PROVENANCE, everywhere=Decimal(value))


def records(spec: Measure, *figures: Reported) -> list[CommuneYear]:
    """The latest year first."""
    return [CommuneYear("1", "1", 2026 - back, {spec.id: figure}) for back, figure in enumerate(figures)]


def said(rules: CriteriaSet, reports: list[CommuneYear], engine: str = "columnar") -> Reason:
    found = evaluate_with(engine, rules, reports, years=[2026])
    return found.reason(found.row_of["requirement", "1.1"], 0)


CASES = [
    (INCOME, at(45), [amount("45"), amount("45")], Reason.REACHED),
    (INCOME, at(45), [amount("44.99"), OWED], Reason.BELOW_TARGET),
    (INCOME, at(45), [amount("45"), OWED], Reason.PREVIOUS_YEAR_MISSING),
    (INCOME, at(45), [OWED, amount("44.99")], Reason.BELOW_TARGET),
    (INCOME, at(45), [OWED, amount("45")], Reason.NOT_REPORTED),
    (INCOME, at(45), [Reported(State.INVALID), amount("44.99")], Reason.BELOW_TARGET),
    (INCOME, at(45), [OWED, OWED], Reason.NOT_REPORTED),
    (INCOME, AwaitedTarget("awaited", "target_pending"), [amount("1"), OWED], Reason.PREVIOUS_YEAR_MISSING),
    (
        INCOME,
        ClassedTarget(BY_GROUP, {"nhom-1": at(45), "nhom-2": at(40)}),
        [amount("1"), OWED],
        Reason.PREVIOUS_YEAR_MISSING,
    ),
    (OWING, at(1), [Reported(State.PRESENT, 0), OWED], Reason.ANSWERED_NO),
    (POOR, at(80), [OWED, share(79, 100)], Reason.BELOW_TARGET),
    (NONE_THERE, at(80), [OWED, share(79, 100)], Reason.NOT_REPORTED),
    (NONE_THERE, at(80), [share(0, 0), share(79, 100)], Reason.NOTHING_TO_COUNT),
    (NONE_THERE, at(80), [share(0, 0), OWED], Reason.NOTHING_TO_COUNT),
    (NONE_THERE, at(80), [share(79, 100), OWED], Reason.BELOW_TARGET),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("spec", "target", "figures", "reason"), CASES)
def test_a_year_that_fails_decides_unless_there_may_be_nothing_to_count(
    spec: Measure, target: Target, figures: list[Reported], reason: Reason, engine: str
) -> None:
    assert said(law(spec, target), records(spec, *figures), engine) is reason


@pytest.mark.parametrize("engine", ENGINES)
def test_of_several_growths_one_that_is_known_to_fail_decides(engine: str) -> None:
    twice = law(INCOME, at(10), taken=Taken(Quantity.GROWTH, YEAR_BEFORE, Over.EACH, 2))
    assert said(twice, records(INCOME, amount("109"), amount("100"), OWED), engine) is Reason.BELOW_TARGET
    assert said(twice, records(INCOME, amount("110"), amount("100"), OWED), engine) is Reason.EARLIER_YEAR_MISSING
    assert said(twice, records(INCOME, OWED, amount("109"), amount("100")), engine) is Reason.BELOW_TARGET
    assert said(twice, records(INCOME, amount("300"), amount("200"), amount("0")), engine) is Reason.BASE_YEAR_ZERO


def test_the_gap_is_that_of_the_year_that_fails_and_no_work_on_this_year_alone_closes_it() -> None:
    found = evaluate(law(INCOME, at(45)), records(INCOME, amount("44"), OWED), years=[2026])
    row = found.row_of["requirement", "1.1"]
    gap = found.gap(row, 0)
    assert gap is not None
    assert (gap.shortfall, gap.quantity) == (Decimal("1.00"), None)
    columns = found.gap_columns[row]
    assert [one.to_list()[0] for one in (columns.actual, columns.shortfall, columns.quantity)] == ["44", "1", ""]


def settled(spec: Measure, *figures: Reported, **more: object) -> tuple[list[int], list[tuple[int, str, object]]]:
    """How many years back the figures are that settle it, and what each alone decides, at one of the values told."""
    rules = law(spec, at(80), **more)
    now, *before = records(spec, *figures)
    others = {record.year: record for record in before}
    found = settling(rules, Facts(now, None, None, others), rules.criteria[0].indicators[0].condition)
    assert found is not None
    assert all(item.measure == spec.id for item in found.items)
    return [item.before for item in found.items], [(d.item.before, d.verdict.name, d.values) for d in found.deciders]


def test_each_year_alone_may_decide_and_both_settle_it() -> None:
    items, deciders = settled(POOR, OWED, OWED)
    assert items == [0, 1]
    assert [(before, verdict) for before, verdict, _values in deciders] == [(0, "NOT_MET"), (1, "NOT_MET")]


def test_where_there_may_be_nothing_to_count_the_year_before_alone_decides_nothing() -> None:
    items, deciders = settled(NONE_THERE, OWED, OWED)
    assert items == [0, 1]
    assert [(before, verdict) for before, verdict, _values in deciders] == [(0, "NOT_MET"), (0, "NOT_APPLICABLE")]


def test_nothing_to_count_of_this_year_decides_a_mean_alone() -> None:
    items, deciders = settled(NONE_THERE, OWED, OWED, taken=Taken(Quantity.LEVEL, over=Over.MEAN, count=2))
    assert items == [0, 1]
    assert deciders == [(0, "NOT_APPLICABLE", (Nothing.TO_COUNT,))]


# --- figures of several years that hang together -------------------------------------------------


def growing(spec: Measure, bar: str, count: int, comparator: Comparator = Comparator.AT_LEAST) -> CriteriaSet:
    taken = Taken(Quantity.GROWTH, YEAR_BEFORE, Over.EACH, count)
    return law(spec, KnownTarget(PROVENANCE, Decimal(bar)), comparator, taken=taken)


def of_years(spec: Measure, years: dict[int, Reported]) -> Facts:
    record, before = (CommuneYear("1", "1", year, {spec.id: years.get(year, OWED)}) for year in (2026, 2025))
    earlier = {year: CommuneYear("1", "1", year, {spec.id: one}) for year, one in years.items() if year < 2025}
    return Facts(record, before, None, earlier)


def settled_by_years(rules: CriteriaSet, spec: Measure, years: dict[int, Reported]) -> tuple[list[int], set[str]]:
    found = settling(rules, of_years(spec, years), rules.indicator_by_id["1.1"].condition)
    assert found is not None
    return [2026 - item.before for item in found.items], {verdict.name for verdict in found.outcomes}


@pytest.mark.parametrize(("bar", "outcomes"), [("19", {"MET", "NOT_MET"}), ("20", {"NOT_MET"})])
def test_no_share_rises_beyond_100_in_two_years_that_are_open(bar: str, outcomes: set[str]) -> None:
    assert settled_by_years(growing(POOR, bar, 2), POOR, {2024: share(70, 100)}) == ([2026, 2025], outcomes)


def test_no_figure_is_asked_for_that_changes_nothing_once_the_others_fail_together() -> None:
    years = {2024: share(70, 100), 2022: share(10, 100)}
    assert settled_by_years(growing(POOR, "20", 3), POOR, years) == ([2026, 2025], {"NOT_MET"})
    assert settled_by_years(growing(POOR, "19", 3), POOR, years) == ([2026, 2025, 2023], {"MET", "NOT_MET"})


@pytest.mark.parametrize(
    ("bar", "items", "outcomes"), [("-49", [2026, 2025], {"MET", "NOT_MET"}), ("-99", [2025], {"NOT_MET"})]
)
def test_a_count_falls_by_whole_things_year_after_year(bar: str, items: list[int], outcomes: set[str]) -> None:
    spec = measure("cases", "count")
    rules = growing(spec, bar, 2, Comparator.AT_MOST)
    assert settled_by_years(rules, spec, {2024: amount("4"), 2026: amount("1")}) == ([2025], outcomes)
    assert settled_by_years(rules, spec, {2024: amount("4")}) == (items, outcomes)
