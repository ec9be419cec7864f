"""Which of several decisions holds: never the order in which they are given.

The one promulgated later; of those of one day the one in force later. Two of the same days that say
different things contradict each other, and neither is taken, unless a later one settles it. What is only
supposed lies over everything and settles nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from operator import itemgetter

from ntm_rules.i18n import Message, written_day
from ntm_rules.rulebook.criteria_set import AwaitedTarget, ClassedTarget, Target, changed_classes, named_classes
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.problem_codes import CONTRADICTION
from ntm_rules.rulebook.register import Commune
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem, key_path

Rank = tuple[bool, dt.date, dt.date]
"""Whether it is only supposed (then it lies over everything), promulgated on, in force from."""
UNDATED: Rank = (False, dt.date.min, dt.date.min)
"""What a set states without a date of its own, and what still waits: every overlay lies over it."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A target among those that lie over one another."""

    rank: Rank
    own: Target
    """As it is stated: of some classes alone, where it changes those."""
    whole: Target
    """With what it leaves as it was."""
    overlay: Overlay | None
    """Whose it is; None: the set's own."""


def rank_of(overlay: Overlay) -> Rank:
    """Return an overlay's place among others."""
    return overlay.is_supposed, overlay.promulgated, overlay.effective.from_


def stated_rank(target: Target) -> Rank:
    """Return the place among overlays of what a set itself states."""
    source = None if isinstance(target, AwaitedTarget) else target.provenance
    if source is None or source.promulgated is None:
        return UNDATED
    return False, source.promulgated, source.from_ or dt.date.min


def in_order(overlays: Iterable[Overlay]) -> list[Overlay]:
    """Return overlays, the one that holds last; the same whatever the order they are given in."""
    placed: dict[tuple[Rank, str], list[Overlay]] = {}
    for overlay in overlays:
        placed.setdefault((rank_of(overlay), overlay.id), []).append(overlay)
    return [
        overlay for _place, alike in sorted(placed.items(), key=itemgetter(0)) for overlay in _by_what_they_say(alike)
    ]


def _by_what_they_say(overlays: list[Overlay]) -> list[Overlay]:
    """Return overlays of one place in an order of their own; writing one out takes as long as reading it."""
    return overlays if len(overlays) == 1 else sorted(overlays, key=Overlay.model_dump_json)


def target_contradictions(id_: str, targets: Sequence[Laid]) -> Iterator[RuleProblem]:
    """Yield a problem for each target that says otherwise than another of the highest rank, of one class at least."""
    highest = max((one.rank for one in targets if not one.rank[0]), default=UNDATED)
    of_one_day = [one for one in targets if one.rank == highest and one.rank != UNDATED]
    for first, second in pairwise(of_one_day):
        if second.overlay is not None and _differ(first.own, second.own):
            yield _contradiction(second.overlay, ("set", id_), _name(first.overlay, first.own), highest)


def figure_contradictions(id_: str, targets: Sequence[Laid]) -> Iterator[RuleProblem]:
    """Yield a problem for each reference figure of a year that says otherwise than another of the highest rank."""
    highest = max((one.rank for one in targets if not one.rank[0]), default=UNDATED)
    of_one_day = [one for one in targets if one.rank == highest and one.overlay is not None]
    for first, second in pairwise(of_one_day):
        if second.overlay is not None and first.overlay is not None and _differ(first.own, second.own):
            yield _contradiction(second.overlay, ("reference_figures", id_), name_of(first.overlay), highest)


WHOLE = "*"
"""What is touched by what repeals or replaces a rule: everything about it."""


@dataclass(frozen=True, slots=True)
class Touch:
    """Something that an overlay says of a rule."""

    overlay: Overlay
    place: Place
    id: str
    key: str
    """`WHOLE`, "target" or a keyword."""
    said: object


def rule_contradictions(touches: Sequence[Touch]) -> Iterator[RuleProblem]:
    """Yield a problem for each two of one day that do different things to one rule, unless a later one settles it.

    Two that set different targets are told of by `target_contradictions`.
    """
    by_id: dict[str, list[Touch]] = {}
    for touch in touches:
        by_id.setdefault(touch.id, []).append(touch)
    told: set[tuple[str, Place, str]] = set()
    for id_, touching in by_id.items():
        for one, other in combinations(touching, 2):
            rank = rank_of(one.overlay)
            if one.overlay is other.overlay or rank != rank_of(other.overlay) or not _clash(one, other):
                continue
            later = (touch for touch in touching if rank_of(touch.overlay) > rank and not touch.overlay.is_supposed)
            if any(touch.key in (WHOLE, other.key, one.key) for touch in later):
                continue
            if (key := (other.overlay.id, other.place, one.overlay.id)) not in told:
                told.add(key)
                yield _contradiction(other.overlay, other.place, name_of(one.overlay), rank, id_)


def _clash(one: Touch, other: Touch) -> bool:
    if one.place[0] == other.place[0] == "set":
        return False
    if WHOLE not in (one.key, other.key):
        return one.key == other.key and one.said != other.said
    return one.key != other.key or one.said != other.said


def grouped(
    communes: Mapping[str, Commune], overlays: Sequence[Overlay]
) -> tuple[dict[str, Commune], list[RuleProblem]]:
    """Return the communes that overlays, in order, put into a group, and every contradiction among those that hold."""
    changed: dict[str, Commune] = {}
    problems: list[RuleProblem] = []
    holding: dict[str, list[Overlay]] = {}
    for overlay in overlays:
        for code in overlay.groups:
            same = [o for o in holding.get(code, ()) if rank_of(o) == rank_of(overlay)]
            holding[code] = [*same, overlay]
    for code, of_one_day in holding.items():
        for one, other in pairwise(of_one_day):
            if one.groups[code].group != other.groups[code].group:
                problems.append(_contradiction(other, ("groups", code), name_of(one), rank_of(other)))
        assigned = of_one_day[-1].groups[code]
        changed[code] = replace(communes[code], group=assigned.group, group_source=assigned.source)
    return changed, problems


def _differ(one: Target, other: Target) -> bool:
    """Tell whether two targets cannot both hold: of two that each name some classes, for a class that both name."""
    if isinstance(one, ClassedTarget) and isinstance(other, ClassedTarget) and one.classing == other.classing:
        common = set(named_classes(one)) & set(named_classes(other))
        return bool(common & set(changed_classes(one, other)))
    return type(one) is not type(other) or bool(changed_classes(one, other))


def _name(overlay: Overlay | None, target: Target | None) -> str:
    if overlay is None:
        return "" if target is None or isinstance(target, AwaitedTarget) else target.provenance.document
    return name_of(overlay)


def name_of(overlay: Overlay) -> str:
    """Return how an overlay is named in messages: its id, its document's number, its file."""
    number = f" ({overlay.document.number})" if overlay.document else ""
    file = overlay.written_at(())[0]
    return f"{overlay.id}{number}" + (f", {file}" if file else "")


def _contradiction(overlay: Overlay, place: Place, first: str, rank: Rank, id_: str = "") -> RuleProblem:
    file, line = overlay.written_at(place)
    message = Message(
        "“{first}” and “{second}” are of one day (promulgated {promulgated}, in force from {from_}) and fix {id} differently; neither is taken",
        first=first,
        second=name_of(overlay),
        promulgated=written_day(rank[1]),
        from_=written_day(rank[2]),
        id=id_ or str(place[-1]),
    )
    return RuleProblem(file or overlay.id, line, key_path(place), message, CONTRADICTION)
