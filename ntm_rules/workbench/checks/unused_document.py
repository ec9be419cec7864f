"""NTM092: a document that nothing quotes."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.text_files import read_text
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every document whose id no source names and whose number stands nowhere else in the set."""
    header = subject.header
    if header is None:
        return
    used = subject.named_under("document", "legal_basis")
    texts = [read_text(subject.folder / name) for name in subject.draft.hashes]
    for i, document in enumerate(header.documents):
        named = document.number and sum(text.count(document.number) for text in texts) > 1
        if document.id not in used and not named:
            yield subject.at(HEADER, ("documents", i, "id"), Message("nothing uses {id}", id=document.id))


CHECK = Check(
    code="NTM092",
    severity=Severity.NOTE,
    title=N_("A document that nothing quotes"),
    why=N_("A reader looks for what rests on it and finds nothing."),
    mend=N_("Quote it by id or number where something rests on it, or take it out."),
    of_set=find,
    needs_all_files=True,
)
