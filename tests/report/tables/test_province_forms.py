"""Biểu 05 and Biểu 06 count communes as the evaluation has them, with denominators, and leave blank what no data say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.tables.province_forms import form_05, form_05_notes, form_06, form_06_notes
from ntm_rules.report.xlsx.book import About
from ntm_rules.report.xlsx.province_forms import write_province_forms
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.standing.ceiling import ceiling_of
from ntm_rules.standing.communes import groups_of
from ntm_rules.standing.periods import Periods
from ntm_rules.standing.province_forms import PeriodCounts
from ntm_rules.wording.communes import group_title, unit_words
from tests.conftest import SAMPLES
from tests.other_set.conftest import DATA, SET


class Fifth(NamedTuple):
    """A row of Biểu 05."""

    id: str
    text: str
    total: PeriodCounts
    by_group: list[PeriodCounts]


class Sixth(NamedTuple):
    """A row of Biểu 06."""

    number: str
    text: str
    counts: PeriodCounts
    note: str


def fifth(periods: Periods) -> list[Fifth]:
    found = []
    for id_, text, _unit, *cells in form_05(periods).rows:
        total, *by_group = (PeriodCounts(*cells[at : at + 2]) for at in range(0, len(cells), 3))
        found.append(Fifth(id_, text, total, by_group))
    return found


def sixth(periods: Periods) -> list[Sixth]:
    return [
        Sixth(number, text, PeriodCounts(before, now), note)
        for number, text, before, now, _, note in form_06(periods).rows
    ]


ABOUT = About(lines=[], illustrative=["SỐ LIỆU MINH HỌA: bịa"])


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    rulebook = open_rulebook(LawAsked("lai-chau-2026-2030"))
    return read_dataset([SAMPLES / "lai-chau-2026.csv"], rulebook.questionnaire())


@pytest.fixture(scope="module")
def evaluation(dataset: Dataset) -> Evaluation:
    """Thirty of the 36 communes: six did not report."""
    rulebook = open_rulebook(LawAsked("lai-chau-2026-2030", [SAMPLES / "minh-hoa.overlay.yaml"]))
    codes = sorted({r.code for r in dataset.records})[:30]
    records = [r for r in dataset.records if r.code in codes]
    return evaluate(rulebook.for_year(2026), records, years=[2026])


@pytest.fixture(scope="module")
def periods(evaluation: Evaluation) -> Periods:
    return Periods(evaluation, None, 2026)


@pytest.fixture(scope="module")
def two_years() -> Periods:
    """The other set, whose period covers the year before."""
    rulebook = open_rulebook(LawAsked(str(SET)))
    found = read_dataset([DATA], rulebook.questionnaire())
    now, before = (evaluate(rulebook.for_year(y), found.records, years=[y]) for y in (2032, 2031))
    return Periods(now, before, 2032)


def test_the_denominators_are_the_register_and_those_that_reported(periods: Periods, evaluation: Evaluation) -> None:
    register, reported = list(fifth(periods))[:2]
    rules = evaluation.rules
    assert groups_of(rules) == ["nhom-1", "nhom-2", "nhom-3"], "the overlay names every group"
    assert register.total == PeriodCounts(None, 36)
    assert [c.now for c in register.by_group] == [2, 2, 32]
    assert reported.total == PeriodCounts(None, 30)
    assert [c.now for c in reported.by_group] == [evaluation.groups.count(g) for g in groups_of(rules)]
    assert (len(periods.silent), len(evaluation.rules.communes.outside())) == (6, 2)


def test_biểu_05_counts_the_communes_that_meet_each_criterion_by_group(
    periods: Periods, evaluation: Evaluation
) -> None:
    rows = list(fifth(periods))[2:]
    assert [row.id for row in rows] == [c.id for c in evaluation.rules.criteria]
    for row in rows:
        at = evaluation.row_of["criterion", row.id]
        met = [evaluation.groups[r] for r in range(30) if evaluation.verdict(at, r) is Verdict.MET]
        assert row.total == PeriodCounts(None, len(met))
        assert list(row.by_group) == [PeriodCounts(None, met.count(group)) for group in groups_of(evaluation.rules)]
    assert any(row.total.now for row in rows)


def test_a_year_before_that_the_set_covers_is_counted(two_years: Periods) -> None:
    register, reported, land, _economy = fifth(two_years)
    assert (register.total, reported.total) == (PeriodCounts(None, 4), PeriodCounts(None, 4)), (
        "one gave only a growth's start"
    )
    assert land.total == PeriodCounts(None, 2)
    assert [group_title(two_years.now.rules, g) for g in groups_of(two_years.now.rules)][-1] == "Chưa rõ nhóm"


def test_biểu_06_has_the_rows_of_the_form_in_order(periods: Periods) -> None:
    rows = [(row.number, row.text) for row in sixth(periods) if row.number not in ("-", "1.1", "1.2", "1.3")]
    assert rows == [
        ("I", "Kết quả thực hiện xây dựng nông thôn mới cấp xã"),
        ("1", "Tổng số xã thực hiện trên địa bàn (xã)"),
        ("", "trong đó có báo cáo"),
        ("2", "Đạt 10 tiêu chí"),
        ("2.1", "Số xã có QĐ công nhận đạt chuẩn nông thôn mới"),
        ("2.2", "Số xã đang hoàn thiện thủ tục trình cấp có thẩm quyền công nhận"),
        ("2.3", "Số xã có QĐ công nhận đạt nông thôn mới hiện đại"),
        ("3", "Đạt từ 5 - 9 tiêu chí"),
        ("4", "Đạt dưới 5 tiêu chí"),
        ("II", "Kết quả thực hiện không còn xã, thôn đặc biệt khó khăn"),
        ("III", "Kết quả tỉnh hoàn thành nhiệm vụ xây dựng nông thôn mới (nếu có)"),
    ]


def test_bands_and_groups_of_biểu_06_add_up_to_those_that_reported(periods: Periods, evaluation: Evaluation) -> None:
    rows = sixth(periods)
    bands = [row.counts.now for row in rows if row.number in ("2", "3", "4")]
    found = [evaluation.band(r) for r in range(30)]
    ordered = sorted(evaluation.rules.bands, key=lambda band: -band.at_least)
    assert bands == [sum(one == band for one in found) for band in ordered]
    assert sum(n for n in bands if n is not None) == 30
    for number in ("2", "3", "4"):
        at = next(i for i, row in enumerate(rows) if row.number == number)
        assert sum(row.counts.now or 0 for row in rows[at + 1 : at + 4]) == rows[at].counts.now


def test_meeting_every_criterion_stands_apart_from_recognition(periods: Periods) -> None:
    rows = {row.number: row for row in sixth(periods)}
    assert rows["2"].note == "Đạt đủ mọi tiêu chí phải áp dụng: 1/30 xã có báo cáo"
    assert rows["2.1"].counts.now is None, "no commune says anything of it"
    assert rows["2.1"].note == "Theo xã báo cáo; 30/30 xã không báo cáo nội dung này"


def test_communes_without_a_report_are_named(periods: Periods, evaluation: Evaluation) -> None:
    row = next(row for row in sixth(periods) if row.text == "trong đó có báo cáo")
    silent = [c.name for c in evaluation.rules.communes.within()][30:]
    assert row.note == "Chưa có báo cáo (6): " + ", ".join(silent)


def test_communes_that_handed_in_nothing_usable_are_named_apart_and_all_sum_up(evaluation: Evaluation) -> None:
    records = [r if at > 1 else replace(r, values={}) for at, r in enumerate(evaluation.records)]
    row = next(
        row
        for row in sixth(Periods(evaluate(evaluation.rules, records, years=[2026]), None, 2026))
        if row.text == "trong đó có báo cáo"
    )
    assert row.counts.now == 28
    assert row.note.startswith("Đã nộp nhưng chưa dùng được (2): Bình Lư, Sin Suối Hồ; Chưa có báo cáo (6): ")


def test_what_no_data_say_is_left_to_fill_and_never_zero(periods: Periods) -> None:
    left = [
        row for row in sixth(periods) if row.note == "Cơ quan lập biểu điền: số liệu không có" or row.number == "III"
    ]
    assert [row.number for row in left] == ["2.2", "2.3", "-", "-", "III"]
    assert {row.counts for row in left} == {PeriodCounts(None, None)}


def test_the_unit_counted_is_the_sets_own(periods: Periods, two_years: Periods) -> None:
    assert (unit_words(periods.now.rules), unit_words(two_years.now.rules)) == ("xã", "đặc khu")


def test_the_workbook_holds_the_same_counts_in_cells_of_numbers(periods: Periods, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    write_province_forms(path, periods, ABOUT)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Biểu 05", "Biểu 06"]
    rows = list(book["Biểu 05"].iter_rows(values_only=True))
    assert rows[1][0] == "SỐ LIỆU MINH HỌA: bịa"
    assert [text for text in rows[2] if text] == [
        "TT",
        "Nội dung",
        "ĐVT",
        "Mọi xã",
        "Xã nhóm 1",
        "Xã nhóm 2",
        "Xã nhóm 3",
    ]
    assert rows[3][3:6] == ("KQ đến 31/12/2025", "TH năm 2026", "KH 6T cuối năm 2026")
    counted = list(fifth(periods))
    assert [cells[0] for cells in rows[4 + len(counted) :]] == form_05_notes(periods)
    for cells, row in zip(rows[4:], counted, strict=False):
        shown = [n for counts in (row.total, *row.by_group) for n in (*counts, None)]
        assert list(cells[1:]) == [row.text, "xã", *shown]
    below = sixth(periods)
    drawn = list(book["Biểu 06"].iter_rows(min_row=4, values_only=True))
    assert [cells[0] for cells in drawn[len(below) :]] == form_06_notes(periods)
    for cells, row in zip(drawn, below, strict=False):
        assert tuple(cell or None for cell in cells[:2]) == (row.number or None, row.text)
        assert tuple(None if cell == "" else cell for cell in cells[2:]) == (*row.counts, None, row.note or None)


def test_the_workbook_is_the_same_bytes_twice(periods: Periods, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_province_forms(tmp_path / name, periods, ABOUT)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_criterion_that_nobody_could_be_judged_to_meet_is_blank_with_a_footnote(dataset: Dataset) -> None:
    rulebook = open_rulebook(LawAsked("lai-chau-2026-2030"))
    bare = Periods(evaluate(rulebook.for_year(2026), dataset.records, years=[2026]), None, 2026)
    waiting = set(ceiling_of(bare.now).groups[0].waiting)
    rows = {row.id: row for row in fifth(bare) if row.id}
    assert {id_ for id_, row in rows.items() if row.total.now is None} == waiting
    blank, *_partly = form_05_notes(bare)
    assert blank.startswith("Để trống, không phải 0")
    assert all(f"tiêu chí {id_} (" in blank for id_ in waiting)


def test_a_band_that_the_law_lets_nobody_reach_is_blank_and_the_headline_says_why(dataset: Dataset) -> None:
    rulebook = open_rulebook(LawAsked("lai-chau-2026-2030"))
    bare = Periods(evaluate(rulebook.for_year(2026), dataset.records, years=[2026]), None, 2026)
    highest = ceiling_of(bare.now).highest[1]
    assert highest < 5
    rows = {row.number: row for row in sixth(bare)}
    assert [rows[number].counts.now for number in ("2", "3", "4")] == [None, None, 36]
    assert f"mức cao nhất có thể hiện nay là {highest}/10" in form_06_notes(bare)[0]
    assert rows["2"].note.endswith(f"mức cao nhất có thể hiện nay là {highest}/10 tiêu chí")


def test_a_commune_with_nothing_usable_is_in_no_count(dataset: Dataset) -> None:
    rulebook = open_rulebook(LawAsked("lai-chau-2026-2030", [SAMPLES / "minh-hoa.overlay.yaml"]))
    rules = rulebook.for_year(2026)
    first, *others = [record for record in dataset.records if record.year == 2026]
    whole = Periods(evaluate(rules, dataset.records, years=[2026]), None, 2026)
    lacking = Periods(evaluate(rules, [replace(first, values={}), *others], years=[2026]), None, 2026)
    of_all, of_fewer = ([row.counts.now for row in sixth(p) if row.number in ("2", "3", "4")] for p in (whole, lacking))
    assert (sum(n or 0 for n in of_all), sum(n or 0 for n in of_fewer)) == (36, 35)
    assert next(form.total.now for form in fifth(lacking) if form.text == "trong đó có báo cáo") == 35
