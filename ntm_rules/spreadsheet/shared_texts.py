"""The texts of a workbook, which stand in one part; cells name them by their number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice

PART = "xl/sharedStrings.xml"
_COUNTS = re.compile(rb'count="([0-9]+)" uniqueCount="([0-9]+)"')
_ODD = re.compile(r"[&<>\x00-\x09\x0b-\x1f\ufffe\uffff]|\n\s|\s\n")
"""What texts that stand in the part as they are have nothing of, a line each."""
_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TOGETHER = 512


class SharedTexts:
    """The part as it was, the many texts that are made ready already, and others as they come."""

    def __init__(self, content: bytes, ready: int = 0, times: int = 0) -> None:
        """Take the part, and how many texts made `ready` come behind its own, and in how many cells they stand."""
        self._content = content
        found = _COUNTS.search(content)
        count, self.own = (int(found[1]), int(found[2])) if found else (0, 0)
        self._count = count + times
        self._before = self.own + ready
        self._numbers: dict[str, int] = {}

    def number(self, text: str, times: int) -> int:
        """Return the number of a text that stands in so many cells."""
        self._count += times
        return self._numbers.setdefault(text, self._before + len(self._numbers))

    def content(self, ready: Iterable[bytes] = ()) -> Iterator[bytes]:
        """Yield the part with all texts, some thousands at a time."""
        counts = f'count="{self._count}" uniqueCount="{self._before + len(self._numbers)}"'.encode()
        before, end, after = _COUNTS.sub(counts, self._content, count=1).partition(b"</sst>")
        yield before
        yield from ready
        yield from items(self._numbers)
        yield end + after


def items(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield texts as they stand in the part, some at a time."""
    rest = iter(texts)
    while some := list(islice(rest, _TOGETHER)):
        yield _together(some).encode()


def _together(texts: Sequence[str]) -> str:
    """Return texts as they stand in the part: at once where none has anything that is written otherwise."""
    whole = "\n".join(texts)
    if _ODD.search(f"\n{whole}\n") or whole.count("\n") >= len(texts):
        return "".join(map(_item, texts))
    return f"<si><t>{whole.replace(chr(10), '</t></si><si><t>')}</t></si>"


def _item(text: str) -> str:
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<si><t{keep}>{_inside(text)}</t></si>"


def _inside(text: str) -> str:
    """Return a text as it stands in a part."""
    return _STEERING.sub(lambda sign: f"_x{ord(sign[0]):04X}_", escape(text, quote=False))
