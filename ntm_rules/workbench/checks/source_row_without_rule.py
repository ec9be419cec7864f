"""NTM046: a row of the source has no rule."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield, at its criterion, every row below the criterion's own that no rule quotes."""
    quoted = {(at.source.document, at.source.annex or "", _label(at.source.row)) for at in subject.nodes}
    for i, criterion in enumerate(subject.header.criteria if subject.header else ()):
        source = criterion.source
        text = subject.source_text(source.document)
        if text is None or not source.annex or not source.row:
            continue
        for label in text.labels(source.annex):
            if label.startswith(f"{_label(source.row)}.") and (source.document, source.annex, label) not in quoted:
                message = Message("no rule quotes row {row} of annex {annex}", row=label, annex=source.annex)
                yield subject.at(HEADER, ("criteria", i, "source"), message)


def _label(row: str | None) -> str:
    return (row or "").rstrip(".)")


CHECK = Check(
    code="NTM046",
    severity=Severity.WARNING,
    title=N_("A row of the source has no rule"),
    why=N_("Communes would be certified without a row that the law demands."),
    mend=N_("Write a rule for the row."),
    of_set=find,
    needs_all_files=True,
)
