"""`ntm doctor`: what it says of the engines, where the optional one works and where it does not."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

from ntm_rules.evaluation.durable_session import LIBRARY
from ntm_rules.evaluation.engines import ENGINES
from tests.conftest import ROOT, Ntm


def test_it_tries_every_package_that_the_program_depends_on(ntm: Ntm) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    shown = ntm("doctor").stdout
    for dependency in project["dependencies"]:
        name = re.split("[<>=]", dependency)[0]
        assert re.search(rf"^ *{re.escape(name)} +[0-9]\S* +✓", shown, re.MULTILINE), name


def test_every_engine_is_listed(ntm: Ntm) -> None:
    shown = ntm("doctor", "--lang", "en").stdout
    assert "the verdicts are the same with each" in shown
    assert [name for name in ENGINES if not re.search(rf"^ {name} +[✓–]", shown, re.M)] == []


@pytest.mark.usefixtures("durable")
def test_the_durable_engine_works_where_it_is_installed(ntm: Ntm) -> None:
    assert re.search(r"^ durable +✓ +forward chaining", ntm("doctor", "--lang", "en").stdout, re.M)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["missing or does not load", "Python 3.11 or 3.12", "C compiler", "gives the same verdicts"]),
        ("vi", ["thiếu durable-rules", "Python 3.11 hoặc 3.12", "trình biên dịch C", "cho kết quả như nhau"]),
    ],
)
def test_without_the_library_it_says_what_to_install_and_that_nothing_is_lost(
    ntm: Ntm, monkeypatch: pytest.MonkeyPatch, language: str, words: list[str]
) -> None:
    monkeypatch.setitem(sys.modules, LIBRARY, None)
    run = ntm("doctor", "--lang", language)
    assert run.returncode == 0, "the installation is healthy without it"
    said = " ".join(run.stdout.split())
    assert [word for word in [*words, "pip install 'ntm-rules[durable]'"] if word not in said] == []


@pytest.fixture
def installed_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with its list of files, as an installer leaves it, that stands before openpyxl."""
    package, listed = tmp_path / "openpyxl", tmp_path / "openpyxl-9.9.dist-info"
    package.mkdir()
    listed.mkdir()
    (package / "__init__.py").write_text("raise SystemError('imported')\n")
    (package / "cell.py").write_text("x = 1\n")
    (listed / "METADATA").write_text("Metadata-Version: 2.1\nName: openpyxl\nVersion: 9.9\nRequires-Dist: numpy\n")
    (listed / "RECORD").write_text("openpyxl/__init__.py,,30\nopenpyxl/cell.py,,6\n../bin/x,,7\n")
    for name in [name for name in sys.modules if name.partition(".")[0] == "openpyxl"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def line_of_openpyxl(ntm: Ntm) -> str:
    return next(line for line in ntm("doctor", "--lang", "en").stdout.splitlines() if " openpyxl " in line)


def test_a_whole_package_is_not_imported(ntm: Ntm, installed_here: Path) -> None:
    assert "9.9" in line_of_openpyxl(ntm)
    assert "✓" in line_of_openpyxl(ntm)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("openpyxl/cell.py", None),
        ("openpyxl/cell.py", "x"),
        ("openpyxl-9.9.dist-info/RECORD", None),
        ("openpyxl-9.9.dist-info/RECORD", "openpyxl/other.py,,6\n"),
        ("openpyxl-9.9.dist-info/METADATA", "Name: openpyxl\nVersion: 9.9\nRequires-Dist: not-there-at-all>=1\n"),
    ],
)
def test_a_package_that_does_not_look_whole_is_imported_and_its_fault_told(
    ntm: Ntm, installed_here: Path, file: str, content: str | None
) -> None:
    where = installed_here / file
    where.unlink() if content is None else where.write_text(content)
    assert "✗" in line_of_openpyxl(ntm)
    assert "SystemError: imported" in line_of_openpyxl(ntm)
    assert ntm("doctor").returncode == 2


def test_a_package_that_is_not_there_is_said_to_be_missing(ntm: Ntm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert re.search(r"^ openpyxl +\S+ +✗ +ModuleNotFoundError", ntm("doctor").stdout, re.M)
