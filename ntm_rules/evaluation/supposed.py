"""The verdicts a node could have when some figures are known, some are open and the rest stays unknown.

Parts of a node that read no open figure in common are free of each other, so their verdicts are combined
each with each; an open figure that several parts read is taken sample by sample.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from ntm_rules.evaluation.aspects import Aspect, Aspects, Value, Variable, YearFigure
from ntm_rules.evaluation.possible_values import Nothing, Possible, Stretch
from ntm_rules.evaluation.verdicts import Verdict, Weighed, concluded, joined, weighed
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    ClassedTarget,
    Classing,
    Combination,
    Gate,
    KnownTarget,
    Node,
    NotAsked,
    Requirement,
    Target,
    leaves,
)

THE_GROUP = ""
"""Stands where a measure's id would: the group of the commune."""
A_CLASS = "@"
"""Stands before a classification where a measure's id would: the class of the commune."""


def class_name(classing: Classing) -> str:
    """Return what stands where a measure's id would for a class: the measure itself where that says the class."""
    if classing.is_answer:
        return classing.by
    return THE_GROUP if classing.is_group else f"{A_CLASS}{classing.by}"


def is_class(name: str) -> bool:
    """Tell whether a name stands for the group or a class in the register, and not for a measure."""
    return name == THE_GROUP or name.startswith(A_CLASS)


Outcome = TypeVar("Outcome")
_ONLY = {verdict: frozenset({verdict}) for verdict in Verdict}
Seen = Mapping[Variable, Value]
"""What is known, by variable; the group and the classes under their names."""
Counting = Callable[[Cell | None, Seen], frozenset[Verdict]]
"""What a requirement that counts hamlets could come to, given its target and what is seen."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is known of the figures, and what those that are open could be; the rest stays unknown."""

    aspects: Aspects
    known: Seen
    open: Mapping[Variable, tuple[Possible, ...]]
    reads: Mapping[Aspect, Variable]
    """Aspect that is open -> on which of it it depends."""
    unfinished: Collection[Aspect] = frozenset()
    """Aspects of which figures are owed still, whatever is open: each of several years may fail before all are there."""
    counted: Mapping[str, Counting] = field(default_factory=dict)
    """Requirements that count the hamlets listed, by id."""

    def verdict(self, node: Node) -> Verdict:
        """Return the verdict of a node of which nothing is open."""
        (verdict,) = self.verdicts(node, {})
        return verdict

    def verdicts(self, node: Node, values: Seen) -> frozenset[Verdict]:
        """Return every verdict that a node could have, some of the open measures taken at a value."""
        if isinstance(node, Combination):
            return frozenset(map(concluded, self._together(node.op, node.needed, node.children, values)))
        open_ = self._open(node, values)
        if not open_:
            return self._judge(node, {**self.known, **values})
        return _union(self.verdicts(node, seen) for seen in self._each(self._first(open_), values))

    def _together(self, op: str, needed: int, nodes: Sequence[Node], taken: Seen) -> frozenset[Weighed]:
        outcome: frozenset[Weighed] = frozenset()
        for cluster in self._clusters(nodes, taken):
            if len(cluster) == 1:
                found = frozenset(weighed(op, verdict, needed) for verdict in self.verdicts(cluster[0], taken))
            else:
                shared = self._first(_shared([self._open(node, taken) for node in cluster]))
                found = _union(self._together(op, needed, cluster, seen) for seen in self._each(shared, taken))
            outcome = frozenset(joined(op, a, b) for a in outcome for b in found) if outcome else found
        return outcome

    def _each(self, name: Variable, taken: Seen) -> Iterator[Seen]:
        return ({**taken, name: sample_of(part)} for part in self.open[name])

    def _clusters(self, nodes: Sequence[Node], taken: Seen) -> list[list[Node]]:
        """Return nodes in groups such that no open measure is read in two of the groups."""
        clusters: list[tuple[set[Variable], list[Node]]] = []
        for node in nodes:
            names, together = self._open(node, taken), [node]
            apart = []
            for others_names, others in clusters:
                if names & others_names:
                    names, together = names | others_names, [*others, *together]
                else:
                    apart.append((others_names, others))
            clusters = [*apart, (names, together)]
        return [together for _, together in clusters]

    def _open(self, node: Node, taken: Seen) -> set[Variable]:
        """Return the variables that a node reads and that are not taken at a value."""
        read = {name for leaf in leaves(node) for name in self._reads(leaf)}
        return {name for name in read if name in self.open and name not in taken}

    def _first(self, names: set[Variable]) -> Variable:
        """Return one of some variables, always the same."""
        return next(name for name in self.open if name in names)

    def _reads(self, leaf: Requirement) -> Iterator[Variable]:
        gates = [Aspect(gate.measure) for gate in leaf.gates]
        counts = leaf.id in self.counted
        for aspect in gates if counts else [*gates, self.aspects.of_leaf[leaf.id]]:
            if aspect in self.reads:
                yield self.reads[aspect]
        each = leaves(leaf.hamlets.each) if counts and leaf.hamlets is not None else ()
        for target in (leaf.target, *(one.target for one in each)):
            yield from self._told_apart_by(target)

    def _told_apart_by(self, target: Target) -> Iterator[Variable]:
        if isinstance(target, ClassedTarget) and not target.classing.is_answer:
            yield class_name(target.classing)
        elif isinstance(target, ClassedTarget) and Aspect(target.classing.by) in self.reads:
            yield self.reads[Aspect(target.classing.by)]

    def own(self, target: Target, seen: Seen) -> Cell | None:
        """Return the target of the class that is known, or taken; None where it is needed and not known."""
        if not isinstance(target, ClassedTarget):
            return target
        classing = target.classing
        value = self._value(Aspect(classing.by), seen) if classing.is_answer else seen.get(class_name(classing))
        class_ = (
            classing.classes[int(value)] if isinstance(value, Fraction) else value if isinstance(value, str) else None
        )
        return target.of_class(class_)

    def _value(self, aspect: Aspect, seen: Seen) -> Value | None:
        if aspect in seen:
            return seen[aspect]
        variable = self.reads.get(aspect)
        if variable is None:
            return self.aspects.furthest.get(aspect)
        if variable not in seen:
            return None
        return (
            self.aspects.derived(aspect, variable, seen[variable])
            if isinstance(variable, YearFigure)
            else seen[variable]
        )

    def _judge(self, leaf: Requirement, seen: Seen) -> frozenset[Verdict]:
        """Judge a requirement on what is known of its figures: `reference`, on values in place of reports."""
        gates = [(gate, self._value(Aspect(gate.measure), seen)) for gate in leaf.gates]
        open_ = [value if value is None else opened(gate, value) for gate, value in gates]
        if False in open_:
            return _ONLY[Verdict.NOT_APPLICABLE]
        if None in open_:
            return _ONLY[Verdict.NO_DATA]
        own = self.own(leaf.target, seen)
        if isinstance(own, NotAsked):
            return _ONLY[Verdict.NOT_APPLICABLE]
        if leaf.id in self.counted:
            return self.counted[leaf.id](own, seen)
        return _ONLY[self._held(leaf, own, seen)]

    def _held(self, leaf: Requirement, own: Cell | None, seen: Seen) -> Verdict:
        value = self._value(self.aspects.of_leaf[leaf.id], seen)
        if value is None or value is Nothing.YET:
            return Verdict.NO_DATA
        if value is Nothing.TO_COUNT:
            return Verdict.NOT_APPLICABLE
        assert isinstance(value, Fraction)
        unfinished = self.aspects.of_leaf[leaf.id] in self.unfinished
        if isinstance(own, AwaitedTarget):
            return Verdict.NO_DATA if unfinished else Verdict.NO_TARGET
        if own is None:
            return Verdict.NO_DATA
        assert isinstance(own, KnownTarget)
        if not leaf.comparator.reached(leaf.taken.rounded(value), Fraction(own.everywhere)):
            return Verdict.NOT_MET
        return Verdict.NO_DATA if unfinished else Verdict.MET


def _union(sets: Iterable[frozenset[Outcome]]) -> frozenset[Outcome]:
    return frozenset(one for found in sets for one in found)


def _shared(read: Sequence[set[Variable]]) -> set[Variable]:
    """Return the open variables that two of the nodes of a cluster read."""
    return {n for i, names in enumerate(read) for n in names if any(n in other for other in read[i + 1 :])}


def sample_of(part: Possible) -> Value:
    return part.sample if isinstance(part, Stretch) else part


def opened(gate: Gate, value: Value) -> bool:
    assert isinstance(value, Fraction)
    return gate.opens(value)
