"""A backup laid out again, on either database: by the version of the program that made it or a later one."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import Message
from ntm_rules.web.backup import EVIDENCE, LABEL, Manifest, opened_backup, rows_of
from ntm_rules.web.configured import SECRET, SETTINGS, configure, installation, set_up
from ntm_rules.web.databases import reached
from ntm_rules.web.installing import migrate

_AT_ONCE = 500


def restore(file: Path, folder: Path) -> Manifest:
    """Lay a backup out in a folder that is new, empty, or holds settings alone; all of it or nothing.

    Raises:
        NtmError: the file is damaged, the folder or its database holds something, or there is no room.
    """
    archive, manifest = opened_backup(file)
    with archive:
        existed = folder.exists()
        there = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        if existed and not (folder.is_dir() and set(there) <= {SETTINGS, SECRET}):
            raise NtmError(
                Message("{folder} holds something already, nothing was restored: {names}", folder=folder,
                        names=", ".join(there[:5]) or folder.name),
                Message("Name a new folder, or one that holds {settings} alone.", settings=SETTINGS),
            )  # fmt: skip
        try:
            _restored(archive, manifest, folder)
        except BaseException:
            _cleared(folder, there, existed)
            raise
    return manifest


def _restored(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    settings_there = (folder / SETTINGS).exists()
    try:
        set_up(folder)
        if not settings_there:
            _settings_of(manifest, folder / SETTINGS)
        one = installation(folder)
        configure(one)
        reached()
        _files(archive, manifest, one.evidence)
    except OSError as error:
        raise _no_room(folder, error) from error
    fill(archive, manifest)


def _settings_of(manifest: Manifest, path: Path) -> None:
    """Write the hosts of the backup into the settings; its database is not repeated: it may be another here."""
    text = path.read_text(encoding="utf-8")
    hosts = ", ".join(f'"{host}"' for host in manifest.hosts if '"' not in host and "\\" not in host)
    text = text.replace('hosts = ["localhost", "127.0.0.1"]', f"hosts = [{hosts}]")
    path.write_text(text.replace("https = false", "https = true") if manifest.https else text, encoding="utf-8")


def _files(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    for name in manifest.members:
        if not name.startswith(EVIDENCE):
            continue
        sha256 = name.removeprefix(EVIDENCE)
        path = folder / sha256[:2] / sha256
        if not sha256.isalnum():
            raise NtmError(Message("The backup names a file outside itself: {name}", name=name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as content, path.open("xb") as target:
            shutil.copyfileobj(content, target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())


def fill(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Fill an empty database: made as it was when the backup was, given its rows, then brought up to this version.

    Raises:
        NtmError: it is not empty, the backup is of a later version, or its rows are not what it says.
    """
    from django.db import DatabaseError, connection

    from ntm_rules.web.events import first_break

    before = set(connection.introspection.table_names())
    if any(table.startswith(f"{LABEL}_") for table in before):
        raise NtmError(
            Message("The database holds an installation already, nothing was restored."),
            Message("Make an empty database and name it in the settings or the environment."),
        )
    try:
        _filled(archive, manifest)
        migrate()
    except BaseException as error:
        _dropped(set(connection.introspection.table_names()) - before)
        if isinstance(error, DatabaseError | OSError):
            raise _no_room(Path(str(connection.settings_dict["NAME"])), error) from error
        raise
    broken = first_break()
    if broken is not None:
        raise NtmError(Message("The event log breaks at event {n}: it was changed from outside.", n=broken.number))


def _filled(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    from django.core.management.color import no_style
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from ntm_rules.web.events import last

    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    unknown = [name for name in manifest.migrations if (LABEL, name) not in graph.nodes]
    if unknown:
        raise NtmError(
            Message("The backup is of a later version of the program ({version}).", version=manifest.program),
            Message("Bring the program up to that version, then restore."),
        )
    made = {(LABEL, name) for name in manifest.migrations}
    targets = [key for key in made if not made & {child.key for child in graph.node_map[key].children}]
    executor.migrate(targets)
    then = executor.loader.project_state(targets).apps
    with transaction.atomic():
        for name, told in manifest.rows.items():
            model = then.get_model(LABEL, name)
            if _inserted(model, rows_of(archive, name)) != told:
                raise NtmError(Message("The backup has not as many rows of {name} as it says.", name=name))
        models = [then.get_model(LABEL, name) for name in manifest.rows]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
        connection.check_constraints()
        if last() != (manifest.events, manifest.head):
            raise NtmError(Message("The event log of the backup does not end as it says."))


def _inserted(model: Any, rows: Iterator[dict[str, Any]]) -> int:
    """Insert rows as they were, times of making included; return how many."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    for field in fields.values():
        if getattr(field, "auto_now_add", False):
            field.auto_now_add = False
    count = 0
    while batch := list(islice(rows, _AT_ONCE)):
        made = [model(**{name: _value(fields[name], value) for name, value in row.items()}) for row in batch]
        model._base_manager.bulk_create(made)
        count += len(made)
    return count


def _value(field: Any, value: Any) -> Any:
    """Return a value of a row as Python knows it; a key of another row as it is."""
    return value if value is None or field.remote_field is not None else field.to_python(value)


def _dropped(tables: set[str]) -> None:
    """Take away again what a restore that failed has made in a database that was empty."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return  # the file goes with its folder
    connection.close()
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def _cleared(folder: Path, there: list[str], existed: bool) -> None:
    """Take away what a restore that failed has laid out."""
    from django.conf import settings

    if settings.configured:
        from django.db import connection

        connection.close()
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in there:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    if not existed and folder.is_dir():
        folder.rmdir()


def _no_room(place: Path, error: Exception) -> NtmError:
    reason = system_reason(error)
    return NtmError(
        Message("The backup cannot be laid out in {place}, nothing was restored: {reason}", place=place, reason=reason)
    )
