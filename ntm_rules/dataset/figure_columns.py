"""What many communes reported, as columns: a row a measure, a column a commune and year.

Exact 64-bit values and bases, a state byte, numbers of texts and places; one commune as an object is a view
(`ntm_rules.dataset.record_views`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.cells.written_figures import AS_READ, Spelling
from ntm_rules.dataset.owned import Owned
from ntm_rules.dataset.places import WIDTH, Filing, Where
from ntm_rules.dataset.records import CommuneYear, Evidence, Reported, State

Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]

Index = NDArray[np.intp]

_STATES = tuple(State)
YEARS = 1 << 16
"""More than any year's number."""
NO_TEXT = 0
"""Number of the empty text."""
SPELT = -1
"""Instead of a text's number: the figure as its measure's `Spelling` writes it."""
MISSING = np.uint8(State.MISSING)


@dataclass(frozen=True, eq=False)
class FigureColumns:
    """Figures of communes and years.

    Shapes: (measures, owners) of `state`, `value`, `base`, `counted`, `written`, `document`, `note` and `place`, which
    mean what the fields of `Reported` do; (owners,) of the rest. Texts are numbers of `texts`.
    """

    measures: tuple[str, ...]
    codes: Sequence[str]
    names: Sequence[str]
    years: Numbers
    state: Bytes
    value: Ints
    base: Ints
    counted: Bools
    texts: Sequence[str]
    """The texts that are numbered; the first is empty."""
    written: Numbers
    document: Numbers
    note: Numbers
    place: Ints | PlacesOfRows
    """Packed places inside their sheet or file."""
    wheres: Sequence[Where]
    where: Numbers
    """Numbers of `wheres`; -1 for records that come from no file."""
    row: Ints
    """The first row of each."""
    of_rows: Bools
    """Where every figure was a row of its own."""
    beside: Bools
    form: Bools
    base_only: Bools
    spellings: Sequence[Spelling] = ()
    elsewhere: Mapping[int, Mapping[str, tuple[Where, int]]] = field(default_factory=dict)
    """Owner -> measure -> sheet and packed place of figures that stand elsewhere than the owner's own."""
    evidence: Mapping[int, tuple[Evidence, ...]] = field(default_factory=dict)
    carried: Mapping[int, Mapping[str, Reported]] = field(default_factory=dict)
    hamlets: Mapping[int, Mapping[str, CommuneYear]] = field(default_factory=dict)
    """Owner -> the records of its hamlets, by name."""

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def reported_rows(self) -> Bools:
        """Of which measures anything was reported."""
        reported: Bools = (self.state != MISSING).any(axis=1)
        return reported

    def count_of(self, owner: int) -> int:
        """Return how many figures one owner reported."""
        return int(np.count_nonzero(self.state[:, owner] != MISSING))

    def reported(self, measure: str, owner: int) -> Reported | None:
        """Return what one owner reported for a measure, if anything."""
        at = self._row_of.get(measure)
        if at is None or self.state[at, owner] == MISSING:
            return None
        return self._figure(at, *(column.item(at, owner) for column in self._said))

    def values_of(self, owner: int) -> dict[str, Reported]:
        """Return what one owner reported, in the order in which it was read: measure -> value."""
        rows = list(self._in_order_read(owner))
        return dict(zip([self.measures[at] for at in rows], self._reported(rows, owner), strict=True))

    def _reported(self, rows: Sequence[int], owner: int) -> list[Reported]:
        said = zip(rows, *(column[rows, owner].tolist() for column in self._said), strict=True)
        return [self._figure(*one) for one in said]

    @property
    def _said(self) -> tuple[NDArray[Any], ...]:
        return self.state, self.value, self.base, self.counted, self.written, self.document, self.note

    def _figure(
        self, at: int, state: int, value: int, base: int, counted: bool, written: int, document: int, note: int
    ) -> Reported:
        texts = self.texts
        text = self.spellings[at].text(state, value, base, counted) if written == SPELT else texts[written]
        return Reported(_STATES[state], value, base, counted, texts[document], text, texts[note])

    @cached_property
    def _row_of(self) -> Mapping[str, int]:
        return {name: at for at, name in enumerate(self.measures)}

    @cached_property
    def communes(self) -> tuple[list[str], Index]:
        """The different codes in order, and the place of each owner's among them."""
        codes = sorted(set(self.codes))
        rank = {code: at for at, code in enumerate(codes)}
        return codes, np.fromiter(map(rank.__getitem__, self.codes), np.intp, len(self.codes))

    @cached_property
    def keys(self) -> Ints:
        """A number for each owner, in the order of code and year; that of the year before is one less."""
        return self.communes[1] * YEARS + self.years

    @cached_property
    def order(self) -> Index:
        """The owners by code, then year."""
        keys = self.keys
        return np.arange(len(keys)) if (keys[1:] > keys[:-1]).all() else np.argsort(keys, kind="stable")

    @cached_property
    def listed(self) -> tuple[FigureColumns, Index]:
        """The hamlets of all owners laid out, in the order of the owners, and the owner of each."""
        owners = sorted(self.hamlets)
        of = np.repeat(np.array(owners, np.intp), [len(self.hamlets[owner]) for owner in owners])
        return columns_of_records([one for owner in owners for one in self.hamlets[owner].values()]), of

    @cached_property
    def before(self) -> Index:
        """The owner of the year before of each; -1 where there is none."""
        return self.with_keys(self.keys - 1)

    def with_keys(self, keys: Ints) -> Index:
        """Return the owners that have these numbers, as `keys` has them; -1 where none has."""
        ordered = self.keys[self.order]
        if not len(ordered):
            return np.full(len(keys), -1, np.intp)
        found = np.searchsorted(ordered, keys)
        found[found == len(ordered)] = 0
        return np.where(ordered[found] == keys, self.order[found], -1)

    def in_year(self, owners: Index, years: Ints | int) -> Index:
        """Return which owners report for other years of the same communes; -1 where none does."""
        return self.with_keys(self.communes[1][owners] * YEARS + years)

    def _in_order_read(self, owner: int) -> list[int]:
        """Return the rows of the measures that one owner reported, in the order in which they were read."""
        reported = np.flatnonzero(self.state[:, owner] != MISSING)
        if owner in self.elsewhere:  # read in several places, and held in the order of reading
            order = {measure: at for at, measure in enumerate(self.elsewhere[owner])}
            return sorted(reported.tolist(), key=lambda at: order.get(self.measures[at], -1))
        in_order: list[int] = reported[np.argsort(self.place[reported, owner], kind="stable")].tolist()
        return in_order

    def places_of(self, owner: int) -> tuple[Where | None, dict[str, int]]:
        """Return where one owner's figures stand: the sheet or file, and measure -> packed place."""
        number = int(self.where[owner])
        reported = np.flatnonzero(self.state[:, owner] != MISSING).tolist()
        return self.wheres[number] if number >= 0 else None, {
            self.measures[at]: int(self.place[at, owner]) for at in reported
        }

    def filings_of(self, owner: int) -> list[Filing]:
        """Return one owner's figures as the filings they were read as, in the order of their rows."""
        where, places = self.places_of(owner)
        assert where is not None, "only what was read from a file is a filing"
        values, code, year = self.values_of(owner), self.codes[owner], int(self.years[owner])
        row, evidence = int(self.row[owner]), self.evidence.get(owner, ())
        if not self.of_rows[owner]:
            carried = self.carried.get(owner, {})
            beside, form = bool(self.beside[owner]), bool(self.form[owner])
            return [Filing(code, year, where, values, places, row, evidence, carried, beside, form)]
        return [
            Filing(code, year, where, {name: values[name]}, {name: place}, place // WIDTH)
            for name, place in sorted(places.items(), key=lambda one: one[1])
        ]


class PlacesOfRows:
    """Packed places of a table that has a row an owner and a column a measure, made when somebody asks for some."""

    def __init__(self, row: Ints, column: NDArray[np.int16]) -> None:
        """Take the row of each owner, and the columns of their figures: (measures, owners)."""
        self._row, self._column = row, column

    def __getitem__(self, key: tuple[Any, Any]) -> Ints:
        """Return the places of some measures of some owners."""
        places: Ints = self._row[key[1]] * WIDTH + self._column[key]
        return places

    def some(self, owners: Index) -> PlacesOfRows:
        """Return the places of some owners."""
        return PlacesOfRows(self._row[owners], self._column[:, owners])

    @staticmethod
    def together(parts: Sequence[PlacesOfRows]) -> PlacesOfRows:
        """Return the places of the owners of several tables of the same columns, one behind the other."""
        return PlacesOfRows(
            np.concatenate([part._row for part in parts]), np.concatenate([part._column for part in parts], axis=1)
        )


class NumberedTexts:
    """Numbers texts; those that come again get the number they had."""

    def __init__(self) -> None:
        self.texts = [""]
        self._numbers = {"": NO_TEXT}

    def number(self, text: str) -> int:
        """Return a text's number."""
        known = self._numbers.get(text)
        if known is None:
            known = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return known

    def once(self, text: str) -> int:
        """Return a new number for a text that hardly comes again."""
        if not text:
            return NO_TEXT
        self.texts.append(text)
        return len(self.texts) - 1


def columns_from(owned: Iterable[Owned], measures: Sequence[str]) -> FigureColumns:
    """Lay out figures held as objects; measures that are not named beforehand come after those that are."""
    index = {name: at for at, name in enumerate(measures)}
    owners = list(owned)
    for one in owners:
        for name in one.values:
            index.setdefault(name, len(index))
    texts, wheres = NumberedTexts(), _Wheres()
    at_measure: list[int] = []
    at_owner: list[int] = []
    parts: tuple[list[int], ...] = tuple([] for _ in range(7))
    places: list[int] = []
    for number, one in enumerate(owners):
        if not one.values:
            continue
        at_measure.extend(map(index.__getitem__, one.values))
        at_owner.extend([number] * len(one.values))
        state, value, base, counted, document, written, note = zip(*one.values.values(), strict=True)
        for part, said in zip(parts[:4], (state, value, base, counted), strict=True):
            part.extend(said)
        parts[4].extend(map(texts.number, document))
        parts[5].extend(map(texts.once, written))
        parts[6].extend(map(texts.number, note))
        places.extend([one.places.get(name, 0) for name in one.values] if one.places else [0] * len(one.values))
    shape, cells = (len(index), len(owners)), (np.array(at_measure, np.intp), np.array(at_owner, np.intp))

    def filled(said: Sequence[int], kind: type[np.generic], blank: int = 0) -> NDArray[Any]:
        array = np.full(shape, blank, kind)
        array[cells] = said
        return array

    return FigureColumns(
        measures=tuple(index),
        codes=[one.code for one in owners],
        names=[one.name for one in owners],
        years=np.array([one.year for one in owners], np.int32),
        state=filled(parts[0], np.uint8, State.MISSING),
        value=filled(parts[1], np.int64),
        base=filled(parts[2], np.int64),
        counted=filled(parts[3], np.bool_),
        texts=texts.texts,
        written=filled(parts[5], np.int32),
        document=filled(parts[4], np.int32),
        note=filled(parts[6], np.int32),
        place=filled(places, np.int64),
        wheres=wheres.all,
        where=np.array([wheres.number(one.where) for one in owners], np.int32),
        row=np.array([one.row for one in owners], np.int64),
        of_rows=np.zeros(len(owners), np.bool_),
        beside=np.array([one.beside for one in owners], np.bool_),
        form=np.array([one.form for one in owners], np.bool_),
        base_only=np.array([one.base_only for one in owners], np.bool_),
        spellings=(AS_READ,) * len(index),
        elsewhere={n: one.elsewhere for n, one in enumerate(owners) if one.elsewhere},
        evidence={n: tuple(one.evidence) for n, one in enumerate(owners) if one.evidence},
        carried={n: one.carried for n, one in enumerate(owners) if one.carried},
        hamlets={n: one.hamlets for n, one in enumerate(owners) if one.hamlets},
    )


class _Wheres:
    """Numbers sheets and files."""

    def __init__(self) -> None:
        self.all: list[Where] = []
        self._numbers: dict[Where, int] = {}

    def number(self, where: Where | None) -> int:
        if where is None:
            return -1
        known = self._numbers.get(where)
        if known is None:
            known = self._numbers[where] = len(self.all)
            self.all.append(where)
        return known


def columns_of_records(records: Sequence[CommuneYear]) -> FigureColumns:
    """Lay out records that no reader made; where their figures stand is left out."""
    return columns_from(
        (
            Owned(
                r.code,
                r.name,
                r.year,
                r.values,
                base_only=r.base_only,
                evidence=r.evidence,
                carried=r.carried,
                hamlets=r.hamlets,
            )
            for r in records
        ),
        (),
    )
