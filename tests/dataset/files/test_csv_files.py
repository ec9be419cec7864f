"""CSV: encodings, delimiters, lines."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.reading import read_dataset
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
        (codecs.BOM_UTF8 * 2, "utf-8"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
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
    problem = only(read(a_csv="\n".join(ROWS).replace("|", ",").encode("utf-16-le") + b"\x00\xd8"))
    assert (problem.code, problem.parameters["bad_line"]) == ("csv-encoding", 2)
    problem = only(read(a_csv=b"commune_code,year\n\xff\xfe\xfd"))
    assert (problem.code, problem.parameters["bad_line"]) == ("csv-encoding", 2)
    assert "CSV UTF-8" in problem.mend().render("en")


@pytest.mark.parametrize(
    ("encoding", "bytes_"),
    [
        ("windows-1258", "M\xe3 x\xe3;N\xe3m;club_count\n03394;2026;1\nSin Su\xf4\xeci H\xf4\xcc".encode("latin-1")),
        (
            "windows-1258",
            "commune_code;commune;year;club_count\r03394;Sin Su\xf4\xeci H\xf4\xcc;2026;1".encode("latin-1"),
        ),
        ("TCVN3 (ABC)", "M· x·;X·;N¨m;club_count\n03394;Sin Suèi Hå;2026;1".encode("latin-1")),
        ("TCVN3 (ABC)", "commune_code;commune;year;club_count\n03394;T¶ LÌng;2026;1".encode("latin-1")),
        ("VNI", "Maõ xaõ;Xaõ;Naêm;club_count\n03394;Sin Suoái Hoà;2026;1".encode("cp1252")),
        ("VNI", "commune_code;year;club_count;note\n03394;2026;1;Soá lieäu ñaõ raø soaùt".encode("cp1252")),
    ],
)
def test_old_vietnamese_encodings_are_told_by_name(read: Read, encoding: str, bytes_: bytes) -> None:
    problem = only(read(a_csv=bytes_))
    assert (problem.code, problem.parameters["encoding"]) == ("csv-old-encoding", encoding)
    assert problem.parameters["bad_line"] == 1 + bytes_[: next(i for i, b in enumerate(bytes_) if b > 127)].count(
        b"\r" if b"\r" in bytes_ else b"\n"
    )
    assert "CSV UTF-8" in problem.mend().render("en")


@pytest.mark.parametrize(
    ("encoding", "header"), [("TCVN3 (ABC)", "M· x·;X·;N¨m;Tû lÖ hé dïng n­íc s¹ch"), ("VNI", "Maõ xaõ;Xaõ;Naêm")]
)
def test_a_header_typed_in_an_old_font_is_told_though_it_is_utf8(read: Read, encoding: str, header: str) -> None:
    problem = only(read(a_csv=f"{header}\n03394;Sin;2026;1\n"))
    assert (problem.code, problem.parameters["encoding"]) == ("csv-typed-in-old-encoding", encoding)


def test_nul_bytes_are_told_and_nothing_glued(read: Read) -> None:
    rows = "commune_code;year;club_count\n03394;2026;1\n03405;2026;"
    for damaged in (f"{rows}1\x002\n", f"{rows}1\n" + "\0" * 500):
        dataset = read(a_csv=damaged)
        assert (only(dataset).code, only(dataset).line) == (
            "csv-nul-bytes",
            damaged[: damaged.index("\0")].count("\n") + 1,
        )
        assert not dataset.records


# --- .txt: what Excel's “Unicode Text” is called


TABLE = "Mã xã\tXã\tNăm\tclub_count\r\n03394\tSin Suối Hồ\t2026\t7\r\n"


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"),
        codecs.BOM_UTF8 + TABLE.encode(),
        TABLE.replace("\t", ";").encode(),
        ("BIỂU TỔNG HỢP NĂM 2026\t\t\t\r\n" + TABLE).encode(),
    ],
)
def test_a_txt_that_plainly_is_a_table_is_read_beside_others(read: Read, content: bytes) -> None:
    other = "commune_code;year;club_count\n03405;2026;5\n"
    dataset = read(a_csv=other, b_txt=content)
    assert not dataset.problems
    assert [record.get("club_count").written for record in dataset.records] == ["7", "5"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (TABLE.replace("Mã", "M·").replace("Xã", "X·").replace("Năm", "N¨m").replace("ố", "è").replace("ồ", "å"), "csv-old-encoding"),
        ("commune_code\tyear\tclub_count\n03394\t2026\t\xff\xfe\n", "csv-encoding"),
    ],
)  # fmt: skip
def test_a_txt_that_is_a_table_and_cannot_be_read_is_told(read: Read, content: str, code: str) -> None:
    content = content.replace("xã", "x·")
    dataset = read(b_txt=content.encode("latin-1"))
    assert only(dataset).code == code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("README_txt", "Các cột: Mã xã, Xã, Năm, club_count.\nMỗi xã một dòng, ví dụ 03394, Sin Suối Hồ, 2026, 7.\n"),
        ("README_txt", TABLE),
        ("huong-dan_txt", TABLE),
        ("b_txt", "Mã xã và năm ghi ở cột đầu.\nCám ơn.\n"),
        ("b_txt", ""),
        ("b_txt", bytes(range(256)) * 40),
        ("b_txt", "Năm; Mã xã: xem tệp kèm theo\nKính gửi Sở\nXin trân trọng cảm ơn\n"),
    ],
)
def test_a_txt_to_read_is_not_mentioned(read: Read, name: str, content: bytes | str) -> None:
    dataset = read(**{"a_csv": "commune_code;year;club_count\n03405;2026;5\n", name: content})
    assert not dataset.problems
    assert [one.name for one in dataset.inputs] == ["a.csv"]


def test_a_txt_named_by_itself_is_read_or_told(read: Read) -> None:
    (read.folder / "README.txt").write_text(TABLE, encoding="utf-16")
    dataset = read_dataset([read.folder / "README.txt"], read.questionnaire)
    assert (dataset.problems, len(dataset.records)) == ([], 1)
    (read.folder / "thu.txt").write_text("Kính gửi Sở", encoding="utf-8")
    assert codes(read_dataset([read.folder / "thu.txt"], read.questionnaire)) == ["csv-without-header"]


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
