"""What is said of gaps as columns is what is said of each."""

from __future__ import annotations

from hypothesis import given, settings

from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.gap_order import gap_rows
from ntm_rules.report.gap_texts import GapTexts
from ntm_rules.wording.gaps import gap_words
from ntm_rules.wording.hamlets import with_hamlets
from tests.examples import examples
from tests.strategies import YEAR, Case, cases


@settings(max_examples=examples(250))
@given(case=cases())
def test_a_gap_among_many_is_said_as_one_alone(case: Case) -> None:
    evaluation = evaluate(case.rules, case.records, years=[YEAR])
    order = gap_rows(evaluation)
    each = [
        with_hamlets(
            gap_words(case.rules, held.requirement, gap), case.rules, evaluation.facts(record), held.requirement
        )
        for record in range(len(evaluation.records))
        for held, gap in evaluation.gaps(record)
    ]
    assert GapTexts(evaluation, order.records, order.rows).missing.to_list() == each
