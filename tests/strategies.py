"""Generated criteria sets and reports: small, of every form, with targets and values that meet."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import count

from hypothesis import strategies as st

from ntm_rules.dataset.records import NOT_REPORTED, CommuneYear, Reported, State
from ntm_rules.evaluation.verdicts import OPERATORS
from ntm_rules.exact import PERCENT, VALUE_SCALE, value_units
from ntm_rules.rulebook.borrowed import Borrowed
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Basis,
    Cell,
    ClassedTarget,
    Classing,
    Combination,
    Comparator,
    CriteriaSet,
    Criterion,
    Gate,
    Hamlets,
    Indicator,
    KnownTarget,
    Node,
    NotAsked,
    Provenance,
    Requirement,
    Target,
)
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import (
    Agency,
    Band,
    Classification,
    ClassOfCommunes,
    Counted,
    Decision,
    Grade,
    Group,
    Measure,
    Overlay,
    Scale,
    SetMet,
    Source,
    Text,
    Years,
)
from ntm_rules.rulebook.register import Commune, Register
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard, beside_indicators
from ntm_rules.rulebook.taken import AS_ITS_KIND, YEAR_BEFORE, Over, Quantity, Taken

GROUPS = ("nhom-1", "nhom-2")
KINDS = ("share", "growth", "count", "amount", "attestation", "ruling", "grade", "date")
GRADES = ("khong-hoan-thanh", "hoan-thanh", "hoan-thanh-tot", "hoan-thanh-xuat-sac")
YEAR = 2026
PROVENANCE = Provenance(document="plan")
REGIONS = ("cao", "giua", "thap")
BY_GROUP = Classing("group", GROUPS)
BY_REGION = Classing("vung", REGIONS)
BY_BORDER = Classing("is_border", ("no", "yes"), is_answer=True)
BY_GRADE = Classing("grade", GRADES, is_answer=True)
PROVINCES = ("bac", "nam")
BY_PROVINCE = Classing("province", PROVINCES)
CLASSINGS = (BY_GROUP, BY_REGION, BY_PROVINCE, BY_BORDER, BY_GRADE)


def by_group(**values: Decimal) -> ClassedTarget:
    """A number for each group, written `nhom_1=...`."""
    cells = {group.replace("_", "-"): KnownTarget(PROVENANCE, everywhere=value) for group, value in values.items()}
    return ClassedTarget(BY_GROUP, cells)


SOURCE = Source(document="plan")


def text(words: str) -> Text:
    return Text(vi=words, en=words)


def measure(id_: str, kind: str, *, not_applicable_at_zero: bool = False, per: str = "commune") -> Measure:
    return Measure.model_validate(
        {
            "id": id_,
            "label": {"vi": id_, "en": id_},
            "kind": kind,
            "unit": {"vi": "%" if kind == "share" else kind, "en": kind},
            "decimals": 2,
            "counted": Counted(numerator=text("n"), denominator=text("d"), unit=text("hộ"))
            if kind == "share"
            else None,
            "sense": "higher" if kind in ("share", "growth", "count", "amount") else None,
            "scale": "xep-loai" if kind == "grade" else None,
            "zero_denominator": "not_applicable" if not_applicable_at_zero else "invalid",
            "per": per,
            "evidence": {"vi": "-", "en": "-"},
        }
    )


def requirement(id_: str, measure_id: str, comparator: Comparator, target: Target, **more: object) -> Requirement:
    return Requirement(
        id=id_,
        text=id_,
        text_en=id_,
        lead="so-a",
        cooperating=(),
        source=SOURCE,
        measure=measure_id,
        comparator=comparator,
        target=target,
        **more,  # type: ignore[arg-type]
    )


def indicator(id_: str, condition: Node) -> Indicator:
    return Indicator(
        id=id_,
        criterion=id_.split(".")[0],
        text=id_,
        text_en=id_,
        printed=id_,
        lead="so-a",
        cooperating=(),
        source=SOURCE,
        years=Years.model_validate({"from": 2026, "to": 2030}),
        condition=condition,
    )


def _region(id_: str) -> ClassOfCommunes:
    return ClassOfCommunes(id=id_, title=text(id_))


def criteria_set(
    criteria: tuple[Criterion, ...],
    measures: dict[str, Measure],
    *,
    conditions: tuple[Indicator, ...] = (),
    communes: tuple[Commune, ...] = (),
) -> CriteriaSet:
    return CriteriaSet(
        id="test-set",
        version="1",
        title=text("test"),
        province=text("test"),
        period=Years.model_validate({"from": 2026, "to": 2030}),
        as_of=dt.date(2026, 12, 31),
        overlays=(),
        illustrative=False,
        criteria=criteria,
        conditions=conditions,
        measures=measures,
        scales={
            "xep-loai": Scale(id="xep-loai", title=text("s"), grades=tuple(Grade(id=g, label=text(g)) for g in GRADES))
        },
        agencies={"so-a": Agency(id="so-a", name=text("Sở A"))},
        groups={g: Group(id=g, title=text(g)) for g in GROUPS},
        classings={one.by: one for one in CLASSINGS},
        classifications={"vung": Classification(id="vung", title=text("vung"), classes=tuple(map(_region, REGIONS)))},
        decisions={"awaited": Decision(id="awaited", title=text("awaited"), owed_by="so-a")},
        documents={},
        bands=(Band(id="all", title=text("all"), at_least=0, at_most=99),),
        meets=text("all"),
        communes=Register(list(communes), "xa"),
        provinces={id_: text(id_) for id_ in PROVINCES},
    )


def one_requirement_set(measure_: Measure, comparator: Comparator, target: Target) -> CriteriaSet:
    """A set of one criterion, one indicator, one requirement "1.1"."""
    condition = requirement("1.1", measure_.id, comparator, target)
    criterion = Criterion(id="1", title="1", title_en="1", source=SOURCE, indicators=(indicator("1.1", condition),))
    return criteria_set((criterion,), {measure_.id: measure_})


# --- generated sets ----------------------------------------------------------------------------

percent_targets = st.decimals(0, 100, places=2) | st.sampled_from([Decimal(0), Decimal(50), Decimal(100)])
days = st.integers(dt.date(2024, 2, 25).toordinal(), dt.date(2024, 3, 5).toordinal())
amount_targets = st.decimals(0, 200, places=1)


@cache  # made once a kind: Hypothesis checks every new strategy, which takes longer than drawing from it
def _values(kind: str) -> st.SearchStrategy[Decimal]:
    if kind == "grade":
        return st.integers(0, len(GRADES) - 1).map(Decimal)
    if kind in ("attestation", "ruling"):
        return st.just(Decimal(1))
    if kind == "date":
        return days.map(Decimal)
    return percent_targets if kind in ("share", "growth") else amount_targets


@cache
def targets(kind: str, classings: tuple[Classing, ...] = CLASSINGS) -> st.SearchStrategy[Target]:
    awaited = st.sampled_from(["target_pending", "standard_pending", "no_value_in_force", "no_reference_figure"]).map(
        lambda reason: AwaitedTarget("awaited", reason)
    )
    taken_from = st.sampled_from([None, Basis("1.1", Decimal("1.1"), value=Decimal(40), provenance=PROVENANCE)])
    known = st.builds(KnownTarget, st.just(PROVENANCE), _values(kind), taken_from)
    if kind in ("attestation", "ruling"):
        return st.one_of(known, known, awaited)
    cell = st.one_of(known, known, known, awaited, st.just(NotAsked(PROVENANCE)))
    classed = st.sampled_from(classings).flatmap(lambda classing: _classed(classing, cell))
    if kind == "grade":
        return st.one_of(known, known, classed, awaited)
    plain = st.tuples(*(known for _ in GROUPS)).map(
        lambda cells: ClassedTarget(BY_GROUP, dict(zip(GROUPS, cells, strict=True)))
    )
    return st.one_of(known, known, plain, classed, awaited)


def _classed(classing: Classing, cell: st.SearchStrategy[Cell]) -> st.SearchStrategy[Target]:
    """Targets of every class, or of some and of the others."""
    every = st.tuples(*(cell for _ in classing.classes)).map(
        lambda cells: ClassedTarget(classing, dict(zip(classing.classes, cells, strict=True)))
    )
    some = st.dictionaries(st.sampled_from(classing.classes), cell, min_size=1)
    return st.one_of(every, st.tuples(some, cell).map(lambda both: ClassedTarget(classing, both[0], both[1])))


def _ways(kind: str) -> Iterator[Taken]:
    """Every way in which figures of a kind can be taken."""
    each = [{"over": Over.EACH, "count": 2}, {"over": Over.EACH, "count": 3}]
    for since in (YEAR_BEFORE, YEAR - 1, YEAR - 2):
        yield Taken(Quantity.LEVEL, since)
    yield from (Taken(Quantity.LEVEL, **one) for one in each)  # type: ignore[arg-type]  # one of each
    if kind not in ("share", "growth", "count", "amount"):
        return
    for rounded_to in (None, 0, 1):
        yield Taken(rounded_to=rounded_to)
        yield from (Taken(Quantity.LEVEL, over=Over.MEAN, count=count, rounded_to=rounded_to) for count in (2, 3))
    for quantity in (Quantity.CHANGE, Quantity.GROWTH, Quantity.RATIO):
        for since in (YEAR_BEFORE, YEAR - 2):
            yield Taken(quantity, since, from_zero=quantity is not Quantity.CHANGE)
            yield Taken(quantity, since, rounded_to=1)
            counted = each if since == YEAR_BEFORE else each[:1]  # from a year before all of them
            yield from (Taken(quantity, since, **one) for one in counted)  # type: ignore[arg-type]  # one of each


@cache
def ways(kind: str) -> st.SearchStrategy[Taken]:
    """How a requirement takes its figures: mostly as its kind has them."""
    own = st.just(AS_ITS_KIND)
    if kind == "date":
        return own
    return st.one_of(own, own, st.sampled_from(list(_ways(kind))))


@dataclass(frozen=True)
class Case:
    """A generated set with reports of a few communes over two years."""

    rules: CriteriaSet
    records: tuple[CommuneYear, ...]


@st.composite
def measure_tables(draw: st.DrawFn) -> dict[str, Measure]:
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=8))
    table = {}
    for i, kind in enumerate(kinds):
        zero = kind == "share" and draw(st.booleans())
        table[f"m_{i}"] = measure(f"m_{i}", kind, not_applicable_at_zero=zero)
    table |= {name: measure(name, "attestation") for name in ("exists", "is_border")}
    table["grade"] = measure("grade", "grade")
    table["households"] = measure("households", "count")
    return table


HAMLETS = ("Bản A", "Bản B", "Bản C")
OF_HAMLETS = {
    name: measure(name, kind, not_applicable_at_zero=kind == "share", per="hamlet")
    for name, kind in (("h_share", "share"), ("h_count", "count"), ("h_asked", "attestation"), ("h_ruled", "ruling"))
}
"""What each hamlet of a generated set reports."""
COUNTED_TARGETS = {
    "share": [Decimal(0), Decimal(50), Decimal(80), Decimal(100)],
    "count": [Decimal(0), Decimal(1), Decimal(2)],
}


@st.composite
def counts_of_hamlets(draw: st.DrawFn, measures: dict[str, Measure], ids: count[int]) -> Requirement:
    """A requirement that counts hamlets, in a measure of its own; what each must meet is small."""
    measures |= OF_HAMLETS
    number = draw(st.sampled_from(["", "n_hamlets"]))
    if number:
        measures[number] = measure(number, "count")
    kind = draw(st.sampled_from(sorted(COUNTED_TARGETS)))
    spec = measure(f"t_{next(ids)}", kind)
    measures[spec.id] = spec
    known = st.sampled_from(COUNTED_TARGETS[kind]).map(lambda value: KnownTarget(PROVENANCE, everywhere=value))
    by_group = st.tuples(*(known for _ in GROUPS)).map(
        lambda cells: ClassedTarget(BY_GROUP, dict(zip(GROUPS, cells, strict=True)))
    )
    target = draw(st.one_of(known, known, by_group, st.just(AwaitedTarget("awaited", "target_pending"))))
    comparator = draw(st.sampled_from([one for one in Comparator if one is not Comparator.EQUALS]))
    hamlets = Hamlets(draw(_of_each(ids, 1)), number)
    gates = draw(st.sampled_from([(), (), (Gate("exists"),)]))
    return requirement(f"r{next(ids)}", spec.id, comparator, target, hamlets=hamlets, gates=gates)


@st.composite
def _of_each(draw: st.DrawFn, ids: count[int], depth: int) -> Node:
    if depth and draw(st.booleans()):
        parts = tuple(draw(_of_each(ids, 0)) for _ in range(2))
        return Combination(op=draw(st.sampled_from(["all", "any"])), children=parts, id=f"c{next(ids)}")
    spec = draw(st.sampled_from(list(OF_HAMLETS.values())))
    yes_or_no = spec.kind in ("attestation", "ruling")
    comparator = Comparator.EQUALS if yes_or_no else draw(st.sampled_from([Comparator.AT_LEAST, Comparator.AT_MOST]))
    gates = draw(st.sampled_from([(), (), (Gate("h_asked"),)]))
    return requirement(
        f"r{next(ids)}", spec.id, comparator, draw(targets(spec.kind, (BY_GROUP, BY_REGION))), gates=gates
    )


def of_hamlets(draw: st.DrawFn, rules: CriteriaSet, code: str, year: int, most: int = 3) -> dict[str, CommuneYear]:
    """Reports of a few hamlets, where the rules ask for any."""
    if not rules.hamlet_measures:
        return {}
    names = HAMLETS[: draw(st.integers(0, most))]
    return {
        name: CommuneYear(code, name, year, {id_: draw(reports(rules.measures[id_])) for id_ in rules.hamlet_measures})
        for name in names
    }


_gate = st.sampled_from(
    [
        Gate("exists"),
        Gate("exists", bar=Decimal(0)),
        Gate("is_border"),
        Gate("is_border", bar=Decimal(0)),
        *(Gate("households", one, Decimal(10)) for one in Comparator if one is not Comparator.EQUALS),
    ]
)
some_gates = st.one_of(
    st.just(()),
    st.just(()),
    st.just(()),
    st.just((Gate("exists"),)),
    st.lists(_gate, max_size=3, unique=True).map(tuple),
)


@st.composite
def nodes(draw: st.DrawFn, measures: dict[str, Measure], ids: count[int], depth: int) -> Node:
    if depth and draw(st.booleans()):
        size = draw(st.integers(1, 3))
        children = tuple(draw(nodes(measures, ids, depth - 1)) for _ in range(size))
        op = draw(st.sampled_from(OPERATORS))
        needed = draw(st.integers(1, size)) if op == "some" else 0
        return Combination(op=op, children=children, id=f"c{next(ids)}", needed=needed)
    if not draw(st.integers(0, 7)):
        return draw(counts_of_hamlets(measures, ids))
    spec = draw(st.sampled_from([m for m in measures.values() if m.id.startswith("m_")]))
    if spec.kind in ("attestation", "ruling"):
        comparator = Comparator.EQUALS
    elif spec.kind == "grade":
        comparator = Comparator.AT_LEAST
    elif spec.kind == "date":
        comparator = draw(st.sampled_from([Comparator.AT_LEAST, Comparator.AT_MOST]))
    else:
        comparator = draw(st.sampled_from([one for one in Comparator if one is not Comparator.EQUALS]))
    gates, way = draw(some_gates), draw(ways(spec.kind))
    target, more = draw(targets(spec.kind)), {}
    if spec.kind == "attestation" and draw(st.booleans()):
        more = {"answer": 0}
        target = target if isinstance(target, AwaitedTarget) else KnownTarget(PROVENANCE, everywhere=Decimal(0))
    return requirement(f"r{next(ids)}", spec.id, comparator, target, gates=gates, taken=way, **more)


some_points = st.sampled_from([None, Decimal(5), Decimal("2.5")])


@st.composite
def standards(draw: st.DrawFn, criteria: Sequence[Criterion], within: str = "") -> Standard | None:
    """A standard over some criteria, or over the indicators of one; mostly there is none."""
    if draw(st.integers(0, 2)):
        return None
    return beside_indicators(draw(_standard(criteria, within, 1)), criteria)


@st.composite
def _standard(draw: st.DrawFn, criteria: Sequence[Criterion], within: str, depth: int) -> Standard:
    if depth and draw(st.booleans()):
        parts = tuple(draw(_standard(criteria, within, depth - 1)) for _ in range(draw(st.integers(1, 2))))
        return Standard(draw(st.sampled_from(["all", "any"])), parts)
    indicators = [i for criterion in criteria for i in criterion.indicators]
    counts = draw(st.sampled_from(["indicators", "points"] if within else ["criteria", "indicators", "points"]))
    if counts == "criteria":
        named = [Named("criterion", criterion.id) for criterion in criteria]
    elif counts == "indicators":
        named = [Named("indicator", i.id) for i in indicators]
    else:
        named = [Named("indicator", i.id, i.points) for i in indicators if i.points is not None]
    parts = tuple(draw(st.lists(st.sampled_from(named), unique=True, min_size=1))) if named else ()
    if counts != "points" and not draw(st.integers(0, 3)):
        return Standard("all", parts, counts, criterion=within)
    percent = draw(st.booleans())
    needed = draw(st.sampled_from([Decimal(50), Decimal("66.6667")]) if percent else st.integers(1, 6).map(Decimal))
    return Standard(WEIGHED, parts, counts, needed, percent, within)


@st.composite
def sets(draw: st.DrawFn, communes: tuple[Commune, ...] = ()) -> CriteriaSet:
    measures = draw(measure_tables())
    ids = count(1)
    criteria = []
    for c in range(1, draw(st.integers(1, 3)) + 1):
        rows = tuple(
            replace(indicator(f"{c}.{i}", draw(nodes(measures, ids, 2))), points=draw(some_points))
            for i in range(1, draw(st.integers(1, 4)) + 1)
        )
        criteria.append(Criterion(id=str(c), title=str(c), title_en=str(c), source=SOURCE, indicators=rows))
    conditions = tuple(
        indicator(f"DK.{i}", draw(nodes(measures, ids, 1))) for i in range(1, draw(st.integers(0, 2)) + 1)
    )
    if not draw(st.integers(0, 4)):
        conditions += (indicator("DK.bo", draw(other_sets_met(measures, ids))),)
    criteria = [replace(one, standard=draw(standards([one], within=one.id))) for one in criteria]
    rules = criteria_set(tuple(criteria), measures, conditions=conditions, communes=communes)
    return replace(rules, standard=draw(standards(criteria)))


@st.composite
def other_sets_met(draw: st.DrawFn, measures: dict[str, Measure], ids: count[int]) -> Node:
    """A small set as a requirement that it, or some of it, is met: every rule of it is a part, under its own name."""
    criteria = tuple(
        Criterion(
            id=str(c),
            title=str(c),
            title_en=str(c),
            source=SOURCE,
            indicators=tuple(
                indicator(f"{c}.{i}", draw(nodes(measures, ids, 1))) for i in range(1, draw(st.integers(1, 2)) + 1)
            ),
        )
        for c in range(1, draw(st.integers(1, 3)) + 1)
    )
    rules = criteria_set(criteria, measures)
    if draw(st.booleans()):
        named = tuple(Named("criterion", one.id) for one in criteria)
        rules = replace(rules, standard=Standard(WEIGHED, named, "criteria", Decimal(draw(st.integers(1, len(named))))))
    some = draw(st.sampled_from(["set", "criteria", "indicators"]))
    asked = {
        "set": {},
        "criteria": {"criteria": [draw(st.sampled_from(criteria)).id]},
        "indicators": {"indicators": [draw(st.sampled_from(criteria)).indicators[0].id]},
    }[some]
    own = criteria_set((), measures)
    borrowed = Borrowed(dict(own.agencies), {}, dict(own.decisions), frozenset(own.groups), dict(own.classings))
    whole = Combination(op="all", children=(), id=f"s{next(ids)}")
    return borrowed.of(rules, SetMet.model_validate({"set": rules.id, **asked}), whole, draw(some_gates))


def without_standards(case: Case) -> Case:
    """The same, every criterion and every indicator needed."""
    criteria = tuple(replace(criterion, standard=None) for criterion in case.rules.criteria)
    return Case(replace(case.rules, criteria=criteria, standard=None), case.records)


absent = st.sampled_from([State.MISSING, State.INVALID, State.CONFLICTING]).map(Reported)


def reports(spec: Measure) -> st.SearchStrategy[Reported]:
    """Values of a measure, gathered where they can meet a target, and every way of not having one."""
    return _reports(spec.kind, spec.zero_denominator == "not_applicable")


few_hamlets = st.integers(0, 4).map(lambda n: Reported(State.PRESENT, n * VALUE_SCALE))
some_totals = {
    "share": st.sampled_from([Reported(State.PRESENT, n, d, counted=True) for d in (1, 2, 3) for n in range(d + 1)]),
    "count": few_hamlets,
}


def own_reports(spec: Measure) -> st.SearchStrategy[Reported]:
    """What a commune itself says of a measure: nothing of those of hamlets, of counts of them what can be."""
    if spec.of_hamlets:
        return st.just(NOT_REPORTED)
    if spec.id == "n_hamlets":
        return st.one_of(few_hamlets, few_hamlets, absent)
    if spec.id.startswith("t_"):
        return st.one_of(st.just(NOT_REPORTED), st.just(NOT_REPORTED), some_totals[spec.kind], absent)
    return reports(spec)


@cache
def _reports(kind: str, nothing_to_count: bool) -> st.SearchStrategy[Reported]:
    if kind == "share":
        counted = st.integers(1, 400).flatmap(
            lambda d: st.integers(0, d).map(lambda n: Reported(State.PRESENT, n, d, counted=True))
        )
        typed = (percent_targets | st.decimals(0, 100, places=9)).map(
            lambda p: Reported(State.PRESENT, value_units(p), PERCENT * VALUE_SCALE)
        )
        nothing = [st.just(Reported(State.NOTHING_TO_COUNT))] if nothing_to_count else []
        return st.one_of(counted, typed, absent, *nothing)
    if kind in ("attestation", "ruling"):
        awaited = [st.just(Reported(State.AWAITED))] if kind == "ruling" else []
        return st.one_of(st.sampled_from([0, 1]).map(lambda v: Reported(State.PRESENT, v)), absent, *awaited)
    if kind == "grade":
        return st.one_of(st.integers(0, len(GRADES) - 1).map(lambda v: Reported(State.PRESENT, v)), absent)
    if kind == "date":
        return st.one_of(days.map(lambda v: Reported(State.PRESENT, v)), absent)
    return st.one_of(amount_targets.map(lambda v: Reported(State.PRESENT, value_units(v))), absent)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    groups = draw(st.lists(st.sampled_from([*GROUPS, None]), min_size=1, max_size=4))
    communes = communes_in(groups)
    rules = draw(sets(communes))
    records = []
    for commune in communes:
        for year in (YEAR - 2, YEAR - 1, YEAR) if draw(st.integers(0, 3)) else (YEAR,):
            values = {}
            for spec in rules.measures.values():
                reported = draw(own_reports(spec))
                if reported.state is not State.MISSING:
                    values[spec.id] = reported
            hamlets = of_hamlets(draw, rules, commune.code, year) if year == YEAR else {}
            records.append(CommuneYear(commune.code, commune.name, year, values, hamlets=hamlets))
    return Case(rules, tuple(records))


@st.composite
def crowds(draw: st.DrawFn, rules: CriteriaSet, size: int) -> Case:
    """Reports of up to `size` communes of a set's register over two years, dealt out at random.

    A measure gets one of a few values drawn for its kind, or one at or just beside one of its targets.
    """
    kinds = {_alike(spec): spec for spec in rules.measures.values()}
    drawn = {
        kind: draw(st.lists(reports(spec) if spec.of_hamlets else own_reports(spec), min_size=1, max_size=6))
        for kind, spec in kinds.items()
    }
    dealer = random.Random(draw(st.integers(0, 2**32)))
    near = _near_targets(rules)
    year = rules.as_of.year

    def dealt(spec: Measure) -> Reported:
        close = near.get(spec.id)
        return dealer.choice(close if close and dealer.random() < 0.4 else drawn[_alike(spec)])

    def values(*, of_hamlets: bool = False) -> dict[str, Reported]:
        asked = [spec for spec in rules.measures.values() if spec.of_hamlets is of_hamlets]
        dealing = {spec.id: dealt(spec) for spec in asked if dealer.random() < 0.95}
        return {id_: value for id_, value in dealing.items() if value.state is not State.MISSING}

    def hamlets(code: str, year: int) -> dict[str, CommuneYear]:
        names = HAMLETS[: dealer.randrange(len(HAMLETS) + 1)] if rules.hamlet_measures else ()
        return {name: CommuneYear(code, name, year, values(of_hamlets=True)) for name in names}

    communes = list(rules.communes.within())
    return Case(
        rules,
        tuple(
            CommuneYear(commune.code, commune.name, reported, values(), hamlets=hamlets(commune.code, reported))
            for commune in dealer.sample(communes, min(size, len(communes)))
            for reported in (year - 2, year - 1, year)
            if reported == year or dealer.random() < 0.8
        ),
    )


def _alike(spec: Measure) -> tuple[object, ...]:
    """Return what measures have in common whose values are dealt from the same few."""
    return spec.kind, spec.zero_denominator, spec.id[:2] if spec.of_hamlets or spec.id[:2] in ("t_", "n_") else ""


def _near_targets(rules: CriteriaSet) -> dict[str, list[Reported]]:
    """Measure -> values at and one unit beside each of its targets, where one number is held against it."""
    found: dict[str, list[Reported]] = {}
    for node in rules.requirements():
        kind = rules.measures[node.measure].kind
        if isinstance(node.target, AwaitedTarget) or kind not in ("share", "count", "amount"):
            continue
        base = PERCENT * VALUE_SCALE if kind == "share" else 0
        for target in node.target.values():
            at = value_units(target)
            found.setdefault(node.measure, []).extend(
                Reported(State.PRESENT, value, base) for value in (at - 1, at, at + 1) if value >= 0
            )
    return found


def communes_in(groups: Sequence[str | None]) -> tuple[Commune, ...]:
    """A commune per group given; None where the group is not known."""
    return tuple(
        Commune(
            f"{i:05d}",
            f"xã {i}",
            "xa",
            dt.date(2025, 7, 1),
            group=g,
            group_source="test" if g else "",
            classes=(("vung", REGIONS[i % 4]),) if i % 4 < len(REGIONS) else (),
            province=PROVINCES[i % 2],
        )
        for i, g in enumerate(groups)
    )


# --- what is written, resolved -----------------------------------------------------------------------


def some_days(loaded: LoadedSet) -> list[dt.date]:
    """Days in a set's period on which its law can differ."""
    period = loaded.header.period
    first, last = period.from_, period.to
    return [
        dt.date(first, 1, 1),
        dt.date(first, 7, 31),
        dt.date(first, 12, 31),
        dt.date(first + 1, 6, 30),
        dt.date(last, 12, 31),
    ]


@st.composite
def overlays(
    draw: st.DrawFn,
    loaded: LoadedSet,
    lawful: Mapping[str, Requirement],
    id_: str,
    promulgated: dt.date,
    from_: dt.date,
) -> Overlay:
    """A decision that fixes some targets of a written set, as a person could write it."""
    chosen = draw(st.lists(st.sampled_from(sorted(lawful)), max_size=6, unique=True))
    entries = {}
    for requirement_id in chosen:
        node = lawful[requirement_id]
        spec = loaded.measures[node.measure]
        if node.comparator is Comparator.EQUALS:
            entries[requirement_id] = {"standard": "in-force"}
        elif spec.kind == "grade":
            scale = next(scale for scale in loaded.header.scales if scale.id == spec.scale)
            entries[requirement_id] = draw(st.sampled_from([grade.id for grade in scale.grades]))
        else:
            number = percent_targets if spec.kind in ("share", "growth") else amount_targets
            everywhere = draw(st.booleans()) or not loaded.header.groups
            entries[requirement_id] = (
                draw(number) if everywhere else {group.id: draw(number) for group in loaded.header.groups}
            )
    until = draw(st.sampled_from([{}, {"to": some_days(loaded)[-1]}, {"to": from_}]))
    communes = [commune.code for commune in loaded.communes.within()] if loaded.header.groups else []
    regrouped = draw(st.lists(st.sampled_from(communes), max_size=2, unique=True)) if communes else []
    groups = {code: {"group": draw(st.sampled_from(loaded.header.groups)).id, "source": id_} for code in regrouped}
    written = {
        "id": id_,
        "applies_to": loaded.header.id,
        "title": {"vi": id_, "en": id_},
        "illustrative": True,
        "promulgated": promulgated,
        "effective": {"from": from_, **until},
        "set": entries,
        "groups": groups,
    }
    return Overlay.model_validate(written)


@st.composite
def written_cases(draw: st.DrawFn, loaded: LoadedSet, size: int) -> Case:
    """A written set with generated overlays, resolved for a day and as known on another, and reports of communes."""
    days = some_days(loaded)
    lawful = {
        node.id: node
        for node in resolve(loaded, as_of=days[2]).requirements()
        if node.comparator is not Comparator.EQUALS
        or (isinstance(node.target, AwaitedTarget) and node.target.reason == "standard_pending")
    }
    one_of = st.sampled_from(days)
    dated = draw(st.lists(st.tuples(one_of, one_of), max_size=3, unique=True))  # two of the same days may contradict
    laid = [draw(overlays(loaded, lawful, f"decision-{n}", *its)) for n, its in enumerate(dated)]
    rules = resolve(
        loaded,
        as_of=draw(st.sampled_from(days)),
        overlays=laid,
        known_on=draw(st.sampled_from([None, *days])),
    )
    return draw(crowds(rules, size))
