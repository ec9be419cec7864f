"""Which points of a set its tests reach, and which they leave out.

A test reaches what it asserts: the node it judges and the parts whose verdicts it states. A verdict that
merely occurs below, unstated, is not held by the test and does not count; nor does a test that fails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ntm_rules.dataset.records import Reported
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.reference import Result, taken_value
from ntm_rules.evaluation.taking import compared, level_of, needed_level
from ntm_rules.evaluation.verdicts import SOME, Reason, Verdict
from ntm_rules.exact import PERCENT, TARGET_SCALE
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Combination,
    CriteriaSet,
    Indicator,
    Node,
    NotAsked,
    Requirement,
    named,
    walk,
)
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Measure, Overlay
from ntm_rules.rulebook.over_time import beginnings
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.taken import Over
from ntm_rules.workbench.testing.cases import Case
from ntm_rules.workbench.testing.points import (
    ABOVE,
    ALTERNATIVE,
    AT,
    BELOW,
    BOUNDARY,
    EXISTENCE,
    EXISTENCE_REASONS,
    PART,
    REST,
    YES,
    PointToReach,
    at_first,
    first_readers,
    point_of,
    points,
)
from ntm_rules.workbench.testing.runner import judge

TYPED_STEP = Fraction(1, TARGET_SCALE)
"""How near a figure is "just" below or above its target: 0,0001, the finest step of a target. Of what is counted
(a share's numerator, a count) and of grades it is one."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every point of a set (or of some of its criteria) and those that tests reach."""

    points: tuple[PointToReach, ...]
    reached: frozenset[PointToReach]

    @property
    def missing(self) -> tuple[PointToReach, ...]:
        """The points no test reaches, in the order of the text."""
        return tuple(point for point in self.points if point not in self.reached)

    def of(self, *, criterion: str | None = None, kind: str | None = None) -> tuple[int, int]:
        """Return how many points of a criterion and kind (None: of all) are reached, and how many there are."""
        wanted = [p for p in self.points if criterion in (None, p.criterion) and kind in (None, p.kind)]
        return sum(point in self.reached for point in wanted), len(wanted)


def cover(in_force: Iterable[CriteriaSet], cases: Iterable[Case], criteria: Collection[str] | None = None) -> Coverage:
    """Return what tests that pass reach of a set as it is `in_force` on several days (see `laws`).

    `criteria` limits it to some criteria; "" stands for the further conditions.
    """
    in_force = tuple(in_force)
    first = first_readers(in_force)
    wanted = tuple(p for p in points(in_force) if criteria is None or p.criterion in criteria)
    reached = {at_first(point, first) for case in cases for point in reached_by(case)}
    return Coverage(wanted, frozenset(reached.intersection(wanted)))


def laws(loaded: LoadedSet, overlays: Sequence[Overlay] = (), province: str | None = None) -> Iterator[CriteriaSet]:
    """Yield the set, with overlays laid on and of one province or all, at the end of every year of its period, and when something begins."""
    period = loaded.header.period
    days = {dt.date(year, 12, 31) for year in range(period.from_, period.to + 1)}
    days |= {day for day in beginnings(loaded, overlays) if day.year in period}
    for day in sorted(days):
        try:
            yield resolve(loaded, as_of=day, overlays=overlays, province=province)
        except NtmError:  # nothing is in force in that year
            continue


def reached_by(case: Case) -> Iterator[PointToReach]:
    """Yield the points that a test reaches; those of its own suppositions and overlays are among them."""
    below = judge(case)
    nodes = {node.id: node for i in _indicators(case) for node in walk(i)}
    for id_ in (case.test.of, *case.test.expect.parts):
        node = nodes.get(id_)
        result = below.find("requirement", id_) or below.find("indicator", id_)
        if node is not None and result is not None:
            yield from _combination(node, result) if isinstance(node, Combination) else _requirement(case, node, result)


def _indicators(case: Case) -> Iterator[Node]:
    owner = case.tested.owner
    if isinstance(owner, Indicator):
        yield owner.condition
    elif owner is None:
        yield from (indicator.condition for indicator in case.rules.indicators())
    else:
        yield from (indicator.condition for indicator in owner.indicators)


def _combination(node: Combination, result: Result) -> Iterator[PointToReach]:
    yield point_of(node.id, result.reason)
    deciding = Verdict.MET if node.op == "any" else Verdict.NOT_MET
    decided = [child.id for child in result.children if child.verdict is deciding]
    if node.op == SOME:
        met = sum(child.verdict is Verdict.MET for child in result.children)
        one_short = result.verdict is Verdict.NOT_MET and met == node.needed - 1
        yield from (PointToReach(node.id, PART, id_) for id_ in decided if one_short)
    elif len(decided) == 1:
        yield PointToReach(node.id, ALTERNATIVE if node.op == "any" else PART, decided[0])


def _requirement(case: Case, node: Requirement, result: Result) -> Iterator[PointToReach]:
    yield point_of(node.id, result.reason)
    if node.gates and result.reason not in EXISTENCE_REASONS:
        yield PointToReach(node.id, EXISTENCE, YES)
    judged = result.verdict is Verdict.NOT_MET or result.reason is Reason.REACHED
    place = _place(case, node, result) if judged else None
    target = node.target
    if place is None or isinstance(target, AwaitedTarget):
        return
    class_ = case.facts.class_of(case.rules, target.classing) if isinstance(target, ClassedTarget) else None
    if isinstance(target, ClassedTarget) and class_ not in target.cells:
        class_ = REST
    yield PointToReach(node.id, BOUNDARY, place, result.target, class_)
    own = named(target, None if class_ == REST else class_)
    if own is not None and not isinstance(own, AwaitedTarget | NotAsked) and own.provenance.overlay:
        yield PointToReach(node.id, BOUNDARY, place)


def _place(case: Case, node: Requirement, result: Result) -> str | None:
    """Return where beside its target a figure lies; None when it is further off, or has no such places."""
    measure = case.rules.measures[node.measure]
    assert result.target is not None  # it was judged
    if measure.traits.choices:
        return None
    taken, value = node.taken.of(measure), taken_value(measure, node, case.facts)
    if not isinstance(value, Fraction):
        return None  # one of several years fails alone, others are missing
    bar = Fraction(node.held_to(result.target).value)
    (year, base), *rest = taken.terms(case.facts.report.year)
    figures = case.facts.figures(node.measure)
    reported = figures(year)
    others = [level_of(measure, figures(one)) for one, _base in rest] if taken.over is Over.MEAN else []
    level, start = level_of(measure, reported), None if base is None else level_of(measure, figures(base))
    if taken.over is Over.EACH and compared(taken, level, start) != value:
        return None  # another year's figure decides
    off = level - needed_level(taken, bar, start, others)
    if abs(off) > _step(measure, reported):
        return None
    return AT if off == 0 else BELOW if off < 0 else ABOVE


def _step(measure: Measure, reported: Reported) -> Fraction:
    """Return how near a figure is "just" below or above its target."""
    if measure.traits.graded or measure.traits.whole:
        return Fraction(1)
    if reported.counted:
        return Fraction(PERCENT, reported.base)
    return TYPED_STEP
