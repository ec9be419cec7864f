"""Which condition follows from which, as far as it can be told from what is written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from ntm_rules.rulebook.criteria_set import DEFAULT, Comparator
from ntm_rules.rulebook.models import (
    BOUNDS,
    BY_GROUP,
    CEILINGS,
    FLOORS,
    ClassedValue,
    Measure,
    NodeWritten,
    PendingTarget,
    TargetWritten,
)
from ntm_rules.rulebook.value_faults import cells_of
from ntm_rules.workbench.checks.core.bounds import bounds
from ntm_rules.workbench.checks.core.sets import CheckedSet, NodeAt


def parts_of(subject: CheckedSet, at: NodeAt, op: str) -> list[NodeAt]:
    """Return the parts that stand directly under a node that takes them together so; the ends of a range under `all`."""
    own = {id(part) for part in at.node.parts} if at.node.op == op else set()
    return [part for part in subject.nodes if id(part.node) in own and part.version == at.version] if own else []


def implies(one: NodeWritten, other: NodeWritten) -> bool:
    """Tell whether meeting one condition certainly means that the other is met.

    Told of the same condition, of numbers of one measure with one comparator, everywhere or in every
    group; and of `any` and `all` through their parts.
    """
    if _condition(one) == _condition(other):
        return True
    if one.op == "all" and any(implies(part, other) for part in one.parts):
        return True
    if one.op == "any" and all(implies(part, other) for part in one.parts):
        return True
    if other.op == "any" and any(implies(one, part) for part in other.parts):
        return True
    if other.op == "all" and all(implies(one, part) for part in other.parts):
        return True
    if one.measure is None or not same_figure(one, other) or one.gates != other.gates:
        return False
    for key, target in one.bounds.items():
        for other_key, other_target in other.bounds.items():
            pairs = _pairs(target, other_target)
            if pairs and all(_stricter(Comparator(key), a, Comparator(other_key), b) for a, b in pairs):
                return True
    return False


def _stricter(one: Comparator, bar: Decimal, other: Comparator, other_bar: Decimal) -> bool:
    """Tell whether whatever meets the first comparison meets the second."""
    if one.is_ceiling is not other.is_ceiling:
        return False
    if bar == other_bar:
        return one.is_strict or not other.is_strict
    return other.reached(Fraction(bar), Fraction(other_bar))


def same_figure(one: NodeWritten, other: NodeWritten) -> bool:
    """Tell whether two conditions hold the same figure, taken alike, against their targets."""
    return one.measure == other.measure and one.how_taken == other.how_taken


def contradict(floor: NodeWritten, ceiling: NodeWritten) -> bool:
    """Tell whether one node's floor lies above another's ceiling, for everyone or for a group that both are for."""
    return not _never_both(floor, ceiling) and any(
        low > high or (low == high and (Comparator(key).is_strict or Comparator(other).is_strict))
        for key, target in floor.bounds.items()
        for other, limit in ceiling.bounds.items()
        if key in FLOORS and other in CEILINGS
        for low, high in _pairs(target, limit)
    )


def _never_both(one: NodeWritten, other: NodeWritten) -> bool:
    """Tell whether one is for communes of one answer and the other for those of the other."""
    return any(
        a is not None and a == b
        for a, b in ((one.applies_if, other.applies_unless), (one.applies_unless, other.applies_if))
    )


def is_never_met(node: NodeWritten, measures: Mapping[str, Measure]) -> bool:
    """Tell whether no figure can meet a condition in any group."""
    measure = measures.get(node.measure or "")
    if measure is None:
        return False
    low, high = bounds(measure, node.how_taken)
    for key, target in node.bounds.items():
        comparator, numbers = Comparator(key), _numbers(target).values()
        best = low if comparator.is_ceiling else high
        if (
            best is not None
            and numbers
            and not any(n is None or comparator.reached(Fraction(best), Fraction(n)) for n in numbers)
        ):
            return True
    return False


def _condition(node: NodeWritten) -> dict[str, object]:
    """Return what a node demands, without its id, words and agencies."""
    demanded = {
        "measure",
        "taken",
        "rounded_to",
        "day",
        "no_earlier_than",
        "no_later_than",
        "within",
        *BOUNDS,
        "attested",
        "answer",
        "ruling",
        "graded",
        "standard",
        "applies_if",
        "applies_unless",
    }
    own: dict[str, object] = node.model_dump(include=demanded)
    return {
        **own,
        "last": node.is_last,
        "op": node.op,
        "needed": node.needed,
        "parts": [_condition(part) for part in node.parts],
    }


def _numbers(target: TargetWritten) -> dict[str | None, Decimal | None]:
    """Return the number of each class, None under what waits or is not asked; under None that of the others, or of all."""
    if isinstance(target, PendingTarget | tuple | str):
        return {}
    cells = [(place[-1] if place else DEFAULT, cell) for place, cell in cells_of(target, ())]
    return {
        None if class_ == DEFAULT else str(class_): cell if isinstance(cell, Decimal) else None
        for class_, cell in cells
    }


def _pairs(one: TargetWritten, other: TargetWritten) -> list[tuple[Decimal, Decimal]]:
    """Return the numbers of two targets that hold for the same communes; empty where that cannot be told."""
    first, second = _numbers(one), _numbers(other)
    if not first or not second or len({_by(one), _by(other)} - {""}) > 1:
        return []
    groups = ({*first, *second} - {None}) or {None}
    pairs = [(first.get(g, first.get(None)), second.get(g, second.get(None))) for g in groups]
    return [(a, b) for a, b in pairs if a is not None and b is not None] if all(None not in p for p in pairs) else []


def _by(target: TargetWritten) -> str:
    """Return by what a target differs; empty where it does not."""
    if isinstance(target, ClassedValue):
        return target.by
    return BY_GROUP if isinstance(target, dict) else ""
