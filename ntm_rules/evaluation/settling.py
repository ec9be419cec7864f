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

Where a requirement counts hamlets and some are listed, the items are figures of hamlets, hamlet by hamlet; how many
hamlets there are, if it is not known or less than are listed; all figures of those not listed; and the total of the
commune's own where it cannot be used (`open_hamlets`).

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
from itertools import combinations
from typing import NamedTuple

from ntm_rules.evaluation.aspects import LEVEL, Aspect, Aspects, Value, Variable, WithinHamlet, YearFigure
from ntm_rules.evaluation.in_the_way import in_the_way
from ntm_rules.evaluation.open_hamlets import HamletFigures, OpenHamlets
from ntm_rules.evaluation.possible_values import Possible, Stretch
from ntm_rules.evaluation.reference import Facts
from ntm_rules.evaluation.supposed import A_CLASS, THE_GROUP, Supposed, class_name, is_class, sample_of
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import ClassedTarget, CriteriaSet, Node, Requirement, leaves
from ntm_rules.rulebook.taken import AS_ITS_KIND, Taken


class Unknown(NamedTuple):
    """One thing that is not known: a measure's figure of one year, or the commune's group or class."""

    measure: str
    """Empty for the group; `@` and the classification for a class."""
    before: int = 0
    """How many years before the one judged the figure is of."""
    hamlet: str = ""
    """The hamlet whose figure it is; `NOT_LISTED`: all that is asked of the hamlets not listed, which `measure` counts."""


NOT_LISTED = "*"
GROUP = Unknown(THE_GROUP)
MANY = 12
"""Beyond so many items of which none alone is needed, one after another is left out instead of trying all choices."""


def classed_by(item: Unknown) -> str | None:
    """Return the classification of the register that an item is a class of; None where it is none."""
    return item.measure.removeprefix(A_CLASS) if item.measure.startswith(A_CLASS) else None


class Demand(Enum):
    """What an item must be to settle anything, where more than that is accepted when it is reported."""

    ABOVE_ZERO = "above_zero"
    """What a growth is counted from: from 0 there is no rate."""
    CONCLUSION = "conclusion"
    """A ruling: that it is still awaited may be reported too."""
    SOMETHING_TO_COUNT = "something_to_count"
    """A share of an earlier year: without anything to count there is nothing to take."""


def demand(rules: CriteriaSet, item: Unknown) -> Demand | None:
    """Return what an item must be to settle anything; None where whatever is accepted does."""
    if is_class(item.measure) or item.hamlet == NOT_LISTED:
        return None
    measure, judged = rules.measures[item.measure], rules.as_of.year
    ways = rules.taking.get(item.measure, frozenset({AS_ITS_KIND.of(measure)}))
    dividing = (taken for taken in ways if taken.divides and not taken.from_zero)
    if any(base == judged - item.before for taken in dividing for _year, base in taken.terms(judged)):
        return Demand.ABOVE_ZERO
    if item.before and measure.zero_denominator == "not_applicable":
        return Demand.SOMETHING_TO_COUNT
    return Demand.CONCLUSION if measure.traits.concluded else None


@dataclass(frozen=True, slots=True)
class Decider:
    """An item that decides alone if it comes in as one of `values`."""

    item: Unknown
    verdict: Verdict
    values: tuple[Possible, ...]
    """For a growth, the growth in % that the item would lead to. A stretch has no limit on a side on which
    the measure has no other value: of a share, "below 80" starts at None and not at 0."""
    taken: Taken = LEVEL
    """How the figures are taken of which these are the values; a level where it is the item itself."""


@dataclass(frozen=True, slots=True)
class Settling:
    """What would settle a node that has no data."""

    items: tuple[Unknown, ...]
    """The fewest items that settle it whatever they are, in the order in which the law asks for them."""
    deciders: tuple[Decider, ...]
    """Items that may decide alone, by item in that order, then by value."""
    outcomes: frozenset[Verdict]
    """The verdicts that the node could have once the items have come in; never NO_DATA."""
    zeros: tuple[Unknown, ...] = ()
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
    in_law_order = dict.fromkeys(item for leaf in leaves(node) for item in question.asked(leaf))
    open_items = tuple(item for item in in_law_order if item in owed)
    deciders = tuple(found for item in open_items for found in question.decided_by(item))
    items = _fewest(question, open_items)
    zeros = tuple(item for item in items if question.is_zero(item))
    hopeless = bool(zeros) and not question.settled_by(item for item in open_items if not question.is_zero(item))
    return Settling(items, deciders, question.with_items(items).verdicts(node, {}), zeros, hopeless)


def _parts(node: Node) -> tuple[Node, ...]:
    return () if isinstance(node, Requirement) else node.children


def _fewest(question: _Question, items: tuple[Unknown, ...]) -> tuple[Unknown, ...]:
    needed = {item for item in items if not question.settled_by(other for other in items if other != item)}
    others = [item for item in items if item not in needed]
    if len(others) > MANY:
        for item in reversed(others):
            fewer = [one for one in others if one != item]
            others = fewer if question.settled_by({*needed, *fewer}) else others
        return tuple(item for item in items if item in needed or item in others)
    for size in range(len(others) + 1):
        for chosen in combinations(others, size):
            if question.settled_by({*needed, *chosen}):
                return tuple(item for item in items if item in needed or item in chosen)
    raise AssertionError("with every item known nothing is NO_DATA: each target has a value for every group")


class _Question:
    """One node for one commune: what is known, and what each item could turn out to be."""

    def __init__(self, rules: CriteriaSet, facts: Facts, node: Node) -> None:
        self.rules, self.facts, self.node = rules, facts, node
        self.judged = facts.report.year
        self.aspects = Aspects(rules, facts, node)
        self.hamlets = OpenHamlets(rules, facts, node)
        classings = (one.target.classing for one in self.all_leaves(node) if isinstance(one.target, ClassedTarget))
        self.classings = {class_name(one): one for one in classings if not one.is_answer}
        """What of the register tells communes apart here, by its name among variables."""
        self.now = self.with_items(())

    def with_items(self, items: Iterable[Unknown]) -> Supposed:
        """Return what is known, and what is open, when these items have come in."""
        given = list(items)
        own = [YearFigure(item.measure, self.judged - item.before) for item in given if not item.hamlet]
        open_, reads, unfinished = self.aspects.opened(own)
        known: dict[Variable, Value] = dict(self.aspects.known.items())
        for name, classing in self.classings.items():
            class_ = self.facts.class_of(self.rules, classing)
            if class_ is not None:
                known[name] = class_
            elif Unknown(name) in given:
                open_[name] = classing.classes
        of_hamlets = self._given_of_hamlets(given)
        open_ |= dict(self.hamlets.opened(of_hamlets))
        return Supposed(self.aspects, known, open_, reads, unfinished, self.hamlets.counted(of_hamlets))

    def _given_of_hamlets(self, items: Sequence[Unknown]) -> HamletFigures:
        figures: dict[str, set[YearFigure]] = {}
        for item in items:
            if item.hamlet and item.hamlet != NOT_LISTED:
                figures.setdefault(item.hamlet, set()).add(YearFigure(item.measure, self.judged))
        own = [item.measure for item in items if not item.hamlet]
        others = [item.measure for item in items if item.hamlet == NOT_LISTED]
        return HamletFigures({name: frozenset(some) for name, some in figures.items()}, own, others, own)

    def all_leaves(self, node: Node) -> Iterator[Requirement]:
        """Yield the requirements at or below a node, and before each that counts hamlets what it asks of each."""
        for leaf in leaves(node):
            if leaf.hamlets is not None and self.facts.report.hamlets:
                yield from leaves(leaf.hamlets.each)
            yield leaf

    def settled_by(self, items: Iterable[Unknown]) -> bool:
        return Verdict.NO_DATA not in self.with_items(items).verdicts(self.node, {})

    def decided_by(self, item: Unknown) -> Iterator[Decider]:
        """Yield the ways in which one item alone decides, neighbouring values taken together."""
        supposed = self.with_items((item,))
        for variable, parts in supposed.open.items():
            found: list[tuple[Verdict, Possible]] = []
            for part in parts:
                possible = supposed.verdicts(self.node, {variable: sample_of(part)})
                verdict = next(iter(possible)) if len(possible) == 1 else Verdict.NO_DATA
                last = found[-1] if found else None
                if last and last[0] is verdict and isinstance(last[1], Stretch) and isinstance(part, Stretch):
                    found[-1] = verdict, last[1].and_next(part)
                else:
                    found.append((verdict, part))
            values = [part for _, part in found]
            if not is_class(item.measure) and self.rules.measures[item.measure].traits.by_size:
                values = _unlimited(values)
            of = variable.variable if isinstance(variable, WithinHamlet) else variable
            taken = of.taken if isinstance(of, Aspect) else LEVEL
            for decided in dict.fromkeys(verdict for verdict, _ in found if verdict is not Verdict.NO_DATA):
                own = (value for (verdict, _), value in zip(found, values, strict=True) if verdict is decided)
                yield Decider(item, decided, tuple(own), taken)

    def owed(self, leaf: Requirement) -> Iterator[Unknown]:
        """Yield what a requirement without data may have to read and does not find."""
        told = [Aspect(leaf.told_apart_by)] if leaf.told_apart_by else []
        counts = leaf.id in self.hamlets.counting
        held = [] if counts else [self.aspects.of_leaf[leaf.id]]
        for aspect in (*(Aspect(gate.measure) for gate in leaf.gates), *held, *told):
            yield from self._waiting(aspect, self.aspects)
        if counts:
            yield from self._owed_of_hamlets(leaf)
        yield from self._class_owed(leaf)

    def _owed_of_hamlets(self, leaf: Requirement) -> Iterator[Unknown]:
        """Yield what a requirement may have to read of hamlets and does not find."""
        assert leaf.hamlets is not None
        more = self.hamlets.not_listed(leaf)
        if more is None:
            yield Unknown(leaf.hamlets.number)
        classes: dict[Variable, Value] = {
            name: value for name, value in self.now.known.items() if isinstance(name, str)
        }
        for name, one, aspects in self.hamlets.owed(leaf, classes):
            told = [Aspect(one.told_apart_by)] if one.told_apart_by else []
            for aspect in (*(Aspect(gate.measure) for gate in one.gates), aspects.of_leaf[one.id], *told):
                yield from (item._replace(hamlet=name) for item in self._waiting(aspect, aspects))
            yield from self._class_owed(one)
        if more != 0:
            yield Unknown(leaf.measure, hamlet=NOT_LISTED)
            for one in leaves(leaf.hamlets.each):
                yield from self._class_owed(one)
        if self.hamlets.total_unusable(leaf):
            yield Unknown(leaf.measure)

    def _waiting(self, aspect: Aspect, aspects: Aspects) -> Iterator[Unknown]:
        for year in sorted(aspects.waits.get(aspect, ()), reverse=True):
            yield Unknown(aspect.measure, self.judged - year)

    def _class_owed(self, leaf: Requirement) -> Iterator[Unknown]:
        target = leaf.target
        if not isinstance(target, ClassedTarget) or (target.classing.is_answer and leaf.id not in self.aspects.of_leaf):
            return
        if self.now.own(target, self.now.known) is None:
            yield Unknown(class_name(target.classing))

    def asked(self, leaf: Requirement) -> tuple[Unknown, ...]:
        """Return everything a requirement could ask for, in the order of its questions."""
        years = self.aspects.of_leaf[leaf.id].taken.years(self.judged)
        hamlets = self._asked_of_hamlets(leaf) if leaf.id in self.hamlets.counting else ()
        return (
            *(Unknown(gate.measure) for gate in leaf.gates),
            *hamlets,
            *(Unknown(leaf.measure, self.judged - year) for year in years),
            *_class_asked(leaf),
        )

    def _asked_of_hamlets(self, leaf: Requirement) -> Iterator[Unknown]:
        assert leaf.hamlets is not None
        if leaf.hamlets.number:
            yield Unknown(leaf.hamlets.number)
        for name, one in self.hamlets.asked(leaf):
            yield from (Unknown(gate.measure, hamlet=name) for gate in one.gates)
            yield Unknown(one.measure, hamlet=name)
            yield from (Unknown(measure, hamlet=name) for measure in (one.told_apart_by,) if measure)
        yield Unknown(leaf.measure, hamlet=NOT_LISTED)
        yield from (item for one in leaves(leaf.hamlets.each) for item in _class_asked(one))

    def is_zero(self, item: Unknown) -> bool:
        """Tell whether an item was reported, as 0, from which nothing can be counted."""
        return (
            not is_class(item.measure)
            and not item.hamlet
            and self.aspects.is_zero(item.measure, self.judged - item.before)
        )


def _class_asked(leaf: Requirement) -> tuple[Unknown, ...]:
    return (Unknown(class_name(leaf.target.classing)),) if isinstance(leaf.target, ClassedTarget) else ()


def _unlimited(values: Sequence[Possible]) -> list[Possible]:
    """Return neighbouring stretches, the outermost without limit on their outer side."""
    stretches = [value for value in values if isinstance(value, Stretch)]
    others = [value for value in values if not isinstance(value, Stretch)]
    if stretches:
        stretches[0] = replace(stretches[0], low=None, low_in=False)
        stretches[-1] = replace(stretches[-1], high=None, high_in=False)
    return [*stretches, *others]
