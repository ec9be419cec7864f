"""The names and words of the law, in the language in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_rules.i18n import current_language
from ntm_rules.rulebook.criteria_set import CriteriaSet, Criterion, Indicator, Requirement

if TYPE_CHECKING:
    from ntm_rules.rulebook.loader import LoadedSet
    from ntm_rules.rulebook.models import CriterionHeader


def agency_name(rules: CriteriaSet | LoadedSet, agency: str) -> str:
    """Return an agency's name in the reader's language."""
    return str(rules.agencies[agency].name) if agency in rules.agencies else agency


def requirement_words(requirement: Requirement) -> str:
    """Return a requirement's text in the reader's language."""
    return requirement.text_en if current_language() == "en" and requirement.text_en else requirement.text


def criterion_title(criterion: Criterion | CriterionHeader) -> str:
    """Return a criterion's title in the reader's language."""
    return criterion.title_en if current_language() == "en" else criterion.title


def indicator_words(indicator: Indicator) -> str:
    """Return an indicator's text in the reader's language."""
    return indicator.text_en if current_language() == "en" else indicator.text
