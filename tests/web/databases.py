"""The two databases that an installation may stand on, for tests of what differs between them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
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


T = TypeVar("T")


def on_a_restored_one(folder: Path, tell: Callable[[], T]) -> T:
    """Back the installation up as it stands now, restore it on SQLite, and return what is told there.

    In a thread of its own, which has its own connection: the transaction of the test goes on.
    """
    from django.conf import settings

    from ntm_rules.web.backup import back_up, opened_backup
    from ntm_rules.web.databases import settings_of_database
    from ntm_rules.web.restoring import fill

    back_up(settings.NTM, folder / "backup.ntmz")

    def told() -> T:
        archive, manifest = opened_backup(folder / "backup.ntmz")
        with archive, standing_on(settings_of_database({}, folder)):
            fill(archive, manifest)
            return tell()

    with ThreadPoolExecutor(1) as alone:
        return alone.submit(told).result()


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
