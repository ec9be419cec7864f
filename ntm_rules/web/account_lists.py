"""Accounts by the list: what communes and agencies need to begin with, and a list that was filled in opened as a whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from ntm_rules.appraisal.roles import Role
from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import Message
from ntm_rules.web.models import Person
from ntm_rules.web.people import add_role, make_person

COLUMNS = ("username", "full_name", "role", "place", "position", "email")
LARGEST_LIST = 2 << 20
_KINDS = (
    (Role.COMMUNE_OFFICER, "cb", True),
    (Role.COMMUNE_HEAD, "ct", True),
    (Role.AGENCY_EXPERT, "cv", False),
    (Role.AGENCY_HEAD, "ld", False),
)
"""Role, what its names to sign in begin with, and whether it is of a commune."""


class AccountListed(NamedTuple):
    """One line of a list of accounts; a name that stands on several lines has several roles."""

    line: int
    username: str
    full_name: str = ""
    role: str = ""
    place: str = ""
    position: str = ""
    email: str = ""


class AccountOpened(NamedTuple):
    """An account that was opened, with the password that is told once."""

    username: str
    full_name: str
    password: str


def blank_list(places: Mapping[str, str]) -> bytes:
    """Return a list of an officer and a head for every commune, an expert and a head for every agency; persons are to be named."""
    rows = [
        (f"{prefix}.{place}", "", role.value, place, f"{role.words}, {name}", "")
        for place, name in places.items()
        for role, prefix, of_commune in _KINDS
        if place.isdecimal() is of_commune
    ]
    return _table((COLUMNS, *rows))


def passwords_list(opened: Sequence[AccountOpened]) -> bytes:
    """Return the accounts that were opened, with their first passwords."""
    return _table((AccountOpened._fields, *opened))


def _table(rows: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def read_list(content: bytes, file: str) -> list[AccountListed]:
    """Return the lines of a list of accounts.

    Raises:
        NtmError: it is no such table: too large, not UTF-8, a column that is missing or unknown.
    """
    if len(content) > LARGEST_LIST:
        raise NtmError(Message("“{name}” is larger than {most} MB.", name=file, most=LARGEST_LIST >> 20))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NtmError(Message("{file} is not UTF-8: save it in Excel as “CSV UTF-8”.", file=file)) from None
    head = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",")
    columns = [name.strip() for name in next(rows, [])]
    wrong = [
        Message("{file}: the column “{name}” is missing.", file=file, name=name)
        for name in COLUMNS[:4]
        if name not in columns
    ]
    known = ", ".join(COLUMNS)
    wrong += [
        Message("{file}: unknown column “{name}”; the columns are {known}.", file=file, name=name, known=known)
        for name in columns
        if name and name not in COLUMNS
    ]
    if wrong:
        raise NtmError(*wrong)
    return list(_lines(rows, columns))


def _lines(rows: Iterator[list[str]], columns: Sequence[str]) -> Iterator[AccountListed]:
    for line, cells in enumerate(rows, start=2):
        said = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
        if any(said.values()):
            yield AccountListed(line, **said)


def open_listed(
    listed: Sequence[AccountListed], places: Mapping[str, str], file: str, passwords: Path
) -> list[AccountOpened]:
    """Open every account of a list and write their first passwords into a new file of its owner's alone: all, or none.

    Raises:
        NtmError: everything that is wrong, by line; or the file of passwords cannot be written.
    """
    opened: dict[str, AccountOpened] = {}
    wrong: list[Message] = [] if listed else [Message("{file} lists no account.", file=file)]
    with transaction.atomic():
        for one in listed:
            try:
                with transaction.atomic():
                    _open(one, places, opened)
            except NtmError as error:
                wrong += [
                    Message("{file}, line {line}: {said}", file=file, line=one.line, said=said)
                    for said in error.messages
                ]
        if wrong:
            raise NtmError(*wrong)
        written_apart(passwords, passwords_list(list(opened.values())))
    return list(opened.values())


def _open(one: AccountListed, places: Mapping[str, str], opened: dict[str, AccountOpened]) -> None:
    if one.username not in opened:
        password = secrets.token_urlsafe(9)
        make_person(
            None,
            username=one.username,
            full_name=one.full_name,
            password=password,
            position=one.position,
            email=one.email,
        )
        opened[one.username] = AccountOpened(one.username, one.full_name, password)
    add_role(None, Person.objects.get(username=one.username), one.role, one.place, places)


def written_apart(path: Path, content: bytes) -> None:
    """Write a new file that is its owner's alone.

    Raises:
        NtmError: it is there already, or cannot be written.
    """
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
    except FileExistsError:
        raise NtmError(Message("{path} is there already; name a new file.", path=path)) from None
    except OSError as error:
        raise NtmError(Message("{path} cannot be written: {reason}", path=path, reason=system_reason(error))) from error
