"""Files for Word and Excel as the program leaves them: the same bytes every day, and saying who made them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

MAKER = "ntm-rules"
"""Who a file says last wrote it: as long as it does, no person has."""
DAY_OF_WRITING = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Stands in every workbook as the day on which it was made."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = b"1980-01-01T00:00:00Z"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def without_times(file: bytes) -> bytes:
    """Return the same file without the moment of writing, in its parts and in its zip."""
    return _changed(file, "docProps/core.xml", lambda part: _TIMES.sub(rb"\g<1>" + _STAMP + rb"\g<2>", part))


def as_our_own(workbook: bytes) -> bytes:
    """Return the same workbook saying that this program wrote it, so that every spreadsheet program reckons it anew.

    LibreOffice trusts the results in a file that names Excel as its program, and reckons only what is typed.
    """
    excel, ours = (f"<Application>{name}</Application>".encode() for name in ("Microsoft Excel", MAKER))
    return _changed(workbook, "docProps/app.xml", lambda part: part.replace(excel, ours))


def _changed(file: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a file with one of its parts changed, packed without a time."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as after,
    ):
        for member in before.infolist():
            part = before.read(member)
            after.writestr(packed_as(member.filename), change(part) if member.filename == name else part)
    return stream.getvalue()


def packed_as(name: str, *, fast: bool = False) -> zipfile.ZipInfo:
    """Return how a part is packed: without a time, and alike on every system; `fast`: less closely."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    info.create_system = 3
    if fast:
        info._compresslevel = 1  # type: ignore[attr-defined]  # the name that all our versions of Python take
    return info
