"""Who handed in what: a refused form is its commune's by code, name or file name; a blank one is nothing usable."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import CommuneYear, Dataset, InputFile, Reported, State
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.standing.handing_in import Handed, HandedIn, handing_in, named_by_file
from ntm_rules.standing.reports import own_reports, usable
from ntm_rules.wording.standing import files_words, why_words
from tests.conftest import SAMPLE
from tests.standing.conftest import YES, amount, judged

CODE = "03430"


def of(rules: CriteriaSet, dataset: Dataset, code: str = CODE) -> HandedIn:
    evaluation = evaluate(rules, dataset.records, years=[2026])
    found = {one.commune.code: one for one in handing_in(evaluation, dataset).communes}
    assert len(found) == 36
    return found[code]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one usable report of another commune."""
    text = "commune_code,commune,year,measure,value\n03390,Bình Lư,2026,planning_criterion_met,Có\n"
    (tmp_path / "bang.csv").write_text(text, encoding="utf-8")
    return tmp_path


def read(folder: Path) -> Dataset:
    return read_dataset([folder], open_rulebook(LawAsked("lai-chau-2026-2030")).questionnaire())


def test_a_commune_of_which_nothing_came_and_one_with_a_figure(lai_chau: CriteriaSet, folder: Path) -> None:
    dataset = read(folder)
    nothing, usable_ = of(lai_chau, dataset), of(lai_chau, dataset, "03390")
    assert (nothing.state, nothing.files, nothing.problems) == (Handed.NOTHING, (), ())
    assert (usable_.state, usable_.files, usable_.record) == (Handed.USABLE, ("bang.csv",), 0)


def test_a_file_that_says_nothing_of_itself_is_its_names(lai_chau: CriteriaSet, folder: Path) -> None:
    (folder / "03430-khun-ha.xlsx").write_bytes(b"not a workbook")
    one = of(lai_chau, read(folder))
    assert (one.state, one.files) == (Handed.NOTHING_USABLE, ("03430-khun-ha.xlsx",))
    assert [problem.code for problem in one.refusing] == ["not-a-workbook"]
    assert one.errors == 1


def test_a_refused_row_is_its_commune_by_code_or_by_its_name(lai_chau: CriteriaSet, folder: Path) -> None:
    lines = "03430,Khun Há,2026,planning_criterion_met,có lẽ\n,Tà Tổng,1999,planning_criterion_met,Có\n"
    with (folder / "bang.csv").open("a", encoding="utf-8") as stream:
        stream.write(lines)
    one = of(lai_chau, read(folder))
    assert one.state is Handed.NOTHING_USABLE
    assert one.record is not None, "its only figure was refused: a record without a usable value"
    assert {problem.code for problem in one.refusing} == {"answer-unknown"}


def test_a_form_that_says_its_commune_and_is_refused_is_that_communes(lai_chau: CriteriaSet, folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [
        ("Mã xã", CODE, "Xã", "Khun Há", "Năm", 1999),
        ("Mã số liệu", "Số liệu", "Giá trị"),
        ("planning_criterion_met", "", "Có"),
    ]
    for row in rows:
        sheet.append(row)
    book.save(folder / "phieu.xlsx")
    one = of(lai_chau, read(folder))
    assert (one.state, one.files) == (Handed.NOTHING_USABLE, ("phieu.xlsx",))
    assert "year-outside" in {problem.code for problem in one.refusing}


def test_what_came_for_another_year_is_nothing_for_this_one(lai_chau: CriteriaSet) -> None:
    record = CommuneYear("03390", "Bình Lư", 2026, {"planning_criterion_met": YES})
    problem = Problem("negative", "a.csv", commune_code=CODE, year=2025)
    dataset = Dataset([record], [problem], [InputFile("a.csv", "x", 1, ((CODE, 2025), ("03390", 2026)))])
    assert of(lai_chau, dataset).state is Handed.NOTHING


def test_a_file_with_errors_that_names_no_commune_is_a_stray(sample: Evaluation) -> None:
    dataset = Dataset(sample.records, [Problem("workbook-broken", "xa.xlsx"), Problem("same-content", "b.xlsx")])
    found = handing_in(sample, dataset)
    assert found.strays == ("xa.xlsx",)
    assert found.count(Handed.USABLE) == 36


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("03430-khun-ha.xlsx", "03430"),
        ("xa/Khun Há 2026.xlsx", "03430"),
        ("KHUN_HA.xls", "03430"),
        ("phieu.xlsx", None),
        ("03430 và 03390.xlsx", None),
        ("03430-binh-lu.xlsx", None),
        ("khun hai.xlsx", None),
        ("203430.xlsx", None),
    ],
)
def test_the_name_of_a_file_tells_one_commune_or_none(lai_chau: CriteriaSet, file: str, code: str | None) -> None:
    assert named_by_file(lai_chau.communes, file) == code


def test_a_record_is_usable_by_a_statement_that_the_rules_ask_for(lai_chau: CriteriaSet) -> None:
    asked = lai_chau.requirement_by_id["5.1"].measure
    reports = [
        {},
        {asked: Reported(State.AWAITED)},
        {asked: Reported(State.INVALID, written="?")},
        {"recognition_decision": YES},
    ]
    assert usable(judged(lai_chau, *reports)).tolist() == [False, True, False, False]


def test_a_year_of_which_only_the_start_of_a_growth_is_known_has_no_report(lai_chau: CriteriaSet) -> None:
    growth = next(m for m in lai_chau.reported_measures if lai_chau.measures[m].kind == "growth")
    now = judged(lai_chau, {growth: amount(110)}, {growth: amount(110)}, year=2027)
    before = judged(lai_chau, {growth: amount(100)}, {growth: amount(100), "planning_criterion_met": YES})
    assert own_reports(before, now).tolist() == [False, True]
    assert own_reports(before, judged(lai_chau, year=2027)).tolist() == [True, True], "nobody reported after it"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A full form of the sample in a folder of its own."""
    (tmp_path / "phieu").mkdir()
    return shutil.copy(SAMPLE / "03430-khun-ha.xlsx", tmp_path / "phieu" / "03430-khun-ha.xlsx")


def changed(path: Path, **cells: Any) -> None:
    """Type into the first sheet with figures, as Excel would."""
    book = openpyxl.load_workbook(path)
    for place, typed in cells.items():
        book["Số liệu"][place] = typed
    book.save(path)


def test_a_full_form_that_says_another_year_is_refused_for_that(lai_chau: CriteriaSet, filled: Path) -> None:
    changed(filled, H3=2025)
    one = of(lai_chau, read(filled.parent))
    assert (one.state, one.errors) == (Handed.NOTHING_USABLE, 1)
    assert [problem.code for problem in one.refusing] == ["form-of-another-year"]
    assert "phiếu làm cho năm 2026, nhưng ghi là 2025" in why_words(one)


def test_a_full_form_named_after_another_commune_is_refused_for_that(lai_chau: CriteriaSet, filled: Path) -> None:
    filled.rename(filled.with_name("03463-ta-tong.xlsx"))
    one = of(lai_chau, read(filled.parent))
    assert one.state is Handed.NOTHING_USABLE
    assert one.refusing[0].code == "file-of-another-commune", "before any mistake in a figure"
    assert "tên tệp ghi là của 03463 Tà Tổng" in why_words(one, most=1)


def test_a_mistake_in_last_years_figure_beside_is_one_of_this_years_report(lai_chau: CriteriaSet, filled: Path) -> None:
    changed(filled, G30="41.5")
    dataset = read(filled.parent)
    one = of(lai_chau, dataset)
    assert one.state is Handed.USABLE
    assert [(problem.code, problem.cell, problem.year) for problem in one.problems if problem.cell == "G30"] == [
        ("number-dot-decimal", "G30", 2025)
    ]
    assert len(one.problems) == len(dataset.problems)


def test_a_form_that_came_for_another_year_is_named(lai_chau: CriteriaSet, filled: Path) -> None:
    dataset = read(filled.parent)
    record = CommuneYear("03390", "Bình Lư", 2027, {"planning_criterion_met": YES})
    evaluation = evaluate(lai_chau, [record], years=[2027])
    found = {one.commune.code: one for one in handing_in(evaluation, dataset).communes}
    assert found[CODE].state is Handed.NOTHING
    assert found[CODE].of_other_years == (("03430-khun-ha.xlsx", 2026),)
    assert why_words(found[CODE]) == "đã nhận tệp 03430-khun-ha.xlsx, là phiếu năm 2026"
    assert of(lai_chau, dataset).of_other_years == ()


def test_several_files_of_one_commune_are_told(lai_chau: CriteriaSet, filled: Path) -> None:
    assert files_words(of(lai_chau, read(filled.parent))) == ""
    second = shutil.copy(filled, filled.with_name("03430-khun-ha (sua).xlsx"))
    changed(second, D8="Có")
    one = of(lai_chau, read(filled.parent))
    assert files_words(one) == "xã này nộp 2 tệp: 03430-khun-ha (sua).xlsx, 03430-khun-ha.xlsx"
