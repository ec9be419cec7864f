"""The numbers that the words of a law state, with their comparison and what follows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ntm_rules.rulebook.printed_source import evident

_NUMBER = re.compile(
    r"(?<![\w.,/-])(?P<number>\d+(?:[.,]\d+)*)(?P<percent>\s*%(?:\s*/\s*(?:năm|quý|tháng)\b)?)?(?![\w/-]|[.,]\d)"
)
_SPAN = re.compile(r"(?:-|–|đến|tới)\s*\d+(?:[.,]\d+)*(?P<percent>\s*%)?(?P<after>.*)", re.DOTALL)
"""Behind the first number of "1 - 1,5 điểm %": both are in the unit of the second."""
_UP_TO = re.compile(r"\btừ\s+\d[\d.,]*\s*%?\s*(?:[^\s,;]+\s+){0,3}?đến\s*$")
"""The second number of a range, with a unit behind the first or without."""
_AT_LEAST = re.compile(
    r"(?:≥|tối thiểu|ít nhất|không dưới|không thấp hơn|không ít hơn|không nhỏ hơn|không kém hơn|đạt|đến|từ)\s*$"
)
_AT_MOST = re.compile(
    r"(?:≤|tối đa|nhiều nhất|không quá|không vượt quá|không cao hơn|không nhiều hơn|không lớn hơn|không trên)\s*$"
)
_LESS_THAN = re.compile(r"(?:<|(?<!không )dưới|(?<!không )(?:thấp|nhỏ|ít|kém) hơn)\s*$")
_MORE_THAN = re.compile(r"(?:>|(?<!không )trên|(?<!không )quá|(?<!thấp )(?<!ít )(?<!nhỏ )(?<!kém )hơn)\s*$")
_OF_NO_TARGET = re.compile(
    r"(?:(?:đến|tới|-|–)\s*(?:dưới\s+)?\d+\s+)?(?:tháng )?tuổi\b"
    r"|(?:năm|quý|tháng|kỳ) (?:liên tiếp|liên tục|liền|gần nhất|gần đây|trước)\b"
)
"""What follows a number that says who or when is meant, and not how much."""
_NONE = re.compile(r"\bkhông\b(?! (?:quá|dưới|trên|vượt|(?:thấp|cao|ít|nhiều|nhỏ|lớn|kém) hơn))")
"""“Không có hộ nghèo”: the number it demands is 0."""
_EACH = re.compile(r"\b(?:mỗi|mọi|từng|tất cả|toàn bộ|đều)\b")
_DIGITS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_IN_WORDS = re.compile(
    rf"(?:từ|có|là|đạt|ít nhất|tối thiểu|tối đa|nhiều nhất|không quá|trên|dưới|hơn|gấp)\s+({'|'.join(_DIGITS)})\b"
)
_TIMES = {"gấp rưỡi": Decimal("1.5"), "gấp đôi": Decimal(2)}
_PART = re.compile(rf"(?<![\w/.,])(\d|{'|'.join(_DIGITS)})\s*(?:/|phần)\s*(\d|{'|'.join(_DIGITS)})(?![\w/.,])")
_MONEY = "đồng"
_AND_MORE = re.compile(r"[^,;.]{0,40}?\btrở lên\b")
_AND_LESS = re.compile(r"[^,;.]{0,40}?\btrở xuống\b")


@dataclass(frozen=True, slots=True)
class StatedNumber:
    """One number of a text.

    `comparator` is `at_least`, `at_most`, `more_than`, `less_than` or empty where the words do not say.
    """

    values: frozenset[Decimal]
    """What it may be read as: “1.234” is 1234 or 1,234."""
    percent: bool
    comparator: str
    after: str
    """The words after it, in lower case."""
    shown: str

    @property
    def is_demanded(self) -> bool:
        """Tell whether the words make it a level to be reached, not a mere count or name."""
        return self.percent or self.comparator != ""


def stated_numbers(text: str) -> list[StatedNumber]:
    """Return the numbers a text states, in order.

    >>> [(n.shown, n.comparator, n.percent) for n in stated_numbers(r"đạt $\\geq 80\\%$; 4 tại chỗ; không quá 5,5 ha")]
    [('80%', 'at_least', True), ('4', '', False), ('5,5', 'at_most', False)]
    """
    text = evident(text)
    found = []
    for match in _NUMBER.finditer(text):
        before, after = text[: match.start()], text[match.end() :].strip()
        percent = match["percent"] is not None
        comparator = _comparator(before, after)
        span = _SPAN.match(after)
        if span is not None:
            percent, after = percent or span["percent"] is not None, span["after"].strip()
        found.append(
            StatedNumber(
                _readings(match["number"]), percent, comparator, after, match["number"] + ("%" if percent else "")
            )
        )
    return found


def numbers_in_words(text: str) -> frozenset[Decimal]:
    """Return the numbers that a text states without digits.

    >>> sorted(numbers_in_words("Có ít nhất hai hợp tác xã; sản lượng gấp rưỡi"))
    [Decimal('1.5'), Decimal('2')]
    """
    text = evident(text).casefold()
    times = {number for words, number in _TIMES.items() if words in text}
    return frozenset(times | {Decimal(_DIGITS[match[1]]) for match in _IN_WORDS.finditer(text)})


def stated_parts(text: str) -> frozenset[Fraction]:
    """Return the parts of a whole that a text states ("2/3 số hộ", "hai phần ba", "một nửa").

    >>> stated_parts("Ít nhất 2/3 số hộ; quá một nửa số thôn") == {Fraction(2, 3), Fraction(1, 2)}
    True
    """
    text = evident(text).casefold()
    found = {Fraction(1, 2)} if "một nửa" in text else set()
    for match in _PART.finditer(text):
        part, whole = (int(one) if one.isdigit() else _DIGITS[one] for one in match.groups())
        if 0 < part < whole:
            found.add(Fraction(part, whole))
    return frozenset(found)


def ways_to_write(number: Decimal, unit: str) -> frozenset[Decimal]:
    """Return a number of a unit as a text may state it: of money in đồng, in thousands, millions or billions of them.

    >>> Decimal(45_000_000) in ways_to_write(Decimal(45), "triệu đồng")
    True
    """
    if not unit.casefold().endswith(_MONEY):
        return frozenset({number})
    return frozenset(number.scaleb(places) for places in range(-9, 10, 3))


def says_each(text: str) -> bool:
    """Tell whether a text demands something of each of several, all of them.

    >>> says_each("Mỗi ấp có ít nhất 1 nhà văn hóa"), says_each("Có nhà văn hóa")
    (True, False)
    """
    return _EACH.search(evident(text).casefold()) is not None


def says_none(text: str) -> bool:
    """Tell whether a text demands that there be none of something: 0 without the digit.

    >>> says_none("Không còn nhà tạm"), says_none("không quá 5%"), says_none("không thấp hơn 80%")
    (True, False, False)
    """
    return _NONE.search(evident(text)) is not None


def _comparator(before: str, after: str) -> str:
    if _OF_NO_TARGET.match(after):
        return ""
    if _AT_MOST.search(before) or _AND_LESS.match(after) or _UP_TO.search(before):
        return "at_most"
    if _AND_MORE.match(after) or _AT_LEAST.search(before):
        return "at_least"
    if _LESS_THAN.search(before):
        return "less_than"
    return "more_than" if _MORE_THAN.search(before) else ""


_VIETNAMESE = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_ENGLISH = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


def _readings(written: str) -> frozenset[Decimal]:
    """Return what digits may mean with a comma before decimals, as in Vietnamese, and with a point, as in YAML."""
    readings = set()
    if _VIETNAMESE.fullmatch(written):
        readings.add(Decimal(written.replace(".", "").replace(",", ".")))
    if _ENGLISH.fullmatch(written):
        readings.add(Decimal(written.replace(",", "")))
    return frozenset(readings)
