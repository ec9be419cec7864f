"""What a run skips is written down, and a run elsewhere takes up exactly that."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
HERE = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from tests import skipped

def pytest_configure(config):
    config.addinivalue_line("markers", "skipped_elsewhere: x")
    config.pluginmanager.register(skipped.Skipped(Path("skipped.txt")))

def pytest_collection_modifyitems(items):
    if Path("named.txt").exists():
        skipped.mark(items, Path("named.txt"))
"""


def test_a_run_elsewhere_takes_up_what_was_skipped_and_nothing_else(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(HERE.format(root=str(Path(__file__).parents[1])))
    pytester.makepyfile(
        test_whole="import pytest\npytest.skip('x', allow_module_level=True)\ndef test_a(): pass\n",
        test_some="import pytest\ndef test_b(): pytest.skip('x')\ndef test_c(): pass\n",
    )
    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=1, skipped=2)
    written = (pytester.path / "skipped.txt").read_text(encoding="utf-8")
    assert written.splitlines() == ["test_some.py::test_b", "test_whole.py"]
    pytester.makepyfile(test_whole="def test_a(): pass\n", test_some="def test_b(): pass\ndef test_c(): pass\n")
    (pytester.path / "named.txt").write_text(written, encoding="utf-8")
    taken_up = pytester.runpytest_inprocess("-p", "no:cacheprovider", "-m", "skipped_elsewhere", "-v")
    taken_up.assert_outcomes(passed=2, deselected=1)
    (pytester.path / "named.txt").write_text("test_gone.py::test_d\n", encoding="utf-8")
    gone = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    assert gone.ret is pytest.ExitCode.USAGE_ERROR
