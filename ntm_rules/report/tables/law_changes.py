"""What differs between two laws in words: of what, as it was and as it is."""

from __future__ import annotations

from collections.abc import Iterable

from ntm_rules.report.comparison.law_words import touches_counts, values_of
from ntm_rules.report.tables.table import Table, texts
from ntm_rules.rulebook.facts import WordChange
from ntm_rules.wording.law_fields import field_words, subject_words
from ntm_rules.workbench.comparing.lawdiff import LawDiff

COUNTS_MARK = "*"
"""Stands behind what changes how communes are counted, classed or grouped."""


def word_changes(diff: LawDiff, changes: Iterable[WordChange], own: str) -> Table:
    """Return changes, each by what it is of; nothing more is said of what the table itself is about, by its id."""
    rows = []
    for change in changes:
        subject = "" if change.subject.id == own else f"{subject_words(change.subject)}: "
        mark = COUNTS_MARK if touches_counts(change) else ""
        before, after = values_of(diff, change)
        rows.append((f"{subject}{field_words(change.field)}{mark}", before, after))
    return Table.of(texts(field="", before="A", after="B"), rows)
