"""What a later decision says of one target, of one commune's group, of one reference figure."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from ntm_rules.errors import nearest
from ntm_rules.rulebook.models.basics import FIRST_YEAR, LAST_YEAR, Day, Id, Number, Text, Whole, Written
from ntm_rules.rulebook.models.targets import (
    ByGroup,
    ClassedValue,
    DerivedValue,
    PendingTarget,
    ValueWritten,
    value_form,
)


class ReferenceTold(Written):
    """A reference figure of one year as a later document states it."""

    year: Whole = Field(ge=FIRST_YEAR, le=LAST_YEAR)
    value: ValueWritten
    article: str | None = None


class OverlayDocument(Written):
    """The decision that an overlay carries into the set."""

    number: str
    date: Day
    issuer: str
    title: Text
    file: str | None = None
    """Path of its text inside the overlay's folder, where that carries it."""


class InForce(Written):
    """`{standard: in-force}`: a condition without a number of its own becomes binding."""

    standard: Literal["in-force"]
    article: str | None = None


class SetTarget(Written):
    """An overlay's entry with its article."""

    value: ValueWritten
    article: str | None = None


class PendingAgain(PendingTarget):
    """`{pending: {decision: ...}}`: what was fixed waits on a decision again."""

    article: str | None = None


def _overlay_form(value: object) -> str:
    if isinstance(value, PendingAgain) or (isinstance(value, dict) and "pending" in value):
        return "<pending>"
    if isinstance(value, InForce) or (isinstance(value, dict) and "standard" in value):
        return "<in_force>"
    if isinstance(value, SetTarget) or (isinstance(value, dict) and "value" in value):
        return "<with_article>"
    if isinstance(value, dict) and "article" in value:
        meant = (nearest(key, list(_MEANT)) for key in value if isinstance(key, str) and key != "article")
        return next((_MEANT[key] for key in meant if key is not None), value_form(value))
    return value_form(value)


_MEANT = {"value": "<with_article>", "standard": "<in_force>", "pending": "<pending>"}
"""A key that an entry with an article has -> its form, so that a slip in it is told as one."""


OverlayEntry = Annotated[
    Annotated[InForce, Tag("<in_force>")]
    | Annotated[PendingAgain, Tag("<pending>")]
    | Annotated[SetTarget, Tag("<with_article>")]
    | Annotated[Number, Tag("<number>")]
    | Annotated[ByGroup, Tag("<by_group>")]
    | Annotated[ClassedValue, Tag("<by_class>")]
    | Annotated[Day, Tag("<day>")]
    | Annotated[DerivedValue, Tag("<derived>")]
    | Annotated[Id, Tag("<grade>")],
    Discriminator(_overlay_form),
]


class CommuneGroup(Written):
    """A commune's group, with the words of the document that assigns it."""

    group: Id
    source: str
