"""A figure that is a day: day first, never guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_rules.dataset.cells.figures import figure_for
from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.records import State
from ntm_rules.rulebook.models import Measure

BOTH = {"vi": "-", "en": "-"}
DAY = figure_for(
    Measure.model_validate({"id": "d", "kind": "date", "label": BOTH, "unit": BOTH, "evidence": BOTH}), None
)
LAST = dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    "cell",
    [
        "31/12/2025",
        "31-12-2025",
        "31.12.2025",
        " 31/12/2025 ",
        "2025-12-31",
        "ngày 31 tháng 12 năm 2025",
        LAST,
        dt.datetime(2025, 12, 31),  # noqa: DTZ001 - as a spreadsheet has it
        46022,
        46022.0,
        "46022",
    ],
)
def test_a_day_is_read_however_it_is_written(cell: Cell) -> None:
    core, faults = DAY.read(cell, "", "")
    assert core is not None
    assert (core[0], core[1], core[4], faults) == (State.PRESENT, LAST.toordinal(), "31/12/2025", ())


@pytest.mark.parametrize(
    "cell",
    [
        "12/31/2025",
        "30/02/2025",
        "2025",
        2025,
        "31/12/25",
        "cuối năm 2025",
        True,
        1.5,
        dt.datetime(2025, 12, 31, 8),  # noqa: DTZ001 - with an hour
        dt.time(8),
        dt.date(1899, 12, 31),
    ],
)
def test_what_is_no_day_or_could_be_another_is_refused(cell: Cell) -> None:
    core, faults = DAY.read(cell, "", "")
    assert core is not None
    assert (core[0], [fault.code for fault in faults]) == (State.INVALID, ["not-a-day"])


def test_29_february_is_a_day_in_leap_years_alone() -> None:
    for year, state in ((2024, State.PRESENT), (2026, State.INVALID)):
        core, _faults = DAY.read(f"29/02/{year}", "", "")
        assert core is not None
        assert core[0] is state
