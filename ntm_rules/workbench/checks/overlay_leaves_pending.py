"""NTM113: an overlay fills part of what waited on a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.criteria_set import CriteriaSet, of_each_hamlet
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay


def find(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield each decision of whose waiting requirements the overlay fills some and leaves others."""
    waiting, after = _waiting(map(subject.before, subject.days)), _waiting(map(subject.after, subject.days))
    for decision, ids in waiting.items():
        left = [id_ for id_ in ids if id_ in after.get(decision, ())]
        if 0 < len(left) < len(ids):
            message = Message("of {decision} these still wait: {ids}", decision=decision, ids=", ".join(left))
            yield subject.at(("set",), message)


def _waiting(laws: Iterable[CriteriaSet]) -> dict[str, dict[str, None]]:
    """Return the requirements that wait on each decision themselves, not for what their target is taken from."""
    waiting: dict[str, dict[str, None]] = {}
    for rules in laws:
        for requirement in (one for whole in rules.requirements() for one in (whole, *of_each_hamlet(whole))):
            for cell in requirement.target.awaited:
                if cell.decision and cell.basis is None:
                    waiting.setdefault(cell.decision, {})[requirement.id] = None
    return waiting


CHECK = Check(
    code="NTM113",
    severity=Severity.NOTE,
    title=N_("An overlay fills part of what waited on a decision"),
    why=N_("A number of the decision may have been overlooked; those communes stay without a target."),
    mend=N_("Look for each of them in the decision; those it does not fix stay pending."),
    of_overlay=find,
)
