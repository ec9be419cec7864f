"""Whether figures could still change an undecided standard, as one formula: every way in which numbers come out, side by side.

It is what `evaluation.deciding` works out. What counts alike in every leaf is taken together, so there are few ways;
where there are too many for a formula the form tells no difference, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from ntm_rules.evaluation.deciding import classes_of
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT, TARGET_SCALE, target_units
from ntm_rules.rulebook.criteria_set import CriteriaSet, leaves
from ntm_rules.rulebook.standards import WEIGHED, Standard

LONGEST = 8000
"""A formula may have 8,192 characters."""
_MOST = 500
"""So many ways at most are written out: more are too long in any case."""


class Amounts(NamedTuple):
    """The cells of what a leaf comes to."""

    met: str
    applies: str
    owed: str


def may_wait(rules: CriteriaSet, standard: Standard) -> frozenset[tuple[str, str]]:
    """Return what of a standard may have no target today, by level and id."""
    waiting = {
        indicator.id for indicator in rules.indicators() if any(leaf.awaited for leaf in leaves(indicator.condition))
    }
    criteria = {one.id for one in rules.criteria if any(indicator.id in waiting for indicator in one.indicators)}
    of = {"criterion": criteria, "indicator": waiting}
    return frozenset((one.level, one.id) for one in standard.names() if one.id in of[one.level])


def is_plain(standard: Standard) -> bool:
    """Tell whether every figure that is missing could change a standard while it is undecided: no part weighs more."""
    return standard.is_leaf and (standard.op != WEIGHED or len({one.weight for one in standard.names()}) <= 1)


def figures_formula(
    standard: Standard,
    waiting: frozenset[tuple[str, str]],
    cells: Mapping[tuple[str, str], str],
    amounts: Sequence[Amounts],
) -> str | None:
    """Return the formula of whether figures could change an undecided standard (1) or not (0); None: it is too long.

    `cells`: the cell of the verdict of each that is named; `amounts`: of each leaf.
    """
    if standard.made_of:
        return None
    classes = [[one for one in alike if (one.level, one.id) in waiting] for alike in classes_of(standard)]
    classes = [alike for alike in classes if alike]
    if prod(len(alike) + 1 for alike in classes) > _MOST:
        return None
    ways = [*product(*(range(len(alike) + 1) for alike in classes))]
    possible = []
    for at, alike in enumerate(classes):
        own = [cells[one.level, one.id] for one in alike]
        awaited = "+".join(f"({cell}={Verdict.NO_TARGET:d})" for cell in own)
        possible.append(f"({_array(way[at] for way in ways)}<=({awaited}))")
    added = []
    for leaf in standard.leaves():
        weight = {(one.level, one.id): target_units(one.weight) for one in leaf.names()}
        own_weights = [weight.get((alike[0].level, alike[0].id), 0) for alike in classes]
        added.append(_array(sum(n * own for n, own in zip(way, own_weights, strict=True)) for way in ways))
    ends = [
        _holds(standard, iter(zip(standard.leaves(), amounts, added, strict=True)), with_figures=end)[0]
        for end in (True, False)
    ]
    formula = f"=IF(SUMPRODUCT({'*'.join([*possible, ends[0], f'(1-{ends[1]})'])})>0,1,0)"
    return formula if len(formula) <= LONGEST else None


def _holds(part: Standard, leaves_: Iterator[tuple[Standard, Amounts, str]], *, with_figures: bool) -> tuple[str, str]:
    """Return the formulas of whether a part is met in each way (1 or 0), and of whether anything of it applies."""
    if part.is_leaf:
        leaf, cells, added = next(leaves_)
        have = f"({cells.met}+{added}{f'+{cells.owed}' if with_figures else ''})"
        bar = target_units(leaf.at_least)
        if leaf.op != WEIGHED:
            return f"({have}>={cells.applies})", f"({cells.applies}>0)"
        if leaf.percent:
            return f"({have}*{PERCENT * TARGET_SCALE}>={bar}*{cells.applies})", f"({cells.applies}>0)"
        return f"({have}>={bar})", f"({cells.applies}>0)"
    own = [_holds(one, leaves_, with_figures=with_figures) for one in part.parts if isinstance(one, Standard)]
    applies = "+".join(there for _met, there in own)
    if part.op == "all":
        return "*".join(f"(({met}+1-{there})>0)" for met, there in own).join("()"), f"(({applies})>0)"
    return f"(({'+'.join(f'{met}*{there}' for met, there in own)})>0)", f"(({applies})>0)"


def _array(numbers: Iterable[int]) -> str:
    return "{" + ";".join(map(str, numbers)) + "}"
