"""The communes' workbooks hold these honest mistakes and no other."""

from __future__ import annotations

from ntm_rules.dataset.records import State
from tests.samples.inputs import FOLDER, read

MISTAKES = {
    ("03430", "solid_houses_share"): ("03430-khun-ha.xlsx", "E79", "number-two-readings", "1.234", State.INVALID),
    ("03508", "households_clean_water_share"): (
        *("03508-hong-thu.xlsx", "D81", "percent-disagrees", "23,28", State.CONFLICTING),
    ),
    ("03508", "online_procedures_share"): ("03508-hong-thu.xlsx", "D126", "above-100", "120%", State.INVALID),
    ("03613", "village_roads_hardened_share"): (
        *("03613-nam-so.xlsx", "E15", "numerator-over-denominator", "96,5", State.INVALID),
    ),
    ("03613", "education_standard_ruling"): (
        *("03613-nam-so.xlsx", "D69", "answer-nearly-met", "Cơ bản đạt", State.INVALID),
    ),
}
"""(commune, measure) -> file, cell, problem, what stands there, and what becomes of the value."""


def test_the_problems_listed_are_the_planted_ones() -> None:
    found = {(p.commune_code, p.measure): (p.file, p.cell, p.code, p.value) for p in read(FOLDER).problems}
    assert len(read(FOLDER).problems) == len(MISTAKES)
    assert found == {place: mistake[:4] for place, mistake in MISTAKES.items()}
    assert {p.sheet for p in read(FOLDER).problems} == {"Số liệu"}


def test_a_mistake_loses_its_own_figure_and_no_other() -> None:
    unusable = {
        (r.code, measure): reported.state
        for r in read(FOLDER).records
        for measure, reported in r.values.items()
        if reported.state in (State.INVALID, State.CONFLICTING)
    }
    assert unusable == {place: mistake[4] for place, mistake in MISTAKES.items()}
