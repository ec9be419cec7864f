"""What a criterion, an indicator, a further condition or a part of one is called where its number stands with it."""

from __future__ import annotations

from typing import Protocol

from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import Indicator


class OfTheLaw(Protocol):
    """What the law numbers and words."""

    @property
    def id(self) -> str: ...
    @property
    def words(self) -> object: ...


def numbered_title(one: OfTheLaw) -> str:
    """Return the number and the words."""
    return f"{one.id}. {one.words}"


def criterion_title(criterion: OfTheLaw) -> str:
    """Return the title of a criterion, which says that it is one."""
    return _("Criterion {id}. {title}", id=criterion.id, title=str(criterion.words))


def indicator_title(indicator: Indicator) -> str:
    """Return the title of an indicator or a further condition, which says which of them it is."""
    said = {"id": indicator.id, "title": str(indicator.words)}
    return _("Indicator {id}. {title}", **said) if indicator.criterion else _("Further condition {id}. {title}", **said)


def indicator_number(indicator: Indicator) -> str:
    """Return the same without its words."""
    return _("Indicator {id}", id=indicator.id) if indicator.criterion else _("Further condition {id}", id=indicator.id)
