"""What an officer filled in, checked: the document, the targets with their articles, the groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ntm_rules.i18n import Message
from ntm_rules.rulebook.pending import TargetPlace
from ntm_rules.rulebook.register import Commune
from ntm_rules.workbench.overlays.carried import Carried

Value = Decimal | Mapping[str, Decimal] | str | None
"""A number, one per group, a grade's id; None: the standard is in force."""


@dataclass(frozen=True, slots=True)
class DocumentFilled:
    """The head of the overlay."""

    number: str
    date: dt.date | None
    issuer: str
    title: str
    title_en: str
    promulgated: dt.date
    from_: dt.date
    to: dt.date | None
    illustrative: bool

    @property
    def is_named(self) -> bool:
        """Whether number, date, issuer and title are all there."""
        return bool(self.number and self.date and self.issuer and self.title)


@dataclass(frozen=True, slots=True)
class TargetFilled:
    """One target with the place in the document where it stands."""

    place: TargetPlace
    value: Value
    article: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class GroupFilled:
    """One commune's group with the place in the document where it is assigned."""

    commune: Commune
    group: str
    source: str


@dataclass(frozen=True, slots=True)
class FilledOverlay:
    """A workbook read without mistakes."""

    document: DocumentFilled
    targets: tuple[TargetFilled, ...]
    groups: tuple[GroupFilled, ...]
    pending: tuple[TargetPlace, ...]
    """What still waits, in the order of the law."""
    doubts: tuple[Message, ...] = ()
    carried: Carried | None = None
    """Of a form made from an overlay: what that holds beside."""
