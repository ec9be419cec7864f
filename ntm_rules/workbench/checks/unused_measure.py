"""NTM090: a measure that no rule uses."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.cross_checks import named
from ntm_rules.rulebook.names import MEASURES
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every measure that no requirement asks for, against which no cross-check holds another's figures, that reports no recognition."""
    used = {id_ for at in subject.nodes for id_ in at.node.asked}
    if subject.header and subject.header.recognition:
        used.add(subject.header.recognition)
    for check in subject.draft.cross_checks.values():
        if check.relation:
            used |= {
                named(term).measure for terms in (check.relation.sum, check.relation.comparison[1]) for term in terms
            }
        if check.same:
            used |= {named(term).measure for term in check.same.of}
    for i, measure in subject.draft.measures.items():
        if measure.id not in used:
            yield subject.at(MEASURES, (i, "id"), Message("nothing uses {id}", id=measure.id))


CHECK = Check(
    code="NTM090",
    severity=Severity.WARNING,
    title=N_("A measure that no rule uses"),
    why=N_("Communes are asked for figures nobody uses, or a rule that should use it was forgotten."),
    mend=N_("Use it in the rule it was meant for, or take it out of measures.yaml."),
    of_set=find,
    needs_all_files=True,
)
