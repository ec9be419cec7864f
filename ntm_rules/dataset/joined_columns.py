"""Several blocks of columns -> one, by commune code, then year."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.cells.written_figures import AS_READ
from ntm_rules.dataset.figure_columns import MISSING, Bools, FigureColumns, columns_from
from ntm_rules.dataset.owned import Owned
from ntm_rules.dataset.places import Where
from ntm_rules.dataset.record_views import Records
from ntm_rules.dataset.records import CommuneYear, Evidence, Reported, State

Part = tuple[FigureColumns, Sequence[int]]
"""A block, and the owners of it that are meant."""


class IsBase(Protocol):
    """Tells of (commune, year) whether all that is known is what growth of the year after starts from."""

    def __call__(self, owner: tuple[str, int], *, growths_alone: bool, evidence: bool) -> bool:
        """Tell it; `growths_alone`: there are figures, and only such as have a growth."""


_FIGURES: dict[str, tuple[Any, int]] = {
    "state": (np.uint8, int(State.MISSING)),
    "value": (np.int64, 0),
    "base": (np.int64, 0),
    "counted": (np.bool_, 0),
    "written": (np.int32, 0),
    "document": (np.int32, 0),
    "note": (np.int32, 0),
    "place": (np.int64, 0),
}
"""What there is of every figure: its type, and what stands where there is no figure."""
_TEXTS = ("written", "document", "note")
_OWNERS: dict[str, Any] = {
    "years": np.int32,
    "where": np.int32,
    "row": np.int64,
    "of_rows": np.bool_,
    "beside": np.bool_,
    "form": np.bool_,
    "base_only": np.bool_,
}


def joined(
    parts: Sequence[Part], others: Sequence[Owned], measures: Sequence[str], growths: Collection[str], is_base: IsBase
) -> FigureColumns:
    """Return the owners of all parts, and others, as one block in the order of code and year; `measures` come first."""
    block = columns_from(others, measures)
    columns = together([*parts, (block, range(len(block)))], measures)
    return replace(columns, base_only=_bases(columns, growths, is_base))


def alone(block: FigureColumns, growths: Collection[str]) -> Records | None:
    """Return the owners of one block, read from rows of a table, by code and year; None if one of them stands twice."""
    order, keys = block.order, block.keys
    if (keys[order][1:] == keys[order][:-1]).any():
        return None
    grows = np.array([name in growths for name in block.measures], np.bool_)
    given = block.state != MISSING
    bases = np.zeros(len(block), np.bool_)
    bases[block.before[block.before >= 0]] = True  # who reports for the year after
    if bases.any():
        bases &= given[grows].any(axis=0) & ~given[~grows].any(axis=0)
    return Records(replace(block, base_only=bases) if bases.any() else block, order)


def _bases(columns: FigureColumns, growths: Collection[str], is_base: IsBase) -> Bools:
    grows = np.array([name in growths for name in columns.measures], np.bool_)
    given = columns.state != MISSING
    alone = given[grows].any(axis=0) & ~given[~grows].any(axis=0)
    owners = zip(columns.codes, columns.years.tolist(), alone.tolist(), strict=True)
    return np.array(
        [
            is_base((code, year), growths_alone=growths_alone, evidence=at in columns.evidence)
            for at, (code, year, growths_alone) in enumerate(owners)
        ],
        np.bool_,
    )


def together(parts: Sequence[Part], measures: Sequence[str]) -> FigureColumns:
    """Return the owners of all parts as one block in the order of code and year; `measures` come first."""
    index = {name: at for at, name in enumerate(measures)}
    for block, _owners in parts:
        for name in block.measures:
            index.setdefault(name, len(index))
    place_of = _places(parts)
    size = len(place_of)
    figures = {name: np.full((len(index), size), blank, kind) for name, (kind, blank) in _FIGURES.items()}
    owned = {name: np.zeros(size, kind) for name, kind in _OWNERS.items()}
    codes, names = [""] * size, [""] * size
    spellings = [AS_READ] * len(index)
    texts, wheres = [""], list[Where]()
    elsewhere: dict[int, Mapping[str, tuple[Where, int]]] = {}
    evidence: dict[int, tuple[Evidence, ...]] = {}
    carried: dict[int, Mapping[str, Reported]] = {}
    hamlets: dict[int, Mapping[str, CommuneYear]] = {}
    first = 0
    for block, owners in parts:
        places = place_of[first : first + len(owners)]
        first += len(owners)
        taken = np.array(owners, np.intp)
        rows = np.array([index[name] for name in block.measures], np.intp)
        for name, array in figures.items():
            given = getattr(block, name)[:, taken]
            if name in _TEXTS:
                given = np.where(given > 0, given + (len(texts) - 1), given)
            array[np.ix_(rows, places)] = given
        for name, array in owned.items():
            given = getattr(block, name)[taken]
            array[places] = np.where(given >= 0, given + len(wheres), given) if name == "where" else given
        texts += block.texts[1:]
        wheres += block.wheres
        for row, spelling in zip(rows.tolist(), block.spellings, strict=True):
            if spelling is not AS_READ:
                spellings[row] = spelling
        for place, owner in zip(places.tolist(), owners, strict=True):
            codes[place], names[place] = block.codes[owner], block.names[owner]
            if owner in block.elsewhere:
                elsewhere[place] = block.elsewhere[owner]
            if owner in block.evidence:
                evidence[place] = block.evidence[owner]
            if owner in block.carried:
                carried[place] = block.carried[owner]
            if owner in block.hamlets:
                hamlets[place] = block.hamlets[owner]
    return FigureColumns(
        measures=tuple(index),
        codes=codes,
        names=names,
        texts=texts,
        wheres=wheres,
        spellings=spellings,
        elsewhere=elsewhere,
        evidence=evidence,
        carried=carried,
        hamlets=hamlets,
        **figures,
        **owned,
    )


def _places(parts: Sequence[Part]) -> NDArray[np.intp]:
    """Return the place of every owner of every part in the order of code and year."""
    codes = [block.codes[owner] for block, owners in parts for owner in owners]
    years = [year for block, owners in parts for year in block.years[list(owners)].tolist()]
    order = sorted(range(len(codes)), key=lambda at: (codes[at], years[at]))
    place_of = np.empty(len(order), np.intp)
    place_of[order] = np.arange(len(order))
    return place_of
