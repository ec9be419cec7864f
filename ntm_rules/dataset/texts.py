"""Text as it comes from files: composed, trimmed, compared, and told apart from old encodings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from ntm_rules.rulebook.register import name_key

if TYPE_CHECKING:
    from ntm_rules.dataset.places import Where

SHOWN = 80
"""A problem shows at most this many characters of what was written."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_REMEMBERED = 65_536
_VIETNAMESE_LATIN1 = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"
_SIGNS = "«»°±²³×÷"
_OLD_ENCODINGS = "".join(sorted(frozenset(map(chr, range(0xA1, 0x100))) - frozenset(_VIETNAMESE_LATIN1 + _SIGNS)))
_OLD = re.compile(rf"[{_OLD_ENCODINGS}]|[^\W\d][{_SIGNS}][^\W\d]")
_ORTHOGRAPHY = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa"}

_clean: dict[str, str] = {}


class Texts:
    """The text cells of one file: composes them and remembers where the first decomposed one stood."""

    __slots__ = ("decomposed", "first", "where")

    def __init__(self) -> None:
        self.decomposed = 0
        self.first: tuple[Where, int, int, str] | None = None
        self.where: Where | None = None
        """The sheet being read."""

    def clean(self, raw: str, row: int = 0, column: int = 0) -> str:
        """Return a cell's text in NFC, without control characters, trimmed; note it if it was not NFC."""
        known = _clean.get(raw)
        if known is not None:
            return known
        if not raw.isascii() and not unicodedata.is_normalized("NFC", raw):
            text = tidy(unicodedata.normalize("NFC", raw))
            self.decomposed += 1
            if self.first is None and self.where is not None:
                self.first = self.where, row, column, text
            return text
        text = tidy(raw)
        if len(raw) < 200:
            if len(_clean) >= _REMEMBERED:
                _clean.clear()
            _clean[raw] = text
        return text


def tidy(text: str) -> str:
    """Return a text without control and invisible characters, trimmed.

    >>> tidy(" Có\\r\\n")
    'Có'
    """
    return _UNSEEN.sub(" ", text).strip() if _UNSEEN.search(text) else text.strip()


def shown(text: str) -> str:
    """Return what a problem shows of a text: one line, at most `SHOWN` characters."""
    line = tidy(text[: SHOWN * 4])
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


@lru_cache(maxsize=_REMEMBERED)
def key(text: str) -> str:
    """Return the form in which headers, labels and answers are compared.

    One way of placing the tone mark stands for both ("minh hoạ" and "minh họa").

    >>> key("  MINH  HOẠ ")
    'minh họa'
    """
    compared = name_key(text)
    if "o" in compared:
        for old, new in _ORTHOGRAPHY.items():
            if old in compared:
                compared = re.sub(f"{old}(?!\\w)", new, compared)
    return compared


def looks_old(text: str) -> bool:
    """Tell whether a text holds characters of TCVN3 (.VnTime) or VNI that Unicode Vietnamese has not.

    >>> looks_old("Sin Suèi Hå"), looks_old("Sin Suối Hồ")
    (True, False)
    """
    return not text.isascii() and _OLD.search(text) is not None
