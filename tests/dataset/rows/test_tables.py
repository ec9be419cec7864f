"""Long and wide tables: headers in either language, any order, what is unknown is named."""

from __future__ import annotations

import pytest

from ntm_rules.dataset.records import Reported, State
from tests.dataset.conftest import Read, codes, only, reported


def test_a_long_table(read: Read) -> None:
    dataset = read(
        a_csv="commune_code,commune,year,measure,value,numerator,denominator,source_document,note\n"
        '03394,Sin Suối Hồ,2026,water_share,,29,100,12/BC-UBND,ghi chú\n03394,,2026,balance,"3,5",,,,\n'
    )
    assert not dataset.problems
    assert reported(dataset, "water_share") == Reported(State.PRESENT, 29, 100, True, "12/BC-UBND", "29/100", "ghi chú")
    assert reported(dataset, "balance") == Reported(State.PRESENT, 35_000_000, 0, False, "", "3,5", "")
    assert reported(dataset, "club_count").state is State.MISSING


def test_a_wide_table(read: Read) -> None:
    dataset = read(
        a_csv="commune_code;year;water_share;water_share__numerator;water_share__denominator;"
        "water_share__document;plan_published\n03394;2026;;29;100;12/BC-UBND;Có\n03405;2026;80%;;;;\n"
    )
    assert not dataset.problems
    assert reported(dataset, "water_share")[:5] == (State.PRESENT, 29, 100, True, "12/BC-UBND")
    assert reported(dataset, "plan_published").value == 1
    assert dict(dataset.records[1].values) == {
        "water_share": Reported(State.PRESENT, 800_000_000, 1_000_000_000, False, "", "80%", "")
    }


def test_vietnamese_headers_and_labels_head_columns_too(read: Read) -> None:
    dataset = read(a_csv="NĂM;mã  xã;Xã;Tỷ lệ hộ dùng nước sạch;Clubs;STT\n2026;03394;Sin Suối Hồ;80;2;1\n")
    assert not dataset.problems
    assert set(dataset.records[0].values) == {"water_share", "club_count"}


def test_a_pair_of_part_columns_is_enough_for_a_share(read: Read) -> None:
    dataset = read(a_csv="Mã xã,Năm,water_share__numerator,water_share__denominator\n03394,2026,1,2\n")
    assert not dataset.problems
    assert reported(dataset, "water_share")[:4] == (State.PRESENT, 1, 2, True)


def test_a_part_without_its_other_half_is_named(read: Read) -> None:
    dataset = read(a_csv="Mã xã,Năm,water_share__numerator,club_count\n03394,2026,1,2\n")
    problem = only(dataset)
    assert (problem.code, problem.parameters["needed"]) == ("column-without-value", "water_share__denominator")


@pytest.mark.parametrize(
    ("title", "near"),
    [("water_shore", "water_share"), ("club_counts", "club_count"), ("Ghi chus", "Ghi chú"), ("qqqqq", "")],
)
def test_an_unknown_column_is_named_with_the_nearest(read: Read, title: str, near: str) -> None:
    problem = only(read(a_csv=f"Mã xã,Năm,balance,{title}\n03394,2026,1,theo dõi\n"))
    assert (problem.code, problem.severity, problem.value) == ("column-unknown", "warning", title)
    assert problem.parameters["nearest"] == near


def test_a_column_given_twice_is_not_read_at_all(read: Read) -> None:
    dataset = read(a_csv="Mã xã,Năm,balance,club_count,balance\n03394,2026,1,2,3\n")
    assert codes(dataset) == ["column-twice"]
    assert set(dataset.records[0].values) == {"club_count"}


def test_an_unknown_measure_is_named_with_the_nearest(read: Read) -> None:
    problem = only(read.long("03394;;2026;club_cuont;3;;;;"))
    assert (problem.code, problem.line, problem.parameters["nearest"]) == ("measure-unknown", 2, "club_count")
    assert problem.place().render("en") == "line 2, column measure"


def test_a_figure_without_its_measure_is_named(read: Read) -> None:
    assert codes(read.long("03394;;2026;;3;;;;")) == ["measure-missing"]


def test_blank_rows_are_nothing(read: Read) -> None:
    dataset = read.long(";;;;;;;;", "   ; ;;;;;;;", "", "03394;;2026;club_count;3;;;;")
    assert not dataset.problems


def test_short_rows_are_blank_to_the_right(read: Read) -> None:
    assert reported(read.long("03394;;2026;club_count;3"), "club_count").state is State.PRESENT


def test_a_header_alone_is_a_problem(read: Read) -> None:
    assert codes(read.long()) == ["no-rows"]


@pytest.mark.parametrize("note", ["Số liệu minh họa", "số liệu minh hoạ, không phải số thật"])
def test_a_note_says_that_figures_are_invented(read: Read, note: str) -> None:
    assert read.long(f"03394;;2026;club_count;3;;;;{note}").illustrative
    assert not read.long("03394;;2026;club_count;3;;;;không minh họa").illustrative


def test_a_bad_cell_is_invalid_alone_and_keeps_what_was_written(read: Read) -> None:
    dataset = read(a_csv="Mã xã;Năm;club_count;balance\n03394;2026;1.234;5\n")
    assert reported(dataset, "club_count") == Reported(State.INVALID, written="1.234")
    assert reported(dataset, "balance").state is State.PRESENT
    problem = only(dataset)
    assert (problem.commune_code, problem.commune, problem.year, problem.measure, problem.value) == (
        "03394",
        "Sin Suối Hồ",
        2026,
        "club_count",
        "1.234",
    )


def test_decomposed_text_is_read_and_told_once_a_file(read: Read) -> None:
    import unicodedata

    rows = ["03394;Sin Suối Hồ;2026;plan_published;Có;;;;", "03394;Sin Suối Hồ;2026;school_ruling;Đạt;;;;"]
    dataset = read.long(*(unicodedata.normalize("NFD", row) for row in rows))
    assert [v.value for v in dataset.records[0].values.values()] == [1, 1]
    problem = only(dataset)
    assert (problem.code, problem.severity, problem.line) == ("text-decomposed", "warning", 2)
    assert problem.parameters["count"] == 4


def test_columns_of_another_kind_of_table_are_told(read: Read) -> None:
    wide = read(a_csv="Mã xã,Năm,club_count,Giá trị,Văn bản\n03394,2026,1,2,BC 1\n")
    told = [("column-of-figures-unused", "Giá trị"), ("column-unused", "Văn bản")]
    assert [(p.code, p.value) for p in wide.problems] == told
    assert reported(wide, "club_count").value == 10_000_000
    long = read(a_csv="Mã xã,Năm,measure,value,club_count\n03394,2026,balance,1,2\n")
    assert [(p.code, p.severity, p.value) for p in long.problems] == [
        ("column-of-figures-unused", "error", "club_count")
    ]
    assert set(long.records[0].values) == {"balance"}
