"""The findings of the cross-checks, for people, the gravest first: what to look at again, where, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ntm_rules.errors import Severity
from ntm_rules.i18n import _
from ntm_rules.report.tables.problems import finding_columns, findings
from ntm_rules.report.xlsx.book import Book
from ntm_rules.report.xlsx.tables import add_rows, none_said
from ntm_rules.text_columns import Columns
from ntm_rules.wording.findings import severity_counts_words

WIDTHS = (8, 9, 7, 15, 6, 26, 60, 42, 24, 28)


def write_findings(book: Book, counts: Mapping[Severity, int], years: Sequence[Columns]) -> None:
    """Write the findings of each year, as `finding_columns.finding_table` gives them, and how many there are."""
    count = sum(counts.values())
    columns = finding_columns()
    sheet, row = book.sheet(_("Cross-checks"), _("What in the figures asks for a second look"), WIDTHS)
    sheet.write_string(row, 0, severity_counts_words(Counter(counts).elements()), book.text)
    row = book.header(sheet, row + 1, [column.head for column in columns], 4, row + 1 + count)
    if not count:
        sheet.write_string(row, 0, none_said(), book.text)
    file = f"cross-checks.{book.tables}"
    if book.left_out(sheet, row, count, file):
        return
    for severity in Severity:
        for at in range(len(years)) if counts.get(severity) else ():
            table = findings(years[at], severity).wide(*WIDTHS)
            count -= len(table)
            row = add_rows(book, sheet, row, table, file=file, following=count)
            del table  # before that of the next year is read
