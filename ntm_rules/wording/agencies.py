"""Agencies in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_rules.rulebook.criteria_set import CriteriaSet

if TYPE_CHECKING:
    from ntm_rules.rulebook.loader import LoadedSet


def agency_name(rules: CriteriaSet | LoadedSet, agency: str) -> str:
    """Return an agency's name in the reader's language."""
    return str(rules.agencies[agency].name) if agency in rules.agencies else agency
