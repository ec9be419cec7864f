"""NTM042: a part's words do not stand in its indicator's text."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.printed_source import OMISSION, evident, squeezed
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every part with words of its own that do not stand, in order, in its indicator's."""
    for at in subject.nodes:
        if at.parent is None or not at.node.text or (at.node.source and at.node.source != at.indicator.source):
            continue
        rest = evident(at.indicator.reading or at.indicator.text)
        for part in at.node.text.split(OMISSION):
            _before, found, rest = rest.partition(evident(part))
            if not found:
                message = Message(
                    "“{words}” does not stand in the text of {id}", words=squeezed(part), id=at.indicator.id
                )
                yield subject.at(at.file, (*at.place, "text"), message)
                break


CHECK = Check(
    code="NTM042",
    severity=Severity.ERROR,
    title=N_("A part's words do not stand in its indicator's text"),
    why=N_("The part would demand something the law's row does not."),
    mend=N_(
        "Copy the part's words from the indicator's text or reading; where words between are left out put … there."
    ),
    of_set=find,
)
