"""`ntm doctor`: what it says of the engines, where the optional one works and where it does not."""

from __future__ import annotations

import re
import sys
import tomllib

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
