"""The other sets that a set's rules ask for (`set_met`), found and loaded with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_rules.errors import nearest
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.derived_names import derived_faults, derived_in
from ntm_rules.rulebook.models import DerivedValue, IndicatorWritten, Measure, NodeWritten, SetMet
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.problem_codes import UNFIT_VALUE, UNKNOWN_PART, UNKNOWN_SET
from ntm_rules.rulebook.value_faults import not_defined
from ntm_rules.rulebook.yaml_reader import Place, RulebookError, RuleProblem, YamlFile

if TYPE_CHECKING:
    from ntm_rules.rulebook.loader import LoadedSet

BEHIND = ":"
"""Stands between the id of a requirement and those of the set it asks for."""
Files = Sequence[tuple[str, Mapping[int, IndicatorWritten]]]
"""Name of each file of rules with its indicators by position."""


def folders_at_hand(folder: Path, available: Mapping[str, Path]) -> dict[str, Path]:
    """Return the sets that come with the program and those beside a set's folder, by id."""
    there = folder.resolve().parent
    beside = {path.name: path for path in sorted(there.iterdir()) if (path / HEADER).is_file()}
    return {**available, **beside}


def asked_sets(files: Files) -> Iterator[tuple[str, Place, NodeWritten, SetMet]]:
    """Yield every requirement that asks for another set: its file, its place, itself and what it asks."""
    for name, indicators in files:
        for i, indicator in indicators.items():
            for place, node in indicator.placed((i,)):
                if node.set_met is not None:
                    yield name, place, node, node.set_met


def derived_sets(files: Files) -> Iterator[tuple[str, Place, NodeWritten, DerivedValue]]:
    """Yield every target taken from one of another set: its file, its place, its requirement and itself."""
    for name, indicators in files:
        for i, indicator in indicators.items():
            for place, node in indicator.placed((i,)):
                for key, bound in node.bounds.items() if not node.parts else ():
                    for at, value in derived_in(bound):
                        if value.set is not None:
                            yield name, (*place, key, *at), node, value


def quoted_sets(
    files: Files,
    yaml: Mapping[str, YamlFile],
    own: str,
    at_hand: Mapping[str, Path],
    chain: tuple[str, ...],
    load: Callable[[Path, tuple[str, ...]], LoadedSet],
    measures: Mapping[str, Measure],
    sets: dict[str, LoadedSet],
) -> tuple[dict[str, LoadedSet], list[RuleProblem]]:
    """Return the sets from which a set's targets are taken, by id, and what is wrong with that.

    `sets`: those read already. All else as in `others_of`.
    """
    problems: list[RuleProblem] = []
    for name, place, node, value in derived_sets(files):
        set_ = value.set or ""
        if set_ not in sets:
            message = _not_to_be_had(set_, own, at_hand, chain, load, sets)
            if message is not None:
                problems.append(yaml[name].problem((*place, "set"), message, UNKNOWN_SET))
                continue
        other = sets[set_]
        theirs = {one.id: one for one in other.nodes()}
        for key, code, said in derived_faults(value, node, {**other.measures, **measures}, theirs, {}):
            problems.append(yaml[name].problem((*place, *key), said, code))
    return sets, list(dict.fromkeys(problems))


def _not_to_be_had(
    set_: str,
    own: str,
    at_hand: Mapping[str, Path],
    chain: tuple[str, ...],
    load: Callable[[Path, tuple[str, ...]], LoadedSet],
    found: dict[str, LoadedSet],
) -> Message | None:
    """Put a set among those found; where it cannot be had, return why."""
    if set_ in (*chain, own):
        return Message("these sets ask for each other in a ring: {chain}", chain=" → ".join((*chain, own, set_)))
    if set_ not in at_hand:
        closest = nearest(set_, at_hand)
        if closest:
            return Message("no set “{set}” is at hand; did you mean “{nearest}”?", set=set_, nearest=closest)
        return Message("no set “{set}” is at hand: neither with the program nor beside this one", set=set_)
    try:
        found[set_] = load(at_hand[set_], (*chain, own))
    except RulebookError as error:
        n, first = len(error.problems), error.problems[0]
        return Message(
            "set {set} has mistakes ({n}): {file}, {first}", set=set_, n=n, file=first.file, first=first.message
        )
    return None


def others_of(
    files: Files,
    yaml: Mapping[str, YamlFile],
    own: str,
    at_hand: Mapping[str, Path],
    chain: tuple[str, ...],
    load: Callable[[Path, tuple[str, ...]], LoadedSet],
) -> tuple[dict[str, LoadedSet], list[RuleProblem]]:
    """Return the sets that a set's rules ask for, by id, and what is wrong with how it asks for them.

    `chain`: the sets that asked for this one, the first first; `load` loads one with its chain.
    """
    found: dict[str, LoadedSet] = {}
    problems: list[RuleProblem] = []
    for name, place, _node, asked in asked_sets(files):
        where = (*place, "set_met", "set")

        def tell(message: Message, code: str, at: Place = where, file: YamlFile = yaml[name]) -> None:
            problems.append(file.problem(at, message, code))

        if asked.set not in found:
            message = _not_to_be_had(asked.set, own, at_hand, chain, load, found)
            if message is not None:
                tell(message, UNKNOWN_SET)
                continue
        other = found[asked.set]
        for key, known in (("criteria", list(other.rules)), ("indicators", [i.id for i in other.indicators()])):
            for i, id_ in enumerate(getattr(asked, key)):
                if id_ not in known:
                    tell(not_defined(id_, known), UNKNOWN_PART, (*place, "set_met", key, i))
    return found, problems


def with_measures_of(
    own: Mapping[str, Measure], others: Mapping[str, LoadedSet]
) -> tuple[dict[str, Measure], list[tuple[str, str]]]:
    """Return a set's measures with those that the other sets' rules read, each figure once.

    And the figures, by id and set, that both call alike and mean differently.
    """
    together, unlike = dict(own), []
    for id_, other in others.items():
        read = {measure for node in other.nodes() for measure in node.asked}
        for measure in other.measures.values():
            if measure.id not in read:
                continue
            if _told(together.setdefault(measure.id, measure)) != _told(measure):
                unlike.append((measure.id, id_))
    return together, unlike


def unlike_measure(measure: str, of: str) -> Message:
    """Return what is said of a figure that two sets call alike and mean differently."""
    words = N_(
        "figure {measure} is not the same in set {set}: kind, unit, scale and what is counted must agree, or the ids differ"
    )
    return Message(words, measure=measure, set=of)


MEASURES_UNLIKE = UNFIT_VALUE


def _told(measure: Measure) -> object:
    counted = measure.counted and (measure.counted.unit, measure.counted.decimals)
    return measure.kind, measure.unit.vi, measure.sense, measure.scale, measure.zero_denominator, counted
