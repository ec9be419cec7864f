"""The reader's language: Vietnamese by default, English complete beside it, through gettext.

Message ids are the English sentences; `locale/vi` holds the Vietnamese. A message keeps its
parameters apart from its sentence and is rendered only when somebody reads it.
"""

from __future__ import annotations

import datetime as dt
import gettext
import os
import re
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from ntm_rules.exact import plain, vietnamese
from ntm_rules.visible import visible, visible_lines

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"

_current: ContextVar[str | None] = ContextVar("ntm_language", default=None)


class RowsBelow(NamedTuple):
    """What the units below those judged are called, where a set does not call them hamlets (thôn, bản)."""

    vi: str
    en: str
    several: str
    """In English, of more than one."""


_below: ContextVar[RowsBelow | None] = ContextVar("ntm_rows_below", default=None)


def use_language(language: str | None) -> None:
    """Set the language of everything rendered from here on; None goes back to the default."""
    _current.set(language if language in LANGUAGES else None)


def rows_below() -> RowsBelow | None:
    """Return what the units below are called; None: hamlets."""
    return _below.get()


@contextmanager
def speaking_of(names: RowsBelow | None) -> Iterator[None]:
    """Have everything rendered within speak so of the units below, as `call_rows_below` does from here on."""
    token = _below.set(names)
    try:
        yield
    finally:
        _below.reset(token)


@contextmanager
def in_language(language: str | None) -> Iterator[None]:
    """Render everything within in a language; None: in the one that is in force.

    >>> with in_language("en"):
    ...     str(Message("{n} communes", n=36))
    '36 communes'
    """
    token = _current.set(language if language in LANGUAGES else _current.get())
    try:
        yield
    finally:
        _current.reset(token)


def call_rows_below(names: RowsBelow | None) -> None:
    """Have the sentences of the catalogue speak of the units below as the set in force calls them; None: of hamlets."""
    _below.set(names)


def current_language() -> str:
    """Return the language in force: the one set, else NTM_LANG, else Vietnamese."""
    chosen = _current.get() or os.environ.get("NTM_LANG", "")[:2].lower()
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


class _Catalogue:
    """The sentences of a compiled catalogue, each read when it is first asked for: a command says a few of thousands.

    The file is as `locale/update.py` writes it: UTF-8, little-endian, neither plurals nor contexts.
    """

    def __init__(self, compiled: bytes) -> None:
        count, ids, texts = struct.unpack_from("<3I", compiled, 8)
        spans = struct.unpack_from(f"<{2 * count}I", compiled, ids)
        keys = (compiled[start : start + size] for size, start in zip(spans[::2], spans[1::2], strict=True))
        self._places = dict(zip(keys, range(texts, texts + 8 * count, 8), strict=True))
        self._compiled = compiled
        self._read: dict[str, str] = {}

    def gettext(self, sentence: str) -> str:
        """Return what a sentence is in the language; one that is not there, as it is."""
        text = self._read.get(sentence)
        if text is None:
            place = self._places.get(sentence.encode("utf-8", "surrogatepass"))
            if place is None:
                return sentence
            size, start = struct.unpack_from("<2I", self._compiled, place)
            text = self._read[sentence] = self._compiled[start : start + size].decode()
        return text


@cache
def _catalogue(language: str) -> _Catalogue | gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    folder = Path(__file__).with_name("locale") / language / "LC_MESSAGES"
    return _Catalogue((folder / "ntm_rules.mo").read_bytes())


def N_(sentence: str) -> str:  # noqa: N802 - the name gettext's own tools look for
    """Mark a sentence for the catalogue without translating it yet."""
    return sentence


def _(sentence: str, **parameters: Any) -> str:
    """Translate a sentence into the language in force and fill in its parameters."""
    if parameters:
        return Message(sentence, **parameters).render()
    return _sentence(sentence, current_language())


def _sentence(sentence: str, language: str) -> str:
    """Return a sentence in a language, which speaks of the units below as the set in force does."""
    text = _catalogue(language).gettext(sentence) if sentence else ""
    names = _below.get()
    return text if names is None else _speaking_of(names, text, language)


_HAMLET = re.compile(r"(?<!column )\b(h)amlet(s?)\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _speaking_of(names: RowsBelow, text: str, language: str) -> str:
    """Return a sentence with the units below called so.

    >>> wards = RowsBelow("tổ dân phố", "street group", "street groups")
    >>> _speaking_of(wards, "Thôn, bản chưa đạt: 2 thôn, bản", "vi")
    'Tổ dân phố chưa đạt: 2 tổ dân phố'
    >>> _speaking_of(wards, "Hamlets of which `hamlets` is asked, with each_hamlet", "en")
    'Street groups of which `hamlets` is asked, with each_hamlet'
    """
    if language == "vi":
        return text.replace("thôn, bản", names.vi).replace("Thôn, bản", names.vi[:1].upper() + names.vi[1:])

    def called(match: re.Match[str]) -> str:
        name = names.several if match[2] else names.en
        return name if match[1] == "h" else name[:1].upper() + name[1:]

    outside = text.split("`")
    outside[::2] = [_HAMLET.sub(called, part) for part in outside[::2]]  # what stands between two marks is a keyword
    return "`".join(outside)


class Message:
    """A sentence of the catalogue with its parameters, rendered late.

    >>> Message("{n} communes", n=36).render("en")
    '36 communes'
    """

    __slots__ = ("parameters", "sentence")

    def __init__(self, sentence: str, **parameters: Any) -> None:
        self.sentence = sentence
        self.parameters: Mapping[str, Any] = parameters

    def render(self, language: str | None = None) -> str:
        """Return the message in `language`, or in the language in force."""
        language = language or current_language()
        text = _sentence(self.sentence, language)
        if not self.parameters:
            return text
        return text.format(**{name: _shown(value, language) for name, value in self.parameters.items()})

    def __str__(self) -> str:
        return self.render()

    def __repr__(self) -> str:
        return f"Message({self.sentence!r}, {dict(self.parameters)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and self.sentence == other.sentence and self.parameters == other.parameters

    def __hash__(self) -> int:
        return hash((self.sentence, tuple(sorted((k, str(v)) for k, v in self.parameters.items()))))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (self.sentence, dict(self.parameters)))


def _shown(value: Any, language: str) -> Any:
    """Return what stands for a parameter: words on one line that steer no screen, or a number as it is.

    Of a text of the law, which is no sentence of the catalogue: what it says in the language.
    """
    if isinstance(value, Message):
        return visible_lines(value.render(language))
    if isinstance(value, str | PurePath):
        return visible(str(value))
    return visible_lines(value.in_language(language)) if hasattr(value, "in_language") else value


class Numerals(Message):
    """Numbers within a sentence, written as the reader's language does.

    >>> Message("from {before}", before=Numerals(Decimal("79.95"))).render("vi")
    'from 79,95'
    """

    __slots__ = ()

    def __init__(self, *values: Decimal) -> None:
        super().__init__("", values=values)

    def render(self, language: str | None = None) -> str:
        """Return the numbers, several separated by slashes."""
        write = plain if (language or current_language()) == "en" else vietnamese
        return " / ".join(write(value) for value in self.parameters["values"])

    def __reduce__(self) -> tuple[Any, ...]:
        return (Numerals, tuple(self.parameters["values"]))


class Parts(Message):
    """Phrases, or texts of the law, within a sentence, separated by slashes as `Numerals` are."""

    __slots__ = ()

    def __init__(self, *parts: object) -> None:
        super().__init__("", parts=parts)

    def render(self, language: str | None = None) -> str:
        """Return the phrases, several separated by slashes."""
        return " / ".join(_shown(part, language or current_language()) for part in self.parameters["parts"])

    def __reduce__(self) -> tuple[Any, ...]:
        return (Parts, tuple(self.parameters["parts"]))


def written_day(day: dt.date) -> str:
    """Write a day as Nghị định 30/2020/NĐ-CP does: day first, a zero before single digits of the day and before
    months 1 and 2 only.

    >>> written_day(dt.date(2026, 7, 31)), written_day(dt.date(2026, 2, 5))
    ('31/7/2026', '05/02/2026')
    """
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def _rebuild(sentence: str, parameters: dict[str, Any]) -> Message:
    return Message(sentence, **parameters)
