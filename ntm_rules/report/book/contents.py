"""What stands in the book: the law with everything that is said of it, worked out before a page is laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.report.book.history import Event, history
from ntm_rules.report.book.people import AgencyWork, Waiting, agency_work, waiting_on
from ntm_rules.report.book.rule_tests import tests_by_id
from ntm_rules.report.book.source_text import QuotedPlace, SourceText
from ntm_rules.report.targets import TargetLine, target_lines
from ntm_rules.rulebook.criteria_set import (
    CriteriaSet,
    Criterion,
    Indicator,
    Requirement,
    of_each_hamlet,
    walk_with_hamlets,
)
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import NodeWritten, Overlay, Source
from ntm_rules.rulebook.over_time import written_under
from ntm_rules.rulebook.rule_tests import RuleTest
from ntm_rules.rulebook.text_files import Unreadable, inside, read_text
from ntm_rules.visible import visible_lines


@dataclass(frozen=True, slots=True)
class Quote:
    """A rule that quotes a document, and where its words stand there."""

    kind: str
    """`criterion`, `indicator` or `decision`."""
    id: str
    place: QuotedPlace


@dataclass(frozen=True)
class BookContents:
    """A resolved set with its texts, tests, overlays and everything derived from them."""

    rules: CriteriaSet
    overlays: tuple[Overlay, ...]
    """Every overlay given, in force or not, in order of promulgation."""
    written: Mapping[str, NodeWritten]
    legal_basis: tuple[str, ...]
    texts: Mapping[str, SourceText]
    """Document id -> its text, where the set carries it."""
    tests: Mapping[str, Sequence[RuleTest]]
    """Id of what is judged -> its tests."""

    @cached_property
    def law_hash(self) -> str:
        """SHA-256 of the resolved set: equal hashes, equal law."""
        return resolved_hash(self.rules)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, then the further conditions."""
        return tuple(self.rules.every_indicator())

    @cached_property
    def agencies(self) -> Mapping[str, AgencyWork]:
        """Agency id -> what is asked of it."""
        return {agency.id: agency_work(self.rules, agency) for agency in self.rules.agencies.values()}

    @cached_property
    def waiting(self) -> Mapping[str, tuple[Waiting, ...]]:
        """Decision id -> what waits on it."""
        return {decision.id: waiting_on(self.rules, decision) for decision in self.rules.decisions.values()}

    @cached_property
    def users(self) -> Mapping[str, tuple[tuple[Indicator, Requirement], ...]]:
        """Measure id -> the requirements that read it."""
        found: dict[str, list[tuple[Indicator, Requirement]]] = {}
        for indicator in self.indicators:
            for requirement in indicator.requirements():
                asked = (m for one in (requirement, *of_each_hamlet(requirement)) for m in one.asked)
                for measure in dict.fromkeys(asked):
                    found.setdefault(measure, []).append((indicator, requirement))
        return {measure: tuple(users) for measure, users in found.items()}

    @cached_property
    def quotes(self) -> Mapping[str, tuple[Quote, ...]]:
        """Document id -> the rules that quote it and were found in its text."""
        found: dict[str, list[Quote]] = {document: [] for document in self.texts}
        for kind, id_, source, words in self._quoting():
            text = self.texts.get(source.document)
            place = text.find(words, annex=source.annex, row=source.row) if text else None
            if place is not None:
                found[source.document].append(Quote(kind, id_, place))
        return {document: tuple(quotes) for document, quotes in found.items()}

    def _quoting(self) -> Iterator[tuple[str, str, Source, str]]:
        for criterion in self.rules.criteria:
            yield "criterion", criterion.id, criterion.source, criterion.title
        for indicator in self.indicators:
            yield "indicator", indicator.id, indicator.source, indicator.printed
        for decision in self.rules.decisions.values():
            if decision.source:
                yield "decision", decision.id, decision.source, ""

    def targets(self, requirement: Requirement, indicator: Indicator) -> list[TargetLine]:
        """Return every target a requirement has had or will have."""
        return target_lines(self.rules, requirement, indicator, self.written[requirement.id], self.overlays)

    def history(self, indicator: Indicator) -> list[Event]:
        """Return what is known of an indicator over time."""
        asked = (one for r in indicator.requirements() for one in (r, *of_each_hamlet(r)))
        lines = [(r, self.targets(r, indicator)) for r in asked]
        return history(self.rules, indicator, lines, self.overlays)

    def tests_of(self, indicator: Indicator) -> list[RuleTest]:
        """Return the tests of an indicator and of everything in it, in the order of its text."""
        ids = dict.fromkeys([indicator.id, *(node.id for node in walk_with_hamlets(indicator.condition))])
        return [test for id_ in ids for test in self.tests.get(id_, ())]

    def criterion_tests(self, criterion: Criterion) -> Sequence[RuleTest]:
        """Return the tests of a criterion as a whole; none where an indicator has its id, to which they belong."""
        named = criterion.id in self.rules.indicator_by_id or criterion.id in self.rules.requirement_by_id
        return () if named else self.tests.get(criterion.id, ())


def contents_of(loaded: LoadedSet, rules: CriteriaSet, overlays: Sequence[Overlay]) -> BookContents:
    """Gather what a book of these rules holds, reading the texts and tests beside them.

    Raises:
        NtmError: a document's text or a file of tests that cannot be read.
    """
    return BookContents(
        rules=rules,
        overlays=tuple(sorted(overlays, key=lambda overlay: overlay.promulgated)),
        written=written_under(loaded, overlays, rules).nodes_by_id(),
        legal_basis=loaded.header.legal_basis,
        texts=_texts(loaded),
        tests=tests_by_id(loaded),
    )


def _texts(loaded: LoadedSet) -> dict[str, SourceText]:
    found: dict[str, SourceText] = {}
    problems: list[Message] = []
    for document in loaded.header.documents:
        if not document.file:
            continue
        try:
            found[document.id] = SourceText(visible_lines(read_text(inside(loaded.folder, document.file))))
        except Unreadable as error:
            problems.append(
                Message(
                    "Text of document {document}, {file}: {reason}",
                    document=document.id,
                    file=document.file,
                    reason=error.reason,
                )
            )
    if problems:
        raise NtmError(*problems)
    return found
