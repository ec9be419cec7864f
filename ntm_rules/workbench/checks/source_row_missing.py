"""NTM040: the source has no such row."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models import Source
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every source whose row or annex does not stand in the text that the set carries."""
    for file, place, source in _sources(subject):
        text = subject.source_text(source.document)
        if text is None or not (source.row or source.annex):
            continue
        if source.annex and not text.has_annex(source.annex):
            if source.row:
                message = Message(
                    "{document} has no table in annex {annex}", document=source.document, annex=source.annex
                )
                yield subject.at(file, (*place, "annex"), message)
        elif source.row and text.row(source.annex, source.row) is None:
            message = Message("{document} has no single row {row}", document=source.document, row=source.row)
            yield subject.at(file, (*place, "row"), message)


def _sources(subject: CheckedSet) -> Iterator[tuple[str, Place, Source]]:
    for i, criterion in enumerate(subject.header.criteria if subject.header else ()):
        yield HEADER, ("criteria", i, "source"), criterion.source
    for i, decision in enumerate(subject.header.decisions if subject.header else ()):
        if decision.source:
            yield HEADER, ("decisions", i, "source"), decision.source
    for at in subject.nodes:
        if at.node.source:
            yield at.file, (*at.place, "source"), at.node.source
        for i, dated in enumerate(at.target.dated if at.target else ()):
            yield at.file, (*at.place, at.target.key if at.target else "", i, "source"), dated.source


CHECK = Check(
    code="NTM040",
    severity=Severity.ERROR,
    title=N_("The source has no such row"),
    why=N_("A rule that quotes a row nobody can find cannot be defended before a council."),
    mend=N_("Correct document, annex or row; a row is named by what stands in the first cell of the table."),
    of_set=find,
)
