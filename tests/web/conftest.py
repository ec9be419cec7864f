"""A practice installation, made once; each test works in it and leaves nothing behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

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


@pytest.fixture
def practice(made: Practice) -> Iterator[Practice]:
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
