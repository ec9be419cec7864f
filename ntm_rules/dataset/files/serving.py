"""What a reader process does: answers one request after the other, within its limits, and says nothing else."""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from ntm_rules.dataset.workbooks.workbook_safety import MB
from ntm_rules.i18n import use_language

MOST_MEMORY = 3 * 1024 * MB
"""As much may be taken beyond what the process starts with, where the system keeps such a limit (not macOS, Windows)."""
GRACE = 10
"""Seconds after which a process ends itself that nobody has ended: its parent is gone."""
READY, VALUE, RAISED, TOO_MUCH = "ready", "value", "raised", "too much"
"""What an answer is: a fresh process is there; a result; an error; the memory allowed, in MB, and it was not enough."""
_LENGTH = 8


def send(stream: BinaryIO, message: Any) -> None:
    """Write one request or answer."""
    content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(content).to_bytes(_LENGTH, "little"))
    stream.write(content)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Return the next request or answer.

    Raises:
        EOFError: the other side is gone.
    """
    content = _exactly(stream, int.from_bytes(_exactly(stream, _LENGTH), "little"))
    return pickle.loads(content)  # nosec B301  # noqa: S301 - from our own process, over a pipe that nobody else has


def _exactly(stream: BinaryIO, count: int) -> bytes:
    content = stream.read(count)
    if len(content) != count:
        raise EOFError
    return content


def serve_streams(language: str) -> None:
    """Answer on the standard streams of a fresh process."""
    use_language(language)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    send(answers, READY)
    serve(requests, answers)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word
    _be_silent()
    _limit_memory()
    gc.disable()
    while True:
        try:
            function, arguments, seconds = receive(requests)
        except EOFError:
            return
        _end_after(seconds + GRACE)
        try:
            send(answers, _answer(function, arguments))
        except MemoryError:
            send(answers, (TOO_MUCH, MOST_MEMORY // MB))
        del function, arguments
        _end_after(0)


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return VALUE, function(*arguments)
    except (MemoryError, RecursionError):
        return TOO_MUCH, MOST_MEMORY // MB
    except Exception as error:  # noqa: BLE001 - raised again where it was asked for
        return RAISED, error


def _be_silent() -> None:
    """Send what libraries print when they give up to nowhere."""
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _limit_memory() -> None:
    try:
        import resource

        with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123 - no path of a user's
            taken = int(stream.read().split()[0]) * resource.getpagesize()
        most = taken + MOST_MEMORY
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    except (ImportError, OSError, ValueError):
        return  # the process apart is what is left


def _end_after(seconds: int) -> None:
    """Have the system end this process after so many seconds, or not any more (0)."""
    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)
