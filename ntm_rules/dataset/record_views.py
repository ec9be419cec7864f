"""Columns of figures seen as records: one `CommuneYear` at a time, made when somebody looks at it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import ItemsView, Iterator, Mapping, Sequence, ValuesView
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.figure_columns import YEARS, FigureColumns, Index, columns_of_records
from ntm_rules.dataset.figure_places import Places
from ntm_rules.dataset.records import CommuneYear, EarlierRecords, OtherYears, Place, Reported, others_in

_KEPT = 128
"""So many records are kept at a time; whoever asks for one asks again soon."""


class Records(Sequence[CommuneYear]):
    """Some owners of columns, in an order of their own, as a sequence of records."""

    __slots__ = ("__dict__", "_kept", "_made_of", "columns", "owners")

    def __init__(
        self, columns: FigureColumns, owners: Index | None = None, made_of: Sequence[CommuneYear] | None = None
    ) -> None:
        self.columns = columns
        self._made_of = made_of
        """The records of all owners, where the columns were made of them."""
        self.owners: Index = np.arange(len(columns)) if owners is None else owners
        """Numbers of the owners in the columns."""
        self._kept: dict[int, CommuneYear] = {}

    def __len__(self) -> int:
        return len(self.owners)

    @overload
    def __getitem__(self, at: int) -> CommuneYear: ...
    @overload
    def __getitem__(self, at: slice) -> Records: ...
    def __getitem__(self, at: int | slice) -> CommuneYear | Records:
        """Return the record at a place."""
        if isinstance(at, slice):
            return self.some(self.owners[at])
        owner = int(self.owners[at])
        if self._made_of is not None:
            return self._made_of[owner]
        known = self._kept.get(owner)
        if known is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            known = self._kept[owner] = record_of(self.columns, owner)
        return known

    def some(self, owners: Index) -> Records:
        """Return the records of other owners of the same columns."""
        return Records(self.columns, owners, self._made_of)

    def __iter__(self) -> Iterator[CommuneYear]:
        """Yield every record."""
        return (self[at] for at in range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence has the same records."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # compared by what it holds

    @property
    def made_of_objects(self) -> bool:
        """Whether the columns were made of records; what stands in those alone, the columns do not know."""
        return self._made_of is not None

    def by_year(self) -> dict[int, Records]:
        """Return the records of each year, but those that only growth starts from."""
        reports = self.owners[~self.columns.base_only[self.owners]]
        years = self.columns.years[reports]
        return {year: self.some(reports[years == year]) for year in np.unique(years).tolist()}

    @cached_property
    def years(self) -> NDArray[np.int32]:
        """The year of each."""
        return self.columns.years[self.owners]

    @cached_property
    def codes(self) -> list[str]:
        """The commune code of each."""
        return [self.columns.codes[owner] for owner in self.owners.tolist()]

    @cached_property
    def names(self) -> list[str]:
        """The commune's name of each."""
        return [self.columns.names[owner] for owner in self.owners.tolist()]

    @cached_property
    def at(self) -> Mapping[tuple[str, int], int]:
        """(commune, year) -> place in this sequence."""
        codes, years = self.columns.codes, self.columns.years.tolist()
        return {(codes[owner], years[owner]): at for at, owner in enumerate(self.owners.tolist())}


def record_of(columns: FigureColumns, owner: int) -> CommuneYear:
    """Return one owner's record."""
    return CommuneYear(
        columns.codes[owner],
        columns.names[owner],
        int(columns.years[owner]),
        _Values(columns, owner),
        columns.evidence.get(owner, ()),
        columns.carried.get(owner, {}),
        _Places(columns, owner),
        bool(columns.base_only[owner]),
        columns.hamlets.get(owner, {}),
    )


class _Values(Mapping[str, Reported]):
    """What an owner reported, made out only when somebody asks."""

    __slots__ = ("_all", "_columns", "_known", "_owner")

    def __init__(self, columns: FigureColumns, owner: int) -> None:
        self._columns, self._owner = columns, owner
        self._known: dict[str, Reported | None] = {}
        self._all: dict[str, Reported] | None = None

    def __getitem__(self, measure: str) -> Reported:
        found: Reported | None = self.get(measure)
        if found is None:
            raise KeyError(measure)
        return found

    def get(self, measure: str, default: Any = None) -> Any:
        """Return what was reported for a measure."""
        if self._all is not None:
            return self._all.get(measure, default)
        if measure not in self._known:
            self._known[measure] = self._columns.reported(measure, self._owner)
        found = self._known[measure]
        return default if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return self._columns.count_of(self._owner)

    def items(self) -> ItemsView[str, Reported]:
        """Return measures with what was reported for them."""
        return self._values.items()

    def values(self) -> ValuesView[Reported]:
        """Return what was reported."""
        return self._values.values()

    @property
    def _values(self) -> dict[str, Reported]:
        if self._all is None:
            self._all = self._columns.values_of(self._owner)
        return self._all


class _Places(Mapping[str, Place]):
    """Where an owner's figures were read, made out only when somebody asks."""

    __slots__ = ("_columns", "_known", "_owner")

    def __init__(self, columns: FigureColumns, owner: int) -> None:
        self._columns, self._owner = columns, owner
        self._known: Places | None = None

    def __getitem__(self, measure: str) -> Place:
        return self._places[measure]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    @property
    def _places(self) -> Places:
        if self._known is None:
            where, packed = self._columns.places_of(self._owner)
            elsewhere = self._columns.elsewhere.get(self._owner, {})
            self._known = Places(where, {} if where is None else packed, elsewhere)
        return self._known


def as_records(records: Sequence[CommuneYear]) -> Records:
    """Return records as a view of columns, which are made where there are none yet."""
    return records if isinstance(records, Records) else Records(columns_of_records(records), None, records)


class Earlier(EarlierRecords):
    """(commune, year) of records -> the record of the year before, where there is one."""

    def __init__(self, records: Records, owners: Index) -> None:
        self.records = records
        self.owners = owners
        """The owner of the year before of each record, in the same columns; -1 where there is none."""
        self._all = records.some(np.arange(len(records.columns)))

    def __getitem__(self, key: tuple[str, int]) -> CommuneYear:
        owner = int(self.owners[self.records.at[key]])
        if owner < 0:
            raise KeyError(key)
        return self._all[owner]

    def others(self, record: CommuneYear) -> Mapping[int, CommuneYear]:
        """Return year -> the record of it, of the commune of a record."""
        return OtherYears(record.code, self._in_year)

    def _in_year(self, code: str, year: int) -> CommuneYear | None:
        columns = self.records.columns
        codes = columns.communes[0]
        place = bisect_left(codes, code)
        if place == len(codes) or codes[place] != code:
            return None
        owner = int(columns.with_keys(np.array([place * YEARS + year]))[0])
        return None if owner < 0 else self._all[owner]

    def __iter__(self) -> Iterator[tuple[str, int]]:
        columns = self.records.columns
        for owner, before in zip(self.records.owners.tolist(), self.owners.tolist(), strict=True):
            if before >= 0:
                yield columns.codes[owner], int(columns.years[owner])

    def __len__(self) -> int:
        return int((self.owners >= 0).sum())


def year_before_of(records: Records) -> Earlier:
    """Return which owner of the same columns reports for the year before, of each record."""
    return Earlier(records, records.columns.before[records.owners])


def laid_out(records: Sequence[CommuneYear], earlier: Mapping[tuple[str, int], CommuneYear]) -> tuple[Records, Earlier]:
    """Return records, and those of other years, as views of the same columns, made where there are none yet."""
    if isinstance(records, Records) and isinstance(earlier, Earlier):
        return records, earlier
    before = [earlier.get((record.code, record.year)) for record in records]
    there = [one for one in before if one is not None]
    known = {(record.code, record.year) for record in (*records, *there)}
    others = [
        one
        for record in {record.code: record for record in records}.values()
        for year, one in others_in(earlier, record).items()
        if (one.code, year) not in known
    ]
    everything = as_records([*records, *there, *others])
    numbers = iter(range(len(records), len(everything)))
    owners = np.array([-1 if one is None else next(numbers) for one in before], np.intp)
    own = everything[: len(records)]
    return own, Earlier(own, owners)
