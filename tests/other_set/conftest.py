"""The second criteria set, its data, and one batch run of it; every figure of it is invented."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import Ntm
from tests.rulebook.conftest import tiny as tiny

HERE = Path(__file__).resolve().parent
SET = HERE / "criteria" / "bien-xanh-2031-2035"
DATA = HERE / "data.csv"
AMENDMENT = HERE / "amendment.overlay.yaml"
LAW = ("--criteria", SET)

Run = tuple[Path, subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory, ntm: Ntm) -> Run:
    """`ntm batch` over the data: the folder of results and what was printed."""
    out = tmp_path_factory.mktemp("bien-xanh")
    return out, ntm("batch", DATA, *LAW, "--out", out)
