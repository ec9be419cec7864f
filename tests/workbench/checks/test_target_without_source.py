"""NTM050: a number without a place in a document."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM050"


def test_a_number_without_a_place_in_a_document_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "{document: decree, article: Điều 1}", "{document: decree}")
    assert checked.found(CODE) == [
        (RULES_2, line, "[2].at_least[1].value", "the source names decree without a row or an article")
    ]
