"""What stands in the way: over columns the same as in the tree of each commune, which is a view of the arrays."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.in_the_way import in_the_way
from ntm_rules.evaluation.reference import Result, evaluate_commune, evaluate_conditions
from ntm_rules.evaluation.verdicts import Verdict
from tests.examples import examples
from tests.strategies import Case, cases


def parts(result: Result) -> tuple[Result, ...]:
    return result.children


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(case=cases())
def test_of_generated_trees_columns_and_trees_name_the_same_requirements(case: Case) -> None:
    evaluation = evaluate(case.rules, case.records)
    for record in range(len(evaluation.records)):
        facts = evaluation.facts(record)
        result, conditions = evaluation.result(record), evaluation.conditions(record)
        assert result == evaluate_commune(case.rules, facts)
        assert conditions == evaluate_conditions(case.rules, facts)
        starts = [indicator for criterion in result.children for indicator in criterion.children]
        starts += [conditions] if conditions is not None else []
        for verdict in Verdict:
            one_by_one = {
                found.id for start in starts for found in in_the_way(start, verdict, lambda r: r.verdict, parts)
            }
            column = evaluation.in_the_way(verdict)[:, record]
            rows = [at for at in column.nonzero()[0].tolist() if not evaluation.table[at].children]
            assert {evaluation.table[at].id for at in rows} == one_by_one
