"""The year's work of the lead agencies and the reports that a plan asks for, from the data of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, _
from ntm_rules.plan.agency_year import AgencyYear, agency_years
from ntm_rules.plan.owing import led_by, owed
from ntm_rules.report.whole_files import refuse_in_the_way
from ntm_rules.report.word.plan_reports import PlanSubject, plan_report
from ntm_rules.report.xlsx.book import About
from ntm_rules.runs.done_list import with_done
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.long_work import Progress, unseen
from ntm_rules.runs.named import agency_named
from ntm_rules.runs.outputs import files_read
from ntm_rules.runs.paper_files import word_file, write_words, written_reports
from ntm_rules.runs.plan import PlanStanding, plan_standing
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.dates import on_day

KINDS = {"year": "province_year", "midterm": "midterm", "final": "final"}
"""What a person asks for -> the kind of report."""
AGENCY_YEAR = "agency_year"
WORKBOOK, PAGE = "viec-co-quan.xlsx", "viec-co-quan.html"


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """What communes, the province and its agencies reported."""

    data: Sequence[Path]
    province: Sequence[Path] = ()
    done: Sequence[Path] = ()
    agencies: Sequence[str] = ()
    """By id or name; none: every lead agency."""


@dataclass(frozen=True, slots=True)
class PlanWork:
    """A plan as it stands, and the year's work of the agencies asked for."""

    standing: PlanStanding
    subject: PlanSubject
    years: Sequence[AgencyYear]


def plan_work(law: LawAsked, question: PlanAsked, *, progress: Progress = unseen) -> PlanWork:
    """Return how the plan stands and what its agencies have to do.

    Raises:
        NtmError: the set carries no plan; an agency that there is not; mistakes in a list of what is done.
    """
    standing = plan_standing(law, question.data, question.province, progress=progress)
    rulebook, plan, today = standing.rulebook, standing.plan, standing.today
    period = rulebook.period
    rules = rulebook.year_end(min(max(today.year, period.from_), period.to))
    evaluations = standing.figures.evaluations
    latest = max(evaluations, default=None)
    overview = None
    if latest is not None:
        before = evaluations.get(latest - 1)
        overview = Overview(evaluations[latest], standing.figures.communes, today, before)
    evaluation = overview.evaluation if overview else None
    documents = owed(plan, today, with_done(plan, question.done), rules=rules, evaluation=evaluation)
    everyone = led_by(plan)
    names = [agency_named(rules, one) for one in question.agencies] or list(everyone)
    all_ = agency_years(plan, documents, overview, everyone)
    by_agency = {year.agency: year for year in all_}
    overlays = [overlay for overlay in rulebook.overlays if overlay.id in rules.overlays]
    subject = PlanSubject(plan, standing.states, documents, all_, today, rules, overview, overlays, standing.warnings)
    return PlanWork(standing, subject, [by_agency[name] for name in names])


def write_agency_reports(work: PlanWork, question: PlanAsked, out: Path) -> list[Path]:
    """Write the yearly report of each agency asked for into a folder, and their work as a workbook and a page.

    Raises:
        NtmError: a file in the way, changed by a person, or open elsewhere.
    """
    from ntm_rules.report.alone.agency_years import agency_years_page
    from ntm_rules.report.xlsx.agency_years import write_agency_years

    names = [f"bao-cao-{year.agency}.docx" for year in work.years]
    inputs = [*files_read(question.data, work.standing.rulebook.overlay_paths), *question.province, *question.done]
    refuse_in_the_way(out, [*names, WORKBOOK, PAGE], inputs)
    standing, subject = work.standing, work.subject
    plan, states, overview = standing.plan, standing.states, subject.overview
    title = _("Work of the lead agencies, {day}", day=on_day(standing.today))
    about = About(standing.files_said, standing.warnings)
    foot = [f"{name}: {said}" for name, said in about.lines]
    judged = overview.year if overview else subject.year
    with written_reports(out, inputs) as place:
        for name, year in zip(names, work.years, strict=True):
            (place / name).write_bytes(plan_report(subject, AGENCY_YEAR, year))
        write_agency_years(place / WORKBOOK, plan, states, work.years, title, about, subject.rules)
        page = agency_years_page(
            plan, states, work.years, overview, title, judged, warnings=standing.warnings, foot=foot
        )
        (place / PAGE).write_bytes(page)
    return [out / name for name in (*names, WORKBOOK, PAGE)]


def write_plan_report(work: PlanWork, kind: str, out: Path) -> Path:
    """Write one report of the province.

    Raises:
        NtmError: no such kind, or the file cannot be written.
    """
    if kind not in KINDS:
        raise NtmError(Message("There is no report “{kind}”; there are {kinds}", kind=kind, kinds=", ".join(KINDS)))
    path = word_file(out, out)
    write_words({path: plan_report(work.subject, KINDS[kind])})
    return path
