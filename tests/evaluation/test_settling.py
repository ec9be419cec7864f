"""What settles a verdict: the fewest figures, proven against trying everything; and what decides alone."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, count, pairwise, product
from math import ceil, floor, prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.possible_values import Nothing, Stretch, cut, growth_values, whole_numbers
from ntm_rules.evaluation.reference import Facts, evaluate_indicator
from ntm_rules.evaluation.settling import GROUP, NOT_LISTED, Decider, Demand, Unknown, demand, settling
from ntm_rules.evaluation.taking import level_of, no_base, take
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT, VALUE_SCALE, value_units
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Combination,
    Comparator,
    CriteriaSet,
    Criterion,
    Gate,
    KnownTarget,
    Node,
    Requirement,
    Target,
    leaves,
    walk,
)
from ntm_rules.rulebook.models import Measure, Range
from ntm_rules.rulebook.taken import Over, Quantity, Taken
from tests.examples import examples
from tests.strategies import (
    BY_GROUP,
    GRADES,
    GROUPS,
    PROVENANCE,
    PROVINCES,
    REGIONS,
    YEAR,
    counts_of_hamlets,
    criteria_set,
    indicator,
    measure,
    measure_tables,
    nodes,
    of_hamlets,
    own_reports,
    requirement,
    sets,
)

AT_LEAST, AT_MOST, IS = Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.EQUALS
PENDING = AwaitedTarget("awaited")
MORE, MANY = 3, 9
"""So many hamlets more than are listed may turn out to be there; of many the others are like the last of a few."""
ABSENT = (State.MISSING, State.INVALID, State.CONFLICTING, State.AWAITED)


def at(value: str | int) -> KnownTarget:
    return KnownTarget(PROVENANCE, everywhere=Decimal(value))


def by_group(*values: int) -> ClassedTarget:
    cells = (KnownTarget(PROVENANCE, everywhere=Decimal(value)) for value in values)
    return ClassedTarget(BY_GROUP, dict(zip(GROUPS, cells, strict=True)))


# --- trying everything -------------------------------------------------------------------------


@dataclass(frozen=True)
class Supposed:
    """A case with one commune's facts, in which items can come in."""

    rules: CriteriaSet
    facts: Facts
    node: Node

    def verdict(self, incoming: dict[Unknown, object]) -> Verdict:
        """What the reference says once these have come in."""
        facts = self.once(incoming)
        return evaluate_indicator(self.rules, indicator("x", self.node), facts).verdict

    def once(self, incoming: dict[Unknown, object]) -> Facts:
        """What is known once these have come in."""
        years = {YEAR: dict(self.facts.report.values)}
        group, classes = self.facts.group, dict(self.facts.classes or {})
        if self.facts.previous:
            years[YEAR - 1] = dict(self.facts.previous.values)
        years |= {year: dict(record.values) for year, record in self.facts.others.items()}
        for item, value in incoming.items():
            if item == GROUP:
                group = str(value)
            elif item.measure.startswith("@"):
                classes[item.measure[1:]] = str(value)
            elif not item.hamlet:
                assert isinstance(value, Reported)
                years.setdefault(YEAR - item.before, {})[item.measure] = value
        records = {year: CommuneYear("1", "xã", year, values) for year, values in years.items()}
        records[YEAR] = replace(records[YEAR], hamlets=self.hamlets(incoming, records[YEAR]))
        return Facts(records[YEAR], None, group, records, classes)

    def hamlets(self, incoming: dict[Unknown, object], report: CommuneYear) -> dict[str, CommuneYear]:
        """The hamlets listed with what has come in of them, and behind them those not listed, as many as there are."""
        listed = self.facts.report.hamlets
        figures = {name: dict(record.values) for name, record in listed.items()}
        for item, value in incoming.items():
            if item.hamlet == NOT_LISTED:
                (leaf,) = (one for one in self.counting if one.measure == item.measure)
                assert leaf.hamlets is not None
                number = report.get(leaf.hamlets.number)
                more = number.value // VALUE_SCALE - len(listed) if number.state is State.PRESENT else 0
                assert isinstance(value, tuple)
                figures |= {f"Bản mới {n}": dict(given) for n, given in enumerate(value[: max(more, 0)])}
            elif item.hamlet:
                assert isinstance(value, Reported)
                figures[item.hamlet][item.measure] = value
        return {name: CommuneYear("1", name, YEAR, values) for name, values in figures.items()}

    @property
    def counting(self) -> list[Requirement]:
        """The requirements that count the hamlets listed."""
        return [leaf for leaf in leaves(self.node) if leaf.hamlets is not None and self.facts.report.hamlets]

    def all_leaves(self) -> Iterator[Requirement]:
        for leaf in leaves(self.node):
            if leaf.hamlets is not None and self.facts.report.hamlets:
                yield from leaves(leaf.hamlets.each)
            yield leaf

    def items_of_hamlets(self, leaf: Requirement) -> Iterator[Unknown]:
        """Everything a requirement reads of hamlets that is not there."""
        assert leaf.hamlets is not None
        listed, number = self.facts.report.hamlets, leaf.hamlets.number
        reported = self.facts.report.get(number)
        more = reported.value // VALUE_SCALE - len(listed) if reported.state is State.PRESENT else -1
        if number and more < 0:
            yield Unknown(number)
        for name, record in listed.items():
            for one in leaves(leaf.hamlets.each):
                for read in (*(gate.measure for gate in one.gates), one.measure):
                    if record.get(read).state in ABSENT:
                        yield Unknown(read, hamlet=name)
        if number and more:
            yield Unknown(leaf.measure, hamlet=NOT_LISTED)
        for one in leaves(leaf.hamlets.each):
            yield from self.class_owed(one)

    def class_owed(self, leaf: Requirement) -> Iterator[Unknown]:
        target = leaf.target
        if not isinstance(target, ClassedTarget):
            return
        by = target.classing
        own = self.facts.class_of(self.rules, by)
        if by.is_answer and own is None:
            yield Unknown(by.by)
        elif target.of_class(own) is None:
            yield GROUP if by.is_group else Unknown(f"@{by.by}")

    def owed(self, leaf: Requirement) -> list[Unknown]:
        """The figures that a requirement holds against its target and that are not there."""
        return [
            Unknown(leaf.measure, YEAR - year) for year in self.way(leaf).years(YEAR) if self.known(leaf, year) is None
        ]

    def way(self, leaf: Requirement) -> Taken:
        return leaf.taken.of(self.rules.measures[leaf.measure])

    def known(self, leaf: Requirement, year: int) -> Reported | None:
        """A figure that can be used; also a share of nothing of the year judged."""
        figure, taken = self.facts.in_year(leaf.measure, year), self.way(leaf)
        if figure.state is State.NOTHING_TO_COUNT and year == YEAR:
            return figure
        if figure.state is not State.PRESENT:
            return None
        base = taken.divides and year in [of for _year, of in taken.terms(YEAR)]
        return None if base and no_base(taken, figure.value) else figure

    def items(self) -> tuple[Unknown, ...]:
        """Everything the node reads that is not there, in the order of the law."""
        found: dict[Unknown, None] = {}
        for leaf in leaves(self.node):
            for gate in leaf.gates:
                if self.facts.report.get(gate.measure).state in ABSENT:
                    found[Unknown(gate.measure)] = None
            nothing = self.facts.report.get(leaf.measure).state is State.NOTHING_TO_COUNT
            if leaf in self.counting:
                found |= dict.fromkeys(self.items_of_hamlets(leaf))
            elif not (nothing and YEAR in self.way(leaf).years(YEAR)):
                found |= dict.fromkeys(self.owed(leaf))
            found |= dict.fromkeys(self.class_owed(leaf))
        return tuple(found)

    @property
    def tangled(self) -> bool:
        """Whether several figures of a measure are open that several requirements take in ways of their own.

        Or whether two that count hamlets read the same of them.
        """
        ways: dict[str, set[object]] = {}
        years: dict[str, set[Unknown]] = {}
        read = [m for leaf in self.counting if leaf.hamlets for m in {leaf.hamlets.number, *leaf.hamlets.asked} - {""}]
        if len(read) > len(set(read)):
            return True
        for leaf in leaves(self.node):
            for gate in leaf.gates:
                ways.setdefault(gate.measure, set()).add((Taken(Quantity.LEVEL), True))
            if leaf.told_apart_by:
                ways.setdefault(leaf.told_apart_by, set()).add((Taken(Quantity.LEVEL), True))
            ways.setdefault(leaf.measure, set()).add((self.way(leaf), leaf.wants_less))
            years.setdefault(leaf.measure, set()).update(self.owed(leaf))
            each = self.way(leaf).over is Over.EACH and self.way(leaf).compares_years
            hard = each or self.rules.measures[leaf.measure].traits.whole
            if hard and len(years[leaf.measure]) > 1:
                return True
        return any(len(open_) > 1 and len(ways[measure]) > 1 for measure, open_ in years.items())

    def values(self, item: Unknown) -> Sequence[object]:
        """Ways in which an item could come in: at, beside and far from every target."""
        if item == GROUP:
            return GROUPS
        if item.measure.startswith("@"):
            return self.rules.classings[item.measure[1:]].classes
        spec = self.rules.measures[item.measure]
        if item.hamlet == NOT_LISTED:
            return list(self.others(item))
        if any(leaf.hamlets and leaf.hamlets.number == item.measure for leaf in self.counting):
            listed = len(self.facts.report.hamlets)
            return [Reported(State.PRESENT, (listed + more) * VALUE_SCALE) for more in (*range(MORE + 1), MANY)]
        if spec.kind in ("attestation", "ruling"):
            return [Reported(State.PRESENT, answer) for answer in (0, 1)]
        if spec.kind == "grade":
            return [Reported(State.PRESENT, rank) for rank in range(len(GRADES))]
        if spec.kind == "date":
            near = {
                n for value in beside(list(self.turning(item)) or [Fraction(1)]) for n in (floor(value), ceil(value))
            }
            return [Reported(State.PRESENT, n) for n in sorted(near)]
        near = beside([*self.turning(item), Fraction(0), *([Fraction(PERCENT)] if spec.kind == "share" else [])])
        if spec.kind == "count":
            near = sorted({Fraction(n) for value in near for n in (floor(value), ceil(value))})
        least = self.above_zero(item)
        near = [value for value in near if value > 0 or (value == 0 and not least)]
        if spec.kind != "share":
            return [self.level(value) for value in near]
        given = [Reported(State.PRESENT, p.numerator, 100 * p.denominator) for p in near if p <= PERCENT]
        zero = spec.zero_denominator == "not_applicable" and not item.before
        return [*given, Reported(State.NOTHING_TO_COUNT)] if zero else given

    def others(self, item: Unknown) -> Iterator[object]:
        """Ways in which hamlets that are not listed can come in: one for each verdict that each can have."""
        (leaf,) = (one for one in self.counting if one.measure == item.measure)
        assert leaf.hamlets is not None
        each = leaf.hamlets.each
        figures = [Unknown(measure, hamlet="x") for measure in leaf.hamlets.asked]
        kinds: dict[object, tuple[tuple[str, object], ...]] = {}
        classed = list(product((*GROUPS, None), ({}, *({"vung": region} for region in REGIONS))))
        for way in product(*(self.values(one) for one in figures)):
            given = tuple((one.measure, value) for one, value in zip(figures, way, strict=True))
            record = CommuneYear("1", "x", YEAR, dict(given))  # type: ignore[arg-type]  # reports
            facts = [Facts(record, group=group, classes=classes) for group, classes in classed]
            verdicts = tuple(evaluate_indicator(self.rules, indicator("x", each), one).verdict for one in facts)
            kinds.setdefault(verdicts, given)
        reported = self.facts.report.get(leaf.hamlets.number)
        known = reported.state is State.PRESENT and reported.value // VALUE_SCALE > len(self.facts.report.hamlets)
        more = reported.value // VALUE_SCALE - len(self.facts.report.hamlets) if known else MORE
        for way in product(kinds.values(), repeat=more):
            yield way if known else (*way, *[way[-1]] * (MANY - MORE))

    def reading(self, item: Unknown) -> Iterator[Requirement]:
        """The requirements that hold an item against a target."""
        for leaf in self.all_leaves():
            if leaf.measure == item.measure and YEAR - item.before in self.way(leaf).years(YEAR):
                yield leaf

    def above_zero(self, item: Unknown) -> bool:
        """Whether something is divided by an item."""
        ways = [self.way(leaf) for leaf in self.reading(item)]
        return any(
            taken.divides and not taken.from_zero and YEAR - item.before in [of for _year, of in taken.terms(YEAR)]
            for taken in ways
        )

    def turning(self, item: Unknown) -> Iterator[Fraction]:
        """Values of an item at which something changes, the other years as known or as a few that are tried."""
        for leaf in self.all_leaves():
            yield from (
                Fraction(gate.bar) for gate in leaf.gates if gate.measure == item.measure and not gate.is_question
            )
        spec, year = self.rules.measures[item.measure], YEAR - item.before
        for leaf in self.reading(item):
            taken = self.way(leaf)
            bars = [leaf.held_to(v).value for v in leaf.target.values()]
            others = [one for one in taken.years(YEAR) if one != year]
            tried = [Fraction(100), Fraction(1, 10**6)] if spec.kind != "share" else [Fraction(50), Fraction(100)]
            known = [] if item.hamlet else [self.known(leaf, one) for one in others]
            ways = [[level_of(spec, one)] if one and one.state is State.PRESENT else tried for one in known]
            for bar, levels in product(map(Fraction, bars), product(*ways)):
                yield from solved(taken, bar, year, dict(zip(others, levels, strict=True)))

    @staticmethod
    def level(value: Fraction) -> Reported:
        return Reported(State.PRESENT, value * VALUE_SCALE)  # type: ignore[arg-type] # exact beyond the grid

    def settles(self, items: Sequence[Unknown]) -> bool:
        ways = product(*(self.values(item) for item in items))
        return all(self.verdict(dict(zip(items, way, strict=True))) is not Verdict.NO_DATA for way in ways)


def solved(taken: Taken, bar: Fraction, year: int, others: dict[int, Fraction]) -> Iterator[Fraction]:
    """The figure of a year at which what is taken comes to a number."""
    if taken.over is Over.MEAN:
        yield bar * taken.count - sum(others.values())
        return
    times = bar if taken.quantity is Quantity.RATIO else 1 + bar / PERCENT
    for now, base in taken.terms(YEAR):
        if base is None:
            yield bar
        elif now == year:
            yield others[base] * times if taken.divides else others[base] + bar
        elif base == year and times:
            yield others[now] / times if taken.divides else others[now] - bar


def beside(points: Sequence[Fraction]) -> list[Fraction]:
    ordered = sorted(set(points))
    between = [(a + b) / 2 for a, b in pairwise(ordered)]
    return sorted({*ordered, *between, ordered[0] - 1, ordered[-1] + 1})


@st.composite
def unsettled(draw: st.DrawFn, some_sets: st.SearchStrategy[CriteriaSet] | None = None) -> Supposed:
    """A node without data of a generated set, a commune's facts, and few enough items to try everything."""
    rules = draw(some_sets if some_sets is not None else sets())

    def record(year: int) -> CommuneYear:
        values = {spec.id: draw(own_reports(spec)) for spec in rules.measures.values() if spec.id[:2] != "t_"}
        return CommuneYear("1", "xã", year, values, hamlets=of_hamlets(draw, rules, "1", year, most=2))

    previous = record(YEAR - 1) if draw(st.booleans()) else None
    classes = {
        by: draw(st.sampled_from(known))
        for by, known in (("vung", REGIONS), ("province", PROVINCES))
        if draw(st.booleans())
    }
    others = {YEAR - 2: record(YEAR - 2)} if draw(st.booleans()) else {}
    facts = Facts(record(YEAR), previous, draw(st.sampled_from([*GROUPS, None])), others, classes)
    criterion = draw(st.sampled_from(rules.criteria))
    conditions = tuple(i.condition for i in criterion.indicators)
    nodes = [n for c in conditions for n in walk(c)]
    if len(conditions) > 1:
        nodes.append(Combination(op="all", children=conditions, id="criterion"))
    supposed = [s for n in nodes if (s := Supposed(rules, facts, n)).verdict({}) is Verdict.NO_DATA]
    small = [s for s in supposed if not s.tangled and prod(len(list(s.values(i))) for i in s.items()) <= 400]
    assume(small)
    return draw(st.sampled_from(small))


@st.composite
def sets_counting_hamlets(draw: st.DrawFn) -> CriteriaSet:
    """A set of one indicator, which counts hamlets, alone or beside a figure of the commune."""
    measures, ids = draw(measure_tables()), count(1)
    counts = draw(counts_of_hamlets(measures, ids))
    beside = draw(st.lists(nodes(measures, ids, 0), max_size=1))
    node = Combination(draw(st.sampled_from(["all", "any"])), (counts, *beside), "c") if beside else counts
    criterion = Criterion(id="1", title="1", title_en="1", source=counts.source, indicators=(indicator("1.1", node),))
    return criteria_set((criterion,), measures)


@settings(max_examples=examples(100))
@given(unsettled())
def test_the_answer_is_the_first_of_the_smallest_sets_that_settle_whatever_comes_in(case: Supposed) -> None:
    assert_smallest(case)


@settings(max_examples=examples(100))
@given(unsettled(sets_counting_hamlets()))
def test_so_it_is_of_hamlets_by_name(case: Supposed) -> None:
    assert_smallest(case)


def assert_smallest(case: Supposed) -> None:
    found = settling(case.rules, case.facts, case.node)
    assert found is not None
    for size in range(len(case.items()) + 1):
        settles = [chosen for chosen in combinations(case.items(), size) if case.settles(chosen)]
        if settles:
            assert found.items == settles[0]
            break
    else:
        raise AssertionError("nothing settles it")
    ways = product(*(case.values(item) for item in found.items))
    assert found.outcomes == {case.verdict(dict(zip(found.items, way, strict=True))) for way in ways}
    parts = [tuple(i for i in found.items if i != left_out) for left_out in found.items]
    assert not [part for part in parts if case.settles(part)]


@settings(max_examples=examples(100))
@given(unsettled())
def test_what_decides_alone_does_and_nothing_else_does(case: Supposed) -> None:
    assert_alone(case)


@settings(max_examples=examples(100))
@given(unsettled(sets_counting_hamlets()))
def test_so_does_what_one_hamlet_reports(case: Supposed) -> None:
    assert_alone(case)


def assert_alone(case: Supposed) -> None:
    found = settling(case.rules, case.facts, case.node)
    assert found is not None
    numbers = {leaf.hamlets.number for leaf in case.counting if leaf.hamlets is not None}
    for item in case.items():
        if item.hamlet == NOT_LISTED or item.measure in numbers:
            continue  # what many hamlets or their number would decide is not told
        said = [decider for decider in found.deciders if decider.item == item]
        for value in case.values(item):
            verdict = case.verdict({item: value})
            told = [decider.verdict for decider in said if covers(case, decider, value)]
            assert told == ([] if verdict is Verdict.NO_DATA else [verdict])


def covers(case: Supposed, decider: Decider, value: object) -> bool:
    return any(holds(case, decider, part, value) for part in decider.values)


def holds(case: Supposed, decider: Decider, part: object, value: object) -> bool:
    if not isinstance(part, Stretch):
        state = value.state if isinstance(value, Reported) else None
        return part == value or (part is Nothing.TO_COUNT and state is State.NOTHING_TO_COUNT)
    assert isinstance(value, Reported)
    if value.state is not State.PRESENT:
        return False
    item = decider.item
    spec = case.rules.measures[item.measure]
    if decider.taken == Taken(Quantity.LEVEL):
        exact: object = level_of(spec, value)
    else:
        exact = take(spec, decider.taken, case.once({item: value}).figures(spec.id), YEAR, least=True)
    assert isinstance(exact, Fraction)
    return not part.within(Stretch(exact, exact)).empty


# --- single cases ------------------------------------------------------------------------------

COUNT = measure("n", "count")
SHARE, OTHER, AMOUNT, GROWTH = (
    measure("s", "share"),
    measure("o", "share"),
    measure("a", "amount"),
    measure("g", "growth"),
)
ZERO = measure("z", "share", not_applicable_at_zero=True)
YES, EXISTS, RULING, GRADE = (
    measure("y", "attestation"),
    measure("e", "attestation"),
    measure("r", "ruling"),
    measure("x", "grade"),
)
MEASURES = {m.id: m for m in (COUNT, SHARE, OTHER, AMOUNT, GROWTH, ZERO, YES, EXISTS, RULING, GRADE)}


def leaf(id_: str, spec: Measure, target: Target, comparator: Comparator = AT_LEAST, **more: object) -> Requirement:
    return requirement(id_, spec.id, comparator, target, **more)


def all_of(*nodes: Node) -> Combination:
    return Combination("all", nodes, "all")


def any_of(*nodes: Node) -> Combination:
    return Combination("any", nodes, "any")


TREATED = leaf("b", SHARE, at(80))
LANDFILLED = leaf("c", OTHER, at(50), AT_MOST)
COMPLIANT = leaf("a", YES, at(1), IS, gates=(Gate("e"),))


def percent(value: str) -> Reported:
    return Reported(State.PRESENT, value_units(Decimal(value)), PERCENT * VALUE_SCALE)


def facts(group: str | None = None, before: dict[str, Reported] | None = None, **values: Reported) -> Facts:
    previous = None if before is None else CommuneYear("1", "xã", 2025, before)
    return Facts(CommuneYear("1", "xã", 2026, values), previous, group)


def asked(node: Node, known: Facts) -> list[str]:
    """The items, a star on those of the year before."""
    found = settling(criteria_set((), MEASURES), known, node)
    assert found is not None
    return [("group" if item == GROUP else item.measure) + "*" * item.before for item in found.items]


def alone(node: Node, known: Facts) -> list[tuple[str, str, list[str]]]:
    found = settling(criteria_set((), MEASURES), known, node)
    assert found is not None
    return [(d.item.measure or "group", d.verdict.name, [words(part) for part in d.values]) for d in found.deciders]


def words(part: object) -> str:
    if not isinstance(part, Stretch):
        return str(part.value if isinstance(part, Nothing) else part)
    low, high = ("" if end is None else str(end) for end in (part.low, part.high))
    return f"{'[' if part.low_in else '('}{low}..{high}{']' if part.high_in else ')'}"


NO, OK = Reported(State.PRESENT, 0), Reported(State.PRESENT, 1)


@pytest.mark.parametrize("node", [TREATED, all_of(TREATED, LANDFILLED), any_of(TREATED, LANDFILLED)])
def test_what_is_not_without_data_needs_nothing(node: Node) -> None:
    known = facts(s=percent("79.99"), o=percent("51"))
    assert settling(criteria_set((), MEASURES), known, node) is None


@pytest.mark.parametrize("state", [State.MISSING, State.INVALID, State.CONFLICTING])
def test_every_way_of_not_having_a_figure_asks_for_it(state: State) -> None:
    assert asked(TREATED, facts(s=Reported(state))) == ["s"]
    assert asked(leaf("r", RULING, at(1), IS), facts(r=Reported(State.AWAITED))) == ["r"]


def test_a_part_already_decided_asks_for_nothing_more() -> None:
    failed = any_of(leaf("f", SHARE, at(90)), LANDFILLED)
    assert asked(all_of(failed, COMPLIANT), facts(s=percent("80"))) == ["o", "e", "y"]
    assert asked(all_of(any_of(TREATED, LANDFILLED), COMPLIANT), facts(s=percent("80"))) == ["e", "y"]


def test_an_unanswered_question_asks_for_the_figure_too_unless_it_is_there() -> None:
    assert asked(COMPLIANT, facts()) == ["e", "y"]
    assert asked(COMPLIANT, facts(y=NO)) == ["e"]
    assert asked(COMPLIANT, facts(e=OK)) == ["y"]
    assert alone(COMPLIANT, facts(y=NO)) == [("e", "NOT_APPLICABLE", ["[0..0]"]), ("e", "NOT_MET", ["[1..1]"])]
    assert alone(COMPLIANT, facts()) == [("e", "NOT_APPLICABLE", ["[0..0]"])]


def test_a_question_shared_by_two_parts_is_asked_once() -> None:
    assert asked(all_of(COMPLIANT, leaf("d", SHARE, at(50), gates=(Gate("e"),))), facts()) == ["e", "y", "s"]


def test_growth_asks_for_both_years_or_the_one_that_is_absent() -> None:
    grows = leaf("g", GROWTH, at(10))
    level = Reported(State.PRESENT, 44 * VALUE_SCALE)
    assert asked(grows, facts()) == ["g", "g*"]
    assert asked(grows, facts(g=level)) == ["g*"]
    assert asked(grows, facts(g=level, before={"g": Reported(State.PRESENT, 0)})) == ["g*"]
    assert asked(grows, facts(before={"g": level})) == ["g"]
    assert alone(grows, facts(g=level)) == [("g", "NOT_MET", ["(..10)"]), ("g", "MET", ["[10..)"])]


def test_a_year_before_of_0_is_told_and_whether_anything_else_settles() -> None:
    grows, level = leaf("g", GROWTH, at(10)), Reported(State.PRESENT, 44 * VALUE_SCALE)

    def found(node: Node, **before: int) -> tuple[tuple[Unknown, ...], tuple[Unknown, ...], bool]:
        previous = {name: Reported(State.PRESENT, value) for name, value in before.items()}
        settled = settling(criteria_set((), MEASURES), facts(g=level, before=previous), node)
        assert settled is not None
        return settled.items, settled.zeros, settled.hopeless

    before = (Unknown("g", before=True),)
    assert found(grows, g=0) == (before, before, True)
    assert found(grows) == (before, (), False)
    sure = leaf("2", OTHER, at(100), AT_MOST)
    assert found(any_of(grows, sure), g=0) == ((Unknown("o"),), (), False), "a figure that can come in settles it"
    assert found(any_of(all_of(grows, sure), sure), g=0) == ((Unknown("o"),), (), False)


def test_what_is_accepted_but_settles_nothing_is_excluded_by_what_is_demanded() -> None:
    rules = criteria_set((), MEASURES)
    assert demand(rules, Unknown("g", before=True)) is Demand.ABOVE_ZERO
    assert demand(rules, Unknown("r")) is Demand.CONCLUSION
    assert [demand(rules, item) for item in (Unknown("g"), Unknown("s"), Unknown("y"), GROUP)] == [None] * 4


def test_a_count_is_a_whole_number() -> None:
    few, many = leaf("1", COUNT, at("2.2")), leaf("2", COUNT, at("2.8"), AT_MOST)
    assert alone(all_of(few, many), facts()) == [("n", "NOT_MET", ["(..)"])], "no whole number lies between"
    assert alone(few, facts()) == [("n", "NOT_MET", ["(..2]"]), ("n", "MET", ["[3..)"])]
    assert alone(leaf("1", COUNT, at(3)), facts()) == [("n", "NOT_MET", ["(..2]"]), ("n", "MET", ["[3..)"])]
    assert alone(leaf("1", COUNT, at(3), AT_MOST), facts()) == [("n", "MET", ["(..3]"]), ("n", "NOT_MET", ["[4..)"])]
    assert asked(any_of(few, leaf("2", COUNT, at("2.2"), AT_MOST), LANDFILLED), facts()) == ["n"]


@pytest.mark.parametrize("ends", [("0.2", "0.8"), ("1", "1"), ("1", "2")])
def test_whole_numbers_are_those_that_lie_within(ends: tuple[str, str]) -> None:
    low, high = map(Fraction, ends)
    for low_in, high_in in product((True, False), repeat=2):
        part = Stretch(low, high, low_in, high_in)
        within = [n for n in range(4) if not part.within(Stretch(Fraction(n), Fraction(n))).empty]
        expected = [Stretch(Fraction(within[0]), Fraction(within[-1]))] if within else [part]
        assert whole_numbers([part]) == expected


def test_an_unknown_group_is_an_item_of_its_own() -> None:
    grouped = leaf("s", SHARE, by_group(90, 70))
    assert asked(grouped, facts()) == ["s", "group"]
    assert asked(grouped, facts(s=percent("80"))) == ["group"]
    assert asked(grouped, facts(s=percent("99"))) == ["group"], "the reference does not judge without the group"
    assert alone(grouped, facts(s=percent("80"))) == [("group", "NOT_MET", ["nhom-1"]), ("group", "MET", ["nhom-2"])]
    assert asked(grouped, facts("nhom-1")) == ["s"]


def test_an_awaited_target_still_needs_its_figure_but_no_group() -> None:
    waiting = leaf("s", SHARE, PENDING)
    assert asked(waiting, facts()) == ["s"]
    assert alone(waiting, facts()) == [("s", "NO_TARGET", ["(..)"])]


def test_of_parts_one_figure_may_decide_downwards_and_of_alternatives_upwards() -> None:
    assert alone(all_of(TREATED, LANDFILLED), facts()) == [
        ("s", "NOT_MET", ["(..80)"]),
        ("o", "NOT_MET", ["(50..)"]),
    ]
    assert alone(any_of(TREATED, LANDFILLED), facts()) == [("s", "MET", ["[80..)"]), ("o", "MET", ["(..50]"])]


def test_a_share_of_nothing_may_turn_out_not_to_apply() -> None:
    assert alone(leaf("z", ZERO, at(80)), facts()) == [
        ("z", "NOT_MET", ["(..80)"]),
        ("z", "MET", ["[80..)"]),
        ("z", "NOT_APPLICABLE", ["nothing to count"]),
    ]


def test_a_measure_that_two_alternatives_cover_between_them_settles_alone() -> None:
    covered = any_of(leaf("1", SHARE, at(80)), leaf("2", SHARE, at(90), AT_MOST), LANDFILLED)
    assert asked(covered, facts()) == ["s"]
    parted = any_of(leaf("1", SHARE, at(90)), leaf("2", SHARE, at(80), AT_MOST), LANDFILLED)
    assert asked(parted, facts()) == ["s", "o"]


def test_a_target_that_nothing_can_miss_settles_alone_and_the_first_such_is_taken() -> None:
    sure, sure_too = leaf("1", SHARE, at(0)), leaf("2", OTHER, at(100), AT_MOST)
    assert asked(any_of(leaf("3", AMOUNT, at(5)), sure, sure_too), facts()) == ["s"]
    assert asked(any_of(leaf("3", AMOUNT, at(5)), sure_too, sure), facts()) == ["o"]


def test_a_range_that_keeps_a_figure_above_its_target_counts() -> None:
    bounded = AMOUNT.model_copy(update={"range": Range(min=Decimal(5), max=None)})
    found = settling(
        criteria_set((), MEASURES | {"a": bounded}), facts(), any_of(leaf("a", bounded, at(5)), LANDFILLED)
    )
    assert found is not None
    assert found.items == (Unknown("a"),)


@pytest.mark.parametrize(
    ("low", "high", "now", "before", "expected"),
    [
        (None, None, None, None, "[-100..]"),
        (None, None, 44, None, "(-100..]"),
        (None, None, 0, None, "[-100..-100]"),
        (None, None, None, 40, "[-100..]"),
        (None, None, 44, 40, "[10..10]"),
        (1, 1000, None, None, "[-999/10..99900]"),
        (1, 1000, 10, None, "[-99..900]"),
        (1, 1000, None, 10, "[-90..9900]"),
        (-5, 10, None, None, "[..]"),
        (-5, 10, -5, None, "[..-150]"),
        (-5, None, -5, None, "[..-100)"),
        (-5, -1, None, None, "[..-100)"),
    ],
)
def test_growth_can_be_what_the_levels_can_lead_to(
    low: int | None, high: int | None, now: int | None, before: int | None, expected: str
) -> None:
    bounds = Range(
        min=None if low is None else Decimal(low),
        max=None if high is None else Decimal(high),
    )
    spec = GROWTH.model_copy(update={"range": bounds})
    found = growth_values(spec, *(None if v is None else Fraction(v) for v in (now, before)))
    assert words(found) == expected


def test_a_stretch_is_cut_into_points_and_what_lies_between() -> None:
    whole = Stretch(Fraction(0), Fraction(100), low_in=False)
    parts = list(cut(whole, [Fraction(0), Fraction(100), Fraction(50), Fraction(120)]))
    assert [words(part) for part in parts] == ["(0..50)", "[50..50]", "(50..100)", "[100..100]"]
    assert all(not whole.within(Stretch(p.sample, p.sample)).empty for p in parts)


# --- the real set ------------------------------------------------------------------------------


def test_an_empty_report_owes_everything_the_criterion_reads_and_at_once(filled: CriteriaSet) -> None:
    nothing = facts(None)
    started = time.perf_counter()
    for criterion in filled.criteria:
        node = Combination("all", tuple(i.condition for i in criterion.indicators), criterion.id)
        found = settling(filled, nothing, node)
        assert found is not None
        read = {m for r in leaves(node) for m in r.asked}
        assert {item.measure for item in found.items} - {""} == read
    assert time.perf_counter() - started < 3, "a walk per item, not one per set of items"


def test_the_waste_indicator_asks_four_figures_and_three_may_decide_alone(lai_chau: CriteriaSet) -> None:
    node = lai_chau.indicator_by_id["8.1"].condition
    found = settling(lai_chau, facts("nhom-3"), node)
    assert found is not None
    assert [item.measure for item in found.items] == [
        "solid_waste_system_exists",
        "solid_waste_system_compliant",
        "household_waste_treated_share",
        "household_waste_landfilled_share",
    ]
    assert [(d.item.measure, d.verdict.name, *map(words, d.values)) for d in found.deciders] == [
        ("household_waste_treated_share", "NOT_MET", "(..80)"),
        ("household_waste_landfilled_share", "NOT_MET", "(50..)"),
    ]
