"""NTM071: a part of `all` that another one implies."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.implying import implies, parts_of
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every part that follows from another one, or is the same as an earlier one."""
    for at in subject.nodes:
        parts = parts_of(subject, at, "all")
        for i, one in enumerate(parts):
            for j, other in enumerate(parts):
                if i != j and implies(other.node, one.node) and (j < i or not implies(one.node, other.node)):
                    message = Message("whoever meets {id} meets {other} already", id=other.node.id, other=one.node.id)
                    yield subject.at(one.file, one.place, message)
                    break


CHECK = Check(
    code="NTM071",
    severity=Severity.WARNING,
    title=N_("A part of `all` that another one implies"),
    why=N_("The part demands nothing of its own; often the wrong measure or number was copied."),
    mend=N_("Correct its measure or target, or take it out."),
    of_set=find,
)
