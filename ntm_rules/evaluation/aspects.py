"""Figures as requirements take them, some of them open: what is known, what is waited for, what could come out.

What a requirement holds against its target is an *aspect* of a measure: its figures taken in one way. Where one figure
is open that several aspects read, or of which several years must each meet, the figure itself is the variable, and the
aspects follow from it; else the aspect is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from fractions import Fraction
from typing import NamedTuple

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.chained_years import Terms, can_all_reach, can_all_stay
from ntm_rules.evaluation.possible_values import (
    POSITIVE,
    Nothing,
    Possible,
    Stretch,
    cut,
    growth_values,
    levels,
    values_of,
    whole_numbers,
)
from ntm_rules.evaluation.reference import Facts
from ntm_rules.evaluation.taking import LackingFigures, compared, level_of, no_base, take, together
from ntm_rules.exact import PERCENT
from ntm_rules.rulebook.criteria_set import CriteriaSet, Gate, Node, Requirement, leaves
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.taken import Over, Quantity, Taken

LEVEL = Taken(Quantity.LEVEL)


class Aspect(NamedTuple):
    """The figures of a measure, taken in one way."""

    measure: str
    taken: Taken = LEVEL
    least: bool = True
    """Of each of several years: whether the least is held against the target."""


class YearFigure(NamedTuple):
    """A measure's figure of one year."""

    measure: str
    year: int


class WithinHamlet(NamedTuple):
    """What can come out one way or another of one hamlet."""

    hamlet: str
    variable: Aspect | YearFigure


Variable = Aspect | YearFigure | WithinHamlet | str
"""What can come out one way or another; a text stands for the group."""
Value = Fraction | Nothing | str


class OpenFigures(NamedTuple):
    """What could come out once some figures have come in."""

    open: dict[Variable, tuple[Possible, ...]]
    reads: dict[Aspect, Variable]
    """Aspect -> on which of it it depends."""
    unfinished: frozenset[Aspect]
    """Aspects of which other years' figures are owed still: such a one fails, or does not apply, or is not known."""


def aspect_of(rules: CriteriaSet, leaf: Requirement) -> Aspect:
    """Return what a requirement holds against its target."""
    taken = leaf.taken.of(rules.measures[leaf.measure])
    return Aspect(leaf.measure, taken, least=taken.over is not Over.EACH or not leaf.wants_less)


class Aspects:
    """Everything that a node reads of one commune's figures."""

    def __init__(self, rules: CriteriaSet, facts: Facts, node: Node) -> None:
        self.rules, self.facts, self.judged = rules, facts, facts.report.year
        self.of_leaf = {leaf.id: aspect_of(rules, leaf) for leaf in leaves(node)}
        """Requirement -> what it holds against its target."""
        self._bars: dict[Aspect, list[Fraction]] = {}
        """Aspect -> the numbers that it is held to."""
        for leaf in leaves(node):
            for gate in leaf.gates:
                self._bars.setdefault(Aspect(gate.measure), []).extend(_gate_bars(gate))
            self._bars.setdefault(self.of_leaf[leaf.id], []).extend(_bars(leaf))
            if leaf.told_apart_by:
                self._bars.setdefault(Aspect(leaf.told_apart_by), [])
        self.known: dict[Aspect, Value] = {}
        self.waits: dict[Aspect, frozenset[int]] = {}
        """Aspect that is not known -> the years whose figures it waits for."""
        self.furthest: dict[Aspect, Fraction] = {}
        """Of an aspect that is not known, what is furthest from the target of the years that are there."""
        for aspect in self._bars:
            value = self._taken(aspect)
            nothing = isinstance(value, LackingFigures) and value.years == (self.judged,) and self._is_nothing(aspect)
            if nothing:
                self.known[aspect] = Nothing.TO_COUNT
            elif not isinstance(value, LackingFigures):
                self.known[aspect] = value
            else:
                self.waits[aspect] = frozenset(self._owed(aspect))
                if value.furthest is not None:
                    self.furthest[aspect] = value.furthest

    def is_zero(self, measure: str, year: int) -> bool:
        """Tell whether a figure was reported from which nothing can be counted, as 0."""
        figure = self.facts.in_year(measure, year)
        return figure.state is State.PRESENT and figure.value == 0

    def opened(self, figures: Collection[YearFigure]) -> OpenFigures:
        """Return what could come out once some figures have come in."""
        open_: dict[Variable, tuple[Possible, ...]] = {}
        reads: dict[Aspect, Variable] = {}
        coming: dict[Aspect, frozenset[int]] = {}
        by_measure: dict[str, list[Aspect]] = {}
        for aspect, years in self.waits.items():
            coming[aspect] = frozenset(year for year in years if YearFigure(aspect.measure, year) in figures)
            if coming[aspect] == years or self._tells(aspect, coming[aspect]):
                by_measure.setdefault(aspect.measure, []).append(aspect)
        unfinished = frozenset(aspect for aspect, years in self.waits.items() if coming[aspect] != years)
        for measure, aspects in by_measure.items():
            owed = {year for aspect in aspects for year in coming[aspect]}
            if len(owed) == 1 and (not unfinished.isdisjoint(aspects) or self._by_figure(measure, aspects)):
                figure = YearFigure(measure, *owed)
                open_[figure] = self._of_figure(figure, aspects)
                reads |= dict.fromkeys(aspects, figure)
            else:
                open_ |= {aspect: self._of_aspect(aspect, coming[aspect]) for aspect in aspects}
                reads |= {aspect: aspect for aspect in aspects}
        return OpenFigures(open_, reads, unfinished)

    def _tells(self, aspect: Aspect, coming: Set[int]) -> bool:
        """Tell whether an aspect may be concluded from some of the years that it waits for, while others are owed."""
        if self._nothing(self.rules.measures[aspect.measure], coming):
            return True
        told = any(coming & {*years} for years in self._terms(aspect, coming))
        return told and aspect.taken.over is Over.EACH and not self._may_be_nothing(aspect, coming)

    def _may_be_nothing(self, aspect: Aspect, coming: Set[int]) -> bool:
        """Tell whether the figure of the year judged is owed still, and may be of nothing."""
        owed = self.judged in self.waits[aspect] and self.judged not in coming
        return owed and bool(self._nothing(self.rules.measures[aspect.measure], (self.judged,)))

    def _terms(self, aspect: Aspect, coming: Set[int]) -> list[tuple[int, int | None]]:
        """Return the years of an aspect of which nothing is owed any more, each with the year it is counted from."""
        owed = self.waits[aspect] - coming
        return [(year, base) for year, base in aspect.taken.terms(self.judged) if not {year, base} & owed]

    def derived(self, aspect: Aspect, figure: YearFigure, value: Value) -> Value | None:
        """Return what an aspect is once a figure has come in; where others are owed still, of each year that is there."""
        if not isinstance(value, Fraction):
            return value
        terms = self._terms(aspect, {figure.year})
        unfinished = len(terms) < len(aspect.taken.terms(self.judged))
        if not terms or (unfinished and aspect.taken.over is not Over.EACH):
            return None
        spec = self.rules.measures[aspect.measure]

        def level(year: int) -> Fraction:
            return value if year == figure.year else level_of(spec, self.facts.in_year(aspect.measure, year))

        values = [compared(aspect.taken, level(year), None if base is None else level(base)) for year, base in terms]
        return together(aspect.taken, values, least=aspect.least)

    def _taken(self, aspect: Aspect) -> Fraction | LackingFigures:
        spec, figures = self.rules.measures[aspect.measure], self.facts.figures(aspect.measure)
        return take(spec, aspect.taken, figures, self.judged, least=aspect.least)

    def _is_nothing(self, aspect: Aspect) -> bool:
        return self.facts.in_year(aspect.measure, self.judged).state is State.NOTHING_TO_COUNT

    def _owed(self, aspect: Aspect) -> Iterator[int]:
        taken = aspect.taken
        bases = {base for _year, base in taken.terms(self.judged)} if taken.divides else set()
        for year in taken.years(self.judged):
            figure = self.facts.in_year(aspect.measure, year)
            if figure.state is not State.PRESENT or (year in bases and no_base(taken, figure.value)):
                yield year

    def _by_figure(self, measure: str, aspects: Sequence[Aspect]) -> bool:
        """Tell whether the one figure that is open is looked at itself."""
        taken = aspects[0].taken
        whole = self.rules.measures[measure].traits.whole and not taken.is_level
        return len(aspects) > 1 or taken.over is Over.EACH or whole or taken.from_zero

    def _of_figure(self, figure: YearFigure, aspects: Sequence[Aspect]) -> tuple[Possible, ...]:
        """Return what the only figure that is open could be, cut where the verdict of some aspect may change."""
        spec = self.rules.measures[figure.measure]
        nothing = self._nothing(spec, (figure.year,))
        if not spec.traits.by_size:
            return (*values_of(spec, self.rules.scale_of(spec.id)), *nothing)
        bases = [aspect.taken for aspect in aspects if aspect.taken.divides and self._is_base(aspect, figure.year)]
        whole = levels(spec)
        if any(not taken.from_zero for taken in bases):
            whole = whole.within(POSITIVE)
        points = {point for aspect in aspects for point in self._turning(aspect, figure)}
        parts = list(cut(whole, points | {Fraction(0)} if bases else points))
        return (*(whole_numbers(parts) if spec.traits.whole else parts), *nothing)

    def _is_base(self, aspect: Aspect, year: int) -> bool:
        return any(base == year for _year, base in aspect.taken.terms(self.judged))

    def _turning(self, aspect: Aspect, figure: YearFigure) -> Iterator[Fraction]:
        """Yield the values of a figure at which an aspect comes to a number that it is held to."""
        taken, spec = aspect.taken, self.rules.measures[aspect.measure]
        terms = taken.terms(self.judged)

        def level(year: int) -> Fraction:
            reported = self.facts.in_year(aspect.measure, year)
            return level_of(spec, reported) if reported.state is State.PRESENT else Fraction(0)  # it waits, too

        for bar in self._bars[aspect]:
            if taken.over is Over.MEAN:
                yield bar * len(terms) - sum(level(year) for year, _base in terms if year != figure.year)
                continue
            ratio = bar if taken.quantity is Quantity.RATIO else 1 + bar / PERCENT
            for year, base in terms:
                if base is None:
                    yield bar
                elif year == figure.year:
                    yield level(base) + bar if not taken.divides else level(base) * ratio
                elif base == figure.year and not taken.divides:
                    yield level(year) - bar
                elif base == figure.year and ratio:
                    yield level(year) / ratio

    def _of_aspect(self, aspect: Aspect, coming: Set[int]) -> tuple[Possible, ...]:
        """Return what an aspect could come to, whatever the figures that it waits for and that come in are."""
        spec, terms = self.rules.measures[aspect.measure], self._terms(aspect, coming)
        nothing = self._nothing(spec, coming)
        if not terms or (len(terms) < len(aspect.taken.terms(self.judged)) and aspect.taken.over is not Over.EACH):
            return (Nothing.YET, *nothing)
        if not spec.traits.by_size:
            return (*values_of(spec, self.rules.scale_of(spec.id)), *nothing)
        parts = list(cut(self._range(aspect, terms), self._bars[aspect]))
        if aspect.taken.over is Over.EACH and aspect.taken.compares_years:
            parts = [part for part in parts if self._can_be(aspect, terms, part)] or parts
        whole = spec.traits.whole and aspect.taken.stays_whole
        return (*(whole_numbers(parts) if whole else parts), *nothing)

    def _can_be(self, aspect: Aspect, terms: Terms, part: Stretch) -> bool:
        """Tell whether every year can be within a part of what the furthest of them could be, or beyond it."""
        spec = self.rules.measures[aspect.measure]
        bar, included = (part.low, part.low_in) if aspect.least else (part.high, part.high_in)
        can_all = can_all_reach if aspect.least else can_all_stay
        return bar is None or can_all(
            aspect.taken,
            terms,
            lambda year: self._level(aspect, spec, year),
            bar,
            included=included,
            whole=spec.traits.whole,
        )

    def _nothing(self, spec: Measure, years: Collection[int]) -> tuple[Possible, ...]:
        could = spec.traits.counted and spec.zero_denominator == "not_applicable" and self.judged in years
        return (Nothing.TO_COUNT,) if could else ()

    def range_of(self, aspect: Aspect) -> Stretch:
        """Return between which numbers an aspect lies, whatever the figures that it waits for are."""
        return self._range(aspect, aspect.taken.terms(self.judged))

    def _range(self, aspect: Aspect, years: Iterable[tuple[int, int | None]]) -> Stretch:
        taken, spec = aspect.taken, self.rules.measures[aspect.measure]
        terms = [(self._level(aspect, spec, year), base) for year, base in years]
        if taken.over is Over.MEAN:
            return _mean([level for level, _base in terms])
        values = [
            level if base is None else _compared(taken, spec, level, self._level(aspect, spec, base))
            for level, base in terms
        ]
        return _furthest(values, least=aspect.least)

    def _level(self, aspect: Aspect, spec: Measure, year: int) -> Stretch:
        if year in self.waits[aspect]:
            return levels(spec)
        value = level_of(spec, self.facts.in_year(aspect.measure, year))
        return Stretch(value, value)


def _bars(leaf: Requirement) -> Iterator[Fraction]:
    yield from (Fraction(leaf.held_to(target).value) for target in leaf.target.values())


def _gate_bars(gate: Gate) -> list[Fraction]:
    return [] if gate.is_question else [Fraction(gate.bar)]


def _mean(terms: Sequence[Stretch]) -> Stretch:
    lows, highs = [term.low for term in terms], [term.high for term in terms]
    return Stretch(_sum(lows, len(terms)), _sum(highs, len(terms)))


def _sum(ends: Iterable[Fraction | None], count: int) -> Fraction | None:
    total = Fraction(0)
    for end in ends:
        if end is None:
            return None
        total += end
    return total / count


def _furthest(terms: Sequence[Stretch], *, least: bool) -> Stretch:
    """Return what the least, or the greatest, of several that are free of each other could be."""
    found = terms[0]
    for term in terms[1:]:
        found = found.least_with(term) if least else found.greatest_with(term)
    return found


def _compared(taken: Taken, spec: Measure, level: Stretch, base: Stretch) -> Stretch:
    if taken.quantity is Quantity.CHANGE:
        low = None if level.low is None or base.high is None else level.low - base.high
        return Stretch(low, None if level.high is None or base.low is None else level.high - base.low)
    now, then = (one.low if one.low == one.high else None for one in (level, base))
    rate = growth_values(spec, now, then)
    if taken.quantity is Quantity.GROWTH:
        return rate
    low, high = (None if end is None else 1 + end / PERCENT for end in (rate.low, rate.high))
    return Stretch(low, high, rate.low_in, rate.high_in)
