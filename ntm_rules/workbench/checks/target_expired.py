"""NTM057: no value is in force any more."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message, written_day
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every target all of whose values have ended before the day of checking, in a year the indicator is in."""
    for at in subject.leaves:
        dated = at.target.dated if at.target else ()
        if at.target and dated and subject.as_of.year in at.indicator.years:
            ends = [value.to for value in dated if value.to]
            if len(ends) == len(dated) and max(ends) < subject.as_of:
                message = Message("the last value ended on {day}", day=written_day(max(ends)))
                yield subject.at(at.file, at.target.place, message)


CHECK = Check(
    code="NTM057",
    severity=Severity.WARNING,
    title=N_("No value is in force any more"),
    why=N_("From that day communes have no target: the verdict is “no target”."),
    mend=N_("Add the value of the document that follows, or leave `to` out where the old one still holds."),
    of_set=find,
)
