"""Which decisions are awaited, from whom, how long overdue to a day that is given, and what waits for each."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet
from ntm_rules.standing.awaited import awaited_documents, communes_waiting

DAY = dt.date(2026, 11, 29)


def test_every_pending_target_is_told_under_its_decision(lai_chau: CriteriaSet) -> None:
    found = awaited_documents(lai_chau, DAY)
    assert [document.id for document in found] == ["bo-tieu-chi-xa-ntm-lai-chau", "quy-dinh-cong-nhan-2026-2030"]
    pending = [r.id for r in lai_chau.requirements() if isinstance(r.target, AwaitedTarget)]
    assert [id_ for document in found for id_ in document.requirements] == pending
    ours, national = found
    assert (ours.owner, ours.due, ours.overdue) == ("so-nong-nghiep-moi-truong", dt.date(2026, 7, 31), 121)
    assert set(ours.criteria) >= {"2", "3", "4", "6", "7", "8"}
    assert ours.conditions == () != national.conditions
    assert (national.owner, national.due, national.overdue) == ("", None, 0)
    assert national.owner_text is not None
    assert national.owner_text.vi == "Thủ tướng Chính phủ"
    assert national.title is not None


@pytest.mark.parametrize(
    ("day", "overdue"), [("2026-07-30", 0), ("2026-07-31", 0), ("2026-08-01", 1), ("2027-07-31", 365)]
)
def test_days_overdue_are_counted_to_the_day_given(lai_chau: CriteriaSet, day: str, overdue: int) -> None:
    document = awaited_documents(lai_chau, dt.date.fromisoformat(day))[0]
    assert (document.overdue, document.as_of.isoformat()) == (overdue, day)


def test_nothing_is_awaited_where_all_is_fixed(filled: CriteriaSet) -> None:
    assert [d for d in awaited_documents(filled, DAY) if d.criteria] == []


def test_the_communes_that_wait_are_those_whose_verdict_does(sample: Evaluation) -> None:
    document = awaited_documents(sample.rules, DAY)[0]
    assert communes_waiting(sample, document) == 36
