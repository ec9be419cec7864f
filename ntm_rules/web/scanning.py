"""A virus scanner asked before a file is kept: clamd, over its socket (`INSTREAM`), where the settings name one."""

from __future__ import annotations

import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntm_rules.errors import NtmError
from ntm_rules.i18n import N_, Message
from ntm_rules.visible import visible

KEYS = ("socket", "host", "port", "seconds")
DEFAULT_PORT, DEFAULT_SECONDS = 3310, 60.0
_CHUNK, _LONGEST_ANSWER = 1 << 16, 4096
AWAY = N_("The virus scanner does not answer; “{name}” was not taken. Try again later, or tell the administrator.")
FOUND = N_("“{name}” was not taken: the virus scanner says “{virus}”.")
UNCLEAR = N_("“{name}” was not taken: the virus scanner could not look at it ({said}).")


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where the scanner listens; without a socket or a host none is asked."""

    socket: str = ""
    host: str = ""
    port: int = DEFAULT_PORT
    seconds: float = DEFAULT_SECONDS

    @property
    def there(self) -> bool:
        """Whether one is set up."""
        return bool(self.socket or self.host)


def scanner_said(settings: Mapping[str, Any], file: Path) -> Scanner:
    """Return what the settings say of the scanner.

    Raises:
        NtmError: everything that is wrong with it.
    """
    wrong = [
        Message("{file}, scanner: unknown setting {key}", file=file, key=key) for key in settings if key not in KEYS
    ]
    port, seconds = settings.get("port", DEFAULT_PORT), settings.get("seconds", DEFAULT_SECONDS)
    if not isinstance(port, int) or not 0 < port < 65536:
        wrong.append(Message("{file}, scanner.port is a number from 1 to 65535", file=file))
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= 600:
        wrong.append(Message("{file}, scanner.seconds is a number from 1 to 600", file=file))
    if settings and bool(settings.get("socket")) is bool(settings.get("host")):
        wrong.append(Message("{file}, scanner: name either socket or host", file=file))
    if wrong:
        raise NtmError(*wrong)
    return Scanner(str(settings.get("socket", "")), str(settings.get("host", "")), port, float(seconds))


def scan(scanner: Scanner, content: bytes, name: str) -> None:
    """Let the scanner look at a file, where one is set up.

    Raises:
        NtmError: it finds something, cannot look at it, or does not answer: then the file is not taken.
    """
    if not scanner.there:
        return
    try:
        said = _asked(scanner, content)
    except OSError as error:
        raise NtmError(Message(AWAY, name=name)) from error
    answer = said.removeprefix("stream: ")
    if answer == "OK":
        return
    if answer.endswith(" FOUND"):
        raise NtmError(Message(FOUND, name=name, virus=answer.removesuffix(" FOUND")))
    raise NtmError(Message(UNCLEAR, name=name, said=answer) if answer else Message(AWAY, name=name))


def _asked(scanner: Scanner, content: bytes) -> str:
    """Send a file in parts and return what is answered, without its end."""
    with _reached(scanner) as stream:
        stream.settimeout(scanner.seconds)
        stream.sendall(b"zINSTREAM\0")
        try:
            for at in range(0, len(content), _CHUNK):
                part = content[at : at + _CHUNK]
                stream.sendall(struct.pack(">I", len(part)) + part)
            stream.sendall(struct.pack(">I", 0))
        except BrokenPipeError:
            pass  # it has answered already: larger than it looks at
        said = b""
        while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER and (part := stream.recv(_LONGEST_ANSWER)):
            said += part
    return visible(said.rstrip(b"\0").decode("utf-8", "replace")).strip() if said.endswith(b"\0") else ""


def _reached(scanner: Scanner) -> socket.socket:
    if not scanner.socket:
        return socket.create_connection((scanner.host, scanner.port), timeout=scanner.seconds)
    if not hasattr(socket, "AF_UNIX"):
        raise OSError(scanner.socket)
    stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        stream.settimeout(scanner.seconds)
        stream.connect(scanner.socket)
    except OSError:
        stream.close()
        raise
    return stream
