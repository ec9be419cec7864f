"""One comparison key for names, labels and answers: what is the same word however it was typed.

Equal are: composed and decomposed marks, case, spaces, the place of the tone mark ("hoà", "hòa", "hòan"), y and i where
they are one sound ("Tỷ lệ", "Tỉ lệ"), the kinds of dashes and quotation marks, letters of other alphabets that only look
like Vietnamese ones. Never equal are two words that differ by a tone or a letter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_REMEMBERED = 65_536

_LATIN = {
    "ÐƉðɖ": "ĐĐđđ",  # eth and the African d
    "Ƣƣı": "Ưưi",  # oi, which old fonts show as a u with a horn; the dotless i of scanned pages
    "АВЕКМНОРСТХУІЅЈаеорсхуіѕј": "ABEKMHOPCTXYISJaeopcxyisj",  # Cyrillic
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινρ": "ABEZHIKMNOPTYXoivp",  # Greek
}
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_ALIKE = {letter: latin for strange, meant in _LATIN.items() for letter, latin in zip(strange, meant, strict=True)}
_AS_MEANT = str.maketrans({**_ALIKE, **_WIDE})
_STRANGE = re.compile(f"[{''.join(_ALIKE)}{chr(0xFF01)}-{chr(0xFF5E)}]")

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼʹ′`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    }
)
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_SPACED_DASH = re.compile(r"\s*-\s*")

_TONES = (("ò", "à", "è"), ("ó", "á", "é"), ("ỏ", "ả", "ẻ"), ("õ", "ã", "ẽ"), ("ọ", "ạ", "ẹ"))
_TONES_OF_U = (("ù", "ỳ"), ("ú", "ý"), ("ủ", "ỷ"), ("ũ", "ỹ"), ("ụ", "ỵ"))
_OPEN = {f"o{second}": first + plain for first, *marked in _TONES for second, plain in zip(marked, "ae", strict=True)}
_OPEN |= {f"u{second}": f"{first}y" for first, second in _TONES_OF_U}
_CLOSED = {new: old for old, new in _OPEN.items()}
"""A tone mark that stands on the first of two vowels though a letter follows them: "hòan" for "hoàn"."""
_AT_END = re.compile(rf"(?:{'|'.join(_OPEN)})(?!\w)")
_WITHIN = re.compile(rf"(?:{'|'.join(_CLOSED)})(?=\w)")
_AFTER_Q = re.compile(r"\bqu([yỳýỷỹỵ])(?!\w)|\bq([ùúủũụ])y(?!\w)")
_I_OF = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True)) | dict(zip("ùúủũụ", "ìíỉĩị", strict=True))
_FINAL_Y = re.compile(r"(?<!\w)([bcdđghklmnprstvx]{1,3})([yỳýỷỹỵ])(?!\w)")


@lru_cache(maxsize=_REMEMBERED)
def key(text: str) -> str:
    """Return the form in which names, labels and answers are compared; diacritics are kept.

    >>> key("  MINH  HOẠ "), key("Tỷ lệ") == key("Tỉ lệ"), key("Ðạt") == key("Đạt")
    ('minh họa', True, True)
    >>> key("Tà Tổng") == key("Tả Tổng")
    False
    """
    compared = " ".join(text.casefold().split())
    if compared.isascii() and "y" not in compared and "-" not in compared and "`" not in compared:
        return compared
    compared = " ".join(unicodedata.normalize("NFC", as_meant(text)).casefold().translate(_SIGNS).split())
    if "-" in compared:
        compared = _SPACED_DASH.sub("-", compared)
    if not compared.isascii():
        compared = _AT_END.sub(lambda found: _OPEN[found[0]], _WITHIN.sub(lambda found: _CLOSED[found[0]], compared))
        compared = _AFTER_Q.sub(lambda found: "qu" + _I_OF[found[1] or found[2]], compared)
    return _FINAL_Y.sub(lambda found: found[1] + _I_OF[found[2]], compared)


def as_meant(text: str) -> str:
    """Return a text with the letters that only look like Vietnamese ones replaced by those.

    >>> as_meant("Ðạt"), as_meant("Cо́") == "Có", as_meant("０３")
    ('Đạt', True, '03')
    """
    if text.isascii() or not _STRANGE.search(text):
        return text
    return unicodedata.normalize("NFC", text.translate(_AS_MEANT))


@lru_cache(maxsize=4096)
def looks_alike(text: str) -> bool:
    """Tell whether a text holds letters or digits that only look like those of Vietnamese.

    >>> looks_alike("Ðạt"), looks_alike("Đạt")
    (True, False)
    """
    return not text.isascii() and _STRANGE.search(text) is not None


def without_marks(text: str) -> str:
    """Return a text without diacritics: for guesses that are asked about, never for identity.

    >>> without_marks("Tả Lèng"), without_marks("đạt")
    ('Ta Leng', 'dat')
    """
    split = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def plain_words(text: str) -> list[str]:
    """Return the words of a text in small letters and digits of ASCII: for ids, names of files, and guesses.

    >>> plain_words("99/QĐ-UBND"), plain_words("Xã Tả Lèng")
    (['99', 'qd', 'ubnd'], ['xa', 'ta', 'leng'])
    """
    return _PLAIN_WORD.findall(without_marks(text).lower())
