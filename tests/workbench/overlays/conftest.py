"""The small set with a pending grade and a pending standard."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_rules.rulebook.loader import LoadedSet
from tests.rulebook.tiny import Tiny, with_a_pending_grade


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """A complete and correct criteria set in a folder, with a pending grade and a pending standard."""
    return with_a_pending_grade(tmp_path / "tiny")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> LoadedSet:
    """The same set, loaded once."""
    return with_a_pending_grade(tmp_path_factory.mktemp("small")).load()
