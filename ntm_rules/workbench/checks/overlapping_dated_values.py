"""NTM060: two values hold on the same days."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message, written_day
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every value that overlaps an earlier one which says itself until when it holds, or is as old."""
    for at in subject.leaves:
        target = at.target
        for (i, one), (j, other) in combinations(enumerate(target.dated if target else ()), 2):
            first, second, later = (one, other, j) if one.from_ <= other.from_ else (other, one, i)
            replaced = first.to is None and second.promulgated > first.promulgated
            if target and (first.to is None or second.from_ <= first.to) and not replaced:
                message = Message(
                    "from {day} on the value beginning on {other} holds too",
                    day=written_day(second.from_),
                    other=written_day(first.from_),
                )
                yield subject.at(at.file, (*target.place, later), message)


CHECK = Check(
    code="NTM060",
    severity=Severity.WARNING,
    title=N_("Two values hold on the same days"),
    why=N_(
        "Which of the two judges a commune then depends on the order of promulgation, not on what the author meant."
    ),
    mend=N_("End the earlier value on the day before the later begins."),
    of_set=find,
)
