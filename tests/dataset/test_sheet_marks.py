"""What stands out in a sheet is the same whether scanned as bytes or parsed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.numbers import Broken, Percent
from ntm_rules.dataset.sheet_marks import FORMULA, Marks, mark, marks_of

PERCENT_STYLES = frozenset({b"1", b"12"})

CELLS = (
    '<c r="{at}" s="{s}"><v>1</v></c>',
    '<c r="{at}" s="{s}" t="n"><v>0.5</v></c>',
    '<c r="{at}" t="s" s="{s}"><v>7</v></c>',
    '<c r="{at}" s="{s}"/>',
    '<c r="{at}" s="{s}" t="n" />',
    '<c r="{at}" s="{s}"><f>A1+1</f><v></v></c>',
    '<c r="{at}" s="{s}"><f t="shared" si="0"/></c>',
    '<c r="{at}" s="{s}"><f>A1</f><v>3</v></c>',
    '<c r="{at}" s="{s}" t="str"><f>""</f><v></v></c>',
    '<c r="{at}" s="{s}" t="e"><v>#N/A</v></c>',
    '<c r="{at}" s="{s}" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    '<c r="{at}" s="{s}" t="inlineStr"><is><t>#N/A: colons</t></is></c>',
)
WRITTEN = st.tuples(st.sampled_from(CELLS), st.sampled_from(["A", "D", "Z", "AB"]), st.sampled_from([0, 1, 2, 12]))


def sheet(cells: list[tuple[str, str, int]], prefix: str = "") -> bytes:
    rows = "".join(
        f'<row r="{n}">{cell.format(at=f"{column}{n}", s=style)}</row>'
        for n, (cell, column, style) in enumerate(cells, start=1)
    )
    xml = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    if prefix:
        xml = re.sub(r"<(/?)(?=[a-z])", rf"<\g<1>{prefix}:", xml)
        xml = xml.replace(f"<{prefix}:worksheet>", f'<{prefix}:worksheet xmlns:{prefix}="urn:x">')
    return xml.encode()


@pytest.mark.parametrize("gap", ["\n", "\t", "\r\n ", " \n"])
def test_a_percent_format_is_seen_however_the_attributes_are_set_apart(gap: str) -> None:
    xml = f'<worksheet><sheetData><row r="1"><c{gap}r="B1"{gap}s="1"><v>0.8</v></c></row></sheetData></worksheet>'
    assert marks_of(xml.encode(), frozenset({b"1"})).percent == {(0, 1)}


def test_a_percent_format_of_the_default_style_is_seen_on_cells_that_name_none() -> None:
    xml = b'<worksheet><sheetData><row r="1"><c r="A1"><v>0.8</v></c><c r="B1" s="2"><v>3</v></c></row></sheetData></worksheet>'
    assert marks_of(xml, frozenset({b"0"})).percent == {(0, 0)}
    assert marks_of(xml, frozenset({b"2"})).percent == {(0, 1)}


@given(st.lists(WRITTEN, max_size=12))
def test_scanning_and_parsing_agree(cells: list[tuple[str, str, int]]) -> None:
    scanned = marks_of(sheet(cells), PERCENT_STYLES)
    parsed = marks_of(sheet(cells, prefix="x"), PERCENT_STYLES)
    assert scanned.broken == parsed.broken
    # An empty cell may carry a format; what counts is where values are.
    assert scanned.percent <= parsed.percent
    for row, _ in parsed.percent - scanned.percent:
        assert cells[row][0].endswith("/>")


def test_marks_go_into_the_rows_read_and_reach_past_them() -> None:
    rows: list[list[object]] = [[0.8, "x"], ["", 1.0]]
    marks = Marks(broken={(3, 4): FORMULA, (4, 2): Broken("cell-error", "#N/A")}, percent={(2, 2), (2, 3), (9, 9)})
    mark(rows, marks, first_row=2, first_column=2)
    assert rows == [
        [Percent(0.8), "x"],
        ["", 1.0, FORMULA],
        [Broken("cell-error", "#N/A")],
    ]


@pytest.mark.parametrize("merged", [True, False])
def test_knows_whether_anything_is_merged(merged: bool) -> None:
    tail = b'<mergeCells><mergeCell ref="A1:B1"/></mergeCells>' if merged else b""
    assert marks_of(b"<worksheet><sheetData></sheetData>" + tail + b"</worksheet>", frozenset()).merged is merged
