"""What is copied onto a server: units that systemd understands, and files that name only what there is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
PROGRAM = "/opt/ntm/.venv/bin/ntm"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    """The program stands elsewhere here, and the account is another; all else is as shipped."""
    for unit in DEPLOY.glob("ntm-web*"):
        text = unit.read_text(encoding="utf-8").replace(PROGRAM, sys.executable)
        (tmp_path / unit.name).write_text(re.sub(r"(?m)^(User|Group)=ntm$", r"\1=daemon", text), encoding="utf-8")
    units = sorted(str(path) for path in tmp_path.iterdir())
    assert len(units) == 3
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    said = [line for line in done.stderr.splitlines() if "ntm-web" in line]
    assert (said, done.returncode) == ([], 0), done.stderr


def test_what_the_files_run_are_commands_that_there_are() -> None:
    from ntm_rules.cli.web_app import web_app

    known = {command.name or command.callback.__name__ for command in web_app.registered_commands if command.callback}
    for path in (*DEPLOY.iterdir(), ROOT / "docs" / "operating.md"):
        named = set(re.findall(r"\bntm web ([a-z]+)\b", path.read_text(encoding="utf-8")))
        assert named <= known, path.name


def test_the_settings_in_the_manual_are_the_settings() -> None:
    pytest.importorskip("django", reason="the extra web is not installed")
    from ntm_rules.web.settings_written import WRITTEN

    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)^\| `\[?([a-z_]+)\]?[^`]*` \|", text))
    assert named >= WRITTEN.keys()


@pytest.mark.skipif(os.name != "posix", reason="Windows says it otherwise")
def test_an_installation_is_its_owners_alone_and_one_that_is_not_is_told(tmp_path: Path) -> None:
    pytest.importorskip("django", reason="the extra web is not installed")
    from ntm_rules.web.configured import installation, set_up

    folder = tmp_path / "ntm-web"
    set_up(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert not installation(folder).read_by_others
    for mode in (0o750, 0o705):
        folder.chmod(mode)
        assert installation(folder).read_by_others
