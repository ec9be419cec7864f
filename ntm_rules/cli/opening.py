"""`ntm open`: a folder of forms in, results and pages beside it, and the pages on the screen."""

from __future__ import annotations

import re
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import typer

from ntm_rules.cli.batch import run_batch
from ntm_rules.cli.console import Screen
from ntm_rules.cli.report_html import run_html
from ntm_rules.cli.screen_parts import NOTHING_EVALUATED
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, _
from ntm_rules.report.pages.links import INDEX
from ntm_rules.report.whole_files import file_written
from ntm_rules.runs.batch import BatchAsked
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.outputs import not_over

PAGES = "trang"
"""The folder of the pages, in that of the results."""
BESIDE = "-ket-qua"
"""What the folder of the results is called after the data's name."""
SHORTCUT, TITLE = "Danh-gia-xa-NTM", "Đánh giá xã nông thôn mới"


def run_open(law: LawAsked, data: Sequence[Path], out: Path | None, *, year: int | None, browser: bool) -> int:
    """Assess `data`, write results and pages, open the pages; return the exit status of the assessment.

    Raises:
        NtmError: no data was named, and nobody can be asked.
    """
    given = list(data) or [_asked()]
    folder = out if out is not None else beside(given[0])
    status = run_batch(law, given, folder, BatchAsked([year] if year else []))
    if status == NOTHING_EVALUATED:
        return status
    run_html(law, given, folder / PAGES, year=year)
    index = (folder / PAGES / INDEX).resolve()
    if browser and not webbrowser.open(index.as_uri()):
        Screen(long_lines=True).print(_("Open this file yourself: {index}", index=index))
    return status


def beside(data: Path) -> Path:
    """Return the folder beside the data that takes its results: never in it, where they would be read as data.

    Raises:
        NtmError: the data is a whole drive, which nothing lies beside.

    >>> beside(Path("nam/phieu-2026")).as_posix(), beside(Path("nam/phieu.xlsx")).as_posix()
    ('nam/phieu-2026-ket-qua', 'nam/phieu-ket-qua')
    """
    whole = data if data.name not in ("", "..") else data.resolve()
    if not whole.name:
        raise NtmError(Message("{path} is a whole drive; name a folder for the results with -o", path=str(whole)))
    return whole.with_name((whole.name if whole.is_dir() else whole.stem) + BESIDE)


def _asked() -> Path:
    """Ask for the data, which may be dropped on the window; a path dropped there comes in quotes."""
    if not sys.stdin.isatty():
        raise NtmError(Message("Name a folder of forms, or a file: ntm open FOLDER"))
    told = typer.prompt(_("Drop the folder of forms on this window, then press Enter"))
    return Path(told.strip().strip("\"'"))


def make_shortcut(folder: Path, law: LawAsked) -> int:
    """Write an icon for this system that opens what is dropped on it; return the exit status.

    Raises:
        NtmError: one stands there that is another.
    """
    command = [sys.executable, "-m", "ntm_rules", "open", "--wait"]
    if law.criteria is not None:
        set_ = Path(law.criteria)
        command += ["--criteria", str(set_.resolve()) if set_.exists() else law.criteria]
    for overlay in law.overlays:
        command += ["--overlay", str(overlay.resolve())]
    name, text = windows_shortcut(command) if sys.platform == "win32" else desktop_shortcut(command)
    path = folder / name
    if not (path.exists() and path.read_bytes() == text.encode()):
        not_over(path, force=False)
        file_written(path, text.encode())
        path.chmod(0o755)
    typer.echo(_("Written: {file}", file=path))
    typer.echo(_("Drop a folder of forms on it, or double-click it; the pages open when all is done."))
    return 0


def windows_shortcut(command: Sequence[str]) -> tuple[str, str]:
    """Return the name and text of a batch file that passes on what is dropped on it."""
    quoted = " ".join(f'"{part.replace("%", "%%")}"' for part in command)
    return f"{SHORTCUT}.bat", "\r\n".join(["@echo off", "chcp 65001 >nul", f"{quoted} %*", ""])


def desktop_shortcut(command: Sequence[str]) -> tuple[str, str]:
    """Return the name and text of a desktop entry (freedesktop.org) that passes on what is dropped on it."""
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        f"Name={TITLE}",
        f"Exec={' '.join(map(_desktop_argument, command))} %F",
        "Terminal=true",
        "",
    ]
    return f"{SHORTCUT}.desktop", "\n".join(lines)


def _desktop_argument(part: str) -> str:
    """Quote an argument of `Exec`: for the command line first, then once more as any text of such a file."""
    quoted = re.sub(r'(["`$\\])', r"\\\1", part).replace("%", "%%")
    return '"' + quoted.replace("\\", "\\\\") + '"'
