"""What agencies ask a commune for, how far each is with a dossier, and what was done, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ntm_rules.appraisal.findings import Act, ItemState
from ntm_rules.appraisal.hamlets import hamlets_in
from ntm_rules.appraisal.permissions import Subject, may
from ntm_rules.appraisal.states import ACCEPTED
from ntm_rules.i18n import _
from ntm_rules.report.html.values import Cell, PageTable, counted, named, stacked
from ntm_rules.web.drawing import LINKS
from ntm_rules.web.findings import agencies_of, appraised, asked_in
from ntm_rules.web.models import Person
from ntm_rules.web.views.item_words import measure_words
from ntm_rules.web.views.standings import Stood, where_entered
from ntm_rules.web.views.work import due_words
from ntm_rules.wording.agencies import agency_name


class AskedShown(NamedTuple):
    """One figure that the commune is asked for."""

    name: str
    """Under which it is answered: figure and the last act seen."""
    words: str
    address: str | None
    told: str
    due: str
    late: bool


def asked_of_commune(one: Stood) -> list[AskedShown]:
    """Return what agencies have asked for and the commune has not answered yet."""
    asked = asked_in(one.dossier)
    found: list[AskedShown] = []
    for row in one.dossier.findings.filter(act=Act.ASK.value, measure__in=asked).order_by("-pk"):
        if any(shown.name.startswith(f"{row.measure}:") for shown in found):
            continue
        due, late = due_words(row.due, True) if row.due else ("", False)
        cause = one.law.procedure.reason(row.cause)
        told = [agency_name(one.law.rules, row.agency), *([str(cause.label)] if cause else []), row.reason]
        words, address = (
            measure_words(one.law.rules, row.measure, hamlets_in(one.entries)),
            where_entered(one, row.measure),
        )
        found.append(AskedShown(f"{row.measure}:{row.pk}", words, address, "; ".join(told), due, late))
    return found


def agencies_at(person: Person, one: Stood) -> PageTable | None:
    """Return how far each agency is with a dossier; None where this person does not see that, or nothing is to be seen."""
    this = one.dossier
    seen = [
        agency
        for agency in agencies_of(one.law)
        if may(person.actor, "appraise", "GET", Subject(this.commune, this.stands, agency))
    ]
    if this.stands not in ACCEPTED or not seen:
        return None
    standing = appraised(one.law, this, one.figures)
    rows = []
    for agency in seen:
        states = [item.state for item in standing.of(agency)]
        name = named(agency_name(one.law.rules, agency), LINKS.to("appraise", f"{this.pk}/{agency}"))
        rows.append([name, *(counted(states.count(state)) for state in ItemState), Cell(f"{len(states)}", "number")])
    heads = [_("Agency"), _("To appraise"), _("Proposed"), _("Confirmed"), _("Commune asked for more"), _("Of")]
    return stacked("agencies", _("How far the agencies are"), heads, rows)


def finding_told(one: Stood, event: Mapping[str, Any]) -> Iterator[str]:
    """Yield an act of an agency on figures, in words; what no head has confirmed is told without its content."""
    kind = Act(event["act"])
    yield agency_name(one.law.rules, event["agency"])
    yield kind.words
    items = event["items"]
    if kind in (Act.ASK, Act.ANSWER, Act.LAPSE):
        yield from dict.fromkeys(item.get("reason", "") for item in items)
    listed = kind in (Act.CONFIRM, Act.ASK, Act.ANSWER, Act.VOID, Act.LAPSE)
    if listed:
        yield ", ".join(measure_words(one.law.rules, item["measure"], hamlets_in(one.entries)) for item in items[:5])
    if len(items) > 5 or not listed:
        yield _("{n} figures", n=len(items))
