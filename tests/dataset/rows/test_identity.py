"""A row belongs to a commune by its code, checked by its name, and to a year of the set."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from tests.dataset.conftest import Read, codes, only, reported

GIVEN = "club_count;3;;;;"


@pytest.mark.parametrize("code", ["03394", "3394", " 03394 ", "3394.0", "3394,0", "'03394", "０３３９４"])
def test_a_code_that_lost_its_zero_is_the_same_code(read: Read, code: str) -> None:
    dataset = read.long(f"{code};;2026;{GIVEN}")
    assert not dataset.problems
    assert [(r.code, r.name, r.year) for r in dataset.records] == [("03394", "Sin Suối Hồ", 2026)]


@pytest.mark.parametrize("name", ["Sin Suối Hồ", "Xã Sin Suối Hồ", "XÃ  SIN SUỐI HỒ", ""])
def test_a_name_may_be_written_with_its_type_or_left_out(read: Read, name: str) -> None:
    assert not read.long(f"03394;{name};2026;{GIVEN}").problems


def test_a_merged_unit_under_its_reused_code_is_refused_as_old_data(read: Read) -> None:
    dataset = read.long(f"03394;Thèn Sin;2026;{GIVEN}")
    assert not dataset.records
    problem = only(dataset)
    assert (problem.code, problem.line, problem.value) == ("name-of-predecessor", 2, "Thèn Sin")
    assert problem.message().render("en") == (
        "“Thèn Sin” is a unit merged into Sin Suối Hồ on 01/7/2025, and code 03394 passed to Sin Suối Hồ:"
        " these look like figures of the old unit"
    )


def test_a_name_of_another_commune_is_refused_with_its_code(read: Read) -> None:
    problem = only(read.long(f"03394;Tả Lèng;2026;{GIVEN}"))
    assert (problem.code, problem.parameters["other"]) == ("name-of-another", "03405 Tả Lèng")


def test_a_name_nearly_right_is_suggested_never_accepted(read: Read) -> None:
    dataset = read.long(f"03394;Sin Suổi Hồ;2026;{GIVEN}")
    assert not dataset.records
    assert only(dataset).mend().render("en") == "Did you mean Sin Suối Hồ? Write the official name."


def test_diacritics_tell_communes_apart(read: Read) -> None:
    assert codes(read.long(f"03463;Tả Tổng;2026;{GIVEN}")) == ["name-unknown"]


def test_a_name_in_an_old_encoding_is_named_as_such(read: Read) -> None:
    problem = only(read.long(f"03394;Sin Suèi Hå;2026;{GIVEN}"))
    assert problem.code == "name-old-encoding"
    assert "Unikey" in problem.mend().render("en")


@pytest.mark.parametrize(
    "name", ["Tả Lèng", "xã TẢ LÈNG", unicodedata.normalize("NFD", "Tả Lèng"), "Xã  Tả\u00a0Lèng", "'Tả Lèng"]
)
def test_a_name_alone_is_enough_where_it_is_exactly_that_of_one_unit(read: Read, name: str) -> None:
    dataset = read.long(f";{name};2026;{GIVEN}")
    assert [problem.code for problem in dataset.problems] in ([], ["text-decomposed"])
    assert reported(dataset, "club_count", "03405").written == "3"


def test_a_table_without_a_column_of_codes_is_read_by_its_names(read: Read) -> None:
    dataset = read(a_csv="Xã;Năm;club_count\nTả Lèng;2026;3\nGiang Ma;2026;4\n")
    assert [record.code for record in dataset.records] == ["03405"]
    assert (only(dataset).code, only(dataset).parameters["column"]) == ("name-of-former", "Xã")


def test_a_form_without_code_is_read_by_its_name(read: Read) -> None:
    def forget(workbook: Any) -> None:
        workbook.active["B1"] = None

    assert reported(read.form(("club_count", 3), edit=forget), "club_count").written == "3"


def test_an_old_name_alone_is_asked_about_with_every_unit_it_went_into(read: Read) -> None:
    dataset = read.long(f";Nậm Xe;2026;{GIVEN}")
    assert not dataset.records
    problem = only(dataset)
    assert (problem.code, problem.value, problem.parameters["communes"]) == (
        "name-of-former",
        "Nậm Xe",
        "03394 Sin Suối Hồ, 03405 Tả Lèng",
    )
    assert problem.mend().render("en") == (
        "Is 03394 Sin Suối Hồ, 03405 Tả Lèng meant, as it is now? Then write its code and name, with the figures of"
        " the whole commune."
    )


@pytest.mark.parametrize(("name", "near"), [("Ta Leng", "03405 Tả Lèng"), ("Sin Suối Hô", "03394 Sin Suối Hồ")])
def test_a_name_alone_that_is_nearly_one_is_a_question(read: Read, name: str, near: str) -> None:
    dataset = read.long(f";{name};2026;{GIVEN}")
    assert not dataset.records
    assert (only(dataset).code, only(dataset).parameters["nearest"]) == ("code-missing", near)
    assert only(dataset).mend().render("en") == f"Did you mean {near}? Then write its code."


@pytest.mark.parametrize("name", ["Tà Lờng", "Tam Đường", "Tân Tổng", "xã", "Tà"])
def test_a_name_that_is_like_another_only_somehow_is_no_guess(read: Read, name: str) -> None:
    assert only(read.long(f";{name};2026;{GIVEN}")).mend().render("en") == "Write the 5-digit code."
    coded = only(read.long(f"03394;{name};2026;{GIVEN}"))
    assert coded.mend().render("en") == "Write the official name Sin Suối Hồ, if that commune is meant."


def test_a_type_before_a_name_that_no_such_unit_has_makes_it_another_name(read: Read) -> None:
    assert codes(read.long(f";Xã Đoàn Kết;2026;{GIVEN}")) == ["code-missing"]
    assert codes(read.long(f";Phường Đoàn Kết;2026;{GIVEN}")) == ["unit-outside"]


def test_an_old_name_beside_the_code_of_another_unit_is_told_with_the_unit_it_went_into(read: Read) -> None:
    problem = only(read.long(f"03463;Giang Ma;2026;{GIVEN}"))
    assert (problem.code, problem.parameters["other"]) == ("name-of-another", "03405 Tả Lèng")


@pytest.mark.parametrize("year", ["2026.0", '="2026"', "２０２６"])
def test_a_year_that_a_program_wrote_its_own_way_is_that_year(read: Read, year: str) -> None:
    assert not read.long(f"03394;;{year};{GIVEN}").problems


def test_an_unknown_code_is_refused_with_the_code_of_the_name(read: Read) -> None:
    problem = only(read.long(f"03999;Tả Lèng;2026;{GIVEN}"))
    assert (problem.code, problem.parameters["nearest"]) == ("code-unknown", "03405 Tả Lèng")


@pytest.mark.parametrize("name", ["Giang Ma", "Tả Lèng", ""])
def test_a_code_of_before_the_mergers_is_named_with_the_commune_it_went_into_and_never_used(
    read: Read, name: str
) -> None:
    dataset = read.long(f"3406;{name};2026;{GIVEN}")
    assert not dataset.records
    problem = only(dataset)
    assert (problem.code, problem.severity, problem.value) == ("code-of-predecessor", "error", "3406")
    assert problem.message().render("en") == (
        "3406 is the old code of a unit that is now part of Tả Lèng (03405), and is used no more"
    )
    assert "mã cũ" in str(problem.message())
    assert "Tả Lèng (03405)" in str(problem.message())
    assert problem.mend().render("en").startswith("Write the present code")


def test_a_reused_code_is_the_commune_that_has_it_now_though_another_lists_it_as_a_predecessor_s(read: Read) -> None:
    dataset = read.long(f"03394;Sin Suối Hồ;2026;{GIVEN}")
    assert not dataset.problems
    assert [record.code for record in dataset.records] == ["03394"]


@pytest.mark.parametrize("code", ["0339A", "033945", "3394,5", "-3394", "٣٣٩٤", "=3394"])
def test_a_code_is_five_digits(read: Read, code: str) -> None:
    assert codes(read.long(f"{code};;2026;{GIVEN}")) == ["code-malformed"]


def test_a_ward_is_left_out_with_a_warning(read: Read) -> None:
    dataset = read.long(f"03388;Đoàn Kết;2026;{GIVEN}")
    assert not dataset.records
    problem = only(dataset)
    assert (problem.code, problem.severity) == ("unit-outside", "warning")


@pytest.mark.parametrize(
    ("year", "code"),
    [
        ("", "year-missing"),
        ("26", "year-outside"),
        ("2031", "year-outside"),
        ("2026,5", "year-malformed"),
        ("2.026", "year-malformed"),
        ("Năm 2026", "year-malformed"),
        ("2024", "year-before-commune"),
    ],
)
def test_a_year_is_one_of_the_set_and_of_the_commune(read: Read, year: str, code: str) -> None:
    dataset = read.long(f"03394;;{year};{GIVEN}")
    assert not dataset.records
    assert codes(dataset) == [code]


def test_a_commune_never_merged_has_earlier_years(read: Read) -> None:
    assert reported(read.long(f"03463;;2024;{GIVEN}"), "club_count", "03463", 2024).written == "3"


def test_a_bad_row_loses_itself_alone(read: Read) -> None:
    dataset = read.long(f"03999;;2026;{GIVEN}", f"03405;;2026;{GIVEN}")
    assert [r.code for r in dataset.records] == ["03405"]


def test_rows_with_the_same_doubt_are_told_once_with_their_count(read: Read) -> None:
    dataset = read.long(*(f"03388;;2026;{measure};1;;;;" for measure in ("club_count", "balance", "income_growth")))
    problem = only(dataset)
    assert (problem.line, problem.parameters["rows"]) == (2, 3)
    assert problem.message().render("en").endswith("(the same in 3 rows)")


# --- all mistakes of a row, a sheet, at once ---------------------------------------------------


def test_a_row_refused_for_its_name_tells_its_bad_figure_too(read: Read) -> None:
    dataset = read.long("03394;Sin Suoi Ho;2026;water_share;150;;;;")
    assert codes(dataset) == ["name-unknown", "above-100"]
    assert (dataset.problems[1].measure, dataset.problems[1].commune_code) == ("water_share", "03394")
    assert not dataset.records


def test_a_wide_row_refused_for_its_name_tells_every_bad_figure(read: Read) -> None:
    dataset = read(a_csv="Mã xã;Xã;Năm;club_count;balance\n03394;Thèn Sin;2026;1.234;99999\n")
    assert codes(dataset) == ["name-of-predecessor", "number-two-readings", "above-range"]
    assert not dataset.records


def test_a_form_refused_for_its_name_tells_its_bad_figures_too(read: Read) -> None:
    def rename(workbook: Any) -> None:
        workbook.active["B2"] = "Tà Tổng"

    dataset = read.form(("club_count", "1.234"), ("balance", 3), edit=rename)
    assert codes(dataset) == ["name-of-another", "number-two-readings"]
    assert not dataset.records


@pytest.mark.parametrize("owner", ["03388;Đoàn Kết;2026", ";Tổng cộng;2026"])
def test_figures_of_a_ward_or_a_line_of_totals_are_not_looked_into(read: Read, owner: str) -> None:
    assert len(codes(read.long(f"{owner};club_count;1.234;;;;"))) == 1


@pytest.mark.parametrize(
    ("written", "meant"), [("Sin Suoi Ho", "Sin Suối Hồ"), ("TA LENG", "Tả Lèng"), ("Ta Tong", "Tà Tổng")]
)
def test_a_name_without_its_diacritics_is_refused_with_the_one_it_stands_for(
    read: Read, written: str, meant: str
) -> None:
    code = {"Sin Suối Hồ": "03394", "Tả Lèng": "03405", "Tà Tổng": "03463"}[meant]
    problem = only(read.long(f"{code};{written};2026;{GIVEN}"))
    assert (problem.code, problem.parameters["nearest"]) == ("name-unknown", meant)


@pytest.mark.parametrize(
    ("measure", "written", "meant"),
    [
        ("plan_published", "Co", "Có"),
        ("plan_published", "Khong", "Không"),
        ("school_ruling", "Dat", "Đạt"),
        ("school_ruling", "KHONG DAT", "Không đạt"),
    ],
)
def test_an_answer_without_its_diacritics_is_refused_with_the_one_it_stands_for(
    read: Read, measure: str, written: str, meant: str
) -> None:
    problem = only(read.cell(measure, written))
    assert (problem.code, problem.parameters["nearest"]) == ("answer-unknown", meant)
    assert reported(read.cell(measure, written), measure).state.name == "INVALID"
