"""Number formats of cells: what a format shows of a number, held against the number itself.

A format that shows the same number (marks between thousands, colours, fewer decimals) says nothing. One that shows a
percentage, a day, or a number of another size does: what a person sees is then not what the cell holds. Words that it
writes behind the number (44,5 tỷ for 44.5) are read as if they were typed there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from ntm_rules.dataset.cells.numbers import Percent, Refused, Rescaled, from_float, from_text, show

BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 41: '#,##0;-#,##0;"-";@', 42: '#,##0;-#,##0;"-";@',
    43: '#,##0.00;-#,##0.00;"-";@', 44: '#,##0.00;-#,##0.00;"-";@', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 67: "0%", 68: "0.00%",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58, *range(71, 75)), "d/m/yyyy"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56, 75, 76, 77, 78, 79, 80, 81), "h:mm"),
}  # fmt: skip
"""What a format's number stands for where the file does not say; those of other languages' Excel included."""
GENERAL = "General"

Kind = Literal["number", "day", "span"]
Item = tuple[str, str]
"""("digit", "0"), ("point", "."), ("comma", ","), ("percent", "%"), ("literal", " km"), ("general", ""), ("odd", "E+")."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<wide>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<odd>[eE][+-]|AM/PM|A/P)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_COLOUR = re.compile(r"(?i)black|blue|cyan|green|magenta|red|white|yellow|colou?r ?[0-9]+")
_SPAN = re.compile(r"(?i)h+|m+|s+")
_DAY_LETTERS = "dDmMyYhHsSbB"
_WORDS = re.compile(r"[^\W\d_]")
_FIGURE_ALONE = re.compile(r"(?<![^\W_])[0-9]")
"""A figure that is no part of a unit as in m2."""
_CURRENCY = re.compile(r"(?i)đ|đồng|vnd|vnđ|vn đồng")
"""Words of a format for amounts of money that say of which, not how many of it."""
_NUMERIC = frozenset("0123456789., \u00a0")


@dataclass(frozen=True, slots=True)
class FormatSection:
    """One part of a format's code, for the numbers that it is meant for."""

    items: tuple[Item, ...]
    condition: tuple[str, Decimal] | None
    coloured: bool

    @property
    def odd(self) -> bool:
        """Whether it writes a fraction or powers of ten, which show the number itself."""
        return any(kind == "odd" for kind, _ in self.items)

    @property
    def percents(self) -> int:
        """How often a number is multiplied by 100 before it is shown."""
        return sum(kind == "percent" for kind, _ in self.items)

    @property
    def thousands(self) -> int:
        """How often a number is divided by 1000: commas after the last digit of its whole part."""
        digits = [at for at, (kind, _) in enumerate(self.items) if kind == "digit"]
        point = next((at for at, (kind, _) in enumerate(self.items) if kind == "point"), len(self.items))
        last_whole = max((at for at in digits if at < point), default=-1)
        return sum(
            kind == "comma" and bool(digits) and (last_whole < at < point or at > digits[-1])
            for at, (kind, _) in enumerate(self.items)
        )

    @property
    def words(self) -> str:
        """What it writes behind the number and a person reads as its unit; empty for signs alone."""
        last = max((at for at, (kind, _) in enumerate(self.items) if kind in ("digit", "general")), default=-1)
        behind = "".join(text for kind, text in self.items[last + 1 :] if kind == "literal").rstrip()
        return behind if last >= 0 and _WORDS.search(behind) and not _CURRENCY.fullmatch(behind.strip()) else ""

    def says_more(self, *, minus: bool) -> bool:
        """Whether signs or words before the number, or figures behind it, make something else of it: "<90", "KH: 95".

        `minus`: the number is negative, and its sign or brackets are expected.
        """
        numeric = [at for at, (kind, _) in enumerate(self.items) if kind in ("digit", "general", "odd")]
        if not numeric:
            return True
        before, behind = (
            "".join(text for kind, text in part if kind == "literal").strip()
            for part in (self.items[: numeric[0]], self.items[numeric[-1] + 1 :])
        )
        expected = "-(\u2212" if minus else "+"
        rest = "".join(sign for sign in before if sign not in expected and unicodedata.category(sign) != "Sc").strip()
        return bool(rest and not _CURRENCY.fullmatch(rest)) or _FIGURE_ALONE.search(behind) is not None

    def tells_the_same(self, *, minus: bool = False) -> bool:
        """Tell whether it shows of a number that number, whichever it is; `minus`: of a negative one."""
        kinds = {kind for kind, _ in self.items}
        literals = "".join(text for kind, text in self.items if kind == "literal")
        return (
            ("digit" in kinds or "general" in kinds)
            and not self.percents
            and not self.thousands
            and not self.words
            and not self.says_more(minus=minus)
            and not any(letter in "0123456789.," for letter in literals)
        )


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format's code, understood."""

    code: str
    kind: Kind
    sections: tuple[FormatSection, ...]

    @property
    def plain(self) -> bool:
        """Whether it shows every number as it is, so that nobody needs to look at it again."""
        if self.kind != "number":
            return False
        if any(section.condition for section in self.sections):
            return all(section.tells_the_same() for section in self.sections)
        if not self.sections[0].tells_the_same():
            return False
        return len(self.sections) < 2 or (
            self.sections[1].tells_the_same(minus=True) and _shows_a_minus(self.sections[1])
        )

    def seen(self, number: float) -> float | str | Percent | Rescaled:
        """Return a number as it is, or what else a person sees: a percentage, a number of another size, or with words."""
        exact = Decimal(repr(float(number)))
        if not exact.is_finite():
            return Percent(float(number)) if any(section.percents for section in self.sections) else number
        section, minus = self._section(exact)
        if section.odd:
            return number
        if any(kind == "general" for kind, _ in section.items) and not section.percents:
            if section.says_more(minus=exact < 0):
                return Rescaled(float(number), _written_out(section, number), self.code)
            return _with_words(number, section)
        shown = _shown(section, exact)
        signless = exact < 0 and not minus and not _shows_a_minus(section)
        altered = section.says_more(minus=exact < 0) and any(kind == "digit" for kind, _ in section.items)
        if (exact and (signless or section.percents > 1 or not _says(shown, exact, section))) or altered:
            text = "".join(text for text, _ in shown).strip()
            return Rescaled(float(number), f"-{text}" if minus else text, self.code)
        return Percent(float(number)) if section.percents else _with_words(number, section)

    def _section(self, number: Decimal) -> tuple[FormatSection, bool]:
        """Return the section that shows a number, and whether a minus is put before it."""
        first, *others = self.sections
        if any(section.condition for section in self.sections):
            for section in self.sections:
                if section.condition is None or _holds(section.condition, number):
                    return section, number < 0
            return self.sections[-1], number < 0
        if number < 0 and others:
            return others[0], False
        if number == 0 and len(others) > 1:
            return others[1], False
        return first, number < 0


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """Return what a format's code means.

    >>> number_format("dd/mm/yyyy").kind, number_format("[h]:mm").kind, number_format('#,##0.0" \u20ab"').plain
    ('day', 'span', True)
    >>> number_format("0.0%").seen(0.8), number_format("#,##0,").seen(1250000.0).shown
    (Percent(number=0.8), '1.250')
    >>> number_format('0.0" tỷ"').seen(44.5)
    '44,5 tỷ'
    """
    parts = _split(code)
    kinds = [_kind(part) for part in parts if "@" not in _bare(part)]
    numeric = [part for part in parts if "@" not in _bare(part)][:3] or [GENERAL]
    kind: Kind = "span" if "span" in kinds else "day" if "day" in kinds else "number"
    return NumberFormat(code, kind, tuple(map(_section_of, numeric)))


def _bare(code: str) -> str:
    """Return a code without what it only writes, and without colours and conditions."""
    return "".join(match["other"] or match["general"] or match["odd"] or "" for match in _TOKEN.finditer(code))


def _split(code: str) -> list[str]:
    """Return the sections of a code: semicolons part them, unless quoted or escaped."""
    parts = [""]
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            parts.append("")
        else:
            parts[-1] += match[0]
    return parts[:4]


def _kind(part: str) -> Kind:
    brackets = [match["bracket"] for match in _TOKEN.finditer(part) if match["bracket"] is not None]
    if any(_SPAN.fullmatch(bracket) for bracket in brackets):
        return "span"
    bare = _bare(part).replace(GENERAL, "")
    return "day" if any(letter in _DAY_LETTERS for letter in re.sub(r"[eE][+-]", "", bare)) else "number"


def _section_of(part: str) -> FormatSection:
    items: list[Item] = []
    condition: tuple[str, Decimal] | None = None
    coloured = False
    for match in _TOKEN.finditer(part):
        bracket, other = match["bracket"], match["other"]
        literal = match["quoted"] if match["quoted"] is not None else match["escaped"]
        if bracket is not None:
            asked = _CONDITION.fullmatch(bracket)
            if asked:
                condition = asked[1], Decimal(asked[2])
            elif bracket.startswith("$"):
                items.append(("literal", bracket[1:].partition("-")[0]))
            coloured = coloured or _COLOUR.fullmatch(bracket) is not None
        elif literal is not None:
            items.append(("literal", literal))
        elif match["wide"] is not None:
            items.append(("literal", " "))
        elif match["general"] is not None:
            items.append(("general", ""))
        elif match["odd"] is not None or (other == "/" and any(kind == "digit" for kind, _ in items)):
            items.append(("odd", match[0]))
        elif other is not None:
            kinds = {"0": "digit", "#": "digit", "?": "digit", ".": "point", ",": "comma", "%": "percent"}
            items.append((kinds.get(other, "literal"), other))
    return FormatSection(tuple(items), condition, coloured)


def _with_words(number: float, section: FormatSection) -> float | str:
    """Return a number with the words that a section writes behind it, as a text; the number itself where there are none."""
    return f"{show(from_float(float(number)))}{section.words}" if section.words else number


def _written_out(section: FormatSection, number: float) -> str:
    """Return what a section that shows a number as it is writes with it."""
    digits = show(from_float(float(number)))
    return "".join(digits if kind == "general" else text for kind, text in section.items).strip()


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, bound = condition
    return {
        "<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound,
        "=": number == bound, "<>": number != bound,
    }[sign]  # fmt: skip


def _shows_a_minus(section: FormatSection) -> bool:
    """Tell whether a section for negative numbers says so: by a sign, brackets or a colour."""
    return section.coloured or any(kind == "literal" and set(text) & set("-(\u2212") for kind, text in section.items)


def _shown(section: FormatSection, number: Decimal) -> list[tuple[str, bool]]:
    """Return what a section writes of a number's size, piece by piece, and whether each is a digit of the number."""
    items = section.items
    point = next((at for at, (kind, _) in enumerate(items) if kind == "point"), len(items))
    decimals = sum(kind == "digit" for kind, _ in items[point:])
    size = abs(number) * Decimal(100) ** section.percents / Decimal(1000) ** section.thousands
    rounded = size.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    places = [at for at in range(point) if items[at][0] == "digit"]
    grouped = any(kind == "comma" for kind, _ in items[places[0] : places[-1]]) if places else False
    digits = list(whole if whole != "0" else "")
    standing: dict[int, str] = {}
    for at in reversed(places):
        if digits:
            standing[at] = "".join(digits) if at == places[0] else digits[-1]
            digits = [] if at == places[0] else digits[:-1]
        else:
            standing[at] = "0" if items[at][1] == "0" else ""
    pieces: list[tuple[str, bool]] = []
    after, left = 0, sum(len(text) for text in standing.values())
    for at, (kind, text) in enumerate(items):
        if kind == "digit" and at < point:
            for digit in standing[at]:
                pieces.append((digit, True))
                left -= 1
                if grouped and left and left % 3 == 0:
                    pieces.append((".", True))
        elif kind == "digit":
            pieces.append((fraction[after : after + 1], True))
            after += 1
        elif kind == "point":
            pieces.append((",", True))
        elif kind in ("literal", "percent"):
            pieces.append((text, False))
    return pieces


def _says(shown: list[tuple[str, bool]], number: Decimal, section: FormatSection) -> bool:
    """Tell whether the digits that a person sees together are the number, rounded to the decimals shown."""
    letters = [(letter, own) for text, own in shown for letter in text]
    runs: list[str] = []
    run, own_in_run = "", False
    for letter, own in [*letters, ("", False)]:
        if letter and letter in _NUMERIC:
            run, own_in_run = run + letter, own_in_run or (own and letter.isdigit())
            continue
        if own_in_run:
            runs.append(run.strip("., \u00a0"))
        run, own_in_run = "", False
    if len(runs) != 1:
        return False
    try:
        digits, decimals = from_text(runs[0])
    except Refused as refused:
        if refused.code != "number-two-readings":
            return False
        digits, decimals = int(runs[0].replace(".", "")), 0
    written_decimals = len(runs[0].partition(",")[2])
    size = abs(number) * Decimal(100) ** section.percents
    return abs(Decimal(digits).scaleb(-decimals) - size) * 2 <= Decimal(1).scaleb(-written_decimals)
