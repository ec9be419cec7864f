"""Decisions awaited, in words: who owes them by when, for how long they are overdue, and what waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Decision, Text
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.derived import missing_words

if TYPE_CHECKING:
    from ntm_rules.standing.awaited import AwaitedDocument


def decision_words(rules: CriteriaSet, decision: str) -> str:
    """Return who owes which awaited decision by when; empty when none is named."""
    awaited = rules.decisions.get(decision)
    if awaited is None:
        return ""
    owner = _owner(rules, awaited.owed_by, awaited.owed_by_text)
    title = str(awaited.title)
    if awaited.due is None:
        return _("{title} (awaited from {owner})", title=title, owner=owner)
    return _("{title} (awaited from {owner}, due {due})", title=title, owner=owner, due=on_day(awaited.due))


def unnamed_words(rules: CriteriaSet, ids: Iterable[str]) -> str:
    """Return why requirements wait that wait for no decision: the reference figures that are lacking, else that nothing holds."""
    cells = [cell for id_ in ids for cell in rules.requirement_by_id[id_].target.awaited if not cell.decision]
    lacking = dict.fromkeys(
        missing_words(rules, cell.basis) for cell in cells if cell.basis and cell.basis.is_reference
    )
    if lacking and all(cell.basis and cell.basis.is_reference for cell in cells):
        return "; ".join(lacking)
    return "; ".join((_("no value is in force, and no decision is named"), *lacking))


def overdue_words(document: AwaitedDocument) -> str:
    """Return for how long a decision is overdue, and to which day that is counted; empty where it is not."""
    if not document.overdue:
        return ""
    return _("{n} days overdue, counted to {day}", n=document.overdue, day=on_day(document.as_of))


def awaited_words(rules: CriteriaSet, document: AwaitedDocument) -> str:
    """Return a decision awaited with its owner, due day, days overdue, and what waits for it."""
    named = decision_words(rules, document.id) or unnamed_words(rules, document.requirements)
    said = {"decision": named, "n": len(document.requirements)}
    overdue = overdue_words(document)
    head = (
        _("Awaited: {decision}", **said)
        if not overdue
        else _("Awaited: {decision}; {overdue}", **said, overdue=overdue)
    )
    return _("{decision}. For it wait {waiting}", decision=head, waiting=decision_waiting_words(document))


def decision_waiting_words(document: AwaitedDocument) -> str:
    """Return which criteria, indicators and further conditions wait for a decision."""
    waiting = []
    if document.criteria:
        waiting.append(_("criteria {ids}", ids=", ".join(document.criteria)))
    if document.indicators:
        waiting.append(_("indicators {ids}", ids=", ".join(document.indicators)))
    if document.conditions:
        waiting.append(_("conditions {ids}", ids=", ".join(document.conditions)))
    return "; ".join(waiting)


def law_waiting_words(document: AwaitedDocument) -> str:
    """Return how many indicators wait for a decision, and which criteria and further conditions."""
    indicators = _("{n} indicators", n=len(document.indicators)) if document.indicators else ""
    criteria = _("criteria {ids}", ids=", ".join(document.criteria)) if document.criteria else ""
    conditions = _("conditions {ids}", ids=", ".join(document.conditions)) if document.conditions else ""
    return "; ".join(filter(None, (", ".join(filter(None, (indicators, criteria))), conditions)))


def waiting_counts(document: AwaitedDocument) -> str:
    """Return how many indicators and further conditions wait for a decision; what is none is left out."""
    counts = [
        _("{n} indicators", n=len(document.indicators)) if document.indicators else "",
        _("{n} conditions", n=len(document.conditions)) if document.conditions else "",
    ]
    return _("{counts} wait", counts=", ".join(count for count in counts if count))


def decision_owner_words(rules: CriteriaSet, document: AwaitedDocument) -> str:
    """Return who owes a decision; empty where nobody is named."""
    return _owner(rules, document.owner, document.owner_text)


def _owner(rules: CriteriaSet, agency: str | None, otherwise: Text | None) -> str:
    return agency_name(rules, agency) if agency else str(otherwise) if otherwise else ""


def decision_due_words(decision: Decision) -> str:
    """Return by which day a decision is due."""
    return on_day(decision.due) if decision.due else _("no due day is known")
