"""bieu-05-06.xlsx: the counts of "Biểu 05" and "Biểu 06" as sheets to print or copy from."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from ntm_rules.i18n import _
from ntm_rules.report.tables.province_forms import form_05, form_05_notes, form_06, form_06_notes
from ntm_rules.report.xlsx.book import About, Book
from ntm_rules.report.xlsx.tables import add_rows
from ntm_rules.spreadsheet.files import opened
from ntm_rules.standing.periods import Periods


def write_province_forms(path: Path, periods: Periods, about: About) -> None:
    """Write both forms for one year.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    with opened(path, _("Biểu 05 and Biểu 06")) as file:
        book = Book(file, about)
        _form_05(book, periods)
        _form_06(book, periods)


def _form_05(book: Book, periods: Periods) -> None:
    table = form_05(periods)
    table = table.wide(6, 40, 9, *[10] * (len(table.columns) - 3))
    name = _("Biểu 05")
    title = _("{form}. Communes that meet each criterion, {year}", form=name, year=periods.year)
    sheet, row = book.sheet(name, title, table.widths, 3)
    for over, columns in groupby(enumerate(table.columns), key=lambda one: one[1].over):
        at = list(columns)
        if over:
            sheet.merge_range(row, at[0][0], row, at[-1][0], over, book.head)
        for n, column in at:
            if over:
                sheet.write_string(row + 1, n, column.head, book.head)
            else:
                sheet.merge_range(row, n, row + 1, n, column.head, book.head)
    sheet.set_row(row + 1, 48)
    sheet.repeat_rows(row, row + 1)
    sheet.freeze_panes(row + 2, 3)
    row = add_rows(book, sheet, row + 2, table, plain=("id", "unit"), tall={"text": 40})
    book.lines(sheet, row, form_05_notes(periods), table.widths)


def _form_06(book: Book, periods: Periods) -> None:
    table = form_06(periods).wide(6, 54, 13, 13, 13, 50)
    name = _("Biểu 06")
    title = _("{form}. Results of the programme, {year}", form=name, year=periods.year)
    sheet, row = book.sheet(name, title, table.widths)
    for column, text in enumerate(table.heads):
        sheet.write_string(row, column, text, book.head)
    sheet.set_row(row, 48)
    sheet.repeat_rows(row)
    sheet.freeze_panes(row + 1, 2)
    row = add_rows(book, sheet, row + 1, table, plain=("number",), tall={"text": 54, "note": 50}, bands=True)
    book.lines(sheet, row, form_06_notes(periods), table.widths)
