"""Text is composed and trimmed; labels are compared without case, spacing or the place of the tone mark."""

from __future__ import annotations

import unicodedata

import pytest

from ntm_rules.dataset.cells.texts import FileTexts, key, looks_old, shown
from ntm_rules.dataset.places import Where

HERE = Where("a.xlsx", "Số liệu", lines=False)


def test_composes_decomposed_text_and_remembers_the_first() -> None:
    texts = FileTexts()
    texts.where = HERE
    assert texts.clean("Có", 1, 1) == "Có"
    assert texts.clean(unicodedata.normalize("NFD", "Tả Lèng"), 4, 2) == "Tả Lèng"
    assert texts.clean(unicodedata.normalize("NFD", "Không"), 9, 3) == "Không"
    assert (texts.decomposed, texts.first) == (2, (HERE, 4, 2, "Tả Lèng"))


@pytest.mark.parametrize("text", ["Số liệu minh hoạ", "SỐ LIỆU  MINH HỌA ", "số liệu\u00a0minh hoạ"])
def test_labels_are_compared_by_what_they_say(text: str) -> None:
    assert key(text) == "số liệu minh họa"


def test_diacritics_are_never_dropped() -> None:
    assert key("Tà Tổng") != key("Tả Tổng")
    assert key("hoàn") == "hoàn"


@pytest.mark.parametrize("text", ["Sin Suèi Hå", "X· Sin Suèi Hå", "Tyû leä hoä ngheøo", "Xaõ Bình Lö"])
def test_knows_old_encodings_by_their_characters(text: str) -> None:
    assert looks_old(text)


@pytest.mark.parametrize("text", ["Sin Suối Hồ", "Pa Ủ", "Đoàn Kết", "«47,5 m²»", "abc"])
def test_does_not_take_unicode_for_an_old_encoding(text: str) -> None:
    assert not looks_old(text)


def test_shows_long_and_strange_text_on_one_short_line() -> None:
    line = shown("dòng một\ndòng\x00hai" + "x" * 1_000_000)
    assert len(line) == 80
    assert line.startswith("dòng một dòng hai")
    assert line.endswith("…")
