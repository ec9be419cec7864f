"""The rows of Biểu 10 for a set small enough to write out: texts, figures, verdicts and notes of every kind."""

from __future__ import annotations

import datetime as dt

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.reference import Facts, evaluate_commune, evaluate_conditions
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import use_language
from ntm_rules.report.evidence import bare_and_backed
from ntm_rules.report.tables.form_10 import Form10Row, YearBefore, form_10_rows
from ntm_rules.rulebook.resolve import resolve
from tests.rulebook.conftest import tiny as tiny
from tests.rulebook.tiny import Tiny

PRESENT = State.PRESENT
VALUES = {
    "plan_approved": Reported(PRESENT, 1, document="QĐ 1/QĐ-UBND"),
    "roads_share": Reported(PRESENT, 79_996, 100_000, counted=True, note="đo cuối năm"),
    "landfill_exists": Reported(PRESENT, 0),
    "clinics": Reported(State.INVALID, written="nhiều"),
}


def rows(tiny: Tiny, *, english: bool = False) -> dict[str, Form10Row]:
    use_language("en" if english else None)
    rules = resolve(tiny.load(), as_of=dt.date(2027, 12, 31))
    last = CommuneYear("03400", "Một", 2026, values={"roads_share": Reported(PRESENT, 1, 2, counted=True)})
    facts = Facts(CommuneYear("03400", "Một", 2027, values=VALUES), last, "nhom-1")
    known = Facts(last, None, "nhom-1")
    before = YearBefore(evaluate_commune(rules, known), evaluate_conditions(rules, known))
    found = list(form_10_rows(rules, facts, evaluate_commune(rules, facts), evaluate_conditions(rules, facts), before))
    return {f"{row.level} {row.id}": row for row in found}


def cells(row: Form10Row) -> list[str]:
    """Text, unit, last year's result and verdict, this year's, and the note."""
    return [row.text, row.unit, row.result_before, row.verdict_before, row.result, str(row.verdict.label), row.note]


def test_rows_stand_in_the_order_of_the_law_and_the_conditions_last(tiny: Tiny) -> None:
    assert list(rows(tiny)) == [
        "criterion 1",
        "indicator 1.1",
        "part 1.1.a",
        "part 1.1.b",
        "part 1.1.c",
        "part 1.1.c.i",
        "part 1.1.c.ii",
        "indicator 1.2",
        "criterion 2",
        "indicator 2.1",
        "indicator 2.2",
        "indicator 2.3",
        "condition DK.1",
    ]


def test_a_part_shows_value_target_count_gap_and_the_reporters_note_and_never_rounds_up(tiny: Tiny) -> None:
    assert cells(rows(tiny)["part 1.1.b"]) == [
        "đường đạt chuẩn",
        "%",
        "50",
        "Chưa đạt",
        "79,99",
        "Chưa đạt",
        "Mức đạt: ≥ 80%; 79,996 / 100 km; còn thiếu 0,01 điểm %: 0,004 km; Xã ghi chú: đo cuối năm",
    ]


def test_an_answer_that_is_met_needs_no_note_and_a_whole_says_how_its_parts_are_taken(tiny: Tiny) -> None:
    found = rows(tiny)
    assert cells(found["part 1.1.a"])[3:] == ["Chưa có số liệu", "Có", "Đạt", ""]
    assert cells(found["indicator 1.1"])[1:] == ["", "", "Chưa đạt", "", "Chưa đạt", "Phải đủ cả 3 nội dung"]
    assert found["part 1.1.c"].text == "Chỉ cần một trong 2 nội dung"
    assert found["part 1.1.c"].note == ""


def test_what_cannot_be_judged_or_does_not_apply_says_why(tiny: Tiny) -> None:
    found = rows(tiny)
    assert found["part 1.1.c.i"].note == "Mức đạt: ≤ 50,5%; xã không có nội dung này (“nếu có”)"
    assert found["indicator 1.2"].note == "Mức đạt: ≥ 3 trạm; số liệu đã ghi không dùng được; xem phiếu kiểm tra"
    assert found["indicator 2.1"].note == "Mức đạt: ≥ Khá; chưa báo cáo số liệu"
    awaited = found["indicator 2.3"]
    assert (awaited.result, awaited.verdict) == ("79,99", Verdict.NO_TARGET)
    assert "đang chờ văn bản quy định mức đạt chuẩn" in awaited.note


def test_a_part_without_a_text_of_its_own_is_named_by_its_figure(tiny: Tiny) -> None:
    found = rows(tiny)
    assert (found["part 1.1.c.i"].text, found["part 1.1.c.ii"].text) == ("Tỷ lệ rác chôn lấp", "An toàn")


def test_english_is_complete(tiny: Tiny) -> None:
    found = rows(tiny, english=True)
    assert cells(found["part 1.1.b"]) == [
        "Roads up to standard",
        "%",
        "50",
        "Not met",
        "79.99",
        "Not met",
        "Target: ≥ 80%; 79.996 / 100 km; short by 0.01 percentage points: 0.004 km more; The reporter notes: đo cuối năm",
    ]
    assert found["part 1.1.c"].text == "One of these 2 is enough"


def test_documents_count_once_for_each_requirement_reported(tiny: Tiny) -> None:
    rules = resolve(tiny.load(), as_of=dt.date(2027, 12, 31))
    record = CommuneYear("03400", "Một", 2027, values=VALUES)
    assert bare_and_backed(rules, record) == (["1.1.b", "2.3"], 1)
