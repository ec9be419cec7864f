"""The documents that a plan asks for, as they stand on a day; what is blank can be filled in and reported as done."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.owing import Owed, Stage, by_agency
from ntm_rules.report.tables.table import Cell, Table, Term, marks, numbers, texts
from ntm_rules.wording import deliverables as words
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.plan import goal_source

LOOKS = {
    Stage.OVERDUE: Verdict.NOT_MET,
    Stage.DUE_SOON: Verdict.NO_DATA,
    Stage.DUE_LATER: Verdict.NO_DATA,
    Stage.AHEAD: Verdict.NOT_APPLICABLE,
    Stage.DONE: Verdict.MET,
}
"""The verdict whose colours a stage has; its letters and words tell it from others of the same."""


def deliverables(plan: Plan, documents: Sequence[Owed]) -> Table:
    """Return every document with who owes it, by when, how late, and what waits for it."""
    columns = [
        *texts(id=_("Document's id")),
        *marks(year=_("Year"), letter=_("Status")),
        *texts(task=_("Document"), stage=_("In words"), owner=_("Owed by"), due=_("Due"), said=_("Stands")),
        *texts(blocks=_("What waits"), product=_("Product"), source=_("Source"), note=_("Note")),
        *texts(number=_("Number and sign"), date=_("Day of issue")),
    ]
    return Table.of(columns, [_row(plan, one) for one in documents])


def _row(plan: Plan, one: Owed) -> list[Cell]:
    deliverable = one.deliverable
    look = LOOKS[one.stage]
    return [
        deliverable.id,
        str(one.year) if one.year is not None else "",
        Term(one.stage.value, words.stage_letter(one.stage), look),
        words.deliverable_words(one),
        Term(one.stage.value, words.stage_words(one.stage), look),
        words.deliverable_owner_words(plan, one),
        words.deliverable_due_words(one),
        words.stage_said(one),
        words.deliverable_waiting_words(one),
        str(deliverable.product) if deliverable.product else "",
        goal_source(plan, deliverable.source),
        str(deliverable.note) if deliverable.note else "",
        "; ".join(report.number for report in one.done),
        "; ".join(on_day(report.date) for report in one.done),
    ]


def agencies_owing(plan: Plan, documents: Sequence[Owed]) -> Table:
    """Return every agency with how many documents it owes at which stage."""
    stages = {stage: words.stage_words(stage) for stage in Stage}
    columns = [
        *texts(agency=_("Agency")),
        *numbers(**{stage.value: said for stage, said in stages.items()}),
        *numbers(latest=_("Most days overdue")),
    ]
    rows: list[list[Cell]] = []
    for agency, its in by_agency(plan, documents).items():
        counts = [sum(one.stage is stage for one in its) for stage in Stage]
        late = max((one.days for one in its if one.stage is Stage.OVERDUE), default=0)
        rows.append([Term(agency, str(plan.loaded.agencies[agency].name)), *counts, late or None])
    return Table.of(columns, rows)
