"""What is known of an indicator over time: when it was stated, what later documents did to it, what is still due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ntm_rules.i18n import N_, Message, written_day
from ntm_rules.report.targets import TargetLine, TargetStatus
from ntm_rules.rulebook.criteria_set import CriteriaSet, Indicator, Requirement, walk_with_hamlets
from ntm_rules.rulebook.models import Decision, Document, Overlay

STATED = N_("The indicator is stated, for {first} to {last}.")
DATED = N_("A value of requirement {id} is promulgated.")
SET = N_("A later document sets the target of requirement {id}.")
ADDED = N_("A later document adds {id}, in force from {day}.")
REPLACED = N_("A later document replaces {id}, in force from {day}.")
CHANGED = N_("A later document changes {id}, in force from {day}.")
REPEALED = N_("A later document repeals {id}, in force from {day}.")
DUE = N_("A decision is due that is to fix the targets of: {ids}.")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, or is to happen, to an indicator."""

    day: dt.date | None
    words: Message
    document: Document | None = None
    """A document of the set."""
    overlay: Overlay | None = None
    """A later document that was laid on."""
    decision: Decision | None = None
    """A document that is awaited."""
    line: TargetLine | None = None
    """The target it brought."""
    requirement: Requirement | None = None


def history(
    rules: CriteriaSet,
    indicator: Indicator,
    lines: Iterable[tuple[Requirement, list[TargetLine]]],
    overlays: Sequence[Overlay] = (),
) -> list[Event]:
    """Return what happened to an indicator, the oldest first; what has no day comes last."""
    events = [
        _statement(rules, indicator),
        *_amendments(indicator, overlays),
        *_targets(rules, lines),
        *_due(rules, indicator),
    ]
    return sorted(events, key=lambda event: (event.day is None, event.day or dt.date.max))


def _statement(rules: CriteriaSet, indicator: Indicator) -> Event:
    document = rules.documents.get(indicator.source.document)
    words = Message(STATED, first=indicator.years.from_, last=indicator.years.to)
    return Event(document.date if document else None, words, document=document)


def _amendments(indicator: Indicator, overlays: Sequence[Overlay]) -> Iterator[Event]:
    """Yield what decisions do to an indicator and its parts, whether they are in force on the day of the law or not."""
    own = {indicator.id, *(node.id for node in walk_with_hamlets(indicator.condition))}

    def is_of_it(id_: str | None) -> bool:
        return id_ is not None and (id_ in own or id_.startswith(f"{indicator.id}."))

    for overlay in overlays:
        added = [node.id for one in overlay.add for node in one.nodes]
        acts = [(ADDED, id_) for id_ in added if is_of_it(id_)]
        acts += [(REPLACED, id_) for id_ in overlay.replace if is_of_it(id_)]
        acts += [(CHANGED, id_) for id_ in overlay.change if is_of_it(id_)]
        acts += [(REPEALED, id_) for id_ in overlay.repeal if is_of_it(id_) or id_ == indicator.criterion]
        for words, id_ in acts:
            yield Event(
                overlay.promulgated, Message(words, id=id_, day=written_day(overlay.effective.from_)), overlay=overlay
            )


def _targets(rules: CriteriaSet, lines: Iterable[tuple[Requirement, list[TargetLine]]]) -> Iterator[Event]:
    for requirement, targets in lines:
        dated = sum(line.source is not None for line in targets) > 1
        for line in targets:
            if line.overlay is not None:
                words = Message(SET, id=requirement.id)
                yield Event(line.promulgated, words, overlay=line.overlay, line=line, requirement=requirement)
            elif line.source is not None and (
                dated or line.status in (TargetStatus.OVER, TargetStatus.NOT_YET, TargetStatus.NOT_KNOWN)
            ):
                document = rules.documents.get(line.source.document)
                words = Message(DATED, id=requirement.id)
                yield Event(line.promulgated, words, document=document, line=line, requirement=requirement)


def _due(rules: CriteriaSet, indicator: Indicator) -> Iterator[Event]:
    waiting: dict[str, list[str]] = {}
    for requirement in indicator.requirements():
        for decision in filter(None, requirement.decisions_awaited):
            waiting.setdefault(decision, []).append(requirement.id)
    for id_, requirements in waiting.items():
        awaited = rules.decisions[id_]
        yield Event(awaited.due, Message(DUE, ids=", ".join(requirements)), decision=awaited)
