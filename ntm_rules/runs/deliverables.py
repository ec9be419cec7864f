"""The documents that a plan asks for, on a day: listed, as a workbook to fill in, as paper, page and calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_rules.dataset.latest_year import reports_by_year
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.i18n import _
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.owing import Owed, owed
from ntm_rules.report.calendar import calendar_of
from ntm_rules.report.tables.deliverables import agencies_owing, deliverables
from ntm_rules.report.whole_files import file_written, refuse_in_the_way
from ntm_rules.report.xlsx.book import About, Book
from ntm_rules.report.xlsx.tables import add_sheet
from ntm_rules.runs.done_list import with_done
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.outputs import not_over
from ntm_rules.runs.paper_files import written_reports
from ntm_rules.runs.plan import open_plan
from ntm_rules.runs.reading import read
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.spreadsheet.files import opened
from ntm_rules.wording.dates import on_day

if TYPE_CHECKING:
    from xlsxwriter import Workbook

WORKBOOK, PAPER, PAGE = "van-ban.xlsx", "van-ban.docx", "van-ban.html"
FILES = (WORKBOOK, PAPER, PAGE)


@dataclass(frozen=True)
class DeliverablesAsked:
    """What was issued, whom to count, and what to write."""

    data: Sequence[Path] = ()
    """What communes reported, by which those that wait are counted."""
    done: Sequence[Path] = ()
    ics: Path | None = None
    out: Path | None = None
    """The list as one workbook, or a folder for workbook, paper and page."""
    force: bool = False


@dataclass(frozen=True)
class DeliverablesStanding:
    """The documents of a plan on a day, and the files written."""

    rulebook: Rulebook
    plan: Plan
    documents: Sequence[Owed]
    today: dt.date
    files: Sequence[Path]


def deliverables_standing(law: LawAsked, options: DeliverablesAsked) -> DeliverablesStanding:
    """Return how the documents of a plan stand on a day, and write what is asked for.

    Raises:
        NtmError: the set carries no plan; mistakes in a list of what is done; a file that stands there already.
    """
    rulebook, plan, today = open_plan(law)
    folder = options.out if options.out is not None and options.out.suffix.lower() != ".xlsx" else None
    inputs = [*options.data, *options.done]
    if folder is not None:
        refuse_in_the_way(folder, FILES, inputs)
    files = [path for path in (options.ics, options.out if folder is None else None) if path is not None]
    for path in files:
        not_over(path, options.force)
    reports = with_done(plan, options.done)
    year = min(max(today.year, rulebook.period.from_), rulebook.period.to)
    rules = rulebook.year_end(year)
    documents = owed(plan, today, reports, rules=rules, evaluation=_latest(rulebook, options.data, today))
    if options.ics is not None:
        file_written(options.ics, calendar_of(plan, documents, today))
    if folder is not None:
        files += _write_all(folder, plan, documents, today, inputs)
    elif options.out is not None:
        with opened(options.out, _title(today)) as file:
            _write_list(file, plan, documents, today)
    return DeliverablesStanding(rulebook, plan, documents, today, files)


def _latest(rulebook: Rulebook, data: Sequence[Path], today: dt.date) -> Evaluation | None:
    """Return the verdicts of the latest year that communes reported for, up to the day."""
    if not data:
        return None
    communes = read(rulebook, data)
    years = [year for year in reports_by_year(communes, rulebook.period) if year <= today.year]
    return evaluate(rulebook.year_end(years[-1]), communes.records, years=years[-1:]) if years else None


def _title(today: dt.date) -> str:
    return _("Documents that the plan asks for, {day}", day=on_day(today))


def _write_all(out: Path, plan: Plan, documents: Sequence[Owed], today: dt.date, inputs: Sequence[Path]) -> list[Path]:
    """Write the list as a workbook, a paper and a page into a folder."""
    from ntm_rules.report.alone.deliverables import deliverables_page  # the screen alone needs neither
    from ntm_rules.report.word.deliverables import deliverables_paper

    title = _title(today)
    foot = [_("Input file") + f": {path.name}" for path in inputs]
    with written_reports(out, inputs) as place:
        with opened(place / WORKBOOK, title) as file:
            _write_list(file, plan, documents, today)
        (place / PAPER).write_bytes(deliverables_paper(plan, documents, title))
        (place / PAGE).write_bytes(deliverables_page(plan, documents, title, foot))
    return [out / name for name in FILES]


def _write_list(file: Workbook, plan: Plan, documents: Sequence[Owed], today: dt.date) -> None:
    """Write the list, in which numbers and days can be filled in and given back."""
    book = Book(file, About([], []))
    lines = [_("To report what was issued, fill in number and day, and give the list back with --done.")]
    table = deliverables(plan, documents).without("note").wide(30, 7, 8, 60, 16, 34, 18, 24, 46, 26, 34, 24, 16)
    add_sheet(book, _("Documents"), _title(today), table, lines=lines)
    title = _("Documents by agency")
    add_sheet(book, _("By agency"), title, agencies_owing(plan, documents).wide(40, *[14] * 6))
