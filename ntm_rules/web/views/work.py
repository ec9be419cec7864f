"""My work: the next thing and its day on top."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ntm_rules.appraisal.findings import ItemState
from ntm_rules.appraisal.layers import Layer
from ntm_rules.appraisal.permissions import Subject, may
from ntm_rules.appraisal.roles import Role
from ntm_rules.appraisal.states import State
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.web.council import present_in
from ntm_rules.web.deadlines import APPRAISE, SUBMIT, day_of
from ntm_rules.web.drawing import LINKS, drawn
from ntm_rules.web.findings import agencies_of, answer_day, in_queue_of
from ntm_rules.web.laws import law_in_force
from ntm_rules.web.models import Dossier, Person, Round, Session
from ntm_rules.web.models.dossiers import dossiers_with_round
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.views.after import verdict_of
from ntm_rules.web.views.standings import next_of, progress_words, stood, warnings_of
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day

MOST_SHOWN = 40


class Task(NamedTuple):
    """One thing to do, with its day."""

    where: Link
    words: str
    due: str
    late: bool
    standing: str
    """How it stands, in words."""
    mine: bool
    more: Sequence[Link] = ()
    """Where else to look."""


def work(request: HttpRequest) -> HttpResponse:
    """Show what this person has to do, what comes first on top."""
    person: Person = request.user
    found = sorted(_tasks(person), key=lambda task: (not task[0].mine, task[1]))
    tasks = [task for task, _day in found][:MOST_SHOWN]
    rounds = [one for one in Round.objects.all() if one.illustrative]
    warnings = warnings_of(rounds[0], law_in_force(rounds[0])) if rounds and tasks else []
    return drawn(
        request, "work.html", _("My work"), here="work", tasks=tasks, left=max(0, len(found) - MOST_SHOWN), warnings=warnings, must_change=person.must_change_password,
        password=Link(_("Change password"), LINKS.to("password", "")),
    )  # fmt: skip


def _tasks(person: Person) -> Iterator[tuple[Task, dt.date]]:
    actor = person.actor
    if actor.communes:
        for dossier in dossiers_with_round().filter(commune__in=actor.communes):
            if may(actor, "dossier", "GET", Subject(dossier.commune, dossier.stands)):
                yield _of_commune(person, dossier)
    for agency in actor.agencies:
        for one in rounds_with_law().filter(closed_at=None).prefetch_related("extensions"):
            yield from _of_agency(person, one, agency)
    if actor.has(Role.COORDINATOR):
        turns = [State.SUBMITTED.value, State.UNDER_APPRAISAL.value, State.APPRAISED.value, State.IN_COMMENT.value]
        for dossier in dossiers_with_round().filter(state__in=turns, round__closed_at=None):
            found = _of_commune(person, dossier)
            if found[0].mine:
                yield found
        rounds = list(rounds_with_law().filter(closed_at=None).prefetch_related("extensions"))
        yield from (_of_round(one) for one in rounds)
        if not rounds:
            where = Link(_("Rounds"), LINKS.to("new-round", ""))
            yield Task(where, _("No round is open: open one"), "", False, "", True), dt.date.max
    elif may(actor, "rounds", "GET"):
        for one in rounds_with_law().prefetch_related("extensions"):
            yield _looked_at(person, one)
    for role, state in ((Role.SECRETARY, State.BEFORE_COUNCIL), (Role.RECORDER, State.CONCLUDED)):
        if actor.has(role):
            for dossier in dossiers_with_round().filter(state=state.value):
                if role is Role.RECORDER or not dossier.round.is_closed:
                    yield _of_commune(person, dossier)
    if actor.has(Role.MEMBER):
        yield from _to_vote(person)
    if actor.has(Role.ADMINISTRATOR):
        where = Link(_("Accounts"), LINKS.to("accounts", ""))
        yield Task(where, _("Open and close accounts"), "", False, "", False), dt.date.max


def _of_commune(person: Person, dossier: Dossier) -> tuple[Task, dt.date]:
    one = stood(dossier)
    following = next_of(person, one)
    day = day_of(dossier.round, SUBMIT, dossier.commune) or dossier.round.submit_by
    due, late = due_words(day, dossier.stands is State.OPEN and not dossier.round.is_closed)
    answers_by = answer_day(dossier)
    if (
        answers_by is not None
        and not dossier.round.is_closed
        and person.actor.of((Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD), dossier.commune)
    ):
        day = answers_by
        due, late = due_words(day, True)
    where = Link(f"{one.name} · {dossier.round.title}", (following.where or Link("", None)).address)
    found = verdict_of(one)
    standing = f"{dossier.stands.words}. {progress_words(one.judged)}. {found.layer}: {found.words}"
    return Task(where, following.words, due, late, standing, following.mine), day


def _of_agency(person: Person, one: Round, agency: str) -> Iterator[tuple[Task, dt.date]]:
    """Yield what an agency's expert and its head have to do in a round."""
    law = law_in_force(one)
    if agency not in agencies_of(law):
        return
    states = [
        item.state
        for line in in_queue_of(one)
        if line.dossier.stands is State.UNDER_APPRAISAL
        for item in line.of(agency)
    ]
    day = day_of(one, APPRAISE, agency)
    left = len(states) - states.count(ItemState.CONFIRMED)
    due, late = due_words(day, left > 0) if day else ("", False)
    standing = _("{done} of {n} figures confirmed by the agencies", done=len(states) - left, n=len(states))
    name = f"{agency_name(law.rules, agency)} · {one.title}"
    kinds = (
        (Role.AGENCY_HEAD, "confirm", states.count(ItemState.PROPOSED), _("Findings to confirm")),
        (Role.AGENCY_EXPERT, "queue", states.count(ItemState.WAITING), _("Figures to appraise")),
    )
    for role, address, n, words in kinds:
        if person.actor.has(role, agency=agency):
            where = Link(name, LINKS.to(address, f"{one.pk}/{agency}"))
            yield Task(where, f"{words}: {n}", due if n else "", late and n > 0, standing, n > 0), day or dt.date.max


def _to_vote(person: Person) -> Iterator[tuple[Task, dt.date]]:
    """Yield the open sessions in which this person attends and has not voted on every commune."""
    for session in Session.objects.exclude(minutes__closes=True).select_related("round"):
        waiting = session.round.dossiers.filter(state=State.BEFORE_COUNCIL.value)
        left = waiting.exclude(votes__in=session.votes.filter(by=person)).count()
        if left and person.pk in present_in(session):
            where = Link(
                f"{_('The council')} · {session.round.title}", LINKS.to("votes", f"{session.round_id}/{session.pk}")
            )
            yield Task(where, _("Vote on {n} communes", n=left), on_day(session.day), False, "", True), session.day


def _of_round(one: Round) -> tuple[Task, dt.date]:
    states = list(one.dossiers.values_list("state", flat=True))
    open_ = states.count(State.OPEN.value)
    day = day_of(one, SUBMIT, "") or one.submit_by
    due, late = due_words(day, open_ > 0)
    words = _("{n} of {total} communes have not submitted", n=open_, total=len(states))
    return Task(Link(one.title, LINKS.to("round", one.pk)), words, due, late, "", False), day


def _looked_at(person: Person, one: Round) -> tuple[Task, dt.date]:
    """Return a round for who looks at it: how many have come how far, and the page for a leader where that may be seen."""
    stands = [State(state) for state in one.dossiers.values_list("state", flat=True)]
    submitted, recognised = len(stands) - stands.count(State.OPEN), stands.count(State.RECOGNISED)
    words = _(
        "{n} of {total} communes have submitted, {recognised} are recognised",
        n=submitted, total=len(stands), recognised=recognised,
    )  # fmt: skip
    standing = "; ".join(
        _("{words}: {n}", words=state.words, n=stands.count(state)) for state in State if state in stands
    )
    day = day_of(one, SUBMIT, "") or one.submit_by
    due, late = due_words(day, State.OPEN in stands and not one.is_closed)
    more = [Link(_("Progress: who has worked, who is late"), LINKS.to("progress", one.pk))]
    if may(person.actor, "overview", "GET"):
        more += [
            Link(
                f"{layer.words}: {_('one page for a leader')}", LINKS.to("overview", f"{one.pk}/{layer}/mot-trang.html")
            )
            for layer in (Layer.SELF, Layer.AGENCY)
        ]
    return Task(Link(one.title, LINKS.to("round", one.pk)), words, due, late, standing, False, more), day


def due_words(day: dt.date, owed: bool) -> tuple[str, bool]:
    """Return by when something is owed, and whether that day has passed."""
    left = (day - timezone.localdate()).days
    if not owed:
        return "", False
    if left < 0:
        return _("was due {day}, {n} days ago", day=on_day(day), n=-left), True
    if left == 0:
        return _("due today, {day}", day=on_day(day)), False
    return _("due {day}, in {n} days", day=on_day(day), n=left), False
