"""NTM110: an overlay loosens a stated number."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message, Numerals
from ntm_rules.rulebook.criteria_set import Cell, KnownTarget, Requirement, loosened, named
from ntm_rules.rulebook.models import Text
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay


def find(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield every value that asks less than the set does on some day of the overlay, of everyone or of a group."""
    told: set[str] = set()
    for day in subject.days:
        without, laid = subject.before(day), subject.after(day)
        for id_ in subject.overlay.set:
            old, new = without.requirement_by_id.get(id_), laid.requirement_by_id.get(id_)
            if id_ in told or old is None or new is None:
                continue
            for class_ in sorted(loosened(old.target, new.target, old.comparator), key=str)[:1]:
                told.add(id_)
                before, after = (_shown(subject, old, named(one.target, class_)) for one in (old, new))
                yield subject.at(
                    ("set", id_), Message("{id} goes from {before} to {after}", id=id_, before=before, after=after)
                )


def _shown(subject: CheckedOverlay, requirement: Requirement, cell: Cell | None) -> Message | Text:
    if not isinstance(cell, KnownTarget):
        return Message("not applicable")
    scale = subject.loaded.scale_of(requirement.measure)
    return Numerals(cell.everywhere) if scale is None else scale.grades[int(cell.everywhere)].label


CHECK = Check(
    code="NTM110",
    severity=Severity.WARNING,
    title=N_("An overlay loosens a stated number"),
    why=N_("Communes that failed under the number stated would pass; a lower document may not loosen a higher one."),
    mend=N_(
        "Check the number against the document; where it is right, write above it # ntm: ignore NTM110 and what allows it."
    ),
    of_overlay=find,
)
