"""Points may rank progress; they never turn a requirement that is not met into one that is."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.reference import Facts, evaluate_commune
from ntm_rules.evaluation.scores import Points, points_of
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.tables.communes import summary
from ntm_rules.rulebook.criteria_set import CriteriaSet, Criterion
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.yaml_reader import RulebookError
from ntm_rules.standing.communes import communes
from ntm_rules.standing.overview import Overview
from tests.conftest import SAMPLES, Ntm
from tests.examples import examples
from tests.other_set.conftest import SET
from tests.report.verdict_rows import gap_rows, verdict_rows
from tests.rulebook.tiny import CONDITIONS, RULES_1, Tiny, said
from tests.strategies import YEAR, Case, cases, without_standards

bearing = st.none() | st.decimals("0.0001", "1000", places=4)


def scored(rules: CriteriaSet, data: st.DataObject) -> CriteriaSet:
    """The same set, some of its indicators bearing points."""

    def with_points(criterion: Criterion) -> Criterion:
        indicators = (replace(indicator, points=data.draw(bearing)) for indicator in criterion.indicators)
        return replace(criterion, indicators=tuple(indicators))

    return replace(rules, criteria=tuple(map(with_points, rules.criteria)))


@settings(max_examples=examples(30), deadline=None)
@given(cases().map(without_standards), st.data())
def test_points_change_no_verdict_no_reason_and_no_gap(case: Case, data: st.DataObject) -> None:
    with_points = scored(case.rules, data)
    plain, ranked = (evaluate(rules, case.records, years=[YEAR]) for rules in (case.rules, with_points))
    assert list(verdict_rows(plain)) == list(verdict_rows(ranked))
    assert list(gap_rows(plain)) == list(gap_rows(ranked))
    without, with_ = ([replace(one, points=None) for one in communes(judged)] for judged in (plain, ranked))
    assert without == with_
    for record in case.records:
        facts = Facts(record, None, None)
        assert evaluate_commune(case.rules, facts) == evaluate_commune(with_points, facts)


@settings(max_examples=examples(30), deadline=None)
@given(cases(), st.data())
def test_points_are_those_of_the_indicators_met_of_those_that_apply(case: Case, data: st.DataObject) -> None:
    rules = scored(case.rules, data)
    judged = evaluate(rules, case.records, years=[YEAR])
    for record, one in enumerate(communes(judged)):
        met = total = Decimal(0)
        for indicator in rules.indicators():
            verdict = judged.verdict(judged.row_of["indicator", indicator.id], record)
            met += indicator.points or 0 if verdict is Verdict.MET else 0
            total += indicator.points or 0 if verdict is not Verdict.NOT_APPLICABLE else 0
        assert 0 <= met <= total
        assert one.points == (Points(met, total) if rules.has_points else None)


def test_tenths_add_up_exactly() -> None:
    assert points_of([(Decimal("0.1"), Verdict.MET)] * 3) == Points(Decimal("0.3"), Decimal("0.3"))


@pytest.mark.parametrize("verdict", [Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET])
def test_what_is_not_met_earns_nothing_and_still_counts_in_the_total(verdict: Verdict) -> None:
    assert points_of([(Decimal(5), verdict), (None, Verdict.MET)]) == Points(Decimal(0), Decimal(5))


def test_full_points_of_the_others_do_not_lift_a_criterion(ntm: Ntm, tmp_path: Path) -> None:
    """All points but for one indicator without any, which is not met: the criterion is not met."""
    data = tmp_path / "data.csv"
    figures = {"value_per_hectare": "200", "leavers_per_thousand": "1", "port_stars": "Một sao"}
    lines = [f"90010,Hòn Mây,2031,{measure},{value}" for measure, value in figures.items()]
    data.write_text("\n".join(["commune_code,commune,year,measure,value", *lines]) + "\n", encoding="utf-8")
    screen = ntm("assess", data, "--criteria", SET).stdout
    assert "Điểm: 30/72,5" in screen
    assert "B. Kinh tế      C           2/3" in screen
    assert "Đạt đủ mọi tiêu chí: Chưa đạt" in screen


# --- a set without points ----------------------------------------------------------------------


def test_a_set_without_points_says_nothing_of_them(ntm: Ntm, lai_chau: CriteriaSet) -> None:
    assert not lai_chau.has_points
    nobody = Overview(evaluate(lai_chau, []), Dataset(()), dt.date(2026, 12, 31))
    assert summary([nobody]).for_programs().keys[-2:] == ["figures_owed", "rulings_awaited"]
    screen = ntm("assess", SAMPLES / "lai-chau-2026" / "03390-binh-lu.xlsx").stdout
    assert "Điểm:" not in screen


def test_the_other_set_judges_alike_with_its_points_taken_out(ntm: Ntm, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    shutil.copytree(SET, plain)
    for path in plain.glob("*/rules.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "points:" not in line), encoding="utf-8")
    for name, folder in (("a", SET), ("b", plain)):
        ntm("batch", SET.parents[1] / "data.csv", "--criteria", folder, "--out", tmp_path / name)
    for name in ("verdicts.csv", "gaps.csv", "problems.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    header = (tmp_path / "b" / "summary.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.endswith("figures_owed,rulings_awaited")


# --- as written --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("0", "0 is not more than 0"),
        ("-5", "-5 is not more than 0"),
        ('"5"', "“5” in quotes is a text; take the quotation marks off"),
        ("1.23456", "1.23456 has more than 4 decimals"),
        ("100000000", "100000000 is too large; less than 100000000 is expected"),
    ],
)
def test_points_that_are_no_positive_number_are_refused_by_line(tiny: Tiny, points: str, expected: str) -> None:
    line = tiny.change(RULES_1, "  text_en: Number of clinics\n", f"  points: {points}\n  text_en: Number of clinics\n")
    assert tiny.problems() == [f"01/rules.yaml, line {line}, [2].points: {expected}"]


def test_a_further_condition_bears_no_points(tiny: Tiny) -> None:
    tiny.change(CONDITIONS, "  lead: so-a\n", "  lead: so-a\n  points: 5\n")
    (problem,) = tiny.problems()
    assert problem.endswith("points belong to the indicators of criteria; a further condition has none")
    assert problem.startswith("conditions/rules.yaml, line 6")


def test_a_part_of_an_indicator_bears_no_points(tiny: Tiny) -> None:
    tiny.change(RULES_1, "      text: Có quy hoạch\n", "      text: Có quy hoạch\n      points: 5\n")
    with pytest.raises(RulebookError) as refused:
        load_set(tiny.folder)
    assert "unknown key" in said(refused.value)[0]
