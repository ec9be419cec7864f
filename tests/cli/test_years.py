"""Every command that takes a year from the data says which, and asks where one mistyped row would choose it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, Ntm

ONE_ROW = ROOT / "tests/dataset/cases/one-row-of-another-year/mot-dong-nam-sau.csv"
SAYS = "2026 (2 xã, 4 số liệu), 2027 (1 xã, 2 số liệu)"
WHERE = "03390 Bình Lư (2027: mot-dong-nam-sau.csv, dòng 4)"
COMMANDS = {
    "batch": ("--out", "out"),
    "report province": ("--out", "out"),
    "report agency": ("--all", "--out", "out"),
    "report html": ("--out", "out"),
    "explain": ("--commune", "03390", "--indicator", "1.1"),
    "whatif": ("--set", "8.1.c=60", "--out", "out"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_latest_year_of_one_row_is_asked_about_and_nothing_is_written(ntm: Ntm, tmp_path: Path, command: str) -> None:
    options = [str(tmp_path / "out") if option == "out" else option for option in COMMANDS[command]]
    run = ntm(*command.split(), ONE_ROW, *options)
    assert run.returncode == 2
    said = " ".join((run.stdout + run.stderr).split())
    assert SAYS in said
    assert WHERE in said
    assert "--year" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.long
@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "explain"])
def test_with_a_year_the_command_goes_on_and_says_what_is_left_out(ntm: Ntm, tmp_path: Path, command: str) -> None:
    options = [str(tmp_path / "out") if option == "out" else option for option in COMMANDS[command]]
    run = ntm(*command.split(), ONE_ROW, *options, "--year", "2026")
    assert run.returncode == 0, run.stdout + run.stderr
    said = " ".join((run.stdout + run.stderr).split())
    assert "2026 (2 xã), 2027 (1 xã). Năm được đánh giá: 2026." in said
    assert WHERE in said
    assert (tmp_path / "out").exists()
    if command == "batch":
        record = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
        assert record["years_in_data"] == {"2026": 2, "2027": 1}
        assert [one["years"] for one in record["evaluated"]] == [[2026]]


def test_assess_and_explain_say_the_year_too(ntm: Ntm, tmp_path: Path) -> None:
    both = tmp_path / "hai-nam.csv"
    text = ONE_ROW.read_text(encoding="utf-8")
    both.write_text(text + "03394;Sin Suối Hồ;2027;Có;95\n03405;Tả Lèng;2027;Có;96\n", encoding="utf-8")
    words = "2026 (2 xã), 2027 (3 xã). Năm được đánh giá: 2027."
    for command in (
        ("assess", both, "--commune", "03394"),
        ("explain", both, "--commune", "03394", "--indicator", "1.1"),
    ):
        run = ntm(*command)
        assert words in " ".join((run.stdout + run.stderr).split())


def test_forms_of_the_next_year_say_which_year_they_carry(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm(
        "template", "--out", tmp_path / "phieu.xlsx", "--year", "2027", "--commune", "03394", "--previous", ONE_ROW
    )
    assert run.returncode == 0, run.stderr
    said = " ".join(run.stdout.split())
    assert "2026 (2 xã), 2027 (1 xã). Năm được chép sang: 2026." in said
    assert WHERE in said
