"""Columns of figures that are not held together: in parts on disk, and what is asked of all of them in memory."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.figure_columns import MISSING, FigureColumns, Index, PlacesOfRows
from ntm_rules.dataset.record_views import Records

_OF_FIGURES = ("state", "value", "base", "counted", "written", "document", "note")
_OF_OWNERS = ("years", "where", "row", "of_rows", "beside", "form", "base_only")
_SPARSE = ("elsewhere", "evidence", "carried", "hamlets")


class PartedColumns:
    """The columns of some communes after the others, each block's years apart, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._blocks: list[FigureColumns] = []
        """Of each block what all its years share."""
        self._years: list[tuple[int, ...]] = []

    def __len__(self) -> int:
        return len(self._blocks)

    def add(self, records: Records) -> None:
        """Put a block away, in the order of its records."""
        columns = records.columns
        years = tuple(np.unique(columns.years[records.owners]).tolist())
        for year in years:
            owners = records.owners[columns.years[records.owners] == year]
            part = {name: _packed(getattr(columns, name)[:, owners]) for name in _OF_FIGURES}
            part |= {name: getattr(columns, name)[owners] for name in _OF_OWNERS}
            part["place"] = (
                columns.place.some(owners) if isinstance(columns.place, PlacesOfRows) else columns.place[:, owners]
            )
            part["codes"], part["names"] = (
                [said[at] for at in owners.tolist()] for said in (columns.codes, columns.names)
            )
            new = {int(owner): at for at, owner in enumerate(owners.tolist())}
            for name in _SPARSE:
                part[name] = {new[at]: one for at, one in getattr(columns, name).items() if at in new}
            with self._path(len(self), year).open("wb") as stream:
                pickle.dump(part, stream, pickle.HIGHEST_PROTOCOL)
        nothing: dict[str, Any] = {name: getattr(columns, name)[:, :0].copy() for name in _OF_FIGURES}
        nothing |= {name: getattr(columns, name)[:0].copy() for name in _OF_OWNERS}
        nothing |= {"codes": [], "names": [], "place": np.zeros((len(columns.measures), 0), np.int64)}
        nothing |= {name: {} for name in _SPARSE}
        self._blocks.append(replace(columns, **nothing))
        self._years.append(years)

    def block(self, number: int, years: Collection[int]) -> Records:
        """Return the records of a block, those of some years alone, by code and year."""
        parts = []
        for year in self._years[number]:
            if year in years:
                with self._path(number, year).open("rb") as stream:
                    parts.append(pickle.load(stream))  # nosec B301  # noqa: S301 - what this class wrote
        own = self._blocks[number]
        if not parts:
            return Records(own)
        held: dict[str, Any] = {
            name: np.concatenate([_unpacked(part[name]) for part in parts], axis=1) for name in _OF_FIGURES
        }
        held |= {name: np.concatenate([part[name] for part in parts]) for name in _OF_OWNERS}
        held |= {name: [said for part in parts for said in part[name]] for name in ("codes", "names")}
        held |= {name: _renumbered(parts, name) for name in _SPARSE}
        columns = replace(own, **held, place=_places([part["place"] for part in parts]))
        return Records(columns, columns.order)

    def _path(self, block: int, year: int) -> Path:
        return self._folder / f"{block}-{year}.columns"


def _packed(array: NDArray[Any]) -> Any:
    """Return an array; of one that holds the same everywhere, that and its shape."""
    return array if not array.size or (array != array[0, 0]).any() else (array[0, 0], array.shape)


def _unpacked(packed: Any) -> NDArray[Any]:
    if isinstance(packed, tuple):
        return np.broadcast_to(packed[0], packed[1])
    found: NDArray[Any] = packed
    return found


def _places(parts: Sequence[Any]) -> Any:
    if all(isinstance(part, PlacesOfRows) for part in parts):
        return PlacesOfRows.together(parts)
    return np.concatenate([part[:, :] for part in parts], axis=1)


def _renumbered(parts: Sequence[Mapping[str, Any]], name: str) -> dict[int, Any]:
    found, first = dict[int, Any](), 0
    for part in parts:
        found |= {first + at: one for at, one in part[name].items()}
        first += len(part["codes"])
    return found


class Bare:
    """Of all blocks what is asked of every commune at once: who reports for which year, in which state each figure is.

    Of some measures also whether the figure is anything but nothing, or the figure itself, and of them the document.
    """

    def __init__(self, measures: Sequence[str], asked: Mapping[str, bool]) -> None:
        """Keep these measures; `asked`: those of which more than the state is, and whether that is the figure itself."""
        self._measures = tuple(measures)
        self._asked = [at for at, name in enumerate(measures) if name in asked]
        self._numbers = [at for at in self._asked if asked[measures[at]]]
        self._parts: list[dict[str, Any]] = []
        self._codes: list[str] = []
        self._names: list[str] = []
        self._texts: dict[str, int] = {"": 0}

    def add(self, records: Records) -> None:
        """Take in a block."""
        columns, owners = records.columns, records.owners
        at_home = {name: at for at, name in enumerate(columns.measures)}
        part: dict[str, Any] = {"state": np.full((len(self._measures), len(owners)), MISSING, np.uint8)}
        for at, name in enumerate(self._measures):
            if name in at_home:
                part["state"][at] = columns.state[at_home[name], owners]
        some = np.zeros((len(self._asked), len(owners)), np.int8)
        documents = np.zeros(some.shape, np.int32)
        for row, at in enumerate(self._asked):
            home = at_home.get(self._measures[at])
            if home is None:
                continue
            some[row] = (columns.value[home, owners] != 0) | (columns.base[home, owners] != 0)
            numbers = columns.document[home, owners]
            for number in np.unique(numbers).tolist():
                documents[row][numbers == number] = self._texts.setdefault(columns.texts[number], len(self._texts))
        values = np.zeros((len(self._numbers), len(owners)), np.int64)
        for row, at in enumerate(self._numbers):
            home = at_home.get(self._measures[at])
            if home is not None:
                values[row] = columns.value[home, owners]
        part["values"] = values
        part |= {"some": some, "document": documents, "years": columns.years[owners], "base": columns.base_only[owners]}
        self._codes += records.codes
        self._names += records.names
        self._parts.append(part)

    def records(self) -> Records:
        """Return all that was taken in, in that order."""
        whole = {name: np.concatenate([part[name] for part in self._parts], axis=-1) for name in self._parts[0]}
        shape, size = whole["state"].shape, len(self._codes)
        some, documents = (dict(zip(self._asked, whole[name], strict=True)) for name in ("some", "document"))
        values = some | dict(zip(self._numbers, whole["values"], strict=True))
        none = np.zeros(size, np.bool_)
        numbers = np.broadcast_to(np.int32(0), shape)
        return Records(
            FigureColumns(
                measures=self._measures,
                codes=self._codes,
                names=self._names,
                years=whole["years"],
                state=whole["state"],
                value=cast(Any, _SomeRows(values)),
                base=cast(Any, _SomeRows({})),
                counted=np.broadcast_to(np.bool_(0), shape),
                texts=list(self._texts),
                written=numbers,
                document=cast(Any, _SomeRows(documents)),
                note=numbers,
                place=np.broadcast_to(np.int64(0), shape),
                wheres=[],
                where=np.full(size, -1, np.int32),
                row=np.zeros(size, np.int64),
                of_rows=none,
                beside=none,
                form=none,
                base_only=whole["base"],
            )
        )


class _SomeRows:
    """Rows of an array, by number, of which the others are nothing but zeros."""

    def __init__(self, rows: Mapping[int, NDArray[Any]]) -> None:
        self._rows = rows

    def __getitem__(self, key: tuple[int, Index]) -> NDArray[Any]:
        at, owners = key
        if at not in self._rows:
            return np.zeros(len(owners), np.int64)
        found: NDArray[Any] = self._rows[at][owners].astype(np.int64)
        return found

    def item(self, at: int, owner: int) -> int:
        """Return one."""
        return int(self._rows[at][owner]) if at in self._rows else 0
