"""Which communes an evaluation is about: those of the register, by group, with and without a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntm_rules.i18n import _, current_language
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.register import Commune

if TYPE_CHECKING:
    from ntm_rules.evaluation.batch import Evaluation


@dataclass(frozen=True, slots=True)
class Coverage:
    """The communes a set applies to, and which of them reported for the year."""

    communes: Sequence[Commune]
    """All of the register that the set applies to."""
    reported: Sequence[Commune]
    silent: Sequence[Commune]
    outside: Sequence[Commune]
    """Units of other types, to which the set does not apply."""


def coverage_of(evaluation: Evaluation) -> Coverage:
    """Return which communes of the register have a record in an evaluation."""
    register = evaluation.rules.communes
    codes = {record.code for record in evaluation.records}
    communes = register.within()
    return Coverage(
        communes=communes,
        reported=[commune for commune in communes if commune.code in codes],
        silent=[commune for commune in communes if commune.code not in codes],
        outside=register.outside(),
    )


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
