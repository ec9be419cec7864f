"""The points of a set are derived from its rules: whatever can happen is one, and what cannot is none."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings

from ntm_rules.dataset.records import EarlierOf
from ntm_rules.evaluation.reference import Result, evaluate_commune, evaluate_conditions, facts_of
from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.rulebook.borrowed import is_borrowed
from ntm_rules.rulebook.criteria_set import Combination, Comparator, CriteriaSet, Criterion, KnownTarget
from ntm_rules.workbench.testing.points import KINDS, PointToReach, at_first, first_readers, point_of, points
from tests.rulebook.tiny import RULES_2, Tiny
from tests.strategies import (
    PROVENANCE,
    SOURCE,
    Case,
    cases,
    criteria_set,
    indicator,
    measure,
    one_requirement_set,
    requirement,
)


def of(found: tuple[PointToReach, ...], node: str) -> list[str]:
    """A node's points in short."""
    said = []
    for point in found:
        if point.node == node:
            target = "" if point.kind != "boundary" else f" {point.target or 'supposed'}"
            said.append(f"{point.kind} {point.which}{target}{f' {point.group}' if point.group else ''}")
    return said


BOTH_ENDS = """\
  all:
    - {id: 2.1.a, measure: debt, at_least: 6, at_most: 8.5}
    - {id: 2.1.b, graded: party_grade, at_least: kha}
"""
ABSENT = ["verdict not_reported", "verdict invalid_value", "verdict conflicting_values"]


@pytest.fixture
def tiny_points(tiny: Tiny) -> tuple[PointToReach, ...]:
    return points([tiny.resolve(as_of=dt.date(year, 12, 31)) for year in (2026, 2027)])


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (
            "1.1",
            [
                *("verdict every_part_met", "verdict a_part_without_target", "verdict a_part_without_data"),
                *("verdict a_part_not_met", "part 1.1.a", "part 1.1.b", "part 1.1.c"),
            ],
        ),
        ("1.1.a", ["verdict reached", "verdict answered_no", *ABSENT]),
        (
            "1.1.b",
            [
                *("verdict reached", "verdict below_target", *ABSENT),
                *("boundary below 80", "boundary at 80", "boundary above 80"),
            ],
        ),
        (
            "1.1.c",
            [
                *("verdict one_alternative_met", "verdict a_part_without_target", "verdict a_part_without_data"),
                *("alternative none", "alternative 1.1.c.i", "alternative 1.1.c.ii"),
            ],
        ),
        (
            "1.1.c.i",
            [
                *("verdict reached", "verdict above_target", *ABSENT, "verdict nothing_to_count"),
                *("boundary below 50.5", "boundary at 50.5", "boundary above 50.5"),
                *("existence unanswered", "existence no", "existence yes"),
            ],
        ),
        (
            "1.1.c.ii",
            ["verdict reached", "verdict ruled_not_met", *ABSENT, "verdict ruling_awaited", "verdict standard_pending"],
        ),
        (
            "1.2",
            [
                *("verdict reached", "verdict below_target", *ABSENT, "verdict group_unknown"),
                *(f"boundary {side} 3 nhom-1" for side in ("below", "at", "above")),
                *(f"boundary {side} 2 nhom-2" for side in ("below", "at", "above")),
            ],
        ),
        (
            "2.1",
            [
                *("verdict reached", "verdict grade_below", *ABSENT),
                *("boundary below 1", "boundary at 1", "boundary above 1"),
            ],
        ),
        (
            "DK.1",
            [
                *("verdict reached", "verdict above_target", *ABSENT, "verdict target_pending"),
                *("boundary below supposed", "boundary at supposed", "boundary above supposed"),
            ],
        ),
    ],
)
def test_a_node_has_the_points_its_rule_gives_it(
    tiny_points: tuple[PointToReach, ...], node: str, expected: list[str]
) -> None:
    assert sorted(of(tiny_points, node)) == sorted(expected)


def test_dated_values_of_every_year_are_points(tiny_points: tuple[PointToReach, ...]) -> None:
    found = of(tiny_points, "2.2")
    assert [p for p in found if p.startswith("boundary at")] == [
        *("boundary at 7", "boundary at 9 nhom-1", "boundary at 8 nhom-2")
    ]
    assert {"verdict previous_year_missing", "verdict previous_year_zero", "verdict group_unknown"} <= set(found)


def test_points_stand_in_the_order_of_the_text_and_know_their_criterion(tiny_points: tuple[PointToReach, ...]) -> None:
    nodes = list(dict.fromkeys(point.node for point in tiny_points))
    assert nodes == ["1.1", "1.1.a", "1.1.b", "1.1.c", "1.1.c.i", "1.1.c.ii", "1.2", "2.1", "2.2", "2.3", "DK.1"]
    assert {(p.node[0], p.criterion) for p in tiny_points} == {("1", "1"), ("2", "2"), ("D", "")}
    for node in nodes:
        kinds = [KINDS.index(p.kind) for p in tiny_points if p.node == node]
        assert kinds == sorted(kinds)


@pytest.mark.parametrize(
    ("kind", "comparator", "target", "absent"),
    [
        ("share", Comparator.AT_LEAST, 100, {"boundary above"}),
        ("share", Comparator.AT_LEAST, 0, {"boundary below", "verdict below_target"}),
        ("share", Comparator.AT_MOST, 100, {"boundary above", "verdict above_target"}),
        ("share", Comparator.AT_MOST, 0, {"boundary below"}),
        ("amount", Comparator.AT_LEAST, -1, {"boundary below", "boundary at", "verdict below_target"}),
        ("amount", Comparator.AT_MOST, -1, {"boundary below", "boundary at", "verdict reached"}),
        ("count", Comparator.AT_LEAST, 3, set()),
        ("growth", Comparator.AT_LEAST, 5, set()),
        ("grade", Comparator.AT_LEAST, 0, {"boundary below", "verdict grade_below"}),
        ("grade", Comparator.AT_LEAST, 3, {"boundary above"}),
    ],
)
def test_what_a_figure_can_never_be_is_no_point(
    kind: str, comparator: Comparator, target: int, absent: set[str]
) -> None:
    rules = one_requirement_set(measure("m", kind), comparator, KnownTarget(PROVENANCE, everywhere=Decimal(target)))
    found = {f"{p.kind} {p.which}" for p in points([rules])}
    short = {"grade": "grade_below"}.get(kind, "above_target" if comparator is Comparator.AT_MOST else "below_target")
    every = {"verdict reached", f"verdict {short}", "boundary below", "boundary at", "boundary above"}
    assert every - found == absent


@pytest.mark.parametrize(("op", "alone"), [("all", ["part r2"]), ("any", ["alternative r1", "alternative r2"])])
def test_a_part_that_can_never_decide_need_not_stand_alone(op: str, alone: list[str]) -> None:
    """A share of at least 0 is never missed, so it fails no `all`, and an `any` with it is never missed."""
    share, answer = measure("share", "share"), measure("answer", "attestation")
    always = requirement("r1", "share", Comparator.AT_LEAST, KnownTarget(PROVENANCE, everywhere=Decimal(0)))
    other = requirement("r2", "answer", Comparator.EQUALS, KnownTarget(PROVENANCE, everywhere=Decimal(1)))
    whole = Combination(op=op, children=(always, other), id="1.1")
    criterion = Criterion(id="1", title="1", title_en="1", source=SOURCE, indicators=(indicator("1.1", whole),))
    rules = criteria_set((criterion,), {"share": share, "answer": answer})
    found = [f"{p.kind} {p.which}" for p in points([rules]) if p.node == "1.1" and p.kind in ("part", "alternative")]
    assert found == alone


def happened(result: Result) -> set[PointToReach]:
    own = {point_of(result.id, result.reason)} if result.level in ("indicator", "requirement") else set()
    return own.union(*(happened(child) for child in result.children))


def derived(rules: CriteriaSet) -> set[PointToReach]:
    return set(points([rules]))


@settings(max_examples=settings.default.max_examples // 2)
@given(cases())
def test_whatever_happens_is_a_point(case: Case) -> None:
    expected = derived(case.rules)
    by_key = {(r.code, r.year): r for r in case.records}
    for record in (one for one in case.records if one.year == case.rules.as_of.year):
        earlier = EarlierOf(case.records, lambda code, year: by_key.get((code, year)))
        facts = facts_of(record, earlier, case.rules.communes[record.code].group)
        result, conditions = evaluate_commune(case.rules, facts), evaluate_conditions(case.rules, facts)
        indicators = {i.id for i in case.rules.indicators() if i.condition.id != i.id}
        found = {p for p in happened(result) if p.node not in indicators}
        for condition in conditions.children if conditions else ():
            found |= happened(condition)
        first = first_readers([case.rules])
        own = {point for point in found if not is_borrowed(point.node) and not is_borrowed(point.which)}
        assert {at_first(point, first) for point in own} <= expected


def test_what_readers_make_of_a_figure_counts_once_however_many_requirements_read_it(tiny: Tiny) -> None:
    tiny.change(RULES_2, "  graded: party_grade\n  at_least: kha\n", BOTH_ENDS)
    laws = [tiny.resolve()]
    of_figure = [p.node for p in points(laws) if p.which == "not_reported" and p.node.startswith("2.1.")]
    assert of_figure == ["2.1.a.min", "2.1.b"]
    reached = at_first(point_of("2.1.a.max", Reason.NOT_REPORTED), first_readers(laws))
    assert reached.node == "2.1.a.min"
    assert at_first(point_of("2.1.a.max", Reason.REACHED), first_readers(laws)).node == "2.1.a.max"
