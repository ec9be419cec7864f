"""A plain sheet read by rows holds what it holds read cell by cell; others are told from it, and no file is mistaken for one before."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.cells.numbers import STRUCK_OUT, Broken, Doubtful, Percent
from ntm_rules.dataset.workbooks import plain_sheets
from ntm_rules.dataset.workbooks.cell_styles import Styles
from ntm_rules.dataset.workbooks.cell_values import WorkbookContext
from ntm_rules.dataset.workbooks.number_formats import number_format
from ntm_rules.dataset.workbooks.plain_sheets import plain_cells
from ntm_rules.dataset.workbooks.sheet_cells import cells_of
from ntm_rules.dataset.workbooks.workbook_sheets import Workbook
from tests.dataset.packages import WHERE, cells, package

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
TEXTS = ("plain", Doubtful("62", STRUCK_OUT), "", "a & ã b")
TEXTS_XML = '<si><t>plain</t></si><si><r><rPr><strike/></rPr><t>62</t></r></si><si><t></t></si><si><r><t> a &amp; &#xE3;</t></r><r><rPr><b/></rPr><t xml:space="preserve"> b</t></r></si>'

PERCENT_BY_DEFAULT = Styles(formats={b"0": number_format("0%")})

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
    *(
        f'<c r="{{at}}" s="{{s}}"><v>{word}</v></c>'
        for word in ("1_0", "0x10", "1,5", "abc", "Infinity", "-5", "0.25", "60", "46000.9999999999")
    ),
    *(f'<c r="{{at}}" s="{{s}}" t="b"><v>{truth}</v></c>' for truth in ("1", "true", "FALSE", "2", "")),
    '<c r="{at}" s="{s}"><f t="shared" si="0"/></c>',
    '<c r="{at}" s="{s}"><f aca="false">A1</f><v>3</v></c>',
    '<c r="{at}" s="{s}" t="str"><f>""</f><v></v></c>',
    '<c r="{at}" s="{s}" t="str"><f>A1</f><v>a &amp; b</v></c>',
    '<c r="{at}" s="{s}" t="str"><f>A1</f></c>',
    '<c r="{at}" s="{s}" t="inlineStr"><is><t>\u00a0 &#xA0;a \r\n b\t</t></is></c>',
    '<c r="{at}" s="{s}" t="s"><v>3</v></c>',
    '<c r="{at}" s="{s}" t="s"><v>9</v></c>',
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
def test_a_plain_sheet_s_cells_are_those_read_one_by_one(calculated: bool, cells: list[tuple[str, str, int]]) -> None:
    xml = sheet(cells)
    context = WorkbookContext(STYLES, TEXTS, calculated=calculated)
    for _ in ("unseen", "seen once", "remembered"):
        plain = plain_cells(xml, context)
        assert plain is not None
        assert squared(list(plain.rows)) == squared(list(cells_of(xml, context).rows))
    load = "" if calculated else '<calcPr fullCalcOnLoad="1"/>'
    data = package(xml, styles=STYLES_XML, strings=TEXTS_XML, after_sheets=load or "<calcPr/>")
    assert list(Workbook(data).grid(0, WHERE).rows) == plain.rows
    assert squared(list(plain.rows)) == squared(list(cells_of(sheet(cells, prefix="x"), context).rows))


def test_rows_are_a_rectangle_from_the_first_that_holds_something_to_the_last() -> None:
    rows = '<row r="1"><c r="A1" s="1"/></row><row r="2"><c r="B2"><v>1</v></c></row><row r="3"/>'
    rows += '<row r="4"><c r="A4"/><c r="C4" t="b"><v>1</v></c><c r="D4" t="str"><v></v></c></row><row r="5"/>'
    plain = plain_cells(f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode(), WorkbookContext())
    assert plain is not None
    assert plain.rows == [(1, ["", 1.0, ""]), (2, ["", "", ""]), (3, ["", "", True])]


ONE_CELL = '<c r="A1" s="1"><v>0.5</v></c>'
PERCENT = '<cellXfs><xf/><xf numFmtId="9"/></cellXfs>'


def value(data: bytes) -> tuple[type, Any]:
    """What the one cell of a workbook holds, and of which type."""
    [(_, [cell])] = Workbook(data).grid(0, WHERE).rows
    return type(cell), cell


@pytest.mark.parametrize("first", [0, 1])
def test_equal_rows_under_other_styles_say_other_things(first: int) -> None:
    each = [
        (package(cells(ONE_CELL), styles="<cellXfs><xf/><xf/></cellXfs>"), (float, 0.5)),
        (package(cells(ONE_CELL), styles=PERCENT), (Percent, Percent(0.5))),
    ]
    for data, said in [each[first], each[1 - first]] * 3:
        assert value(data) == said


def test_equal_rows_say_other_things_where_days_or_formulas_mean_something_else() -> None:
    day = cells('<c r="A1" s="1"><v>46000</v></c>')
    days = '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>'
    assert value(package(day, styles=days)) == (dt.date, dt.date(2025, 12, 9))
    assert value(package(day, styles=days, before_sheets='<workbookPr date1904="1"/>')) == (
        dt.date,
        dt.date(2029, 12, 10),
    )
    zero = cells('<c r="A1"><f>B1</f><v>0</v></c>')
    assert value(package(zero)) == (float, 0.0)
    unsaid = Broken("formula-not-calculated", "")
    assert value(package(zero, after_sheets='<calcPr fullCalcOnLoad="1"/>')) == (Broken, unsaid)


def test_equal_rows_of_shared_texts_say_what_their_own_workbook_shares() -> None:
    row = cells('<c r="A1" t="s"><v>0</v></c>')
    for text in ["Có", "Không"] * 2:
        assert value(package(row, strings=f"<si><t>{text}</t></si>")) == (str, text)
    struck = "<si><r><rPr><strike/></rPr><t>Có</t></r></si>"
    assert value(package(row, strings=struck)) == (Doubtful, Doubtful("Có", STRUCK_OUT))


def test_a_row_handed_out_may_be_changed() -> None:
    data = package(cells('<c r="A1"><v>1</v></c>'))
    for _ in range(4):
        [(_, row)] = Workbook(data).grid(0, WHERE).rows
        assert row == [1.0]
        row[0] = 2.0  # type: ignore[index]  # a list


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_sheets, "_MOST_ROWS", 3)
    monkeypatch.setattr(plain_sheets, "_MOST_ONCE", 5)
    monkeypatch.setattr(plain_sheets, "_MOST_CELLS", 3)
    context = WorkbookContext()
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>t{n}</v></c></row>' for n in range(1, 9))
    xml = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    for _ in range(4):
        plain = plain_cells(xml, context)
        assert plain is not None
        assert [cells for _, cells in plain.rows] == [[f"t{n}"] for n in range(1, 9)]
        assert max(len(context.seen.rows), len(context.seen.cells)) <= 3
        assert len(context.seen.once) <= 5


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
    assert plain_cells(xml.encode(), WorkbookContext()) is None


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
    assert plain_cells(xml.encode(), WorkbookContext()) is None


@pytest.mark.parametrize("gap", ["\n", "\t", "\r\n ", " \n"])
def test_a_percent_format_is_seen_however_the_attributes_are_set_apart(gap: str) -> None:
    xml = f'<worksheet><sheetData><row r="1"><c{gap}r="B1"{gap}s="1"><v>0.8</v></c></row></sheetData></worksheet>'
    assert plain_cells(xml.encode(), WorkbookContext(STYLES)) is None
    assert cells_of(xml.encode(), WorkbookContext(STYLES)).rows == [(0, ["", Percent(0.8)])]


def test_a_percent_format_of_the_default_style_is_seen_on_cells_that_name_none() -> None:
    xml = b'<worksheet><sheetData><row r="1"><c r="A1"><v>0.8</v></c><c r="B1" s="2"><v>3</v></c></row></sheetData></worksheet>'
    for found in (
        plain_cells(xml, WorkbookContext(PERCENT_BY_DEFAULT)),
        cells_of(xml, WorkbookContext(PERCENT_BY_DEFAULT)),
    ):
        assert found is not None
        assert found.rows == [(0, [Percent(0.8), 3.0])]


@pytest.mark.parametrize("ranges", [[], ["A1:B1"], ["A1:B1", "$C$3:$D$9", "E5"]])
def test_knows_what_is_merged(ranges: list[str]) -> None:
    merged = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    tail = f"<mergeCells>{merged}</mergeCells>" if ranges else ""
    xml = f"<worksheet><sheetData></sheetData>{tail}</worksheet>".encode()
    plain = plain_cells(xml, WorkbookContext())
    assert plain is not None
    assert len(plain.merged) == len(ranges)
    assert plain.merged == cells_of(xml, WorkbookContext()).merged


HEADS = (
    '<?xml version="1.0" encoding="ISO-8859-1"?><worksheet>',
    "<worksheet><AlternateContent><Choice/></AlternateContent>",
)


@pytest.mark.parametrize("head", HEADS)
def test_other_encodings_and_alternatives_are_left_to_the_parser(head: str) -> None:
    xml = f"{head}<sheetData></sheetData></worksheet>".encode()
    assert plain_cells(xml, WorkbookContext()) is None


@pytest.mark.parametrize("text", [b"\xff", b"&nbsp;", b"a & b", b"&#0;", b"&#xD800;"])
def test_a_text_that_is_no_text_is_left_to_the_parser(text: bytes) -> None:
    for cell in (b't="inlineStr"><is><t>' + text + b"</t></is>", b't="str"><v>' + text + b"</v>"):
        xml = b'<worksheet><sheetData><row r="1"><c r="A1" ' + cell + b"</c></row></sheetData></worksheet>"
        assert plain_cells(xml, WorkbookContext()) is None


def test_rows_longer_than_a_block_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_sheets, "_BLOCK", 50)
    xml = sheet([(CELLS[0], "A", 0), (CELLS[-1], "Z", 0), *[(CELLS[0], "A", 0)] * 3])
    plain = plain_cells(xml, WorkbookContext())
    assert plain is not None
    assert squared(list(plain.rows)) == squared(list(cells_of(xml, WorkbookContext()).rows))
