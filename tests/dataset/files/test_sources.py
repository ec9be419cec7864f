"""Which files a folder stands for: never what the program itself wrote beside the forms."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ntm_rules.dataset.files.sources import find_sources
from tests.conftest import SAMPLE, Ntm

FORMS = ("03390-binh-lu.xlsx", "03394-sin-suoi-ho.xlsx")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FORMS:
        shutil.copy(SAMPLE / name, tmp_path)
    return tmp_path


def names(folder: Path) -> list[str]:
    sources, problems = find_sources([folder])
    assert problems == []
    return [source.name for source in sources]


@pytest.mark.long
@pytest.mark.parametrize(
    "command",
    [("batch", "DATA", "-o", "OUT"), ("report", "html", "DATA", "-o", "OUT"), ("report", "agency", "DATA", "--all", "-o", "OUT"),
     ("report", "province", "DATA", "-o", "OUT"), ("rules", "book", "-o", "OUT")],
    ids=" ".join,
)  # fmt: skip
def test_results_below_the_data_are_no_data(ntm: Ntm, folder: Path, command: tuple[str, ...]) -> None:
    places = {"DATA": folder, "OUT": folder / "ra"}
    assert ntm(*(places.get(word, word) for word in command)).returncode in (0, 3)
    assert names(folder) == list(FORMS)


def test_forms_below_the_data_are_data_though_the_program_made_them(ntm: Ntm, folder: Path) -> None:
    done = ntm("template", "--commune", "03405", "--year", "2026", "-o", folder / "moi" / "03405.xlsx")
    assert done.returncode == 0, done.stderr
    assert names(folder) == [*FORMS, "moi/03405.xlsx"]


def test_results_that_are_named_themselves_are_looked_at(ntm: Ntm, folder: Path) -> None:
    assert ntm("batch", folder, "-o", folder / "ra").returncode in (0, 3)
    sources, _problems = find_sources([folder / "ra"])
    assert "verdicts.csv" in [source.name for source in sources]
