"""The resolved criteria set: one effective law for a date and overlays, ready to evaluate.

Plain frozen values. Every target says where it came from; nothing here reads a file or a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from ntm_rules.errors import NtmError, nearest
from ntm_rules.i18n import Message
from ntm_rules.rulebook.cross_checks import CrossCheck
from ntm_rules.rulebook.models import (
    Agency,
    Band,
    Classification,
    Days,
    Decision,
    Document,
    Group,
    Measure,
    NodeWritten,
    ReferenceFigure,
    Scale,
    Source,
    Text,
    Years,
    in_both,
)
from ntm_rules.rulebook.register import Register
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard
from ntm_rules.rulebook.taken import AS_ITS_KIND, Taken, beside_last_year, earlier_years
from ntm_rules.rulebook.targets import (
    DEFAULT,
    THE_REST,
    AwaitedTarget,
    Basis,
    Cell,
    ClassedTarget,
    Classing,
    Comparator,
    KnownTarget,
    NotAsked,
    Provenance,
    Stated,
    Target,
    basis_of,
    changed_classes,
    derived_target,
    known_target,
    loosened,
    named,
    named_classes,
)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a later decision did to an indicator or a part of one, other than setting a target."""

    kind: str
    """`added`, `replaced`, `changed` or `repealed`."""
    fields: tuple[str, ...]
    """Of a change: the keywords of which it says something."""
    provenance: Provenance
    before: NodeWritten | None = field(default=None, repr=False)
    """The rule as it was written before; None for what is added or repealed."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What decides whether a requirement is for a commune at all: an answer, or a number of something."""

    measure: str
    comparator: Comparator = Comparator.EQUALS
    bar: Decimal = Decimal(1)
    """The answer, 1 or 0, or the number."""

    @property
    def is_question(self) -> bool:
        """Whether it asks yes or no."""
        return self.comparator is Comparator.EQUALS

    @property
    def asks_for_any(self) -> bool:
        """Whether it is the law's "nếu có": for a commune that has none there is nothing to judge."""
        return self.is_question and self.bar == 1

    def opens(self, value: Fraction) -> bool:
        """Tell whether the requirement is for a commune that reported this value: a number, or 1 for yes and 0 for no."""
        return self.comparator.reached(value, Fraction(self.bar))


class Threshold(NamedTuple):
    """A number, and how an exact figure is held to it."""

    value: Decimal
    comparator: Comparator


@dataclass(frozen=True, slots=True)
class Requirement:
    """One atomic condition: a measure held against a target."""

    id: str
    text: str
    text_en: str
    lead: str
    cooperating: tuple[str, ...]
    source: Source
    measure: str
    comparator: Comparator
    target: Target
    gates: tuple[Gate, ...] = ()
    """It is for the communes that all of these let through, those of what it stands in first."""
    note: Text | None = None
    printed: str = ""
    """The text as printed, where `text` is the evident reading."""
    answer: int = 1
    """Of a yes/no question the answer that meets: 1 for yes, 0 for no."""
    taken: Taken = AS_ITS_KIND
    """Of which years the figure is taken, as what, and how it is rounded."""
    replaced: tuple[Target, ...] = ()
    """What overlays in force have replaced, the oldest first: the lineage of `target`."""
    amended: tuple[Amendment, ...] = ()
    """What later decisions did to it, the oldest first, targets aside."""
    hamlets: Hamlets | None = None
    """What each hamlet must meet, where its figure is how many hamlets do."""

    @property
    def words(self) -> Text:
        """The text in every language there is."""
        return in_both(self.text, self.text_en)

    @property
    def judged_by(self) -> tuple[object, ...]:
        """How it judges a figure, whatever its target, its words and who leads it."""
        return self.measure, self.comparator, self.answer, self.gates, self.taken, self.hamlets

    @property
    def wants_less(self) -> bool:
        """Whether the lower is the better: its target is a limit, or the answer no."""
        return self.comparator.is_ceiling or not self.answer

    def held_to(self, target: Decimal) -> Threshold:
        """Return what the exact figure is held to, so that it meets where the figure as it is rounded does."""
        comparator = self.comparator
        if self.taken.rounded_to is None:
            return Threshold(target, comparator)
        value, strict = self.taken.bar(target, ceiling=comparator.is_ceiling, strict=comparator.is_strict)
        if comparator.is_ceiling:
            return Threshold(value, Comparator.LESS_THAN if strict else Comparator.AT_MOST)
        return Threshold(value, Comparator.MORE_THAN if strict else Comparator.AT_LEAST)

    @property
    def told_apart_by(self) -> str:
        """The measure whose answer says which target is the commune's; empty where there is none."""
        target = self.target
        return target.classing.by if isinstance(target, ClassedTarget) and target.classing.is_answer else ""

    @property
    def awaited(self) -> tuple[AwaitedTarget, ...]:
        """What its target waits for, and what each hamlet must reach where it counts those that do."""
        return tuple(one for leaf in (self, *of_each_hamlet(self)) for one in leaf.target.awaited)

    @property
    def decisions_awaited(self) -> tuple[str, ...]:
        """The decisions that these wait for, each once."""
        return tuple(dict.fromkeys(one.decision for one in self.awaited))

    @property
    def asked(self) -> tuple[str, ...]:
        """The measures it reads of the commune: those of its gates, the one held against the target, how many hamlets
        there are, that by which the target differs."""
        hamlets = self.hamlets.number if self.hamlets is not None else ""
        asked = [*(gate.measure for gate in self.gates), self.measure, hamlets, self.told_apart_by]
        return tuple(dict.fromkeys(measure for measure in asked if measure))


@dataclass(frozen=True, slots=True)
class Hamlets:
    """What each hamlet of a commune must meet, where a requirement counts the hamlets that do."""

    each: Node
    number: str = ""
    """The measure in which the commune says how many hamlets it has; empty: as many as figures are given of."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The measures it reads of each hamlet."""
        return tuple(dict.fromkeys(measure for leaf in leaves(self.each) for measure in leaf.asked))


@dataclass(frozen=True, slots=True)
class Combination:
    """Several nodes taken together: `all` of them, `any` one of them, or `some`, so many as are needed."""

    op: str
    children: tuple[Node, ...]
    id: str
    text: str = ""
    text_en: str = ""
    note: Text | None = None
    needed: int = 0
    """Of `some`: how many must be met."""
    of_set: str = ""
    """The other set whose rules its parts are; empty where they are this set's own."""
    amended: tuple[Amendment, ...] = ()
    """What later decisions did to it, the oldest first."""

    @property
    def words(self) -> Text:
        """The text in every language there is."""
        return in_both(self.text, self.text_en)

    @property
    def is_choice(self) -> bool:
        """Whether it can be met without every part: what is missing is then chosen among them."""
        return self.op != "all" and len(self.children) > 1


Node = Requirement | Combination


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the annex with its condition.

    When the row states a single condition, `condition` is a requirement with the indicator's own id.
    """

    id: str
    criterion: str
    text: str
    text_en: str
    printed: str
    lead: str
    cooperating: tuple[str, ...]
    source: Source
    years: Years
    condition: Node
    note: Text | None = None
    points: Decimal | None = None
    """What it counts when progress is ranked; None where the set gives it no points. No verdict reads it."""
    in_force: Days | None = None
    """The days within its years on which it counts, where the law says days."""
    amended: tuple[Amendment, ...] = ()
    """What later decisions did to it as a whole, the oldest first."""

    @property
    def words(self) -> Text:
        """The text in every language there is."""
        return in_both(self.text, self.text_en)

    def requirements(self) -> tuple[Requirement, ...]:
        """Return the atomic conditions in the order of the text."""
        return tuple(leaves(self.condition))

    def leads(self) -> tuple[str, ...]:
        """Return the lead agencies without repetition: one, or more where the row splits it."""
        return tuple(dict.fromkeys([r.lead for r in self.requirements()] or [self.lead]))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: `all` of its indicators, unless it has a standard of its own."""

    id: str
    title: str
    title_en: str
    source: Source
    indicators: tuple[Indicator, ...]
    standard: Standard | None = None
    """When it is met, where that is not when every indicator is."""

    @property
    def condition(self) -> Combination | None:
        """Its indicators' conditions taken together; None where points or percentages of them decide."""
        if self.standard is None:
            return Combination("all", tuple(indicator.condition for indicator in self.indicators), self.id)
        return self._taken_together(self.standard)

    def _taken_together(self, standard: Standard) -> Combination | None:
        conditions = {indicator.id: indicator.condition for indicator in self.indicators}
        parts = [conditions[one.id] if isinstance(one, Named) else self._taken_together(one) for one in standard.parts]
        there = tuple(part for part in parts if part is not None)
        needed = standard.at_least if standard.op == WEIGHED else Decimal(0)
        if len(there) < max(len(parts), int(needed), 1) or standard.percent or standard.counts == "points":
            return None
        return Combination("some" if needed else standard.op, there, self.id, needed=int(needed))

    @property
    def words(self) -> Text:
        """The title in every language there is."""
        return in_both(self.title, self.title_en)


@dataclass(frozen=True, slots=True)
class Part:
    """What an id below the criteria names: an indicator or further condition, or a part of one."""

    indicator: Indicator
    node: Node
    """Its condition, or the part of that which has the id."""


@dataclass(frozen=True)
class CriteriaSet:
    """Everything in force on `as_of`, with the overlays applied."""

    id: str
    version: str
    title: Text
    province: Text
    period: Years
    as_of: dt.date
    """The day whose law this is."""
    overlays: tuple[str, ...]
    illustrative: bool
    criteria: tuple[Criterion, ...]
    conditions: tuple[Indicator, ...]
    """Further conditions of recognition; empty when the set has none."""
    measures: Mapping[str, Measure]
    scales: Mapping[str, Scale]
    agencies: Mapping[str, Agency]
    groups: Mapping[str, Group]
    decisions: Mapping[str, Decision]
    documents: Mapping[str, Document]
    bands: tuple[Band, ...]
    meets: Text
    communes: Register
    notices: tuple[Message, ...] = ()
    """What a reader must be told about this resolution: loosened numbers, indicators not in force."""
    provinces: Mapping[str, Text] = field(default_factory=dict)
    """Id -> name of each province of the register, where it holds several."""
    known_on: dt.date | None = None
    """Only what had been promulgated by this day was taken; None: everything."""
    recognition: str | None = None
    """The ruling by which a commune reports that a decision has recognised it, stated and never computed; None: none."""
    classifications: Mapping[str, Classification] = field(default_factory=dict)
    """What else the register tells communes apart by."""
    classings: Mapping[str, Classing] = field(default_factory=dict)
    """Everything that a target may differ by, under its id."""
    repealed: Mapping[str, Amendment] = field(default_factory=dict)
    """Id of each indicator or part that is not there any more -> by what it was repealed or replaced."""
    standard: Standard | None = None
    """When a commune meets the standard, where that is not when every criterion is met."""
    amended: Mapping[str, tuple[Amendment, ...]] = field(default_factory=dict)
    """Id of the set or of a criterion -> what later decisions did to what meets it, or that one added it."""
    reference_figures: Mapping[str, ReferenceFigure] = field(default_factory=dict)
    """Figures of province and nation that targets are taken from, as the set writes them."""
    cross_checks: tuple[CrossCheck, ...] = ()
    """What draws the eye to a report's figures; no part of the law, and of no verdict."""

    def indicators(self) -> Iterator[Indicator]:
        """Yield the indicators of all criteria, in the order of the annex."""
        for criterion in self.criteria:
            yield from criterion.indicators

    def every_indicator(self) -> Iterator[Indicator]:
        """Yield the indicators of all criteria, then the further conditions."""
        yield from self.indicators()
        yield from self.conditions

    def nodes(self) -> Iterator[Node]:
        """Yield every node of every indicator and further condition, in order, parents first."""
        for indicator in self.every_indicator():
            yield from walk(indicator.condition)

    def requirements(self) -> Iterator[Requirement]:
        """Yield the requirements of all criteria and conditions, in order."""
        return iter(self._requirements)

    @cached_property
    def _requirements(self) -> tuple[Requirement, ...]:
        """Asked for by everybody, some of them for each measure."""
        return tuple(chain.from_iterable(indicator.requirements() for indicator in self.every_indicator()))

    @cached_property
    def reported_measures(self) -> tuple[str, ...]:
        """The measures some requirement reads, in the order in which the rules first ask for them."""
        asked: dict[str, None] = {}
        for requirement in self.requirements():
            asked |= dict.fromkeys(requirement.asked)
        return tuple(asked)

    @cached_property
    def counting_hamlets(self) -> tuple[Requirement, ...]:
        """The requirements that count the hamlets which meet something."""
        return tuple(requirement for requirement in self.requirements() if requirement.hamlets is not None)

    @cached_property
    def of_each_hamlet(self) -> Mapping[str, CriteriaSet]:
        """Requirement that counts hamlets -> a set of nothing but what each hamlet must meet."""
        found = {}
        for requirement in self.counting_hamlets:
            assert requirement.hamlets is not None
            each = requirement.hamlets.each
            years = Years.model_validate({"from": self.as_of.year, "to": self.as_of.year})
            own = Indicator(each.id, each.id, "", "", "", "", (), requirement.source, years, each)
            criterion = Criterion(each.id, "", "", requirement.source, (own,))
            found[requirement.id] = replace(
                self, criteria=(criterion,), conditions=(), standard=None, recognition=None, cross_checks=()
            )
        return found

    @cached_property
    def hamlet_measures(self) -> tuple[str, ...]:
        """The measures that some requirement reads of each hamlet, in the order in which the rules first ask for them."""
        return tuple(dict.fromkeys(m for one in self.counting_hamlets if one.hamlets for m in one.hamlets.asked))

    @cached_property
    def taking(self) -> Mapping[str, frozenset[Taken]]:
        """Measure -> every way in which some requirement takes its figures."""
        found: dict[str, set[Taken]] = {}
        for requirement in self.requirements():
            found.setdefault(requirement.measure, set()).add(requirement.taken.of(self.measures[requirement.measure]))
        return {measure: frozenset(ways) for measure, ways in found.items()}

    @cached_property
    def beside_last_year(self) -> frozenset[str]:
        """The measures of which a form asks last year's figure beside this year's."""
        measures, year = self.measures, self.as_of.year
        return frozenset(
            id_ for id_, one in measures.items() if beside_last_year(one, self.taking.get(id_, frozenset()), year)
        )

    def earlier_years(self, judged: int) -> tuple[int, ...]:
        """Return the years before the one judged of which some requirement reads figures, the latest first."""
        return earlier_years((taken for ways in self.taking.values() for taken in ways), judged)

    @cached_property
    def asking_for(self) -> Mapping[str, tuple[str, ...]]:
        """Measure -> the ids of the requirements that read it, "if any" included, in order."""
        found: dict[str, list[str]] = {}
        for requirement in self.requirements():
            for measure in requirement.asked:
                found.setdefault(measure, []).append(requirement.id)
        return {measure: tuple(ids) for measure, ids in found.items()}

    def scale_of(self, measure: str) -> Scale | None:
        """Return the scale of a graded measure; None for any other."""
        return self.scales.get(self.measures[measure].scale or "")

    def answer_code(self, measure: Measure, value: int) -> str:
        """Return an answer, ruling, grade or day as machines read it."""
        if measure.traits.dated:
            return dt.date.fromordinal(value).isoformat()
        if measure.traits.graded:
            return self.scales[measure.scale or ""].grades[value].id
        return measure.traits.choice(value).code

    @cached_property
    def requirement_by_id(self) -> Mapping[str, Requirement]:
        """Requirement id -> requirement; behind those of communes, what is required of each hamlet."""
        found = [*self.requirements()]
        found += [
            one for counting in self.counting_hamlets if counting.hamlets for one in leaves(counting.hamlets.each)
        ]
        return {requirement.id: requirement for requirement in found}

    @cached_property
    def indicator_by_id(self) -> Mapping[str, Indicator]:
        """Indicator id -> indicator, further conditions included."""
        return {indicator.id: indicator for indicator in self.every_indicator()}

    @cached_property
    def criterion_by_id(self) -> Mapping[str, Criterion]:
        """Criterion id -> criterion."""
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """Id -> the indicator or further condition, or the part of one, that it names; parts stand last."""
        found = {indicator.id: Part(indicator, indicator.condition) for indicator in self.every_indicator()}
        for indicator in self.every_indicator():
            for node in walk(indicator.condition):
                found.setdefault(node.id, Part(indicator, node))
        return found

    @cached_property
    def whole_of(self) -> Mapping[str, Indicator]:
        """Id of an indicator or further condition, of a part of it, or of what it asks of each hamlet -> which it is."""
        found = {indicator.id: indicator for indicator in self.every_indicator()}
        for indicator in self.every_indicator():
            for node in walk_with_hamlets(indicator.condition):
                found.setdefault(node.id, indicator)
        return found

    def named(self, id_: str) -> Part | Criterion:
        """Return what an id names; where an indicator has its criterion's id (one without sub-rows), the indicator.

        Raises:
            NtmError: nothing has this id; with the nearest that something has.
        """
        found = self.parts.get(id_) or self.criterion_by_id.get(id_)
        if found is None:
            raise nothing_named(id_, [*self.parts, *self.criterion_by_id])
        return found

    @cached_property
    def alternatives(self) -> Mapping[str, tuple[int, int]]:
        """Id of each requirement that is, or is below, one of several parts to choose from -> how many are enough of how many."""
        found: dict[str, tuple[int, int]] = {}
        for node in self.nodes():
            if isinstance(node, Combination) and node.is_choice:
                found |= {leaf.id: (node.needed or 1, len(node.children)) for leaf in leaves(node)}
        return found

    @cached_property
    def choice_of(self) -> Mapping[str, str]:
        """Id of each requirement that is, or is a part of, an alternative -> id of the outermost "hoặc" it stands in."""
        found: dict[str, str] = {}
        for node in self.nodes():  # the outer before the inner
            if isinstance(node, Combination) and node.is_choice:
                for leaf in leaves(node):
                    found.setdefault(leaf.id, node.id)
        return found

    @cached_property
    def choices(self) -> Mapping[str, Combination]:
        """Id -> each outermost combination of which not every part is needed."""
        found = (node for node in self.nodes() if isinstance(node, Combination) and node.id in self.choice_of.values())
        return {node.id: node for node in found}

    @cached_property
    def has_points(self) -> bool:
        """Whether some indicator of the criteria bears points."""
        return any(indicator.points is not None for indicator in self.indicators())

    @cached_property
    def parts_of_alternatives(self) -> frozenset[str]:
        """Ids of the requirements that are only a part of an alternative: reaching one alone does not settle it."""
        found: set[str] = set()
        for node in self.nodes():
            if isinstance(node, Combination) and len(node.children) > 1:
                below = {leaf.id for leaf in leaves(node)}
                if node.op == "all":
                    found |= below & set(self.alternatives)
                else:
                    found -= below
        return frozenset(found)

    @cached_property
    def lead_agencies(self) -> tuple[str, ...]:
        """The lead agencies of the criteria, in the order of agencies.yaml."""
        leads = {lead for indicator in self.indicators() for lead in indicator.leads()}
        return tuple(agency for agency in self.agencies if agency in leads)


def done_to(rules: CriteriaSet, indicator: Indicator) -> list[tuple[str, Amendment]]:
    """Return what decisions did to an indicator, its parts and those that were its parts, each once, with the id of which."""
    found = [(indicator.id, one) for one in indicator.amended]
    for node in walk_with_hamlets(indicator.condition):
        found += [(node.id, one) for one in node.amended if one not in [done for _id, done in found]]
    gone = [(id_, by) for id_, by in rules.repealed.items() if id_.startswith(f"{indicator.id}.")]
    return found + [(id_, by) for id_, by in gone if by not in [done for _id, done in found]]


def nothing_named(id_: str, known: Iterable[str]) -> NtmError:
    """Return what to say of an id that nothing has, with the nearest of those known."""
    closest = nearest(id_, known)
    return NtmError(
        Message("There is no indicator {id}", id=id_),
        *([Message("Did you mean “{nearest}”?", nearest=closest)] if closest else []),
    )


def leaves(node: Node) -> Iterator[Requirement]:
    """Yield the requirements at or below a node, in order."""
    if isinstance(node, Requirement):
        yield node
    else:
        for child in node.children:
            yield from leaves(child)


def of_each_hamlet(requirement: Requirement) -> Iterator[Requirement]:
    """Yield what each hamlet must meet, where a requirement counts those that do."""
    if requirement.hamlets is not None:
        yield from leaves(requirement.hamlets.each)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything below it, parents first."""
    yield node
    if isinstance(node, Combination):
        for child in node.children:
            yield from walk(child)


def walk_with_hamlets(node: Node) -> Iterator[Node]:
    """Yield what `walk` does, each requirement that counts hamlets followed by what each of them must meet."""
    for one in walk(node):
        yield one
        if isinstance(one, Requirement) and one.hamlets is not None:
            yield from walk(one.hamlets.each)


__all__ = [
    "DEFAULT",
    "THE_REST",
    "Amendment",
    "AwaitedTarget",
    "Basis",
    "Cell",
    "ClassedTarget",
    "Classing",
    "Combination",
    "Comparator",
    "CriteriaSet",
    "Criterion",
    "Gate",
    "Hamlets",
    "Indicator",
    "KnownTarget",
    "Node",
    "NotAsked",
    "Part",
    "Provenance",
    "Requirement",
    "Stated",
    "Target",
    "Threshold",
    "basis_of",
    "changed_classes",
    "derived_target",
    "done_to",
    "known_target",
    "leaves",
    "loosened",
    "named",
    "named_classes",
    "nothing_named",
    "of_each_hamlet",
    "walk",
    "walk_with_hamlets",
]
"""What is imported from here, targets among it."""
