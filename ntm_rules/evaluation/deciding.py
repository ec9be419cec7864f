"""Whether figures could still change what a standard comes to, or only the numbers that documents are to fix.

What is asked. A standard is undecided; some of what it names has no data, some no target. A figure *could change* it
where, for some way in which everything else comes out, it is met with the figure meeting and not met without. More of
it met never makes it harder, so all figures can be taken together: they change nothing exactly when, however the
numbers awaited turn out, it comes to the same with no figure meeting and with every one.

How. The ways in which what waits for a number can come out are gone through part by part, and only what each leaf then
has is kept: how much is met with no figure meeting, and how much with all, as far as the leaf asks. A criterion that is
counted beside its own indicators comes out as they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT, target_units
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard, StandardPart

MOST = 50_000
"""Beyond so many ways looked at in one step a figure is taken to matter: more is asked for, never less."""
_OPEN = (Verdict.NO_DATA, Verdict.NO_TARGET)
_Key = tuple[str, str]


class _Amounts(NamedTuple):
    """What is met of each leaf, in smallest units."""

    without: tuple[int, ...]
    """With no figure meeting."""
    with_all: tuple[int, ...]
    """With every figure meeting."""

    def plus(self, more: _Amounts) -> _Amounts:
        return _Amounts(
            tuple(map(int.__add__, self.without, more.without)), tuple(map(int.__add__, self.with_all, more.with_all))
        )

    def at_most(self, needed: Sequence[int]) -> _Amounts:
        return _Amounts(tuple(map(min, self.without, needed)), tuple(map(min, self.with_all, needed)))


@lru_cache
def classes_of(standard: Standard) -> tuple[tuple[Named, ...], ...]:
    """Return what a standard names, what counts alike in every leaf together; each once, whatever its weight."""
    weights: dict[_Key, list[tuple[int, int]]] = {}
    first: dict[_Key, Named] = {}
    for at, leaf in enumerate(standard.leaves()):
        for one in leaf.names():
            first.setdefault((one.level, one.id), one)
            weights.setdefault((one.level, one.id), []).append((at, target_units(one.weight)))
    for _id, whole in standard.made_of:
        for one in whole.names():
            first.setdefault((one.level, one.id), one)
    alike: dict[object, list[Named]] = {}
    for key, one in first.items():
        alike.setdefault(key if standard.made_of else tuple(weights[key]), []).append(one)
    return tuple(map(tuple, alike.values()))


def figures_decide(standard: Standard, verdict_of: Callable[[Named], Verdict]) -> bool:
    """Tell whether figures that are missing could still change an undecided standard."""
    return decided_by_figures(standard, [[verdict_of(one) for one in alike] for alike in classes_of(standard)])


def decided_by_figures(standard: Standard, verdicts: Sequence[Sequence[int]]) -> bool:
    """Tell the same given the verdicts of `classes_of`, which within a class may stand in any order."""
    return _decide(standard, tuple(tuple(map(Verdict, sorted(alike))) for alike in verdicts))


@lru_cache(maxsize=1 << 16)
def _decide(standard: Standard, verdicts: tuple[tuple[Verdict, ...], ...]) -> bool:
    if not any(Verdict.NO_TARGET in alike for alike in verdicts):
        return True
    known: dict[_Key, Verdict] = {}
    for alike, own in zip(classes_of(standard), verdicts, strict=True):
        known.update(((one.level, one.id), verdict) for one, verdict in zip(alike, own, strict=True))
    return _Question(standard, known).figures_decide()


class _Question:
    def __init__(self, standard: Standard, known: dict[_Key, Verdict]) -> None:
        self.standard, self.known = standard, known
        self.leaves = list(standard.leaves())
        self.weights: dict[_Key, list[int]] = {}
        for at, leaf in enumerate(self.leaves):
            for one in leaf.names():
                own = self.weights.setdefault((one.level, one.id), [0] * len(self.leaves))
                own[at] += target_units(one.weight)
        self.applies = [
            sum(own[at] for key, own in self.weights.items() if known[key] is not Verdict.NOT_APPLICABLE)
            for at in range(len(self.leaves))
        ]
        self.needed = [needed(leaf, applies) for leaf, applies in zip(self.leaves, self.applies, strict=True)]

    def figures_decide(self) -> bool:
        if any(2 ** len(self._waiting(whole)) > MOST for _id, whole in self._counted_beside()):
            return True
        met, groups = self._weight_of(key for key in self.weights if self.known[key] is Verdict.MET), [*self._groups()]
        none, all_ = self._from(groups, 0), self._from(groups, -1)
        states = {_Amounts(met, met).at_most(self.needed)}
        for at, group in enumerate(groups):
            if len(states) * len(group) > MOST or any(
                self._differs(one, more[at]) for one in states for more in (none, all_)
            ):
                return True
            states = {
                state.plus(outcome).at_most(self.needed)
                for state in states
                if self._may_differ(state, all_[at])
                for outcome in group
            }
        return any(self._differs(one, none[-1]) for one in states)

    def _groups(self) -> Iterator[list[_Amounts]]:
        """Yield what can come of each thing that is open, first where no number turns out to be met, last where all do."""
        apart = set()
        for key, whole in self._counted_beside():
            apart |= {key, *_keys(whole)}
            yield [*self._outcomes(key, whole)]
        for key in self.weights:
            if key not in apart and self.known[key] in _OPEN:
                if self.known[key] is Verdict.NO_DATA:
                    yield [self._amounts({key: (False, True)})]
                else:
                    yield [self._amounts({key: (met, met)}) for met in (False, True)]

    def _counted_beside(self) -> Iterator[tuple[_Key, Standard]]:
        """Yield the open criteria that are counted beside their own indicators, with what meets each."""
        for id_, whole in self.standard.made_of:
            if (key := ("criterion", id_)) in self.weights and self.known[key] in _OPEN:
                yield key, whole

    def _waiting(self, whole: Standard) -> list[_Key]:
        return [key for key in _keys(whole) if self.known[key] is Verdict.NO_TARGET]

    def _outcomes(self, criterion: _Key, whole: Standard) -> Iterator[_Amounts]:
        """Yield what can come of a criterion and its indicators together."""
        keys, waiting = _keys(whole), self._waiting(whole)
        for way in product((False, True), repeat=len(waiting)):
            comes = dict(zip(waiting, way, strict=True))
            ends = {
                key: (comes[key], comes[key]) if key in comes else (False, True)
                for key in keys
                if self.known[key] in _OPEN
            }
            both = [_holds(whole, self._verdicts(ends, end)) for end in (0, 1)]
            counted = {key: end for key, end in ends.items() if key in self.weights}
            yield self._amounts({**counted, criterion: (bool(both[0]), bool(both[1]))})

    def _verdicts(self, ends: dict[_Key, tuple[bool, bool]], end: int) -> Callable[[Named], Verdict]:
        def of(one: Named) -> Verdict:
            key = (one.level, one.id)
            if key in ends:
                return Verdict.MET if ends[key][end] else Verdict.NOT_MET
            return self.known[key]

        return of

    def _amounts(self, ends: dict[_Key, tuple[bool, bool]]) -> _Amounts:
        """Return how much of each leaf some things make, given whether each is met at either end."""
        return _Amounts(*(self._weight_of(key for key, met in ends.items() if met[end]) for end in (0, 1)))

    def _weight_of(self, keys: Iterable[_Key]) -> tuple[int, ...]:
        own = [self.weights[key] for key in keys]
        return tuple(sum(weights[at] for weights in own) for at in range(len(self.leaves)))

    def _from(self, groups: Sequence[Sequence[_Amounts]], which: int) -> list[_Amounts]:
        """Return what comes of all groups from each on, and of none, where each comes out one way."""
        nothing = _Amounts((0,) * len(self.leaves), (0,) * len(self.leaves))
        found = [nothing]
        for group in reversed(groups):
            found.insert(0, found[0].plus(group[which]))
        return found

    def _differs(self, state: _Amounts, more: _Amounts) -> bool:
        then = state.plus(more)
        return bool(self._reached(then.with_all)) and not self._reached(then.without)

    def _may_differ(self, state: _Amounts, most: _Amounts) -> bool:
        """Tell whether anything that can still come leads to a difference."""
        return bool(self._reached(state.plus(most).with_all)) and not self._reached(state.without)

    def _reached(self, amounts: Sequence[int]) -> bool | None:
        """Tell whether the standard is met with so much of each leaf; None where nothing of it applies."""
        own = zip(amounts, self.needed, self.applies, strict=True)
        return _together(self.standard, ((have >= need if applies else None) for have, need, applies in own))


def _keys(standard: Standard) -> list[_Key]:
    """Return what a standard names, each once, in the order written."""
    return list(dict.fromkeys((one.level, one.id) for one in standard.names()))


def needed(leaf: Standard, applies: int) -> int:
    """Return how much of a leaf must be met, in smallest units, where so much applies."""
    if leaf.op != WEIGHED:
        return applies
    bar = target_units(leaf.at_least)
    return -(-bar * applies // (PERCENT * target_units(Decimal(1)))) if leaf.percent else bar


def _holds(standard: StandardPart, verdict_of: Callable[[Named], Verdict]) -> bool | None:
    """Tell whether a standard is met where nothing is open; None where nothing of it applies."""
    assert isinstance(standard, Standard)
    found = []
    for leaf in standard.leaves():
        applying = [one for one in leaf.names() if verdict_of(one) is not Verdict.NOT_APPLICABLE]
        whole = sum(target_units(one.weight) for one in applying)
        met = sum(target_units(one.weight) for one in applying if verdict_of(one) is Verdict.MET)
        found.append(met >= needed(leaf, whole) if whole else None)
    return _together(standard, iter(found))


def _together(standard: Standard, of_leaves: Iterator[bool | None]) -> bool | None:
    """Return whether a standard is met, given whether its leaves are, in order; None: nothing of one applies."""
    if standard.is_leaf:
        return next(of_leaves)
    own = [_together(part, of_leaves) for part in standard.parts if isinstance(part, Standard)]
    applying = [one for one in own if one is not None]
    if not applying:
        return None
    return all(applying) if standard.op == "all" else any(applying)
