"""The law opened: on the day asked for, and on the last day of any other year."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from tests.conftest import ILLUSTRATIVE

DAY = dt.date(2027, 6, 30)


def test_without_a_day_a_year_has_the_law_of_its_last_day() -> None:
    rulebook = open_rulebook(LawAsked())
    assert rulebook.for_year(2028).as_of == dt.date(2028, 12, 31)
    assert rulebook.shown().as_of == dt.date(2026, 12, 31), "the law as the set opens"


def test_the_day_asked_for_is_that_of_every_year_but_those_judged_by_their_own_law() -> None:
    rulebook = open_rulebook(LawAsked(as_of=DAY))
    assert {rulebook.for_year(year).as_of for year in (2026, 2027)} == {DAY}
    assert rulebook.shown().as_of == DAY
    assert rulebook.year_end(2026).as_of == dt.date(2026, 12, 31)


def test_a_day_outside_the_period_is_refused() -> None:
    with pytest.raises(NtmError) as error:
        open_rulebook(LawAsked(as_of=dt.date(2031, 1, 1))).for_year(2030)
    assert error.value.messages[0].render("en").startswith("The criteria set covers 2026 to 2030; nothing of it")


@pytest.mark.parametrize(
    ("law", "day"),
    [(LawAsked(as_of=DAY), DAY), (LawAsked(as_of=DAY, known_on=dt.date(2027, 1, 1)), dt.date(2027, 1, 1))],
)
def test_days_overdue_are_counted_to_what_is_known_else_to_the_day_of_the_law(law: LawAsked, day: dt.date) -> None:
    assert open_rulebook(law).counted_to == day


def test_an_overlay_given_twice_is_refused() -> None:
    with pytest.raises(NtmError) as error:
        open_rulebook(LawAsked(overlays=[ILLUSTRATIVE, ILLUSTRATIVE]))
    assert "is given twice" in error.value.messages[0].render("en")
