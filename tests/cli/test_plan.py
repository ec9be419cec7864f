"""`ntm plan ...`: exit statuses, what stands in the way, what is written, and that nothing is lost without a word."""

from __future__ import annotations

import html
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.conftest import ROOT, Ntm

SAMPLES = ROOT / "samples" / "ke-hoach"
PROVINCE, COMMUNES = SAMPLES / "tinh-2025-2028.csv", SAMPLES / "xa-2026-2028.csv"
ON = ("--as-of", "31/12/2028")
TURNS = ROOT / "tests" / "turns" / "criteria" / "cach-noi-2026-2030"


def test_status_counts_the_goals_and_shows_each(ntm: Ntm) -> None:
    shown = ntm("plan", "status", "--province", PROVINCE, *ON)
    assert shown.returncode == 0
    assert "TĐ Đúng tiến độ: " in shown.stdout
    assert "Cơ quan chủ trì: Sở Xây dựng" in shown.stdout
    assert "SỐ LIỆU MINH HỌA" in shown.stdout


def test_status_is_complete_in_english(ntm: Ntm) -> None:
    shown = ntm("plan", "status", "--province", PROVINCE, *ON, "--lang", "en")
    assert "OC On course: " in shown.stdout
    assert "Lead agency: Department of Construction" in shown.stdout


def test_a_mistake_in_the_provinces_figures_is_shown_with_its_place(ntm: Ntm, tmp_path: Path) -> None:
    wrong = tmp_path / "tinh.csv"
    text = PROVINCE.read_text(encoding="utf-8-sig").replace("cooperatives;388", "cooperatives;3,88")
    wrong.write_text(text, encoding="utf-8-sig")
    shown = ntm("plan", "status", "--province", wrong, *ON)
    assert shown.returncode == 3
    line = 1 + text.splitlines().index(next(row for row in text.splitlines() if "cooperatives;3,88" in row))
    assert f"tinh.csv, dòng {line}" in shown.stdout


@pytest.mark.parametrize("cell", ["Tỉnh Lai Châu", "TỈNH LAI CHÂU", "tỉnh  Lai Châu "])
def test_the_province_may_be_called_a_province(ntm: Ntm, tmp_path: Path, cell: str) -> None:
    called = tmp_path / "tinh.csv"
    text = PROVINCE.read_text(encoding="utf-8-sig").replace("Lai Châu;", f"{cell};")
    called.write_text(text, encoding="utf-8-sig")
    assert (
        ntm("plan", "status", "--province", called, *ON).stdout
        == ntm("plan", "status", "--province", PROVINCE, *ON).stdout
    )


@pytest.mark.parametrize("cell", ["Lai Chu", "Than Uyên", "Tỉnh Điện Biên"])
def test_figures_of_another_unit_are_answered_with_the_province_that_is_asked(
    ntm: Ntm, tmp_path: Path, cell: str
) -> None:
    wrong = tmp_path / "tinh.csv"
    text = PROVINCE.read_text(encoding="utf-8-sig").replace("Lai Châu;2026", f"{cell};2026", 1)
    wrong.write_text(text, encoding="utf-8-sig")
    shown = ntm("plan", "status", "--province", wrong, *ON)
    assert shown.returncode == 3
    told = " ".join(shown.stdout.split())
    assert f"ở đây chỉ nhận số liệu của Lai Châu, nhưng ghi là «{cell}»" in told
    assert "mã xã" not in told


@pytest.mark.parametrize("command", ["status", "deliverables", "agency"])
def test_a_set_without_a_plan_is_refused(ntm: Ntm, command: str) -> None:
    refused = ntm("plan", command, "--criteria", TURNS)
    assert refused.returncode == 2
    assert "không có kế hoạch của tỉnh" in refused.stderr


def test_a_path_that_is_not_there_is_refused(ntm: Ntm, tmp_path: Path) -> None:
    refused = ntm("plan", "status", "--province", tmp_path / "khong-co.csv")
    assert refused.returncode == 2
    assert "khong-co.csv" in refused.stderr


def test_a_file_that_stands_there_is_not_replaced_unless_asked(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "van-ban.xlsx"
    assert ntm("plan", "deliverables", "--as-of", "1/7/2026", "-o", out).returncode == 0
    assert ntm("plan", "deliverables", "--as-of", "1/7/2026", "-o", out).returncode == 2
    assert ntm("plan", "deliverables", "--as-of", "1/7/2026", "-o", out, "--force").returncode == 0


def test_what_is_overdue_sets_the_exit_status(ntm: Ntm) -> None:
    assert ntm("plan", "deliverables", "--as-of", "19/7/2026").returncode == 0
    late = ntm("plan", "deliverables", "--as-of", "21/7/2026")
    assert late.returncode == 1
    assert "QH quá hạn 1 ngày" in late.stdout


def test_documents_go_into_a_folder_as_workbook_paper_and_page_that_agree(ntm: Ntm, tmp_path: Path) -> None:
    done = ntm("plan", "deliverables", *ON, "-o", tmp_path / "vb")
    assert done.returncode == 1, done.stderr
    sheet = openpyxl.load_workbook(tmp_path / "vb" / "van-ban.xlsx")["Văn bản"]
    tasks = [str(row[3]) for row in sheet.iter_rows(values_only=True) if row[2] in ("QH", "30", "90", "…", "Đ")]
    page = (tmp_path / "vb" / "van-ban.html").read_text(encoding="utf-8")
    paper = Document(str(tmp_path / "vb" / "van-ban.docx"))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert len(tasks) > 30
    for task in tasks:
        assert task in cells
        assert html.escape(task) in page
    assert f"{len(tasks)} văn bản." in page
    again = ntm("plan", "deliverables", *ON, "-o", tmp_path / "vb")
    assert again.returncode == 1  # its own files are written anew


def test_the_work_of_agencies_goes_into_a_workbook_and_a_page_too(ntm: Ntm, tmp_path: Path) -> None:
    asked = ("--agency", "so-xay-dung", "--agency", "so-y-te", "-o", tmp_path / "cq")
    done = ntm("plan", "agency", COMMUNES, "--province", PROVINCE, *ON, *asked)
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "cq").iterdir()}
    assert names >= {"bao-cao-so-xay-dung.docx", "bao-cao-so-y-te.docx", "viec-co-quan.xlsx", "viec-co-quan.html"}
    book = openpyxl.load_workbook(tmp_path / "cq" / "viec-co-quan.xlsx")
    assert book.sheetnames[:3] == ["Cơ quan", "Mục tiêu", "Văn bản"]
    page = (tmp_path / "cq" / "viec-co-quan.html").read_text(encoding="utf-8")
    rows = [row for row in book["Cơ quan"].iter_rows(values_only=True) if row[0] in ("Sở Xây dựng", "Sở Y tế")]
    assert len(rows) == 2
    for row in rows:
        assert f"chưa đạt {row[2]} (" in page
    assert "SỐ LIỆU MINH HỌA" in page


def test_the_report_asked_for_is_one_of_those_there_are(ntm: Ntm, tmp_path: Path) -> None:
    refused = ntm("plan", "report", "--kind", "quy", "-o", tmp_path / "a.docx")
    assert refused.returncode == 2
    assert "year, midterm, final" in refused.stderr


def test_agencies_are_shown_in_one_table_or_one_in_full(ntm: Ntm, tmp_path: Path) -> None:
    table = ntm("plan", "agency", *ON)
    assert table.returncode == 0
    assert "Bộ Chỉ huy Quân sự tỉnh" in table.stdout
    one = ntm("plan", "agency", "--province", PROVINCE, *ON, "--agency", "so xay dung", "-o", tmp_path)
    assert "Trên 95% đường xã được cứng hóa" in one.stdout
    assert (tmp_path / "bao-cao-so-xay-dung.docx").is_file()
