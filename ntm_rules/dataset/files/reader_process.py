"""Another process that reads in this one's place: it may die, and has a limit of time and memory.

Requests and answers are pickles with their length before them. Where the system can copy a process cheaply (Linux, one
thread) it is a copy of this one; elsewhere a fresh Python, which runs nothing of the caller's own program, so that scripts
and notebooks need no guard.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, BinaryIO, TypeVar

from ntm_rules.dataset.files.harmless import NotHarmless, harmless_only
from ntm_rules.dataset.files.serving import RAISED, READY, TOO_MUCH, receive, send, serve
from ntm_rules.dataset.workbooks.workbook_safety import MB, FileRefused
from ntm_rules.i18n import current_language

Answer = TypeVar("Answer")

ENDED = frozenset({"file-ends-reader", "file-takes-too-long", "file-takes-memory"})
"""What is told of a file whose reading came to no end; it is not tried again."""
SECONDS = 60
SECONDS_A_MB = 2
_BOOT = (
    "import pickle,sys;i=sys.stdin.buffer;n=int.from_bytes(i.read(8),'little');"
    "sys.path[:],language=pickle.loads(i.read(n));"
    "from ntm_rules.dataset.files.serving import serve_streams;serve_streams(language)"
)


def seconds_for(size: int) -> int:
    """Return how long reading a file of so many bytes may take."""
    return SECONDS + SECONDS_A_MB * (size // MB)


class NoProcess(Exception):
    """No other process can be started on this system."""


class Closed(Exception):
    """The process was closed while it was asked."""


class ReaderProcess:
    """A process that calls functions of this package, one after the other; another takes its place when it dies."""

    def __init__(self, *first: Any, copied: bool = True) -> None:
        """Start nothing yet.

        Args:
            first: a function and its arguments, called in each new process before all else.
            copied: the process may be a copy of this one.
        """
        self._first = first
        self._copied = copied
        self._child: _Copied | _Fresh | None = None
        self._closed = False

    def __enter__(self) -> ReaderProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._closed = True
        self._end()

    def ask(self, function: Callable[..., Answer], *arguments: Any, seconds: float) -> Answer:
        """Return what a function of this package answers there.

        Raises:
            NoProcess: none can be started.
            Closed: nobody waits for the answer any more.
            FileRefused: `file-ends-reader`, `file-takes-too-long` or `file-takes-memory`.
            Exception: what the function raised.
        """
        used = self._child is not None
        try:
            return self._answer(self._started(), function, arguments, seconds)
        except EOFError as error:
            if not used:
                raise FileRefused("file-ends-reader") from error
        # It had read other files before: whether this one ended it, a fresh process tells.
        try:
            return self._answer(self._started(), function, arguments, seconds)
        except EOFError as error:
            raise FileRefused("file-ends-reader") from error

    def _answer(
        self, child: _Copied | _Fresh, function: Callable[..., Answer], arguments: tuple[Any, ...], seconds: float
    ) -> Answer:
        with _watched(child, seconds) as late:
            try:
                send(child.requests, (function, arguments, int(seconds)))
                said, answer = receive(child.answers)
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                self._end()
                if late.is_set():
                    raise FileRefused("file-takes-too-long", seconds=int(seconds)) from error
                raise EOFError from error
            except BaseException:
                self._end()
                raise
        if said == TOO_MUCH:
            self._end()  # what it still holds must not be counted against the next file
            raise FileRefused("file-takes-memory", limit=answer)
        if said == RAISED:
            raise answer
        result: Answer = answer
        return result

    def _started(self) -> _Copied | _Fresh:
        if self._closed:
            raise Closed
        if self._child is None:
            try:
                self._child = _Copied() if self._copied and _may_copy() else _Fresh()
            except (OSError, ValueError) as error:
                raise NoProcess from error
            if self._first:
                try:
                    self._answer(self._child, self._first[0], self._first[1:], SECONDS)
                except (EOFError, FileRefused) as error:
                    raise NoProcess from error
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.forget()


@contextmanager
def _watched(child: _Copied | _Fresh, seconds: float) -> Iterator[threading.Event]:
    """End a process that is at work longer; the event says that it was."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        child.kill()

    watch = threading.Timer(seconds, stop)
    watch.daemon = True
    watch.start()
    try:
        yield late
    finally:
        watch.cancel()
        watch.join()


def _may_copy() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


class _Copied:
    """A copy of this process (fork)."""

    def __init__(self) -> None:
        read_requests, write_requests = os.pipe()
        read_answers, write_answers = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.close(write_requests)
                os.close(read_answers)
                serve(os.fdopen(read_requests, "rb"), os.fdopen(write_answers, "wb"))
            finally:
                os._exit(1)
        os.close(read_requests)
        os.close(write_answers)
        self.requests: BinaryIO = os.fdopen(write_requests, "wb")
        self.answers: BinaryIO = os.fdopen(read_answers, "rb")

    def kill(self) -> None:
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def forget(self) -> None:
        pid, self._pid = self._pid, 0
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)
        _close(self.requests, self.answers)


class _Fresh:
    """A fresh Python with this package."""

    def __init__(self) -> None:
        if not sys.executable or getattr(sys, "frozen", False):
            raise OSError("no Python to start")
        self._process = subprocess.Popen(  # noqa: S603 - this Python itself, on words of our own
            [sys.executable, "-c", _BOOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.requests: BinaryIO = self._process.stdin  # type: ignore[assignment]  # a pipe of bytes
        self.answers: BinaryIO = self._process.stdout  # type: ignore[assignment]  # as above
        try:
            with _watched(self, SECONDS):
                send(self.requests, (sys.path, current_language()))
                if receive(self.answers) != READY:
                    raise OSError
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.kill()
            self.forget()
            raise OSError("no process of Python can be started") from error

    def kill(self) -> None:
        self._process.kill()

    def forget(self) -> None:
        self._process.wait()
        _close(self.requests, self.answers)


def _close(*streams: BinaryIO) -> None:
    for stream in streams:
        with suppress(OSError):
            stream.close()


def answer_of(function: Callable[..., Answer], *arguments: Any, size: int) -> Answer:
    """Return what a function that reads one file answers: here when the file is harmless, else from another process.

    Raises:
        FileRefused: as `ReaderProcess.ask`, and what the function raises.
    """
    try:
        with harmless_only():
            return function(*arguments)
    except NotHarmless:
        try:
            with ReaderProcess() as process:
                return process.ask(function, *arguments, seconds=seconds_for(size))
        except NoProcess:
            return function(*arguments)
