"""A workbook made from an overlay that amends: its targets stand in the cells, all else is told, kept and given back."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import openpyxl
import pytest

from ntm_rules.rulebook.loader import load_overlay, load_set
from ntm_rules.rulebook.resolve import resolve
from tests.conftest import Ntm
from tests.turns.test_amended import AMENDED


@pytest.fixture
def beside(tmp_path: Path) -> tuple[Path, Path]:
    """The set without its amendments, and a folder with these."""
    bare, later = tmp_path / "goc", tmp_path / "sau"
    shutil.copytree(AMENDED, bare, ignore=shutil.ignore_patterns("amendments"))
    shutil.copytree(AMENDED / "amendments", later)
    return bare, later


def test_what_a_workbook_cannot_hold_comes_back_as_it_was(ntm: Ntm, beside: tuple[Path, Path], tmp_path: Path) -> None:
    bare, later = beside
    first, second = later / "10-qd-ubnd.yaml", later / "20-qd-ubnd.yaml"
    for file, earlier in ((first, []), (second, ["--overlay", first])):
        made = ntm("rules", "overlay", "new", "--criteria", bare, *earlier, "--from", file, "-o", tmp_path / "v.xlsx")
        assert made.returncode == 0, made.stderr
        assert "giữ nguyên" in made.stdout
        back = tmp_path / f"lai-{file.name}"
        done = ntm("rules", "overlay", "fill", tmp_path / "v.xlsx", "--criteria", bare, *earlier, "-o", back)
        assert done.returncode == 0, done.stderr
        assert load_overlay(back).model_dump() == load_overlay(file).model_dump()
        (tmp_path / "v.xlsx").unlink()
    days = [dt.date(2027, 7, 1), dt.date(2028, 4, 1)]
    shutil.copy(later / "10-qd-ubnd.txt", tmp_path)
    overlays = [load_overlay(tmp_path / f"lai-{file.name}") for file in (first, second)]
    for day in days:
        now, own = resolve(load_set(bare), as_of=day, overlays=overlays), resolve(load_set(AMENDED), as_of=day)
        assert now.criteria == own.criteria


def test_a_target_changed_in_the_workbook_is_the_only_thing_that_changes(
    ntm: Ntm, beside: tuple[Path, Path], tmp_path: Path
) -> None:
    bare, later = beside
    earlier = ["--overlay", later / "10-qd-ubnd.yaml"]
    form, back = tmp_path / "v.xlsx", tmp_path / "lai.yaml"
    ntm("rules", "overlay", "new", "--criteria", bare, *earlier, "--from", later / "20-qd-ubnd.yaml", "-o", form)
    book = openpyxl.load_workbook(form)
    sheet = next(one for one in book if any(cell.value == "ntm:id" for cell in one[4]))
    row = next(cells for cells in sheet.iter_rows(min_row=5) if cells[0].value == "1.5")
    assert (row[7].value, row[10].value) == (8, "Điều 6")
    row[7].value = 9
    told = next(one for one in book if "giữ nguyên" in str(one["A3"].value))
    assert [told.cell(n, 1).value for n in (4, 5)] == ["- bổ sung 1.1.c", "- bãi bỏ 1.1.b"]
    book.save(form)
    done = ntm("rules", "overlay", "fill", form, "--criteria", bare, *earlier, "-o", back)
    assert done.returncode == 0, done.stderr
    was, now = load_overlay(later / "20-qd-ubnd.yaml"), load_overlay(back)
    assert now.set != was.set
    assert now.model_copy(update={"set": was.set}).model_dump() == was.model_dump()


def test_a_new_workbook_over_an_amending_decision_offers_what_that_leaves(
    ntm: Ntm, beside: tuple[Path, Path], tmp_path: Path
) -> None:
    bare, later = beside
    made = ntm(
        "rules", "overlay", "new", "--criteria", bare, "--overlay", later / "10-qd-ubnd.yaml", "-o", tmp_path / "v.xlsx"
    )
    assert made.returncode == 0, made.stderr
    assert "1 mức cần điền: 1.5" in " ".join(made.stdout.split())
    assert "1.6" in made.stdout
    assert "1.4" not in made.stdout
