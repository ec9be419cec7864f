"""What three cells say of a measure, by its kind: the exact value, or the state and the reason."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules import exact
from ntm_rules.dataset.agreement import agree
from ntm_rules.dataset.figures import figure_for
from ntm_rules.dataset.numbers import Cell, Percent, from_float
from ntm_rules.dataset.records import State
from tests.dataset.conftest import LEVELS, MEASURES

FIGURES = {m.id: figure_for(m, LEVELS if m.kind == "grade" else None) for m in MEASURES}
PERCENT = 100 * 10**7


def read(measure: str, value: Cell = "", numerator: Cell = "", denominator: Cell = "") -> tuple[object, ...]:
    """State, value, base and counted, followed by the codes of what is wrong."""
    core, faults = FIGURES[measure].read(value, numerator, denominator)
    return (*(core[:4] if core else (None,)), *(fault.code for fault in faults))


def test_nothing_written_is_nothing_reported() -> None:
    for measure in FIGURES:
        assert read(measure) == (None,)


@pytest.mark.parametrize(
    ("value", "units"),
    [
        ("80", 800_000_000),
        ("79,95", 799_500_000),
        ("47,5 %", 475_000_000),
        (29.0, 290_000_000),
        (0, 0),
        (100.0, PERCENT),
        (1.8, 18_000_000),
        (Percent(0.8), 800_000_000),
        ("79,99999999999", 799_999_995),
    ],
)
def test_a_share_typed_as_a_percentage(value: Cell, units: int) -> None:
    assert read("water_share", value) == (State.PRESENT, units, PERCENT, False)


@pytest.mark.parametrize("numerator", [29, 29.0, "29"])
def test_a_share_counted(numerator: Cell) -> None:
    assert read("water_share", "", numerator, 100) == (State.PRESENT, 29, 100, True)


def test_counted_parts_are_held_in_their_unit() -> None:
    assert read("canal_share", "", "12,5", 20.25) == (State.PRESENT, 1250, 2025, True)


def test_parts_win_over_a_percentage_that_agrees() -> None:
    assert read("water_share", "33,33", 1, 3) == (State.PRESENT, 1, 3, True)
    assert read("water_share", 100 / 3, 1.0, 3.0) == (State.PRESENT, 1, 3, True)
    assert read("water_share", Percent(1 / 3), 1.0, 3.0) == (State.PRESENT, 1, 3, True)


def test_a_percentage_that_disagrees_is_a_conflict() -> None:
    assert read("water_share", "40", 1, 3) == (State.CONFLICTING, 0, 0, False, "percent-disagrees")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("100,01",), "above-100"),
        (("-1",), "negative"),
        (("", -1, 5), "negative"),
        (("", 6, 5), "numerator-over-denominator"),
        (("", 5, ""), "denominator-missing"),
        (("", "", 5), "numerator-missing"),
        (("", 0, 0), "zero-denominator"),
        (("", 5, 0), "zero-denominator"),
        (("", "12,5", 20), "part-not-whole"),
        (("", 1, 10**12), "too-large"),
        (("", Percent(0.5), 20), "percent-format"),
        (("", "20%", 20), "percent-sign"),
        (("Không áp dụng",), "answer-not-applicable"),
        (("kh«ng cã",), "text-old-encoding"),
        (("Ch­a cã sè liÖu",), "text-old-encoding"),
        ((True,), "not-a-number"),
        ((Percent(80.0),), "percent-over-one"),
    ],
)
def test_a_share_that_cannot_be(cells: tuple[Cell, ...], code: str) -> None:
    assert read("water_share", *cells) == (State.INVALID, 0, 0, False, code)


def test_every_bad_cell_of_a_share_is_named() -> None:
    assert read("water_share", "x", "1.234", "80.5")[4:] == (
        "not-a-number",
        "number-two-readings",
        "number-dot-decimal",
    )


def test_half_a_count_is_refused_even_beside_a_percentage_for_a_comma_may_have_moved_the_figures() -> None:
    assert read("water_share", "82", 5) == (State.INVALID, 0, 0, False, "denominator-missing")
    assert read("water_share", "82", "", 5) == (State.INVALID, 0, 0, False, "numerator-missing")


@pytest.mark.parametrize(
    ("cell", "doubted"),
    [
        (0.98, True),
        (1.0, True),
        ("0,98", True),
        (1.01, False),
        (0.0, False),
        ("0,98%", False),
        (Percent(0.0098), False),
    ],
)
def test_a_bare_share_up_to_one_is_used_with_a_doubt(cell: Cell, doubted: bool) -> None:
    core, faults = FIGURES["water_share"].read(cell, "", "")
    assert core is not None
    assert core[0] is State.PRESENT
    assert [fault.code for fault in faults] == (["share-below-one"] if doubted else [])


def test_nothing_to_count_only_where_the_measure_says_so() -> None:
    assert read("canal_share", "", 0, 0) == (State.NOTHING_TO_COUNT, 0, 0, True)
    assert read("canal_share", "50", 0, 0)[-1] == "zero-denominator"


@pytest.mark.parametrize(
    ("measure", "value", "units"),
    [
        ("income_growth", "45,25", 452_500_000),
        ("balance", "-10", -100_000_000),
        ("club_count", 3.0, 30_000_000),
        ("club_count", "3,00", 30_000_000),
        ("club_count", 0, 0),
    ],
)
def test_plain_figures_are_held_in_ten_millionths(measure: str, value: Cell, units: int) -> None:
    assert read(measure, value) == (State.PRESENT, units, 0, False)


@pytest.mark.parametrize(
    ("measure", "value", "code"),
    [
        ("income_growth", "45,1234567", "too-many-decimals"),
        ("income_growth", 45.3333333333333, "too-many-decimals"),
        ("income_growth", "-1", "negative"),
        ("income_growth", "5%", "percent-sign"),
        ("club_count", "-1", "negative"),
        ("club_count", "2,5", "count-not-whole"),
        ("club_count", 2.5, "count-not-whole"),
        ("club_count", 0.0000001, "count-not-whole"),
        ("club_count", "123456,00000001", "count-not-whole"),
        ("club_count", 10**11, "too-large"),
        ("club_count", Percent(0.5), "percent-format"),
        ("balance", "-10,01", "below-range"),
        ("balance", 1000.5, "above-range"),
    ],
)
def test_plain_figures_that_cannot_be(measure: str, value: Cell, code: str) -> None:
    assert read(measure, value) == (State.INVALID, 0, 0, False, code)


def test_a_figure_under_the_wrong_column_is_not_lost_silently() -> None:
    assert read("club_count", "", 5) == (State.INVALID, 0, 0, False, "value-missing")
    assert read("club_count", 5, 1)[-1] == "parts-unused"


@pytest.mark.parametrize(
    ("measure", "value", "state", "meaning"),
    [
        ("plan_published", "Có", State.PRESENT, 1),
        ("plan_published", " KHÔNG ", State.PRESENT, 0),
        ("plan_published", "yes", State.PRESENT, 1),
        ("plan_published", "FALSE", State.PRESENT, 0),
        ("plan_published", True, State.PRESENT, 1),
        ("school_ruling", "Đạt", State.PRESENT, 1),
        ("school_ruling", "chưa đạt", State.PRESENT, 0),
        ("school_ruling", "not met", State.PRESENT, 0),
        ("school_ruling", "Chưa có kết luận", State.AWAITED, 0),
        ("digital_grade", "Yếu", State.PRESENT, 0),
        ("digital_grade", "kha", State.PRESENT, 1),
        ("digital_grade", "Good", State.PRESENT, 2),
    ],
)
def test_answers(measure: str, value: Cell, state: State, meaning: int) -> None:
    assert read(measure, value) == (state, meaning, 0, False)


@pytest.mark.parametrize(
    ("measure", "value", "code"),
    [
        ("plan_published", 1.0, "answer-unknown"),
        ("plan_published", "x", "answer-unknown"),
        ("plan_published", "Kh«ng", "text-old-encoding"),
        ("plan_published", "Cã", "answer-unknown"),
        ("plan_published", "Không áp dụng", "answer-not-applicable"),
        ("school_ruling", True, "answer-unknown"),
        ("school_ruling", "Cơ bản đạt", "answer-nearly-met"),
        ("school_ruling", "§¹t", "text-old-encoding"),
        ("digital_grade", "Khá tốt", "answer-unknown"),
        ("digital_grade", 2.0, "answer-unknown"),
    ],
)
def test_answers_that_are_none(measure: str, value: Cell, code: str) -> None:
    assert read(measure, value) == (State.INVALID, 0, 0, False, code)


def test_an_unknown_answer_offers_the_allowed_and_the_nearest() -> None:
    _, (fault,) = FIGURES["digital_grade"].read("Tôt", "", "")
    assert fault.parameters["nearest"] == "Tốt"
    allowed = fault.parameters["allowed"]
    assert [allowed.render(language) for language in ("vi", "en")] == ["Yếu, Khá, Tốt", "Weak, Fair, Good"]


@given(st.floats(0, 100), st.integers(0, 10**6), st.integers(1, 10**6))
def test_agreement_is_that_of_exact(typed: float, above: int, below: int) -> None:
    expected = exact.as_percent_of(exact.from_float(typed), Fraction(above), Fraction(below))
    assert agree(from_float(typed), above, below) == expected


cells = st.one_of(
    st.just(""),
    st.text(max_size=20),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.builds(Percent, st.floats()),
    st.dates(),
    st.decimals(),
)


@given(st.sampled_from(sorted(FIGURES)), cells, cells, cells)
def test_no_cell_makes_it_raise_and_no_bad_value_goes_unexplained(
    measure: str, value: Cell, numerator: Cell, denominator: Cell
) -> None:
    core, faults = FIGURES[measure].read(value, numerator, denominator)
    if core is None:
        assert (value, numerator, denominator) == ("", "", "")
    elif core[0] in (State.INVALID, State.CONFLICTING):
        assert faults
        assert core[1:4] == (0, 0, False)
    else:
        assert abs(core[1]) < exact.PLAIN_LIMIT
        assert abs(core[2]) < exact.LIMIT


@given(st.sampled_from(["", "0", "7", "12,50", "99,999999", "1.234.567"]), st.integers(0, 10**6), st.integers(1, 10**6))
def test_what_is_accepted_is_exactly_what_was_written(text: str, above: int, below: int) -> None:
    core, _ = FIGURES["water_share"].read("", f"{above}", f"{below}")
    assert core is not None
    if above <= below:
        assert core[:4] == (State.PRESENT, above, below, True)
    else:
        assert core[0] is State.INVALID
    typed, _ = FIGURES["balance"].read(text, "", "")
    if typed is not None and typed[0] is State.PRESENT:
        assert exact.plain_fraction(typed[1]) == Fraction(text.replace(".", "").replace(",", "."))
