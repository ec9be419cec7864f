"""Which pairs of verdicts two laws can come to for one indicator, each with figures that show it.

Parts that read no figure in common are free of each other: the pairs of a whole are the combinations of
the pairs of its parts. So no change of verdict is missed where there are far too many combinations of
figures to try them all.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.evaluation.reference import Facts, evaluate_requirement
from ntm_rules.evaluation.verdicts import SOME, Verdict, combine
from ntm_rules.rulebook.criteria_set import Combination, CriteriaSet, Indicator, Node, Requirement, leaves
from ntm_rules.workbench.comparing.probes import NOTHING, Level, Probe, ProbedMeasure, ProbeReader

Pair = tuple[Verdict | None, Verdict | None]
"""What the first law says and what the second says; None where a law has no such part."""
Figures = dict[str, Level]
MOST = 20_000
"""Combinations of figures tried for parts that cannot be told apart; of more, the answer is not complete."""
_YEAR = 2200


class ReachablePairs(NamedTuple):
    """The pairs of verdicts that can be reached, and whether these are all."""

    pairs: dict[Pair, Figures]
    complete: bool


@dataclass(frozen=True)
class RuleSide:
    """One law's rule for an indicator, for communes of one group and of some classes."""

    rules: CriteriaSet
    indicator: Indicator
    group: str | None
    reader: ProbeReader
    classes: Mapping[str, str] = field(default_factory=dict)


def reachable(before: RuleSide, after: RuleSide, measures: Sequence[ProbedMeasure]) -> ReachablePairs:
    """Return every pair of verdicts of an indicator, over all the levels asked of its measures."""
    return _Search((before, after), {one.measure: one.levels for one in measures}).joint(
        before.indicator.condition, after.indicator.condition
    )


def as_probe(figures: Figures, measures: Sequence[ProbedMeasure]) -> Probe:
    """Return figures as a probe; a measure without one is not reported."""
    return tuple(figures.get(one.measure, NOTHING) for one in measures)


def leaf_probes(indicators: Iterable[Indicator], measures: Sequence[ProbedMeasure]) -> set[Probe]:
    """Return, for each requirement, every level of its measure with every answer to its “if any”."""
    levels = {one.measure: one.levels for one in measures}
    found: set[Probe] = set()
    for requirement in (r for indicator in indicators for r in indicator.requirements()):
        names = _read(requirement)
        for chosen in itertools.product(*(levels[name] for name in names)):
            found.add(as_probe(dict(zip(names, chosen, strict=True)), measures))
    return found


def _read(node: Node) -> tuple[str, ...]:
    """Return the measures a node reads, once each."""
    found = (m for leaf in leaves(node) for m in leaf.asked)
    return tuple(dict.fromkeys(found))


class _Search:
    """The search over one indicator's two rules."""

    def __init__(self, sides: tuple[RuleSide, RuleSide], levels: Mapping[str, Sequence[Level]]) -> None:
        self.sides = sides
        self.levels = levels
        self._known: dict[tuple[int, str, tuple[Level, ...]], Verdict] = {}

    def joint(self, left: Node | None, right: Node | None) -> ReachablePairs:
        """Return the pairs that two nodes come to, for the same figures."""
        parts = [_parts(left), _parts(right)]
        groups = _apart([*parts[0].nodes, *parts[1].nodes])
        if len(groups) == 1 and not any(isinstance(node, Combination) for node in (left, right)):
            return self._tried(parts)
        counted = any(part.op == SOME for part in parts)
        if counted or (len(groups) == 1 and max(len(parts[0].nodes), len(parts[1].nodes)) > 1):
            return self._tried(parts)
        pairs: dict[Pair, Figures] = {(None, None): {}}
        complete = True
        for group in groups:
            inside = [part.only(group) for part in parts]
            if all(len(part.nodes) <= 1 for part in inside):
                one, other = (part.nodes[0] if part.nodes else None for part in inside)
                found = self.joint(one, other)
            else:
                found = self._tried(inside)
            complete = complete and found.complete
            pairs = {
                (_both(parts[0].op, a, c), _both(parts[1].op, b, d)): {**figures, **more}
                for (a, b), figures in pairs.items()
                for (c, d), more in found.pairs.items()
            }
        return ReachablePairs(pairs, complete)

    def _tried(self, parts: Sequence[_Parts]) -> ReachablePairs:
        """Try the figures of nodes that hang together; levels that no requirement tells apart count once."""
        nodes = [node for part in parts for node in part.nodes]
        measures = tuple(dict.fromkeys(m for node in nodes for m in _read(node)))
        choices = [self._told_apart(measure, parts) for measure in measures]
        pairs: dict[Pair, Figures] = {}
        tried = itertools.product(*choices)
        for chosen in itertools.islice(tried, MOST):
            figures = dict(zip(measures, chosen, strict=True))
            verdicts = [
                combine(part.op, [self._verdict(side, node, figures) for node in part.nodes], part.needed)
                if part.nodes
                else None
                for side, part in enumerate(parts)
            ]
            pairs.setdefault((verdicts[0], verdicts[1]), figures)
        return ReachablePairs(pairs, next(tried, None) is None)

    def _told_apart(self, measure: str, parts: Sequence[_Parts]) -> list[Level]:
        found: dict[tuple[Verdict, ...], Level] = {}
        reading = [
            (side, leaf)
            for side, part in enumerate(parts)
            for node in part.nodes
            for leaf in leaves(node)
            if measure in leaf.asked
        ]
        for level in self.levels[measure]:
            told: list[Verdict] = []
            for side, leaf in reading:
                names = [name for name in _read(leaf) if name != measure]
                for others in itertools.product(*(self.levels[name] for name in names)):
                    figures = {measure: level, **dict(zip(names, others, strict=True))}
                    told.append(self._leaf(side, leaf, figures))
            found.setdefault(tuple(told), level)
        return list(found.values())

    def _verdict(self, side: int, node: Node, figures: Figures) -> Verdict:
        if isinstance(node, Requirement):
            return self._leaf(side, node, figures)
        return combine(node.op, [self._verdict(side, child, figures) for child in node.children], node.needed)

    def _leaf(self, side: int, leaf: Requirement, figures: Figures) -> Verdict:
        names = _read(leaf)
        at = side, leaf.id, tuple(figures[name] for name in names)
        if at not in self._known:
            law = self.sides[side]
            now = {n: v for n in names if (v := law.reader.read(n, figures[n].now)) is not None}
            earlier = {n: v for n in names if (v := law.reader.read(n, figures[n].before)) is not None}
            report = CommuneYear("", "", _YEAR, now)
            years = leaf.taken.of(law.rules.measures[leaf.measure]).years(_YEAR) if earlier else ()
            others = {year: CommuneYear("", "", year, earlier) for year in years if year != _YEAR}
            facts = Facts(report, None, law.group, others, law.classes)
            self._known[at] = evaluate_requirement(law.rules, leaf, facts).verdict
        return self._known[at]


class _Parts(NamedTuple):
    """Nodes taken together."""

    op: str
    nodes: tuple[Node, ...]
    needed: int = 0

    def only(self, some: set[int]) -> _Parts:
        """Return those of some identities."""
        return self._replace(nodes=tuple(node for node in self.nodes if id(node) in some))


def _parts(node: Node | None) -> _Parts:
    """Return a node as a combination; a requirement is `all` of itself."""
    if node is None:
        return _Parts("all", ())
    return _Parts(node.op, node.children, node.needed) if isinstance(node, Combination) else _Parts("all", (node,))


def _both(op: str, one: Verdict | None, other: Verdict | None) -> Verdict | None:
    there = [verdict for verdict in (one, other) if verdict is not None]
    return combine(op, there) if there else None


def _apart(nodes: Sequence[Node]) -> list[set[int]]:
    """Return nodes in groups that read no measure in common, each as the identities of its nodes."""
    groups: list[tuple[set[str], set[int]]] = []
    for node in nodes:
        measures, members = set(_read(node)), {id(node)}
        apart = []
        for group in groups:
            if group[0] & measures:
                measures |= group[0]
                members |= group[1]
            else:
                apart.append(group)
        groups = [*apart, (measures, members)]
    return [members for _measures, members in groups]
