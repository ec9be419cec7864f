"""What there is to reach in a set: every point at which its tests should hold it, derived from the rules.

- verdict: each reason a requirement or combination can have; what readers make of a figure once, where it is first read;
- boundary: just below, at and just above each target, by class; of a target that is awaited, some supposed one;
- existence: each answer to "if any" (nếu có);
- alternative: each part of an `any` that alone meets it, and none;
- part: each part of an `all` that alone fails it, and of a `some` each that fails where one more would be enough.

Parts of a combination are taken to be free of each other, as if no two read the same figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.evaluation.aspects import Aspects
from ntm_rules.evaluation.possible_values import Stretch, cut, levels, values_of
from ntm_rules.evaluation.reference import Facts, missed, without_class
from ntm_rules.evaluation.taking import missing_reason, zero_reason
from ntm_rules.evaluation.verdicts import COMBINED_REASON, SOME, Reason, Verdict, outcomes
from ntm_rules.rulebook.borrowed import is_borrowed
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Combination,
    Comparator,
    CriteriaSet,
    KnownTarget,
    Node,
    NotAsked,
    Requirement,
    Target,
    walk,
)
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.taken import Taken

VERDICT, BOUNDARY, EXISTENCE, ALTERNATIVE, PART = KINDS = ("verdict", "boundary", "existence", "alternative", "part")
BELOW, AT, ABOVE = PLACES = ("below", "at", "above")
YES = "yes"
REST = "default"
"""Stands for the classes that a target does not name."""
NONE = "none"
"""No alternative of an `any` is met."""
OF_THE_FIGURE = frozenset(
    {
        Reason.NOT_REPORTED,
        Reason.INVALID_VALUE,
        Reason.CONFLICTING_VALUES,
        Reason.RULING_AWAITED,
        Reason.PREVIOUS_YEAR_MISSING,
        Reason.PREVIOUS_YEAR_ZERO,
        Reason.EARLIER_YEAR_MISSING,
        Reason.BASE_YEAR_ZERO,
    }
)
"""Reasons that a figure gives, the same for every requirement that reads it."""
EXISTENCE_REASONS = {
    Reason.DOES_NOT_EXIST: "no",
    Reason.EXCEPTED: Reason.EXCEPTED.value,
    Reason.EXISTENCE_UNANSWERED: "unanswered",
}


@dataclass(frozen=True, slots=True)
class PointToReach:
    """One point of a set that a test may reach."""

    node: str
    kind: str
    which: str
    """A reason, a place (below, at, above), an answer (yes, no, unanswered), a part's id, or `none`."""
    target: Decimal | None = None
    """For a boundary: the target's value; None for one that is awaited and must be supposed."""
    group: str | None = None
    """For a boundary of a target that differs by class: the class, `REST` for the others."""
    criterion: str = field(default="", compare=False)
    """Id of the criterion; empty for further conditions."""


def points(laws: Iterable[CriteriaSet]) -> tuple[PointToReach, ...]:
    """Return every point of a set, given as it is in force on several days, in the order of the text."""
    found: dict[PointToReach, None] = {}
    laws = tuple(laws)
    for rules in laws:
        derived = PossibleVerdicts(rules)
        for indicator in rules.every_indicator():
            for node in walk(indicator.condition):
                if not is_borrowed(node.id):  # another set's rules have its own tests
                    found |= dict.fromkeys(
                        point for point in derived.points(node, indicator.criterion) if not is_borrowed(point.which)
                    )
    first = first_readers(laws)
    found = {point: None for point in found if at_first(point, first) == point}
    nodes = list(dict.fromkeys(point.node for point in found))
    criteria = [*filter(None, dict.fromkeys(point.criterion for point in found)), ""]  # further conditions stand last

    def place(point: PointToReach) -> tuple[int, int, int]:
        return criteria.index(point.criterion), nodes.index(point.node), KINDS.index(point.kind)

    return tuple(sorted(found, key=place))


def first_readers(laws: Iterable[CriteriaSet]) -> dict[str, str]:
    """Return requirement -> the first requirement, in the order of the text, that takes the same figure alike."""
    first: dict[tuple[str, Taken], str] = {}
    found: dict[str, str] = {}
    for rules in laws:
        for node in rules.nodes():
            if isinstance(node, Requirement) and not is_borrowed(node.id):
                found[node.id] = first.setdefault((node.measure, node.taken), node.id)
    return found


def at_first(point: PointToReach, first: dict[str, str]) -> PointToReach:
    """Return a point that the figure alone gives as that of the first requirement that reads it (`first_readers`)."""
    if point.kind != VERDICT or point.which not in OF_THE_FIGURE:
        return point
    return replace(point, node=first.get(point.node, point.node))


def point_of(node: str, reason: Reason) -> PointToReach:
    """Return the point that a node's reason reaches."""
    if reason in EXISTENCE_REASONS:
        return PointToReach(node, EXISTENCE, EXISTENCE_REASONS[reason])
    if reason is Reason.NO_ALTERNATIVE_MET:
        return PointToReach(node, ALTERNATIVE, NONE)
    return PointToReach(node, VERDICT, reason.value)


class PossibleVerdicts:
    """What the rules of one law let their nodes come to."""

    def __init__(self, rules: CriteriaSet) -> None:
        self.rules = rules

    def points(self, node: Node, criterion: str) -> Iterator[PointToReach]:
        """Yield the points of one node."""
        found = self._of_combination(node) if isinstance(node, Combination) else self._of_requirement(node)
        for point in found:
            yield PointToReach(point.node, point.kind, point.which, point.target, point.group, criterion)

    def _of_requirement(self, node: Requirement) -> Iterator[PointToReach]:
        for reason in sorted(self.reasons(node), key=list(Reason).index):
            yield point_of(node.id, reason)
        if node.gates:
            yield PointToReach(node.id, EXISTENCE, YES)
        measure = self.rules.measures[node.measure]
        if not measure.traits.choices:
            for value, group in _values(node.target):
                possible = set(PLACES) if value is None else self.places(node, value)
                yield from (
                    PointToReach(node.id, BOUNDARY, place, value, group) for place in PLACES if place in possible
                )

    def _of_combination(self, node: Combination) -> Iterator[PointToReach]:
        possible = self.verdicts(node)
        for verdict in Verdict:
            if verdict in possible:
                yield point_of(node.id, COMBINED_REASON[node.op][verdict])
        kind, deciding = (ALTERNATIVE, Verdict.MET) if node.op == "any" else (PART, Verdict.NOT_MET)
        for child in node.children:
            others = [self.verdicts(other) for other in node.children if other is not child]
            if node.op == SOME:  # one too few, and this one of those that fail
                may_stand_alone = sum(Verdict.MET in own for own in others) >= node.needed - 1
                may_stand_alone &= Verdict.NOT_MET in outcomes(node.op, [{Verdict.NOT_MET}, *others], node.needed)
            else:
                may_stand_alone = all(own - {deciding} for own in others)
            if deciding in self.verdicts(child) and may_stand_alone:
                yield PointToReach(node.id, kind, child.id)

    def verdicts(self, node: Node) -> set[Verdict]:
        """Return the verdicts a node can have, its awaited targets fixed or not."""
        if isinstance(node, Requirement):
            return {reason.verdict for reason in self.reasons(node)}
        return outcomes(node.op, map(self.verdicts, node.children), node.needed)

    def reasons(self, node: Requirement) -> set[Reason]:
        """Return every reason a requirement can have; a target that is awaited may be fixed one day."""
        measure = self.rules.measures[node.measure]
        taken, judged = node.taken.of(measure), self.rules.as_of.year
        years = taken.years(judged)
        found = {Reason.NOT_REPORTED, Reason.INVALID_VALUE, Reason.CONFLICTING_VALUES} if judged in years else set()
        if node.gates:
            found.add(Reason.EXISTENCE_UNANSWERED)
            found |= {Reason.DOES_NOT_EXIST if gate.asks_for_any else Reason.EXCEPTED for gate in node.gates}
        if measure.traits.concluded and judged in years:
            found.add(Reason.RULING_AWAITED)
        if years[-1] != judged:
            found.add(missing_reason(taken, judged))
            if taken.divides and not taken.from_zero and _may_be_zero(measure):
                found.add(zero_reason(taken, judged))
        if measure.zero_denominator == "not_applicable" and judged in years:
            found.add(Reason.NOTHING_TO_COUNT)
        if node.hamlets is not None:
            found |= {Reason.NOTHING_TO_COUNT, Reason.HAMLETS_NOT_LISTED, Reason.HAMLETS_UNKNOWN}
            if Verdict.NO_TARGET in self.verdicts(node.hamlets.each):
                found.add(Reason.HAMLETS_WITHOUT_TARGET)
        return found | self._compared(node, measure)

    def _compared(self, node: Requirement, measure: Measure) -> set[Reason]:
        """Return the reasons that the target gives, or its absence."""
        short = missed(node, measure)
        target = node.target
        if isinstance(target, AwaitedTarget):
            return {Reason(target.reason), Reason.REACHED, short}
        found: set[Reason] = set()
        if isinstance(target, ClassedTarget):
            found |= {without_class(target.classing)} if target.of_class(None) is None else set()
            found |= {Reason.CLASS_EXEMPT for _class, cell in target.each() if isinstance(cell, NotAsked)}
            found |= {Reason(cell.reason) for cell in target.awaited}
        for value in target.values():
            sides, worse = self.places(node, value), worse_places(node, value)
            if sides & worse:
                found.add(short)
            if sides - worse:
                found.add(Reason.REACHED)
        return found

    def places(self, node: Requirement, target: Decimal) -> set[str]:
        """Return on which sides of what a target asks of an exact figure one can lie."""
        bar = Fraction(node.held_to(target).value)
        return {_side(part, bar) for stretch in self._could_be(node) for part in cut(stretch, [bar])}

    def _could_be(self, node: Requirement) -> tuple[Stretch, ...]:
        """Return what the figures of a requirement could come to, whatever they are."""
        measure = self.rules.measures[node.measure]
        if not measure.traits.by_size:
            return values_of(measure, self.rules.scales.get(measure.scale or ""))
        nothing = Facts(CommuneYear("", "", self.rules.as_of.year))
        aspects = Aspects(self.rules, nothing, node)
        return (aspects.range_of(aspects.of_leaf[node.id]),)


def worse_places(node: Requirement, target: Decimal | None = None) -> frozenset[str]:
    """Return where beside its target a figure does not meet a requirement; rounding may shift what is exactly at it."""
    if node.comparator is Comparator.EQUALS:
        return frozenset({BELOW} if node.answer else {ABOVE})
    comparator = node.comparator if target is None else node.held_to(target).comparator
    side = ABOVE if comparator.is_ceiling else BELOW
    return frozenset({side, AT} if comparator.is_strict else {side})


def _may_be_zero(measure: Measure) -> bool:
    low = levels(measure).low
    return low is None or low <= 0


def _side(part: Stretch, bar: Fraction) -> str:
    if part.low == part.high == bar:
        return AT
    return BELOW if part.high is not None and part.high <= bar else ABOVE


def _values(target: Target) -> Iterator[tuple[Decimal | None, str | None]]:
    """Yield a target's values with the group of each; None, None for one that is awaited."""
    if isinstance(target, AwaitedTarget):
        yield None, None
    elif isinstance(target, KnownTarget):
        yield target.everywhere, None
    else:
        yield from ((cell.everywhere, class_) for class_, cell in boundary_classes(target))


def boundary_classes(target: ClassedTarget) -> Iterator[tuple[str, KnownTarget]]:
    """Yield each class that has a number of its own with it; the others under `REST`."""
    for class_, cell in target.each():
        if isinstance(cell, KnownTarget):
            yield class_ or REST, cell
