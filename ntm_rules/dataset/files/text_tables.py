"""Whether a .txt file that lies in a folder plainly is a table of figures, and no text to read."""

from __future__ import annotations

import csv
import io
import stat
from collections.abc import Sequence
from pathlib import Path

from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.files.text_encodings import OLD_ENCODINGS, NotUnicode, decoded
from ntm_rules.dataset.rows.titles import ROLES, cleaned

DELIMITERS = ("\t", ";", ",")
_LOOKED_AT = 64 * 1024
_LINES = 40
_FOR_PEOPLE = (
    "readme",
    "read me",
    "đọc",
    "doc-",
    "doc_",
    "huong",
    "hướng",
    "license",
    "licence",
    "changelog",
    "ghi chú",
    "ghi-chu",
)
"""How names of texts begin that explain what lies beside them."""
_ROLES = {key(name): role for role, names in ROLES.items() for name in names}


def is_text_table(path: Path) -> bool:
    """Tell whether a text file has the header of a table or form of figures, with rows of as many cells under it.

    What cannot be opened is none: texts beside data are nobody's business.
    """
    try:
        if path.name.casefold().startswith(_FOR_PEOPLE) or not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as stream:
            data = stream.read(_LOOKED_AT)
    except OSError:
        return False
    return any(_is_table(text) for text in _readings(data))


def _readings(data: bytes) -> list[str]:
    """Return the text that the beginning of a file holds; all it may hold, where it is in an old encoding."""
    try:
        return [decoded(data[: len(data) // 4 * 4])]
    except NotUnicode:
        lines = data.rpartition(b"\n")[0]  # the last line may be cut within a letter
    try:
        return [decoded(lines)]
    except NotUnicode:
        return [decode(data) for decode in OLD_ENCODINGS.values()]


def _is_table(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()][:_LINES]
    for delimiter in DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        header = next((at for at, row in enumerate(rows) if _heads(row)), None)
        if header is None:
            continue
        under = rows[header + 1 :]
        alike = sum(len(row) * 2 >= len(rows[header]) for row in under)
        if alike * 2 > len(under):
            return True
    return False


def _heads(row: Sequence[str]) -> bool:
    roles = {_ROLES.get(key(cleaned(cell)).rstrip(" :*")) for cell in row}
    if "year" in roles and roles & {"code", "commune"}:
        return True
    return bool(roles & {"measure", "label"}) and ("value" in roles or {"numerator", "denominator"} <= roles)
