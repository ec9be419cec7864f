"""The rule files follow the table of Annex III row by row: numbers, titles, agencies, period."""

from __future__ import annotations

import pytest

from ntm_rules.rulebook.models import IndicatorWritten
from tests.criteria.plan import (
    ANNEX_I,
    ANNEX_III,
    BY_ID,
    CRITERIA,
    INDICATORS,
    ITEMS,
    PLAN,
    SET,
    Row,
    agency,
    shared_leads,
)

each_item = pytest.mark.parametrize("row", ITEMS, ids=lambda row: row.number)
each_indicator = pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)


def test_the_table_has_54_rows_of_which_45_can_be_evaluated() -> None:
    assert len(ANNEX_III) == 54
    assert len(ITEMS) == 45


def test_there_is_one_indicator_for_each_row_with_an_agency_in_the_order_of_the_table() -> None:
    assert [indicator.id for indicator in INDICATORS] == [row.number for row in ITEMS]


def test_each_indicator_stands_in_the_file_of_its_criterion() -> None:
    for criterion, rules in SET.rules.items():
        assert {indicator.id.split(".")[0] for indicator in rules} == {criterion}


def test_the_criteria_are_the_tables_ten_headings_with_their_titles_as_printed() -> None:
    assert [(c.id, c.title) for c in SET.header.criteria] == [(row.number, row.text) for row in CRITERIA]
    assert len(CRITERIA) == 10


def test_each_criterion_and_indicator_names_its_row_of_annex_iii() -> None:
    for written in (*SET.header.criteria, *INDICATORS):
        source = written.source
        assert (source.document, source.annex, source.row) == ("ke-hoach-5434", "III", written.id)


@each_item
def test_the_lead_agency_is_the_one_in_the_row(row: Row) -> None:
    indicator = BY_ID[row.number]
    if "phụ trách nội dung" not in row.lead:
        assert indicator.lead == agency(row.lead)
        return
    assert indicator.lead == next(iter(shared_leads(row.lead).values())), "the agency named first"


def test_the_row_shared_by_three_agencies_has_the_lead_of_each_alternative() -> None:
    [row] = [row for row in ITEMS if "phụ trách nội dung" in row.lead]
    alternatives = BY_ID[row.number].any
    assert alternatives is not None
    leads = shared_leads(row.lead)
    assert row.number == "3.10"
    assert len(leads) == len(alternatives) == 4
    assert len(set(leads.values())) == 3
    for content, lead in leads.items():
        [alternative] = [a for a in alternatives if content in (a.text or "").lower()]
        assert alternative.lead == lead, content


def test_no_other_requirement_has_a_lead_of_its_own() -> None:
    split = {i.id for i in INDICATORS for r in (*(i.all or ()), *(i.any or ())) if r.lead}
    assert split == {"3.10"}


@each_item
def test_the_cooperating_agencies_are_those_in_the_row(row: Row) -> None:
    assert BY_ID[row.number].cooperating == tuple(agency(name) for name in row.cooperating.split("; "))


@each_item
def test_the_years_are_the_period_in_the_row(row: Row) -> None:
    years = BY_ID[row.number].years
    assert f"{years.from_}-{years.to}" == row.period


@each_indicator
def test_each_indicator_has_an_english_text(indicator: IndicatorWritten) -> None:
    assert indicator.text_en.strip()


def test_the_awaited_criteria_are_owed_as_annex_i_says() -> None:
    decision = next(d for d in SET.header.decisions if d.id == "bo-tieu-chi-xa-ntm-lai-chau")
    assert decision.source is not None
    [row] = [row for row in ANNEX_I if row.number == decision.source.row]
    assert (decision.source.document, decision.source.annex) == ("ke-hoach-5434", "I")
    assert row.text == "Xây dựng Bộ tiêu chí về xã nông thôn mới giai đoạn 2026 - 2030 của tỉnh Lai Châu."
    assert decision.owed_by == agency(row.lead)
    assert decision.due is not None
    assert row.period == f"Trước ngày {decision.due.day}/{decision.due.month}/{decision.due.year}"


def test_the_successor_of_the_recognition_rules_has_no_date_and_is_owed_by_the_prime_minister() -> None:
    decision = next(d for d in SET.header.decisions if d.id == "quy-dinh-cong-nhan-2026-2030")
    assert decision.owed_by is None
    assert decision.owed_by_text is not None
    assert decision.owed_by_text.vi == "Thủ tướng Chính phủ"
    assert decision.due is None


def test_the_plan_is_named_as_it_names_itself() -> None:
    plan = next(d for d in SET.header.documents if d.id == "ke-hoach-5434")
    assert plan.number is not None
    assert plan.date is not None
    assert f"{plan.number}, ngày {plan.date:%d}/{plan.date.month}/{plan.date.year}" in PLAN
    assert plan.file == "sources/ke-hoach-5434.txt"
