"""Who is nearest: fewest criteria left, fewest requirements in the way, nearest of those; or by the distance first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from ntm_rules.dataset.records import CommuneYear, Reported
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.gaps import UNITS, units_of
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.communes import communes
from ntm_rules.standing.nearest import Left, Order, Ranking, left_to, nearest
from tests.standing.conftest import AWAITED, NO, judged, share
from tests.strategies import YEAR, Case, cases, without_standards

Judge = Callable[..., Evaluation]


@pytest.fixture(scope="module")
def best(illustrated: Evaluation) -> CommuneYear:
    """A commune that meets everything."""
    whole = illustrated.level("commune")[0]
    return illustrated.records[next(r for r in range(36) if illustrated.verdict(whole, r) is Verdict.MET)]


def changed(best: CommuneYear, code: str, **values: Reported) -> CommuneYear:
    return replace(best, code=code, name=code, values={**best.values, **values})


def without(best: CommuneYear, code: str, *measures: str) -> CommuneYear:
    return replace(best, code=code, name=code, values={m: v for m, v in best.values.items() if m not in measures})


@pytest.fixture(scope="module")
def judge(illustrated: Evaluation, best: CommuneYear) -> Judge:
    """Judge reports, each with the year before of the best."""
    before = illustrated.previous[best.code, 2026]

    def judged(rules: CriteriaSet, *records: CommuneYear) -> Evaluation:
        earlier = [replace(before, code=record.code, name=record.name) for record in records]
        return evaluate(rules, [*records, *earlier], years=[2026])

    return judged


def ranked(found: Evaluation, order: Order = Order.FEWEST) -> list[tuple[int, str]]:
    return [(one.place, found.records[one.record].name) for one in nearest(found, order)]


@pytest.fixture(scope="module")
def others(illustrated: Evaluation, best: CommuneYear) -> list[str]:
    """Communes of the group for which targets are the lowest."""
    return [c.code for c in illustrated.rules.communes.within() if c.group == "nhom-3" and c.code != best.code]


def test_one_gap_by_a_hair_stands_above_several_gaps(best: CommuneYear, judge: Judge, filled: CriteriaSet) -> None:
    code = best.code
    hair = changed(best, code, household_waste_treated_share=share(79))
    several = changed(best, code, household_waste_treated_share=share(79), household_waste_landfilled_share=share(51))
    assert [left_to(judge(filled, record)).of(0) for record in (several, hair)] == [
        Left(2, Fraction(1, 80) + Fraction(1, 50), 2),
        Left(1, Fraction(1, 80), 1),
    ]


def test_what_nobody_knows_counts_as_the_whole_of_its_target_never_as_nothing(
    best: CommuneYear, judge: Judge, filled: CriteriaSet
) -> None:
    cases = {
        "met": best,
        "missed": changed(best, best.code, household_waste_treated_share=share(79)),
        "owed": without(best, best.code, "household_waste_treated_share"),
        "ruling": changed(best, best.code, **{filled.requirement_by_id["5.1"].measure: AWAITED}),
    }
    left = {name: left_to(judge(filled, record)).of(0) for name, record in cases.items()}
    assert left == {
        "met": Left(0, Fraction(0), 0),
        "missed": Left(1, Fraction(1, 80), 1),
        "owed": Left(1, Fraction(1), 0),
        "ruling": Left(1, Fraction(1), 0),
    }


def test_the_first_order_asks_how_many_and_the_other_how_far(
    best: CommuneYear, judge: Judge, filled: CriteriaSet, others: list[str]
) -> None:
    one_far, two_near, none, unknown = others[:4]
    far = changed(best, one_far, household_waste_treated_share=share(8))
    near = changed(best, two_near, household_waste_treated_share=share(79), household_waste_landfilled_share=share(51))
    records = [near, far, changed(best, none), without(best, unknown, "household_waste_treated_share")]
    assert ranked(judge(filled, *records)) == [(1, none), (2, one_far), (3, unknown), (4, two_near)]
    assert ranked(judge(filled, *records), Order.DISTANCE) == [(1, none), (2, two_near), (3, one_far), (4, unknown)]


def test_those_alike_share_a_place_and_the_next_is_counted_on(
    best: CommuneYear, judge: Judge, filled: CriteriaSet, others: list[str]
) -> None:
    alike = [changed(best, code) for code in others[:3]]
    worst = changed(best, others[3], household_waste_treated_share=share(1))
    assert ranked(judge(filled, worst, *alike)) == [(1, one.name) for one in alike] + [(4, worst.name)]


def test_what_waits_for_the_law_is_left_to_nobody(lai_chau: CriteriaSet, best: CommuneYear, judge: Judge) -> None:
    evaluation = judge(lai_chau, best)
    (one,) = nearest(evaluation)
    assert (one.criteria_left, one.left) == (0, Left(0, Fraction(0), 0))
    assert one.waiting == one.commune.criteria.no_target > 0


def test_a_commune_that_handed_in_nothing_usable_has_no_place(lai_chau: CriteriaSet) -> None:
    evaluation = judged(lai_chau, {}, {lai_chau.requirement_by_id["9.2.a"].measure: NO})
    assert [one.record for one in nearest(evaluation)] == [1]


def test_every_usable_report_of_the_sample_has_a_place_in_both_orders(sample: Evaluation) -> None:
    for order in Order:
        found = nearest(sample, order)
        assert {one.record for one in found} == set(range(36))
        assert found.places.tolist() == sorted(found.places.tolist())
        assert all(one.left.gaps <= one.left.requirements for one in found)


def left_in(evaluation: Evaluation, at: int, record: int) -> Left:
    """Return what is in the way at or below a node, as one commune's verdicts and gaps have it."""
    row, verdict = evaluation.table[at], evaluation.verdict(at, record)
    if verdict in (Verdict.MET, Verdict.NOT_APPLICABLE) or (verdict is Verdict.NO_TARGET and row.op != "all"):
        return Left(0, Fraction(0), 0)
    if row.op == "all":
        return added(left_in(evaluation, child, record) for child in row.children)
    far = Fraction(units_of(evaluation.distance(at, record).relative), UNITS)
    met = sum(evaluation.verdict(child, record) is Verdict.MET for child in row.children)
    needed = max(1, row.needed - met)
    return Left(needed, far * needed, needed if verdict is Verdict.NOT_MET else 0)


def added(parts: Iterable[Left]) -> Left:
    return Left(*(sum(column, Fraction(0)) for column in zip((0, Fraction(0), 0), *parts, strict=True)))  # type: ignore[arg-type]


@pytest.mark.long
@settings(max_examples=200)
@given(case=cases().map(without_standards))
def test_what_is_left_to_all_communes_is_what_is_left_to_each(case: Case) -> None:
    evaluation = evaluate(case.rules, case.records, years=[YEAR])
    roots = [*evaluation.level("indicator"), *evaluation.level("recognition")]
    left = left_to(evaluation)
    each = [added(left_in(evaluation, at, record) for at in roots) for record in range(len(evaluation.records))]
    assert [left.of(record) for record in range(len(evaluation.records))] == each
    standings = communes(evaluation)
    for order in Order:
        keys = {
            record: (
                standings[record].criteria.not_met + standings[record].criteria.no_data,
                one.requirements,
                one.distance,
            )
            for record, one in enumerate(each)
            if standings[record].usable
        }
        if order is Order.DISTANCE:
            keys = {record: key[::-1] for record, key in keys.items()}  # type: ignore[misc]
        inorder = sorted(keys, key=lambda record: (keys[record], record))
        places = [1 + sum(other < keys[record] for other in keys.values()) for record in inorder]
        found = Ranking(standings, left, order)
        assert [(one.place, one.record) for one in found] == list(zip(places, inorder, strict=True))
