"""A practice installation, made once; each test works in it and leaves nothing behind."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.web.databases import fresh_postgresql, standing_on

if TYPE_CHECKING:
    from ntm_rules.web.laws import Opened
    from ntm_rules.web.models import Dossier, Person, Round

PASSWORD = "mot-mat-khau-dai"
OPEN, SUBMITTED, ACCEPTED = "03394", "03424", "03430"
"""Communes of the practice round whose dossiers are begun, submitted, under appraisal."""


class Practice(NamedTuple):
    """The practice installation."""

    folder: Path
    round: Round
    law: Opened

    def dossier(self, commune: str) -> Dossier:
        from ntm_rules.web.models import Dossier

        found: Dossier = Dossier.objects.select_related("round__law").get(round=self.round, commune=commune)
        return found

    def person(self, name: str) -> Person:
        from ntm_rules.web.models import Person

        found: Person = Person.objects.get(username=name)
        return found


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    """The installation, as `ntm web demo` makes it."""
    pytest.importorskip("django", reason="the extra web is not installed")
    from ntm_rules.web.installing import made as make

    folder = tmp_path_factory.mktemp("web") / "ntm-web"
    make(folder)
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    from ntm_rules.web.laws import law_in_force
    from ntm_rules.web.practice import practise

    round_, _logins = practise(2026, PASSWORD, dt.date(2026, 11, 1))
    return Practice(folder, round_, law_in_force(round_))


@pytest.fixture(scope="session")
def backup_of_practice(made: Practice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installation in one file."""
    from ntm_rules.web.backup import back_up
    from ntm_rules.web.configured import installation

    file = tmp_path_factory.mktemp("backup") / "practice.ntmz"
    back_up(installation(made.folder), file)
    return file


@pytest.fixture(scope="session")
def on_postgresql(made: Practice, backup_of_practice: Path) -> Iterator[dict[str, Any]]:
    """The same installation moved to PostgreSQL, as Django knows its database."""
    from ntm_rules.web.backup import opened_backup
    from ntm_rules.web.databases import database_said, settings_of_database
    from ntm_rules.web.restoring import fill

    with fresh_postgresql() as address:
        settings = settings_of_database(database_said({"url": address}, made.folder), made.folder)
        archive, manifest = opened_backup(backup_of_practice)
        with archive, standing_on(settings):
            fill(archive, manifest)
        yield settings


@pytest.fixture
def database(request: pytest.FixtureRequest, made: Practice) -> Iterator[str]:
    """The database below: SQLite, or what `on_both` says."""
    kind = getattr(request, "param", "sqlite")
    with contextlib.ExitStack() as stack:
        if kind == "postgresql":
            stack.enter_context(standing_on(request.getfixturevalue("on_postgresql")))
        yield kind


@pytest.fixture
def practice(made: Practice, database: str) -> Iterator[Practice]:
    """The installation within a transaction that is undone."""
    from django.db import transaction

    with transaction.atomic():
        yield made
        transaction.set_rollback(True)


SignedIn = Callable[[str], Any]


@pytest.fixture
def signed_in(practice: Practice) -> SignedIn:
    """Return a browser without script in which somebody is signed in."""
    from django.test import Client

    def of(name: str) -> Any:
        client = Client()
        client.force_login(practice.person(name))
        return client

    return of
