"""How dossiers stand: what several pages show of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.utils import timezone

from ntm_rules.appraisal.council import COMMUNE
from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.findings import asked_of
from ntm_rules.appraisal.judging import Judged
from ntm_rules.appraisal.roles import Actor, Role
from ntm_rules.appraisal.states import State
from ntm_rules.appraisal.steps import StepName
from ntm_rules.forms.commune.questions import FormSection
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.web.concluding import conclusions_of, voted_session
from ntm_rules.web.drawing import LINKS
from ntm_rules.web.findings import appraised, asked_in
from ntm_rules.web.laws import Opened, law_of_dossier
from ntm_rules.web.models import Dossier, Figure, Person, Round
from ntm_rules.web.reading import entries_of, judged_of, reported_by, reported_in
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.standing import headline_of_commune
from ntm_rules.wording.titles import numbered_title
from ntm_rules.wording.values import invented


class Stood(NamedTuple):
    """A dossier with the law of its round and what it comes to."""

    dossier: Dossier
    law: Opened
    figures: Mapping[str, Figure]
    entries: Mapping[str, Entry]
    judged: Judged

    @property
    def name(self) -> str:
        """The commune's name."""
        return full_name(self.law.rules.communes[self.dossier.commune])

    @property
    def warnings(self) -> list[str]:
        """What must stand wherever its figures are shown."""
        return warnings_of(self.dossier.round, self.law, self.judged)


def stood(dossier: Dossier, figures: Mapping[str, Figure] | None = None) -> Stood:
    """Return a dossier with what it comes to; `figures`: what is saved, where that was read already."""
    law = law_of_dossier(dossier)
    if figures is None:
        return Stood(dossier, law, *reported_in(law, dossier))
    entries = entries_of(figures)
    return Stood(dossier, law, figures, entries, judged_of(law, dossier.commune, entries))


def all_stood(one: Round) -> list[Stood]:
    """Return every dossier of a round, read at once."""
    return [Stood(dossier, law, *reported) for dossier, law, reported in reported_by(one, one.dossiers.all())]


def warnings_of(one: Round, law: Opened, judged: Judged | None = None) -> list[str]:
    """Return what must stand wherever invented rules or figures are shown, and that rules are not as pinned."""
    data = one.illustrative or (judged is not None and judged.read.dataset.illustrative)
    said = invented(rules=law.rules.illustrative, data=data)
    if not law.as_pinned:
        said = [*said, _("This version of the program reads the pinned law otherwise than when it was pinned.")]
    return said


def closed_words(one: Round) -> str:
    """Return that a round is closed, since when and why; empty where it goes on."""
    last = one.closures.order_by("-pk").select_related("by").first() if one.is_closed else None
    if last is None:
        return ""
    day = on_day(timezone.localtime(last.at).date())
    return _("The round was closed on {day}: {reason}", day=day, reason=last.reason)


def headline(judged: Judged) -> str:
    """Return how a commune stands, in one sentence."""
    if not judged.says_something:
        return _("Nothing has been entered yet that can be judged.")
    return headline_of_commune(judged.criteria, judged.indicators)


def progress_words(judged: Judged) -> str:
    """Return how far a dossier is filled in, whatever comes out."""
    done = judged.completeness()
    return _("{given} of {asked} figures and answers entered", given=done.given, asked=done.asked)


class Next(NamedTuple):
    """The next thing to do, and where."""

    words: str
    where: Link | None = None
    mine: bool = True
    """It is this person's to do."""


def next_of(person: Person, one: Stood) -> Next:
    """Return what comes next for a dossier, as this person sees it."""
    actor, dossier, state = person.actor, one.dossier, one.dossier.stands
    page = Link(one.name, LINKS.to("dossier", dossier.pk))
    if dossier.round.is_closed and state not in (State.CONCLUDED, State.RECOGNISED):
        return Next(_("The round is closed: {state}", state=state.words), page, False)
    officer, head = (actor.has(role, dossier.commune) for role in (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD))
    if state is State.OPEN:
        return _next_while_open(one, page, officer=officer, head=head)
    if state is State.SUBMITTED:
        office = actor.has(Role.COORDINATOR)
        words = _("Accept or return the dossier") if office else _("Awaiting acceptance by the standing office")
        return Next(words, page, office)
    if state is State.UNDER_APPRAISAL:
        return _next_under_appraisal(one, page, actor)
    mine = next((role for role in _NEXT_AFTER if (role, state) in _TURNS and actor.has(role)), None)
    if mine is Role.SECRETARY and COMMUNE in conclusions_of(dossier):
        return Next(StepName.CONCLUDE.words, page)
    if mine is Role.SECRETARY and voted_session(dossier) is None:
        words = _("The council is to vote on it: open a session, or close the open one once it has voted")
        return Next(words, Link(page.words, LINKS.to("council", dossier.round_id)))
    return Next(_TURNS[mine, state](), _where_next(one, mine, page), True) if mine else Next(state.words, page, False)


_NEXT_AFTER = (Role.COORDINATOR, Role.SECRETARY, Role.RECORDER)
_TURNS: Mapping[tuple[Role, State], Callable[[], str]] = {
    (Role.COORDINATOR, State.APPRAISED): lambda: _("Publish for comment"),
    (Role.COORDINATOR, State.IN_COMMENT): lambda: _("Record the residents' comments, then call the council"),
    (Role.SECRETARY, State.BEFORE_COUNCIL): lambda: _("Record what the council concludes"),
    (Role.RECORDER, State.CONCLUDED): lambda: _("Record the decision"),
}
"""Whose turn it is after the agencies, and at what."""


def _where_next(one: Stood, role: Role, page: Link) -> Link:
    kinds = {Role.SECRETARY: "conclude", Role.RECORDER: "record"}
    kind = kinds.get(role, "comments" if one.dossier.stands is State.IN_COMMENT else "")
    return Link(page.words, LINKS.to(kind, one.dossier.pk)) if kind else page


def _next_under_appraisal(one: Stood, page: Link, actor: Actor) -> Next:
    commune = one.dossier.commune
    asked = asked_in(one.dossier)
    if asked and actor.of((Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD), commune):
        return Next(_("Answer what the agencies ask for: {n} figures", n=len(asked)), page)
    if actor.has(Role.COORDINATOR) and appraised(one.law, one.dossier, one.figures).done:
        return Next(_("All agencies have confirmed: close the appraisal"), page)
    return Next(_("Under appraisal by the lead agencies"), page, False)


def _next_while_open(one: Stood, page: Link, *, officer: bool, head: bool) -> Next:
    done = one.judged.completeness()
    left = first_missing(one)
    if officer and left is not None and done.missing + done.unusable:
        where = Link(page.words, LINKS.to("criterion", f"{one.dossier.pk}/{left[0]}", f"so-{left[1]}"))
        return Next(_("Fill in what is missing: {n} figures and answers", n=done.missing + done.unusable), where)
    if head:
        words = _("Look through and submit") if one.judged.says_something else _("The officers are filling in")
        return Next(words, page, one.judged.says_something)
    if officer:
        return Next(_("All is filled in: the head of the commune submits"), page, False)
    return Next(_("The commune is filling in"), page, False)


def first_missing(one: Stood) -> tuple[str, str] | None:
    """Return the section and the measure of the first question that is asked and not answered."""
    read = one.judged.read
    asked = asked_of(one.law.rules, read.record, read.hamlets)
    for section in one.law.sections:
        for kept in one.law.kept_in(section, read.hamlets.values()):
            if kept in asked and not one.entries.get(kept):
                return section_id(section), kept
    return None


def where_entered(one: Stood, measure: str) -> str | None:
    """Return where a figure is entered, beside the law's words, its target and its verdict."""
    section = one.law.section_with(measure)
    return LINKS.to("criterion", f"{one.dossier.pk}/{section_id(section)}", f"so-{measure}") if section else None


def section_id(section: FormSection) -> str:
    """Return how a section of the form is called in addresses."""
    return section.criterion.id if section.criterion is not None else section.kind


def section_title(section: FormSection) -> str:
    """Return what a section of the form is called."""
    if section.criterion is not None:
        return numbered_title(section.criterion)
    return _("Further conditions of recognition") if section.kind == "conditions" else _("Further figures")
