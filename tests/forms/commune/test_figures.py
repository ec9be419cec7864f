"""One figure that several requirements hold against a target: its row tells them all, and the worst that comes of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from ntm_rules.forms.commune.filled import Answer, Filled
from ntm_rules.forms.commune.making import FormMaker
from tests.rulebook.tiny import CONDITIONS, FILES, Tiny

LIMIT = "at_most: {pending: {decision: awaited, note: {vi: Chờ quy định, en: Awaited}}}"
RANGE = "at_least: 6\n  at_most: 8.5"
TWICE = """\
all:
    - {id: DK.1.a, text: dưới 5, text_en: below 5, measure: debt, less_than: 5}
    - {id: DK.1.b, text: từ 2 trở xuống, text_en: 2 at most, measure: debt, at_most: 2}
"""
THRICE = (
    TWICE
    + """\
    - {id: DK.1.c, text: không tăng, text_en: no rise, measure: debt, taken: {change_from: year_before}, at_most: 0}
"""
)
ALONGSIDE_AN_AWAITED_ONE = """\
all:
    - {id: DK.1.a, text: dưới 5, text_en: below 5, measure: debt, less_than: 5}
    - {id: DK.1.b, text: theo quy định, text_en: as decided, measure: debt, at_most: {pending: {decision: awaited}}}
"""
ONE_OF_TWO = TWICE.replace("all:", "any:")


@pytest.fixture
def having(tmp_path: Path) -> Callable[[str], FormMaker]:
    """Make forms of the small set with another condition on the debt."""

    def made(condition: str) -> FormMaker:
        tiny = Tiny(tmp_path)
        for name, text in FILES.items():
            tiny.write(name, text)
        tiny.change(CONDITIONS, LIMIT, condition)
        if condition is not RANGE:
            tiny.change(CONDITIONS, "  measure: debt\n", "")
        return FormMaker(tiny.load(), tiny.resolve(), 2026)

    return made


def shown(maker: FormMaker, now: float | str, before: float | str = "") -> tuple[str, str, str]:
    """The ids, the targets and the result that a form shows of the debt."""
    filled = Filled(answers={"debt": Answer(now)}, previous={"debt": Answer(before)} if before != "" else {})
    form = maker.form(maker.rules.communes["03400"], filled)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(form)).get_sheet_by_name("Số liệu").to_python()
    (row,) = (row for row in rows if row[13] == "debt")
    return str(row[0]), str(row[8]), str(row[9])


@pytest.mark.parametrize(
    ("typed", "result"), [(5.9, "Chưa đạt"), (6, "Đạt"), (8.5, "Đạt"), (8.6, "Chưa đạt"), ("", "Chưa có số liệu")]
)
def test_a_range_is_met_between_its_ends(having: Callable[[str], FormMaker], typed: float, result: str) -> None:
    assert shown(having(RANGE), typed) == ("DK.1.min, DK.1.max", "≥ 6 và ≤ 8,5 triệu đồng", result)


@pytest.mark.parametrize(("typed", "result"), [(2, "Đạt"), (2.1, "Chưa đạt"), (5, "Chưa đạt")])
def test_of_several_limits_the_strictest_decides(having: Callable[[str], FormMaker], typed: float, result: str) -> None:
    targets = "DK.1.a: < 5 triệu đồng\nDK.1.b: ≤ 2 triệu đồng"
    assert shown(having(TWICE), typed) == ("DK.1.a, DK.1.b", targets, result)


@pytest.mark.parametrize(
    ("now", "before", "result"),
    [
        (2, "", "Chưa có số liệu"),
        (3, "", "Chưa đạt"),
        (2, 2, "Đạt"),
        (2, 1, "Chưa đạt"),
        ("", 1, "Chưa có số liệu"),
    ],
)
def test_last_years_figure_is_asked_where_any_of_them_needs_it(
    having: Callable[[str], FormMaker], now: float | str, before: float | str, result: str
) -> None:
    maker = having(THRICE)
    assert "debt" in maker.rules.beside_last_year
    assert shown(maker, now, before)[2] == result


@pytest.mark.parametrize(("typed", "result"), [(4.9, "Chưa quy định mức đạt"), (5, "Chưa đạt")])
def test_one_that_awaits_its_target_leaves_what_another_misses(
    having: Callable[[str], FormMaker], typed: float, result: str
) -> None:
    assert shown(having(ALONGSIDE_AN_AWAITED_ONE), typed)[2] == result


@pytest.mark.parametrize(("typed", "result"), [(2, "Đạt"), (3, "Đạt"), (5, "Chưa đạt")])
def test_an_alternative_that_is_not_needed_fails_nothing(
    having: Callable[[str], FormMaker], typed: float, result: str
) -> None:
    assert shown(having(ONE_OF_TWO), typed)[2] == result
