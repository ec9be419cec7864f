"""The smaller sheets: by agency, what is awaited, data problems, about the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ntm_rules.dataset.problems import Problem
from ntm_rules.i18n import _
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.tables.agencies import agencies, shared_indicators
from ntm_rules.report.tables.awaited import decisions, requirements
from ntm_rules.report.tables.problems import problems as table_of_problems
from ntm_rules.report.xlsx.book import Book, id_width
from ntm_rules.report.xlsx.tables import add_part, add_rows, add_sheet, none_said
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Measure
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.agencies import shared_words
from ntm_rules.wording.verdicts import MEANINGS


def write_agencies(book: Book, overviews: Sequence[Overview]) -> None:
    """Write every lead agency with its numbers, its share, and what would change if it finished."""
    lines = [
        _(
            "“If it finished”: every requirement it leads that is not met now were met; figures owed, conclusions and targets "
            "awaited stay as they are. The first by effect is the bottleneck."
        )
    ]
    shared = shared_indicators([overview.evaluation for overview in overviews])
    if shared:
        lines += [
            shared_words(shared),
            _(
                "It is not met, without data or without a target for those whose own requirement stands in the way,"
                " as in the gaps; for the others it is held up by another agency."
            ),
        ]
    table = agencies(overviews).headed(share_not_met=_("Share not met (%)"))
    table = table.only(
        *("agency", "year", "indicators", "judged", "met", "not_met", "share_not_met", "place_by_share"),
        *("without_figures", "ruling_awaited", "no_target", "not_applicable", "elsewhere"),
        *("communes_gaining", "communes_completing", "place_by_effect"),
    )
    table = table.wide(38, 7, 10, 12, *[11] * 9, 14, 14, 9)
    add_sheet(book, _("By agency"), _("How each lead agency's indicators stand"), table, lines=lines)


def write_awaited(book: Book, overviews: Sequence[Overview]) -> None:
    """Write the decisions awaited with owner, due day and days overdue, then every requirement that waits."""
    laws = [overview.evaluation.rules for overview in overviews]
    waiting = {r.id: (rules, r) for rules in laws for r in rules.requirements() if r.awaited}
    table = requirements(waiting.values()).without("part")
    table = table.wide(id_width((str(row[0]) for row in table.rows), 10), 62, 30, 46, 36)
    sheet, row = book.sheet(_("Awaited"), _("Requirements whose target no document in force fixes"), table.widths)
    documents = decisions(overviews).wide(*table.widths)
    if documents:
        row = add_part(book, sheet, row, documents)
    row = book.header(sheet, row + 1, table.heads, 1, row + 1 + len(table))
    add_rows(book, sheet, row, table)


def write_problems(book: Book, problems: Sequence[Problem], measures: Mapping[str, Measure]) -> None:
    table = table_of_problems(problems, measures).only(
        file=28, place=18, commune_code=8, commune=16, year=6, figure=32, value=18, message=46, mend=46, severity=10
    )
    title = _("What could not be used, or needs a look")
    add_sheet(
        book, _("Data problems"), title, table, head_columns=2, page_columns=1, empty=none_said(), file="problems.csv"
    )


def write_about(book: Book, laws: Sequence[CriteriaSet]) -> None:
    sheet, row = book.sheet(_("About"), _("About this run, and the legend"), [34, 96])
    for verdict in LEGEND_ORDER:
        sheet.write_string(row, 0, book.letters[verdict], book.verdicts[verdict])
        sheet.write_string(row, 1, f"{book.labels[verdict]}: {MEANINGS[verdict]()}", book.wrapped)
        row += 1
    row += 1
    for notice in dict.fromkeys(notice for rules in laws for notice in rules.notices):
        sheet.write_string(row, 0, _("Notice"), book.text)
        sheet.write_string(row, 1, str(notice), book.wrapped)
        row += 1
    row += 1
    for name, value in book.facts.lines:
        sheet.write_string(row, 0, name, book.text)
        sheet.write_string(row, 1, value, book.wrapped)
        book.wrapped_row(sheet, row, [value], [96])
        row += 1
