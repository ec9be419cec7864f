"""Workbooks, long and wide text, Parquet and the province's workbook say the same figures."""

from __future__ import annotations

import pytest

from ntm_rules.i18n import written_day
from tests.samples.inputs import CLEAN, FOLDER, figures, read
from tests.samples.test_planted_mistakes import MISTAKES

LONG_CSV = CLEAN[0]
YEAR = 2026
GROWTH = "income_per_capita"


@pytest.mark.parametrize("name", CLEAN)
def test_the_clean_files_have_no_problem(name: str) -> None:
    assert list(read(name).problems) == []


@pytest.mark.parametrize("name", CLEAN[1:])
def test_the_clean_files_hold_equal_values(name: str) -> None:
    assert figures(name) == figures(LONG_CSV)


def test_the_communes_forms_differ_by_the_planted_mistakes_alone() -> None:
    """A form is of one year: of the year before it holds what growth needs."""
    forms = figures(FOLDER)
    clean = {
        place: reported._replace(document="")
        for place, reported in figures(LONG_CSV).items()
        if place[1] == YEAR or place[2] == GROWTH
    }
    assert forms.keys() == clean.keys()
    assert {place for place in forms if forms[place] != clean[place]} == {(code, YEAR, m) for code, m in MISTAKES}


def test_the_forms_carry_the_figures_of_the_year_before() -> None:
    clean = {(code, m): (r.value, r.base) for (code, year, m), r in figures(LONG_CSV).items() if year == YEAR - 1}
    carried = {
        (record.code, measure): (reported.value, reported.base)
        for record in read(FOLDER).records
        for measure, reported in record.carried.items()
    }
    assert carried == clean


def test_the_documents_stand_on_the_sheet_of_evidence() -> None:
    listed = {(r.code, e.measure): e for r in read(FOLDER).records for e in r.evidence}
    beside = {(code, m): r.document for (code, year, m), r in figures(LONG_CSV).items() if year == YEAR and r.document}
    assert listed.keys() - MISTAKES.keys() == beside.keys() - MISTAKES.keys()
    for place, evidence in listed.items():
        number, _, rest = evidence.number.partition(" ")
        assert rest == "(minh họa)"
        assert evidence.date is not None
        assert place in MISTAKES or f"{number} ngày {written_day(evidence.date)}" in beside[place]
        assert place in MISTAKES or evidence.issuer in beside[place]
