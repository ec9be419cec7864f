"""One directory for measuring and reading: what the reading library gets holds the parts measured, and no others."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl

from ntm_rules.dataset.workbooks.workbook_safety import Package

SHEET = "xl/worksheets/sheet1.xml"
LAST = 46
"""The length of a directory's entry, its name and comment left out."""


def saying(text: str) -> bytes:
    workbook, stream = openpyxl.Workbook(), io.BytesIO()
    assert workbook.active is not None
    workbook.active.append([text])
    workbook.save(stream)
    return stream.getvalue()


def split(data: bytes) -> tuple[bytes, bytes, int]:
    """Return a zip's parts, its directory, and how many parts that names."""
    _, _, _, _, count, size, start, _ = struct.unpack("<4s4H2LH", data[-22:])
    return data[:start], data[start : start + size], count


def entries(directory: bytes, count: int) -> list[int]:
    starts, at = [], 0
    for _ in range(count):
        starts.append(at)
        at += LAST + sum(struct.unpack_from("<3H", directory, at + 28))
    return starts


def shifted(directory: bytes, count: int, by: int) -> bytes:
    moved = bytearray(directory)
    for at in entries(directory, count):
        struct.pack_into("<L", moved, at + 42, struct.unpack_from("<L", moved, at + 42)[0] + by)
    return bytes(moved)


def remarked(directory: bytes, count: int, comment: bytes) -> bytes:
    """The directory with a comment on its last part."""
    changed = bytearray(directory)
    struct.pack_into("<H", changed, entries(directory, count)[-1] + 32, len(comment))
    return bytes(changed) + comment


def end(count: int, size: int, start: int, comment: bytes = b"") -> bytes:
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, start, len(comment)) + comment


def two_directories() -> dict[str, bytes]:
    """Zips that hold two workbooks, each found by another way of looking for the directory."""
    first, one, n = split(saying("one"))
    second, two, m = split(saying("two"))
    parts, two = first + second, shifted(two, m, len(first))
    whole = parts + two
    far = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, m, m, len(two), len(parts))
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(whole), 1)
    in_comment = end(m, len(two), len(parts) + len(one) + 22)
    hidden = remarked(one, n, end(m, len(two), len(parts))[:-2] + struct.pack("<H", 22))
    located = remarked(one, n, locator)
    return {
        "a second end in the comment": parts + one + end(n, len(one), len(parts), two + in_comment),
        "a second end in a part's comment": whole + hidden + end(n, len(hidden), len(whole)),
        "a zip64 locator in a part's comment": whole + far + located + end(n, len(located), len(whole + far)),
        "a zip64 locator in the comment": whole + far + one + end(n, len(one), len(whole + far), locator),
        "a zip64 locator before the end": whole + one + far + locator + end(n, len(one), len(whole)),
        "something before the zip": b"x" * 100 + saying("one"),
        "a comment": saying("one")[:-2] + struct.pack("<H", 5) + b"hello",
        "fields of their own": with_fields(),
    }


def with_fields() -> bytes:
    """Parts whose names a field gives another way (Info-ZIP's Unicode path)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saying("one"))) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            member = zipfile.ZipInfo(name)
            member.extra = struct.pack("<HHBL", 0x7075, 5 + 5, 1, 0) + b"other"
            after.writestr(member, before.read(name))
    return stream.getvalue()


def test_some_of_the_unusual_zips_are_read() -> None:
    """They are no mistake of the officer's: a comment, fields of another program."""
    zips = two_directories()
    for kind in ("a comment", "fields of their own"):
        assert b"one" in Package(zips[kind]).read(SHEET)
