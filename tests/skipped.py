"""What a run skipped, told to a run elsewhere, so that a newcomer's run without extras leaves nothing untested."""

from __future__ import annotations

from pathlib import Path

import pytest


class Skipped:
    """Writes down what a run skips: tests, and modules and folders that skip themselves while they are collected."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.nodeids = set[str]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped:
            self.nodeids.add(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.nodeids.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("".join(f"{nodeid}\n" for nodeid in sorted(self.nodeids)), encoding="utf-8")


def entry_of(nodeid: str, skipped: frozenset[str]) -> str | None:
    """Return by which entry a test was skipped: its own, or that of its module or a folder that it stands in.

    >>> skipped = frozenset({"tests/web", "tests/test_a.py::test_b[x]"})
    >>> [entry_of(each, skipped) for each in ("tests/web/test_c.py::test_d", "tests/test_a.py::test_b[x]", "tests/test_a.py::test_b[y]")]
    ['tests/web', 'tests/test_a.py::test_b[x]', None]
    """
    if nodeid in skipped:
        return nodeid
    folder = nodeid.partition("::")[0]
    while folder and folder not in skipped:
        folder = folder.rpartition("/")[0]
    return folder or None


def mark(items: list[pytest.Item], path: Path) -> None:
    """Mark the tests that another run skipped.

    Raises:
        pytest.UsageError: something that it skipped is not among the tests.
    """
    skipped = frozenset(path.read_text(encoding="utf-8").splitlines())
    found = set[str]()
    for item in items:
        if entry := entry_of(item.nodeid, skipped):
            item.add_marker("skipped_elsewhere")
            found.add(entry)
    tests = {
        each for each in skipped if Path(each.partition("::")[0]).name.startswith("test_")
    }  # the rest are modules that tests share, and hold none
    if missing := sorted(tests - found):
        raise pytest.UsageError(f"{path} names what is no test here: {', '.join(missing)}")
