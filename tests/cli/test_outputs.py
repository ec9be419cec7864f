"""What a command reads it never writes over, whatever it is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ILLUSTRATIVE, SAMPLE, Ntm

FORM = SAMPLE / "03394-sin-suoi-ho.xlsx"


@pytest.mark.parametrize("given", ["file", "folder"])
def test_last_year_s_form_is_not_written_over_by_this_year_s(ntm: Ntm, tmp_path: Path, given: str) -> None:
    last = tmp_path / "phieu.xlsx"
    shutil.copy(FORM, last)
    before = last.read_bytes()
    previous = last if given == "file" else tmp_path
    done = ntm("template", "--commune", "03394", "--year", "2027", "--previous", previous, "-o", last, "--force")
    assert (done.returncode, last.read_bytes()) == (2, before)
    assert f"{last}" in done.stderr.replace("\n", "")


def test_nor_is_any_of_a_folder_of_them(ntm: Ntm, tmp_path: Path) -> None:
    for commune in ("03394", "03595"):  # two of those that --all is going to write
        made = ntm("template", "--commune", commune, "--year", "2027", "-o", tmp_path)
        assert made.returncode == 0, made.stderr
    before = {path: path.read_bytes() for path in tmp_path.glob("*.xlsx")}
    done = ntm("template", "--all", "--year", "2027", "--previous", tmp_path, "-o", tmp_path, "--force")
    assert done.returncode == 2
    assert any(str(path) in done.stderr.replace("\n", "") for path in before)
    assert {path: path.read_bytes() for path in tmp_path.glob("*.xlsx")} == before


def test_an_overlay_that_is_laid_below_is_not_written_over_by_a_new_one(ntm: Ntm, tmp_path: Path) -> None:
    earlier = tmp_path / "a.overlay.yaml"
    shutil.copy(ILLUSTRATIVE, earlier)
    before = earlier.read_bytes()
    done = ntm("rules", "overlay", "new", "--overlay", earlier, "-o", earlier, "--force")
    assert (done.returncode, earlier.read_bytes()) == (2, before)
