"""NTM050: a number without a place in a document."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every known target whose source names a document and no place in it."""
    for at in subject.leaves:
        for place, _value, own in at.target.values() if at.target else ():
            source = own or at.source
            if not (source.row or source.article):
                message = Message("the source names {document} without a row or an article", document=source.document)
                yield subject.at(at.file, place, message)


CHECK = Check(
    code="NTM050",
    severity=Severity.ERROR,
    title=N_("A number without a place in a document"),
    why=N_("A commune refused certification may ask which article sets the number; there must be an answer."),
    mend=N_("Name the annex and row, or the article, of the document in `source`."),
    of_set=find,
)
