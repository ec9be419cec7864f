"""Figures under a name or title of a plan are read and told; a plan that is named as the ground of figures tells nothing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ntm_rules.dataset.places import Where
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import State
from ntm_rules.dataset.rows.planned import planned_words
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.runs.rulebook import Rulebook


def said(sheet: str, *titles: str) -> str:
    return planned_words(Where("a.xlsx", sheet, lines=False), [(at, [title, 1]) for at, title in enumerate(titles)])


@pytest.mark.parametrize(
    "title",
    ["Kế hoạch 2027", "KẾ HOẠCH NĂM 2026 (CHƯA THỰC HIỆN)", "Số liệu kế hoạch năm 2026", "Số liệu 6 tháng đầu năm 2026",
     "Ước thực hiện năm 2026", "Dự kiến kết quả năm 2026", "Số liệu Quý III/2026", "Biểu kế hoạch"],
)  # fmt: skip
def test_a_plan_an_expectation_and_part_of_a_year_are_told(title: str) -> None:
    assert said(title) == title
    assert said("Sheet1", "UBND XÃ A", title) == title


@pytest.mark.parametrize(
    "title",
    ["Số liệu 2026", "Kết quả thực hiện Kế hoạch số 5434/KH-UBND", "Biểu ban hành kèm theo Kế hoạch số 5434/KH-UBND ngày 01/7/2026",
     "Tình hình thực hiện kế hoạch năm 2026", "Tổng hợp", "Phụ lục III Kế hoạch số 5434/KH-UBND", "Quý vị điền vào đây", "Sở Kế hoạch và Đầu tư"],
)  # fmt: skip
def test_results_tell_nothing(title: str) -> None:
    assert said(title, title) == ""


@pytest.mark.parametrize(("name", "told"), [("Kế hoạch 2027", ["figures-perhaps-planned"]), ("Kết quả 2026", [])])
def test_a_reader_tells_it_and_takes_the_figures(tmp_path: Path, loaded: LoadedSet, name: str, told: list[str]) -> None:
    book = openpyxl.Workbook()
    book.active.title = name
    for row in (["commune_code", "commune", "year", "online_procedures_share"], ["03394", "Sin Suối Hồ", 2026, 92]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    asked = Rulebook(loaded=loaded, overlays=(), overlay_files={}).questionnaire()
    dataset = read_dataset([tmp_path / "a.xlsx"], asked)
    assert [problem.code for problem in dataset.problems] == told
    assert dataset.records[0].values["online_procedures_share"].state is State.PRESENT
