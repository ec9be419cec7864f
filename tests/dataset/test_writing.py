"""The form written is the form read, byte for byte the same each time."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import State
from ntm_rules.dataset.writing import Cell, write_commune_workbook

SHEETS = {
    2027: {"water_share": Cell(None, 29, 100, "12/BC-UBND", "ghi chú")},
    2026: {"plan_published": Cell(True), "club_count": Cell("=1+1"), "balance": Cell(Decimal("0.1234567890123456789"))},
}


def write(folder: Path, questionnaire: Questionnaire, *, illustrative: bool = False) -> Path:
    path = folder / "03394.xlsx"
    write_commune_workbook(path, questionnaire.communes["03394"], SHEETS, questionnaire, illustrative=illustrative)
    return path


def test_the_same_figures_make_the_same_bytes(folder: Path, questionnaire: Questionnaire) -> None:
    first = write(folder, questionnaire).read_bytes()
    time.sleep(2.1)  # a zip's clock ticks every two seconds
    assert write(folder, questionnaire).read_bytes() == first


def test_what_is_written_is_read(folder: Path, questionnaire: Questionnaire) -> None:
    dataset = read_dataset([write(folder, questionnaire, illustrative=True)], questionnaire)
    assert dataset.illustrative
    assert dataset.years() == (2026, 2027)
    record = dataset.record("03394", 2027)
    assert record is not None
    assert record.get("water_share") == (State.PRESENT, 29, 100, True, "12/BC-UBND", "29/100", "ghi chú")
    record = dataset.record("03394", 2026)
    assert record is not None
    assert record.get("plan_published").written == "Có"
    assert record.get("balance").value == 1_234_565  # six decimals and the sticky one
    assert [(p.code, p.value) for p in dataset.problems] == [("not-a-number", "=1+1")]


def test_it_is_a_form_a_person_can_fill(folder: Path, questionnaire: Questionnaire) -> None:
    workbook = openpyxl.load_workbook(write(folder, questionnaire))
    assert workbook.sheetnames == ["Số liệu 2026", "Số liệu 2027"]
    sheet = workbook["Số liệu 2027"]
    assert [sheet["A3"].value, sheet["B3"].value, sheet["B4"].value] == ["Mã xã", "03394", "Sin Suối Hồ"]
    assert sheet.freeze_panes == "C8"
    assert [cell.value for cell in sheet[8]][:3] == ["water_share", "Tỷ lệ hộ dùng nước sạch", "%"]
    assert {cell.number_format for row in sheet.iter_rows(min_row=8) for cell in row} == {"General"}
    assert sheet["A7"].font.bold


def test_a_measure_not_asked_for_is_an_error(folder: Path, questionnaire: Questionnaire) -> None:
    with pytest.raises(KeyError, match="unknown_measure"):
        write_commune_workbook(
            folder / "a.xlsx", questionnaire.communes["03394"], {2026: {"unknown_measure": Cell(1)}}, questionnaire
        )
