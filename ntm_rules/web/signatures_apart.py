"""Signatures read in a process of its own: a PDF made to harm its reader takes that down and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ntm_rules.errors import NtmError
from ntm_rules.i18n import N_, Message
from ntm_rules.web.signatures import NOT_INSTALLED, Signatures, installed, signatures_of, signatures_told

SECONDS, MEMORY = 30, 1 << 30
"""What one reading may take; the memory is limited where the system can."""
TOO_MUCH = N_("“{name}” takes more time or memory to read than any paper does; it was not taken.")


def signatures_apart(handed_out: bytes, content: bytes, name: str, roots: Sequence[bytes] = ()) -> Signatures:
    """Return the signatures that were added to a PDF (`signatures.signatures_of`).

    Raises:
        NtmError: everything that speaks against it.
    """
    if not installed():
        raise NtmError(Message(NOT_INSTALLED))
    with tempfile.TemporaryDirectory(prefix="ntm-signed-") as folder:
        place = Path(folder)
        for file, held in (("handed-out", handed_out), ("content", content)):
            (place / file).write_bytes(held)
        (place / "said.json").write_text(json.dumps({"name": name, "roots": [r.decode("latin-1") for r in roots]}))
        try:
            done = subprocess.run(  # noqa: S603 - this very program, over files that it wrote
                [sys.executable, "-m", __name__, folder], capture_output=True, timeout=SECONDS, check=False,
                env=os.environ | {"PYTHONIOENCODING": "utf-8"},
            )  # fmt: skip
            found = json.loads(done.stdout)
        except (subprocess.TimeoutExpired, json.JSONDecodeError):
            raise NtmError(Message(TOO_MUCH, name=name)) from None
    if "refused" in found:
        raise NtmError(*(_message(each) for each in found["refused"]))
    return signatures_told(found["signatures"])


def _message(told: dict[str, Any]) -> Message:
    said = {name: _message(value) if isinstance(value, dict) else value for name, value in told["parameters"].items()}
    return Message(told["sentence"], **said)


def _told(message: Message) -> dict[str, object]:
    said = {name: _told(value) if isinstance(value, Message) else value for name, value in message.parameters.items()}
    return {"sentence": message.sentence, "parameters": said}


def _limit() -> None:
    """Limit what this process may take, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the time alone is limited, by who waits
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(place: Path) -> None:
    """Read the signatures of the files in a folder; print what was found as JSON."""
    _limit()
    said = json.loads((place / "said.json").read_text())
    roots = [root.encode("latin-1") for root in said["roots"]]
    handed_out, content = ((place / file).read_bytes() for file in ("handed-out", "content"))
    try:
        found: dict[str, object] = {"signatures": signatures_of(handed_out, content, said["name"], roots).told()}
    except NtmError as error:
        found = {"refused": [_told(message) for message in error.messages]}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
