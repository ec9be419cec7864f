"""Judging each turn of the rule language beside the floor: 45 indicators that all say the same thing, on one engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np

from benchmarks.inputs import FIRST_YEAR, SEED, YEARS, draw, rule_set
from benchmarks.options import Options
from benchmarks.tables import Aim, Section, Table, duration, figure
from benchmarks.timing import Contender, side_by_side
from ntm_rules.dataset.record_views import Records, as_records, year_before_of
from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.columnar import Compiled
from ntm_rules.evaluation.columns import columns_of
from ntm_rules.evaluation.standards import standard_columns
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.rulebook.criteria_set import (
    Cell,
    ClassedTarget,
    Classing,
    Combination,
    Comparator,
    CriteriaSet,
    Criterion,
    Gate,
    Indicator,
    KnownTarget,
    Node,
    NotAsked,
    Provenance,
    Requirement,
)
from ntm_rules.rulebook.models import BY_GROUP, Counted, Measure, Source, Text, Years
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard
from ntm_rules.rulebook.taken import AS_ITS_KIND, YEAR_BEFORE, Over, Quantity, Taken

INDICATORS, CRITERIA = 45, 9
LIMIT = 10
"""Times the floor that judging today's set may take."""
EARLIER = 2
"""Years before the first one judged that some turn reads."""
SAID = Provenance(document="invented")
SOURCE = Source(document="invented")
GROUPS = ("nhom-1", "nhom-2", "nhom-3")
BY_GROUPS, BY_AREA = Classing(BY_GROUP, GROUPS), Classing("khu-vuc", ("bien-gioi", "con-lai"), is_answer=False)
BY_ANSWER = Classing("exists", ("no", "yes"), is_answer=True)
FLOOR = "floor: numpy `values >= bars`, 45 x {rows} int64"
TODAY = "today's set (Lai Châu, every target filled)"


def _text(words: str) -> Text:
    return Text(vi=words, en=words)


def _measure(id_: str, kind: str) -> Measure:
    words = _text(id_)
    counted = Counted(numerator=words, denominator=words, unit=words) if kind == "share" else None
    sense = "higher" if kind in ("share", "amount") else None
    said = {
        "id": id_,
        "label": words,
        "kind": kind,
        "unit": words,
        "evidence": words,
        "counted": counted,
        "sense": sense,
    }
    return Measure.model_validate(said)


MEASURES = {one.id: one for one in (_measure("income", "amount"), _measure("share", "share"), _measure("day", "date"))}
MEASURES |= {id_: _measure(id_, "attestation") for id_ in ("exists", "kept")}


def _at(value: int | str) -> KnownTarget:
    return KnownTarget(SAID, Decimal(value))


def _leaf(
    id_: str, measure: str = "income", comparator: Comparator = Comparator.AT_LEAST, **more: object
) -> Requirement:
    return Requirement(
        id=id_,
        text=id_,
        text_en=id_,
        lead="so-a",
        cooperating=(),
        source=SOURCE,
        measure=measure,
        comparator=comparator,
        **{"target": _at(50), **more},  # type: ignore[arg-type]  # fields of a requirement
    )


def _some(id_: str, op: str, needed: int = 0, parts: int = 3) -> Node:
    return Combination(
        op, tuple(_leaf(f"{id_}.{at}", target=_at(40 + 10 * at)) for at in range(parts)), id_, needed=needed
    )


def _by(classing: Classing, *cells: Cell, rest: Cell | None = None) -> ClassedTarget:
    return ClassedTarget(classing, dict(zip(classing.classes, cells, strict=False)), rest)


def _taken(**said: object) -> Callable[[str], Node]:
    return lambda id_: _leaf(id_, taken=Taken(**said), target=_at(3))  # type: ignore[arg-type]  # fields of `Taken`


TURNS: dict[str, Callable[[str], Node]] = {
    "`at_least`, one number": _leaf,
    "`less_than`": lambda id_: _leaf(id_, comparator=Comparator.LESS_THAN),
    "a range (two requirements each)": lambda id_: Combination(
        "all", (_leaf(f"{id_}.min"), _leaf(f"{id_}.max", comparator=Comparator.AT_MOST, target=_at(80))), id_
    ),
    "a share as numerator and denominator": lambda id_: _leaf(id_, "share"),
    "`rounded_to`": lambda id_: _leaf(id_, "share", taken=replace(AS_ITS_KIND, rounded_to=1)),
    "`attested`": lambda id_: _leaf(id_, "kept", Comparator.EQUALS, target=_at(1)),
    "`answer: no`": lambda id_: _leaf(id_, "kept", Comparator.EQUALS, target=_at(0), answer=0),
    "`day`, `no_later_than`": lambda id_: _leaf(
        id_, "day", Comparator.AT_MOST, target=_at(dt.date(2026, 6, 30).toordinal())
    ),
    "`all` of 3": lambda id_: _some(id_, "all"),
    "`any` of 3": lambda id_: _some(id_, "any"),
    "`some`, 2 of 3": lambda id_: _some(id_, "some", 2),
    "target by group": lambda id_: _leaf(id_, target=_by(BY_GROUPS, _at(60), _at(50), _at(40))),
    "target by group, others exempt": lambda id_: _leaf(id_, target=_by(BY_GROUPS, _at(60), rest=NotAsked(SAID))),
    "target by what is answered": lambda id_: _leaf(id_, target=_by(BY_ANSWER, _at(60), _at(50))),
    "`applies_if` a question": lambda id_: _leaf(id_, gates=(Gate("exists"),)),
    "`applies_unless`, and a number": lambda id_: _leaf(
        id_, gates=(Gate("kept", bar=Decimal(0)), Gate("income", Comparator.AT_LEAST, Decimal(10)))
    ),
    "growth over the year before": _taken(quantity=Quantity.GROWTH, since=YEAR_BEFORE),
    "change over the year before": _taken(quantity=Quantity.CHANGE, since=YEAR_BEFORE),
    "`ratio_to` a year": _taken(quantity=Quantity.RATIO, since=FIRST_YEAR - EARLIER),
    "`mean_of` 3": _taken(quantity=Quantity.LEVEL, over=Over.MEAN, count=3),
    "`each_of` 2": _taken(quantity=Quantity.LEVEL, over=Over.EACH, count=2),
    "change of a counted share": lambda id_: _leaf(
        id_, "share", taken=Taken(Quantity.CHANGE, YEAR_BEFORE), target=_at(1)
    ),
}
CRITERIA_NAMED = tuple(Named("criterion", str(c)) for c in range(1, CRITERIA + 1))
STANDARDS = {
    "`meets_when` 7 of 9 criteria": Standard(WEIGHED, CRITERIA_NAMED, "criteria", Decimal(7)),
    "`meets_when` 80 of 90 points": Standard(
        WEIGHED,
        tuple(Named("indicator", f"{c}.{i}", Decimal(2)) for c in range(1, 10) for i in range(5)),
        "points",
        Decimal(80),
    ),
}


NINETEEN = tuple(Named("criterion", str(c)) for c in range(1, 20))
OPEN = {
    "`meets_when` 15 of 19, 3 in any case: the rule alone": Standard(
        "all",
        (Standard(WEIGHED, NINETEEN, "criteria", Decimal(15)), Standard("all", NINETEEN[:3], "criteria")),
    ),
    "`meets_when` 110 of 156 points: the rule alone": Standard(
        WEIGHED,
        tuple(Named("indicator", f"{c}.{i}", Decimal((1, 2, 3, 5)[(c + i) % 4])) for c in range(19) for i in range(3)),
        "points",
        Decimal(110),
    ),
}
"""Standards over verdicts of which many are open: what is left to say is what they wait for."""
CHANCES = {Verdict.MET: 0.8, Verdict.NOT_MET: 0.05, Verdict.NO_DATA: 0.05, Verdict.NO_TARGET: 0.1}


def _open_verdicts(standard: Standard, rows: int) -> Callable[[], object]:
    rng = np.random.default_rng(SEED)
    kinds, chances = np.array([*CHANCES], np.uint8), [*CHANCES.values()]
    columns = {one: rng.choice(kinds, rows, p=chances) for one in dict.fromkeys(standard.names())}
    return lambda: standard_columns(standard, columns.__getitem__, rows)


def law(turn: Callable[[str], Node], standard: Standard | None = None) -> CriteriaSet:
    """Return a set of 45 indicators that all say one thing."""
    base = rule_set(filled=True)
    criteria = []
    for c in range(1, CRITERIA + 1):
        ids = [f"{c}.{i}" for i in range(INDICATORS // CRITERIA)]
        indicators = tuple(
            Indicator(
                id_,
                str(c),
                id_,
                id_,
                id_,
                "so-a",
                (),
                SOURCE,
                Years.model_validate({"from": 2026, "to": 2030}),
                turn(id_),
            )
            for id_ in ids
        )
        criteria.append(Criterion(str(c), str(c), str(c), SOURCE, indicators))
    return replace(
        base,
        criteria=tuple(criteria),
        conditions=(),
        measures=MEASURES,
        standard=standard,
        classings={one.by: one for one in (BY_GROUPS, BY_ANSWER)},
        cross_checks=(),
    )


def figures(communes: int) -> Records:
    """Return invented reports of so many communes, the years judged behind those that turns read besides."""
    rng = np.random.default_rng(SEED)
    return as_records(list(_reports(rng, communes)))


def _reports(rng: np.random.Generator, communes: int) -> Iterator[CommuneYear]:
    years = range(FIRST_YEAR - EARLIER, FIRST_YEAR + YEARS)
    size = communes * len(years)
    income, part, day = rng.integers(0, 100, size), rng.integers(0, 400, size), rng.integers(-300, 300, size)
    yes, absent = rng.integers(0, 2, (2, size)), rng.random((5, size)) < 0.05
    first = dt.date(2026, 6, 30).toordinal()
    for at in range(size):
        commune, year = divmod(at, len(years))
        found = {
            "income": Reported(State.PRESENT, int(income[at]) * VALUE_SCALE + VALUE_SCALE),
            "share": Reported(State.PRESENT, int(part[at]), 400, counted=True),
            "day": Reported(State.PRESENT, first + int(day[at])),
            "exists": Reported(State.PRESENT, int(yes[0, at])),
            "kept": Reported(State.PRESENT, int(yes[1, at])),
        }
        values = {id_: one for (id_, one), out in zip(found.items(), absent[:, at], strict=True) if not out}
        code = f"{50001 + commune}"
        yield CommuneYear(code, code, years[year], values)


def run(options: Options) -> Section:
    """Measure every turn beside the floor."""
    everything = figures(options.communes)
    judged = everything.some(everything.owners[everything.columns.years[everything.owners] >= FIRST_YEAR])
    earlier, rows = year_before_of(judged), len(judged)
    groups = [[*GROUPS, None][at % 4] for at in range(rows)]
    rng = np.random.default_rng(SEED)
    values, bars = rng.integers(0, 100, (INDICATORS, rows)), np.full((INDICATORS, 1), 50)
    laws = {name: law(turn) for name, turn in TURNS.items()}
    laws |= {name: law(_leaf, standard) for name, standard in STANDARDS.items()}
    compiled = {name: Compiled(one) for name, one in laws.items()}
    columns = {name: columns_of(judged, laws[name], one.table, groups, earlier) for name, one in compiled.items()}
    floor = FLOOR.format(rows=f"{rows:,}")
    today = Compiled(rule_set(filled=True))
    todays = draw(today.rules, options.communes).columns(today)
    contenders = {floor: Contender(lambda: values >= bars), TODAY: Contender(lambda: today.verdicts(todays))}
    for name, one in compiled.items():
        contenders[name] = Contender(lambda one=one, of=columns[name]: one.verdicts(of))  # type: ignore[misc]  # bound now
    alone = {name: Contender(_open_verdicts(one, rows)) for name, one in OPEN.items()}
    contenders |= alone
    laying = {
        name: Contender(lambda name=name, one=one: columns_of(judged, laws[name], one.table, groups, earlier))  # type: ignore[misc]  # bound now
        for name, one in compiled.items()
    }
    budget = options.budget / 4
    times, laid = side_by_side(contenders, budget=budget), side_by_side(laying, budget=budget)
    own, base = times[floor].seconds, times[next(iter(TURNS))].seconds
    table = [[floor, duration(own), "1.00", "", "", ""]]
    table.append([TODAY, duration(times[TODAY].seconds), figure(times[TODAY].seconds / own), "", "", ""])
    table += [
        [
            name,
            duration(times[name].seconds),
            figure(times[name].seconds / own),
            figure(times[name].seconds / base),
            duration(laid[name].seconds),
            figure(laid[name].seconds / own),
        ]
        for name in compiled
    ]
    table += [
        [
            name,
            duration(times[name].seconds),
            figure(times[name].seconds / own),
            figure(times[name].seconds / base),
            "",
            "",
        ]
        for name in alone
    ]
    return Section(
        title=f"Turns of the rule language: {INDICATORS} indicators that all say one thing, {rows:,} commune-years",
        tables=[
            Table(["turn", "judging", "times the floor", "times one number", "laying out", "times the floor"], table)
        ],
        remarks=[
            "Judging is `Compiled.verdicts`, five verdicts of every node; laying out is `columns_of`, where figures of "
            "several years are taken and shares are divided exactly. Invented figures, one in twenty absent. The last rows are "
            "`standard_columns` over verdicts drawn by chance: 5% without data, 10% without a target, so that what waits for "
            "figures and what for numbers alone is told apart for nearly half of the communes.",
        ],
        aims=[Aim("judging today's set, beside the floor", LIMIT, times[TODAY].seconds / own, "x")],
    )
