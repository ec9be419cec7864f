"""What an explanation is about: the part of the law asked for, with its verdicts and all that they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import InputFile
from ntm_rules.evaluation.firing import Firing
from ntm_rules.evaluation.reference import Facts, Result
from ntm_rules.evaluation.settling import Settling, settling
from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import (
    Combination,
    CriteriaSet,
    Criterion,
    Indicator,
    Node,
    Part,
    Requirement,
    leaves,
)


@dataclass(frozen=True, slots=True)
class ExplainedNode:
    """One indicator or further condition, and the node of it that was asked for."""

    indicator: Indicator
    whole: Result
    """The verdict of the indicator."""
    node: Node
    """Its condition, or the part of that which was asked for."""
    result: Result
    settling: Settling | None
    """Of the node; None unless it is without data."""

    @property
    def is_part(self) -> bool:
        """Whether less than the whole indicator was asked for."""
        return self.node is not self.indicator.condition

    @property
    def id(self) -> str:
        """The id of what was asked for."""
        return self.node.id if self.is_part else self.indicator.id

    def nodes(self) -> Iterator[tuple[Node, Result]]:
        """Yield the node and everything below it with their results, parents first."""
        yield from _paired(self.node, self.result)


@dataclass(frozen=True, slots=True)
class ExplanationSubject:
    """What was asked for: an indicator, a condition, a part of one, or a criterion with its indicators."""

    id: str
    asked: tuple[ExplainedNode, ...]
    criterion: Criterion | None = None
    """The criterion, when that was asked for."""
    result: Result | None = None
    """The verdict of that criterion."""
    settling: Settling | None = None
    """What settles that criterion."""

    def requirements(self) -> Iterator[Requirement]:
        """Yield the requirements explained, in the order of the law."""
        for asked in self.asked:
            yield from leaves(asked.node)

    def measures(self) -> tuple[str, ...]:
        """Return the measures explained, in the order in which the law asks for them."""
        found = dict.fromkeys(m for r in self.requirements() for m in r.asked)
        of_hamlets = (m for r in self.requirements() if r.hamlets is not None for m in r.hamlets.asked)
        return tuple(dict.fromkeys([*found, *of_hamlets]))


@dataclass(frozen=True, slots=True)
class Explanation:
    """A subject judged for one commune, and where everything came from."""

    rules: CriteriaSet
    rules_sha256: str
    facts: Facts
    subject: ExplanationSubject
    engine: str
    program: str
    """Version of this program."""
    inputs: Sequence[InputFile] = ()
    overlay_files: dict[str, str] = field(default_factory=dict)
    """File name of each overlay given -> SHA-256."""
    illustrative_data: bool = False
    problems: Sequence[Problem] = ()
    """All problems of the data."""
    trace: Sequence[Firing] | None = None
    """Rules that fired, for an engine that works so."""

    def notices(self) -> list[Message]:
        """Return what must be told of the law that judges the subject, but for what concerns other requirements alone."""
        own = {node.id for asked in self.subject.asked for node, _ in asked.nodes()}
        own |= {one.id for r in self.subject.requirements() if r.hamlets is not None for one in leaves(r.hamlets.each)}
        own |= {self.subject.id, *(asked.indicator.id for asked in self.subject.asked)}
        elsewhere = self.rules.requirement_by_id.keys() | self.rules.indicator_by_id.keys()
        told = [(notice, notice.parameters.get("id")) for notice in self.rules.notices]
        in_general = self.subject.criterion is not None  # an indicator of its own may not be in force
        return [n for n, id_ in told if id_ is None or id_ in own or (in_general and id_ not in elsewhere)]

    def touching(self) -> list[Problem]:
        """Return the problems of the data with a figure that this explanation reads."""
        measures, year = self.subject.measures(), self.facts.report.year
        return [
            problem
            for problem in self.problems
            if problem.commune_code == self.facts.report.code
            and problem.measure in measures
            and problem.year in (year, year - 1)
        ]

    def others_of_commune(self) -> list[Problem]:
        """Return the problems of this commune's data that touch no figure read here."""
        touching = self.touching()
        return [p for p in self.problems if p.commune_code == self.facts.report.code and p not in touching]

    def fired(self) -> list[Firing]:
        """Return the firings that concluded something of what is explained, in their order."""
        shown = {("indicator", asked.indicator.id) for asked in self.subject.asked}
        shown |= {("requirement", node.id) for asked in self.subject.asked for node, _ in asked.nodes()}
        shown |= {("criterion", self.subject.criterion.id)} if self.subject.criterion else set()
        return [firing for firing in self.trace or () if (firing.concluded.level, firing.concluded.id) in shown]


def subject_of(
    rules: CriteriaSet, facts: Facts, id_: str, result: Result, conditions: Result | None
) -> ExplanationSubject:
    """Return what an id names with its verdicts: a part, an indicator, a further condition or a criterion.

    An id that names an indicator and its criterion (one without sub-rows) is taken as the indicator.

    Raises:
        NtmError: an id that names nothing, with the nearest that does.
    """
    found = rules.named(id_)
    if isinstance(found, Part):
        return ExplanationSubject(id_, (_asked(rules, facts, found.indicator, found.node, result, conditions),))
    asked = tuple(_asked(rules, facts, i, i.condition, result, conditions) for i in found.indicators)
    whole = found.condition
    settles = settling(rules, facts, whole) if whole is not None else None
    return ExplanationSubject(id_, asked, found, result.find("criterion", id_), settles)


def _asked(
    rules: CriteriaSet, facts: Facts, indicator: Indicator, node: Node, result: Result, conditions: Result | None
) -> ExplainedNode:
    whole = result.find("indicator", indicator.id)
    if whole is None:
        assert conditions is not None, "an indicator that is not of the criteria is a further condition"
        whole = conditions.find("requirement", indicator.condition.id)
    assert whole is not None
    top = whole.children[0] if whole.level == "indicator" and isinstance(indicator.condition, Requirement) else whole
    own = next(found for part, found in _paired(indicator.condition, top) if part is node)
    return ExplainedNode(indicator, whole, node, own, settling(rules, facts, node))


def _paired(node: Node, result: Result) -> Iterator[tuple[Node, Result]]:
    yield node, result
    if isinstance(node, Combination):
        for child, below in zip(node.children, result.children, strict=True):
            yield from _paired(child, below)
