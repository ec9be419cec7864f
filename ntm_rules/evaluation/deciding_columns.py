"""Whether figures could still change an undecided standard (`deciding`), of many communes at once.

What counts alike in every leaf is only counted, so that few cases differ; of each case every way in which what waits for
a number can come out is looked at side by side, or, where one leaf alone is counted, every sum that it can come to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from math import gcd, prod

import numpy as np
from numpy.typing import NDArray

from ntm_rules.evaluation.deciding import classes_of, decided_by_figures, needed
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT, target_units
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_COUNTED = (Verdict.MET, Verdict.NO_TARGET, Verdict.NO_DATA, Verdict.NOT_APPLICABLE)
_BITS = 63
_NARROW = 255
_MOST_WAYS = 4_096
"""Ways, or sums, of one case that are looked at side by side; of more each case is looked at by itself."""
_BLOCK = 1 << 20
_LARGEST = 1 << 40
"""What amounts stay below so that percentages of them fit."""


def figures_decide_columns(standard: Standard, verdicts_of: Callable[[Named], Bytes], asked: Ints) -> Bools:
    """Return where figures that are missing could still change an undecided standard, of the records asked for."""
    classes = classes_of(standard)
    named = [[verdicts_of(one)[asked] for one in alike] for alike in classes]
    tallies = np.stack([_counted(alike) for alike in named])
    cases, case_of = _cases(tallies, [len(alike) for alike in classes])
    decided = _decided(standard, classes, cases)
    if decided is None:
        of_cases = np.full(cases.shape[2], -1, np.int64)
        of_cases[case_of] = np.arange(len(asked))
        decided = np.array(
            [decided_by_figures(standard, [[int(one[at]) for one in alike] for alike in named]) for at in of_cases]
        )
    return decided[case_of]


def _counted(alike: Sequence[Bytes]) -> Ints:
    """Return how many of a class have each verdict that counts: (verdicts, records)."""
    tally = np.zeros((len(_COUNTED), len(alike[0])), np.uint8 if len(alike) <= _NARROW else np.uint16)
    for column in alike:
        for at, verdict in enumerate(_COUNTED):
            tally[at] += column == np.uint8(verdict)
    return tally.astype(np.int64)


def _cases(tallies: Ints, sizes: Sequence[int]) -> tuple[Ints, Ints]:
    """Return the cases that differ, (classes, verdicts, cases), and the case of each record."""
    bits = np.repeat([size.bit_length() for size in sizes], len(_COUNTED))
    flat = tallies.reshape(-1, tallies.shape[2])
    if bits.sum() > _BITS:
        cases, case_of = np.unique(flat, axis=1, return_inverse=True)
        return cases.reshape(*tallies.shape[:2], -1), case_of.ravel()
    places = np.cumsum([0, *bits[:-1]])
    keys = (flat << places[:, None]).sum(axis=0)
    _keys, first, case_of = np.unique(keys, return_index=True, return_inverse=True)
    return tallies[:, :, first], case_of.ravel()


def _decided(standard: Standard, classes: Sequence[Sequence[Named]], cases: Ints) -> Bools | None:
    """Return of each case whether figures decide; None where it is looked at by itself."""
    leaves = list(standard.leaves())
    weights = _weights(standard)
    sizes = np.array([len(alike) for alike in classes])
    if standard.made_of or int((weights * sizes[:, None]).sum()) >= _LARGEST:
        return None
    met, waiting, lacking, out = (cases[:, at] for at in range(len(_COUNTED)))
    applies = np.einsum("al,ak->lk", weights, sizes[:, None] - out)
    bars = np.stack([_needed(leaf, own) for leaf, own in zip(leaves, applies, strict=True)])
    sure, open_ = np.einsum("al,ak->lk", weights, met), np.einsum("al,ak->lk", weights, lacking)
    if len(leaves) == 1:
        return _by_sums(weights[:, 0], waiting, sure[0], open_[0], bars[0])
    ways = np.array([*np.ndindex(*(waiting.max(axis=1) + 1))]) if _ways(waiting) <= _MOST_WAYS else None
    if ways is None:
        return None
    added = ways @ weights
    found = np.zeros(cases.shape[2], np.bool_)
    for start in range(0, len(found), max(1, _BLOCK // len(ways))):
        own = slice(start, start + max(1, _BLOCK // len(ways)))
        fits = np.all(ways[:, :, None] <= waiting[None, :, own], axis=1)
        amounts = sure[None, :, own] + added[:, :, None]
        with_figures = _reached(standard, amounts + open_[None, :, own], bars[:, own], applies[:, own])
        without = _reached(standard, amounts, bars[:, own], applies[:, own])
        found[own] = np.any(fits & with_figures & ~without, axis=0)
    return found


def _ways(waiting: Ints) -> int:
    return prod(int(most) + 1 for most in waiting.max(axis=1))


@lru_cache
def _weights(standard: Standard) -> Ints:
    """Return what one of each class weighs in each leaf, in smallest units: (classes, leaves)."""
    leaves, classes = list(standard.leaves()), classes_of(standard)
    weights = np.zeros((len(classes), len(leaves)), np.int64)
    for at, leaf in enumerate(leaves):
        own: dict[tuple[str, str], int] = {}
        for one in leaf.names():
            own[one.level, one.id] = own.get((one.level, one.id), 0) + target_units(one.weight)
        for row, alike in enumerate(classes):
            weights[row, at] = own.get((alike[0].level, alike[0].id), 0)
    return weights


def _needed(leaf: Standard, applies: Ints) -> Ints:
    """Return `deciding.needed` of every case."""
    if leaf.op == WEIGHED and leaf.percent:
        bar: Ints = -(-target_units(leaf.at_least) * applies // (PERCENT * target_units(Decimal(1))))
        return bar
    return applies if leaf.op != WEIGHED else np.full_like(applies, needed(leaf, 0))


def _by_sums(weights: Ints, waiting: Ints, sure: Ints, open_: Ints, bars: Ints) -> Bools | None:
    """Return where what is met may come to less than the bar, and with every figure to the bar: of one leaf alone.

    Every sum that numbers awaited can bring is marked, in the greatest unit that all weights are made of.
    """
    unit = gcd(*(int(weight) for weight in weights))
    short = np.maximum(-(-(bars - sure) // unit), 0)
    width = int(short.max(initial=0))
    if not unit or width > _MOST_WAYS:
        return None
    found = np.zeros(len(bars), np.bool_)
    sums = np.arange(width)
    for start in range(0, len(found), max(1, _BLOCK // max(width, 1))):
        own = slice(start, start + max(1, _BLOCK // max(width, 1)))
        can = np.zeros((len(found[own]), width), np.bool_)
        can[:, :1] = True
        for weight, counts in zip((weights // unit).tolist(), waiting[:, own], strict=True):
            for at in range(int(counts.max(initial=0)) if weight > 0 else 0):
                more = counts > at
                can[more, weight:] |= can[more, : max(width - weight, 0)]
        enough = -(-(bars[own] - sure[own] - open_[own]) // unit)
        found[own] = np.any(can & (sums < short[own, None]) & (sums >= enough[:, None]), axis=1)
    return found


def _reached(standard: Standard, amounts: Ints, bars: Ints, applies: Ints) -> Bools:
    """Return where a standard is met with so much of each leaf: (ways, cases)."""
    of_leaves = iter(zip(np.moveaxis(amounts, 1, 0), bars, applies, strict=True))
    return _together(standard, of_leaves)[0]


def _together(standard: Standard, of_leaves: Iterator[tuple[Ints, Ints, Ints]]) -> tuple[Bools, Bools]:
    """Return where it is met and where something of it applies; without that it is not met."""
    if standard.is_leaf:
        amount, bar, applies = next(of_leaves)
        there = np.broadcast_to(applies > 0, amount.shape)
        return (amount >= bar) & there, there
    own = [_together(part, of_leaves) for part in standard.parts if isinstance(part, Standard)]
    there = np.any([applies for _met, applies in own], axis=0)
    if standard.op == "all":
        return np.all([met | ~applies for met, applies in own], axis=0) & there, there
    return np.any([met for met, _applies in own], axis=0), there
