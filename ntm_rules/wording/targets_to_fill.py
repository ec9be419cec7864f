"""What is said of a target to fill, beside it in a YAML file or a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from ntm_rules.i18n import N_, _, written_day
from ntm_rules.rulebook.criteria_set import Cell, ClassedTarget, Comparator, KnownTarget, NotAsked, Stated
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.pending import TargetPlace
from ntm_rules.wording.dates import day_in_words
from ntm_rules.wording.titles import numbered_title
from ntm_rules.wording.values import unit_of, with_unit


def compared_in_percent(place: TargetPlace) -> bool:
    """Tell whether a target of this measure is a percentage."""
    return place.measure.traits.in_percent or place.measure.unit_is_percent


def place_measure_words(place: TargetPlace) -> str:
    """Return the measure and its unit; of a growth, what is compared."""
    label = str(place.measure.label)
    if place.measure.traits.needs_year_before:
        return _("{label} - growth over the year before (%)", label=label)
    return f"{label} ({unit_of(place.measure)})" if place.measure.traits.quantity else label


def direction_words(place: TargetPlace) -> str:
    """Return how the value is held against the target."""
    if place.form == "standard":
        return _("must be met")
    if place.form == "grade":
        return _("≥ this grade or better")
    return _(_DIRECTIONS[place.requirement.comparator])


_DIRECTIONS = {
    Comparator.AT_LEAST: N_("≥ at least"),
    Comparator.AT_MOST: N_("≤ at most"),
    Comparator.MORE_THAN: N_("> more than"),
    Comparator.LESS_THAN: N_("< less than"),
}


def pending_due_words(loaded: LoadedSet, decision: str) -> str:
    """Return the awaited decision's title and, where it is known, the day it is due."""
    awaited = next((d for d in loaded.header.decisions if d.id == decision), None)
    if awaited is None:
        return decision
    title = str(awaited.title)
    return _("{title} (due {day})", title=title, day=written_day(awaited.due)) if awaited.due else title


def criterion_words(loaded: LoadedSet, place: TargetPlace) -> str:
    """Return the criterion's number and title; of a further condition, that it is one."""
    for criterion in loaded.header.criteria:
        if criterion.id == place.indicator.criterion:
            return numbered_title(criterion)
    return _("Further conditions of recognition")


def grade_labels(loaded: LoadedSet, place: TargetPlace) -> dict[str, str]:
    """Return the grades of the measure's scale, lowest first: id -> label."""
    scale = loaded.scale_of(place.measure.id)
    return {g.id: str(g.label) for g in scale.grades} if scale else {}


def note_words(place: TargetPlace) -> str:
    """Return what the rules note on a requirement, on its indicator, and on what it waits for; empty when nothing."""
    notes = (place.requirement.note, place.indicator.note, place.pending.note if place.pending else None)
    return " ".join(dict.fromkeys(str(note) for note in notes if note))


def awaits_words(loaded: LoadedSet, place: TargetPlace) -> str:
    """Return the decision that a requirement awaits, or what an earlier one fixes now and where."""
    if place.pending is not None:
        return pending_due_words(loaded, place.pending.decision)
    if place.fixed is None:
        return ""
    stated, source = fixed_target_words(loaded, place, place.fixed), place.fixed.provenance
    where = ", ".join(part for part in (source.article, source.document) if part)
    return _("Now: {value} ({where})", value=stated, where=where)


def fixed_target_words(loaded: LoadedSet, place: TargetPlace, target: Stated) -> str:
    """Return a target as people write it: its sign, its values by group, and its unit.

    A grade target holds the rank of the grade on its scale.
    """
    if place.form == "standard":
        return direction_words(place)
    if isinstance(target, KnownTarget):
        return class_target_words(loaded, place, target)
    is_plain = target.is_plain and place.form == "number"
    return number_words(loaded, place, target.by_group) if is_plain else class_words(loaded, place, target)


def class_words(loaded: LoadedSet, place: TargetPlace, target: ClassedTarget) -> str:
    """Return what each class is to reach."""
    return "; ".join(
        f"{target.title(class_)}: {class_target_words(loaded, place, cell)}" for class_, cell in target.each()
    )


def class_target_words(loaded: LoadedSet, place: TargetPlace, cell: Cell) -> str:
    """Return a number with its sign and its unit, or a grade; what waits, or is not asked, as such."""
    if not isinstance(cell, KnownTarget):
        return _("not applicable") if isinstance(cell, NotAsked) else _("not yet fixed")
    if place.form == "grade":
        return f"≥ {list(grade_labels(loaded, place).values())[int(cell.everywhere)]}"
    return number_words(loaded, place, cell.everywhere)


def number_words(loaded: LoadedSet, place: TargetPlace, value: Decimal | Mapping[str, Decimal]) -> str:
    """Return a number asked, or that of each group, with its sign and its unit."""
    sign, unit = direction_words(place).partition(" ")[0], unit_of(place.measure)

    def said(one: Decimal) -> str:
        return day_in_words(dt.date.fromordinal(int(one))) if place.measure.traits.dated else with_unit(one, unit)

    if isinstance(value, Decimal):
        return f"{sign} {said(value)}"
    titles = {group.id: str(group.title) for group in loaded.header.groups}
    return "; ".join(f"{titles[group]} {sign} {said(one)}" for group, one in value.items())


def made_from_words(number: str, date: dt.date | None, issuer: str, first: dt.date, last: dt.date | None) -> str:
    """Return which document an overlay is made from and when it is in force, days in words."""
    named = [number, day_in_words(date) if date else "", issuer]
    said = ", ".join(part for part in named if part) or _("a trial without a document")
    line = _("Document: {document}; in force from {from_}", document=said, from_=day_in_words(first))
    return _("{line} to {to}", line=line, to=day_in_words(last)) if last else line
