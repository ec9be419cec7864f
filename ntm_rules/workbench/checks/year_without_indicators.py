"""NTM105: a year of the period in which no indicator is in force."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield the years of the period in which no criterion has an indicator in force."""
    if subject.header is None:
        return
    period = subject.header.period
    indicators = [at.indicator for at in subject.nodes if at.node is at.indicator and at.owner]
    bare = [year for year in range(period.from_, period.to + 1) if not any(year in i.years for i in indicators)]
    if bare:
        message = Message("no indicator of the criteria is in force in {years}", years=", ".join(map(str, bare)))
        yield subject.at(HEADER, ("period",), message)


CHECK = Check(
    code="NTM105",
    severity=Severity.NOTE,
    title=N_("A year of the period without any indicator in force"),
    why=N_("No commune can be judged for that year, and commands that are asked for it say so and stop."),
    mend=N_("Let `period` begin and end with the years that the indicators cover, or correct their `years`."),
    of_set=find,
    needs_all_files=True,
)
