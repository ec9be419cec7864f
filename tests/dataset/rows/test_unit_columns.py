"""A column of units: what stands in it counts as if it had been typed behind the number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset, State
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.runs.rulebook import Rulebook
from tests.conftest import SAMPLE

HEAD = "commune_code,commune,year,measure,unit,value,numerator,denominator\n"
Read = Callable[[str], Dataset]


@pytest.fixture
def asked(loaded: LoadedSet) -> Questionnaire:
    return Rulebook(loaded=loaded, overlays=(), overlay_files={}).questionnaire()


@pytest.fixture
def read(tmp_path: Path, asked: Questionnaire) -> Read:
    def reading(rows: str) -> Dataset:
        (tmp_path / "a.csv").write_text(HEAD + rows, encoding="utf-8")
        return read_dataset([tmp_path / "a.csv"], asked)

    return reading


def row(measure: str, unit: str, value: str = "95", rest: str = ",") -> str:
    return f"03394,Sin Suối Hồ,2026,{measure},{unit},{value},{rest}\n"


@pytest.mark.parametrize(
    ("measure", "unit"),
    [("online_procedures_share", "‰"), ("online_procedures_share", "lần"), ("construction_debt", "tỷ đồng"),
     ("income_per_capita", "nghìn đồng/tháng"), ("households_clean_water_share", "%; người")],
)  # fmt: skip
def test_another_unit_is_told_and_the_figure_is_not_used(read: Read, measure: str, unit: str) -> None:
    dataset = read(row(measure, unit))
    assert dataset.records[0].values[measure].state is State.INVALID
    (problem,) = dataset.problems
    assert problem.severity == "error"
    assert unit.rpartition("; ")[2] in problem.value


@pytest.mark.parametrize(
    ("measure", "unit"),
    [("online_procedures_share", "%"), ("online_procedures_share", "Phần trăm"), ("online_procedures_share", ""),
     ("construction_debt", "Tr.đồng"), ("income_per_capita", "triệu đồng"), ("households_clean_water_share", "%; hộ"),
     ("households_clean_water_share", "hộ"), ("online_procedures_share", "Xã Sin Suối Hồ"), ("construction_debt", "UBND xã"),
     ("construction_debt", "Sin Suối Hồ"), ("construction_debt", "-"), ("planning_criterion_met", "tiêu chí")],
)  # fmt: skip
def test_its_own_unit_a_body_or_nothing_tells_nothing(read: Read, measure: str, unit: str) -> None:
    value = "Có" if measure == "planning_criterion_met" else "95"
    dataset = read(row(measure, unit, value))
    assert (dataset.records[0].values[measure].state, dataset.problems) == (State.PRESENT, [])


def test_the_unit_of_a_form_that_somebody_changed_is_told(tmp_path: Path, asked: Questionnaire) -> None:
    book = openpyxl.load_workbook(SAMPLE / "03394-sin-suoi-ho.xlsx")
    sheet = book["Số liệu"]
    at = next(cell.row for cell in sheet["N"] if cell.value == "online_procedures_share")
    for column, value in (("C", "‰"), ("D", 95), ("E", None), ("F", None)):
        sheet[f"{column}{at}"] = value
    book.save(tmp_path / "03394.xlsx")
    dataset = read_dataset([tmp_path / "03394.xlsx"], asked)
    assert [(p.cell, p.measure) for p in dataset.problems if p.severity == "error"] == [
        (f"D{at}", "online_procedures_share")
    ]
