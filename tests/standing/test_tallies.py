"""Met of what can be judged beside met of all; what is owed apart from what waits for a body or the law."""

from __future__ import annotations

import pytest

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.tallies import counted
from tests.standing.conftest import AWAITED, judged


@pytest.mark.parametrize("level", ["criterion", "indicator"])
def test_the_counts_are_those_of_the_verdicts_with_no_data_told_apart(sample: Evaluation, level: str) -> None:
    rulings = 0
    for record, counts in enumerate(counted(sample, level)):
        tally = sample.tally(sample.level(level), [record])
        assert (counts.met, counts.not_met, counts.no_data, counts.no_target, counts.not_applicable) == (
            tally.met,
            tally.not_met,
            tally.no_data,
            tally.no_target,
            tally.not_applicable,
        )
        assert counts.applicable == tally.applicable
        assert counts.met <= counts.judgeable <= counts.attainable <= counts.applicable
        rulings += counts.ruling
    assert rulings > 0


def test_a_ruling_awaited_is_not_among_what_is_owed(lai_chau: CriteriaSet) -> None:
    measure = lai_chau.requirement_by_id["5.1"].measure
    awaited, silent = counted(judged(lai_chau, {measure: AWAITED}, {}), "indicator")
    assert (awaited.ruling, silent.ruling) == (1, 0)
    assert awaited.owed == silent.owed - 1
