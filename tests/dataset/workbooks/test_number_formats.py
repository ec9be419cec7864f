"""What a number format shows of a number: the same, a percentage, a day, or a number of another size."""

from __future__ import annotations

import pytest

from ntm_rules.dataset.cells.numbers import Percent, Rescaled
from ntm_rules.dataset.workbooks.number_formats import number_format

ACCOUNTING = '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    "code",
    [
        "General", "0", "0.00", "#,##0", "#,##0.00", "0.000000", "00000", "#", "0.00E+00", "##0.0E+0", "# ?/?", "@",
        '#,##0" đ"', '#,##0 "VND"', "[$₫-42A] #,##0", "[Red]0.0", "#,##0;[Red]#,##0", "#,##0;(#,##0)",
        ACCOUNTING, "0;-0;;@", '[$₫-42A]#,##0', '"VND "#,##0', "+0", "0 %".replace(" %", r"\ "), '0.0"%"', r"0\%", "[>1000]#,##0;0", "# ##0",
    ],
)  # fmt: skip
@pytest.mark.parametrize("number", [0.0, 1.0, 44.5, 1250.0, 1250000.0, -3.0])
def test_formats_that_show_the_same_number_tell_nothing(code: str, number: float) -> None:
    shown = number_format(code)
    assert shown.kind == "number"
    assert shown.plain or number < 0


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ('0.0" tỷ"', 44.5, "44,5 tỷ"),
        ("0.0\\ \\k\\m", 12.0, "12 km"),
        ('General" km"', 1250.0, "1250 km"),
        ('#,##0" m2"', 1250.55, "1250,55 m2"),
        ("#,##0.00 [$USD]", -3.0, "-3 USD"),
        ('[>1000]#,##0" nghìn";0', 1250.0, "1250 nghìn"),
    ],
)
def test_words_behind_a_number_are_read_as_if_they_were_typed_there(code: str, number: float, text: str) -> None:
    shown = number_format(code)
    assert not shown.plain
    assert shown.seen(number) == text


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ('0"."', 5.0),
        (r"#\.##0", 1250.0),
        (r"[>=1000000]#\.###\.##0;[>=1000]#\.##0;0", 1234567.0),
        (r"[>=1000000]#\.###\.##0;[>=1000]#\.##0;0", 999.0),
        ("#,##0,", 0.0),
        ("[<=1]0%;0.0", 95.0),
        ("0;0", 5.0),
    ],
)
def test_formats_that_look_odd_but_show_the_number_tell_nothing(code: str, number: float) -> None:
    shown = number_format(code)
    assert not shown.plain
    assert shown.seen(number) == number


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("#,##0,", 1250000.0, "1.250"),
        ("#,##0.0,,", 1234567.0, "1,2"),
        ("0.0,", 1500.0, "1,5"),
        ('0.0,,"triệu"', 44500000.0, "44,5triệu"),
        ("0,.00", 1500.0, "1,50"),
        ("[>=1000000]0.0,,;0", 2500000.0, "2,5"),
        ('0","0', 925.0, "92,5"),
        (r"0\.0", 925.0, "92.5"),
        (r"0\,00", 925.0, "9,25"),
        ('0"000"', 12.0, "12000"),
        ('0" 000"', 12.0, "12 000"),
        ('0"5"', 9.0, "95"),
        (";;;", 5.0, ""),
        ("0;0", -5.0, "5"),
        ('"Có";"Không"', 1.0, "Có"),
        ("0%%", 0.5, "5000%%"),
    ],
)
def test_formats_that_show_a_number_of_another_size_are_told(code: str, number: float, text: str) -> None:
    assert number_format(code).seen(number) == Rescaled(number, text, code)


@pytest.mark.parametrize(
    ("code", "percent"),
    [("0%", True), ("0.00%;[Red]-0.00%", True), ('0" %"', False), (r"0\%", False), ("General", False), ("[%]0", False)],
)
def test_which_formats_show_percentages(code: str, percent: bool) -> None:
    assert (number_format(code).seen(0.8) == Percent(0.8)) is percent


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("dd/mm/yyyy", "day"),
        ("[$-42A]dd mmmm yyyy;@", "day"),
        ('"Ngày "dd', "day"),
        ("h:mm AM/PM", "day"),
        ("mm:ss.0", "day"),
        ("[h]:mm", "span"),
        ("[mm]", "span"),
        ("General", "number"),
        ('0 "ngày"', "number"),
        ("[Red]0", "number"),
    ],
)
def test_days_times_and_spans_of_time(code: str, kind: str) -> None:
    assert number_format(code).kind == kind


@pytest.mark.parametrize(
    ("code", "shown"),
    [('"<"0', "<95"), ('"-"0', "-95"), ("(0)", "(95)"), ('"~"General', "~95"), ('"chưa đạt "0', "chưa đạt 95"), ('"KH: "0', "KH: 95"),
     ('0" / 100"', "95 / 100"), ('[>100]0;"≥ "0', "≥ 95"), ('"Nhóm 1: "0', "Nhóm 1: 95"), ('"<"0.0%', "<9500,0%")],
)  # fmt: skip
def test_what_stands_before_a_number_or_figures_behind_it_are_told(code: str, shown: str) -> None:
    found = number_format(code)
    assert not found.plain
    assert found.seen(95.0) == Rescaled(95.0, shown, code)
