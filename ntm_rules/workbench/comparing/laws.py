"""What two resolved laws ask for differently, and why nothing may follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import Message, written_day
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    ClassedTarget,
    Combination,
    CriteriaSet,
    KnownTarget,
    Node,
    NotAsked,
    Requirement,
    Target,
)
from ntm_rules.rulebook.facts import facts_of, word_changes
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.notices import left_out_because
from ntm_rules.rulebook.register import Commune
from ntm_rules.workbench.comparing.changes import Comparison, NodeKey

UNUSABLE = (Verdict.NO_DATA, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class RequirementPair:
    """A requirement that the two laws ask for differently; None where one of them does not have it."""

    id: str
    before: Requirement | None
    after: Requirement | None


def asked_differently(before: CriteriaSet, after: CriteriaSet) -> list[RequirementPair]:
    """Return the requirements whose measure, comparison or target differs, or that one law lacks."""
    was, now = before.requirement_by_id, after.requirement_by_id
    ids = [*now, *(id_ for id_ in was if id_ not in now)]
    return [
        RequirementPair(id_, was.get(id_), now.get(id_)) for id_ in ids if _asks(was.get(id_)) != _asks(now.get(id_))
    ]


def _asks(requirement: Requirement | None) -> tuple[object, ...] | None:
    if requirement is None:
        return None
    hamlets = requirement.hamlets
    counted = (hamlets.number, _built(hamlets.each)) if hamlets is not None else ()
    return *replace(requirement, hamlets=None).judged_by, counted, stated(requirement.target)


def _built(each: Node) -> tuple[object, ...]:
    """Return of which requirements something consists, which are compared by themselves."""
    if isinstance(each, Combination):
        return each.op, each.needed, tuple(map(_built, each.children))
    return (each.id,)


def stated(target: Target | Cell) -> tuple[object, ...]:
    """Return what a target asks, whoever says so: its values, or why it is awaited."""
    if isinstance(target, ClassedTarget):
        return (target.classing.by, frozenset((class_, stated(cell)) for class_, cell in target.each()))
    if isinstance(target, NotAsked):
        return ("not_applicable",)
    return ("awaited", target.reason) if isinstance(target, AwaitedTarget) else (target.everywhere,)


def regrouped(before: CriteriaSet, after: CriteriaSet) -> list[tuple[Commune, Commune]]:
    """Return the communes that the two laws put into different groups."""
    known = ((before.communes.get(commune.code), commune) for commune in after.communes.within())
    return [(was, now) for was, now in known if was is not None and was.group != now.group]


def out_of_force(rules: CriteriaSet, overlays: Sequence[Overlay]) -> Iterator[Message]:
    """Yield each overlay that was given but does not count on the law's day, and why."""
    for overlay in overlays:
        if overlay.id in rules.overlays:
            continue
        if rules.known_on is not None and overlay.promulgated > rules.known_on:
            yield from left_out(rules, [overlay])
        elif overlay.effective.to is None:
            yield Message(
                "Overlay {overlay} is not in force on {day}: it holds from {first} on",
                overlay=overlay.id,
                day=written_day(rules.as_of),
                first=written_day(overlay.effective.from_),
            )
        else:
            yield Message(
                "Overlay {overlay} is not in force on {day}: it holds from {first} to {last}",
                overlay=overlay.id,
                day=written_day(rules.as_of),
                first=written_day(overlay.effective.from_),
                last=written_day(overlay.effective.to),
            )


def left_out(rules: CriteriaSet, overlays: Sequence[Overlay]) -> Iterator[Message]:
    """Yield what the law's own notices say of the overlays that do not count; `out_of_force` says more."""
    for overlay in overlays:
        why = left_out_because(overlay, rules.as_of, rules.known_on)
        if why is not None:
            yield why


def only_the_number_differs(before: Requirement, after: Requirement) -> bool:
    """Tell whether two requirements judge one figure with one comparison, and each against a number of its own.

    Only then does a verdict that stays mean that the figure does not lie between the two numbers.
    """
    return before.judged_by == after.judged_by and _is_number(before.target) and _is_number(after.target)


def _is_number(target: Target) -> bool:
    """Tell whether every commune has a number: one for all, or one for its group."""
    return isinstance(target, KnownTarget) or (isinstance(target, ClassedTarget) and target.is_plain)


def why_nothing(
    comparison: Comparison, pairs: Sequence[RequirementPair], communes: Sequence[tuple[Commune, Commune]]
) -> Iterator[Message]:
    """Yield why no verdict differs: nothing is asked differently, or no figure lies where it matters."""
    if communes:
        names = ", ".join(now.name for _was, now in communes)
        yield Message("Communes in another group, with the same verdicts there: {names}", names=names)
    elif not pairs:
        laws = (facts_of(side.rules) for side in (comparison.before, comparison.after))
        rest = [change for change in word_changes(*laws) if change.field not in ("overlays", "target_source")]
        if rest:
            yield Message("Both laws ask for the same in every requirement; ntm rules diff says what else differs.")
        else:
            yield Message("Both laws ask for the same in every requirement.")
        return
    for one in pairs:
        key = NodeKey("requirement", one.id)
        seen = comparison.moved(key) if key in comparison.keys else {}
        usable = sum(n for (was, now), n in seen.items() if was not in UNUSABLE or now not in UNUSABLE)
        if key not in comparison.keys and one.before is not None and one.after is not None:
            yield Message("{id}: hamlets are held to it, and no count of them comes to another verdict", id=one.id)
        elif one.before is None or one.after is None:
            yield Message("{id}: only one of the two laws asks for it, and nothing that both judge changes", id=one.id)
        elif usable and only_the_number_differs(one.before, one.after):
            yield Message(
                "{id}: {n} communes are judged, and none of their figures lies between the two targets",
                id=one.id,
                n=usable,
            )
        elif usable:
            yield Message("{id}: {n} communes have a verdict, and it is the same under both laws", id=one.id, n=usable)
        else:
            yield Message("{id}: no commune reports a figure that this requirement could judge", id=one.id)
