"""The application behind a server of its own: pages by Django, style sheet and script by whitenoise, both by waitress."""

from __future__ import annotations

import contextlib
import gzip
import logging
import os
import select
from pathlib import Path
from typing import Any

from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import Message
from ntm_rules.web.configured import Installation

MOST_BODY = 30 << 20
"""A request larger than any file that is taken is refused while it comes in."""
MOST_CONNECTIONS = 900 if hasattr(select, "poll") else 400
"""Browsers keep several open each; beyond, they wait. Windows waits on 512 at most."""
DEFAULT_PORT = 8434
_READY = 2
"""Rounds whose law is opened before the first visitor: this year's and the one before."""


def application(one: Installation) -> Any:
    """Return the application of an installation for any WSGI server."""
    from django.core.wsgi import get_wsgi_application
    from whitenoise import WhiteNoise

    from ntm_rules.web.looks import PREFIX

    folder = _laid_out(one.folder / "static")
    answering = get_wsgi_application()
    return WhiteNoise(
        answering, root=str(folder), prefix=PREFIX, max_age=365 * 86400, immutable_file_test=lambda _path, _url: True,
        add_headers_function=_told,
    )  # fmt: skip


def _told(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def _laid_out(folder: Path) -> Path:
    """Write style sheet and script under the names that tell their content, packed beside them; nothing else stays."""
    from ntm_rules.web.looks import SCRIPT, SENDING, STYLE, content_of, static_name

    folder.mkdir(parents=True, exist_ok=True)
    names = {static_name(name): content_of(name) for name in (STYLE, SCRIPT, SENDING)}
    for name, content in names.items():
        for path, said in ((folder / name, content), (folder / f"{name}.gz", gzip.compress(content, 9, mtime=0))):
            fresh = path.with_name(f"{path.name}.{os.getpid()}.tmp")
            fresh.write_bytes(said)
            fresh.replace(path)
    for path in folder.iterdir():
        if path.name.removesuffix(".gz") not in names:
            path.unlink()
    return folder


def _open_laws() -> None:
    """Open the law of the latest rounds, so that no first visitor waits for it; what is wrong with one, its pages say."""
    from django.db import DatabaseError, close_old_connections

    from ntm_rules.web.laws import law_in_force
    from ntm_rules.web.models.rounds import rounds_with_law

    try:
        for round_ in rounds_with_law().order_by("-pk")[:_READY]:
            with contextlib.suppress(NtmError):
                _ = law_in_force(round_).section_of
    except DatabaseError:
        logging.getLogger(__name__).warning("The database does not answer; pages will say so.")
    close_old_connections()


def server(one: Installation, host: str, port: int) -> Any:
    """Return a server that is bound and not yet running.

    Raises:
        NtmError: the port is taken, or the machine has no such address.
    """
    from waitress import create_server

    _open_laws()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue on the last evening is no fault
    try:
        return create_server(
            application(one), host=host, port=port, threads=8, ident="", max_request_body_size=MOST_BODY,
            clear_untrusted_proxy_headers=True, connection_limit=MOST_CONNECTIONS, asyncore_use_poll=hasattr(select, "poll"),
            **({"trusted_proxy": one.proxy, "trusted_proxy_headers": "x-forwarded-proto x-forwarded-for"} if one.https else {}),
        )  # fmt: skip
    except OSError as error:
        raise NtmError(
            Message(
                "Cannot serve at {host}:{port}: {reason}",
                host=host,
                port=str(port),
                reason=system_reason(error),
            ),
            Message("Another program may use the port: name another with --port."),
        ) from error
