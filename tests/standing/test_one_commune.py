"""One commune judged alone stands as it does among all, and looking at it loads no arrays."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.reference import Facts, evaluate_commune, evaluate_conditions
from ntm_rules.standing.lacks import lacks_of
from ntm_rules.standing.one_commune import Reaches, counted_in, lacking_in
from ntm_rules.standing.recognition import recognised_in
from ntm_rules.standing.tallies import counted


@pytest.mark.parametrize("law", ["sample", "illustrated"])
def test_alone_and_among_all_the_same(law: str, request: pytest.FixtureRequest) -> None:
    evaluation: Evaluation = request.getfixturevalue(law)
    lacks = lacks_of(evaluation)
    criteria, indicators = (counted(evaluation, level, lacks) for level in ("criterion", "indicator"))
    reaches: Reaches = {}
    for record, report in enumerate(evaluation.records):
        facts = Facts(report, evaluation.previous.get((report.code, report.year)), evaluation.groups[record])
        result, conditions = evaluate_commune(evaluation.rules, facts), evaluate_conditions(evaluation.rules, facts)
        assert list(lacking_in(result, conditions)) == list(lacks.of(record))
        assert counted_in(evaluation.rules, facts, result, "criterion", reaches) == criteria[record]
        assert counted_in(evaluation.rules, facts, result, "indicator", reaches) == indicators[record]
        assert recognised_in(evaluation.rules, facts, result, conditions) is None


def test_no_arrays_are_loaded() -> None:
    program = (
        "import sys; import ntm_rules.standing.one_commune, ntm_rules.wording.standing;print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
