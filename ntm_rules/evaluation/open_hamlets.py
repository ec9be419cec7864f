"""Hamlets of which figures are open: what each could come to, and so what a count of them could.

Hamlets are free of each other, and so are two requirements that read the same figure of a hamlet: what is said to settle
them does; where only both together would show that less does too, more is asked. Ways in which figures to come
contradict what the commune itself reports are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations_with_replacement, product

from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.evaluation.aspects import Aspect, Aspects, Value, Variable, WithinHamlet, YearFigure
from ntm_rules.evaluation.hamlets import HamletTally, figure_of, reaches
from ntm_rules.evaluation.in_the_way import in_the_way
from ntm_rules.evaluation.possible_values import Possible
from ntm_rules.evaluation.reference import Facts
from ntm_rules.evaluation.supposed import Counting, Seen, Supposed
from ntm_rules.evaluation.taking import STATE_REASON
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    Combination,
    CriteriaSet,
    KnownTarget,
    Node,
    Requirement,
    leaves,
)

_UNUSABLE = (State.INVALID, State.CONFLICTING, State.UNCLEAR)
_FEW = (0, 1, 2)
_MANY = 200
"""More hamlets than a commune has."""
_ANY_NUMBER = 10**12
"""So many hamlets that those listed no longer show in a share."""
_ALL_OPEN = frozenset({Verdict.NO_DATA})
_Sets = tuple[tuple[frozenset[Verdict], int], ...]


@dataclass(frozen=True, slots=True)
class HamletFigures:
    """What has come in of one commune's hamlets."""

    figures: Mapping[str, frozenset[YearFigure]]
    """Hamlet -> its figures."""
    numbers: Collection[str] = ()
    """The measures in which the commune says how many hamlets it has."""
    others: Collection[str] = ()
    """The counts of hamlets of which all hamlets that are not listed yet have come in."""
    totals: Collection[str] = ()
    """The counts of hamlets that the commune itself has put right."""


class OpenHamlets:
    """The hamlets of one commune as the requirements of a node read them; none where no hamlet is listed."""

    def __init__(self, rules: CriteriaSet, facts: Facts, node: Node) -> None:
        self._rules, self._report = rules, facts.report
        listed = facts.report.hamlets
        self.counting = {leaf.id: leaf for leaf in leaves(node) if leaf.hamlets is not None and listed}
        """Requirements that count the hamlets listed, by id."""
        whole = Combination("all", tuple(one.hamlets.each for one in self.counting.values() if one.hamlets), "hamlets")
        records = dict(listed) if self.counting else {}
        self._own = {
            name: Aspects(rules, Facts(record, group=facts.group, classes=facts.classes), whole)
            for name, record in records.items()
        }
        nothing = CommuneYear(facts.report.code, "", facts.report.year, {})
        self._blank = Aspects(rules, Facts(nothing, group=facts.group, classes=facts.classes), whole)
        self._once = cache(self._supposed)
        self._each = cache(self._verdicts_of)
        self._tallied = cache(self._verdicts)

    @property
    def names(self) -> Collection[str]:
        """The hamlets listed."""
        return self._own.keys()

    def not_listed(self, leaf: Requirement) -> int | None:
        """Return how many hamlets there are beside those listed; None where that is not known, or contradicts them."""
        number = leaf.hamlets.number if leaf.hamlets is not None else ""
        if not number:
            return 0
        reported = self._report.get(number)
        more = reported.value // VALUE_SCALE - len(self.names) if reported.state is State.PRESENT else -1
        return more if more >= 0 else None

    def total_unusable(self, leaf: Requirement) -> bool:
        """Tell whether the commune itself reports a total that cannot be used, or that contradicts its hamlets."""
        contradicts = bool(leaf.hamlets and leaf.hamlets.number) and self._contradicted(leaf)
        return self._report.get(leaf.measure).state in _UNUSABLE and not contradicts

    def asked(self, leaf: Requirement) -> Iterator[tuple[str, Requirement]]:
        """Yield every hamlet with each requirement that it is asked of, in the order of the law."""
        assert leaf.hamlets is not None
        yield from product(self.names, leaves(leaf.hamlets.each))

    def owed(self, leaf: Requirement, classes: Seen) -> Iterator[tuple[str, Requirement, Aspects]]:
        """Yield every hamlet without data with each requirement that leaves it so."""
        assert leaf.hamlets is not None
        for name, aspects in self._own.items():
            now = self._once(name, frozenset())

            def verdict(node: Node, now: Supposed = now) -> Verdict:
                (found,) = now.verdicts(node, classes)
                return found

            for node in in_the_way(leaf.hamlets.each, Verdict.NO_DATA, verdict, _parts):
                assert isinstance(node, Requirement)
                yield name, node, aspects

    def opened(self, hamlets: HamletFigures) -> Iterator[tuple[Variable, tuple[Possible, ...]]]:
        """Yield the figures of hamlets that could come in one way or another."""
        for name, figures in hamlets.figures.items():
            for variable, parts in self._once(name, figures).open.items():
                assert isinstance(variable, Aspect | YearFigure), "classes are the commune's"
                yield WithinHamlet(name, variable), parts

    def counted(self, hamlets: HamletFigures) -> Mapping[str, Counting]:
        """Return what each requirement that counts hamlets could come to, by its id."""

        def of(leaf: Requirement) -> Counting:
            return lambda cell, seen: self._outcomes(leaf, hamlets, cell, seen)

        return {id_: of(leaf) for id_, leaf in self.counting.items()}

    def _supposed(self, name: str | None, figures: frozenset[YearFigure]) -> Supposed:
        aspects = self._blank if name is None else self._own[name]
        open_, reads, unfinished = aspects.opened(figures)
        return Supposed(aspects, dict(aspects.known.items()), open_, reads, unfinished)

    def _verdicts_of(
        self, name: str | None, figures: frozenset[YearFigure], id_: str, seen: frozenset[tuple[Variable, Value]]
    ) -> frozenset[Verdict]:
        hamlets = self.counting[id_].hamlets
        assert hamlets is not None
        return self._once(name, figures).verdicts(hamlets.each, dict(seen))

    def _outcomes(self, leaf: Requirement, given: HamletFigures, cell: Cell | None, seen: Seen) -> frozenset[Verdict]:
        classes: dict[Variable, Value] = {name: value for name, value in seen.items() if isinstance(name, str)}
        found: Counter[frozenset[Verdict]] = Counter()
        for name in self.names:
            own: dict[Variable, Value] = {
                one.variable: value
                for one, value in seen.items()
                if isinstance(one, WithinHamlet) and one.hamlet == name
            }
            figures = given.figures.get(name, frozenset())
            found[self._each(name, figures, leaf.id, frozenset([*classes.items(), *own.items()]))] += 1
        others = _ALL_OPEN
        if leaf.measure in given.others:
            everything = (
                frozenset(YearFigure(one, self._report.year) for one in leaf.hamlets.asked) if leaf.hamlets else ()
            )
            others = self._each(None, frozenset(everything), leaf.id, frozenset(classes.items()))
        sets = tuple(sorted(found.items(), key=lambda one: sorted(one[0])))
        number = leaf.hamlets.number if leaf.hamlets is not None else ""
        outcomes = self._tallied(leaf.id, cell, sets, others, number in given.numbers)
        if self.total_unusable(leaf) and leaf.measure not in given.totals:
            return frozenset(Verdict.NO_DATA if one in (Verdict.MET, Verdict.NOT_MET) else one for one in outcomes)
        return outcomes

    def _contradicted(self, leaf: Requirement) -> bool:
        assert leaf.hamlets is not None
        known = self._report.get(leaf.hamlets.number).state is State.PRESENT
        return known and self.not_listed(leaf) is None

    def _verdicts(
        self, id_: str, cell: Cell | None, sets: _Sets, others: frozenset[Verdict], number_given: bool
    ) -> frozenset[Verdict]:
        """Return what a count comes to for every way in which the hamlets can; `sets`: by what each can come to."""
        leaf = self.counting[id_]
        more = self.not_listed(leaf)
        if more is not None:
            return frozenset(self._ways(leaf, cell, sets, others, more))
        if not number_given:
            if self._contradicted(leaf):
                return _ALL_OPEN
            return frozenset(self._figure(leaf, cell, tally) for tally in _tallies(sets, None))
        outcomes = {verdict for few in _FEW for verdict in self._ways(leaf, cell, sets, others, few)}
        for tally in _tallies(sets, 0):
            outcomes |= {self._figure(leaf, cell, tally.with_more(one, _ANY_NUMBER)) for one in others}
        if any(Verdict.NO_DATA in possible for possible, _n in sets):
            outcomes |= self._still_open(leaf, cell, sets, others - {Verdict.NOT_APPLICABLE}) & _ALL_OPEN
        return frozenset(outcomes)

    def _still_open(
        self, leaf: Requirement, cell: Cell | None, sets: _Sets, others: frozenset[Verdict]
    ) -> set[Verdict]:
        """Return what a count can come to with some listed hamlets open, and any number of others that count."""
        if len(others) > 1:
            return {self._figure(leaf, cell, tally) for tally in _tallies(sets, None)}
        return {
            self._figure(leaf, cell, tally.with_more(one, more))
            for tally in _tallies(sets, 0)
            for one in others
            for more in range(_MANY)
        }

    def _ways(
        self, leaf: Requirement, cell: Cell | None, sets: _Sets, others: frozenset[Verdict], more: int
    ) -> Iterator[Verdict]:
        if others != _ALL_OPEN and more:
            sets, more = (*sets, (others, more)), 0
        for tally in _tallies(sets, more):
            yield self._figure(leaf, cell, tally)

    def _figure(self, leaf: Requirement, cell: Cell | None, tally: HamletTally) -> Verdict:
        """Return the verdict of a tally, as `reference` judges the figure that it comes to."""
        measure = self._rules.measures[leaf.measure]
        figure = figure_of(measure, leaf.comparator, cell, tally)
        if figure.state is not State.PRESENT:
            return STATE_REASON[figure.state].verdict
        if isinstance(cell, AwaitedTarget):
            return Verdict.NO_TARGET
        if not isinstance(cell, KnownTarget):
            return Verdict.NO_DATA
        return Verdict.MET if reaches(measure, leaf.comparator, cell, figure) else Verdict.NOT_MET


def _tallies(sets: _Sets, not_listed: int | None) -> Iterator[HamletTally]:
    """Yield the tallies of every way in which hamlets can come out; `sets`: by what each of some can come to."""
    ways = (combinations_with_replacement(sorted(possible), size) for possible, size in sets)
    for way in product(*ways):
        counts = Counter(verdict for some in way for verdict in some)
        yield HamletTally(
            counts[Verdict.MET],
            counts[Verdict.NOT_MET],
            counts[Verdict.NO_DATA],
            counts[Verdict.NO_TARGET],
            not_listed,
        )


def _parts(node: Node) -> tuple[Node, ...]:
    return () if isinstance(node, Requirement) else node.children
