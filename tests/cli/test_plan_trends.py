"""`ntm plan trends`: several years on screen, in a workbook, a paper and a page."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.conftest import ILLUSTRATIVE, SAMPLES, Ntm
from tests.plan.several_years import write


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("nam") / "nhieu-nam.csv", [2027, 2028, 2029], falling="03549")


@pytest.mark.long
def test_the_screen_says_what_rose_what_fell_and_when_targets_are_met(ntm: Ntm, data: Path, tmp_path: Path) -> None:
    done = ntm("plan", "trends", data, "--overlay", ILLUSTRATIVE, "-o", tmp_path / "xu-huong")
    assert done.returncode in (0, 3), done.stderr
    for words in ("2026, 2027, 2028, 2029", "rớt chuẩn", "Phong Thổ", "Theil-Sen", "xu-huong.xlsx"):
        assert words in done.stdout
    book = openpyxl.load_workbook(tmp_path / "xu-huong" / "xu-huong.xlsx")
    assert book.sheetnames[:4] == ["Theo năm", "Lên, tụt", "Chỉ tiêu", "Số liệu"]
    assert "* có số liệu tính theo cách khác từ năm 2027" in done.stdout
    moved = [row for row in book["Lên, tụt"].iter_rows(values_only=True) if row[5] == "6.1" and row[1] == 2027]
    assert moved
    assert {row[10] for row in moved} == {"Có"}
    years = [row[0] for row in book["Theo năm"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert years == [2026, 2027, 2028, 2029]
    figures = [row for row in book["Số liệu"].iter_rows(values_only=True) if row[1] == "Phong Thổ"]
    assert any("đang kém đi" in row for row in figures)
    poverty = [row for row in book["Số liệu"].iter_rows(values_only=True) if row[2] == "6.1"]
    assert all("từ năm 2027: trước đó số liệu tính theo cách khác" in row for row in poverty)
    assert poverty
    page = (tmp_path / "xu-huong" / "xu-huong.html").read_text(encoding="utf-8")
    paper = Document(str(tmp_path / "xu-huong" / "xu-huong.docx"))
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    fallen = next(row for row in figures if "đang kém đi" in row and "Đạt" in row)
    assert fallen[2] in cells
    for row in book["Theo năm"].iter_rows(values_only=True):
        if isinstance(row[0], int):
            assert {str(cell) for cell in row} <= cells  # the years stand on the paper as in the workbook
            assert f"{row[5]}/{row[6]}" in page
    assert not re.search(r"<(script|link|img)|https?://(?!www\.w3\.org/2000/svg)", page)


def test_one_commune_is_told_whole(ntm: Ntm, data: Path) -> None:
    done = ntm("plan", "trends", data, "--overlay", ILLUSTRATIVE, "--commune", "khun ha")
    assert "Phong Thổ" not in done.stdout.split("Số liệu đang đi về đâu")[0]
    assert "Khun Há" not in done.stderr
    assert "từ " in done.stdout


def test_one_year_alone_is_no_trend(ntm: Ntm) -> None:
    refused = ntm("plan", "trends", SAMPLES / "lai-chau-2026.csv")
    assert refused.returncode == 2
    assert "Chỉ có số liệu của năm 2026" in refused.stderr
