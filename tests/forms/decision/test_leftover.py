"""What is typed where the form has no place for it, or deleted from the form, is said and not lost in silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ntm_rules.forms.decision.filling import read_filled
from ntm_rules.forms.decision.mistakes import FillRefused
from ntm_rules.rulebook.loader import LoadedSet
from tests.forms.decision.conftest import Fill, Sheets

ONE = {"3.1": 8, "3.1/article": "Điều 1"}


def doubts(sheets: Sheets, loaded: LoadedSet) -> list[str]:
    filled = read_filled(sheets.data(), "form.xlsx", loaded)
    assert [target.place.requirement.id for target in filled.targets] == ["3.1"]
    return [doubt.render("en") for doubt in filled.doubts]


def put(key: str, *cells: tuple[str, Any]) -> Callable[[Sheets], None]:
    def change(sheets: Sheets) -> None:
        for name, value in cells:
            sheets.sheet(key)[name] = value

    return change


def an_inserted_column(sheets: Sheets) -> None:
    sheet = sheets.sheet("ntm:id")
    sheet.insert_cols(9)
    sheet["I3"], sheet["I9"] = "từ 2028", 9


def a_heading_row(sheets: Sheets) -> None:
    sheet = sheets.sheet("ntm:id")
    sheet.insert_rows(9)
    sheet["B9"] = "III. Kinh tế"


def a_deleted_row(sheets: Sheets) -> None:
    sheet = sheets.sheet("ntm:id")
    sheet.delete_rows(sheets.row(sheet, "ntm:id", "6.3"))


def no_sheet_of_groups(sheets: Sheets) -> None:
    sheets.book.remove(sheets.sheet("ntm:code"))


def another_sheet(sheets: Sheets) -> None:
    sheets.book.create_sheet("Sheet1")["C2"] = 75
    sheets.book.create_sheet("Sheet2")


TARGETS = "sheet “Mức đạt chuẩn”"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _sheets: None, []),
        (put("ntm:id", ("N6", "75% từ 2028"), ("O10", 3)), [f"{TARGETS}: what stands in N6, O10 is not read"]),
        (put("ntm:id", ("B40", "Ghi chú: nhóm 3")), [f"{TARGETS}: what stands in B40 is not read"]),
        (put("ntm:id", ("D1", "x"), ("A40", "9.9")), [f"{TARGETS}: what stands in D1, A40 is not read"]),
        (put("ntm:id", *((f"P{row}", row) for row in range(6, 20))),
         [f"{TARGETS}: what stands in {', '.join(f'P{row}' for row in range(6, 18))} and 2 more cells is not read"]),
        (put("ntm:field", ("B15", "x"), ("E6", "y")), ["sheet “Văn bản”: what stands in E6, B15 is not read"]),
        (put("ntm:code", ("H7", "x"), ("A5", 3388)), ["sheet “Nhóm xã”: what stands in A5, B5, C5, H7 is not read"]),
        (an_inserted_column, [f"{TARGETS}: what stands in I3, I9 is not read"]),
        (a_heading_row, [f"{TARGETS}: what stands in B9 is not read"]),
        (a_deleted_row, [f"{TARGETS}: the rows of 6.3 are no longer in the form; nothing is fixed for them"]),
        (no_sheet_of_groups, ["the sheet “Nhóm xã” of the form is missing; no group is read"]),
        (another_sheet, ["sheet “Sheet1”: none of the form's sheets; it is not read"]),
    ],
)  # fmt: skip
def test_content_that_is_not_read_and_rows_that_are_gone_are_told(
    fill: Fill, loaded: LoadedSet, change: Callable[[Sheets], None], said: list[str]
) -> None:
    sheets = Sheets(fill(ONE))
    change(sheets)
    assert [line.replace("sheet “Groups of communes”", "sheet “Nhóm xã”") for line in doubts(sheets, loaded)] == said


def test_a_value_in_a_row_without_its_id_is_refused_and_not_only_told(fill: Fill, loaded: LoadedSet) -> None:
    sheets = Sheets(fill(ONE))
    sheets.sheet("ntm:id")["H40"] = 5
    with pytest.raises(FillRefused, match="A40"):
        read_filled(sheets.data(), "form.xlsx", loaded)
