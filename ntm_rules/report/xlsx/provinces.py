"""The provinces beside each other: a sheet of the results, or a workbook where each was judged by its own decisions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_rules.i18n import _
from ntm_rules.report.tables.provinces import provinces
from ntm_rules.report.xlsx.book import About, Book
from ntm_rules.report.xlsx.lists import write_about
from ntm_rules.report.xlsx.tables import add_sheet
from ntm_rules.spreadsheet.bulk_sheets import BulkSheets
from ntm_rules.spreadsheet.files import opened
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.provinces import several


def write_provinces(book: Book, overviews: Sequence[Overview]) -> None:
    """Write the provinces where several are looked at."""
    if any(several(overview.evaluation.rules) for overview in overviews):
        _sheet(book, overviews)


def write_provinces_workbook(path: Path, overviews: Sequence[Overview], about: About) -> None:
    """Write a workbook of provinces, each judged in an overview of its own.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    with BulkSheets(path) as bulk, opened(path, _("Provinces beside each other")) as file:
        book = Book(file, about, bulk)
        _sheet(book, overviews)
        write_about(book, [overview.evaluation.rules for overview in overviews])


def _sheet(book: Book, overviews: Sequence[Overview]) -> None:
    table = provinces(overviews)
    table = table.wide(30, 7, *[12] * (len(table.columns) - 2))
    add_sheet(book, _("By province"), _("Provinces beside each other"), table)
