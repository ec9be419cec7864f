"""NTM074: a requirement that applies only when it is met."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every requirement whose question under “if any” is the one it asks itself."""
    for at in subject.leaves:
        if at.node.applies_if and at.node.attested and at.node.applies_if == at.node.attested:
            message = Message("applies_if and attested both ask {measure}", measure=at.node.attested)
            yield subject.at(at.file, (*at.place, "applies_if"), message)


CHECK = Check(
    code="NTM074",
    severity=Severity.ERROR,
    title=N_("A requirement that applies only when it is met"),
    why=N_("A commune that answers No is left out instead of failing: nobody can ever fail."),
    mend=N_("Ask in applies_if whether the thing exists, and in attested whether it is as it should be."),
    of_set=find,
)
