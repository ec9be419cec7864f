"""The smaller sheets: by agency, what is awaited, data problems, about the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ntm_rules.dataset.problems import Problem
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _, current_language
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.rows import AgencyCount, agency_counts, shared_indicators
from ntm_rules.report.wording import (
    agency_name,
    decision_words,
    requirement_words,
)
from ntm_rules.report.workbook.book import Book, id_width
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet
from ntm_rules.rulebook.models import Measure


def write_agencies(book: Book, evaluations: Sequence[Evaluation]) -> None:
    names = [
        _("Lead agency"),
        _("Year"),
        _("Indicators led"),
        _("Commune-indicators judged"),
        *(book.labels[v] for v in LEGEND_ORDER),
        _("Held up by another agency"),
    ]
    sheet, row = book.sheet(_("By agency"), _("How each lead agency's indicators stand"), [42, 7, 11, 14, *[13] * 6])
    shared = shared_indicators(evaluations)
    if shared:
        for words in (
            _(
                "An indicator with several lead agencies counts for each of them, so columns add up to more: {ids}",
                ids=", ".join(shared),
            ),
            _(
                "It is not met, without data or without a target for those whose own requirement stands in the way,"
                " as in the gaps; for the others it is held up by another agency."
            ),
        ):
            sheet.write_string(row, 0, words, book.text)
            row += 1
    counts: list[tuple[int, AgencyCount]] = [
        (evaluation.records[0].year, count)
        for evaluation in evaluations
        if evaluation.records
        for count in agency_counts(evaluation)
    ]
    row = book.header(sheet, row, names, 1, row + len(counts))
    for year, c in counts:
        sheet.write_string(row, 0, agency_name(evaluations[0].rules, c.agency), book.text)
        total = c.met + c.not_met + c.no_data + c.no_target + c.not_applicable + c.elsewhere
        by_verdict = {
            Verdict.MET: c.met,
            Verdict.NOT_MET: c.not_met,
            Verdict.NO_DATA: c.no_data,
            Verdict.NO_TARGET: c.no_target,
            Verdict.NOT_APPLICABLE: c.not_applicable,
        }
        counted = [year, c.indicators, total, *(by_verdict[v] for v in LEGEND_ORDER), c.elsewhere]
        sheet.write_row(row, 1, counted, book.whole)
        row += 1


def write_awaited(book: Book, laws: Sequence[CriteriaSet]) -> None:
    found = {r.id: (rules, r) for rules in laws for r in rules.requirements() if isinstance(r.target, AwaitedTarget)}
    waiting = list(found.values())
    names = [_("Item"), _("Requirement"), _("Lead agency"), _("Decision awaited"), _("Note")]
    widths = [id_width((requirement.id for _rules, requirement in waiting), 8), 70, 36, 60, 50]
    sheet, row = book.sheet(_("Awaited"), _("Requirements whose target no document in force fixes"), widths)
    row = book.header(sheet, row, names, 1, row + len(waiting))
    for rules, requirement in waiting:
        target = requirement.target
        assert isinstance(target, AwaitedTarget)
        cells = [
            requirement.id,
            requirement_words(requirement),
            agency_name(rules, requirement.lead),
            decision_words(rules, target.decision) or str(_("no target is in force on this date")),
            target.note.in_language(current_language()) if target.note else "",
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
    widths = [34, 22, 8, 18, 7, 44, 24, 60, 60, 12]
    sheet, row = book.sheet(_("Data problems"), _("What could not be used, or needs a look"), widths)
    row = book.header(sheet, row, names, 2, row + len(problems))
    if not problems:
        sheet.write_string(row, 0, _("None."), book.text)
    language = current_language()
    for problem in problems:
        cells = [
            problem.file,
            str(problem.place()),
            problem.commune_code,
            problem.commune,
            str(problem.year or ""),
            f"{measures[problem.measure].label.in_language(language)} ({problem.measure})"
            if problem.measure in measures
            else problem.measure,
            problem.value,
            str(problem.message()),
            str(problem.mend()),
            _("error") if problem.severity == "error" else _("warning"),
        ]
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, book.wrapped)
        book.wrapped_row(sheet, row, cells, widths)
        row += 1


def write_about(book: Book, laws: Sequence[CriteriaSet]) -> None:
    sheet, row = book.sheet(_("About"), _("About this run, and the legend"), [34, 110])
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
        book.wrapped_row(sheet, row, [value], [110])
        row += 1


MEANINGS = {
    Verdict.MET: lambda: _("every requirement that applies is reached"),
    Verdict.NOT_MET: lambda: _("at least one requirement misses its target; see the gaps"),
    Verdict.NO_DATA: lambda: _("a figure that decides is missing or cannot be used; neither met nor not met"),
    Verdict.NO_TARGET: lambda: _("no document in force fixes the target; neither met nor not met"),
    Verdict.NOT_APPLICABLE: lambda: _("“if any”, and the commune has none; left out of the denominators"),
}
