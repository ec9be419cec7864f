"""Every hazard of durable-rules 2.0.28: first seen in the bare library, then shown to be absent here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation import durable_session, rete
from ntm_rules.evaluation.durable_session import EngineFailure, Ruleset, distinct_symbols, library_hash
from ntm_rules.evaluation.engines import evaluate_with, judge_commune
from ntm_rules.evaluation.reference import Facts, evaluate_commune
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import Combination, Comparator, CriteriaSet, Criterion, KnownTarget, Node
from ntm_rules.rulebook.models import Measure
from tests.conftest import ROOT
from tests.evaluation.bare_durable import HAZARDS
from tests.strategies import PROVENANCE, SOURCE, criteria_set, indicator, measure, requirement

pytestmark = pytest.mark.usefixtures("durable")

Bare = Callable[[str], Any]


@pytest.fixture(scope="module")
def bare() -> Bare:
    """Run one demonstration of the bare library in a process of its own; return what it found."""

    def run(name: str) -> Any:
        assert name in HAZARDS
        return json.loads(in_a_process("tests.evaluation.bare_durable", name))

    return run


def in_a_process(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


SHARE = measure("share", "share")
EIGHTY = KnownTarget(PROVENANCE, everywhere=Decimal(80))


def at_least_80(id_: str, of: str = "share") -> Node:
    return requirement(id_, of, Comparator.AT_LEAST, EIGHTY)


def small_set(*conditions: Node, measures: tuple[Measure, ...] = (SHARE,)) -> CriteriaSet:
    """One criterion with an indicator per condition."""
    indicators = tuple(indicator(f"1.{n}", condition) for n, condition in enumerate(conditions, 1))
    criterion = Criterion(id="1", title="1", title_en="1", source=SOURCE, indicators=indicators)
    return criteria_set((criterion,), {spec.id: spec for spec in measures})


def percent(share: str) -> Reported:
    return Reported(State.PRESENT, int(Decimal(share).scaleb(7)), 100 * 10**7)


def report(code: str = "00001", **values: Reported) -> CommuneYear:
    return CommuneYear(code, f"xã {code}", 2026, values)


@pytest.fixture
def entered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that enters the library while a test runs."""
    texts: list[str] = []
    ruleset = rete._ruleset()
    library = ruleset._library

    class Watched:
        def __getattr__(self, name: str) -> object:
            function = getattr(library, name)
            if name == "error":
                return function

            def call(*arguments: object) -> object:
                texts.extend(argument for argument in arguments if isinstance(argument, str))
                return function(*arguments)

            return call

    monkeypatch.setattr(ruleset, "_library", Watched())
    return texts


# --- numbers and texts -----------------------------------------------------------------------------


def test_a_text_reaches_a_threshold_in_the_library_but_no_text_and_no_number_enters_here(
    bare: Bare, entered: list[str]
) -> None:
    assert bare("strings_against_numbers") == ["abc", "9", 80], "two texts reach 80"
    written = percent("79.95")._replace(written="79,95 (báo cáo của xã)", document="Báo cáo số 12/BC-UBND")
    judged = judge_commune("durable", small_set(at_least_80("1.1.a")), Facts(report(share=written))).result
    assert (judged.verdict, judged.find("requirement", "1.1.a").reason.value) == (Verdict.NOT_MET, "below_target")
    for text in entered:
        if text == "commune":
            continue
        for fact in json.loads(text):
            assert set(fact) <= {"sid", "id", "kind", "verdict", "after", "up_to"}
            assert all(isinstance(value, str) and value.isascii() and value[0].isalpha() for value in fact.values())
            assert fact["verdict"] in Verdict.__members__
    assert "share" not in "".join(entered)


@pytest.mark.parametrize(
    "fact",
    [
        {"id": "n1", "kind": "all only", "verdict": 80},
        {"id": "n1", "kind": "all only", "verdict": 0.5},
        {"id": "n1", "kind": "all only", "verdict": "79,95"},
        {"id": "n1", "kind": "all only", "verdict": "1e-07"},
        {"id": "n1", "kind": "all only", "verdict": "đạt"},
        {"id": "n1", "kind": "all only", "verdict": 'MET","sid":"another'},
        {"id": "n1", "kind": "all only", "verdict": "MET\n"},
        {"id": "n1", "kind": "all only", "share": "MET"},
        {"kind": "all only", "verdict": "MET"},
    ],
)
def test_only_symbols_pass_the_door(fact: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match="only symbols may enter"):
        rete._ruleset().run([fact], lambda *_: None)


def test_an_exponent_is_lost_in_the_library_with_all_that_follows_it_but_judged_here(bare: Bare) -> None:
    seen = bare("exponents")
    assert seen["alone"] == [0.5]
    assert seen["together"] == [1], "the third share was there and was not judged"
    assert seen["answers"] == ["taken", "error", "taken"], "and the call of three said nothing"
    tiny = measure("tiny", "amount")
    target = KnownTarget(PROVENANCE, everywhere=Decimal("0.0001"))
    rules = small_set(requirement("1.1.a", "tiny", Comparator.AT_MOST, target), measures=(tiny,))
    facts = Facts(report(tiny=Reported(State.PRESENT, 1)))  # 1e-07
    assert judge_commune("durable", rules, facts).result.verdict is Verdict.MET


# --- 32 bits ---------------------------------------------------------------------------------------


def test_two_facts_of_one_hash_are_one_fact_in_the_library_but_two_here(bare: Bare) -> None:
    assert bare("collision_of_ids") == {"seen": ["10.31.a"], "answers": ["taken", "MessageObservedException"]}
    assert bare("collision_of_contents") == {"seen": ["17.14.h"], "answers": ["taken", "MessageObservedException"]}
    assert library_hash("10.31.a") == library_hash("9.89.ii")
    alike = Combination("any", (at_least_80("10.31.a", "low"), at_least_80("9.89.ii", "high")), "1.1.x")
    rules = small_set(alike, measures=(measure("low", "share"), measure("high", "share")))
    facts = Facts(report(low=percent("10"), high=percent("90")))
    result = judge_commune("durable", rules, facts).result
    assert result == evaluate_commune(rules, facts)
    assert [result.find("requirement", id_).verdict.name for id_ in ("10.31.a", "9.89.ii")] == ["NOT_MET", "MET"]
    assert result.verdict is Verdict.MET


def test_symbols_of_one_hash_are_never_given_out_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """With candidates that collide, the set takes others; without that care the library would lose a fact."""
    pairs = ["n31780", "u121822", "n31781", "u121823", "n31782", "u121820", "n31783", "u121821"]
    assert len({library_hash(name) for name in pairs}) == 4
    chosen = list(distinct_symbols([*pairs, "sid-commune"]))
    assert chosen == ["n31780", "n31781", "n31782", "n31783"], "nor the id of the library's own fact"

    rules = small_set(*(at_least_80(f"1.{n}.a") for n in range(1, 4)))
    facts = Facts(report(share=percent("90")))
    with monkeypatch.context() as patch:
        patch.setattr(rete, "count", lambda: iter([31780, 31781, 31782, 31783, *range(8)]))
        assert judge_commune("durable", rules, facts).result.verdict is Verdict.MET

        def careless(_: object) -> Any:
            return iter([*pairs, "n1", "n2"])

        patch.setattr(rete, "distinct_symbols", careless)
        with pytest.raises(EngineFailure, match="2"):
            judge_commune("durable", rules, facts)
    assert judge_commune("durable", rules, facts).result.verdict is Verdict.MET, "and the next commune is judged"


def test_two_sessions_of_one_hash_are_one_session_in_the_library_but_communes_never_meet_here(bare: Bare) -> None:
    assert bare("collision_of_sessions") == [["10.31.a", "9.89.ii"]], "half a rule from each commune, and it fires"
    rules = small_set(at_least_80("1.1.a"))
    records = [report("10.31.a", share=percent("90")), report("9.89.ii", share=percent("10"))]
    judged = evaluate_with("durable", rules, records)
    assert [judged.verdict(len(judged.table) - 1, at).name for at in (0, 1)] == ["MET", "NOT_MET"]


# --- sessions and memory ---------------------------------------------------------------------------


def test_the_1025th_session_fails_in_the_library_but_5000_communes_are_judged_here(bare: Bare) -> None:
    assert bare("sessions") == {"judged": 1024, "first refused": 1025, "refused": 6}
    rules = small_set(at_least_80("1.1.a"))
    records = [report(f"{n:05d}", share=Reported(State.PRESENT, n % 160, 160, counted=True)) for n in range(5000)]
    durable, columnar = (evaluate_with(engine, rules, records) for engine in ("durable", "columnar"))
    assert np.array_equal(durable.verdicts, columnar.verdicts)
    assert np.array_equal(durable.reasons, columnar.reasons)
    assert len(np.unique(durable.verdicts)) == 2


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_memory_stays_flat_over_20000_communes_where_the_library_keeps_every_session(bare: Bare) -> None:
    assert bare("memory") > 0.4, "megabytes a session, kept; with 20,000 communes 12 GB"
    grown = json.loads(in_a_process("tests.evaluation.twenty_thousand"))
    assert grown["communes"] == 20_000
    assert grown["kilobytes"] < 512, "26 bytes kept of each commune would show"


# --- what the Python layer of the library does ---------------------------------------------------------


def test_an_exception_is_swallowed_by_the_library_but_raised_here(bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    swallowed = bare("swallowed")
    assert swallowed["answer"] == "taken"
    assert "the action failed" in swallowed["state"]
    rules = small_set(at_least_80("1.1.a"))
    facts = Facts(report(share=percent("90")))
    with monkeypatch.context() as patch:

        def broken(*_: object) -> None:
            raise ZeroDivisionError("a conclusion failed")

        patch.setattr(rete._Derivation, "_conclude", broken)
        with pytest.raises(ZeroDivisionError, match="a conclusion failed"):
            judge_commune("durable", rules, facts)
    assert judge_commune("durable", rules, facts).result.verdict is Verdict.MET, "and the next commune is judged"


def test_a_host_starts_two_timer_threads_but_nothing_runs_beside_us_here(bare: Bare) -> None:
    assert bare("timers") == [1, 3]
    before = threading.enumerate()
    judge_commune("durable", small_set(at_least_80("1.1.a")), Facts(report(share=percent("90"))))
    assert threading.enumerate() == before
    assert "durable.engine" not in sys.modules, "the layer that starts them is not even loaded"


def test_a_ruleset_cannot_be_replaced_in_the_library_but_any_number_of_sets_takes_one_here(
    bare: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bare("one_name_twice") == {"said": "Ruleset with name rules already registered", "ways out": []}
    made: list[str] = []
    rete._ruleset()
    monkeypatch.setattr(Ruleset, "__init__", lambda self, name, rules: made.append(name))
    other = measure("other", "share")
    mild = small_set(at_least_80("1.1.a"), measures=(SHARE, other))
    strict = small_set(at_least_80("1.1.a"), at_least_80("1.2.a", "other"), measures=(SHARE, other))
    facts = Facts(report(share=percent("90")))
    for _ in range(20):  # the same ids, another law, in turns
        assert judge_commune("durable", mild, facts).result.verdict is Verdict.MET
        assert judge_commune("durable", strict, facts).result.verdict is Verdict.NO_DATA
    assert made == []


def test_calls_of_two_threads_overtake_each_other_in_the_library_but_not_here(bare: Bare) -> None:
    assert bare("two_threads") > 0, "calls that came back before their rule had run"
    names = ("durable", "columnar")
    sets = [small_set(at_least_80("1.1.a")), small_set(at_least_80("1.1.a"), at_least_80("1.2.a"))]
    records = [report(f"{n:05d}", share=percent(str(n % 100))) for n in range(300)]
    found: dict[int, Any] = {}
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [
            threading.Thread(target=lambda at=at: found.update({at: evaluate_with(names[0], sets[at % 2], records)}))
            for at in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    finally:
        sys.setswitchinterval(interval)
    assert sorted(found) == [0, 1, 2, 3]
    for at, judged in found.items():
        expected = evaluate_with(names[1], sets[at % 2], records)
        assert np.array_equal(judged.verdicts, expected.verdicts)
        assert np.array_equal(judged.reasons, expected.reasons)


def test_a_rule_of_17_conditions_fails_in_the_library_but_300_indicators_are_one_criterion_here(bare: Bare) -> None:
    assert bare("many_conditions") == {
        "16": {"fired": 1, "last answer": "taken"},
        "17": {"fired": 0, "last answer": "error"},
    }
    rules = small_set(*(at_least_80(f"1.{n}.a") for n in range(1, 301)))
    facts = Facts(report(share=percent("90")))
    assert judge_commune("durable", rules, facts).result == evaluate_commune(rules, facts)


# --- where the library does something else than it was asked ---------------------------------------------


@pytest.mark.parametrize("answer", [1, 2, 3])
def test_an_answer_other_than_taken_is_raised_and_no_verdict_kept(answer: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = small_set(at_least_80("1.1.a"))
    ruleset = rete._ruleset()
    real = ruleset._library

    class Refusing:
        error = real.error

        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def assert_facts(self, handle: int, facts: str) -> tuple[int, int]:
            return answer, real.assert_facts(handle, facts)[1]

    with monkeypatch.context() as patch:
        patch.setattr(ruleset, "_library", Refusing())
        with pytest.raises(EngineFailure, match=f"assert: {answer}"):
            judge_commune("durable", rules, Facts(report(share=percent("90"))))
    assert judge_commune("durable", rules, Facts(report(share=percent("90")))).result.verdict is Verdict.MET


def test_a_fact_that_the_library_lost_leaves_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = small_set(at_least_80("1.1.a"), at_least_80("1.2.a"))
    real = durable_session._written
    written = iter([0, 1])

    def losing(fact: Mapping[str, str]) -> str:
        return real({**fact, "kind": "all lost"} if next(written, 2) == 1 else fact)

    with monkeypatch.context() as patch:
        patch.setattr(durable_session, "_written", losing)
        with pytest.raises(EngineFailure):
            judge_commune("durable", rules, Facts(report(share=percent("90"))))


def test_it_says_what_to_install_where_the_library_does_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, durable_session.LIBRARY, None)
    said = durable_session.why_unusable()
    assert said is not None
    words = said.render("en")
    assert "pip install 'ntm-rules[durable]'" in words
    assert "3.11 or 3.12" in words
    assert "C compiler" in words
    assert "same verdicts" in words


def test_nothing_of_the_library_is_loaded_until_it_is_asked_for() -> None:
    program = (
        "import sys\nimport ntm_rules.runs.batch, ntm_rules.evaluation.engines\n"
        "print([name for name in sys.modules if name.startswith('durable')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "[]"


def test_the_page_on_engines_names_every_one_of_these_tests_and_no_other() -> None:
    page = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
    hazards = page[page.index("## The hazards") :]
    named = [name for name in re.findall(r"`([a-z0-9_]+)(?:_…)?`", hazards) if name.count("_") > 2]
    tests = [name.removeprefix("test_") for name in globals() if name.startswith("test_")]
    assert [name for name in named if not any(test.startswith(name) for test in tests)] == []
    untold = [test for test in tests if not any(test.startswith(name) for name in named)]
    assert untold == [
        "it_says_what_to_install_where_the_library_does_not_load",
        "nothing_of_the_library_is_loaded_until_it_is_asked_for",
        "the_page_on_engines_names_every_one_of_these_tests_and_no_other",
    ]
