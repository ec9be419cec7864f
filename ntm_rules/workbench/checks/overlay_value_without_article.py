"""NTM112: a number of a decision without its article."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models import InForce, SetTarget
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay


def find(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield every value without an article, unless the overlay says that it is invented."""
    for id_, entry in subject.overlay.set.items():
        article = entry.article if isinstance(entry, SetTarget | InForce) else None
        if not subject.overlay.illustrative and not (article or "").strip():
            yield subject.at(("set", id_), Message("no article says where {id} stands", id=id_))


CHECK = Check(
    code="NTM112",
    severity=Severity.ERROR,
    title=N_("A number of a decision without its article"),
    why=N_("Whoever appeals must be told where in the decision the number stands."),
    mend=N_("Write {value: ..., article: Điều ...}."),
    of_overlay=find,
)
