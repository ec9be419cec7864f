"""Two evaluations aligned: exactly what differs, for every commune and node, both ways alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.records import CommuneYear, EarlierOf, Reported, State
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.reference import Result, evaluate_commune, evaluate_conditions, facts_of
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import Comparator, CriteriaSet, Criterion, KnownTarget
from ntm_rules.rulebook.register import Commune, Register
from ntm_rules.workbench.comparing.changes import Comparison, NodeKey, gap_at, leads_of
from ntm_rules.workbench.comparing.communes import Fate, commune_changes
from ntm_rules.workbench.comparing.directions import TURNS, Direction
from tests import strategies
from tests.examples import examples
from tests.strategies import PROVENANCE, SOURCE, YEAR, Case, by_group, indicator, measure, requirement

MET, NOT_MET = Verdict.MET, Verdict.NOT_MET


@st.composite
def two_laws(draw: st.DrawFn) -> tuple[CriteriaSet, CriteriaSet, Case]:
    """One case, and a second law over the same measures: another generated tree of the same ids, or the same."""
    case = draw(strategies.cases())
    rules = case.rules
    drawn, ids, measures = [], count(1000), dict(rules.measures)
    for criterion in rules.criteria:
        kept = [
            replace(i, condition=draw(strategies.nodes(measures, ids, 1))) if draw(st.booleans()) else i
            for i in criterion.indicators
        ]
        drawn.append(replace(criterion, indicators=tuple(kept)))
    rules = replace(rules, measures=measures)  # counts of hamlets have measures of their own
    return rules, replace(rules, criteria=tuple(drawn)), case


def every(result: Result) -> dict[tuple[str, str], Verdict]:
    level_id = result.level, "" if result.level == "commune" else result.id
    found = {level_id: result.verdict}
    for child in result.children:
        found |= every(child)
    return found


def judged(rules: CriteriaSet, case: Case, record: CommuneYear) -> dict[tuple[str, str], Verdict]:
    """Every node's verdict by the reference, under the keys of a comparison."""
    by_key = {(one.code, one.year): one for one in case.records}
    commune = rules.communes.get(record.code)
    earlier = EarlierOf(case.records, lambda code, year: by_key.get((code, year)))
    facts = facts_of(record, earlier, commune.group if commune else None)
    found = every(evaluate_commune(rules, facts))
    conditions = evaluate_conditions(rules, facts)
    if conditions is not None:
        below = every(conditions)
        found |= {("recognition", "conditions"): below.pop(("commune", "")), **below}
    return found


@settings(max_examples=examples(30))
@given(two_laws())
def test_the_changes_are_exactly_where_the_reference_differs(laws: tuple[CriteriaSet, CriteriaSet, Case]) -> None:
    before, after, case = laws
    comparison = Comparison(*(evaluate(rules, case.records, years=[YEAR]) for rules in (before, after)))
    found = {(c.code, c.level, c.id): (c.before, c.after) for c in comparison.changes()}
    expected = {}
    for record in case.records:
        if record.year == YEAR:
            first, second = judged(before, case, record), judged(after, case, record)
            for key in {*first, *second}:
                if first.get(key) is not second.get(key):
                    expected[record.code, *key] = first.get(key), second.get(key)
    assert found == expected
    counts = comparison.counts()
    assert sum(counts.values()) == len(found)
    for direction in Direction:
        n = sum(TURNS[pair].direction is direction for pair in found.values())
        assert sum(counts[level, way] for level, way in counts if way is direction) == n


@settings(max_examples=examples(15))
@given(two_laws())
def test_swapped_sides_give_the_mirror_image(laws: tuple[CriteriaSet, CriteriaSet, Case]) -> None:
    before, after, case = laws
    one, other = (evaluate(rules, case.records, years=[YEAR]) for rules in (before, after))
    there = {(c.code, c.level, c.id, c.before, c.after, c.gaps()) for c in Comparison(one, other).changes()}
    back = {(c.code, c.level, c.id, c.after, c.before, c.gaps()[::-1]) for c in Comparison(other, one).changes()}
    assert there == back
    assert set(Comparison(one, other).keys) == set(Comparison(other, one).keys)


@settings(max_examples=10)
@given(strategies.cases())
def test_a_law_against_itself_changes_nothing(case: Case) -> None:
    evaluation = evaluate(case.rules, case.records, years=[YEAR])
    comparison = Comparison(evaluation, evaluation)
    assert list(comparison.changes()) == []
    assert commune_changes(comparison) == []
    assert len(comparison.pairs) == len(evaluation.records)


# --- worked cases ------------------------------------------------------------------------------


def law(target: str, *, second: str = "10", communes: tuple[Commune, ...] = ()) -> CriteriaSet:
    """Two criteria of one indicator each: 1.1 at least `target`, 2.1 at least `second`."""
    spec = measure("m", "amount"), measure("n", "amount")
    criteria = tuple(
        Criterion(
            id=id_,
            title=id_,
            title_en=id_,
            source=SOURCE,
            indicators=(
                indicator(
                    f"{id_}.1",
                    requirement(
                        f"{id_}.1", name, Comparator.AT_LEAST, KnownTarget(PROVENANCE, everywhere=Decimal(value))
                    ),
                ),
            ),
        )
        for id_, name, value in (("1", "m", target), ("2", "n", second))
    )
    return strategies.criteria_set(criteria, {s.id: s for s in spec}, communes=communes)


def record(code: str, m: int, n: int) -> CommuneYear:
    values = {"m": Reported(State.PRESENT, m * 10**7), "n": Reported(State.PRESENT, n * 10**7)}
    return CommuneYear(code, f"xã {code}", YEAR, values)


def judge(rules: CriteriaSet, *records: CommuneYear) -> Evaluation:
    return evaluate(rules, records, years=[YEAR])


def test_a_fall_is_told_with_its_gap_before_and_after() -> None:
    comparison = Comparison(judge(law("50"), record("1", 60, 20)), judge(law("70"), record("1", 60, 20)))
    changes = {(c.level, c.id): c for c in comparison.changes()}
    assert {key: (c.before, c.after) for key, c in changes.items()} == {
        ("commune", ""): (MET, NOT_MET),
        ("criterion", "1"): (MET, NOT_MET),
        ("indicator", "1.1"): (MET, NOT_MET),
        ("requirement", "1.1"): (MET, NOT_MET),
    }
    before, after = changes["indicator", "1.1"].gaps()
    assert before is None
    assert after is not None
    assert (after.direction, after.shortfall, after.quantity) == ("raise", 10, 10)
    assert leads_of(changes["indicator", "1.1"]) == ("so-a",)
    assert leads_of(changes["criterion", "1"]) == ()
    assert changes["criterion", "1"].gaps() == (None, None)
    assert gap_at(None) is None


def test_communes_that_fall_come_first_the_hardest_hit_on_top() -> None:
    records = [record("1", 60, 9), record("2", 60, 20), record("3", 40, 9), record("4", 60, 14), record("5", 99, 99)]
    before, after = law("50", second="10"), law("55", second="12")
    tougher = Comparison(judge(before, *records), judge(law("65", second="15"), *records))
    found = commune_changes(tougher)
    assert [(c.code, c.standing) for c in found] == [
        ("4", Fate.FALLS),
        ("2", Fate.FALLS),
        ("1", Fate.FALLS),
    ], "4 loses the standard and two criteria, 2 the standard and one, 1 a criterion"
    assert [(c.was.criteria.met, c.now.criteria.met) for c in found] == [(2, 0), (2, 1), (1, 0)]
    assert [(c.was.meets, c.now.meets) for c in found] == [(MET, NOT_MET), (MET, NOT_MET), (NOT_MET, NOT_MET)]
    assert found[0].meets_changes is Direction.LOSS
    assert [c.id for c in found[0].fallen] == ["1.1", "2.1"]
    assert Comparison(judge(before, *records), judge(after, *records)).counts()["indicator", Direction.LOSS] == 0


def test_who_loses_one_and_gains_another_still_falls() -> None:
    comparison = Comparison(
        judge(law("50", second="30"), record("1", 60, 20)), judge(law("70", second="20"), record("1", 60, 20))
    )
    (commune,) = commune_changes(comparison)
    assert commune.standing is Fate.FALLS
    assert [c.id for c in commune.fallen] == ["1.1"]
    assert [c.id for c in commune.risen] == ["2.1"]
    assert commune.was.criteria.met == commune.now.criteria.met == 1


def test_what_only_one_law_has_is_told_as_absent() -> None:
    whole = law("50")
    half = replace(whole, criteria=whole.criteria[:1])
    comparison = Comparison(judge(half, record("1", 60, 5)), judge(whole, record("1", 60, 5)))
    changes = {(c.level, c.id): (c.before, c.after) for c in comparison.changes()}
    assert changes == {
        ("commune", ""): (MET, NOT_MET),
        ("criterion", "2"): (None, NOT_MET),
        ("indicator", "2.1"): (None, NOT_MET),
        ("requirement", "2.1"): (None, NOT_MET),
    }
    back = Comparison(judge(whole, record("1", 60, 5)), judge(half, record("1", 60, 5)))
    assert [key.id for key in back.keys if key.level == "indicator"] == ["1.1", "2.1"]
    assert back.moved(NodeKey("indicator", "2.1")) == {(NOT_MET, None): 1}


def test_communes_that_one_side_alone_judges_are_named() -> None:
    comparison = Comparison(judge(law("50"), record("1", 60, 5)), judge(law("50"), record("2", 60, 5)))
    assert comparison.pairs == ()
    assert comparison.one_sided == (("xã 1",), ("xã 2",))
    assert list(comparison.changes()) == []
    assert commune_changes(comparison) == []


def test_a_commune_moved_to_another_group_is_compared_under_each_law_in_its_own() -> None:
    def grouped(group: str) -> CriteriaSet:
        commune = Commune("1", "xã 1", "xa", dt.date(2025, 7, 1), group=group, group_source="-")
        rules = law("50", communes=(commune,))
        target = by_group(nhom_1=Decimal(90), nhom_2=Decimal(50))
        first = rules.criteria[0]
        changed = replace(first.indicators[0], condition=replace(first.indicators[0].condition, target=target))
        return replace(
            rules,
            criteria=(replace(first, indicators=(changed,)), *rules.criteria[1:]),
            communes=Register([commune], "xa"),
        )

    comparison = Comparison(
        judge(grouped("nhom-2"), record("1", 60, 20)), judge(grouped("nhom-1"), record("1", 60, 20))
    )
    (commune,) = commune_changes(comparison)
    assert (commune.was.group, commune.now.group) == ("nhom-2", "nhom-1")
    assert [(c.id, c.before, c.after) for c in commune.fallen] == [("1.1", MET, NOT_MET)]


@pytest.mark.parametrize("n", [3321])
def test_every_commune_of_the_country_is_compared_in_a_moment(n: int) -> None:
    records = [record(str(i), i % 120, i % 23) for i in range(n)]
    comparison = Comparison(judge(law("50"), *records), judge(law("60"), *records))
    found = commune_changes(comparison)
    assert len(found) == sum(50 <= i % 120 < 60 for i in range(n))
