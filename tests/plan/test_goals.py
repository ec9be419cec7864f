"""What goals stand at: worked out from communes or reported by the province, across breaks, with what is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import CommuneYear, Dataset, Reported, State
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.forms.province.workbook import province_form
from ntm_rules.plan.goals import GoalFigures, state_of, states, values_of
from ntm_rules.plan.loader import Plan, Track, plan_of
from ntm_rules.plan.models import Status, TrackState, Value
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.wording.plan import remarks, rounded
from tests.criteria.plan import SET
from tests.rulebook.test_plans import made

PLAN = plan_of(SET)
NEW_YEAR_2029 = dt.date(2029, 1, 1)


def track(id_: str, plan: Plan = PLAN) -> Track:
    return next(one for one in plan.tracks if one.id == id_)


def series(*values: tuple[int, object]) -> tuple[Value, ...]:
    return tuple(Value(year, None if value is None else Fraction(str(value))) for year, value in values)


def stand(id_: str, *values: tuple[int, object], today: dt.date = NEW_YEAR_2029) -> TrackState:
    return state_of(PLAN, track(id_), series(*values), today)


# --- bases and breaks --------------------------------------------------------------------------


def test_a_base_that_no_document_states_is_the_report_of_its_year() -> None:
    found = stand("roads-2030", (2025, 80), (2026, 83))
    assert found.judgement.base is not None
    assert (found.judgement.base.year, found.judgement.base.value, found.base_reported) == (2025, 80, True)
    assert found.judgement.ratio == 1
    assert stand("roads-2030", (2026, 83)).status is Status.NO_BASE


def test_a_base_that_a_document_states_needs_no_report() -> None:
    found = stand("special-difficulty-communes-2030", (2027, 24))
    assert found.judgement.base is not None
    assert (found.judgement.base.year, found.judgement.base.value, found.base_reported) == (2026, 32, False)
    assert found.judgement.ratio == 1


def test_nothing_is_held_against_a_figure_of_another_definition() -> None:
    """Poverty is counted otherwise from 2027: 2025 is no base for 2028, 2027 is."""
    found = stand("poverty-2030", (2025, 23), (2026, 20), (2027, 28), (2028, 25))
    judgement = found.judgement
    assert judgement.base is not None
    assert (judgement.base.year, judgement.base.value, found.base_moved) == (2027, 28, True)
    assert judgement.ratio == Fraction(3, 18) / Fraction(1, 3)
    assert not judgement.falling
    assert "2027" in " ".join(remarks(PLAN, track("poverty-2030"), found))


def test_after_a_break_a_new_base_is_needed() -> None:
    found = stand("poverty-2030", (2025, 23), (2026, 20), (2028, 25))
    assert (found.status, found.judgement.needed_pace) == (Status.NO_BASE, Fraction(-15, 2))
    assert stand("poverty-2030", (2025, 23), (2027, 28)).status is Status.TOO_EARLY


def test_a_fall_over_a_break_is_not_known() -> None:
    found = stand("poverty-fall", (2025, 23), (2026, 20), (2027, 28), (2028, 24))
    assert [(a.year, a.amount, a.met) for a in found.judgement.amounts] == [
        (2026, 3, True), (2027, None, False), (2028, 4, True), (2029, None, False),
    ]  # fmt: skip
    assert (found.status, found.judgement.cumulated_shortfall) == (Status.MET, -1)
    assert found.judgement.years_unknown == (2027,)


def test_a_year_that_is_not_over_is_not_judged() -> None:
    found = stand("workers-trained", (2026, 4800), (2027, 4000), today=dt.date(2027, 10, 1))
    assert (found.status, found.judgement.latest and found.judgement.latest.year) == (Status.MET, 2026)
    closed = stand("workers-trained", (2026, 4800), (2027, 4000), today=dt.date(2027, 12, 31))
    assert (closed.status, closed.judgement.cumulated_shortfall) == (Status.NOT_MET, 600)


def test_figures_after_the_day_are_not_looked_at() -> None:
    assert stand("roads-2030", (2025, 80), (2026, 96), today=dt.date(2025, 12, 31)).status is Status.TOO_EARLY


def test_after_its_year_a_goal_is_held_to_the_figure_of_that_year() -> None:
    late = stand("roads-2030", (2030, 94), (2031, 96), today=dt.date(2032, 1, 1))
    assert (late.status, late.judgement.latest and late.judgement.latest.value) == (Status.MISSED, 94)


def test_a_target_of_so_many_times_a_later_figure_waits_for_it() -> None:
    waiting = stand("income-2035", (2028, 44))
    assert waiting.status is Status.NO_TARGET
    assert waiting.waiting is not None
    assert "2030" in waiting.waiting.render("en")
    known = stand("income-2035", (2030, 50), (2032, 62), today=dt.date(2033, 1, 1))
    assert known.judgement.bar is not None
    assert (known.judgement.bar.number, known.judgement.ratio) == (80, 1)


def test_a_goal_without_a_number_names_what_is_awaited() -> None:
    found = stand("special-difficulty-2035", (2028, 20))
    assert found.status is Status.NO_TARGET
    assert found.waiting is not None
    assert "2031-2035" in found.waiting.render("vi")


def test_readings_are_followed_each_by_itself() -> None:
    assert {one.id for one in PLAN.tracks} >= {"tourism-2030", "tourism-2030/diem", "communes-2030/cong-nhan"}
    sites, products = track("tourism-2030/diem"), track("tourism-2030")
    assert (sites.figure, sites.target.bound, products.figure, products.target.bound) == (
        "community_tourism_sites", "at_least", "community_tourism_products", "more_than",
    )  # fmt: skip
    assert track("waste-2030/phan-loai").communes is not None
    assert track("waste-2030/phan-loai").figure is None


# --- worked out from communes ------------------------------------------------------------------


def reported(code: str, year: int, **measures: Reported) -> CommuneYear:
    return CommuneYear(code, SET.communes[code].name, year, measures)


def share(above: int, below: int) -> Reported:
    return Reported(State.PRESENT, above, below, counted=True)


POVERTY = "multidimensional_poverty_rate"


def figures(*records: CommuneYear, province: Dataset | None = None) -> GoalFigures:
    years = sorted({record.year for record in records if record.year >= 2026})
    judged = {y: evaluate(resolve(SET, as_of=dt.date(y, 12, 31)), records, years=[y]) for y in years}
    return GoalFigures(judged, Dataset(records), province)


def test_a_rate_over_communes_is_weighted_by_its_households() -> None:
    found = figures(
        reported("03390", 2026, **{POVERTY: share(100, 1000)}), reported("03394", 2026, **{POVERTY: share(300, 600)})
    )
    [value] = values_of(PLAN, track("poverty-2030"), found)
    assert (value.value, value.above, value.below) == (25, 400, 1600)
    assert (value.counted, value.open, value.communes) == (2, 34, 36)


def test_a_commune_that_gave_a_percentage_alone_cannot_be_weighted() -> None:
    typed = Reported(State.PRESENT, 10 * VALUE_SCALE, 100 * VALUE_SCALE, written="10")
    [value] = values_of(PLAN, track("poverty-2030"), figures(reported("03390", 2026, **{POVERTY: typed})))
    assert value.value is None
    assert value.why is not None
    assert "weighted" in value.why.render("en")


def test_no_commune_is_said_to_meet_what_has_no_target_yet() -> None:
    """The criteria of the province are awaited, so that "0 communes" would be said of a standard that nobody fixed."""
    [value] = values_of(
        PLAN, track("planning"), figures(reported("03390", 2026, planning_criterion_met=Reported(State.PRESENT, 1)))
    )
    assert value.value is None
    assert value.why is not None
    assert "awaited" in value.why.render("en")


def of_security(*answers: int) -> Sequence[CommuneYear]:
    codes = [commune.code for commune in SET.communes.within()]
    measures = [
        r.measure
        for i in resolve(SET, as_of=dt.date(2026, 12, 31)).indicators()
        if i.id == "10.2"
        for r in i.requirements()
    ]
    return [
        reported(code, 2026, **{m: Reported(State.PRESENT, answer) for m in measures})
        for code, answer in zip(codes, answers, strict=False)
    ]


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ([1] * 36, Status.MET),
        ([1] * 35 + [0], Status.NOT_MET),
        ([1] * 35, Status.NO_DATA),  # the last may yet meet it
        ([1] * 34 + [0], Status.NOT_MET),  # whatever the last says
    ],
)
def test_all_communes_must_meet_what_all_must_and_one_that_is_silent_leaves_it_open(
    answers: list[int], status: Status
) -> None:
    found = states(PLAN, figures(*of_security(*answers)), dt.date(2026, 12, 31))
    assert found["security"].status is status


# --- what the province reports -----------------------------------------------------------------

HEAD = "commune,year,measure,value,numerator,denominator,source_document,note\n"


def province(folder: Path, *rows: str) -> Dataset:
    path = folder / "tinh.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return read_dataset([path], PLAN.questionnaire())


def test_the_province_reports_as_communes_do(tmp_path: Path) -> None:
    data = province(
        tmp_path,
        'Lai Châu,2025,rural_income_per_capita,"32,25",,,12/BC-TK,',
        "Lai Châu,2026,commune_roads_hardened_share,,950,1000,,",
        "Lai Châu,2026,resettled_points_settled,Có,,,,",
    )
    assert data.problems == []
    found = GoalFigures({}, Dataset(()), data)
    [income] = values_of(PLAN, track("income-2030"), found)
    assert (income.value, income.document) == (Fraction(129, 4), "12/BC-TK")
    [roads] = values_of(PLAN, track("roads-2030"), found)
    assert roads.value == 95
    assert states(PLAN, found, dt.date(2026, 12, 31))["roads-2030"].status is Status.NO_BASE
    assert states(PLAN, found, dt.date(2026, 12, 31))["resettlement"].status is Status.MET


def test_every_mistake_of_the_province_is_told_by_its_place(tmp_path: Path) -> None:
    data = province(
        tmp_path,
        "Lai Châu,2026,rural_income_per_capita,1.234,,,,",
        "Lai Châu,2026,cooperativs,400,,,,",
        "Lai Châu,2050,cooperatives,400,,,,",
        "Lào Cai,2026,cooperatives,400,,,,",
        "Lai Châu,2026,commune_roads_hardened_share,,1200,1000,,",
    )
    assert [problem.line for problem in data.problems] == [2, 3, 4, 5, 6]
    assert all(str(problem.message()) and str(problem.mend()) for problem in data.problems)


def test_a_figure_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    data = province(tmp_path, "Lai Châu,2026,rural_income_per_capita,1.234,,,,")
    found = states(PLAN, GoalFigures({}, Dataset(()), data), dt.date(2026, 12, 31))["income-2030"]
    assert found.status is Status.NO_DATA
    assert found.values[0].why is not None


def test_the_table_that_the_province_fills_in_is_read_back(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "tinh.xlsx"
    path.write_bytes(province_form(PLAN, 2026))
    assert read_dataset([path], PLAN.questionnaire()).records == []
    book = load_workbook(path)
    rows = {str(row[2].value): row for row in book.worksheets[0].iter_rows(min_row=6)}
    assert set(rows) == set(PLAN.figures)
    for id_, row in rows.items():
        figure = PLAN.figures[id_]
        if figure.counted is not None:
            row[6].value, row[7].value = 80, 100
        else:
            row[5].value = 7 if figure.traits.quantity else "Có"
    book.save(path)
    data = read_dataset([path], PLAN.questionnaire())
    assert data.problems == []
    [record] = data.records
    assert set(record.values) == set(PLAN.figures)


# --- words -------------------------------------------------------------------------------------


def test_a_value_is_never_rounded_across_its_bar() -> None:
    short = stand("income-2030", (2030, "47.4999"), today=dt.date(2030, 12, 31))
    assert short.judgement.bar is not None
    assert rounded(Fraction("47.4999"), 2, short.judgement.bar) == rounded(Fraction("47.49"), 2)


def test_a_plan_of_another_shape_is_followed_too(tmp_path: Path) -> None:
    plan = plan_of(load_set(made(tmp_path)))
    assert [one.id for one in plan.tracks][:3] == ["tourism", "tourism/sites", "communes"]
    found = state_of(plan, track("tourism", plan), series((2027, 12)), NEW_YEAR_2029)
    assert (found.status, found.judgement.ratio) == (Status.ON_COURSE, Fraction(8, 16) / Fraction(2, 5))
    other = state_of(plan, track("tourism/sites", plan), series((2027, 12)), NEW_YEAR_2029)
    assert other.status is Status.NO_BASE  # the base of products is none of sites
    assert replace(other).target.about


def test_a_figure_of_a_year_that_is_not_over_is_said_to_be_one() -> None:
    found = stand("roads-2030", (2025, 80), (2028, 88), today=dt.date(2028, 6, 30))
    assert found.unfinished
    assert "chưa hết" in " ".join(remarks(PLAN, track("roads-2030"), found))
    assert not stand("roads-2030", (2025, 80), (2028, 88), today=dt.date(2028, 12, 31)).unfinished
