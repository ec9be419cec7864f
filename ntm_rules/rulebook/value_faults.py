"""What is wrong with a target that is written: its numbers, days and grades, and the classes that it names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from ntm_rules.errors import nearest
from ntm_rules.i18n import N_, Message, Numerals
from ntm_rules.rulebook import models
from ntm_rules.rulebook.criteria_set import DEFAULT, Classing
from ntm_rules.rulebook.expected_forms import is_iso_day
from ntm_rules.rulebook.models import (
    BY_GROUP,
    NOT_APPLICABLE,
    CellWritten,
    ClassedValue,
    DerivedValue,
    Measure,
    PendingTarget,
    ValueWritten,
)
from ntm_rules.rulebook.problem_codes import (
    GROUP_LEFT_OUT,
    SHARE_OUTSIDE,
    UNFIT_VALUE,
    UNKNOWN_GRADE,
    UNKNOWN_GROUP,
)
from ntm_rules.rulebook.taken import AS_ITS_KIND, Taken
from ntm_rules.rulebook.yaml_reader import Place

_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?\s*%?")


def not_defined(id_: str, ids: Iterable[str]) -> Message:
    """Return what is said of an id that nothing defines, with the nearest that something does."""
    closest = nearest(id_, ids)
    if closest:
        return Message("“{id}” is not defined; did you mean “{nearest}”?", id=id_, nearest=closest)
    return Message("“{id}” is not defined", id=id_)


def cells_of(value: ValueWritten, place: Place) -> Iterator[tuple[Place, CellWritten]]:
    """Yield the target of each class with its place; the value itself where it is one for all; nothing where it is taken
    from something else."""
    if isinstance(value, DerivedValue):
        return
    if isinstance(value, ClassedValue):
        yield from (((*place, "values", class_), cell) for class_, cell in value.values.items())
        if value.default is not None:
            yield (*place, DEFAULT), value.default
    elif isinstance(value, dict):
        yield from (((*place, class_), cell) for class_, cell in value.items())
    else:
        yield place, value


def value_problems(
    value: ValueWritten,
    measure: Measure,
    classings: Mapping[str, Classing],
    scales: Mapping[str, models.Scale],
    under: Classing | None = None,
    taken: Taken = AS_ITS_KIND,
) -> Iterator[Message]:
    """Yield what is wrong with a known target value for a measure of this kind; a scale must be known to say."""
    return (message for _code, message in value_faults(value, measure, classings, scales, under, taken))


def value_faults(
    value: ValueWritten,
    measure: Measure,
    classings: Mapping[str, Classing],
    scales: Mapping[str, models.Scale],
    under: Classing | None = None,
    taken: Taken = AS_ITS_KIND,
) -> Iterator[tuple[str, Message]]:
    """Yield the code and the words of what is wrong with a known target value.

    `classings`: everything that it may differ by. `under`: by what the target differs that it changes, if it changes one;
    some classes alone may then be named. `taken`: as what figures are held to it.
    """
    yield from class_faults(value, classings, under)
    words = N_("group {group}: {said}") if isinstance(value, dict) and under is None else "{group}: {said}"
    for place, cell in cells_of(value, ()):
        if isinstance(cell, PendingTarget) or (cell == NOT_APPLICABLE and place):
            continue
        for code, said in _cell_faults(cell, measure, scales, taken):
            yield code, Message(words, group=str(place[-1]), said=said) if place else said


def _cell_faults(
    cell: Decimal | dt.date | str, measure: Measure, scales: Mapping[str, models.Scale], taken: Taken
) -> Iterator[tuple[str, Message]]:
    if measure.traits.graded:
        scale = scales.get(measure.scale or "")
        grades = [grade.id for grade in scale.grades] if scale else []
        if scale and cell not in grades:
            message = Message("“{value}” is not a grade of the scale: {grades}", value=cell, grades=", ".join(grades))
            yield UNKNOWN_GRADE, message
        return
    if measure.traits.dated:
        if isinstance(cell, str) and is_iso_day(cell):
            yield UNFIT_VALUE, Message("“{value}” in quotes is a text; take the quotation marks off", value=cell)
        elif not isinstance(cell, dt.date):
            yield UNFIT_VALUE, Message("a day is needed for measure {measure}, such as 2025-12-31", measure=measure.id)
        return
    if isinstance(cell, str) and _NUMBER.fullmatch(cell):
        yield UNFIT_VALUE, Message("“{value}” in quotes is a text; take the quotation marks off", value=cell)
        return
    if isinstance(cell, str | dt.date):
        words = N_("a number is needed for measure {measure}, and {value} is none; write one such as {example}")
        said = cell.isoformat() if isinstance(cell, dt.date) else cell
        yield UNFIT_VALUE, Message(words, measure=measure.id, value=said, example="80, 80.5")
        return
    of_a_part = measure.traits.counted and not taken.of(measure).compares_years
    if not of_a_part or 0 <= cell <= measure.whole_percent:
        return
    words = N_("a share's target lies between 0 and 100, and {value} does not")
    if cell > measure.whole_percent:
        words = N_(
            "a share's target lies between 0 and 100, and {value} does not; a percentage that may pass 100 is an `amount` in %"
        )
    yield SHARE_OUTSIDE, Message(words, value=Numerals(cell))


def class_faults(
    value: ValueWritten, classings: Mapping[str, Classing], under: Classing | None = None
) -> Iterator[tuple[str, Message]]:
    """Yield what is wrong with the classes that a target names, where it differs by class."""
    if not isinstance(value, dict | ClassedValue):
        return
    if isinstance(value, ClassedValue):
        classing = classings.get(value.by)
        if classing is None:
            yield UNKNOWN_GROUP, _not_told_apart_by(value.by, classings)
            return
        named, default, partly = value.values, value.default, False
    else:
        classing = under or classings[BY_GROUP]
        named, default, partly = value, value.get(DEFAULT), under is not None
    known = classing.classes
    missing = [class_ for class_ in known if class_ not in named]
    if missing and default is None and not partly:
        words = (
            N_("no value for group {groups}")
            if classing.is_group
            else N_("no value for {groups}; state it, or a `default`")
        )
        yield GROUP_LEFT_OUT, Message(words, groups=", ".join(missing))
    yield from ((UNKNOWN_GROUP, unknown_group(one, known)) for one in named if one not in (*known, DEFAULT))


def _not_told_apart_by(by: str, classings: Mapping[str, Classing]) -> Message:
    closest = nearest(by, classings)
    if closest:
        return Message("communes cannot be told apart by “{id}”; did you mean “{nearest}”?", id=by, nearest=closest)
    return Message(
        "communes cannot be told apart by “{id}”; write group, type, a classification of criteria-set.yaml, or a measure answered with one of a few answers",
        id=by,
    )


def unknown_group(group: str, groups: Iterable[str]) -> Message:
    """Return what is said of a group or class that the set does not define."""
    if nearest(group, groups):
        return not_defined(group, groups)
    return Message("unknown group {group}; there are: {groups}", group=group, groups=", ".join(groups) or "-")
