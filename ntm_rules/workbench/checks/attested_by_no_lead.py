"""NTM104: confirmed by a body that leads none of its rules."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.names import MEASURES
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every measure in use whose confirming body leads no requirement that asks for it."""
    leads: dict[str, set[str]] = {}
    for at in subject.nodes:
        for id_ in at.node.asked:
            if id_:
                leads.setdefault(id_, set()).add(at.lead)
    for i, measure in subject.draft.measures.items():
        if measure.attested_by and measure.attested_by not in leads.get(measure.id, {measure.attested_by}):
            message = Message(
                "{agency} confirms it, while {leads} leads",
                agency=measure.attested_by,
                leads=", ".join(sorted(leads[measure.id])),
            )
            yield subject.at(MEASURES, (i, "attested_by"), message)


CHECK = Check(
    code="NTM104",
    severity=Severity.NOTE,
    title=N_("Confirmed by a body that leads none of its rules"),
    why=N_("A commune may ask the wrong office for its confirmation."),
    mend=N_("Name the lead agency of the rule in attested_by, where the source says no other."),
    of_set=find,
    needs_all_files=True,
)
