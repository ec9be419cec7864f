"""NTM110: an overlay loosens a stated number."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.criteria_set import KnownTarget, Target, changed_classes, loosened, named, named_classes
from ntm_rules.rulebook.overlay_notices import OverlayNotices
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
            if old.comparator.is_ceiling != new.comparator.is_ceiling:
                continue
            eased = loosened(old.target, new.target, new.comparator)
            if old.comparator.is_strict and not new.comparator.is_strict:
                eased = eased or _same(old.target, new.target)
            if eased:
                told.add(id_)
                before, after = OverlayNotices(subject.whole).was_and_is(old.target, new.target, old.measure, eased)
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


def _same(before: Target, after: Target) -> tuple[str | None, ...]:
    """Return the classes of which the number stays what it was."""
    changed = changed_classes(before, after)
    return tuple(
        class_
        for class_ in named_classes(before, after)
        if class_ not in changed and isinstance(named(after, class_), KnownTarget)
    )


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
