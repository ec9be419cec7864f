"""Generated decisions: the law of a day comes from those in force alone, whatever the order they are given in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise, permutations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.notices import left_out_because
from ntm_rules.rulebook.over_time import turning_days
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.yaml_reader import RulebookError
from tests.rulebook.test_two_dates import TINY

DAYS = [dt.date(2026, month, day) for month in (7, 8, 9) for day in (1, 15)]
ACTS: list[dict[str, Any]] = [
    {"repeal": {"1.1.b": {}}},
    {"repeal": {"2.1": {}}},
    {"replace": {"1.1.b": {"measure": "clinics", "more_than": 1}}},
    {"replace": {"1.2": {"all": [{"id": "1.2.a", "attested": "plan_approved"}]}}},
    {"change": {"1.1.b": {"more_than": 80}}},
    {"change": {"1.1.b": {"lead": "so-b"}}},
    {"change": {"1.1": {"applies_if": "landfill_exists"}}},
    {"set": {"1.1.b": 90}},
    {"set": {"1.1.b": {"pending": {"decision": "awaited"}}}},
    {"set": {"1.2": {"nhom-1": 4, "nhom-2": 3}}},
    {"add": [{"into": "1.1", "part": {"id": "1.1.x", "attested": "landfill_exists"}}]},
]


@st.composite
def decisions(draw: st.DrawFn) -> list[Overlay]:
    made = []
    for n in range(draw(st.integers(1, 4))):
        promulgated, from_ = draw(st.sampled_from(DAYS)), draw(st.sampled_from(DAYS))
        days: dict[str, dt.date] = {"from": from_}
        if draw(st.booleans()):
            days["to"] = max(from_, draw(st.sampled_from(DAYS)))
        head = {"id": f"d{n}", "applies_to": "tiny", "title": {"vi": "x", "en": "y"}, "illustrative": True}
        act = draw(st.sampled_from(ACTS))
        made.append(Overlay.model_validate({**head, "promulgated": promulgated, "effective": days, **act}))
    return made


def outcome(overlays: Sequence[Overlay], day: dt.date, known_on: dt.date | None = None) -> object:
    try:
        rules: CriteriaSet = resolve(TINY, as_of=day, overlays=overlays, known_on=known_on)
    except RulebookError as refused:
        return sorted({problem.code for problem in refused.problems})
    return rules.criteria, rules.conditions, dict(rules.repealed), rules.overlays


@settings(max_examples=40)
@given(decisions(), st.sampled_from(DAYS), st.none() | st.sampled_from(DAYS))
def test_only_decisions_in_force_and_known_count_in_any_order(
    overlays: list[Overlay], day: dt.date, known_on: dt.date | None
) -> None:
    expected = outcome(overlays, day, known_on)
    for order in list(permutations(overlays))[:6]:
        assert outcome(order, day, known_on) == expected
    effective = [one for one in overlays if left_out_because(one, day, known_on) is None]
    if not isinstance(expected, list):
        assert outcome(effective, day) == expected


@settings(max_examples=15)
@given(decisions())
def test_the_law_stays_from_one_turning_day_to_the_next(overlays: list[Overlay]) -> None:
    days = turning_days(TINY, overlays)
    for first, following in pairwise(days):
        assert outcome(overlays, first) == outcome(overlays, following - dt.timedelta(days=1))
