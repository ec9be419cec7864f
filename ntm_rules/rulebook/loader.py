"""Reading a criteria set's folder, and overlays, into checked models.

What is checked here is what makes a set meaningless: unknown names, ids used twice, a measure of
the wrong kind, a target that leaves a group out. All mistakes of all files are reported together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from pydantic import TypeAdapter

from ntm_rules.errors import NtmError, nearest
from ntm_rules.i18n import Message
from ntm_rules.rulebook.classings import classings
from ntm_rules.rulebook.criteria_set import Classing
from ntm_rules.rulebook.cross_checks import CrossCheck
from ntm_rules.rulebook.draft import Draft, read_draft
from ntm_rules.rulebook.model_checking import check
from ntm_rules.rulebook.models import (
    Agency,
    IndicatorWritten,
    Measure,
    NodeWritten,
    Overlay,
    ReferenceFigure,
    Scale,
    SetHeader,
)
from ntm_rules.rulebook.names import HEADER
from ntm_rules.rulebook.other_sets import (
    BEHIND,
    MEASURES_UNLIKE,
    asked_sets,
    derived_sets,
    folders_at_hand,
    others_of,
    quoted_sets,
    unlike_measure,
    with_measures_of,
)
from ntm_rules.rulebook.plans import Deliverable, Goal
from ntm_rules.rulebook.register import Register
from ntm_rules.rulebook.taken import Taken
from ntm_rules.rulebook.value_faults import unknown_group, value_problems
from ntm_rules.rulebook.yaml_reader import RulebookError, RuleProblem, read_yaml

__all__ = [
    "HEADER",
    "LoadedSet",
    "SetNotFound",
    "available_sets",
    "bundled_folders",
    "find_set",
    "load_overlay",
    "load_set",
    "unknown_group",
    "value_problems",
]


@dataclass(slots=True)
class LoadedSet:
    """A criteria set as written: every file read and checked, nothing resolved yet."""

    folder: Path
    header: SetHeader
    agencies: dict[str, Agency]
    measures: dict[str, Measure]
    rules: dict[str, tuple[IndicatorWritten, ...]]
    """Criterion id -> its indicators."""
    conditions: tuple[IndicatorWritten, ...]
    communes: Register
    cross_checks: tuple[CrossCheck, ...] = ()
    amendments: tuple[Overlay, ...] = ()
    """Later decisions that stand in the set's own folder: always laid on, by their days."""
    reference_figures: dict[str, ReferenceFigure] = field(default_factory=dict)
    """Figures of province and nation that targets are taken from, by id."""
    figures: dict[str, Measure] = field(default_factory=dict)
    """What the province reports for the goals of its plan."""
    goals: tuple[Goal, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    others: Mapping[str, LoadedSet] = field(default_factory=dict)
    """The other sets that its rules ask for (`set_met`), by id."""
    quoted: Mapping[str, LoadedSet] = field(default_factory=dict)
    """The other sets from which alone targets are taken, by id."""
    files: dict[str, str] = field(default_factory=dict)
    """Name of each file read -> SHA-256 of its bytes."""

    def indicators(self) -> Iterator[IndicatorWritten]:
        """Yield the indicators of all criteria, in the order of the annex."""
        return chain.from_iterable(self.rules.values())

    def every_indicator(self) -> Iterator[IndicatorWritten]:
        """Yield the indicators of all criteria, then the further conditions."""
        return chain(self.indicators(), self.conditions)

    def every_other(self) -> Iterator[LoadedSet]:
        """Yield the other sets that its rules ask for, and those that theirs do."""
        for other in self.others.values():
            yield other
            yield from other.every_other()

    def every_quoted(self) -> Iterator[LoadedSet]:
        """Yield every other set that it rests on: those asked for, and those from which targets are taken."""
        for other in (*self.others.values(), *self.quoted.values()):
            yield other
            yield from other.every_quoted()

    def nodes(self) -> Iterator[NodeWritten]:
        """Yield every indicator, further condition and part of one, in the order written, parents first."""
        return (node for indicator in self.every_indicator() for node in indicator.walk())

    def nodes_by_id(self) -> dict[str, NodeWritten]:
        """Return every indicator, further condition and part by its id, with those of the other sets that it asks for."""
        found = {node.id: node for node in self.nodes()}
        for node in list(found.values()):
            other = self.others.get(node.set_met.set) if node.set_met is not None else None
            if other is not None:
                found |= {f"{node.id}{BEHIND}{id_}": inner for id_, inner in other.nodes_by_id().items()}
        return found

    @property
    def scales(self) -> dict[str, Scale]:
        """Return the scales of grades by id, with those that figures of other sets asked for are graded on."""
        others = {id_: scale for other in self.others.values() for id_, scale in other.scales.items()}
        return others | {scale.id: scale for scale in self.header.scales}

    @property
    def classings(self) -> dict[str, Classing]:
        """Return everything that a target may differ by, under its id."""
        header = self.header
        return classings(
            header.groups,
            header.commune_types,
            header.classifications,
            self.measures.values(),
            self.scales,
            header.provinces,
        )

    def scale_of(self, measure: str) -> Scale | None:
        """Return the scale of a graded measure; None for any other."""
        return self.scales.get(self.measures[measure].scale or "")

    @property
    def years_in_force(self) -> tuple[int, ...]:
        """Return the years of the period at the end of which any criterion has an indicator in force."""
        period = self.header.period
        ends = (dt.date(year, 12, 31) for year in range(period.from_, period.to + 1))
        added = [node for overlay in self.amendments for one in overlay.add for node in one.nodes]
        indicators = [*self.indicators(), *(one for one in added if isinstance(one, IndicatorWritten))]
        return tuple(day.year for day in ends if any(indicator.holds_on(day) for indicator in indicators))

    @property
    def conditional(self) -> dict[str, str]:
        """Return measure -> the measure that says whether there is any, where every requirement asks it "if any"."""
        asked: dict[str, set[str | None]] = {}
        for one in (self, *self.every_other()):
            for indicator in one.every_indicator():
                _ask(indicator, None, asked)
        only = {measure: next(iter(questions)) for measure, questions in asked.items() if len(questions) == 1}
        return {measure: question for measure, question in only.items() if question is not None}

    @property
    def taking(self) -> dict[str, frozenset[Taken]]:
        """Return measure -> every way in which some requirement takes its figures."""
        found: dict[str, set[Taken]] = {}
        for node in self.nodes():
            if node.reported and not node.parts and node.reported in self.measures:
                found.setdefault(node.reported, set()).add(node.how_taken.of(self.measures[node.reported]))
            other = self.others.get(node.set_met.set) if node.set_met is not None else None
            for measure, ways in other.taking.items() if other is not None else ():
                found.setdefault(measure, set()).update(ways)
        return {measure: frozenset(ways) for measure, ways in found.items()}

    @property
    def beside_the_rules(self) -> tuple[str, ...]:
        """Return the measures that no requirement reads: reported all the same, never judged."""
        read = {measure for one in (self, *self.every_other()) for node in one.nodes() for measure in node.asked}
        return tuple(measure for measure in self.measures if measure not in read)

    @property
    def first_year(self) -> int:
        """Return the year whose law is shown when none is asked for: the first in which anything is in force."""
        return next(iter(self.years_in_force), self.header.period.from_)


def _ask(node: NodeWritten, above: str | None, asked: dict[str, set[str | None]]) -> None:
    """Note for each measure below a node by which "if any" it is asked; None where in every case."""
    question = node.applies_if if isinstance(node.applies_if, str) else above
    if node.reported and not node.parts:
        asked.setdefault(node.reported, set()).add(question)
    for part in node.parts:
        _ask(part, question, asked)


class SetNotFound(NtmError):
    """No criteria set has that id and no folder stands at that path."""


def bundled_folders() -> list[Path]:
    """Return the folders that may hold criteria sets: the wheel's own, or the checkout's."""
    package = Path(__file__).resolve().parents[1]
    return [f for f in (package / "criteria", package.parent / "criteria") if f.is_dir()]


def available_sets() -> dict[str, Path]:
    """Return the criteria sets that come with the program: id -> folder."""
    return {
        folder.name: folder
        for root in reversed(bundled_folders())
        for folder in sorted(root.iterdir())
        if (folder / HEADER).is_file()
    }


def find_set(name: str | Path | None = None) -> Path:
    """Return the folder of a criteria set given by id or by path; the only one when not given.

    Raises:
        SetNotFound: naming what is available and the nearest match.
    """
    sets = available_sets()
    if name is None:
        if len(sets) == 1:
            return next(iter(sets.values()))
        raise SetNotFound(Message("Say which criteria set to use: {sets}", sets=", ".join(sets)))
    if str(name) in sets:
        return sets[str(name)]
    path = Path(name)
    if (path / HEADER).is_file():
        return path
    closest = nearest(str(name), sets)
    raise SetNotFound(
        Message(
            "No criteria set “{name}”: neither a set of that id nor a folder with {header}. Available: {sets}",
            name=str(name),
            header=HEADER,
            sets=", ".join(sets) or "-",
        ),
        *([Message("Did you mean “{nearest}”?", nearest=closest)] if closest else []),
    )


def load_set(folder: Path) -> LoadedSet:
    """Read and check a criteria set's folder, and those of the other sets that its rules ask for.

    Raises:
        RulebookError: every mistake in every file, each with file, line and key.
    """
    return _loaded(folder, ())


def _loaded(folder: Path, chain: tuple[str, ...]) -> LoadedSet:
    draft = read_draft(folder)
    header, communes = draft.header, draft.communes
    if draft.problems or header is None or communes is None:
        raise RulebookError(draft.problems)
    others, measures, problems = other_sets(draft, chain)
    quoted, unfit = quoted_by(draft, chain, others)
    problems += unfit
    if problems:
        raise RulebookError(problems)
    return LoadedSet(
        folder=folder,
        header=header,
        agencies={agency.id: agency for agency in draft.agencies.values()},
        measures=measures,
        rules={id_: tuple(indicators.values()) for id_, indicators in draft.rules.items()},
        conditions=tuple(draft.conditions.values()),
        communes=communes,
        cross_checks=tuple(draft.cross_checks.values()),
        amendments=tuple(draft.amendments.values()),
        figures={figure.id: figure for figure in draft.figures.values()},
        goals=tuple(draft.goals.values()),
        deliverables=tuple(draft.deliverables.values()),
        others=others,
        quoted={id_: other for id_, other in quoted.items() if id_ not in others},
        reference_figures={figure.id: figure for figure in draft.reference_figures.values()},
        files=draft.hashes
        | {
            f"{id_}/{name}": hash_ for id_, other in {**quoted, **others}.items() for name, hash_ in other.files.items()
        },
    )


def other_sets(
    draft: Draft, chain: tuple[str, ...] = ()
) -> tuple[dict[str, LoadedSet], dict[str, Measure], list[RuleProblem]]:
    """Return the other sets that a draft's rules ask for, its measures with theirs, and what is wrong with asking."""
    own = {measure.id: measure for measure in draft.measures.values()}
    header = draft.header
    if header is None:
        return {}, own, []
    files = [(criterion.rules, draft.rules.get(criterion.id, {})) for criterion in header.criteria]
    files += [(header.conditions, draft.conditions)] if header.conditions else []
    if not any(asked_sets(files)):
        return {}, own, []
    at_hand = folders_at_hand(draft.folder, available_sets())
    others, problems = others_of(files, draft.files, header.id, at_hand, chain, _loaded)
    measures, unlike = with_measures_of(own, others)
    for name, place, _node, asked in asked_sets(files):
        for measure, of in unlike:
            if of == asked.set:
                at = (*place, "set_met", "set")
                problems.append(draft.files[name].problem(at, unlike_measure(measure, of), MEASURES_UNLIKE))
    return others, measures, list(dict.fromkeys(problems))


def quoted_by(
    draft: Draft, chain: tuple[str, ...] = (), others: Mapping[str, LoadedSet] | None = None
) -> tuple[dict[str, LoadedSet], list[RuleProblem]]:
    """Return the other sets from which targets of a draft are taken, and what is wrong with that; `others`: those at hand."""
    header = draft.header
    if header is None:
        return {}, []
    files = [(criterion.rules, draft.rules.get(criterion.id, {})) for criterion in header.criteria]
    files += [(header.conditions, draft.conditions)] if header.conditions else []
    if not any(derived_sets(files)):
        return {}, []
    own = {measure.id: measure for measure in draft.measures.values()}
    at_hand = folders_at_hand(draft.folder, available_sets())
    return quoted_sets(files, draft.files, header.id, at_hand, chain, _loaded, own, dict(others or {}))


def load_overlay(path: Path) -> Overlay:
    """Read and check one overlay file; its ids are checked against a set when it is resolved.

    Raises:
        RulebookError: every mistake in the file.
    """
    file = read_yaml(path, name=str(path))
    return check(file, TypeAdapter(Overlay)).written_in(file.name, file.lines)
