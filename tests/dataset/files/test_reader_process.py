"""A process that reads in this one's place: whatever becomes of it, this one goes on and knows why."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_rules.dataset.files import reader_process
from ntm_rules.dataset.files.reader_process import Closed, NoProcess, ReaderProcess, seconds_for
from ntm_rules.dataset.workbooks.workbook_safety import MB, FileRefused

WAIT = 30


@pytest.fixture(params=["copied", "fresh"])
def process(request: pytest.FixtureRequest) -> Iterator[ReaderProcess]:
    """A copy of this process where the system makes one, and a fresh Python."""
    with ReaderProcess(copied=request.param == "copied") as process:
        yield process


def refusal(process: ReaderProcess, function: object, *arguments: object, seconds: float = WAIT) -> FileRefused:
    assert callable(function)
    with pytest.raises(FileRefused) as refused:
        process.ask(function, *arguments, seconds=seconds)
    return refused.value


def test_it_answers_and_raises_what_the_function_raises(process: ReaderProcess) -> None:
    assert process.ask(divmod, 17, 5, seconds=WAIT) == (3, 2)
    with pytest.raises(ValueError, match="invalid literal"):
        process.ask(int, "x", seconds=WAIT)
    assert process.ask(os.getpid, seconds=WAIT) != os.getpid()


def test_when_it_dies_that_is_told_and_another_takes_its_place(process: ReaderProcess) -> None:
    assert refusal(process, os.abort).code == "file-ends-reader"
    assert process.ask(abs, -1, seconds=WAIT) == 1
    assert refusal(process, os._exit, 0).code == "file-ends-reader"
    assert process.ask(abs, -2, seconds=WAIT) == 2


def test_one_that_was_ended_between_two_files_costs_no_file(process: ReaderProcess) -> None:
    os.kill(process.ask(os.getpid, seconds=WAIT), getattr(signal, "SIGKILL", signal.SIGTERM))
    assert process.ask(abs, -1, seconds=WAIT) == 1


@pytest.mark.long
def test_it_is_ended_when_it_takes_too_long(process: ReaderProcess) -> None:
    process.ask(abs, -1, seconds=WAIT)
    began = time.monotonic()
    refused = refusal(process, time.sleep, 60, seconds=1)
    assert (refused.code, refused.parameters) == ("file-takes-too-long", {"seconds": 1})
    assert time.monotonic() - began < 20


@pytest.mark.skipif(sys.platform != "linux", reason="the system keeps no such limit")
def test_it_has_a_limit_of_memory(process: ReaderProcess) -> None:
    refused = refusal(process, bytearray, 4 << 30)
    assert (refused.code, refused.parameters) == ("file-takes-memory", {"limit": 3072})
    assert process.ask(len, bytearray(1 << 20), seconds=WAIT) == 1 << 20


def test_what_it_prints_is_not_seen(process: ReaderProcess, capfd: pytest.CaptureFixture[str]) -> None:
    for stream in (1, 2):
        assert process.ask(os.write, stream, b"giving up", seconds=WAIT) == 9
    assert capfd.readouterr() == ("", "")


def test_each_new_one_begins_with_what_is_called_first(tmp_path: Path) -> None:
    with ReaderProcess(os.chdir, tmp_path) as process:
        assert process.ask(os.getcwd, seconds=WAIT) == str(tmp_path)
        refusal(process, os.abort)
        assert process.ask(os.getcwd, seconds=WAIT) == str(tmp_path)


def test_none_is_left_once_it_is_closed(process: ReaderProcess) -> None:
    number = process.ask(os.getpid, seconds=WAIT)
    process.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
    with pytest.raises(Closed):
        process.ask(abs, -1, seconds=WAIT)


def test_where_no_python_can_be_started_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    with ReaderProcess(copied=False) as process, pytest.raises(NoProcess):
        process.ask(abs, -1, seconds=WAIT)


def test_where_no_python_can_be_started_the_file_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    monkeypatch.setattr(reader_process, "_may_copy", lambda: False)
    assert reader_process.answer_of(_here_or_there, size=1) == os.getpid()


def test_only_what_is_not_harmless_goes_to_another_process() -> None:
    assert reader_process.answer_of(_here_or_there, size=1) != os.getpid()
    assert reader_process.answer_of(os.getpid, size=1) == os.getpid()


def _here_or_there() -> int:
    from ntm_rules.dataset.files.harmless import leave_to_another_process

    leave_to_another_process()
    return os.getpid()


def test_a_larger_file_may_take_longer() -> None:
    assert (seconds_for(1000), seconds_for(100 * MB)) == (60, 260)


SCRIPT = """
import sys, threading, time
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()  # as a notebook has: no copy can be made
print("began")
from ntm_rules.dataset.files.reader_process import ReaderProcess
with ReaderProcess() as process:
    print(process.ask(abs, -7, seconds=30))
"""


def test_a_script_without_a_guard_is_not_run_again(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=Path.cwd(),
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert (done.stdout.split(), done.stderr) == (["began", "7"], "")
