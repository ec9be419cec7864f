"""A later decision laid over a set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Self

from pydantic import Field, PrivateAttr, StrictBool, model_validator

from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models.amendments import Added, Change, Repealed, Replacement, StandardTold
from ntm_rules.rulebook.models.basics import Day, Id, Text, Written
from ntm_rules.rulebook.models.documents import Decision, Document, Scale
from ntm_rules.rulebook.models.entries import CommuneGroup, OverlayDocument, OverlayEntry, ReferenceTold
from ntm_rules.rulebook.models.header import Agency
from ntm_rules.rulebook.models.measures import Measure
from ntm_rules.rulebook.models.targets import Days


class Overlay(Written):
    """A later decision that fills, adds, repeals or replaces rules of a set, from a day on."""

    id: Id
    applies_to: Id
    title: Text
    illustrative: StrictBool = False
    """True for invented figures: every output made with it says so."""
    document: OverlayDocument | None = None
    promulgated: Day
    effective: Days
    province: Id | None = None
    """The province whose communes alone it is for; every province unless said."""
    set: dict[Id, OverlayEntry] = Field(default_factory=dict)
    groups: dict[str, CommuneGroup] = Field(default_factory=dict)
    """Commune code -> group."""
    reference_figures: dict[Id, tuple[ReferenceTold, ...]] = Field(default_factory=dict)
    """Id of a reference figure -> what the document says it was in some years."""
    add: tuple[Added, ...] = ()
    repeal: dict[Id, Repealed] = Field(default_factory=dict)
    """Id of an indicator, a part, or a criterion (then every indicator of it)."""
    replace: dict[Id, Replacement] = Field(default_factory=dict)
    change: dict[Id, Change] = Field(default_factory=dict)
    standard: StandardTold | None = None
    """What meets the standard from then on, and the bands."""
    measures: tuple[Measure, ...] = ()
    """Added, or changed where the set has one of the id; so are the next four."""
    agencies: tuple[Agency, ...] = ()
    decisions: tuple[Decision, ...] = ()
    documents: tuple[Document, ...] = ()
    scales: tuple[Scale, ...] = ()
    _file: str = PrivateAttr("")
    _lines: Mapping[tuple[str | int, ...], int] = PrivateAttr(default_factory=dict)

    _supposed: bool = PrivateAttr(default=False)

    @property
    def is_supposed(self) -> bool:
        """Tell whether it is nobody's decision but what a person supposes for one run: it lies over all others."""
        return self._supposed

    @property
    def amends(self) -> bool:
        """Tell whether it changes more than targets and groups."""
        return any(getattr(self, key) for key in ("add", "repeal", "replace", "change", "standard", *DEFINITIONS))

    @property
    def citation(self) -> Document:
        """Return its decision as a document that rules may quote, by the overlay's id."""
        said = self.document
        if said is None:
            return Document(id=self.id, title=self.title)
        return Document(
            id=self.id, title=said.title, number=said.number, date=said.date, issuer=said.issuer, file=said.file
        )

    @classmethod
    def supposing(
        cls, id_: str, of: str, title: Message, entries: Mapping[str, object], *, promulgation: dt.date, from_: dt.date
    ) -> Self:
        """Return what a person supposes of a set (`of`) for one run, from a day on: invented, and over all others."""
        supposed = cls.model_validate(
            {
                "id": id_,
                "applies_to": of,
                "title": Text(vi=title.render("vi"), en=title.render("en")),
                "illustrative": True,
                "promulgated": promulgation,
                "effective": {"from": from_},
                "set": entries,
            }
        )
        supposed._supposed = True
        return supposed

    def written_in(self, file: str, lines: Mapping[tuple[str | int, ...], int]) -> Self:
        """Remember the file and the lines it was read from, so that later checks can name them."""
        self._file, self._lines = file, lines
        return self

    def written_at(self, place: tuple[str | int, ...]) -> tuple[str, int]:
        """Return the file and the line of a value; "" and 1 when it was not read from a file."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._file, self._lines.get(place, 1)

    @property
    def lines(self) -> Mapping[tuple[str | int, ...], int]:
        """Place -> the line it stands on; empty where it was not read from a file."""
        return self._lines

    @model_validator(mode="after")
    def _has_a_source(self) -> Self:
        if not self.illustrative and self.document is None:
            raise ValueError(N_("an overlay that is not illustrative names its document"))
        return self


DEFINITIONS = ("measures", "agencies", "decisions", "documents", "scales")
"""What an overlay defines for the rules it adds or changes."""
