"""NTM112: a number of a decision without its article."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models import InForce, Overlay, PendingAgain, SetTarget
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay


def find(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield every value without an article, unless the overlay says that it is invented."""
    for id_, entry in subject.overlay.set.items():
        article = entry.article if isinstance(entry, SetTarget | InForce | PendingAgain) else None
        if not subject.overlay.illustrative and not (article or "").strip():
            yield subject.at(("set", id_), Message("no article says where {id} stands", id=id_))
    for place, id_, article in _acts(subject.overlay):
        if not subject.overlay.illustrative and not (article or "").strip():
            yield subject.at(place, Message("no article says where {id} stands", id=id_))


def _acts(overlay: Overlay) -> Iterator[tuple[Place, str, str | None]]:
    """Yield everything it does beside setting targets, with the article."""
    yield from ((("add", i), one.id, one.article) for i, one in enumerate(overlay.add))
    yield from ((("repeal", id_), id_, one.article) for id_, one in overlay.repeal.items())
    yield from ((("replace", id_), id_, by.article) for id_, by in overlay.replace.items())
    if overlay.standard is not None:
        yield ("standard",), overlay.applies_to, overlay.standard.article
    yield from ((("change", id_), id_, change.article) for id_, change in overlay.change.items())


CHECK = Check(
    code="NTM112",
    severity=Severity.ERROR,
    title=N_("A number of a decision without its article"),
    why=N_("Whoever appeals must be told where in the decision the number stands."),
    mend=N_("Write {value: ..., article: Điều ...}."),
    of_overlay=find,
)
