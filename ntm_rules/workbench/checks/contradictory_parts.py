"""NTM072: parts of `all` that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.implying import contradict, parts_of, same_figure
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every ceiling that lies below a floor of the same measure, for everyone or for one group."""
    for at in subject.nodes:
        parts = parts_of(subject, at, "all")
        for one, other in permutations(parts, 2):
            if one.node.measure and same_figure(one.node, other.node) and contradict(one.node, other.node):
                message = Message(
                    "{measure} cannot meet {id} and {other} at once",
                    measure=one.node.measure,
                    id=one.node.id,
                    other=other.node.id,
                )
                yield subject.at(other.file, other.place, message)


CHECK = Check(
    code="NTM072",
    severity=Severity.ERROR,
    title=N_("Parts of `all` that contradict each other"),
    why=N_("No commune can meet both, so none can be certified."),
    mend=N_("Correct one of the two targets or comparators."),
    of_set=find,
)
