"""What is told of targets that decisions lay over each other: which loosen one, take one back or are outranked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ntm_rules.i18n import Message, Numerals, Parts
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    ClassedTarget,
    Classing,
    Comparator,
    KnownTarget,
    NotAsked,
    Target,
    changed_classes,
    loosened,
    named,
    named_classes,
)
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Overlay, Text
from ntm_rules.rulebook.precedence import Laid

Asks = tuple[str, Comparator, Target]
"""What a requirement reads, how it compares it, and with what."""


@dataclass(frozen=True, slots=True)
class OverlayNotices:
    """Tells them, in the words of a set."""

    loaded: LoadedSet

    def of_comparison(self, id_: str, was: Asks, now: Asks, overlay: Overlay | None) -> Iterator[Message]:
        """Yield a notice where another comparison, of the same figure, is easier to meet."""
        (measure, sign, before), (read, other, after) = was, now
        if measure != read or sign is other or sign.is_ceiling != other.is_ceiling or overlay is None:
            return
        if not isinstance(before, AwaitedTarget) and not isinstance(after, AwaitedTarget):
            values = {*before.values(), *after.values()}
            eased = loosened(before, after, other)
            if eased or (len(values) == 1 and sign.is_strict):
                was_so, is_so = self.was_and_is(before, after, measure, eased or named_classes(before, after))
                yield Message(
                    "Overlay {overlay} loosens {id}: from {sign_before} {before} to {sign} {after}",
                    overlay=overlay.id,
                    id=id_,
                    sign_before=sign.sign,
                    sign=other.sign,
                    before=was_so,
                    after=is_so,
                )

    def of_order(self, id_: str, entries: Sequence[Laid], comparator: Comparator, measure: str) -> Iterator[Message]:
        """Yield a notice for each overlay that loosens what held before it, and for each that the set's own value outranks."""
        last = entries[-1]
        for before, after in pairwise(entries):
            if before.rank == after.rank:  # neither lies over the other
                continue
            if after.overlay is None:
                assert before.overlay is not None
                yield Message(
                    "Overlay {overlay} sets {id}, but the set's own value was promulgated later and holds",
                    overlay=before.overlay.id,
                    id=id_,
                )
                continue
            if after is last and isinstance(after.whole, AwaitedTarget) and not isinstance(before.whole, AwaitedTarget):
                yield Message(
                    "Overlay {overlay} takes the target of {id} back: it waits on {decision}",
                    overlay=after.overlay.id,
                    id=id_,
                    decision=after.whole.decision,
                )
                continue
            yield from self._of_what_waits_again(id_, before.whole, after)
            if loosened(before.whole, after.whole, comparator):
                changed = changed_classes(before.whole, after.whole)
                changed = tuple(one for one in changed if not isinstance(named(before.whole, one), AwaitedTarget))
                was_so, is_so = self.was_and_is(before.whole, after.whole, measure, changed)
                yield Message(
                    "Overlay {overlay} loosens {id}: from {sign} {before} to {sign} {after}",
                    overlay=after.overlay.id,
                    id=id_,
                    sign=comparator.sign,
                    before=was_so,
                    after=is_so,
                )

    def _of_what_waits_again(self, id_: str, before: Target, after: Laid) -> Iterator[Message]:
        """Yield a notice where a decision makes the target of some classes wait again, by the decision awaited."""
        taken: dict[str, list[Text]] = {}
        for class_ in changed_classes(before, after.whole):
            was, now = named(before, class_), named(after.whole, class_)
            if (
                isinstance(was, KnownTarget)
                and isinstance(now, AwaitedTarget)
                and isinstance(after.whole, ClassedTarget)
            ):
                taken.setdefault(now.decision, []).append(after.whole.title(class_))
        for decision, classes in taken.items():
            yield Message(
                "Overlay {overlay} takes the target of {id} back for {classes}: it waits on {decision}",
                overlay=after.overlay.id if after.overlay else "",
                id=id_,
                classes=Parts(*classes),
                decision=decision,
            )

    def was_and_is(
        self, before: Target, after: Target, measure: str, of: Sequence[str | None]
    ) -> tuple[Message, Message]:
        """Return what a target was and is, of some classes; whole where these are all that either names."""
        classes = None if of == named_classes(before, after) else of
        classing = next((one.classing for one in (before, after) if isinstance(one, ClassedTarget)), None)
        return self._shown(before, measure, classes, classing), self._shown(after, measure, classes, classing)

    def _shown(
        self, target: Target, measure: str, classes: Sequence[str | None] | None, classing: Classing | None
    ) -> Message:
        if classing is None or (classes is None and isinstance(target, KnownTarget)):
            cell = target.of_class(None)
            assert cell is not None, "a target that names no classes is one for all"
            return self._value(cell, measure)
        said = ((class_, named(target, class_)) for class_ in classes or named_classes(target))
        return Parts(
            *(
                Message("{value} ({group})", value=self._value(cell, measure), group=classing.title(class_))
                for class_, cell in said
                if cell is not None
            )
        )

    def _value(self, cell: Cell, measure: str) -> Message:
        """Return what the target of a class is."""
        if not isinstance(cell, KnownTarget):
            return Message("not applicable") if isinstance(cell, NotAsked) else Message("not yet fixed")
        if self.loaded.measures[measure].traits.dated:
            return Parts(f"{dt.date.fromordinal(int(cell.everywhere)):%d/%m/%Y}")
        scale = self.loaded.scale_of(measure)
        return Parts(scale.grades[int(cell.everywhere)].label) if scale else Numerals(cell.everywhere)
