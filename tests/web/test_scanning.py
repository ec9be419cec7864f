"""The scanner is asked before a file is kept, in clamd's own words; where it finds something or is away, nothing is kept."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.i18n import in_language

pytest.importorskip("django", reason="the extra web is not installed")

from ntm_rules.web.scanning import Scanner, scan, scanner_said
from tests.web.conftest import OPEN, Practice, SignedIn

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """Speaks clamd's INSTREAM; finds the test file of scanners, and looks at no more than `most` bytes."""

    def __init__(self, most: int = 1 << 20, silent: bool = False) -> None:
        self.seen: list[bytes] = []
        self._most, self._silent = most, silent
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                stream, _from = self._listening.accept()
            except OSError:
                return
            with stream, stream.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack(">I", said.read(4))[0]:
                    content += said.read(size)
                self.seen.append(content)
                if not self._silent:
                    stream.sendall(self._answer(content) + b"\0")

    def _answer(self, content: bytes) -> bytes:
        if len(content) > self._most:
            return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # whoever waits for a connection waits no longer
        self._listening.close()


@pytest.fixture
def clamd() -> Iterator[Callable[..., Clamd]]:
    made: list[Clamd] = []

    def one(**said: Any) -> Clamd:
        made.append(Clamd(**said))
        return made[-1]

    yield one
    for each in made:
        each.close()


def refused(scanner: Scanner, content: bytes) -> str:
    with pytest.raises(NtmError) as error, in_language("en"):
        scan(scanner, content, "bao-cao.pdf")
    return error.value.messages[0].render("en")


def test_a_file_is_sent_whole_in_parts_and_passes(clamd: Callable[..., Clamd]) -> None:
    server, content = clamd(), bytes(range(256)) * 600
    scan(Scanner(host="127.0.0.1", port=server.port, seconds=5), content, "a.pdf")
    scan(Scanner(), content, "a.pdf")
    assert server.seen == [content], "asked where one is set up, and only there"


def test_what_is_found_is_named_and_what_is_too_large_is_not_taken(clamd: Callable[..., Clamd]) -> None:
    scanner = Scanner(host="127.0.0.1", port=clamd(most=200_000).port, seconds=5)
    assert refused(scanner, b"%PDF-" + EICAR) == (
        "“bao-cao.pdf” was not taken: the virus scanner says “Eicar-Test-Signature”."
    )
    assert "could not look at it (INSTREAM size limit exceeded. ERROR)" in refused(scanner, b"x" * 200_001)


def test_a_scanner_that_is_away_or_says_nothing_lets_nothing_pass(clamd: Callable[..., Clamd], tmp_path: Path) -> None:
    away = "The virus scanner does not answer; “bao-cao.pdf” was not taken. Try again later, or tell the administrator."
    silent = clamd(silent=True)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # and listens not
        for scanner in (
            Scanner(host="127.0.0.1", port=bound.getsockname()[1], seconds=1),
            Scanner(host="127.0.0.1", port=silent.port, seconds=1),
            Scanner(socket=str(tmp_path / "clamd.ctl")),
        ):
            assert refused(scanner, b"%PDF-1.4") == away


def test_nothing_is_kept_before_the_scanner_has_answered(
    practice: Practice, signed_in: SignedIn, clamd: Callable[..., Clamd], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings
    from django.core.files.uploadedfile import SimpleUploadedFile

    server = clamd()
    scanner = Scanner(host="127.0.0.1", port=server.port, seconds=5)
    monkeypatch.setattr(settings, "NTM", replace(settings.NTM, scanner=scanner))
    client, dossier = signed_in("cb.03394"), practice.dossier(OPEN)
    before, kept = dossier.evidences.count(), sorted(settings.NTM.evidence.rglob("*"))
    infected = b"%PDF-1.4 " + EICAR
    said = {"measure": "household_waste_treated_share", "file": SimpleUploadedFile("a.pdf", infected)}
    shown = client.post(f"/ho-so/{dossier.pk}/minh-chung", said, follow=True).content.decode()
    assert "Eicar-Test-Signature" in shown
    form = {"file": SimpleUploadedFile("phieu.xlsx", infected)}
    assert "Eicar-Test-Signature" in client.post(f"/ho-so/{dossier.pk}/nop-phieu", form).content.decode()
    assert (dossier.evidences.count(), sorted(settings.NTM.evidence.rglob("*"))) == (before, kept)
    assert server.seen == [infected, infected]


def test_settings_are_read_whole_and_what_is_wrong_is_named(tmp_path: Path) -> None:
    file = tmp_path / "ntm-web.toml"
    assert scanner_said({}, file) == Scanner()
    assert scanner_said({"socket": "/run/clamd"}, file) == Scanner(socket="/run/clamd")
    with pytest.raises(NtmError) as error:
        scanner_said({"port": 0, "seconds": "x", "name": 1}, file)
    assert len(error.value.messages) == 4
