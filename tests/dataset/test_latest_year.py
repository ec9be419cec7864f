"""Which year is judged where nobody names one: the latest if it is the fullest; else it is asked for."""

from __future__ import annotations

import pytest

from ntm_rules.dataset.latest_year import latest_year, years_carried, years_judged
from ntm_rules.errors import NtmError
from ntm_rules.rulebook.models import Years
from tests.dataset.conftest import Read

PERIOD = Years.model_validate({"from": 2026, "to": 2030})
CODES = ("03394", "03405", "03463")


def rows(year: int, communes: int, figures: int = 2) -> list[str]:
    measures = ("club_count", "balance", "income_growth", "water_share")[:figures]
    return [f"{code};;{year};{measure};7;;;;" for code in CODES[:communes] for measure in measures]


@pytest.mark.parametrize(
    ("given", "year"),
    [
        ([], None),
        (rows(2026, 2), 2026),
        ([*rows(2026, 2), *rows(2027, 2)], 2027),
        ([*rows(2026, 1), *rows(2027, 3)], 2027),
        ([*rows(2026, 3, 3), *rows(2027, 3, 2)], 2027),
        ([*rows(2024, 3, 4), *rows(2026, 1)], 2026),  # years outside the period of the set are not judged
    ],
)
def test_the_latest_year_is_judged_if_it_is_the_fullest(read: Read, given: list[str], year: int | None) -> None:
    assert latest_year(read.long(*given), PERIOD) == year


@pytest.mark.parametrize(
    "given",
    [
        [*rows(2026, 2), *rows(2027, 1)],
        [*rows(2026, 3), *rows(2027, 1, 4), *rows(2028, 2)],
        [
            *rows(2026, 1, 4),
            *rows(2027, 1, 1),
        ],  # one mistyped row of a commune moves it no more than one does a province
    ],
)
def test_a_latest_year_that_is_not_the_fullest_is_asked_about(read: Read, given: list[str]) -> None:
    with pytest.raises(NtmError, match="--year"):
        latest_year(read.long(*given), PERIOD)


def test_the_question_says_years_communes_and_where_the_latest_stands(read: Read) -> None:
    with pytest.raises(NtmError) as refused:
        latest_year(read.long(*rows(2026, 3), "03405;;2027;club_count;7;;;;"), PERIOD)
    lines = [message.render("en") for message in refused.value.messages]
    assert lines[:2] == [
        "The data hold several years: 2026 (communes: 3, figures: 6), 2027 (communes: 1, figures: 1)."
        " The latest is not the fullest.",
        "For 2027 report: 03405 Tả Lèng (2027: a.csv, line 8).",
    ]


def test_what_growth_starts_from_makes_no_year(read: Read) -> None:
    bases = [f"{code};;2026;income_growth;40;;;;" for code in CODES]
    dataset = read.long(*bases, *rows(2027, 3), "03394;;2027;income_growth;44;;;;")
    assert latest_year(dataset, PERIOD) == 2027
    assert not years_judged(dataset, PERIOD, [2027])


def test_several_years_are_said_and_who_is_left_out(read: Read) -> None:
    dataset = read.long(*rows(2027, 2), "03463;;2026;club_count;7;;;;")
    assert [line.render("en") for line in years_judged(dataset, PERIOD, [2027])] == [
        "Years in the data: 2026 (communes: 1), 2027 (communes: 2). Judged: 2027.",
        "Left out, as they report only for another year: 03463 Tà Tổng (2026: a.csv, line 6).",
    ]
    assert not years_judged(read.long(*rows(2027, 2)), PERIOD, [2027])


def test_years_that_are_not_carried_into_forms_are_said(read: Read) -> None:
    dataset = read.long(*rows(2026, 2), "03463;;2027;club_count;7;;;;")
    assert [line.render("en") for line in years_carried(dataset, PERIOD, 2026)] == [
        "Years in the data: 2026 (communes: 2), 2027 (communes: 1). Carried over: 2026.",
        "Left out, as they report only for another year: 03463 Tà Tổng (2027: a.csv, line 6).",
    ]
    assert not years_carried(read.long(*rows(2026, 2)), PERIOD, 2026)
