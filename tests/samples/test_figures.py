"""The invented figures are complete, hang together, and say everywhere that they are invented."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ntm_rules.dataset.records import CommuneYear, State
from tests.samples.inputs import CLEAN, FOLDER, QUESTIONNAIRE, SAMPLES, SET, figures, read, record

HOUSEHOLD_SHARES = (
    "households_safe_electricity_share",
    "multidimensional_poverty_rate",
    "solid_houses_share",
    "households_clean_water_share",
    "households_five_no_three_clean_three_safe_share",
    "households_surveyed_share",
)

every_record = pytest.mark.parametrize("commune_year", read(CLEAN[0]).records, ids=lambda r: f"{r.code}-{r.year}")


CODES = [commune.code for commune in SET.communes.within()]


@pytest.mark.parametrize("name", CLEAN)
def test_every_commune_reports_both_years(name: str) -> None:
    assert len(CODES) == 36
    assert [(r.code, r.year) for r in read(name).records] == [(code, year) for code in CODES for year in (2025, 2026)]


def test_every_commune_hands_in_a_form_that_carries_the_year_before() -> None:
    forms = {record.code: record for record in read(FOLDER).records if record.year == 2026}
    assert list(forms) == CODES
    assert all(record.carried for record in forms.values())


@pytest.mark.parametrize("name", [FOLDER, *CLEAN])
def test_every_measure_of_the_set_is_reported_by_someone(name: str) -> None:
    assert {measure for _, _, measure in figures(name)} == set(QUESTIONNAIRE.measures)


@pytest.mark.parametrize("name", [FOLDER, *CLEAN])
def test_every_input_is_known_to_be_illustrative(name: str) -> None:
    assert read(name).illustrative


def test_every_row_of_the_long_table_says_that_it_is_invented() -> None:
    with (SAMPLES / CLEAN[0]).open(encoding="utf-8", newline="") as file:
        assert {row["note"].lower() for row in csv.DictReader(file)} == {"số liệu minh họa"}


def test_no_document_named_could_be_a_real_one() -> None:
    documents = {reported.document for reported in figures(CLEAN[0]).values() if reported.document}
    assert documents
    assert all("ố 000/" in document and document.endswith("(minh họa)") for document in documents)


@every_record
def test_households_are_the_same_number_in_every_share_of_households(commune_year: CommuneYear) -> None:
    counted = [commune_year.get(measure) for measure in HOUSEHOLD_SHARES]
    assert len({reported.base for reported in counted if reported.counted}) == 1


@every_record
def test_the_satisfied_are_counted_among_the_households_asked(commune_year: CommuneYear) -> None:
    asked, satisfied = (commune_year.get(f"{m}_share") for m in ("households_surveyed", "residents_satisfied"))
    assert satisfied.base == asked.value


@every_record
def test_waste_treated_and_landfilled_is_not_more_than_there_is(commune_year: CommuneYear) -> None:
    treated, landfilled = (commune_year.get(f"household_waste_{done}_share") for done in ("treated", "landfilled"))
    assert treated.value + landfilled.value <= treated.base
    assert treated.base <= landfilled.base


@every_record
def test_income_and_poverty_are_those_of_a_mountain_province(commune_year: CommuneYear) -> None:
    income, poverty = commune_year.get("income_per_capita"), commune_year.get("multidimensional_poverty_rate")
    assert income.state is State.MISSING or 18 * 10**7 <= income.value <= 48 * 10**7
    assert 0.03 <= poverty.value / poverty.base <= 0.55


def test_a_statement_about_what_does_not_exist_is_left_empty() -> None:
    for exists, about in (
        ("rural_tourism_models_exist", "rural_tourism_operates_effectively"),
        ("children_in_special_circumstances_exist", "children_in_special_circumstances_supported"),
        ("solid_waste_system_exists", "solid_waste_system_compliant"),
    ):
        without = [
            r for r in read(CLEAN[0]).records if r.get(exists).state is State.PRESENT and not r.get(exists).value
        ]
        assert without
        assert {r.get(about).state for r in without} == {State.MISSING}


def test_the_baseline_year_holds_quantities_alone() -> None:
    kinds = {QUESTIONNAIRE.measures[m].kind for _, year, m in figures(CLEAN[0]) if year == 2025}
    assert kinds == {"share", "growth", "amount"}


def test_a_third_of_the_communes_owe_a_figure() -> None:
    share_or_growth = {m for m, spec in QUESTIONNAIRE.measures.items() if spec.kind in ("share", "growth")}
    owing = {r.code for r in read(CLEAN[0]).records if share_or_growth - r.values.keys()}
    assert 8 <= len(owing) <= 14


def test_a_commune_without_establishments_has_nothing_to_count() -> None:
    assert record("03463").get("compliant_establishments_share").state is State.NOTHING_TO_COUNT


def test_the_files_stay_small_enough_to_be_committed() -> None:
    files = [path for path in SAMPLES.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(Path(path).stat().st_size for path in files) < 4_000_000
