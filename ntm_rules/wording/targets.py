"""Targets in words: with their comparison, where they come from, and what they replaced."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ntm_rules.exact import plain
from ntm_rules.i18n import N_, _
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    ClassedTarget,
    Comparator,
    CriteriaSet,
    KnownTarget,
    NotAsked,
    Provenance,
    Requirement,
    Target,
)
from ntm_rules.rulebook.models import Measure, Within
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.decisions import decision_words
from ntm_rules.wording.derived import basis_alone
from ntm_rules.wording.sources import document_name, origin_words
from ntm_rules.wording.taken import taken_words
from ntm_rules.wording.values import answer_words, unit_of, with_unit


def target_code(rules: CriteriaSet, requirement: Requirement, target: Decimal | None) -> str:
    """Return a target for machines; empty when there is none."""
    if target is None:
        return ""
    measure = rules.measures[requirement.measure]
    return plain(target) if measure.traits.quantity else rules.answer_code(measure, int(target))


def target_words(rules: CriteriaSet, requirement: Requirement, target: Decimal | None) -> str:
    """Return a target with its comparison ("≥ 80%") and how the figure is taken; who fixes it when it is awaited."""
    return _target_words(rules, requirement, target) + _as_taken(rules, requirement)


def _as_taken(rules: CriteriaSet, requirement: Requirement) -> str:
    """Return in brackets how the figure is taken; empty where it is as its kind has it."""
    words = taken_words(requirement.taken, rules.measures[requirement.measure])
    return f" ({words})" if words else ""


def _target_words(rules: CriteriaSet, requirement: Requirement, target: Decimal | None) -> str:
    whole = requirement.target
    if target is None and isinstance(whole, ClassedTarget):
        return "; ".join(
            f"{whole.title(class_)!s}: {_bare_cell_words(rules, requirement, cell)}" for class_, cell in whole.each()
        )
    if target is None or isinstance(whole, AwaitedTarget):
        derived = basis_alone(rules, requirement, whole) if isinstance(whole, AwaitedTarget) else ""
        return _("not yet fixed") + f" ({derived})" if derived else _("not yet fixed")
    measure = rules.measures[requirement.measure]
    if measure.traits.dated:
        return _(_DAYS[requirement.comparator], day=answer_words(rules, measure, int(target)))
    if not measure.traits.quantity:
        words = answer_words(rules, measure, int(target))
        return f"≥ {words}" if measure.traits.graded else words
    return bar_words(measure, requirement, target)


def bar_words(measure: Measure, requirement: Requirement, value: Decimal) -> str:
    """Return a number asked with its comparison and its unit ("≥ 80%")."""
    return f"{requirement.comparator.sign} {with_unit(value, unit_of(measure, requirement.taken))}"


def cell_words(rules: CriteriaSet, requirement: Requirement, cell: Cell) -> str:
    """Return the target of one class with its comparison; "not applicable" where nothing is asked of it."""
    if isinstance(cell, NotAsked):
        return _("not applicable")
    return target_words(rules, replace(requirement, target=cell), everywhere(cell))


def _bare_cell_words(rules: CriteriaSet, requirement: Requirement, cell: Cell) -> str:
    """Return what `cell_words` does, without how the figure is taken, which is said once behind all classes."""
    if isinstance(cell, NotAsked):
        return _("not applicable")
    return _target_words(rules, replace(requirement, target=cell), everywhere(cell))


def own_target_words(rules: CriteriaSet, requirement: Requirement, own: Cell | None) -> str:
    """Return the target of a commune's class; where the class is not known (None), those of all."""
    return target_words(rules, requirement, None) if own is None else cell_words(rules, requirement, own)


def everywhere(target: Target) -> Decimal | None:
    """Return the value that a target has for every commune; None where it is awaited or differs by class."""
    return target.everywhere if isinstance(target, KnownTarget) else None


def target_in_prose(rules: CriteriaSet, requirement: Requirement, target: Decimal | None) -> str:
    """Return a target as it stands within a sentence ("từ 80% trở lên"), where `target_words` has a sign ("≥ 80%")."""
    return _in_prose(_target_words(rules, requirement, target)) + _as_taken(rules, requirement)


def _in_prose(words: str) -> str:
    if words.startswith("≥ ") and "; " not in words:
        value = words[2:]
        return value if value == "100%" else _("{value} or more", value=value)
    if words.startswith("≤ ") and "; " not in words:
        return _("{value} at most", value=words[2:])
    if words.startswith("> ") and "; " not in words:
        return _("more than {value}", value=words[2:])
    if words.startswith("< ") and "; " not in words:
        return _("less than {value}", value=words[2:])
    return words.removeprefix("= ")


def required_words(rules: CriteriaSet, requirement: Requirement, target: Decimal) -> str:
    """Return a target in words ("từ 80% trở lên")."""
    measure = rules.measures[requirement.measure]
    if measure.traits.dated:
        return _(_DAYS[requirement.comparator], day=answer_words(rules, measure, int(target)))
    if not measure.traits.quantity:
        words = f"“{answer_words(rules, measure, int(target))}”"
        words = _("{value} or better", value=words) if measure.traits.graded else words
        return words + _as_taken(rules, requirement)
    value = with_unit(target, unit_of(measure, requirement.taken))
    return _(_IN_WORDS[requirement.comparator], value=value) + _as_taken(rules, requirement)


_IN_WORDS = {
    Comparator.AT_LEAST: N_("{value} or more"),
    Comparator.AT_MOST: N_("at most {value}"),
    Comparator.MORE_THAN: N_("more than {value}"),
    Comparator.LESS_THAN: N_("less than {value}"),
}


_DAYS = {
    Comparator.AT_LEAST: N_("no earlier than {day}"),
    Comparator.AT_MOST: N_("no later than {day}"),
}


def provenances(target: Target) -> list[str]:
    """Return where the targets that overlays set come from, each once, with the classes where they set some alone."""
    if not isinstance(target, ClassedTarget):
        return [origin_of(target.provenance)] if isinstance(target, KnownTarget) and target.provenance.overlay else []
    origins: dict[Provenance | None, list[str | None]] = {}
    for class_, cell in target.each():
        origins.setdefault(None if isinstance(cell, AwaitedTarget) else cell.provenance, []).append(class_)
    alone = len(origins) == 1
    return [
        origin_of(source) if alone else f"{', '.join(str(target.title(one)) for one in classes)}: {origin_of(source)}"
        for source, classes in origins.items()
        if source is not None and source.overlay
    ]


def origin_of(source: Provenance) -> str:
    """Return where a target that an overlay sets comes from: article, document, date."""
    parts = [origin_words(source), source.document, on_day(source.promulgated)]
    words = ", ".join(part for part in parts if part)
    return _("Target set by overlay {overlay}: {source}", overlay=source.overlay, source=words)


def replaced_words(rules: CriteriaSet, requirement: Requirement, *, reckoned: bool = True) -> list[str]:
    """Return what the target of a requirement replaced, the latest first, each with the document it stood in."""
    told = [
        (stated_words(rules, requirement, target, reckoned=reckoned), _stood_in(rules, target))
        for target in reversed(requirement.replaced)
    ]
    return [
        _("In place of: {target} ({source})", target=words, source=source)
        if source
        else _("In place of: {target}", target=words)
        for words, source in told
    ]


def stated_words(rules: CriteriaSet, requirement: Requirement, target: Target, *, reckoned: bool = True) -> str:
    """Return a target of a requirement; a time before the appraisal as the day it comes to, or (not `reckoned`) as such."""
    if not reckoned and isinstance(target, KnownTarget) and target.within is not None:
        return within_words(target.within, requirement.comparator)
    return target_words(rules, replace(requirement, target=target), everywhere(target))


def within_words(within: Within, comparator: Comparator) -> str:
    """Return a time before the appraisal as the law has it: its beginning, or its end, which is the day itself."""
    if comparator.is_ceiling:
        return _("no later than the day of the appraisal")
    ((unit, n),) = ((unit, n) for unit, n in within if n is not None)
    return _(_WITHIN[unit], n=n)


_WITHIN = {
    "years": N_("within {n} year(s) before the appraisal"),
    "months": N_("within {n} month(s) before the appraisal"),
    "days": N_("within {n} day(s) before the appraisal"),
}


def _stood_in(rules: CriteriaSet, target: Target) -> str:
    """Return the document, place and day of promulgation of a target; of one awaited, who owes the decision."""
    if isinstance(target, AwaitedTarget):
        return decision_words(rules, target.decision)
    source = target.provenance
    parts = (
        document_name(rules, source.document),
        origin_words(source),
        on_day(source.promulgated),
    )
    return ", ".join(part for part in parts if part)
