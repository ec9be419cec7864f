"""One meaning, proven equal: every engine gives the reference's verdict and reason for every node.

A disagreement is written to `tests/evaluation/cases/` as JSON and stays there as a case of its own.
`HYPOTHESIS_PROFILE=long` runs fifty times as many.
"""

from __future__ import annotations

import inspect
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.records import EarlierOf
from ntm_rules.evaluation import engines
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.engines import ENGINES, evaluate_with, judge_commune
from ntm_rules.evaluation.reference import Result, evaluate_commune, evaluate_conditions, facts_of
from ntm_rules.rulebook.loader import LoadedSet, find_set, load_set
from tests.conftest import ROOT
from tests.evaluation.saved_cases import FOLDER, Verdicts, read_case, verdicts_of, write_case
from tests.examples import examples
from tests.rulebook.tiny import FILES
from tests.strategies import GROUPS, Case, cases, communes_in, crowds, sets, written_cases

Written = dict[str, LoadedSet]
COMMUNES = communes_in((*GROUPS, None) * 4)
"""The register of generated sets: twelve communes, some of a group that is not known."""


@pytest.fixture(params=[name for name in ENGINES if name != "reference"])
def engine(request: pytest.FixtureRequest) -> str:
    """Every engine that is compared with the reference; skipped where it is not installed."""
    if request.param == "durable":
        request.getfixturevalue("durable")
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def written_sets(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Written sets of different shapes."""
    folder = tmp_path_factory.mktemp("tiny")
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return {"lai-chau": load_set(find_set("lai-chau-2026-2030")), "tiny": load_set(folder)}


def assert_agrees(engine: str, case: Case, *, kept_in: Path = FOLDER) -> None:
    """Compare an engine with the reference over all nodes of all communes; save the case where they differ."""
    said = disagreement(engine, case)
    if not said:
        return
    codes = dict.fromkeys(record.code for record in case.records)
    alone = (Case(case.rules, tuple(record for record in case.records if record.code == code)) for code in codes)
    least = next((one for one in alone if disagreement(engine, one)), case)
    test = next(frame.function for frame in inspect.stack() if frame.function.startswith("test_"))
    path = write_case(least, f"{engine} differed from the reference in {test}", kept_in / f"found-{engine}-{test}.json")
    pytest.fail(
        f"{engine} differs from the reference:\n{said}\nsaved as {path.name} in {path.parent}: see by hand which "
        "is right, correct its verdicts if need be, name it after what it holds and commit it"
    )


def disagreement(engine: str, case: Case) -> str:
    """What an engine makes of a case that the reference does not, a line for each node; empty where they agree."""
    reference = evaluate_with("reference", case.rules, case.records)
    try:
        other = evaluate_with(engine, case.rules, case.records)
    except Exception as error:  # noqa: BLE001 - an engine that stops is one that differs, however it stops
        return f"it stops: {error!r}"
    assert other.table == reference.table
    if np.array_equal(other.verdicts, reference.verdicts) and np.array_equal(other.reasons, reference.reasons):
        return ""
    return differences(verdicts_of(other), verdicts_of(reference))


def differences(found: Verdicts, expected: Verdicts) -> str:
    """The nodes on which two evaluations differ, a line each."""
    return "\n".join(
        f"{record}: {node} is {found[record].get(node)}, the reference says {said}"
        for record, nodes in expected.items()
        for node, said in nodes.items()
        if found[record].get(node) != said
    )


# --- generated sets, generated reports -----------------------------------------------------------------


@settings(
    max_examples=settings.default.max_examples // 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_an_engine_equals_the_reference_on_generated_sets_and_crowds(engine: str, data: st.DataObject) -> None:
    """50 sets with 12 communes over three years: about 1,560 commune-years per engine."""
    assert_agrees(engine, data.draw(crowds(data.draw(sets(COMMUNES)), len(COMMUNES))))


# --- written sets, generated overlays and days -----------------------------------------------------------


@pytest.mark.long
@settings(
    max_examples=settings.default.max_examples // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_an_engine_equals_the_reference_on_the_real_set_whatever_the_overlays_and_the_day(
    engine: str, written_sets: Written, data: st.DataObject
) -> None:
    """25 resolved laws with 12 communes over three years: about 780 commune-years per engine."""
    assert_agrees(engine, data.draw(written_cases(written_sets["lai-chau"], 12)))


@settings(
    max_examples=settings.default.max_examples // 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_an_engine_equals_the_reference_on_a_small_written_set_whatever_the_overlays_and_the_day(
    engine: str, written_sets: Written, data: st.DataObject
) -> None:
    """50 resolved laws with both communes over two years: about 180 commune-years per engine."""
    assert_agrees(engine, data.draw(written_cases(written_sets["tiny"], 2)))


# --- one commune is many of one -----------------------------------------------------------------------------


def nodes_of(result: Result) -> dict[str, str]:
    found = {f"{result.level} {result.id}": f"{result.verdict.name} {result.reason.value}"}
    for child in result.children:
        found |= nodes_of(child)
    return found


@pytest.mark.long
@settings(max_examples=settings.default.max_examples // 2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases())
def test_one_commune_and_many_are_the_reference_result_to_the_last_field(engine: str, case: Case) -> None:
    """About 210 commune-years per engine, every value of every one drawn, so that a failure shrinks well."""
    assert_agrees(engine, case)
    by_key = {(r.code, r.year): r for r in case.records}
    batch = verdicts_of(evaluate_with("reference", case.rules, case.records))
    for record in case.records:
        earlier = EarlierOf(case.records, lambda code, year: by_key.get((code, year)))
        facts = facts_of(record, earlier, case.rules.communes[record.code].group)
        judgement = judge_commune(engine, case.rules, facts)
        expected, conditions = evaluate_commune(case.rules, facts), evaluate_conditions(case.rules, facts)
        assert (judgement.result, judgement.conditions) == (expected, conditions)
        nodes = nodes_of(expected)
        if conditions:
            nodes |= nodes_of(conditions)
            nodes["recognition conditions"] = nodes.pop("commune conditions")
        assert batch[f"{record.code}/{record.year}"] == nodes


@settings(max_examples=examples(100))
@given(cases(), st.integers(1, 3))
def test_blocks_change_nothing_on_generated_sets_and_reports(case: Case, block: int) -> None:
    whole = evaluate(case.rules, case.records)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ntm_rules.evaluation.columnar.BLOCK", block)
        blocked = evaluate(case.rules, case.records)
    assert (blocked.verdicts == whole.verdicts).all()
    assert (blocked.reasons == whole.reasons).all()


# --- saved cases ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
@pytest.mark.parametrize("name", list(ENGINES))
def test_a_saved_case_has_its_verdicts_on_every_engine(name: str, path: Path, request: pytest.FixtureRequest) -> None:
    if name == "durable":
        request.getfixturevalue("durable")
    case, expected = read_case(path)
    found = verdicts_of(evaluate_with(name, case.rules, case.records))
    assert found.keys() >= expected.keys() > set()
    for record, nodes in expected.items():
        assert found[record] == nodes


@settings(max_examples=settings.default.max_examples // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases())
def test_a_case_that_is_written_and_read_is_the_same_case(tmp_path: Path, case: Case) -> None:
    path = write_case(case, "any", tmp_path / "case.json")
    read, expected = read_case(path)
    again, _ = read_case(write_case(read, "any", tmp_path / "again.json"))
    assert path.read_text(encoding="utf-8") == (tmp_path / "again.json").read_text(encoding="utf-8")
    assert verdicts_of(evaluate_with("columnar", read.rules, read.records)) == expected
    assert again.records == read.records


def backwards(*arguments: object) -> engines.EngineOutput:
    judged = engines.ENGINES["columnar"].judge_all(*arguments)  # type: ignore[arg-type]
    return judged._replace(verdicts=4 - judged.verdicts)


def stopping(*arguments: object) -> engines.EngineOutput:
    raise ZeroDivisionError


@pytest.mark.parametrize(("judge", "said"), [(backwards, "the reference says"), (stopping, "it stops: ZeroDivision")])
def test_a_disagreement_is_saved_as_a_case_of_one_commune_that_shows_it(
    judge: engines.Judge, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = read_case(FOLDER / "ties-of-precedence.json")
    wrong = engines.Engine("wrong", "", ENGINES["columnar"].judge_commune, judge, lambda: None)
    monkeypatch.setattr(engines, "ENGINES", {**ENGINES, "wrong": wrong})
    with pytest.raises(pytest.fail.Exception, match=said) as failed:
        assert_agrees("wrong", case, kept_in=tmp_path)
    (path,) = tmp_path.glob("*.json")
    assert path.name in str(failed.value)
    kept, expected = read_case(path)
    assert {record.code for record in kept.records} == {"00001"}
    assert verdicts_of(evaluate_with("reference", kept.rules, kept.records)) == expected
    assert disagreement("wrong", kept)


def test_no_saved_case_is_left_as_the_machine_named_it() -> None:
    assert sorted(path.name for path in FOLDER.glob("found-*")) == []
    assert len(list(FOLDER.glob("*.json"))) >= 10
    assert FOLDER.is_relative_to(ROOT)
