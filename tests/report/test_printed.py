"""Workbooks can be read on paper: no letter smaller than 8 points once a sheet is made to fit A4 or A3; no stray marks."""

from __future__ import annotations

import re
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ntm_rules.spreadsheet.paper import A3, A4, LEAST_SCALE, LINE, height, inches, printed
from tests.conftest import ILLUSTRATIVE, SAMPLES, Ntm

LEAST, ROUNDING = 8.0, 0.02
LONG_EDGE = {"9": 11.69, "8": 16.54}
PAGES = {"thay-doi.xlsx": 2, "ket-qua.xlsx": 2, "bieu-05-06.xlsx": 1}
"""How many pages side by side at most."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory, ntm: Ntm) -> dict[str, openpyxl.Workbook]:
    out, table = tmp_path_factory.mktemp("printed"), SAMPLES / "lai-chau-2026.csv"
    ntm("report", "province", table, "-o", out / "p")
    ntm("whatif", table, "--overlay", ILLUSTRATIVE, "--out", out / "w")
    ntm("template", "--commune", "03394", "--year", "2026", "-o", out / "phieu.xlsx")
    paths = [out / "p" / "ket-qua.xlsx", out / "p" / "bieu-05-06.xlsx", out / "w" / "thay-doi.xlsx", out / "phieu.xlsx"]
    return {path.name: openpyxl.load_workbook(path) for path in paths}


def widths(sheet: Worksheet) -> list[float]:
    found = []
    for column in range(1, sheet.max_column + 1):
        of = [d for d in sheet.column_dimensions.values() if d.min <= column <= d.max]
        found.append(of[0].width - 0.71 if of and not of[0].hidden else 0.0 if of else 8.43)
    return [width for width in found if width > 0]


def scale(sheet: Worksheet) -> float:
    """The scale at which a sheet is printed, when it is made as wide as its pages."""
    if not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage:
        return (sheet.page_setup.scale or 100) / 100
    room = LONG_EDGE[str(sheet.page_setup.paperSize)] - sheet.page_margins.left - sheet.page_margins.right
    return min(1.0, room * (sheet.page_setup.fitToWidth or 1) / inches(widths(sheet)))


def sheets(books: dict[str, openpyxl.Workbook]) -> Iterator[tuple[str, Worksheet]]:
    for name, book in books.items():
        yield from ((f"{name} {sheet.title}", sheet) for sheet in book if sheet.sheet_state == "visible")


@pytest.mark.long
@pytest.mark.parametrize("book", ["ket-qua.xlsx", "bieu-05-06.xlsx", "thay-doi.xlsx"])
def test_no_letter_is_smaller_than_8_points_on_paper(books: dict[str, openpyxl.Workbook], book: str) -> None:
    for name, sheet in sheets({book: books[book]}):
        sizes = {cell.font.sz for row in sheet.iter_rows(max_row=60) for cell in row if cell.value is not None}
        assert sizes
        assert min(sizes) * scale(sheet) >= LEAST, (name, min(sizes), scale(sheet))
        assert sheet.page_setup.orientation == "landscape"
        assert len(sheet.col_breaks.brk) < PAGES[book], name


@pytest.mark.long
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_letter_is_smaller_than_8_points_as_libreoffice_prints_it(
    tmp_path: Path, ntm: Ntm, libreoffice: str, language: str
) -> None:
    """It draws columns wider than Excel does, and so makes a sheet smaller that is to be as wide as one page."""
    table = SAMPLES / "lai-chau-2026.csv"
    ntm("report", "province", table, "-o", tmp_path, "--lang", language)
    ntm("whatif", table, "--overlay", ILLUSTRATIVE, "--out", tmp_path, "--lang", language)
    ntm("report", "agency", table, "--agency", "so-xay-dung", "-o", tmp_path, "--lang", language)
    books = sorted(tmp_path.glob("*.xlsx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [libreoffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, books)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    assert len(books) == 4
    for book in books:
        assert min(letter_sizes(book.with_suffix(".pdf"))) > LEAST - ROUNDING, book.name


def letter_sizes(pdf: Path) -> set[float]:
    """The sizes of the letters on the pages of a PDF, in points."""
    found: set[float] = set()
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf.read_bytes(), re.DOTALL):
        try:
            drawn = zlib.decompress(stream)
        except zlib.error:
            continue
        if drawn.count(b" Tf") and b"BT" in drawn:
            found.update(float(size) for size in re.findall(rb"/F\d+ ([\d.]+) Tf", drawn))
    return found


def test_what_goes_on_beside_repeats_who_it_is_about(books: dict[str, openpyxl.Workbook]) -> None:
    matrix = books["ket-qua.xlsx"]["Ma trận"]
    assert len(matrix.col_breaks.brk) == 1
    assert matrix.print_title_cols == "$A:$B"


@pytest.mark.parametrize("book", ["ket-qua.xlsx", "bieu-05-06.xlsx", "thay-doi.xlsx"])
def test_no_number_leaves_a_decimal_mark_behind(books: dict[str, openpyxl.Workbook], book: str) -> None:
    for name, sheet in sheets({book: books[book]}):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                    assert not re.search(r"\.#|\.$", cell.number_format), f"{name} {cell.coordinate}"
                    decimals = len(cell.number_format.partition(".")[2])
                    assert round(cell.value, decimals) == pytest.approx(cell.value, abs=1e-9), "nothing is cut"


def test_official_forms_have_a_grid_round_every_cell(books: dict[str, openpyxl.Workbook]) -> None:
    for sheet in books["bieu-05-06.xlsx"]:
        numbers = [row for row in sheet.iter_rows(min_row=3) if str(row[2].value or row[1].value or "")]
        first = next(row[0].row for row in numbers)
        last = max(row[0].row for row in numbers if row[1].value)
        for row in sheet.iter_rows(min_row=first, max_row=last):
            for cell in row:
                assert cell.border.bottom.style or cell.coordinate in sheet.merged_cells, cell.coordinate


def test_the_communes_of_the_summary_stand_by_rank(books: dict[str, openpyxl.Workbook]) -> None:
    rows = list(books["ket-qua.xlsx"]["Tổng hợp"].iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[0] == "Mã xã")
    places = [row[2] for row in rows[head + 1 :] if row[0]]
    assert len(places) == 36
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("columns", "paper", "across"),
    [([10] * 5, A4, 1), ([10] * 15, A4, 1), ([10] * 20, A3, 1), ([10] * 60, A3, 3)],
)
def test_the_smallest_paper_on_which_it_can_be_read(columns: list[float], paper: int, across: int) -> None:
    found = printed(columns, 1)
    assert (found.paper, found.across) == (paper, across)
    assert found.scale >= LEAST_SCALE


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("triệu đồng/người/năm", 10, 3), ("hộ", 10, 1), ("đơn vị dữ liệu", 10, 2), ("x" * 35, 10, 4), ("a\nb", 10, 2)],
)
def test_a_row_is_as_high_as_its_words_need_which_no_line_breaks(text: str, width: float, lines: int) -> None:
    assert height([(text, width)]) == LINE * lines + 1


def test_no_unit_of_the_form_is_cut(books: dict[str, openpyxl.Workbook]) -> None:
    sheet = books["phieu.xlsx"]["Số liệu"]
    (row,) = [row for row in sheet.iter_rows() if any(cell.value == "triệu đồng/người/năm" for cell in row)]
    assert sheet.row_dimensions[row[0].row].height >= 3 * LINE
