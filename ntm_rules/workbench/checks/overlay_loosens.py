"""NTM110: an overlay loosens a stated number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, InBoth, Message, Numerals
from ntm_rules.rulebook.criteria_set import Comparator, KnownTarget, Requirement, Target
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay


def find(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield every value that asks less than the set does on some day of the overlay, of everyone or of a group."""
    told: set[str] = set()
    for day in subject.days:
        before, after = subject.before(day), subject.after(day)
        for id_ in subject.overlay.set:
            old, new = before.requirement_by_id.get(id_), after.requirement_by_id.get(id_)
            if id_ in told or old is None or new is None:
                continue
            for was, now in _pairs(old.target, new.target):
                if (now < was) if old.comparator is Comparator.AT_LEAST else (now > was):
                    told.add(id_)
                    message = Message(
                        "{id} goes from {before} to {after}",
                        id=id_,
                        before=_shown(subject, old, was),
                        after=_shown(subject, old, now),
                    )
                    yield subject.at(("set", id_), message)
                    break


def _shown(subject: CheckedOverlay, requirement: Requirement, value: Decimal) -> Message:
    scale = subject.loaded.measures[requirement.measure].scale
    grades = next((s.grades for s in subject.loaded.header.scales if s.id == scale), ())
    if not grades:
        return Numerals(value)
    label = grades[int(value)].label
    return InBoth(vi=label.vi, en=label.en)


def _pairs(before: Target, after: Target) -> Iterator[tuple[Decimal, Decimal]]:
    if isinstance(before, KnownTarget) and isinstance(after, KnownTarget):
        groups: set[str | None] = {*before.by_group, *after.by_group} or {None}
        for group in sorted(groups, key=str):
            was, now = before.value_for(group), after.value_for(group)
            if was is not None and now is not None:
                yield was, now


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
