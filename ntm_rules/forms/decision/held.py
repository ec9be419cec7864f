"""What of an overlay the cells of a workbook hold: single values, one for every group, or some by class of communes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ntm_rules.rulebook.criteria_set import DEFAULT, ClassedTarget, Classing
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import (
    BY_GROUP,
    CellWritten,
    ClassedValue,
    DerivedValue,
    Overlay,
    OverlayEntry,
    PendingAgain,
    PendingTarget,
    SetTarget,
)
from ntm_rules.rulebook.pending import TargetPlace


def held_ids(loaded: LoadedSet, places: Mapping[str, TargetPlace], overlay: Overlay) -> frozenset[str]:
    """Return the ids whose entries stand in cells; everything else an overlay says is kept beside."""
    return frozenset(
        id_
        for id_, entry in overlay.set.items()
        if id_ in places and (fits_targets(loaded, entry) or said_by_class(loaded, places[id_], entry))
    )


def fits_targets(loaded: LoadedSet, entry: OverlayEntry) -> bool:
    """Tell whether the sheet of targets has cells for an entry: one value, or a number or a day for every group."""
    value = entry.value if isinstance(entry, SetTarget) else entry
    if isinstance(value, dict):
        groups = {group.id for group in loaded.header.groups}
        return {*value} == groups and all(isinstance(cell, Decimal | dt.date) for cell in value.values())
    return not isinstance(value, PendingAgain | ClassedValue | DerivedValue)


@dataclass(frozen=True, slots=True)
class ClassesSaid:
    """What an entry says by class."""

    classing: Classing | None
    cells: Mapping[str, CellWritten]
    """Class -> its target; `default` for the others."""
    article: str


def said_by_class(loaded: LoadedSet, place: TargetPlace, entry: OverlayEntry) -> ClassesSaid | None:
    """Return what the sheet of targets by class says in place of an entry; None where it has no cells for it.

    What is left empty there stays as it was. So an entry that says the whole of a target that differs so already has every
    cell filled in; where it leaves those without a class without a target, which had one, no cell can say that.
    """
    value = entry.value if isinstance(entry, SetTarget) else entry
    article = (entry.article or "") if isinstance(entry, SetTarget) else ""
    if not isinstance(value, dict | ClassedValue) or fits_targets(loaded, entry):
        return None
    cells = dict(value) if isinstance(value, dict) else dict(value.values)
    if any(isinstance(cell, PendingTarget) and cell.pending.note for cell in cells.values()):
        return None
    if isinstance(value, dict):
        return ClassesSaid(place.classing or loaded.classings[BY_GROUP], cells, article)
    classing, is_so_already = loaded.classings[value.by], place.classing == loaded.classings[value.by]
    if value.default is not None:
        if isinstance(value.default, PendingTarget) and value.default.pending.note:
            return None
        named = dict.fromkeys(classing.classes, value.default) if is_so_already else {}
        cells = {**named, **cells, DEFAULT: value.default}
    elif is_so_already and any(isinstance(one, ClassedTarget) and one.rest for one in place.by_year.values()):
        return None
    return ClassesSaid(classing, cells, article)
