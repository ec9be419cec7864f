"""The papers of a set of another shape: letters as ids, no conditions, one band, nobody named to report."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.conftest import Ntm
from tests.other_set.conftest import DATA, LAW
from tests.other_set.test_commands import LAI_CHAU_WORDS


@pytest.fixture(scope="module")
def out(ntm: Ntm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bien-xanh-bao-cao")
    assert ntm("report", "province", DATA, *LAW, "-o", folder / "tinh").returncode == 3
    assert ntm("report", "agency", DATA, *LAW, "--agency", "doi-kiem-lam", "-o", folder / "cq").returncode == 3
    return folder


def words(path: Path) -> list[str]:
    document = Document(str(path))
    cells = [p.text for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return [text.replace("\u00a0", " ") for text in (*(p.text for p in document.paragraphs), *cells)]


def test_the_provinces_paper_is_written_in_the_sets_own_words(out: Path) -> None:
    said = words(out / "tinh" / "bao-cao-tong-hop.docx")
    assert "Có 4/4 xã trong danh mục đã nộp báo cáo năm 2032 dùng được." in said
    assert "- Mọi đặc khu: 4/4 xã có báo cáo dùng được." in said
    assert "Tỉnh Biển Xanh (giả định), ngày      tháng      năm 20…" in said
    assert [text for text in said if LAI_CHAU_WORDS.search(text)] == []


def test_the_forms_count_its_criteria_groups_and_both_years(out: Path) -> None:
    rows = [list(r) for r in openpyxl.load_workbook(out / "tinh" / "bieu-05-06.xlsx")["Biểu 05"].values]
    heads = [text for text in rows[2] if text][3:]
    assert heads == ["Mọi xã", "Vùng cao", "Vùng thấp", "Hải đảo", "Chưa rõ nhóm"]
    by_id = {row[0]: row for row in rows[4:]}
    assert by_id["A"][1:6] == ["Đất và nước", "đặc khu", None, 2, None]
    assert [row[1] for row in rows[4:8]] == ["Số xã trong danh mục", "trong đó có báo cáo", "Đất và nước", "Kinh tế"]


def test_an_agencys_paper_holds_what_it_leads_and_nothing_else(out: Path) -> None:
    rangers = words(out / "cq" / "doi-kiem-lam.docx")
    assert any(text.startswith("A-01. Giữ rừng ven biển (cần người giữ") for text in rangers)
    assert not any(text.startswith("B-") for text in rangers), "what others lead is not theirs"
