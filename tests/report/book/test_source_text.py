"""Where a rule's words stand in a document's text: found by the words themselves, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.report.book.contents import BookContents
from ntm_rules.report.book.source_text import QuotedPlace, QuotedSpan, SourceText
from ntm_rules.rulebook.criteria_set import CriteriaSet

TEXT = """\
KẾ HOẠCH quốc phòng
1. Mục đích
Bảo đảm đường
  giao thông   nông thôn.

Phụ lục I
TT\tNội dung\tCơ quan
1\tCó quy hoạch\tSở A
2\tĐường cứng hóa\tSở B

Phụ lục II
TT\tNội dung\tCơ quan
1\tCó quy hoạch\tSở C
1.1\tTỷ lệ hộ nghèo và hoàn thành các chỉ tiêu\tSở C

TT\tNội dung\tCơ quan
\tquốc phòng\t
(theo Phụ lục I, đã nêu)
"""


@pytest.fixture(scope="module")
def text() -> SourceText:
    return SourceText(TEXT)


def words_at(text: SourceText, place: QuotedPlace) -> list[str]:
    pieces = {(p.line, p.cell): p.text for line in text.lines for p in line.pieces}
    return [pieces[span.line, span.cell][span.start : span.end] for span in place.spans]


def test_words_are_found_in_the_row_and_annex_that_the_rule_names(text: SourceText) -> None:
    assert text.find("Có quy hoạch", annex="I", row="1") == QuotedPlace(8, (QuotedSpan(8, 1, 0, 12),))
    assert text.find("Có quy hoạch", annex="II", row="1") == QuotedPlace(13, (QuotedSpan(13, 1, 0, 12),))


def test_words_that_stand_twice_are_not_guessed(text: SourceText) -> None:
    assert text.find("Có quy hoạch") is None
    assert text.find("Có quy hoạch", row="1") is None
    assert text.find("Nội dung", annex="II") is None


def test_words_run_over_lines_with_any_white_space(text: SourceText) -> None:
    place = text.find("Bảo đảm đường giao thông nông thôn.")
    assert place is not None
    assert words_at(text, place) == ["Bảo đảm đường", "giao thông nông thôn."]
    assert place.line == 3


def test_words_split_over_two_pages_are_found_part_by_part(text: SourceText) -> None:
    place = text.find("Tỷ lệ hộ nghèo và hoàn thành các chỉ tiêu ⏎ quốc phòng", annex="II", row="1.1")
    assert place is not None
    assert place.line == 14
    assert words_at(text, place) == ["Tỷ lệ hộ nghèo và hoàn thành các chỉ tiêu", "quốc phòng"]
    assert [span.line for span in place.spans] == [14, 17]


def test_a_row_whose_words_differ_is_led_to_without_marks(text: SourceText) -> None:
    assert text.find("Đường bê tông", annex="I", row="2") == QuotedPlace(9)
    assert text.find(annex="I", row="2") == QuotedPlace(9)


def test_what_is_nowhere_has_no_place(text: SourceText) -> None:
    assert text.find("Trạm y tế", annex="I", row="9") is None
    assert text.find("Trạm y tế") is None
    assert text.find("") is None


def test_a_mention_of_an_annex_does_not_open_it(text: SourceText) -> None:
    assert text.lines[-1].annex == "II"


@given(st.text(alphabet="ab \t\n1.", max_size=60), st.text(alphabet="ab ", max_size=4), st.sampled_from(["1", None]))
def test_what_is_marked_is_what_was_sought(document: str, words: str, row: str | None) -> None:
    text = SourceText(document)
    place = text.find(words, row=row)
    if place is not None and place.spans:
        assert " ".join(words_at(text, place)) == " ".join(words.split())
        assert place.line == place.spans[0].line


def test_every_row_of_the_set_is_found_whole_in_its_document(contents: BookContents, lai_chau: CriteriaSet) -> None:
    [(document, quotes)] = contents.quotes.items()
    text = contents.texts[document]
    found = {(quote.kind, quote.id): quote.place for quote in quotes}
    for indicator in lai_chau.indicators():
        place = found["indicator", indicator.id]
        assert " ⏎ ".join(words_at(text, place)) == indicator.printed
        line = next(line for line in text.lines if line.number == place.line)
        assert (line.row, line.annex) == (indicator.source.row, "III")
    for criterion in lai_chau.criteria:
        assert words_at(text, found["criterion", criterion.id]) == [criterion.title]
    assert [id_ for kind, id_ in found if kind == "decision"] == [
        decision.id for decision in lai_chau.decisions.values() if decision.source
    ]
