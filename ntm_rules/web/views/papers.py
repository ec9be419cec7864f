"""Papers of the appraisal as Word files: unsigned, unnumbered drafts of what stands in the application."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ntm_rules.appraisal.council import COMMUNE, CONDITIONS, Choice, Concluded, CouncilTally, carried, quorum
from ntm_rules.appraisal.findings import ItemState
from ntm_rules.appraisal.hamlets import hamlets_in, read_by
from ntm_rules.appraisal.layers import Agreement
from ntm_rules.appraisal.steps import REFUSALS, Condition
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import Message, _
from ntm_rules.report.word.appraisal import (
    CommuneFound,
    CriterionRow,
    DossierSubject,
    FoundRow,
    RoundSubject,
    SessionSubject,
    agency_appraisal,
    ballot_paper,
    decision_paper,
    minutes_paper,
    submission_paper,
    summary_paper,
)
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.web.concluding import concluding_on, conclusions_of, voted_session
from ntm_rules.web.council import counted_in, members_at, present_in, seats_of
from ntm_rules.web.findings import Appraised, appraised
from ntm_rules.web.laws import Opened, law_of_page
from ntm_rules.web.models import Round, Session
from ntm_rules.web.views.council import judged_words, voted_on
from ntm_rules.web.views.layers import agreement_on, confirmed_on, held_figure_words, reasons_on
from ntm_rules.web.views.queue import in_queue, the_round
from ntm_rules.web.views.standings import Stood, stood, warnings_of
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import full_name, named_within

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _handed_out(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response


def _subject(one: Round, law: Opened, agency: str = "") -> RoundSubject:
    """Return what papers of a round have in common; the standing office issues them unless an agency does."""
    header = law.rulebook.loaded.header
    reporting = header.reporting
    by = agency or (reporting.by if reporting else "")
    superior = str(reporting.superior) if reporting and reporting.superior and by == reporting.by else ""
    if not superior and by and law.rules.agencies[by].superior is not None:
        superior = str(law.rules.agencies[by].superior)
    return RoundSubject(
        law.rules, one.year, agency_name(law.rules, by) if by else "", superior, header.legal_basis,
        law.rulebook.overlays, warnings_of(one, law),
    )  # fmt: skip


def agency_paper(request: HttpRequest, round: int, agency: str) -> HttpResponse:
    """Hand out an agency's appraisal of a round."""
    one, law = the_round(request, round, agency)
    found = []
    for line in in_queue(one):
        items = line.appraised.of(agency)
        states = [item.state for item in items]
        if not items:
            continue
        counts = "; ".join(_("{words}: {n}", words=s.words, n=states.count(s)) for s in ItemState if states.count(s))
        within = named_within(law.rules.communes[line.one.dossier.commune])
        found.append(CommuneFound(line.one.name, within, f"{counts}.", _differing(line.one, line.appraised, agency)))
    return _handed_out(agency_appraisal(_subject(one, law, agency), found), f"{one.year}-{agency}")


def _differing(one: Stood, standing: Appraised, agency: str = "") -> list[FoundRow]:
    """Return the confirmed findings that differ, of one agency or of all."""
    rows = []
    for requirement in one.law.rules.requirements():
        if (agency and requirement.lead != agency) or not _found_on(requirement, standing):
            continue
        agreement = agreement_on(requirement, one.judged, standing.confirmed)
        first, second = one.judged.find(requirement.id), standing.confirmed.find(requirement.id)
        if agreement is Agreement.AGREES or first is None or second is None:
            continue
        own, found = one.entries.get(requirement.measure), standing.entries().get(requirement.measure)
        rows.append(
            FoundRow(
                f"{requirement.id} {requirement.words}",
                held_figure_words(requirement, one.judged, own),
                str(first.verdict.label),
                held_figure_words(requirement, standing.confirmed, found),
                str(second.verdict.label),
                agreement.words,
                reasons_on(requirement, standing),
            )
        )
    return rows


def _found_on(requirement: Requirement, standing: Appraised) -> bool:
    """Tell whether what a requirement reads is confirmed, with something of it an agency's finding: whether it applies, too."""
    read = read_by(requirement, standing.law.rules, hamlets_in(standing.own))
    found = any(standing.item(kept).state is ItemState.CONFIRMED for kept in read)
    return found and confirmed_on(requirement, standing)


def _dossier_subject(one: Stood) -> DossierSubject:
    standing = appraised(one.law, one.dossier, one.figures)
    on, said = concluding_on(one.law, standing), conclusions_of(one.dossier)
    own = {child.id: child.verdict for child in one.judged.result.children}
    own |= {COMMUNE: one.judged.result.verdict}
    later = {child.id: child.verdict for child in standing.confirmed.result.children}
    later |= {COMMUNE: standing.confirmed.result.verdict}
    for verdicts, judged in ((own, one.judged), (later, standing.confirmed)):
        if judged.conditions is not None:
            verdicts[CONDITIONS] = judged.conditions.verdict
    rows = [
        CriterionRow(
            name,
            _label(own.get(id_)),
            _label(later.get(id_)) if standing.done else "",
            said[id_].concluded.words if id_ in said else "",
            said[id_].reason if id_ in said else "",
        )
        for id_, name in on.names.items()
    ]
    comments, session = standing.comments, voted_session(one.dossier)
    told = votes = ""
    if comments is not None:
        told = _(
            "{surveyed} of {households} households asked, {satisfied} satisfied.",
            surveyed=comments.surveyed, households=comments.households, satisfied=comments.satisfied,
        )  # fmt: skip
    if session is not None:
        votes = _votes(session, one)
    conclusion = _("The council concludes: {words}.", words=said[COMMUNE].concluded.words) if COMMUNE in said else ""
    subject = _subject(one.dossier.round, one.law)
    meets = COMMUNE in said and said[COMMUNE].concluded is Concluded.MEETS
    caution = "" if meets else str(Message(REFUSALS[Condition.CONCLUDED_TO_MEET]))
    commune = named_within(one.law.rules.communes[one.dossier.commune])
    return DossierSubject(subject, commune, rows, told, votes, conclusion, _differing(one, standing), caution)


def _label(verdict: Verdict | None) -> str:
    return str(verdict.label) if verdict is not None else ""


def _votes(session: Session, one: Stood) -> str:
    found = counted_in(session, one.dossier)
    counts = _(
        "{members} members, {present} attended; in favour {for_}, against {against}, no opinion {abstained}.",
        members=found.members, present=found.present, for_=found.in_favour, against=found.against,
        abstained=found.abstained,
    )  # fmt: skip
    return f"{counts} {judged_words(carried(found, one.law.procedure))}"


_OF_DOSSIER: dict[str, Callable[[DossierSubject], bytes]] = {
    "tong-hop": summary_paper,
    "to-trinh": submission_paper,
    "quyet-dinh": decision_paper,
}
_OF_SESSION: dict[str, Callable[[SessionSubject], bytes]] = {
    "bien-ban": minutes_paper,
    "phieu-bieu-quyet": ballot_paper,
}


def paper(request: HttpRequest, dossier: int, paper: str) -> HttpResponse:  # noqa: ARG001 - Access has fetched it
    """Hand out the summary, the draft submission or the draft decision of a dossier."""
    if paper not in _OF_DOSSIER:
        raise Http404
    one = stood(request.dossier)
    return _handed_out(_OF_DOSSIER[paper](_dossier_subject(one)), f"{one.dossier.commune}-{paper}")


def council_paper(request: HttpRequest, round: int, session: int, paper: str) -> HttpResponse:
    """Hand out the minutes or the empty ballot of a session."""
    if paper not in _OF_SESSION:
        raise Http404
    this = get_object_or_404(Session.objects.select_related("round__law"), pk=session, round=round)
    law = law_of_page(this.round)
    here, last = present_in(this), this.minutes.order_by("-pk").first()
    seats = [(seat.person_id, f"{seat.person}, {seat.post}".rstrip(", ")) for seat in seats_of(this.round)]
    votes = []
    for row in voted_on(this):
        found = counted_in(this, row)
        words = "; ".join(
            f"{choice.words}: {n}"
            for choice, n in zip(Choice, (found.in_favour, found.against, found.abstained), strict=True)
        )
        votes.append(
            (full_name(law.rules.communes[row.commune]), f"{words}. {judged_words(carried(found, law.procedure))}")
        )
    members = members_at(this)
    counted = _("{present} of {members} members attend.", present=len(here), members=members)
    subject = SessionSubject(
        _subject(this.round, law), this.day, this.place, [who for person, who in seats if person in here],
        [who for person, who in seats if person not in here],
        f"{counted} {judged_words(quorum(CouncilTally(members, len(here)), law.procedure))}", last.text if last else "", votes,
        [choice.words for choice in Choice], str(last.by) if last else "",
    )  # fmt: skip
    del request
    return _handed_out(_OF_SESSION[paper](subject), f"{this.day.isoformat()}-{paper}")
