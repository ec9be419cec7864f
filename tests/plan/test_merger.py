"""Communes merged within the period: each year is of the units there are, and only shares are carried over, by summing."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.plan.trend import Cut, FigureTrend
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.register import Commune, Register
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.runs.trends import TrendsMade, make_trends
from ntm_rules.standing.values import Move
from ntm_rules.wording.trends import cut_words
from tests.conftest import ILLUSTRATIVE, ROOT, Ntm

NEW, OLD, GONE = "03439", "03439-2027-12-31", "03442"
"""Thu Lũm as it is from 2028 on, Thu Lũm and Pa Ủ as they were."""
SET = ROOT / "criteria" / "lai-chau-2026-2030"
DATA = ROOT / "samples" / "ke-hoach"


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The set with the register of the sample, in which two communes merge on 1 January 2028, and three years of figures."""
    folder = tmp_path_factory.mktemp("sap-xep")
    shutil.copytree(SET, folder / "set")
    shutil.copy(DATA / "danh-muc-sap-xep.csv", folder / "set" / "communes.csv")
    shutil.copy(DATA / "xa-2026-2028-sap-xep.csv", folder / "xa.csv")
    return folder


@pytest.fixture(scope="module")
def made(merged: Path) -> TrendsMade:
    rulebook = open_rulebook(LawAsked(str(merged / "set"), [ILLUSTRATIVE]))
    found = make_trends(rulebook, [merged / "xa.csv"])
    assert isinstance(found, TrendsMade)
    return found


def of_year(made: TrendsMade, year: int) -> Evaluation:
    return next(one for one in made.judged.evaluations if one.records[0].year == year)


def trend(made: TrendsMade, measure: str) -> FigureTrend:
    (one,) = [one for one in made.trends if one.code == NEW and one.requirement.measure == measure]
    return one


# --- the register ------------------------------------------------------------------------------


def test_each_day_has_the_units_there_are(merged: Path) -> None:
    register = load_set(merged / "set").communes

    def codes(looked_at: Register) -> set[str]:
        return {one.code for one in looked_at.within()} & {NEW, OLD, GONE}

    assert codes(register) == {NEW}
    assert codes(register.on(dt.date(2027, 12, 31))) == {OLD, GONE}
    assert codes(register.on(dt.date(2028, 1, 1))) == {NEW}
    assert [one.code for one in register.merged_into(register[NEW])] == [OLD, GONE]
    found = register.on(dt.date(2027, 6, 30)).printed(NEW)
    assert found is not None
    assert found.code == OLD


def test_a_register_without_such_units_is_one_for_all_days() -> None:
    register = load_set(SET).communes
    assert register.on(dt.date(2020, 1, 1)) is register


def test_a_unit_that_was_divided_goes_into_none_of_those_it_became() -> None:
    """What it reported is of all of them together, and of no one alone."""
    day = dt.date(2028, 1, 1)
    ended = day - dt.timedelta(1)
    old = [Commune(code, code, "xa", dt.date(2025, 7, 1), valid_to=ended) for code in ("03400", "03401")]
    whole, part = Commune("03402", "Một", "xa", day, ("03400",)), Commune("03403", "Hai", "xa", day, ("03401",))
    other = Commune("03404", "Ba", "xa", day, ("03401",))
    register = Register([*old, whole, part, other], "xa")
    assert [one.code for one in register.merged_into(whole)] == ["03400"]
    assert not register.merged_into(part)
    assert not register.merged_into(other)


# --- reading and judging -----------------------------------------------------------------------


def test_a_code_is_of_the_unit_of_the_year(made: TrendsMade) -> None:
    assert not made.judged.dataset.problems
    for year, its in ((2026, {OLD, GONE}), (2027, {OLD, GONE}), (2028, {NEW})):
        evaluation = of_year(made, year)
        assert set(evaluation.records.codes) & {NEW, OLD, GONE} == its
        assert len(evaluation.rules.communes.within()) == len(evaluation.records) == (35 if year == 2028 else 36)


def test_growth_is_never_held_against_a_unit_before(made: TrendsMade) -> None:
    evaluation = of_year(made, 2028)
    record = [*evaluation.records.codes].index(NEW)
    row = next(at for at in evaluation.order if evaluation.table[at].id == "3.1")
    assert evaluation.verdict(row, record) is Verdict.NO_DATA
    assert evaluation.reason(row, record) is Reason.PREVIOUS_YEAR_MISSING
    overview = next(one for one in made.judged.overviews if one.year == 2028)
    assert overview.years is not None
    assert not [one for one in overview.years.changes if one.code == NEW and one.move in (Move.ROSE, Move.FELL)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{GONE};Pa Ủ;2028", "code-of-predecessor"),
        (f"{NEW};Pa Ủ;2028", "name-of-predecessor"),
        (f"{NEW};Pa Ủ;2027", "name-of-another"),
        (f"{OLD};Thu Lũm;2028", ""),
        (f"{OLD};Thu Lũm;2027", ""),
        (";Pa Ủ;2028", "name-of-former"),
        (";Pa Ủ;2027", ""),
    ],
)
def test_a_row_is_held_against_the_units_of_its_year(merged: Path, tmp_path: Path, row: str, code: str) -> None:
    path = tmp_path / "dong.csv"
    path.write_text(f"Mã xã;Xã;Năm;Mã số liệu;Giá trị\n{row};income_per_capita;30\n", encoding="utf-8-sig")
    rulebook = open_rulebook(LawAsked(str(merged / "set")))
    dataset = read_dataset([path], rulebook.questionnaire())
    assert [one.code for one in dataset.problems] == [code] * bool(code)
    assert len(dataset.records) == (not code)


# --- carrying over -----------------------------------------------------------------------------


def test_a_share_goes_on_as_the_sum_of_what_all_units_before_counted(made: TrendsMade) -> None:
    measure = "solid_houses_share"
    found = trend(made, measure)
    for point in found.points[:2]:
        evaluation = of_year(made, point.year)
        given = [one.get(measure) for one in evaluation.records if one.code in (OLD, GONE)]
        assert all(one.counted for one in given)
        assert point.value == Fraction(100 * sum(one.value for one in given), sum(one.base for one in given))
    assert [point.year for point in found.points] == [2026, 2027, 2028]
    assert found.carried == ("Thu Lũm", "Pa Ủ")
    assert found.cut is None
    assert cut_words(found) == "trước khi sắp xếp, cộng tử số và mẫu số của Thu Lũm, Pa Ủ"


def test_what_is_no_share_begins_with_the_unit_and_a_break_holds_for_both(made: TrendsMade) -> None:
    poverty = trend(made, "multidimensional_poverty_rate")
    assert [point.year for point in poverty.points] == [2027, 2028]
    assert (poverty.cut, poverty.since) == (Cut.BREAK, 2027)
    alone = {one.cut for one in made.trends if one.code == NEW and not one.carried}
    assert alone <= {Cut.MERGED}


# --- outputs -----------------------------------------------------------------------------------


@pytest.mark.long
def test_tables_and_pages_of_every_year_tell_the_units_apart(ntm: Ntm, merged: Path, tmp_path: Path) -> None:
    asked = (merged / "xa.csv", "--criteria", merged / "set", "--overlay", ILLUSTRATIVE)
    done = ntm("batch", *asked, "--year", "2027", "--year", "2028", "-o", tmp_path / "bang")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "bang" / "summary.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {(row["commune_code"], row["year"]) for row in csv.DictReader(stream)}
    assert {(OLD, "2027"), (GONE, "2027"), (NEW, "2028")} <= rows
    assert not {(NEW, "2027"), (OLD, "2028"), (GONE, "2028")} & rows
    assert ntm("report", "html", *asked, "--year", "2027", "-o", tmp_path / "trang").returncode == 0
    assert (tmp_path / "trang" / f"don-vi-{OLD}.html").exists()
    assert (
        ntm("template", "--all", "--year", "2028", "--criteria", merged / "set", "-o", tmp_path / "p").returncode == 0
    )
    forms = [path.name for path in (tmp_path / "p").glob("*.xlsx")]
    assert len(forms) == 35
    assert not [name for name in forms if "2027-12-31" in name or GONE in name]


def test_a_form_and_an_explanation_are_of_the_unit_of_the_year(ntm: Ntm, merged: Path, tmp_path: Path) -> None:
    law = ("--criteria", merged / "set")
    assert ntm("template", "--commune", NEW, "--year", "2027", *law, "-o", tmp_path / "a.xlsx").returncode == 0
    content = openpyxl.load_workbook(tmp_path / "a.xlsx")["Số liệu"]
    assert OLD in {cell.value for row in content.iter_rows(max_row=8) for cell in row}
    gone = ntm("template", "--commune", GONE, "--year", "2028", *law, "-o", tmp_path / "b.xlsx")
    assert gone.returncode == 2
    assert "không có 03442 Pa Ủ: đó là đơn vị của những năm khác" in " ".join(gone.stderr.split())
    told = ntm("explain", merged / "xa.csv", *law, "--commune", NEW, "--year", "2027", "--indicator", "8.1")
    assert told.returncode == 0, told.stderr
    assert "Thu Lũm" in told.stdout
