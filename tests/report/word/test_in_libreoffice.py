"""Every paper printed by LibreOffice: its fonts, pages, heads on each page, and Vietnamese that is intact."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

NAMES = ("commune", "commune-en", "zone", "province", "agency")
METRIC_TWINS = re.compile(r"(TimesNewRoman|LiberationSerif)")
"""Times New Roman, or the font with its widths where it is not installed."""


VIETNAMESE = frozenset(map(chr, (0x01A0, 0x01A1, 0x01AF, 0x01B0, *range(0x1E00, 0x1F00))))
"""Letters that the twin lacks in some releases, so that another serif font lends them."""


def pages(path: Path) -> list[PageObject]:
    return list(PdfReader(path).pages)


def letters_by_font(page: PageObject) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}

    def see(text: str, _cm: object, _tm: object, font: dict[str, object] | None, _size: object) -> None:
        if text.strip() and font is not None:
            found.setdefault(str(font["/BaseFont"]), set()).update(text)

    page.extract_text(visitor_text=see)
    return found


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_only_times_new_roman_or_its_metric_twin_is_used(printed: Mapping[str, Path], name: str) -> None:
    used: dict[str, set[str]] = {}
    for page in pages(printed[name])[:3]:
        for font, letters in letters_by_font(page).items():
            used.setdefault(font, set()).update(letters)
    assert any(METRIC_TWINS.search(font) for font in used)
    lent = {font: letters - VIETNAMESE - set(" \n") for font, letters in used.items() if not METRIC_TWINS.search(font)}
    assert {font: letters for font, letters in lent.items() if letters} == {}


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_a4_upright_then_across(printed: Mapping[str, Path], name: str) -> None:
    sizes = [(round(p.mediabox.width), round(p.mediabox.height)) for p in pages(printed[name])]
    assert set(sizes) <= {(595, 842), (842, 595)}
    assert sizes[0] == (595, 842)
    assert ((842, 595) in sizes) == (name != "agency"), "forms stand across"


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_numbered_from_the_second_on(read_back: Mapping[str, list[str]], name: str) -> None:
    first, *rest = read_back[name]
    assert not first[0].isdigit()
    assert [page.split()[0] for page in rest] == [str(n) for n in range(2, len(rest) + 2)]


@pytest.mark.parametrize("name", NAMES)
def test_draft_and_invention_are_said_on_every_page(read_back: Mapping[str, list[str]], name: str) -> None:
    english = name.endswith("-en")
    said = ["DRAFT - not signed, not numbered" if english else "DỰ THẢO - chưa ký, chưa lấy số"]
    said.append("INVENTED DATA" if english else "SỐ LIỆU MINH HỌA")
    if name in ("commune-en", "province"):
        said.append("ILLUSTRATIVE - NOT LAW" if english else "MINH HỌA - KHÔNG PHẢI QUY ĐỊNH")
    foot = " · ".join([said[0], *said[:0:-1]])
    assert [page for page in read_back[name] if not page.endswith(foot)] == []


@pytest.mark.parametrize("name", NAMES)
def test_vietnamese_is_intact(read_back: Mapping[str, list[str]], name: str) -> None:
    text = " ".join(read_back[name])
    assert unicodedata.is_normalized("NFC", text)
    assert "\ufffd" not in text
    for words in {
        "commune": (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "XÃ KHUN HÁ",
            "TM. ỦY BAN NHÂN DÂN",
            "Khun Há, ngày tháng năm 20…",
        ),
        "commune-en": ("SOCIALIST REPUBLIC OF VIET NAM", "BÌNH LƯ COMMUNE"),
        "zone": ("ĐẶC KHU HÒN MÂY", "Diện tích rừng ven biển"),
        "province": ("UBND TỈNH LAI CHÂU", "Tủa Sín Chải", "Sì Lở Lầu", "Biểu 05"),
        "agency": ("SỞ CÔNG THƯƠNG", "Xã chưa đạt 7.3"),
    }[name]:
        assert words in text


@pytest.mark.parametrize(("name", "words"), [("commune", "Ghi chú"), ("province", "Nội dung")])
def test_the_head_of_a_form_stands_on_each_of_its_pages(
    printed: Mapping[str, Path], read_back: Mapping[str, list[str]], name: str, words: str
) -> None:
    sizes = [page.mediabox.width > page.mediabox.height for page in pages(printed[name])]
    across = [text for text, lies in zip(read_back[name], sizes, strict=True) if lies]
    assert len(across) > 1
    assert [text for text in across if words not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_begins_outside_the_margins(printed: Mapping[str, Path], name: str) -> None:
    """The left margin of 30 mm is 85 points wide, the right one of 15 mm is 42."""
    for page in pages(printed[name])[-2:]:
        places: list[float] = []

        def see(text: str, _cm: object, tm: list[float], *_rest: object, places: list[float] = places) -> None:
            if text.strip():
                places.append(tm[4])

        page.extract_text(visitor_text=see)
        assert min(places) > 80
        assert max(places) < float(page.mediabox.width) - 42


@pytest.mark.parametrize("name", NAMES)
def test_no_page_holds_the_signature_alone(read_back: Mapping[str, list[str]], name: str) -> None:
    signed = "Recipients:" if name.endswith("-en") else "Nơi nhận:"
    (page,) = [page for page in read_back[name] if signed in page]
    words = (
        ("PROPOSALS", "This is the report") if name.endswith("-en") else ("KIẾN NGHỊ, ĐỀ XUẤT", "Trên đây là báo cáo")
    )
    assert any(said in page for said in words)
