"""Pictures: alike for alike charts, hatched, whole, in Vietnamese; as SVG and as PNG of the size asked for."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise

import pytest

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.charts import Chart
from ntm_rules.report.charts.drawing import EDGE, MARGINS, PLOT, WIDTH
from ntm_rules.report.charts.forms import (
    Bar,
    Distance,
    Part,
    Point,
    bars_chart,
    distances_chart,
    lines_chart,
    parts_chart,
)
from ntm_rules.report.palette import COLOURS

SVG = "{http://www.w3.org/2000/svg}"
WARNINGS = ("MINH HỌA - KHÔNG PHẢI QUY ĐỊNH: một số", "SỐ LIỆU MINH HỌA: bịa ra")
SPECS = {
    "parts": lambda: parts_chart(
        [Part("8. Môi trường và cảnh quan", {Verdict.MET: 3, Verdict.NOT_MET: 1}, "3/4")], WARNINGS
    ),
    "bars": lambda: bars_chart([Bar("Đạt từ 5 - 9 tiêu chí", 6, "6/36")], WARNINGS),
    "distances": lambda: distances_chart([Distance("8.1.b: còn thiếu 0,04 điểm %", 0.0005)], WARNINGS),
    "lines": lambda: lines_chart([Point("Nước sạch", 2025, 70, "70%", 80, "mức đạt ≥ 80%")], WARNINGS),
}


def texts(svg: str) -> list[str]:
    """Every text of a picture, its lines joined."""
    return [" ".join(part for part in text.itertext() if part) for text in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("parts", ["8. Môi trường và cảnh quan", "3/4", "Đ 3", "C 1", "Q  Chưa quy định mức đạt"]),
        ("bars", ["Đạt từ 5 - 9 tiêu chí", "6/36"]),
        ("distances", ["8.1.b: còn thiếu 0,04 điểm %", "0%", "Khoảng cách còn lại, tính theo phần của mức đạt"]),
        ("lines", ["Nước sạch", "2025", "70%", "mức đạt ≥ 80%"]),
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
    assert width == (PLOT if form in ("parts", "bars") else WIDTH) + left + right + 2 * EDGE
    words = list(placed(root))
    assert words
    assert [one for one in words if not (0 <= one[1] < width and 8 <= one[2] <= height)] == []
    lowest = max(y for text, _x, y in words if text not in ("MINH HỌA - KHÔNG PHẢI QUY ĐỊNH", "SỐ LIỆU MINH HỌA"))
    assert lowest < min(y for text, _x, y in words if text == "MINH HỌA - KHÔNG PHẢI QUY ĐỊNH")


def test_a_png_has_the_asked_number_of_dots() -> None:
    chart = Chart(SPECS["bars"](), "t", "d")
    width, height = map(float, re.findall(r'(?:width|height)="(\d+)"', chart.svg())[:2])
    for scale in (1, 3):
        png = chart.png(scale)
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", png[16:24]) == (width * scale, height * scale)


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


def test_figures_alike_in_all_years_lie_in_the_middle_of_their_chart() -> None:
    points = [Point("Thu nhập", year, 36.0, "36") for year in (2025, 2026)]
    heights = {
        row["y"] for source in lines_chart(points)["data"] if source["name"] == "points" for row in source["values"]
    }
    assert heights == {103.0}


def test_a_line_never_crosses_the_figures_beside_its_points() -> None:
    half, tall = 22, 6  # of a figure such as 93,11%
    for values in (
        [93.1, 79.9],
        [79.9, 93.1],
        [70.0, 80.0, 90.0],
        [90.0, 80.0, 70.0],
        [90.0, 70.0, 90.0],
        [80.0, 80.0],
    ):
        points = [Point("Thu nhập", 2025 + i, value, f"{value}%") for i, value in enumerate(values)]
        [drawn] = [source["values"] for source in lines_chart(points)["data"] if source["name"] == "points"]
        for label in drawn:
            for start, end in pairwise(drawn):
                for step in range(101):
                    x = start["x"] + (end["x"] - start["x"]) * step / 100
                    y = start["y"] + (end["y"] - start["y"]) * step / 100
                    assert abs(x - label["left"]) > half or abs(y - label["middle"]) > tall, (values, label)


def test_the_alternative_text_is_the_title_and_the_numbers() -> None:
    assert Chart({}, "Số xã", "Đạt: 3 trên 36.").alternative == "Số xã. Đạt: 3 trên 36."


def test_hostile_words_stay_words() -> None:
    svg = Chart(bars_chart([Bar('<script>alert("1")</script> & co', 1, "1/1")]), "t", "d").svg()
    assert "<script" not in svg
    assert '<script>alert("1")</script>' in "".join(texts(svg)).replace(" ", "")
