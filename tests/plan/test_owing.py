"""The documents that a plan asks for: when each is due, by whom, what waits; lists given back; the calendar read back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.plan.loader import plan_of
from ntm_rules.plan.owing import Owed, ReportOfIssue, Stage, by_agency, led_by, owed
from ntm_rules.report.calendar import calendar_of
from ntm_rules.rulebook.loader import load_overlay
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.runs.deliverables import DeliverablesAsked, deliverables_standing
from ntm_rules.runs.done_list import read_done
from ntm_rules.runs.law import LawAsked
from ntm_rules.wording.deliverables import deliverable_waiting_words
from tests.conftest import ROOT
from tests.criteria.plan import SET

PLAN = plan_of(SET)
RULES = resolve(SET, as_of=dt.date(2026, 12, 31))
CRITERIA = "bo-tieu-chi-xa-ntm"


def on(day: dt.date, *reported: ReportOfIssue) -> dict[str, Owed]:
    return {one.id: one for one in owed(PLAN, day, reported, rules=RULES)}


@pytest.mark.parametrize(
    ("day", "stage", "days"),
    [
        (dt.date(2026, 4, 30), Stage.AHEAD, 92),
        (dt.date(2026, 5, 2), Stage.DUE_LATER, 90),
        (dt.date(2026, 6, 30), Stage.DUE_LATER, 31),
        (dt.date(2026, 7, 1), Stage.DUE_SOON, 30),
        (dt.date(2026, 7, 31), Stage.DUE_SOON, 0),
        (dt.date(2026, 8, 1), Stage.OVERDUE, 1),
        (dt.date(2026, 12, 1), Stage.OVERDUE, 123),
    ],
)
def test_a_document_is_due_until_its_day_and_overdue_after_it(day: dt.date, stage: Stage, days: int) -> None:
    one = on(day)[CRITERIA]
    assert (one.stage, one.days, one.due) == (stage, days, dt.date(2026, 7, 31))


def test_what_waits_for_a_document_is_said_with_it() -> None:
    blocks = on(dt.date(2026, 8, 1))[CRITERIA].blocks
    assert blocks is not None
    waiting = [r.id for r in RULES.requirements() if getattr(r.target, "decision", "") == "bo-tieu-chi-xa-ntm-lai-chau"]
    assert list(blocks.requirements) == waiting
    assert blocks.communes == 36
    done = on(dt.date(2026, 9, 1), ReportOfIssue(CRITERIA, "99/2026/QĐ-UBND", dt.date(2026, 8, 15)))[CRITERIA]
    assert (done.stage, done.blocks) == (Stage.DONE, None)


def test_a_decision_that_an_overlay_carries_in_holds_nothing_up_any_more() -> None:
    """Nobody has said that it was issued, so it is overdue still: what to do is said instead of what waits."""
    invented = load_overlay(ROOT / "samples" / "minh-hoa.overlay.yaml")
    issued = invented.model_copy(update={"illustrative": False})
    one, supposed = (
        next(
            o
            for o in owed(PLAN, dt.date(2026, 12, 31), rules=resolve(SET, as_of=dt.date(2026, 12, 31), overlays=[laid]))
            if o.id == CRITERIA
        )
        for laid in (issued, invented)
    )
    assert not supposed.settled  # what is invented settles nothing
    assert (one.stage, one.blocks, one.settled) == (Stage.OVERDUE, None, True)
    assert "--done" in deliverable_waiting_words(one)
    assert not on(dt.date(2026, 8, 1))[CRITERIA].settled


def test_what_is_issued_later_is_not_done_yet() -> None:
    report = ReportOfIssue(CRITERIA, "99/2026/QĐ-UBND", dt.date(2026, 8, 15))
    assert on(dt.date(2026, 8, 14), report)[CRITERIA].stage is Stage.OVERDUE
    assert on(dt.date(2026, 8, 15), report)[CRITERIA].stage is Stage.DONE


def test_a_yearly_document_is_owed_each_year_and_the_next_is_shown() -> None:
    found = on(dt.date(2028, 4, 1), ReportOfIssue("ke-hoach-hang-nam", "5/KH-UBND", dt.date(2027, 3, 1), 2027))
    yearly = {id_: one.stage for id_, one in found.items() if id_.startswith("ke-hoach-hang-nam/")}
    assert yearly == {
        "ke-hoach-hang-nam/2027": Stage.DONE,
        "ke-hoach-hang-nam/2028": Stage.OVERDUE,
        "ke-hoach-hang-nam/2029": Stage.AHEAD,
    }


def test_a_year_without_a_day_is_over_at_its_end() -> None:
    review = on(dt.date(2028, 12, 31))["so-ket-2028"]
    assert (review.stage, review.day_stated) == (Stage.DUE_SOON, False)
    assert on(dt.date(2029, 1, 1))["so-ket-2028"].stage is Stage.OVERDUE


def test_what_every_agency_owes_is_done_when_the_last_has_delivered() -> None:
    agencies = led_by(PLAN)
    assert len(agencies) == 17
    own = [ReportOfIssue("ke-hoach-cua-so-nganh", "1/KH", dt.date(2026, 9, 1), None, agency) for agency in agencies]
    some = on(dt.date(2026, 10, 15), *own[1:])["ke-hoach-cua-so-nganh"]
    assert (some.owners, some.stage) == (agencies[:1], Stage.DUE_LATER)
    assert on(dt.date(2026, 10, 1), *own)["ke-hoach-cua-so-nganh"].stage is Stage.DONE
    owing = by_agency(PLAN, [some])
    assert set(owing) == set(agencies)


def test_what_the_plan_itself_says_is_done_is_done() -> None:
    found = on(dt.date(2026, 8, 1))
    assert {one.deliverable.source.row for one in found.values() if one.stage is Stage.DONE} == {"5", "6", "10"}
    assert [report.number for report in found["ban-chi-dao"].done] == ["589/QĐ-UBND", "01/QĐ-BCĐ", "02/QĐ-BCĐ"]


# --- the list given back -----------------------------------------------------------------------


def listed(folder: Path, *rows: str) -> Path:
    path = folder / "da-ban-hanh.csv"
    path.write_text("Mã văn bản;Năm;Cơ quan;Số, ký hiệu;Ngày ban hành\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_list_says_what_was_issued(tmp_path: Path) -> None:
    path = listed(
        tmp_path,
        f"{CRITERIA};;;99/2026/QĐ-UBND;15/8/2026",
        "ke-hoach-hang-nam;2027;;5/KH-UBND;2027-03-01",
        "ke-hoach-cua-so-nganh;;Sở Y tế;7/KH-SYT;ngày 01 tháng 9 năm 2026",
        "quy-trinh-bao-tri-mau;;;;",
    )
    assert read_done(PLAN, path) == [
        ReportOfIssue(CRITERIA, "99/2026/QĐ-UBND", dt.date(2026, 8, 15)),
        ReportOfIssue("ke-hoach-hang-nam", "5/KH-UBND", dt.date(2027, 3, 1), 2027),
        ReportOfIssue("ke-hoach-cua-so-nganh", "7/KH-SYT", dt.date(2026, 9, 1), None, "so-y-te"),
    ]


def test_every_mistake_of_a_list_is_told_at_once(tmp_path: Path) -> None:
    path = listed(
        tmp_path,
        "bo-tieu-chi-xa-nmt;;;1/QĐ;15/8/2026",
        "ke-hoach-hang-nam;;;1/QĐ;15/8/2026",
        "ke-hoach-cua-so-nganh;;Sở Z;1/QĐ;15/8/2026",
        f"{CRITERIA};;;1/QĐ;8/15/2026",
        f"{CRITERIA};;;;15/8/2026",
    )
    with pytest.raises(NtmError) as refused:
        read_done(PLAN, path)
    said = [message.render("en") for message in refused.value.messages]
    assert [words.split(": ")[0] for words in said] == [f"da-ban-hanh.csv, line {n}" for n in range(2, 7)]
    assert "did you mean “bo-tieu-chi-xa-ntm”?" in said[0]


def test_a_list_without_its_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1,2\n", encoding="utf-8")
    with pytest.raises(NtmError, match="tiêu đề"):
        read_done(PLAN, path)


def test_the_workbook_is_given_back_filled_in(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "van-ban.xlsx"
    law = LawAsked(as_of=dt.date(2026, 9, 1))
    deliverables_standing(law, DeliverablesAsked(out=path))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Mã văn bản")
    at = {cell.value: cell.column for cell in head}
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == CRITERIA)
    sheet.cell(row, at["Số, ký hiệu"]).value = "99/2026/QĐ-UBND"
    sheet.cell(row, at["Ngày ban hành"]).value = dt.datetime(2026, 8, 15)  # noqa: DTZ001 - as Excel writes a day
    book.save(path)
    assert read_done(PLAN, path) == [ReportOfIssue(CRITERIA, "99/2026/QĐ-UBND", dt.date(2026, 8, 15))]


# --- the calendar ------------------------------------------------------------------------------


def test_the_calendar_is_read_back_by_the_library() -> None:
    from icalendar import Calendar

    today = dt.date(2026, 7, 1)
    documents = owed(PLAN, today, rules=RULES)
    calendar = Calendar.from_ical(calendar_of(PLAN, documents, today))
    events = {str(event["uid"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}
    criteria = events[CRITERIA]
    assert criteria["dtstart"].dt == dt.date(2026, 7, 31)
    assert "Bộ tiêu chí về xã nông thôn mới" in str(criteria["summary"])
    assert [alarm["trigger"].dt for alarm in criteria.walk("VALARM")] == [dt.timedelta(days=-30), dt.timedelta(days=-7)]
    yearly = events["ke-hoach-hang-nam-2027"]
    assert yearly["rrule"]["freq"] == ["YEARLY"]
    assert yearly["rrule"]["until"] == [dt.date(2030, 3, 31)]
    assert set(events) == {one.id.replace("/", "-") for one in documents if one.stage is not Stage.DONE}


def test_the_same_day_makes_the_same_calendar() -> None:
    today = dt.date(2026, 7, 1)
    documents = owed(PLAN, today)
    assert calendar_of(PLAN, documents, today) == calendar_of(PLAN, documents, today)
