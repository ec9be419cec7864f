"""The set of the turns of the law."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.resolve import resolve

TURNS = Path(__file__).with_name("criteria") / "cach-noi-2026-2030"


@pytest.fixture(scope="session")
def turns() -> LoadedSet:
    """The set as written."""
    return load_set(TURNS)


@pytest.fixture(scope="session")
def law(turns: LoadedSet) -> CriteriaSet:
    """The set as it is in force at the end of 2026."""
    return resolve(turns, as_of=dt.date(2026, 12, 31))
