"""Workbooks: the commune's form, province tables, and what a cell's value alone does not tell."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest

from ntm_rules.dataset.records import Reported, State
from tests.dataset.conftest import FIRST, FORM, Read, codes, only, reported


def replaced(workbook: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same workbook with some bytes of a part replaced, as another program would have written them."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for member in before.infolist():
            content = before.read(member)
            if member.filename == part:
                assert re.search(old, content), content
                content = re.sub(old, new, content)
            after.writestr(member, content)
    return stream.getvalue()


def test_a_form(read: Read) -> None:
    dataset = read.form(
        ("water_share", None, 29, 100, "12/BC-UBND", "x"),
        ("balance", -2.5),
        ("plan_published", "Có"),
        ("school_ruling", None),
        ("digital_grade", "Tốt"),
    )
    assert not dataset.problems
    assert reported(dataset, "water_share") == Reported(State.PRESENT, 29, 100, True, "12/BC-UBND", "29/100", "x")
    assert reported(dataset, "balance")[:3] == (State.PRESENT, -25_000_000, 0)
    assert set(dataset.records[0].values) == {"water_share", "balance", "plan_published", "digital_grade"}


def test_columns_in_any_order_code_as_number_and_english_names(read: Read) -> None:
    def edit(workbook: Any) -> None:
        sheet = workbook.create_sheet("other", 0)
        workbook.remove(workbook["Số liệu 2026"])
        for row in (
            ("Commune_code:", 3394, None, "Year", 2026),
            (),
            ("note", "VALUE", "unit", "measure", "label"),
            (None, 3, "clubs", "club_count", "Clubs"),
            (None, "Có", None, None, "Quy hoạch đã công bố"),
        ):
            sheet.append(row)

    dataset = read.form(edit=edit)
    assert not dataset.problems
    assert {m: v.value for m, v in dataset.records[0].values.items()} == {
        "club_count": 30_000_000,
        "plan_published": 1,
    }


def test_a_mistake_is_named_by_sheet_and_cell(read: Read) -> None:
    problem = only(read.form(("club_count", "1.234")))
    assert problem.place().render("en") == "sheet “Số liệu 2026”, cell B6"
    assert problem.message().render("en") == "“1.234” can be read as 1234 or as 1,234"
    assert problem.mend().render("en") == "Write 1234: things are counted in whole numbers here."


def test_headings_between_rows_are_not_figures(read: Read) -> None:
    dataset = read.form(("Tiêu chí 1: Quy hoạch",), ("club_count", 3), (), ("Người lập biểu",))
    assert not dataset.problems


def test_an_unknown_measure_with_a_figure_is_named(read: Read) -> None:
    problem = only(read.form(("club_cout", 3), ("balance", 1)))
    assert (problem.code, problem.cell, problem.parameters["nearest"]) == ("measure-unknown", "A6", "club_count")


def test_id_and_label_that_disagree_lose_the_row(read: Read) -> None:
    def edit(workbook: Any) -> None:
        sheet = workbook.active
        sheet["G5"] = "Số liệu"
        sheet["G6"], sheet["G7"] = "Cân đối", "Số câu lạc bộ"

    dataset = read.form(("club_count", 3), ("balance", 3), edit=edit)
    assert codes(dataset) == ["measure-label-disagrees", "measure-label-disagrees", "nothing-reported"]
    assert not dataset.records[0].values


def test_a_measure_twice_in_a_form_is_compared(read: Read) -> None:
    dataset = read.form(("club_count", 3), ("balance", 1), ("club_count", 4))
    problem = only(dataset)
    assert (problem.code, problem.cell) == ("given-twice-differently", "B8")
    assert problem.parameters["other"].render("en") == "a.xlsx, sheet “Số liệu 2026”, cell B6"
    assert reported(dataset, "club_count").state is State.CONFLICTING


def test_a_form_says_that_it_is_invented(read: Read) -> None:
    def edit(workbook: Any) -> None:
        workbook.active["D1"], workbook.active["E1"] = "Tính chất số liệu", "Số liệu minh hoạ"

    assert read.form(("club_count", 3), edit=edit).illustrative
    assert not read.form(("club_count", 3)).illustrative


@pytest.mark.parametrize(
    ("cell", "value", "code", "place"),
    [
        ("B1", "03999", "code-unknown", "B1"),
        ("B2", "Giang Ma", "name-of-another", "B2"),
        ("B3", None, "year-missing", ""),
        ("B3", dt.date(2026, 1, 1), "year-malformed", "B3"),
    ],
)
def test_a_form_whose_owner_is_not_known_is_not_taken(
    read: Read, cell: str, value: object, code: str, place: str
) -> None:
    def edit(workbook: Any) -> None:
        workbook.active[cell] = value

    dataset = read.form(("club_count", 3), edit=edit)
    assert not dataset.records
    problem = only(dataset)
    assert (problem.code, problem.cell, problem.sheet) == (code, place, "Số liệu 2026")


def test_an_empty_form_is_a_record_without_values_and_a_warning(read: Read) -> None:
    dataset = read.form(("club_count", None), ("balance", "  "))
    assert codes(dataset) == ["nothing-reported"]
    assert dict(dataset.records[0].values) == {}


def test_a_percent_format_holds_hundredths(read: Read) -> None:
    def edit(workbook: Any) -> None:
        sheet = workbook.active
        sheet["B6"].number_format = "0%"
        sheet["B7"].number_format = '0.00" % "'
        sheet["B8"].number_format = "0.0%"
        sheet["B9"].number_format = "0%"

    dataset = read.form(
        ("water_share", 0.8), ("canal_share", 0.8), ("club_count", 0.5), ("school_ruling", "Đạt"), edit=edit
    )
    assert reported(dataset, "water_share").value == 800_000_000
    assert reported(dataset, "water_share").written == "80%"
    assert reported(dataset, "canal_share").state is State.UNCLEAR
    assert reported(dataset, "school_ruling").value == 1
    found = [(problem.code, problem.cell, problem.value) for problem in dataset.problems]
    assert found == [("share-below-one", "B7", "0,8"), ("percent-format", "B8", "50%")]


def test_a_percent_format_over_one_is_asked_back(read: Read) -> None:
    def edit(workbook: Any) -> None:
        workbook.active["B6"].number_format = "0%"

    problem = only(read.form(("water_share", 80), edit=edit))
    assert problem.code == "percent-over-one"
    assert problem.message().render("en") == "the cell holds 80 formatted as a percentage, so it shows 8000%"


def test_a_formula_never_calculated_is_told_and_a_calculated_one_is_a_figure(read: Read) -> None:
    dataset = read.form(("club_count", "=1+2"), ("balance", 1), ("water_share", None, "=1", 2))
    assert [(p.code, p.cell) for p in dataset.problems] == [
        ("formula-not-calculated", "B6"),
        ("formula-not-calculated", "C8"),
    ]
    assert reported(dataset, "club_count").state is State.INVALID
    workbook = (read.folder / "a.xlsx").read_bytes()
    part = "xl/worksheets/sheet1.xml"
    calculated = replaced(workbook, part, rb"(</f>)<v ?/>|(</f>)<v></v>", rb"</f><v>1</v>")
    dataset = read(a_xlsx=calculated)
    assert not dataset.problems
    assert reported(dataset, "club_count").value == 10_000_000


def test_a_formula_that_gives_an_empty_text_is_a_blank(read: Read) -> None:
    read.form(("club_count", '=""'), ("balance", 1))
    workbook = (read.folder / "a.xlsx").read_bytes()
    empty = replaced(workbook, "xl/worksheets/sheet1.xml", rb'<c r="B6"', rb'<c r="B6" t="str"')
    assert [p.code for p in read(a_xlsx=empty).problems] == ["formula-not-calculated"], "openpyxl does not calculate"
    dataset = read(a_xlsx=replaced(empty, "xl/workbook.xml", rb' fullCalcOnLoad="1"', b""))
    assert not dataset.problems
    assert reported(dataset, "club_count").state is State.MISSING


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
def test_an_error_in_a_cell_is_told(read: Read, error: str) -> None:
    dataset = read.form(("club_count", error), ("balance", 1))
    problem = only(dataset)
    assert (problem.code, problem.cell, problem.value) == ("cell-error", "B6", error)
    assert reported(dataset, "club_count").state is State.INVALID


def test_dates_and_booleans_are_not_numbers(read: Read) -> None:
    dataset = read.form(("club_count", dt.date(2026, 5, 5)), ("balance", True), ("plan_published", True))
    assert [(p.code, p.value) for p in dataset.problems] == [
        ("date-not-number", "05/05/2026"),
        ("not-a-number", "TRUE"),
    ]
    assert reported(dataset, "plan_published").value == 1


def test_merged_cells_over_figures_are_told_and_a_merged_title_is_not(read: Read) -> None:
    def edit(workbook: Any) -> None:
        workbook.active.merge_cells("C1:F1")
        workbook.active.merge_cells("B6:B7")
        workbook.active.merge_cells("A9:F9")

    dataset = read.form(("club_count", 3), ("balance", None), ("water_share", 5), ("Ghi chú chung",), edit=edit)
    problem = only(dataset)
    assert (problem.code, problem.cell, problem.parameters["range"]) == ("merged-cells", "B6", "B6:B7")


def test_a_table_away_from_the_corner_keeps_its_places(read: Read) -> None:
    def edit(workbook: Any) -> None:
        workbook.active.insert_cols(1, 2)
        workbook.active.insert_rows(1, 10)
        workbook.active["D16"].number_format = "0%"
        workbook.active["D17"] = "=1"

    dataset = read.form(("water_share", 0.8), ("club_count", None), ("balance", "x"), edit=edit)
    assert reported(dataset, "water_share").value == 800_000_000
    assert [(p.code, p.cell) for p in dataset.problems] == [
        ("formula-not-calculated", "D17"),
        ("not-a-number", "D18"),
    ]


def test_sheets_without_a_form_are_skipped_and_years_have_their_own(read: Read) -> None:
    def edit(workbook: Any) -> None:
        workbook.create_sheet("Hướng dẫn", 0).append(["Điền số liệu vào các trang sau"])
        copy = workbook.copy_worksheet(workbook["Số liệu 2026"])
        copy.title, copy["B3"] = "Số liệu 2027", 2027

    dataset = read.form(("club_count", 3), edit=edit)
    assert not dataset.problems
    assert dataset.years() == (2026, 2027)


@pytest.mark.parametrize("below", [0, 60])
def test_figures_without_a_header_are_told_of(read: Read, below: int) -> None:
    def edit(workbook: Any) -> None:
        other = workbook.create_sheet("Phần hai")
        other.append(["balance", 4])
        for row in range(below):
            other.append([f"dòng {row}"])

    dataset = read.form(("club_count", 3), edit=edit)
    problem = only(dataset)
    assert (problem.code, problem.sheet) == ("sheet-without-header", "Phần hai")
    assert set(dataset.records[0].values) == {"club_count"}


def test_a_hidden_sheet_is_read_and_told(read: Read) -> None:
    def edit(workbook: Any) -> None:
        workbook.create_sheet("x")
        workbook["Số liệu 2026"].sheet_state = "hidden"

    dataset = read.form(("club_count", 3), edit=edit)
    assert codes(dataset) == ["hidden-sheet"]
    assert reported(dataset, "club_count").state is State.PRESENT


def test_a_workbook_without_any_form_is_a_problem(read: Read) -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    assert codes(read(a_xlsx=stream.getvalue())) == ["workbook-without-form"]


def test_a_province_table_in_a_workbook(read: Read) -> None:
    def edit(workbook: Any) -> None:
        sheet = workbook.create_sheet("Tổng hợp")
        workbook.remove(workbook["Số liệu 2026"])
        for row in (
            ("BẢNG TỔNG HỢP",),
            (),
            ("STT", "Mã xã", "Xã", "Năm", "Số câu lạc bộ", "water_share__numerator", "water_share__denominator"),
            (1, "03394", "Sin Suối Hồ", 2026, 3, 29, 100),
            (2, 3405, "Xã Tả Lèng", "2026", "80.5", None, None),
        ):
            sheet.append(row)

    dataset = read.form(edit=edit)
    assert reported(dataset, "water_share")[:4] == (State.PRESENT, 29, 100, True)
    assert [(p.code, p.sheet, p.cell) for p in dataset.problems] == [("number-dot-decimal", "Tổng hợp", "E5")]


def test_labels_in_an_old_encoding_are_named(read: Read) -> None:
    def edit(workbook: Any) -> None:
        workbook.active["G5"] = "Gi¸ trÞ"
        workbook.active["A6"] = "TØ lÖ hé"

    assert codes(read.form(("x", 3), ("balance", 1), edit=edit)) == ["column-old-encoding", "measure-old-encoding"]


def test_the_form_of_these_tests_starts_where_they_say(read: Read) -> None:
    assert only(read.form(("club_count", "x"))).cell == f"B{FIRST}"
    assert FORM[1] == "Giá trị"


@pytest.mark.parametrize("encoding", [b"vTF-8", b"UTF-7", b"EUC-JP"])
def test_a_part_in_an_encoding_that_nobody_knows_never_raises(read: Read, encoding: bytes) -> None:
    stream = io.BytesIO()
    workbook = openpyxl.Workbook()
    for row in (("Mã xã", "Năm", "club_count"), ("03394", 2026, 7)):
        workbook.worksheets[0].append(row)
    workbook.save(stream)
    whole = zipfile.ZipFile(stream)
    for damaged in whole.namelist():
        changed = io.BytesIO()
        with zipfile.ZipFile(changed, "w") as package:
            for name in whole.namelist():
                content = whole.read(name)
                if name == damaged:
                    body = content.partition(b"?>")[2] if content.startswith(b"<?xml") else content
                    content = b'<?xml version="1.0" encoding="' + encoding + b'"?>' + body
                package.writestr(name, content)
        dataset = read(a_xlsx=changed.getvalue())
        assert dataset.records or dataset.problems, damaged
