"""The sheets on how the province stands: who is nearest, what moved since the year before, who handed in."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.i18n import _
from ntm_rules.report.tables.handed_in import handed_in
from ntm_rules.report.tables.nearest import nearest
from ntm_rules.report.tables.two_years import changes, moved_items, totals
from ntm_rules.report.xlsx.book import Book
from ntm_rules.report.xlsx.tables import add_part, add_rows, add_sheet
from ntm_rules.standing.handing_in import Handed
from ntm_rules.standing.nearest import Order
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.standing import handed_words, law_of_years_words, no_longer_words, order_words

TITLES = {"title": 56}
"""Characters: in which the title of a criterion or an indicator is read whole."""


def write_nearest(book: Book, overviews: Sequence[Overview]) -> None:
    """Write the communes nearest first, with the place in the other order, what is left and what waits."""
    lines = [order_words(Order.FEWEST), _("Other order: {rule}", rule=order_words(Order.DISTANCE))]
    table = nearest(overviews).wide(7, 10, 8, 20, 7, *[11] * 10)
    plain = ("commune_code", "commune")
    title = _("Nearest to meeting all that can be judged")
    add_sheet(book, _("Nearest"), title, table, fixed=4, lines=lines, plain=plain, tall={}, file="nearest.csv")


def write_years(book: Book, overviews: Sequence[Overview]) -> None:
    """Write what moved since the year before, where there is one, and who was recognised and is not up to it now."""
    compared = [(overview, overview.years) for overview in overviews if overview.years is not None]
    told = [no_longer_words(one) for overview in overviews for one in overview.recognised if one.no_longer]
    if not compared and not told:
        return
    widths = [10, 20, 12, 11, 56, 18, 18, 24, 16]
    sheet, row = book.sheet(_("Two years"), _("What rose and what fell since the year before"), widths)
    row = book.lines(sheet, row, told, widths, strong=True)
    for overview, years in compared:
        row = book.lines(sheet, row, [law_of_years_words(years)], widths) + 1
        shown = ("commune_code", "commune", "level", "id", "title", "verdict_before", "verdict", "move", "rule_changed")
        moved = changes([overview]).only(*shown).wide(*widths)
        row = add_part(book, sheet, row, totals(years).wide(*widths[:8]), height=32) + 1
        row = add_part(book, sheet, row, moved_items(overview, years).wide(*widths[:6]), height=32, tall=TITLES) + 1
        row = add_part(book, sheet, row, moved, height=32, tall=TITLES, plain=("rule_changed",), file="two-years.csv")


def write_handing_in(book: Book, overviews: Sequence[Overview]) -> None:
    """Write who handed in what: every commune of the register, those without a usable report first."""
    lines = []
    for overview in overviews:
        counts = "; ".join(f"{handed_words(state)}: {overview.handing_in.count(state)}" for state in Handed)
        lines.append(_("{year}: {counts}", year=overview.year, counts=counts))
    widths = (8, 20, 7, 0, 26, 34, 9, 9, 60, 0, 0)
    tables = [handed_in([overview], unusable_first=True).wide(*widths) for overview in overviews]
    title = _("Who handed in a report, and what came of it")
    sheet, row = book.sheet(_("Handing in"), title, tables[0].widths)
    row = book.lines(sheet, row, lines, tables[0].widths)
    row = book.header(sheet, row, tables[0].heads, 2, row + sum(len(table) for table in tables))
    for overview, table in zip(overviews, tables, strict=True):
        row = add_rows(book, sheet, row, table, tall={"files": 34, "why": 60}, file="handing-in.csv")
        for name in overview.handing_in.strays:
            words = _("a file with errors that names no commune: {file}", file=name)
            sheet.write_string(row, 7, words, book.wrapped)
            row += 1
