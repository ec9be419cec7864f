"""A plain sheet scanned as bytes and read by the library holds what it holds read cell by cell; others are told from it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.cells.numbers import STRUCK_OUT, Broken, Doubtful, Percent
from ntm_rules.dataset.workbooks.cell_styles import Styles
from ntm_rules.dataset.workbooks.cell_values import Context
from ntm_rules.dataset.workbooks.number_formats import number_format
from ntm_rules.dataset.workbooks.sheet_cells import cells_of
from ntm_rules.dataset.workbooks.sheet_marks import FORMULA, Marks, mark, marks_of
from ntm_rules.dataset.workbooks.workbook_sheets import Workbook
from tests.dataset.packages import WHERE, package

STYLES = Styles(
    formats={b"1": number_format("0%"), b"12": number_format("#,##0,")},
    fonts={b"2": STRUCK_OUT},
    days={b"3": number_format("dd/mm/yyyy")},
)
STYLES_XML = (
    '<numFmts><numFmt numFmtId="170" formatCode="#,##0,"/><numFmt numFmtId="171" formatCode="dd/mm/yyyy"/></numFmts>'
    "<fonts><font/><font><strike/></font></fonts><cellXfs>"
    + "".join(
        f'<xf numFmtId="{number}" fontId="{font}"/>'
        for number, font in [(0, 0), (9, 0), (0, 1), (171, 0), *[(0, 0)] * 8, (170, 0)]
    )
    + "</cellXfs>"
)
TEXTS = ("plain", Doubtful("62", STRUCK_OUT), "")
TEXTS_XML = "<si><t>plain</t></si><si><r><rPr><strike/></rPr><t>62</t></r></si><si><t></t></si>"

CELLS = (
    '<c r="{at}" s="{s}"><v>1</v></c>',
    '<c r="{at}" s="{s}" t="n"><v>0.5</v></c>',
    '<c r="{at}" s="{s}"><v>46000.25</v></c>',
    '<c r="{at}" s="{s}" t="s"><v>0</v></c>',
    '<c r="{at}" s="{s}" t="s"><v>1</v></c>',
    '<c r="{at}" s="{s}" t="b"><v>0</v></c>',
    '<c r="{at}" s="{s}"/>',
    '<c r="{at}" s="{s}" t="n" />',
    '<c r="{at}" s="{s}" t="n"></c>',
    '<c r="{at}" s="{s}"><f>A1+1</f><v></v></c>',
    '<c r="{at}" s="{s}"><f>A1+1</f><v>0</v></c>',
    *(
        f'<c r="{{at}}" s="{{s}}"><f>A1+1</f><v>{zero}</v></c>'
        for zero in ("-0", "+0", "00", "0.0", ".0", "0e0", "-0E+1")
    ),
    *(f'<c r="{{at}}" s="{{s}}"><v>{number}</v></c>' for number in ("-0", "007", "1E-3", "1e2", ".5", "5.", "92.50")),
    *(f'<c r="{{at}}" s="{{s}}"><v>{word}</v></c>' for word in ("1_0", "0x10", "1,5", "abc")),
    *(f'<c r="{{at}}" s="{{s}}" t="b"><v>{truth}</v></c>' for truth in ("1", "true", "FALSE", "2", "")),
    '<c r="{at}" s="{s}"><f t="shared" si="0"/></c>',
    '<c r="{at}" s="{s}"><f aca="false">A1</f><v>3</v></c>',
    '<c r="{at}" s="{s}" t="str"><f>""</f><v></v></c>',
    '<c r="{at}" s="{s}" t="str"><f>A1</f><v>a &amp; b</v></c>',
    '<c r="{at}" s="{s}" t="e"><v>#N/A</v></c>',
    '<c r="{at}" s="{s}" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="{at}" s="{s}" t="inlineStr"><is><t>#N/A: colons</t></is></c>',
    '<c r="{at}" s="{s}" t="inlineStr"><is><t xml:space="preserve"> X&#227; _x0041_ </t></is></c>',
)
WRITTEN = st.tuples(st.sampled_from(CELLS), st.sampled_from(["A", "D", "Z", "AB"]), st.sampled_from([0, 1, 2, 3, 12]))


def sheet(cells: list[tuple[str, str, int]], prefix: str = "") -> bytes:
    rows = "".join(
        f'<row r="{n}">{cell.format(at=f"{column}{n}", s=style)}</row>'
        for n, (cell, column, style) in enumerate(cells, start=1)
    )
    xml = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    if prefix:
        xml = re.sub(r"<(/?)(?=[a-z])", rf"<\g<1>{prefix}:", xml)
        return xml.replace(f"<{prefix}:worksheet>", f'<{prefix}:worksheet xmlns:{prefix}="urn:x">').encode()
    return xml.replace("<worksheet>", '<worksheet xmlns="urn:x">').encode()


def squared(rows: list[tuple[int, Any]]) -> dict[tuple[int, int], tuple[type, Any]]:
    """What stands in rows, by place, and of which type."""
    return {
        (number, column): (type(cell), cell)
        for number, row in rows
        for column, cell in enumerate(row)
        if type(cell) is not str or cell != ""
    }


@pytest.mark.parametrize("calculated", [True, False])
@given(cells=st.lists(WRITTEN, max_size=12))
def test_the_library_s_cells_with_their_marks_are_those_read_one_by_one(
    calculated: bool, cells: list[tuple[str, str, int]]
) -> None:
    xml = sheet(cells)
    context = Context(STYLES, TEXTS, calculated=calculated)
    assert marks_of(xml, context) is not None, "the sheet is plain"
    load = "" if calculated else '<calcPr fullCalcOnLoad="1"/>'
    data = package(xml, styles=STYLES_XML, strings=TEXTS_XML, after_sheets=load or "<calcPr/>")
    scanned = squared(list(Workbook(data).grid(0, WHERE).rows))
    assert scanned == squared(list(cells_of(xml, context).rows))
    assert scanned == squared(list(cells_of(sheet(cells, prefix="x"), context).rows))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v><![CDATA[92.5]]></v></c>',
        '<c r="A1"><v>92<!-- -->.5</v></c>',
        '<c r="A1"><v>92<?x y?>.5</v></c>',
        '<c r="A1"><v>92&#46;5</v></c>',
        '<c r="A1"><v>92.5</v><f>1+1</f></c>',
        '<c r="A1" t="inlineStr"><v>92.5</v></c>',
        '<c r="A1" t="s"><v>-1</v></c>',
        '<c r="A1" t="d"><v>2026-05-01</v></c>',
        '<c r="A1" t="xyz"><v>1</v></c>',
        '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
        '<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c>',
        "<c><v>1</v></c>",
        '<c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c>',
        '<c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c>',
        '<c r="A1"><v>1</v><extLst/></c>',
        '<c  r="A1"><v>1</v></c>',
        '<c r="A1"\ts="1"><v>0.8</v></c>',
    ],
)
def test_a_sheet_with_a_cell_written_otherwise_is_not_plain(cell: str) -> None:
    xml = f'<worksheet><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    assert marks_of(xml.encode(), Context()) is None


@pytest.mark.parametrize(
    "xml",
    [
        '<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="1"><c r="B1"/></row></sheetData></worksheet>',
        '<worksheet><!-- <sheetData> --><sheetData><row r="1"><c r="A1"/></row></sheetData></worksheet>',
        "<worksheet><sheetData></sheetData><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
        '<worksheet><sheetData><x:row xmlns:x="y"/></sheetData></worksheet>',
    ],
)
def test_rows_and_sheets_written_otherwise_are_not_plain(xml: str) -> None:
    assert marks_of(xml.encode(), Context()) is None


@pytest.mark.parametrize("gap", ["\n", "\t", "\r\n ", " \n"])
def test_a_percent_format_is_seen_however_the_attributes_are_set_apart(gap: str) -> None:
    xml = f'<worksheet><sheetData><row r="1"><c{gap}r="B1"{gap}s="1"><v>0.8</v></c></row></sheetData></worksheet>'
    assert marks_of(xml.encode(), Context(STYLES)) is None
    assert cells_of(xml.encode(), Context(STYLES)).rows == [(0, ["", Percent(0.8)])]


def test_a_percent_format_of_the_default_style_is_seen_on_cells_that_name_none() -> None:
    xml = b'<worksheet><sheetData><row r="1"><c r="A1"><v>0.8</v></c><c r="B1" s="2"><v>3</v></c></row></sheetData></worksheet>'
    styles = Styles(formats={b"0": number_format("0%")})
    assert marks_of(xml, Context(styles)) is None
    assert cells_of(xml, Context(styles)).rows == [(0, [Percent(0.8), 3.0])]
    assert marks_of(xml, Context(Styles(days={b"0": number_format("dd/mm/yyyy")}))) is None


def test_marks_go_into_the_rows_read_and_reach_past_them() -> None:
    rows: list[list[object]] = [[0.8, "x"], ["", 1.0]]
    percent = number_format("0%")
    marks = Marks(
        broken={(3, 4): FORMULA, (4, 2): Broken("cell-error", "#N/A")},
        formats={(2, 2): percent, (2, 3): percent, (9, 9): percent},
    )
    mark(rows, marks, first_row=2, first_column=2)
    assert rows == [
        [Percent(0.8), "x"],
        ["", 1.0, FORMULA],
        [Broken("cell-error", "#N/A")],
    ]


@pytest.mark.parametrize("merged", [True, False])
def test_knows_whether_anything_is_merged(merged: bool) -> None:
    tail = b'<mergeCells><mergeCell ref="A1:B1"/></mergeCells>' if merged else b""
    marks = marks_of(b"<worksheet><sheetData></sheetData>" + tail + b"</worksheet>", Context())
    assert marks is not None
    assert marks.merged is merged
