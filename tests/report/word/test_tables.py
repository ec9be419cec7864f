"""Tables: heads that repeat, rows that stay whole, widths that are kept, any text."""

from __future__ import annotations

from pathlib import Path

from docx.oxml.ns import qn
from docx.table import Table as WordTable

from ntm_rules.report.tables.table import SAME, Cell, Column, Kind, RowRole, Table
from ntm_rules.report.word.layout import PORTRAIT_WIDTH, Paper
from ntm_rules.report.word.tables import add_table
from tests.report.word.opened import cells, opened

COLUMNS = [
    Column("n", "TT", Kind.MARK, 10),
    Column("before", "Kết quả", width=20, over="Năm 2025"),
    Column("verdict", "Đánh giá", width=20, over="Năm 2025"),
    Column("now", "Kết quả", width=20, over="Năm 2026"),
    Column("note", "Ghi chú", width=30),
]


def written(
    tmp_path: Path, rows: list[list[Cell]], columns: list[Column] = COLUMNS, roles: list[RowRole] | None = None
) -> WordTable:
    paper = Paper("Bảng")
    add_table(paper, 'Bảng 1 "thử" <&>', Table.of(columns, rows, roles or ()))
    path = tmp_path / "table.docx"
    path.write_bytes(paper.bytes())
    (table,) = opened(path).tables
    return table


def test_both_rows_of_the_head_repeat_and_no_row_breaks_across_pages(tmp_path: Path) -> None:
    table = written(tmp_path, [["1", "a", "b", "c", "d"]] * 3)
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_only_a_row_with_a_very_long_text_goes_on_overleaf(tmp_path: Path) -> None:
    table = written(tmp_path, [["1", "a", "b", "c", "d"], ["2", "xã " * 300, "b", "c", "d"]])
    whole = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows]
    assert whole == [True, True, True, False]


def test_a_heading_over_columns_covers_them_and_the_others_reach_down(tmp_path: Path) -> None:
    over, under, body = cells(written(tmp_path, [["1", "a", "b", "c", "d"]]))
    assert over == ["TT", "Năm 2025", "Năm 2025", "Năm 2026", "Ghi chú"]
    assert under == ["TT", "Kết quả", "Đánh giá", "Kết quả", "Ghi chú"]
    assert body == ["1", "a", "b", "c", "d"]


def test_a_table_without_headings_over_columns_has_one_row_of_heads(tmp_path: Path) -> None:
    assert cells(written(tmp_path, [["1", "2"]], [Column("a", "A", width=10), Column("b", "B", width=20)])) == [
        ["A", "B"],
        ["1", "2"],
    ]


def test_widths_are_fixed_so_that_no_word_widens_a_column(tmp_path: Path) -> None:
    table = written(tmp_path, [["1", "x" * 5000, "b", "c", "d"]])
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    assert layout.get(qn("w:type")) == "fixed"
    for shown, wanted in zip(table.columns, COLUMNS, strict=True):
        assert abs(shown.width.mm - wanted.width * PORTRAIT_WIDTH / 100) < 0.1


def test_cells_that_go_on_from_the_row_above_are_one_with_its(tmp_path: Path) -> None:
    columns = [Column(key, key, width=20) for key in ("TT", "Xã", "Nội dung")]
    rows: list[list[Cell]] = [["1", "A", "a"], [SAME, SAME, "b"], ["2", "B", "c"]]
    table = written(tmp_path, rows, columns)
    merged = [
        [None if (found := tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")) is None else found.get(qn("w:val"), "on")
         for tc in tr.iterchildren(qn("w:tc"))]
        for tr in table._tbl.iterchildren(qn("w:tr"))
    ]  # fmt: skip
    assert merged == [[None] * 3, ["restart", "restart", None], ["on", "on", None], [None] * 3]
    assert [[cell.text for cell in row.cells] for row in table.rows][1:3] == [["1", "A", "a"], ["1", "A", "b"]]


def test_a_short_table_can_be_kept_on_one_page(tmp_path: Path) -> None:
    paper = Paper("Bảng")
    for together in (True, False):
        add_table(paper, "x", Table.of([Column("a", "A", width=10)], [[text] for text in "123"]), together=together)
    path = tmp_path / "table.docx"
    path.write_bytes(paper.bytes())
    kept = [
        [row.cells[0].paragraphs[0].paragraph_format.keep_with_next is True for row in table.rows]
        for table in opened(path).tables
    ]
    assert kept == [[True, True, True, False], [True, False, False, False]], "a head stays with what follows it"


def test_any_text_is_kept_as_it_is(tmp_path: Path) -> None:
    texts = ["=1+1", "<b>&amp;</b>", "hai\ndòng", "ký tự\x01\x0b", ""]
    table = written(tmp_path, [texts])
    assert cells(table)[-1] == ["=1+1", "<b>&amp;</b>", "hai\ndòng", "ký tự\ufffd\ufffd", ""]
    caption = table._tbl.tblPr.find(qn("w:tblCaption"))
    assert caption.get(qn("w:val")) == 'Bảng 1 "thử" <&>'


def test_a_heading_among_the_rows_stays_with_the_row_after_it(tmp_path: Path) -> None:
    table = written(tmp_path, [["1", "", "", "", ""], ["1.1", "", "", "", ""]], roles=[RowRole.HEADING, RowRole.PLAIN])
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows[2:]]
    assert kept == [True, None]


def test_a_table_without_rows_says_that_there_is_none(tmp_path: Path) -> None:
    assert cells(written(tmp_path, []))[2:] == [["không có"] * len(COLUMNS)]
