"""NTM091: an agency that nothing names."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.names import AGENCIES
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every agency that neither leads, cooperates, attests, owes, reports nor has anything."""
    used = subject.named_under("lead", "cooperating", "by", "attested_by", "owed_by", "held_by", "agency")
    for i, agency in subject.draft.agencies.items():
        if agency.id not in used:
            yield subject.at(AGENCIES, (i, "id"), Message("nothing uses {id}", id=agency.id))


CHECK = Check(
    code="NTM091",
    severity=Severity.WARNING,
    title=N_("An agency that nothing names"),
    why=N_("A lead or cooperating agency may have been forgotten: nobody would be told of its gaps."),
    mend=N_("Name it where it leads or cooperates, or take it out of agencies.yaml."),
    of_set=find,
    needs_all_files=True,
)
