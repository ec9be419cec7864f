"""ket-qua.xlsx: the results for people, sheet by sheet.

The workbook carries no date and no path: the same input gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.problems import Problem
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _, current_language
from ntm_rules.report.rows import AgencyCount, agency_counts, summary_rows
from ntm_rules.report.wording import (
    actual_words,
    agency_name,
    counted_unit,
    counted_words,
    decision_words,
    gap_words,
    owed_words,
    requirement_words,
    target_words,
)
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet, Criterion, Indicator, Requirement

EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""The creation date in the file's properties: fixed, so that equal results are equal bytes."""

WHITE = "#FFFFFF"
COLOURS = {
    Verdict.MET: ("#C6EFCE", "#006100"),
    Verdict.NOT_MET: ("#FFC7CE", "#9C0006"),
    Verdict.NO_DATA: ("#FFEB9C", "#7F6000"),
    Verdict.NO_TARGET: ("#D9E1F2", "#1F3864"),
    Verdict.NOT_APPLICABLE: ("#EDEDED", "#595959"),
}
"""Verdict -> background and text; each pair has a contrast of 4.5 to 1 or more, letters do the rest."""


class About(NamedTuple):
    """What the last sheet says of a run."""

    lines: Sequence[tuple[str, str]]
    illustrative: Sequence[str]
    """Warnings that stand on top of every sheet; empty for real figures under real rules."""


def write_workbook(
    path: Path,
    evaluations: Sequence[Evaluation],
    problems: Sequence[Problem],
    about: About,
) -> None:
    """Write all sheets for one or more evaluated years."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": _("Assessment results"), "created": EPOCH})
        writer = _Writer(book, about)
        writer.summary(evaluations)
        writer.matrix(evaluations)
        writer.gaps(evaluations)
        writer.agencies(evaluations)
        writer.awaited(evaluations[0].rules)
        writer.problems(problems)
        writer.about(evaluations[0].rules)


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, about: About) -> None:
        self.book = book
        self.facts = about
        base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
        self.text = book.add_format(base)
        self.wrapped = book.add_format({**base, "text_wrap": True})
        self.whole = book.add_format({**base, "num_format": "0", "align": "center"})
        self.number = book.add_format({**base, "num_format": "#,##0.####", "indent": 1})
        self.title = book.add_format({**base, "bold": True, "font_size": 14})
        self.warning = book.add_format({**base, "bold": True, "font_color": "#9C0006"})
        head = {**base, "bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "valign": "vcenter"}
        self.head = book.add_format({**head, "align": "center"})
        self.band = book.add_format({**head, "align": "left"})
        self.verdicts = {
            verdict: book.add_format(
                {
                    **base,
                    "bg_color": back,
                    "font_color": fore,
                    "align": "center",
                    "border": 1,
                    "border_color": "#FFFFFF",
                }
            )
            for verdict, (back, fore) in COLOURS.items()
        }
        self.strong = {
            verdict: book.add_format(
                {**base, "bold": True, "bg_color": back, "font_color": fore, "align": "center", "border": 1}
            )
            for verdict, (back, fore) in COLOURS.items()
        }
        self.letters = {verdict: str(verdict.letter) for verdict in Verdict}
        self.labels = {verdict: str(verdict.label) for verdict in Verdict}

    def sheet(self, name: str, title: str, widths: Sequence[float]) -> tuple[Worksheet, int]:
        """Start a sheet with its title and warnings; return it and the first free row."""
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, title, self.title)
        row = 1
        for warning in self.facts.illustrative:
            sheet.write_string(row, 0, warning, self.warning)
            row += 1
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet, row

    def header(self, sheet: Worksheet, row: int, names: Sequence[str], fixed: int, last: int) -> int:
        """Write a table's header, freeze it, filter it, repeat it in print; return the first data row."""
        sheet.set_row(row, HEADER_HEIGHT)
        for column, name in enumerate(names):
            sheet.write_string(row, column, name, self.head)
        sheet.freeze_panes(row + 1, fixed)
        sheet.autofilter(row, 0, max(last, row + 1), len(names) - 1)
        sheet.repeat_rows(row)
        return row + 1

    def summary(self, evaluations: Sequence[Evaluation]) -> None:
        rules = evaluations[0].rules
        criteria = [c.id for c in rules.criteria]
        names = [
            _("Code"),
            _("Commune"),
            _("Year"),
            _("Group"),
            _("Criteria met"),
            _("of"),
            _("Indicators met"),
            _("of (applicable)"),
            _("Not met"),
            _("No data yet"),
            _("Target not yet fixed"),
            _("Not applicable"),
            _("Band"),
            _("Meets every criterion"),
            _("Further conditions"),
            _("Recognised by decision"),
            *(_("C{id}", id=c) for c in criteria),
        ]
        sheet, row = self.sheet(
            _("Summary"),
            rules.title.in_language(current_language()),
            [8, 18, 7, 10, *[9] * 8, 16, 16, 16, 18, *[9] * 10],
        )
        row = self.totals(sheet, row + 1, evaluations) + 1
        count = sum(len(e.records) for e in evaluations)
        row = self.header(sheet, row, names, 2, row + count)
        bands = {band.id: band.title.in_language(current_language()) for band in rules.bands}
        recognised = {"yes": _("Yes"), "no": _("No"), "": _("not reported")}
        for evaluation in evaluations:
            by_criterion = evaluation.level("criterion")
            for record, s in enumerate(summary_rows(evaluation)):
                group = rules.groups[s.group].title.in_language(current_language()) if s.group else _("unknown")
                cells: list[Any] = [
                    s.commune_code,
                    s.commune,
                    s.year,
                    group,
                    s.criteria_met,
                    s.criteria_applicable,
                    s.indicators_met,
                    s.indicators_applicable,
                    s.indicators_not_met,
                    s.indicators_no_data,
                    s.indicators_no_target,
                    s.indicators_not_applicable,
                    bands.get(s.band, ""),
                    self.labels[Verdict[s.meets_every_criterion]],
                    self.labels[Verdict[s.further_conditions]] if s.further_conditions else "",
                    recognised[s.recognised],
                ]
                for column, cell in enumerate(cells):
                    sheet.write(row, column, cell, self.text if isinstance(cell, str) else self.whole)
                for column, at in enumerate(by_criterion, len(cells)):
                    verdict = evaluation.verdict(at, record)
                    sheet.write_string(row, column, self.letters[verdict], self.verdicts[verdict])
                row += 1

    def totals(self, sheet: Worksheet, row: int, evaluations: Sequence[Evaluation]) -> int:
        """Write the counts of communes by band and group, as the provincial forms count them."""
        for evaluation in evaluations:
            rules, language = evaluation.rules, current_language()
            groups = [*rules.groups, None]
            found = [
                (evaluation.groups[r], s.band, s.meets_every_criterion, s.recognised)
                for r, s in enumerate(summary_rows(evaluation))
            ]
            year = evaluation.records[0].year if evaluation.records else ""
            head = [
                _("Communes in {year}", year=year),
                "",
                _("Total"),
                *(rules.groups[g].title.in_language(language) if g else _("Group unknown") for g in groups),
            ]
            sheet.set_row(row, 32)
            for column, name in enumerate(head):
                sheet.write_string(row, column, name, self.head)
            lines: list[tuple[str, Any]] = [(_("Evaluated"), lambda _found: True)]
            for band in rules.bands:
                lines.append((band.title.in_language(language), lambda f, band=band.id: f[1] == band))
            lines.append((_("Meets every criterion"), lambda f: f[2] == Verdict.MET.name))
            lines.append((_("Recognised by decision"), lambda f: f[3] == "yes"))
            for label, chosen in lines:
                row += 1
                counted = [f for f in found if chosen(f)]
                sheet.write_string(row, 0, label, self.text)
                sheet.write_number(row, 2, len(counted), self.whole)
                for column, group in enumerate(groups, 3):
                    sheet.write_number(row, column, sum(f[0] == group for f in counted), self.whole)
            row += 2
        return row

    def matrix(self, evaluations: Sequence[Evaluation]) -> None:
        rules = evaluations[0].rules
        sheet, row = self.sheet(_("Matrix"), _("Indicators of every commune"), [8, 18, 7])
        legend = "   ".join(f"{self.letters[v]} = {self.labels[v]}" for v in LEGEND_ORDER)
        sheet.write_string(row, 0, legend, self.text)
        row += 1
        table = evaluations[0].table
        columns: list[tuple[str, int]] = []
        for at in evaluations[0].level("criterion"):
            criterion = table[at].node
            assert isinstance(criterion, Criterion)
            first = 3 + len(columns)
            columns.append((_("C{id}", id=criterion.id), at))
            columns += [(table[i].id, i) for i in table[at].children]
            last = 3 + len(columns) - 1
            title = criterion.title_en if current_language() == "en" else criterion.title
            sheet.merge_range(row, first, row, last, f"{criterion.id}. {title}", self.band)
            sheet.set_column(first, first, 5)
            sheet.set_column(first + 1, last, 5, None, {"level": 1})
        sheet.set_row(row, 45)
        row += 1
        names = [_("Code"), _("Commune"), _("Year"), *(name for name, _at in columns)]
        count = sum(len(e.records) for e in evaluations)
        header_row = row
        row = self.header(sheet, row, names, 3, row + count)
        for column, (_name, at) in enumerate(columns, 3):
            node = table[at].node
            if isinstance(node, Indicator):
                words = node.text_en if current_language() == "en" else node.text
                leads = "; ".join(agency_name(rules, lead) for lead in node.leads())
                sheet.write_comment(header_row, column, f"{words}\n\n{leads}", {"x_scale": 2.5, "y_scale": 2})
        for evaluation in evaluations:
            for record, at_record in enumerate(evaluation.records):
                sheet.write_string(row, 0, at_record.code, self.text)
                sheet.write_string(row, 1, at_record.name, self.text)
                sheet.write_number(row, 2, at_record.year, self.whole)
                for column, (_name, at) in enumerate(columns, 3):
                    here = evaluation.row_of.get((table[at].level, table[at].id))
                    if here is None:  # an indicator that is not in force in this year
                        continue
                    verdict = evaluation.verdict(here, record)
                    look = self.strong if table[at].level == "criterion" else self.verdicts
                    sheet.write_string(row, column, self.letters[verdict], look[verdict])
                row += 1

    def gaps(self, evaluations: Sequence[Evaluation]) -> None:
        names = [
            _("Code"),
            _("Commune"),
            _("Year"),
            _("Item"),
            _("Requirement"),
            _("Verdict"),
            _("Reported"),
            _("Counted"),
            _("Target"),
            _("Shortfall"),
            _("Amount"),
            _("Unit"),
            _("What is missing"),
            _("Lead agency"),
        ]
        widths = [8, 18, 7, 8, 60, 16, 16, 22, 18, 10, 10, 12, 38, 34]
        sheet, row = self.sheet(_("Gaps"), _("What is not met and what was not reported"), widths)
        rows = [found for evaluation in evaluations for found in self.gap_cells(evaluation)]
        row = self.header(sheet, row, names, 4, row + len(rows))
        for cells, verdict in rows:
            for column, cell in enumerate(cells):
                if column == VERDICT_COLUMN:
                    sheet.write_string(row, column, str(cell), self.verdicts[verdict])
                elif isinstance(cell, str):
                    if cell:
                        sheet.write_string(row, column, cell, self.text)
                elif cell is not None:
                    sheet.write_number(row, column, cell, self.whole if column == YEAR_COLUMN else self.number)
            row += 1

    def gap_cells(self, evaluation: Evaluation) -> Iterable[tuple[list[Any], Verdict]]:
        """Yield the rows of the gaps sheet: per commune what is not met, then what is owed."""
        rules, table = evaluation.rules, evaluation.table
        words = {r.id: requirement_words(r) for r in rules.requirements()}
        for record, at in enumerate(evaluation.records):
            for row, gap in evaluation.gaps(record):
                node = table[row].node
                assert isinstance(node, Requirement)
                now, before = evaluation.reported(node, record)
                target = evaluation.target(node, record)
                measure = rules.measures[node.measure]
                yield (
                    [
                        at.code,
                        at.name,
                        at.year,
                        node.id,
                        words[node.id],
                        self.labels[Verdict.NOT_MET],
                        actual_words(rules, node, now, before, target),
                        counted_words(measure, now),
                        target_words(rules, node, target),
                        float(gap.shortfall) if gap.shortfall is not None else None,
                        float(gap.quantity) if gap.quantity is not None else None,
                        counted_unit(measure) if gap.quantity is not None else "",
                        gap_words(rules, node, gap),
                        agency_name(rules, node.lead),
                    ],
                    Verdict.NOT_MET,
                )
            for row in evaluation.level("requirement"):
                node = table[row].node
                if evaluation.verdict(row, record) is not Verdict.NO_DATA or not isinstance(node, Requirement):
                    continue
                yield (
                    [
                        *(at.code, at.name, at.year, node.id, words[node.id]),
                        self.labels[Verdict.NO_DATA],
                        *("", ""),
                        target_words(rules, node, evaluation.target(node, record)),
                        *(None, None, ""),
                        owed_words(rules, node, evaluation.reason(row, record)),
                        agency_name(rules, node.lead),
                    ],
                    Verdict.NO_DATA,
                )

    def agencies(self, evaluations: Sequence[Evaluation]) -> None:
        names = [
            _("Lead agency"),
            _("Year"),
            _("Indicators led"),
            _("Commune-indicators judged"),
            *(self.labels[v] for v in LEGEND_ORDER),
        ]
        sheet, row = self.sheet(_("By agency"), _("Whose job each gap is"), [42, 7, 11, 14, *[13] * 5])
        counts: list[tuple[int, AgencyCount]] = [
            (evaluation.records[0].year, count)
            for evaluation in evaluations
            if evaluation.records
            for count in agency_counts(evaluation)
        ]
        row = self.header(sheet, row, names, 1, row + len(counts))
        for year, c in counts:
            sheet.write_string(row, 0, agency_name(evaluations[0].rules, c.agency), self.text)
            total = c.met + c.not_met + c.no_data + c.no_target + c.not_applicable
            by_verdict = {
                Verdict.MET: c.met,
                Verdict.NOT_MET: c.not_met,
                Verdict.NO_DATA: c.no_data,
                Verdict.NO_TARGET: c.no_target,
                Verdict.NOT_APPLICABLE: c.not_applicable,
            }
            sheet.write_row(row, 1, [year, c.indicators, total, *(by_verdict[v] for v in LEGEND_ORDER)], self.whole)
            row += 1

    def awaited(self, rules: CriteriaSet) -> None:
        waiting = [r for r in rules.requirements() if isinstance(r.target, AwaitedTarget)]
        names = [_("Item"), _("Requirement"), _("Lead agency"), _("Decision awaited"), _("Note")]
        sheet, row = self.sheet(
            _("Awaited"), _("Requirements whose target no document in force fixes"), [8, 70, 36, 60, 50]
        )
        row = self.header(sheet, row, names, 1, row + len(waiting))
        for requirement in waiting:
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
                sheet.write_string(row, column, cell, self.wrapped)
            row += 1

    def problems(self, problems: Sequence[Problem]) -> None:
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
        sheet, row = self.sheet(
            _("Data problems"), _("What could not be used, or needs a look"), [34, 22, 8, 18, 7, 30, 24, 60, 60, 12]
        )
        row = self.header(sheet, row, names, 2, row + len(problems))
        if not problems:
            sheet.write_string(row, 0, _("None."), self.text)
        for problem in problems:
            cells = [
                problem.file,
                str(problem.place()),
                problem.commune_code,
                problem.commune,
                str(problem.year or ""),
                problem.measure,
                problem.value,
                str(problem.message()),
                str(problem.mend()),
                _("error") if problem.severity == "error" else _("warning"),
            ]
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell, self.wrapped)
            row += 1

    def about(self, rules: CriteriaSet) -> None:
        sheet, row = self.sheet(_("About"), _("About this run, and the legend"), [34, 110])
        for name, value in self.facts.lines:
            sheet.write_string(row, 0, name, self.text)
            sheet.write_string(row, 1, value, self.wrapped)
            row += 1
        row += 1
        for verdict in LEGEND_ORDER:
            sheet.write_string(row, 0, self.letters[verdict], self.verdicts[verdict])
            sheet.write_string(row, 1, f"{self.labels[verdict]}: {MEANINGS[verdict]()}", self.wrapped)
            row += 1
        row += 1
        for notice in rules.notices:
            sheet.write_string(row, 0, _("Notice"), self.text)
            sheet.write_string(row, 1, str(notice), self.wrapped)
            row += 1


LEGEND_ORDER = (Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET, Verdict.NOT_APPLICABLE)
YEAR_COLUMN, VERDICT_COLUMN = 2, 5
HEADER_HEIGHT = 48
"""Points: room for three lines."""
MEANINGS = {
    Verdict.MET: lambda: _("every requirement that applies is reached"),
    Verdict.NOT_MET: lambda: _("at least one requirement misses its target; see the gaps"),
    Verdict.NO_DATA: lambda: _("a figure that decides is missing or cannot be used; neither met nor not met"),
    Verdict.NO_TARGET: lambda: _("no document in force fixes the target; neither met nor not met"),
    Verdict.NOT_APPLICABLE: lambda: _("“if any”, and the commune has none; left out of the denominators"),
}
