"""The fewest figures that settle a verdict, whatever they turn out to be: partial evaluation of a rule.

What is asked. A node of the rules is NO_DATA for a commune. Some *items* are not there: a figure of the
year judged, or for a growth of the year before, that is missing or cannot be used (invalid, conflicting,
a ruling awaited, a year before of 0), or the commune's group or class. A set of items *settles* the node when the
node's verdict is something else than NO_DATA for every way in which all items of the set could come in,
while everything else stays as it is. A figure could come in as any value its measure allows
(`possible_values`), the year before of a growth as any above 0 and a ruling as either conclusion, for a year
before of 0 and a ruling still awaited are accepted and settle nothing (`demand`); or with nothing to count where the measure lets that be "not applicable"; a group
as any group of the set, a class as any class. What counts is that `reference` would then no longer say NO_DATA, so a target by
group needs the group even if every group's target is far off.

What is answered. A settling set of the smallest size; of several, the one that comes first when items
are written in the order in which the law asks for them (of each requirement: the question "nếu có", the
figure, the year before, the group or class). No part of it settles the node too, for it would be smaller.

How. Reporting more never takes a verdict back, so whatever contains a settling set settles as well.
Only items of NO_DATA requirements reached through NO_DATA nodes can matter. An item without which all
the others together do not settle is in every settling set; when those items settle, and they do unless
some figure decides one and the same way whatever it is, they are the answer, found in one walk per item.
Otherwise the fewest of the others are tried beside them. A walk finds the verdicts a node could have:
parts of a node that share no open figure are free of each other, so their verdicts are combined; a
figure that several parts share is taken sample by sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.in_the_way import in_the_way
from ntm_rules.evaluation.possible_values import (
    Nothing,
    Possible,
    Stretch,
    cut,
    growth_values,
    values_of,
    whole_numbers,
)
from ntm_rules.evaluation.reference import Facts
from ntm_rules.evaluation.supposed import A_CLASS, THE_GROUP, Supposed, Value, class_in, class_name, is_class, sample_of
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT, plain_fraction
from ntm_rules.rulebook.criteria_set import (
    ClassedTarget,
    CriteriaSet,
    Node,
    Requirement,
    leaves,
)


class Item(NamedTuple):
    """One thing that is not known: a measure's figure of one year, or the commune's group or class."""

    measure: str
    """Empty for the group; `@` and the classification for a class."""
    before: bool = False
    """The figure of the year before."""


GROUP = Item(THE_GROUP)


def classed_by(item: Item) -> str | None:
    """Return the classification of the register that an item is a class of; None where it is none."""
    return item.measure.removeprefix(A_CLASS) if item.measure.startswith(A_CLASS) else None


class Demand(Enum):
    """What an item must be to settle anything, where more than that is accepted when it is reported."""

    ABOVE_ZERO = "above_zero"
    """The year before of a growth: from 0 there is no rate."""
    CONCLUSION = "conclusion"
    """A ruling: that it is still awaited may be reported too."""


def demand(rules: CriteriaSet, item: Item) -> Demand | None:
    """Return what an item must be to settle anything; None where whatever is accepted does."""
    if item.before:
        return Demand.ABOVE_ZERO
    return Demand.CONCLUSION if not is_class(item.measure) and rules.measures[item.measure].traits.concluded else None


@dataclass(frozen=True, slots=True)
class Decider:
    """An item that decides alone if it comes in as one of `values`."""

    item: Item
    verdict: Verdict
    values: tuple[Possible, ...]
    """For a growth, the growth in % that the item would lead to. A stretch has no limit on a side on which
    the measure has no other value: of a share, "below 80" starts at None and not at 0."""


@dataclass(frozen=True, slots=True)
class Settling:
    """What would settle a node that has no data."""

    items: tuple[Item, ...]
    """The fewest items that settle it whatever they are, in the order in which the law asks for them."""
    deciders: tuple[Decider, ...]
    """Items that may decide alone, by item in that order, then by value."""
    outcomes: frozenset[Verdict]
    """The verdicts that the node could have once the items have come in; never NO_DATA."""
    zeros: tuple[Item, ...] = ()
    """Of the items, those of the year before that were reported as 0; if that is right they cannot come in."""
    hopeless: bool = False
    """Whether nothing else settles the node either if those zeros are right."""


def settling(rules: CriteriaSet, facts: Facts, node: Node) -> Settling | None:
    """Return what settles a node, an indicator's condition for example; None unless it is NO_DATA."""
    question = _Question(rules, facts, node)
    if question.now.verdict(node) is not Verdict.NO_DATA:
        return None
    undecided = in_the_way(node, Verdict.NO_DATA, question.now.verdict, _parts)
    owed = {item for leaf in undecided if isinstance(leaf, Requirement) for item in question.owed(leaf)}
    in_law_order = dict.fromkeys(item for leaf in leaves(node) for item in _asked(leaf))
    open_items = tuple(item for item in in_law_order if item in owed)
    deciders = tuple(found for item in open_items for found in question.decided_by(item))
    items = _fewest(question, open_items)
    zeros = tuple(item for item in items if item.before and question.is_zero(item.measure))
    hopeless = bool(zeros) and not question.settled_by(
        item for item in open_items if not (item.before and question.is_zero(item.measure))
    )
    return Settling(items, deciders, question.with_items(items).verdicts(node, {}), zeros, hopeless)


def _parts(node: Node) -> tuple[Node, ...]:
    return () if isinstance(node, Requirement) else node.children


def _asked(leaf: Requirement) -> tuple[Item, ...]:
    """Return everything a requirement could ask for, in the order of its questions."""
    existence = tuple(Item(gate.measure) for gate in leaf.gates)
    of_class = (Item(class_name(leaf.target.classing)),) if isinstance(leaf.target, ClassedTarget) else ()
    return (*existence, Item(leaf.measure), Item(leaf.measure, before=True), *of_class)


def _fewest(question: _Question, items: tuple[Item, ...]) -> tuple[Item, ...]:
    needed = {item for item in items if not question.settled_by(other for other in items if other != item)}
    others = [item for item in items if item not in needed]
    for size in range(len(others) + 1):
        for chosen in combinations(others, size):
            if question.settled_by({*needed, *chosen}):
                return tuple(item for item in items if item in needed or item in chosen)
    raise AssertionError("with every item known nothing is NO_DATA: each target has a value for every group")


class _Question:
    """One node for one commune: what is known, and what each item could turn out to be."""

    def __init__(self, rules: CriteriaSet, facts: Facts, node: Node) -> None:
        self.rules = rules
        self.facts = facts
        self.node = node
        read = dict.fromkeys(m for leaf in leaves(node) for m in leaf.asked)
        values = {measure: self._known(measure) for measure in read}
        self.known: dict[str, Value] = {measure: value for measure, value in values.items() if value is not None}
        self.waits = {measure: self._waits(measure) for measure in read if measure not in self.known}
        """Measure that is not known -> the items it waits for."""
        self.parts = {measure: self._parts(measure) for measure in self.waits}
        classings = (leaf.target.classing for leaf in leaves(node) if isinstance(leaf.target, ClassedTarget))
        for name, classing in {class_name(one): one for one in classings if not one.is_answer}.items():
            class_ = facts.class_of(rules, classing)
            if class_ is not None:
                self.known[name] = class_
            else:
                self.waits[name] = frozenset({Item(name)})
                self.parts[name] = classing.classes
        self.now = self.with_items(())

    def with_items(self, items: Iterable[Item]) -> Supposed:
        """Return what is known, and what is open, when these items have come in."""
        given = frozenset(items)
        return Supposed(self.known, {name: self.parts[name] for name, owed in self.waits.items() if owed <= given})

    def settled_by(self, items: Iterable[Item]) -> bool:
        return Verdict.NO_DATA not in self.with_items(items).verdicts(self.node, {})

    def decided_by(self, item: Item) -> Iterator[Decider]:
        """Yield the ways in which one item alone decides, neighbouring values taken together."""
        supposed = self.with_items((item,))
        found: list[tuple[Verdict, Possible]] = []
        for part in supposed.open.get(item.measure, ()):
            (verdict,) = supposed.verdicts(self.node, {item.measure: sample_of(part)})
            last = found[-1] if found else None
            if last and last[0] is verdict and isinstance(last[1], Stretch) and isinstance(part, Stretch):
                found[-1] = verdict, last[1].and_next(part)
            else:
                found.append((verdict, part))
        values = [part for _, part in found]
        if not is_class(item.measure) and self.rules.measures[item.measure].traits.quantity:
            values = _unlimited(values)
        for decided in dict.fromkeys(verdict for verdict, _ in found if verdict is not Verdict.NO_DATA):
            own = (value for (verdict, _), value in zip(found, values, strict=True) if verdict is decided)
            yield Decider(item, decided, tuple(own))

    def owed(self, leaf: Requirement) -> Iterator[Item]:
        """Yield what a requirement without data may have to read and does not find."""
        for gate in leaf.gates:
            yield from self.waits.get(gate.measure, ())
        yield from self.waits.get(leaf.measure, ())
        target = leaf.target
        if isinstance(target, ClassedTarget) and target.of_class(class_in(self.known, target.classing)) is None:
            yield from self.waits.get(class_name(target.classing), ())

    def _known(self, measure: str) -> Value | None:
        reported = self.facts.report.get(measure)
        if reported.state is State.NOTHING_TO_COUNT:
            return Nothing.TO_COUNT
        if reported.state is not State.PRESENT:
            return None
        traits = self.rules.measures[measure].traits
        if traits.counted:
            return Fraction(PERCENT * reported.value, reported.base)
        if traits.needs_year_before:
            before = self._level_before(measure)
            return None if before is None else PERCENT * (plain_fraction(reported.value) - before) / before
        return plain_fraction(reported.value) if traits.quantity else Fraction(reported.value)

    def _waits(self, measure: str) -> frozenset[Item]:
        if not self.rules.measures[measure].traits.needs_year_before:
            return frozenset({Item(measure)})
        now = () if self._level_now(measure) is not None else (Item(measure),)
        before = () if self._level_before(measure) is not None else (Item(measure, before=True),)
        return frozenset({*now, *before})

    def _parts(self, measure: str) -> tuple[Possible, ...]:
        spec = self.rules.measures[measure]
        if spec.traits.needs_year_before:
            whole = growth_values(spec, self._level_now(measure), self._level_before(measure))
            return tuple(cut(whole, self._targets(measure)))
        parts = values_of(spec, self.rules.scales.get(spec.scale or ""))
        if spec.traits.quantity:
            divided = cut(parts[0], self._targets(measure))
            parts = tuple(whole_numbers(divided) if spec.traits.whole else divided)
        nothing = spec.traits.counted and spec.zero_denominator == "not_applicable"
        return (*parts, Nothing.TO_COUNT) if nothing else parts

    def _targets(self, measure: str) -> Iterator[Fraction]:
        for leaf in leaves(self.node):
            if leaf.measure == measure:
                yield from map(Fraction, leaf.target.values())
            yield from (Fraction(gate.bar) for gate in leaf.gates if gate.measure == measure and not gate.is_question)

    def _level_now(self, measure: str) -> Fraction | None:
        reported = self.facts.report.get(measure)
        return plain_fraction(reported.value) if reported.state is State.PRESENT else None

    def is_zero(self, measure: str) -> bool:
        """Tell whether the year before of a growth was reported, and as 0."""
        before = self.facts.before(measure)
        return before.state is State.PRESENT and before.value == 0

    def _level_before(self, measure: str) -> Fraction | None:
        before = self.facts.before(measure)
        return plain_fraction(before.value) if before.state is State.PRESENT and before.value > 0 else None


def _unlimited(values: Sequence[Possible]) -> list[Possible]:
    """Return neighbouring stretches, the outermost without limit on their outer side."""
    stretches = [value for value in values if isinstance(value, Stretch)]
    others = [value for value in values if not isinstance(value, Stretch)]
    if stretches:
        stretches[0] = replace(stretches[0], low=None, low_in=False)
        stretches[-1] = replace(stretches[-1], high=None, high_in=False)
    return [*stretches, *others]
