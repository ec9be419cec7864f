"""Pictures: alike for alike charts, hatched, whole, in Vietnamese; as SVG and as PNG of the size asked for."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.charts import Chart
from ntm_rules.report.charts.drawing import EDGE, MARGINS, PLOT
from ntm_rules.report.charts.forms import LABEL_WIDTH, Part, _width, _wrapped, parts_chart
from ntm_rules.report.palette import COLOURS

SVG = "{http://www.w3.org/2000/svg}"
WARNINGS = ("MINH HỌA - KHÔNG PHẢI QUY ĐỊNH: một số", "SỐ LIỆU MINH HỌA: bịa ra")
SPECS = {
    "parts": lambda: parts_chart(
        [Part("8. Môi trường và cảnh quan", {Verdict.MET: 3, Verdict.NOT_MET: 1}, "3/4")], WARNINGS
    ),
}


def texts(svg: str) -> list[str]:
    """Every text of a picture, its lines joined."""
    return [" ".join(part for part in text.itertext() if part) for text in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("parts", ["8. Môi trường và cảnh quan", "3/4", "Đ 3", "C 1", "Q  Chưa quy định mức đạt"]),
    ],
)
def test_every_form_writes_its_words_and_below_them_what_is_invented(form: str, said: list[str]) -> None:
    svg = Chart(SPECS[form](), "t", "d").svg()
    shown = [re.sub(r"\s+", " ", words) for words in texts(svg)]
    assert {re.sub(r"\s+", " ", words) for words in said} <= set(shown)
    assert shown[-2:] == ["MINH HỌA - KHÔNG PHẢI QUY ĐỊNH", "SỐ LIỆU MINH HỌA"]
    assert not re.search(r'font-size="-|NaN|undefined|null|Infinity', svg)


@pytest.mark.parametrize("form", SPECS)
def test_alike_charts_are_the_same_bytes(form: str) -> None:
    first, second = (Chart(SPECS[form](), "t", "d") for _ in range(2))
    assert first.svg() == second.svg()
    assert first.png(1) == second.png(1)


def placed(element: ET.Element, x: float = 0, y: float = 0) -> Iterator[tuple[str, float, float]]:
    """Every text of a picture with its place in it."""
    moved = re.search(r"translate\(([-\d.]+),([-\d.]+)\)", element.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    if element.tag == f"{SVG}text":
        yield "".join(element.itertext()), x, y
    for child in element:
        yield from placed(child, x, y)


@pytest.mark.parametrize("form", SPECS)
def test_every_word_lies_inside_the_picture(form: str) -> None:
    root = ET.fromstring(Chart(SPECS[form](), "t", "d").svg())
    _left, _top, width, height = map(float, root.attrib["viewBox"].split())
    assert (float(root.attrib["width"]), float(root.attrib["height"])) == (width, height)
    left, _above, right, _below = MARGINS[form]
    assert width == (PLOT) + left + right + 2 * EDGE
    words = list(placed(root))
    assert words
    assert [one for one in words if not (0 <= one[1] < width and 8 <= one[2] <= height)] == []
    lowest = max(y for text, _x, y in words if text not in ("MINH HỌA - KHÔNG PHẢI QUY ĐỊNH", "SỐ LIỆU MINH HỌA"))
    assert lowest < min(y for text, _x, y in words if text == "MINH HỌA - KHÔNG PHẢI QUY ĐỊNH")


def test_a_png_has_the_asked_number_of_dots() -> None:
    chart = Chart(SPECS["parts"](), "t", "d")
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', chart.svg())[0])
    for scale in (1, 3):
        png = chart.png(scale)
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", png[16:24]) == (int(width * scale), int(height * scale))


def test_what_is_not_met_is_hatched_and_what_is_met_is_plain() -> None:
    svg = Chart(SPECS["parts"](), "t", "d").svg()
    assert '<pattern id="hatch-not-met"' in svg
    assert 'fill="url(#hatch-not-met)"' in svg
    drawn = svg.partition("</defs>")[2]
    assert f'fill="{COLOURS[Verdict.NOT_MET].back}"' not in drawn
    assert f'fill="{COLOURS[Verdict.MET].back}"' in drawn


def test_a_part_too_narrow_for_its_letter_shows_its_number_or_nothing() -> None:
    part = Part("x", {Verdict.MET: 92, Verdict.NOT_MET: 7, Verdict.NO_DATA: 1}, "92/100")
    shown = texts(Chart(parts_chart([part]), "t", "d").svg())
    assert {"Đ 92", "7"} <= set(shown)
    assert not {"? 1", "1", "C 7"} & set(shown)


def test_nothing_is_drawn_of_no_rows() -> None:
    assert "NaN" not in Chart(parts_chart([]), "t", "d").svg()


@pytest.mark.parametrize(
    "label",
    [
        "8.4 Có phương án và thực hiện phương án phù hợp về thoát nước, thu gom và xử lý nước thải",
        "9. Xây dựng hệ thống chính trị và Hành chính công",
        "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM",
        "",
    ],
)
def test_no_label_reaches_the_bars(label: str) -> None:
    lines = _wrapped(label).split("\n")
    assert len(lines) <= 2
    assert all(_width(line) <= LABEL_WIDTH for line in lines)
    assert "".join(lines).removesuffix("…").replace(" ", "") in label.replace(" ", "")


def test_the_alternative_text_is_the_title_and_the_numbers() -> None:
    assert Chart({}, "Số xã", "Đạt: 3 trên 36.").alternative == "Số xã. Đạt: 3 trên 36."


def test_hostile_words_stay_words() -> None:
    svg = Chart(parts_chart([Part('<b onclick="a">&', {Verdict.MET: 1}, "1/1")]), "t", "d").svg()
    assert "<b " not in svg
    assert '<bonclick="a">&' in "".join(texts(svg)).replace(" ", "")
