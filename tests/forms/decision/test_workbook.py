"""The workbook says what an officer must know beside each cell, and sets no trap in it."""

from __future__ import annotations

import io

import openpyxl
import pytest

from ntm_rules.forms.decision.filling import read_filled
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.pending import pending_places
from ntm_rules.workbench.overlays.drafting import draft
from tests.forms.decision.conftest import HEAD, Fill, Sheets


@pytest.mark.parametrize("field", ["date", "promulgated", "from", "to"])
def test_a_day_is_typed_as_text_that_no_spreadsheet_turns_round_or_refuses(blank_form: bytes, field: str) -> None:
    sheets = Sheets(blank_form)
    cell = sheets.cell(field)
    assert cell.number_format == "@"
    (rule,) = [r for r in cell.parent.data_validations.dataValidation if cell.coordinate in r.sqref]
    assert (rule.type, rule.prompt) == (None, "Ghi ngày, ngày trước tháng sau: 15/8/2026.")


@pytest.mark.parametrize(
    "typed", ["15/8/2026", "15.8.2026", "2026-08-15", "ngày 15 tháng 8 năm 2026", "15 Tháng 8 năm 2026"]
)
def test_days_typed_in_every_usual_way_are_the_same_day(fill: Fill, loaded: LoadedSet, typed: str) -> None:
    data = fill({"3.1": 8, "3.1/article": "Điều 1"}, head={**HEAD, "date": typed})
    assert read_filled(data, "form.xlsx", loaded).document.date.isoformat() == "2026-08-15"  # type: ignore[union-attr]


def beside(blank_form: bytes, id_: str) -> dict[str, str]:
    sheets = Sheets(blank_form)
    sheet = sheets.sheet("ntm:id")
    row = sheets.row(sheet, "ntm:id", id_)
    return {name: str(sheet.cell(row, sheets.column(sheet, f"ntm:told:{name}")).value) for name in ("figure", "awaits")}


def test_beside_the_words_of_the_law_stand_the_figure_its_notes_and_the_decision_awaited(
    blank_form: bytes, loaded: LoadedSet
) -> None:
    asked, content = beside(blank_form, "DK.2.a"), beside(blank_form, "DK.2.b")
    assert asked["figure"].startswith("Tỷ lệ hộ được lấy ý kiến")
    assert "điều kiện để kết quả hài lòng có giá trị" in asked["figure"]
    assert content["figure"].startswith("Tỷ lệ hài lòng của người dân")
    assert asked["awaits"].startswith("(2) Quy định điều kiện, trình tự, thủ tục xét, công nhận")
    assert "Nguyên văn không rõ 100%" in beside(blank_form, "2.6.b")["figure"]
    assert beside(blank_form, "3.1") == {
        "figure": "Thu nhập bình quân đầu người - tốc độ tăng so với năm trước (%)",
        "awaits": "(1) Bộ tiêu chí về xã nông thôn mới giai đoạn 2026 - 2030 của tỉnh Lai Châu"
        " (Quyết định của UBND tỉnh) (hạn 31/7/2026)",
    }


def test_a_number_stated_already_is_replaced_in_a_free_row(fill: Fill, loaded: LoadedSet) -> None:
    sheets = Sheets(fill({}))
    sheet = sheets.sheet("ntm:id")
    heading = next(row[1].row for row in sheet.iter_rows() if row[1].value == "Thay số đã có (ghi mã)")
    free = [sheet.cell(row, 1) for row in range(heading + 1, heading + 6)]
    assert {(cell.protection.locked, cell.number_format) for cell in free} == {(False, "@")}
    for key, value in (("ntm:id", "8.1.b"), ("ntm:everywhere", 85), ("ntm:article", "Điều 6")):
        sheet.cell(heading + 5, sheets.column(sheet, key)).value = value
    filled = read_filled(sheets.data(), "form.xlsx", loaded)
    assert [(t.place.requirement.id, t.value, t.article) for t in filled.targets] == [("8.1.b", 85, "Điều 6")]
    assert filled.doubts == ()


def test_the_guide_says_what_officers_stumble_over(blank_form: bytes) -> None:
    guide = "\n".join(str(row[0]) for row in openpyxl.load_workbook(io.BytesIO(blank_form))["Hướng dẫn"].values)
    for said in (
        "Unprotect Sheet",
        "Không gộp ô",
        "Điều 3, khoản 1",
        "«Bắt buộc»",
        "thay đổi theo năm",
        "«Thay số đã có (ghi mã)»",
    ):
        assert said in guide


def test_the_yaml_draft_carries_the_notes_too(loaded: LoadedSet) -> None:
    text = draft(loaded, pending_places(loaded))
    entry = text[text.index("# DK.2.a. ") : text.index("# DK.2.b. ")]
    assert "Ghi chú: Tỷ lệ hộ được lấy ý kiến trên tổng số hộ" in entry
