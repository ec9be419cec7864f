"""Communes in words: their types, their full names, their groups."""

from __future__ import annotations

from collections.abc import Mapping

from ntm_rules.i18n import RowsBelow, _
from ntm_rules.rulebook.criteria_set import DEFAULT, THE_REST, CriteriaSet
from ntm_rules.rulebook.models import BY_GROUP, BY_PROVINCE, Classification, Measure
from ntm_rules.rulebook.register import Commune, Register
from ntm_rules.visible import visible


def group_title(rules: CriteriaSet, group: str | None) -> str:
    """Return a group's title in the reader's language; of None, that it is not known."""
    return str(rules.groups[group].title) if group else _("Group unknown")


def group_words(rules: CriteriaSet, group: str | None) -> str:
    """Return a group's name, or that it is unknown."""
    found = rules.groups.get(group) if group else None
    return str(found.title) if found else group or _("group unknown")


def unit_words(rules: CriteriaSet) -> str:
    """Return what is counted where communes are: the type of unit the set applies to."""
    unit = rules.communes.unit_type
    return str(unit.title) if unit else _("commune")


def units_below(register: Register) -> RowsBelow | None:
    """Return what the units below those a set applies to are called; None where they are hamlets."""
    below = register.unit_type.below if register.unit_type else None
    return RowsBelow(below.one.vi, below.one.en, below.several.en) if below else None


def type_words(unit: Commune) -> str:
    """Return what a unit's type is called; one that nothing names keeps its id."""
    return str(unit.unit_type.title) if unit.unit_type else unit.type


def full_name(commune: Commune) -> str:
    """Return a unit's name with its type in front, as it is called ("Xã Bum Nưa"); of other types the name alone."""
    if commune.unit_type is None:
        return commune.name
    return str(commune.unit_type.full_name).replace("{name}", visible(commune.name))


def named_within(commune: Commune) -> str:
    """Return a unit's full name as it stands within a sentence ("xã Bum Nưa")."""
    name = full_name(commune)
    return name if name.startswith(commune.name) else name[:1].lower() + name[1:]


def class_title(rules: CriteriaSet, by: str) -> str:
    """Return what communes are told apart by is called: a classification of the register, or a question of the report."""
    return classing_title(by, rules.classifications, rules.measures)


def classing_title(by: str, classifications: Mapping[str, Classification], measures: Mapping[str, Measure]) -> str:
    """Return the same of a set that no day resolves yet."""
    if by in classifications:
        return str(classifications[by].title)
    if by in measures:
        return str(measures[by].label)
    if by == BY_GROUP:
        return _("group")
    return _("province") if by == BY_PROVINCE else _("type of unit")


def group_or_class_words(rules: CriteriaSet, group: str) -> str:
    """Return what a group or class is called; its id where the set does not know it, or several do."""
    if group in rules.groups:
        return str(rules.groups[group].title)
    titles = [one.title(group) for one in rules.classings.values() if group in one.classes and not one.is_answer]
    return str(titles[0]) if len(titles) == 1 else str(THE_REST) if group == DEFAULT else group
