"""`ntm report html`: what it writes and says, and what it refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ntm_rules.report.site.pages import SITE
from tests.conftest import SAMPLE, SAMPLES, Ntm, results_in


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the form of one commune, which holds no mistakes."""
    folder = tmp_path_factory.mktemp("phieu")
    shutil.copy(SAMPLE / "03595-than-uyen.xlsx", folder)
    return folder


@pytest.fixture(scope="module")
def written(ntm: Ntm, form: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CompletedProcess[str]]:
    """Its pages, and what was said."""
    out = tmp_path_factory.mktemp("pages") / "trang"
    return out, ntm("report", "html", form, "-o", out)


def test_pages_are_written_and_what_to_open_is_said(written: tuple[Path, CompletedProcess[str]]) -> None:
    out, done = written
    assert (done.returncode, done.stderr) == (0, "")
    pages = sorted(path.name for path in out.glob("*.html"))
    assert f"Đã ghi {len(pages)} trang của năm 2026 vào {out}" in done.stdout
    assert f"Mở {out / 'index.html'}" in done.stdout
    assert "SỐ LIỆU MINH HỌA" in done.stdout
    marker = json.loads((out / SITE.marker).read_text(encoding="utf-8"))
    assert marker["pages"]["year"] == 2026
    assert marker["pages"]["set"] == "lai-chau-2026-2030"
    assert list(marker["pages"]["inputs"]) == ["03595-than-uyen.xlsx"]
    assert set(marker["files"]) == {path.name for path in results_in(out)} - {SITE.marker}


@pytest.mark.long
def test_the_same_again_changes_no_byte_and_another_law_replaces_the_pages(
    ntm: Ntm, form: Path, written: tuple[Path, CompletedProcess[str]], tmp_path: Path
) -> None:
    out = shutil.copytree(written[0], tmp_path / "trang")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert ntm("report", "html", form, "-o", out).returncode == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    done = ntm("report", "html", form, "--overlay", SAMPLES / "minh-hoa.overlay.yaml", "--lang", "en", "-o", out)
    assert done.returncode == 0
    assert "ILLUSTRATIVE" in done.stdout
    assert 'lang="en"' in (out / "index.html").read_text(encoding="utf-8")


def test_problems_of_the_data_are_told_by_the_exit_status(ntm: Ntm, tmp_path: Path) -> None:
    done = ntm("report", "html", SAMPLE / "03508-hong-thu.xlsx", "-o", tmp_path / "trang")
    assert done.returncode == 3
    assert "ô D126" in done.stdout


def test_a_folder_with_anything_else_is_refused_before_any_work(ntm: Ntm, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"mine")
    done = ntm("report", "html", SAMPLE, "-o", tmp_path)
    assert done.returncode == 2
    assert "không chứa bộ trang cũ (ntm-trang.json)" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert (tmp_path / "index.html").read_bytes() == b"mine"


def test_a_book_of_rules_is_not_taken_for_earlier_pages(ntm: Ntm, form: Path, tmp_path: Path) -> None:
    (tmp_path / "sach").mkdir()
    (tmp_path / "sach" / "ntm-book.json").write_text('{"format": 1, "book": {}, "files": {"index.html": null}}')
    assert ntm("report", "html", form, "-o", tmp_path / "sach").returncode == 2


def test_nothing_to_judge_writes_nothing(ntm: Ntm, form: Path, tmp_path: Path) -> None:
    done = ntm("report", "html", form, "--year", "2028", "-o", tmp_path / "trang")
    assert done.returncode == 2
    assert "Không đánh giá được" in done.stderr
    assert "Không có số liệu năm 2028" in done.stderr or "2028" in done.stderr
    assert not (tmp_path / "trang").exists()


@pytest.mark.parametrize(("arguments", "said"), [(("--year", "1999"), "1999"), (("nowhere",), "nowhere")])
def test_what_cannot_be_is_told(ntm: Ntm, form: Path, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = ntm("report", "html", form, *arguments, "-o", tmp_path / "trang")
    assert done.returncode == 2
    assert said in done.stderr


def test_the_help_gives_an_example(ntm: Ntm) -> None:
    shown = " ".join(ntm("report", "html", "--help").stdout.split())
    assert "ntm report html samples/lai-chau-2026 -o trang" in shown
