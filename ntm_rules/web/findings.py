"""What agencies have found, read from what is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from ntm_rules.appraisal.comments import Comments
from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.findings import Act, Item, ItemState, asked_of, items_of, layer_of
from ntm_rules.appraisal.hamlets import MOST_HAMLETS, SIGN, kept_of, kept_under, parted
from ntm_rules.appraisal.judging import Judged
from ntm_rules.appraisal.states import ACCEPTED, WRITABLE, State
from ntm_rules.appraisal.steps import OWN_DOSSIER, StepName
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.web.laws import Opened, law_in_force
from ntm_rules.web.models import Comment, Dossier, Figure, Finding, Person, Round
from ntm_rules.web.reading import entries_of, judged_of, reported_by


def agencies_of(law: Opened) -> list[str]:
    """Return the agencies that appraise something, in the order in which the set names them."""
    owning = set(law.owners.values())
    return [agency for agency in law.rules.agencies if agency in owning]


@dataclass(frozen=True)
class Appraised:
    """One dossier's items and what they come to."""

    law: Opened
    dossier: Dossier
    own: Mapping[str, Entry]
    """The commune's figures as they stand."""
    items: Mapping[str, Item]
    comments: Comments | None = None
    """Of residents, where the standing office has recorded them: until then nobody but the commune has said anything of it."""

    @cached_property
    def required(self) -> dict[str, str]:
        """Measure -> agency of every item that must be confirmed: what the law asks, by what the agencies find so far."""
        read = self.proposed.read
        asked, numbers = asked_of(self.law.rules, read.record, read.hamlets), sorted(read.hamlets.values())
        return {
            kept: agency
            for measure, agency in self.law.owners.items()
            for kept in kept_of([measure], self.law.rules, numbers)
            if kept in asked
        }

    @cached_property
    def proposed(self) -> Judged:
        """What it would come to were all that is proposed confirmed."""
        return self._judged(proposed=True)

    @cached_property
    def confirmed(self) -> Judged:
        """What comes out of what agencies have confirmed; the rest is empty."""
        return self._judged(proposed=False)

    def entries(self, *, proposed: bool = False) -> dict[str, Entry]:
        """Return the figures of the agencies' layer; whether a decision has recognised the commune is no finding.

        Of residents' comments it has what the standing office recorded, and nothing before: a commune's own survey is no finding.
        """
        procedure = self.law.procedure
        found = layer_of(self.own, self.items, self.law.owners, proposed=proposed)
        found.pop(self.law.rules.recognition or "", None)
        if self.comments is not None:
            return found | self.comments.entries(procedure.comments)
        return found if proposed else {of: entry for of, entry in found.items() if of not in procedure.comment_measures}

    def _judged(self, *, proposed: bool) -> Judged:
        return judged_of(self.law, self.dossier.commune, self.entries(proposed=proposed))

    def item(self, measure: str) -> Item:
        """Return an item, also one on which nothing was done yet."""
        return self.items.get(measure, Item(measure))

    def of(self, agency: str) -> list[Item]:
        """Return the items of an agency that must be confirmed, in the order of the law."""
        return [self.item(measure) for measure, owner in self.required.items() if owner == agency]

    @cached_property
    def done(self) -> bool:
        """Whether every agency has confirmed all that is its own."""
        return all(self.item(measure).state is ItemState.CONFIRMED for measure in self.required)

    def count(self, state: ItemState) -> int:
        """Return how many items stand so."""
        return sum(self.item(measure).state is state for measure in self.required)


def items_in(dossier: Dossier) -> dict[str, Item]:
    """Return the items of a dossier on which something was done."""
    return items_of(finding.deed for finding in dossier.findings.order_by("pk"))


def appraised(law: Opened, dossier: Dossier, figures: Mapping[str, Figure]) -> Appraised:
    """Return a dossier's items."""
    row = dossier.comments.order_by("-pk").first()
    return Appraised(law, dossier, entries_of(figures), items_in(dossier), comments_in(row) if row else None)


def comments_in(row: Comment) -> Comments:
    """Return recorded comments as figures."""
    return Comments(row.households, row.surveyed, row.satisfied, row.document)


def comments_of_round(one: Round) -> dict[int, Comments]:
    """Return the comments recorded on every dossier of a round, read at once."""
    return {row.dossier_id: comments_in(row) for row in Comment.objects.filter(dossier__round=one).order_by("pk")}


def items_of_round(one: Round) -> dict[int, Mapping[str, Item]]:
    """Return the items of every dossier of a round on which something was done; read only where it changed."""

    def made(dossiers: Collection[int]) -> dict[int, Mapping[str, Item]]:
        deeds: dict[int, list[Finding]] = {}
        for finding in Finding.objects.filter(dossier__in=dossiers).order_by("pk"):
            deeds.setdefault(finding.dossier_id, []).append(finding)
        return {dossier: items_of(finding.deed for finding in found) for dossier, found in deeds.items()}

    return law_in_force(one).items.of(Finding.objects.filter(dossier__round=one), made)


def asked_in(dossier: Dossier) -> frozenset[str]:
    """Return the measures that agencies have asked a commune for and that wait for its answer."""
    if dossier.stands is not State.UNDER_APPRAISAL:
        return frozenset()
    return frozenset(measure for measure, item in items_in(dossier).items() if item.state is ItemState.ASKED)


def writable_in(law: Opened, dossier: Dossier, naming: Collection[int] = ()) -> frozenset[str]:
    """Return what the commune may change now: all while its dossier is open, else what it was asked for; none of a closed round.

    Of hamlets those that there ever were; `naming`: numbers of others that are being named, as many as a commune may have.
    """
    if dossier.round.is_closed:
        return frozenset()
    if dossier.stands not in WRITABLE:
        return asked_in(dossier)
    if not law.rules.hamlet_measures:
        return frozenset(law.rules.measures)
    given = numbers_given(dossier)
    last = max(given, default=0) + MOST_HAMLETS
    numbers = {*given, *(number for number in naming if number <= last)}
    return frozenset({*(kept_under("", n) for n in numbers), *kept_of(law.rules.measures, law.rules, numbers)})


def numbers_given(dossier: Dossier) -> list[int]:
    """Return the numbers of the hamlets that were ever named in a dossier, those removed included."""
    named = dossier.figures.filter(measure__startswith=SIGN).order_by().values_list("measure", flat=True).distinct()
    return sorted(parted(kept)[1] for kept in named)


def answer_day(dossier: Dossier) -> dt.date | None:
    """Return the first day by which the commune answers an agency; None where nothing is asked."""
    asked = asked_in(dossier)
    rows = dossier.findings.filter(act=Act.ASK.value, measure__in=asked).order_by("pk").values_list("measure", "due")
    return min((due for due in dict(rows).values() if due), default=None)


def answer_days(one: Round) -> dict[int, dt.date]:
    """Return dossier -> the first day by which it answers an agency, for each of a round of which something is asked."""
    asked = Finding.objects.filter(dossier__round=one, dossier__state=State.UNDER_APPRAISAL.value, act=Act.ASK.value)
    rows = asked.order_by("pk").values_list("dossier", "measure", "due")
    items, found = items_of_round(one) if rows else {}, dict[int, dt.date]()
    for (dossier, measure), due in {(dossier, measure): due for dossier, measure, due in rows}.items():
        if due and items[dossier][measure].state is ItemState.ASKED:
            found[dossier] = min(due, found.get(dossier, due))
    return found


def in_queue_of(one: Round) -> list[Appraised]:
    """Return the dossiers of a round that agencies can see, read at once."""
    items, comments = items_of_round(one), comments_of_round(one)
    dossiers = [dossier for dossier in one.dossiers.all() if dossier.stands in ACCEPTED]
    return [
        Appraised(law, dossier, reported.entries, items.get(dossier.pk, {}), comments.get(dossier.pk))
        for dossier, law, reported in reported_by(one, dossiers)
    ]


def hands_in(dossier: Dossier) -> frozenset[int]:
    """Return who had a hand in the commune's own figures: entered some, put a file to them, submitted, answered an agency."""
    rows = (
        dossier.evidences.all(), dossier.takens.filter(step=StepName.SUBMIT.value),
        dossier.findings.filter(act=Act.ANSWER.value),
    )  # fmt: skip
    people = dossier.figures.order_by().values_list("by", flat=True)
    return frozenset(people.union(*(each.order_by().values_list("by", flat=True) for each in rows)))


def refuse_own_hand(dossier: Dossier, person: Person) -> None:
    """Refuse whoever had a hand in the commune's own figures.

    Raises:
        NtmError: this person had.
    """
    if person.pk in hands_in(dossier):
        raise NtmError(Message(OWN_DOSSIER))
