"""Figures that are all alike."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.records import Reported, State
from tests.evaluation.cross_checks.given import COMMUNES, YEAR, check, counted, found, percent, plain, report, values

QUANTITIES = ("a", "b", "c", "x", "g")


def present(reported: dict[str, Reported], ids: tuple[str, ...] = QUANTITIES) -> dict[str, Reported]:
    return {id_: reported[id_] for id_ in ids if id_ in reported and reported[id_].state is State.PRESENT}


@given(values())
def test_shares_are_alike_when_their_exact_percentages_are(reported: dict[str, Reported]) -> None:
    findings = found(check(all_identical={"to": "each_other", "at_least": 2}), report(reported))
    there = present(reported, ("a", "b", "c"))
    alike = len({Fraction(value.value, value.base) for value in there.values()}) == 1
    assert [list(f.measures) for f in findings] == ([list(there)] if len(there) >= 2 and alike else [])


def test_however_a_share_was_given_it_is_the_percentage_that_counts() -> None:
    alike = report({"a": counted(1, 2), "b": percent("50"), "c": counted(40, 80)})
    assert found(check(all_identical={"to": "each_other", "at_least": 3}), alike)
    assert not found(check(all_identical={"to": "each_other", "at_least": 4}), alike)


some_before = st.one_of(st.just({}), values())


@given(values(), values(), st.booleans())
def test_figures_are_those_of_the_year_before_when_every_one_in_both_years_is(
    now: dict[str, Reported], before: dict[str, Reported], copied: bool
) -> None:
    before = {**before, **present(now)} if copied else before
    findings = found(
        check(all_identical={"to": "year_before", "at_least": 2}), report(before, year=YEAR - 1), report(now)
    )
    one, other = present(now), present(before)
    both = [id_ for id_ in QUANTITIES if id_ in one and id_ in other]
    alike = all(same_number(one[id_], other[id_]) for id_ in both)
    assert [list(f.measures) for f in findings] == ([both] if len(both) >= 2 and alike else [])


def same_number(one: Reported, other: Reported) -> bool:
    if one.base:
        return one.counted == other.counted and Fraction(one.value, one.base) == Fraction(other.value, other.base)
    return one.value == other.value


@given(st.lists(values(), min_size=2, max_size=4), st.data())
def test_another_commune_is_found_when_it_reports_the_very_same_figures(
    reported: list[dict[str, Reported]], data: st.DataObject
) -> None:
    copies = [data.draw(st.sampled_from(reported)) for _ in range(3)]
    records = [report(v, at) for at, v in enumerate(copies)]
    findings = found(check(all_identical={"to": "another_commune", "at_least": 2}), *records)
    expected = []
    for at, own in enumerate(copies):
        others = [COMMUNES[i] for i, v in enumerate(copies) if i != at and present(v) == present(own)]
        if len(present(own)) >= 2 and others:
            expected.append((COMMUNES[at].code, ", ".join(f"{o.name} ({o.code})" for o in others)))
    assert [(f.code, f.facts["other"]) for f in findings] == expected


@pytest.mark.parametrize("year", [YEAR, YEAR - 1])
def test_the_same_figures_in_another_year_are_not_those_of_another_commune(year: int) -> None:
    figures = {"a": counted(1, 2), "x": plain("3")}
    findings = found(
        check(all_identical={"to": "another_commune", "at_least": 2}), report(figures), report(figures, 1, year=year)
    )
    assert bool(findings) == (year == YEAR)
