"""What every run needs of the rulebook: the law that was asked for, for the right day."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, call_rows_below
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet, find_set, load_overlay, load_set
from ntm_rules.rulebook.models import Overlay, Years
from ntm_rules.rulebook.over_time import ever, written_under
from ntm_rules.rulebook.province_names import called_so
from ntm_rules.rulebook.provinces import named_provinces
from ntm_rules.rulebook.resolve import outside_period, resolve
from ntm_rules.rulebook.taken import beside_last_year, earlier_years
from ntm_rules.runs.law import LawAsked
from ntm_rules.visible import visible
from ntm_rules.wording.communes import units_below
from ntm_rules.wording.dates import on_day


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A loaded set with its overlays, to be resolved for any year."""

    loaded: LoadedSet
    overlays: tuple[Overlay, ...]
    """The set's own amendments, then those given."""
    overlay_files: dict[str, str]
    """File name (the path where two files have one name) -> SHA-256."""
    overlay_paths: tuple[Path, ...] = ()
    """Where the overlays were read, which no result may replace."""
    as_of: dt.date | None = None
    """The day whose rules are used; None: 31 December of the year judged."""
    known_on: dt.date | None = None
    """Only what had been promulgated by this day counts; None: everything."""
    province: str | None = None
    """Of a register of several provinces the one that is looked at; None: all, or the one that overlays are for."""

    @property
    def each_province(self) -> tuple[str, ...]:
        """The provinces to be judged one by one: all of the set, where overlays are for several and none is asked for."""
        if self.province is not None or len(named_provinces(self.overlays)) < 2:
            return ()
        return tuple(one.id for one in self.loaded.header.provinces)

    @property
    def period(self) -> Years:
        """The years the set may judge."""
        return self.loaded.header.period

    def for_year(self, year: int) -> CriteriaSet:
        """Return the law for a year: on the day asked for, else on its 31 December.

        Raises:
            NtmError: a day outside the period of the set.
        """
        if self.as_of is None:
            return self.year_end(year)
        if self.as_of.year not in self.period:
            raise NtmError(
                Message(
                    "The criteria set covers {first} to {last}; nothing of it is in force on {day}",
                    first=self.period.from_,
                    last=self.period.to,
                    day=on_day(self.as_of),
                )
            )
        return self._on(self.as_of)

    def year_end(self, year: int) -> CriteriaSet:
        """Return the law on 31 December of a year, whatever day was asked for: a year before is judged by its own."""
        return self._on(dt.date(year, 12, 31))

    def shown(self) -> CriteriaSet:
        """Return the law on the day asked for, else on 31 December of the first year of the set."""
        return self.for_year(self.as_of.year if self.as_of else self.loaded.first_year)

    def _on(self, day_of_law: dt.date) -> CriteriaSet:
        return resolve(
            self.loaded, as_of=day_of_law, overlays=self.overlays, known_on=self.known_on, province=self.province
        )

    def written(self, rules: CriteriaSet) -> LoadedSet:
        """Return the set as it is written under a law of it, with what decisions in force did to it."""
        return written_under(self.loaded, self.overlays, rules)

    @property
    def counted_to(self) -> dt.date:
        """The day to which days overdue are counted: of what is known, of the law, else that of the run."""
        return self.known_on or self.as_of or dt.datetime.now(dt.UTC).astimezone().date()

    def covers(self, *years: int) -> None:
        """Refuse years outside the period of the set.

        Raises:
            NtmError: naming them.
        """
        outside = [year for year in years if year not in self.period]
        if outside:
            raise NtmError(outside_period(self.period, ", ".join(map(str, outside))))

    def questionnaire(self) -> Questionnaire:
        """Return what readers need: the period, and the years before it that some requirement reads."""
        header = self.loaded.header
        read = ever(self.loaded, self.overlays)
        first, taking = header.period.from_, read.taking
        earliest = min([first - 1, *earlier_years((taken for ways in taking.values() for taken in ways), first)])
        return Questionnaire(
            measures=read.measures,
            scales=read.scales,
            communes=self.loaded.communes,
            years=Years.model_validate({"from": earliest, "to": header.period.to}),
            set=header.id,
            version=header.version,
            conditional=read.conditional,
            beside_last_year={
                id_
                for id_, measure in read.measures.items()
                for year in range(first, header.period.to + 1)
                if beside_last_year(measure, taking.get(id_, frozenset()), year)
            },
            looked_back={measure for measure, ways in taking.items() if earlier_years(ways, first)},
        )


def open_rulebook(law: LawAsked) -> Rulebook:
    """Load the set and the overlays asked for.

    Raises:
        NtmError: two files hold overlays of one id, so that no output could say which is meant.
    """
    paths = law.overlays
    overlays = tuple(load_overlay(path) for path in paths)
    loaded = load_set(find_set(law.criteria))
    first = {overlay.id: loaded.folder / overlay.written_at(())[0] for overlay in loaded.amendments}
    for path, overlay in zip(paths, overlays, strict=True):
        if overlay.id in first:
            both = {"first": str(first[overlay.id]), "second": str(path)}
            raise NtmError(Message("Overlay {overlay} is given twice: {first}, {second}", overlay=overlay.id, **both))
        first[overlay.id] = path
    names = [path.name for path in paths]
    call_rows_below(units_below(loaded.communes))
    return Rulebook(
        loaded=loaded,
        overlays=(*loaded.amendments, *overlays),
        overlay_files={
            visible(path.name if names.count(path.name) == 1 else str(path)): hashlib.sha256(
                path.read_bytes()
            ).hexdigest()
            for path in paths
        },
        overlay_paths=tuple(paths),
        as_of=law.as_of,
        known_on=law.known_on,
        province=_province_id(loaded, law.province),
    )


def _province_id(loaded: LoadedSet, name: str | None) -> str | None:
    """Return the id of the province called so; a name that is none, or of several, as it is: resolving refuses it."""
    called = called_so(loaded.header.provinces, name) if name is not None else ()
    return called[0] if len(called) == 1 else name
