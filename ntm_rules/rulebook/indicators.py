"""The law of one day as a tree: criteria, indicators, the parts of their conditions, requirements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ntm_rules.rulebook.models import (
    Days,
    NodeWritten,
    Source,
    Text,
    Years,
    in_both,
)
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard
from ntm_rules.rulebook.taken import AS_ITS_KIND, Taken
from ntm_rules.rulebook.targets import (
    AwaitedTarget,
    ClassedTarget,
    Comparator,
    Provenance,
    Target,
)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a later decision did to an indicator or a part of one, other than setting a target."""

    kind: str
    """`added`, `replaced`, `changed` or `repealed`."""
    fields: tuple[str, ...]
    """Of a change: the keywords of which it says something."""
    provenance: Provenance
    before: NodeWritten | None = field(default=None, repr=False)
    """The rule as it was written before; None for what is added or repealed."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What decides whether a requirement is for a commune at all: an answer, or a number of something."""

    measure: str
    comparator: Comparator = Comparator.EQUALS
    bar: Decimal = Decimal(1)
    """The answer, 1 or 0, or the number."""

    @property
    def is_question(self) -> bool:
        """Whether it asks yes or no."""
        return self.comparator is Comparator.EQUALS

    @property
    def asks_for_any(self) -> bool:
        """Whether it is the law's "nếu có": for a commune that has none there is nothing to judge."""
        return self.is_question and self.bar == 1

    def opens(self, value: Fraction) -> bool:
        """Tell whether the requirement is for a commune that reported this value: a number, or 1 for yes and 0 for no."""
        return self.comparator.reached(value, Fraction(self.bar))


class Threshold(NamedTuple):
    """A number, and how an exact figure is held to it."""

    value: Decimal
    comparator: Comparator


@dataclass(frozen=True, slots=True)
class Requirement:
    """One atomic condition: a measure held against a target."""

    id: str
    text: str
    text_en: str
    lead: str
    cooperating: tuple[str, ...]
    source: Source
    measure: str
    comparator: Comparator
    target: Target
    gates: tuple[Gate, ...] = ()
    """It is for the communes that all of these let through, those of what it stands in first."""
    note: Text | None = None
    printed: str = ""
    """The text as printed, where `text` is the evident reading."""
    answer: int = 1
    """Of a yes/no question the answer that meets: 1 for yes, 0 for no."""
    taken: Taken = AS_ITS_KIND
    """Of which years the figure is taken, as what, and how it is rounded."""
    replaced: tuple[Target, ...] = ()
    """What overlays in force have replaced, the oldest first: the lineage of `target`."""
    amended: tuple[Amendment, ...] = ()
    """What later decisions did to it, the oldest first, targets aside."""
    hamlets: Hamlets | None = None
    """What each hamlet must meet, where its figure is how many hamlets do."""

    @property
    def words(self) -> Text:
        """The text in every language there is."""
        return in_both(self.text, self.text_en)

    @property
    def judged_by(self) -> tuple[object, ...]:
        """How it judges a figure, whatever its target, its words and who leads it."""
        return self.measure, self.comparator, self.answer, self.gates, self.taken, self.hamlets

    @property
    def wants_less(self) -> bool:
        """Whether the lower is the better: its target is a limit, or the answer no."""
        return self.comparator.is_ceiling or not self.answer

    def held_to(self, target: Decimal) -> Threshold:
        """Return what the exact figure is held to, so that it meets where the figure as it is rounded does."""
        comparator = self.comparator
        if self.taken.rounded_to is None:
            return Threshold(target, comparator)
        value, strict = self.taken.bar(target, ceiling=comparator.is_ceiling, strict=comparator.is_strict)
        if comparator.is_ceiling:
            return Threshold(value, Comparator.LESS_THAN if strict else Comparator.AT_MOST)
        return Threshold(value, Comparator.MORE_THAN if strict else Comparator.AT_LEAST)

    @property
    def told_apart_by(self) -> str:
        """The measure whose answer says which target is the commune's; empty where there is none."""
        target = self.target
        return target.classing.by if isinstance(target, ClassedTarget) and target.classing.is_answer else ""

    @property
    def awaited(self) -> tuple[AwaitedTarget, ...]:
        """What its target waits for, and what each hamlet must reach where it counts those that do."""
        return tuple(one for leaf in (self, *of_each_hamlet(self)) for one in leaf.target.awaited)

    @property
    def decisions_awaited(self) -> tuple[str, ...]:
        """The decisions that these wait for, each once."""
        return tuple(dict.fromkeys(one.decision for one in self.awaited))

    @property
    def asked(self) -> tuple[str, ...]:
        """The measures it reads of the commune: those of its gates, the one held against the target, how many hamlets
        there are, that by which the target differs."""
        hamlets = self.hamlets.number if self.hamlets is not None else ""
        asked = [*(gate.measure for gate in self.gates), self.measure, hamlets, self.told_apart_by]
        return tuple(dict.fromkeys(measure for measure in asked if measure))


@dataclass(frozen=True, slots=True)
class Hamlets:
    """What each hamlet of a commune must meet, where a requirement counts the hamlets that do."""

    each: Node
    number: str = ""
    """The measure in which the commune says how many hamlets it has; empty: as many as figures are given of."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The measures it reads of each hamlet."""
        return tuple(dict.fromkeys(measure for leaf in leaves(self.each) for measure in leaf.asked))


@dataclass(frozen=True, slots=True)
class Combination:
    """Several nodes taken together: `all` of them, `any` one of them, or `some`, so many as are needed."""

    op: str
    children: tuple[Node, ...]
    id: str
    text: str = ""
    text_en: str = ""
    note: Text | None = None
    needed: int = 0
    """Of `some`: how many must be met."""
    of_set: str = ""
    """The other set whose rules its parts are; empty where they are this set's own."""
    amended: tuple[Amendment, ...] = ()
    """What later decisions did to it, the oldest first."""

    @property
    def words(self) -> Text:
        """The text in every language there is."""
        return in_both(self.text, self.text_en)

    @property
    def is_choice(self) -> bool:
        """Whether it can be met without every part: what is missing is then chosen among them."""
        return self.op != "all" and len(self.children) > 1


Node = Requirement | Combination


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the annex with its condition.

    When the row states a single condition, `condition` is a requirement with the indicator's own id.
    """

    id: str
    criterion: str
    text: str
    text_en: str
    printed: str
    lead: str
    cooperating: tuple[str, ...]
    source: Source
    years: Years
    condition: Node
    note: Text | None = None
    points: Decimal | None = None
    """What it counts when progress is ranked; None where the set gives it no points. No verdict reads it."""
    in_force: Days | None = None
    """The days within its years on which it counts, where the law says days."""
    amended: tuple[Amendment, ...] = ()
    """What later decisions did to it as a whole, the oldest first."""

    @property
    def words(self) -> Text:
        """The text in every language there is."""
        return in_both(self.text, self.text_en)

    def requirements(self) -> tuple[Requirement, ...]:
        """Return the atomic conditions in the order of the text."""
        return tuple(leaves(self.condition))

    def leads(self) -> tuple[str, ...]:
        """Return the lead agencies without repetition: one, or more where the row splits it."""
        return tuple(dict.fromkeys([r.lead for r in self.requirements()] or [self.lead]))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: `all` of its indicators, unless it has a standard of its own."""

    id: str
    title: str
    title_en: str
    source: Source
    indicators: tuple[Indicator, ...]
    standard: Standard | None = None
    """When it is met, where that is not when every indicator is."""

    @property
    def condition(self) -> Combination | None:
        """Its indicators' conditions taken together; None where points or percentages of them decide."""
        if self.standard is None:
            return Combination("all", tuple(indicator.condition for indicator in self.indicators), self.id)
        return self._taken_together(self.standard)

    def _taken_together(self, standard: Standard) -> Combination | None:
        conditions = {indicator.id: indicator.condition for indicator in self.indicators}
        parts = [conditions[one.id] if isinstance(one, Named) else self._taken_together(one) for one in standard.parts]
        there = tuple(part for part in parts if part is not None)
        needed = standard.at_least if standard.op == WEIGHED else Decimal(0)
        if len(there) < max(len(parts), int(needed), 1) or standard.percent or standard.counts == "points":
            return None
        return Combination("some" if needed else standard.op, there, self.id, needed=int(needed))

    @property
    def words(self) -> Text:
        """The title in every language there is."""
        return in_both(self.title, self.title_en)


def leaves(node: Node) -> Iterator[Requirement]:
    """Yield the requirements at or below a node, in order."""
    if isinstance(node, Requirement):
        yield node
    else:
        for child in node.children:
            yield from leaves(child)


def of_each_hamlet(requirement: Requirement) -> Iterator[Requirement]:
    """Yield what each hamlet must meet, where a requirement counts those that do."""
    if requirement.hamlets is not None:
        yield from leaves(requirement.hamlets.each)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything below it, parents first."""
    yield node
    if isinstance(node, Combination):
        for child in node.children:
            yield from walk(child)


def walk_with_hamlets(node: Node) -> Iterator[Node]:
    """Yield what `walk` does, each requirement that counts hamlets followed by what each of them must meet."""
    for one in walk(node):
        yield one
        if isinstance(one, Requirement) and one.hamlets is not None:
            yield from walk(one.hamlets.each)
