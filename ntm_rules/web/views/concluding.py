"""What follows the agencies on one dossier: residents' comments, and what the council concludes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ntm_rules.appraisal.comments import Comments
from ntm_rules.appraisal.council import Concluded, Concluding, carried
from ntm_rules.appraisal.permissions import may
from ntm_rules.appraisal.states import State
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Badge, PageTable, badge_of, named, stacked
from ntm_rules.report.html.values import Cell as TableCell
from ntm_rules.web.access import subject_of
from ntm_rules.web.concluding import ConclusionSaid, concluding_on, conclusions_of, record_comments
from ntm_rules.web.concluding import conclude as recorded
from ntm_rules.web.drawing import LINKS, at_time, drawn, tell, to_dossier
from ntm_rules.web.findings import Appraised, appraised
from ntm_rules.web.models import Comment
from ntm_rules.web.views.council import judged_words
from ntm_rules.web.views.item_words import found_words
from ntm_rules.web.views.public import remark_counts, remarks_on
from ntm_rules.web.views.standings import Stood, stood, where_entered

WHOLE = ("households", "surveyed", "satisfied")
LONGEST_REASON = 2000


class ConclusionLine(NamedTuple):
    """What is concluded on one criterion or on the commune."""

    id: str
    """Under which it is sent."""
    name: str
    agencies: str
    badge: Badge | None
    chosen: str
    chosen_words: str
    reason: str


def comments(request: HttpRequest, dossier: int) -> HttpResponse:
    """Show residents' comments and the further conditions; record the comments."""
    one = stood(request.dossier)
    this, wrong = one.dossier, list[str]()
    typed = {name: request.POST.get(name, "").strip()[:2000] for name in (*WHOLE, "document", "note")}
    if request.method == "POST":
        try:
            record_comments(dossier, request.user, _said(typed), typed["note"])
        except NtmError as error:
            wrong = str(error).split("\n")
        else:
            tell(request, _("The comments are recorded."))
            return HttpResponseRedirect(reverse("comments", kwargs={"dossier": dossier}))
    rows = list(this.comments.order_by("-pk").select_related("by"))
    if not wrong and rows:
        last = rows[0]
        typed = {name: str(getattr(last, name)) for name in (*WHOLE, "document", "note")}
    return drawn(
        request, "comments.html", _("Residents' comments and further conditions"),
        trail=to_dossier(this, request.user, one.name), warnings=one.warnings, typed=typed, wrong=wrong,
        online=remarks_on(this, request), counts=remark_counts(this), placed=frozenset({"y-kien"}),
        public=LINKS.to("public", this.pk) if settings.NTM.public_comments and this.stands is State.IN_COMMENT else None,
        records=may(request.user.actor, "comments", "POST", subject_of(this)), records_told=[_comment(row) for row in rows],
        table=_conditions(one, appraised(one.law, this, one.figures)), status=422 if wrong else 200,
    )  # fmt: skip


def _said(typed: Mapping[str, str]) -> Comments:
    """Return what is typed as counts; what is none is more than there can be, and told."""
    wrong = [name for name in WHOLE if not typed[name].isdecimal() or len(typed[name]) > 8]
    if wrong:
        raise NtmError(Message("Enter whole numbers of households, digits alone."))
    households, surveyed, satisfied = (int(typed[name]) for name in WHOLE)
    return Comments(households, surveyed, satisfied, typed["document"])


def _comment(row: Comment) -> str:
    return _(
        "{surveyed} of {households} households asked, {satisfied} satisfied; {document} ({who}, {when})",
        surveyed=row.surveyed, households=row.households, satisfied=row.satisfied, document=row.document or "–",
        who=str(row.by), when=at_time(row.at),
    )  # fmt: skip


def _conditions(one: Stood, standing: Appraised) -> PageTable | None:
    """Return the further conditions of recognition as the agencies' layer and the comments have them."""
    judged = standing.confirmed
    if judged.conditions is None:
        return None
    rows = [
        [
            named(f"{requirement.id} {requirement.words}", where_entered(one, requirement.measure)),
            TableCell(found_words(standing, requirement.measure)),
            TableCell("", badge=badge_of(found.verdict)),
        ]
        for condition in one.law.rules.conditions
        for requirement in condition.requirements()
        if (found := judged.find(requirement.id)) is not None
    ]
    heads = [_("Condition"), _("Figure"), _("Result")]
    return stacked("conditions", _("Further conditions of recognition"), heads, rows)


def conclude(request: HttpRequest, dossier: int) -> HttpResponse:
    """Show what stands before the council on a dossier; record what it concludes."""
    one = stood(request.dossier)
    standing = appraised(one.law, one.dossier, one.figures)
    if request.method == "GET":
        return _concluding(request, one, standing, conclusions_of(one.dossier), [])
    said, on = dict[str, ConclusionSaid](), concluding_on(one.law, standing)
    shared = request.POST.get("shared", "").strip()[:LONGEST_REASON]
    for id_ in on.names:
        chosen = request.POST.get(f"concluded-{id_}", "")
        reason = request.POST.get(f"reason-{id_}", "").strip()[:LONGEST_REASON]
        if chosen in set(Concluded):
            departs = Concluded(chosen) is not on.agencies[id_]
            said[id_] = ConclusionSaid(Concluded(chosen), reason or (shared if departs else ""))
    try:
        recorded(one.law, standing, request.user, said)
    except NtmError as error:
        return _concluding(request, one, standing, said, str(error).split("\n"))
    tell(request, _("The conclusion is recorded; the dossier's next step concludes it."))
    return HttpResponseRedirect(reverse("dossier", kwargs={"dossier": dossier}))


def _concluding(
    request: HttpRequest, one: Stood, standing: Appraised, said: Mapping[str, ConclusionSaid], wrong: Sequence[str]
) -> HttpResponse:
    on = concluding_on(one.law, standing)
    typed = {id_: request.POST.get(f"reason-{id_}", "").strip()[:LONGEST_REASON] for id_ in on.names}
    lines = [_line(id_, name, on, standing, said.get(id_), typed[id_]) for id_, name in on.names.items()]
    counts = ""
    if on.counted is not None:
        counts = _(
            "{members} members, {present} attended; in favour {for_}, against {against}, no opinion {abstained}.",
            members=on.counted.members, present=on.counted.present, for_=on.counted.in_favour,
            against=on.counted.against, abstained=on.counted.abstained,
        )  # fmt: skip
        counts = f"{counts} {judged_words(carried(on.counted, one.law.procedure))}"
    return drawn(
        request, "conclude.html", _("Conclusion of the council"), trail=to_dossier(one.dossier, request.user, one.name),
        warnings=one.warnings, lines=lines, counts=counts, wrong=wrong,
        records=may(request.user.actor, "conclude", "POST", subject_of(one.dossier)),
        choices=[(choice.value, choice.words) for choice in Concluded],
        more=[Link(_("Layers side by side"), LINKS.to("layers", one.dossier.pk)),
              Link(_("Residents' comments and further conditions"), LINKS.to("comments", one.dossier.pk)),
              Link(_("Appraisal council"), LINKS.to("council", one.dossier.round_id))],
        status=422 if wrong else 200,
    )  # fmt: skip


def _line(
    id_: str, name: str, on: Concluding, standing: Appraised, said: ConclusionSaid | None, typed: str
) -> ConclusionLine:
    found = next((child for child in standing.confirmed.result.children if child.id == id_), None)
    return ConclusionLine(
        id_,
        name,
        on.agencies[id_].words,
        badge_of(found.verdict) if found is not None else None,
        said.concluded.value if said else "",
        said.concluded.words if said else _("(not yet)"),
        said.reason if said else typed,
    )
