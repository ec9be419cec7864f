"""A plan of another shape: its own bands, bases of nothing, nobody named to report, units that are no communes."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests.conftest import Ntm
from tests.other_set.conftest import DATA, LAW
from tests.other_set.test_commands import LAI_CHAU_WORDS

PROVINCE = """\
Tên đơn vị hành chính;Năm;Mã số liệu;Giá trị;Tử số;Mẫu số
Tỉnh Biển Xanh (giả định);2031;plastic_share;;90,5;1000
Tỉnh Biển Xanh (giả định);2032;plastic_share;;80;1000
Tỉnh Biển Xanh (giả định);2032;ferries;3;;
"""
ON = ("--as-of", "31/12/2032")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bien-xanh") / "tinh.csv"
    path.write_text(PROVINCE, encoding="utf-8")
    return path


def test_its_goals_are_followed_by_its_own_bands(ntm: Ntm, province: Path) -> None:
    shown = ntm("plan", "status", DATA, *LAW, "--province", province, *ON)
    said = " ".join(shown.stdout.split())
    assert "TĐ Đúng tiến độ Có 6 tàu khách ra đảo" in said
    assert "xuất phát 0 tàu (năm 2030); 7/NQ-HĐND, Điều 4" in said
    assert "bằng 100% đường thẳng" in said
    assert "CH Chậm tiến độ Rác nhựa dưới 5%" not in said  # 1.05 of 4.05 points in 1 of 4 years
    assert "Rác nhựa dưới 5%" in said
    assert "đặc khu" in said
    assert not LAI_CHAU_WORDS.search(shown.stdout)


def test_its_decision_is_owed_by_whom_its_deliverable_names(ntm: Ntm) -> None:
    shown = ntm("plan", "deliverables", *LAW, *ON)
    said = " ".join(shown.stdout.split())
    assert shown.returncode == 1
    assert "QH quá hạn 366 ngày Ban hành Quy chế bảo vệ rừng ven biển Bộ chủ quản" in said
    assert not LAI_CHAU_WORDS.search(shown.stdout)


def test_its_report_goes_to_whom_it_says_and_leaves_blank_who_reports(ntm: Ntm, province: Path, tmp_path: Path) -> None:
    out = tmp_path / "nam.docx"
    done = ntm("plan", "report", DATA, *LAW, "--province", province, *ON, "-o", out)
    assert done.returncode == 3  # the data have problems of their own
    words = "\n".join(paragraph.text for paragraph in Document(str(out)).paragraphs)
    assert "Kính gửi: HĐND tỉnh Biển Xanh" in words
    assert "Có 6 tàu khách ra đảo: mức ít nhất 6" in words.replace("\u00a0", " ")
    assert not LAI_CHAU_WORDS.search(words)


def test_its_table_for_the_province_is_made(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "tinh.xlsx"
    assert ntm("template", "--province", "--year", 2032, *LAW, "-o", out).returncode == 0
    blank = ntm("plan", "status", "--province", out, *LAW, *ON)
    assert blank.returncode == 3  # nothing is filled in yet, and that is said
    assert "chưa điền số liệu nào" in blank.stdout
