"""Text as it comes from files: composed, trimmed, compared, and told apart from old encodings."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ntm_rules.spelling import key as key  # what is composed and trimmed here is compared by it

if TYPE_CHECKING:
    from ntm_rules.dataset.places import Where

SHOWN = 80
"""A problem shows at most this many characters of what was written."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WITHOUT_WIDTH = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_TO_TIDY = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{_WITHOUT_WIDTH}]")
_NOTHING = re.compile(f"[{_WITHOUT_WIDTH}]")
"""What takes no place between two letters: soft hyphens, joiners, marks of direction and of byte order."""
_REMEMBERED = 65_536
_VIETNAMESE_LATIN1 = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"
_SIGNS = "«»°±²³×÷"
_OLD_ENCODINGS = "".join(sorted(frozenset(map(chr, range(0xA1, 0x100))) - frozenset(_VIETNAMESE_LATIN1 + _SIGNS)))
_OLD = re.compile(rf"(?!(?<!\w)[Ðð])[{_OLD_ENCODINGS}]|[^\W\d][{_SIGNS}][^\W\d]")
"""A word that begins with eth is a đ typed wrong: no word of the old encodings does."""

_clean: dict[str, str] = {}


class FileTexts:
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
            text = unguarded(tidy(unicodedata.normalize("NFC", raw)))
            self.decomposed += 1
            if self.first is None and self.where is not None:
                self.first = self.where, row, column, text
            return text
        text = unguarded(tidy(raw))
        if len(raw) < 200:
            if len(_clean) >= _REMEMBERED:
                _clean.clear()
            _clean[raw] = text
        return text


def tidy(text: str) -> str:
    """Return a text without control and invisible characters, trimmed.

    >>> tidy(" Có\\r\\n"), tidy("Sin\\u00adSuối\\u200b")
    ('Có', 'SinSuối')
    """
    return _UNSEEN.sub(" ", _NOTHING.sub("", text)).strip() if _TO_TIDY.search(text) else text.strip()


_GUARDS = ("=", "'", "\u2019")
_GUARDED = re.compile(r"=\"([^\"]*)\"|['\u2019]([^'\u2019\u2018]+)", re.DOTALL)


def unguarded(text: str) -> str:
    """Return a tidy text without the signs that keep its digits from becoming a number in a spreadsheet.

    >>> unguarded('="03394"'), unguarded("'03394"), unguarded("'Ea H'Leo'")
    ('03394', '03394', "'Ea H'Leo'")
    """
    if text[:1] not in _GUARDS:
        return text
    guarded = _GUARDED.fullmatch(text)
    return (guarded[1] or guarded[2] or "").strip() if guarded else text


def shown(text: str) -> str:
    """Return what a problem shows of a text: one line, at most `SHOWN` characters."""
    line = tidy(text[: SHOWN * 4])
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def looks_old(text: str) -> bool:
    """Tell whether a text holds characters of TCVN3 (.VnTime) or VNI that Unicode Vietnamese has not.

    >>> looks_old("Sin Suèi Hå"), looks_old("Sin Suối Hồ")
    (True, False)
    """
    return not text.isascii() and _OLD.search(text) is not None
