"""A small law and reports to look at: three shares, an amount, a growth, an answer, a ruling and a grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import CommuneYear, Dataset, Reported, State
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.exact import PERCENT, VALUE_SCALE, value_units
from ntm_rules.rulebook.criteria_set import Comparator, CriteriaSet, Criterion, KnownTarget
from ntm_rules.rulebook.cross_checks import CrossCheck
from tests.strategies import PROVENANCE, SOURCE, by_group, communes_in, criteria_set, indicator, measure, requirement

YEAR = 2026
KINDS = {
    "a": "share",
    "b": "share",
    "c": "share",
    "x": "amount",
    "g": "growth",
    "t": "attestation",
    "r": "ruling",
    "k": "grade",
}
LOWER = measure("b", "share").model_copy(update={"sense": "lower"})
MEASURES = {id_: LOWER if id_ == "b" else measure(id_, kind) for id_, kind in KINDS.items()}
"""Of `b` less is better; of the other quantities more."""
TARGETS = {"a": 50, "b": 20, "c": 100, "x": 7, "g": 5, "t": 1, "r": 1, "k": 2}
COMMUNES = communes_in(["nhom-1"] * 6)


def law(*checks: CrossCheck, targets: Mapping[str, int | str] = TARGETS) -> CriteriaSet:
    """Return a law of one requirement for each measure: "1.a" holds `a` and so on; `b` is held from above.

    The target of `a` differs by group; every commune is of the first.
    """

    def comparator(id_: str) -> Comparator:
        if KINDS[id_] in ("attestation", "ruling"):
            return Comparator.EQUALS
        return Comparator.AT_MOST if id_ == "b" else Comparator.AT_LEAST

    def known(id_: str, target: Decimal) -> KnownTarget:
        if id_ != "a":
            return KnownTarget(PROVENANCE, everywhere=target)
        return by_group(nhom_1=target, nhom_2=Decimal(100))

    rows = tuple(
        indicator(f"1.{id_}", requirement(f"1.{id_}", id_, comparator(id_), known(id_, Decimal(target))))
        for id_, target in targets.items()
    )
    criterion = Criterion(id="1", title="1", title_en="1", source=SOURCE, indicators=rows)
    rules = criteria_set((criterion,), MEASURES, communes=COMMUNES)
    return replace(rules, cross_checks=checks)


def check(id_: str = "K", severity: str = "warning", unless: Sequence[str] = (), **condition: Any) -> CrossCheck:
    """Return a check of one condition, its words left plain."""
    words = {"vi": "x", "en": "x"}
    return CrossCheck.model_validate(
        {"id": id_, "severity": severity, "title": words, "finding": words, "why": words, "mend": words}
        | {"unless": tuple(unless)}
        | condition
    )


def report(values: Mapping[str, Reported], at: int = 0, year: int = YEAR, **more: Any) -> CommuneYear:
    return CommuneYear(COMMUNES[at].code, COMMUNES[at].name, year, values, **more)


def found(
    checks: CrossCheck | Sequence[CrossCheck],
    *records: CommuneYear,
    problems: Sequence[Problem] = (),
    targets: Mapping[str, int | str] = TARGETS,
) -> list[Finding]:
    """Return what checks find in the reports of the year; the others serve as years before."""
    rules = law(*([checks] if isinstance(checks, CrossCheck) else checks), targets=targets)
    return cross_check(evaluate(rules, records, years=[YEAR]), Dataset(records, problems))


def counted(n: int, d: int, **more: Any) -> Reported:
    return Reported(State.PRESENT, n, d, counted=True, **more)


def percent(value: str, **more: Any) -> Reported:
    return Reported(State.PRESENT, value_units(Decimal(value)), PERCENT * VALUE_SCALE, **more)


def plain(value: str, **more: Any) -> Reported:
    return Reported(State.PRESENT, value_units(Decimal(value)), **more)


def answer(value: int, **more: Any) -> Reported:
    return Reported(State.PRESENT, value, **more)


INVALID, MISSING = Reported(State.INVALID), Reported(State.MISSING)
shares = st.one_of(
    st.integers(1, 12).flatmap(lambda d: st.integers(0, d).map(lambda n: counted(n, d))),
    st.sampled_from(["0", "20", "20.5", "50", "50.01", "100"]).map(percent),
    st.sampled_from([INVALID, MISSING, Reported(State.NOTHING_TO_COUNT, 0, 0, counted=True)]),
)
amounts = st.one_of(st.sampled_from(["0", "1", "6.9", "7", "7.35", "12"]).map(plain), st.just(INVALID))
answers = st.one_of(st.integers(0, 1).map(answer), st.just(INVALID))
grades = st.one_of(st.integers(0, 3).map(answer), st.just(INVALID))
OF_KIND = {
    "share": shares,
    "amount": amounts,
    "growth": amounts,
    "attestation": answers,
    "ruling": answers,
    "grade": grades,
}


@st.composite
def values(draw: st.DrawFn) -> dict[str, Reported]:
    """What one commune may report: any figure may be missing, unusable, typed or counted."""
    drawn = {id_: draw(OF_KIND[kind]) for id_, kind in KINDS.items() if draw(st.integers(0, 4))}
    return {id_: value for id_, value in drawn.items() if value.state is not State.MISSING}
