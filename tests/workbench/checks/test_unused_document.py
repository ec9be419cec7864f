"""NTM092: a document that nothing quotes."""

from __future__ import annotations

from tests.workbench.checks.clean import HEADER, Checked

CODE = "NTM092"


def test_a_document_that_nothing_quotes_is_found(checked: Checked) -> None:
    line = checked.change(
        HEADER, "decisions:", "  - {id: note, number: 7/TB, title: {vi: Thông báo, en: Notice}}\ndecisions:"
    )
    assert checked.found(CODE) == [(HEADER, line, "documents[3].id", "nothing uses note")]


def test_a_document_that_says_who_reports_is_quoted(checked: Checked) -> None:
    checked.change(
        HEADER,
        "decisions:",
        "  - {id: note, number: 7/TB, title: {vi: Thông báo, en: Notice}}\n"
        "reporting: {by: so-a, source: {document: note}}\ndecisions:",
    )
    assert checked.found(CODE) == []


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(
        HEADER,
        "decisions:",
        "  - {id: note, number: 7/TB, title: {vi: Thông báo, en: Notice}, note: {vi: Số 7/TB, en: No. 7/TB}}\ndecisions:",
    )
    assert checked.found(CODE) == []


def test_a_document_that_tells_communes_apart_is_quoted(checked: Checked) -> None:
    checked.change(
        HEADER,
        "decisions:",
        "  - {id: note, number: 7/TB, title: {vi: Thông báo, en: Notice}}\n"
        "classifications: [{id: khu, title: {vi: Khu, en: Area}, source: {document: note},\n"
        "                   classes: [{id: xa-xoi, title: {vi: Xa, en: Far}}]}]\ndecisions:",
    )
    assert [at for at in checked.found(CODE) if at[3] == "nothing uses note"] == []
