"""Which class each commune of many is of, where a target differs by class: places in `Classing.classes`, one more where unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.record_views import Records
from ntm_rules.dataset.records import State
from ntm_rules.rulebook.criteria_set import Cell, ClassedTarget, Classing, CriteriaSet, Target

Index = NDArray[np.intp]


def class_numbers(rules: CriteriaSet, records: Records, groups: Sequence[str | None], classing: Classing) -> Index:
    """Return the place of each record's class; the number of classes where it is not known. `groups`: each record's."""
    unknown = len(classing.classes)
    if classing.is_answer:
        figures, owners = records.columns, records.owners
        if classing.by not in figures.measures:
            return np.full(len(records), unknown, np.intp)
        at = figures.measures.index(classing.by)
        given = figures.state[at, owners] == State.PRESENT
        return np.where(given, figures.value[at, owners], unknown).astype(np.intp)
    place: Mapping[str | None, int] = {class_: at for at, class_ in enumerate(classing.classes)}
    if classing.is_group:
        return np.fromiter((place.get(group, unknown) for group in groups), np.intp, len(records))
    codes, commune = records.columns.communes
    units = (rules.communes.get(code) for code in codes)
    of_commune = [place.get(unit.class_by(classing.by) if unit else None, unknown) for unit in units]
    return np.array(of_commune, np.intp)[commune[records.owners]]


def cells(target: Target) -> tuple[Cell | None, ...]:
    """Return the target of each class by its place, and last that of a commune whose class is not known."""
    if not isinstance(target, ClassedTarget):
        return (target,)
    return (*map(target.of_class, target.classing.classes), target.of_class(None))
