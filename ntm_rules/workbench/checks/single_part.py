"""NTM073: an `all` or `any` with one part."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models import FROM_END, TO_END
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every combination of a single part."""
    for at in subject.nodes:
        ends = {f"{at.node.id}.{end}" for end in (FROM_END, TO_END)}
        if len(at.node.parts) == 1 and at.node.parts[0].id not in ends:  # what is left of a range is no slip
            place = (*at.place, at.node.op)
            yield subject.at(at.file, place, Message("{id} combines a single part", id=at.node.id))


CHECK = Check(
    code="NTM073",
    severity=Severity.NOTE,
    title=N_("An `all` or `any` with one part"),
    why=N_("A part may have been forgotten; if not, the level between only makes the result longer to read."),
    mend=N_("Add the part that is missing, or write the condition directly."),
    of_set=find,
)
