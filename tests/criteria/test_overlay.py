"""The sample overlay fills every pending target, replaces no law, and says that it is invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ntm_rules.rulebook.criteria_set import AwaitedTarget, ClassedTarget, Comparator
from ntm_rules.rulebook.loader import load_overlay
from ntm_rules.rulebook.resolve import resolve
from tests.criteria.plan import SET

FILE = Path(__file__).parents[2] / "samples" / "minh-hoa.overlay.yaml"
OVERLAY = load_overlay(FILE)
BEFORE = resolve(SET, as_of=dt.date(2026, 12, 31))
AFTER = resolve(SET, as_of=dt.date(2026, 12, 31), overlays=[OVERLAY])


def test_it_says_that_it_is_not_law_wherever_one_would_look() -> None:
    assert OVERLAY.illustrative
    assert OVERLAY.document is None
    assert "minh họa - không phải quy định" in OVERLAY.title.vi
    assert "illustrative - not law" in OVERLAY.title.en
    assert FILE.read_text(encoding="utf-8").startswith("# MINH HỌA - KHÔNG PHẢI QUY ĐỊNH")
    assert AFTER.illustrative


def test_it_fills_every_pending_target_and_touches_no_other() -> None:
    pending = {r.id for r in BEFORE.requirements() if isinstance(r.target, AwaitedTarget)}
    assert set(OVERLAY.set) == pending
    assert not [r.id for r in AFTER.requirements() if isinstance(r.target, AwaitedTarget)]
    assert AFTER.notices == ()


def test_every_target_it_lays_is_marked_illustrative_and_no_other_is() -> None:
    marked = {
        r.id
        for r in AFTER.requirements()
        if not isinstance(r.target, AwaitedTarget) and r.target.provenance.illustrative
    }
    assert marked == set(OVERLAY.set)


def test_it_asks_most_of_group_1_and_least_of_group_3() -> None:
    by_group = [r for r in AFTER.requirements() if isinstance(r.target, ClassedTarget)]
    assert by_group
    for r in by_group:
        assert isinstance(r.target, ClassedTarget)
        first, second, third = (r.target.by_group[f"nhom-{n}"] for n in (1, 2, 3))
        if r.comparator is Comparator.AT_MOST:
            assert first < second < third
        else:
            assert first > second > third


def test_it_gives_the_communes_without_a_group_an_invented_one_that_says_so() -> None:
    without = {unit.code for unit in SET.communes.within() if unit.group is None}
    assert set(OVERLAY.groups) == without
    assert {assigned.source for assigned in OVERLAY.groups.values()} == {"minh họa - không phải quy định"}


def test_it_holds_from_the_start_of_the_period_and_was_known_from_1_august_2026() -> None:
    assert OVERLAY.effective.from_ == dt.date(2026, 1, 1)
    assert OVERLAY.promulgated == dt.date(2026, 8, 1)
    unknown = resolve(SET, as_of=dt.date(2026, 12, 31), overlays=[OVERLAY], known_on=dt.date(2026, 7, 31))
    assert not unknown.illustrative
