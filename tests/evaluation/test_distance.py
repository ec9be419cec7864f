"""The nearest alternative is the nearest, however "and" and "or" are nested: held against every way there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.gap_order import gap_rows
from ntm_rules.evaluation.gaps import Distance
from ntm_rules.evaluation.reference import Facts, Result, evaluate_commune
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Combination,
    Comparator,
    Criterion,
    Gate,
    KnownTarget,
    Node,
    Requirement,
)
from ntm_rules.rulebook.models import Measure
from ntm_rules.standing.one_commune import nearest_first, result_distance, ways_of
from tests.evaluation.test_gaps import amount, at
from tests.examples import examples
from tests.strategies import SOURCE, YEAR, Case, cases, criteria_set, indicator, measure, requirement

AWAITED = AwaitedTarget("awaited")


def leaf(name: str, target: KnownTarget | AwaitedTarget | None = None) -> Requirement:
    return requirement(name, name, Comparator.AT_LEAST, target or at(100))


def all_(name: str, *parts: Node) -> Combination:
    return Combination("all", parts, name)


def any_(name: str, *parts: Node) -> Combination:
    return Combination("any", parts, name)


def some(name: str, needed: int, *parts: Node) -> Combination:
    return Combination("some", parts, name, needed=needed)


def judged(node: Node, values: dict[str, str]) -> Evaluation:
    """A commune that reports amounts of 100: what is missing of them is a percentage of the target."""
    measures: dict[str, Measure] = {name: measure(name, "amount") for name in "abcdef"}
    criterion = Criterion("1", "1", "1", SOURCE, (indicator("1.1", node),))
    rules = criteria_set((criterion,), measures)
    return evaluate(rules, [CommuneYear("00001", "xã", YEAR, {name: amount(v) for name, v in values.items()})])


def order(evaluation: Evaluation) -> list[str]:
    """The gaps of the one commune in their order, as it is told alone and among many."""
    one = [held.requirement.id for held, _gap in evaluation.gaps(0)]
    assert [evaluation.table[row].id for row in gap_rows(evaluation).rows.tolist()] == one
    return one


@pytest.mark.parametrize(
    ("values", "relative", "requirements"),
    [
        ({"a": "100", "b": "80", "c": "50"}, Fraction(1, 5), 1),  # a is met: b is enough
        ({"a": "90", "b": "80", "c": "50"}, Fraction(1, 5), 2),
        ({"a": "90", "b": "80"}, Fraction(1, 5), 2),  # c is not known, and further than any
        ({"a": "90"}, Fraction(1), 2),
    ],
)
def test_so_many_of_the_parts_are_as_far_as_the_furthest_of_the_nearest_that_are_enough(
    values: dict[str, str], relative: Fraction, requirements: int
) -> None:
    evaluation = judged(some("1.1", 2, leaf("a"), leaf("b"), leaf("c")), values)
    at_row = evaluation.row_of["indicator", "1.1"]
    assert evaluation.distance(at_row, 0) == Distance(False, relative, requirements)


def test_where_too_few_parts_apply_what_is_lacking_is_as_far_as_what_nobody_knows() -> None:
    shut = replace(leaf("b"), gates=(Gate("f", Comparator.AT_LEAST, Decimal(1)),))
    values = {"a": "100", "b": "100", "c": "100", "f": "0"}
    evaluation = judged(some("1.1", 2, leaf("a"), shut), values)
    at_row = evaluation.row_of["indicator", "1.1"]
    assert evaluation.verdict(at_row, 0) is Verdict.NOT_MET
    assert evaluation.distance(at_row, 0) == Distance(False, Fraction(1), 1)
    assert list(evaluation.gaps(0)) == []


@pytest.mark.parametrize(
    ("choice", "values", "expected"),
    [
        # a or (b or c, and d): c is far, but b stands beside it
        (
            any_("1.1", leaf("a"), all_("x", any_("y", leaf("b"), leaf("c")), leaf("d"))),
            {"a": "70", "b": "90", "c": "1", "d": "80"},
            ["b", "c", "d", "a"],
        ),
        # the other way round: the alternative with the nearest single part is not the nearest
        (
            any_("1.1", leaf("a"), all_("x", leaf("b"), leaf("c"))),
            {"a": "70", "b": "99", "c": "60"},
            ["a", "b", "c"],
        ),
        # two of three are needed, so the nearest of them alone does not make them near
        (
            any_("1.1", some("x", 2, leaf("a"), leaf("b"), leaf("c")), leaf("d")),
            {"a": "50", "b": "99", "c": "60", "d": "70"},
            ["d", "b", "c", "a"],
        ),
        # an "or" directly below an "or" is one "or"
        (
            any_("1.1", leaf("a"), any_("x", leaf("b"), leaf("c"))),
            {"a": "70", "b": "10", "c": "80"},
            ["c", "b", "a"],
        ),
        # equals: the one with fewer things to do
        (
            any_("1.1", all_("x", leaf("a"), leaf("b")), leaf("c")),
            {"a": "70", "b": "70", "c": "70"},
            ["c", "a", "b"],
        ),
        # a figure that is not there is never as good as reached
        (
            any_("1.1", all_("x", leaf("a"), leaf("b")), leaf("c")),
            {"a": "90", "c": "50"},
            ["c", "a"],
        ),
        # what waits for the law as well comes after what can be met today
        (
            any_("1.1", all_("x", leaf("a"), leaf("b", AWAITED)), leaf("c")),
            {"a": "90", "b": "1", "c": "50"},
            ["c", "a"],
        ),
    ],
)
def test_the_nearest_alternative_comes_first(choice: Combination, values: dict[str, str], expected: list[str]) -> None:
    assert order(judged(choice, values)) == expected


Way = tuple[bool, Fraction]


def ways(evaluation: Evaluation, at: int) -> Iterator[Way]:
    """Every choice of one alternative for each "or", and of so many parts as are needed: whether it waits for the law, and its furthest part."""
    row, verdict = evaluation.table[at], evaluation.verdict(at, 0)
    if verdict in (Verdict.MET, Verdict.NOT_APPLICABLE):
        yield False, Fraction(0)
    elif not row.children:
        gap = evaluation.gap(at, 0)
        yield verdict is Verdict.NO_TARGET, gap.closeness if gap else Fraction(verdict is Verdict.NO_DATA)
    else:
        applies = [child for child in row.children if evaluation.verdict(child, 0) is not Verdict.NOT_APPLICABLE]
        if row.op == "any":
            for child in applies:
                yield from ways(evaluation, child)
        else:
            needed = row.needed or len(applies)
            for chosen in combinations(applies, min(needed, len(applies))):
                lacking = [[(False, Fraction(1))]] * (needed - len(chosen))
                for taken in product(*(list(ways(evaluation, child)) for child in chosen), *lacking):
                    yield any(waits for waits, _ in taken), max(far for _, far in taken)


def choices(evaluation: Evaluation) -> list[int]:
    """Rows of every "or" in the way."""
    rows = evaluation.table
    return [at for at, row in enumerate(rows) if row.op == "any" and evaluation.verdict(at, 0) is Verdict.NOT_MET]


def failed(evaluation: Evaluation, at: int) -> list[int]:
    return [child for child in evaluation.table[at].children if evaluation.verdict(child, 0) is Verdict.NOT_MET]


def leaves_of(evaluation: Evaluation, at: int) -> set[int]:
    children = evaluation.table[at].children
    return set().union(*(leaves_of(evaluation, child) for child in children)) if children else {at}


def first_of(case: Case) -> tuple[Evaluation, Facts]:
    """The case's first commune alone."""
    last = next(record for record in case.records if record.year == YEAR)
    evaluation = evaluate(case.rules, [r for r in case.records if r.code == last.code], years=[YEAR])
    return evaluation, evaluation.facts(0)


@settings(
    max_examples=examples(200),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(case=cases())
def test_of_generated_trees_no_way_is_nearer_than_the_alternative_shown_first(case: Case) -> None:
    evaluation, _facts = first_of(case)
    position = {
        evaluation.row_of["requirement", held.requirement.id]: n for n, (held, _gap) in enumerate(evaluation.gaps(0))
    }
    for choice in choices(evaluation):
        told = failed(evaluation, choice)
        shown = [min((position[x] for x in leaves_of(evaluation, a) if x in position), default=None) for a in told]
        if None in shown:
            continue  # the "or" stands below another part of what is not in the way
        best = {a: min(ways(evaluation, a)) for a in told}
        first = min(zip(shown, told, strict=True))[1]
        assert best[first] == min(best.values()) or best[first][0], (best, first)
        if not best[first][0]:
            assert evaluation.distance(first, 0).relative == min(far for waits, far in best.values() if not waits)


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(case=cases())
def test_one_commune_is_told_what_the_batch_tells(case: Case) -> None:
    evaluation, facts = first_of(case)
    whole = evaluate_commune(case.rules, facts)

    def walk(result: Result) -> Iterator[Result]:
        yield result
        for child in result.children:
            yield from walk(child)

    for result in walk(whole):
        at = evaluation.row_of.get((result.level, result.id))
        if at is not None:
            assert result_distance(case.rules, result, facts) == evaluation.distance(at, 0)
        if result.op in ("any", "some") and result.verdict is Verdict.NOT_MET:
            told = [found.id for found in ways_of(case.rules, result, facts, Verdict.NOT_MET)]
            in_turn = nearest_first(case.rules, result, facts)
            assert told == [found.id for part in in_turn for found in ways_of(case.rules, part, facts, Verdict.NOT_MET)]
    one_by_one = [
        found.id
        for criterion in whole.children
        for result in criterion.children
        for found in ways_of(case.rules, result, facts, Verdict.NOT_MET)
    ]
    conditions = evaluation.level("recognition")
    batch = [held.requirement.id for held, _gap in evaluation.gaps(0)]
    assert batch[: len(one_by_one)] == one_by_one
    assert conditions or len(batch) == len(one_by_one)
