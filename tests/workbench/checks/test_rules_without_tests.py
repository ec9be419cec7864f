"""NTM081: a file of rules has no tests beside it."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, TESTS_2, Checked

CODE = "NTM081"


def test_a_file_of_rules_without_tests_is_found(checked: Checked) -> None:
    (checked.folder / TESTS_2).unlink()
    assert checked.found(CODE) == [(RULES_2, 1, "[1]", "02/tests.yaml does not exist")]
