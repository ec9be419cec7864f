"""Every target of the real sets, walked across: t - ε, t, t + ε, counted and typed, by both evaluators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import pytest

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.reference import Facts, evaluate_commune, evaluate_conditions
from ntm_rules.exact import PERCENT, VALUE_SCALE, value_units
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Comparator, CriteriaSet, KnownTarget, Requirement
from ntm_rules.rulebook.loader import find_set, load_overlay, load_set
from ntm_rules.rulebook.resolve import resolve
from tests.conftest import ILLUSTRATIVE

LOADED = load_set(find_set("lai-chau-2026-2030"))
SETS = {
    "as stated": resolve(LOADED, as_of=dt.date(2026, 12, 31)),
    "illustrative": resolve(LOADED, as_of=dt.date(2026, 12, 31), overlays=[load_overlay(ILLUSTRATIVE)]),
}
EPSILON = Decimal("0.000001")
BASE = 1_000_000
EARLIER = Decimal(40)


def numeric_targets() -> Iterator[tuple[str, Requirement, str | None, Decimal]]:
    for name, rules in SETS.items():
        for requirement in rules.requirements():
            target = requirement.target
            if not isinstance(target, AwaitedTarget) and requirement.comparator is not Comparator.EQUALS:
                groups = [None] if isinstance(target, KnownTarget) else list(target.by_group)
                for group in groups:
                    value = target.value_for(group)
                    assert value is not None
                    yield name, requirement, group, value


CASES = list(numeric_targets())


def test_the_stated_set_has_six_numbers_and_four_grades() -> None:
    stated = [(r.id, v) for name, r, _group, v in CASES if name == "as stated"]
    assert sorted(stated) == sorted(
        [
            *(("2.1.c", Decimal(100)), ("2.1.d", Decimal(50)), ("2.6.a", Decimal(100))),
            *(("8.1.b", Decimal(80)), ("8.1.c", Decimal(50)), ("9.2.b", Decimal(90))),
            *((f"9.1.{x}", Decimal(2)) for x in "abcd"),
        ]
    )


def around(kind: str, target: Decimal) -> Iterator[tuple[int, Reported]]:
    """Yield (-1, 0 or 1: below, at or above the target, a value that lies there)."""
    if kind == "grade":
        yield from (
            (sign, Reported(State.PRESENT, int(target) + sign)) for sign in (-1, 0, 1) if 0 <= target + sign <= 3
        )
        return
    if kind == "growth":
        for sign in (-1, 0, 1):
            level = EARLIER * (1 + target / 100) + sign * EPSILON
            yield sign, Reported(State.PRESENT, value_units(level))
        return
    for sign in (-1, 0, 1):
        value = target + sign * EPSILON
        if kind == "share" and not 0 <= value <= 100:
            continue
        base = PERCENT * VALUE_SCALE if kind == "share" else 0
        yield sign, Reported(State.PRESENT, value_units(value), base)
    if kind == "share":
        exact = Fraction(target) * BASE / 100
        for things in {floor(exact), ceil(exact), floor(exact) - 1, ceil(exact) + 1}:
            if 0 <= things <= BASE:
                sign = (things > exact) - (things < exact)
                yield sign, Reported(State.PRESENT, things, BASE, counted=True)


def expected(comparator: Comparator, sign: int) -> str:
    meets = {
        Comparator.AT_LEAST: (0, 1),
        Comparator.AT_MOST: (-1, 0),
        Comparator.MORE_THAN: (1,),
        Comparator.LESS_THAN: (-1,),
    }
    return "MET" if sign in meets[comparator] else "NOT_MET"


def commune_of(rules: CriteriaSet, group: str | None) -> str:
    return next(c.code for c in rules.communes.within() if group is None or c.group == group)


@pytest.mark.parametrize(
    ("name", "requirement", "group", "target"), CASES, ids=lambda v: getattr(v, "id", None) or str(v)
)
def test_a_verdict_turns_at_its_target_and_nowhere_else(
    name: str, requirement: Requirement, group: str | None, target: Decimal
) -> None:
    rules = SETS[name]
    code = commune_of(rules, group)
    kind = rules.measures[requirement.measure].kind
    exists = {gate.measure: Reported(State.PRESENT, 1) for gate in requirement.gates}
    walked = 0
    for sign, value in around(kind, target):
        report = CommuneYear(code, "xã", 2026, {requirement.measure: value, **exists})
        earlier = CommuneYear(code, "xã", 2025, {requirement.measure: Reported(State.PRESENT, value_units(EARLIER))})
        wanted = expected(requirement.comparator, sign)
        facts = Facts(report, earlier, rules.communes[code].group)
        conditions = evaluate_conditions(rules, facts)
        found = evaluate_commune(rules, facts).find("requirement", requirement.id) or (
            conditions.find("requirement", requirement.id) if conditions else None
        )
        assert found is not None
        assert found.verdict.name == wanted, (sign, value)
        evaluation = evaluate(rules, [earlier, report], years=[2026])
        assert evaluation.verdict(evaluation.row_of["requirement", requirement.id], 0).name == wanted, (sign, value)
        walked += 1
    assert walked >= 2
