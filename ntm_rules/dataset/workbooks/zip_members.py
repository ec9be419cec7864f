"""The list of parts of a zip, quickly for the zips that spreadsheet programs write."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import NamedTuple

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_ENTRY = struct.Struct("<4s6H3L5H2L")
_ENTRY_MARK = b"PK\x01\x02"
_ZIP64_MARKS = (b"PK\x06\x06", b"PK\x06\x07")
_ZIP64 = 0xFFFFFFFF
_LOCAL_MARK = b"PK\x03\x04"
_LOCAL_HEADER = 30
_NAME_AT = 26


class Member(NamedTuple):
    """One part of a zip, as its directory describes it."""

    name: str
    flags: int
    method: int
    packed: int
    size: int
    offset: int
    """Where its local header stands."""


def directory_of(data: bytes) -> list[Member]:
    """Return the parts of a zip.

    Raises:
        zipfile.BadZipFile and what `zipfile` raises for damaged directories.
    """
    members = _plain_directory(data)
    if members is not None:
        return members
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            Member(i.orig_filename, i.flag_bits, i.compress_type, i.compress_size, i.file_size, i.header_offset)
            for i in archive.infolist()
        ]


def packed_of(data: bytes, member: Member) -> bytes:
    """Return a part as it is packed.

    Raises:
        zipfile.BadZipFile: it does not stand where the directory says.
    """
    at = member.offset
    if data[at : at + 4] != _LOCAL_MARK:
        raise zipfile.BadZipFile("a part is not where the zip says")
    name = int.from_bytes(data[at + _NAME_AT : at + _NAME_AT + 2], "little")
    extra = int.from_bytes(data[at + _NAME_AT + 2 : at + _NAME_AT + 4], "little")
    start = at + _LOCAL_HEADER + name + extra
    raw = data[start : start + member.packed]
    if len(raw) != member.packed:
        raise zipfile.BadZipFile("the file ends too early")
    return raw


def _plain_directory(data: bytes) -> list[Member] | None:
    """Read a directory that nobody can read another way: one end mark, at the very end, nothing of zip64, no comments and
    no fields of their own; None leaves it to `zipfile`."""
    end = len(data) - _END.size
    if end < 0 or data.find(_END_MARK) != end or any(mark in data for mark in _ZIP64_MARKS):
        return None
    _, disk, start_disk, here, count, size, start, comment = _END.unpack_from(data, end)
    if disk or start_disk or here != count or comment or start + size != end:
        return None
    members: list[Member] = []
    at = start
    for _ in range(count):
        if at + _ENTRY.size > end:
            return None
        entry = _ENTRY.unpack_from(data, at)
        (mark, _, _, flags, method, _, _, _, packed, unpacked, name, extra, remark, _, _, _, offset) = entry
        at += _ENTRY.size
        if mark != _ENTRY_MARK or _ZIP64 in (packed, unpacked, offset) or extra or remark:
            return None
        text = data[at : at + name]
        if not text.isascii() or b"\0" in text:
            return None
        members.append(Member(text.decode("ascii"), flags, method, packed, unpacked, offset))
        at += name
    return members if at == end else None
