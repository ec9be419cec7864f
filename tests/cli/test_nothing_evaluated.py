"""Where nothing can be judged every command says so alike: why, of which set, and with the same exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES, Ntm

OTHERS = ROOT / "tests" / "other_set" / "data.csv"
DATA = SAMPLES / "lai-chau-2026.csv"
COMMANDS = {
    "batch": (["batch"], ["--out", "{out}"]),
    "assess": (["assess"], []),
    "explain": (["explain"], ["--indicator", "1"]),
    "whatif": (["whatif"], ["--set", "8.1.b=70"]),
    "self-assessment": (["report", "self-assessment"], ["--out", "{out}/a.docx"]),
    "province": (["report", "province"], ["--out", "{out}"]),
    "agency": (["report", "agency"], ["--all", "--out", "{out}"]),
    "letters": (["report", "letters"], ["--all", "--out", "{out}"]),
    "html": (["report", "html"], ["--out", "{out}"]),
}


def said(ntm: Ntm, name: str, data: Path, out: Path, *more: str) -> tuple[int, str]:
    command, options = COMMANDS[name]
    run = ntm(*command, data, *(option.format(out=out) for option in options), *more, "--lang", "en")
    return run.returncode, " ".join((run.stdout + run.stderr).split())


@pytest.mark.parametrize("name", COMMANDS)
def test_data_of_another_set_are_doubted_and_nothing_is_judged(ntm: Ntm, tmp_path: Path, name: str) -> None:
    status, words = said(ntm, name, OTHERS, tmp_path)
    assert status == 2
    assert words.count("Nothing could be evaluated.") == 1
    assert "(lai-chau-2026-2030). Are these data of another set? Name it with --criteria, by id or folder." in words


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("assess", "explain", "self-assessment")])
def test_a_year_without_figures_is_named_with_those_there_are(ntm: Ntm, tmp_path: Path, name: str) -> None:
    status, words = said(ntm, name, DATA, tmp_path, "--year", "2029")
    assert status == 2
    assert words.endswith("Nothing could be evaluated.")
    assert "There are no figures for 2029; there are for 20" in words


def test_one_commune_without_figures_of_the_year_is_told_too(ntm: Ntm) -> None:
    run = ntm("assess", DATA, "--commune", "03390", "--year", "2029", "--lang", "en")
    assert run.returncode == 2
    assert "There are no figures for 2029; there are for 20" in run.stdout
    assert run.stdout.endswith("Nothing could be evaluated.\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_path_that_is_not_there_is_named(ntm: Ntm, tmp_path: Path, name: str) -> None:
    status, words = said(ntm, name, tmp_path / "none", tmp_path)
    assert (status, words) == (2, f"There is no file or folder {tmp_path / 'none'}")
