"""Gaps in words: how far a value is from its target, and which figure is owed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from ntm_rules.evaluation.gaps import Gap
from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.i18n import N_, _
from ntm_rules.rulebook.criteria_set import CriteriaSet, KnownTarget, Requirement
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.taken import Quantity, Taken
from ntm_rules.wording.dates import length_words
from ntm_rules.wording.values import counted_unit, number, points_words, unit_behind, unit_of


def gap_words(rules: CriteriaSet, requirement: Requirement, gap: Gap) -> str:
    """Return a gap in one phrase: "còn thiếu 3,2 điểm %: 57 hộ"; says when one alternative is enough."""
    return gap_phrase(rules, requirement, *_numbers(gap))


def gap_phrase(rules: CriteriaSet, requirement: Requirement, shortfall: str, quantity: str) -> str:
    """Return what `gap_words` does, from the gap's numbers as they are written; empty where it has none."""
    words = _sized(
        rules.measures[requirement.measure],
        requirement.taken,
        shortfall,
        quantity,
        direction=_direction(requirement),
        over=N_("over by {size}: {n} {unit} to reduce"),
        short=N_("short by {size}: {n} {unit} more"),
    )
    if requirement.id not in rules.alternatives:
        return words
    enough, among = rules.alternatives[requirement.id]
    part = requirement.id in rules.parts_of_alternatives
    if enough == 1:
        if part:
            return _("{words} (a part of one of {n} alternatives, one of which is enough)", words=words, n=among)
        return _("{words} (one of these {n} is enough)", words=words, n=among)
    if part:
        return _("{words} (a part of one of {n} contents, {k} of which are enough)", words=words, n=among, k=enough)
    return _("{words} ({k} of these {n} are enough)", words=words, n=among, k=enough)


def _direction(requirement: Requirement) -> str:
    """Return which way a gap of a requirement is closed, as `Gap.direction` has it."""
    if not requirement.answer:
        return "end"
    return "lower" if requirement.comparator.is_ceiling else "raise"


def short_words(rules: CriteriaSet, requirement: Requirement, gap: Gap) -> str:
    """Return a gap within a sentence ("còn thiếu 0,01 điểm %, tức 1 hộ"); of days also in months."""
    words = _short_words(rules, requirement, gap)
    target = requirement.target.everywhere if isinstance(requirement.target, KnownTarget) else None
    if not rules.measures[requirement.measure].traits.dated or target is None or gap.shortfall is None:
        return words
    day, days = dt.date.fromordinal(int(target)), int(gap.shortfall)
    other = dt.date.fromordinal(day.toordinal() + (days if gap.direction == "lower" else -days))
    span = length_words(min(day, other), max(day, other))
    return f"{words} ({span})" if span else words


def _short_words(rules: CriteriaSet, requirement: Requirement, gap: Gap) -> str:
    return _sized(
        rules.measures[requirement.measure],
        requirement.taken,
        *_numbers(gap),
        direction=gap.direction,
        over=N_("over by {size}, in {unit}: {n}"),
        short=N_("short by {size}, in {unit}: {n}"),
    )


def _numbers(gap: Gap) -> tuple[str, str]:
    shortfall, quantity = ("" if one is None else number(one) for one in (gap.shortfall, gap.quantity))
    return shortfall, quantity


def _sized(
    measure: Measure, way: Taken, shortfall: str, quantity: str, *, direction: str, over: str, short: str
) -> str:
    """Return a gap in words; `over`, `short`: what is said where its amount can be counted too."""
    if measure.traits.graded:
        return _("{steps} grade(s) short", steps=shortfall or number(Decimal(0)))
    if measure.traits.dated:
        days = shortfall or number(Decimal(0))
        return _("{n} day(s) too late", n=days) if direction == "lower" else _("{n} day(s) too early", n=days)
    if not shortfall and measure.traits.quantity:  # a rise from 0 has no size
        return _("risen from 0: {n} {unit} to reduce", n=quantity, unit=counted_unit(measure))
    if not shortfall:
        return _("answered “yes”, to be ended") if direction == "end" else _(measure.traits.lacking)
    unit, lower = unit_of(measure, way), direction == "lower"
    if way.of(measure).quantity is Quantity.CHANGE and measure.traits.counted:
        unit = "%"
    size = points_words(shortfall) if unit == "%" else unit_behind(shortfall, unit)
    same = unit != "%" and way.of(measure).is_level
    if not quantity or same:
        return _("over by {size}", size=size) if lower else _("short by {size}", size=size)
    return _(over if lower else short, size=size, n=quantity, unit=counted_unit(measure))


def owed_words(rules: CriteriaSet, requirement: Requirement, reason: Reason) -> str:
    """Return which figure is owed and why it is not there."""
    return _("{figure}: {reason}", figure=owed_figure(rules, requirement, reason), reason=reason.words)


def owed_figure(rules: CriteriaSet, requirement: Requirement, reason: Reason) -> str:
    """Return the label of the figure owed: of what decides whether a requirement applies, or of its own."""
    unanswered = reason is Reason.EXISTENCE_UNANSWERED
    asked = [gate.measure for gate in requirement.gates] if unanswered else [requirement.measure]
    if reason is Reason.CLASS_UNANSWERED:
        asked = [requirement.told_apart_by]
    words = " / ".join(str(rules.measures[measure].label) for measure in asked)
    if reason not in (Reason.EARLIER_YEAR_MISSING, Reason.BASE_YEAR_ZERO):
        return words
    years = requirement.taken.of(rules.measures[requirement.measure]).years(rules.as_of.year)
    return _("{figure} ({years})", figure=words, years=", ".join(map(str, years)))
