"""NTM110: an overlay loosens a stated number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message, Numerals
from ntm_rules.rulebook.criteria_set import KnownTarget, Requirement
from ntm_rules.rulebook.models import Text
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay


def find(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield every value that asks less than the set does on some day of the overlay, of everyone or of a group."""
    told: set[str] = set()
    for day in subject.days:
        without, laid = subject.before(day), subject.after(day)
        for id_, place in _spoken_of(subject):
            old, new = without.requirement_by_id.get(id_), laid.requirement_by_id.get(id_)
            if id_ in told or old is None or new is None or old.measure != new.measure or old.taken != new.taken:
                continue
            if not isinstance(old.target, KnownTarget) or not isinstance(new.target, KnownTarget):
                continue
            if old.comparator.is_ceiling != new.comparator.is_ceiling:
                continue
            loosened = old.target.loosened(new.target, new.comparator)
            if loosened is None and old.comparator.is_strict and not new.comparator.is_strict:
                same = set(old.target.values()) & set(new.target.values())
                loosened = (min(same), min(same)) if same else None
            if loosened:
                told.add(id_)
                before, after = (_shown(subject, old, value) for value in loosened)
                signs = {"sign": old.comparator.sign, "sign_after": new.comparator.sign}
                words = Message("{id} goes from {before} to {after}", id=id_, before=before, after=after)
                if old.comparator is not new.comparator:
                    words = Message(
                        "{id} goes from {sign} {before} to {sign_after} {after}",
                        id=id_, before=before, after=after, **signs,
                    )  # fmt: skip
                yield subject.at(place, words)


def _spoken_of(subject: CheckedOverlay) -> Iterator[tuple[str, Place]]:
    """Yield the id of every requirement whose target an overlay may set anew, with the place that does."""
    overlay = subject.overlay
    yield from ((id_, ("set", id_)) for id_ in overlay.set)
    yield from ((node.id, ("replace", id_)) for id_, by in overlay.replace.items() for node in by.walk() if node.id)
    yield from ((id_, ("replace", id_)) for id_ in overlay.replace)
    yield from ((id_, ("change", id_)) for id_ in overlay.change)


def _shown(subject: CheckedOverlay, requirement: Requirement, value: Decimal) -> Message | Text:
    scale = subject.whole.scale_of(requirement.measure)
    if scale is None:
        return Numerals(value)
    return scale.grades[int(value)].label


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
