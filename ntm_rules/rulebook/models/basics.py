"""What every file of a set is written with: ids, numbers, days, texts in both languages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from ntm_rules.exact import TARGET_DECIMALS
from ntm_rules.i18n import current_language

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
"""A domain id: kebab-case, no diacritics; requirement ids may hold dots ("8.1.b")."""
MeasureId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
"""A measure id: a snake_case English name, free of double underscores (they separate column parts)."""


NOT_A_NUMBER = "not_a_number"
TOO_MANY_DECIMALS = "too_many_decimals"
TOO_LARGE = "too_large"
LARGEST = 10**8
"""A target is less than this."""
MOST_ROUNDED = TARGET_DECIMALS - 1
"""Decimals that the law may round to: half a step of the last must be a number that a target can be."""


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise PydanticCustomError(NOT_A_NUMBER, "a number is expected")
    number = Decimal(value)
    if abs(number) >= LARGEST:
        raise PydanticCustomError(TOO_LARGE, "less than {limit} is expected", {"limit": LARGEST})
    if number != round(number, TARGET_DECIMALS):
        raise PydanticCustomError(TOO_MANY_DECIMALS, "at most {allowed} decimals", {"allowed": TARGET_DECIMALS})
    return number


Number = Annotated[Decimal, BeforeValidator(_number)]
Day = Annotated[dt.date, Field(strict=True)]
"""A date written as one; a bare number is not a number of seconds."""
Whole = Annotated[int, Field(strict=True)]
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years of the calendar that a law can speak of."""
NOT_POSITIVE = "not_positive"


def _positive(number: Decimal) -> Decimal:
    if number <= 0:
        raise PydanticCustomError(NOT_POSITIVE, "more than 0 is expected")
    return number


Points = Annotated[Number, AfterValidator(_positive)]
"""Points of an indicator: they may rank progress and never take part in a verdict."""


class Written(BaseModel):
    """Base of everything read from a rule file."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Text(Written):
    """A label in both languages."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the label in `language` ("vi" or "en")."""
        return self.en if language == "en" else self.vi

    def __str__(self) -> str:
        """Return the label in the language in force."""
        return self.in_language(current_language())


def in_both(vi: str, en: str) -> Text:
    """Return a text as it is printed with its English, or printed alone where it has none."""
    return Text.model_construct(vi=vi, en=en or vi)


PERCENT_SIGN = Text(vi="%", en="%")
WHOLE_PERCENT = Decimal(100)
