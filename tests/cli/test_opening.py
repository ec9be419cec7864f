"""From a folder of forms to the pages in one step."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ntm_rules.cli.opening import beside, desktop_shortcut, windows_shortcut
from tests.conftest import SAMPLE, Ntm, results_in
from tests.other_set.conftest import DATA, LAW


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened in the browser."""
    shown: list[str] = []

    def show(address: str) -> bool:
        shown.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", show)
    return shown


def test_results_and_pages_are_written_beside_the_data_and_opened(ntm: Ntm, tmp_path: Path, opened: list[str]) -> None:
    folder = tmp_path / "phiếu 2031"
    folder.mkdir()
    (folder / DATA.name).write_bytes(DATA.read_bytes())
    for _again in range(2):
        run = ntm("open", folder, *LAW)
        assert run.returncode in (0, 3), run.stderr
    out = tmp_path / "phiếu 2031-ket-qua"
    assert {"ket-qua.xlsx", "summary.csv", "trang"} <= {path.name for path in results_in(out)}
    assert opened == [(out / "trang" / "index.html").resolve().as_uri()] * 2
    assert [path.name for path in folder.iterdir()] == [DATA.name], "nothing is written into the data"


def test_no_browser_is_opened_unless_wanted_and_nothing_when_nothing_was_judged(
    ntm: Ntm, tmp_path: Path, opened: list[str]
) -> None:
    assert ntm("open", DATA, *LAW, "-o", tmp_path / "a", "--no-browser").returncode in (0, 3)
    (tmp_path / "empty").mkdir()
    assert ntm("open", tmp_path / "empty", *LAW).returncode == 2
    assert opened == []


def test_without_data_it_says_what_to_name(ntm: Ntm) -> None:
    run = ntm("open")
    assert run.returncode == 2
    assert "ntm open" in run.stderr


def test_the_results_of_a_file_are_called_after_it(tmp_path: Path) -> None:
    (tmp_path / "a.b").mkdir()
    assert beside(tmp_path / "a.b").name == "a.b-ket-qua"
    assert beside(tmp_path / "a.xlsx").name == "a-ket-qua"


def test_the_shortcut_of_windows_passes_on_what_is_dropped() -> None:
    name, text = windows_shortcut([r"C:\Chương trình\100%\python.exe", "-m", "ntm_rules", "open"])
    assert name.endswith(".bat")
    assert text.split("\r\n") == [
        "@echo off",
        "chcp 65001 >nul",
        '"C:\\Chương trình\\100%%\\python.exe" "-m" "ntm_rules" "open" %*',
        "",
    ]


def test_the_shortcut_of_a_desktop_runs_what_is_dropped(tmp_path: Path) -> None:
    script = tmp_path / "in ra.py"
    script.write_text("import sys; print(sys.argv[1:])", encoding="utf-8")
    _name, text = desktop_shortcut([sys.executable, str(script), "it's", "50% $HOME"])
    [line] = [line.removeprefix("Exec=") for line in text.splitlines() if line.startswith("Exec=")]
    # as the standard has it: first the escapes of any value, then quoting as in a shell, then the field codes
    command = line.replace("\\\\", "\\").replace("%F", "'thư mục/a b'").replace("%%", "%")
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[\"it's\", '50% $HOME', 'thư mục/a b']"


def test_the_window_of_an_icon_waits_whatever_came_of_it(
    ntm: Ntm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", lambda words: asked.append(words) or "")
    run = ntm("open", tmp_path / "none", "--wait")
    assert (run.returncode, "Không có tệp hoặc thư mục" in run.stderr, len(asked)) == (2, True, 1)


def test_a_shortcut_is_made_once_and_replaces_nothing_else(ntm: Ntm, tmp_path: Path) -> None:
    for _again in range(2):
        assert ntm("open", "--shortcut", tmp_path).returncode == 0
    [made] = tmp_path.iterdir()
    made.write_text("mine", encoding="utf-8")
    assert ntm("open", "--shortcut", tmp_path).returncode == 2
    assert made.read_text(encoding="utf-8") == "mine"


def test_a_disk_that_refuses_and_an_overlay_that_is_gone_can_be_read_too(
    ntm: Ntm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*_: object, **_named: object) -> int:
        raise PermissionError(13, "Permission denied", "E:/ket-qua.xlsx")

    def nobody(_words: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    missing = ntm("open", DATA, *LAW, "--overlay", tmp_path / "none.yaml", "--wait")
    assert (missing.returncode, "none.yaml" in missing.stderr) == (2, True)
    monkeypatch.setattr("ntm_rules.cli.opening.run_batch", refusing)
    run = ntm("open", DATA, *LAW, "-o", tmp_path / "a", "--wait")
    assert (run.returncode, "E:/ket-qua.xlsx" in run.stderr) == (2, True)


def test_a_whole_drive_has_nothing_beside_it(ntm: Ntm) -> None:
    run = ntm("open", Path("/"), *LAW)
    assert (run.returncode, "-o" in run.stderr) == (2, True)


@pytest.mark.long
def test_a_python_without_docstrings_writes_a_paper_with_its_picture(tmp_path: Path) -> None:
    command = [sys.executable, "-OO", "-m", "ntm_rules", "report", "self-assessment"]
    out = tmp_path / "a.docx"
    done = subprocess.run(
        [*command, SAMPLE / "03390-binh-lu.xlsx", "-o", out], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr, out.exists()) == (0, "", True)
