"""What is said of a value of the wrong form: how it is to be written at that place, with an example."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook import models
from ntm_rules.rulebook.yaml_text import flow
from ntm_rules.spelling import plain_words

Context = Mapping[str, Any]
"""What pydantic says of an error beside its type."""
LONGEST_SHOWN = 200

_SIGNED = re.compile(r"(?:[≥≤<>=]|\\geq?|\\leq?)*\s*(?P<number>-?[0-9][0-9.,]*)\s*%?")
_VIETNAMESE = re.compile(r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)")
_SPAN = re.compile(r"([0-9]{4})\s*(?:-|–|—|đến|to)\s*([0-9]{4})")
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_DATED = "[{from: 2026-01-01, value: 80, source: {document: ke-hoach}, promulgated: 2025-12-15}]"
_WITH_ARTICLE = "{value: {nhom-1: 80, nhom-2: 75}, article: Điều 1}"
_MISPLACED = {
    "article": N_("the article stands beside `value`, groups and all: {entry}"),
    "source": N_("a value with its own source stands in a list of dated values: {dated}"),
    "from": N_("a value for some days stands in a list of dated values: {dated}"),
    "to": N_("a value for some days stands in a list of dated values: {dated}"),
    "promulgated": N_("a value for some days stands in a list of dated values: {dated}"),
}
"""A key that was taken for a group among a target's groups -> where it belongs."""


def shown(value: object) -> str:
    """Return a value as it stands in a file, cut where it is long; a text without quotes.

    >>> shown(True), shown({"decision": "a"}), shown([dt.date(2026, 1, 1)]), shown("8,5")
    ('true', '{decision: a}', '[2026-01-01]', '8,5')
    """
    written = value if isinstance(value, str) else flow(value)
    return written if len(written) <= LONGEST_SHOWN else f"{written[:LONGEST_SHOWN]}…"


def wrong_form(detail: Mapping[str, Any], place: Sequence[str | int], beside: object, example: object) -> Message:
    """Return what is said of a value that pydantic refused.

    `detail` is pydantic's error; `place` leads to the value, `beside` is the mapping or list that holds it, and
    `example` what the table of keywords shows for its key (None where it shows nothing).
    """
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    misplaced = _MISPLACED.get(str(place[-1]) if place else "") if "<by_group>" in detail["loc"] else None
    if misplaced and kind in ("string_pattern_mismatch", "int_type", models.NOT_A_NUMBER):
        return Message(misplaced, dated=_DATED, entry=_WITH_ARTICLE)
    if kind == "string_pattern_mismatch" and "[key]" not in detail["loc"] and _is_of_a_day(value, place):
        return Message(
            "“{value}” is no day as rules state one; write year-month-day without quotes: {day}",
            value=shown(value),
            day=_as_day(value) or "2025-12-31",
        )
    if kind == "literal_error" and "<word>" in detail["loc"]:
        return Message(
            "choose one of: {choices}, or write a year such as {year}", choices=_choices(context), year="2025"
        )
    if kind == "string_pattern_mismatch":
        is_key = "[key]" in detail["loc"]
        is_target = "<grade>" in detail["loc"] and not is_key
        if is_target and not (isinstance(beside, dict) and "graded" in beside):
            return _no_number(value, with_grade=True)
        return _no_id(value, context["pattern"])
    if kind in ("int_type", models.NOT_A_NUMBER):
        return _no_whole_number(value, example) if kind == "int_type" else _no_number(value)
    if kind == "model_type" and len(place) > 1 and place[-2] in models.BOUNDS and isinstance(place[-1], int):
        return Message("a list holds dated values, {dated}; one number stands alone, such as 80", dated=_DATED)
    if kind in ("model_type", "dict_type", "tuple_type"):
        return _no_collection(kind, value, example)
    if kind == "string_type":
        return _no_text(value, example)
    if kind in _SAID:
        return _SAID[kind](value, context)
    if kind == "value_error":
        return Message("{reason}", reason=Message(str(context.get("error", detail["msg"]))))
    return Message("{reason}", reason=Message(_EXPECTED.get(kind, detail["msg"])))


N_("{reason}")


def _is_of_a_day(value: object, place: Sequence[str | int]) -> bool:
    """Tell whether a day belongs where a value stands, or is plainly meant by it."""
    return any(key in models.DAY_BOUNDS.values() for key in place) or _as_day(value) is not None


def _choices(context: Context) -> str:
    return str(context["expected"]).replace("'", "").replace(" or ", ", ")


def _no_number(value: object, *, with_grade: bool = False) -> Message:
    read = as_number(value)
    if read is not None and read == value:
        return Message("“{value}” in quotes is a text; take the quotation marks off", value=value)
    if read is not None:
        return Message("“{value}” is not a number; write {number}", value=shown(value), number=read)
    if with_grade and not re.search(r"\d", shown(value)):
        return Message(
            "“{value}” is neither a number, such as 80 or 80.5, nor the id of a grade, such as {id}",
            value=shown(value),
            id="-".join(plain_words(shown(value))) or "kha",
        )
    return Message("“{value}” is not a number; write one such as {example}", value=shown(value), example="80, 80.5")


def _no_whole_number(value: object, example: object) -> Message:
    if as_number(value) is not None:
        return _no_number(value)
    return Message(
        "“{value}” is not a whole number; write one such as {example}", value=shown(value), example=example or 1
    )


def as_number(value: object) -> str | None:
    """Return the number that a text means, as rule files write it; None where it means none, or more than one.

    >>> as_number("80%"), as_number("80,5"), as_number("≥ 1.234,50"), as_number("6-8"), as_number("1.2,3.4")
    ('80', '80.5', '1234.50', None, None)
    """
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return str(int(value))
    found = _SIGNED.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or not _VIETNAMESE.fullmatch(found["number"]):
        return None
    number = found["number"]
    points = number.count(".") if "," in number or number.count(".") > 1 else 0
    return (number.replace(".", "") if points else number).replace(",", ".")


_OF_ANOTHER_SET = re.compile(r"[\w.-]+:(?P<id>[\w.-]+)")
"""How what is asked of another set is shown: `1.2:8.1`."""


def _no_id(value: object, pattern: str) -> Message:
    borrowed = _OF_ANOTHER_SET.fullmatch(shown(value))
    if borrowed is not None:
        return Message(
            "“{value}” is {id} of another set; write {id} in an overlay whose `applies_to` is that set",
            value=shown(value),
            id=borrowed["id"],
        )
    words = plain_words(shown(value))
    if pattern.startswith("^[a-z]"):
        return Message(
            "“{value}” is no id of a measure: small letters without marks and digits, words joined by _, such as {example}",
            value=shown(value),
            example="_".join(words) if words and words[0][0].isalpha() else "clean_water_share",
        )
    return Message(
        "“{value}” is no id: letters without marks, digits and . _ - without spaces, such as {example}",
        value=shown(value),
        example="-".join(words) or "so-y-te",
    )


def _no_collection(kind: str, value: object, example: object) -> Message:
    span = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if isinstance(example, dict) and example.keys() == {"from", "to"} and span:
        example = {"from": int(span[1]), "to": int(span[2])}
    elif isinstance(example, dict) and example.keys() == {"vi", "en"} and isinstance(value, str):
        example = {"vi": value, "en": "..."}
    elif kind == "tuple_type" and isinstance(example, list) and isinstance(value, str) and isinstance(example[0], str):
        example = [value]
    if not isinstance(example, list if kind == "tuple_type" else dict):
        return Message("{reason}", reason=Message(_EXPECTED[kind]))
    return Message("{reason}, such as {example}", reason=Message(_EXPECTED[kind]), example=shown(_with_days(example)))


def _with_days(example: object) -> object:
    """Return an example with its days as days, which rule files state without quotes."""
    if isinstance(example, dict):
        return {key: _with_days(value) for key, value in example.items()}
    return dt.date.fromisoformat(example) if isinstance(example, str) and is_iso_day(example) else example


def _no_text(value: object, example: object) -> Message:
    if isinstance(value, dict | list):
        if isinstance(example, str):
            return Message(
                "one text is expected, such as {example}, and here stands {value}", value=shown(value), example=example
            )
        return Message("text is expected, and here stands {value}", value=shown(value))
    return Message(
        "text is expected, and {value} without quotes is none; write {quoted}",
        value=shown(value),
        quoted=f'"{shown(value)}"',
    )


def is_iso_day(text: str) -> bool:
    """Tell whether a text is a day as rule files write it.

    >>> is_iso_day("2026-03-01"), is_iso_day("01/03/2026")
    (True, False)
    """
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _no_day(value: object, _context: Context) -> Message:
    if not (isinstance(value, str) and is_iso_day(value)):
        return Message("“{value}” is not a date (write {day})", value=shown(value), day=_as_day(value) or "2025-07-01")
    return Message("“{value}” in quotes is a text; take the quotation marks off", value=value)


def _as_day(value: object) -> str | None:
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else None
    except ValueError:
        return None


_SAID: dict[str, Callable[[Any, Context], Message]] = {
    "date_type": _no_day,
    models.TOO_MANY_DECIMALS: lambda value, context: Message(
        "{value} has more than {allowed} decimals", value=value, allowed=context["allowed"]
    ),
    models.TOO_LARGE: lambda value, context: Message(
        "{value} is too large; less than {limit} is expected", value=value, limit=context["limit"]
    ),
    models.NOT_POSITIVE: lambda value, _: Message("{value} is not more than 0", value=value),
    "greater_than_equal": lambda _, context: Message("at least {limit} is expected", limit=context["ge"]),
    "less_than_equal": lambda _, context: Message("at most {limit} is expected", limit=context["le"]),
    **dict.fromkeys(
        ("literal_error", "enum"),
        lambda _, context: Message("choose one of: {choices}", choices=_choices(context)),
    ),
}
"""Type of a pydantic error -> what is said of the value written and the error's context."""
_EXPECTED = {
    "bool_type": N_("true or false is expected"),
    "tuple_type": N_("a list is expected"),
    "dict_type": N_("keys with values are expected"),
    "model_type": N_("keys with values are expected"),
    "too_short": N_("the list has too few items"),
}
"""What pydantic expects, in words for people who do not write Python."""
