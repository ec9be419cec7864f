"""The tiny criteria set, fresh for every test, and a second one to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rulebook.tiny import FILES, Tiny


def tiny_in(folder: Path) -> Tiny:
    """Write a complete and correct criteria set into a folder."""
    written = Tiny(folder)
    for name, text in FILES.items():
        written.write(name, text)
    return written


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """The tiny set; a test changes one thing of it."""
    return tiny_in(tmp_path / "tiny")


@pytest.fixture
def other(tmp_path: Path) -> Tiny:
    """The tiny set again, in a folder of its own: the law after."""
    return tiny_in(tmp_path / "other")
