"""What a workbook's zip may be: its size once unpacked, its parts, its XML, checked before anything reads it."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import Any

from ntm_rules.dataset.zip_members import Member, members_of

MB = 1 << 20
MOST_UNPACKED = 256 * MB
MOST_PACKED_TIMES = 100
SMALL = 32 * MB
"""Up to this size, unpacked, any ratio will do."""
DEFLATE_AT_MOST = 1032
"""Deflate cannot pack more than this many times."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCAL_HEADER = 30
_OF_PACKAGES = ("[content_types].xml", "_rels/.rels", "xl/workbook.xml")
"""A zip with none of these parts is no office document."""
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>)?\s*<[A-Za-z_]")
"""A part begun like this has no declarations: they could only stand before its first element."""
_BEGINNING = 512
"""Within so many bytes a part's first element stands, unless something is put before it."""
_FOREIGN = ("customxml/",)
"""Parts that other programs put in for themselves, and that no reader of figures opens."""


class FileRefused(Exception):
    """A file that is not read; `code` is a key of the table of problems."""

    def __init__(self, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


class Package:
    """The parts of a workbook, by name, inflated with a limit."""

    def __init__(self, data: bytes) -> None:
        """Open a workbook's zip.

        Raises:
            FileRefused: not a workbook, encrypted, damaged, or unpacking to more than figures need.
        """
        if not data.startswith(b"PK"):
            raise FileRefused(_what_instead(data))
        try:
            members = members_of(data)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError) as error:
            raise FileRefused("workbook-broken", reason=str(error)) from error
        self._data = data
        self._members = {member.name.replace("\\", "/").lower(): member for member in members}
        if len(self._members) != len(members):
            raise FileRefused("workbook-broken", reason="a part stands in it twice")
        self._unpacked: dict[Member, bytes] = {}
        """Parts that counting has unpacked whole."""
        self._check(members)

    def _check(self, members: list[Member]) -> None:
        packed = declared = 0
        for member in members:
            if member.flags & 1:
                raise FileRefused("workbook-encrypted")
            if member.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise FileRefused("workbook-broken", reason="unknown compression")
            packed += member.packed
            declared += member.size
        if self._members.keys().isdisjoint(_OF_PACKAGES):
            raise FileRefused("not-a-workbook")
        if packed > len(self._data):
            raise FileRefused("workbook-broken", reason="parts overlap")
        if declared > MOST_UNPACKED or (declared > SMALL and declared > MOST_PACKED_TIMES * packed):
            raise FileRefused("workbook-too-large", limit=MOST_UNPACKED // MB)
        if packed * DEFLATE_AT_MOST > min(MOST_UNPACKED, SMALL):
            self._count(members, packed)

    def _count(self, members: list[Member], packed: int) -> None:
        """Unpack piece by piece, in case the declared sizes lie, until the parts left are small whatever they hold."""
        total, left = 0, packed
        for member in sorted(members, key=_packed_size, reverse=True):
            if total + left * DEFLATE_AT_MOST <= SMALL:
                return
            left -= member.packed
            if member.method == zipfile.ZIP_STORED:
                total += member.packed
                continue
            before, raw = total, self._packed(member)
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                while raw and not inflater.eof:
                    piece = inflater.decompress(raw, MB)
                    total += len(piece)
                    whole = inflater.eof and total - before == len(piece) == member.size
                    if whole and total <= SMALL:
                        self._unpacked[member] = piece
                    raw = inflater.unconsumed_tail
                    if total > MOST_UNPACKED or (total > SMALL and total > MOST_PACKED_TIMES * packed):
                        raise FileRefused("workbook-too-large", limit=MOST_UNPACKED // MB)
            except zlib.error as error:
                raise FileRefused("workbook-broken", reason=str(error)) from error

    def _packed(self, member: Member) -> bytes:
        data, at = self._data, member.offset
        if data[at : at + 4] != b"PK\x03\x04":
            raise FileRefused("workbook-broken", reason="a part is not where the zip says")
        name = int.from_bytes(data[at + 26 : at + 28], "little")
        extra = int.from_bytes(data[at + 28 : at + 30], "little")
        start = at + _LOCAL_HEADER + name + extra
        raw = data[start : start + member.packed]
        if len(raw) != member.packed:
            raise FileRefused("workbook-broken", reason="the file ends too early")
        return raw

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str) -> bytes:
        """Return a part, inflated.

        Raises:
            FileRefused: missing, damaged, not of its declared size, or declaring entities (DTD).
        """
        member = self._members.get(name.lower())
        if member is None:
            raise FileRefused("workbook-broken", reason=f"{name} is missing")
        part = self._unpacked.get(member)
        if part is None:
            part = _inflated(self._packed(member), member)
        if len(part) != member.size:
            raise FileRefused("workbook-broken", reason=f"{name} is not as long as it says")
        if not _PROLOG.match(part) and (b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part):
            raise FileRefused("workbook-declares-entities")
        return part

    def refuse_declarations(self) -> None:
        """See that no part declares entities (DTD), whoever reads it: what texts are shared, properties, hidden sheets.

        Raises:
            FileRefused: one does, or it is damaged.
        """
        for name, member in self._members.items():
            if name.endswith((".xml", ".rels", ".vml")) and not name.startswith(_FOREIGN):
                beginning = _beginning(self._packed(member), member)
                if not _PROLOG.match(beginning):
                    self.read(name)

    def names(self) -> tuple[str, ...]:
        """Return the parts' names as the zip spells them, in its order."""
        return tuple(member.name for member in self._members.values())

    def spelt(self, name: str) -> str:
        """Return how the zip itself spells a part's name; empty when it has none."""
        member = self._members.get(name.lower())
        return member.name if member else ""

    def known_by(self, name: str) -> tuple[bytes, int]:
        """Return what tells a part from any other without unpacking it."""
        member = self._members.get(name.lower())
        return (self._packed(member), member.size) if member else (b"", -1)


def _packed_size(member: Member) -> int:
    return member.packed


def _what_instead(data: bytes) -> str:
    """Return the problem of a file that is no zip."""
    if data.startswith(_OLE):
        return "workbook-encrypted" if _ENCRYPTED in data else "xls-old"
    return "not-a-workbook"


def _inflated(raw: bytes, member: Member) -> bytes:
    if member.method == zipfile.ZIP_STORED:
        return raw
    try:
        if len(raw) * DEFLATE_AT_MOST <= SMALL:
            return zlib.decompress(raw, -zlib.MAX_WBITS, member.size + 1)
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, member.size + 1)
    except zlib.error as error:
        raise FileRefused("workbook-broken", reason=str(error)) from error


def _beginning(raw: bytes, member: Member) -> bytes:
    if member.method == zipfile.ZIP_STORED:
        return raw[:_BEGINNING]
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, _BEGINNING)
    except zlib.error as error:
        raise FileRefused("workbook-broken", reason=str(error)) from error
