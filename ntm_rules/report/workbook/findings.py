"""The findings of the cross-checks, for people, the gravest first: what to look at again, where, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.i18n import _
from ntm_rules.report.workbook.book import Book
from ntm_rules.spreadsheet.bulk_rows import BulkRows, column_of
from ntm_rules.wording.findings import FindingRow, counts_words


def write_findings(book: Book, rows: Sequence[FindingRow]) -> None:
    names = [
        _("Check"),
        _("Severity"),
        _("Code"),
        _("Commune"),
        _("Year"),
        _("What it is about"),
        _("What was found"),
        _("What to do"),
        _("File"),
        _("Place"),
    ]
    widths = [8, 9, 7, 15, 6, 26, 60, 42, 24, 28]
    sheet, row = book.sheet(_("Cross-checks"), _("What in the figures asks for a second look"), widths)
    sheet.write_string(row, 0, counts_words(found.severity for found in rows), book.text)
    row = book.header(sheet, row + 1, names, 4, row + 1 + len(rows))
    if not rows:
        sheet.write_string(row, 0, _("None."), book.text)
    cells = [
        (
            found.check,
            str(found.severity.words),
            found.commune_code,
            found.commune,
            str(found.year),
            found.title,
            found.message,
            found.mend,
            found.file,
            found.places,
        )
        for found in sorted(rows, key=lambda found: found.severity.rank)
    ]
    columns = [column_of((row[at], book.wrapped) for row in cells) for at in range(len(names))]
    book.rows(sheet, BulkRows(row, columns, book.heights(columns, widths)), "cross-checks.csv")
