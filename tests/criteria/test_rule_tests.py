"""The tests beside the rules: they reach every point of the set, they pass, and they name what they hold."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from ntm_rules.rulebook import rule_tests
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.workbench.testing.cases import Case, read_cases
from ntm_rules.workbench.testing.coverage import cover, laws
from ntm_rules.workbench.testing.runner import run


@pytest.fixture(scope="module")
def cases(loaded: LoadedSet) -> list[Case]:
    return read_cases(loaded, rule_tests.find_files(loaded.folder, loaded.header))


def test_every_file_of_rules_has_its_tests_beside_it(loaded: LoadedSet) -> None:
    names = [name for _path, name in rule_tests.find_files(loaded.folder, loaded.header)]
    rules = [*(c.rules for c in loaded.header.criteria), loaded.header.conditions]
    assert names == [rule_tests.tests_beside(name) for name in rules if name]


def test_every_test_passes(cases: list[Case]) -> None:
    assert [(o.case.file, o.case.line, o.differences) for o in run(cases, "reference") if not o.passed] == []
    assert len(cases) >= 300


def test_every_point_of_the_set_is_reached(loaded: LoadedSet, cases: list[Case]) -> None:
    coverage = cover(laws(loaded), cases)
    assert coverage.missing == ()
    assert coverage.of()[1] > 600


def test_every_indicator_and_condition_has_tests_of_its_own(loaded: LoadedSet, cases: list[Case]) -> None:
    tested = Counter(case.tested.owner.id for case in cases)
    written = [i.id for rules in [*loaded.rules.values(), loaded.conditions] for i in rules]
    assert [id_ for id_ in written if tested[id_] < 5] == []


def test_a_test_is_named_after_what_it_tests_and_stands_beside_its_rule(loaded: LoadedSet, cases: list[Case]) -> None:
    beside = {i.id: c.rules for c in loaded.header.criteria for i in loaded.rules[c.id]}
    beside |= {i.id: loaded.header.conditions or "" for i in loaded.conditions}
    beside |= {c.id: c.rules for c in loaded.header.criteria}
    for case in cases:
        assert case.test.name.startswith(f"{case.test.of}: ")
        assert Path(case.file).parent == Path(beside[case.tested.owner.id]).parent


def test_every_lead_agency_of_the_set_is_asserted(loaded: LoadedSet, cases: list[Case]) -> None:
    asserted = {case.test.expect.lead for case in cases}
    assert {a.id for a in loaded.agencies.values() if a.role == "lead"} <= asserted


def test_every_file_that_supposes_says_that_supposed_numbers_are_invented(loaded: LoadedSet, cases: list[Case]) -> None:
    supposing = {case.file for case in cases if case.test.suppose}
    assert supposing
    for path, name in rule_tests.find_files(loaded.folder, loaded.header):
        head = path.read_text(encoding="utf-8").split("- name:")[0]
        assert ("con số bịa ra" in head and "it is no one's law" in head) is (name in supposing)


def test_no_test_supposes_a_number_that_the_law_states(cases: list[Case]) -> None:
    stated = {"2.1.c", "2.1.d", "2.6.a", "8.1.b", "8.1.c", "9.2.b"}
    assert not stated & {id_ for case in cases for id_ in case.test.suppose}


def test_a_name_says_the_verdict_in_vietnamese(cases: list[Case]) -> None:
    """A met test is not named "chưa đạt", nor one that is not met "là đạt"."""
    for case in cases:
        name, verdict = case.test.name, case.test.expect.verdict
        if re.search(r"(?<!chưa )(?<!kể cả )\bđạt$", name):
            assert verdict == "MET", name
        if re.search(r"là chưa đạt$", name):
            assert verdict == "NOT_MET", name
        if re.search(r"chưa có số liệu$", name):
            assert verdict == "NO_DATA", name
