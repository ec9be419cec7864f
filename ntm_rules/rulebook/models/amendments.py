"""What a later decision adds, repeals, replaces or changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from ntm_rules.i18n import N_
from ntm_rules.rulebook.models.basics import MOST_ROUNDED, Id, MeasureId, Points, Text, Whole, Written
from ntm_rules.rulebook.models.conditions import BOUNDS, GateWritten, TakenWritten, Within
from ntm_rules.rulebook.models.documents import Source, Years
from ntm_rules.rulebook.models.header import Band, CriterionHeader
from ntm_rules.rulebook.models.nodes import DAYS_COMPARED, IndicatorWritten, NodeWritten
from ntm_rules.rulebook.models.standards import StandardWritten
from ntm_rules.rulebook.models.targets import Days, PendingTarget, TargetWritten


class CriterionTold(Written):
    """A whole criterion that a later decision adds, with its rules."""

    id: Id
    title: str
    title_en: str
    source: Source
    meets_when: StandardWritten | None = None
    indicators: tuple[IndicatorWritten, ...] = Field(min_length=1)

    @property
    def header(self) -> CriterionHeader:
        """It as a set's header names its criteria; its rules stand in no file."""
        return CriterionHeader(
            id=self.id,
            title=self.title,
            title_en=self.title_en,
            source=self.source,
            rules="",
            meets_when=self.meets_when,
        )


class StandardTold(Written):
    """What a later decision makes of the whole: what meets the standard, when a criterion is met, the bands."""

    meets: Text | None = None
    meets_when: StandardWritten | None = None
    bands: tuple[Band, ...] | None = None
    criteria: dict[Id, StandardWritten] | None = None
    """Criterion -> when it is met."""
    article: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The keywords of which it says something about the whole."""
        return tuple(key for key in ("meets", "meets_when", "bands") if getattr(self, key) is not None)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.fields and not self.criteria:
            raise ValueError(N_("say at least one of meets, meets_when, bands, criteria"))
        return self


class Added(Written):
    """An indicator, a further condition, a part of one, or a whole criterion, that a later decision adds."""

    indicator: IndicatorWritten | None = None
    condition: IndicatorWritten | None = None
    part: NodeWritten | None = None
    new_criterion: CriterionTold | None = None
    criterion: Id | None = None
    """Of an indicator: the criterion it goes into; that of its neighbour unless said."""
    into: Id | None = None
    """Of a part: what it becomes a part of; what its neighbour stands in unless said."""
    after: Id | None = None
    before: Id | None = None
    """Its neighbour; where none is named it comes last."""
    article: str | None = None

    @property
    def form(self) -> str:
        """The keyword that holds what is added."""
        return next(form for form in ADDED if getattr(self, form) is not None)

    @property
    def id(self) -> str:
        """The id of what is added."""
        found: NodeWritten | CriterionTold = getattr(self, self.form)
        return found.id

    @property
    def nodes(self) -> tuple[NodeWritten, ...]:
        """The rules that are added: one, or those of a criterion."""
        if self.new_criterion is not None:
            return self.new_criterion.indicators
        return (getattr(self, self.form),)

    def placed(self, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], NodeWritten]]:
        """Yield the rules that are added with their places in the file, where its own is `place`."""
        for i, node in enumerate(self.nodes):
            yield (*place, self.form, *(("indicators", i) if self.new_criterion is not None else ())), node

    @property
    def neighbour(self) -> str | None:
        """What it stands after, or before."""
        return self.after or self.before

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if sum(getattr(self, form) is not None for form in ADDED) != 1:
            raise ValueError(N_("state exactly one of indicator, condition, part, new_criterion"))
        if self.after is not None and self.before is not None:
            raise ValueError(N_("state after or before, not both"))
        form = self.form
        if (self.criterion and form != "indicator") or (self.into and form != "part"):
            raise ValueError(N_("`criterion` goes with an indicator, `into` with a part"))
        if not (self.neighbour or self.criterion or self.into or form in ("condition", "new_criterion")):
            raise ValueError(N_("say where it goes: after or before a neighbour, into what, or the criterion"))
        return self


ADDED = ("indicator", "condition", "part", "new_criterion")


class Repealed(Written):
    """Where it stands that something is repealed."""

    article: str | None = None


class Replacement(NodeWritten):
    """What stands in the place of an indicator or a part; what it does not say of words and agencies stays."""

    id: Id = ""
    """The key says it."""
    years: Years | None = None
    in_force: Days | None = None
    points: Points | None = None
    article: str | None = None

    def stated(self) -> dict[str, object]:
        """Return what it says of the rule, by keyword."""
        return {key: getattr(self, key) for key in self.model_fields_set - {"article", "id"}}


class Change(Written):
    """What a later decision says anew of an indicator or a part; an empty keyword takes away what stood there."""

    text: str | None = None
    reading: str | None = None
    text_en: str | None = None
    lead: Id | None = None
    cooperating: tuple[Id, ...] | None = None
    source: Source | None = None
    note: Text | None = None
    years: Years | None = None
    in_force: Days | None = None
    points: Points | None = None
    applies_if: GateWritten | None = None
    applies_unless: GateWritten | None = None
    needed: Whole | None = Field(default=None, ge=1)
    measure: MeasureId | None = None
    attested: MeasureId | None = None
    ruling: MeasureId | None = None
    graded: MeasureId | None = None
    taken: TakenWritten | None = None
    rounded_to: Whole | None = Field(default=None, ge=0, le=MOST_ROUNDED)
    answer: Literal["yes", "no"] | None = None
    standard: PendingTarget | None = None
    at_least: TargetWritten | None = None
    at_most: TargetWritten | None = None
    more_than: TargetWritten | None = None
    less_than: TargetWritten | None = None
    day: MeasureId | None = None
    no_earlier_than: TargetWritten | None = None
    no_later_than: TargetWritten | None = None
    within: Within | None = None
    article: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The keywords it says something of, in the order of the language."""
        return tuple(key for key in CHANGEABLE if key in self.model_fields_set)

    def stated(self) -> dict[str, object]:
        """Return what it says of the rule, by keyword: a new comparison leaves nothing of the old one, nor new words of their old reading and English."""
        said = {key: getattr(self, key) for key in self.fields}
        for compared in (BOUNDS, DAYS_COMPARED):
            if said.keys() & set(compared):
                said = dict.fromkeys(compared) | said
        if "text" in said:
            said = {"reading": None, "text_en": None} | said
        return said

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.fields:
            raise ValueError(N_("say what changes: lead, text, at_least ..."))
        return self


CHANGEABLE = tuple(key for key in Change.model_fields if key != "article")
