"""The same for one commune judged alone, from its results as a tree: no arrays are needed to look at one form.

What it says is what `lacks` and `tallies` say of the commune among all; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, MutableMapping, Sequence

from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.evaluation.gaps import Distance, distance_of
from ntm_rules.evaluation.held import held
from ntm_rules.evaluation.in_the_way import in_the_way
from ntm_rules.evaluation.reference import Facts, Result
from ntm_rules.evaluation.scores import tally
from ntm_rules.evaluation.verdicts import COMBINED_REASON, SOME, Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet, Criterion, Indicator
from ntm_rules.standing.reach import Reach, classings_of, criterion_reach, exists_in, questions_of, reach
from ntm_rules.standing.values import LACK_OF_REASON, Lack, Lacking, LevelCounts

USABLE = frozenset({State.PRESENT, State.AWAITED, State.NOTHING_TO_COUNT})
"""States of a figure or statement that can be used: a ruling that is still awaited is a statement too."""


def says_something(rules: CriteriaSet, record: CommuneYear) -> bool:
    """Tell whether a record holds at least one figure or statement that the rules ask for and that can be used."""
    counted = {one.measure for one in rules.counting_hamlets} if record.hamlets else ()
    asked = rules.asking_for.keys() - counted  # what is counted follows from the hamlets
    if any(value.state in USABLE and measure in asked for measure, value in record.values.items()):
        return True
    of_hamlets = rules.hamlet_measures
    return any(hamlet.get(measure).state in USABLE for hamlet in record.hamlets.values() for measure in of_hamlets)


def lacking_in(result: Result, conditions: Result | None = None) -> Iterator[Lacking]:
    """Yield what a commune lacks, in the order of the law's text, then of the further conditions."""
    for criterion in result.children:
        for indicator in criterion.children:
            yield from _lacking(indicator, indicator.verdict is Verdict.NO_DATA, condition=False)
    if conditions is not None:
        yield from _lacking(conditions, conditions.verdict is Verdict.NO_DATA, condition=True)


CHOSEN = (COMBINED_REASON["any"][Verdict.MET], COMBINED_REASON[SOME][Verdict.MET])
"""Why a whole is met of which some parts need not be."""


def _lacking(result: Result, decides: bool, *, condition: bool) -> Iterator[Lacking]:
    without = result.verdict is Verdict.NO_DATA
    if result.requirement is not None:
        if without:
            lack = LACK_OF_REASON.get(result.reason, Lack.FIGURE)
            yield Lacking(result.requirement, result.reason, lack, decides, condition)
        return
    if result.reason in CHOSEN:
        return
    for child in result.children:
        yield from _lacking(child, decides and without, condition=condition)


def lack_of(result: Result) -> Lack:
    """Return what a node without data lacks; `Lack.NONE` for one that is judged."""
    if result.verdict is not Verdict.NO_DATA:
        return Lack.NONE
    if result.requirement is not None:
        return LACK_OF_REASON.get(result.reason, Lack.FIGURE)
    return max(lack_of(child) for child in result.children)


def result_distance(rules: CriteriaSet, result: Result, facts: Facts) -> Distance:
    """Return how far a result is from being met; what `Evaluation.distance` says of the commune among all."""
    parts = [(part.verdict, result_distance(rules, part, facts)) for part in result.children]
    gap = held(rules, facts, result.requirement, result.verdict).gap if result.requirement is not None else None
    return distance_of(result.verdict, result.op, parts, gap, result.needed)


def nearest_first(rules: CriteriaSet, choice: Result, facts: Facts) -> Sequence[Result]:
    """Return those parts of a choice that are not met, the nearest first."""
    failed = (part for part in choice.children if part.verdict is Verdict.NOT_MET)
    return sorted(failed, key=lambda part: result_distance(rules, part, facts))


def ways_of(rules: CriteriaSet, result: Result, facts: Facts, verdict: Verdict) -> Iterator[Result]:
    """Yield the requirements that give a result a verdict; alternatives of an "or" not met come nearest first."""

    def parts(of: Result) -> Sequence[Result]:
        choice = of.op in ("any", SOME) and verdict is Verdict.NOT_MET
        return (nearest_first(rules, of, facts) if choice else ()) or of.children

    return in_the_way(result, verdict, lambda of: of.verdict, parts)


Reaches = MutableMapping[Hashable, Reach]
"""What parts of one law can come to for communes of a kind, worked out once."""


def counted_in(
    rules: CriteriaSet, facts: Facts, result: Result, level: str, reaches: Reaches | None = None
) -> LevelCounts:
    """Return the counts of a level ("criterion", "indicator") of one commune; `reaches`: those of the law known so far."""
    named: dict[tuple[str, str], Criterion | Indicator] = {("criterion", c.id): c for c in rules.criteria}
    named |= {("indicator", i.id): i for i in rules.indicators()}
    found = list(result.children)
    if level == "indicator":
        found = [indicator for criterion in found for indicator in criterion.children]
    counts = tally(one.verdict for one in found)
    lacks = [lack_of(one) for one in found]
    whole = attainable = 0
    for one in found:
        if one.verdict is Verdict.NOT_APPLICABLE:
            continue
        can = _reach(rules, facts, named[level, one.id], {} if reaches is None else reaches)
        whole += one.verdict is Verdict.MET or can.whole
        attainable += one.verdict is Verdict.MET or can.attainable
    return LevelCounts(
        met=counts.met,
        not_met=counts.not_met,
        owed=lacks.count(Lack.FIGURE),
        ruling=lacks.count(Lack.RULING),
        group=lacks.count(Lack.GROUP),
        no_target=counts.no_target,
        not_applicable=counts.not_applicable,
        judgeable=whole,
        attainable=attainable,
    )


def _reach(rules: CriteriaSet, facts: Facts, of: Criterion | Indicator, reaches: Reaches) -> Reach:
    nodes = [i.condition for i in of.indicators] if isinstance(of, Criterion) else [of.condition]
    asked = questions_of(rules, nodes)
    told = {measure: said for measure in asked if (said := exists_in(facts.report, measure)) is not None}
    differing = {one.by: (facts.class_of(rules, one), one.is_answer) for one in classings_of(nodes)}
    classes = {by: class_ for by, (class_, is_answer) in differing.items() if class_ is not None or not is_answer}
    kind = type(of), of.id, facts.group, tuple(told.items()), tuple(classes.items())
    if kind not in reaches:
        reaches[kind] = (
            criterion_reach(rules, of, facts.group, told, classes)
            if isinstance(of, Criterion)
            else reach(rules, nodes, facts.group, told, classes)
        )
    return reaches[kind]
