"""NTM043: the document's text is not where the set says."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every document whose file is missing or is not text."""
    for i, document in enumerate(subject.header.documents if subject.header else ()):
        if document.file and subject.source_text(document.id) is None:
            message = Message("{file} cannot be read as UTF-8 text", file=document.file)
            yield subject.at(HEADER, ("documents", i, "file"), message)
    for overlay in subject.overlays:
        file, own = overlay.written_at(())[0], overlay.citation.file
        if own and file in subject.draft.files and subject.source_text(overlay.id) is None:
            yield subject.at(file, ("document", "file"), Message("{file} cannot be read as UTF-8 text", file=own))


CHECK = Check(
    code="NTM043",
    severity=Severity.ERROR,
    title=N_("The document's text is not where the set says"),
    why=N_("Nobody can hold the rules against the law's words."),
    mend=N_("Put the file there as UTF-8 text, or correct or leave out `file`."),
    of_set=find,
)
