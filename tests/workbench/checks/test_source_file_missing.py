"""NTM043: the document's text is not where the set says."""

from __future__ import annotations

from tests.workbench.checks.clean import HEADER, Checked

CODE = "NTM043"


def test_the_documents_text_is_not_where_the_set_says_is_found(checked: Checked) -> None:
    line = checked.change(HEADER, "sources/plan.txt", "sources/none.txt")
    assert checked.found(CODE) == [(HEADER, line, "documents[1].file", "sources/none.txt cannot be read as UTF-8 text")]
