"""docs/another-province.md holds: typed in from top to bottom, every command prints what the page says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from ntm_rules.runs.results import FILES
from tests.conftest import ROOT, Ntm, results_in

PAGE = (ROOT / "docs" / "another-province.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"(?:\*\*`(?P<file>[^`]+)`\*\*:?\n\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```", re.MULTILINE | re.DOTALL
)


class Step(NamedTuple):
    """One thing a reader does: types a file, changes lines of one, or runs a command that prints something."""

    kind: str
    what: str
    body: str


def steps() -> Iterator[Step]:
    blocks = [(found["file"], found["kind"], found["body"]) for found in BLOCK.finditer(PAGE)]
    for at, (file, kind, body) in enumerate(blocks):
        if kind in ("yaml", "csv"):
            yield Step("file", file, body)
        elif kind == "diff":
            yield Step("edit", file, body)
        elif kind == "sh":
            following = blocks[at + 1] if at + 1 < len(blocks) else (None, "", "")
            yield Step("run", body.strip(), following[2] if following[1] == "text" else "")


def squeezed(text: str) -> str:
    return " ".join(text.split())


def edit(path: Path, change: str) -> None:
    """Replace the lines of a diff that start with - by those that start with +."""
    text = path.read_text(encoding="utf-8")
    removed: list[str] = []
    added: list[str] = []
    for line in [*change.splitlines(), "-"]:
        if line.startswith("-") and added:
            old = "".join(f"{line}\n" for line in removed)
            assert text.count(old) == 1, f"{path.name} does not hold once:\n{old}"
            text = text.replace(old, "".join(f"{line}\n" for line in added))
            removed, added = [], []
        (removed if line.startswith("-") else added).append(line[1:])
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def typed_in(ntm: Ntm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the whole page has been followed, each output compared."""
    monkeypatch.chdir(tmp_path)
    typed: dict[str, str] = {}
    mistaken: str | None = None
    for step in steps():
        if step.kind == "file":
            path = tmp_path / step.what
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.body, encoding="utf-8")
            typed[step.what] = step.body
        elif step.kind == "edit":
            edit(tmp_path / step.what, step.body)
            mistaken = step.what if step.what.startswith("van-son/") else None
        else:
            arguments = shlex.split(step.what)
            assert arguments[:3] == ["uv", "run", "ntm"], step.what
            done = ntm(*arguments[3:])
            printed = squeezed(done.stdout + done.stderr)
            assert "Traceback" not in printed
            assert done.returncode in (0, 1, 2, 3)
            at = 0
            for part in step.body.split("…"):
                found = printed.find(squeezed(part), at)
                assert found >= 0, f"{step.what} does not print:\n{part}\nbut:\n{done.stdout}{done.stderr}"
                at = found + len(squeezed(part))
            if mistaken:  # the page asks to put the line back
                (tmp_path / mistaken).write_text(typed[mistaken], encoding="utf-8")
                mistaken = None
    return tmp_path


def test_the_page_can_be_followed_from_an_empty_folder_to_the_results(typed_in: Path) -> None:
    results = {path.name for path in results_in(typed_in / "ket-qua-van-son")}
    tables = {name for name in FILES if name.endswith(".csv")}
    assert results == {"ket-qua.xlsx", *tables, "run.json"}
    sheet = openpyxl.load_workbook(typed_in / "ket-qua-van-son" / "ket-qua.xlsx")["Ma trận"]
    header = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Mã xã")
    assert list(header[3:]) == ["TC1", "1.1", "1.2", "TC2", "2.1", "2.2", "ĐK", "DK.1"]
    assert (typed_in / "sach-van-son" / "index.html").is_file()


def test_the_page_holds_every_file_of_a_set_and_says_that_it_is_invented() -> None:
    files = {step.what for step in steps() if step.kind == "file"}
    assert {"criteria-set.yaml", "agencies.yaml", "measures.yaml", "communes.csv", "rules.yaml", "tests.yaml"} <= {
        Path(name).name for name in files
    }
    assert "bịa ra" in PAGE
    assert "made up" in PAGE
    headed = [step for step in steps() if step.kind == "file" and step.what.endswith(("-set.yaml", ".overlay.yaml"))]
    assert len(headed) == 2
    assert all("giả định" in step.body for step in headed)
