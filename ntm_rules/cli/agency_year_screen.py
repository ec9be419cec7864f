"""What `ntm plan agency` shows: the work of each lead agency, one in full or all in a table; and which reports were written."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text as RichText

from ntm_rules.cli.console import Screen
from ntm_rules.cli.deliverables_screen import STYLES as STAGE_STYLES
from ntm_rules.cli.plan_screen import STYLES
from ntm_rules.cli.progress import shown
from ntm_rules.cli.screen_parts import DONE, WITH_PROBLEMS, show_problems
from ntm_rules.cli.screen_tables import on_screen
from ntm_rules.i18n import _
from ntm_rules.plan.agency_year import AgencyYear
from ntm_rules.report.tables.agency_years import agency_work
from ntm_rules.report.tables.verdict_counts import indicators_led
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.plan_reports import PlanAsked, PlanWork, plan_work, write_agency_reports, write_plan_report
from ntm_rules.standing.agency_share import agency_share
from ntm_rules.wording.deliverables import stage_letter
from ntm_rules.wording.plan_reports import document_sentence, documents_sentence, goal_sentence, indicators_sentence
from ntm_rules.wording.plan_statuses import status_letter


def run_agency(law: LawAsked, plan: PlanAsked, out: Path | None) -> int:
    """Show the year's work of agencies, and write their reports where asked; return the exit status."""
    with shown() as progress:
        work = plan_work(law, plan, progress=progress)
        files = [] if out is None else write_agency_reports(work, plan, out)
    console = Screen()
    if plan.agencies:
        for year in work.years:
            show_agency(console, work, year)
    else:
        table = agency_work(work.standing.plan, work.standing.states, work.years)
        table = table.only("agency", "not_met", "share", "gaining", "goals", "late", "documents", "overdue")
        table = table.headed(gaining=_("Communes gaining"))
        console.print(on_screen(table, _("The year's work of every lead agency")))
    return _said(console, work, files)


def run_report(law: LawAsked, plan: PlanAsked, kind: str, out: Path) -> int:
    """Write one report of the province; return the exit status."""
    with shown() as progress:
        work = plan_work(law, plan, progress=progress)
        path = write_plan_report(work, kind, out)
    return _said(Screen(), work, [path])


def _said(console: Console, work: PlanWork, files: list[Path]) -> int:
    for path in files:
        Screen(long_lines=True).print(_("Written: {file}", file=path))
    if files:
        console.print(
            _("The papers are unsigned drafts: number, day and signature are for people to give."), style="dim"
        )
    for warning in work.standing.warnings:
        console.print(warning, style="bold magenta")
    show_problems(console, work.standing.problems)
    return WITH_PROBLEMS if work.standing.problems else DONE


def show_agency(console: Console, work: PlanWork, year: AgencyYear) -> None:
    """Show one agency's indicators, goals and documents."""
    plan, subject = work.standing.plan, work.subject
    console.print(str(plan.loaded.agencies[year.agency].name), style="bold underline")
    judged = subject.overview.year if subject.overview else subject.year
    console.print(indicators_sentence(year, judged))
    if year.standing is not None and subject.overview is not None:
        table = indicators_led(agency_share(subject.overview.evaluation, year.agency)).without(
            "text", "rulings", "communes"
        )
        console.print(on_screen(table))
    for track in year.tracks:
        state = work.standing.states[track.id]
        style = STYLES[state.status]
        sentence = goal_sentence(plan, track, state)
        console.print(RichText.assemble((f"{status_letter(state.status):>2} ", style), sentence))
    console.print(documents_sentence(year.documents))
    for one in year.documents:
        words = document_sentence(plan, one)
        console.print(RichText.assemble((f"{stage_letter(one.stage):>2} ", STAGE_STYLES[one.stage]), words))
    console.print()
