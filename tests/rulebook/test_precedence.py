"""Which of several decisions holds: the later promulgated, then the later in force, and never the order of arguments."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import CriteriaSet, KnownTarget
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.yaml_reader import RulebookError
from tests.examples import examples
from tests.rulebook.test_two_dates import CODES, END_OF_2026, TINY, made

AUGUST, SEPTEMBER, OCTOBER = (dt.date(2026, month, 1) for month in (8, 9, 10))
COMMUNE = CODES[0]
AS_REGISTERED = TINY.communes[COMMUNE].group


def fixing(id_: str, value: int, promulgated: dt.date = AUGUST, in_force: dt.date = AUGUST) -> Overlay:
    return made(id_, promulgated, effective={"from": in_force}, set={"DK.1": Decimal(value)})


def grouping(id_: str, group: str, promulgated: dt.date = AUGUST, in_force: dt.date = AUGUST) -> Overlay:
    return made(id_, promulgated, effective={"from": in_force}, groups={COMMUNE: {"group": group, "source": id_}})


def law(*overlays: Overlay, as_of: dt.date = END_OF_2026) -> CriteriaSet:
    return resolve(TINY, as_of=as_of, overlays=list(overlays))


def value(rules: CriteriaSet) -> Decimal | None:
    target = rules.requirement_by_id["DK.1"].target
    return target.everywhere if isinstance(target, KnownTarget) else None


def in_every_order(*overlays: Overlay) -> set[Any]:
    """What holds, or what is told, whatever the order of arguments."""
    found = set()
    for order in permutations(overlays):
        try:
            rules = law(*order)
            found.add((value(rules), rules.communes[COMMUNE].group))
        except RulebookError as refused:
            found.add(tuple(str(problem.message) for problem in refused.problems))
    return found


def test_the_one_promulgated_later_holds_even_where_the_other_is_in_force_later() -> None:
    assert in_every_order(fixing("a", 1, AUGUST, OCTOBER), fixing("b", 2, SEPTEMBER, SEPTEMBER)) == {(2, AS_REGISTERED)}


def test_of_one_document_with_two_days_the_one_in_force_later_holds_and_the_first_until_then() -> None:
    first, then = fixing("a", 1, AUGUST, AUGUST), fixing("b", 2, AUGUST, OCTOBER)
    assert in_every_order(first, then) == {(2, AS_REGISTERED)}
    assert value(law(then, first, as_of=SEPTEMBER)) == 1
    groups = grouping("g", "nhom-1"), grouping("h", "nhom-2", AUGUST, OCTOBER)
    assert in_every_order(*groups) == {(None, "nhom-2")}


@pytest.mark.parametrize("values", [(1, 1, 2), (1, 2, 1), (2, 1, 1), (1, 2, 3)])
def test_of_three_of_one_day_any_two_that_differ_are_refused_and_every_value_is_named(values: tuple[int, ...]) -> None:
    overlays = [fixing(id_, value) for id_, value in zip("abc", values, strict=True)]
    (told,) = in_every_order(*overlays)
    named = "".join(told)
    assert {value for id_, value in zip("abc", values, strict=True) if f"“{id_}" in named} == set(values)


def test_between_two_that_differ_one_of_another_target_hides_nothing() -> None:
    between = made("b", AUGUST, effective={"from": AUGUST}, set={"1.1.b": Decimal(5)})
    (told,) = in_every_order(fixing("a", 1), between, fixing("c", 2))
    assert "“a" in told[0]
    assert "“c" in told[0]


def test_a_decision_of_a_later_day_settles_it_and_nobody_is_said_to_have_loosened_the_other() -> None:
    one, other = made("a", AUGUST, set={"1.1.b": Decimal(90)}), made("b", AUGUST, set={"1.1.b": Decimal(85)})
    settled = law(one, other, made("c", SEPTEMBER, set={"1.1.b": Decimal(95)}))
    assert not [words for notice in settled.notices if "1.1.b" in (words := notice.render("en"))]
    for group, later in ((SEPTEMBER, SEPTEMBER), (AUGUST, OCTOBER)):
        third = grouping("k", "nhom-1", group, later)
        assert in_every_order(grouping("g", "nhom-1"), grouping("h", "nhom-2"), third) == {(None, "nhom-1")}


def test_what_is_only_supposed_settles_nothing() -> None:
    title, day = Message("Supposed for a test; no one's law"), AUGUST
    supposed = Overlay.supposing("s", "tiny", title, {"DK.1": Decimal(3)}, promulgation=day, from_=day)
    (told,) = in_every_order(fixing("a", 1), fixing("c", 2), supposed)
    assert "“a" in told[0]
    assert "“c" in told[0]


def test_groups_that_differ_are_refused_and_both_named() -> None:
    (told,) = in_every_order(grouping("g", "nhom-1"), grouping("h", "nhom-2"))
    assert "“g" in told[0]
    assert "“h" in told[0]


def test_two_of_one_day_that_say_the_same_are_no_contradiction() -> None:
    assert in_every_order(fixing("a", 1), fixing("b", 1), grouping("g", "nhom-1"), grouping("h", "nhom-1")) == {
        (1, "nhom-1")
    }


days = st.sampled_from([AUGUST, SEPTEMBER, OCTOBER])


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(st.tuples(st.integers(1, 2), days, days), max_size=4))
def test_of_generated_decisions_the_greatest_day_holds_or_two_contradict(written: list[Any]) -> None:
    overlays = [fixing(f"o{n}", *one) for n, one in enumerate(written)]
    by_days: dict[tuple[dt.date, dt.date], set[int]] = {}
    for number, promulgated, in_force in written:
        by_days.setdefault((promulgated, in_force), set()).add(number)
    found = in_every_order(*overlays)
    assert len(found) == 1
    of_last_day = by_days[max(by_days)] if by_days else {None}
    if len(of_last_day) > 1:
        assert isinstance(next(iter(next(iter(found)))), str), "refused"
    else:
        (expected,) = of_last_day
        assert found == {(expected, AS_REGISTERED)}
