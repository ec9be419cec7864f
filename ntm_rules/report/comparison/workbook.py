"""thay-doi.xlsx: what another law would change, sheet by sheet.

Like ket-qua.xlsx it carries no date and no path: the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ntm_rules.i18n import _
from ntm_rules.report.comparison.words import (
    WhatIf,
    asked_words,
    by_agency,
    by_node,
    node_words,
    side_words,
    state_words,
    told_change,
    totals,
)
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.xlsx.book import LINE_HEIGHT, About, Book
from ntm_rules.rulebook.models import Band
from ntm_rules.spreadsheet.files import opened
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import group_words
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.standards import meets_words
from ntm_rules.workbench.comparing.changes import NodeChange, NodeKey, leads_of
from ntm_rules.workbench.comparing.communes import CommuneChange, Standing
from ntm_rules.workbench.comparing.directions import State

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
    with opened(path, _("What would change")) as file:
        book = Book(file, About(lines=_lines(report), illustrative=report.warnings))
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
    row = _heads(book, sheet, row + 1, ["", _("Communes"), _("Before"), _("After")])
    compared = len(report.comparison.pairs)
    for total in [(_("Evaluated"), compared, compared), *totals(report)]:
        sheet.write_string(row, 1, total[0], book.text)
        sheet.write_number(row, 2, total[1], book.whole)
        sheet.write_number(row, 3, total[2], book.whole)
        row += 1
    row = _heads(book, sheet, row + 1, ["", _("How communes come out"), _("Communes")])
    for standing in Standing:
        found = [commune for commune in report.communes if commune.standing is standing]
        sheet.write_string(row, 1, str(standing.label), book.wrapped)
        book.wrapped_row(sheet, row, [str(standing.label)], SUMMARY_WIDTHS[1:2])
        sheet.write_number(row, 2, len(found), book.whole)
        row += 1
    row = _asked(book, sheet, row + 1, report)
    change_heads = [_("No longer met"), _("Newly failing"), _("Newly met"), _("Other")]
    row = _heads(book, sheet, row + 1, [_("Item"), _("Criterion or indicator"), *change_heads])
    for change, counts in by_node(report):
        sheet.write_string(row, 0, _item(change), book.text)
        sheet.write_string(row, 1, node_words(change), book.wrapped)
        book.wrapped_row(sheet, row, [node_words(change)], SUMMARY_WIDTHS[1:2])
        sheet.write_row(row, 2, counts, book.whole)
        row += 1
    row = _heads(book, sheet, row + 1, ["", _("Lead agency"), *change_heads])
    for agency, counts in by_agency(report):
        sheet.write_string(row, 1, agency, book.text)
        sheet.write_row(row, 2, counts, book.whole)
        row += 1


def _long(book: Book, sheet: Worksheet, row: int, text: str) -> None:
    sheet.merge_range(row, 1, row, FEW_COLUMNS - 1, text, book.wrapped)
    book.wrapped_row(sheet, row, [text], [130])


def _heads(book: Book, sheet: Worksheet, row: int, names: Sequence[str]) -> int:
    for column, name in enumerate(names):
        sheet.write_string(row, column, name, book.head)
    return row + 1


def _asked(book: Book, sheet: Worksheet, row: int, report: WhatIf) -> int:
    """Write what the two laws ask for differently, and whom they group differently."""
    row = _heads(book, sheet, row, [_("Item"), _("Asked differently"), _("Before"), _("After")])
    rules = report.before.rules, report.after.rules
    for one in report.asked:
        node = one.after or one.before
        assert node is not None
        cells = [
            one.id,
            str(node.words),
            asked_words(rules[0], one.before, one.after).replace("; ", "\n"),
            asked_words(rules[1], one.after, one.before).replace("; ", "\n"),
        ]
        row = _wrapped(book, sheet, row, cells)
    for was, now in report.regrouped:
        cells = [now.code, now.name, group_words(rules[0], was.group), group_words(rules[1], now.group)]
        row = _wrapped(book, sheet, row, cells)
    if not report.asked and not report.regrouped:
        sheet.write_string(row, 1, _("Nothing."), book.text)
        row += 1
    return row


def _wrapped(book: Book, sheet: Worksheet, row: int, cells: Sequence[str]) -> int:
    for column, cell in enumerate(cells):
        sheet.write_string(row, column, cell, book.wrapped)
    lines = max(
        -(-len(line) // int(width)) + cell.count("\n")
        for cell, width in zip(cells, SUMMARY_WIDTHS, strict=False)
        for line in cell.split("\n")[-1:]
    )
    sheet.set_row(row, LINE_HEIGHT * max(1, lines))
    return row + 1


def _communes(book: Book, report: WhatIf) -> None:
    names = [
        _("Code"),
        _("Commune"),
        _("Year"),
        _("How it comes out"),
        _("Group"),
        _("Criteria met before"),
        _("Criteria met after"),
        _("Indicators met before"),
        _("Indicators met after"),
        _("Band before"),
        _("Band after"),
        _("{what}, before", what=meets_words(report.after.rules)),
        _("{what}, after", what=meets_words(report.after.rules)),
        _("Further conditions, before"),
        _("Further conditions, after"),
        _("No longer met"),
        _("Newly failing"),
        _("Newly met"),
        _("Other changes"),
    ]
    widths = [7, 14, 6, 18, 10, 8, 8, 8, 8, 13, 13, 11, 11, 11, 11, 17, 17, 17, 15]
    title = _("Communes that some change touches, those that fall first")
    sheet, row = book.sheet(_("By commune"), title, widths)
    row = book.header(sheet, row, names, 2, row + len(report.communes))
    if not report.communes:
        sheet.write_string(row, 0, _("No verdict changes in any commune."), book.text)
    for commune in report.communes:
        row = _commune(book, sheet, row, report, commune, widths)


def _commune(
    book: Book, sheet: Worksheet, row: int, report: WhatIf, commune: CommuneChange, widths: Sequence[float]
) -> int:
    was, now = commune.was, commune.now
    groups = group_words(report.before.rules, was.group), group_words(report.after.rules, now.group)
    head = str(commune.standing.label).partition(":")[0]
    texts = [
        commune.code,
        commune.name,
        "",
        head,
        groups[1] if groups[0] == groups[1] else f"{groups[0]} → {groups[1]}",
    ]
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, book.wrapped)
    sheet.write_number(row, 2, commune.year, book.whole)
    met = [f"{side.criteria.met}/{side.criteria.applicable}" for side in (was, now)]
    met += [f"{side.indicators.met}/{side.indicators.applicable}" for side in (was, now)]
    for column, count in enumerate(met, 5):
        sheet.write_string(row, column, count, book.whole)
    bands = [_band(was.band), _band(now.band)]
    for column, text in enumerate(bands, 9):
        sheet.write_string(row, column, text, book.wrapped)
    states = (was.meets, now.meets, was.conditions, now.conditions)
    for column, verdict in enumerate(states, 11):
        _verdict(book, sheet, row, column, verdict)
    lists = (commune.fallen, commune.newly_failing, commune.risen, commune.others)
    words = [", ".join(change.id for change in changes) for changes in lists]
    for column, text in enumerate(words, 15):
        sheet.write_string(row, column, text, book.wrapped)
    shown = [head, texts[4], *bands, *map(state_words, states), *words]
    book.wrapped_row(sheet, row, shown, [widths[3], widths[4], *widths[9:]])
    return row + 1


def _band(band: Band | None) -> str:
    return str(band.title) if band else ""


def _verdict(book: Book, sheet: Worksheet, row: int, column: int, state: State) -> None:
    look: Format = book.text if state is None else book.verdicts[state]
    sheet.write_string(row, column, state_words(state), look)


def _changes(book: Book, report: WhatIf) -> None:
    names = [
        _("Code"),
        _("Commune"),
        _("Year"),
        _("Level"),
        _("Item"),
        _("What is required"),
        _("Verdict before"),
        _("Verdict after"),
        _("What it means"),
        _("Reported"),
        _("Target before"),
        _("Target after"),
        _("Gap before"),
        _("Gap after"),
        _("Lead agency"),
    ]
    widths = [7, 14, 6, 11, 8, 34, 12, 12, 18, 13, 14, 14, 22, 22, 20]
    order = {(commune.code, commune.year): at for at, commune in enumerate(report.communes)}
    found = [change for change in report.comparison.changes() if told_change(change)]
    found.sort(key=lambda change: order[change.code, change.year])
    sheet, row = book.sheet(_("Changes"), _("Every verdict that changes, with the gap before and after"), widths)
    if len(found) > MOST_ROWS:
        words = _("The first {n} of {total} changes; all are in changes.csv.", n=MOST_ROWS, total=len(found))
        sheet.write_string(row, 0, words, book.warning)
        row, found = row + 1, found[:MOST_ROWS]
    row = book.header(sheet, row, names, 5, row + len(found))
    levels = level_names()
    for change in found:
        was, now = side_words(change.was), side_words(change.now)
        cells = {
            0: change.code,
            1: change.name,
            3: levels[change.level],
            4: _item(change),
            5: node_words(change),
            8: _(change.turn.words),
            9: now.actual or was.actual,
            10: was.target,
            11: now.target,
            12: was.gap,
            13: now.gap,
            14: "; ".join(agency_name(report.after.rules, agency) for agency in leads_of(change)),
        }
        for column, text in cells.items():
            sheet.write_string(row, column, text, book.wrapped)
        sheet.write_number(row, 2, change.year, book.whole)
        _verdict(book, sheet, row, 6, change.before)
        _verdict(book, sheet, row, 7, change.after)
        cells |= {6: state_words(change.before), 7: state_words(change.after)}
        book.wrapped_row(sheet, row, [cells[i] for i in cells], [widths[i] for i in cells])
        row += 1


def level_names() -> dict[str, str]:
    """Return the levels of nodes in words."""
    return {
        "requirement": _("Requirement"),
        "indicator": _("Indicator"),
        "criterion": _("Criterion"),
        "recognition": _("Further conditions"),
        "commune": _("Commune"),
    }


def _item(change: NodeChange | NodeKey) -> str:
    return "" if change.level in ("commune", "recognition") else change.id


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
