"""NTM070: an alternative of `any` that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.implying import implies, is_never_met, parts_of
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every alternative that implies another one, is the same as an earlier one, or can never be met."""
    for at in subject.nodes:
        alternatives = parts_of(subject, at, "any")
        for i, one in enumerate(alternatives):
            if is_never_met(one.node, subject.measures):
                yield subject.at(one.file, one.place, Message("{id} can never be met", id=one.node.id))
                continue
            for j, other in enumerate(alternatives):
                if i != j and implies(one.node, other.node) and (j < i or not implies(other.node, one.node)):
                    message = Message("whoever meets {id} meets {other} already", id=one.node.id, other=other.node.id)
                    yield subject.at(one.file, one.place, message)
                    break


CHECK = Check(
    code="NTM070",
    severity=Severity.WARNING,
    title=N_("An alternative of `any` that changes nothing"),
    why=N_(
        "Whoever reaches it has reached another one already, or nobody can: the text's “hoặc” is not what the rule says."
    ),
    mend=N_("Correct the condition of the alternative, or take it out."),
    of_set=find,
)
