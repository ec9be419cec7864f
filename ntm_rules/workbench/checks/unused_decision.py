"""NTM093: a decision awaited on which nothing waits."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every decision on which no target or standard waits."""
    waiting = subject.named_under("decision")
    for i, decision in enumerate(subject.header.decisions if subject.header else ()):
        if decision.id not in waiting:
            yield subject.at(HEADER, ("decisions", i, "id"), Message("nothing uses {id}", id=decision.id))


CHECK = Check(
    code="NTM093",
    severity=Severity.WARNING,
    title=N_("A decision awaited on which nothing waits"),
    why=N_("Either a pending target was forgotten, or officers are told to wait for nothing."),
    mend=N_("Let the target name it, or take it out."),
    of_set=find,
    needs_all_files=True,
)
