"""The clean criteria set, fresh for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.checks.clean import Checked, clean


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    """A criteria set in which nothing is found; a test changes one thing of it."""
    return clean(tmp_path / "clean")
