"""Numbers are read from the words of a law with what is said of them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.exact import vietnamese
from ntm_rules.rulebook.stated_numbers import numbers_in_words, says_each, stated_numbers, stated_parts, ways_to_write


@pytest.mark.parametrize(
    ("text", "comparator", "percent"),
    [
        (r"đạt $\geq 80\%$", "at_least", True),
        ("đạt 80%", "at_least", True),
        ("internet đến 80% khu dân cư", "at_least", True),
        ("từ 80% trở lên", "at_least", True),
        ("80% số hộ trở lên", "at_least", True),
        ("tối thiểu 80 hộ", "at_least", False),
        ("không dưới 80 hộ", "at_least", False),
        (r"$\leq 80\%$ tổng lượng", "at_most", True),
        ("không quá 80 ha", "at_most", False),
        ("80 ha trở xuống", "at_most", False),
        ("trên 80%", "more_than", True),
        ("dưới 80%", "less_than", True),
        ("không nhiều hơn 80 hộ", "at_most", False),
        ("không lớn hơn 80 ha", "at_most", False),
        ("không nhỏ hơn 80 ha", "at_least", False),
        ("tăng từ 80%/năm trở lên", "at_least", True),
        ("có 80 mô hình", "", False),
    ],
)
def test_a_number_is_read_with_its_comparison(text: str, comparator: str, percent: bool) -> None:
    [stated] = stated_numbers(text)
    assert (stated.values, stated.comparator, stated.percent) == (frozenset({Decimal(80)}), comparator, percent)


@pytest.mark.parametrize(
    "text", ["giai đoạn 2026-2030", "Quyết định số 51/2025/QĐ-TTg", "ngày 01/7/2026", "tiêu chí 8.a"]
)
def test_what_is_part_of_a_date_or_a_number_of_a_document_is_no_number(text: str) -> None:
    assert not any(stated.is_demanded for stated in stated_numbers(text))


def test_a_number_that_can_be_read_two_ways_has_both_readings() -> None:
    [stated] = stated_numbers("tối thiểu 1.234 hộ")
    assert stated.values == {Decimal(1234), Decimal("1.234")}


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_a_number_written_the_vietnamese_way_is_read_back(number: Decimal) -> None:
    [stated] = stated_numbers(f"đạt {vietnamese(number)}%")
    assert number in stated.values


@pytest.mark.parametrize(
    ("text", "values"),
    [("đạt 79,95%", {"79.95"}), ("tối thiểu 1.234.567 đồng", {"1234567"}), ("đạt 1.234,5 ha", {"1234.5"})],
)
def test_a_number_that_can_be_read_one_way_has_one_reading(text: str, values: set[str]) -> None:
    [stated] = stated_numbers(text)
    assert stated.values == {Decimal(value) for value in values}


def test_both_numbers_of_a_span_are_in_the_unit_of_the_second() -> None:
    first, second = stated_numbers("giảm 1 - 1,5 điểm % mỗi năm")
    assert (first.after, second.after) == ("điểm % mỗi năm", "điểm % mỗi năm")
    assert [one.percent for one in stated_numbers("đạt 80 - 90%")] == [True, True]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("Có ít nhất một hợp tác xã", {1}), ("gấp đôi năm 2025", {2}), ("từ năm 2026", set()), ("Một số hộ", set())],
)
def test_a_number_may_be_written_as_a_word(text: str, numbers: set[int]) -> None:
    assert numbers_in_words(text) == numbers


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("hai phần ba số hộ", {Fraction(2, 3)}),
        ("3/4 số thôn", {Fraction(3, 4)}),
        ("quá một nửa", {Fraction(1, 2)}),
        ("Nghị định 7/2/2021", set()),
        ("đạt 15/19 tiêu chí", set()),
    ],
)
def test_a_part_of_a_whole_is_read_from_digits_and_words(text: str, parts: set[Fraction]) -> None:
    assert stated_parts(text) == parts


def test_money_is_written_in_dong_or_in_millions_of_them_and_nothing_else_is() -> None:
    assert Decimal(45_000_000) in ways_to_write(Decimal(45), "triệu đồng")
    assert Decimal(45) in ways_to_write(Decimal(45_000_000), "đồng")
    assert ways_to_write(Decimal(45), "km") == {Decimal(45)}


@pytest.mark.parametrize("text", ["Toàn bộ đường được cứng hóa", "Các thôn đều có nhà văn hóa", "Tất cả các hộ"])
def test_all_of_them_is_said_in_words(text: str) -> None:
    assert says_each(text)
