"""Cells read one by one from a sheet's XML: what each way of writing one means, and what is told of those with none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ntm_rules.dataset.cells.numbers import RAISED, STRUCK_OUT, Broken, Cell, Doubtful
from ntm_rules.dataset.places import Hidden
from ntm_rules.dataset.workbooks.cell_styles import Styles
from ntm_rules.dataset.workbooks.cell_values import WorkbookContext
from ntm_rules.dataset.workbooks.number_formats import number_format
from ntm_rules.dataset.workbooks.rich_text import shared_texts
from ntm_rules.dataset.workbooks.sheet_cells import cells_of
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused
from ntm_rules.dataset.workbooks.workbook_sheets import Workbook
from tests.dataset.packages import MAIN, WHERE, cells, package

CONTEXT = WorkbookContext(
    Styles(
        formats={b"4": number_format("#,##0,")},
        fonts={b"3": STRUCK_OUT, b"5": RAISED},
        days={b"1": number_format("dd/mm/yyyy"), b"2": number_format("[h]:mm")},
    ),
    ("Có", "Không"),
)


def only(cell: str, context: WorkbookContext = CONTEXT) -> Cell:
    """The one cell of a sheet; blank when it holds none."""
    rows = cells_of(cells(cell), context).rows
    return rows[0][1][0] if rows else ""


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v> 92.5 </v></c>', 92.5),
        ('<c r="A1"><v>9<![CDATA[2.]]>5</v></c>', 92.5),
        ('<c r="A1"><v>92<!-- or so -->.5</v></c>', 92.5),
        ('<c r="A1"><v>92<?by hand?>.5</v></c>', 92.5),
        ('<c r="A1"><v>92&#x2E;5</v></c>', 92.5),
        ('<c r="A1"><v>92.5</v><f>1+1</f></c>', 92.5),
        ('<c r="A1"><v>1.25E3</v></c>', 1250.0),
        ('<c r="A1"><v>92.5</v><extLst><ext><v>3</v></ext></extLst></c>', 92.5),
        ('<c r="A1"><x:y xmlns:x="urn:other"/><v>92.5</v></c>', 92.5),
        ('<c r="A1" t="n"><is><t>12</t></is></c>', "12"),
        ('<c r="A1"><v>92,5</v></c>', "92,5"),
        ('<c r="A1" t="s"><v> 1 </v></c>', "Không"),
        ('<c r="A1" t="b"><v>true</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="str"><v>a_x0041_&amp;</v></c>', "aA&"),
        ('<c r="A1" t="inlineStr"><v>Có</v></c>', "Có"),
        ('<c r="A1" t="inlineStr"><is><t>C</t><t>ó</t><rPh sb="0" eb="1"><t>x</t></rPh></is></c>', "Có"),
        ('<c r="A1" t="inlineStr"><is><t>C<![CDATA[ó]]><!-- --></t></is></c>', "Có"),
        ('<c r="A1" t="d"><v>2026-05-01</v></c>', dt.date(2026, 5, 1)),
        ('<c r="A1" t="d"><v>2026-05-01T06:00:00Z</v></c>', dt.datetime(2026, 5, 1, 6)),  # noqa: DTZ001 - as cells are
        ('<c r="A1" s="1"><v>46000</v></c>', dt.date(2025, 12, 9)),
        ('<c r="A1" s="1"><v>0.5</v></c>', dt.time(12)),
        ('<c r="A1" s="2"><v>1.5</v></c>', dt.timedelta(days=1.5)),
        ('<c r="A1" s="3" t="s"><v>0</v></c>', Doubtful("Có", STRUCK_OUT)),
        ('<c r="A1" s="3"/>', ""),
        ('<c r="A1" t="str"><v></v></c>', ""),
        (
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            '<mc:Choice Requires="z"><c r="A1"><v>1</v></c></mc:Choice>'
            '<mc:Fallback><c r="A1"><v>2</v></c></mc:Fallback></mc:AlternateContent>',
            2.0,
        ),
    ],
)
def test_what_stands_in_a_cell(cell: str, value: Cell) -> None:
    found = only(cell)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("cell", "code", "text"),
    [
        ('<c r="A1" t="s"><v>7</v></c>', "cell-unreadable", "7"),
        ('<c r="A1" t="s"><v>-1</v></c>', "cell-unreadable", "-1"),
        ('<c r="A1" t="s"><v>0.5</v></c>', "cell-unreadable", "0.5"),
        ('<c r="A1" t="b"><v>2</v></c>', "cell-unreadable", "2"),
        ('<c r="A1" t="xyz"><v>92.5</v></c>', "cell-unreadable", "92.5"),
        ('<c r="A1" t="e"><v>#SPILL!</v></c>', "cell-error", "#SPILL!"),
        ('<c r="A1"><f>1+1</f></c>', "formula-not-calculated", ""),
        ('<c r="A1" s="1"><v>1e300</v></c>', "date-not-number", "1e+300"),
        ('<c r="A1"><v>48</v><v>92.5</v></c>', "cell-twice", "48; 92.5"),
        ('<c r="A1" t="inlineStr"><is><t>92,5</t></is><v>48</v></c>', "cell-twice", "48; 92,5"),
        ('<c r="A1"><is><t>92,5</t></is><v>48</v></c>', "cell-twice", "48; 92,5"),
        ('<c r="A1" t="inlineStr"><is><t>48</t></is><is><t>92,5</t></is></c>', "cell-twice", "92,5"),
        ('<c r="A1"><v>48</v></c><c r="A1"><v>92.5</v></c>', "cell-twice", "48; 92,5"),
    ],
)
def test_a_cell_without_one_reading_is_told_and_the_rest_is_read(cell: str, code: str, text: str) -> None:
    rows = cells_of(cells(cell, '<c r="B1"><v>1</v></c>'), CONTEXT).rows
    assert rows == [(0, [Broken(code, text), 1.0])]


@pytest.mark.parametrize("result", ["<v>0</v>", "<v>0.0</v>", "<v></v>", "", "<v/>"])
@pytest.mark.parametrize("kind", ["", ' t="n"'])
def test_a_formula_s_zero_counts_only_where_a_program_has_calculated(result: str, kind: str) -> None:
    cell = f'<c r="A1"{kind}><f>SUM(B1)</f>{result}</c>'
    never = WorkbookContext(calculated=False)
    assert only(cell, never) == Broken("formula-not-calculated", "")
    assert only(cell) == (0.0 if "0" in result else Broken("formula-not-calculated", ""))
    assert only('<c r="A1"><f>SUM(B1)</f><v>3</v></c>', never) == 3.0
    assert only('<c r="A1"><v>0</v></c>', never) == 0.0
    assert only('<c r="A1" t="str"><f>A2</f><v></v></c>', never) == Broken("formula-not-calculated", "")
    assert only('<c r="A1" t="b"><f>A2</f><v>0</v></c>', never) == Broken("formula-not-calculated", "")


def test_days_counted_from_1904() -> None:
    context = WorkbookContext(CONTEXT.styles, from_1904=True)
    assert only('<c r="A1" s="1"><v>44538</v></c>', context) == dt.date(2025, 12, 9)


@pytest.mark.parametrize(
    ("looks", "code", "shown"),
    [
        ('<vertAlign val="superscript"/>', RAISED, "62³"),
        ('<vertAlign val="subscript"/>', RAISED, "62₃"),
        ("<strike/>", STRUCK_OUT, "623"),
        ('<strike val="1"/>', STRUCK_OUT, "623"),
        ('<strike val="0"/><b/>', "", ""),
        ('<vertAlign val="baseline"/>', "", ""),
    ],
)
def test_runs_that_are_struck_out_or_raised_make_a_text_doubtful(looks: str, code: str, shown: str) -> None:
    runs = f"<r><t>62</t></r><r><rPr>{looks}</rPr><t>3</t></r>"
    (text,) = shared_texts(f'<sst xmlns="{MAIN}"><si>{runs}</si></sst>'.encode())
    for found in (text, only(f'<c r="A1" t="inlineStr"><is>{runs}</is></c>')):
        assert found == "623"
        assert (getattr(found, "code", ""), getattr(found, "shown", "")) == (code, shown)


def test_a_look_of_nothing_but_space_changes_nothing() -> None:
    (text,) = shared_texts(b"<sst><si><r><t>62</t></r><r><rPr><strike/></rPr><t> </t></r></si><si/></sst>")[:1]
    assert type(text) is str


def test_shared_texts_keep_their_places_whatever_stands_between() -> None:
    xml = '<sst><!-- <si><t>x</t></si> --><si/><si><t xml:space="preserve"> a </t></si><si><t>_xD800_</t></si></sst>'
    assert shared_texts(xml.encode()) == ["", " a ", "_xD800_"]


def test_hidden_rows_and_columns_are_known() -> None:
    rows = '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" ht="0" customHeight="1"/><row r="3"/>'
    columns = '<cols><col min="2" max="3" hidden="true"/><col min="5" max="5" width="0"/><col min="6" max="6" width="9"/></cols>'
    xml = f'<worksheet xmlns="{MAIN}">{columns}<sheetData>{rows}</sheetData></worksheet>'
    hidden = Hidden({0, 1}, [(1, 2), (4, 4)])
    assert cells_of(xml.encode(), WorkbookContext()).hidden == hidden
    assert Workbook(package(xml)).grid(0, WHERE).hidden == hidden


@pytest.mark.parametrize("xml", ["<worksheet>", "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>", "<a><row r='x'/></b>"])
def test_a_sheet_that_is_no_xml_is_refused(xml: str) -> None:
    with pytest.raises(FileRefused):
        cells_of(xml.encode(), WorkbookContext())


def test_a_far_empty_text_spans_nothing(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="str"><v></v></c></row>'
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>{far}</sheetData></worksheet>'
    assert list(Workbook(package(xml)).grid(0, WHERE).rows) == [(0, [1.0])]


def test_more_cells_than_figures_need_are_not_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntm_rules.dataset.workbooks.sheet_cells.MOST_READ_ONE_BY_ONE", 3)
    row = "<c><v>1</v></c>" * 3
    assert cells_of(cells(row), CONTEXT).rows == [(0, [1.0, 1.0, 1.0])]
    with pytest.raises(FileRefused) as refused:
        cells_of(cells(row + "<c><v>1</v></c>"), CONTEXT)
    assert refused.value.code == "sheet-too-large"
