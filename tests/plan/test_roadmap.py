"""The road map of the sample: who is on it, who stands outside, what would change it, and aims that cannot be aims."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from ntm_rules.errors import NtmError
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import in_language
from ntm_rules.plan.choosing import choose
from ntm_rules.plan.road_map import Aim, Outside, RoadMap, RoadScope, check_aims, roadmap
from ntm_rules.rulebook.effort import AgencyCapacity, EffortModel

TEN = [Aim(10, 2030)]


@pytest.fixture(scope="module")
def found(illustrated: Evaluation, model: EffortModel) -> RoadMap:
    return roadmap(illustrated, model, TEN, year=2026)


def with_capacity(model: EffortModel, each: object, *agencies: dict[str, object]) -> EffortModel:
    said = [AgencyCapacity.model_validate({**one, "why": model.note}) for one in agencies]
    capacity = model.capacity.model_copy(update={"each": each, "agencies": tuple(said)})
    return model.model_copy(update={"capacity": capacity})


def test_as_many_communes_as_asked_for_are_on_it_and_each_is_done_in_time(found: RoadMap) -> None:
    assert len(found.chosen) == 10
    assert found.missed == () or list(found.missed) == []
    for one in found.chosen:
        assert 2027 <= one.year <= 2030
        assert one.already or 2027 <= one.start <= one.year


def test_every_commune_of_the_register_is_on_it_beside_it_or_outside_with_its_reason(found: RoadMap) -> None:
    codes = [one.code for one in found.communes] + [left.commune.code for left in found.outside]
    assert sorted(codes) == [commune.code for commune in found.evaluation.rules.communes.within()]
    assert {left.why for left in found.outside} == {Outside.NO_DATA}
    assert all(left.owed for left in found.outside)


def test_nobody_who_lacks_a_figure_is_taken_for_done_or_for_work(found: RoadMap) -> None:
    """Also where the figure is owed below something that has failed already."""
    lacking = found.evaluation.in_the_way(Verdict.NO_DATA).any(axis=0)
    assert not lacking[found.records].any()


def test_the_cost_of_a_change_is_what_the_choice_costs_then(found: RoadMap) -> None:
    assert found.choice is not None
    places = {int(record): at for at, record in enumerate(found.records)}
    for one in found.communes:
        at = places[one.record]
        other = choose(found.problem, exclude=at) if one.chosen else choose(found.problem, include=at)
        assert one.cost == (None if other is None else other.effort - found.choice.effort)
    assert [one.name for one in found.runners_up if one.cost is not None] == ["Nậm Mạ"]


def test_tries_are_the_same_again_and_a_share_of_those_that_found_a_choice(
    found: RoadMap, illustrated: Evaluation, model: EffortModel
) -> None:
    again = roadmap(illustrated, model, TEN, year=2026)
    assert (again.kept, again.tries) == (found.kept, found.tries)
    assert 0 < found.tries <= model.stability.runs
    assert all(kept is not None and 0 <= kept <= 1 for kept in found.kept)
    assert sum((kept for kept in found.kept if kept is not None), Fraction(0)) >= 10


def test_the_yearly_work_of_all_is_what_is_to_be_done_for_the_chosen(found: RoadMap) -> None:
    chosen = found.when > 0
    assert found.work.sum(axis=(0, 2)).tolist() == found.problem.efforts[chosen].sum(axis=0).tolist()
    assert not found.work[~chosen].any()
    busiest = found.busiest
    assert [found.agencies[at] for at in busiest][:1] == ["so-nong-nghiep-moi-truong"]
    assert found.load(busiest[0], 2030) == Fraction(19470, 24000)


def test_where_every_commune_waits_for_the_law_the_map_goes_as_far_as_can_be_judged(
    sample: Evaluation, model: EffortModel
) -> None:
    judged = roadmap(sample, model, TEN, year=2026)
    assert judged.scope is RoadScope.JUDGED
    assert all(one.waiting for one in judged.chosen)
    whole = roadmap(sample, model, TEN, year=2026, scope=RoadScope.WHOLE)
    assert (whole.chosen, len(whole.communes)) == ([], 0)
    assert {left.why for left in whole.outside} == {Outside.NO_DATA, Outside.NO_TARGET}


def test_too_few_communes_that_can_be_planned_for_are_said_and_the_first_aim_is_still_planned(
    illustrated: Evaluation, model: EffortModel
) -> None:
    both = roadmap(illustrated, model, [Aim(20, 2035), *TEN], year=2026)
    assert (list(both.aims), list(both.missed)) == (TEN, [Aim(20, 2035)])
    assert len(both.chosen) == 10
    assert both.shortage is not None
    assert list(both.shortage.most) == [10, 12]
    assert not both.shortage.lacking.any()


def test_too_little_capacity_names_the_agency_and_by_how_much(illustrated: Evaluation, model: EffortModel) -> None:
    poor = with_capacity(model, 100, {"agency": "so-nong-nghiep-moi-truong", "each": 4})
    short = roadmap(illustrated, poor, TEN, year=2026)
    assert short.choice is None
    assert short.chosen == []
    assert short.shortage is not None
    assert {short.agencies[at]: int(lacking) for at, (lacking,) in enumerate(short.shortage.lacking) if lacking} == {
        "so-nong-nghiep-moi-truong": 19470 - 16000
    }
    assert list(short.shortage.most) == [9]


def test_a_capacity_for_some_years_holds_in_those_alone(illustrated: Evaluation, model: EffortModel) -> None:
    some = {"agency": "so-y-te", "each": 9, "years": {"from": 2028, "to": 2029}}
    found = roadmap(illustrated, with_capacity(model, 6, some), TEN, year=2026, compared=False)
    assert found.problem.capacity[found.agencies.index("so-y-te")].tolist() == [6000, 9000, 9000, 6000]
    assert (np.delete(found.problem.capacity, found.agencies.index("so-y-te"), axis=0) == 6000).all()


@pytest.mark.parametrize(
    ("aims", "said"),
    [
        ([], "--target 10:2030"),
        ([Aim(0, 2030)], "at least 1"),
        ([Aim(10, 2026)], "work begins the year after"),
        ([Aim(10, 2090)], "at most 30 years"),
        ([Aim(10, 2030), Aim(12, 2030)], "2030 is named twice"),
        ([Aim(20, 2030), Aim(10, 2035)], "10 communes by 2035 are fewer than 20 by 2030"),
    ],
)
def test_aims_that_cannot_be_aims_are_refused_with_what_is_wrong(aims: list[Aim], said: str) -> None:
    with in_language("en"), pytest.raises(NtmError) as refused:
        check_aims(aims, 2026)
    assert said in "\n".join(message.render("en") for message in refused.value.messages)


def test_every_wrong_aim_is_told_at_once() -> None:
    with pytest.raises(NtmError) as refused:
        check_aims([Aim(0, 2026), Aim(-1, 2025)], 2026)
    assert len(refused.value.messages) == 4
