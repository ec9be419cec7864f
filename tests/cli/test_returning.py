"""`--return` of assess and batch: forms given back, and the ones handed in never touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import SAMPLE, Ntm
from tests.forms.conftest import Officer

FORM = SAMPLE / "03508-hong-thu.xlsx"


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    path = tmp_path / "nộp" / "phiếu xã.xlsx"
    path.parent.mkdir()
    shutil.copy(FORM, path)
    return path


def listed(path: Path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["Lỗi cần sửa"].iter_rows(min_row=5)]


def test_a_form_comes_back_with_its_mistakes_and_what_asks_for_a_second_look(
    ntm: Ntm, handed_in: Path, tmp_path: Path
) -> None:
    before, out = handed_in.read_bytes(), tmp_path / "trả.xlsx"
    run = ntm("assess", handed_in, "--return", out)
    assert run.returncode == 3
    assert f"Đã trả phiếu mới, giữ nguyên câu trả lời và đánh dấu từng lỗi: {out}" in run.stdout
    assert handed_in.read_bytes() == before
    rows = listed(out)
    assert [row[1] for row in rows][:2] == ["lỗi", "lỗi"]
    assert {row[5] for row in rows[:2]} == {"23,28", "120%"}
    assert any(str(row[6]).startswith("KC31") and row[1] == "lưu ý" for row in rows[2:])
    officer = Officer(out.read_bytes())
    assert officer.cell("online_procedures_share", "value").value == "120%"
    assert officer.cell("online_procedures_share", "value").comment is not None


def test_a_mended_form_comes_back_without_errors(ntm: Ntm, handed_in: Path, tmp_path: Path) -> None:
    officer = Officer(handed_in.read_bytes())
    officer.put("online_procedures_share", value=92).put("households_clean_water_share", value=None)
    handed_in.write_bytes(officer.data())
    run = ntm("assess", handed_in, "--return", tmp_path / "trả.xlsx")
    assert run.returncode == 0, run.stdout
    assert "lỗi" not in {row[1] for row in listed(tmp_path / "trả.xlsx")}


def test_the_form_handed_in_is_never_written_over(ntm: Ntm, handed_in: Path) -> None:
    before = handed_in.read_bytes()
    for target in (handed_in, handed_in.parent / "." / handed_in.name):
        run = ntm("assess", handed_in, "--return", target, "--force")
        assert run.returncode == 2
        assert "không bao giờ bị ghi đè" in run.stderr
    run = ntm("batch", handed_in.parent, "--out", handed_in.parent / "kq", "--return", handed_in.parent, "--force")
    assert run.returncode == 2
    assert handed_in.read_bytes() == before


def test_another_file_is_written_over_only_when_told(ntm: Ntm, handed_in: Path, tmp_path: Path) -> None:
    out = tmp_path / "trả.xlsx"
    out.write_bytes(b"khac")
    assert ntm("assess", handed_in, "--return", out).returncode == 2
    assert out.read_bytes() == b"khac"
    assert ntm("assess", handed_in, "--return", out, "--force").returncode == 3
    assert ntm("assess", handed_in, "--return", tmp_path / "a.docx").returncode == 2


def test_batch_gives_back_the_forms_that_have_problems(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "trả"
    run = ntm("batch", SAMPLE, "--out", tmp_path / "kq", "--return", out)
    assert run.returncode == 3
    assert f"Đã trả 3 phiếu vào {out}" in run.stdout
    assert sorted(path.name for path in out.iterdir()) == [
        "03430-khun-ha.xlsx", "03508-hong-thu.xlsx", "03613-nam-so.xlsx",
    ]  # fmt: skip
    assert {row[5] for row in listed(out / "03613-nam-so.xlsx") if row[1] == "lỗi"} >= {"96,5", "Cơ bản đạt"}


def test_what_cannot_be_given_back_is_named(ntm: Ntm, tmp_path: Path) -> None:
    folder = tmp_path / "nộp"
    folder.mkdir()
    (folder / "hỏng.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    shutil.copy(FORM, folder / "a.xlsx")
    run = ntm("batch", folder, "--out", tmp_path / "kq", "--return", tmp_path / "trả")
    assert "Không trả được vì không xác định được xã hoặc năm: hỏng.xlsx" in run.stdout
    run = ntm("assess", folder / "hỏng.xlsx", "--return", tmp_path / "b.xlsx")
    assert run.returncode == 2
    assert "Không trả được phiếu" in run.stdout
    assert not (tmp_path / "b.xlsx").exists()


def test_a_blank_form_comes_back_too(ntm: Ntm, tmp_path: Path) -> None:
    ntm("template", "--year", "2026", "--commune", "03394", "-o", tmp_path / "a.xlsx")
    run = ntm("assess", tmp_path / "a.xlsx", "--return", tmp_path / "b.xlsx")
    assert run.returncode == 3
    assert "chưa điền số liệu nào" in " ".join(run.stdout.split())
    assert (tmp_path / "b.xlsx").exists()
