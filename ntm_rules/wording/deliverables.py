"""What is said of the documents that a plan asks for: what, by whom, by when, how late, and what waits."""

from __future__ import annotations

from collections.abc import Mapping

from ntm_rules.i18n import N_, _
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.owing import Blocked, Owed, Stage
from ntm_rules.rulebook.models import in_both
from ntm_rules.wording.dates import on_day

STAGES = {
    Stage.OVERDUE: N_("Overdue"),
    Stage.DUE_SOON: N_("Due within 30 days"),
    Stage.DUE_LATER: N_("Due within 90 days"),
    Stage.AHEAD: N_("Due later"),
    Stage.DONE: N_("Done"),
}
LETTERS = {
    Stage.OVERDUE: N_("OV"),
    Stage.DUE_SOON: N_("30"),
    Stage.DUE_LATER: N_("90"),
    Stage.AHEAD: N_("…"),
    Stage.DONE: N_("M"),
}
MANY = 3
"""More agencies than this that owe a document are counted, not named."""


def stage_words(stage: Stage) -> str:
    """Return a stage in words."""
    return _(STAGES[stage])


def stage_letter(stage: Stage) -> str:
    """Return the letters that tell a stage without colour."""
    return _(LETTERS[stage])


def stage_counts_words(counts: Mapping[Stage, int]) -> str:
    """Return how many documents stand where."""
    said = "; ".join(f"{stage_words(stage)}: {counts[stage]}" for stage in Stage if counts.get(stage))
    return _("{n} documents. {counts}.", n=sum(counts.values()), counts=said)


def deliverable_words(one: Owed) -> str:
    """Return what is owed: the product and the task as printed, of which year."""
    deliverable = one.deliverable
    words = str(in_both(deliverable.reading or deliverable.text, deliverable.text_en))
    if one.year is not None:
        words = _("{task} (year {year})", task=words.rstrip("."), year=one.year)
    return words


def deliverable_owner_words(plan: Plan, one: Owed) -> str:
    """Return who owes it; of many agencies how many."""
    if one.deliverable.lead_text is not None:
        return str(one.deliverable.lead_text)
    if len(one.owners) > MANY:
        return _("{n} agencies", n=len(one.owners))
    return "; ".join(str(plan.loaded.agencies[owner].name) for owner in one.owners)


def deliverable_due_words(one: Owed) -> str:
    """Return by when it is owed; where the plan names no day, that."""
    if one.due is None:
        return one.deliverable.due_printed or ""
    said = on_day(one.due) if one.day_stated else _("within {year}; no day is printed", year=one.due.year)
    printed = one.deliverable.due_printed
    return _("{said} (in print: {printed})", said=said, printed=printed) if printed else said


def stage_said(one: Owed) -> str:
    """Return where it stands, with its days, or the document by which it was done."""
    if one.stage is Stage.DONE:
        issued = "; ".join(_("{number} of {day}", number=r.number, day=on_day(r.date)) for r in one.done)
        return _("done: {documents}", documents=issued)
    if one.stage is Stage.OVERDUE:
        return _("{n} days overdue", n=one.days)
    return _("due in {n} days", n=one.days)


def deliverable_waiting_words(one: Owed) -> str:
    """Return what waits for a document; where nothing does any more, though nobody says that it was issued, that."""
    if one.settled:
        return _("no target waits for it any more; if it was issued, report its number and day with --done")
    return blocked_words(one.blocks)


def blocked_words(block: Blocked | None) -> str:
    """Return what waits for it: how many targets, of which indicators, for how many communes; empty where nothing does."""
    if block is None:
        return ""
    ids = ", ".join([*block.indicators, *block.conditions])
    said = {"n": len(block.requirements), "ids": ids, "communes": block.communes}
    return _("{n} requirements wait for it ({ids}), for {communes} communes", **said)
