"""CSV: encodings, delimiters, lines."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.records import State
from tests.dataset.conftest import Read, codes, only, reported

ROWS = ("commune_code|commune|year|measure|value", "03394|Sin Suối Hồ|2026|plan_published|Có")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_save(read: Read, delimiter: str, bom: bytes, encoding: str, ending: str) -> None:
    text = ending.join(ROWS).replace("|", delimiter) + ending
    dataset = read(a_csv=bom + text.encode(encoding))
    assert not dataset.problems
    assert reported(dataset, "plan_published").value == 1


def test_a_first_line_may_declare_the_delimiter(read: Read) -> None:
    dataset = read(a_csv="sep=;\n" + "\n".join(ROWS).replace("|", ";") + "\n03394;;2026;club_count;x\n")
    assert only(dataset).line == 4


def test_other_encodings_are_refused_with_what_to_do(read: Read) -> None:
    problem = only(read(a_csv="\n".join(ROWS).replace("|", ",").encode("utf-16-le") + b"\xd8\x00"))
    assert problem.code in ("csv-encoding", "csv-without-header")
    problem = only(read(a_csv=b"commune_code,year\nM\xb7 x\xb7"))
    assert (problem.code, problem.parameters["bad_line"]) == ("csv-encoding", 2)
    assert "CSV UTF-8" in problem.mend().render("en")


def test_lines_are_counted_as_an_editor_counts_them(read: Read) -> None:
    dataset = read(
        a_csv='commune_code,year,measure,value,note\n03394,2026,club_count,1,"hai\ndòng"\n03394,2026,balance,x,\n'
    )
    problem = only(dataset)
    assert (problem.line, problem.place().render("en")) == (4, "line 4, column value")


def test_a_stray_quotation_mark_is_told_not_swallowed(read: Read) -> None:
    dataset = read(a_csv='commune_code,year,measure,value\n03394,2026,club_count,1\n03394,2026,balance,"1\n')
    assert codes(dataset) == ["csv-broken"]
    assert dataset.problems[0].line == 3
    assert set(dataset.records[0].values) == {"club_count"}


def test_a_field_beyond_all_bounds_is_told(read: Read) -> None:
    dataset = read.long(f"03394;;2026;club_count;1;;;;{'x' * 200_000}")
    assert codes(dataset) == ["csv-broken"]


def test_text_without_a_header_is_told_with_its_first_line(read: Read) -> None:
    problem = only(read(a_csv="xin chào\n1,2,3\n"))
    assert (problem.code, problem.value) == ("csv-without-header", "xin chào")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_whatever_bytes_a_file_holds_reading_never_raises(read: Read, content: bytes) -> None:
    assert not read(a_csv=content).records


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(max_size=30), min_size=9, max_size=9))
def test_whatever_a_row_holds_reading_never_raises(read: Read, cells: list[str]) -> None:
    row = ";".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    read.long(row, f'03394;;2026;club_count;"{cells[0].replace(chr(34), "")}";;;;', "03405;;2026;club_count;7;;;;")


@pytest.mark.parametrize("rest", ["82,5,,,,", "82,5", "82,5,,,"])
def test_a_decimal_comma_without_quotes_never_becomes_another_figure(read: Read, rest: str) -> None:
    header = "commune_code,commune,year,measure,value,numerator,denominator,source_document,note"
    dataset = read(a_csv=f"{header}\n03394,Sin Suối Hồ,2026,water_share,{rest}\n")
    problem = only(dataset)
    assert problem.code == ("row-too-long" if rest.endswith(",,,,") else "denominator-missing")
    assert problem.severity == "error"
    assert all(record.values["water_share"].state is State.INVALID for record in dataset.records)


SWALLOWING = """\
commune_code,year,measure,value,source_document
03394,2026,club_count,1,"Báo cáo 1
03394,2026,balance,2,Báo cáo 2
03394,2026,hungry_share,5,Báo cáo 3"
03394,2026,plan_published,Có,Báo cáo 4
"""


def test_a_quotation_mark_closed_rows_later_is_told_with_the_lines_it_swallows(read: Read) -> None:
    dataset = read(a_csv=SWALLOWING)
    problem = only(dataset)
    assert (problem.code, problem.line, problem.parameters["last"]) == ("quote-swallows-rows", 2, 4)
    assert set(dataset.records[0].values) == {"plan_published"}


def test_a_text_of_several_lines_is_no_swallowed_row(read: Read) -> None:
    text = 'commune_code,year,measure,value,note\n03394,2026,club_count,1,"một, hai\nba, bốn\nnăm"\n'
    dataset = read(a_csv=text)
    assert not dataset.problems
    assert reported(dataset, "club_count").note == "một, hai ba, bốn năm"
