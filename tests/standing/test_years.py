"""Two years: what rose and what fell, who was recognised and is not up to it now; each year by its own law."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from ntm_rules.dataset.records import CommuneYear, Reported
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import (
    Combination,
    Comparator,
    CriteriaSet,
    Gate,
    Indicator,
    KnownTarget,
    Provenance,
    Requirement,
)
from ntm_rules.standing.decisions import recognised
from ntm_rules.standing.recognition import decision_in
from ntm_rules.standing.years import Move, YearComparison, _law_changed, compare_years
from ntm_rules.workbench.comparing.laws import asked_differently
from tests.standing.conftest import NO, YES, amount, judged, share

TREATED, LANDFILLED = "household_waste_treated_share", "household_waste_landfilled_share"


def compared(before: Evaluation, now: Evaluation) -> YearComparison:
    found = compare_years(before, now)
    assert found is not None
    return found


def waste(treated: int | None, **more: Reported) -> dict[str, Reported]:
    values = {"solid_waste_system_exists": NO, LANDFILLED: share(10), **more}
    return values if treated is None else {**values, TREATED: share(treated)}


def two_years(rules: CriteriaSet) -> tuple[Evaluation, Evaluation]:
    before = judged(rules, waste(60), waste(90), waste(90), waste(90), {})
    now = judged(rules, waste(90), waste(60), waste(None), waste(90), waste(90), year=2027)
    return before, now


def test_what_rose_what_fell_and_what_is_not_known_any_more(lai_chau: CriteriaSet) -> None:
    before, now = two_years(lai_chau)
    found = compared(before, now)
    names = [record.name for record in now.records]
    assert [(c.name, c.id, c.before, c.now, c.move) for c in found.of_level("indicator")] == [
        (names[0], "8.1", Verdict.NOT_MET, Verdict.MET, Move.ROSE),
        (names[1], "8.1", Verdict.MET, Verdict.NOT_MET, Move.FELL),
        (names[2], "8.1", Verdict.MET, Verdict.NO_DATA, Move.UNKNOWN_NOW),
    ]
    assert found.of_level("criterion") == []
    assert found.by_id("indicator") == {"8.1": Counter({Move.ROSE: 1, Move.FELL: 1, Move.UNKNOWN_NOW: 1})}
    assert found.by_commune("indicator")[now.records[1].code] == Counter({Move.FELL: 1})
    assert found.both == 4, "the fifth did not report the year before"
    assert [(t.year, t.communes, t.indicators_met, t.register) for t in found.totals] == [
        (2026, 4, 3, 36),
        (2027, 5, 3, 36),
    ]


def test_where_the_rule_differs_the_change_says_so(lai_chau: CriteriaSet) -> None:
    before, now = two_years(lai_chau)
    assert compared(before, now).same_law
    laxer = replace(
        lai_chau, criteria=tuple(replace(c, indicators=tuple(map(_laxer, c.indicators))) for c in lai_chau.criteria)
    )
    found = compared(two_years(laxer)[0], now)
    assert found.law_changed == {"8.1"}
    assert not found.same_law
    told = [(c.record, c.move, c.law_changed) for c in found.of_level("indicator")]
    assert told == [(1, Move.FELL, True), (2, Move.UNKNOWN_NOW, True)], "60% was enough in the year before"


def _laxer(indicator: Indicator) -> Indicator:
    """Return 8.1 with half the share of waste to treat; any other as it is."""
    condition = indicator.condition
    if indicator.id != "8.1" or not isinstance(condition, Combination):
        return indicator
    half = KnownTarget(Provenance("x"), everywhere=Decimal(40))
    parts = tuple(
        replace(part, target=half) if isinstance(part, Requirement) and part.id == "8.1.b" else part
        for part in condition.children
    )
    return replace(indicator, condition=replace(condition, children=parts))


@pytest.mark.parametrize(
    "other",
    [
        {"comparator": Comparator.MORE_THAN},
        {"gates": (Gate("solid_waste_system_exists"),)},
        {"answer": 0},
        {"measure": "solid_houses_share"},
    ],
    ids=str,
)
def test_a_rule_differs_in_whatever_it_judges_by(lai_chau: CriteriaSet, other: dict[str, Any]) -> None:
    before = next(i for i in lai_chau.indicators() if isinstance(i.condition, Requirement))
    assert isinstance(before.condition, Requirement)
    after = replace(before, condition=replace(before.condition, **other))
    criteria = [
        replace(c, indicators=tuple(after if i is before else i for i in c.indicators)) for c in lai_chau.criteria
    ]
    assert list(_law_changed(lai_chau, replace(lai_chau, criteria=tuple(criteria)))) == [before.id]
    assert [one.id for one in asked_differently(lai_chau, replace(lai_chau, criteria=tuple(criteria)))] == [before.id]


def test_a_criterion_moves_and_says_that_its_rule_differs(lai_chau: CriteriaSet) -> None:
    waste_ = next(c for c in lai_chau.criteria if c.id == "8")
    only = replace(waste_, indicators=tuple(i for i in waste_.indicators if i.id == "8.1"))
    small = replace(lai_chau, criteria=(only,))
    before, now = two_years(small)
    found = compared(before, now)
    assert [(c.id, c.move, c.law_changed) for c in found.of_level("criterion")] == [
        ("8", Move.ROSE, False),
        ("8", Move.FELL, False),
        ("8", Move.UNKNOWN_NOW, False),
    ]
    assert [t.criteria_met for t in found.totals] == [3, 3]
    assert [t.meets_all for t in found.totals] == [3, 3]


def test_a_year_of_which_only_the_start_of_a_growth_is_known_is_not_compared(lai_chau: CriteriaSet) -> None:
    growth = next(m for m in lai_chau.reported_measures if lai_chau.measures[m].kind == "growth")
    before = judged(lai_chau, {growth: amount(100)})
    now = judged(lai_chau, {growth: amount(110)}, year=2027)
    assert compare_years(before, now) is None


def test_recognised_and_not_up_to_it_now(lai_chau: CriteriaSet) -> None:
    decision = {"recognition_decision": YES._replace(document="12/QĐ-UBND")}
    reports = [waste(60, **decision), waste(90, **decision), waste(60), waste(60, recognition_decision=NO)]
    now = judged(lai_chau, *reports, year=2027)
    before = judged(lai_chau, {}, {}, decision, decision)
    told = [(one.record, one.year, one.no_longer, one.criteria_not_met) for one in recognised(now, before)]
    assert told == [(0, 2027, True, ("8",)), (1, 2027, False, ()), (2, 2026, True, ("8",))]
    assert recognised(now)[0].document == "12/QĐ-UBND"
    assert [one.record for one in recognised(now)] == [0, 1]


def test_the_set_names_the_ruling_that_reports_recognition(lai_chau: CriteriaSet) -> None:
    assert lai_chau.recognition == "recognition_decision"
    report = CommuneYear("03430", "Khun Há", 2026, {"other_ruling": YES._replace(document="12/QĐ-UBND")})
    assert decision_in(lai_chau, report) == (None, "")
    assert decision_in(replace(lai_chau, recognition="other_ruling"), report) == (True, "12/QĐ-UBND")
    assert decision_in(replace(lai_chau, recognition=None), report) == (None, "")
