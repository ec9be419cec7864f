"""Checks of every condition, generated, and what each finds by looking at one report after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from ntm_rules.dataset.figure_columns import columns_of_records
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.record_views import Records
from ntm_rules.dataset.records import CommuneYear, Dataset, Evidence
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.cross_checks.finding import CheckedFigure
from ntm_rules.evaluation.cross_checks.many.findings import Findings
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.evaluation.cross_checks.running import look_through
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.cross_checks import CrossCheck
from tests.evaluation.cross_checks.given import KINDS, YEAR, check, report, values
from tests.strategies import GRADES

QUANTITIES = ["share", "growth", "amount"]
PARTS = ["a.numerator", "a.denominator", "b.numerator", "b.denominator", "c.denominator"]
terms = st.sampled_from([*PARTS, *PARTS, "a", "b", "x", "g"])
sums = st.one_of(st.lists(st.sampled_from(PARTS), min_size=1, max_size=2), st.lists(terms, min_size=1, max_size=2))
sizes = st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(20), Decimal("33.3333")])
slack = st.one_of(st.none(), sizes)


def selections(kinds: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
    fitting = [id_ for id_, kind in KINDS.items() if kind in kinds]
    return st.one_of(
        st.just({}),
        st.fixed_dictionaries({"kinds": st.lists(st.sampled_from(kinds), min_size=1, unique=True)}),
        st.fixed_dictionaries({"measures": st.lists(st.sampled_from(fitting), min_size=1, unique=True)}),
        st.fixed_dictionaries({"except": st.lists(st.sampled_from(fitting), unique=True)}),
    )


def of(kinds: Sequence[str], **more: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"of": selections(kinds), **more})


@st.composite
def statements(draw: st.DrawFn) -> dict[str, Any]:
    figure = draw(st.one_of(terms, st.sampled_from(["t", "r", "k"])))
    answers = {"t": ["yes", "no"], "r": ["met", "not_met"], "k": [*GRADES]}
    if figure in answers:
        return {"figure": figure, "answered": draw(st.sampled_from(answers[figure]))}
    return {"figure": figure, draw(st.sampled_from(["above", "below", "equals"])): draw(st.sampled_from([0, 3, 50, 7]))}


EVERY = list({*KINDS.values()})
CONDITIONS: dict[str, st.SearchStrategy[Any]] = {
    "reading": st.just(["numerator-over-denominator"]),
    "relation": st.builds(
        lambda one, how, other, by: {"sum": one, how: other, "tolerance_percent": by},
        sums, st.sampled_from(["at_most", "at_least", "equals"]), sums, slack,
    ),
    "same": st.fixed_dictionaries({"of": st.lists(terms, min_size=2, max_size=4), "tolerance_percent": slack}),
    "contradiction": st.fixed_dictionaries(
        {"when": st.lists(statements(), min_size=1, max_size=2), "yet": st.lists(statements(), min_size=1, max_size=2)}
    ),
    "changed": st.one_of(
        of(["share"], points=sizes, direction=st.sampled_from(["either", "better", "worse"])),
        of(QUANTITIES, percent=slack, direction=st.sampled_from(["either", "better", "worse"])),
        of(["share"], percent=slack, part=st.sampled_from(["numerator", "denominator"])),
    ),
    "no_longer_met": of(EVERY),
    "exactly_the_target": of(QUANTITIES),
    "without_evidence": of(EVERY, verdict=st.sampled_from([None, "MET", "NOT_MET"])),
    "document_without": of(EVERY, lacks=st.sampled_from(["date", "number", "issuer"])),
    "document_dated": of(EVERY, earliest=st.sampled_from([None, 0, -1]), latest=st.integers(0, 1)),
    "all_identical": st.one_of(
        of(["share"], to=st.just("each_other"), at_least=st.integers(2, 3)),
        of(QUANTITIES, to=st.sampled_from(["year_before", "another_commune"]), at_least=st.integers(2, 3)),
    ),
}  # fmt: skip


@st.composite
def catalogues(draw: st.DrawFn) -> tuple[CrossCheck, ...]:
    """Some checks, of which later ones may mind earlier ones."""
    made: list[CrossCheck] = []
    for name in draw(st.lists(st.sampled_from([*CONDITIONS]), min_size=1, max_size=6)):
        above = [one.id for one in made]
        unless = draw(st.lists(st.sampled_from(above), unique=True, max_size=2)) if above else []
        made.append(check(f"K{len(made)}", unless=unless, **{name: draw(CONDITIONS[name])}))
    return tuple(made)


DOCUMENTS = ["", "", "  ", "QĐ 12/QĐ-UBND", "Số 12/QĐ-SYT ngày 05/3/2027", "ngày 1/2/2020", "sổ"]
evidence = st.builds(
    Evidence,
    measure=st.sampled_from(["a", "x", "t", ""]),
    number=st.sampled_from(["", "3/BC"]),
    date=st.sampled_from([None, dt.date(2029, 1, 1), dt.date(YEAR, 1, 1)]),
    issuer=st.sampled_from(["", "UBND"]),
)


@st.composite
def several(draw: st.DrawFn) -> list[CommuneYear]:
    """Reports of some communes over up to three years, with documents; some copy another's, some carry last year's."""
    records: list[CommuneYear] = []
    for at in range(draw(st.integers(1, 5))):
        for year in range(YEAR - draw(st.integers(0, 2)), YEAR + 1):
            reported = draw(st.sampled_from(records)).values if records and draw(st.booleans()) else draw(values())
            said = {id_: one._replace(document=draw(st.sampled_from(DOCUMENTS))) for id_, one in reported.items()}
            listed = tuple(draw(st.lists(evidence, max_size=1)))
            carried = draw(values()) if draw(st.integers(0, 5)) == 0 else {}
            records.append(report(said, at, year=year, evidence=listed, carried=carried))
    return records


def held_alike(
    rules: CriteriaSet, records: Sequence[CommuneYear], year: int, problems: Sequence[Problem] = ()
) -> Findings:
    """Hold what is found in all reports at once against what is found in each, over records and over columns alone."""
    for held in (records, Records(columns_of_records(records))):
        found = cross_check(evaluate(rules, held, years=[year]), Dataset(held, problems))
        assert isinstance(found, Findings)
        one_by_one = look_through(found.reports.context.reports, found.reports.context.dataset)
        assert list(found) == one_by_one
        assert found.severities == [one.severity for one in one_by_one]
        for at, finding in enumerate(found):
            hits = found.by_check[found.checks[at]].hits
            figures = hits.figures[hits.subjects[found.hits[at]]]
            assert list(figures) == [CheckedFigure(figure.measure, figure.part) for figure in finding.figures]
    return found
