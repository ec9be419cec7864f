"""One file with all that an installation keeps: rows in a form of no database, evidence, hashes, version."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ntm_rules import __version__
from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import Message
from ntm_rules.web.configured import Installation

FORMAT, FORMAT_VERSION = "ntm-web-backup", 1
MANIFEST, ROWS, EVIDENCE = "manifest.json", "rows/", "evidence/"
LABEL = "web"
"""Of the models that are kept; sessions are not: who restores signs in anew."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)
"""What reading a damaged ZIP may raise."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    program: str
    """The version of the program that made it."""
    migrations: tuple[str, ...]
    """The changes of the database that had been made."""
    hosts: tuple[str, ...]
    https: bool
    events: int
    """How many the log has."""
    head: str
    """The hash of the last event."""
    rows: Mapping[str, int]
    """Model -> how many."""
    members: Mapping[str, str]
    """Member of the file -> SHA-256 of its content."""

    def written(self) -> bytes:
        """Return it as it stands in the file."""
        said = {"format": FORMAT, "format_version": FORMAT_VERSION, **self.__dict__}
        return json.dumps(said, ensure_ascii=False, indent=1).encode()


def back_up(one: Installation, file: Path) -> Manifest:
    """Write a backup while the pages may be served: as it stood at one moment, whole or not at all.

    Raises:
        NtmError: the file is there already, or cannot be written.
    """
    if file.exists():
        raise NtmError(Message("{file} is there already; a backup overwrites nothing: give another name", file=file))
    fresh = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as stream:
            manifest = _packed(one, stream)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.rename(file)
    except OSError as error:
        raise NtmError(
            Message("The backup cannot be written to {file}: {reason}", file=file, reason=system_reason(error))
        ) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return manifest


def _packed(one: Installation, stream: BinaryIO) -> Manifest:
    from django.db.migrations.recorder import MigrationRecorder

    from ntm_rules.web.events import last

    members: dict[str, str] = {}
    counts: dict[str, int] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        with at_one_moment() as connection:
            applied = sorted(
                name for label, name in MigrationRecorder(connection).applied_migrations() if label == LABEL
            )
            number, head = last()
            for model in models_kept():
                name = model._meta.model_name
                with _member(archive, f"{ROWS}{name}.jsonl", members) as put:
                    counts[name] = 0
                    for row in model._base_manager.order_by("pk").iterator(chunk_size=500):
                        put(_line(row))
                        counts[name] += 1
        # evidence is put away before the row that names it and never taken away: all that the rows name is there
        for path in sorted(one.evidence.glob("??/*")):
            if _SHA256.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                with (
                    _member(archive, f"{EVIDENCE}{path.name}", members, packed=False) as put,
                    path.open("rb") as content,
                ):
                    while block := content.read(_BLOCK):
                        put(block)
        made_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        manifest = Manifest(made_at, __version__, tuple(applied), one.hosts, one.https, number, head, counts, members)
        archive.writestr(MANIFEST, manifest.written())
    return manifest


def models_kept() -> list[Any]:
    """Return the models whose rows a backup holds, in an order of no meaning."""
    from django.apps import apps

    return list(apps.get_app_config(LABEL).get_models(include_auto_created=True))


@contextmanager
def at_one_moment() -> Iterator[Any]:
    """Read all within one transaction that holds nobody up who writes meanwhile."""
    from django.db import connection, transaction

    if connection.in_atomic_block:
        yield connection
    elif connection.vendor == "sqlite":
        connection.ensure_connection()
        mode, connection.transaction_mode = connection.transaction_mode, None
        try:
            with transaction.atomic():
                yield connection
        finally:
            connection.transaction_mode = mode
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection


def _line(row: Any) -> bytes:
    """Return a row as one line of JSON: column -> value; what JSON has no word for as Django's serializers write it."""
    said: dict[str, object] = {}
    for field in row._meta.concrete_fields:
        value = field.value_from_object(row)
        plain = value is None or isinstance(value, str | bool | int)
        said[field.attname] = value if plain else field.value_to_string(row)
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


@contextmanager
def _member(archive: zipfile.ZipFile, name: str, members: dict[str, str], *, packed: bool = True) -> Iterator[Any]:
    digest = hashlib.sha256()
    info = zipfile.ZipInfo(name, dt.datetime.now(dt.UTC).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with archive.open(info, "w", force_zip64=True) as target:

        def put(block: bytes) -> None:
            digest.update(block)
            target.write(block)

        yield put
    members[name] = digest.hexdigest()


def opened_backup(file: Path) -> tuple[zipfile.ZipFile, Manifest]:
    """Return a backup of which every byte was looked at; the caller closes it.

    Raises:
        NtmError: it is no backup, is damaged, or is of a later version of the program.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _none(file, error) from error
    try:
        manifest = _manifest_of(archive, file)
        present = {info.filename for info in archive.infolist()} - {MANIFEST}
        wrong = sorted(present ^ manifest.members.keys())
        for name in sorted(present & manifest.members.keys()):
            if _hash_of(archive, name) != manifest.members[name]:
                wrong.append(name)
        if wrong:
            raise NtmError(
                Message("{file} is damaged, nothing was restored: {names}", file=file, names=", ".join(wrong[:5])),
                Message("Take another copy of this backup, or an earlier one."),
            )
    except (*_DAMAGED, KeyError, TypeError, AttributeError, ValueError) as error:
        archive.close()
        raise _none(file, error) from error
    except NtmError:
        archive.close()
        raise
    return archive, manifest


def _none(file: Path, error: Exception) -> NtmError:
    reason: object = system_reason(error)
    if isinstance(error, zipfile.BadZipFile):
        reason = Message("it is no whole ZIP file")
    return NtmError(
        Message("{file} is no backup of the web application, or is damaged: {reason}", file=file, reason=reason),
        Message("Take another copy of this backup, or an earlier one."),
    )


def _hash_of(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as content:
            while block := content.read(_BLOCK):
                digest.update(block)
    except _DAMAGED:
        return ""
    return digest.hexdigest()


def _manifest_of(archive: zipfile.ZipFile, file: Path) -> Manifest:
    said = json.loads(archive.read(MANIFEST))
    if said.pop("format") != FORMAT:
        raise ValueError(FORMAT)
    if int(said.pop("format_version")) > FORMAT_VERSION:
        raise NtmError(
            Message(
                "{file} was made by a later version of the program ({version}).",
                file=file,
                version=str(said["program"]),
            ),
            Message("Bring the program up to that version, then restore."),
        )
    lists = ("migrations", "hosts")
    held: dict[str, Any] = {key: tuple(value) if key in lists else value for key, value in said.items()}
    return Manifest(**held)


def rows_of(archive: zipfile.ZipFile, model: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a model."""
    with archive.open(f"{ROWS}{model}.jsonl") as lines:
        for line in io.TextIOWrapper(lines, encoding="utf-8", newline="\n"):
            yield json.loads(line)
