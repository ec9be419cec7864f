"""NTM051: a number rests on a document without number or date."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every document that a number rests on and that lacks its number or its date."""
    used = {
        (own or at.source).document
        for at in subject.leaves
        for _place, _value, own in (at.target.values() if at.target else ())
    }
    for i, document in enumerate(subject.header.documents if subject.header else ()):
        if document.id in used and not (document.number and document.date):
            message = Message("{document} has no number or no date, and targets rest on it", document=document.id)
            yield subject.at(HEADER, ("documents", i), message)


CHECK = Check(
    code="NTM051",
    severity=Severity.WARNING,
    title=N_("A number rests on a document without number or date"),
    why=N_("A document that cannot be found in the register of documents cannot be cited in a decision."),
    mend=N_("Complete `number` and `date` of the document."),
    of_set=find,
)
