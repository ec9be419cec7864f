"""What the set asks of each agency, and what waits on each decision: nothing left out, nothing twice."""

from __future__ import annotations

from collections import Counter

from ntm_rules.report.book.contents import BookContents
from ntm_rules.report.book.history import DUE, STATED
from ntm_rules.rulebook.criteria_set import AwaitedTarget


def test_every_requirement_is_led_by_exactly_its_agency(contents: BookContents) -> None:
    led = Counter(
        (agency, requirement.id)
        for agency, work in contents.agencies.items()
        for one in (*work.leads, *work.conditions)
        for requirement in one.requirements
    )
    assert led == Counter((requirement.lead, requirement.id) for requirement in contents.rules.requirements())


def test_a_row_that_splits_is_led_in_part_by_each_of_its_agencies(contents: BookContents) -> None:
    parts = {
        agency: [r.id for r in one.requirements]
        for agency, work in contents.agencies.items()
        for one in work.leads
        if one.indicator.id == "3.10"
    }
    assert parts == {
        "ban-quan-ly-khu-kinh-te-tinh": ["3.10.a"],
        "so-cong-thuong": ["3.10.b"],
        "so-nong-nghiep-moi-truong": ["3.10.c", "3.10.d"],
    }
    work = contents.agencies["so-nong-nghiep-moi-truong"]
    assert [one.indicator.id for one in work.leads if not one.whole] == ["3.10"]


def test_the_leading_department_of_the_plan_has_sixteen_indicators(contents: BookContents) -> None:
    work = contents.agencies["so-nong-nghiep-moi-truong"]
    assert len(work.leads) == 16
    assert [decision.id for decision in work.owes] == ["bo-tieu-chi-xa-ntm-lai-chau"]
    assert "solid_waste_system_exists" in {measure.id for measure in work.attests}


def test_every_awaited_target_waits_on_its_decision(contents: BookContents) -> None:
    waiting = Counter(
        (decision, requirement.id)
        for decision, found in contents.waiting.items()
        for one in found
        for requirement in one.requirements
    )
    assert waiting == Counter(
        (r.target.decision, r.id) for r in contents.rules.requirements() if isinstance(r.target, AwaitedTarget)
    )


def test_every_cooperating_agency_is_told_where_it_cooperates(contents: BookContents) -> None:
    for agency, work in contents.agencies.items():
        assert [i.id for i in work.cooperates] == [i.id for i in contents.indicators if agency in i.cooperating]
    assert len(contents.agencies["ubnd-cac-xa"].cooperates) == 48


def test_history_tells_the_statement_and_what_is_still_due(contents: BookContents) -> None:
    events = contents.history(contents.rules.indicator_by_id["6.1"])
    assert [(str(event.day), event.words.sentence) for event in events] == [("2026-07-01", STATED), ("2026-07-31", DUE)]
    assert events[1].decision is contents.rules.decisions["bo-tieu-chi-xa-ntm-lai-chau"]
    assert events[1].words.parameters == {"ids": "6.1"}
