"""What is wrong with what a commune handed in, and what in it asks for a second look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ntm_rules.dataset.problems import Problem
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.report.site.layout import Layout
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.cross_checks import CrossCheck
from ntm_rules.wording.findings import finding_words, mend_words, places_of
from ntm_rules.wording.phrases import opening
from ntm_rules.wording.standing import files_words

MOST_PLACES = 4
"""Beyond this many places of one finding an ellipsis stands."""


@dataclass(frozen=True, slots=True)
class WrongPlace:
    """One thing wrong in one place of one file."""

    where: str
    what: object
    mend: object


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one cross-check found."""

    title: str
    found: Sequence[tuple[str, str]]
    """What, and where the figures stand."""
    mends: Sequence[str]


def files(layout: Layout, code: str) -> str:
    """Say that a commune handed in several files; empty where it did not."""
    handed = layout.contents.handed.get(code)
    words = files_words(handed) if handed else ""
    return f"{opening(words)}." if words else ""


def place(one: Problem) -> WrongPlace:
    """Return where something is wrong, what, and how to mend it."""
    where = str(one.place())
    return WrongPlace(f"{one.file}, {where}" if where else one.file, one.message(), one.mend())


def found_in(rules: CriteriaSet, findings: Mapping[CrossCheck, Sequence[Finding]]) -> list[CheckResult]:
    """Return what each cross-check found, with where its figures stand."""
    return [
        CheckResult(
            f"{check.id} ({check.severity.words}): {check.title}",
            [(finding_words(rules, one), places_of(one, MOST_PLACES)) for one in its],
            list(dict.fromkeys(mend_words(rules, one) for one in its)),
        )
        for check, its in findings.items()
    ]
