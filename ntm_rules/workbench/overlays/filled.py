"""What an officer filled in, checked: the document, the targets with their articles, the groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import DEFAULT, AwaitedTarget, ClassedTarget
from ntm_rules.rulebook.models import CellWritten, PendingTarget
from ntm_rules.rulebook.pending import TargetPlace
from ntm_rules.rulebook.register import Commune
from ntm_rules.workbench.overlays.carried import Carried


@dataclass(frozen=True, slots=True)
class ByClass:
    """What is said of classes of communes."""

    by: str
    """By what they are told apart."""
    cells: Mapping[str, CellWritten]
    """Class -> its target; `default` for the others."""
    is_part: bool
    """Whether the target differs so already, and what is not named stays as it was."""


Value = Decimal | Mapping[str, Decimal] | ByClass | str | None
"""A number, one per group, some by class, a grade's id; None: the standard is in force."""


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


def awaiting(place: TargetPlace, filled: TargetFilled | None) -> TargetPlace | None:
    """Return a requirement that still waits after what was filled in, for some class at least; None where it does not."""
    if filled is None or not isinstance(filled.value, ByClass):
        return place if filled is None and place.pending is not None else None
    cells = filled.value.cells
    again = [cell.pending.decision for cell in cells.values() if isinstance(cell, PendingTarget)]
    last = [*place.by_year.values()][-1:] if filled.value.is_part else ()
    stays = [
        cell.decision
        for target in last
        if isinstance(target, ClassedTarget) and not {*target.classing.classes} <= {*cells}
        for class_, cell in target.each()
        if isinstance(cell, AwaitedTarget) and (class_ or DEFAULT) not in cells
    ]
    waits = [*again, *stays]
    return replace(place, pending=place.pending or AwaitedTarget(waits[0])) if waits else None


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
