"""What an agency does to many figures at once: its experts agree to what is unproblematic, its head confirms or sends back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.findings import DIFFERING, LONGEST_REASON, Act, Item, ItemState
from ntm_rules.appraisal.hamlets import hamlets_in, parted
from ntm_rules.appraisal.notes import note_faults
from ntm_rules.appraisal.states import State
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import N_, _
from ntm_rules.report.html.values import Badge, badge_of
from ntm_rules.web.appraising import Wanted, act
from ntm_rules.web.drawing import LINKS, drawn, tell
from ntm_rules.web.findings import hands_in
from ntm_rules.web.laws import Opened
from ntm_rules.web.models import Dossier, Evidence, Person, Round
from ntm_rules.web.views.item_words import entry_words, measure_words, requirement_of
from ntm_rules.web.views.queue import InQueue, in_queue, the_round, to_queue
from ntm_rules.web.views.standings import warnings_of

MOST_SHOWN = 400


class Ticked(NamedTuple):
    """One item that may be ticked."""

    name: str
    """Under which its tick is sent: dossier, figure and the last act seen."""
    dossier: int
    commune: str
    address: str | None
    words: str
    own: str
    """What the commune says."""
    finding: str
    """What the agency finds; empty where it is to be found."""
    badge: Badge | None
    """The verdict on what would stand."""
    differs: bool
    reason: str
    who: str
    barred: str
    """Why this person may not tick it."""


class TypedTicks(NamedTuple):
    """What was ticked and typed and not taken."""

    items: frozenset[str] = frozenset()
    communes: frozenset[int] = frozenset()
    reason: str = ""
    wrong: Sequence[str] = ()


NOTHING_TYPED = TypedTicks()


class Known:
    """People and who had a hand in what, looked up once."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._hands: dict[int, frozenset[int]] = {}

    def name(self, person: int) -> str:
        """Return a person's name."""
        if person not in self._names:
            self._names[person] = str(Person.objects.get(pk=person))
        return self._names[person]

    def hands(self, dossier: Dossier) -> frozenset[int]:
        """Return who had a hand in a dossier's own figures."""
        if dossier.pk not in self._hands:
            self._hands[dossier.pk] = hands_in(dossier)
        return self._hands[dossier.pk]


def unproblematic(line: InQueue, item: Item, evidence: Mapping[tuple[int, str], int]) -> bool:
    """Tell whether an item may be agreed to at once: it can be judged, nothing was found on it, a document or a file
    stands behind it, and nobody has sent it back."""
    figure = line.one.figures.get(item.measure)
    if item.state is not ItemState.WAITING or (item.last is not None and item.last.act is Act.SEND_BACK):
        return False
    if figure is None or not figure.entry or line.one.judged.read.of(item.measure):
        return False
    if any(item.measure in finding.measures for finding in line.one.judged.findings):
        return False
    requirement, pk = requirement_of(line.one.law.rules, item.measure), line.one.dossier.pk
    total = requirement.measure if requirement is not None and parted(item.measure)[1] else item.measure
    files = (pk, item.measure) in evidence or (pk, total) in evidence  # of hamlets one stands behind all
    documented = bool(figure.document) or files or bool(line.one.entries.get(total, Entry()).document)
    return documented and _verdict(line, item, proposed=False) in (Verdict.MET, Verdict.NOT_MET, None)


def agree(request: HttpRequest, round: int, agency: str) -> HttpResponse:
    """Show what is unproblematic; agree to what is ticked."""
    one, law = the_round(request, round, agency)
    if request.method == "POST":
        return _acted(request, one, law, agency, "agree", Act.AGREE, "")
    evidence, known = _evidence_in(one), Known()
    lines = [
        _ticked(line, item, request.user, known)
        for line in in_queue(one)
        if line.one.dossier.stands is State.UNDER_APPRAISAL
        for item in line.appraised.of(agency)
        if unproblematic(line, item, evidence)
    ]
    return _ticks(request, "agree.html", _("Agree at once to what is unproblematic"), one, law, agency, lines)


def _evidence_in(one: Round) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    rows = Evidence.objects.filter(dossier__round=one, withdraws=None, withdrawn=None)
    for dossier, measure in rows.values_list("dossier", "measure"):
        found[dossier, measure] = found.get((dossier, measure), 0) + 1
    return found


def confirm(request: HttpRequest, round: int, agency: str) -> HttpResponse:
    """Show what experts propose; confirm or send back what is ticked."""
    one, law = the_round(request, round, agency)
    typed = NOTHING_TYPED
    if request.method == "POST":
        kind = Act.SEND_BACK if request.POST.get("do") == "send-back" else Act.CONFIRM
        typed = _typed(request, kind)
        if not typed.wrong:
            return _acted(request, one, law, agency, "confirm", kind, typed.reason)
    known = Known()
    lines = [
        _ticked(line, item, request.user, known)
        for line in in_queue(one)
        if line.one.dossier.stands is State.UNDER_APPRAISAL
        for item in line.appraised.of(agency)
        if item.state is ItemState.PROPOSED
    ]
    lines.sort(key=lambda line: not line.differs)
    return _ticks(request, "confirm.html", _("Confirm or send back what is proposed"), one, law, agency, lines, typed)


def _typed(request: HttpRequest, kind: Act) -> TypedTicks:
    """Return what was ticked and typed, and what speaks against sending it back."""
    said = request.POST
    communes = {int(one) for one in said.getlist("commune")[:500] if one.isdecimal() and len(one) < 10}
    reason, wrong = said.get("reason", "").strip()[: LONGEST_REASON + 1], list[str]()
    if kind is Act.SEND_BACK:
        wrong += map(str, note_faults(reason, LONGEST_REASON, N_("Say why it is sent back; the ticks are kept.")))
    return TypedTicks(frozenset(said.getlist("item")[:2000]), frozenset(communes), reason, wrong)


def _ticks(
    request: HttpRequest,
    template: str,
    heading: str,
    one: Round,
    law: Opened,
    agency: str,
    lines: Sequence[Ticked],
    typed: TypedTicks = NOTHING_TYPED,
) -> HttpResponse:
    shown = lines[:MOST_SHOWN]
    free = [line for line in shown if not line.barred]
    communes = {line.dossier: line.commune for line in free}
    each = [(pk, name, sum(line.dossier == pk for line in free)) for pk, name in sorted(communes.items())]
    return drawn(
        request, template, heading, here="rounds", trail=to_queue(one, agency, law), warnings=warnings_of(one, law),
        lines=shown, n=len(shown), cut=max(0, len(lines) - MOST_SHOWN), finding=template == "confirm.html", typed=typed, communes=each,
        status=422 if typed.wrong else 200,
    )  # fmt: skip


def _verdict(line: InQueue, item: Item, *, proposed: bool) -> Verdict | None:
    """Return the verdict of the requirement that a figure is held against; None where it is only a condition of others."""
    requirement = requirement_of(line.one.law.rules, item.measure)
    if requirement is None:
        return None
    judged = line.appraised.proposed if proposed else line.one.judged
    found = judged.find(requirement.id)
    return found.verdict if found is not None else None


def _ticked(line: InQueue, item: Item, person: Person, known: Known) -> Ticked:
    dossier, rules = line.one.dossier, line.one.law.rules
    verdict = _verdict(line, item, proposed=True)
    standing = item.proposal
    barred = ""
    if person.pk in known.hands(dossier):
        barred = _("You had a hand in this dossier")
    elif standing is not None and standing.person == person.pk:
        barred = _("Your own proposal: another person confirms it")
    figure = line.one.figures.get(item.measure)
    return Ticked(
        f"{dossier.pk}:{item.measure}:{item.seen}",
        dossier.pk,
        line.one.name,
        LINKS.to("appraise", f"{dossier.pk}/{line.appraised.required[item.measure]}", f"so-{item.measure}"),
        measure_words(rules, item.measure, hamlets_in(line.one.entries)),
        entry_words(figure.entry if figure else None),
        "" if standing is None else _found(standing.act, entry_words(standing.entry)),
        badge_of(verdict) if verdict is not None else None,
        standing is not None and standing.act in DIFFERING,
        standing.reason if standing is not None else "",
        "" if standing is None else known.name(standing.person),
        barred,
    )


def _found(kind: Act, own: str) -> str:
    return f"{kind.words}: {own}" if kind is Act.OWN else kind.words


def _sent(request: HttpRequest) -> Iterator[tuple[int, str, int]]:
    """Yield what was ticked, alone or with its whole commune: dossier, figure, last act seen."""
    whole = set(request.POST.getlist("commune")[:500])
    listed = [name for name in request.POST.getlist("listed")[:2000] if name.partition(":")[0] in whole]
    for name in dict.fromkeys([*request.POST.getlist("item")[:2000], *listed]):
        dossier, _colon, rest = name.partition(":")
        measure, _colon, seen = rest.rpartition(":")
        if dossier.isdecimal() and seen.isdecimal() and len(dossier) < 10 and len(seen) < 12:
            yield int(dossier), measure, int(seen)


def _acted(
    request: HttpRequest, one: Round, law: Opened, agency: str, page: str, kind: Act, reason: str
) -> HttpResponse:
    """Do one act on everything that was ticked; tell what was done and what was not."""
    by_dossier: dict[int, list[Wanted]] = {}
    for dossier, measure, seen in _sent(request):
        by_dossier.setdefault(dossier, []).append(Wanted(measure, kind, seen, reason=reason))
    done, refused = 0, dict[str, Any]()
    for found in one.dossiers.filter(pk__in=by_dossier):
        acted = act(law, found.pk, agency, request.user, by_dossier[found.pk])
        done += len(acted.done)
        for said in acted.refused.values():
            refused |= dict.fromkeys(said)
    if not by_dossier:
        tell(request, _("Tick something first."), good=False)
    elif done:
        tell(request, _("{act}: {n} figures.", act=kind.words, n=done))
    if refused:
        tell(request, _("Not everything was done:"), *refused, good=False)
    return HttpResponseRedirect(reverse(page, kwargs={"round": one.pk, "agency": agency}))
