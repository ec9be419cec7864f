"""The tiny criteria set, fresh for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rulebook.tiny import FILES, Tiny


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """A complete and correct criteria set in a folder; a test changes one thing of it."""
    written = Tiny(tmp_path / "tiny")
    for name, text in FILES.items():
        written.write(name, text)
    return written


@pytest.fixture
def other(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The same set again, in a folder of its own: the law after."""
    written = Tiny(tmp_path_factory.mktemp("other"))
    for name, text in FILES.items():
        written.write(name, text)
    return written
