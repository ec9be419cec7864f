"""The real server in a process of its own, and visitors who speak to it as browsers do: cookies, tokens, forms."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

HOST = "127.0.0.1"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Answer(NamedTuple):
    """What the server answered."""

    status: int
    body: str
    headers: Mapping[str, str]

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


class Visitor:
    """A browser without script."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.token = ""
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, said: Mapping[str, object] | None = None, **headers: str) -> Answer:
        """Ask once; a form is sent with its token.

        Raises:
            OSError, http.client.HTTPException: the server is not there any more.
        """
        if self._connection is None:
            self._connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        body = None
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if said is not None:
            body = urlencode({"csrfmiddlewaretoken": self.token, **said})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            content = response.read().decode()
        except (OSError, http.client.HTTPException):
            self.leave()
            raise
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _sign, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := _TOKEN.search(content):
            self.token = found[1]
        if response.headers.get("Connection") == "close":
            self.leave()
        return Answer(response.status, content, dict(response.headers))

    def sign_in(self, name: str, password: str) -> None:
        self.ask("GET", "/dang-nhap")
        answer = self.ask("POST", "/dang-nhap", {"username": name, "password": password})
        assert answer.status == 302, answer
        self.ask("GET", "/mat-khau")

    def leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Server(NamedTuple):
    """A server that runs."""

    pid: int
    port: int

    def kill(self) -> None:
        """End it as a power cut does."""
        os.kill(self.pid, signal.SIGKILL)


@contextlib.contextmanager
def served(folder: Path, largest: int = 0, **environment: str) -> Iterator[Server]:
    """Run `ntm web serve`, killed in the end where it runs still; `largest`: no file may become larger, as on a full disk."""

    def limited() -> None:
        import resource

        if largest:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    words = [sys.executable, "-m", "ntm_rules", "web", "serve", "--folder", str(folder), "--port", "0", "--lang", "en"]
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, encoding="utf-8", preexec_fn=limited,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"} | environment,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r":(\d+)/", line)
        assert found, line
        yield Server(process.pid, int(found[1]))
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


NURSERY = """
import os, signal, sys
from pathlib import Path
from ntm_rules.cli.web import run_serve
from ntm_rules.web.installing import opened
opened(Path(sys.argv[1]))
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from ntm_rules.web.laws import law_in_force
from ntm_rules.web.models import Round
get_wsgi_application()
get_resolver().url_patterns
law_in_force(Round.objects.first()).sections
connections.close_all()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _line in sys.stdin:
    if os.fork() == 0:
        print("pid", os.getpid(), flush=True)
        run_serve(Path(sys.argv[1]), "127.0.0.1", 0)
        os._exit(0)
"""
"""Has imported everything once, and has a server ready at once for every line: the very server of `ntm web serve`."""


@contextlib.contextmanager
def nursery(folder: Path, **environment: str) -> Iterator[Callable[[], Server]]:
    """Yield what starts another server each time it is called."""
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        encoding="utf-8", env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1", "NTM_LANG": "en"} | environment,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    pids: list[int] = []

    def start() -> Server:
        process.stdin.write("another\n")  # type: ignore[union-attr]  # asked above
        process.stdin.flush()  # type: ignore[union-attr]  # asked above
        said = ""
        while not (found := re.search(r"pid (\d+)\n[^$]*:(\d+)/", said)):
            line = process.stdout.readline()  # type: ignore[union-attr]  # asked above
            assert line, said
            said += line
        pids.append(int(found[1]))
        return Server(int(found[1]), int(found[2]))

    try:
        yield start
    finally:
        for pid in pids[-1:]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
