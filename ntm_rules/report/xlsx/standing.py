"""The sheets on how the province stands: who is nearest, what moved since the year before, who handed in."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.i18n import _
from ntm_rules.report.tables.handed_in import handed_in
from ntm_rules.report.tables.nearest import nearest
from ntm_rules.report.tables.two_years import changes, moved_items, totals
from ntm_rules.report.xlsx.book import Book
from ntm_rules.report.xlsx.tables import How, add_part, add_rows, add_sheet
from ntm_rules.standing.handing_in import Handed
from ntm_rules.standing.nearest import Order
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.standards import nearest_words
from ntm_rules.wording.standing import handed_words, law_of_years_words, no_longer_words, order_words

TITLES = {"title": 56}
"""Characters: in which the title of a criterion or an indicator is read whole."""


def write_nearest(book: Book, overviews: Sequence[Overview]) -> None:
    """Write the communes nearest first, with the place in the other order, what is left and what waits."""
    rules = next((one.evaluation.rules for one in overviews), None)
    lines = [order_words(Order.FEWEST, rules), _("Other order: {rule}", rule=order_words(Order.DISTANCE, rules))]
    table = nearest(book.repeated(overviews)).wide(7, 10, 8, 20, 7, *[11] * 10)
    how = How(
        plain=("commune_code", "commune"),
        tall={},
        file="nearest.csv",
        count=sum(len(overview.nearest) for overview in overviews),
    )
    title = nearest_words(rules.standard if rules else None)
    add_sheet(book, _("Nearest"), title, table, head_columns=4, lines=lines, **how)


def write_years(book: Book, overviews: Sequence[Overview]) -> None:
    """Write what moved since the year before, where there is one, and who was recognised and is not up to it now."""
    told = [no_longer_words(one) for overview in overviews for one in overview.recognised if one.no_longer]
    if not told and all(overview.before is None for overview in overviews):
        return
    widths = [10, 20, 12, 11, 56, 18, 18, 24, 16]
    sheet, row = book.sheet(_("Two years"), _("What rose and what fell since the year before"), widths)
    row = book.lines(sheet, row, told, widths, strong=True)
    for overview in overviews:
        if (years := overview.years) is None:
            continue
        row = book.lines(sheet, row, [law_of_years_words(years)], widths) + 1
        shown = ("commune_code", "commune", "level", "id", "title", "verdict_before", "verdict", "move", "rule_changed")
        moved = changes([overview]).only(*shown).wide(*widths)
        row = add_part(book, sheet, row, totals(years).wide(*widths[:8]), height=32) + 1
        row = add_part(book, sheet, row, moved_items(overview, years).wide(*widths[:6]), height=32, tall=TITLES) + 1
        how = How(tall=TITLES, plain=("rule_changed",), file="two-years.csv", count=len(years.moved.rows))
        row = add_part(book, sheet, row, moved, height=32, **how)
        del years, moved  # before those of the next year are made


def write_handing_in(book: Book, overviews: Sequence[Overview]) -> None:
    """Write who handed in what: every commune of the register, those without a usable report first."""
    lines, count = [], 0
    for overview in overviews:
        handed = overview.handing_in
        count += len(handed.communes)
        counts = "; ".join(f"{handed_words(state)}: {handed.count(state)}" for state in Handed)
        lines.append(_("{year}: {counts}", year=overview.year, counts=counts))
    widths = (8, 20, 7, 0, 26, 34, 9, 9, 60, 0, 0)
    table = handed_in(book.repeated(overviews), unusable_first=True).wide(*widths)
    title = _("Who handed in a report, and what came of it")
    sheet, row = book.sheet(_("Handing in"), title, table.widths)
    row = book.lines(sheet, row, lines, table.widths)
    row = book.header(sheet, row, table.heads, 2, row + count)
    how = How(tall={"files": 34, "why": 60}, file="handing-in.csv", count=count, blank=None)
    add_rows(book, sheet, row, table, **how)
