"""Pictures: alike for alike charts, hatched, whole, in Vietnamese; as SVG and as PNG of the size asked for."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.charts import Chart
from ntm_rules.report.charts.drawing import ChartPart
from ntm_rules.report.charts.labels import width_of, wrapped
from ntm_rules.report.palette import COLOURS

SVG = "{http://www.w3.org/2000/svg}"
WARNINGS = ("MINH HỌA - KHÔNG PHẢI QUY ĐỊNH: một số", "SỐ LIỆU MINH HỌA: bịa ra")
ENVIRONMENT = ChartPart("8. Môi trường và cảnh quan", {Verdict.MET: 3, Verdict.NOT_MET: 1}, "3/4")


def chart(*parts: ChartPart) -> Chart:
    """A chart of parts, or of one bar, with figures that are invented."""
    return Chart(parts or (ENVIRONMENT,), "Số chỉ tiêu", "Đạt: 3 trên 4.", WARNINGS)


def lines(svg: str) -> list[ET.Element]:
    """Every line of text of a picture, with its place."""
    return list(ET.fromstring(svg).iter(f"{SVG}tspan"))


def texts(svg: str) -> list[str]:
    """Every text of a picture, its lines joined."""
    joined = (" ".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text"))
    return [re.sub(r"\s+", " ", words) for words in joined]


def test_a_chart_writes_its_words_and_below_them_what_is_invented() -> None:
    shown = texts(chart().svg())
    assert {"8. Môi trường và cảnh quan", "3/4", "Đ 3", "C 1", "Q Chưa quy định mức đạt"} <= set(shown)
    assert shown[-2:] == ["MINH HỌA - KHÔNG PHẢI QUY ĐỊNH", "SỐ LIỆU MINH HỌA"]


def test_alike_charts_are_the_same_bytes() -> None:
    assert chart().svg() == chart().svg()
    assert chart().png(1) == chart().png(1)


def test_a_picture_asks_for_nothing_and_tells_itself_in_words() -> None:
    svg = chart().svg()
    root = ET.fromstring(svg)
    assert (root.attrib["role"], [root[0].text, root[1].text]) == ("img", ["Số chỉ tiêu", "Đạt: 3 trên 4."])
    assert [root[0].tag, root[1].tag] == [f"{SVG}title", f"{SVG}desc"]
    assert not re.search(r"<(script|image|style|foreignObject)|href|@import|NaN|None|inf", svg)


def test_every_word_lies_inside_the_picture() -> None:
    long_label = ChartPart("Rất dài " * 20, {Verdict.NO_DATA: 4}, "0/4")
    svg = chart(long_label, ENVIRONMENT).svg()
    root = ET.fromstring(svg)
    _left, _top, width, height = map(float, root.attrib["viewBox"].split())
    assert (float(root.attrib["width"]), float(root.attrib["height"])) == (width, height)
    words = [("".join(line.itertext()), float(line.attrib["x"]), float(line.attrib["y"])) for line in lines(svg)]
    assert [one for one in words if not (0 <= one[1] < width and 8 <= one[2] <= height)] == []
    heights = [y for _words, _x, y in words]
    assert heights[-2:] == sorted(heights)[-2:], "what is invented stands lowest"


def test_labels_of_several_lines_do_not_touch() -> None:
    long_label = ChartPart("Rất dài " * 20, {Verdict.MET: 1}, "1/1")
    svg = chart(long_label, long_label, ENVIRONMENT).svg()
    heights = [float(line.attrib["y"]) for line in lines(svg) if line.attrib["x"] == "6"][:7]
    assert all(below - above >= 15 for above, below in pairwise(heights))


def test_a_png_has_the_asked_number_of_dots() -> None:
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', chart().svg())[0])
    for scale in (1, 3):
        png = chart().png(scale)
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", png[16:24]) == (int(width * scale), int(height * scale))


def test_what_is_not_met_is_hatched_and_what_is_met_is_plain() -> None:
    svg = chart().svg()
    assert '<pattern id="hatch-not-met"' in svg
    assert 'fill="url(#hatch-not-met)"' in svg
    drawn = svg.partition("</defs>")[2]
    assert f'fill="{COLOURS[Verdict.NOT_MET].back}"' not in drawn
    assert f'fill="{COLOURS[Verdict.MET].back}"' in drawn


def test_a_part_too_narrow_for_its_letter_shows_its_number_or_nothing() -> None:
    part = ChartPart("x", {Verdict.MET: 92, Verdict.NOT_MET: 7, Verdict.NO_DATA: 1}, "92/100")
    shown = texts(chart(part).svg())
    assert {"Đ 92", "7"} <= set(shown)
    assert not {"? 1", "1", "C 7"} & set(shown)


def test_of_no_rows_there_is_the_legend_alone() -> None:
    assert len(texts(Chart((), "t", "d").svg())) == len(Verdict)


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
    broken = wrapped(label, 15)
    assert len(broken) <= 3
    assert all(width_of(line) <= 15 for line in broken)
    assert "".join(broken).removesuffix("…").replace(" ", "") in label.replace(" ", "")


def test_a_label_that_is_cut_ends_with_a_whole_word() -> None:
    label = "3.4 Có kế hoạch và thực hiện hiệu quả kế hoạch phát triển sản phẩm OCOP gắn với vùng nguyên liệu"
    *_first, last = wrapped(label, 15)
    assert last.endswith("…")
    assert last.removesuffix("…").split()[-1] in label.split()


def test_the_alternative_text_is_the_title_and_the_numbers() -> None:
    assert chart().alternative == "Số chỉ tiêu. Đạt: 3 trên 4."


def test_hostile_words_stay_words() -> None:
    hostile = ChartPart('<b onclick="a">&', {Verdict.MET: 1}, "1/1")
    svg = Chart((hostile,), "<script>", 'x"<b y>').svg()
    assert not re.search(r"<b |<script", svg)
    assert '<b onclick="a">&' in texts(svg)
