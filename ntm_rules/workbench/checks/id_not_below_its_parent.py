"""NTM030: an id does not follow from what it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every part and indicator whose id does not begin with what it stands in."""
    numbered = {c.id for c in subject.header.criteria if c.id.isdigit()} if subject.header else set()
    for at in subject.nodes:
        above = at.parent.id if at.parent else at.owner if at.owner in numbered else ""
        own = at.node.id
        dotted = "." in own or "." in above  # a set may name its parts in words instead
        if above and dotted and own != above and not own.startswith(f"{above}."):
            message = Message("{id} stands under {above}", id=own, above=above)
            yield subject.at(at.file, (*at.place, "id"), message)


CHECK = Check(
    code="NTM030",
    severity=Severity.ERROR,
    title=N_("An id does not follow from what it stands in"),
    why=N_("Officers look up 8.2.a under 8.2; under 8.1 its result is read as another indicator's."),
    mend=N_("Begin the id with the id of what it stands in and a dot, or move it to where it belongs."),
    of_set=find,
)
