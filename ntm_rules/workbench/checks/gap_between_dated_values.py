"""NTM059: days without a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message, written_day
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet, NodeAt


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every stretch of days of an indicator's years on which none of its dated values holds."""
    for at in subject.leaves:
        if not at.target or not at.target.dated:
            continue
        last = dt.date(at.indicator.years.to, 12, 31)
        free = dt.date(at.indicator.years.from_, 1, 1)
        for value in sorted(at.target.dated, key=lambda v: v.from_):
            if value.from_ > free and free <= last:
                yield _gap(subject, at, free, min(last, value.from_ - ONE_DAY))
            free = max(
                free,
                value.to + ONE_DAY if value.to and value.to < last else dt.date.max if not value.to else last + ONE_DAY,
            )
        if free <= last:
            yield _gap(subject, at, free, last)


ONE_DAY = dt.timedelta(days=1)


def _gap(subject: CheckedSet, at: NodeAt, first: dt.date, last: dt.date) -> RuleProblem:
    message = Message("no value holds from {first} to {last}", first=written_day(first), last=written_day(last))
    return subject.at(at.file, at.target.place if at.target else at.place, message)


CHECK = Check(
    code="NTM059",
    severity=Severity.WARNING,
    title=N_("Days without a value"),
    why=N_("An appraisal on such a day finds no target."),
    mend=N_(
        "Let each value begin on the day after the one before ends; leave `to` of the last out where it holds until further notice."
    ),
    of_set=find,
)
