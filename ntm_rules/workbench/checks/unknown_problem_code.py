"""NTM106: a cross-check names a problem of reading that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.dataset.problem_kinds import KINDS
from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.rulebook.value_faults import not_defined
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every code under `reading` that no reader of data ever tells."""
    file = subject.header.cross_checks if subject.header else None
    for i, check in subject.draft.cross_checks.items():
        for j, code in enumerate(check.reading or ()):
            if code in KINDS:
                continue
            yield subject.at(file or "", (i, "reading", j), not_defined(code, KINDS))


CHECK = Check(
    code="NTM106",
    severity=Severity.ERROR,
    title=N_("A cross-check names a problem of reading that does not exist"),
    why=N_("The cross-check never finds anything, while its author believes that it does."),
    mend=N_("Name one of the codes that docs/cross-checks.md lists."),
    of_set=find,
)
