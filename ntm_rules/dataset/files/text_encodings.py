"""Bytes of a text file -> text; and which old Vietnamese encoding bytes are in that are none of Unicode."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 4096
_MOST_OF = 0.3
"""Of UTF-16 with Vietnamese in it, at least so many of the high bytes are zero: those of plain letters and digits."""
LINE_ENDS = re.compile(rb"\r\n|\r|\n")


class NotUnicode(Exception):
    """Bytes that are no Unicode text; `line` is that of the first strange byte, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 or UTF-32 as spreadsheet programs save it, without byte-order marks.

    Raises:
        NotUnicode: it is in none of them.

    >>> decoded("Xã".encode("utf-16")), decoded("Mã xã;Xã".encode("utf-16-be")), decoded(b"\\xef\\xbb\\xbf" * 2 + b"a")
    ('Xã', 'Mã xã;Xã', 'a')
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "") or _without_mark(data)
    try:
        return data.decode(encoding or "utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise NotUnicode(len(LINE_ENDS.findall(data[: error.start])) + 1) from error


def _without_mark(data: bytes) -> str:
    """Return which UTF-16 bytes are that have no byte-order mark; "" for all others."""
    head = data[:_LOOKED_AT]
    pairs = len(head) // 2
    if not pairs or b"\0" not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > pairs * _MOST_OF and even * 10 < odd:
        return "utf-16-le"
    if even > pairs * _MOST_OF and odd * 10 < even:
        return "utf-16-be"
    return ""


def old_encoding(data: bytes, words: Collection[str]) -> str:
    """Return the name of the old encoding under which bytes hold most of some known words; "" where it is none."""
    counts = {name: _known(decode(data[:65_536]), words) for name, decode in OLD_ENCODINGS.items()}
    name = max(counts, key=lambda one: counts[one])
    return name if counts[name] else ""


def old_encoding_of_text(text: str, words: Collection[str]) -> str:
    """Return the old encoding that a text was typed in before it was saved as Unicode; "" where it says more as it is."""
    head = text[:65_536]
    typed = "" if head.isascii() else old_encoding(head.encode("cp1252", "replace"), words)
    if not typed or _known(head, words) >= _known(OLD_ENCODINGS[typed](head.encode("cp1252", "replace")), words):
        return ""
    return typed


def _known(text: str, words: Collection[str]) -> int:
    found = re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())
    return sum(not word.isascii() and word in words for word in found)


def _tcvn3(data: bytes) -> str:
    return data.decode("latin-1").translate(_TCVN3)


def _vni(data: bytes) -> str:
    text = data.decode("cp1252", "replace")
    return _VNI_ALONE.sub(lambda found: _VNI_LETTERS[found[0]], _VNI_PAIR.sub(_vni_letter, text))


def _vni_letter(found: re.Match[str]) -> str:
    letter, marks = found[1], _VNI_MARKS[found[2].casefold()]
    return unicodedata.normalize("NFC", _VNI_LETTERS.get(letter, letter) + marks)


def _windows_1258(data: bytes) -> str:
    return data.decode("cp1258", "replace")


_TCVN3_LETTERS = (
    "¸á µà ¶ả ·ã ¹ạ ¨ă ¾ắ »ằ ¼ẳ ½ẵ Æặ ©â Êấ Çầ Èẩ Éẫ Ëậ Ðé Ìè Îẻ Ïẽ Ñẹ ªê Õế Òề Óể Ôễ Öệ Ýí ×ì Øỉ Üĩ Þị ãó ßò áỏ âõ äọ"
    " «ô èố åồ æổ çỗ éộ ¬ơ íớ êờ ëở ìỡ îợ óú ïù ñủ òũ ôụ \u00adư øứ õừ öử ÷ữ ùự ýý úỳ ûỷ üỹ þỵ ®đ ¡Ă ¢Â £Ê ¤Ô ¥Ơ ¦Ư §Đ"
)
_TCVN3 = str.maketrans({pair[0]: pair[1] for pair in _TCVN3_LETTERS.split(" ")})
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT, _CIRCUMFLEX, _BREVE = (
    "\u0301",
    "\u0300",
    "\u0309",
    "\u0303",
    "\u0323",
    "\u0302",
    "\u0306",
)
_VNI_MARKS: Mapping[str, str] = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT, "â": _CIRCUMFLEX, "ê": _BREVE,
    "á": _CIRCUMFLEX + _ACUTE, "à": _CIRCUMFLEX + _GRAVE, "å": _CIRCUMFLEX + _HOOK, "ã": _CIRCUMFLEX + _TILDE,
    "ä": _CIRCUMFLEX + _DOT, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}  # fmt: skip
"""VNI writes a letter and then its marks, as one more letter."""
_VNI_LETTERS: Mapping[str, str] = {
    "ô": "ơ", "Ô": "Ơ", "ö": "ư", "Ö": "Ư", "ñ": "đ", "Ñ": "Đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
}  # fmt: skip
_VNI_PAIR = re.compile(f"([aeiouyôöAEIOUYÔÖ])([{''.join(_VNI_MARKS)}{''.join(_VNI_MARKS).upper()}])")
_VNI_ALONE = re.compile(f"[{''.join(_VNI_LETTERS)}]")

OLD_ENCODINGS: Mapping[str, Callable[[bytes], str]] = {
    "windows-1258": _windows_1258,
    "TCVN3 (ABC)": _tcvn3,
    "VNI": _vni,
}
"""How people call the encodings of before Unicode -> how their bytes are read."""
