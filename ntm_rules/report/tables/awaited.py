"""What waits for a decision: the decisions themselves, and the requirements whose target no document in force fixes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ntm_rules.i18n import _
from ntm_rules.report.tables.table import Cell, Table, texts
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.standing.awaited import communes_waiting
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.decisions import (
    decision_owner_words,
    decision_waiting_words,
    decision_words,
    law_waiting_words,
    overdue_words,
    unnamed_words,
)
from ntm_rules.wording.papers import part_words
from ntm_rules.wording.values import number


def decisions(overviews: Sequence[Overview]) -> Table:
    """Return the decisions awaited with owner, due day and days overdue, and what waits for each."""
    columns = [
        *texts(n="", decision=_("Decision awaited"), owner=_("Owed by"), due=_("Due, and days overdue")),
        *texts(waiting=_("What waits")),
    ]
    documents = {document.id: (overview, document) for overview in overviews for document in overview.awaited}
    rows: list[Sequence[Cell]] = []
    for n, (overview, document) in enumerate(documents.values(), 1):
        title = str(document.title) if document.title else _("no decision is named")
        due = on_day(document.due) if document.due else _("no day is set")
        when = "; ".join(filter(None, (due, overdue_words(document))))
        rows.append(
            (
                str(n),
                title,
                decision_owner_words(overview.evaluation.rules, document),
                when,
                decision_waiting_words(document),
            )
        )
    return Table.of(columns, rows)


def documents(overview: Overview) -> Table:
    """Return the documents awaited beside what waits for each: indicators, criteria, conditions, communes."""
    rules, total = overview.evaluation.rules, len(overview.reported)
    columns = texts(
        document=_("Document"),
        owner=_("Owner"),
        due=_("Due"),
        overdue=_("Overdue, counted to {day}", day=on_day(overview.day)),
        waiting=_("What waits for it"),
    )
    rows = []
    for one in overview.awaited:
        communes = _("{n} of {total} communes", n=communes_waiting(overview.evaluation, one), total=total)
        rows.append(
            (
                str(one.title) if one.title else unnamed_words(overview.evaluation.rules, one.requirements),
                decision_owner_words(rules, one) or "–",
                on_day(one.due) if one.due else "–",
                _("{n} days", n=number(one.overdue)) if one.overdue else "–",
                f"{law_waiting_words(one)}; {communes}",
            )
        )
    return Table.of(columns, rows)


def requirements(waiting: Iterable[tuple[CriteriaSet, Requirement]]) -> Table:
    """Return those of some requirements, each under its law, whose target is awaited."""
    columns = [
        *texts(id=_("Item"), requirement=_("Requirement"), part=_("Requirement"), agency=_("Lead agency")),
        *texts(decision=_("Decision awaited"), note=_("Note")),
    ]
    rows = [
        (
            *(node.id, str(node.words), part_words(rules, node), agency_name(rules, node.lead)),
            "; ".join(_awaited(rules, one) for one in node.decisions_awaited),
            "; ".join(dict.fromkeys(str(one.note) for one in node.awaited if one.note)),
        )
        for rules, node in waiting
        if node.awaited
    ]
    return Table.of(columns, rows)


def _awaited(rules: CriteriaSet, decision: str) -> str:
    return decision_words(rules, decision) or _("no target is in force on this date")
