"""measures.yaml: what a commune reports."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from ntm_rules.i18n import N_
from ntm_rules.rulebook.kinds import KINDS, Kind, Traits
from ntm_rules.rulebook.models.basics import PERCENT_SIGN, WHOLE_PERCENT, Id, MeasureId, Number, Text, Whole, Written


class Counted(Written):
    """How a share is counted: what stands above and below the line, in which unit."""

    numerator: Text
    denominator: Text
    unit: Text
    decimals: Whole = Field(default=0, ge=0, le=4)


class Range(Written):
    """Bounds of what can be reported at all; a figure outside is a mistake, not a result."""

    min: Number | None = None
    max: Number | None = None


class Measure(Written):
    """A figure or statement that a commune reports once a year."""

    id: MeasureId
    label: Text
    kind: Kind
    unit: Text
    range: Range | None = None
    decimals: Whole = Field(default=2, ge=0, le=4)
    """Decimals shown; more may be reported and are compared exactly."""
    counted: Counted | None = None
    sense: Literal["higher", "lower"] | None = None
    """Which way is better, for quantities."""
    zero_denominator: Literal["not_applicable", "invalid"] = "invalid"
    scale: Id | None = None
    attested_by: Id | None = None
    per: Literal["commune", "hamlet"] = "commune"
    """Of what it is reported: of the commune, or of each hamlet (thôn, bản, ấp) in it."""
    evidence: Text
    note: Text | None = None

    @property
    def of_hamlets(self) -> bool:
        """Whether each hamlet has a figure of its own."""
        return self.per == "hamlet"

    @property
    def traits(self) -> Traits:
        """What its kind sets it apart by."""
        return KINDS[self.kind]

    @property
    def whole_percent(self) -> Decimal:
        """The most percent that a share can be: 100, or more where its range says so."""
        most = self.range.max if self.range is not None and self.range.max is not None else WHOLE_PERCENT
        return max(most, WHOLE_PERCENT)

    @property
    def reported_unit(self) -> Text:
        """The unit of its figures: of a share percent, which its counts come to."""
        return PERCENT_SIGN if self.traits.counted else self.unit

    @property
    def compared_unit(self) -> Text:
        """The unit in which it is held against its target."""
        return PERCENT_SIGN if self.traits.in_percent else self.unit

    @property
    def unit_is_percent(self) -> bool:
        """Whether its own unit is percent, of whatever."""
        return self.unit.vi.lstrip().startswith("%")

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.traits.counted != (self.counted is not None):
            raise ValueError(N_("`counted` belongs to a share, and every share has it"))
        if self.traits.graded != (self.scale is not None):
            raise ValueError(N_("`scale` belongs to a grade, and every grade has it"))
        if self.traits.dated and self.range is not None:
            raise ValueError(N_("`range` belongs to a quantity"))
        if self.traits.quantity != (self.sense is not None):
            raise ValueError(N_("`sense` belongs to a quantity, and every quantity has it"))
        if self.zero_denominator != "invalid" and not self.traits.counted:
            raise ValueError(N_("`zero_denominator` belongs to a share"))
        return self
