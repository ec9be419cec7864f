"""Who is told of what: one table from what happened to the people it concerns, and the words of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils import timezone

from ntm_rules.appraisal.findings import Act
from ntm_rules.appraisal.roles import Role
from ntm_rules.i18n import N_, _
from ntm_rules.report.html.links import Link
from ntm_rules.web.laws import law_in_force, law_of_dossier
from ntm_rules.web.models import Dossier, Notice, Person
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import full_name

_COMMUNE = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD)


class NoticeKind(NamedTuple):
    """What a notice says, and to whom."""

    words: str
    roles: tuple[Role, ...]
    page: str = "dossier"
    """Where it leads: a dossier's page, a round's, or the queue of an agency."""
    once: bool = False
    """Not written again while one like it has not been seen."""


KINDS: Mapping[str, NoticeKind] = {
    "submit": NoticeKind(N_("The dossier is submitted"), (Role.COORDINATOR,)),
    "take-back": NoticeKind(N_("The dossier is taken back"), (Role.COORDINATOR,)),
    "accept": NoticeKind(N_("The dossier is accepted and under appraisal"), _COMMUNE),
    "return": NoticeKind(N_("The dossier is returned"), _COMMUNE),
    "ask": NoticeKind(N_("An agency asks for more"), _COMMUNE),
    "answer": NoticeKind(N_("The commune has answered"), (Role.AGENCY_EXPERT,), "queue", once=True),
    "propose": NoticeKind(N_("Findings are proposed, to be confirmed"), (Role.AGENCY_HEAD,), "queue", once=True),
    "send-back": NoticeKind(N_("Findings are sent back by the head"), (Role.AGENCY_EXPERT,), "queue", once=True),
    "extension": NoticeKind(N_("A day has been changed"), (*_COMMUNE, Role.AGENCY_EXPERT, Role.AGENCY_HEAD), "round"),
    "rereview": NoticeKind(N_("The commune is reviewed again after a merger"), _COMMUNE),
    "law-changed": NoticeKind(N_("The dossier is back with the agencies, for the law has changed"), _COMMUNE),
    "repin": NoticeKind(
        N_("The round follows another version of the criteria"),
        (*_COMMUNE, Role.AGENCY_EXPERT, Role.AGENCY_HEAD, Role.SECRETARY, Role.MEMBER, Role.RECORDER),
        "round",
    ),
    "close": NoticeKind(
        N_("The round is closed"),
        (*_COMMUNE, Role.AGENCY_EXPERT, Role.AGENCY_HEAD, Role.SECRETARY, Role.MEMBER, Role.RECORDER),
        "round",
    ),
    "reopen": NoticeKind(
        N_("The round is open again"),
        (*_COMMUNE, Role.AGENCY_EXPERT, Role.AGENCY_HEAD, Role.SECRETARY, Role.MEMBER, Role.RECORDER),
        "round",
    ),
    "appraise": NoticeKind(N_("The agencies' appraisal is closed"), _COMMUNE),
    "publish": NoticeKind(N_("The results are published for comments"), _COMMUNE),
    "call": NoticeKind(N_("The dossier goes before the council"), (*_COMMUNE, Role.SECRETARY, Role.MEMBER)),
    "conclude": NoticeKind(N_("The council has concluded"), (*_COMMUNE, Role.COORDINATOR, Role.RECORDER)),
    "recognise": NoticeKind(N_("The decision of recognition is recorded"), (*_COMMUNE, Role.COORDINATOR)),
    "refuse": NoticeKind(N_("The decision not to recognise is recorded"), (*_COMMUNE, Role.COORDINATOR)),
    "revoke": NoticeKind(N_("The recognition is revoked"), (*_COMMUNE, Role.COORDINATOR)),
}
"""Kind -> what is said and who is told; every step of a dossier has a row."""
_ACTS = {
    Act.AGREE: "propose", Act.OWN: "propose", Act.SET_ASIDE: "propose", Act.SEND_BACK: "send-back", Act.ASK: "ask",
    Act.ANSWER: "answer",
}  # fmt: skip
"""What an agency did -> the kind of notice; what is not here is told to nobody."""
_OF_ROUND = {"extension": "extension", "round-closed": "close", "round-reopened": "reopen", "repinned": "repin"}
"""What happened to a round -> the kind of notice."""
LONGEST = 500
"""Letters of what somebody wrote beside."""


def tell_people(kind: str, by: Person | None, dossier: Dossier | None, event: Mapping[str, Any]) -> None:
    """Write the notices of something that happened, within its transaction; who did it is not told."""
    of, round_, agency, place = "", None, "", None
    if kind == "step" and dossier is not None:
        step = str(event.get("step", ""))
        of, round_ = step, dossier.round_id
    elif kind == "rereview" and dossier is not None:
        of, round_ = kind, dossier.round_id
    elif kind == "finding" and dossier is not None:
        of, round_ = _ACTS.get(Act(str(event["act"])), ""), dossier.round_id
        agency = str(event.get("agency", ""))
    elif kind in _OF_ROUND:
        of, round_, place = _OF_ROUND[kind], event.get("round"), str(event.get("place", ""))
    if not of or round_ is None:
        return
    words = str(event.get("note") or event.get("reason") or _reason_in(event))[:LONGEST]
    now = timezone.now()
    for person in _told(KINDS[of], round_, dossier, agency, place, event):
        if by is not None and person.pk == by.pk:
            continue
        said = {"person": person, "kind": of, "round_id": round_, "agency": agency}
        about = {"dossier": None if KINDS[of].once else dossier}
        if KINDS[of].once and Notice.objects.filter(**said, seen_at=None).exists():
            continue
        Notice(**said, **about, words="" if KINDS[of].once else words, at=now).save(force_insert=True)


def _reason_in(told: Mapping[str, Any]) -> str:
    """Return the first reason among the items of an act."""
    items = told.get("items")
    reasons = (
        [str(item.get("reason", "")) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    )
    return next(filter(None, reasons), "")


def _told(
    kind: NoticeKind, round_: int, dossier: Dossier | None, agency: str, place: str | None, told: Mapping[str, Any]
) -> Iterator[Person]:
    """Yield the people with an open account whom it concerns, each once."""
    taking_part = (
        set(Dossier.objects.filter(round_id=round_).values_list("commune", flat=True)) if place is not None else set()
    )
    people = Person.objects.filter(is_active=True, roles__role__in=[role.value for role in kind.roles]).distinct()
    for person in people.prefetch_related("roles"):
        actor = person.actor
        for role in kind.roles:
            commune = dossier.commune if dossier is not None and role in _COMMUNE else None
            if place is not None:  # of a round: for one commune or agency, or for all
                if "what" in told and (told["what"] == "submit") is not (role in _COMMUNE):
                    continue
                reached = any(held.role is role and place in ("", held.place) for held in actor.roles)
            else:
                reached = actor.has(role, commune, agency or None)
            if reached and (place is None or role not in _COMMUNE or not taking_part.isdisjoint(actor.communes)):
                yield person
                break


def words_of(notice: Notice) -> str:
    """Return what a notice says, in the language in force."""
    said = _(KINDS[notice.kind].words)
    if notice.dossier is not None:
        law = law_of_dossier(notice.dossier)
        said = f"{full_name(law.rules.communes[notice.dossier.commune])}: {said}"
    elif notice.agency and notice.round is not None:
        said = f"{agency_name(law_in_force(notice.round).rules, notice.agency)}: {said}"
    if notice.round is not None:
        said = f"{said} ({notice.round.title})"
    return f"{said}. {notice.words}" if notice.words else f"{said}."


def link_of(notice: Notice) -> Link:
    """Return a notice as a link to what it is about."""
    from ntm_rules.web.drawing import LINKS  # which counts what is not seen

    page = KINDS[notice.kind].page
    where = None
    if notice.dossier_id is not None:
        where = LINKS.to("dossier", notice.dossier_id)
    elif page == "queue" and notice.agency:
        where = LINKS.to("queue", f"{notice.round_id}/{notice.agency}")
    else:
        where = LINKS.to("work", "")
    return Link(words_of(notice), where)


def unseen(person: Person) -> int:
    """Return how many notices a person has not seen."""
    return Notice.objects.filter(person=person, seen_at=None).count()
