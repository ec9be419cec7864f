"""The council of a round: its members, sessions, who attends, minutes, votes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ntm_rules.appraisal.council import QUORUM, VOTES, Choice, CouncilTally, carried, quorum
from ntm_rules.appraisal.permissions import Subject, may
from ntm_rules.appraisal.roles import Role
from ntm_rules.appraisal.states import State
from ntm_rules.errors import NtmError
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Cell, PageTable, counted, named, stacked
from ntm_rules.rulebook.procedures import Procedure
from ntm_rules.web.council import (
    cast,
    counted_in,
    end_seat,
    give_seat,
    is_closed,
    is_early,
    open_session,
    present_in,
    record_attendance,
    seats_of,
    write_minutes,
)
from ntm_rules.web.drawing import LINKS, at_time, drawn, tell
from ntm_rules.web.laws import Opened, law_of_page
from ntm_rules.web.models import Dossier, Person, Round, Session
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.views.concluded import concluded_of
from ntm_rules.web.views.days import day_typed
from ntm_rules.web.views.standings import warnings_of
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.values import number


class SeatShown(NamedTuple):
    """A member of the council."""

    id: int
    person: int
    who: str
    post: str
    present: bool = False


class Ballot(NamedTuple):
    """One commune to vote on."""

    dossier: int
    name: str
    layers: str | None
    conclude: str | None
    own: str
    """How this member has voted; empty: not yet."""


def council(request: HttpRequest, round: int) -> HttpResponse:
    """Show the council of a round."""
    return _drawn(request, *_round(round), {}, [])


def _drawn(
    request: HttpRequest, one: Round, law: Opened, typed: Mapping[str, str], wrong: Sequence[str]
) -> HttpResponse:
    """Draw the council; `typed`: what was not taken, `wrong`: why."""
    actor, closed = request.user.actor, Subject(closed=one.is_closed)
    people: list[tuple[str, str]] = []
    if may(actor, "seat", "POST", closed):
        seated = {seat.person_id for seat in seats_of(one)}
        members = Person.objects.filter(is_active=True, roles__role=Role.MEMBER.value).exclude(pk__in=seated)
        people = [(str(person.pk), str(person)) for person in members]
    return drawn(
        request, "council.html", _("The council"), here="rounds", trail=[_back(one)], warnings=warnings_of(one, law),
        seats=[SeatShown(seat.pk, seat.person_id, str(seat.person), seat.post) for seat in seats_of(one)],
        seat=LINKS.to("seat", one.pk) if may(actor, "seat", "POST", closed) else None, people=people,
        open_session=LINKS.to("open-session", one.pk) if may(actor, "open-session", "POST", closed) else None,
        parameters=[_parameter(law.procedure, id_) for id_ in (QUORUM, VOTES)],
        sessions=_sessions(one), concluded=concluded_of(one, law), before=_before(one, law), typed={"person": "", "post": "", "day": "", "place": "", **typed},
        wrong=wrong, status=422 if wrong else 200,
    )  # fmt: skip


def _round(round: int) -> tuple[Round, Opened]:
    one = get_object_or_404(rounds_with_law(), pk=round)
    return one, law_of_page(one)


def _back(one: Round) -> Link:
    return Link(one.title, LINKS.to("round", one.pk))


def _parameter(procedure: Procedure, id_: str) -> str:
    """Return what is known of a number of the procedure."""
    found = procedure.parameter(id_)
    if found is None:
        return _("{id}: the set says nothing of it; votes are counted, not judged.", id=id_)
    if found.value is None:
        return _("{title}: {pending}; counted, not judged.", title=str(found.title), pending=str(found.pending))
    return f"{found.title}: {number(found.value)}{found.unit}"


def _sessions(one: Round) -> PageTable | None:
    rows = [
        [
            named(on_day(session.day), LINKS.to("session", f"{one.pk}/{session.pk}")),
            Cell(session.place),
            Cell(_("closed for good") if is_closed(session) else _("not closed yet")),
            counted(len(present_in(session))),
            counted(session.votes.count()),
        ]
        for session in one.sessions.all()
    ]
    heads = [_("Session"), _("Place of the session"), _("State of the session"), _("Attending"), _("Votes cast")]
    return stacked("sessions", _("Sessions"), heads, rows) if rows else None


def _before(one: Round, law: Opened) -> list[Link]:
    """Return the communes that are before the council."""
    rows = one.dossiers.filter(state=State.BEFORE_COUNCIL.value)
    return [Link(full_name(law.rules.communes[row.commune]), LINKS.to("conclude", row.pk)) for row in rows]


def _taken(request: HttpRequest, one: Round, law: Opened, words: str, act: Callable[[], object]) -> HttpResponse:
    """Do something of the council and tell it; where it is refused, say why above what was typed."""
    try:
        act()
    except NtmError as error:
        typed = {name: request.POST.get(name, "")[:200] for name in ("person", "post", "day", "place")}
        return _drawn(request, one, law, typed, str(error).split("\n"))
    tell(request, words)
    return HttpResponseRedirect(reverse("council", kwargs={"round": one.pk}))


def _done(request: HttpRequest, where: str, words: str, act: Callable[[], object]) -> HttpResponse:
    """Do something and tell it, or what speaks against it."""
    try:
        act()
    except NtmError as error:
        tell(request, *str(error).split("\n"), good=False)
    else:
        tell(request, words)
    return HttpResponseRedirect(where)


def seat(request: HttpRequest, round: int) -> HttpResponse:
    """Make somebody a member of the council, or end that."""
    (one, law), said = _round(round), request.POST
    if said.get("do") == "end":
        ends = _id(said.get("seat", ""))
        return _taken(request, one, law, _("The seat has ended."), lambda: end_seat(one, request.user, ends))
    return _taken(
        request, one, law, _("The seat is given."),
        lambda: give_seat(one, request.user, _id(said.get("person", "")), said.get("post", "")),
    )  # fmt: skip


def _id(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def opened(request: HttpRequest, round: int) -> HttpResponse:
    """Open a session."""
    one, law = _round(round)
    day, place = day_typed(request.POST.get("day", "")), request.POST.get("place", "")
    return _taken(request, one, law, _("The session is open."), lambda: open_session(one, request.user, day, place))


def _session(round: int, session: int) -> tuple[Session, Opened]:
    found = get_object_or_404(Session.objects.select_related("round__law"), pk=session, round=round)
    return found, law_of_page(found.round)


def session(request: HttpRequest, round: int, session: int) -> HttpResponse:
    """Show a session: who attends, the count of votes, the minutes; write them down."""
    this, law = _session(round, session)
    where = reverse("session", kwargs={"round": round, "session": session})
    closing = request.method == "POST" and request.POST.get("do") == "closing"
    if request.method == "POST" and not closing:
        return _written(request, this, where)
    present, last, actor = (
        present_in(this),
        this.minutes.order_by("-pk").select_related("by").first(),
        request.user.actor,
    )
    written = last.text if last is not None else ""
    if closing:
        written = request.POST.get("text", "")[:20_000]
    written_by = [] if last is None else [_("Written {when}, {who}", when=at_time(last.at), who=str(last.by))]
    papers = [
        Link(words, LINKS.to("council-paper", f"{round}/{session}/{paper}"))
        for paper, words in (("bien-ban", _("Minutes (Word)")), ("phieu-bieu-quyet", _("Ballot (Word)")))
    ]
    return drawn(
        request, "session.html", _("Session of {day}", day=on_day(this.day)), here="rounds",
        trail=[_back(this.round), Link(_("The council"), LINKS.to("council", round))],
        warnings=warnings_of(this.round, law), place=this.place, closed=is_closed(this),
        seats=[SeatShown(s.pk, s.person_id, str(s.person), s.post, s.person_id in present) for s in seats_of(this.round)],
        writes=may(actor, "session", "POST", Subject(closed=this.round.is_closed)) and not is_closed(this), minutes=written, paragraphs=written.splitlines(), written_by=written_by, papers=papers,
        votes=LINKS.to("votes", f"{round}/{session}") if may(actor, "votes", "GET") else None, table=_tallies(this, law),
        quorum=_quorum(law.procedure, this, len(present)), closing=_left_open(this, law, len(present)) if closing else [],
    )  # fmt: skip


def _left_open(this: Session, law: Opened, present: int) -> list[str]:
    """Return what would stay as it is for good were the session closed now."""
    said = [_quorum(law.procedure, this, present)]
    for row in voted_on(this):
        cast_votes = counted_in(this, row).cast
        if cast_votes < present:
            name = full_name(law.rules.communes[row.commune])
            said.append(_("{name}: {cast} of {present} have voted", name=name, cast=cast_votes, present=present))
    return said


def _written(request: HttpRequest, this: Session, where: str) -> HttpResponse:
    said = request.POST
    if said.get("do") == "attendance":
        present = {_id(person) for person in said.getlist("present")[:500]}

        def record() -> None:
            if stay := record_attendance(this, request.user, present):
                tell(
                    request,
                    _("Recorded as attending still, for the vote is cast: {names}.", names="; ".join(stay)),
                    good=False,
                )

        return _done(request, where, _("Attendance is recorded."), record)
    closes = said.get("do") == "close"
    words = _("The session is closed.") if closes else _("The minutes are saved.")
    text = said.get("text", "")[:20_001]
    return _done(request, where, words, lambda: write_minutes(this, request.user, text, closes=closes))


def _quorum(procedure: Procedure, this: Session, present: int) -> str:
    members = len(seats_of(this.round))
    counts = _("{present} of {members} members attend.", present=present, members=members)
    return f"{counts} {judged_words(quorum(CouncilTally(members, present), procedure))}"


def judged_words(reached: bool | None) -> str:
    """Return whether a share is reached, in words."""
    if reached is None:
        return _("No document fixes the share: counted, not judged.")
    return _("The share that the procedure asks for is reached.") if reached else _("The share that the procedure asks for is not reached.")  # fmt: skip


def voted_on(this: Session) -> list[Dossier]:
    """Return the dossiers that a session votes or has voted on."""
    found = set(this.votes.values_list("dossier", flat=True))
    if not is_closed(this):
        found |= set(this.round.dossiers.filter(state=State.BEFORE_COUNCIL.value).values_list("pk", flat=True))
    return list(this.round.dossiers.filter(pk__in=found).select_related("round"))


def _tallies(this: Session, law: Opened) -> PageTable | None:
    rows = []
    for row in voted_on(this):
        found = counted_in(this, row)
        seen = row.stands not in (State.APPRAISED, State.IN_COMMENT)
        rows.append(
            [
                named(full_name(law.rules.communes[row.commune]), LINKS.to("conclude", row.pk) if seen else None),
                counted(found.in_favour),
                counted(found.against),
                counted(found.abstained),
                Cell(judged_words(carried(found, law.procedure))),
            ]
        )
    heads = [_("Commune"), *(choice.words for choice in Choice), _("Judged")]
    return stacked("votes", _("Votes counted"), heads, rows) if rows else None


def votes(request: HttpRequest, round: int, session: int) -> HttpResponse:
    """Let a member vote on each commune: once, and his own vote alone."""
    this, law = _session(round, session)
    where = reverse("votes", kwargs={"round": round, "session": session})
    if request.method == "POST":
        return _cast(request, this, where)
    mine = {vote.dossier_id: Choice(vote.choice).words for vote in this.votes.filter(by=request.user)}
    ballots = [
        Ballot(
            row.pk,
            full_name(law.rules.communes[row.commune]),
            LINKS.to("layers", row.pk),
            LINKS.to("conclude", row.pk),
            mine.get(row.pk, ""),
        )
        for row in voted_on(this)
    ]
    return drawn(
        request, "votes.html", _("Vote"), here="rounds", warnings=warnings_of(this.round, law),
        trail=[_back(this.round), Link(_("The council"), LINKS.to("council", round)),
               Link(_("Session of {day}", day=on_day(this.day)), LINKS.to("session", f"{round}/{session}"))],
        ballots=ballots, open_ballots=any(not one.own for one in ballots), closed=is_closed(this), early=is_early(this), day=on_day(this.day), choices=[(choice.value, choice.words) for choice in Choice],
        present=request.user.pk in present_in(this),
    )  # fmt: skip


def _cast(request: HttpRequest, this: Session, where: str) -> HttpResponse:
    done, wrong = 0, dict[str, None]()
    for dossier in this.round.dossiers.values_list("pk", flat=True):
        chosen = request.POST.get(f"vote-{dossier}", "")
        if not chosen:
            continue
        if chosen not in set(Choice):
            raise Http404
        try:
            cast(this, dossier, request.user, Choice(chosen))
            done += 1
        except NtmError as error:
            wrong |= dict.fromkeys(str(error).split("\n"))
    if done:
        tell(request, _("Votes cast: {n}.", n=done))
    if wrong or not done:
        tell(request, *(wrong or [_("Choose how you vote first.")]), good=False)
    return HttpResponseRedirect(where)
