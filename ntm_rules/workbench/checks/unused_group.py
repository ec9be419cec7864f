"""NTM094: a group of communes that nothing tells apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models import BY_GROUP, ClassedValue, ValueWritten
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every group without a target or a commune; none while a target is pending, which may yet be by group."""
    if subject.header is None or any(True for _ in subject.pending()):
        return
    values = [value for at in subject.leaves for _p, value, _s in (at.target.values() if at.target else ())]
    used = {group for value in values for group in _named(value)}
    used |= {commune.group for commune in subject.draft.communes or () if commune.group}
    for i, group in enumerate(subject.header.groups):
        if group.id not in used:
            yield subject.at(HEADER, ("groups", i, "id"), Message("nothing uses {id}", id=group.id))


def _named(value: ValueWritten) -> Iterable[str]:
    if isinstance(value, ClassedValue):
        return value.values if value.by == BY_GROUP else ()
    return value if isinstance(value, dict) else ()


CHECK = Check(
    code="NTM094",
    severity=Severity.NOTE,
    title=N_("A group of communes that nothing tells apart"),
    why=N_("Officers must find out a commune's group, and it changes nothing."),
    mend=N_("State targets by group, or take the group out."),
    of_set=find,
    needs_all_files=True,
)
