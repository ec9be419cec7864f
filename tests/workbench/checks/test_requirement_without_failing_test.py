"""NTM080: no test shows the requirement failing."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, RULES_2, TESTS_1, Checked

CODE = "NTM080"


def test_a_requirement_that_no_test_names_is_found(checked: Checked) -> None:
    line = checked.add("attested: plan_approved") - 7
    assert checked.found(CODE) == [(RULES_2, line, "[4].id", "no test names 2.4")]


def test_a_requirement_only_ever_met_in_tests_is_found(checked: Checked) -> None:
    checked.change(TESTS_1, 'of: "1.2", expect: {verdict: NOT_MET}', 'of: "1.2", expect: {verdict: MET}')
    [found] = checked.found(CODE)
    assert (found[0], found[2], found[3]) == (RULES_1, "[2].id", "no test expects 1.2 to be NOT_MET")


def test_a_failure_expected_of_a_part_counts_and_one_of_the_whole_does_not(checked: Checked) -> None:
    whole = '- {name: cả chỉ tiêu, of: "1.1", expect: {verdict: NOT_MET, parts: {1.1.a: NOT_MET, 1.1.b: MET}}}\n'
    checked.write(TESTS_1, whole + '- {name: chưa đạt, of: "1.2", expect: {verdict: NOT_MET}}\n')
    assert [key for _f, _l, key, _s in checked.found(CODE)] == [
        "[1].all[2].id",
        "[1].all[3].any[1].id",
        "[1].all[3].any[2].id",
    ]
