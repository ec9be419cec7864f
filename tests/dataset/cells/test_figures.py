"""What three cells say of a measure, by its kind: the exact value, or the state and the reason."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules import exact
from ntm_rules.dataset.cells.agreement import agree
from ntm_rules.dataset.cells.figures import figure_for
from ntm_rules.dataset.cells.numbers import Cell, Percent, from_float
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import State
from ntm_rules.rulebook.models import Grade, Range, Scale, Text
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
        ("47,5％", 475_000_000),
        ("47,5 phần trăm", 475_000_000),
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


@pytest.mark.parametrize("cell", ["0,62", 0.62, Decimal("0.62"), "0,01", "1", 1, 1.0, "1,0", "０,６２", "0.62", "1.0"])
def test_a_bare_share_above_0_and_up_to_1_is_unclear(cell: Cell) -> None:
    assert read("water_share", cell) == (State.UNCLEAR, 0, 0, False, "share-below-one")


def test_an_unclear_share_names_both_readings() -> None:
    _, (fault,) = FIGURES["water_share"].read("0,62", "", "")
    problem = Problem(fault.code, "a.csv", value=fault.written, parameters=fault.parameters)
    assert (problem.severity, problem.message().render("en"), problem.mend().render("en")) == (
        "error",
        "0,62 can be meant as 0,62 percent or, of 1, as 62 percent; it is not used until confirmed",
        "Write 62, or 0,62% with its sign, or give numerator and denominator.",
    )


@pytest.mark.parametrize(
    ("cell", "mend"),
    [
        ("0,0062", "Write 0,62%, or 0,0062% with its sign, or give numerator and denominator."),
        ("0.62", "Write 62, or 0,62% with its sign, or give numerator and denominator."),
        ("1,0", "Write 100, or 1,0% with its sign, or give numerator and denominator."),
    ],
)
def test_the_mend_of_an_unclear_share_is_clear_itself(cell: str, mend: str) -> None:
    _, (fault,) = FIGURES["water_share"].read(cell, "", "")
    assert Problem(fault.code, "a.csv", value=fault.written, parameters=fault.parameters).mend().render("en") == mend
    assert read("water_share", str(fault.parameters["clear"]))[0] == State.PRESENT


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("0,62%", 6_200_000),
        ("0,62 %", 6_200_000),
        ("0,62％", 6_200_000),
        ("0,62 phần trăm", 6_200_000),
        ("0,62 percent", 6_200_000),
        ("1%", 10_000_000),
        (Percent(0.0062), 6_200_000),
        (Percent(0.01), 10_000_000),
        (0, 0),
        ("0,0", 0),
        (1.01, 10_100_000),
    ],
)
def test_a_small_share_is_clear_by_its_sign_its_format_or_being_0(cell: Cell, units: int) -> None:
    assert read("water_share", cell) == (State.PRESENT, units, PERCENT, False)


@pytest.mark.parametrize("typed", ["0,62", 0.62, 62, "62%", Percent(0.62), "0,620", "62,0"])
def test_numerator_and_denominator_confirm_either_reading(typed: Cell) -> None:
    assert read("water_share", typed, 62, 100) == (State.PRESENT, 62, 100, True)


@pytest.mark.parametrize(("typed", "above"), [("0,6", 62), ("1", 60), (0.5, 52), ("0,62", 63), (Percent(0.0062), 62)])
def test_a_fraction_of_1_that_the_count_does_not_round_to_conflicts(typed: Cell, above: int) -> None:
    assert read("water_share", typed, above, 100)[-1] == "percent-disagrees"


def test_what_is_no_share_may_be_below_1() -> None:
    assert read("income_growth", "0,62") == (State.PRESENT, 6_200_000, 0, False)
    assert read("balance", 1) == (State.PRESENT, 10_000_000, 0, False)


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [
        ("1,300", "2500"),
        ("1,300", 2500.0),
        (1.3, 2500.0),
        (1.25, 1250),
        ("1", "1,300"),
        (12, "12,340"),
        ("1,300 km", "2500 km"),
    ],
)
def test_a_comma_before_three_digits_in_one_part_alone_is_unclear(numerator: Cell, denominator: Cell) -> None:
    assert read("canal_share", "", numerator, denominator) == (State.UNCLEAR, 0, 0, False, "comma-two-readings")


def test_a_comma_with_two_readings_names_both_and_what_confirms_one() -> None:
    _, (fault,) = FIGURES["canal_share"].read("", "1,300", "2500")
    problem = Problem(fault.code, "a.csv", value=fault.written, parameters=fault.parameters)
    assert problem.message().render("en") == (
        "1,300 in 1,300/2500 can be meant as 1300 or as 1,300, with decimals; it is not used until confirmed"
    )
    assert problem.mend().render("en") == (
        "Write 1300 without a mark; or, if 1,300/2500 is right and comes to 0,05 percent, write 0,05% beside both."
    )
    assert read("canal_share", "0,05%", "1,300", "2500") == (State.PRESENT, 130, 250_000, True)
    assert read("canal_share", "52", "1,300", "2500")[-1] == "percent-disagrees"
    assert read("canal_share", "", "1300", "2500") == (State.PRESENT, 130_000, 250_000, True)


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [("1,300", "2,500"), ("12,340", "12,5"), ("12,0", "12,340"), ("13,340", "14"), (12, 12.34), ("0,300", "300")],
)
def test_a_comma_that_only_stands_before_decimals_is_clear(numerator: Cell, denominator: Cell) -> None:
    core, faults = FIGURES["canal_share"].read("", numerator, denominator)
    assert core is not None
    assert core[0] is State.PRESENT
    assert "comma-two-readings" not in {fault.code for fault in faults}


def test_a_counted_share_below_1_is_used_and_told_until_a_percentage_confirms_it() -> None:
    assert read("water_share", "", 5.0, 1000.0) == (State.PRESENT, 5, 1000, True, "share-counted-below-one")
    assert read("water_share", "0,5", 5, 1000) == (State.PRESENT, 5, 1000, True)
    assert read("water_share", "", 10.0, 1000.0) == (State.PRESENT, 10, 1000, True)
    assert read("water_share", "", 0.0, 1000.0) == (State.PRESENT, 0, 1000, True)


@pytest.mark.parametrize(
    ("written", "mend"),
    [
        ("1.700 hộ", "Ghi lại là 1700: ở đây đếm bằng số nguyên."),
        ("1.700", "Ghi lại là 1700: ở đây đếm bằng số nguyên."),
        ("1,700", "Ghi lại là 1700: ở đây đếm bằng số nguyên."),
        ("2.000", "Ghi lại là 2000 hoặc 2."),
        ("2,000", "Ghi lại là 2000 hoặc 2."),
    ],
)
def test_of_whole_things_only_whole_readings_are_offered(written: str, mend: str) -> None:
    for measure, cells in (("water_share", ("", written, 2500)), ("club_count", (written.removesuffix(" hộ"), "", ""))):
        _core, (fault, *_) = FIGURES[measure].read(*cells)
        problem = Problem(fault.code, "a.xlsx", value=fault.written, parameters=fault.parameters)
        assert (problem.code, str(problem.mend())) == ("number-two-readings", mend)
    canal = FIGURES["canal_share"].read("", "1.700", 2500)[1][0]
    mend_of_canals = Problem(canal.code, "a.xlsx", value=canal.written, parameters=canal.parameters).mend()
    assert str(mend_of_canals) == "Ghi lại là 1700 hoặc 1,700."


def test_whole_things_with_a_comma_before_three_digits_are_asked_back() -> None:
    assert read("water_share", "", "2,000", "2500")[-1] == "number-two-readings"
    assert read("club_count", "2,000")[-1] == "number-two-readings"
    assert read("club_count", "2,00") == (State.PRESENT, 20_000_000, 0, False)


@pytest.mark.parametrize("text", ["5/6", " 5 / 6 ", "5,0/6"])
def test_a_fraction_in_a_share_is_its_numerator_and_denominator(text: str) -> None:
    assert read("water_share", text) == (State.PRESENT, 5, 6, True)


def test_a_fraction_that_a_spreadsheet_made_a_date_is_told_as_such() -> None:
    assert read("water_share", dt.date(2026, 6, 5)) == (State.INVALID, 0, 0, False, "date-not-share")
    assert read("water_share", "5/6/2026")[-1] == "not-a-number"
    assert read("club_count", "5/6")[-1] == "not-a-number"


@pytest.mark.parametrize(
    ("measure", "cells", "code"),
    [
        ("income_growth", ("47,5 triệu đồng",), None),
        ("income_growth", ("47,5 Triệu  Đồng",), None),
        ("club_count", ("3 câu lạc bộ",), None),
        ("canal_share", ("", "12,5 km", "20km"), None),
        ("income_growth", ("47,5 triệu",), None),
        ("income_growth", ("47,5 tỷ",), "words-behind-number"),
        ("canal_share", ("", "12,5 ha", 20), "words-behind-number"),
        ("canal_share", ("42,5 km",), "count-in-value"),
        ("income_growth", ("1.234 triệu đồng",), "number-two-readings"),
        ("income_growth", ("47,5 triệu đồng 3",), "words-behind-number"),
    ],
)
def test_the_measure_s_own_unit_may_stand_behind_a_number(
    measure: str, cells: tuple[Cell, ...], code: str | None
) -> None:
    found = read(measure, *cells)
    assert found[4:] == (() if code is None else (code,))
    assert found[0] is (State.PRESENT if code is None else State.INVALID)


@pytest.mark.parametrize("written", ["Ðạt", "Ɖạt", "ðạt"])
def test_an_answer_in_look_alike_letters_is_read_and_told_with_the_one_meant(written: str) -> None:
    core, (fault,) = FIGURES["school_ruling"].read(written, "", "")
    assert core == (State.PRESENT, 1, 0, False, written)
    assert (fault.code, fault.parameters["meant"].casefold()) == ("answer-look-alike", "đạt")
    cyrillic = unicodedata.normalize("NFC", "\u0421\u043e\u0301")
    core, (fault,) = FIGURES["plan_published"].read(cyrillic, "", "")
    assert core == (State.PRESENT, 1, 0, False, cyrillic)
    assert fault.parameters["meant"] == "Có"


def test_grades_are_known_by_the_letters_their_labels_are_cut_to_where_only_one_is() -> None:
    duties = (
        "Không hoàn thành nhiệm vụ",
        "Hoàn thành nhiệm vụ",
        "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành xuất sắc nhiệm vụ",
    )
    grades = tuple(Grade(id=f"bac-{i}", label=Text(vi=vi, en=f"Level {i}")) for i, vi in enumerate(duties))
    scale = Scale(id="levels", title=Text(vi="Mức", en="Level"), grades=grades)
    graded = figure_for(next(m for m in MEASURES if m.kind == "grade"), scale)
    ranks = {said: graded.read(said, "", "")[0] for said in ("KHTNV", "HTNV", "httnv", "HTXSNV")}
    assert [core and core[1] for core in ranks.values()] == [0, 1, 2, 3]
    alike = tuple(
        Grade(id=f"bac-{i}", label=Text(vi=vi, en=f"Level {i}")) for i, vi in enumerate(("Tốt một năm", "Tạm mới nên"))
    )
    doubtful = figure_for(
        next(m for m in MEASURES if m.kind == "grade"), Scale(id="levels", title=scale.title, grades=alike)
    )
    core, _faults = doubtful.read("TMN", "", "")
    assert core is not None
    assert core[0] is State.INVALID


def test_a_percentage_agrees_within_half_a_unit_of_the_decimals_as_written() -> None:
    assert read("water_share", "80,00", 1976, 2500)[-1] == "percent-disagrees"
    assert read("water_share", "79", 1976, 2500) == (State.PRESENT, 1976, 2500, True)
    assert read("water_share", "80", 1976, 2500)[-1] == "percent-disagrees"
    assert read("water_share", "66,66", 2, 3)[-1] == "percent-disagrees"
    assert read("water_share", "66,67", 2, 3) == (State.PRESENT, 2, 3, True)
    assert read("water_share", "12", 1, 8) == read("water_share", "13", 1, 8) == (State.PRESENT, 1, 8, True)


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
        *(("plan_published", said, State.PRESENT, 1) for said in ("đã có", "ĐÃ CÓ", "✓", "✔", "☑", "√")),
        ("school_ruling", "Đã đạt", State.PRESENT, 1),
        ("digital_grade", "Good", State.PRESENT, 2),
    ],
)
def test_answers(measure: str, value: Cell, state: State, meaning: int) -> None:
    assert read(measure, value) == (state, meaning, 0, False)


@pytest.mark.parametrize(
    ("measure", "value", "code"),
    [
        ("plan_published", 2.0, "answer-unknown"),
        *(("plan_published", mark, "answer-a-mark") for mark in (1.0, 0, "1", "x", "V", "☒", "☐", "+", "ü")),
        *(("school_ruling", mark, "answer-a-mark") for mark in ("☑", "x", True, 1)),
        *(("plan_published", words, "answer-two-readings") for words in ("Chưa có", "không có", "Chưa")),
        *(("plan_published", words, "answer-unknown") for words in ("có nhưng chưa đạt", "có một phần", "cò")),
        *(
            ("plan_published", words, "answer-several")
            for words in (
                "Có/Không",
                "Có, Không",
                "có hoặc không",
                "Không; Có",
                "Có - Không",
                "Có\nKhông",
                "Có không",
                "Có, có",
            )
        ),
        *(("school_ruling", words, "answer-several") for words in ("Đạt/Không đạt", "Đạt | Chưa có kết luận")),
        ("digital_grade", "Khá/Tốt", "answer-several"),
        ("plan_published", "Có (1/2 thôn)", "answer-unknown"),
        ("plan_published", "Có/chưa rõ", "answer-unknown"),
        ("school_ruling", "đã có", "answer-unknown"),
        ("plan_published", "Kh«ng", "text-old-encoding"),
        ("plan_published", "Cã", "answer-unknown"),
        ("plan_published", "Không áp dụng", "answer-not-applicable"),
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
    assert [allowed.in_language(language) for language in ("vi", "en")] == ["Yếu, Khá, Tốt", "Weak, Fair, Good"]


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


@pytest.mark.parametrize("cell", ["42,5 km/50 km", "42,5/50 km", "42,5 km / 50 km", "42,5/50", "42,5 Kilômét/50"])
def test_both_parts_in_one_cell_may_have_their_unit(cell: str) -> None:
    assert read("canal_share", cell) == (State.PRESENT, 4250, 5000, True)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("5/2026", "date-not-share"),
        ("05/2026", "date-not-share"),
        ("5/6%", "percent-sign"),
        ("5 m/6 km", "words-behind-number"),
        ("1/2/2026", "not-a-number"),
        ("12/BC-UBND", "not-a-number"),
    ],
)
def test_what_only_looks_like_both_parts_in_one_cell(cell: str, code: str) -> None:
    assert read("canal_share", cell) == (State.INVALID, 0, 0, False, code)


@pytest.mark.parametrize("cell", ["42,5 km", "42,5km", "42 kilomet"])
def test_a_count_where_a_percentage_belongs_is_sent_to_its_own_cells(cell: str) -> None:
    assert read("canal_share", cell) == (State.INVALID, 0, 0, False, "count-in-value")


@pytest.mark.parametrize(("above", "below"), [("5", "1,000"), (1300.0, "2,500"), ("1300", "2,500 km")])
def test_a_whole_smaller_than_its_part_for_a_comma_meant_between_thousands_names_both_readings(
    above: Cell, below: Cell
) -> None:
    assert read("canal_share", "", above, below) == (State.INVALID, 0, 0, False, "number-two-readings")
    assert read("canal_share", "", 5, "4,5")[4:] == ("numerator-over-denominator",)


@pytest.mark.parametrize(
    ("cell", "units"), [("44,5 triệu đồng", 445_000_000), ("44,5 tr.đ", 445_000_000), ("44,5 triệu", 445_000_000)]
)
def test_a_unit_behind_a_number_may_be_written_in_its_usual_short_ways(cell: str, units: int) -> None:
    assert read("balance", cell) == (State.PRESENT, units, 0, False)
    assert read("balance", "44,5 tỷ đồng")[4:] == ("words-behind-number",)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("120",), (State.PRESENT, 1_200_000_000, PERCENT, False)),
        ((150.0,), (State.PRESENT, 1_500_000_000, PERCENT, False)),
        (("150,01",), (State.INVALID, 0, 0, False, "above-range")),
        (("", 120, 100), (State.PRESENT, 120, 100, True)),
        (("120", 120, 100), (State.PRESENT, 120, 100, True)),
        (("", 151, 100), (State.INVALID, 0, 0, False, "above-range")),
    ],
)
def test_a_share_may_pass_100_as_far_as_its_range_says(cells: tuple[Cell, ...], found: tuple[object, ...]) -> None:
    measure = next(m for m in MEASURES if m.id == "water_share")
    wide = measure.model_copy(update={"range": Range(min=Decimal(0), max=Decimal(150))})
    core, faults = figure_for(wide, None).read(*cells, *("",) * (3 - len(cells)))
    assert core is not None
    assert (*core[:4], *(fault.code for fault in faults)) == found
