"""Tables: heads that repeat, rows that stay whole, widths that are kept, any text."""

from __future__ import annotations

from pathlib import Path

from docx.oxml.ns import qn
from docx.table import Table

from ntm_rules.report.word.layout import Paper
from ntm_rules.report.word.tables import Column, Row, add_table, scaled
from tests.report.word.opened import cells, opened

COLUMNS = [
    Column("TT", 10, "center"),
    Column("Kết quả", 20, over="Năm 2025"),
    Column("Đánh giá", 20, over="Năm 2025"),
    Column("Kết quả", 20, over="Năm 2026"),
    Column("Ghi chú", 30),
]


def written(tmp_path: Path, rows: list[Row], columns: list[Column] = COLUMNS) -> Table:
    paper = Paper("Bảng")
    add_table(paper, columns, rows, title='Bảng 1 "thử" <&>')
    path = tmp_path / "table.docx"
    path.write_bytes(paper.bytes())
    (table,) = opened(path).tables
    return table


def test_both_rows_of_the_head_repeat_and_no_row_breaks_across_pages(tmp_path: Path) -> None:
    table = written(tmp_path, [Row(["1", "a", "b", "c", "d"])] * 3)
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_only_a_row_with_a_very_long_text_goes_on_overleaf(tmp_path: Path) -> None:
    table = written(tmp_path, [Row(["1", "a", "b", "c", "d"]), Row(["2", "xã " * 300, "b", "c", "d"])])
    whole = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows]
    assert whole == [True, True, True, False]


def test_a_heading_over_columns_covers_them_and_the_others_reach_down(tmp_path: Path) -> None:
    over, under, body = cells(written(tmp_path, [Row(["1", "a", "b", "c", "d"])]))
    assert over == ["TT", "Năm 2025", "Năm 2025", "Năm 2026", "Ghi chú"]
    assert under == ["TT", "Kết quả", "Đánh giá", "Kết quả", "Ghi chú"]
    assert body == ["1", "a", "b", "c", "d"]


def test_a_table_without_headings_over_columns_has_one_row_of_heads(tmp_path: Path) -> None:
    assert cells(written(tmp_path, [Row(["1", "2"])], [Column("A", 10), Column("B", 20)])) == [["A", "B"], ["1", "2"]]


def test_widths_are_fixed_so_that_no_word_widens_a_column(tmp_path: Path) -> None:
    columns = scaled(COLUMNS, 165)
    assert round(sum(column.width for column in columns), 6) == 165
    table = written(tmp_path, [Row(["1", "x" * 5000, "b", "c", "d"])], columns)
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    assert layout.get(qn("w:type")) == "fixed"
    for shown, wanted in zip(table.columns, columns, strict=True):
        assert abs(shown.width.mm - wanted.width) < 0.1


def test_cells_that_go_on_from_the_row_above_are_one_with_its(tmp_path: Path) -> None:
    columns = [Column("TT", 10), Column("Xã", 20), Column("Nội dung", 20)]
    rows = [Row(["1", "A", "a"]), Row(["1", "A", "b"], going_on=2), Row(["2", "B", "c"])]
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
        add_table(paper, [Column("A", 10)], [Row([text]) for text in "123"], title="x", together=together)
    path = tmp_path / "table.docx"
    path.write_bytes(paper.bytes())
    kept = [
        [row.cells[0].paragraphs[0].paragraph_format.keep_with_next is True for row in table.rows]
        for table in opened(path).tables
    ]
    assert kept == [[True, True, True, False], [True, False, False, False]], "a head stays with what follows it"


def test_any_text_is_kept_as_it_is(tmp_path: Path) -> None:
    texts = ["=1+1", "<b>&amp;</b>", "hai\ndòng", "ký tự\x01\x0b", ""]
    table = written(tmp_path, [Row(texts)])
    assert cells(table)[-1] == ["=1+1", "<b>&amp;</b>", "hai\ndòng", "ký tự\ufffd\ufffd", ""]
    caption = table._tbl.tblPr.find(qn("w:tblCaption"))
    assert caption.get(qn("w:val")) == 'Bảng 1 "thử" <&>'


def test_a_heading_among_the_rows_stays_with_the_row_after_it(tmp_path: Path) -> None:
    table = written(tmp_path, [Row(["1", "", "", "", ""], bold=True, shaded=True), Row(["1.1", "", "", "", ""])])
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows[2:]]
    assert kept == [True, None]
