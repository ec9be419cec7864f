"""NTM072: parts of `all` that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.over_time import turning_days
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.crossing import Crossing, crossings, law_on
from ntm_rules.workbench.checks.core.implying import contradict, parts_of, same_figure
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every ceiling that lies below a floor of the same measure, for everyone or for one group."""
    told: set[tuple[str, str]] = set()
    for at in subject.nodes:
        parts = parts_of(subject, at, "all")
        for one, other in permutations(parts, 2):
            if one.node.measure and same_figure(one.node, other.node) and contradict(one.node, other.node):
                told.add((one.node.id, other.node.id))
                message = Message(
                    "{measure} cannot meet {id} and {other} at once",
                    measure=one.node.measure,
                    id=one.node.id,
                    other=other.node.id,
                )
                yield subject.at(other.file, other.place, message)
    yield from _on_some_day(subject, told)


def _on_some_day(subject: CheckedSet, told: set[tuple[str, str]]) -> Iterator[RuleProblem]:
    """Yield what only the law of a day tells: dated values, days, what is taken from other targets, parts farther apart."""
    if subject.loaded is None:
        return
    bare = replace(subject.loaded, amendments=())
    places = {at.node.id: at for at in reversed(subject.nodes) if not at.version}
    for day in turning_days(bare, ()):
        rules = law_on(bare, day)
        for one in crossings(rules) if rules else ():
            at = places.get(one.ceiling.id)
            if rules is not None and at is not None and one.ids not in told:
                told.add(one.ids)
                yield subject.at(at.file, at.place, one.message(rules))


def find_in_overlay(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield the same of what a decision does to either, that was not so without it."""
    told: set[tuple[str, str]] = set()
    for day in subject.days:
        laid = law_on(subject.loaded, day, [*subject.earlier, subject.overlay])
        new = [one for one in crossings(laid) if one.ids not in told] if laid else []
        if laid is None or not new:
            continue
        before = law_on(subject.loaded, day, subject.earlier)
        known = {one.ids for one in crossings(before)} if before else set()
        for one in new:
            told.add(one.ids)
            if one.ids not in known:
                yield subject.at(_place(subject, one), one.message(laid))


def _place(subject: CheckedOverlay, found: Crossing) -> Place:
    """Return where the decision speaks of one of the two, or of what it is a part of; its beginning where it speaks of neither."""
    overlay = subject.overlay
    for id_ in found.ids:
        for key in ("set", "change", "replace"):
            if id_ in getattr(overlay, key):
                return key, id_
    for key in ("change", "replace"):
        for id_ in getattr(overlay, key):
            if any(one.startswith(f"{id_}.") for one in found.ids):
                return key, id_
    added = {node.id: ("add", i) for i, one in enumerate(overlay.add) for whole in one.nodes for node in whole.walk()}
    return next((added[id_] for id_ in found.ids if id_ in added), ())


CHECK = Check(
    code="NTM072",
    severity=Severity.ERROR,
    title=N_("Parts of `all` that contradict each other"),
    why=N_("No commune can meet both, so none can be certified."),
    mend=N_("Correct one of the two targets or comparators."),
    of_set=find,
    of_overlay=find_in_overlay,
)
