"""One key for names, labels and answers: what is one word however it is typed, and what never is."""

from __future__ import annotations

import unicodedata
from itertools import chain

import pytest

from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.register import bare_name
from ntm_rules.spelling import as_meant, key, looks_alike, plain_words, without_marks
from tests.conftest import ROOT

OTHER = ROOT / "tests" / "other_set" / "criteria" / "bien-xanh-2031-2035"


@pytest.mark.parametrize(
    "spellings",
    [
        ("Hòa Thủy", "Hoà Thuỷ", "HOÀ THUỶ", "hòa  thuỷ", unicodedata.normalize("NFD", "Hoà Thuỷ")),
        ("khỏe", "khoẻ"),
        ("hoàn thành", "hòan thành"),
        ("Tân Quý", "Tân Quí", "Tân Qúy"),
        ("Tỷ lệ", "Tỉ lệ", "TỶ LỆ"),
        ("Lý", "Lí"),
        ("Ea H'Leo", "Ea H’Leo", "Ea HʼLeo", "ea h´leo"),
        ("Lâm Viên - Đà Lạt", "Lâm Viên – Đà Lạt", "Lâm Viên — Đà Lạt", "Lâm Viên-Đà Lạt", "Lâm Viên ‑ Đà Lạt"),
        ("5 không, “3 sạch”", '5 không, "3 sạch"', "5 không, «3 sạch»", "5\u00a0không, „3 sạch“"),
        ("Đạt", "Ðạt", "Ɖạt", "đạt"),
        ("Có", "Cо́", "Сó"),
        ("Năm 2026", "Năm ２０２６"),
        ("Mã xã", "\ufeffMã\u200b xã"),
        ("Bum Nưa", "Bum Nƣa"),
    ],
)
def test_one_word_however_it_is_typed(spellings: tuple[str, ...]) -> None:
    assert len({key(spelling) for spelling in spellings}) == 1, [key(spelling) for spelling in spellings]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tả Lèng", "Tà Lèng"),
        ("Tà Tổng", "Tả Tổng"),
        ("hòa", "hóa"),
        ("tay", "tai"),
        ("tuy", "tui"),
        ("thủy", "thủi"),
        ("Mỹ", "Mỷ"),
        ("đạt", "dạt"),
        ("Hua Bum", "Hùa Bum"),
        ("của", "cuả tôi"),
        ("3 – 5", "35"),
        ("xã", "xa"),
        ("km²", "km2"),
    ],
)
def test_two_words_stay_two(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_the_key_of_a_key_is_itself() -> None:
    for text in ("HOÀ THUỶ", "Tỷ lệ – “số”", "Qúy", "hòan", "Ðạt", "Ea H’Leo"):
        assert key(key(text)) == key(text)


@pytest.mark.parametrize("which", ["lai-chau", "other"])
def test_no_two_units_measures_or_grades_of_a_set_become_one(loaded: LoadedSet, which: str) -> None:
    rules = loaded if which == "lai-chau" else load_set(OTHER)
    names = [(unit.type, bare_name(unit.name)) for unit in rules.communes]
    assert len(set(names)) == len(names)
    before = list(chain.from_iterable({m.label.vi.casefold(), m.label.en.casefold()} for m in rules.measures.values()))
    assert len({key(label) for label in before}) == len(set(before))
    for scale in rules.header.scales:
        labels = [grade.label.vi for grade in scale.grades]
        assert len({key(label) for label in labels}) == len(labels)


def test_what_looks_like_a_letter_is_that_letter() -> None:
    assert as_meant("Ðoàn Kết") == "Đoàn Kết"
    assert looks_alike("Ðoàn Kết")
    assert not looks_alike("Đoàn Kết – xã “3 sạch”")


@pytest.mark.parametrize(
    ("text", "bare", "words"),
    [
        ("Đường Tả Lèng", "Duong Ta Leng", ["duong", "ta", "leng"]),
        (unicodedata.normalize("NFD", "Đường Tả Lèng"), "Duong Ta Leng", ["duong", "ta", "leng"]),
        ("99/QĐ-UBND", "99/QD-UBND", ["99", "qd", "ubnd"]),
        ("đạt 8,1% – ½", "dat 8,1% – ½", ["dat", "8", "1"]),
        ("???", "???", []),
    ],
)
def test_marks_are_taken_off_and_the_plain_words_are_what_stays_of_ascii(
    text: str, bare: str, words: list[str]
) -> None:
    assert (without_marks(text), plain_words(text)) == (bare, words)
