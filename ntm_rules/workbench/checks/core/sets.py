"""A criteria set as checks look at it: as written, as far as it could be read, every value with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from ntm_rules.i18n import Message
from ntm_rules.rulebook.draft import Draft
from ntm_rules.rulebook.models import (
    DatedValue,
    Decision,
    Document,
    IndicatorWritten,
    Measure,
    NodeWritten,
    PendingTarget,
    SetHeader,
    Source,
    TargetWritten,
)
from ntm_rules.rulebook.printed_source import PrintedSource
from ntm_rules.rulebook.rule_tests import FileOfTests, RuleTest, find_files, read_tests
from ntm_rules.rulebook.text_files import Unreadable, inside, read_text
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem
from ntm_rules.visible import visible_lines


@dataclass(frozen=True, slots=True)
class Target:
    """A target as written, with its comparator."""

    key: str
    """The comparison: `at_least`, `less_than` ..."""
    written: TargetWritten
    place: Place

    def values(self) -> Iterator[tuple[Place, object, Source | None]]:
        """Yield each known value with its place and, for a dated one, its source."""
        for i, dated in enumerate(self.dated):
            yield (*self.place, i, "value"), dated.value, dated.source
        if not self.dated and not isinstance(self.written, PendingTarget):
            yield self.place, self.written, None

    def numbers(self) -> Iterator[tuple[Place, Decimal]]:
        """Yield every number it may demand, at any date, of any group."""
        for place, value, _source in self.values():
            if isinstance(value, dict):
                numbers = ((group, number) for group, number in value.items() if isinstance(number, Decimal))
                yield from (((*place, group), number) for group, number in numbers)
            elif isinstance(value, Decimal):
                yield place, value

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

    @property
    def header(self) -> SetHeader | None:
        """The set's header, if it could be read."""
        return self.draft.header

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Measures by id."""
        return {measure.id: measure for measure in self.draft.measures.values()}

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by id."""
        return {d.id: d for d in self.header.documents} if self.header else {}

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """Decisions awaited, by id."""
        return {d.id: d for d in self.header.decisions} if self.header else {}

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
        return [
            at
            for name, owner, indicators in self.rule_files
            for i, indicator in indicators.items()
            for at in _nodes_of(name, owner, i, indicator)
        ]

    @cached_property
    def leaves(self) -> list[NodeAt]:
        """Every requirement."""
        return [at for at in self.nodes if at.is_leaf]

    def around(self, at: NodeAt) -> list[NodeAt]:
        """Return what a part stands in, the nearest first."""
        return [
            one
            for one in reversed(self.nodes)
            if one.file == at.file and len(one.place) < len(at.place) and at.place[: len(one.place)] == one.place
        ]

    def pending(self) -> Iterator[tuple[NodeAt, Place, str]]:
        """Yield every requirement that waits on a decision, the place that says so, and the decision's id."""
        for at in self.leaves:
            target = at.target
            if target and isinstance(target.written, PendingTarget):
                yield at, (*target.place, "pending", "decision"), target.written.pending.decision
            if at.node.standard:
                yield at, (*at.place, "standard", "pending", "decision"), at.node.standard.pending.decision

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
                    text = read_text(inside(self.draft.folder, known.file))
                except Unreadable:
                    return None
                self._sources[document] = PrintedSource(visible_lines(text))
        return self._sources[document]

    # --- the tests beside the rules ------------------------------------------------------------

    @cached_property
    def _test_files(self) -> list[FileOfTests]:
        files = find_files(self.folder, self.header) if self.header else []
        found = [read_tests(path, name, self.folder) for path, name in files]
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


def _nodes_of(file: str, owner: str, position: int, indicator: IndicatorWritten) -> Iterator[NodeAt]:
    found: dict[Place, NodeAt] = {}
    for place, node in indicator.placed((position,)):
        above = found.get(place) or found.get(place[:-2])  # the ends of a range stand where it does
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
