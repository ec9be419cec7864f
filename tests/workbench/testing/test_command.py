"""`ntm rules test`: what it runs, what it says in every form, and how it ends."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ntm_rules.evaluation.engines import ENGINES
from ntm_rules.rulebook.loader import find_set
from ntm_rules.rulebook.rule_tests import rule_tests_shape
from ntm_rules.rulebook.yaml_reader import read_yaml
from tests.conftest import Ntm
from tests.rulebook.tiny import Tiny

PASSING = """\
- name: 80% là đạt
  of: 1.1.b
  given: {roads_share: 80}
  expect: {verdict: MET}
"""
FAILING = """\
- name: 79,99% là đạt
  of: 1.1.b
  given: {roads_share: {numerator: 79.99, denominator: 100}}
  expect: {verdict: MET, reason: reached}
"""
WORKING = [name for name, engine in ENGINES.items() if engine.unusable() is None]

Test = Callable[..., CompletedProcess[str]]


@pytest.fixture
def rules_test(tiny: Tiny, ntm: Ntm) -> Test:
    """Run `ntm rules test` on the tiny set whose first criterion has these tests."""

    def run(text: str, *arguments: str, lang: str = "en") -> CompletedProcess[str]:
        tiny.write("01/tests.yaml", text)
        return ntm("rules", "test", "--criteria", tiny.folder, "--lang", lang, *arguments)

    return run


def words(run: CompletedProcess[str]) -> str:
    return " ".join(run.stdout.split())


def test_the_shipped_set_passes_in_full(ntm: Ntm) -> None:
    run = ntm("rules", "test", "--coverage")
    assert run.returncode == 0, run.stdout
    assert "Phép thử đã thử mọi trường hợp" in run.stdout
    written = sum(
        len(rule_tests_shape().validate_python(read_yaml(file).data)) for file in find_set().rglob("tests.yaml")
    )
    assert written > 400
    assert f"{written} trên {written} phép thử đúng như mong đợi (bộ máy: reference, columnar)" in words(run)


def test_what_passes_is_counted_and_ends_with_0(rules_test: Test) -> None:
    run = rules_test(PASSING)
    assert run.returncode == 0
    assert run.stdout.strip() == "tiny: 1 of 1 tests pass (engines: reference, columnar)"


def test_a_failure_shows_given_expected_found_and_trace_and_ends_with_1(rules_test: Test) -> None:
    run = rules_test(PASSING + FAILING)
    assert run.returncode == 1
    said = words(run)
    for part in (
        "✗ 79,99% là đạt 01/tests.yaml, line 5",
        "Given: Share of roads up to standard (roads_share): 79,99/100",
        "Verdict: expected Met (MET); came out Not met (NOT_MET) [reference, columnar]",
        "Reason: expected the target is reached (reached); came out below the target (below_target)",
        "[X] 1.1.b Roads up to standard",
        "reported 79.99%; target ≥ 80%: below the target",
        "tiny: 1 of 2 tests pass",
    ):
        assert part in said
    assert "80% là đạt" not in said


def test_a_failure_is_told_in_vietnamese(rules_test: Test) -> None:
    said = words(rules_test(FAILING, lang="vi"))
    assert "Kết quả: phải là Đạt (MET); lại ra Chưa đạt (NOT_MET)" in said
    assert "báo cáo 79,99%; mức đạt chuẩn ≥ 80%: thấp hơn mức đạt chuẩn" in said


def test_everything_that_is_given_is_shown(rules_test: Test, tiny: Tiny) -> None:
    tiny.write(
        "02/tests.yaml",
        "- {name: a, of: '2.2', as_of: 2027-06-30, group: nhom-2, suppose: {'2.2': {nhom-1: 2, nhom-2: 1.5}, '2.1': tot},\n"
        "   given: {income: {state: conflicting}}, before: {income: 50}, expect: {verdict: MET}}\n"
        "- {name: b, of: '2', suppose: {DK.1: 0}, expect: {verdict: MET}}\n"
        "- {name: c, of: 1.1.c, given: {safe: {state: invalid, written: Cơ bản đạt}},\n"
        "   suppose: {1.1.c.ii: {standard: in-force}}, expect: {verdict: MET}}\n",
    )
    said = words(rules_test(PASSING))
    for part in (
        "Law in force on 30/6/2027",
        "Group: Group 2",
        "Supposed: 2.2: nhom-1: 2; nhom-2: 1.5",
        "Supposed: 2.1: tot",
        "Given: Income (income): reported twice and differently",
        "Given of the year before: Income (income): 50",
        "Given: nothing",
        "Supposed: 1.1.c.ii: in force",
        "Given: Safe (safe): Cơ bản đạt, cannot be used",
    ):
        assert part in said, part


def test_of_many_failures_the_later_ones_are_short(rules_test: Test) -> None:
    said = rules_test("".join(FAILING.replace("name: 79", f"name: {i}. 79") for i in range(23))).stdout
    assert said.count("✗") == 23
    assert said.count("Given:") == 20


def test_mistakes_in_files_of_tests_are_all_told_and_end_with_2(rules_test: Test) -> None:
    run = rules_test(PASSING.replace("roads_share", "road_share") + FAILING.replace("1.1.b", "1.1.z"))
    assert run.returncode == 2
    assert run.stdout == ""
    assert "01/tests.yaml, line 3, [1].given.road_share" in run.stderr
    assert "01/tests.yaml, line 6, [2].of" in run.stderr


def test_a_set_without_tests_cannot_be_tested(tiny: Tiny, ntm: Ntm) -> None:
    run = ntm("rules", "test", tiny.folder, "--lang", "en")
    assert (run.returncode, run.stderr.strip()) == (
        2,
        "Set tiny has no tests: no tests.yaml stands beside a file of its rules",
    )


@pytest.mark.parametrize("engine", WORKING)
def test_one_engine_can_be_asked_for(rules_test: Test, engine: str) -> None:
    assert f"(engines: {engine})" in rules_test(PASSING, "--engine", engine).stdout


def test_all_engines_can_be_asked_for(rules_test: Test) -> None:
    run = rules_test(PASSING, "--engine", "all")
    assert f"(engines: {', '.join(WORKING)})" in run.stdout
    for name in ENGINES:
        assert (f"Engine {name} is left out" in run.stdout) is (name not in WORKING)


def test_an_engine_that_does_not_exist_is_refused(rules_test: Test) -> None:
    run = rules_test(PASSING, "--engine", "drools")
    assert run.returncode == 2
    assert f"choose one of: {', '.join(ENGINES)}, all" in run.stderr


def test_words_choose_tests_by_name_and_id(rules_test: Test) -> None:
    both = PASSING + FAILING
    assert "1 of 1 tests pass" in rules_test(both, "-k", "80%").stdout
    assert "0 of 1 tests pass" in rules_test(both, "-k", "1.1.B 79,99").stdout
    assert rules_test(both, "-k", "80% 79,99").returncode == 2
    run = rules_test(both, "-k", "80%", "--coverage")
    assert (run.returncode, "-k: cannot stand beside --coverage or --draft" in run.stderr) == (2, True)


def test_files_and_folders_can_be_named_and_find_their_set(rules_test: Test, tiny: Tiny, ntm: Ntm) -> None:
    rules_test(PASSING)
    tiny.write("02/tests.yaml", "- {name: c, of: '2.1', expect: {verdict: NO_DATA}}")
    for target in (tiny.folder / "02", tiny.folder / "02" / "tests.yaml"):
        assert "tiny: 1 of 1 tests pass" in ntm("rules", "test", target, "--lang", "en").stdout
    assert "tiny: 2 of 2 tests pass" in ntm("rules", "test", tiny.folder, "--lang", "en").stdout
    elsewhere = tiny.folder.parent / "elsewhere.yaml"
    elsewhere.write_text(PASSING, encoding="utf-8")
    assert "tiny: 1 of 1" in ntm("rules", "test", elsewhere, "--criteria", tiny.folder, "--lang", "en").stdout
    run = ntm("rules", "test", tiny.folder / "03", "--lang", "en")
    assert (run.returncode, "No criteria set" in run.stderr) == (2, True)


def test_coverage_lists_what_no_test_reaches_by_id(rules_test: Test) -> None:
    run = rules_test(PASSING, "--coverage")
    assert run.returncode == 0
    for part in (
        "• 1.1: missed by 1.1.a alone",
        "• 1.1.b: just below ≥ 80%",
        "• 1.1.c: none of the alternatives met",
        "• 1.1.c: met by 1.1.c.ii alone",
        "• 1.1.c.i: “if any” answered: not answered",
        "• 1.2: exactly at ≥ 3 clinics of Group 1",
        "• 2.1: just above Good",
        "• 2.2: No data yet (the figure of the year before is missing)",
        "• DK.1: just above a supposed target (write it under suppose)",
    ):
        assert part in run.stdout, part
    assert "• 1.1.b: exactly at" not in run.stdout


def test_coverage_of_a_file_is_that_of_its_criterion(rules_test: Test, tiny: Tiny, ntm: Ntm) -> None:
    rules_test(PASSING)
    said = ntm("rules", "test", tiny.folder / "01", "--coverage", "--lang", "en").stdout
    assert "• 1.1: missed by" in said
    assert "• 2.1" not in said
    assert "• DK.1" not in said


def test_json_holds_every_outcome_and_the_coverage(rules_test: Test) -> None:
    found = json.loads(rules_test(PASSING + FAILING, "--format", "json", "--coverage").stdout)
    assert (found["format"], found["passed"], found["engines"]) == (1, False, ["reference", "columnar"])
    (of_set,) = found["sets"]
    good, bad = of_set["tests"]
    assert (good["name"], good["passed"], good["line"]) == ("80% là đạt", True, 1)
    assert bad["outcomes"][0] == {
        "engine": "reference",
        "passed": False,
        "verdict": "NOT_MET",
        "reason": "below_target",
        "shortfall": "0.01",
        "quantity": "0.01",
        "differences": [
            {"key": "verdict", "expected": "MET", "found": "NOT_MET"},
            {"key": "reason", "expected": "reached", "found": "below_target"},
        ],
    }
    coverage = of_set["coverage"]
    assert coverage["of"] - coverage["reached"] == len(coverage["missing"])
    assert [c["criterion"] for c in coverage["criteria"]] == ["1", "2", None]
    assert {
        "criterion": "1",
        "id": "1.1.b",
        "kind": "boundary",
        "which": "below",
        "target": "80",
        "group": None,
        "words": "1.1.b: just below ≥ 80%",
    } in coverage["missing"]


def test_junit_holds_a_case_per_test_and_engine(rules_test: Test) -> None:
    run = rules_test(PASSING + FAILING.replace("79,99% là", "<79,99> & là"), "--format", "junit")
    root = ET.fromstring(run.stdout)
    assert (run.returncode, root.get("tests"), root.get("failures")) == (1, "4", "2")
    assert [suite.get("name") for suite in root] == ["tiny/01/tests.yaml [reference]", "tiny/01/tests.yaml [columnar]"]
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert "came out Not met (NOT_MET)" in failure.get("message", "")
    assert "Given: Share of roads up to standard (roads_share): 79,99/100" in (failure.text or "")


def test_help_says_how_to_use_it(ntm: Ntm) -> None:
    run = ntm("rules", "test", "--help")
    assert run.returncode == 0
    for part in ("--coverage", "--draft", "--engine", "-k", "tests.yaml", "docs/rule-tests.md"):
        assert part in run.stdout


def test_a_file_that_is_no_yaml_is_told(tiny: Tiny, ntm: Ntm, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("- {name: [", encoding="utf-8")
    run = ntm("rules", "test", broken, "--criteria", tiny.folder, "--lang", "en")
    assert (run.returncode, "not valid YAML" in run.stderr) == (2, True)
