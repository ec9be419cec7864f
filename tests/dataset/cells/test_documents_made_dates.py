"""A document's number that a spreadsheet made a date, a time or a percentage, or that is struck out, is told and not used."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.dataset.conftest import FORM, Read, codes, only, reported

MADE = [
    (dt.datetime(2026, 5, 1), "d-mmm", "01/05/2026"),  # noqa: DTZ001 - as a cell holds it
    (dt.time(12, 5), "h:mm", "12:05:00"),
    (dt.timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
    (0.6, "0%", "60%"),
    (1250000, "#,##0,", "1.250"),
    (1.5, "0.0", "1,5"),
    (0.5, "# ?/?", "0,5"),
    (-12, "General", "-12"),
    (True, "General", "TRUE"),
]
TABLE = ("Mã xã", "Xã", "Năm")


def workbook(*rows: tuple[object, ...], at: str, number_format: str, strike: bool = False) -> bytes:
    """A workbook with one cell in a format."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    sheet[at].number_format = number_format
    if strike:
        sheet[at].font = Font(strike=True)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def form(cell: object) -> tuple[tuple[object, ...], ...]:
    return (("Mã xã", "03394"), ("Năm", 2026), FORM, ("club_count", 3, None, None, cell))


def long(cell: object) -> tuple[tuple[object, ...], ...]:
    return ((*TABLE, "Mã số liệu", "Giá trị", "Văn bản"), ("03394", "Sin Suối Hồ", 2026, "club_count", 3, cell))


def wide(cell: object) -> tuple[tuple[object, ...], ...]:
    return ((*TABLE, "club_count", "club_count__document"), ("03394", "Sin Suối Hồ", 2026, 3, cell))


KINDS = [(form, "E4"), (long, "F2"), (wide, "E2")]


@pytest.mark.parametrize(("rows", "at"), KINDS)
@pytest.mark.parametrize(("cell", "number_format", "shown"), MADE)
def test_in_forms_and_tables_the_figure_stays_and_the_document_goes(
    read: Read, rows: Any, at: str, cell: object, number_format: str, shown: str
) -> None:
    dataset = read(a_xlsx=workbook(*rows(cell), at=at, number_format=number_format))
    problem = only(dataset)
    assert (problem.code, problem.cell, problem.value) == ("document-as-date", at, shown)
    found = reported(dataset, "club_count")
    assert (found.written, found.document) == ("3", "")


@pytest.mark.parametrize(("rows", "at"), KINDS[:2])
def test_a_struck_out_document_is_none(read: Read, rows: Any, at: str) -> None:
    dataset = read(a_xlsx=workbook(*rows("12/BC-UBND"), at=at, number_format="General", strike=True))
    assert codes(dataset) == ["document-struck-out"]
    assert reported(dataset, "club_count").document == ""


def test_a_whole_number_and_a_text_are_documents(read: Read) -> None:
    for cell, document in ((12, "12"), ("01/5", "01/5")):
        dataset = read(a_xlsx=workbook(*form(cell), at="E4", number_format="General"))
        assert not dataset.problems
        assert reported(dataset, "club_count").document == document


def evidence(read: Read, cell: object, number_format: str) -> Any:
    rows = (("Mã xã", "03394"), ("Năm", 2026), ("Mã số liệu", "Số, ký hiệu văn bản", "Trích yếu, tên tệp"))
    one = ("club_count", cell, "Báo cáo")
    return read(
        a_xlsx=workbook(*rows, one, ("balance", "như trên"), at="B4", number_format=number_format),
        b_xlsx=workbook(*form("1/BC"), at="E4", number_format="General"),
    )


@pytest.mark.parametrize(("cell", "number_format", "shown"), MADE)
def test_in_the_list_of_evidence_the_number_goes_and_the_rest_stays(
    read: Read, cell: object, number_format: str, shown: str
) -> None:
    dataset = evidence(read, cell, number_format)
    assert [(p.code, p.cell, p.value) for p in dataset.problems] == [("document-as-date", "B4", shown)]
    assert [(e.measure, e.number, e.title) for e in dataset.records[0].evidence] == [
        ("club_count", "", "Báo cáo"),
        ("balance", "", "Báo cáo"),
    ]


def test_an_error_beside_a_figure_is_told_and_the_figure_read(read: Read) -> None:
    dataset = read.form(("club_count", 3, None, None, "#N/A", "#REF!"))
    assert [(p.code, p.cell) for p in dataset.problems] == [("cell-error", "E6"), ("cell-error", "F6")]
    found = reported(dataset, "club_count")
    assert (found.written, found.document, found.note) == ("3", "", "")


def test_hidden_columns_of_figures_are_told_once_a_sheet(read: Read) -> None:
    def edit(book: Any) -> None:
        book.active.column_dimensions["D"].hidden = True
        book.active.column_dimensions["F"].hidden = True

    problem = only(read.form(("water_share", None, 29, 100), ("club_count", 2), edit=edit))
    assert (problem.code, problem.parameters) == ("hidden-columns", {"which": "D"})
