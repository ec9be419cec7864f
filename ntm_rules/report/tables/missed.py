"""What is missed and by how much, in words made once: by one commune, or of one requirement by every commune."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ntm_rules.i18n import _
from ntm_rules.report.tables.table import Column, Table, texts
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.phrases import opening


class MissedWords(Protocol):
    """What was reported held against what is asked, in words."""

    @property
    def requirement(self) -> Requirement: ...
    @property
    def actual(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def gap(self) -> str: ...


def missed_by_commune(rules: CriteriaSet, words: Iterable[MissedWords]) -> Table:
    """Return the requirements that a commune misses, with who leads them."""
    columns = [*texts(id=_("Item"), requirement=_("Requirement")), *_columns(), Column("lead", _("Lead agency"))]
    rows = [
        (one.requirement.id, opening(one.requirement.words), *_words(one), agency_name(rules, one.requirement.lead))
        for one in words
    ]
    return Table.of(columns, rows)


def missed_of_requirement(words: Iterable[tuple[str, MissedWords]]) -> Table:
    """Return the communes, by name, that miss a requirement."""
    columns = [Column("commune", _("Commune")), *_columns()]
    return Table.of(columns, [(name, *_words(one)) for name, one in words])


def _columns() -> list[Column]:
    return texts(reported=_("Reported"), target=_("Target"), missing=_("What is missing"))


def _words(one: MissedWords) -> tuple[str, str, str]:
    return one.actual, one.target, one.gap
