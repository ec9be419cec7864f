"""Results appear together or not at all; what is not of this program is never replaced, nor is what is read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.report import whole_files
from ntm_rules.report.own_files import Own
from ntm_rules.report.whole_files import (
    STAGING,
    file_written,
    files_written,
    refuse_in_the_way,
    results_written,
    settle,
)
from tests.conftest import Ntm
from tests.other_set.conftest import DATA, LAW
from tests.rulebook.tiny import said


def held(folder: Path) -> dict[str, str]:
    """Return the files of a folder but the list of its own ones."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name != Own.NAME}


def write_into(
    folder: Path,
    *names: str,
    content: str = "new",
    failing: bool = False,
    inputs: Sequence[Path] = (),
    removing: Sequence[str] = (),
) -> None:
    with results_written(folder, inputs=inputs, removing=removing) as place:
        for name in names:
            (place / name).write_text(content, encoding="utf-8")
        if failing:
            raise RuntimeError


def refused(do: Callable[[], object], folder: Path) -> list[str]:
    with pytest.raises(NtmError) as error:
        do()
    return [message.replace(str(folder), "FOLDER") for message in said(error.value)]


def test_files_take_the_place_of_the_old_ones_and_nothing_else_is_left(tmp_path: Path) -> None:
    out = tmp_path / "a" / "out"
    write_into(out, "one.csv", content="old")
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    with results_written(out) as place:
        (place / "one.csv").write_text("new", encoding="utf-8")
        (place / "run.json").write_text("{}", encoding="utf-8")
        assert (out / "one.csv").read_text(encoding="utf-8") == "old"
    assert held(out) == {"one.csv": "new", "mine.txt": "mine", "run.json": "{}"}


def test_a_failure_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    write_into(tmp_path, "one.csv", content="old")
    with pytest.raises(RuntimeError):
        write_into(tmp_path, "one.csv", failing=True)
    assert held(tmp_path) == {"one.csv": "old"}


def test_a_file_that_cannot_be_replaced_is_named_and_the_others_are_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_into(tmp_path, "gaps.csv", "ket-qua.xlsx", "old.csv", content="old")
    move = whole_files._move

    def open_elsewhere(source: Path, target: Path, named: Path | None = None) -> None:
        if target == tmp_path / "ket-qua.xlsx":
            raise PermissionError(13, "Permission denied", str(target))
        move(source, target, named)

    monkeypatch.setattr(whole_files, "_move", open_elsewhere)
    with pytest.raises(PermissionError, match="ket-qua"):
        write_into(tmp_path, "gaps.csv", "ket-qua.xlsx", "a-new.csv", removing=["old.csv"])
    assert held(tmp_path) == {"gaps.csv": "old", "ket-qua.xlsx": "old", "old.csv": "old"}
    monkeypatch.undo()
    write_into(tmp_path, "gaps.csv", "ket-qua.xlsx")
    assert held(tmp_path) == {"gaps.csv": "new", "ket-qua.xlsx": "new", "old.csv": "old"}


ENDED = """
import os, sys
from pathlib import Path
from ntm_rules.report import whole_files
folder, left = Path(sys.argv[1]), int(sys.argv[2])
move = whole_files._move
def ended(*places):
    global left
    if not left:
        os._exit(9)
    left -= 1
    move(*places)
whole_files._move = ended
with whole_files.results_written(folder, removing=["stale.csv"]) as place:
    for name in ("a.csv", "b.csv", "c.csv"):
        (place / name).write_text("new", encoding="utf-8")
    if left > 90:
        os._exit(9)
"""


@pytest.mark.parametrize("moves", [0, 1, 2, 3, 4, 5, 6, 7, 99])
def test_what_an_ended_run_had_begun_is_finished_by_the_next_and_what_it_had_not_is_gone(
    tmp_path: Path, moves: int
) -> None:
    write_into(tmp_path, "a.csv", "b.csv", "stale.csv", content="old")
    assert subprocess.run([sys.executable, "-c", ENDED, tmp_path, str(moves)], check=False).returncode == 9
    refuse_in_the_way(tmp_path, ["a.csv", "b.csv", "c.csv"], [])
    old = {"a.csv": "old", "b.csv": "old", "stale.csv": "old"}
    assert held(tmp_path) == (old if moves == 99 else {"a.csv": "new", "b.csv": "new", "c.csv": "new"})
    write_into(tmp_path, "a.csv", content="newest")
    assert held(tmp_path)["a.csv"] == "newest"
    assert not (tmp_path / STAGING).exists()


def test_what_a_person_changed_after_a_run_was_ended_stays(tmp_path: Path) -> None:
    write_into(tmp_path, "a.csv", "b.csv", content="old")
    subprocess.run([sys.executable, "-c", ENDED, tmp_path, "0"], check=False)
    (tmp_path / "b.csv").write_text("mine", encoding="utf-8")
    settle(tmp_path)
    assert held(tmp_path) == {"a.csv": "new", "b.csv": "mine", "c.csv": "new"}


def test_two_runs_do_not_write_into_one_folder_at_once(tmp_path: Path) -> None:
    with results_written(tmp_path) as place:
        (place / "a.csv").write_text("first", encoding="utf-8")
        for begin in (lambda: write_into(tmp_path, "a.csv"), lambda: refuse_in_the_way(tmp_path, ["a.csv"], [])):
            assert refused(begin, tmp_path) == [
                "FOLDER: another run of this program is writing there; wait until it has ended, then run this again"
            ]
    assert held(tmp_path) == {"a.csv": "first"}


def test_everything_in_the_way_is_named_at_once_and_nothing_replaced(tmp_path: Path) -> None:
    write_into(tmp_path, "ours.csv", "changed.csv", "read.csv", content="old")
    (tmp_path / "changed.csv").write_text("mine", encoding="utf-8")
    (tmp_path / "theirs.csv").write_text("mine", encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()
    names, inputs = ["ours.csv", "changed.csv", "read.csv", "theirs.csv", "folder.csv"], [tmp_path / "read.csv"]
    changed = "was changed by a person, or is not of this program; move it away or name another folder"
    told = [
        f"FOLDER/changed.csv {changed}",
        "FOLDER/read.csv would replace FOLDER/read.csv, which is read; "
        "results are never written over what is read: name another folder",
        f"FOLDER/theirs.csv {changed}",
        "FOLDER/folder.csv is a folder, and a file of that name is to be written; move it away or name another folder",
    ]
    assert refused(lambda: refuse_in_the_way(tmp_path, names, inputs), tmp_path) == told
    with results_written(tmp_path / "b") as place:
        (place / "x").write_text("x", encoding="utf-8")
    (tmp_path / "folder.csv").rmdir()
    assert len(refused(lambda: write_into(tmp_path, *names, inputs=inputs), tmp_path)) == 3
    assert (tmp_path / "ours.csv").read_text(encoding="utf-8") == "old"


def test_an_input_is_known_through_a_link(tmp_path: Path) -> None:
    write_into(tmp_path / "out", "summary.csv", content="old")
    link = tmp_path / "data.csv"
    link.hardlink_to(tmp_path / "out" / "summary.csv")
    [message] = refused(lambda: write_into(tmp_path / "out", "summary.csv", inputs=[link]), tmp_path)
    assert message.startswith("FOLDER/out/summary.csv would replace FOLDER/data.csv")


@pytest.mark.parametrize("record", ["", "[]", '{"format": 1}', '{"format": 2, "files": {"a.csv": "x"}}'])
def test_a_list_of_own_files_that_cannot_be_read_makes_none_ours(tmp_path: Path, record: str) -> None:
    write_into(tmp_path, "a.csv", content="old")
    (tmp_path / Own.NAME).write_text(record, encoding="utf-8")
    assert len(refused(lambda: write_into(tmp_path, "a.csv"), tmp_path)) == 1


def test_only_own_files_are_removed(tmp_path: Path) -> None:
    write_into(tmp_path, "a.csv", "b.csv", content="old")
    (tmp_path / "b.csv").write_text("mine", encoding="utf-8")
    write_into(tmp_path, "c.csv", removing=["a.csv", "b.csv", "none.csv"])
    assert held(tmp_path) == {"b.csv": "mine", "c.csv": "new"}


def test_files_that_may_be_replaced_are_and_no_list_is_kept_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("mine", encoding="utf-8")
    with files_written(tmp_path) as place:
        (place / "a.xlsx").write_text("new", encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"a.xlsx": "new"}


def test_one_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a" / "one.docx"
    file_written(path, b"old")

    def full(_path: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        file_written(path, b"new")
    assert {one.name: one.read_bytes() for one in path.parent.iterdir()} == {"one.docx": b"old"}


def test_a_batch_that_breaks_off_leaves_the_results_of_the_run_before(
    ntm: Ntm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ntm("batch", DATA, *LAW, "--out", tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken(*_: object, **_options: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ntm_rules.runs.results.summary", broken)
    done = ntm("batch", DATA, *LAW, "--out", tmp_path, "--as-of", "2033-01-01")
    assert (done.returncode, "ổ đĩa đã đầy" in done.stderr) == (2, True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
