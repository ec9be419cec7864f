"""One agency at one commune: its figures with what the commune says, what is found, and what the commune is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.findings import LONGEST_REASON, Act, Item, ItemState
from ntm_rules.appraisal.hamlets import hamlets_in, measure_of, parted
from ntm_rules.appraisal.layers import Agreement
from ntm_rules.appraisal.permissions import Subject, may
from ntm_rules.appraisal.states import State
from ntm_rules.evaluation.held import held
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Badge, badge_of
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.web.appraising import Wanted, act
from ntm_rules.web.deadlines import APPRAISE, day_of
from ntm_rules.web.drawing import LINKS, at_time, drawn, tell, to_round
from ntm_rules.web.findings import Appraised, agencies_of, appraised, hands_in
from ntm_rules.web.models import Finding
from ntm_rules.web.views.days import day_typed
from ntm_rules.web.views.item_words import entry_words, label_words, measure_words, requirement_of
from ntm_rules.web.views.layers import agreement_on
from ntm_rules.web.views.questions import Asking, Field, FileShown
from ntm_rules.web.views.standings import Stood, stood, where_entered
from ntm_rules.web.views.typed_findings import NOTHING_KEPT, KeptFindings, Request, Typed, request_typed, typed_on
from ntm_rules.web.views.work import due_words
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.findings import finding_row
from ntm_rules.wording.gaps import gap_words
from ntm_rules.wording.targets import target_words
from ntm_rules.wording.titles import numbered_title

FEW = 3
"""Figures of which a cross-check's finding is told whole; of more it would drown each of them."""


class ItemShown(NamedTuple):
    """One figure of the agency, with all that belongs to it."""

    measure: str
    anchor: str
    label: str
    unit: str
    rule: str
    """The words of the law that it answers."""
    target: str
    own: str
    document: str
    note: str
    own_badge: Badge | None
    own_gap: str
    where: str | None
    """The commune's own page of it."""
    files: Sequence[FileShown]
    doubts: Sequence[str]
    """What the reader and the cross-checks say of it."""
    state: str
    look: str
    history: Sequence[str]
    """The last acts, in words."""
    badge: Badge | None
    """The verdict on what would stand."""
    agreement: str
    opened: bool
    """A finding can be given now."""
    askable: bool
    seen: int
    found_seen: int
    """The last act seen when the finding was typed: one of another since then is told, not overridden."""
    kept: bool
    """It was typed and not taken."""
    chosen: str
    choices: Sequence[tuple[str, str]]
    fields: Sequence[Field]
    reason: str
    wrong: Sequence[str]


def appraise(request: HttpRequest, dossier: int, agency: str) -> HttpResponse:
    """Show an agency's figures of one commune; write down what its expert finds."""
    one = _of(request, agency)
    if request.method == "GET":
        return _drawn(request, one, agency, NOTHING_KEPT)
    items = appraised(one.law, one.dossier, one.figures).of(agency)
    typed, asked = _typed(request, items), request_typed(request.POST)
    wanted = [
        Wanted(measure, Act(said.act), said.seen, said.proposed, said.reason)
        for measure, said in typed.items()
        if said.act
    ]
    acted = act(one.law, dossier, agency, request.user, wanted)
    left = {item.measure for item in items if item.measure in typed and typed[item.measure].is_unsent(item)}
    kept = {m: said for m, said in typed.items() if m in acted.refused or (m in left and not said.act)}
    wrong = [_("Not everything could be written down: look at the figures marked below.")] if acted.refused else []
    if not wrong:
        tell(request, _("Proposed: {n} findings.", n=len(acted.done)) if acted.done else _("Nothing was changed."))
        if not kept and not asked.is_begun:
            return HttpResponseRedirect(reverse("appraise", kwargs={"dossier": dossier, "agency": agency}))
    return _drawn(request, _of(request, agency), agency, KeptFindings(kept, acted.refused, asked, wrong))


def _of(request: HttpRequest, agency: str) -> Stood:
    one = stood(request.dossier)
    if agency not in agencies_of(one.law):
        raise Http404
    return one


def _typed(request: HttpRequest, items: Sequence[Item]) -> dict[str, Typed]:
    found = {item.measure: typed_on(request.POST, item.measure) for item in items}
    return {measure: said for measure, said in found.items() if said is not None}


def _drawn(request: HttpRequest, one: Stood, agency: str, kept: KeptFindings) -> HttpResponse:
    person, this = request.user, one.dossier
    subject = Subject(this.commune, this.stands, agency, closed=this.round.is_closed)
    own_hand = person.pk in hands_in(this)
    opened = may(person.actor, "appraise", "POST", subject) and not own_hand
    shown = _Shown(one, appraised(one.law, this, one.figures), opened, kept)
    lines = [shown.item(item) for item in shown.appraised.of(agency)]
    day = day_of(this.round, APPRAISE, agency)
    left = sum(item.state is not ItemState.CONFIRMED for item in shown.appraised.of(agency))
    due, late = (
        due_words(day, left > 0 and this.stands is State.UNDER_APPRAISAL and not this.round.is_closed)
        if day
        else ("", False)
    )
    trail = to_round(this, person)
    if may(person.actor, "queue", "GET", Subject(agency=agency)):
        trail = [*trail, Link(agency_name(one.law.rules, agency), LINKS.to("queue", f"{this.round_id}/{agency}"))]
    can_ask = may(person.actor, "ask", "POST", subject) and not own_hand
    return drawn(
        request, "appraise.html", f"{one.name}, {this.round.year}: {agency_name(one.law.rules, agency)}", trail=trail,
        warnings=one.warnings, lines=lines, opened=opened, can_ask=can_ask, due=due, late=late, state=this.stands.words,
        own_hand=own_hand and may(person.actor, "appraise", "POST", subject),
        address=LINKS.to("appraise", f"{this.pk}/{agency}"), ask=LINKS.to("ask", f"{this.pk}/{agency}"),
        more=[Link(one.name, LINKS.to("dossier", this.pk)),
              Link(_("Layers side by side"), LINKS.to("layers", this.pk))],
        causes=[(reason.id, str(reason.label)) for reason in one.law.procedure.return_reasons],
        request_kept=kept.request, longest=LONGEST_REASON, wrong=kept.wrong, status=422 if kept.wrong else 200,
        due_day=kept.request.due or (timezone.localdate() + dt.timedelta(7)).isoformat(),
    )  # fmt: skip


_GRAVEST_FIRST = (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET, Verdict.MET, Verdict.NOT_APPLICABLE)


class _Shown:
    """Shows the items of one dossier."""

    def __init__(
        self,
        one: Stood,
        standing: Appraised,
        opened: bool,
        kept: KeptFindings,
    ) -> None:
        self.one, self.appraised, self._opened = one, standing, opened
        self._typed, self._refused = kept.typed, kept.refused
        self._asking = Asking(one, (), {}, {})
        self._requirements: Mapping[str, Sequence[Requirement]] = {
            question.measure.id: question.requirements
            for section in one.law.sections
            for question in section.questions()
        }
        self._history: dict[str, list[Finding]] = {}
        for row in one.dossier.findings.select_related("by").order_by("pk"):
            self._history.setdefault(row.measure, []).append(row)

    def item(self, item: Item) -> ItemShown:
        """Return all that is shown of an item."""
        rules, measure = self.one.law.rules, self.one.law.rules.measures[measure_of(item.measure)]
        of_hamlet = parted(item.measure)[1] > 0
        requirement = requirement_of(rules, item.measure) if of_hamlet else self._gravest(item.measure)
        figure = self.one.figures.get(item.measure)
        typed = self._typed.get(item.measure)
        standing = item.proposal
        entry = typed.entry if typed else standing.entry if standing else Entry()
        quantity = measure.traits.quantity
        return ItemShown(
            item.measure,
            f"so-{item.measure}",
            label_words(rules, item.measure, hamlets_in(self.one.entries)),
            str(measure.reported_unit) if quantity else "",
            numbered_title(requirement) if requirement else "",
            target_words(rules, requirement, requirement.target.value_for(self.one.judged.facts.group))
            if requirement
            else "",
            entry_words(figure.entry if figure else None),
            figure.document if figure else "",
            figure.note if figure else "",
            self._badge(requirement, proposed=False),
            self._gap(requirement),
            where_entered(self.one, item.measure),
            self._asking.files.get(requirement.measure if of_hamlet and requirement else item.measure, ()),
            list(self._doubts(item.measure)),
            item.state.words,
            item.state.value,
            [self._told(row) for row in self._history.get(item.measure, ())[-4:]],
            self._badge(requirement, proposed=True) if standing else None,
            self._agreement(requirement, item),
            self._opened and item.state in (ItemState.WAITING, ItemState.PROPOSED),
            item.state is not ItemState.ASKED,
            item.seen,
            typed.seen if typed and item.measure not in self._refused else item.seen,
            typed is not None,
            typed.act if typed else standing.act.value if standing else "",
            [
                ("", _("(no finding yet)")),
                (Act.AGREE.value, _("Agrees with the commune's figure") if quantity else _("Agrees with the commune's answer")),
                (Act.OWN.value, _("The agency's own figure, as below") if quantity else _("The agency's ruling, as below")),
                (Act.SET_ASIDE.value, Act.SET_ASIDE.words),
            ],
            [
                *self._asking.fields(measure, item.measure, entry),
                Field("document", f"{item.measure}:document", _("Document of the agency (number, day)"), entry.document),
            ],
            typed.reason if typed else standing.reason if standing else "",
            self._refused.get(item.measure, ()),
        )  # fmt: skip

    def _gravest(self, measure: str) -> Requirement | None:
        """Return the requirement on a figure that stands worst by the commune's own figures: where one fails, that one."""

        def rank(requirement: Requirement) -> int:
            found = self.one.judged.find(requirement.id)
            return len(_GRAVEST_FIRST) if found is None else _GRAVEST_FIRST.index(found.verdict)

        return min(self._requirements[measure], key=rank, default=None)

    def _badge(self, requirement: Requirement | None, *, proposed: bool) -> Badge | None:
        if requirement is None:
            return None
        found = (self.appraised.proposed if proposed else self.one.judged).find(requirement.id)
        return badge_of(found.verdict) if found is not None else None

    def _gap(self, requirement: Requirement | None) -> str:
        found = self.one.judged.find(requirement.id) if requirement else None
        if requirement is None or found is None or found.verdict is not Verdict.NOT_MET:
            return ""
        gap = held(self.one.law.rules, self.one.judged.facts, requirement, found.verdict).gap
        return gap_words(self.one.law.rules, requirement, gap) if gap is not None else ""

    def _agreement(self, requirement: Requirement | None, item: Item) -> str:
        if requirement is None or item.proposal is None:
            return ""
        found: Agreement = agreement_on(requirement, self.one.judged, self.appraised.proposed)
        return found.words

    def _doubts(self, measure: str) -> Iterator[str]:
        for fault in self.one.judged.read.of(measure):
            yield from map(str, fault.sentences())
        for finding in self.one.judged.findings:
            if measure in finding.measures:
                row = finding_row(self.one.law.rules, finding)
                yield f"{row.check}. {row.message if len(finding.measures) <= FEW else row.title}"

    def _told(self, row: Finding) -> str:
        kind, cause = Act(row.act), self.one.law.procedure.reason(row.cause)
        said = [kind.words, *([entry_words(row.deed.entry)] if kind is Act.OWN else [])]
        said += [str(cause.label)] if cause else []
        said += [f"“{row.reason}”"] if row.reason else []
        said += [_("document {cell}", cell=row.document)] if row.document else []
        said += [_("answer by {day}", day=on_day(row.due))] if row.due else []
        return f"{'; '.join(said)} ({row.by}, {at_time(row.at)})"


def ask(request: HttpRequest, dossier: int, agency: str) -> HttpResponse:
    """Ask the commune for more: what is ticked is open to it again, the rest stays frozen."""
    one = _of(request, agency)
    standing = appraised(one.law, one.dossier, one.figures)
    items, said = standing.of(agency), request_typed(request.POST)
    typed, day, wrong = _typed(request, items), day_typed(said.due), []
    kept = {
        item.measure: typed[item.measure]
        for item in items
        if item.measure in typed and typed[item.measure].is_unsent(item)
    }
    if one.law.procedure.return_reasons and one.law.procedure.reason(said.cause) is None:
        wrong.append(_("Choose one of the reasons."))
    if day is None or day < timezone.localdate():
        wrong.append(_("Enter the day by which the commune answers, not before today."))
    wanted = [
        Wanted(measure, Act.ASK, seen, reason=said.reason, cause=said.cause, due=day)
        for measure, seen in said.items.items()
        if measure in standing.required
    ]
    if not wanted:
        wrong.append(_("Tick the figures that the commune is asked for."))
    if not said.reason.strip():
        wrong.append(_("Say in words what is asked for: the commune reads it."))
    both = [
        measure_words(one.law.rules, each.measure, hamlets_in(one.entries)) for each in wanted if each.measure in kept
    ]
    if both:
        wrong.append(
            _("On {names} a finding is typed and the commune is asked for more: propose the finding first, or take it back.", names="; ".join(both))
        )  # fmt: skip
    if wrong:
        return _drawn(request, one, agency, KeptFindings(kept, {}, said, wrong))
    acted = act(one.law, dossier, agency, request.user, wanted)
    wrong = list(dict.fromkeys(words for refused in acted.refused.values() for words in refused))
    if acted.done:
        tell(request, _("The commune is asked for more on {n} figures.", n=len(acted.done)))
    if not wrong and not kept:
        return HttpResponseRedirect(reverse("appraise", kwargs={"dossier": dossier, "agency": agency}))
    left = {measure: seen for measure, seen in said.items.items() if measure in acted.refused}
    return _drawn(
        request,
        _of(request, agency),
        agency,
        KeptFindings(kept, {}, said._replace(items=left) if wrong else Request(), wrong),
    )
