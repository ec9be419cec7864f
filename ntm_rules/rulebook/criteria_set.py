"""The resolved criteria set: one effective law for a date and overlays, ready to evaluate.

Plain frozen values. Every target says where it came from; nothing here reads a file or a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from ntm_rules.errors import NtmError, nearest
from ntm_rules.i18n import Message
from ntm_rules.rulebook.cross_checks import CrossCheck
from ntm_rules.rulebook.indicators import (
    Amendment,
    Combination,
    Criterion,
    Gate,
    Hamlets,
    Indicator,
    Node,
    Requirement,
    Threshold,
    leaves,
    of_each_hamlet,
    walk,
    walk_with_hamlets,
)
from ntm_rules.rulebook.models import (
    Agency,
    Band,
    Classification,
    Decision,
    Document,
    Group,
    Measure,
    ReferenceFigure,
    Scale,
    Text,
    Years,
)
from ntm_rules.rulebook.register import Register
from ntm_rules.rulebook.standards import Standard
from ntm_rules.rulebook.taken import Taken, beside_last_year, earlier_years
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

    def earlier_years(self, year: int) -> tuple[int, ...]:
        """Return the years before the one judged of which some requirement reads figures, the latest first."""
        return earlier_years((taken for ways in self.taking.values() for taken in ways), year)

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
    gone = [
        (id_, by)
        for id_, by in rules.repealed.items()
        if id_.startswith(f"{indicator.id}.") and not gone_with_another(rules, id_)
    ]
    return found + [(id_, by) for id_, by in gone if by not in [done for _id, done in found]]


def gone_with_another(rules: CriteriaSet, id_: str) -> bool:
    """Tell whether what it was a part of has been repealed by the same act, which is said of that."""
    by = rules.repealed[id_]
    return any(id_.startswith(f"{other}.") and its == by for other, its in rules.repealed.items())


def nothing_named(id_: str, ids: Iterable[str]) -> NtmError:
    """Return what to say of an id that nothing has, with the nearest of those known."""
    closest = nearest(id_, ids)
    return NtmError(
        Message("There is no indicator {id}", id=id_),
        *([Message("Did you mean “{nearest}”?", nearest=closest)] if closest else []),
    )


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
