"""Floors that lie above ceilings of the same figure, in a law as it stands on a day: what is written in parts apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product
from typing import NamedTuple

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, Numerals, written_day
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Comparator,
    CriteriaSet,
    Gate,
    KnownTarget,
    Node,
    Requirement,
    Target,
)
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.resolve import resolve


class Crossing(NamedTuple):
    """A floor and a ceiling that no figure can meet at once, of everyone or of a class."""

    floor: Requirement
    low: Decimal
    ceiling: Requirement
    high: Decimal

    @property
    def ids(self) -> tuple[str, str]:
        """The two requirements."""
        return self.floor.id, self.ceiling.id

    def message(self, rules: CriteriaSet) -> Message:
        """Say what cannot be met at once, and on which day the law says so."""
        dated = rules.measures[self.floor.measure].traits.dated
        low, high = (
            written_day(dt.date.fromordinal(int(bar))) if dated else Numerals(bar) for bar in (self.low, self.high)
        )
        return Message(
            "{measure} cannot be {sign} {low} ({id}) and {other_sign} {high} ({other}) at once, as the law is on {day}",
            measure=self.floor.measure,
            sign=self.floor.comparator.sign,
            low=low,
            id=self.floor.id,
            other_sign=self.ceiling.comparator.sign,
            high=high,
            other=self.ceiling.id,
            day=written_day(rules.as_of),
        )


def law_on(loaded: LoadedSet, day: dt.date, overlays: Sequence[Overlay] = ()) -> CriteriaSet | None:
    """Return the law of a day; None where it cannot be told, which is told elsewhere."""
    try:
        return resolve(loaded, as_of=day, overlays=overlays)
    except NtmError:
        return None


def crossings(rules: CriteriaSet) -> Iterator[Crossing]:
    """Yield every floor and ceiling of one figure, both asked of the same communes, between which nothing lies."""
    for indicator in rules.every_indicator():
        for together in _asked_together(indicator.condition):
            for floor, ceiling in product(together, together):
                bars = _crossed(rules, floor, ceiling)
                if bars is not None:
                    yield Crossing(floor, bars[0], ceiling, bars[1])


def _asked_together(node: Node) -> Iterator[list[Requirement]]:
    """Yield the requirements that are all to be met at once, of each group of such."""
    if isinstance(node, Requirement):
        yield [node]
        if node.hamlets is not None:
            yield from _asked_together(node.hamlets.each)
        return
    if node.op != "all":
        for child in node.children:
            yield from _asked_together(child)
        return
    own: list[Requirement] = []
    for child in node.children:
        first, *others = _asked_together(child) if _is_all(child) else ([], *_asked_together(child))
        own += first
        yield from others
    yield own


def _is_all(node: Node) -> bool:
    return isinstance(node, Requirement) or node.op == "all"


def _crossed(rules: CriteriaSet, floor: Requirement, ceiling: Requirement) -> tuple[Decimal, Decimal] | None:
    """Return the two numbers, of a class at least, that nothing lies between; None where something does."""
    if floor.measure != ceiling.measure or floor.taken != ceiling.taken or floor.comparator is Comparator.EQUALS:
        return None
    if floor.comparator.is_ceiling or not ceiling.comparator.is_ceiling or _never_both(floor.gates, ceiling.gates):
        return None
    measure = rules.measures[floor.measure]
    whole = measure.traits.whole and not floor.taken.of(measure).compares_years and floor.taken.of(measure).count == 1
    found = [
        pair for pair in _pairs(floor.target, ceiling.target) if _is_empty(floor, pair[0], ceiling, pair[1], whole)
    ]
    return found[0] if found else None


def _is_empty(floor: Requirement, low: Decimal, ceiling: Requirement, high: Decimal, whole: bool) -> bool:
    strict = floor.comparator.is_strict, ceiling.comparator.is_strict
    if whole:
        least = low.to_integral_value(ROUND_CEILING) + (strict[0] and low == low.to_integral_value())
        most = high.to_integral_value(ROUND_FLOOR) - (strict[1] and high == high.to_integral_value())
        return least > most
    return low > high or (low == high and any(strict))


def _pairs(floor: Target, ceiling: Target) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the numbers that hold for the same communes; of two ways of telling communes apart, where all pairs do."""
    if isinstance(floor, ClassedTarget) and isinstance(ceiling, ClassedTarget) and floor.classing != ceiling.classing:
        least, most = min(floor.values(), default=None), max(ceiling.values(), default=None)
        if least is not None and most is not None:
            yield least, most
        return
    classes = [*_classes(floor), *_classes(ceiling)] or [None]
    for class_ in dict.fromkeys(classes):
        low, high = _of(floor, class_), _of(ceiling, class_)
        if low is not None and high is not None:
            yield low, high


def _classes(target: Target) -> list[str | None]:
    return [class_ for class_, _cell in target.each()] if isinstance(target, ClassedTarget) else []


def _of(target: Target, class_: str | None) -> Decimal | None:
    if isinstance(target, AwaitedTarget):
        return None
    if isinstance(target, KnownTarget):
        return target.everywhere
    cell = target.rest if class_ is None else target.cells.get(class_, target.rest)
    return cell.everywhere if isinstance(cell, KnownTarget) else None


def _never_both(gates: tuple[Gate, ...], others: tuple[Gate, ...]) -> bool:
    """Tell whether one is for communes of one answer and the other for those of the other."""
    answers = {gate.measure: gate.bar for gate in gates if gate.is_question}
    return any(gate.is_question and answers.get(gate.measure, gate.bar) != gate.bar for gate in others)
