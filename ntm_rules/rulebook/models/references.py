"""reference-figures.yaml: figures of province and nation that targets are taken from."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from ntm_rules.i18n import N_
from ntm_rules.rulebook.models.basics import FIRST_YEAR, LAST_YEAR, Day, Id, Text, Whole, Written
from ntm_rules.rulebook.models.documents import Source
from ntm_rules.rulebook.models.targets import Pending, ValueWritten


class ReferenceValue(Written):
    """A reference figure of one year; several of a year are one that was told anew."""

    year: Whole = Field(ge=FIRST_YEAR, le=LAST_YEAR)
    value: ValueWritten | None = None
    pending: Pending | None = None
    source: Source | None = None
    promulgated: Day | None = None

    @model_validator(mode="after")
    def _is_known_or_awaited(self) -> Self:
        if (self.value is None) == (self.pending is None):
            raise ValueError(N_("state exactly one of value, pending"))
        if self.value is not None and (self.source is None or self.promulgated is None):
            raise ValueError(N_("a value has its `source` and the day it was `promulgated`"))
        return self


class ReferenceFigure(Written):
    """A figure of the province or the nation that targets are taken from ("bình quân chung của tỉnh")."""

    id: Id
    label: Text
    unit: Text
    of: Literal["province", "nation"]
    held_by: Id | None = None
    """The agency that has it."""
    held_by_text: Text | None = None
    """Who has it, where that is a body outside agencies.yaml."""
    values: tuple[ReferenceValue, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _someone_has_it(self) -> Self:
        if (self.held_by is None) == (self.held_by_text is None):
            raise ValueError(N_("say who has the figure: one of held_by, held_by_text"))
        return self
