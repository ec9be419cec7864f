"""NTM091: an agency that nothing names."""

from __future__ import annotations

from tests.workbench.checks.clean import AGENCIES, HEADER, Checked

CODE = "NTM091"


def test_an_agency_that_nothing_names_is_found(checked: Checked) -> None:
    line = checked.change(
        AGENCIES, "- {id: ubnd-xa", "- {id: so-d, name: {vi: Sở D, en: Department D}}\n- {id: ubnd-xa"
    )
    assert checked.found(CODE) == [(AGENCIES, line, "[3].id", "nothing uses so-d")]


def test_an_agency_that_reports_is_named(checked: Checked) -> None:
    checked.change(AGENCIES, "- {id: ubnd-xa", "- {id: so-d, name: {vi: Sở D, en: Department D}}\n- {id: ubnd-xa")
    checked.change(HEADER, "criteria:", "reporting: {by: so-d, source: {document: plan}}\ncriteria:")
    assert checked.found(CODE) == []


def test_an_agency_that_has_a_reference_figure_is_named(checked: Checked) -> None:
    checked.change(AGENCIES, "- {id: ubnd-xa", "- {id: so-d, name: {vi: Sở D, en: Department D}}\n- {id: ubnd-xa")
    checked.change(HEADER, "criteria:", "reference_figures: figures.yaml\ncriteria:")
    checked.write(
        "figures.yaml",
        "- {id: f, label: {vi: F, en: F}, unit: {vi: km, en: km}, of: province, held_by: so-d,\n"
        "   values: [{year: 2026, pending: {decision: awaited}}]}\n",
    )
    assert checked.found(CODE) == []
