"""Which condition follows from which, as far as it can be told from what is written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ntm_rules.rulebook.models import Measure, NodeWritten
from ntm_rules.workbench.checks.core.bounds import bounds
from ntm_rules.workbench.checks.core.sets import CheckedSet, NodeAt


def parts_of(subject: CheckedSet, at: NodeAt, key: str) -> list[NodeAt]:
    """Return the parts that stand directly under a node's `all` or `any`."""
    depth = len(at.place) + 2
    above = (*at.place, key)
    return [
        part
        for part in subject.nodes
        if part.file == at.file and len(part.place) == depth and part.place[: len(above)] == above
    ]


def implies(one: NodeWritten, other: NodeWritten) -> bool:
    """Tell whether meeting one condition certainly means that the other is met.

    Told of the same condition, of numbers of one measure with one comparator, everywhere or in every
    group; and of `any` and `all` through their parts.
    """
    if _condition(one) == _condition(other):
        return True
    if one.all and any(implies(part, other) for part in one.all):
        return True
    if one.any and all(implies(part, other) for part in one.any):
        return True
    if other.any and any(implies(one, part) for part in other.any):
        return True
    if other.all and all(implies(one, part) for part in other.all):
        return True
    if one.measure is None or one.measure != other.measure or one.applies_if != other.applies_if:
        return False
    for key, stricter in (("at_least", max), ("at_most", min)):
        pairs = _pairs(getattr(one, key), getattr(other, key))
        if pairs and all(stricter(a, b) == a for a, b in pairs):
            return True
    return False


def contradict(floor: NodeWritten, ceiling: NodeWritten) -> bool:
    """Tell whether one node's floor lies above another's ceiling, for everyone or for a group."""
    return any(low > high for low, high in _pairs(floor.at_least, ceiling.at_most))


def is_never_met(node: NodeWritten, measures: Mapping[str, Measure]) -> bool:
    """Tell whether no figure can meet a condition in any group."""
    measure = measures.get(node.measure or "")
    if measure is None:
        return False
    low, high = bounds(measure)
    floors, ceilings = _numbers(node.at_least), _numbers(node.at_most)
    above = high is not None and bool(floors) and all(number > high for number in floors.values())
    below = low is not None and bool(ceilings) and all(number < low for number in ceilings.values())
    return above or below


def _condition(node: NodeWritten) -> dict[str, object]:
    """Return what a node demands, without its id, words and agencies."""
    demanded = {"measure", "at_least", "at_most", "attested", "ruling", "graded", "standard", "applies_if"}
    own: dict[str, object] = node.model_dump(include=demanded)
    for key in ("all", "any"):
        own[key] = [_condition(part) for part in getattr(node, key) or ()]
    return own


def _numbers(target: object) -> dict[str | None, Decimal]:
    if isinstance(target, Decimal):
        return {None: target}
    return dict(target.items()) if isinstance(target, dict) else {}


def _pairs(one: object, other: object) -> list[tuple[Decimal, Decimal]]:
    """Return the numbers of two targets that hold for the same communes; empty where that cannot be told."""
    first, second = _numbers(one), _numbers(other)
    if not first or not second:
        return []
    groups = ({*first, *second} - {None}) or {None}
    pairs = [(first.get(g, first.get(None)), second.get(g, second.get(None))) for g in groups]
    return [(a, b) for a, b in pairs if a is not None and b is not None] if all(None not in p for p in pairs) else []
