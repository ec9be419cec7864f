"""Codes, years, names, labels and answers that programs and keyboards write their own way: whole files, read or told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset, State
from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.runs.rulebook import Rulebook
from tests.conftest import ROOT
from tests.dataset.conftest import Read, codes, only

CASES = Path(__file__).parents[1] / "cases"
OTHER = ROOT / "tests" / "other_set" / "criteria" / "bien-xanh-2031-2035"


def read_case(path: str, loaded: LoadedSet) -> Dataset:
    questionnaire = Rulebook(loaded=loaded, overlays=(), overlay_files={}).questionnaire()
    return read_dataset([CASES / path], questionnaire)


@pytest.mark.parametrize("name", ["apostrophe-code", "excel-guarded-code", "pandas-float-counts", "pandas-floats"])
def test_codes_years_and_counts_that_programs_write_as_decimals_or_guard_are_read(loaded: LoadedSet, name: str) -> None:
    dataset = read_case(f"16-pandas-floats/{name}.csv", loaded)
    assert codes(dataset) == []
    (record,) = dataset.records
    assert (record.code, record.year) == ("03394", 2026)
    assert record.get("households_clean_water_share")[:4] == (State.PRESENT, 623, 1930, True)
    assert record.get("online_procedures_share")[:2] == (State.PRESENT, 925_000_000)


@pytest.mark.parametrize(("name", "written"), [("eth-answer", "Ðạt"), ("african-d-answer", "Ɖạt")])
def test_an_answer_in_look_alike_letters_is_read_and_its_mend_names_the_cause(
    loaded: LoadedSet, name: str, written: str
) -> None:
    dataset = read_case(f"31-look-alike-letters/{name}.csv", loaded)
    (record,) = dataset.records
    assert record.get("culture_standard_ruling")[:2] == (State.PRESENT, 1)
    problem = only(dataset)
    assert (problem.code, problem.severity) == ("answer-look-alike", "warning")
    assert str(problem.mend()) == f"Gõ lại bằng bộ gõ tiếng Việt: «{written}» → «Đạt»."


@pytest.mark.parametrize("name", ["thuy-loi", "ti-le"])
def test_labels_spelt_the_other_way_are_the_same_columns(loaded: LoadedSet, name: str) -> None:
    dataset = read_case(f"28-names-and-labels/{name}.csv", loaded)
    assert codes(dataset) == []
    (record,) = dataset.records
    assert record.get("agriculture_environment_data_digitised_share")[:2] == (State.PRESENT, 850_000_000)
    assert len(record.values) == 2


def test_labels_with_other_quotation_marks_are_the_same_measures(loaded: LoadedSet) -> None:
    dataset = read_case("28-names-and-labels/nhan-ngoac-kep.xlsx", loaded)
    assert [problem.code for problem in dataset.problems if problem.severity == "error"] == []
    (record,) = dataset.records
    assert len(record.values) == 4


def test_a_name_spelt_the_other_way_is_the_same_commune(tmp_path: Path) -> None:
    dataset = read_case("28-names-and-labels/tinh-khac.csv", with_units(tmp_path))
    assert codes(dataset) == []
    assert [(record.code, record.name) for record in dataset.records] == [("90020", "Hòa Thủy")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Lâm Viên – Đà Lạt", "90010"),
        ("ĐẶC KHU LÂM VIÊN-ĐÀ LẠT", "90010"),
        ("Hoà Thuỷ", "90020"),
        ("Ea H’Leo", "90030"),
        ("Ðảo Xa", "90040"),
    ],
)
def test_a_name_alone_is_known_however_it_is_spelt(tmp_path: Path, name: str, code: str) -> None:
    table = tmp_path / "a.csv"
    table.write_text(f"Xã;Năm;fishing_boats\n{name};2032;5\n", encoding="utf-8")
    questionnaire = Rulebook(loaded=with_units(tmp_path), overlays=(), overlay_files={}).questionnaire()
    dataset = read_dataset([table], questionnaire)
    assert codes(dataset) == []
    assert [record.code for record in dataset.records] == [code]


def with_units(folder: Path) -> LoadedSet:
    """The small set with the units of the case."""
    copy = folder / "bo"
    for path in OTHER.rglob("*"):
        if path.is_file():
            target = copy / path.relative_to(OTHER)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    units = (CASES / "28-names-and-labels" / "communes-of-the-small-set.csv").read_bytes()
    (copy / "communes.csv").write_bytes(units)
    return load_set(copy)


@pytest.mark.parametrize(
    ("typed", "day"), [(46023, "01/01/2026"), ("46023", "01/01/2026"), ("05/3/2026", "05/03/2026")]
)
def test_the_day_of_a_document_may_be_a_spreadsheet_s_number_of_it(read: Read, typed: object, day: str) -> None:
    dataset = read.form(("club_count", 3), edit=lambda workbook: list_document(workbook, typed))
    assert codes(dataset) == []
    (evidence,) = dataset.records[0].evidence
    assert evidence.date is not None
    assert f"{evidence.date:%d/%m/%Y}" == day


@pytest.mark.parametrize("typed", [2026, 460230, "1/1/26", 46023.5])
def test_a_number_that_is_no_day_is_asked_back(read: Read, typed: object) -> None:
    dataset = read.form(("club_count", 3), edit=lambda workbook: list_document(workbook, typed))
    assert codes(dataset) == ["evidence-day-unreadable"]


@pytest.mark.parametrize("typed", [20260312, 99999999])
def test_a_number_too_large_for_the_day_its_cell_is_formatted_for_is_no_day_either(read: Read, typed: int) -> None:
    def edit(workbook: Any) -> None:
        list_document(workbook, typed)
        for row in workbook["Minh chứng"].iter_rows():
            for cell in row:
                if cell.value == typed:
                    cell.number_format = "dd/mm/yyyy"

    problem = only(read.form(("club_count", 3), edit=edit))
    assert (problem.code, problem.value) == ("evidence-day-unreadable", str(typed))


def list_document(workbook: Any, typed: object) -> None:
    sheet = workbook.create_sheet("Minh chứng")
    for row in (
        ("Mã xã", "03394"),
        ("Xã", "Sin Suối Hồ"),
        ("Năm", 2026),
        (),
        ("Mã số liệu", "Số, ký hiệu văn bản", "Ngày ban hành", "Cơ quan ban hành"),
        ("club_count", "12/BC-UBND", typed, "UBND xã"),
    ):
        sheet.append(list(row))
