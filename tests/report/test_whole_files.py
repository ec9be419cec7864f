"""Results appear together or not at all; what stood there before stays until they do."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_rules.report.whole_files import written_whole
from tests.conftest import Ntm
from tests.other_set.conftest import DATA, LAW


def test_files_take_the_place_of_the_old_ones_and_nothing_else_is_left(tmp_path: Path) -> None:
    out = tmp_path / "a" / "out"
    out.mkdir(parents=True)
    (out / "one.csv").write_text("old", encoding="utf-8")
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    with written_whole(out) as place:
        (place / "one.csv").write_text("new", encoding="utf-8")
        (place / "run.json").write_text("{}", encoding="utf-8")
        assert (out / "one.csv").read_text(encoding="utf-8") == "old"
    found = {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()}
    assert found == {"one.csv": "new", "mine.txt": "mine", "run.json": "{}"}


def write_into(folder: Path, *names: str, failing: bool = False) -> None:
    with written_whole(folder) as place:
        for name in names:
            (place / name).write_text("new", encoding="utf-8")
        if failing:
            raise RuntimeError


def test_a_failure_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError):
        write_into(tmp_path, "one.csv", failing=True)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"one.csv": "old"}


def test_a_workbook_that_cannot_be_replaced_is_named_and_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "gaps.csv").write_text("old", encoding="utf-8")
    (tmp_path / "ket-qua.xlsx").mkdir()  # as good as one that Excel holds open
    with pytest.raises(OSError, match="ket-qua") as refused:
        write_into(tmp_path, "gaps.csv", "ket-qua.xlsx", "run.json")
    assert refused.value.filename == str(tmp_path / "ket-qua.xlsx")
    assert (tmp_path / "gaps.csv").read_text(encoding="utf-8") == "old"
    assert not (tmp_path / "run.json").exists()


def test_a_batch_that_breaks_off_leaves_the_results_of_the_run_before(
    ntm: Ntm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ntm("batch", DATA, *LAW, "--out", tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken(*_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ntm_rules.cli.batch_results.summary_rows", broken)
    done = ntm("batch", DATA, *LAW, "--out", tmp_path, "--as-of", "2033-01-01")
    assert (done.returncode, "No space left on device" in done.stderr) == (2, True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
