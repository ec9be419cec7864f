"""The same commune and year from several places: equal is fine, different is a conflict, nothing is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest

from ntm_rules.dataset.records import Place, State
from tests.dataset.conftest import FIRST, LONG, Read, codes, only, reported
from tests.dataset.rows.test_headers import SIMPLE, table


def row(measure: str, value: str = "", numerator: str = "", denominator: str = "") -> str:
    return f"{LONG}\n03394;;2026;{measure};{value};{numerator};{denominator};;\n"


def test_files_complete_each_other(read: Read) -> None:
    dataset = read(a_csv=row("club_count", "3"), b_csv=row("balance", "1"))
    assert not dataset.problems
    assert set(dataset.records[0].values) == {"club_count", "balance"}


def test_equal_figures_are_one_figure_and_a_warning(read: Read) -> None:
    dataset = read(a_csv=row("club_count", "3"), b_csv=row("club_count", "3,0"))
    problem = only(dataset)
    assert (problem.code, problem.severity, problem.file, problem.line) == ("repeated", "warning", "b.csv", 2)
    assert problem.parameters["other"].render("en") == "a.csv, line 2"
    assert reported(dataset, "club_count").value == 30_000_000


def test_a_repeated_row_warns_once_for_all_its_figures(read: Read) -> None:
    wide = "Mã xã,Năm,club_count,balance,plan_published\n"
    dataset = read(a_csv=wide + "03394,2026,3,1,Có\n03394,2026,3,1,Có\n")
    assert codes(dataset) == ["repeated"]


@pytest.mark.parametrize("names", ["ab", "ba"])
@pytest.mark.parametrize(("before", "told"), [(45, []), (44, ["given-twice-differently"])])
def test_last_years_figure_beside_this_years_is_no_repetition_of_last_years_report_but_may_differ_from_it(
    read: Read, names: str, before: int, told: list[str]
) -> None:
    form = table(*SIMPLE, ("Mã số liệu", "Giá trị", "Năm trước"), ("income_growth", 50, before))
    (read.folder / f"{names[0]}.xlsx").write_bytes(form)
    (read.folder / f"{names[1]}.csv").write_text(row("income_growth", "45").replace(";2026;", ";2025;"))
    dataset = read()
    assert codes(dataset) == told
    record = dataset.record("03394", 2025)
    assert record is not None
    if not told:
        assert record.places["income_growth"].file == f"{names[1]}.csv"
        assert not record.base_only
        (read.folder / "c.csv").write_text(row("income_growth", "45").replace(";2026;", ";2025;") + "\n")
        problem = only(read())
        assert (problem.code, problem.file) == ("repeated", "c.csv")
        assert problem.parameters["other"].render("en") == f"{names[1]}.csv, line 2"


def test_different_figures_are_a_conflict_naming_both_places(read: Read) -> None:
    dataset = read(a_csv=row("club_count", "3"), b_csv=row("club_count", "4"))
    problem = only(dataset)
    assert (problem.code, problem.severity, problem.file) == ("given-twice-differently", "error", "b.csv")
    assert problem.message().render("en") == "“4” here, but “3” in a.csv, line 2: neither was taken"
    assert reported(dataset, "club_count")[:4] == (State.CONFLICTING, 0, 0, False)


def test_a_third_figure_does_not_settle_a_conflict(read: Read) -> None:
    dataset = read(a_csv=row("club_count", "3"), b_csv=row("club_count", "4"), c_csv=row("club_count", "4") + "\n")
    assert reported(dataset, "club_count").state is State.CONFLICTING


@pytest.mark.parametrize("typed", ["33,33", "33,3333333333", "33,3"])
def test_a_count_and_its_percentage_agree_and_the_count_is_kept(read: Read, typed: str) -> None:
    counted = row("water_share", "", "1", "3")
    for first, second in ((row("water_share", typed), counted), (counted, row("water_share", typed))):
        dataset = read(a_csv=first, b_csv=second)
        assert codes(dataset) == ["repeated"]
        assert reported(dataset, "water_share")[:4] == (State.PRESENT, 1, 3, True)


@pytest.mark.parametrize("order", list(permutations(["counted", "33,33", "33,3"])))
def test_three_reports_of_a_share_that_disagree_conflict_in_any_order(read: Read, order: tuple[str, ...]) -> None:
    """Each percentage is a rounding of the count; they are not the same percentage."""
    rows = {f"{name}_csv": share(words) for name, words in zip("abc", order, strict=True)}
    assert reported(read(**rows), "water_share").state is State.CONFLICTING


@pytest.mark.parametrize("order", list(permutations(["counted", "33,33", "33,330"])))
def test_a_percentage_written_to_more_decimals_than_hold_conflicts_in_any_order(
    read: Read, order: tuple[str, ...]
) -> None:
    rows = {f"{name}_csv": share(words) for name, words in zip("abc", order, strict=True)}
    assert reported(read(**rows), "water_share").state is State.CONFLICTING


@pytest.mark.parametrize("order", list(permutations(["counted", "33,33", "33,33 %"])))
def test_three_reports_of_a_share_that_agree_are_one_in_any_order(read: Read, order: tuple[str, ...]) -> None:
    rows = {f"{name}_csv": share(words) for name, words in zip("abc", order, strict=True)}
    assert reported(read(**rows), "water_share")[:4] == (State.PRESENT, 1, 3, True)


def share(words: str) -> str:
    return row("water_share", "", "1", "3") if words == "counted" else row("water_share", words)


def test_a_count_and_another_percentage_conflict(read: Read) -> None:
    dataset = read(a_csv=row("water_share", "33,5"), b_csv=row("water_share", "", "1", "3"))
    assert codes(dataset) == ["given-twice-differently"]


def test_one_of_two_and_five_hundred_of_a_thousand_are_different_figures(read: Read) -> None:
    dataset = read(a_csv=row("water_share", "", "1", "2"), b_csv=row("water_share", "", "500", "1000"))
    assert codes(dataset) == ["given-twice-differently"]
    assert reported(dataset, "water_share").state is State.CONFLICTING


@pytest.mark.parametrize("measure", ["water_share", "balance"])
def test_figures_that_differ_in_the_eighth_decimal_are_different_figures(read: Read, measure: str) -> None:
    dataset = read(a_csv=row(measure, "79,99999991"), b_csv=row(measure, "79,99999992"))
    assert codes(dataset) == ["given-twice-differently"]
    again = read(a_csv=row(measure, "79,99999991"), b_csv=row(measure, "79,999999910"))
    assert codes(again) == ["repeated"]


def test_the_same_count_twice_is_one(read: Read) -> None:
    dataset = read(a_csv=row("canal_share", "", "1,5", "2"), b_csv=row("canal_share", "", "1,50", "2,0"))
    assert codes(dataset) == ["repeated"]


@pytest.mark.parametrize("clear", ["0,62%", "62", "0,62"])
def test_an_unclear_share_is_one_with_nothing_but_itself(read: Read, clear: str) -> None:
    dataset = read(a_csv=row("water_share", "0,62"), b_csv=row("water_share", clear))
    expected = State.UNCLEAR if clear == "0,62" else State.CONFLICTING
    assert reported(dataset, "water_share").state is expected


def test_a_bad_figure_does_not_give_way_to_a_good_one_unsaid(read: Read) -> None:
    dataset = read(a_csv=row("club_count", "1.234"), b_csv=row("club_count", "1234"))
    assert codes(dataset) == ["number-two-readings", "given-twice-differently"]
    assert reported(dataset, "club_count").state is State.CONFLICTING


def test_years_and_communes_stand_apart_in_order(read: Read) -> None:
    dataset = read.long(
        "03405;;2026;club_count;1", "03394;;2027;club_count;2", "03394;;2026;club_count;3", "03394;;2025;club_count;4"
    )
    assert not dataset.problems
    assert [(r.code, r.year) for r in dataset.records] == [
        ("03394", 2025),
        ("03394", 2026),
        ("03394", 2027),
        ("03405", 2026),
    ]


# --- where each figure was read -----------------------------------------------------------------


def test_every_figure_says_which_cell_or_line_it_was_read_from(read: Read) -> None:
    dataset = read.form(("club_count", 3), ("water_share", None, 1, 3))
    places = dataset.records[0].places
    assert dict(places) == {
        "club_count": Place("a.xlsx", "Số liệu 2026", "B6"),
        "water_share": Place("a.xlsx", "Số liệu 2026", "C7"),
    }
    assert places["club_count"].words().render("en") == "sheet “Số liệu 2026”, cell B6"


def test_figures_that_complete_each_other_keep_their_own_places(read: Read) -> None:
    dataset = read(a_csv=row("club_count", "3"), b_csv=row("club_count", "3") + row("balance", "1").split("\n")[1])
    places = dataset.records[0].places
    assert len(places) == 2
    assert (places["club_count"], places["balance"]) == (Place("a.csv", line=2), Place("b.csv", line=3))


# --- what growth starts from


BASES = "03394;;2025;income_growth;40;;;;", "03394;;2026;income_growth;44;;;;"


def test_rows_that_hold_only_what_growth_starts_from_are_no_report_of_their_year(read: Read) -> None:
    dataset = read.long(*BASES, "03394;;2026;club_count;3;;;;")
    assert [(record.year, record.base_only) for record in dataset.records] == [(2025, True), (2026, False)]
    assert dataset.years() == (2026,)


def test_so_it_is_in_a_file_of_its_own(read: Read) -> None:
    header = "commune_code;year;income_growth;club_count"
    dataset = read(a_csv=f"{header}\n03394;2025;40;\n", b_csv=f"{header}\n03394;2026;44;3\n")
    assert dataset.years() == (2026,)


@pytest.mark.parametrize(
    "rows",
    [
        (BASES[0],),  # nothing is reported for the year after
        (*BASES, "03394;;2025;club_count;3;;;;"),
        ("03405;;2025;income_growth;40;;;;", BASES[1]),
    ],
)
def test_any_other_row_is_a_report(read: Read, rows: Sequence[str]) -> None:
    assert 2025 in read.long(*rows).years()


def test_a_form_is_a_report_however_little_is_filled_in(read: Read) -> None:
    dataset = read.form(("income_growth", 40))
    (read.folder / "b.csv").write_text("commune_code;year;income_growth;club_count\n03394;2027;44;3\n")
    assert read().years() == (2026, 2027)
    assert not dataset.problems


def test_two_sheets_of_one_year_in_one_form_are_told(read: Read) -> None:
    def copy(workbook: Any) -> None:
        sheet = workbook.copy_worksheet(workbook.active)
        sheet.title = "Số liệu 2026 (2)"
        sheet.cell(FIRST, 2).value = None
        sheet.cell(FIRST + 1, 2).value = 5

    dataset = read.form(("club_count", 3), ("balance", 4), edit=copy)
    assert [(p.code, p.sheet) for p in dataset.problems] == [
        ("sheet-again", "Số liệu 2026 (2)"),
        ("given-twice-differently", "Số liệu 2026 (2)"),
    ]
    assert (dataset.problems[0].parameters["other"], dataset.problems[0].parameters["count"]) == ("Số liệu 2026", 2)


def test_sheets_of_one_form_may_share_out_its_figures(read: Read) -> None:
    def share_out(workbook: Any) -> None:
        sheet = workbook.copy_worksheet(workbook.active)
        sheet.title = "Số liệu khác 2026"
        sheet.cell(FIRST, 1).value = "balance"

    assert not read.form(("club_count", 3), edit=share_out).problems
