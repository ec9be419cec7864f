"""The meaning of the rule language, in full: plain recursion over the rule tree.

Short enough to read aloud to the officer who owns a rule. Every other evaluator is tested against
this one. No numpy, no pandas, no floats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from ntm_rules.dataset.records import NOT_REPORTED, CommuneYear, Reported, State, others_in
from ntm_rules.evaluation.hamlets import HamletTally, tallied
from ntm_rules.evaluation.standards import standard_verdict
from ntm_rules.evaluation.taking import FiguresOf, LackingFigures, take
from ntm_rules.evaluation.verdicts import BY_STANDARD, COMBINED_REASON, Reason, Verdict, combine
from ntm_rules.exact import plain_fraction
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    ClassedTarget,
    Classing,
    CriteriaSet,
    Criterion,
    Gate,
    Indicator,
    KnownTarget,
    Node,
    NotAsked,
    Requirement,
)
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.standards import Standard


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one commune in one year: its report, those of other years, and its group."""

    report: CommuneYear
    previous: CommuneYear | None = None
    group: str | None = None
    others: Mapping[int, CommuneYear] = field(default_factory=dict)
    """Its reports of other years."""
    classes: Mapping[str, str] | None = None
    """Its type and its classes by classification; None: as the register has them."""

    def class_of(self, rules: CriteriaSet, classing: Classing) -> str | None:
        """Return the class of the commune by which a target differs; None where it is not known."""
        if classing.is_answer:
            answer = self.report.get(classing.by)
            return classing.classes[answer.value] if answer.state is State.PRESENT else None
        if classing.is_group:
            return self.group
        if self.classes is not None:
            return self.classes.get(classing.by)
        commune = rules.communes.get(self.report.code)
        return commune.class_by(classing.by) if commune else None

    def before(self, measure: str) -> Reported:
        """Return what was reported for a measure in the year before."""
        return self.in_year(measure, self.report.year - 1)

    def in_year(self, measure: str, year: int) -> Reported:
        """Return what was reported for a measure in a year."""
        if year == self.report.year:
            return self.report.get(measure)
        if year == self.report.year - 1 and self.previous is not None:
            return self.previous.get(measure)
        record = self.others.get(year)
        return NOT_REPORTED if record is None else record.get(measure)

    def figures(self, measure: str) -> FiguresOf:
        """Return what was reported for a measure, by year."""
        return lambda year: self.in_year(measure, year)


def facts_of(report: CommuneYear, earlier: Mapping[tuple[str, int], CommuneYear], group: str | None = None) -> Facts:
    """Return what is known of a report's commune; `earlier`: (commune, year) -> the report of the year before."""
    return Facts(report, earlier.get((report.code, report.year)), group, others_in(earlier, report))


@dataclass(frozen=True, slots=True)
class Result:
    """The verdict of one node, why, and the results below it."""

    level: str
    id: str
    verdict: Verdict
    reason: Reason
    children: tuple[Result, ...] = ()
    requirement: Requirement | None = None
    """For a requirement: the rule it applies."""
    target: Decimal | None = None
    """The target of this commune, where one is known."""
    op: str = ""
    """How the children combine: `all`, `any`, `some`, or by a `standard`; empty for a requirement."""
    needed: int = 0
    """Of `some`: how many must be met."""

    def find(self, level: str, id_: str) -> Result | None:
        """Return the result of a node at or below this one."""
        if (self.level, self.id) == (level, id_):
            return self
        for child in self.children:
            if found := child.find(level, id_):
                return found
        return None


def evaluate_commune(rules: CriteriaSet, facts: Facts) -> Result:
    """Judge one commune for one year: the commune is `all` of the criteria, or what the set's standard makes of them."""
    criteria = tuple(evaluate_criterion(rules, criterion, facts) for criterion in rules.criteria)
    return _by_standard("commune", rules.id, rules.standard, criteria)


def evaluate_criterion(rules: CriteriaSet, criterion: Criterion, facts: Facts) -> Result:
    """Judge one criterion: it is `all` of its indicators, or what its own standard makes of them."""
    indicators = tuple(evaluate_indicator(rules, indicator, facts) for indicator in criterion.indicators)
    return _by_standard("criterion", criterion.id, criterion.standard, indicators)


def _by_standard(level: str, id_: str, standard: Standard | None, children: tuple[Result, ...]) -> Result:
    if standard is None:
        return _combined(level, id_, "all", children)
    known = {(one.level, one.id): one.verdict for child in children for one in (child, *child.children)}
    verdict = standard_verdict(standard, lambda named: known[named.level, named.id])
    return Result(level, id_, verdict, COMBINED_REASON[BY_STANDARD][verdict], children, op=BY_STANDARD)


def evaluate_conditions(rules: CriteriaSet, facts: Facts) -> Result | None:
    """Judge the further conditions of recognition, apart from the criteria; None if the set has none."""
    parts = tuple(_node(rules, condition.condition, facts) for condition in rules.conditions)
    return _combined("commune", "conditions", "all", parts) if parts else None


def evaluate_indicator(rules: CriteriaSet, indicator: Indicator, facts: Facts) -> Result:
    """Judge one indicator: it is what its condition is."""
    condition = _node(rules, indicator.condition, facts)
    if condition.requirement is not None:
        return Result("indicator", indicator.id, condition.verdict, condition.reason, (condition,), op="all")
    return replace(condition, level="indicator", id=indicator.id)


def _node(rules: CriteriaSet, node: Node, facts: Facts) -> Result:
    if isinstance(node, Requirement):
        return evaluate_requirement(rules, node, facts)
    children = tuple(_node(rules, child, facts) for child in node.children)
    return _combined("requirement", node.id, node.op, children, node.needed)


def _combined(level: str, id_: str, op: str, children: tuple[Result, ...], needed: int = 0) -> Result:
    verdict = combine(op, (child.verdict for child in children), needed)
    return Result(level, id_, verdict, COMBINED_REASON[op][verdict], children, op=op, needed=needed)


def evaluate_requirement(rules: CriteriaSet, requirement: Requirement, facts: Facts) -> Result:
    """Judge one requirement: the value held against the target, or why there is nothing to hold."""
    facts = with_tally(rules, requirement, facts)
    cell = own_target(rules, requirement, facts)
    reason = _judge(rules, requirement, facts, cell)
    target = cell.everywhere if isinstance(cell, KnownTarget) else None
    return Result("requirement", requirement.id, reason.verdict, reason, (), requirement, target)


def hamlet_results(rules: CriteriaSet, requirement: Requirement, facts: Facts) -> dict[str, Result]:
    """Return hamlet -> what comes of what each must meet, where a requirement counts the hamlets that do."""
    hamlets = requirement.hamlets
    if hamlets is None:
        return {}
    return {
        name: _node(rules, hamlets.each, Facts(record, group=facts.group, classes=facts.classes))
        for name, record in facts.report.hamlets.items()
    }


def with_tally(rules: CriteriaSet, requirement: Requirement, facts: Facts) -> Facts:
    """Return the facts with how many hamlets meet what the requirement asks of each, where it counts them.

    Where no hamlet is listed, what the commune itself reports stands.
    """
    if requirement.hamlets is None or not facts.report.hamlets:
        return facts
    results = hamlet_results(rules, requirement, facts)
    found = [result.verdict for result in results.values()]
    number, report = requirement.hamlets.number, facts.report
    tally = HamletTally.of([found.count(verdict) for verdict in Verdict], report.get(number) if number else None)
    cell = own_target(rules, requirement, facts)
    measure, typed = rules.measures[requirement.measure], report.get(requirement.measure)
    figure = tallied(measure, requirement.comparator, cell, tally, typed)
    return replace(facts, report=replace(report, values={**report.values, measure.id: figure}))


def with_tallies(rules: CriteriaSet, facts: Facts) -> Facts:
    """Return the facts with every tally of hamlets that the rules ask for."""
    for requirement in rules.counting_hamlets:
        facts = with_tally(rules, requirement, facts)
    return facts


def own_target(rules: CriteriaSet, requirement: Requirement, facts: Facts) -> Cell | None:
    """Return the target of a commune's class; None where it differs by class and the class is not known."""
    target = requirement.target
    return target.of_class(facts.class_of(rules, target.classing)) if isinstance(target, ClassedTarget) else target


def without_class(classing: Classing) -> Reason:
    """Return why nothing is judged where the class is needed and not known."""
    if classing.is_answer:
        return Reason.CLASS_UNANSWERED
    return Reason.GROUP_UNKNOWN if classing.is_group else Reason.CLASS_UNKNOWN


def _judge(rules: CriteriaSet, requirement: Requirement, facts: Facts, target: Cell | None) -> Reason:
    """The questions asked of one requirement, in their order; the first answer stands."""
    gates = [(gate, opens(gate, facts.report)) for gate in requirement.gates]
    for gate, opened in gates:
        if opened is False:
            return Reason.DOES_NOT_EXIST if gate.asks_for_any else Reason.EXCEPTED
    if any(opened is None for _gate, opened in gates):
        return Reason.EXISTENCE_UNANSWERED
    if isinstance(target, NotAsked):
        return Reason.CLASS_EXEMPT
    measure = rules.measures[requirement.measure]
    value = taken_value(measure, requirement, facts, target)
    if isinstance(value, LackingFigures):
        return value.reason
    if isinstance(target, AwaitedTarget):
        return Reason(target.reason)
    if target is None:
        assert isinstance(requirement.target, ClassedTarget), "any other target is the same for all"
        return without_class(requirement.target.classing)
    return Reason.REACHED if _reaches(requirement, value, target) else missed(requirement, measure)


def taken_value(
    measure: Measure, requirement: Requirement, facts: Facts, target: Cell | None = None
) -> Fraction | LackingFigures:
    """Return what is held against the target of a requirement, not rounded yet, or why there is nothing.

    Where each of several years must reach the target and one is known not to, that one is held against it, whatever
    the years that are missing.
    """
    figures, taken = facts.figures(requirement.measure), requirement.taken.of(measure)
    value = take(measure, taken, figures, facts.report.year, least=not requirement.wants_less)
    if isinstance(value, LackingFigures) and value.furthest is not None and isinstance(target, KnownTarget):
        return value if _reaches(requirement, value.furthest, target) else value.furthest
    return value


def _reaches(requirement: Requirement, value: Fraction, target: KnownTarget) -> bool:
    return requirement.comparator.reached(requirement.taken.rounded(value), Fraction(target.everywhere))


def opens(gate: Gate, report: CommuneYear) -> bool | None:
    """Tell whether a gate lets a commune's requirement through; None where the commune has not said."""
    reported = report.get(gate.measure)
    if reported.state is not State.PRESENT:
        return None
    return gate.opens(Fraction(reported.value) if gate.is_question else plain_fraction(reported.value))


def missed(requirement: Requirement, measure: Measure) -> Reason:
    """Return why a value that does not reach its target does not do."""
    if requirement.comparator.is_ceiling:
        return Reason.TOO_LATE if measure.traits.dated else Reason.ABOVE_TARGET
    if requirement.answer == 0:
        return Reason.ANSWERED_YES
    return SHORT.get(measure.kind, Reason.BELOW_TARGET)


SHORT = {
    "attestation": Reason.ANSWERED_NO,
    "ruling": Reason.RULED_NOT_MET,
    "grade": Reason.GRADE_BELOW,
    "date": Reason.TOO_EARLY,
}
"""Kind of measure -> why a value below the least demanded does not do, where it is no number."""
