"""Figures written down: each saving a new version, the same saving once, and never over what somebody else saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.entries import CELLS, LONGEST, Entry, EntryFault
from ntm_rules.appraisal.hamlets import hamlets_in, name_refusals, of_those_there, parted
from ntm_rules.i18n import Message
from ntm_rules.web.events import note_each
from ntm_rules.web.findings import writable_in
from ntm_rules.web.laws import Opened
from ntm_rules.web.models import Dossier, Figure, Person
from ntm_rules.web.models.dossiers import locked_dossier
from ntm_rules.web.reading import judged_of, reported_in


class Outcome(Enum):
    """What became of a figure that somebody wanted to save."""

    SAVED = "saved"
    REFUSED = "refused"
    """It cannot be read; what was saved before stands."""
    CONFLICT = "conflict"
    """Somebody else saved another value since it was looked at."""
    CLOSED = "closed"
    """The figure is not open to the commune any more."""


@dataclass(frozen=True, slots=True)
class Saving:
    """A figure that somebody wants to save."""

    measure: str
    entry: Entry
    base: int
    """The version that the person looked at; 0: there was none."""
    key: str
    earlier: tuple[str, ...] = ()
    """Keys of savings that were sent before this one and never answered: they are no conflict with oneself."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of it."""

    outcome: Outcome
    current: Figure | None = None
    """What stands now."""
    faults: Sequence[EntryFault] = ()
    said: Sequence[Message] = ()
    """What else is to be told."""

    @property
    def version(self) -> int:
        """The version that stands now."""
        return self.current.version if self.current else 0


def save(
    law: Opened, dossier: int, person: Person, savings: Sequence[Saving], way: str = "form", *, removing: bool = False
) -> tuple[dict[str, Saved], dict[str, Figure]]:
    """Save figures of one dossier, each by itself; return what became of each, and the figures that stand now.

    `removing`: names of hamlets may be emptied, which takes them out of the list.
    """
    _look_ahead(law, dossier, savings)
    with transaction.atomic():
        locked = locked_dossier(dossier)
        standing = reported_in(law, locked)
        figures = dict(standing.figures)
        names = (parted(saving.measure) for saving in savings if saving.entry)
        writable = writable_in(law, locked, [number for measure, number in names if number and not measure])
        found: dict[str, Saved] = {}
        wanted: dict[str, Saving] = {}
        written: list[tuple[Figure | None, Figure]] = []
        keys = Figure.objects.filter(key__in=[saving.key for saving in savings])
        known = {figure.key: figure for figure in keys}
        for saving in savings:
            if saving.measure not in writable:
                found[saving.measure] = Saved(Outcome.CLOSED, figures.get(saving.measure))
                continue
            told = _before_reading(locked, saving, figures.get(saving.measure), known.get(saving.key))
            if told is None:
                wanted[saving.measure] = saving
            else:
                found[saving.measure] = told
        for measure, said in _names_refused(standing.entries, wanted, removing=removing).items():
            found[measure] = Saved(Outcome.REFUSED, figures.get(measure), (), said)
            del wanted[measure]
        together = {**standing.entries, **{measure: saving.entry for measure, saving in wanted.items()}}
        read = judged_of(
            law, locked.commune, of_those_there(together)
        ).read  # the answer says what they come to: read once for both
        for measure, saving in wanted.items():
            faults = read.of(measure)
            if any(fault.refused for fault in faults):
                found[measure] = Saved(Outcome.REFUSED, figures.get(measure), faults)
            else:
                fresh = _fresh(locked, saving, figures.get(measure), person, way)
                written.append((figures.get(measure), fresh))
                figures[measure] = fresh
                found[measure] = Saved(Outcome.SAVED, fresh, faults)
        if written:
            _write(locked, person, written)
        return found, figures


def _look_ahead(law: Opened, dossier: int, savings: Sequence[Saving]) -> None:
    """Judge before anybody else is kept waiting: within the transaction it is known already unless somebody was faster."""
    this = Dossier.objects.get(pk=dossier)
    entries = reported_in(law, this).entries
    wanted = {saving.measure: saving.entry for saving in savings if not _too_long(saving)}
    judged_of(law, this.commune, of_those_there({**entries, **wanted}))


def _names_refused(
    standing: Mapping[str, Entry], wanted: Mapping[str, Saving], *, removing: bool
) -> dict[str, list[Message]]:
    """Return what speaks against names of hamlets, each beside those that stand and those before it."""
    there, refused = hamlets_in(standing), dict[str, list[Message]]()
    for kept, saving in wanted.items():
        measure, number = parted(kept)
        if measure or not number or (removing and not saving.entry):
            continue
        if said := name_refusals(kept, saving.entry, there):
            refused[kept] = said
        else:
            there[number] = saving.entry.value
    return refused


def _too_long(saving: Saving) -> bool:
    return any(len(cell) > LONGEST for cell in saving.entry.cells())


def _before_reading(dossier: Dossier, saving: Saving, current: Figure | None, known: Figure | None) -> Saved | None:
    """Return what becomes of a saving without reading it; None where it is to be read. `known`: what was saved under its key."""
    if _too_long(saving):
        return Saved(Outcome.REFUSED, current, (), [Message("More than {most} characters in one cell.", most=LONGEST)])
    if known is not None and (known.dossier_id, known.measure) == (dossier.pk, saving.measure):
        return Saved(Outcome.SAVED, current)
    standing = current.entry if current else Entry()
    if standing == saving.entry:
        return Saved(Outcome.SAVED, current)
    own = current is not None and current.key in saving.earlier
    if known is not None or ((current.version if current else 0) != saving.base and not own):
        return Saved(Outcome.CONFLICT, current)
    return None


def _fresh(dossier: Dossier, saving: Saving, current: Figure | None, person: Person, way: str) -> Figure:
    """Return the next version of a figure, not yet written down."""
    return Figure(
        dossier=dossier, by=person, at=timezone.now(), measure=saving.measure, way=way, key=saving.key,
        version=(current.version if current else 0) + 1, **{name: getattr(saving.entry, name) for name in CELLS},
    )  # fmt: skip


def _write(dossier: Dossier, person: Person, written: Sequence[tuple[Figure | None, Figure]]) -> None:
    """Write figures down, each with its event: what stood before, and what stands now."""
    Figure.objects.bulk_create(fresh for _before, fresh in written)
    told = [
        {
            "measure": fresh.measure, "version": fresh.version, "way": fresh.way,
            "before": _told(before.entry if before else Entry()), "after": _told(fresh.entry),
        }
        for before, fresh in written
    ]  # fmt: skip
    note_each("figure", person, dossier, told)


def _told(entry: Entry) -> dict[str, str]:
    return {name: cell for name, cell in zip(CELLS, entry.cells(), strict=True) if cell}
