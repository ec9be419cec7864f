"""What a workbook's zip may be: its size once unpacked, its parts, its XML, checked before anything reads it."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import Any

from ntm_rules.dataset.files.other_files import kind_of_beginning, kind_of_parts
from ntm_rules.dataset.workbooks.zip_members import Member, directory_of, packed_of
from ntm_rules.errors import system_reason
from ntm_rules.i18n import Message

MB = 1 << 20
MOST_UNPACKED = 256 * MB
MOST_PACKED_TIMES = 100
SMALL = 32 * MB
"""Up to this size, unpacked, any ratio will do."""
DEFLATE_AT_MOST = 1032
"""Deflate cannot pack more than this many times."""
MOST_TAGS = 40_000_000
"""A sheet with more tags than this is none of figures: 8 million cells have four each."""
MOST_IN_A_LIST = 12_000_000
"""As many tags may stand in any other part: three million shared texts."""
MOST_IN_A_TREE = 1_000_000
"""As many tags may stand in a part that is taken in as a tree; all the cell formats that Excel allows are half of it."""
_SHORTEST_TAG = 4
"""In bytes: <a/>, or half of <a></a>."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OF_PACKAGES = ("[content_types].xml", "_rels/.rels", "xl/workbook.xml")
"""A zip with none of these parts is no office document."""
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>)?\s*<[A-Za-z_]")
"""A part begun like this has no declarations: they could only stand before its first element."""
_BEGINNING = 512
"""Within so many bytes a part's first element stands, unless something is put before it."""
_FOREIGN = ("customxml/",)
"""Parts that other programs put in for themselves, and that no reader of figures opens."""
_XML = (".xml", ".rels", ".vml")
_SHEETS = "xl/worksheets/"


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
            raise _what_instead(data)
        try:
            members = directory_of(data)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError) as error:
            raise FileRefused("workbook-broken", reason=system_reason(error)) from error
        self._data = data
        self._members = {member.name.replace("\\", "/").lower(): member for member in members}
        if len(self._members) != len(members):
            raise FileRefused("workbook-broken", reason=Message("a part stands in it twice"))
        self._unpacked: dict[Member, bytes] = {}
        """Parts that counting has unpacked whole."""
        self.unpacks_to = 0
        """How many bytes all parts come to at most, whatever their declared sizes say."""
        self.declared = sum(member.size for member in members)
        self._check(members)

    def _check(self, members: list[Member]) -> None:
        packed, declared = 0, self.declared
        for member in members:
            if member.flags & 1:
                raise FileRefused("workbook-encrypted")
            if member.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise FileRefused(
                    "workbook-broken", reason=Message("it is packed in a way that no office program uses")
                )
            packed += member.packed
        if self._members.keys().isdisjoint(_OF_PACKAGES):
            if not members:
                raise FileRefused("workbook-broken", reason=Message("nothing is in it"))
            code, name = kind_of_parts(self._members)
            raise FileRefused(code or "not-a-workbook", **({"extension": name} if code else {}))
        if packed > len(self._data):
            raise FileRefused("workbook-broken", reason=Message("its parts overlap"))
        if declared > MOST_UNPACKED or (declared > SMALL and declared > MOST_PACKED_TIMES * packed):
            raise FileRefused("workbook-too-large", limit=MOST_UNPACKED // MB)
        self.unpacks_to = packed * DEFLATE_AT_MOST
        if self.unpacks_to > SMALL:
            self._count(members, packed)

    def _count(self, members: list[Member], packed: int) -> None:
        """Unpack piece by piece, in case the declared sizes lie, until the parts left are small whatever they hold."""
        total, left = 0, packed
        lying = ""
        for member in sorted(members, key=_packed_size, reverse=True):
            self.unpacks_to = total + left * DEFLATE_AT_MOST
            if self.unpacks_to <= SMALL:
                break
            left -= member.packed
            before, raw = total, self._packed(member)
            if member.method == zipfile.ZIP_STORED:
                total, raw = total + len(raw), b""
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
                raise FileRefused("workbook-broken", reason=system_reason(error)) from error
            if total - before != member.size:
                lying = lying or member.name
        else:
            self.unpacks_to = total
        if lying:
            raise FileRefused("workbook-broken", reason=Message("{part} is not as long as it says", part=lying))

    def _packed(self, member: Member) -> bytes:
        try:
            return packed_of(self._data, member)
        except zipfile.BadZipFile as error:
            raise FileRefused("workbook-broken", reason=system_reason(error)) from error

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str, most_tags: int = MOST_TAGS) -> bytes:
        """Return a part, inflated.

        Raises:
            FileRefused: missing, damaged, not of its declared size, declaring entities (DTD), or with more tags.
        """
        member = self._members.get(name.lower())
        if member is None:
            raise FileRefused("workbook-broken", reason=Message("{part} is missing", part=name))
        part = self._unpacked.get(member)
        if part is None:
            part = _inflated(self._packed(member), member)
        if len(part) != member.size:
            raise FileRefused("workbook-broken", reason=Message("{part} is not as long as it says", part=name))
        if not _PROLOG.match(part) and (b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part):
            raise FileRefused("workbook-declares-entities")
        if len(part) > _SHORTEST_TAG * most_tags and part.count(b"<") > most_tags:
            raise FileRefused("workbook-too-many-elements", part=member.name, limit=most_tags)
        return part

    def refuse_declarations(self) -> None:
        """See that no part declares entities (DTD), whoever reads it: what texts are shared, properties, hidden sheets;
        and that the parts that are taken in whole have no more elements than a workbook of figures.

        Raises:
            FileRefused: one does, or it is damaged.
        """
        for name, member in self._members.items():
            if _opened(name):
                if member.size > _SHORTEST_TAG * MOST_IN_A_LIST and not name.startswith(_SHEETS):
                    self.read(name, MOST_IN_A_LIST)
                beginning = _beginning(self._packed(member), member)
                if not _PROLOG.match(beginning):
                    self.read(name)

    def names(self) -> tuple[str, ...]:
        """Return the parts' names as the zip spells them, in its order."""
        return tuple(member.name for member in self._members.values())

    def known_by(self, name: str) -> tuple[bytes, int]:
        """Return what tells a part from any other without unpacking it."""
        member = self._members.get(name.lower())
        return (self._packed(member), member.size) if member else (b"", -1)


def _opened(name: str) -> bool:
    """Tell a part that a reader of figures may open."""
    return name.endswith(_XML) and not name.startswith(_FOREIGN)


def _packed_size(member: Member) -> int:
    return member.packed


def _what_instead(data: bytes) -> FileRefused:
    """Return the problem of a file that is no zip."""
    if data.startswith(_OLE):
        return FileRefused("workbook-encrypted" if _ENCRYPTED in data else "xls-old")
    code, name = kind_of_beginning(data)
    return FileRefused(code, extension=name) if code else FileRefused("not-a-workbook")


def _inflated(raw: bytes, member: Member) -> bytes:
    if member.method == zipfile.ZIP_STORED:
        return raw
    try:
        if len(raw) * DEFLATE_AT_MOST <= SMALL:
            return zlib.decompress(raw, -zlib.MAX_WBITS, member.size + 1)
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, member.size + 1)
    except zlib.error as error:
        raise FileRefused("workbook-broken", reason=system_reason(error)) from error


def _beginning(raw: bytes, member: Member) -> bytes:
    if member.method == zipfile.ZIP_STORED:
        return raw[:_BEGINNING]
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, _BEGINNING)
    except zlib.error as error:
        raise FileRefused("workbook-broken", reason=system_reason(error)) from error
