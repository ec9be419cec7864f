"""NTM064: the comparison goes against what is better."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models import CEILINGS, FLOORS
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet

AGAINST = {"higher": CEILINGS, "lower": FLOORS}


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every target on the side of its measure that is worse; a range has one on either side."""
    for at in subject.leaves:
        measure = subject.measures.get(at.node.measure or "")
        if measure and at.target and measure.sense and not at.is_end and at.target.key in AGAINST[measure.sense]:
            message = Message(
                "{key} on {measure}, of which {sense} is better",
                key=at.target.key,
                measure=measure.id,
                sense=measure.sense,
            )
            yield subject.at(at.file, at.target.place, message)


CHECK = Check(
    code="NTM064",
    severity=Severity.ERROR,
    title=N_("The comparison goes against what is better"),
    why=N_("A commune that does worse would pass: a floor under poverty, a ceiling over clean water."),
    mend=N_(
        "Use at_most or less_than where lower is better and at_least or more_than where higher is, or correct the measure's sense."
    ),
    of_set=find,
)
