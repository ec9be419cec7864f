"""NTM095: a scale that no measure uses."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every scale that no measure is graded on."""
    used = {measure.scale for measure in subject.measures.values()}
    for i, scale in enumerate(subject.header.scales if subject.header else ()):
        if scale.id not in used:
            yield subject.at(HEADER, ("scales", i, "id"), Message("nothing uses {id}", id=scale.id))


CHECK = Check(
    code="NTM095",
    severity=Severity.WARNING,
    title=N_("A scale that no measure uses"),
    why=N_("Communes are asked for figures nobody uses, or a rule that should use it was forgotten."),
    mend=N_("Let the graded measure name it, or take it out."),
    of_set=find,
    needs_all_files=True,
)
