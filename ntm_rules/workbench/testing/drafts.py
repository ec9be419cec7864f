"""Tests drafted for points that no test reaches, so that the author of a set starts from something.

A draft gives figures that lead to its point and expects what the reference says of them. That is no proof:
the author reads the law and confirms each expectation. Targets that are awaited are supposed, with invented numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ntm_rules.evaluation.possible_values import Stretch, levels
from ntm_rules.evaluation.taking import needed_level
from ntm_rules.evaluation.verdicts import PRECEDENCE, SOME, Reason, Verdict
from ntm_rules.exact import TARGET_DECIMALS, plain
from ntm_rules.rulebook.borrowed import is_borrowed
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Classing,
    Combination,
    CriteriaSet,
    Gate,
    KnownTarget,
    Node,
    NotAsked,
    Requirement,
    named,
)
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Measure, Overlay
from ntm_rules.rulebook.rule_tests import rule_tests_shape
from ntm_rules.rulebook.taken import Over, Quantity, Taken
from ntm_rules.rulebook.yaml_reader import YamlFile
from ntm_rules.workbench.testing.cases import Case, case_of
from ntm_rules.workbench.testing.coverage import reached_by
from ntm_rules.workbench.testing.law import Laws
from ntm_rules.workbench.testing.points import (
    ABOVE,
    ALTERNATIVE,
    AT,
    BELOW,
    BOUNDARY,
    EXISTENCE,
    EXISTENCE_REASONS,
    NONE,
    PART,
    REST,
    YES,
    PointToReach,
    PossibleVerdicts,
    boundary_classes,
    worse_places,
)
from ntm_rules.workbench.testing.runner import judge

TURNS = 8
"""So many ways are tried."""
STEP = Decimal(1).scaleb(-TARGET_DECIMALS)


@dataclass(frozen=True, slots=True)
class DraftedTest:
    """A drafted test as the keys of tests.yaml, without a name, and the point it is for."""

    point: PointToReach
    keys: dict[str, Any]
    reaches: frozenset[PointToReach]


@dataclass(slots=True)
class GivenFigures:
    """What a test gives."""

    given: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    years: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Figures of years before that."""
    suppose: dict[str, Any] = field(default_factory=dict)
    group: str | None = None
    classes: dict[str, str] = field(default_factory=dict)

    @property
    def earlier(self) -> list[dict[str, Any]]:
        """The figures of years before the year before, as a test writes them."""
        return [{"year": year, "given": given} for year, given in sorted(self.years.items(), reverse=True)]


def draft(
    loaded: LoadedSet,
    in_force: Sequence[CriteriaSet],
    missing: Sequence[PointToReach],
    overlays: Sequence[Overlay] = (),
    province: str | None = None,
) -> tuple[list[DraftedTest], list[PointToReach]]:
    """Return tests that together reach points that are missing, and the points for which none was found.

    Both stand in the order of the text.
    """
    laws = Laws(loaded, tuple(overlays), province)
    own = sorted(in_force, key=lambda rules: rules.as_of != laws.plain().as_of)  # the day of tests that name none
    left = dict.fromkeys(missing)
    found: list[DraftedTest] = []
    for point in sorted(missing, key=lambda point: _worth(own, point)):
        if point in left:
            test = _drafted(laws, own, point)
            if test is not None:
                found.append(test)
                left = {other: None for other in left if other not in test.reaches}
    order = {point: i for i, point in enumerate(missing)}
    return sorted(found, key=lambda test: order[test.point]), list(left)


def _worth(in_force: Sequence[CriteriaSet], point: PointToReach) -> int:
    """Tell what to draft first: combinations reach their parts too, and a place beside a target its verdict."""
    return 1 if point.kind == BOUNDARY else 2 if any(point.node in rules.requirement_by_id for rules in in_force) else 0


def _drafted(laws: Laws, in_force: Sequence[CriteriaSet], point: PointToReach) -> DraftedTest | None:
    for rules in in_force:
        nodes = {node.id: node for node in rules.nodes()}
        node = nodes.get(point.node)
        if node is not None and point in set(PossibleVerdicts(rules).points(node, point.criterion)):
            tried = (_for_law(laws, rules, node, point, turn) for turn in range(TURNS))
            return next((test for test in tried if test is not None and point in test.reaches), None)
    return None


def _for_law(laws: Laws, rules: CriteriaSet, node: Node, point: PointToReach, turn: int) -> DraftedTest | None:
    figures = _Maker(rules, point.group, turn).figures(node, point)
    keys: dict[str, Any] = {"of": point.node}
    if rules.as_of != laws.plain().as_of:
        keys["as_of"] = rules.as_of
    keys |= {
        key: value
        for key in ("group", "classes", "suppose", "given", "before", "earlier")
        if (value := getattr(figures, key))
    }
    if any(map(is_borrowed, keys.get("suppose", ()))):
        return None  # another set's target can be supposed by its own tests alone
    expect: dict[str, Any] = {"verdict": "NO_DATA"}
    case = _case(laws, keys, expect)
    if case is None:
        return None
    whole = judge(case)
    result = whole.find(case.tested.level, case.tested.id) or whole
    expect |= {"verdict": result.verdict.name, "reason": result.reason.value}
    if isinstance(node, Combination):
        expect["parts"] = {child.id: child.verdict.name for child in result.children}
    case = _case(laws, keys, expect)
    assert case is not None  # only what is expected has changed
    return DraftedTest(point, {**keys, "expect": expect}, frozenset(reached_by(case)))


def _case(laws: Laws, keys: dict[str, Any], expect: dict[str, Any]) -> Case | None:
    (test,) = rule_tests_shape().validate_python([{"name": "draft", **keys, "expect": expect}])
    return case_of(laws, YamlFile("", None), 0, test)


class _Maker:
    """Finds figures that bring a node to a point, in one law."""

    def __init__(self, rules: CriteriaSet, group: str | None, turn: int) -> None:
        self.rules = rules
        self.derived = PossibleVerdicts(rules)
        self.turn = turn
        """Which of several ways to take, where parts that read the same figure stand in each other's way."""
        self.group = group
        """The class the point is about; None: any."""
        self.made = GivenFigures()

    def figures(self, node: Node, point: PointToReach) -> GivenFigures:
        """Return the figures that lead to a point of a node."""
        if isinstance(node, Combination):
            self._combination(node, point)
        elif point.kind == BOUNDARY:
            self._beside(node, point.which)
        elif point.kind == EXISTENCE and point.which != YES:
            self._reason(node, next(r for r, said in EXISTENCE_REASONS.items() if said == point.which))
        else:
            self._reason(node, Reason.REACHED if point.kind == EXISTENCE else Reason(point.which))
        return self.made

    def _combination(self, node: Combination, point: PointToReach) -> None:
        if point.kind in (ALTERNATIVE, PART) and point.which != NONE:
            deciding = Verdict.MET if point.kind == ALTERNATIVE else Verdict.NOT_MET
            first = next(child for child in node.children if child.id == point.which)
            self._combined(node, deciding, first)
            return
        reason = Reason.NO_ALTERNATIVE_MET if point.which == NONE else Reason(point.which)
        self._node(node, reason.verdict)

    def _node(self, node: Node, verdict: Verdict) -> None:
        """Bring a node to a verdict that it can have."""
        if isinstance(node, Requirement):
            wanted = [r for r in Reason if r in self.derived.reasons(node) and r.verdict is verdict]
            self._reason(node, wanted[self.turn % len(wanted)])
            return
        able = [child for child in node.children if verdict in self.derived.verdicts(child)]
        self._combined(node, verdict, able[self.turn % len(able)])

    def _combined(self, node: Combination, verdict: Verdict, deciding: Node) -> None:
        """Bring one child to the verdict, the others to one that leaves it standing: met in an `all`, missed in an `any`."""
        if node.op == SOME:
            self._some(node, verdict, deciding)
            return
        order = PRECEDENCE[node.op]
        usual = Verdict.MET if node.op == "all" else Verdict.NOT_MET
        later = order[order.index(verdict) :] if verdict is not order[0] else order[1:]
        for child in node.children:
            if child is not deciding:
                able = [v for v in later if v in self.derived.verdicts(child)]
                self._node(child, usual if usual in able else able[0])
        self._node(deciding, verdict)  # last: of a figure that several read, its own stands

    def _some(self, node: Combination, verdict: Verdict, deciding: Node) -> None:
        """Bring one part to the verdict beside one met part too few, and the rest to a failure: then it decides."""
        met = node.needed - 1
        for child in node.children:
            if child is deciding:
                continue
            able = self.derived.verdicts(child)
            if verdict is Verdict.NOT_APPLICABLE:
                self._node(child, verdict)
            elif met and Verdict.MET in able:
                self._node(child, Verdict.MET)
                met -= 1
            else:
                self._node(child, Verdict.NOT_MET if Verdict.NOT_MET in able else max(able))
        self._node(deciding, verdict)

    def _reason(self, node: Requirement, reason: Reason) -> None:
        """Bring a requirement to a reason."""
        if reason is Reason.EXISTENCE_UNANSWERED:
            return
        shut = reason in (Reason.DOES_NOT_EXIST, Reason.EXCEPTED)
        for gate in node.gates:
            if not shut or gate.asks_for_any is (reason is Reason.DOES_NOT_EXIST):
                self._gate(gate, opened=not shut)
        if shut or reason is Reason.NOT_REPORTED:
            return
        unusable = {
            Reason.INVALID_VALUE: {"state": "invalid"},
            Reason.CONFLICTING_VALUES: {"state": "conflicting"},
            Reason.RULING_AWAITED: "Chưa có kết luận",
            Reason.NOTHING_TO_COUNT: {"numerator": 0, "denominator": 0},
        }
        if reason in unusable:
            self.made.given[node.measure] = unusable[reason]
        elif reason in _OF_EARLIER_YEARS:
            self._earlier(node, reason)
        elif (isinstance(node.target, AwaitedTarget) and reason.value == node.target.reason) or (
            isinstance(node.target, ClassedTarget) and self._of_unjudged_class(node.target, reason)
        ):
            self._value(node, self._supposed(node), AT)
        else:
            worse = worse_places(node, next(iter(node.target.values()), None))
            met = reason is Reason.REACHED or reason in UNKNOWN_CLASSES
            self._beside(node, next(place for place in (AT, BELOW, ABOVE) if (place in worse) is not met))
            if reason in UNKNOWN_CLASSES and isinstance(node.target, ClassedTarget):
                self._of_class(node.target.classing, None)

    def _of_unjudged_class(self, target: ClassedTarget, reason: Reason) -> bool:
        """Let the commune be of a class whose target waits, or of which nothing is asked; tell whether there is one."""
        for class_, cell in target.each():
            waits = isinstance(cell, AwaitedTarget) and reason.value == cell.reason
            if waits or (isinstance(cell, NotAsked) and reason is Reason.CLASS_EXEMPT):
                self._of_class(target.classing, class_ or _other(target))
                return True
        return False

    def _of_class(self, classing: Classing, class_: str | None) -> None:
        """Let the commune be of a class; None: of none that is known."""
        if classing.is_group:
            self.made.group = class_
        elif classing.is_answer and class_ is not None:
            self.made.given[classing.by] = self._answer(classing, class_)
        elif classing.is_answer:
            self.made.given.pop(classing.by, None)
        elif class_ is not None:
            self.made.classes[classing.by] = class_
        else:
            self.made.classes.pop(classing.by, None)

    def _answer(self, classing: Classing, class_: str) -> str:
        measure = self.rules.measures[classing.by]
        return class_ if measure.traits.graded else measure.traits.choice(classing.classes.index(class_)).vi

    def _gate(self, gate: Gate, *, opened: bool) -> None:
        """Give what opens a gate, or shuts it."""
        if gate.is_question:
            measure = self.rules.measures[gate.measure]
            self.made.given[gate.measure] = measure.traits.choice(int(bool(gate.bar) is opened)).vi
            return
        values = (gate.bar + step for step in (0, 1, -1))
        self.made.given[gate.measure] = next(value for value in values if gate.opens(Fraction(value)) is opened)

    def _beside(self, node: Requirement, place: str) -> None:
        """Give a figure at, just below or just above the target, supposing one where it is awaited."""
        for gate in node.gates:
            self._gate(gate, opened=True)
        target = node.target
        if isinstance(target, KnownTarget):
            bar = target.everywhere
        elif isinstance(target, ClassedTarget) and target.values():
            chosen = self.group or self._class(node, target, place)
            class_ = None if chosen == REST else chosen
            self._of_class(target.classing, class_ or _other(target))
            own = named(target, class_)
            assert isinstance(own, KnownTarget)  # one with a number was chosen
            bar = own.everywhere
        else:
            bar = self._supposed(node)
            traits = self.rules.measures[node.measure].traits
            if traits.graded:
                self.made.suppose[node.id] = self._grade(node, int(bar))
            elif traits.dated:
                self.made.suppose[node.id] = dt.date.fromordinal(int(bar))
            else:
                self.made.suppose[node.id] = bar if traits.quantity else {"standard": "in-force"}
        self._value(node, bar, place)

    def _class(self, node: Requirement, target: ClassedTarget, place: str) -> str:
        """Return a class whose target can have a figure at this place, the one already chosen if it can."""
        known = dict(boundary_classes(target))
        able = [one for one, cell in known.items() if place in self.derived.places(node, cell.everywhere)]
        by = target.classing.by
        chosen = self.made.group if target.classing.is_group else self.made.classes.get(by)
        if chosen in known and (chosen in able or not able):
            return chosen or REST
        return able[self.turn % len(able)] if able else next(iter(known))

    def _value(self, node: Requirement, bar: Decimal, place: str) -> None:
        measure = self.rules.measures[node.measure]
        sign = {BELOW: -1, AT: 0, ABOVE: 1}[place]
        if measure.traits.dated:
            self.made.given[node.measure] = dt.date.fromordinal(int(bar) + sign)
        elif not measure.traits.quantity:
            taken = node.taken.of(measure)
            for year in taken.years(self.judged):
                latest = year == taken.years(self.judged)[0]
                rank = int(bar) + (sign if latest or (measure.traits.graded and sign > 0) else 0)
                self._give(
                    node, year, self._grade(node, rank) if measure.traits.graded else measure.traits.choice(rank).vi
                )
        else:
            self._figures(node, bar, sign)

    def _figures(self, node: Requirement, target: Decimal, sign: int) -> None:
        """Give figures of every year that is read, such that what is taken lies beside a target."""
        measure = self.rules.measures[node.measure]
        taken, bar = node.taken.of(measure), Fraction(node.held_to(target).value)
        step = Fraction(1) if measure.traits.whole else Fraction(STEP)
        better = bar - 1 if node.wants_less else bar + 1
        best: dict[int, Fraction] = {}
        first = self.turn // 2
        starts = _STARTS[first:] + _STARTS[:first]
        for start in starts if taken.compares_years or taken.over is Over.MEAN else (bar,):
            best = _years(taken, self.judged, start, bar, better, sign * step)
            if all(self._fits(measure, figure) for figure in best.values()):
                break
        latest = taken.years(self.judged)[0]
        for year, figure in best.items():
            kept = taken.over is Over.EACH and year != latest and self._given(node, year)
            if not kept:
                self._give(node, year, _decimal(figure))

    def _fits(self, measure: Measure, figure: Fraction) -> bool:
        whole = figure.denominator == 1 or not measure.traits.whole
        return whole and not levels(measure).within(Stretch(figure, figure)).empty

    def _given(self, node: Requirement, year: int) -> bool:
        """Tell whether another part that reads it gave a figure of an earlier year."""
        figures = self.made.before if year == self.judged - 1 else self.made.years.get(year, {})
        return node.measure in figures

    def _give(self, node: Requirement, year: int, figure: Any) -> None:
        """Give a figure of a year."""
        if year == self.judged:
            self.made.given[node.measure] = figure
        elif year == self.judged - 1:
            self.made.before[node.measure] = figure
        else:
            self.made.years.setdefault(year, {})[node.measure] = figure

    def _earlier(self, node: Requirement, reason: Reason) -> None:
        """Leave out the figures of earlier years, or give 0 for those that something is divided by."""
        taken = node.taken.of(self.rules.measures[node.measure])
        zero = reason in (Reason.PREVIOUS_YEAR_ZERO, Reason.BASE_YEAR_ZERO)
        bases = {base for _year, base in taken.terms(self.judged)}
        if taken.over is Over.EACH and not zero:  # the year that is there must not fail
            self._reason(node, Reason.REACHED)
            for year in taken.years(self.judged)[1:]:
                (self.made.before if year == self.judged - 1 else self.made.years.get(year, {})).pop(node.measure, None)
            return
        for year in taken.years(self.judged):
            if year == self.judged:
                self._give(node, year, self._known(node))
            elif zero:
                self._give(node, year, Decimal(0) if year in bases else self._known(node))

    def _known(self, node: Requirement) -> Any:
        """Return some figure, or some answer."""
        measure = self.rules.measures[node.measure]
        if measure.traits.choices:
            return measure.traits.choice(1).vi
        return self._grade(node, 0) if measure.traits.graded else self._base(node)

    @property
    def judged(self) -> int:
        """The year judged."""
        return self.rules.as_of.year

    def _supposed(self, node: Requirement) -> Decimal:
        """Return an invented target for one that is awaited."""
        measure = self.rules.measures[node.measure]
        if measure.traits.choices:
            return Decimal(node.answer)
        if measure.traits.graded:
            return Decimal(1)
        if measure.traits.dated:
            return Decimal(self.rules.as_of.toordinal())
        taken = node.taken.of(measure)
        if taken.compares_years:
            return Decimal(2 if taken.quantity is Quantity.RATIO else 5)
        return Decimal(50) if measure.traits.counted else self._base(node)

    def _grade(self, node: Requirement, rank: int) -> str:
        scale = self.rules.scales[self.rules.measures[node.measure].scale or ""]
        return scale.grades[rank].id

    def _base(self, node: Requirement) -> Decimal:
        """Return a round figure that a measure can have and from which a little may be taken."""
        allowed = levels(self.rules.measures[node.measure])
        low, high = allowed.low, allowed.high
        for figure in (Decimal(100), Decimal(10), Decimal(1)):
            if (low is None or figure > low) and (high is None or figure < high):
                return figure
        return Decimal(0) if low is None else Decimal(low.numerator) / low.denominator + 1


UNKNOWN_CLASSES = (Reason.GROUP_UNKNOWN, Reason.CLASS_UNKNOWN, Reason.CLASS_UNANSWERED)


def _other(target: ClassedTarget) -> str | None:
    """Return a class that a target does not name; None where it names every one."""
    return next((one for one in target.classing.classes if one not in target.cells), None)


_OF_EARLIER_YEARS = (
    Reason.PREVIOUS_YEAR_MISSING,
    Reason.PREVIOUS_YEAR_ZERO,
    Reason.EARLIER_YEAR_MISSING,
    Reason.BASE_YEAR_ZERO,
)
_STARTS = tuple(map(Fraction, (100, 10, 50, 5, 1, 90, 1000, 10000)))
"""Figures of earlier years that are tried, until all that follow from them can be reported."""


def _years(
    taken: Taken, judged: int, start: Fraction, bar: Fraction, better: Fraction, off: Fraction
) -> dict[int, Fraction]:
    """Return figures of which what is taken is `bar`, but for the latest, which is so much off it.

    Of each of several years those before the latest do better. `start`: of years that nothing is known of.
    """
    (latest, _base), *rest = taken.terms(judged)
    if taken.over is Over.MEAN:
        others = {year: start for year, _base in rest}
        return {latest: needed_level(taken, bar, None, list(others.values())) + off, **others}
    figures: dict[int, Fraction] = {}
    for year, base in reversed(taken.terms(judged)):
        then = None if base is None else figures.setdefault(base, start)
        wanted = bar if year == latest else better
        figures[year] = needed_level(taken, wanted, then, ()) + (off if year == latest else 0)
    return figures


def _decimal(figure: Fraction) -> Decimal:
    return _short(Decimal(figure.numerator) / figure.denominator)


def _short(number: Decimal) -> Decimal:
    return Decimal(plain(number))
