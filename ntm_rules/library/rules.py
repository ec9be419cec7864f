"""The law, opened once and kept: a set with its overlays, ready to read and to judge with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.reading import must_exist
from ntm_rules.runs.rulebook import Rulebook, open_rulebook

if TYPE_CHECKING:
    from ntm_rules.dataset.rows.headers import Vocabulary
    from ntm_rules.evaluation.columnar import Compiled
    from ntm_rules.rulebook.criteria_set import CriteriaSet
    from ntm_rules.rulebook.models import Years

Day = dt.date | str
"""A day, or its text as ISO 8601 writes it: "2026-12-31"."""


class Rules:
    """A criteria set and the overlays laid on it. What reading and judging need is made once and kept here."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._laws: dict[int, CriteriaSet] = {}
        self._compiled: dict[int, Compiled] = {}
        self._alike: dict[int, int] = {}

    def __reduce__(self) -> tuple[type[Rules], tuple[Rulebook]]:
        return Rules, (self.rulebook,)

    @property
    def as_of(self) -> dt.date | None:
        """The day whose law judges every year; None: each year's own 31 December."""
        return self.rulebook.as_of

    @property
    def id(self) -> str:
        """The id of the set."""
        return self.rulebook.loaded.header.id

    @property
    def title(self) -> str:
        """The title of the set, in the language in force."""
        return str(self.rulebook.loaded.header.title)

    @property
    def period(self) -> Years:
        """The years that the set may judge."""
        return self.rulebook.period

    def __repr__(self) -> str:
        laid = "".join(f" + {overlay.id}" for overlay in self.rulebook.overlays)
        day = f", as of {self.as_of}" if self.as_of else ""
        known = f", known on {self.rulebook.known_on}" if self.rulebook.known_on else ""
        return f"<Rules {self.id}{laid}, {self.period.from_} to {self.period.to}{day}{known}>"

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What readers know."""
        from ntm_rules.dataset.rows.headers import Vocabulary

        return Vocabulary(self.rulebook.questionnaire())

    def law(self, year: int) -> CriteriaSet:
        """Return everything in force for a year.

        Raises:
            NtmError: the year, or the day asked for, lies outside the set's period.
        """
        known = self._laws.get(year)
        if known is None:
            self.rulebook.covers(year)
            known = self._laws[year] = self.rulebook.for_year(year)
        return known

    def compiled(self, year: int) -> Compiled:
        """Return the law of a year, ready to judge with."""
        known = self._compiled.get(year)
        if known is None:
            from ntm_rules.evaluation.columnar import Compiled

            known = self._compiled[year] = Compiled(self.law(year))
        return known

    def alike(self, year: int) -> int:
        """Return the first year asked for so far whose law gives the same verdicts as this year's."""
        known = self._alike.get(year)
        if known is None:
            own = self.law(year)
            others = (other for other in dict.fromkeys(self._alike.values()) if _same(self.law(other), own))
            known = self._alike[year] = next(others, year)
        return known


def _same(one: CriteriaSet, other: CriteriaSet) -> bool:
    """Tell whether two laws of one set give the same verdicts and reasons."""
    groups = ([(commune.code, commune.group) for commune in law.communes] for law in (one, other))
    first, second = groups
    same = one.criteria == other.criteria and one.conditions == other.conditions
    return same and one.standard == other.standard and first == second


def load_set(
    id_or_path: str | Path | None = None,
    overlays: str | Path | Iterable[str | Path] = (),
    as_of: Day | None = None,
    known_on: Day | None = None,
    province: str | None = None,
) -> Rules:
    """Return a criteria set, by its id or its folder, with overlays laid on it.

    Args:
        id_or_path: None where there is only one set.
        overlays: files of later decisions that fill or replace targets.
        as_of: the day whose law judges every year; by default each year is judged by its own 31 December.
        known_on: only what had been promulgated by this day counts.
        province: of a set with several provinces the one whose communes and decisions alone are looked at.

    Raises:
        NtmError: no such set, or something in it or an overlay is wrong: everything, file by file.

    >>> from ntm_rules import load_set
    >>> load_set("lai-chau-2026-2030", as_of="2027-06-30")
    <Rules lai-chau-2026-2030, 2026 to 2030, as of 2027-06-30>
    """
    paths = [Path(overlays)] if isinstance(overlays, str | Path) else [Path(path) for path in overlays]
    must_exist(paths)
    criteria = None if id_or_path is None else str(id_or_path)
    rules = Rules(open_rulebook(LawAsked(criteria, paths, day_of(as_of), day_of(known_on), province)))
    rules.law(rules.as_of.year if rules.as_of else rules.period.from_)
    return rules


def day_of(day: Day | None) -> dt.date | None:
    """Return a day given as one or as its text.

    Raises:
        NtmError: the text is no day.
    """
    if day is None:
        return None
    if isinstance(day, dt.datetime):
        return day.date()
    if isinstance(day, dt.date):
        return day
    try:
        return dt.date.fromisoformat(day)
    except (TypeError, ValueError) as error:
        raise NtmError(Message("“{value}” is no day; write it as 2026-12-31", value=str(day))) from error
