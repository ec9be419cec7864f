"""The database of an installation: SQLite in its folder, or PostgreSQL named in its settings or by the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import Message

VARIABLE = "NTM_WEB_DATABASE"
"""Names the database by its address and goes before the settings, so that a password need not stand in a file."""
DATABASE = "ntm.sqlite3"
KEYS = ("engine", "name", "user", "password", "host", "port", "url")
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA trusted_schema=OFF;"
)
"""Durable after a crash; and replacing a row deletes it before the eyes of the triggers."""
_SCHEMES = ("postgresql", "postgres")
_OPTIONS = ("host", "sslmode", "sslrootcert", "service")
"""What may follow the `?` of an address: a folder of sockets, and how the connection is kept secret."""


def database_said(settings: Mapping[str, Any], file: Path) -> dict[str, Any]:
    """Return what is said of the database: by the environment, else by the settings.

    Raises:
        NtmError: an engine or an address that is not known here, or a driver that is not installed.
    """
    address, where = os.environ.get(VARIABLE, ""), VARIABLE
    if not address:
        address, where = str(settings.get("url", "")), f"{file}, database.url"
    found = _of_address(address, where) if address else {key: settings[key] for key in KEYS if key in settings}
    engine = found.get("engine", "sqlite")
    if engine not in ("sqlite", "postgresql"):
        raise NtmError(
            Message("{file}: no such database: {engine}; sqlite and postgresql are known", file=file, engine=engine)
        )
    if engine == "postgresql" and find_spec("psycopg") is None:
        raise NtmError(
            Message("The database is PostgreSQL, and its driver psycopg is not installed here."),
            Message("Install it: uv sync --extra web --extra postgresql, or pip install 'ntm-rules[web,postgresql]'"),
        )
    return found


def _of_address(address: str, where: str) -> dict[str, Any]:
    try:
        parts = urlsplit(address)
        port, options = parts.port, dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        parts, port, options = urlsplit(""), None, {}
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in _SCHEMES or not name or not options.keys() <= set(_OPTIONS):
        # the address itself is not repeated: it may hold a password
        raise NtmError(
            Message("{where}: the address of the database cannot be understood.", where=where),
            Message("Write it as postgresql://USER:PASSWORD@HOST:5432/NAME; a sign such as @ in the password as %40."),
        )
    found: dict[str, Any] = {"engine": "postgresql", "name": name, "host": options.pop("host", parts.hostname or "")}
    found |= {"user": unquote(parts.username or ""), "password": unquote(parts.password or ""), "port": port or ""}
    return found | ({"options": options} if options else {})


def settings_of_database(settings: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return a database as Django knows it."""
    if settings.get("engine") == "postgresql":
        known = {key.upper(): str(value) for key, value in settings.items() if key not in ("engine", "options", "url")}
        return {
            "ENGINE": "django.db.backends.postgresql",
            **known,
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 10, **settings.get("options", {})},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(folder / settings.get("name", DATABASE)),
        "CONN_MAX_AGE": None,  # opening it anew for every page takes as long as the page's queries
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
    }


def reached() -> None:
    """Connect to the database.

    Raises:
        NtmError: it cannot be reached.
    """
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        held = connection.settings_dict
        raise NtmError(
            Message("The database {name} cannot be reached: {reason}", name=held["NAME"], reason=system_reason(error)),
            Message("Look whether it runs, and at the section [database] of ntm-web.toml or {name}.", name=VARIABLE),
        ) from error
