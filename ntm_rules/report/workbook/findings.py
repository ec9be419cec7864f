"""The findings of the cross-checks, for people, the gravest first: what to look at again, where, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from ntm_rules.errors import Severity
from ntm_rules.i18n import _
from ntm_rules.report.workbook.book import Book
from ntm_rules.spreadsheet.bulk_rows import BulkRows
from ntm_rules.text_columns import Columns, TextColumn, below, texts_of
from ntm_rules.wording.findings import counts_words

SHOWN = ("check", "severity", "commune_code", "commune", "year", "title", "message", "mend", "file", "places")


def write_findings(book: Book, counts: Mapping[Severity, int], tables: Sequence[Columns]) -> None:
    """Write the findings of each year, as `finding_columns.finding_table` gives them, and how many there are."""
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
    count = sum(counts.values())
    sheet, row = book.sheet(_("Cross-checks"), _("What in the figures asks for a second look"), widths)
    sheet.write_string(row, 0, counts_words(Counter(counts).elements()), book.text)
    row = book.header(sheet, row + 1, names, 4, row + 1 + count)
    if not count:
        sheet.write_string(row, 0, _("None."), book.text)
    file = f"cross-checks.{book.tables}"
    if not count or book.left_out(sheet, row, count, file):
        return
    found = {name: below([_texts(table[name]) for table in tables]) for name in SHOWN}
    severities = [Severity(text) for text in found["severity"].texts]
    ranks = np.array([severity.rank for severity in severities])[found["severity"].numbers]
    order = np.argsort(ranks, kind="stable")
    found["severity"] = TextColumn(found["severity"].numbers, [str(severity.words) for severity in severities])
    columns = [book.texts(found[name].at(order), book.wrapped) for name in SHOWN]
    book.rows(sheet, BulkRows(row, columns, book.heights(columns, widths)), file)


def _texts(column: TextColumn | object) -> TextColumn:
    return column if isinstance(column, TextColumn) else texts_of(np.asarray(column), str)
