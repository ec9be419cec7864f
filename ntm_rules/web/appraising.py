"""Acts of agencies on figures, each checked and written down in one transaction with its event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.entries import CELLS, LONGEST, Entry
from ntm_rules.appraisal.findings import PROPOSALS, Act, Deed, Item, ItemState, refusals
from ntm_rules.appraisal.hamlets import hamlets_in, parted
from ntm_rules.appraisal.states import State
from ntm_rules.appraisal.steps import ROUND_CLOSED
from ntm_rules.i18n import N_, Message
from ntm_rules.web.events import note
from ntm_rules.web.findings import Appraised, appraised, hands_in
from ntm_rules.web.laws import Opened
from ntm_rules.web.models import Dossier, Figure, Finding, Person
from ntm_rules.web.models.dossiers import locked_dossier
from ntm_rules.web.reading import read_of, reported_in

NOT_UNDER_APPRAISAL = N_("The dossier is not under appraisal; nothing was written down.")
NOT_THE_AGENCYS = N_("This figure is not the agency's to appraise.")


class Wanted(NamedTuple):
    """One act that somebody wants to do on one figure."""

    measure: str
    act: Act
    seen: int
    """The last act on it that the person looked at; 0: there was none."""
    entry: Entry = Entry()
    reason: str = ""
    cause: str = ""
    due: dt.date | None = None


class Acted(NamedTuple):
    """What became of acts on figures of one dossier."""

    done: Sequence[str]
    """The measures on which they were done."""
    refused: Mapping[str, Sequence[str]]
    """Measure -> what speaks against it."""


def act(law: Opened, dossier: int, agency: str, person: Person, wanted: Sequence[Wanted]) -> Acted:
    """Do acts on figures of one dossier, each by itself; an act that changes nothing is not written down again."""
    with transaction.atomic():
        locked = locked_dossier(dossier)
        figures = reported_in(law, locked).figures
        standing = appraised(law, locked, figures)
        refused: dict[str, list[str]] = {}
        if locked.stands is not State.UNDER_APPRAISAL:
            return Acted((), {one.measure: [str(Message(NOT_UNDER_APPRAISAL))] for one in wanted})
        if locked.round.is_closed:
            return Acted((), {one.measure: [str(Message(ROUND_CLOSED))] for one in wanted})
        hands, hamlets = hands_in(locked), hamlets_in(standing.own)
        fit: list[Wanted] = []
        for one in wanted:
            item = standing.item(one.measure)
            if _says_the_same(item, one, person):
                continue
            said = [str(words) for words in _refusals(law, agency, item, one, person, hands, hamlets)]
            if said:
                refused[one.measure] = said
            else:
                fit.append(one)
        for measure, said in _unreadable(law, standing, fit).items():
            refused[measure] = said
        fit = [one for one in fit if one.measure not in refused]
        _write(locked, agency, person, fit, figures)
        return Acted([one.measure for one in fit], refused)


def _says_the_same(item: Item, one: Wanted, person: Person) -> bool:
    if one.act is Act.ANSWER:
        given = item.last
        return given is not None and (given.act, given.reason, given.person) == (one.act, one.reason.strip(), person.pk)
    standing = item.proposal
    return (
        item.state is ItemState.PROPOSED
        and standing is not None
        and one.act in PROPOSALS
        and (standing.act, standing.entry, standing.reason, standing.person)
        == (one.act, one.entry, one.reason.strip(), person.pk)
    )


def _refusals(
    law: Opened, agency: str, item: Item, one: Wanted, person: Person, hands: frozenset[int], hamlets: Collection[int]
) -> list[Message]:
    """Return what speaks against an act; `hamlets`: the numbers of those that there are."""
    number = parted(one.measure)[1]
    if law.owner_of(one.measure) != agency or (number and number not in hamlets and not item.seen):
        return [Message(NOT_THE_AGENCYS)]
    if any(len(cell) > LONGEST for cell in one.entry.cells()):
        return [Message("More than {most} characters in one cell.", most=LONGEST)]
    deed = Deed(item.seen + 1, one.measure, one.act, person.pk, one.entry, one.reason)
    return refusals(item, deed, one.seen, hands)


def _unreadable(law: Opened, standing: Appraised, wanted: Sequence[Wanted]) -> dict[str, list[str]]:
    """Return what the reader of figures says against an agency's own, beside all others."""
    own = {one.measure: one.entry for one in wanted if one.act is Act.OWN}
    if not own:
        return {}
    read = read_of(law, standing.dossier.commune, standing.entries(proposed=True) | own)
    return {
        measure: [str(words) for fault in read.of(measure) for words in fault.sentences()]
        for measure in own
        if any(fault.refused for fault in read.of(measure))
    }


def _write(
    dossier: Dossier, agency: str, person: Person, wanted: Sequence[Wanted], figures: Mapping[str, Figure]
) -> None:
    """Write acts down: a row each, and one event for each kind of act."""
    now = timezone.now()
    Finding.objects.bulk_create(
        Finding(
            dossier=dossier, by=person, at=now, agency=agency, measure=one.measure, act=one.act.value,
            figure=figures[one.measure].version if one.measure in figures else 0, reason=one.reason.strip(),
            cause=one.cause, due=one.due, **{name: getattr(one.entry, name) for name in CELLS},
        )
        for one in wanted
    )  # fmt: skip
    for kind in dict.fromkeys(one.act for one in wanted):
        told = [_told(one) for one in wanted if one.act is kind]
        note("finding", person, dossier, act=kind.value, agency=agency, items=told)


def _told(one: Wanted) -> dict[str, object]:
    entry = {name: cell for name, cell in zip(CELLS, one.entry.cells(), strict=True) if cell}
    told = {"measure": one.measure, "entry": entry, "reason": one.reason.strip(), "cause": one.cause}
    told |= {"due": one.due.isoformat()} if one.due else {}
    return {name: said for name, said in told.items() if said}


def answer(law: Opened, dossier: int, person: Person, versions: Mapping[str, int], words: str) -> Acted:
    """Answer what agencies have asked a commune for: the items are frozen again and wait for their experts."""
    done: list[str] = []
    refused: dict[str, Sequence[str]] = {}
    for agency in dict.fromkeys(owner for measure in versions if (owner := law.owner_of(measure))):
        wanted = [
            Wanted(measure, Act.ANSWER, number, reason=words)
            for measure, number in versions.items()
            if law.owner_of(measure) == agency
        ]
        acted = act(law, dossier, agency, person, wanted)
        done += acted.done
        refused |= acted.refused
    return Acted(done, refused)


def void(dossier: Dossier, law: Opened, person: Person) -> None:
    """Void every finding of a dossier that goes back to its commune, within the transaction of that step."""
    standing = appraised(law, dossier, reported_in(law, dossier).figures)
    _end(law, dossier, person, [
        Wanted(measure, Act.VOID, item.seen)
        for measure, item in standing.items.items()
        if item.state is not ItemState.WAITING
    ])  # fmt: skip


def lapse(dossier: Dossier, law: Opened, person: Person, measures: Collection[str], reason: str) -> list[str]:
    """End the findings on some figures, for the law they were found under has changed, within the transaction of that.

    `law`: the law before. What a commune is asked for stays asked. Returns the figures.
    """
    standing = appraised(law, dossier, reported_in(law, dossier).figures)
    ended = [
        Wanted(measure, Act.LAPSE, item.seen, reason=reason)
        for measure, item in standing.items.items()
        if measure in measures and item.state in (ItemState.PROPOSED, ItemState.CONFIRMED)
    ]
    _end(law, dossier, person, ended)
    return [one.measure for one in ended]


def _end(law: Opened, dossier: Dossier, person: Person, wanted: Sequence[Wanted]) -> None:
    figures, by_agency = reported_in(law, dossier).figures, dict[str, list[Wanted]]()
    for one in wanted:
        if agency := law.owner_of(one.measure):
            by_agency.setdefault(agency, []).append(one)
    for agency, ended in by_agency.items():
        _write(dossier, agency, person, ended, figures)
