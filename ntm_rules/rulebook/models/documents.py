"""Documents and decisions, and how a set divides communes: groups, classes, types, provinces; scales."""

from __future__ import annotations

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from ntm_rules.i18n import N_
from ntm_rules.rulebook.models.basics import FIRST_YEAR, LAST_YEAR, Day, Id, Text, Whole, Written


class Document(Written):
    """A legal document that rules quote or await."""

    id: Id
    title: Text
    number: str | None = None
    date: Day | None = None
    issuer: str | None = None
    file: str | None = None
    """Path of its text inside the set's folder, when the set carries it."""
    note: Text | None = None


class Decision(Written):
    """A document that does not exist yet (or was not found) and on which targets wait."""

    id: Id
    title: Text
    owed_by: Id | None = None
    """Agency that owes it; None when the body lies outside the set's agencies (see `owed_by_text`)."""
    owed_by_text: Text | None = None
    due: Day | None = None
    source: Source | None = None
    deliverable: Id | None = None
    """The deliverable of the plan that is this decision: who owes it, the day and the source then stand there alone."""
    note: Text | None = None

    @model_validator(mode="after")
    def _someone_owes_it(self) -> Self:
        stated = [self.owed_by is not None, self.owed_by_text is not None, self.deliverable is not None]
        if sum(stated) != 1:
            raise ValueError(N_("say who owes the decision: one of owed_by, owed_by_text, deliverable"))
        if self.deliverable is not None and (self.due is not None or self.source is not None):
            raise ValueError(N_("with `deliverable`, the day and the source stand in the plan's deliverables alone"))
        return self

    def owed_as(self, *, owed_by: str | None, owed_by_text: Text | None, due: dt.date | None, source: Source) -> Self:
        """Return it with what its deliverable says."""
        return self.model_copy(update={"owed_by": owed_by, "owed_by_text": owed_by_text, "due": due, "source": source})


class Source(Written):
    """Where a rule's words stand."""

    document: Id
    annex: str | None = None
    row: str | None = None
    article: str | None = None
    note: Text | None = None


class Group(Written):
    """A group of communes (nhóm xã) that targets may tell apart."""

    id: Id
    title: Text
    definition: Text | None = None
    source: Source | None = None


class ClassOfCommunes(Written):
    """One class of a classification."""

    id: Id
    title: Text
    definition: Text | None = None


class Classification(Written):
    """What else communes are told apart by (region, border or not): a column of communes.csv of the same name."""

    id: Id
    title: Text
    classes: tuple[ClassOfCommunes, ...] = Field(min_length=1)
    source: Source | None = None
    note: Text | None = None


class UnitsBelow(Written):
    """What the units below one are called, each of which some rules hold to account: “thôn, bản”, “tổ dân phố”."""

    one: Text
    several: Text


class CommuneType(Written):
    """A type of unit in the register: what one is called, alone and with its name."""

    id: Id
    title: Text
    full_name: Text
    """With `{name}` where the unit's name stands."""
    below: UnitsBelow | None = None
    """What the units below it are called; hamlets (thôn, bản) unless said."""

    @model_validator(mode="after")
    def _takes_a_name(self) -> Self:
        if any(text.count("{name}") != 1 for text in (self.full_name.vi, self.full_name.en)):
            raise ValueError(N_("`full_name` has {name} once, where the name of the unit stands"))
        return self


COMMUNE_TYPES = (
    CommuneType(id="xa", title=Text(vi="xã", en="commune"), full_name=Text(vi="Xã {name}", en="{name} commune")),
    CommuneType(
        id="phuong",
        title=Text(vi="phường", en="ward"),
        full_name=Text(vi="Phường {name}", en="{name} ward"),
        below=UnitsBelow(
            one=Text(vi="tổ dân phố", en="street group"), several=Text(vi="tổ dân phố", en="street groups")
        ),
    ),
    CommuneType(
        id="dac-khu",
        title=Text(vi="đặc khu", en="special zone"),
        full_name=Text(vi="Đặc khu {name}", en="{name} special zone"),
    ),
)
"""The types of units where a set names none of its own."""


class Years(Written):
    """A span of whole years, both ends included."""

    from_: Whole = Field(alias="from", ge=FIRST_YEAR, le=LAST_YEAR)
    to: Whole = Field(ge=FIRST_YEAR, le=LAST_YEAR)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to < self.from_:
            raise ValueError(N_("`to` lies before `from`"))
        return self

    def __contains__(self, year: int) -> bool:
        return self.from_ <= year <= self.to


class Scale(Written):
    """A named ordinal scale, lowest grade first."""

    id: Id
    title: Text
    grades: tuple[Grade, ...] = Field(min_length=2)
    note: Text | None = None


class Grade(Written):
    """One step of a scale."""

    id: Id
    label: Text


class Reporting(Written):
    """Who sums up the communes' results and to whom it reports: the head and the recipients of its papers."""

    by: Id
    superior: Text | None = None
    """The body above it, as the head of its papers names it."""
    recipients: tuple[Text, ...] = ()
    source: Source


class Province(Written):
    """One of the provinces whose communes stand in one register."""

    id: Id
    name: Text
    reporting: Reporting | None = None
    """Who sums up the results there; as the set says unless said."""
