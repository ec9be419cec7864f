"""`ntm_rules.plan.roadmap` and `.trends`: what the command says, as frames."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ntm_rules
import ntm_rules.plan
from ntm_rules.library.result import Result
from tests.conftest import ILLUSTRATIVE, SAMPLES
from tests.plan.several_years import write

plan: Any = ntm_rules.plan
"""Functions that the package imports when they are first used."""


@pytest.fixture(scope="module")
def result() -> Result:
    rules = ntm_rules.load_set("lai-chau-2026-2030", overlays=ILLUSTRATIVE)
    return ntm_rules.evaluate(rules, ntm_rules.read(SAMPLES / "lai-chau-2026.csv", rules), years=2026)


def test_a_road_map_is_communes_agencies_and_who_stands_outside(result: Result) -> None:
    road = plan.roadmap(result, {2030: 10, 2035: 11})
    assert road.reached
    communes = road.communes(language="en").set_index("commune")
    assert communes.loc["Khun Há", "effort"] == 16.291
    assert communes.loc["Khun Há", "done"] == 2030
    assert communes.loc["Tà Tổng"].isna()["done"]
    assert communes["kept"].between(0, 1).all()
    work = road.yearly_work().set_index("agency")
    years = [name for name in work.columns if name.startswith("year_")]
    assert work[years].sum(axis=1).round(3).equals(work["all_years"].round(3).rename(None))
    assert len(road.outside()) == 24
    assert road.to_do()["effort"].sum().round(3) == communes.loc[communes["done"].notna(), "effort"].sum().round(3)
    assert any("no law" in line for line in road.says(language="en"))


def test_an_aim_that_cannot_be_reached_is_a_value_and_no_error(result: Result) -> None:
    road = plan.roadmap(result, {2035: 20})
    assert not road.reached
    assert road.communes()["done"].isna().all()


def test_what_cannot_be_asked_is_refused(result: Result) -> None:
    with pytest.raises(ntm_rules.NtmError):
        plan.roadmap(result, {2026: 10})
    with pytest.raises(ntm_rules.NtmError):
        plan.roadmap(result, {2030: 10}, year=2027)
    with pytest.raises(AttributeError):
        getattr(plan, "road_of_nothing")  # noqa: B009 - as a reader would, whatever the checker knows


def test_trends_are_a_row_a_figure_with_numbers_for_programs(tmp_path: Path) -> None:
    rules = ntm_rules.load_set("lai-chau-2026-2030", overlays=ILLUSTRATIVE)
    data = ntm_rules.read(write(tmp_path / "nam.csv", [2027, 2028, 2029], falling="03549"), rules)
    frame = plan.trends(ntm_rules.evaluate(rules, data))
    falling = frame[(frame["commune"] == "Phong Thổ") & (frame["course"] == "away")]
    assert len(falling)
    assert (falling["pace"] != 0).all()
    met = frame[frame["meeting"].notna() & (frame["meeting"] != "")]
    assert met["meeting"].str.fullmatch(r"\d{4}-\d{2}-\d{2}").all()
    assert frame["year_2029"].notna().all()
