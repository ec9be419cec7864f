"""NTM051: a number rests on a document without number or date."""

from __future__ import annotations

from tests.workbench.checks.clean import HEADER, Checked

CODE = "NTM051"


def test_a_number_rests_on_a_document_without_number_or_date_is_found(checked: Checked) -> None:
    line = checked.change(HEADER, "{id: decree, number: 5/QĐ,", "{id: decree,")
    assert checked.found(CODE) == [
        (HEADER, line, "documents[2]", "decree has no number or no date, and targets rest on it")
    ]
