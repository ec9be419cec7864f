"""The verdicts a node could have when some figures are known, some are open and the rest stays unknown.

Parts of a node that read no open figure in common are free of each other, so their verdicts are combined
each with each; an open figure that several parts read is taken sample by sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from ntm_rules.evaluation.possible_values import Nothing, Possible, Stretch
from ntm_rules.evaluation.verdicts import Verdict, Weighed, concluded, joined, weighed
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Classing,
    Combination,
    Gate,
    Node,
    NotAsked,
    Requirement,
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
Value = Fraction | Nothing | str
Seen = Mapping[str, Value]
"""What is known, by measure; the group and the classes under their names."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is known of the measures, and what those that are open could be; the rest stays unknown."""

    known: Seen
    open: Mapping[str, tuple[Possible, ...]]

    def verdict(self, node: Node) -> Verdict:
        """Return the verdict of a node of which nothing is open."""
        (verdict,) = self.verdicts(node, {})
        return verdict

    def verdicts(self, node: Node, taken: Seen) -> frozenset[Verdict]:
        """Return every verdict that a node could have, some of the open measures taken at a value."""
        if isinstance(node, Combination):
            return frozenset(map(concluded, self._together(node.op, node.needed, node.children, taken)))
        open_ = self._open(node, taken)
        if not open_:
            return frozenset({_judge(node, {**self.known, **taken})})
        return _union(self.verdicts(node, seen) for seen in self._each(min(open_), taken))

    def _together(self, op: str, needed: int, nodes: Sequence[Node], taken: Seen) -> frozenset[Weighed]:
        outcome: frozenset[Weighed] = frozenset()
        for cluster in self._clusters(nodes, taken):
            if len(cluster) == 1:
                found = frozenset(weighed(op, verdict, needed) for verdict in self.verdicts(cluster[0], taken))
            else:
                shared = _shared([self._open(node, taken) for node in cluster])
                found = _union(self._together(op, needed, cluster, seen) for seen in self._each(shared, taken))
            outcome = frozenset(joined(op, a, b) for a in outcome for b in found) if outcome else found
        return outcome

    def _each(self, name: str, taken: Seen) -> Iterator[Seen]:
        return ({**taken, name: sample_of(part)} for part in self.open[name])

    def _clusters(self, nodes: Sequence[Node], taken: Seen) -> list[list[Node]]:
        """Return nodes in groups such that no open measure is read in two of the groups."""
        clusters: list[tuple[set[str], list[Node]]] = []
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

    def _open(self, node: Node, taken: Seen) -> set[str]:
        """Return the open measures that a node reads and that are not taken at a value."""
        return {name for leaf in leaves(node) for name in _reads(leaf) if name in self.open and name not in taken}


def _union(sets: Iterable[frozenset[Outcome]]) -> frozenset[Outcome]:
    return frozenset(one for found in sets for one in found)


def _shared(read: Sequence[set[str]]) -> str:
    """Return an open measure that two of the nodes of a cluster read."""
    return min(n for i, names in enumerate(read) for n in names if any(n in other for other in read[i + 1 :]))


def _reads(leaf: Requirement) -> Iterator[str]:
    yield from leaf.asked
    if isinstance(leaf.target, ClassedTarget):
        yield class_name(leaf.target.classing)


def class_in(seen: Seen, classing: Classing) -> str | None:
    """Return the class that is known, or taken; None where it is not known."""
    value = seen.get(class_name(classing))
    return classing.classes[int(value)] if isinstance(value, Fraction) else value if isinstance(value, str) else None


def sample_of(part: Possible) -> Value:
    return part.sample if isinstance(part, Stretch) else part


def opened(gate: Gate, value: Value) -> bool:
    assert isinstance(value, Fraction)
    return gate.opens(value)


def _judge(leaf: Requirement, seen: Seen) -> Verdict:
    """Judge a requirement on what is known of its measures: `reference`, on values in place of reports."""
    open_ = [
        value if value is None else opened(gate, value) for gate in leaf.gates for value in [seen.get(gate.measure)]
    ]
    if False in open_:
        return Verdict.NOT_APPLICABLE
    if None in open_:
        return Verdict.NO_DATA
    target = leaf.target
    own = target.of_class(class_in(seen, target.classing)) if isinstance(target, ClassedTarget) else target
    if isinstance(own, NotAsked):
        return Verdict.NOT_APPLICABLE
    value = seen.get(leaf.measure)
    if value is None:
        return Verdict.NO_DATA
    if value is Nothing.TO_COUNT:
        return Verdict.NOT_APPLICABLE
    assert isinstance(value, Fraction)
    if isinstance(own, AwaitedTarget):
        return Verdict.NO_TARGET
    if own is None:
        return Verdict.NO_DATA
    return Verdict.MET if leaf.comparator.reached(value, Fraction(own.everywhere)) else Verdict.NOT_MET
