"""What is found in all reports at once is what is found in each: every condition, whatever is reported."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.cross_checks.many.findings import HITS_OF
from ntm_rules.evaluation.cross_checks.running import MADE_BY
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.cross_checks import CrossCheck
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.resolve import resolve
from tests.evaluation.cross_checks.given import COMMUNES, YEAR, check, counted, law, percent, plain, report
from tests.evaluation.cross_checks.many.generated import catalogues, held_alike, several
from tests.examples import examples
from tests.strategies import crowds


def test_every_condition_is_found_in_all_reports_at_once() -> None:
    assert set(HITS_OF) == set(MADE_BY)


@pytest.mark.long
@settings(max_examples=300)
@given(checks=catalogues(), records=several())
def test_of_generated_checks_and_reports(checks: tuple[CrossCheck, ...], records: list[CommuneYear]) -> None:
    problem = Problem("numerator-over-denominator", "x.xlsx", commune_code=COMMUNES[0].code, year=YEAR, measure="a")
    held_alike(law(*checks), records, YEAR, [problem, problem])


LARGE = [0, 1, 3, 10**6, 10**12 - 1]


@pytest.mark.parametrize(
    "one",
    [
        check(changed={"points": 20}),
        check(changed={"percent": 25, "direction": "worse"}),
        check(changed={"percent": 15, "part": "denominator"}),
        check(relation={"sum": ["a.numerator", "b.numerator"], "at_most": ["a.denominator"], "tolerance_percent": 3}),
        check(relation={"sum": ["x"], "equals": ["g"]}),
        check(relation={"sum": ["x"], "at_least": ["a.denominator"]}),
        check(same={"of": ["a.denominator", "b.denominator"], "tolerance_percent": 1}),
        check(contradiction={"when": [{"figure": "x", "above": 5}], "yet": [{"figure": "a", "equals": 50}]}),
        check(exactly_the_target={}),
        check(no_longer_met={}),
        check(all_identical={"of": {"measures": ["a", "c"]}, "to": "each_other", "at_least": 2}),
        check(all_identical={"of": {"measures": ["b", "c"]}, "to": "year_before", "at_least": 2}),
    ],
    ids=lambda one: one.condition,
)
def test_of_figures_of_every_size(one: CrossCheck) -> None:
    records = []
    for at, (n, d) in enumerate((n, d) for n in [*LARGE, None] for d in LARGE if d):
        code, whole = f"{at:05d}", 2 * (d // 2 + 1)
        part = whole // 2 if n is None else min(n, whole)
        like = {"c": counted(part // 2, whole // 2) if at % 3 else percent(f"{at % 100}.123456")}
        now = like | {"a": counted(part, whole), "b": counted(part, whole + at % 2 * 3)}
        now |= {"x": plain("7" if n is None else f"{n % 10**11}.5"), "g": plain(f"{d % 10**11}.5")}
        level = Reported(State.PRESENT, (n or d) % 10**11 * 10**7 + at % 2 * 5)
        then = like | {
            "a": counted(part // 3, whole // (at % 2 + 1)),
            "b": now["b"],
            "x": plain(f"{d % 10**11}.5"),
            "g": level,
        }
        records += [CommuneYear(code, code, YEAR - 1, then), CommuneYear(code, code, YEAR, now)]
    assert len(held_alike(law(one), records, YEAR))


@settings(max_examples=examples(25))
@given(data=st.data())
def test_of_the_catalogue_of_lai_chau(filled: CriteriaSet, data: st.DataObject) -> None:
    held_alike(filled, data.draw(crowds(filled, 6)).records, YEAR)


@settings(max_examples=25)
@given(data=st.data())
def test_of_the_catalogue_of_another_province(data: st.DataObject) -> None:
    loaded = load_set(Path(__file__).parents[3] / "other_set" / "criteria" / "bien-xanh-2031-2035")
    rules = resolve(loaded, as_of=dt.date(2032, 12, 31))
    held_alike(rules, data.draw(crowds(rules, 6)).records, 2032)


def test_a_figure_is_told_of_once_where_a_check_minds_another() -> None:
    records = [report({"a": percent("90")}, year=YEAR - 1), report({"a": percent("60")})]
    jump, worse = check("jump", changed={"points": 20}), check("worse", changed={}, unless=["jump"])
    found = held_alike(law(jump, worse), records, YEAR)
    assert [one.check.id for one in found] == ["jump"]
    assert len(held_alike(law(jump, replace_unless(worse)), records, YEAR)) == 2


def replace_unless(one: CrossCheck) -> CrossCheck:
    return one.model_copy(update={"unless": ()})
