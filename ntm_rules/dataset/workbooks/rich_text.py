"""Texts of a workbook with their looks: runs of one text, struck out, raised or lowered, and the texts sheets share."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from ntm_rules.dataset.cells.numbers import RAISED, STRUCK_OUT, Doubtful
from ntm_rules.dataset.workbooks.cell_styles import doubt_of
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused
from ntm_rules.errors import system_reason

_ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_LOOKS = (b"trike", b"vertAlign")
"""One of these stands in a text of which a look changes what it says."""
_SPACE = " \t\n\r"
_TEXT_START = b"<si>"
_RUN = rb'<t( xml:space="preserve")?+>([^<]*+)</t>'
_LOOK = rb"<rPr>(?:<[A-Za-z]++(?: [^<>]*+)?/>)*+</rPr>"
_PLAIN_TEXT = re.compile(
    rb"(?:"
    + _RUN
    + rb"|(?:<r>(?:"
    + _LOOK
    + rb")?+"
    + _RUN
    + rb"</r>)++)(?:<phoneticPr[^<>]*+/>)?+</si>\s*+(?:</sst>\s*+)?+"
)
_RUNS = re.compile(_RUN)
_ENTITY = re.compile("&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_MOST_TEXTS, _LONGEST = 8192, 2048
"""So many texts are remembered, each of so many bytes at most."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_UP = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_DOWN = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


class RichText:
    """Collects one text (`si` or `is`), element by element: its runs and their looks, without readings aside."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, dict[str, str]]] = []
        self._looks: dict[str, str] = {}
        self._text: list[str] | None = None
        self._kept = False
        self._in_looks = False
        self._aside = 0
        """How deep inside what is no part of the text: readings (rPh), a choice that not every program understands."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element inside the text."""
        if self._aside or tag in ("rPh", "Choice"):
            self._aside += 1
        elif tag == "r":
            self._looks = {}
        elif tag == "rPr":
            self._in_looks = True
        elif tag == "t":
            self._text = []
            self._kept = attributes.get("http://www.w3.org/XML/1998/namespace space") == "preserve"
        elif self._in_looks:
            self._looks[tag] = attributes.get("val", "")

    def text(self, text: str) -> None:
        """Take characters."""
        if self._text is not None and not self._aside:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """Take the end of an element inside the text."""
        if self._aside:
            self._aside -= 1
        elif tag == "rPr":
            self._in_looks = False
        elif tag == "r":
            self._looks = {}
        elif tag == "t" and self._text is not None:
            text = "".join(self._text)
            self._runs.append((text if self._kept else text.strip(_SPACE), self._looks))
            self._text = None

    def whole(self) -> str | Doubtful:
        """Return the text, with the doubt that its looks throw on it."""
        text = unescaped("".join(text for text, _ in self._runs))
        doubts = [(doubt_of(looks), run) for run, looks in self._runs]
        if any(doubt == STRUCK_OUT and run.strip() for doubt, run in doubts):
            return Doubtful(text, STRUCK_OUT)
        if not any(doubt and run.strip() for doubt, run in doubts):
            return text
        shown = "".join(_raised(run, looks) for run, looks in self._runs)
        return Doubtful(text, RAISED, unescaped(shown))


def _raised(run: str, looks: dict[str, str]) -> str:
    return raised(run, lowered=looks.get("vertAlign") == "subscript") if doubt_of(looks) else run


def raised(text: str, *, lowered: bool = False) -> str:
    """Return a text with its digits raised or lowered, so that nobody takes them for digits again.

    >>> raised("62,5"), raised("2", lowered=True)
    ('⁶²,⁵', '₂')
    """
    return text.translate(_DOWN if lowered else _UP)


def unescaped(text: str) -> str:
    r"""Return a text with the characters that workbooks write as _xHHHH_.

    >>> unescaped("a_x000D_b"), unescaped("_x005F_x000D_")
    ('a\rb', '_x000D_')
    """
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return match[0] if "\ud800" <= character <= "\udfff" else character  # half a character is none


def shared_texts(xml: bytes) -> list[str]:
    """Return the texts that a workbook's sheets share, in order; those with doubtful looks are `Doubtful`.

    Raises:
        FileRefused: the part is damaged or declares entities.
    """
    try:
        return _plain_texts(xml)
    except ValueError:
        return _texts_of(xml)


_seen: dict[bytes, str] = {}
"""Workbooks made from one form share most of their texts."""


def _plain_texts(xml: bytes) -> list[str]:
    """Return the texts of a part that is written as spreadsheet programs write it.

    Raises:
        ValueError: it is not, or looks may change what a text says.
    """
    head, *written = xml.split(_TEXT_START)
    if not written or b"<!" in head or b"<si" in head or not is_utf8(head):
        raise ValueError
    texts: list[str] = []
    for each in written:
        text = _seen.get(each)
        if text is None:
            if not _PLAIN_TEXT.fullmatch(each) or any(look in each for look in _LOOKS):
                raise ValueError
            text = unescaped("".join(decoded(run, kept=bool(kept)) for kept, run in _RUNS.findall(each)))
            if len(each) <= _LONGEST:
                if len(_seen) >= _MOST_TEXTS:
                    _seen.clear()
                _seen[each] = text
        texts.append(text)
    return texts


def is_utf8(head: bytes) -> bool:
    """Tell whether the beginning of a part leaves its encoding to be UTF-8."""
    at = head.find(b"encoding=")
    return at < 0 or head[at + 10 : at + 15].lower() == b"utf-8"


def decoded(text: bytes, *, kept: bool) -> str:
    """Return the characters of a text between two tags, with the spaces around it `kept`, or without.

    Raises:
        ValueError: it is no UTF-8, or refers to what is no character.

    >>> decoded("X&#227; &amp; phường ".encode(), kept=False)
    'Xã & phường'
    """
    found = text.decode()
    if "\r" in found:
        found = found.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in found:
        found, count = _ENTITY.subn(_referred, found)
        if count != text.count(b"&"):
            raise ValueError
    return found if kept else found.strip(_SPACE)


def _referred(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    number = int(match[1]) if match[1] else int(match[2], 16)
    if (number < 0x20 and number not in (9, 10, 13)) or 0xD800 <= number < 0xE000 or number in (0xFFFE, 0xFFFF):
        raise ValueError
    return chr(number)


def _texts_of(xml: bytes) -> list[str]:
    """Return the texts of a part, element by element."""
    texts: list[str] = []
    reading: list[RichText] = []
    aside = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal aside
        if aside or (tag == "Choice" and not reading):
            aside += 1
        elif reading:
            reading[0].start(tag, attributes)
        elif tag == "si":
            reading.append(RichText())

    def end(tag: str) -> None:
        nonlocal aside
        if aside:
            aside -= 1
        elif tag == "si" and reading:
            texts.append(reading.pop().whole())
        elif reading:
            reading[0].end(tag)

    def text(characters: str) -> None:
        if reading and not aside:
            reading[0].text(characters)

    parse(xml, start, end, text)
    return texts


def parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Go through a part's XML, element by element.

    Elements are told by their names alone where they are of the part's own kind, whatever prefix they are written with;
    those of other programs keep their namespace, so that they are nothing known.

    Raises:
        FileRefused: it is damaged or declares entities.
    """
    tags: dict[str, str] = {}
    home = ""

    def tag_of(name: str) -> str:
        nonlocal home
        space, _, local = name.rpartition(" ")
        home = home if tags else space
        tags[name] = local if space in (home, _ALTERNATIVES) else name
        return tags[name]

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(tags.get(name) or tag_of(name), attributes)
    parser.EndElementHandler = lambda name: end(tags[name])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise FileRefused("workbook-broken", reason=system_reason(error)) from error


def _refuse_doctype(*_: object) -> None:
    raise FileRefused("workbook-declares-entities")
