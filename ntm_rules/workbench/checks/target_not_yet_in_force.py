"""NTM058: no value is in force yet."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message, written_day
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every target all of whose values begin after the day of checking, in a year the indicator is in."""
    for at in subject.leaves:
        dated = at.target.dated if at.target else ()
        if at.target and dated and subject.as_of.year in at.indicator.years:
            first = min(value.from_ for value in dated)
            if first > subject.as_of:
                message = Message("the first value begins on {day}", day=written_day(first))
                yield subject.at(at.file, at.target.place, message)


CHECK = Check(
    code="NTM058",
    severity=Severity.NOTE,
    title=N_("No value is in force yet"),
    why=N_("Until that day communes have no target."),
    mend=N_("Nothing, where the law begins then; else correct `from`."),
    of_set=find,
)
