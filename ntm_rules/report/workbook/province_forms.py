"""bieu-05-06.xlsx: the counts of "Biểu 05" and "Biểu 06" as sheets to print or copy from."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from ntm_rules.i18n import _
from ntm_rules.report.province_forms import Count, Counts, form_05, form_05_notes, form_06, form_06_notes
from ntm_rules.report.workbook.book import About, Book
from ntm_rules.spreadsheet.files import opened
from ntm_rules.standing.periods import Periods
from ntm_rules.wording.communes import group_title, groups_of, unit_words

PERIODS = 3


def write_province_forms(path: Path, periods: Periods, about: About) -> None:
    """Write both forms for one year.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    with opened(path, _("Biểu 05 and Biểu 06")) as file:
        book = Book(file, about)
        _form_05(book, periods)
        _form_06(book, periods)


def period_titles(year: int) -> tuple[str, str, str]:
    """Return the headings of the three periods of a form."""
    return (
        _("Result by 31 Dec. {year}", year=year - 1),
        _("Done in {year}", year=year),
        _("Plan, last 6 months of {year}", year=year),
    )


def _form_05(book: Book, periods: Periods) -> None:
    rules, titles = periods.now.rules, period_titles(periods.year)
    groups = [_("All communes"), *(group_title(rules, group) for group in groups_of(rules))]
    columns = PERIODS * len(groups)
    name = _("Biểu 05")
    title = _("{form}. Communes that meet each criterion, {year}", form=name, year=periods.year)
    widths = [6, 40, 9, *[10] * columns]
    sheet, row = book.sheet(name, title, widths, 3)
    for column, text in enumerate((_("No."), _("Content"), _("Unit of measure"))):
        sheet.merge_range(row, column, row + 1, column, text, book.head)
    for i, group in enumerate(groups):
        first = 3 + PERIODS * i
        sheet.merge_range(row, first, row, first + PERIODS - 1, group, book.head)
        for j, text in enumerate(titles):
            sheet.write_string(row + 1, first + j, text, book.head)
    sheet.set_row(row + 1, 48)
    sheet.repeat_rows(row, row + 1)
    sheet.freeze_panes(row + 2, 3)
    row += 2
    unit = unit_words(rules)
    for found in form_05(periods):
        sheet.write_string(row, 0, found.id, book.text)
        sheet.write_string(row, 1, found.text, book.wrapped)
        book.wrapped_row(sheet, row, [found.text], [widths[1]])
        sheet.write_string(row, 2, unit, book.text)
        for i, counts in enumerate((found.total, *found.by_group)):
            _counts(book, sheet, row, 3 + PERIODS * i, counts)
        row += 1
    book.lines(sheet, row, form_05_notes(periods), widths)


def _form_06(book: Book, periods: Periods) -> None:
    name = _("Biểu 06")
    title = _("{form}. Results of the programme, {year}", form=name, year=periods.year)
    widths = [6, 54, 13, 13, 13, 50]
    sheet, row = book.sheet(name, title, widths)
    names = (_("No."), _("Content"), *period_titles(periods.year), _("Note"))
    for column, text in enumerate(names):
        sheet.write_string(row, column, text, book.head)
    sheet.set_row(row, 48)
    sheet.repeat_rows(row)
    sheet.freeze_panes(row + 1, 2)
    row += 1
    for found in form_06(periods):
        look = book.band if found.heading else book.wrapped
        sheet.write_string(row, 0, found.number, look if found.heading else book.text)
        sheet.write_string(row, 1, found.text, look)
        _counts(book, sheet, row, 2, found.counts)
        sheet.write_string(row, 5, found.note, book.wrapped)
        book.wrapped_row(sheet, row, [found.text, found.note], [widths[1], widths[5]])
        row += 1
    book.lines(sheet, row, form_06_notes(periods), widths)


def _counts(book: Book, sheet: Worksheet, row: int, column: int, counts: Counts) -> None:
    """Write the counts of the periods that data can fill; the grid goes on where nothing is known."""
    values: tuple[Count, ...] = (*counts, None)
    for at, value in enumerate(values, column):
        if value is None:
            sheet.write_blank(row, at, None, book.whole)
        else:
            sheet.write_number(row, at, value, book.whole)
