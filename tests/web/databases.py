"""The two databases that an installation may stand on, for tests of what differs between them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

VARIABLE = "NTM_TEST_POSTGRESQL"
"""Names a PostgreSQL in which a database may be made: `.ci/with-postgresql` sets it."""
MISSING = f"{VARIABLE} names no PostgreSQL: .ci/with-postgresql uv run pytest tests/web"
on_both = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@contextmanager
def fresh_postgresql() -> Iterator[str]:
    """Make an empty database; its address."""
    if VARIABLE not in os.environ:
        pytest.skip(MISSING)
    psycopg = pytest.importorskip("psycopg", reason="the extra postgresql is not installed")
    server = urlsplit(os.environ[VARIABLE])
    name = f"ntm_{secrets.token_hex(6)}"
    with psycopg.connect(os.environ[VARIABLE], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(server._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def standing_on(database: dict[str, Any]) -> Iterator[None]:
    """Let everything in this process speak to another database meanwhile."""
    from django.db import connections

    before = connections.settings["default"]
    connections["default"].close()
    del connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": database})["default"]
    try:
        yield
    finally:
        connections["default"].close()
        del connections["default"]
        connections.settings["default"] = before
