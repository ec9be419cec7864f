"""What headings say: over one row or several, merged or not, with parts and units; what is not understood is not read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset, State
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.runs.rulebook import Rulebook
from tests.dataset.conftest import Read, codes, only, reported

CASES = Path(__file__).parents[1] / "cases"


@pytest.fixture(scope="session")
def asked(loaded: LoadedSet) -> Questionnaire:
    return Rulebook(loaded=loaded, overlays=(), overlay_files={}).questionnaire()


def table(*rows: Sequence[object], merged: Sequence[str] = ()) -> bytes:
    """Return a workbook of one sheet."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


IDENTITY = ("Mã xã", "Xã", "Năm")
SIN_SUOI_HO = ("03394", "Sin Suối Hồ", 2026)
WATER = "Tỷ lệ hộ dùng nước sạch"


def values(dataset: Dataset) -> dict[str, str]:
    return {name: value.written for name, value in dataset.records[0].values.items()}


def states(dataset: Dataset) -> dict[str, State]:
    return {name: value.state for name, value in dataset.records[0].values.items()}


@pytest.mark.parametrize(
    ("file", "landfilled", "problems"),
    [
        ("merged-over-two-columns.xlsx", State.INVALID, [("figures-beside-heading", "E2")]),
        ("merged-with-sub-header.xlsx", None, [("heading-not-understood", "D2"), ("heading-not-understood", "E2")]),
        ("blank-header.csv", State.INVALID, [("figures-beside-heading", "")]),
    ],
)
def test_48_of_60_is_never_48_percent(
    asked: Questionnaire, file: str, landfilled: State | None, problems: list[tuple[str, str]]
) -> None:
    dataset = read_dataset([CASES / "merged-headings" / file], asked)
    assert [(problem.code, problem.cell) for problem in dataset.problems] == problems
    assert {problem.severity for problem in dataset.problems} == {"error"}
    assert {problem.measure for problem in dataset.problems} == {"household_waste_landfilled_share"}
    for record in dataset.records:
        value = record.values.get("household_waste_landfilled_share")
        assert (value.state if value else None) is landfilled


def test_numerator_and_denominator_stand_under_a_merged_heading(asked: Questionnaire) -> None:
    dataset = read_dataset([CASES / "merged-headings/merged-two-row-header.xlsx"], asked)
    assert not dataset.problems
    assert [record.get("households_clean_water_share")[1:4] for record in dataset.records] == [
        (900, 1000, True),
        (623, 1930, True),
        (500, 1000, True),
    ]
    assert [record.get("online_procedures_share").written for record in dataset.records] == ["95", "92,5", "80"]


@pytest.mark.parametrize(
    ("under", "row"),
    [
        (("Tử số", "Mẫu số"), (29, 100)),
        (("Mẫu số", "Tử số"), (100, 29)),
        (("Đạt", "Tổng số"), (29, 100)),
        (("Số lượng", "Tổng số"), (29, 100)),
        (("TỬ SỐ (hộ)", "Mẫu số (hộ)"), (29, 100)),
        (("Số hộ", "Tổng số hộ"), (29, 100)),
        (("Numerator", "Denominator"), (29, 100)),
        (("Tử số", "Mẫu số", "Tỷ lệ (%)"), (29, 100, 29)),
        (("Tỷ lệ %", "Số đạt", "Tổng số (hộ)"), (29, 29, 100)),
    ],
)
@pytest.mark.parametrize("merged", [True, False])
def test_sub_headings_in_several_spellings(
    read: Read, under: tuple[str, ...], row: tuple[int, ...], merged: bool
) -> None:
    right = "CDEF"[len(under)]
    sheet = table(
        (*IDENTITY, WATER, *[""] * (len(under) - 1), "Số câu lạc bộ"),
        ("", "", "", *under),
        (*SIN_SUOI_HO, *row, 7),
        merged=[f"D1:{right}1", "A1:A2"] if merged else (),
    )
    dataset = read(a_xlsx=sheet)
    assert not dataset.problems, [p.message().render("en") for p in dataset.problems]
    assert reported(dataset, "water_share")[:4] == (State.PRESENT, 29, 100, True)
    assert reported(dataset, "club_count").written == "7"


def test_sub_headings_of_a_text_file(read: Read) -> None:
    dataset = read(a_csv=f"Mã xã;Xã;Năm;{WATER};;Số câu lạc bộ\n;;;Tử số;Mẫu số;\n03394;Sin Suối Hồ;2026;29;100;7\n")
    assert not dataset.problems
    assert values(dataset) == {"water_share": "29/100", "club_count": "7"}


def test_headings_repeated_instead_of_merged(read: Read) -> None:
    rows = ((*IDENTITY, WATER, WATER), (*IDENTITY, "Tử số", "Mẫu số"), (*SIN_SUOI_HO, 29, 100))
    dataset = read(a_xlsx=table(*rows))
    assert not dataset.problems
    assert values(dataset) == {"water_share": "29/100"}


def test_a_header_of_three_rows_under_groups(read: Read) -> None:
    rows = (
        ("BIỂU TỔNG HỢP",),
        (*IDENTITY, "I. Hạ tầng", "", "", "II. Khác"),
        ("", "", "", WATER, "", "Số câu lạc bộ", "Cân đối"),
        ("", "", "", "Tử số", "Mẫu số", "", ""),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
        (*SIN_SUOI_HO, 29, 100, 7, 3.5),
    )
    for merged in (["A2:A4", "B2:B4", "C2:C4", "D2:F2", "D3:E3", "F3:F4", "G3:G4"], []):
        dataset = read(a_xlsx=table(*rows, merged=merged))
        assert not dataset.problems
        assert values(dataset) == {"water_share": "29/100", "club_count": "7", "balance": "3,5"}


def test_a_heading_above_the_row_that_names_communes(read: Read) -> None:
    rows = (
        ("Đơn vị", "", "", WATER, "", "Khác"),
        (*IDENTITY, "Tử số", "Mẫu số", "Số câu lạc bộ"),
        (*SIN_SUOI_HO, 29, 100, 7),
    )
    dataset = read(a_xlsx=table(*rows, merged=["A1:C1", "D1:E1"]))
    assert not dataset.problems
    assert values(dataset) == {"water_share": "29/100", "club_count": "7"}


def test_a_heading_cut_in_two_rows(read: Read) -> None:
    rows = ((*IDENTITY, "Tỷ lệ hộ dùng", "Số câu lạc bộ"), ("", "", "", "nước sạch", ""), (*SIN_SUOI_HO, 29, 7))
    dataset = read(a_xlsx=table(*rows))
    assert not dataset.problems
    assert values(dataset) == {"water_share": "29", "club_count": "7"}


def test_a_header_may_stand_far_down(read: Read) -> None:
    notes = [("Ghi chú của tỉnh",)] * 120
    assert values(read(a_xlsx=table(*notes, (*IDENTITY, WATER), (*SIN_SUOI_HO, 29)))) == {"water_share": "29"}


@pytest.mark.parametrize(
    ("heading", "read_as"),
    [
        (f"{WATER} (%)", "29"),
        (f"{WATER}, %", "29"),
        (f"{WATER} (ĐVT: %)", "29"),
        ("water_share (%)", "29"),
        ("water_share [percent]", "29"),
        ("Thu nhập bình quân đầu người (triệu đồng)", "29"),
        ("Thu nhập bình quân đầu người (trđ)", "29"),
        (f"{WATER} (hộ)", None),
        (f"{WATER} (năm 2025)", None),
        ("Thu nhập bình quân đầu người (nghìn đồng)", None),
        ("Số câu lạc bộ (%)", None),
    ],
)
def test_a_unit_behind_a_heading_is_read_if_it_is_the_figures_own(
    read: Read, heading: str, read_as: str | None
) -> None:
    dataset = read(a_xlsx=table((*IDENTITY, heading, "Cân đối"), (*SIN_SUOI_HO, 29, 1)))
    if read_as is not None:
        assert not dataset.problems
        assert list(values(dataset).values()) == [read_as, "1"]
    else:
        assert (only(dataset).code, only(dataset).cell) == ("heading-not-understood", "D1")
        assert values(dataset) == {"balance": "1"}


@pytest.mark.parametrize("unit", ["hộ", "%", "nghìn đồng"])
def test_a_row_of_units_is_held_against_the_figures_own(read: Read, unit: str) -> None:
    rows = (
        (*IDENTITY, "water_share__numerator", "water_share__denominator", "Thu nhập bình quân đầu người"),
        ("", "", "", "hộ", unit if unit != "nghìn đồng" else "hộ", unit if unit == "nghìn đồng" else "triệu đồng"),
        (*SIN_SUOI_HO, 29, 100, 45.5),
    )
    dataset = read(a_xlsx=table(*rows))
    expected = {"water_share": "29/100", "income_growth": "45,5"}
    wrong = {"%": ("water_share", "E2"), "nghìn đồng": ("income_growth", "F2")}.get(unit)
    if wrong is None:
        assert not dataset.problems
    else:
        assert (only(dataset).code, only(dataset).measure, only(dataset).cell) == ("heading-not-understood", *wrong)
        del expected[wrong[0]]
    assert values(dataset) == expected


@pytest.mark.parametrize("under", [("Kế hoạch", "Thực hiện"), ("Năm trước", "Năm nay"), ("Có", "Không")])
def test_sub_headings_that_are_no_parts_are_told_and_nothing_under_them_is_read(
    read: Read, under: tuple[str, str]
) -> None:
    rows = ((*IDENTITY, WATER, "", "Số câu lạc bộ"), ("", "", "", *under, ""), (*SIN_SUOI_HO, 29, 100, 7))
    dataset = read(a_xlsx=table(*rows, merged=["D1:E1"]))
    assert "heading-not-understood" in codes(dataset)
    assert values(dataset) == {"club_count": "7"}


def test_half_a_share_is_told_and_the_percentage_beside_it_read(read: Read) -> None:
    rows = ((*IDENTITY, WATER, ""), ("", "", "", "Số lượng", "Tỷ lệ (%)"), (*SIN_SUOI_HO, 290, 29))
    dataset = read(a_xlsx=table(*rows, merged=["D1:E1"]))
    assert (only(dataset).code, only(dataset).parameters["needed"]) == (
        "column-without-value",
        "water_share__denominator",
    )
    assert reported(dataset, "water_share")[:4] == (State.PRESENT, 290_000_000, 1_000_000_000, False)


def test_two_columns_of_one_measure_are_told(read: Read) -> None:
    dataset = read(a_xlsx=table((*IDENTITY, WATER, "water_share (%)"), (*SIN_SUOI_HO, 29, 30)))
    assert only(dataset).code == "column-twice"
    assert not values(dataset)


SIMPLE = (("Mã xã", "03394"), ("Xã", "Sin Suối Hồ"), ("Năm", 2026))


def test_value_merged_over_two_columns_of_a_simple_form_is_not_read(read: Read) -> None:
    rows = (*SIMPLE, ("Mã số liệu", "Giá trị", ""), ("water_share", 48, 60), ("club_count", 7, ""))
    dataset = read(a_xlsx=table(*rows, merged=["B4:C4"]))
    assert [(p.code, p.cell) for p in dataset.problems] == [("figures-beside-heading", "C5")]
    assert set(states(dataset).values()) == {State.INVALID}


@pytest.mark.parametrize("under", [("Tử số", "Mẫu số"), ("Đạt", "Tổng số")])
def test_value_divided_into_numerator_and_denominator_in_a_simple_form(read: Read, under: tuple[str, str]) -> None:
    rows = (*SIMPLE, ("Mã số liệu", "Giá trị", ""), ("", *under), ("water_share", 48, 60))
    dataset = read(a_xlsx=table(*rows, merged=["B4:C4"]))
    assert not dataset.problems
    assert values(dataset) == {"water_share": "48/60"}


def test_value_divided_otherwise_is_not_read(read: Read) -> None:
    rows = (*SIMPLE, ("Mã số liệu", "Giá trị", ""), ("", "Kế hoạch", "Thực hiện"), ("water_share", 48, 60))
    dataset = read(a_xlsx=table(*rows, merged=["B4:C4"]))
    assert {(p.code, p.severity) for p in dataset.problems} == {("heading-not-understood", "error")}
    assert not values(dataset)


def test_labels_above_a_form_are_no_header(read: Read) -> None:
    rows = (("Mã xã", "", "Xã", ""), ("Năm", "", "Tính chất số liệu", ""), ("Mã số liệu", "Giá trị"), ("club_count", 7))
    assert {p.code for p in read(a_xlsx=table(*rows)).problems} == {"owner-missing", "year-missing"}


# --- what nobody sees in a heading


@pytest.mark.parametrize(
    "heading",
    [
        "water_share\u200b",
        "\ufeffwater_share",
        "water\u00ad_share",
        "water\u200c_\u2060share",
        "\u200eTỷ lệ hộ dùng nước sạch\u200f",
        "Tỷ lệ hộ\u00a0dùng  nước\nsạch",
        "Ty\u0309 lệ hộ du\u0300ng nước sạch",
        "  TỶ LỆ HỘ DÙNG NƯỚC SẠCH: ",
        "Tỷ lệ hộ dùng nước sạch *",
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_headings_are_cleaned_as_cells_are(read: Read, heading: str, kind: str) -> None:
    if kind == "xlsx":
        dataset = read(a_xlsx=table((*IDENTITY, heading), (*SIN_SUOI_HO, 29)))
    else:
        dataset = read(a_csv=f'\ufeffMã xã\u200b;\ufeffXã;Năm;"{heading}"\n03394;Sin Suối Hồ;2026;29\n')
    assert codes(dataset) == []
    assert values(dataset) == {"water_share": "29"}


def test_whole_files_with_invisible_characters_are_read(asked: Questionnaire) -> None:
    for name in ("double-bom.csv", "zwsp-in-id.csv"):
        dataset = read_dataset([CASES / "invisible-in-header" / name], asked)
        assert not dataset.problems
        assert values(dataset)["planning_criterion_met"] == "Có"
        assert values(dataset)["households_clean_water_share"] == "623/1930"


# --- figures that nobody reads


def test_a_lost_column_of_figures_is_an_error(asked: Questionnaire) -> None:
    problem = only(read_dataset([CASES / "invisible-in-header/misspelt.csv"], asked))
    assert (problem.code, problem.severity, problem.line) == ("column-of-figures-unknown", "error", 1)
    assert (problem.value, problem.parameters["figure"]) == ("online_procedure_share", "95")
    assert problem.parameters["nearest"] == "online_procedures_share"


@pytest.mark.parametrize(
    ("cell", "severity"),
    [("95", "error"), ("92,5 %", "error"), ("Có", "error"), ("chưa đạt", "error"), ("12/BC-UBND", "warning")],
)
def test_a_lost_column_of_words_is_only_worth_a_look(read: Read, cell: str, severity: str) -> None:
    dataset = read(a_csv=f"Mã xã;Năm;club_count;Theo dõi\n03394;2026;1;\n03405;2026;1;{cell}\n")
    assert only(dataset).severity == severity


def test_figures_under_no_heading_are_told_once_a_column(read: Read) -> None:
    rows = [(*SIN_SUOI_HO[:2], year, 7, "theo báo cáo", 1, "ghi bên lề", 2) for year in (2026, 2027, 2028)]
    dataset = read(a_xlsx=table((*IDENTITY, "Số câu lạc bộ", "Ghi chú"), *rows))
    assert [(p.code, p.cell, p.severity) for p in dataset.problems] == [
        ("figures-without-heading", "F2", "error"),
        ("figures-without-heading", "H2", "error"),
    ]
    assert [record.get("club_count").state for record in dataset.records] == [State.PRESENT] * 3


def test_words_under_no_heading_are_nothing(read: Read) -> None:
    assert not read(a_xlsx=table((*IDENTITY, "Số câu lạc bộ"), (*SIN_SUOI_HO, 7, "xem lại"))).problems


@pytest.mark.parametrize("first", ["", "Unnamed: 0"])
def test_a_running_number_before_all_headings_is_no_figure(read: Read, first: str) -> None:
    rows = "\n".join(f"{n},03394,{year},7" for n, year in enumerate((2026, 2027, 2028)))
    dataset = read(a_csv=f"{first},commune_code,year,club_count\n{rows}\n")
    assert not dataset.problems
    dataset = read(a_csv=f"{first},commune_code,year,club_count\n50,03394,2026,7\n")
    assert codes(dataset) == ["figures-without-heading"]


def test_what_pandas_makes_of_a_merged_heading_is_a_blank_one(read: Read) -> None:
    dataset = read(a_csv="commune_code,year,water_share,Unnamed: 3\n03394,2026,48,60\n")
    assert codes(dataset) == ["figures-beside-heading"]
    assert states(dataset) == {"water_share": State.INVALID}


# --- rows of a text file that are longer or shorter than its header


def test_rows_of_another_length_are_told_once_and_not_read(read: Read) -> None:
    header = "Mã xã;Xã;Năm;club_count;balance;plan_published"
    short = [f"03394;Sin Suối Hồ;{year};7;Có" for year in (2026, 2027)]
    long = [f"03394;Sin Suối Hồ;{year};7;8;Có;9" for year in (2028, 2029)]
    dataset = read(a_csv="\n".join((header, "03405;Tả Lèng;2026;1;2;Có", *short, *long)))
    assert [(p.code, p.line, p.parameters["rows"]) for p in dataset.problems] == [
        ("row-too-short", 3, 2),
        ("row-too-long", 5, 2),
    ]
    assert [record.code for record in dataset.records] == ["03405"]


def test_blank_columns_that_excel_left_out_of_sixteen_rows_are_blank(read: Read) -> None:
    header = "Mã xã;Năm;club_count;balance"
    rows = ["03394;2026;7;8", *[";;;"] * 14, "03394;2027;7", "03394;2028;7"]
    dataset = read(a_csv="\n".join((header, *rows)))
    assert not dataset.problems
    assert [record.get("club_count").written for record in dataset.records] == ["7", "7", "7"]


# --- rows under a header that go on with it, and those that do not


def test_units_are_looked_at_beyond_the_numbers_of_the_columns(read: Read) -> None:
    rows = (
        (*IDENTITY, WATER, "Thu nhập bình quân đầu người", "Ghi chú"),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("", "", "", "%", "nghìn đồng", ""),
        (*SIN_SUOI_HO, 29, 45500, ""),
    )
    dataset = read(a_xlsx=table(*rows))
    assert (only(dataset).code, only(dataset).cell) == ("heading-not-understood", "E3")
    assert values(dataset) == {"water_share": "29"}


def test_dashes_and_words_beside_the_figures_leave_headings_as_they_are(read: Read) -> None:
    rows = (
        (*IDENTITY, WATER, "Số câu lạc bộ", "Ghi chú", "Đơn vị"),
        ("", "", "", "%", "-", "(nếu có)", ""),
        (*SIN_SUOI_HO, 29, 7, "đã rà soát", ""),
    )
    dataset = read(a_xlsx=table(*rows))
    assert not dataset.problems
    assert values(dataset) == {"water_share": "29", "club_count": "7"}
    assert dataset.records[0].values["club_count"].note == "đã rà soát"


def test_a_group_under_the_header_is_no_part_of_it(read: Read) -> None:
    rows = ((*IDENTITY, WATER), ("I. Khu vực phía Bắc", "", "", ""), (*SIN_SUOI_HO, 29))
    dataset = read(a_xlsx=table(*rows, merged=["A2:D2"]))
    assert not dataset.problems
    assert values(dataset) == {"water_share": "29"}


def test_a_group_of_columns_may_be_called_as_a_column_of_a_form(read: Read) -> None:
    for group in ("Số liệu", "Giá trị", "Kết quả thực hiện"):
        rows = ((*IDENTITY, group, ""), ("", "", "", WATER, "Số câu lạc bộ"), (*SIN_SUOI_HO, 29, 7))
        dataset = read(a_xlsx=table(*rows, merged=["D1:E1"]))
        assert not dataset.problems
        assert values(dataset) == {"water_share": "29", "club_count": "7"}


def test_tables_side_by_side_are_told_though_another_sheet_is_read(read: Read) -> None:
    workbook = openpyxl.Workbook()
    first, second = workbook.worksheets[0], workbook.create_sheet("Hai bảng")
    for row in ((*IDENTITY, WATER), (*SIN_SUOI_HO, 29)):
        first.append(list(row))
    for row in ((*IDENTITY, "Số câu lạc bộ", "", *IDENTITY, "Cân đối"), (*SIN_SUOI_HO, 7, "", *SIN_SUOI_HO, 8)):
        second.append(list(row))
    stream = io.BytesIO()
    workbook.save(stream)
    dataset = read(a_xlsx=stream.getvalue())
    assert (only(dataset).code, only(dataset).sheet) == ("sheet-without-header", "Hai bảng")


def test_figures_far_to_the_right_of_a_form_are_told_once(read: Read) -> None:
    rows = (("Mã số liệu", "Giá trị", "Ghi chú"), ("club_count", 7, "", "", 1), ("balance", 8, "", "", 2))
    dataset = read(a_xlsx=table(*SIMPLE, *rows))
    assert [(p.code, p.cell) for p in dataset.problems] == [("figures-without-heading", "E5")]
    assert values(dataset) == {"club_count": "7", "balance": "8"}


@pytest.mark.parametrize(
    "heading",
    ["6.1. Tỷ lệ hộ dùng nước sạch", "a) Tỷ lệ hộ dùng nước sạch (%)", f"{WATER} (5)", f"{WATER} (5=3/4)", f"{WATER}¹"],
)
def test_numbers_of_headings_and_of_notes_to_them_say_nothing(read: Read, heading: str) -> None:
    dataset = read(a_xlsx=table((*IDENTITY, heading), (*SIN_SUOI_HO, 29)))
    assert not dataset.problems
    assert values(dataset) == {"water_share": "29"}


@pytest.mark.parametrize(
    "under", [("Số hộ", "Tổng số hộ"), ("Số hộ đạt chuẩn", "Tổng hộ"), ("Số hộ đạt (hộ)", "Tổng số hộ")]
)
def test_parts_may_be_called_by_what_is_counted(read: Read, under: tuple[str, str]) -> None:
    rows = ((*IDENTITY, WATER, ""), ("", "", "", *under), (*SIN_SUOI_HO, 29, 100))
    assert values(read(a_xlsx=table(*rows, merged=["D1:E1"]))) == {"water_share": "29/100"}


@pytest.mark.parametrize("under", [("Tử số", ""), ("", "Mẫu số"), ("", "Tổng số")])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_heading_divided_by_half_is_told_and_not_read(read: Read, under: tuple[str, str], kind: str) -> None:
    rows = ((*IDENTITY, WATER, "", "Số câu lạc bộ"), ("", "", "", *under, ""), (*SIN_SUOI_HO, 48, 60, 7))
    if kind == "xlsx":
        dataset = read(a_xlsx=table(*rows, merged=["D1:E1"]))
    else:
        dataset = read(a_csv="\n".join(";".join(map(str, row)) for row in rows))
    assert {problem.severity for problem in dataset.problems} == {"error"}
    assert reported(dataset, "water_share").state in (State.MISSING, State.INVALID)
    assert reported(dataset, "club_count").written == "7"


def test_a_raised_mark_behind_a_heading_is_a_note(read: Read) -> None:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream)
    sheet, raised = workbook.add_worksheet(), workbook.add_format({"font_script": 1})
    for column, title in enumerate((*IDENTITY, "")):
        sheet.write(0, column, title)
    sheet.write_rich_string(0, 3, WATER, raised, "1")
    for column, cell in enumerate((*SIN_SUOI_HO, 29)):
        sheet.write(1, column, cell)
    workbook.close()
    dataset = read(a_xlsx=stream.getvalue())
    assert not dataset.problems
    assert values(dataset) == {"water_share": "29"}


@pytest.mark.parametrize("year", ["Năm 2025", "Thực hiện 2025", 2025])
def test_figures_under_another_year_are_not_read(read: Read, year: object) -> None:
    rows = (*SIMPLE, ("Mã số liệu", year, ""), ("", "Tử số", "Mẫu số"), ("water_share", 29, 100))
    dataset = read(a_xlsx=table(*rows, merged=["B4:C4"]))
    assert {(p.code, p.severity) for p in dataset.problems} >= {("heading-of-another-year", "error")}
    assert not values(dataset)
    wide = ((*IDENTITY, year, ""), ("", "", "", WATER, "Số câu lạc bộ"), (*SIN_SUOI_HO, 29, 7))
    dataset = read(a_xlsx=table(*wide, merged=["D1:E1"]))
    assert [(p.code, p.cell) for p in dataset.problems] == [
        ("heading-of-another-year", "D2"),
        ("heading-of-another-year", "E2"),
    ]
    assert not values(dataset)


def test_figures_under_their_own_year_are_read(read: Read) -> None:
    rows = (
        *SIMPLE,
        ("Mã số liệu", "Kết quả năm 2026", "", ""),
        ("", "Tử số", "Mẫu số", "Tỷ lệ (%)"),
        ("water_share", 29, 100, 29),
    )
    dataset = read(a_xlsx=table(*rows, merged=["B4:D4"]))
    assert not dataset.problems
    assert values(dataset) == {"water_share": "29/100"}
    wide = ((*IDENTITY, "Năm 2026", ""), ("", "", "", WATER, "Số câu lạc bộ"), (*SIN_SUOI_HO, 29, 7))
    dataset = read(a_xlsx=table(*wide, merged=["D1:E1"]))
    assert not dataset.problems
    assert values(dataset) == {"water_share": "29", "club_count": "7"}


def test_two_years_under_one_heading_are_told_and_not_read(read: Read) -> None:
    rows = ((*IDENTITY, WATER, ""), ("", "", "", 2025, 2026), (*SIN_SUOI_HO, 48, 60))
    dataset = read(a_xlsx=table(*rows, merged=["D1:E1", "A1:A2", "B1:B2", "C1:C2"]))
    assert [(p.code, p.cell) for p in dataset.problems] == [
        ("heading-not-understood", "D2"),
        ("heading-not-understood", "E2"),
    ]
    assert not values(dataset)


@pytest.mark.parametrize("merged", [["A1:B1"], []])
def test_a_commune_may_be_divided_into_code_and_name(read: Read, merged: list[str]) -> None:
    rows = (("Xã", "", "Năm", WATER), ("Mã", "Tên", "", ""), (*SIN_SUOI_HO, 29))
    same = table(*rows, merged=merged)
    dataset = read(a_xlsx=same, b_xlsx=same)
    assert [problem.code for problem in dataset.problems] == ["same-content"]
    assert values(dataset) == {"water_share": "29"}


def test_a_column_of_totals_beside_a_share_puts_it_in_doubt(read: Read) -> None:
    dataset = read(a_xlsx=table((*IDENTITY, WATER, "Tổng số"), (*SIN_SUOI_HO, 48, 60)))
    assert (only(dataset).code, only(dataset).cell) == ("column-perhaps-a-part", "E1")
    assert states(dataset) == {"water_share": State.INVALID}


@pytest.mark.parametrize(
    "heading", ["Tổng số", "Tổng số hộ", "Số hộ", "Khối lượng", "Tổng khối lượng phát sinh", "Toàn xã (hộ)", "Total"]
)
def test_a_heading_that_may_be_of_a_part_puts_the_share_left_of_it_in_doubt(read: Read, heading: str) -> None:
    dataset = read(a_xlsx=table((*IDENTITY, WATER, heading), (*SIN_SUOI_HO, 48, "60 hộ")))
    assert (only(dataset).code, only(dataset).cell) == ("column-perhaps-a-part", "E1")
    assert states(dataset) == {"water_share": State.INVALID}


def test_a_heading_that_may_be_of_a_part_puts_the_values_of_a_long_table_in_doubt(read: Read) -> None:
    rows = ((*IDENTITY, "Mã số liệu", "Giá trị", "Tổng"), (*SIN_SUOI_HO, "water_share", 48, 60))
    dataset = read(a_xlsx=table(*rows))
    assert (only(dataset).code, only(dataset).cell) == ("column-perhaps-a-part", "F1")
    assert states(dataset) == {"water_share": State.INVALID}


def test_a_heading_of_something_else_puts_nothing_in_doubt(read: Read) -> None:
    dataset = read(a_xlsx=table((*IDENTITY, WATER, "Xếp hạng"), (*SIN_SUOI_HO, 48, 6)))
    assert only(dataset).code == "column-of-figures-unknown"
    assert states(dataset) == {"water_share": State.PRESENT}


def test_a_number_with_its_unit_under_no_heading_is_a_figure_too(read: Read) -> None:
    dataset = read(a_xlsx=table((*IDENTITY, WATER, "", "Số câu lạc bộ"), (*SIN_SUOI_HO, 48, "60 hộ", 3)))
    assert (only(dataset).code, only(dataset).value) == ("figures-beside-heading", "60 hộ")
    assert states(dataset) == {"water_share": State.INVALID, "club_count": State.PRESENT}


def test_a_heading_that_pandas_numbers_stands_there_twice(read: Read) -> None:
    dataset = read(a_csv="Mã xã;Xã;Năm;water_share;water_share.1\n03394;Sin Suối Hồ;2026;48;60\n")
    assert (only(dataset).code, only(dataset).value) == ("column-twice", "water_share.1")
    assert not values(dataset)


def test_a_sub_heading_does_not_spread_under_a_heading_of_its_own(read: Read) -> None:
    rows = (
        (*IDENTITY, WATER, "", "Số câu lạc bộ"),
        ("", "", "", "Tử số", "Mẫu số", ""),
        ("", "", "", "(hộ)", "(hộ)", "(câu lạc bộ)"),
        (*SIN_SUOI_HO, 29, 100, 7),
    )
    dataset = read(a_csv="\n".join(";".join(map(str, row)) for row in rows))
    assert not dataset.problems
    assert values(dataset) == {"water_share": "29/100", "club_count": "7"}


def test_no_column_is_taken_for_one_that_the_form_works_out(asked: Questionnaire) -> None:
    vocabulary = Vocabulary(asked)
    assert vocabulary.nearest_column("Kết quả tự tín") != "Kết quả tự tính"
    assert vocabulary.nearest_column("Gia trị") == "Giá trị"
