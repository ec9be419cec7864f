"""Agencies in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet

if TYPE_CHECKING:
    from ntm_rules.rulebook.loader import LoadedSet


def agency_name(rules: CriteriaSet | LoadedSet, agency: str) -> str:
    """Return an agency's name in the reader's language."""
    return str(rules.agencies[agency].name) if agency in rules.agencies else agency


def shared_words(ids: Iterable[str]) -> str:
    """Say that the indicators that several agencies lead count for each of them."""
    return _(
        "An indicator with several lead agencies counts for each of them, so columns add up to more: {ids}",
        ids=", ".join(ids),
    )
