"""NTM012: a document that is not defined."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM012"


def test_a_document_that_is_not_defined_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "{document: plan,", "{document: plann,")
    assert checked.found(CODE) == [
        (RULES_1, line, "[1].source.document", "“plann” is not defined; did you mean “plan”?")
    ]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
