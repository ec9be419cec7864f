"""The engines by name: the same answer in the same shape, and what is said where one cannot work."""

from __future__ import annotations

import numpy as np
import pytest

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.errors import NtmError
from ntm_rules.evaluation import durable_session, engines
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.engines import ENGINES, evaluate_with, judge_commune
from ntm_rules.evaluation.reference import Facts, evaluate_commune, evaluate_conditions
from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import CriteriaSet
from tests.samples.inputs import FOLDER, read


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "durable":
        request.getfixturevalue("durable")
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def records() -> list[CommuneYear]:
    return [record for record in read(FOLDER).records if record.code in ("03390", "03460", "03595")]


def test_there_are_three_and_each_says_what_it_is_good_for() -> None:
    assert list(ENGINES) == ["reference", "columnar", "durable"]
    words = [Message(engine.good_for).render(language) for engine in ENGINES.values() for language in ("vi", "en")]
    assert len(set(words)) == 2 * len(ENGINES)
    assert [name for name, known in ENGINES.items() if known.name != name] == []


def test_one_commune_of_the_real_set(engine: str, filled: CriteriaSet, records: list[CommuneYear]) -> None:
    by_key = {(record.code, record.year): record for record in records}
    judged = 0
    for record in records:
        facts = Facts(record, by_key.get((record.code, record.year - 1)), filled.communes[record.code].group)
        judgement = judge_commune(engine, filled, facts)
        assert judgement.result == evaluate_commune(filled, facts)
        assert judgement.conditions == evaluate_conditions(filled, facts)
        assert bool(judgement.trace) is (engine == "durable")
        judged += 1
    assert judged == len(records) >= 2


def test_many_communes_of_the_real_set(engine: str, filled: CriteriaSet, records: list[CommuneYear]) -> None:
    found, expected = evaluate_with(engine, filled, records, years=[2026]), evaluate(filled, records, years=[2026])
    assert np.array_equal(found.verdicts, expected.verdicts)
    assert np.array_equal(found.reasons, expected.reasons)
    assert (found.table, found.records, found.groups) == (expected.table, expected.records, expected.groups)
    assert [found.points(at) for at in range(len(found.records))] == [
        expected.points(at) for at in range(len(expected.records))
    ]
    assert [list(found.gaps(at)) for at in range(len(found.records))] == [
        list(expected.gaps(at)) for at in range(len(expected.records))
    ]


def test_no_records_are_no_verdicts(engine: str, filled: CriteriaSet) -> None:
    assert evaluate_with(engine, filled, []).verdicts.shape == (len(evaluate(filled, []).table), 0)


def test_an_unknown_name_is_answered_with_the_names_there_are(filled: CriteriaSet) -> None:
    with pytest.raises(NtmError) as raised:
        evaluate_with("colunmar", filled, [])
    assert [message.render("en") for message in raised.value.messages] == [
        "There is no engine “colunmar”; the engines are: reference, columnar, durable",
        "Did you mean “columnar”?",
    ]


def test_an_engine_that_cannot_work_here_is_refused_with_what_to_install(
    filled: CriteriaSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(durable_session.sys.modules, durable_session.LIBRARY, None)
    for call in (
        lambda: evaluate_with("durable", filled, []),
        lambda: judge_commune("durable", filled, Facts(CommuneYear("1", "xã", 2026))),
    ):
        with pytest.raises(NtmError, match=r"pip install 'ntm-rules\[durable\]'"):
            call()
    assert [name for name, known in engines.ENGINES.items() if known.unusable() is not None] == ["durable"]
