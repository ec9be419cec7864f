"""The tiny set with tests beside its rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ntm_rules.rulebook.rule_tests import find_files
from ntm_rules.workbench.testing.cases import Case, read_cases
from ntm_rules.workbench.testing.runner import CaseOutcome, run
from tests.rulebook.conftest import tiny as tiny
from tests.rulebook.tiny import Tiny

Read = Callable[[str], list[Case]]


@pytest.fixture
def read(tiny: Tiny) -> Read:
    """Write one file of tests beside the first rules and read it."""

    def read_text(text: str) -> list[Case]:
        tiny.write("01/tests.yaml", text)
        loaded = tiny.load()
        return read_cases(loaded, find_files(loaded.folder, loaded.header))

    return read_text


Run = Callable[[str], CaseOutcome]


@pytest.fixture
def outcome(read: Read) -> Run:
    """Run the one test of a text on the reference."""

    def run_text(text: str) -> CaseOutcome:
        (found,) = run(read(text), "reference")
        return found

    return run_text
