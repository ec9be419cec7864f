"""Every target a requirement has had or will have: stated, dated, laid over, awaited; and which one holds.

The resolved set holds the one in force; the others stand in the set as written and in the overlays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Classing,
    CriteriaSet,
    Indicator,
    KnownTarget,
    Provenance,
    Requirement,
    Stated,
    Target,
    known_target,
    of_each_hamlet,
)
from ntm_rules.rulebook.models import (
    BY_GROUP,
    ClassedValue,
    DatedValue,
    DerivedValue,
    InForce,
    NodeWritten,
    Overlay,
    OverlayEntry,
    PendingAgain,
    Scale,
    SetTarget,
    Source,
    Text,
    ValueWritten,
)
from ntm_rules.wording.targets import cell_words, target_words


class TargetStatus(Enum):
    """What becomes of a target on the day of the law."""

    HOLDS = N_("holds")
    AWAITED = N_("awaited")
    REPLACED = N_("replaced by the one below")
    OVERTAKEN = N_("another one holds")
    NOT_YET = N_("not yet in force")
    OVER = N_("no longer in force")
    NOT_KNOWN = N_("not promulgated yet")

    @property
    def words(self) -> Message:
        """The status in words."""
        return Message(self.value)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target of a requirement, with where it stands and from when to when."""

    target: Target
    status: TargetStatus
    source: Source | None = None
    """Where the set itself says it."""
    overlay: Overlay | None = None
    """The overlay that says it."""
    article: str = ""
    """The overlay's article."""
    from_: dt.date | None = None
    to: dt.date | None = None
    promulgated: dt.date | None = None

    @property
    def illustrative(self) -> bool:
        """Tell whether the target is invented for demonstration."""
        return self.overlay is not None and self.overlay.illustrative


class TargetState(Enum):
    """How far the targets of an indicator are fixed."""

    STATED = "stated"
    ANSWER = "answer"
    ILLUSTRATIVE = "illustrative"
    PARTLY = "partly"
    PENDING = "pending"

    @property
    def label(self) -> Message:
        """The state in words."""
        return Message(_STATES[self][0])

    @property
    def letter(self) -> Message:
        """A letter that tells the states apart without colour."""
        return Message(_STATES[self][1])


_STATES = {
    TargetState.STATED: (N_("Target stated"), N_("S")),
    TargetState.ANSWER: (N_("Answer, no number"), N_("A")),
    TargetState.ILLUSTRATIVE: (N_("Illustrative target"), N_("I")),
    TargetState.PARTLY: (N_("Partly awaited"), N_("+T")),
    TargetState.PENDING: (N_("Target awaited"), N_("T")),
}


def state_of(rules: CriteriaSet, requirements: Iterable[Requirement]) -> TargetState:
    """Return how far the targets of some requirements are fixed; any invented one makes them illustrative."""
    found = counts(rules, requirements)
    if found.illustrative:
        return TargetState.ILLUSTRATIVE
    if found.awaited:
        return TargetState.PENDING if found.awaited == found.requirements else TargetState.PARTLY
    return TargetState.STATED if found.numbers or found.grades else TargetState.ANSWER


def target_lines(
    rules: CriteriaSet,
    requirement: Requirement,
    indicator: Indicator,
    node: NodeWritten,
    overlays: Sequence[Overlay],
) -> list[TargetLine]:
    """Return every target of a requirement: as the set states it, then the overlays in order of promulgation."""
    lineage = (*requirement.replaced, requirement.target)
    lines = list(_stated(rules, requirement, indicator, node, lineage[0]))
    scale, laid = rules.scale_of(requirement.measure), 0
    by = next((one.classing for one in reversed(lineage) if isinstance(one, ClassedTarget)), None)
    for overlay in sorted(overlays, key=lambda o: o.promulgated):
        entry = overlay.set.get(requirement.id)
        if entry is None:
            continue
        line = TargetLine(
            _laid(rules, entry, scale, requirement, Provenance("", illustrative=overlay.illustrative), by),
            _status(rules, overlay.effective.from_, overlay.effective.to, overlay.promulgated),
            overlay=overlay,
            article=(entry.article or "") if isinstance(entry, SetTarget | InForce | PendingAgain) else "",
            from_=overlay.effective.from_,
            to=overlay.effective.to,
            promulgated=overlay.promulgated,
        )
        if line.status is TargetStatus.HOLDS:
            laid += 1
            if _is_derived(line.target) and laid < len(lineage):
                line = replace(line, target=lineage[laid])
            line = replace(line, status=TargetStatus.HOLDS if laid == len(lineage) - 1 else TargetStatus.REPLACED)
        lines.append(line)
    return _ended(lines)


def _is_derived(target: Target) -> bool:
    """Tell whether a target is taken from something else and not worked out."""
    return isinstance(target, AwaitedTarget) and target.basis is not None


def classing_of(rules: CriteriaSet, value: ValueWritten, under: Classing | None) -> Classing | None:
    """Return by what a written value differs; `under`: what the target it changes differs by."""
    if isinstance(value, ClassedValue):
        return rules.classings[value.by]
    return under or rules.classings.get(BY_GROUP) if isinstance(value, dict) else None


def _laid(
    rules: CriteriaSet,
    entry: OverlayEntry,
    scale: Scale | None,
    requirement: Requirement,
    source: Provenance,
    by: Classing | None,
) -> Target:
    """Return the target that an overlay's entry states; `by`: what the target it changes differs by."""
    if isinstance(entry, PendingAgain):
        return AwaitedTarget(entry.pending.decision, note=entry.pending.note, provenance=source)
    if isinstance(entry, InForce):
        return KnownTarget(source, everywhere=Decimal(requirement.answer))
    value = entry.value if isinstance(entry, SetTarget) else entry
    return known_target(value, scale, source, classing_of(rules, value, by))


def _ended(lines: Sequence[TargetLine]) -> list[TargetLine]:
    """Let a target that was replaced end on the day before what replaced it began."""
    found: list[TargetLine] = []
    for line, later in zip(lines, [*lines[1:], None], strict=True):
        since = (
            later.from_ if later is not None and later.status in (TargetStatus.HOLDS, TargetStatus.REPLACED) else None
        )
        if line.status is TargetStatus.REPLACED and since and line.from_ and line.from_ < since:
            found.append(replace(line, to=min(line.to or dt.date.max, since - dt.timedelta(days=1))))
        else:
            found.append(line)
    return found


def _stated(
    rules: CriteriaSet, requirement: Requirement, indicator: Indicator, written: NodeWritten, stated: Target
) -> Iterator[TargetLine]:
    bound = next(iter(written.bounds.values()), None)
    if not isinstance(bound, tuple):
        status = TargetStatus.AWAITED if isinstance(stated, AwaitedTarget) else TargetStatus.HOLDS
        document = rules.documents.get(requirement.source.document)
        known, days = not isinstance(stated, AwaitedTarget), indicator.in_force
        yield TargetLine(
            stated,
            TargetStatus.REPLACED if requirement.replaced else status,
            source=requirement.source if known else None,
            from_=(days.from_ if days else dt.date(indicator.years.from_, 1, 1)) if known else None,
            to=((days and days.to) or dt.date(indicator.years.to, 12, 31)) if known else None,
            promulgated=document.date if known and document else None,
        )
        return
    for value in sorted(bound, key=lambda v: (v.from_, v.promulgated)):
        status = _status(rules, value.from_, value.to, value.promulgated)
        holding = [one for one in bound if _status(rules, one.from_, one.to, one.promulgated) is TargetStatus.HOLDS]
        derived = isinstance(value.value, DerivedValue)
        last = derived and value == max(holding, key=lambda v: (v.promulgated, v.from_), default=None)
        if status is TargetStatus.HOLDS and not (last or _is(value, stated)):
            status = TargetStatus.OVERTAKEN
        elif status is TargetStatus.HOLDS and requirement.replaced:
            status = TargetStatus.REPLACED
        classing = classing_of(rules, value.value, None)
        target = known_target(
            value.value, rules.scale_of(requirement.measure), Provenance(value.source.document), classing
        )
        yield TargetLine(
            stated if last else target,
            status,
            source=value.source,
            from_=value.from_,
            to=value.to,
            promulgated=value.promulgated,
        )


def _status(rules: CriteriaSet, from_: dt.date, to: dt.date | None, promulgated: dt.date) -> TargetStatus:
    if rules.known_on is not None and promulgated > rules.known_on:
        return TargetStatus.NOT_KNOWN
    if from_ > rules.as_of:
        return TargetStatus.NOT_YET
    return TargetStatus.OVER if to is not None and to < rules.as_of else TargetStatus.HOLDS


def _is(value: DatedValue, target: Target) -> bool:
    """Tell whether a dated value is the one that was found to hold."""
    if isinstance(target, AwaitedTarget):
        return False
    found = target.provenance
    return (value.from_, value.to, value.promulgated, value.source.document) == (
        found.from_,
        found.to,
        found.promulgated,
        found.document,
    )


class ValueLine(NamedTuple):
    """The target of one class of communes, or of all."""

    class_: str | None
    """None for all communes, or for those that are not named."""
    title: Text | None
    """What the class is called; None for all communes."""
    words: str
    """For example "≥ 80%"."""


def value_lines(rules: CriteriaSet, requirement: Requirement, target: Stated) -> list[ValueLine]:
    """Return a target in words, class by class where it differs."""
    asked = replace(requirement, target=target)
    if isinstance(target, KnownTarget):
        return [ValueLine(None, None, target_words(rules, asked, target.everywhere))]
    return [ValueLine(class_, target.title(class_), cell_words(rules, asked, cell)) for class_, cell in target.each()]


@dataclass(frozen=True, slots=True)
class TargetCounts:
    """How many requirements there are, and how their targets stand."""

    requirements: int
    numbers: int
    """A number that a document fixes."""
    grades: int
    """A grade that a document names."""
    illustrative: int
    answers: int
    """An answer or a conclusion, for which no number is needed."""
    awaited: int


def counts(rules: CriteriaSet, requirements: Iterable[Requirement]) -> TargetCounts:
    """Count requirements by how their targets stand; every one counts once."""
    found = {"numbers": 0, "grades": 0, "illustrative": 0, "answers": 0, "awaited": 0}
    for requirement in requirements:
        found[_counted_as(rules, requirement)] += 1
    return TargetCounts(requirements=sum(found.values()), **found)


def _counted_as(rules: CriteriaSet, requirement: Requirement) -> str:
    if any(isinstance(one.target, AwaitedTarget) for one in (requirement, *of_each_hamlet(requirement))):
        return "awaited"
    assert not isinstance(requirement.target, AwaitedTarget)
    if requirement.target.provenance.illustrative:
        return "illustrative"
    traits = rules.measures[requirement.measure].traits
    return "numbers" if traits.quantity else "grades" if traits.graded else "answers"
