"""Gaps in words: how far a value is from its target, and which figure is owed."""

from __future__ import annotations

from decimal import Decimal

from ntm_rules.evaluation.gaps import Gap
from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.i18n import N_, _
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.rulebook.models import Measure
from ntm_rules.wording.values import counted_unit, number, unit_of, with_unit


def gap_words(rules: CriteriaSet, requirement: Requirement, gap: Gap) -> str:
    """Return a gap in one phrase: "còn thiếu 3,2 điểm %: 57 hộ"; says when one alternative is enough."""
    words = _sized(
        rules.measures[requirement.measure],
        gap,
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


def short_words(measure: Measure, gap: Gap) -> str:
    """Return a gap within a sentence ("còn thiếu 0,01 điểm %, tức 1 hộ")."""
    return _sized(measure, gap, over=N_("over by {size}, in {unit}: {n}"), short=N_("short by {size}, in {unit}: {n}"))


def _sized(measure: Measure, gap: Gap, *, over: str, short: str) -> str:
    """Return a gap in words; `over`, `short`: what is said where its amount can be counted too."""
    if measure.traits.graded:
        return _("{steps} grade(s) short", steps=number(gap.shortfall or Decimal(0)))
    if gap.shortfall is None:
        return _("answered “yes”, to be ended") if gap.direction == "end" else _(measure.traits.lacking)
    unit = unit_of(measure)
    size = _("{n} percentage points", n=number(gap.shortfall)) if unit == "%" else with_unit(gap.shortfall, unit)
    lower = gap.direction == "lower"
    if gap.quantity is None or unit != "%":
        return _("over by {size}", size=size) if lower else _("short by {size}", size=size)
    said = {"size": size, "n": number(gap.quantity), "unit": counted_unit(measure)}
    return _(over if lower else short, **said)


def owed_words(rules: CriteriaSet, requirement: Requirement, reason: Reason) -> str:
    """Return which figure is owed and why it is not there."""
    asked = requirement.applies_if if reason is Reason.EXISTENCE_UNANSWERED else requirement.measure
    label = str(rules.measures[asked or requirement.measure].label)
    return _("{figure}: {reason}", figure=label, reason=reason.words)
