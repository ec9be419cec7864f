"""NTM103: a cooperating agency leads, or one agency does both."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every lead whose role is to cooperate, and every agency that leads and cooperates at once."""
    roles = {agency.id: agency.role for agency in subject.draft.agencies.values()}
    for at in subject.nodes:
        if at.node.lead and roles.get(at.node.lead) == "cooperating":
            message = Message("{agency} only cooperates by agencies.yaml", agency=at.node.lead)
            yield subject.at(at.file, (*at.place, "lead"), message)
        lead = at.node.lead or at.indicator.lead
        if lead in (at.node.cooperating or ()):
            message = Message("{agency} leads and cooperates at once", agency=lead)
            yield subject.at(at.file, (*at.place, "cooperating"), message)


CHECK = Check(
    code="NTM103",
    severity=Severity.WARNING,
    title=N_("A cooperating agency leads, or one agency does both"),
    why=N_("The gap would be sent to a body that does not own it."),
    mend=N_("Name the agency that leads by the source; set its `role` to lead, or take it out of `cooperating`."),
    of_set=find,
)
