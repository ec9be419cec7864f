"""Making an installation: its folder, its database, its first account; and looking whether all is well."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import Message
from ntm_rules.web.configured import Installation, configure, installation, set_up
from ntm_rules.web.databases import reached

PLAIN_HTTP = frozenset({"security.W004", "security.W008", "security.W012", "security.W016"})
"""What `check --deploy` says of pages without a certificate: right where they never leave the machine; else told in one line."""


def made(folder: Path) -> Installation:
    """Return an installation, made where there is none, its database brought up to this version."""
    set_up(folder)
    one = installation(folder)
    configure(one)
    reached()
    migrate()
    return one


def opened(folder: Path) -> Installation:
    """Return an installation that is there.

    Raises:
        NtmError: there is none, or its database is of another version.
    """
    one = installation(folder)
    configure(one)
    reached()
    if unmigrated():
        raise NtmError(
            Message("The database in {folder} is of another version of the program.", folder=folder),
            Message("Bring it up to this one: ntm web init --folder {folder}", folder=folder),
        )
    return one


def migrate() -> None:
    """Bring the database up to this version.

    Raises:
        NtmError: it was made by a version in between that was never released.
    """
    from django.core.management import call_command
    from django.db.migrations.exceptions import InconsistentMigrationHistory

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except InconsistentMigrationHistory as error:
        raise NtmError(
            Message("The changes of this database were made in another order: {reason}", reason=system_reason(error)),
            Message("Back it up with the version that made it (ntm web backup), and restore that with this one."),
        ) from error


def unmigrated() -> list[str]:
    """Return the changes of the database that are still to be made."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _backwards in plan]


def faults(one: Installation) -> Iterator[Message]:
    """Yield everything that is wrong with an installation."""
    from django.core import checks
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    from ntm_rules.appraisal.permissions import ACCESS
    from ntm_rules.web.events import first_break
    from ntm_rules.web.urls import urlpatterns

    silent = frozenset() if one.https else PLAIN_HTTP
    for said in checks.run_checks(include_deployment_checks=True):
        if said.id not in silent:
            yield Message("{id}: {words}", id=str(said.id), words=said.msg)
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0, stdout=io.StringIO())
    except (SystemExit, SystemCheckError):
        yield Message("The models and the changes of the database disagree.")
    for change in unmigrated():
        yield Message("A change of the database is still to be made: {change}", change=change)
    for address in sorted({str(pattern.name) for pattern in urlpatterns} ^ ACCESS.keys()):
        yield Message(
            "The address “{address}” has no row among the permissions, or a row without an address.", address=address
        )
    broken = first_break() if not unmigrated() else None
    if broken is not None:
        yield Message("The event log breaks at event {n}: it was changed from outside.", n=broken.number)
    if one.read_by_others:
        yield Message(
            "Other accounts of this machine can open {folder}, with all accounts and figures: chmod 700 {folder}",
            folder=one.folder,
        )
    if not one.second_factor and not one.loopback_only:
        yield Message("The pages are reached from other machines without a second factor: set second_factor = true.")
    if not one.https and not one.loopback_only:
        yield Message(
            "The pages are reached from other machines without a certificate: set https = true, or hosts to this machine."
        )
