"""The groups that counts of communes are told by, and what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_rules.i18n import _, current_language
from ntm_rules.rulebook.criteria_set import CriteriaSet

if TYPE_CHECKING:
    pass


def groups_of(rules: CriteriaSet) -> list[str | None]:
    """Return the groups that counts are told by: those of the set, and None where a commune's is not known."""
    if not rules.groups:
        return []
    unknown = any(commune.group is None for commune in rules.communes.within())
    return [*rules.groups, None] if unknown else list(rules.groups)


def group_title(rules: CriteriaSet, group: str | None) -> str:
    """Return a group's title in the reader's language; of None, that it is not known."""
    return rules.groups[group].title.in_language(current_language()) if group else _("Group unknown")


def unit_words(rules: CriteriaSet) -> str:
    """Return what is counted where communes are: the type of unit the set applies to."""
    words = {"xa": _("commune"), "phuong": _("ward"), "dac-khu": _("special zone")}
    return words.get(rules.communes.applies_to, _("commune"))
