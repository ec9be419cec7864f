"""NTM063: promulgated before its own document."""

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
    """Yield every dated value promulgated before the date of the document it comes from."""
    for at in subject.leaves:
        target = at.target
        for i, value in enumerate(target.dated if target else ()):
            document = subject.documents.get(value.source.document)
            if target and document and document.date and value.promulgated < document.date:
                place = (*target.place, i, "promulgated")
                yield subject.at(at.file, place, _words(document.number or document.id, document.date))


def find_in_overlay(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield an overlay promulgated before the date of its document."""
    document = subject.overlay.document
    if document and subject.overlay.promulgated < document.date:
        yield subject.at(("promulgated",), _words(document.number, document.date))


def _words(document: str, day: dt.date) -> Message:
    return Message("{document} is dated {day}", document=document, day=written_day(day))


CHECK = Check(
    code="NTM063",
    severity=Severity.WARNING,
    title=N_("Promulgated before its own document"),
    why=N_("An appraisal rerun as of then would use a number nobody had issued."),
    mend=N_("Write the document's own date into `promulgated`, or correct the date."),
    of_set=find,
    of_overlay=find_in_overlay,
)
