"""Rows of a printed table that report nothing are passed over; a row of figures never is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.runs.rulebook import Rulebook
from tests.dataset.conftest import Read, codes, only
from tests.dataset.rows.test_headers import CASES, IDENTITY, SIMPLE, SIN_SUOI_HO, table, values


@pytest.fixture(scope="session")
def asked(loaded: LoadedSet) -> Questionnaire:
    return Rulebook(loaded=loaded, overlays=(), overlay_files={}).questionnaire()


@pytest.mark.parametrize("file", sorted((CASES / "column-number-rows").iterdir()), ids=lambda path: path.stem)
def test_whole_files_with_rows_under_a_printed_header(asked: Questionnaire, file: Path) -> None:
    dataset = read_dataset([file], asked)
    assert not dataset.problems
    record = next(record for record in dataset.records if record.code == "03394")
    assert record.get("planning_criterion_met").written == "Có"
    assert record.get("households_clean_water_share").written == "623/1930"


BELOW = (
    ("", "", "Người lập biểu", "", "CHỦ TỊCH", "", ""),
    ("", "", "", "", "Lai Châu, ngày 05 tháng 12 năm 2026", "", ""),
)
HEADER = ("STT", *IDENTITY, "Số câu lạc bộ", "Cân đối", "Ghi chú")


@pytest.mark.parametrize(
    "row",
    [
        (1, 2, 3, 4, 5, 6, 7),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
        ("A", "B", "C", "D", 1, 2, 3),
        ("a", "b", "c", "d", "(1)", "(2)", "(3)"),
        ("[1]", "[2]", "[3]", "[4]", "[5]", "(6)=(5)/(4)", "[7]"),
        (1, 2, 3, 4, 5, "6=5-4", 7),
        ("I", "II", "III", "IV", "V", "VI", "VII"),
        ("1.", "2.", "3.", "4.", "5.", "6.", "7."),
        (-1, -2, -3, -4, -5, -6, -7),
        ("", "(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("", "", "", "", "câu lạc bộ", "triệu đồng", ""),
        ("I", "", "Khu vực phía Bắc", "", "", "", ""),
        ("", "I. Khu vực phía Bắc", "", "", "", "", ""),
        ("", "", "Tổng cộng", 2026, 12, 30, ""),
        ("", "", "TỔNG SỐ:", 2026, 12, 30, ""),
        ("Cộng (I)", "", "", "", 12, 30, ""),
        ("", "Toàn tỉnh Lai Châu", "", 2026, 12, 30, ""),
        ("", "", "Bình quân chung", "", 12, 30, ""),
        ("", "", "Total", 2026, 12, 30, ""),
        HEADER,
        ("Ghi chú: số liệu đến 31/12/2026", "", "", "", "", "", ""),
        BELOW[0],
        BELOW[1],
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_rows_that_report_nothing(read: Read, row: Sequence[object], kind: str) -> None:
    first, second = (1, *SIN_SUOI_HO, 7, 8, ""), (2, "03405", "Tả Lèng", 2026, 5, 6, "")
    rows: list[Sequence[object]] = [HEADER, row, first, row, second, row]
    if row[4] == "câu lạc bộ":  # units stand right under the header
        rows = [HEADER, row, first, second]
    elif row in BELOW:
        rows = [HEADER, first, second, row]
    if kind == "xlsx":
        dataset = read(a_xlsx=table(*rows))
    else:
        dataset = read(a_csv="\n".join(";".join(map(str, one)) for one in rows))
    assert codes(dataset) == []
    assert [list(record.values) for record in dataset.records] == [["club_count", "balance"]] * 2


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ((1, "", "", "", 7, 8, ""), "owner-missing"),
        ((1, "", "Chung Chải", 2026, 7, 8, ""), "code-missing"),
        ((1, "", "Tổng Cọt", 2026, 7, 8, ""), "code-missing"),
        (("I", "", "Xã Sin Sối Hồ", 2026, 7, "", ""), "code-missing"),
        ((1, "", "Xã nào đó", 2026, "khoảng 7", "", ""), "code-missing"),
        ((1, "99999", "Tổng cộng", 2026, 7, 8, ""), "code-unknown"),
        ((1, "339x", "Sin Suối Hồ", 2026, 7, 8, ""), "code-malformed"),
        ((1, 2, "Sin Suối Hồ", 2026, 7, 8, ""), "code-unknown"),
        ((1, "03405", "", "", "", "", ""), "year-missing"),
        ((1, "", "", "", 2, 3, ""), "owner-missing"),
    ],
)
def test_a_row_of_figures_is_never_passed_over(read: Read, row: Sequence[object], problem: str) -> None:
    dataset = read(a_xlsx=table(HEADER, row, (2, "03394", "Sin Suối Hồ", 2027, 5, 6, "")))
    assert problem in codes(dataset)


def test_a_commune_whose_name_begins_as_a_total_is_read(read: Read) -> None:
    dataset = read(a_xlsx=table(HEADER, ("", "03463", "Tà Tổng", 2026, 7, 8, "")))
    assert values(dataset) == {"club_count": "7", "balance": "8"}


@pytest.mark.parametrize(
    "row", [("A", "B", 1, 2, 3), ("(1)", "(2)", "(3)", "(4)", "(5)"), (1, 2, 3, 4, 5), ("", "I. Hạ tầng", "", "", "")]
)
def test_rows_of_a_simple_form_that_report_nothing(read: Read, row: Sequence[object]) -> None:
    header = ("Mã số liệu", "Số liệu", "Giá trị", "Tử số", "Mẫu số")
    rows = (header, row, ("club_count", "Số câu lạc bộ", 7, "", ""), row, header, ("balance", "", 8, "", ""))
    dataset = read(a_xlsx=table(*SIMPLE, *rows))
    assert codes(dataset) == []
    assert values(dataset) == {"club_count": "7", "balance": "8"}


@pytest.mark.parametrize("row", [(1, "", 2), ("1", "Số câu lạc bộ khác", 2), ("club_cuont", "", 7)])
def test_a_row_of_a_simple_form_with_a_figure_is_never_passed_over(read: Read, row: Sequence[object]) -> None:
    rows = (("Mã số liệu", "Số liệu", "Giá trị", "Tử số", "Mẫu số"), row, ("balance", "", 8))
    assert only(read(a_xlsx=table(*SIMPLE, *rows))).severity == "error"


def test_a_table_under_a_table_is_told(read: Read) -> None:
    rows = (HEADER, (1, *SIN_SUOI_HO, 7, 8, ""), (), ("Mã xã", "Năm", "club_count"), ("03405", 2026, 3))
    dataset = read(a_xlsx=table(*rows))
    assert (only(dataset).code, only(dataset).cell) == ("second-table", "A4")


def test_a_row_that_numbers_the_columns_of_figures_alone_is_passed_over_under_the_header(read: Read) -> None:
    first = (1, *SIN_SUOI_HO, 7, 8, "")
    dataset = read(a_xlsx=table(HEADER, ("", "", "", "", 1, 2, 3), first))
    assert codes(dataset) == []
    assert "owner-missing" in codes(read(a_xlsx=table(HEADER, first, ("", "", "", "", 1, 2, 3))))
    assert "owner-missing" in codes(read(a_xlsx=table(HEADER, ("", "", "", "", 1, 2, ""), first)))
