"""NTM056: a decision awaited is past its due day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message, written_day
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every decision whose due day lies before the day of checking and on which targets wait."""
    waiting = Counter(decision for _at, _place, decision in subject.pending())
    for i, decision in enumerate(subject.header.decisions if subject.header else ()):
        if decision.due and decision.due < subject.as_of and waiting[decision.id]:
            message = Message(
                "{decision} was due on {due}; {count} requirements wait on it",
                decision=decision.id,
                due=written_day(decision.due),
                count=waiting[decision.id],
            )
            yield subject.at(HEADER, ("decisions", i, "deliverable" if decision.deliverable else "due"), message)


CHECK = Check(
    code="NTM056",
    severity=Severity.WARNING,
    title=N_("A decision awaited is past its due day"),
    why=N_("It may have been issued: communes wait without a target, or are judged without the one in force."),
    mend=N_("Ask the agency that owes it; when it is issued write an overlay, else note the new due day."),
    of_set=find,
)
