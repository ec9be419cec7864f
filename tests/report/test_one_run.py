"""One run at a time: a lock that no longer guards anything is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.report import one_run
from ntm_rules.report.one_run import one_run_at_a_time


def test_a_second_run_is_told_and_a_later_one_goes_on(tmp_path: Path) -> None:
    with (
        one_run_at_a_time(tmp_path, tmp_path),
        pytest.raises(NtmError, match=r"another run|lần chạy khác"),
        one_run_at_a_time(tmp_path, tmp_path),
    ):
        pass
    with one_run_at_a_time(tmp_path, tmp_path):
        pass


def test_a_lock_that_the_run_before_has_removed_meanwhile_holds_nobody_else_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = one_run._locked

    def taken_after_it_was_removed(number: int) -> bool:
        (tmp_path / "lock").unlink()
        return taken(number)

    monkeypatch.setattr(one_run, "_locked", taken_after_it_was_removed)
    with pytest.raises(NtmError), one_run_at_a_time(tmp_path, tmp_path):
        pytest.fail("others would lock a file that is not this one")
