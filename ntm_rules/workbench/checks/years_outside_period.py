"""NTM100: years outside the set's period."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every indicator that begins before the period or ends after it."""
    for at in subject.nodes:
        years, period = at.indicator.years, subject.header.period if subject.header else at.indicator.years
        if at.parent is None and (years.from_ < period.from_ or years.to > period.to):
            message = Message(
                "{first}-{last} lies outside {start}-{end}",
                first=years.from_,
                last=years.to,
                start=period.from_,
                end=period.to,
            )
            yield subject.at(at.file, (*at.place, "years"), message)


CHECK = Check(
    code="NTM100",
    severity=Severity.ERROR,
    title=N_("Years outside the set's period"),
    why=N_("In those years no commune is judged, so the indicator is silently shorter than it says."),
    mend=N_("Keep `years` within the `period` of criteria-set.yaml."),
    of_set=find,
)
