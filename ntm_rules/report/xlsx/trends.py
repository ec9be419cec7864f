"""xu-huong.xlsx: several years as sheets to filter and sort."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_rules.i18n import _
from ntm_rules.plan.trend import FigureTrend
from ntm_rules.report.tables.trends import by_item, by_year, figures, moves
from ntm_rules.report.xlsx.book import About, Book
from ntm_rules.report.xlsx.lists import write_about
from ntm_rules.report.xlsx.tables import add_sheet, none_said
from ntm_rules.rulebook.plans import Goal
from ntm_rules.spreadsheet.files import opened
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.years import year_totals
from ntm_rules.wording.trends import breaks_words, trend_basis_words


def write_trends(
    path: Path, overviews: Sequence[Overview], trends: Sequence[FigureTrend], about: About, goals: Sequence[Goal] = ()
) -> None:
    """Write the workbook of trends.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    years = [overview.year for overview in overviews]
    title = _("The years {first} to {last}", first=years[0], last=years[-1])
    with opened(path, title) as file:
        book = Book(file, about)
        totals = [year_totals(overview.evaluation) for overview in overviews]
        said = [*trend_basis_words(years), *breaks_words(overviews[-1].evaluation.rules, goals, years)]
        table = by_year(totals).wide(*[12] * 8)
        add_sheet(book, _("By year"), title, table, lines=said, empty=none_said())
        table = moves(overviews, goals).wide(8, 8, 8, 20, 12, 10, 18, 18, 24, 10, 14)
        add_sheet(book, _("Rose and fell"), _("What rose and what fell from year to year"), table, empty=none_said())
        table = by_item(overviews)
        table = table.wide(10, 70, *[12] * (len(table.columns) - 2))
        heads = [f"{column.head} {column.over}".strip() for column in table.columns]
        table = table.headed(**dict(zip(table.keys, heads, strict=True)))
        heading = _("In how many communes each indicator rose or fell")
        add_sheet(book, _("Indicators"), heading, table, empty=none_said())
        table = figures(overviews[-1].evaluation.rules, trends, years)
        table = table.wide(8, 18, 10, 50, *[12] * len(years), 12, 14, 10, 16, 20, 30, 40)
        heading = _("Where every figure is going, and when its target is met at that pace")
        add_sheet(book, _("Figures"), heading, table, head_columns=3, empty=none_said(), blank=None)
        write_about(book, [overview.evaluation.rules for overview in overviews])
