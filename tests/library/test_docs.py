"""The examples of docs/library.md run as they stand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
ON_SPARK = [block for block in BLOCKS if "spark" in block]


def test_every_example_runs_in_the_order_of_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {"out": tmp_path}
    for block in BLOCKS:
        if block not in ON_SPARK:
            exec(compile(block, "docs/library.md", "exec"), names)
    said = capsys.readouterr().out
    assert "<Result 36 communes and years (2026), 5 problems>" in said
    assert "4.1: MET, since the target is reached." in said
    assert (tmp_path / "ket-qua.xlsx").is_file()
    assert len(BLOCKS) == 7
    assert len(ON_SPARK) == 1
