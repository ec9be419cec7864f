"""One meaning, proven equal: every evaluator gives the reference's verdict and reason for every node."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.reference import Facts, Result, evaluate_commune, evaluate_conditions
from tests.strategies import Case, cases


def nodes_of(result: Result) -> dict[tuple[str, str], tuple[str, str]]:
    found = {(result.level, result.id): (result.verdict.name, result.reason.value)}
    for child in result.children:
        found |= nodes_of(child)
    return found


@settings(max_examples=3 * settings.default.max_examples)
@given(cases())
def test_columnar_equals_reference_on_generated_sets_and_reports(case: Case) -> None:
    evaluation = evaluate(case.rules, case.records)
    by_key = {(r.code, r.year): r for r in case.records}
    for at, record in enumerate(case.records):
        facts = Facts(record, by_key.get((record.code, record.year - 1)), case.rules.communes[record.code].group)
        expected = nodes_of(evaluate_commune(case.rules, facts))
        conditions = evaluate_conditions(case.rules, facts)
        if conditions:
            below = nodes_of(conditions)
            below[("recognition", "conditions")] = below.pop(("commune", "conditions"))
            expected |= below
        actual = {
            (row.level, row.id): (evaluation.verdict(i, at).name, evaluation.reason(i, at).value)
            for i, row in enumerate(evaluation.table)
        }
        assert actual == expected


@given(cases(), st.integers(1, 3))
def test_blocks_change_nothing_on_generated_sets_and_reports(case: Case, block: int) -> None:
    whole = evaluate(case.rules, case.records)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ntm_rules.evaluation.columnar.BLOCK", block)
        blocked = evaluate(case.rules, case.records)
    assert (blocked.verdicts == whole.verdicts).all()
    assert (blocked.reasons == whole.reasons).all()
