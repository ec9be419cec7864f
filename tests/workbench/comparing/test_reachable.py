"""Which pairs of verdicts two laws can come to: all of them, each with figures that show it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.evaluation.reference import Facts, evaluate_indicator
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import Combination, Comparator, CriteriaSet, Criterion, Indicator, KnownTarget
from ntm_rules.workbench.comparing.outcomes import YEAR, Stand, outcome
from ntm_rules.workbench.comparing.probes import Level, ProbedMeasure, asked_of
from ntm_rules.workbench.comparing.probes import ProbeReader as ProbeReader
from ntm_rules.workbench.comparing.reachable import Pair, RuleSide, reachable
from tests.examples import examples
from tests.strategies import (
    GROUPS,
    PROVENANCE,
    SOURCE,
    criteria_set,
    indicator,
    measure,
    measure_tables,
    nodes,
    requirement,
)

Law = tuple[CriteriaSet, Indicator]


@st.composite
def two_laws(draw: st.DrawFn) -> tuple[Law, Law]:
    """Two rules for one indicator over the same measures."""
    measures = draw(measure_tables())
    laws = []
    for _ in range(2):
        one = indicator("1.1", draw(nodes(measures, count(1), 2)))
        rules = criteria_set((Criterion(id="1", title="1", title_en="1", source=SOURCE, indicators=(one,)),), measures)
        laws.append((rules, one))
    return laws[0], laws[1]


def verdict(law: Law, figures: dict[str, Level], group: str | None) -> Verdict:
    rules, one = law
    reader = ProbeReader(rules)
    now = {m: v for m, level in figures.items() if (v := reader.read(m, level.now)) is not None}
    before = {m: v for m, level in figures.items() if (v := reader.read(m, level.before)) is not None}
    earlier = rules.earlier_years(YEAR) if before else ()
    facts = Facts(
        CommuneYear("", "", YEAR, now), None, group, {year: CommuneYear("", "", year, before) for year in earlier}
    )
    return evaluate_indicator(rules, one, facts).verdict


def sides(laws: tuple[Law, Law], group: str | None) -> tuple[RuleSide, RuleSide]:
    first, second = (RuleSide(rules, one, group, ProbeReader(rules)) for rules, one in laws)
    return first, second


@settings(max_examples=examples(40))
@given(two_laws(), st.sampled_from([None, *GROUPS]))
def test_the_pairs_found_are_those_of_every_combination_and_the_figures_show_them(
    laws: tuple[Law, Law], group: str | None
) -> None:
    asked = asked_of(*laws)
    size = 1
    for one in asked:
        size *= len(one.levels)
    assume(size <= 1500)
    names = [one.measure for one in asked]
    expected: set[Pair] = set()
    for chosen in itertools.product(*(one.levels for one in asked)):
        figures = dict(zip(names, chosen, strict=True))
        expected.add((verdict(laws[0], figures, group), verdict(laws[1], figures, group)))
    found = reachable(*sides(laws, group), asked)
    assert found.complete
    assert set(found.pairs) == expected
    for pair, figures in found.pairs.items():
        assert (verdict(laws[0], figures, group), verdict(laws[1], figures, group)) == pair


def wide(target: int) -> Law:
    """`all` of 13 answers and of an `any` that a share decides only where two answers are unfavourable."""
    answers = {f"q_{n}": measure(f"q_{n}", "attestation") for n in range(13)}
    yes = KnownTarget(PROVENANCE, everywhere=Decimal(1))
    asked = [requirement(f"r{n}", name, Comparator.EQUALS, yes) for n, name in enumerate(answers)]
    share = requirement("y", "y", Comparator.AT_LEAST, KnownTarget(PROVENANCE, everywhere=Decimal(target)))
    alternatives = Combination(op="any", children=(asked[0], asked[1], share), id="a")
    one = indicator("1.1", Combination(op="all", children=(alternatives, *asked[2:]), id="1.1"))
    criterion = Criterion(id="1", title="1", title_en="1", source=SOURCE, indicators=(one,))
    return criteria_set((criterion,), {**answers, "y": measure("y", "share")}), one


def test_a_change_behind_many_other_figures_is_found_and_told_as_complete() -> None:
    laws = wide(50), wide(90)
    shown = outcome(*laws, [Stand((None, None))])
    assert not shown.exhaustive
    assert shown.complete
    assert (Verdict.MET, Verdict.NOT_MET) in shown.turns
    assert shown.parts == ("a", "y")


def test_what_cannot_be_tried_in_full_is_said_not_to_be_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures that several parts share hang together, and may be too many."""
    table = {f"m_{n}": measure(f"m_{n}", "share") for n in range(9)}
    bars = [KnownTarget(PROVENANCE, everywhere=Decimal(bar)) for bar in (20, 40, 60, 80)]

    def law(last: int) -> Law:
        parts = []
        for n in range(9):
            own = [requirement(f"{n}.{i}", f"m_{n}", Comparator.AT_LEAST, bar) for i, bar in enumerate(bars)]
            other = requirement(
                f"{n}.x", f"m_{(n + 1) % 9}", Comparator.AT_MOST, KnownTarget(PROVENANCE, everywhere=Decimal(last))
            )
            parts.append(Combination(op="any", children=(*own, other), id=f"p{n}"))
        one = indicator("1.1", Combination(op="all", children=tuple(parts), id="1.1"))
        criterion = Criterion(id="1", title="1", title_en="1", source=SOURCE, indicators=(one,))
        return criteria_set((criterion,), table), one

    asked: tuple[ProbedMeasure, ...] = asked_of(law(10), law(15))
    monkeypatch.setattr("ntm_rules.workbench.comparing.reachable.MOST", 500)
    assert not reachable(*sides((law(10), law(15)), None), asked).complete

    def beside(last: int) -> Law:
        """The same within an `all` whose other part can be tried in full."""
        rules, one = law(last)
        known = KnownTarget(PROVENANCE, everywhere=Decimal(50))
        free = requirement("free", "free", Comparator.AT_LEAST, known)
        whole = indicator("1.1", Combination(op="all", children=(one.condition, free), id="1.1"))
        return replace(rules, measures={**table, "free": measure("free", "share")}), whole

    laws = beside(10), beside(15)
    assert not reachable(*sides(laws, None), asked_of(*laws)).complete
