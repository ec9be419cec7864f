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
_ZIP64 = 0xFFFFFFFF


class Member(NamedTuple):
    """One part of a zip, as its directory describes it."""

    name: str
    flags: int
    method: int
    packed: int
    size: int
    offset: int
    """Where its local header stands."""


def members_of(data: bytes) -> list[Member]:
    """Return the parts of a zip.

    Raises:
        zipfile.BadZipFile and what `zipfile` raises for damaged directories.
    """
    members = _plain_directory(data)
    if members is not None:
        return members
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            Member(i.filename, i.flag_bits, i.compress_type, i.compress_size, i.file_size, i.header_offset)
            for i in archive.infolist()
        ]


def _plain_directory(data: bytes) -> list[Member] | None:
    """Read a directory that ends right before its end mark, without zip64; None leaves it to `zipfile`."""
    end = len(data) - _END.size
    if end < 0 or data[end : end + 4] != _END_MARK:
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
        if mark != _ENTRY_MARK or _ZIP64 in (packed, unpacked, offset):
            return None
        try:
            text = data[at : at + name].decode("utf-8" if flags & 0x800 else "cp437")
        except UnicodeDecodeError:
            return None
        members.append(Member(text, flags, method, packed, unpacked, offset))
        at += name + extra + remark
    return members if at == end else None
