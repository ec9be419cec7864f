"""Boundary probes: figures at and on both sides of every target of two laws, as a commune would write them.

A probe is written text, not a value: each law reads it by its own measures, so that a change of the
decimals counted, of what a zero denominator means, of a range or of a scale shows like any other.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import NamedTuple

from ntm_rules.dataset.cells.dated_figures import spelt
from ntm_rules.dataset.cells.figures import GROWTH_DECIMALS, figure_for
from ntm_rules.dataset.records import Reported
from ntm_rules.evaluation.possible_values import Stretch, levels
from ntm_rules.evaluation.taking import needed_level
from ntm_rules.exact import PERCENT, VALUE_DECIMALS, floor_to, vietnamese
from ntm_rules.rulebook.criteria_set import CriteriaSet, Indicator, Requirement
from ntm_rules.rulebook.models import Measure, Scale
from ntm_rules.rulebook.taken import Over, Taken

STEP = Decimal(1).scaleb(1 - VALUE_DECIMALS)
"""The smallest step of a typed figure that is held apart: 0,000001."""
COUNTED_OF = 10**6
"""Denominator of counted probes: every target of four decimals is a whole number of it."""
BASES = (100, 1000, 10000, 10, 1)
"""Figures of the year before, for growth; the first that fits the measure's range is taken."""
BEYOND = Decimal(1000)
"""How far the extreme figures lie beyond the targets."""
MOST = 4096
"""Combinations of one indicator's figures that are tried one and all; of more, a selection."""


class ProbeCells(NamedTuple):
    """What stands in the three cells of one figure; a blank cell is the empty text."""

    value: str = ""
    numerator: str = ""
    denominator: str = ""


class Level(NamedTuple):
    """One way of reporting a measure: this year's cells, and those of every earlier year that is read."""

    now: ProbeCells = ProbeCells()
    before: ProbeCells = ProbeCells()


NOTHING = Level()
Probe = tuple[Level, ...]
"""One level for each measure of an indicator, in the order of the measures."""


class ProbedMeasure(NamedTuple):
    """One measure of an indicator, with every level worth trying and the few that stand for the rest."""

    measure: str
    levels: tuple[Level, ...]
    coarse: tuple[Level, ...]


def asked_of(before: tuple[CriteriaSet, Indicator], after: tuple[CriteriaSet, Indicator]) -> tuple[ProbedMeasure, ...]:
    """Return what an indicator asks for under either law, from the targets, measures and scales of both.

    The same for both orders of the laws.
    """
    read = {
        measure
        for _rules, indicator in (before, after)
        for requirement in indicator.requirements()
        for measure in requirement.asked
    }
    return tuple(_asked(measure, before, after) for measure in sorted(read))


def every_combination(measures: Sequence[ProbedMeasure]) -> list[Probe] | None:
    """Return all combinations of all levels; None when they are too many."""
    return _product([one.levels for one in measures])


def backgrounds(measures: Sequence[ProbedMeasure]) -> list[Probe]:
    """Return all combinations of coarse levels, or of the two extremes, or pairs amid extremes: what there is room for."""
    for choices in ([one.coarse for one in measures], [one.coarse[:2] for one in measures]):
        product = _product(choices)
        if product is not None:
            return product
    found: set[Probe] = set()
    for side in (0, -1):
        base = tuple(one.coarse[:2][side] for one in measures)
        for one, other in itertools.combinations(range(len(measures)), 2):
            for pair in itertools.product(measures[one].coarse, measures[other].coarse):
                probe = list(base)
                probe[one], probe[other] = pair
                found.add(tuple(probe))
    return sorted(found)


def _product(choices: Sequence[Sequence[Level]]) -> list[Probe] | None:
    size = 1
    for choice in choices:
        size *= len(choice)
    return list(itertools.product(*choices)) if size <= MOST else None


def _asked(measure: str, *laws: tuple[CriteriaSet, Indicator]) -> ProbedMeasure:
    targets: set[Decimal] = set()
    taken: dict[Taken, set[Decimal]] = {}
    specs: list[tuple[Measure, Scale | None]] = []
    for rules, indicator in laws:
        spec = rules.measures.get(measure)
        if spec is None:
            continue
        specs.append((spec, rules.scales.get(spec.scale or "")))
        for r in indicator.requirements():
            if r.measure == measure:
                own, values = r.taken.of(spec), {r.held_to(value).value for value in _values(r)}
                targets |= values if own.is_level or own.is_yearly_growth else set()
                taken.setdefault(own, set()).update(values)
    fine: set[Level] = {NOTHING}
    extremes: list[Level] = []
    for spec, scale in specs:
        low, high, more = _levels(spec, scale, targets, [s for s, _scale in specs])
        fine |= {low, high, *more}
        for way, bars in taken.items():
            if not (way.is_level or (way.is_yearly_growth and spec.traits.needs_year_before)):
                fine |= set(_of_years(spec, scale, way, bars))
        if scale is not None and any(other != scale for _spec, other in specs):  # a label may mean another grade now
            fine |= {Level(ProbeCells(grade.label.vi)) for grade in scale.grades}
        extremes += [level for level in (low, high) if level not in extremes]
    coarse = [*sorted(extremes), NOTHING, *(level for level in _COUNT_NOTHING if level in fine)]
    return ProbedMeasure(measure, tuple(sorted(fine)), tuple(coarse))


def _values(requirement: Requirement) -> tuple[Decimal, ...]:
    """Return every target a requirement may set, those that overlays have replaced included."""
    stated = (requirement.target, *requirement.replaced)
    return tuple(value for target in stated for value in target.values())


_COUNT_NOTHING = (Level(ProbeCells("", "0", "0")),)
BARE = (NOTHING, *_COUNT_NOTHING)
"""Levels that say little; an example is better without them."""


def _levels(
    spec: Measure, scale: Scale | None, targets: Iterable[Decimal], specs: Sequence[Measure]
) -> tuple[Level, Level, set[Level]]:
    """Return the lowest, the highest and every other level of a measure as one law knows it."""
    if spec.traits.counted:
        return _share(spec, targets, specs)
    if spec.traits.needs_year_before:
        return _growth(spec, targets, specs)
    if spec.traits.quantity:
        return _plain(spec, targets)
    if spec.traits.dated:
        days = [dt.date.fromordinal(int(bar) + step) for bar in targets for step in (-1, 0, 1)]
        found = {Level(ProbeCells(spelt(day))) for day in (*days, *_DAYS)}
        return Level(ProbeCells(spelt(_DAYS[0]))), Level(ProbeCells(spelt(_DAYS[1]))), found
    if scale is not None:
        grades = [Level(ProbeCells(grade.id)) for grade in scale.grades]
        return grades[0], grades[-1], set(grades)
    levels = {choice.rank: Level(ProbeCells(choice.vi)) for choice in spec.traits.choices}
    return levels[0], levels[1], set(levels.values())


_DAYS = (dt.date(1990, 1, 1), dt.date(2099, 12, 31))
"""Days long before and after every target."""


def _share(spec: Measure, targets: Iterable[Decimal], specs: Sequence[Measure]) -> tuple[Level, Level, set[Level]]:
    found: set[Level] = set(_COUNT_NOTHING)
    decimals = {other.counted.decimals for other in specs if other.counted}
    found |= {Level(ProbeCells("", _written(Decimal(1).scaleb(-places)), "1")) for places in decimals}
    for bar in {*targets, *_bounds(spec)}:
        for typed in (bar - STEP, bar, bar + STEP):
            if 0 <= typed <= spec.whole_percent:
                found.add(Level(ProbeCells(_percent(typed))))
        exactly = bar * COUNTED_OF / PERCENT
        for step in (Decimal(1).scaleb(-places) for places in decimals):
            for part in (exactly - step, exactly, exactly + step):
                if 0 <= part <= COUNTED_OF * spec.whole_percent / PERCENT:
                    found.add(Level(ProbeCells("", _written(part), str(COUNTED_OF))))
    low = spec.range.min if spec.range and spec.range.min is not None else Decimal(0)
    high = spec.range.max if spec.range and spec.range.max is not None else Decimal(PERCENT)
    return Level(ProbeCells(_percent(low))), Level(ProbeCells(_percent(high))), found


def _plain(spec: Measure, targets: Iterable[Decimal]) -> tuple[Level, Level, set[Level]]:
    bars = {*targets, *_bounds(spec)}
    least = spec.range.min if spec.range and spec.range.min is not None else Decimal(0)
    most = spec.range.max if spec.range and spec.range.max is not None else max([*bars, Decimal(0)]) + BEYOND
    if spec.traits.whole:  # counts are whole, whatever the targets are
        around = {bar.to_integral_value(rounding) for bar in bars for rounding in (ROUND_FLOOR, ROUND_CEILING)}
        figures = {number + step for number in around for step in (-1, 0, 1) if number + step >= 0}
        least, most = least.to_integral_value(ROUND_CEILING), most.to_integral_value(ROUND_FLOOR)
    else:
        figures = {bar + step for bar in bars for step in (-STEP, Decimal(0), STEP)}
    found = {Level(ProbeCells(_written(figure))) for figure in figures}
    return Level(ProbeCells(_written(least))), Level(ProbeCells(_written(most))), found


def _growth(spec: Measure, targets: Iterable[Decimal], specs: Sequence[Measure]) -> tuple[Level, Level, set[Level]]:
    bars = {bar for bar in targets if bar > -PERCENT}
    step = Decimal(1).scaleb(-GROWTH_DECIMALS)
    found: set[Level] = set()
    bases = {base for bar in bars for some in ([*specs], *([one] for one in specs)) for base in _bases(some, bar)}
    earlier = ProbeCells(_written(min(bases, default=Decimal(BASES[0]))))
    for bar in bars:
        for base in bases:
            now = (base * (1 + bar / PERCENT)).quantize(step, ROUND_FLOOR)
            this, before = [now + way for way in (-step, Decimal(0), step, 2 * step)], ProbeCells(_written(base))
            found |= {Level(ProbeCells(_written(figure)), before) for figure in this if figure >= 0}
            found |= {Level(ProbeCells(_written(now))), Level(ProbeCells(_written(now)), ProbeCells("0"))}
    for bound in _bounds(spec):
        for now in (bound - step, bound, bound + step):
            found |= {Level(ProbeCells(_written(now)), earlier), Level(earlier, ProbeCells(_written(now)))}
    least = spec.range.min if spec.range and spec.range.min is not None else Decimal(0)
    top = max([base * (1 + bar / PERCENT) for base in bases for bar in bars], default=Decimal(BASES[0])) + BEYOND
    most = min(top, spec.range.max) if spec.range and spec.range.max is not None else top
    return Level(ProbeCells(_written(least)), earlier), Level(ProbeCells(_written(most)), earlier), found


def _of_years(spec: Measure, scale: Scale | None, taken: Taken, bars: Iterable[Decimal]) -> Iterator[Level]:
    """Yield figures of this year and the years before, all of these alike, beside every bar of what is taken of them."""
    if not spec.traits.quantity:
        answers = [grade.id for grade in scale.grades] if scale else [choice.vi for choice in spec.traits.choices]
        yield from (Level(ProbeCells(now), ProbeCells(then)) for now in answers for then in answers)
        return
    years = taken.years(_YEAR)
    step = Decimal(1) if spec.traits.whole else STEP
    allowed = levels(spec)
    for bar in bars:
        for start in map(Decimal, (*BASES, 50)):
            needed = needed_level(
                taken,
                Fraction(bar),
                Fraction(start) if taken.compares_years else None,
                [Fraction(start)] * (taken.count - 1) if taken.over is Over.MEAN else [],
            )
            places = 0 if spec.traits.whole else GROWTH_DECIMALS
            now = floor_to(needed, places)
            for figure in (now - step, now, now + step, now + 2 * step):
                if not allowed.within(Stretch(Fraction(figure), Fraction(figure))).empty:
                    cells = ProbeCells(_percent(figure) if spec.traits.counted else _written(figure))
                    then = ProbeCells(_percent(start) if spec.traits.counted else _written(start))
                    yield Level(cells if years[0] == _YEAR else ProbeCells(), then)
                    yield Level(then, cells)
                    yield Level(cells)
    yield Level(ProbeCells("1"), ProbeCells("0"))
    yield Level(ProbeCells("0"), ProbeCells("0"))


_YEAR = 2200
"""A year later than any that figures are counted from."""


def _bases(specs: Sequence[Measure], bar: Decimal) -> Iterator[Decimal]:
    """Yield a figure of the year before that lies, and whose growth by a target lies, within the measures' ranges."""
    low, high = Decimal(0), Decimal(max(BASES)) * 100
    factor = 1 + bar / PERCENT
    for spec in specs:
        if spec.range and spec.range.min is not None:
            low = max(low, spec.range.min, spec.range.min / factor)
        if spec.range and spec.range.max is not None:
            high = min(high, spec.range.max, spec.range.max / factor)
    usual = next((Decimal(base) for base in BASES if low < base < high), None)
    if usual is not None:
        yield usual
    elif low < high:
        yield ((low + high) / 2).quantize(Decimal(1).scaleb(-GROWTH_DECIMALS), ROUND_FLOOR)


def _bounds(spec: Measure) -> Iterator[Decimal]:
    if spec.range:
        yield from (bound for bound in (spec.range.min, spec.range.max) if bound is not None)


def _percent(number: Decimal) -> str:
    """Write a percentage as a commune does; up to 1 with its sign, without which it is not clear."""
    return _written(number) + ("%" if 0 < number <= 1 else "")


def _written(number: Decimal) -> str:
    """Write a number as a commune does, without marks between thousands."""
    return vietnamese(number).replace(".", "")


class ProbeReader:
    """What one law's readers make of probes; every cell is read once."""

    def __init__(self, rules: CriteriaSet) -> None:
        self._rules = rules
        self._known: dict[tuple[str, ProbeCells], Reported | None] = {}

    def read(self, measure: str, cells: ProbeCells) -> Reported | None:
        """Return the value of a figure's cells; None where nothing is reported, or the law does not know it."""
        at = measure, cells
        if at not in self._known:
            self._known[at] = self._read(measure, cells)
        return self._known[at]

    def _read(self, measure: str, cells: ProbeCells) -> Reported | None:
        spec = self._rules.measures.get(measure)
        if spec is None or cells == ProbeCells():
            return None
        core, _faults = figure_for(spec, self._rules.scales.get(spec.scale or "")).read(*cells)
        return None if core is None else Reported(*core[:4], written=core[4])
