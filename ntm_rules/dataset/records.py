"""What was reported, exactly: the values that readers give and evaluators take.

A value is never absent without a reason: `state` says why there is nothing to compare.
"""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from ntm_rules.dataset.problems import Problem, place_of
from ntm_rules.i18n import Message


class State(IntEnum):
    """Whether a value can be compared, and if not, why not."""

    PRESENT = 0
    MISSING = 1
    """Nobody reported it."""
    INVALID = 2
    """Something was written that is not a value; a problem in the list says what."""
    CONFLICTING = 3
    """It was given twice and differently; a problem says where."""
    AWAITED = 4
    """A ruling whose body has not concluded ("chưa có kết luận")."""
    NOTHING_TO_COUNT = 5
    """A share whose denominator is zero where that means "not applicable"."""
    UNCLEAR = 6
    """It can be meant in two ways, and nobody has confirmed one; a problem names both."""
    HAMLETS_NOT_LISTED = 7
    """Of how many hamlets meet something: there are more than figures are given of, and the others would decide."""
    HAMLETS_UNKNOWN = 8
    """Of how many hamlets meet something: figures of some that are listed are missing, and they would decide."""
    HAMLETS_WITHOUT_TARGET = 9
    """Of how many hamlets meet something: what some must reach is not fixed yet, and they would decide."""


class Reported(NamedTuple):
    """One figure or statement of one commune for one year.

    The integers are read by the measure's kind (see `ntm_rules.exact` for the scales):

    - share: `value` / `base`. Counted: both in units of `10 ** -measure.counted.decimals`.
      Typed as one percentage: `value` = percent in 10**-7, `base` = 100 * 10**7.
    - growth, count, amount: `value` in 10**-7; `base` is 0.
    - attestation: `value` 1 for Có, 0 for Không. ruling: 1 for đạt, 0 for không đạt.
    - grade: `value` = rank on the scale, lowest 0.
    - date: `value` = the number of the day (`datetime.date.toordinal`).
    """

    state: State
    value: int = 0
    base: int = 0
    counted: bool = False
    """True when a share came as numerator and denominator, so that a gap can be counted in things."""
    document: str = ""
    """The document the reporter names for it."""
    written: str = ""
    """The figure as the reporter wrote it."""
    note: str = ""


NOT_REPORTED = Reported(State.MISSING)


class Place(NamedTuple):
    """Where something was read: a cell of a sheet, or a line of a text file (from 1; 0 in workbooks)."""

    file: str
    sheet: str = ""
    cell: str = ""
    line: int = 0

    def words(self) -> Message:
        """Return the place inside its file, in words."""
        return place_of(self.sheet, self.cell, self.line, in_memory=not self.file)


class Evidence(NamedTuple):
    """One document that a reporter lists for a figure (a row of the form's sheet "Minh chứng")."""

    measure: str
    """Empty when the row names none that is known."""
    number: str = ""
    """Number and sign as written ("12/BC-UBND")."""
    date: dt.date | None = None
    """Its day; None when none is written or it cannot be read (a problem says so)."""
    issuer: str = ""
    title: str = ""
    note: str = ""
    place: Place | None = None
    """Where it was read."""


@dataclass(frozen=True, slots=True)
class CommuneYear:
    """Everything one commune reported for one year: measure id -> value."""

    code: str
    name: str
    year: int
    values: Mapping[str, Reported] = field(default_factory=dict)
    evidence: Sequence[Evidence] = ()
    """The documents listed apart from the figures, in the order read."""
    carried: Mapping[str, Reported] = field(default_factory=dict)
    """Figures of the year before that the form itself carries: to look at, never part of a verdict."""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    """Measure -> where its figure was read; empty for records that come from no file."""
    base_only: bool = False
    """True when all of it stands beside the figures of the year after, as what their growth starts from: nobody
    reported for this year itself, so it is no report to judge or to count."""
    hamlets: Mapping[str, CommuneYear] = field(default_factory=dict)
    """What was reported of each hamlet (thôn, bản, ấp) in it, by name; their records bear its code and their own names."""

    def get(self, measure: str) -> Reported:
        """Return what was reported for a measure; `NOT_REPORTED` when nothing was."""
        return self.values.get(measure, NOT_REPORTED)


class EarlierRecords(Mapping[tuple[str, int], CommuneYear]):
    """(commune, year) of records -> the record of the year before; and what the commune reported for any other year."""

    @abstractmethod
    def others(self, record: CommuneYear) -> Mapping[int, CommuneYear]:
        """Return year -> the record of it, of the commune of a record."""


def others_in(earlier: Mapping[tuple[str, int], CommuneYear], record: CommuneYear) -> Mapping[int, CommuneYear]:
    """Return what a record's commune reported for other years, as far as is known beside the year before."""
    return earlier.others(record) if isinstance(earlier, EarlierRecords) else {}


def year_before(record: CommuneYear, before: CommuneYear | None) -> CommuneYear | None:
    """Return what is known of the year before: its own report, and for the rest what this year's form carries of it.

    To look at only; verdicts take the report alone. None where nothing is known.
    """
    if not record.carried:
        return before
    values = {**record.carried, **(before.values if before else {})}
    if before is not None:
        return replace(before, values=values)
    return CommuneYear(record.code, record.name, record.year - 1, values)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read, for the run's record."""

    name: str
    sha256: str
    size: int
    communes: tuple[tuple[str, int], ...] = ()
    """(code, year) of the communes it reports for or says that it is of, those included whose figures were refused; a
    year of 0 where it says none. Figures of the year before that stand beside are no report of it."""


@dataclass(frozen=True)
class Dataset:
    """What was read: one record per commune and year, by code then year, and what was wrong."""

    records: Sequence[CommuneYear]
    problems: Sequence[Problem] = ()
    inputs: Sequence[InputFile] = ()
    illustrative: bool = False
    """True when an input says its figures are invented ("số liệu minh họa")."""

    def years(self) -> tuple[int, ...]:
        """Return the years for which something was reported, in order."""
        return tuple(self.reports)

    @cached_property
    def reports(self) -> Mapping[int, Sequence[CommuneYear]]:
        """Year -> the records of it, by commune, in the order of the years; what growth starts from alone is no report."""
        as_columns = getattr(self.records, "by_year", None)
        if as_columns is not None:
            found: dict[int, Sequence[CommuneYear]] = as_columns()
            return found
        years = sorted({record.year for record in self.records if not record.base_only})
        return {year: [one for one in self.records if one.year == year and not one.base_only] for year in years}

    def record(self, code: str, year: int) -> CommuneYear | None:
        """Return one commune's record of one year, or None."""
        at = self._place_of.get((code, year))
        return None if at is None else self.records[at]

    @cached_property
    def _place_of(self) -> Mapping[tuple[str, int], int]:
        return {(record.code, record.year): at for at, record in reversed(list(enumerate(self.records)))}

    @cached_property
    def earlier(self) -> EarlierRecords:
        """The records of other years, for each record."""
        return EarlierOf(self.records, self.record)

    def problems_for(self, code: str) -> list[Problem]:
        """Return the problems that somebody who looks at one commune must see: all but those of others that report.

        What says that it is of a commune that has no record is among them: it may be this commune's, wrongly headed.
        """
        others = {record.code for record in self.records} - {code}
        return [problem for problem in self.problems if problem.commune_code not in others]


class EarlierOf(EarlierRecords):
    """What the communes of some records reported for other years, looked up when somebody asks."""

    def __init__(self, records: Sequence[CommuneYear], record: Callable[[str, int], CommuneYear | None]) -> None:
        self._records, self._record = records, record

    def __getitem__(self, key: tuple[str, int]) -> CommuneYear:
        found = self._record(key[0], key[1] - 1)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return ((one.code, one.year) for one in self._records if self._record(one.code, one.year - 1) is not None)

    def __len__(self) -> int:
        return sum(1 for _key in self)

    def others(self, record: CommuneYear) -> Mapping[int, CommuneYear]:
        """Return year -> the record of it, of the commune of a record."""
        return OtherYears(record.code, self._record)


class OtherYears(Mapping[int, CommuneYear]):
    """What one commune reported for other years, looked up when somebody asks."""

    def __init__(self, code: str, record: Callable[[str, int], CommuneYear | None]) -> None:
        self._code, self._record = code, record

    def __getitem__(self, year: int) -> CommuneYear:
        found = self._record(self._code, year)
        if found is None:
            raise KeyError(year)
        return found

    def __iter__(self) -> Iterator[int]:
        return (year for year in range(FIRST_YEAR, LAST_YEAR + 1) if year in self)

    def __len__(self) -> int:
        return sum(1 for _year in self)


FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years of which anything can be reported."""
