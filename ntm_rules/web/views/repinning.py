"""Versions of a round's law: the one it follows, those before, another looked at with its effect and pinned with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from ntm_rules.errors import NtmError
from ntm_rules.i18n import _
from ntm_rules.report.comparison.words import WhatIf, node_words, side_words, told_change
from ntm_rules.report.html.drawn import drawn as drawn_table
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Cell, PageTable, named, stacked
from ntm_rules.report.tables.comparison import asked_of_both
from ntm_rules.report.tables.table import Column
from ntm_rules.web.closing import LONGEST
from ntm_rules.web.drawing import LINKS, at_time, drawn, tell
from ntm_rules.web.evidence_files import plain_file_name
from ntm_rules.web.laws import Opened, law_in_force, overlays_of
from ntm_rules.web.models import Pin, Repinning, Round
from ntm_rules.web.opening import LARGEST_LAW
from ntm_rules.web.repinning import LawEffect, LawWanted, effect_of, look_at, repin
from ntm_rules.web.views.item_words import measure_words
from ntm_rules.web.views.standings import warnings_of
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.verdicts import state_words

MOST_SHOWN, MOST_NAMED = 300, 12


class LayerChange(NamedTuple):
    """What changes in one layer."""

    title: str
    counts: str
    notes: Sequence[str]
    table: PageTable | None
    cut: int


def versions(request: HttpRequest, round: int) -> HttpResponse:
    """Show which version of the law a round follows; look at another."""
    one = _round(round)
    wrong: list[str] = []
    if request.method == "POST":
        try:
            pin = look_at(one, request.user, _wanted(request))
        except NtmError as error:
            wrong = str(error).split("\n")
        else:
            return HttpResponseRedirect(reverse("law-effect", kwargs={"round": round, "pin": pin.pk}))
    law = law_in_force(one)
    return drawn(
        request, "law_versions.html", _("Version of the criteria"), here="rounds", trail=_trail(one), wrong=wrong,
        warnings=warnings_of(one, law), facts=_facts(one, law, one.law.sha256, one.rules_sha256),
        overlays=[(row.pk, row.name, row.sha256[:12]) for row in overlays_of(one, one.pinned_id)],
        looked_at=[_looked_at(one, pin) for pin in one.pins.order_by("-pk").filter(repinning=None)[:5] if _is_new(one, pin)],
        told_versions=[_told(row) for row in one.repinnings.order_by("-pk").select_related("by")], open=not one.is_closed,
        status=422 if wrong else 200,
    )  # fmt: skip


def _round(round: int) -> Round:
    found: Round = get_object_or_404(Round.objects.select_related("law"), pk=round)
    return found


def _trail(one: Round) -> list[Link]:
    return [Link(one.title, LINKS.to("round", one.pk))]


def _wanted(request: HttpRequest) -> LawWanted:
    said = request.POST
    keeps = frozenset(int(text) for text in said.getlist("keep")[:50] if text.isdecimal() and len(text) < 10)
    files = request.FILES.getlist("overlays")[:20]
    named_files = [(plain_file_name(file.name), file.read(LARGEST_LAW + 1)) for file in files]
    return LawWanted("installed" in said, keeps, named_files)


def _facts(one: Round, law: Opened, files: str, rules: str, pin: int | None = None) -> list[tuple[str, str]]:
    """Return what a version of the law is."""
    laid = [f"{row.name} ({row.sha256[:12]})" for row in overlays_of(one, pin or one.pinned_id)]
    return [
        (_("Criteria set"), f"{law.rules.title} ({law.rules.id} {law.rules.version})"),
        (_("Version of the criteria"), _("files {files}, rules {rules}", files=files[:12], rules=rules[:12])),
        (_("Later decisions laid on"), "; ".join(laid) or _("none")),
    ]


def _is_new(one: Round, pin: Pin) -> bool:
    """Tell whether a version was looked at since the last was pinned, and is not the one the round was opened with."""
    first = one.pins.order_by("pk").values_list("pk", flat=True).first()
    return pin.pk != first and pin.pk > (one.pinned_id or 0)


def _looked_at(one: Round, pin: Pin) -> Link:
    words = _("Version looked at {when}, {who}", when=at_time(pin.at), who=str(pin.by))
    return Link(words, LINKS.to("law-effect", f"{one.pk}/{pin.pk}"))


def _told(row: Repinning) -> str:
    day = on_day(timezone.localtime(row.at).date())
    return _("{day}, {who}: another version since then. {reason}", day=day, who=str(row.by), reason=row.reason)


def effect(request: HttpRequest, round: int, pin: int) -> HttpResponse:
    """Show what another version of the law would change; let the round follow it."""
    one = _round(round)
    version = get_object_or_404(one.pins.select_related("law").filter(repinning=None), pk=pin)
    reason, wrong = request.POST.get("reason", "").strip()[: LONGEST + 1], list[str]()
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            done = repin(one, version, request.user, reason, int(seen) if seen.isdecimal() and len(seen) < 10 else None)
        except NtmError as error:
            wrong = str(error).split("\n")
        else:
            back = sum(touched.goes_back for touched in done.touched)
            tell(request, _("The round follows this version now; {n} dossiers went back to the agencies.", n=back))
            return HttpResponseRedirect(reverse("round", kwargs={"round": round}))
    found, law = effect_of(one, version), law_in_force(one, version.pk)
    return drawn(
        request, "law_effect.html", _("What another version of the criteria would change"), here="rounds",
        trail=[*_trail(one), Link(_("Version of the criteria"), LINKS.to("law-versions", round))], wrong=wrong,
        warnings=warnings_of(one, law), facts=_facts(one, law, version.law.sha256, version.rules_sha256, version.pk),
        asked=_asked(found), changes=[_change(layer.words, report) for layer, report in found.layers.items()],
        touched=_touched(one, found), kept=found.kept, seen=one.pinned_id or "", reason=reason, longest=LONGEST,
        open=not one.is_closed, status=422 if wrong else 200,
    )  # fmt: skip


def _asked(found: LawEffect) -> PageTable | None:
    """Return the requirements that are asked differently."""
    report = next(iter(found.layers.values()), None)
    if report is None or not report.asked:
        return None
    table = asked_of_both(report).headed(before=_("Now"), after=_("Under this version"))
    named_rows = [f"{id_} {words}".strip() for id_, words in table.only("id", "words").rows]
    table = table.beside(Column("named", _("Requirement")), named_rows).only("named", "before", "after")
    caption = _("What is asked differently")
    return drawn_table(table, "", ("named",), None, caption, cards=("before", "after"), look="stack asked")


def _change(title: str, report: WhatIf) -> LayerChange:
    standings: dict[str, int] = {}
    for commune in report.communes:
        words = str(commune.standing.label)
        standings[words] = standings.get(words, 0) + 1
    lines = [(commune.name, change) for commune in report.communes for change in commune.changes if told_change(change)]
    rows = [
        [
            named(name),
            Cell(f"{change.id} {node_words(change)}".strip()),
            Cell(state_words(change.before), aside=side_words(change.was).gap),
            Cell(state_words(change.after), aside=side_words(change.now).gap),
        ]
        for name, change in lines[:MOST_SHOWN]
    ]
    heads = [_("Commune"), _("Requirement"), _("Now"), _("Under this version")]
    return LayerChange(
        title, "; ".join(_("{words}: {n}", words=words, n=n) for words, n in standings.items()),
        [str(words) for words in report.notes], stacked("changes", title, heads, rows) if rows else None,
        max(0, len(lines) - MOST_SHOWN),
    )  # fmt: skip


def _touched(one: Round, found: LawEffect) -> PageTable | None:
    """Return the dossiers on which findings would count no more, and which go back."""
    law = law_in_force(one)
    rows = []
    for touched in found.touched:
        if not touched.ends and not touched.goes_back:
            continue
        names = [measure_words(law.rules, measure, touched.hamlets) for measure in touched.ends]
        more = _("and {n} more", n=len(names) - MOST_NAMED) if len(names) > MOST_NAMED else ""
        dossier = touched.dossier
        rows.append(
            [
                named(full_name(law.rules.communes[dossier.commune]), LINKS.to("dossier", dossier.pk)),
                Cell(dossier.stands.words),
                Cell("; ".join(filter(None, [*names[:MOST_NAMED], more])) or _("none")),
                Cell(
                    _("goes back to the agencies for these alone") if touched.goes_back else _("stays under appraisal")
                ),
            ]
        )
    heads = [_("Commune"), _("Where it stands"), _("Findings that count no more"), _("Afterwards")]
    return stacked("touched", _("What was confirmed or proposed and is touched"), heads, rows) if rows else None
