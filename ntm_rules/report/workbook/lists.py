"""The smaller sheets: by agency, what is awaited, data problems, about the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ntm_rules.dataset.problems import Problem
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to
from ntm_rules.i18n import _
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.rows import shared_indicators
from ntm_rules.report.workbook.book import Book, id_width
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet
from ntm_rules.rulebook.models import Measure
from ntm_rules.standing.agencies import by_effect, by_share
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.decisions import decision_words, overdue_words, owner_words, waiting_words


def write_agencies(book: Book, overviews: Sequence[Overview]) -> None:
    """Write every lead agency with its numbers, its share, and what would change if it finished."""
    names = [
        _("Lead agency"),
        _("Year"),
        _("Indicators led"),
        _("Commune-indicators judged"),
        *(book.labels[v] for v in (Verdict.MET, Verdict.NOT_MET)),
        _("Share not met (%)"),
        _("Place by share"),
        _("Figures owed"),
        _("Conclusions awaited"),
        *(book.labels[v] for v in (Verdict.NO_TARGET, Verdict.NOT_APPLICABLE)),
        _("Held up by another agency"),
        _("Communes gaining a criterion if it finished"),
        _("Communes then meeting all that can be judged"),
        _("Place by effect"),
    ]
    widths = [38, 7, 10, 12, *[11] * 9, 14, 14, 9]
    sheet, row = book.sheet(_("By agency"), _("How each lead agency's indicators stand"), widths)
    lines = [
        _(
            "“If it finished”: every requirement it leads that is not met now were met; figures owed, conclusions and targets "
            "awaited stay as they are. The first by effect is the bottleneck."
        )
    ]
    shared = shared_indicators([overview.evaluation for overview in overviews])
    if shared:
        lines += [
            _(
                "An indicator with several lead agencies counts for each of them, so columns add up to more: {ids}",
                ids=", ".join(shared),
            ),
            _(
                "It is not met, without data or without a target for those whose own requirement stands in the way,"
                " as in the gaps; for the others it is held up by another agency."
            ),
        ]
    row = book.lines(sheet, row, lines, widths)
    row = book.header(sheet, row, names, 1, row + sum(len(overview.agencies) for overview in overviews))
    for overview in overviews:
        shares = {one.agency: n for n, one in enumerate(by_share(overview.agencies), 1)}
        effects = {one.agency: n for n, one in enumerate(by_effect(overview.agencies), 1)}
        for one in overview.agencies:
            name = agency_name(overview.evaluation.rules, one.agency)
            sheet.write_string(row, 0, name, book.wrapped)
            before = [overview.year, one.indicators, one.applicable + one.not_applicable, one.met, one.not_met]
            sheet.write_row(row, 1, before, book.whole)
            sheet.write_number(row, 6, float(nearest_to(one.share * 100, 1)), book.decimals(1))
            after = [
                shares[one.agency],
                one.owed,
                one.ruling,
                one.no_target,
                one.not_applicable,
                one.elsewhere,
                one.gaining,
                one.completing,
                effects[one.agency],
            ]
            sheet.write_row(row, 7, after, book.whole)
            book.wrapped_row(sheet, row, [name], widths)
            row += 1


def write_awaited(book: Book, overviews: Sequence[Overview]) -> None:
    """Write the decisions awaited with owner, due day and days overdue, then every requirement that waits."""
    laws = [overview.evaluation.rules for overview in overviews]
    found = {r.id: (rules, r) for rules in laws for r in rules.requirements() if isinstance(r.target, AwaitedTarget)}
    waiting = list(found.values())
    names = [_("Item"), _("Requirement"), _("Lead agency"), _("Decision awaited"), _("Note")]
    widths = [id_width((requirement.id for _rules, requirement in waiting), 10), 62, 30, 46, 36]
    sheet, row = book.sheet(_("Awaited"), _("Requirements whose target no document in force fixes"), widths)
    documents = {document.id: (overview, document) for overview in overviews for document in overview.awaited}
    if documents:
        for column, name in enumerate(
            ("", _("Decision awaited"), _("Owed by"), _("Due, and days overdue"), _("What waits"))
        ):
            sheet.write_string(row, column, name, book.head)
        row += 1
    for n, (overview, document) in enumerate(documents.values(), 1):
        rules = overview.evaluation.rules
        title = str(document.title) if document.title else _("no decision is named")
        due = on_day(document.due) if document.due else _("no day is set")
        overdue = overdue_words(document)
        cells = [
            str(n),
            title,
            owner_words(rules, document),
            f"{due}; {overdue}" if overdue else due,
            waiting_words(document),
        ]
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, book.wrapped)
        book.wrapped_row(sheet, row, cells, widths)
        row += 1
    row = book.header(sheet, row + 1, names, 1, row + 1 + len(waiting))
    for rules, requirement in waiting:
        target = requirement.target
        assert isinstance(target, AwaitedTarget)
        cells = [
            requirement.id,
            str(requirement.words),
            agency_name(rules, requirement.lead),
            decision_words(rules, target.decision) or str(_("no target is in force on this date")),
            str(target.note) if target.note else "",
        ]
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, book.wrapped)
        book.wrapped_row(sheet, row, cells, widths)
        row += 1


def write_problems(book: Book, problems: Sequence[Problem], measures: Mapping[str, Measure]) -> None:
    names = [
        _("File"),
        _("Place"),
        _("Code"),
        _("Commune"),
        _("Year"),
        _("Figure"),
        _("What stands there"),
        _("What is wrong"),
        _("How to mend it"),
        _("Severity"),
    ]
    widths = [28, 18, 8, 16, 6, 32, 18, 46, 46, 10]
    sheet, row = book.sheet(_("Data problems"), _("What could not be used, or needs a look"), widths, 1)
    row = book.header(sheet, row, names, 2, row + len(problems))
    if not problems:
        sheet.write_string(row, 0, _("None."), book.text)
    for problem in problems:
        cells = [
            problem.file,
            str(problem.place()),
            problem.commune_code,
            problem.commune,
            str(problem.year or ""),
            f"{measures[problem.measure].label!s} ({problem.measure})"
            if problem.measure in measures
            else problem.measure,
            problem.value,
            str(problem.message()),
            str(problem.mend()),
            str(problem.severity.words),
        ]
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, book.wrapped)
        book.wrapped_row(sheet, row, cells, widths)
        row += 1


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


MEANINGS = {
    Verdict.MET: lambda: _("every requirement that applies is reached"),
    Verdict.NOT_MET: lambda: _("at least one requirement misses its target; see the gaps"),
    Verdict.NO_DATA: lambda: _("a figure that decides is missing or cannot be used; neither met nor not met"),
    Verdict.NO_TARGET: lambda: _("no document in force fixes the target; neither met nor not met"),
    Verdict.NOT_APPLICABLE: lambda: _("“if any”, and the commune has none; left out of the denominators"),
}
