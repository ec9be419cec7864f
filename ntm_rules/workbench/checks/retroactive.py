"""NTM062: in force before it was promulgated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message, written_day
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every dated value in force before the day it was promulgated."""
    for at in subject.leaves:
        target = at.target
        for i, value in enumerate(target.dated if target else ()):
            if target and value.from_ < value.promulgated:
                yield subject.at(at.file, (*target.place, i, "from"), _words(value.from_, value.promulgated))


def find_in_overlay(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield an overlay in force before the day it was promulgated."""
    overlay = subject.overlay
    if overlay.effective.from_ < overlay.promulgated:
        yield subject.at(("effective", "from"), _words(overlay.effective.from_, overlay.promulgated))


def _words(first: dt.date, promulgated: dt.date) -> Message:
    return Message(
        "in force from {first}, promulgated on {promulgated}",
        first=written_day(first),
        promulgated=written_day(promulgated),
    )


CHECK = Check(
    code="NTM062",
    severity=Severity.NOTE,
    title=N_("In force before it was promulgated"),
    why=N_("Communes would be judged by a number they could not know; appraisals made in between may change."),
    mend=N_("Check both days against the document; keep them where it says so."),
    of_set=find,
    of_overlay=find_in_overlay,
)
