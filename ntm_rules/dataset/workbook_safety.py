"""What a workbook's zip may be: its size once unpacked, its parts, its XML, checked before anything reads it."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import Any, TypeVar
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree  # type: ignore[import-untyped]  # it has no stubs
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # as above

from ntm_rules.dataset.zip_members import Member, directory_of, packed_of, zip_of

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
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>)?\s*<[A-Za-z_]")
"""A part begun like this has no declarations: they could only stand before its first element."""
_BEGINNING = 512
"""Within so many bytes a part's first element stands, unless something is put before it."""
_FOREIGN = ("customxml/",)
"""Parts that other programs put in for themselves, and that no reader of figures opens."""
_XML = (".xml", ".rels", ".vml")
_SHEETS = "xl/worksheets/"
_TARGET = re.compile(r"/?[A-Za-z0-9_. -]+(?:/[A-Za-z0-9_. -]+)*")


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
            members, self._plain = directory_of(data)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError) as error:
            raise FileRefused("workbook-broken", reason=str(error)) from error
        self._data = data
        self._members = {member.name.replace("\\", "/").lower(): member for member in members}
        if len(self._members) != len(members):
            raise FileRefused("workbook-broken", reason="a part stands in it twice")
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
                raise FileRefused("workbook-broken", reason="unknown compression")
            packed += member.packed
        if "xl/workbook.xml" not in self._members:
            raise FileRefused("not-a-workbook")
        if packed > len(self._data):
            raise FileRefused("workbook-broken", reason="parts overlap")
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
                raise FileRefused("workbook-broken", reason=str(error)) from error
            if total - before != member.size:
                lying = lying or member.name
        else:
            self.unpacks_to = total
        if lying:
            raise FileRefused("workbook-broken", reason=f"{lying} is not as long as it says")

    def _packed(self, member: Member) -> bytes:
        try:
            return packed_of(self._data, member)
        except zipfile.BadZipFile as error:
            raise FileRefused("workbook-broken", reason=str(error)) from error

    def content(self) -> bytes:
        """Return the zip for a library to read: it finds in it the parts that were measured here, and no others.

        Raises:
            FileRefused: as `read`.
        """
        if self._plain:
            return self._data
        return zip_of(
            (m.name.replace("\\", "/"), self.read(name)) for name, m in self._members.items() if _opened(name)
        )

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str, most_tags: int = MOST_TAGS) -> bytes:
        """Return a part, inflated.

        Raises:
            FileRefused: missing, damaged, not of its declared size, declaring entities (DTD), or with more tags.
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

    def sheets(self) -> dict[str, str]:
        """Return sheet name -> the part it stands in.

        Raises:
            FileRefused: as `read`; or the workbook's list of sheets makes no sense.
        """
        names = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
        packed = tuple(self._known_by(name) for name in names)
        found = _sheets_seen.get(packed)
        if found is None:
            found = _remember(_sheets_seen, packed, _sheets(*(self.read(name, MOST_IN_A_TREE) for name in names)))
        if isinstance(found, str):
            raise FileRefused(found, reason=names[0])
        return found

    def percent_styles(self) -> frozenset[bytes]:
        """Return the style numbers, as digits, whose format is a percentage."""
        name = "xl/styles.xml"
        if name not in self:
            return frozenset()
        packed = self._known_by(name)
        found = _styles_seen.get(packed)
        if found is None:
            found = _remember(_styles_seen, packed, _percent_styles(self.read(name, MOST_IN_A_TREE)))
        if isinstance(found, str):
            raise FileRefused(found, reason=name)
        return found

    def _known_by(self, name: str) -> tuple[bytes, int]:
        """Return what tells a part from any other without unpacking it."""
        member = self._members.get(name)
        return (self._packed(member), member.size) if member else (b"", -1)


def _opened(name: str) -> bool:
    """Tell a part that a reader of figures may open."""
    return name.endswith(_XML) and not name.startswith(_FOREIGN)


def _packed_size(member: Member) -> int:
    return member.packed


def _what_instead(data: bytes) -> str:
    """Return the problem of a file that is no zip."""
    if data.startswith(_OLE):
        return "workbook-encrypted" if _ENCRYPTED in data else "xls-old"
    return "not-a-workbook"


_Packed = tuple[bytes, int]
_sheets_seen: dict[tuple[_Packed, ...], dict[str, str] | str] = {}
_styles_seen: dict[_Packed, frozenset[bytes] | str] = {}
"""Workbooks made from one form share these parts, byte for byte."""

_Key = TypeVar("_Key")
_Found = TypeVar("_Found")


def _remember(seen: dict[_Key, _Found], key: _Key, found: _Found) -> _Found:
    if len(seen) < 256:
        seen[key] = found
    return found


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


def _sheets(workbook: bytes, relations: bytes) -> dict[str, str] | str:
    """Return sheet name -> part, or the code of the problem."""
    try:
        targets: dict[str, str] = {}
        for relation in ElementTree.fromstring(relations, forbid_dtd=True):
            name, target = relation.get("Id", ""), relation.get("Target", "")
            if name in targets:
                return "workbook-broken"
            targets[name] = target
        found: list[tuple[str, str]] = []
        for element in ElementTree.fromstring(workbook, forbid_dtd=True).iter():
            if element.tag.rpartition("}")[2] != "sheet":
                continue
            target = targets.get(element.get(_RELATION_ID) or element.get(_STRICT_RELATION_ID) or "", "")
            if not _TARGET.fullmatch(target) or ".." in target:
                return "workbook-broken"
            part = target[1:] if target.startswith("/") else target
            found.append((element.get("name", ""), part if part.startswith("xl/") else f"xl/{part}"))
    except DefusedXmlException:
        return "workbook-declares-entities"
    except ParseError:
        return "workbook-broken"
    return dict(found) if len(dict(found)) == len(found) else "workbook-broken"


def _percent_styles(styles: bytes) -> frozenset[bytes] | str:
    """Return the positions in cellXfs that show percentages, or the code of the problem."""
    usual = b"='" not in styles and b"&#" not in styles and b" =" not in styles and b"= " not in styles
    if usual and b"%" not in styles and b'numFmtId="9"' not in styles and b'numFmtId="10"' not in styles:
        return frozenset()
    try:
        root = ElementTree.fromstring(styles, forbid_dtd=True)
    except DefusedXmlException:
        return "workbook-declares-entities"
    except ParseError:
        return "workbook-broken"
    percent = {"9", "10"}
    found: set[bytes] = set()
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "numFmt" and shows_percent(element.get("formatCode", "")):
            percent.add(element.get("numFmtId", ""))
        elif tag == "cellXfs":
            for position, style in enumerate(element):
                if style.get("numFmtId", "0") in percent:
                    found.add(str(position).encode())
    return frozenset(found)


def shows_percent(code: str) -> bool:
    r"""Tell whether a number format multiplies by 100: it has a percent sign outside quotes.

    >>> shows_percent("0.0%"), shows_percent('0.0" %"'), shows_percent("0.0\\%")
    (True, False, False)
    """
    return "%" in re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code)
