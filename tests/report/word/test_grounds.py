"""Legal grounds as Nghị định 30/2020/NĐ-CP writes them: kind, number, day, issuer, subject."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from ntm_rules.i18n import use_language
from ntm_rules.report.word.grounds import ground_lines, ground_words, rank
from ntm_rules.rulebook.models import Document, Text
from ntm_rules.runs.rulebook import Rulebook


def document(
    title: str, number: str | None, date: dt.date | None = dt.date(2026, 2, 5), issuer: str | None = "Chính phủ"
) -> Document:
    return Document(id="a", title=Text(vi=title, en="A title"), number=number, date=date, issuer=issuer)


@pytest.mark.parametrize(
    ("title", "number", "words"),
    [
        (
            "Quyết định ban hành Bộ tiêu chí",
            "51/2025/QĐ-TTg",
            "Căn cứ Quyết định số 51/2025/QĐ-TTg ngày 05 tháng 02 năm 2026 của Chính phủ ban hành Bộ tiêu chí",
        ),
        (
            "Bộ tiêu chí",
            "9/QĐ-UBND",
            "Căn cứ Quyết định số 9/QĐ-UBND ngày 05 tháng 02 năm 2026 của Chính phủ về bộ tiêu chí",
        ),
        (
            "Về nông thôn mới",
            "17-NQ/TU",
            "Căn cứ Nghị quyết số 17-NQ/TU ngày 05 tháng 02 năm 2026 của Chính phủ về nông thôn mới",
        ),
        (
            "Luật Tổ chức chính quyền địa phương",
            None,
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 05 tháng 02 năm 2026 của Chính phủ",
        ),
    ],
)
def test_kind_and_subject_come_from_the_title_else_from_the_number(title: str, number: str | None, words: str) -> None:
    assert ground_words(document(title, number)) == words


def test_what_is_not_known_is_left_out() -> None:
    assert ground_words(document("Nghị quyết về nông thôn mới", "17-NQ/TU", None, None)) == (
        "Căn cứ Nghị quyết số 17-NQ/TU về nông thôn mới"
    )


def test_the_highest_of_the_law_stands_first() -> None:
    numbers = [
        "5434/KH-UBND",
        "9/QĐ-UBND",
        "17-NQ/TU",
        "02/NQ-HĐND",
        "1/2026/TT-BTC",
        "51/2025/QĐ-TTg",
        "30/2020/NĐ-CP",
        None,
    ]
    documents = [document("Luật Đất đai" if number is None else "Về nông thôn mới", number) for number in numbers]
    assert [one.number for one in sorted(documents, key=rank)] == [
        None,
        "30/2020/NĐ-CP",
        "51/2025/QĐ-TTg",
        "1/2026/TT-BTC",
        "17-NQ/TU",
        "02/NQ-HĐND",
        "9/QĐ-UBND",
        "5434/KH-UBND",
    ]


def test_invented_targets_are_no_ground_of_a_paper(illustrated: Rulebook) -> None:
    rules = illustrated.for_year(2026)
    lines = list(ground_lines(rules, illustrated.loaded.header.legal_basis, illustrated.overlays))
    assert [re.search(r"\d+\S*", line)[0] for line in lines] == ["51/2025/QĐ-TTg", "17-NQ/TU", "5434/KH-UBND"]


def test_english_names_the_title_with_number_day_and_issuer() -> None:
    use_language("en")
    assert ground_words(document("Kế hoạch", "1/KH-UBND")) == "Pursuant to A title (1/KH-UBND, 05/02/2026, Chính phủ)"
