"""What a demonstration shows: every verdict, cases on and beside a target, a commune that reaches the end."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.loader import load_overlay
from ntm_rules.rulebook.resolve import resolve
from tests.samples.inputs import CLEAN, FOLDER, SAMPLES, SET, read

LAST_DAY = dt.date(2026, 12, 31)
OVERLAY = load_overlay(SAMPLES / "minh-hoa.overlay.yaml")


def judged(name: str, *, overlay: bool) -> Evaluation:
    """Judge one input for 2026, with or without the invented targets."""
    rules = resolve(SET, as_of=LAST_DAY, overlays=[OVERLAY] if overlay else [])
    return evaluate(rules, read(name).records, years=[2026])


@pytest.fixture(scope="module")
def by_law() -> Evaluation:
    return judged(FOLDER, overlay=False)


@pytest.fixture(scope="module")
def with_invented_targets() -> Evaluation:
    return judged(FOLDER, overlay=True)


def verdict(evaluation: Evaluation, level: str, node: str, code: str) -> Verdict:
    """Return one node's verdict for one commune."""
    at = [record.code for record in evaluation.records].index(code)
    return evaluation.verdict(evaluation.row_of[level, node], at)


def criteria_met(evaluation: Evaluation) -> dict[str, int]:
    """Return how many criteria each commune meets."""
    return {
        record.name: evaluation.tally(evaluation.level("criterion"), [n]).met
        for n, record in enumerate(evaluation.records)
    }


EDGES = [
    ("8.1.b", "03618", Verdict.MET, "1600/2000 is 80%"),
    ("8.1.b", "03549", Verdict.NOT_MET, "1599/2000 is 79.95%"),
    ("8.1.b", "03595", Verdict.NOT_MET, "1999/2500 is 79.96%"),
    ("8.1.c", "03424", Verdict.MET, "930/1860 is 50%"),
    ("8.1.c", "03583", Verdict.NOT_MET, "a kilogram above 50%"),
    ("9.2.b", "03637", Verdict.MET, "117/130 is 90%"),
    ("9.2.b", "03445", Verdict.NOT_MET, "116/130"),
    ("2.1.c", "03598", Verdict.NOT_MET, "41.999 of 42 km"),
]


@pytest.mark.parametrize(("requirement", "code", "expected", "why"), EDGES, ids=[edge[3] for edge in EDGES])
def test_a_case_on_the_target_is_met_and_one_a_hair_beside_it_is_not(
    by_law: Evaluation, requirement: str, code: str, expected: Verdict, why: str
) -> None:
    assert verdict(by_law, "requirement", requirement, code) is expected


@pytest.mark.parametrize(("code", "expected"), [("03616", Verdict.MET), ("03601", Verdict.NOT_MET)])
def test_income_growing_by_exactly_7_percent_reaches_an_invented_7_percent(
    with_invented_targets: Evaluation, code: str, expected: Verdict
) -> None:
    assert verdict(with_invented_targets, "indicator", "3.1", code) is expected


def test_by_law_alone_every_verdict_occurs_among_the_indicators(by_law: Evaluation) -> None:
    counts = dict.fromkeys(Verdict, 0)
    for n in range(len(by_law.records)):
        for row in by_law.level("indicator"):
            counts[by_law.verdict(row, n)] += 1
    assert min(counts.values()) >= 10
    assert sum(counts.values()) == 36 * 45


def test_by_law_alone_no_commune_can_meet_a_criterion_that_awaits_its_targets(by_law: Evaluation) -> None:
    met = {
        by_law.table[row].id
        for row in by_law.level("criterion")
        for n in range(len(by_law.records))
        if by_law.verdict(row, n) is Verdict.MET
    }
    assert met == {"5", "9", "10"}


def test_with_invented_targets_binh_lu_meets_all_and_two_communes_come_near(with_invented_targets: Evaluation) -> None:
    met = criteria_met(with_invented_targets)
    assert sorted(met.values(), reverse=True)[:3] == [10, 9, 8]
    assert (met["Bình Lư"], met["Than Uyên"], met["Tân Uyên"]) == (10, 9, 8)
    at = [record.name for record in with_invented_targets.records].index("Bình Lư")
    [whole] = with_invented_targets.level("commune")
    assert with_invented_targets.verdict(whole, at) is Verdict.MET


def test_with_invented_targets_no_indicator_awaits_a_target(with_invented_targets: Evaluation) -> None:
    assert not (with_invented_targets.verdicts == Verdict.NO_TARGET).any()


def test_the_clean_tables_lead_to_the_verdicts_of_the_long_one() -> None:
    expected = judged(CLEAN[0], overlay=True).verdicts.tolist()
    assert all(judged(name, overlay=True).verdicts.tolist() == expected for name in CLEAN[1:])
