"""A plan as frames: the numbers of the command, from files and from tables in memory."""

from __future__ import annotations

import pandas as pd
import pytest

import ntm_rules
import ntm_rules.plan
from ntm_rules.errors import NtmError
from tests.conftest import ROOT

SAMPLES = ROOT / "samples" / "ke-hoach"
RULES = ntm_rules.load_set()


def test_goals_come_with_numbers_and_words() -> None:
    frame = ntm_rules.plan.status(
        RULES, province=str(SAMPLES / "tinh-2025-2028.csv"), as_of="2028-12-31", language="en"
    )
    roads = frame.loc["roads-2030"]
    assert (roads["status"], roads["status_words"], roads["target"], roads["base"]) == (
        "ON_COURSE",
        "On course",
        95,
        80,
    )
    assert roads["ratio"] == pytest.approx((1690 / 1850 * 100 - 80) / 15 / (3 / 5))
    assert frame.loc["income-2035", "status"] == "NO_TARGET"
    assert pd.isna(frame.loc["income-2035", "target"])


def test_the_provinces_figures_may_be_a_table_in_memory() -> None:
    table = pd.DataFrame({"commune": ["Lai Châu"], "year": [2027], "measure": ["ocop_products"], "value": [201]})
    frame = ntm_rules.plan.status(RULES, province=table, as_of="2027-12-31")
    assert frame.loc["ocop-2030", ["status", "latest"]].tolist() == ["MET", 201]


def test_documents_say_how_late_they_are() -> None:
    frame = ntm_rules.plan.deliverables(RULES, done=SAMPLES / "da-ban-hanh.csv", as_of="2026-08-10")
    criteria = frame.loc["bo-tieu-chi-xa-ntm"]
    assert (criteria["stage"], criteria["days_overdue"], criteria["communes_waiting"]) == ("OVERDUE", 10, 36)
    assert frame.loc["ke-hoach-giai-doan", "done"].startswith("000/KH-UBND")


def test_a_set_without_a_plan_says_so() -> None:
    rules = ntm_rules.load_set(str(ROOT / "tests" / "turns" / "criteria" / "cach-noi-2026-2030"))
    with pytest.raises(NtmError, match="cach-noi-2026-2030"):
        ntm_rules.plan.status(rules)
