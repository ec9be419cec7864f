"""The data of communes and the province's own figures in; how the plan stands on a day out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ntm_rules.dataset.latest_year import reports_by_year
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.i18n import _
from ntm_rules.plan.goals import GoalFigures, states
from ntm_rules.plan.loader import Plan, plan_of
from ntm_rules.plan.models import TrackState
from ntm_rules.report.whole_files import refuse_in_the_way
from ntm_rules.report.xlsx.book import About
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.long_work import Progress, Work, unseen
from ntm_rules.runs.paper_files import written_reports
from ntm_rules.runs.reading import must_exist, read
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.plan_statuses import rule_words
from ntm_rules.wording.values import invented

WORKBOOK, PAPER, PAGE = "muc-tieu.xlsx", "muc-tieu.docx", "muc-tieu.html"
FILES = (WORKBOOK, PAPER, PAGE)


@dataclass(frozen=True)
class PlanStanding:
    """A plan, what is known of its goals, and the day on which it is looked at."""

    rulebook: Rulebook
    plan: Plan
    figures: GoalFigures
    today: dt.date

    @cached_property
    def states(self) -> Mapping[str, TrackState]:
        """How every track stands: its id -> values and judgement."""
        return states(self.plan, self.figures, self.today)

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong with the figures of communes and of the province."""
        province = self.figures.province
        return [*self.figures.communes.problems, *(province.problems if province else ())]

    @property
    def files_said(self) -> list[tuple[str, str]]:
        """The files that were read, as papers and pages name them."""
        read_from = [*self.figures.communes.inputs, *(self.figures.province.inputs if self.figures.province else ())]
        return [(_("Input file"), f"{one.name}  (SHA-256 {one.sha256})") for one in read_from]

    @property
    def warnings(self) -> list[str]:
        """The sentences that must stand wherever invented targets or figures are shown."""
        illustrative = any(overlay.illustrative for overlay in self.rulebook.overlays)
        return invented(rules=illustrative, data=self.figures.illustrative)


def open_plan(law: LawAsked) -> tuple[Rulebook, Plan, dt.date]:
    """Return the rules, the plan and the day asked for: each year is judged by its own law, the plan on that day.

    Raises:
        NtmError: the set carries no plan.
    """
    rulebook = open_rulebook(replace(law, as_of=None))
    today = law.as_of or rulebook.counted_to
    return rulebook, plan_of(rulebook.loaded), today


def plan_standing(
    law: LawAsked, data: Sequence[Path], province: Sequence[Path] = (), *, progress: Progress = unseen
) -> PlanStanding:
    """Read what communes and the province report, judge every year up to the day, and return how the plan stands.

    Raises:
        NtmError: the set carries no plan; a path that is not there.
    """
    rulebook, plan, today = open_plan(law)
    communes = read(rulebook, data, progress=progress) if data else Dataset(())
    years = [year for year in reports_by_year(communes, rulebook.period) if year <= today.year]
    evaluations: dict[int, Evaluation] = {}
    for done, year in enumerate(years):
        progress(Work.JUDGING, done, len(years))
        evaluations[year] = evaluate(rulebook.year_end(year), communes.records, years=[year])
    figures = GoalFigures(evaluations, communes, read_province(plan, province) if province else None)
    return PlanStanding(rulebook, plan, figures, today)


def write_status(standing: PlanStanding, out: Path, inputs: Sequence[Path]) -> list[Path]:
    """Write the goals as a workbook, a paper and a page into a folder.

    Raises:
        NtmError: a file in the way, changed by a person, or open elsewhere.
    """
    from ntm_rules.report.alone.plan_status import status_page  # the screen alone needs neither workbooks nor papers
    from ntm_rules.report.word.plan_status import status_paper
    from ntm_rules.report.xlsx.plan_status import write_status as write_workbook

    refuse_in_the_way(out, FILES, inputs)
    plan, states_, warnings = standing.plan, standing.states, standing.warnings
    day = on_day(standing.today)
    title = _("Goals of the plan of {province} on {day}", province=str(plan.loaded.header.province), day=day)
    rule = rule_words(plan)
    files = standing.files_said
    foot = [f"{name}: {said}" for name, said in files]
    with written_reports(out, inputs) as place:
        write_workbook(place / WORKBOOK, plan, states_, title, About([*rule, *files], warnings), standing.problems)
        (place / PAPER).write_bytes(status_paper(plan, states_, title, rule, warnings))
        (place / PAGE).write_bytes(status_page(plan, states_, title, rule, warnings, foot))
    return [out / name for name in FILES]


def read_province(plan: Plan, paths: Sequence[Path]) -> Dataset:
    """Return what the province reports for its goals, with every mistake by its cell.

    Raises:
        NtmError: a path that is not there.
    """
    must_exist(paths)
    return read_dataset(paths, plan.questionnaire())
