"""The numbers that the words of a law state, with their comparison and what follows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ntm_rules.rulebook.printed_source import evident

_NUMBER = re.compile(r"(?<![\w.,/-])(?P<number>\d+(?:[.,]\d+)*)(?P<percent>\s*%)?(?![\w/-]|[.,]\d)")
_UP_TO = re.compile(r"\btừ\s+\d[\d.,]*\s*%?\s*(?:[^\s,;]+\s+){0,3}?đến\s*$")
"""The second number of a range, with a unit behind the first or without."""
_AT_LEAST = re.compile(r"(?:≥|tối thiểu|ít nhất|không dưới|không thấp hơn|không ít hơn|đạt|đến|từ)\s*$")
_AT_MOST = re.compile(r"(?:≤|tối đa|nhiều nhất|không quá|không vượt quá|không cao hơn|không trên)\s*$")
_LESS_THAN = re.compile(r"(?:<|(?<!không )dưới|(?<!không )(?:thấp|nhỏ|ít|kém) hơn)\s*$")
_MORE_THAN = re.compile(r"(?:>|(?<!không )trên|(?<!không )quá|(?<!thấp )(?<!ít )(?<!nhỏ )(?<!kém )hơn)\s*$")
_OF_NO_TARGET = re.compile(
    r"(?:(?:đến|tới|-|–)\s*(?:dưới\s+)?\d+\s+)?(?:tháng )?tuổi\b"
    r"|(?:năm|quý|tháng|kỳ) (?:liên tiếp|liên tục|liền|gần nhất|gần đây|trước)\b"
)
"""What follows a number that says who or when is meant, and not how much."""
_NONE = re.compile(r"\bkhông\b(?! (?:quá|dưới|trên|vượt|(?:thấp|cao|ít|nhiều|nhỏ|lớn|kém) hơn))")
"""“Không có hộ nghèo”: the number it demands is 0."""
_EACH = re.compile(r"\b(?:mỗi|mọi|từng|tất cả|toàn bộ)\b")
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
        found.append(
            StatedNumber(
                _readings(match["number"]), percent, comparator, after, match["number"] + ("%" if percent else "")
            )
        )
    return found


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
