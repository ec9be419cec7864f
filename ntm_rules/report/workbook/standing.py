"""The sheets on how the province stands: who is nearest, what moved since the year before, who handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from xlsxwriter.worksheet import Worksheet

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.standing_rows import NEAREST, nearest_table
from ntm_rules.report.workbook.book import Book
from ntm_rules.spreadsheet.bulk_rows import NOTHING, BulkColumn, BulkRows, stacked
from ntm_rules.standing.handing_in import Handed, HandedIn
from ntm_rules.standing.nearest import Order
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.years import Move, YearComparison
from ntm_rules.text_columns import Ints, TextColumn, column_of, texts_of
from ntm_rules.wording.standing import (
    DISTANCE_DECIMALS,
    files_words,
    handed_words,
    law_of_years_words,
    move_words,
    no_longer_words,
    order_words,
    why_words,
)

MOVE_LOOKS = {Move.ROSE: Verdict.MET, Move.FELL: Verdict.NOT_MET, Move.UNKNOWN_NOW: Verdict.NO_DATA}
"""A move has the colours of the verdict it leads to."""


def write_nearest(book: Book, overviews: Sequence[Overview]) -> None:
    """Write the communes nearest first, with the place in the other order, what is left and what waits."""
    names = [
        _("Place"),
        _("Place by distance"),
        _("Code"),
        _("Commune"),
        _("Year"),
        _("Criteria met"),
        _("of judgeable"),
        _("of (applicable)"),
        _("Criteria left"),
        _("Requirements in the way"),
        _("of them not met"),
        _("Distance"),
        _("Requirements lacking figures"),
        _("Conclusions awaited"),
        _("Criteria waiting for the law"),
    ]
    widths = [7, 10, 8, 20, 7, *[11] * 10]
    sheet, row = book.sheet(_("Nearest"), _("Nearest to meeting all that can be judged"), widths)
    row = book.lines(sheet, row, [order_words(Order.FEWEST)], widths)
    row = book.lines(sheet, row, [_("Other order: {rule}", rule=order_words(Order.DISTANCE))], widths)
    count = sum(len(overview.nearest) for overview in overviews)
    row = book.header(sheet, row, names, 4, row + count)
    if book.left_out(sheet, row, count, "nearest.csv"):
        return
    tables = [nearest_table(overview) for overview in overviews]
    columns = [stacked([_nearest_cells(book, name, table[name]) for table in tables]) for name in NEAREST]
    book.rows(sheet, BulkRows(row, columns), "nearest.csv")


def _nearest_cells(book: Book, name: str, column: TextColumn | Ints) -> BulkColumn:
    if not isinstance(column, TextColumn):
        return book.counts(column)
    if name == "distance":
        look = book.decimals(DISTANCE_DECIMALS)
        return BulkColumn(column.numbers, [(float(text or 0), look) for text in column.texts])
    return book.texts(column, book.text)


def write_years(book: Book, overviews: Sequence[Overview]) -> None:
    """Write what moved since the year before, where there is one, and who was recognised and is not up to it now."""
    compared = [(overview, overview.years) for overview in overviews if overview.years is not None]
    told = [no_longer_words(one) for overview in overviews for one in overview.recognised if one.no_longer]
    if not compared and not told:
        return
    widths = [10, 20, 12, 11, 56, 18, 18, 24, 16]
    sheet, row = book.sheet(_("Two years"), _("What rose and what fell since the year before"), widths)
    for line in told:
        row = book.lines(sheet, row, [line], widths, strong=True)
    for overview, years in compared:
        row = book.lines(sheet, row, [law_of_years_words(years)], widths)
        row = _trend(book, sheet, row + 1, years)
        row = _by_id(book, sheet, row + 1, overview, years)
        row = _changes(book, sheet, row + 1, overview, years)


def _heads(book: Book, sheet: Worksheet, row: int, names: Sequence[str]) -> int:
    sheet.set_row(row, 32)
    for column, name in enumerate(names):
        sheet.write_string(row, column, name, book.head)
    return row + 1


def _trend(book: Book, sheet: Worksheet, row: int, years: YearComparison) -> int:
    """Write a line for each year of the province."""
    names = [
        _("Year"),
        _("Usable reports"),
        _("Meets every criterion"),
        _("At the most of today"),
        _("Criteria met, of those that apply, over all communes"),
        _("Indicators met"),
        _("of (applicable)"),
        _("Recognised by decision"),
    ]
    row = _heads(book, sheet, row, names)
    for total in years.totals:
        counts = [total.year, total.communes, total.meets_all, total.reached]
        sheet.write_row(row, 0, counts, book.whole)
        sheet.write_string(row, 4, f"{total.criteria_met} / {total.criteria_applicable}", book.whole)
        sheet.write_row(row, 5, [total.indicators_met, total.indicators_applicable, total.recognised], book.whole)
        row += 1
    return row


def _by_id(book: Book, sheet: Worksheet, row: int, overview: Overview, years: YearComparison) -> int:
    """Write, for each criterion and indicator that moved somewhere, in how many communes."""
    rose, fell, unknown = (_("{move}: communes", move=move_words(move)) for move in Move)
    names = [_("Item"), _("Level"), rose, fell, _("Criterion or indicator"), unknown]
    row = _heads(book, sheet, row, names)
    rules = overview.evaluation.rules
    titles = {("criterion", c.id): str(c.words) for c in rules.criteria}
    titles |= {("indicator", i.id): str(i.words) for i in rules.indicators()}
    for level, name in (("criterion", _("Criterion")), ("indicator", _("Indicator"))):
        for id_, moved in years.by_id(level).items():
            title = titles[level, id_]
            for column, text in ((0, id_), (1, name), (4, title)):
                sheet.write_string(row, column, text, book.wrapped)
            for column, move in ((2, Move.ROSE), (3, Move.FELL), (5, Move.UNKNOWN_NOW)):
                sheet.write_number(row, column, moved[move], book.whole)
            book.wrapped_row(sheet, row, [title], [56])
            row += 1
    return row


def _changes(book: Book, sheet: Worksheet, row: int, overview: Overview, years: YearComparison) -> int:
    """Write every change, by commune."""
    names = [
        _("Code"),
        _("Commune"),
        _("Level"),
        _("Item"),
        _("Criterion or indicator"),
        _("Verdict in {year}", year=years.totals[0].year),
        _("Verdict in {year}", year=years.totals[1].year),
        _("What became of it"),
        _("Rule differs"),
    ]
    row = _heads(book, sheet, row, names)
    rules = overview.evaluation.rules
    titles = {("criterion", c.id): str(c.words) for c in rules.criteria}
    titles |= {("indicator", i.id): str(i.words) for i in rules.indicators()}
    if book.left_out(sheet, row, len(years.moved.rows), "two-years.csv"):
        return row + 1
    levels = {"criterion": _("Criterion"), "indicator": _("Indicator")}
    moved, records, table = years.moved, years.now.records, years.now.table
    at = moved.records.astype(np.int32)
    verdicts = [(book.labels[verdict], book.verdicts[verdict]) for verdict in Verdict]
    words: list[Callable[[int], str]] = [
        lambda row: levels[table[row].level],
        lambda row: table[row].id,
        lambda row: titles[table[row].level, table[row].id],
    ]
    columns = [
        *(book.texts(TextColumn(at, texts), book.wrapped) for texts in (records.codes, records.names)),
        *(book.texts(texts_of(moved.rows, word), book.wrapped) for word in words),
        *(BulkColumn(of_year.astype(np.int32), verdicts) for of_year in (moved.before, moved.now)),
        BulkColumn(
            moved.moves.astype(np.int32), [(move_words(move), book.verdicts[MOVE_LOOKS[move]]) for move in Move]
        ),
        book.texts(TextColumn(moved.law_changed.astype(np.int32), [_("No"), _("Yes")]), book.text),
    ]
    return book.rows(sheet, BulkRows(row, columns, book.heights([columns[4]], [56])), "two-years.csv")


def write_handing_in(book: Book, overviews: Sequence[Overview]) -> None:
    """Write who handed in what: every commune of the register, those without a usable report first."""
    names = [
        _("Code"),
        _("Commune"),
        _("Year"),
        _("Report"),
        _("Files"),
        _("Errors"),
        _("Warnings"),
        _("Why nothing can be used; remarks"),
    ]
    widths = [8, 20, 7, 26, 34, 9, 9, 60]
    sheet, row = book.sheet(_("Handing in"), _("Who handed in a report, and what came of it"), widths)
    for overview in overviews:
        counts = "; ".join(f"{handed_words(state)}: {overview.handing_in.count(state)}" for state in Handed)
        row = book.lines(sheet, row, [_("{year}: {counts}", year=overview.year, counts=counts)], widths)
    count = sum(len(overview.handing_in.communes) for overview in overviews)
    row = book.header(sheet, row, names, 2, row + count)
    if book.left_out(sheet, row, count, "handing-in.csv"):
        return
    parts = []
    for overview in overviews:
        strays = [
            _("a file with errors that names no commune: {file}", file=name) for name in overview.handing_in.strays
        ]
        beside = BulkColumn(np.zeros(len(strays), np.int32), [NOTHING])
        communes = sorted(overview.handing_in.communes, key=_unusable_first)
        errors = np.array([one.errors for one in communes], np.int64)
        texts = (
            [one.commune.code for one in communes],
            [one.commune.name for one in communes],
            [handed_words(one.state) for one in communes],
            [", ".join(one.files) for one in communes],
            ["; ".join(filter(None, (why_words(one), files_words(one)))) for one in communes],
        )
        code, name, state, files, why = (book.texts(column_of(own), book.wrapped) for own in texts)
        columns = [
            *(code, name, book.counts(np.full(len(communes), overview.year)), state, files),
            *(
                book.counts(errors),
                book.counts(np.array([len(one.problems) for one in communes], np.int64) - errors),
                why,
            ),
        ]
        parts += [columns, [*[beside] * 7, book.texts(column_of(strays), book.wrapped)]]
    stack = [stacked(own) for own in zip(*parts, strict=True)]
    heights = book.heights([stack[4], stack[7]], [widths[4], widths[7]])
    book.rows(sheet, BulkRows(row, stack, heights), "handing-in.csv")


def _unusable_first(one: HandedIn) -> tuple[int, str]:
    return list(Handed).index(one.state) * -1, one.commune.code
