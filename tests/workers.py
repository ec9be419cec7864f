"""How the tests are shared out among the processes of pytest-xdist (`-n`): a module stays whole, the longest first."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/report/site/", "tests/report/book/", "tests/report/word/", "tests/web/")
"""Folders whose modules share what is dear to make: pages, papers, a browser with its profile."""
LONGEST = (
    "tests/report/word/",
    "tests/cli/test_returning.py",
    "tests/forms/commune/test_returning.py",
    "tests/forms/commune/test_live_verdicts.py",
    "tests/report/site/",
    "tests/cli/test_template.py",
    "tests/forms/commune/test_mistreated.py",
    "tests/cli/test_commands.py",
    "tests/samples/test_generated_again.py",
    "tests/cli/test_standing.py",
    "tests/standing/test_against_pandas.py",
    "tests/evaluation/test_evaluators_agree.py",
    "tests/cli/test_whatif.py",
    "tests/report/book/",
)
"""Units of work that come first, so that no process is left with a long one at the end (`--durations=50` names them)."""


def unit(nodeid: str) -> str:
    """Return the unit of work that a test belongs to: its module, or the folder that shares its fixtures.

    >>> unit("tests/report/site/test_pages.py::test_any[a]"), unit("tests/cli/test_diff.py::test_any")
    ('tests/report/site/', 'tests/cli/test_diff.py')
    """
    module = nodeid.partition("::")[0]
    return next((folder for folder in TOGETHER if module.startswith(folder)), module)


def longest_first(nodeids: Sequence[str]) -> list[int]:
    """Return the order in which tests are shared out, as positions in the sequence given."""
    rank = {name: place for place, name in enumerate(LONGEST)}
    return sorted(range(len(nodeids)), key=lambda at: rank.get(unit(nodeids[at]), len(rank)))


class WholeUnits(LoadScopeScheduling):  # type: ignore[misc, unused-ignore]
    """Gives every process whole units of work, in the order in which they were collected."""

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        config.option.loadscopereorder = False  # the order of collection is `longest_first`
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)
