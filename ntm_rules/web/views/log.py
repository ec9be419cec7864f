"""The log of one dossier, in words."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from ntm_rules.appraisal.entries import CELLS
from ntm_rules.appraisal.hamlets import hamlets_in
from ntm_rules.appraisal.papers import SIGNED
from ntm_rules.appraisal.states import State
from ntm_rules.appraisal.steps import StepName
from ntm_rules.i18n import _
from ntm_rules.report.html.values import Cell, named, stacked
from ntm_rules.web.drawing import at_time, drawn, to_dossier
from ntm_rules.web.models import Dossier, Event
from ntm_rules.web.views.after import COUNCIL_EVENTS, council_told
from ntm_rules.web.views.asked import finding_told
from ntm_rules.web.views.item_words import label_words
from ntm_rules.web.views.standings import Stood, stood

MOST_LOG = 500


def log(request: HttpRequest, dossier: int) -> HttpResponse:  # noqa: ARG001 - Access has fetched it
    """Show who did what to a dossier, the latest first."""
    this: Dossier = request.dossier
    one = stood(this)
    events = list(this.events.select_related("person").order_by("-number")[:MOST_LOG])
    rows = [
        [
            named(_moment(event)),
            Cell(str(event.person or "")),
            Cell("; ".join(_told(one, event))),
            Cell(str(event.number)),
        ]
        for event in events
    ]
    heads = [_("When"), _("Who"), _("What"), _("Event")]
    return drawn(
        request, "log.html", _("Log of the dossier"), trail=to_dossier(this, request.user, one.name), warnings=one.warnings,
        table=stacked("log", _("The latest first"), heads, rows), cut=len(events) == MOST_LOG, most=MOST_LOG,
    )  # fmt: skip


def _moment(event: Event) -> str:
    return at_time(dt.datetime.fromisoformat(event.at))


def _told(one: Stood, event: Event) -> Iterator[str]:
    """Yield an event in words."""
    told: dict[str, Any] = json.loads(event.told)
    if event.kind == "figure":
        yield label_words(one.law.rules, told["measure"], hamlets_in(one.entries))
        yield _("before: {cells}", cells=_cells(told["before"])) if told["before"] else _("first entry")
        yield _("now: {cells}", cells=_cells(told["after"])) if told["after"] else _("now left empty")
        if told["way"] == "excel":
            yield _("from an Excel form")
    elif event.kind in COUNCIL_EVENTS:
        yield from council_told(one, event.kind, told)
    elif event.kind == "finding":
        yield from finding_told(one, told)
    elif event.kind == "rereview":
        yield _("Reviewed again after a merger: {reason}", reason=told["reason"])
    elif event.kind == "step":
        yield StepName(told["step"]).words
        yield f"{State(told['start']).words} → {State(told['end']).words}"
        reason = one.law.procedure.reason(told["reason"])
        yield from ([str(reason.label)] if reason else [])
        yield from ([told["note"]] if told["note"] else [])
    else:
        words = {
            "evidence": _("Evidence added: {name}", name=told.get("name", "")),
            "evidence-withdrawn": _("Evidence withdrawn: {name}", name=told.get("name", "")),
            "handed-in": _("Excel form uploaded: {name}", name=told.get("name", "")),
            "paper": _("Paper handed out to be signed: {name}", name=told.get("name", "")),
            "paper-link": _("Link to sign given: {name}", name=SIGNED[told["paper"]].words if "until" in told else ""),
            "paper-signed": _("Signed paper came back: {name}", name=told.get("name", "")),
        }
        yield words.get(event.kind, event.kind)


def _cells(cells: Mapping[str, str]) -> str:
    named_cells = {
        "value": "{cell}", "numerator": _("numerator {cell}"), "denominator": _("denominator {cell}"),
        "previous": _("year before {cell}"), "document": _("document {cell}"), "note": _("note {cell}"),
    }  # fmt: skip
    return ", ".join(named_cells[name].format(cell=f"“{cell}”") for name in CELLS if (cell := cells.get(name)))
