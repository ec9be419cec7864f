"""Data of another set judged by the wrong one: the screen names the set used and says how to name another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES, Ntm

COMMUNES = ROOT / "tests" / "turns" / "criteria" / "cach-noi-2026-2030" / "communes.csv"
KNOWN = "landslide_sites"
OTHERS = ROOT / "tests" / "other_set" / "data.csv"
HEAD = "commune_code,commune,year,"


def said(ntm: Ntm, *arguments: str | Path) -> str:
    run = ntm(*arguments)
    return " ".join((run.stdout + run.stderr).split())


def test_data_of_another_set_are_told_which_set_was_used_and_how_to_name_theirs(ntm: Ntm, tmp_path: Path) -> None:
    for words in (said(ntm, "batch", OTHERS, "--out", tmp_path / "out"), said(ntm, "assess", OTHERS)):
        assert "không thuộc bộ tiêu chí đang dùng: Bộ tiêu chí xã nông thôn mới tỉnh Lai Châu" in words
        assert "(lai-chau-2026-2030)" in words
        assert "--criteria" in words


@pytest.mark.parametrize(
    ("columns", "figures"),
    [("paved,boats,ports", "1,2,3"), ("paved,boats,ports,household_waste_treated_share", "1,2,3,90")],
)
def test_a_wide_table_of_another_set_is_told_too(ntm: Ntm, tmp_path: Path, columns: str, figures: str) -> None:
    wide = tmp_path / "rong.csv"
    wide.write_text(f"{HEAD}{columns}\n03390,Bình Lư,2026,{figures}\n", encoding="utf-8")
    assert "(lai-chau-2026-2030)" in said(ntm, "batch", wide, "--out", tmp_path / "out")
    assert "(lai-chau-2026-2030)" in said(ntm, "assess", wide)


@pytest.mark.parametrize(
    "line",
    [
        "03390,Bình Lư,2026,household_waste_treated_share,90",
        "03999,,2026,household_waste_treated_share,90",
        "03390,Bình Lư,2026,waste,90",
    ],
)
def test_one_slip_does_not_put_the_set_in_doubt(ntm: Ntm, tmp_path: Path, line: str) -> None:
    data = tmp_path / "mot.csv"
    data.write_text(f"{HEAD}measure,value\n{line}\n", encoding="utf-8")
    assert "--criteria" not in said(ntm, "batch", data, "--out", tmp_path / "out")


def test_the_sample_with_its_planted_mistakes_is_not_doubted(ntm: Ntm, tmp_path: Path) -> None:
    assert "--criteria" not in said(ntm, "batch", SAMPLES / "lai-chau-2026", "--out", tmp_path / "out")


def test_figures_of_another_known_set_in_one_file_are_one_line(ntm: Ntm, tmp_path: Path) -> None:
    code, name = COMMUNES.read_text("utf-8").splitlines()[1].split(",")[:2]
    lai_chau = ["income_per_capita", "household_waste_treated_share", "Tỷ lệ nghèo đa chiều", "planning_criterion_met"]
    lines = [f"{code},{name},2026,{measure},1" for measure in (*lai_chau, "no_such_measure", KNOWN)]
    data = tmp_path / "chung.csv"
    data.write_text("\n".join([f"{HEAD}measure,value", *lines, ""]), encoding="utf-8")
    run = ntm("batch", data, "--criteria", COMMUNES.parent, "--out", tmp_path / "out", "--lang", "en")
    words = " ".join(run.stdout.split())
    assert "chung.csv: 4 places name measures of the set lai-chau-2026-2030, not of this one" in words
    assert words.count("is not a measure of this set of criteria") == 1
