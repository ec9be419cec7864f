"""A and B of `ntm rules diff`: a set, an overlay, a day or a git revision, as a law with its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import HEADER, LoadedSet, available_sets, find_set, load_overlay, load_set
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.over_time import turning_days
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.workbench.comparing.revisions import GIT, is_revision, revision_of, set_at_revision


@dataclass(frozen=True)
class LawSide:
    """One law to compare: a set as written, the overlays given for it, and the day it is named for."""

    label: str
    """What was written on the command line, with what it turned out to be."""
    loaded: LoadedSet
    overlays: tuple[Overlay, ...] = ()
    day: dt.date | None = None
    """The day that A or B is itself; None: any day."""
    known_on: dt.date | None = None
    commit: str = ""
    """The commit a git revision stands for."""

    def on(self, day: dt.date) -> CriteriaSet | None:
        """Return the law of a day; None in a year in which nothing of the set is in force."""
        if day.year not in self.loaded.years_in_force:
            return None
        return resolve(self.loaded, as_of=day, overlays=self.overlays, known_on=self.known_on)

    def turning_days(self) -> set[dt.date]:
        """Return the days from which this law may differ from that of the day before, within its period."""
        return set(turning_days(self.loaded, self.overlays))


def read_sides(
    texts: tuple[str, str],
    *,
    criteria: str | None,
    overlays: Sequence[Path],
    known_on: dt.date | None,
) -> tuple[LawSide, LawSide]:
    """Return the two laws that two texts name.

    A set's id or folder is that set; a file is an overlay, laid on the set; a day is the set on that
    day; anything else, or what begins with `git:`, is a revision of the repository that holds the set.
    `overlays` are laid on both sides first. The set is `criteria`, else the set that the other text
    names, else the only one.

    Raises:
        NtmError: a text names nothing, or what it names cannot be read.
    """
    named = next((text for text in texts if _is_set(text)), None)
    folder = find_set(criteria or named)
    laid = tuple(load_overlay(path) for path in overlays)
    once = cache(load_set)  # both sides of one set are one and the same
    one, other = (_side(text, folder, laid, known_on, once) for text in texts)
    return one, other


def _side(
    text: str,
    folder: Path,
    overlays: tuple[Overlay, ...],
    known_on: dt.date | None,
    load: Callable[[Path], LoadedSet],
) -> LawSide:
    if text.startswith(GIT):
        return _at_revision(text.removeprefix(GIT), folder, overlays, known_on)
    if _is_set(text):
        return LawSide(text, load(find_set(text)), overlays, known_on=known_on)
    path = Path(text)
    if path.is_file():
        return LawSide(path.name, load(folder), (*overlays, load_overlay(path)), known_on=known_on)
    day = as_day(text)
    if day is not None:
        return LawSide(text, load(folder), overlays, day=day, known_on=known_on)
    if not path.exists() and is_revision(text, folder):
        return _at_revision(text, folder, overlays, known_on)
    raise NtmError(
        Message(
            "“{text}” is no criteria set's id or folder (with {header}), no overlay file, no day (2026-12-31 or "
            "31/12/2026) and no git revision of the set's repository; write git:{text} to see why it is no revision",
            text=text,
            header=HEADER,
        )
    )


def _at_revision(revision: str, folder: Path, overlays: tuple[Overlay, ...], known_on: dt.date | None) -> LawSide:
    found = revision_of(revision, folder)
    return LawSide(
        f"{GIT}{revision} ({found.short}, {found.day}, {found.subject})",
        set_at_revision(found),
        overlays,
        known_on=known_on,
        commit=found.commit,
    )


def _is_set(text: str) -> bool:
    return text in available_sets() or (Path(text) / HEADER).is_file()


def as_day(text: str) -> dt.date | None:
    """Return the day a text is, written 2026-12-31 or 31/12/2026; None when it is none.

    >>> as_day("31/12/2026")
    datetime.date(2026, 12, 31)
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
