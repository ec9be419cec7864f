"""NTM017: an id is used twice."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM017"


def test_an_id_is_used_twice_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, '- id: "2.2"', '- id: "2.1"')
    assert checked.found(CODE) == [(RULES_2, line, "[2].id", "id 2.1 is already used in 02/rules.yaml, line 1")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []


def test_tests_of_the_id_that_the_double_stands_for_are_not_called_wrong(checked: Checked) -> None:
    checked.change(RULES_2, '- id: "2.2"', '- id: "2.1"')
    codes = {finding.check.code for finding in checked.report().findings}
    assert CODE in codes
    assert "NTM082" not in codes


def test_an_unknown_measure_in_a_test_is_told_beside_a_double_id(checked: Checked) -> None:
    checked.change(RULES_2, '- id: "2.2"', '- id: "2.1"')
    checked.change("01/tests.yaml", 'of: "1.1.a"', 'of: "1.1.a", given: {clinik: 3}')
    [(_file, _line, key, said)] = checked.found("NTM082")
    assert (key, said) == ("[1].given.clinik", "“clinik” is not defined; did you mean “clinics”?")
