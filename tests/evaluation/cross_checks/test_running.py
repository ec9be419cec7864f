"""The whole catalogue over an evaluation: in order, with places, without repeating, and without touching a verdict."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import Dataset, Place, Reported
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.cross_checks import CheckedFigure
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.evaluation.cross_checks.over_report import cross_check_report
from ntm_rules.evaluation.cross_checks.running import MADE_BY
from ntm_rules.rulebook.cross_checks import CONDITIONS
from tests.evaluation.cross_checks.given import (
    COMMUNES,
    YEAR,
    answer,
    check,
    counted,
    found,
    law,
    percent,
    plain,
    report,
    values,
)
from tests.examples import examples

EVERY = [
    check("relation", relation={"sum": ["a.numerator"], "at_most": ["b.denominator"]}),
    check("same", same={"of": ["a.denominator", "b.denominator"]}),
    check(
        "contradiction",
        contradiction={"when": [{"figure": "t", "answered": "no"}], "yet": [{"figure": "a", "above": 1}]},
    ),
    check("changed", changed={"points": 20}),
    check("no_longer_met", no_longer_met={}),
    check("exactly_the_target", exactly_the_target={}),
    check("without_evidence", without_evidence={}),
    check("document_without", document_without={"lacks": "date"}),
    check("document_dated", document_dated={"latest": 1}),
    check("all_identical", all_identical={"to": "another_commune", "at_least": 2}),
    check("reading", reading=["numerator-over-denominator"]),
]


def test_every_condition_of_the_language_can_be_carried_out() -> None:
    assert set(MADE_BY) == set(CONDITIONS) == {one.id for one in EVERY}


@settings(max_examples=examples(100))
@given(st.lists(values(), max_size=4))
def test_no_report_breaks_a_check_and_no_check_changes_a_verdict(reported: list[dict[str, Reported]]) -> None:
    records = [report(v, at // 2, year=YEAR - at % 2) for at, v in enumerate(reported)]
    plain_law, checked = law(), law(*EVERY)
    evaluation = evaluate(checked, records, years=[YEAR])
    before = evaluation.verdicts.copy(), evaluation.reasons.copy()
    findings = cross_check(evaluation, Dataset(records))
    assert (evaluation.verdicts == before[0]).all()
    assert (evaluation.reasons == before[1]).all()
    assert (evaluate(plain_law, records, years=[YEAR]).verdicts == before[0]).all()
    places = [(COMMUNES_BY_CODE[f.code], [one.id for one in EVERY].index(f.check.id)) for f in findings]
    assert places == sorted(places)


@settings(max_examples=examples(100))
@given(st.lists(values(), min_size=1, max_size=6))
def test_one_report_alone_gets_the_findings_it_gets_among_all(reported: list[dict[str, Reported]]) -> None:
    records = [report(v, at // 3, year=YEAR - at % 3, carried=reported[0]) for at, v in enumerate(reported)]
    rules, dataset = law(*EVERY), Dataset(records)
    together = cross_check(evaluate(rules, records, years=[YEAR]), dataset)
    alone = [finding for r in records if r.year == YEAR for finding in cross_check_report(rules, dataset, r)]
    assert alone == together


COMMUNES_BY_CODE = {commune.code: at for at, commune in enumerate(COMMUNES)}


def test_a_finding_says_where_each_of_its_figures_was_read() -> None:
    places = {"a": Place("x.xlsx", "2026", "E9"), "b": Place("x.xlsx", "2026", "F12"), "c": Place("y.csv", line=4)}
    record = report({"a": counted(1, 5), "b": counted(1, 6), "c": counted(1, 6)}, places=places)
    (finding,) = found(check(same={"of": ["a.denominator", "b.denominator"]}), record)
    assert finding.places == (places["a"], places["b"])
    assert (finding.code, finding.name, finding.year) == (COMMUNES[0].code, COMMUNES[0].name, YEAR)


def test_what_reading_found_is_taken_over_for_its_commune_and_year_alone() -> None:
    def problem(at: int, year: int, code: str = "numerator-over-denominator") -> Problem:
        parameters = {"denominator": "58,2"}
        return Problem(
            code, "x.xlsx", "2026", "E14", commune_code=COMMUNES[at].code, year=year, measure="a", value="96,5",
            parameters=parameters,
        )  # fmt: skip

    others = [problem(1, YEAR), problem(0, YEAR - 1), problem(0, YEAR, "denominator-missing")]
    (finding,) = found(
        check(reading=["numerator-over-denominator", "percent-disagrees"]),
        report({}),
        problems=[problem(0, YEAR), *others],
    )
    assert finding.figures == (CheckedFigure("a"),)
    assert finding.places == (Place("x.xlsx", "2026", "E14"),)
    assert str(finding.facts["problem"]) == "tử số 96,5 lớn hơn mẫu số 58,2"


def test_a_problem_of_no_commune_is_no_finding() -> None:
    assert found(check(reading=["file-empty"]), report({}), problems=[Problem("file-empty", "x.xlsx")]) == []


def test_a_figure_told_by_one_check_is_not_told_again_by_one_that_minds_it() -> None:
    before, now = (
        report({"a": percent("90"), "c": percent("9")}, year=YEAR - 1),
        report({"a": percent("60"), "c": percent("8")}),
    )
    jump = check("jump", changed={"points": 20})
    worse = check("worse", changed={"direction": "worse"}, unless=["jump"])
    assert [(f.check.id, f.measures) for f in found([jump, worse], before, now)] == [
        ("jump", ("a",)),
        ("worse", ("c",)),
    ]
    again = worse.model_copy(update={"unless": ()})
    assert [(f.check.id, f.measures) for f in found([jump, again], before, now)] == [
        ("jump", ("a",)),
        ("worse", ("a",)),
        ("worse", ("c",)),
    ]


def test_a_finding_of_several_figures_is_told_as_long_as_one_of_them_is_new() -> None:
    one = check("one", without_evidence={"of": {"measures": ["x"]}})
    both = check("both", without_evidence={"of": {"measures": ["x", "t"]}}, unless=["one"])
    record = report({"x": plain("1"), "t": answer(1)})
    assert [(f.check.id, f.measures) for f in found([one, both], record)] == [("one", ("x",)), ("both", ("x", "t"))]
    assert [f.check.id for f in found([one, both], report({"x": plain("1")}))] == ["one"]


def test_findings_stand_by_commune_and_then_by_the_catalogue() -> None:
    one = check("one", without_evidence={"of": {"measures": ["x"]}})
    two = check("two", without_evidence={"of": {"measures": ["t"]}})
    records = [report({"x": plain("1"), "t": answer(1)}, at) for at in (0, 1)]
    assert [(f.code, f.check.id) for f in found([two, one], *records)] == [
        (COMMUNES[at].code, id_) for at in (0, 1) for id_ in ("two", "one")
    ]


def test_a_set_without_checks_finds_nothing() -> None:
    records = [report({"a": percent("1")})]
    rules = replace(law(), cross_checks=())
    assert cross_check(evaluate(rules, records), Dataset(records)) == []
