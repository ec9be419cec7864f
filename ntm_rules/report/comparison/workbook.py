"""thay-doi.xlsx: what another law would change, sheet by sheet.

Like ket-qua.xlsx it carries no date and no path: the same input gives the same bytes.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from ntm_rules.i18n import _
from ntm_rules.report.comparison.words import WhatIf, in_order, told_change
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.tables.comparison import (
    agencies_concerned,
    asked_of_both,
    changed_communes,
    changed_items,
    changed_nodes,
    counts_of_communes,
    outcomes,
    regrouped_communes,
)
from ntm_rules.report.tables.table import Cell, Column, Table, words_of
from ntm_rules.report.xlsx.book import About, Book
from ntm_rules.report.xlsx.tables import How, add_part, add_rows, add_sheet
from ntm_rules.spreadsheet.bulk_sheets import BulkSheets
from ntm_rules.spreadsheet.files import opened
from ntm_rules.wording.dates import on_day

FEW_COLUMNS = 6
"""Columns of the summary sheet; long texts are merged over all but the first."""
MOST_ROWS = 20_000
"""Rows of the sheet of changes; beyond them it would open slowly, and changes.csv has everything."""
SUMMARY_WIDTHS = (12, 70, 26, 26, 13, 13)


def write_changes(path: Path, report: WhatIf) -> None:
    """Write the workbook of a comparison.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    with BulkSheets(path) as bulk, opened(path, _("What would change")) as file:
        book = Book(file, About(lines=_lines(report), illustrative=report.warnings), bulk)
        _summary(book, report)
        _communes(book, report)
        _changes(book, report)
        _about(book)


def _lines(report: WhatIf) -> list[tuple[str, str]]:
    """Return what the last sheet says of the comparison."""
    from ntm_rules import __version__

    lines = [(_("Program"), f"ntm-rules {__version__}")]
    names = ((_("Before"), report.before), (_("After"), report.after))
    for (name, law), hashed in zip(names, report.hashes, strict=True):
        lines.append((name, law.words))
        lines.append((_("Rules in force on"), on_day(law.rules.as_of)))
        lines.append((_("Overlays in force"), ", ".join(law.rules.overlays) or _("none")))
        lines.append((_("Hash of the resolved set (SHA-256)"), hashed))
    lines += [(_("Input file"), f"{name}  (SHA-256 {sha})") for name, sha in report.inputs]
    return lines


def _summary(book: Book, report: WhatIf) -> None:
    sheet, row = book.sheet(_("Summary"), _("What would change"), SUMMARY_WIDTHS)
    row += 1
    for name, law in ((_("Before"), report.before), (_("After"), report.after)):
        sheet.write_string(row, 0, name, book.band)
        _long(book, sheet, row, law.words)
        row += 1
    if not report.communes:
        sheet.write_string(row, 0, _("No verdict changes in any commune."), book.title)
        row += 1
    for note in report.notes:
        sheet.write_string(row, 0, _("Notice"), book.warning)
        _long(book, sheet, row, str(note))
        row += 1
    words = SUMMARY_WIDTHS[1]
    row = _beside(book, sheet, row + 1, counts_of_communes(report), {"plain": ("counted",), "tall": {}})
    row = _beside(book, sheet, row + 1, outcomes(report), {"tall": {"outcome": words}})
    row = _asked(book, sheet, row + 1, report)
    row = add_part(book, sheet, row + 1, changed_items(report), plain=("id",), tall={"words": words})
    _beside(book, sheet, row + 1, agencies_concerned(report), {"plain": ("agency",), "tall": {}})


def _beside(book: Book, sheet: Worksheet, row: int, table: Table, how: How) -> int:
    """Write a table whose first column stands in the second of the sheet."""
    columns, cells = [Column("beside"), *table.columns], [[None] * len(table), *table.cells]
    how["blank"] = None
    return add_part(book, sheet, row, replace(table, columns=columns, cells=cells), **how)


def _long(book: Book, sheet: Worksheet, row: int, text: str) -> None:
    sheet.merge_range(row, 1, row, FEW_COLUMNS - 1, text, book.wrapped)
    book.wrapped_row(sheet, row, [text], [130])


def _asked(book: Book, sheet: Worksheet, row: int, report: WhatIf) -> int:
    """Write what the two laws ask for differently, and whom they group differently."""
    asked, regrouped = (
        table.wide(*SUMMARY_WIDTHS[:4]) for table in (asked_of_both(report), regrouped_communes(report))
    )
    row = add_part(book, sheet, row, asked.with_cells(_a_part_a_line, "before", "after"))
    row = add_rows(book, sheet, row, regrouped)
    if not asked and not regrouped:
        sheet.write_string(row, 1, _("Nothing."), book.text)
        row += 1
    return row


def _a_part_a_line(cell: Cell) -> str:
    return words_of(cell).replace("; ", "\n")


def _communes(book: Book, report: WhatIf) -> None:
    table = changed_communes(report, report.communes)
    table = table.wide(7, 14, 6, 18, 10, 8, 8, 8, 8, 13, 13, 11, 11, 11, 11, 17, 17, 17, 15)
    title = _("Communes that some change touches, those that fall first")
    none = _("No verdict changes in any commune.")
    tall = _tall(table, *("commune_code", "commune", "year"), *ON_ONE_LINE)
    add_sheet(book, _("By commune"), title, table, head_columns=2, empty=none, plain=VERDICTS, tall=tall)


ON_ONE_LINE = ("criteria_before", "criteria_after", "indicators_before", "indicators_after")
VERDICTS = ("meets_before", "meets_after", "conditions_before", "conditions_after", "before", "after")


def _tall(table: Table, *but: str) -> dict[str, float]:
    """Return the widths of the columns whose texts make rows high: all but some."""
    return {key: width for key, width in zip(table.keys, table.widths, strict=True) if key not in but}


def _changes(book: Book, report: WhatIf) -> None:
    changes = in_order(report, (change for change in report.comparison.changes() if told_change(change)))
    table = changed_nodes(report, changes[:MOST_ROWS])
    table = table.wide(7, 14, 6, 11, 8, 34, 12, 12, 18, 13, 14, 14, 22, 22, 20)
    title = _("Every verdict that changes, with the gap before and after")
    sheet, row = book.sheet(_("Changes"), title, table.widths)
    if len(changes) > MOST_ROWS:
        words = _("The first {n} of {total} changes; all are in changes.csv.", n=MOST_ROWS, total=len(changes))
        sheet.write_string(row, 0, words, book.warning)
        row += 1
    row = book.header(sheet, row, table.heads, 5, row + len(table))
    add_rows(book, sheet, row, table, plain=VERDICTS, tall=_tall(table, "year"))


def _about(book: Book) -> None:
    sheet, row = book.sheet(_("About"), _("About this comparison, and the legend"), [34, 110])
    for name, value in book.facts.lines:
        sheet.write_string(row, 0, name, book.text)
        sheet.write_string(row, 1, value, book.wrapped)
        book.wrapped_row(sheet, row, [value], [110])
        row += 1
    row += 1
    for verdict in LEGEND_ORDER:
        sheet.write_string(row, 0, book.labels[verdict], book.verdicts[verdict])
        row += 1
