"""NTM113: an overlay fills part of what waited on a decision."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.criteria_set import of_each_hamlet
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay


def find(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield each decision of whose waiting requirements the overlay fills some and leaves others."""
    waiting: dict[str, list[str]] = {}
    every = (one for whole in subject.requirements.values() for one in (whole, *of_each_hamlet(whole)))
    for requirement in every:
        for decision in dict.fromkeys(one.decision for one in requirement.target.awaited if one.decision):
            waiting.setdefault(decision, []).append(requirement.id)
    for decision, ids in waiting.items():
        done = {**subject.overlay.set, **subject.overlay.replace, **subject.overlay.repeal, **subject.overlay.change}
        left = [id_ for id_ in ids if id_ not in done]
        if 0 < len(left) < len(ids):
            message = Message("of {decision} these still wait: {ids}", decision=decision, ids=", ".join(left))
            yield subject.at(("set",), message)


CHECK = Check(
    code="NTM113",
    severity=Severity.NOTE,
    title=N_("An overlay fills part of what waited on a decision"),
    why=N_("A number of the decision may have been overlooked; those communes stay without a target."),
    mend=N_("Look for each of them in the decision; those it does not fix stay pending."),
    of_overlay=find,
)
