"""A criteria set as checks look at it: as written, as far as it could be read, every value with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from ntm_rules.i18n import Message
from ntm_rules.rulebook.draft import Draft
from ntm_rules.rulebook.loader import LoadedSet, other_sets
from ntm_rules.rulebook.models import (
    EACH_HAMLET,
    CellWritten,
    DatedValue,
    Decision,
    Document,
    IndicatorWritten,
    Measure,
    NodeWritten,
    Overlay,
    PendingAgain,
    PendingTarget,
    SetHeader,
    Source,
    TargetWritten,
    ValueWritten,
)
from ntm_rules.rulebook.printed_source import PrintedSource
from ntm_rules.rulebook.rule_tests import FileOfTests, RuleTest, find_files, read_tests
from ntm_rules.rulebook.text_files import Unreadable, inside, read_text
from ntm_rules.rulebook.value_faults import cells_of
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem
from ntm_rules.visible import visible_lines
from ntm_rules.workbench.checks.core.versions import versions


@dataclass(frozen=True, slots=True)
class Target:
    """A target as written, with its comparator."""

    key: str
    """The comparison: `at_least`, `less_than` ..."""
    written: TargetWritten
    place: Place

    def values(self) -> Iterator[tuple[Place, ValueWritten, Source | None]]:
        """Yield each known value with its place and, for a dated one, its source."""
        for i, dated in enumerate(self.dated):
            yield (*self.place, i, "value"), dated.value, dated.source
        if not isinstance(self.written, PendingTarget | tuple):
            yield self.place, self.written, None

    def numbers(self) -> Iterator[tuple[Place, Decimal]]:
        """Yield every number it may demand, at any date, of any class."""
        yield from ((place, cell) for place, cell in self.cells() if isinstance(cell, Decimal))

    def cells(self) -> Iterator[tuple[Place, CellWritten]]:
        """Yield the target of each class, at any date, with its place."""
        for place, value, _source in self.values():
            yield from cells_of(value, place)

    @property
    def dated(self) -> tuple[DatedValue, ...]:
        """Its dated values, if it has any."""
        return self.written if isinstance(self.written, tuple) else ()


@dataclass(frozen=True, slots=True)
class NodeAt:
    """An indicator or a part of one, where it stands and what it inherits."""

    file: str
    place: Place
    node: NodeWritten
    indicator: IndicatorWritten
    parent: NodeWritten | None
    source: Source
    printed: str
    """The words that hold for it, as printed."""
    words: str
    """The same as they are to be read."""
    owner: str
    """Id of its criterion; empty for a further condition."""
    lead: str
    is_end: bool = False
    """Whether it is one end of a range."""
    version: int = 0
    """0 as the set writes it; else after which of the later decisions."""

    @property
    def is_leaf(self) -> bool:
        """Tell whether it states a condition of its own."""
        return not self.node.parts

    @property
    def target(self) -> Target | None:
        """Its target, where it has one."""
        bounds = () if self.node.parts else self.node.bounds.items()
        return next((Target(key, written, (*self.place, self.node.written_as(key))) for key, written in bounds), None)


@dataclass
class CheckedSet:
    """What checks of a set are given: the draft, the day, and ways to walk through both."""

    draft: Draft
    as_of: dt.date
    loaded: LoadedSet | None = None
    """The set, where it could be read without a mistake."""
    overlays: tuple[Overlay, ...] = ()
    """Its own amendments, and the decision that is looked at with it."""
    beside: Sequence[FileOfTests] = ()
    """Files of tests that stand beside that decision."""

    @property
    def header(self) -> SetHeader | None:
        """The set's header, if it could be read."""
        return self.draft.header

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Measures by id."""
        own = {measure.id: measure for measure in self.draft.measures.values()}
        return own | {measure.id: measure for overlay in self.overlays for measure in overlay.measures}

    @cached_property
    def reported(self) -> dict[str, Measure]:
        """Measures that rules may read: its own, and those of the other sets that it asks for."""
        return other_sets(self.draft)[1] | self.measures

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by id."""
        own = {d.id: d for d in self.header.documents} if self.header else {}
        own |= {d.id: d for overlay in self.overlays for d in overlay.documents}
        return own | {
            overlay.id: overlay.citation for overlay in self.overlays if overlay.amends or overlay.citation.file
        }

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """Decisions awaited, by id."""
        own = {d.id: d for d in self.header.decisions} if self.header else {}
        return own | {d.id: d for overlay in self.overlays for d in overlay.decisions}

    @cached_property
    def rule_files(self) -> list[tuple[str, str, dict[int, IndicatorWritten]]]:
        """Name of each file of rules, the criterion it belongs to ("" for further conditions), its indicators."""
        if self.header is None:
            return []
        found = [(c.rules, c.id, self.draft.rules.get(c.id, {})) for c in self.header.criteria]
        if self.header.conditions:
            found.append((self.header.conditions, "", self.draft.conditions))
        return found

    @cached_property
    def nodes(self) -> list[NodeAt]:
        """Every indicator and part, in the order written."""
        own = [
            at
            for name, owner, indicators in self.rule_files
            for i, indicator in indicators.items()
            for at in _nodes_of(name, owner, (i,), indicator)
        ]
        return own + [at for at in self._amended(own) if at.file in self.draft.files]

    def _amended(self, own: Sequence[NodeAt]) -> Iterator[NodeAt]:
        """Yield every indicator that later decisions add or touch, with its parts, as each of them leaves it."""
        if self.loaded is None:
            return
        written = {at.node.id: (at.file, at.place) for at in own if not at.is_end}
        for version in versions(self.loaded, self.overlays, written):
            for at in _nodes_of("", version.owner, (0,), version.indicator):
                file, place = version.origins[at.node.id]
                yield replace(at, file=file, place=place, version=version.number)

    @cached_property
    def leaves(self) -> list[NodeAt]:
        """Every requirement."""
        return [at for at in self.nodes if at.is_leaf]

    def around(self, at: NodeAt) -> list[NodeAt]:
        """Return what a part stands in, the nearest first."""
        return [
            one
            for one in reversed(self.nodes)
            if one.version == at.version and one.node is not at.node and at in self.below(one)
        ]

    def below(self, at: NodeAt) -> list[NodeAt]:
        """Return a node and everything that stands in it, in the order written."""
        inside = {node.id for node in at.node.walk()}
        return [
            one
            for one in self._by_indicator[at.version, at.indicator.id]
            if one.node.id in inside and one.indicator is at.indicator
        ]

    @cached_property
    def _by_indicator(self) -> dict[tuple[int, str], list[NodeAt]]:
        found: dict[tuple[int, str], list[NodeAt]] = {}
        for at in self.nodes:
            found.setdefault((at.version, at.indicator.id), []).append(at)
        return found

    def keeps_words(self, at: NodeAt) -> bool:
        """Tell whether a decision writes a rule anew, or another comparison, and leaves the words of before."""
        written = self.draft.files[at.file].data
        for step in at.place if at.place[:1] in (("replace",), ("change",)) else ():
            written = written[step]
        return isinstance(written, Mapping) and not written.keys() & {"text", "reading"}

    def pending(self) -> Iterator[tuple[NodeAt, Place, str]]:
        """Yield every requirement that waits on a decision, the place that says so, and the decision's id."""
        for at in self.leaves:
            target = at.target
            if target and isinstance(target.written, PendingTarget):
                yield at, (*target.place, "pending", "decision"), target.written.pending.decision
            for place, cell in target.cells() if target else ():
                if isinstance(cell, PendingTarget):
                    yield at, (*place, "pending", "decision"), cell.pending.decision
            if at.node.standard:
                yield at, (*at.place, "standard", "pending", "decision"), at.node.standard.pending.decision
        by_id = {at.node.id: at for at in self.leaves}
        for overlay in self.overlays:
            file = overlay.written_at(())[0]
            for id_, entry in overlay.set.items():
                if isinstance(entry, PendingAgain) and id_ in by_id and file in self.draft.files:
                    yield replace(by_id[id_], file=file), ("set", id_, "pending", "decision"), entry.pending.decision

    def named_under(self, *keys: str) -> set[str]:
        """Return the ids that stand under these keys, at any place of any file of the set, one or a list of them."""
        return set().union(*(self._named.get(key, ()) for key in keys))

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for file in self.draft.files.values():
            for key, id_ in _ids(file.data):
                found.setdefault(key, set()).add(id_)
        return found

    def at(self, file: str, place: Place, message: Message) -> RuleProblem:
        """Return a finding at a place of a file."""
        return self.draft.files[file].problem(place, message)

    # --- the words of the law ------------------------------------------------------------------

    @cached_property
    def _sources(self) -> dict[str, PrintedSource | None]:
        return {}

    def source_text(self, document: str) -> PrintedSource | None:
        """Return the text of a document that the set carries; None where it carries none or it cannot be read."""
        if document not in self._sources:
            known = self.documents.get(document)
            self._sources[document] = None
            if known and known.file:
                try:
                    text = read_text(inside(self._folder_of(document), known.file))
                except Unreadable:
                    return None
                self._sources[document] = PrintedSource(visible_lines(text))
        return self._sources[document]

    def _folder_of(self, document: str) -> Path:
        """Return the folder that the file of a document's text is named from: the set's, or that of a decision's file."""
        overlay = next((one for one in self.overlays if one.id == document), None)
        if overlay is None or self.header is None or any(d.id == document for d in self.header.documents):
            return self.folder
        file = overlay.written_at(())[0]
        return (self.folder / file).parent if file in self.draft.amendments else Path(file).parent

    # --- the tests beside the rules ------------------------------------------------------------

    @cached_property
    def _test_files(self) -> list[FileOfTests]:
        files = find_files(self.folder, self.header) if self.header else []
        found = [*(read_tests(path, name, self.folder) for path, name in files), *self.beside]
        self.draft.files.update({one.name: one.file for one in found if one.file})
        return found

    @cached_property
    def tests(self) -> dict[str, tuple[RuleTest, ...]]:
        """File of tests -> its tests; empty for a file that cannot be read."""
        return {one.name: one.tests for one in self._test_files}

    @property
    def test_problems(self) -> list[RuleProblem]:
        """What is wrong with the form of the files of tests."""
        return [problem for one in self._test_files for problem in one.problems]

    @property
    def folder(self) -> Path:
        """The set's folder."""
        return self.draft.folder


def _ids(data: object, under: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text that stands under a key, alone or in a list, with the key."""
    if isinstance(data, str):
        yield under, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _ids(value, str(key))
    elif isinstance(data, Sequence):
        for value in data:
            yield from _ids(value, under)


def _nodes_of(file: str, owner: str, position: Place, indicator: IndicatorWritten) -> Iterator[NodeAt]:
    found: dict[Place, NodeAt] = {}
    for place, node in indicator.placed(position):
        steps = 1 if place[-1] == EACH_HAMLET else 2
        above = found.get(place) or found.get(place[:-steps])  # the ends of a range stand where it does
        at = NodeAt(
            file=file,
            place=place,
            node=node,
            indicator=indicator,
            parent=above.node if above else None,
            source=node.source or (above or indicator).source,
            printed=node.text or (above.printed if above else ""),
            words=node.reading or node.text or (above.words if above else ""),
            owner=owner,
            lead=node.lead or (above or indicator).lead,
            is_end=place in found,
        )
        found.setdefault(place, at)
        yield at
