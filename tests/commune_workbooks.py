"""A commune's figures as a workbook of one sheet a year, as forms were before `ntm template`: what readers still read."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.exact import plain
from ntm_rules.office_files import without_times
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.register import Commune

TITLE = "PHIẾU SỐ LIỆU XÃ NÔNG THÔN MỚI"
ILLUSTRATIVE_TITLE = f"{TITLE} (SỐ LIỆU MINH HỌA)"
ILLUSTRATIVE = "Số liệu minh họa, không phải số liệu thật"
HEADER = ("Mã số liệu", "Số liệu", "Đơn vị", "Giá trị", "Tử số", "Mẫu số", "Văn bản, minh chứng", "Ghi chú")
WIDTHS = (34, 62, 14, 16, 12, 12, 34, 30)

Value = str | int | float | bool | Decimal | None

_SIGNIFICANT = 15
_THIN = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEADER_FILL = PatternFill("solid", start_color="DDEBF7")
_ENTRY_FILL = PatternFill("solid", start_color="FFF9E5")


class Cell(NamedTuple):
    """What is entered for one measure; numbers go in as numbers, texts as they are written."""

    value: Value = None
    numerator: Value = None
    denominator: Value = None
    document: str = ""
    note: str = ""


def write_commune_workbook(
    path: Path,
    commune: Commune,
    sheets: Mapping[int, Mapping[str, Cell]],
    questionnaire: Questionnaire,
    *,
    illustrative: bool = False,
) -> None:
    """Write a commune's form: for each year a sheet with a row for every measure, filled in where given.

    Raises:
        KeyError: a cell is given for a measure that the questionnaire has not.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.creator = workbook.properties.lastModifiedBy = "ntm-rules"
    for year, cells in sorted(sheets.items()):
        unknown = sorted(set(cells) - set(questionnaire.measures))
        if unknown:
            raise KeyError(", ".join(unknown))
        sheet = workbook.create_sheet(f"Số liệu {year}")
        header_row = _write_head(sheet, commune, year, illustrative)
        for row, (name, measure) in enumerate(questionnaire.measures.items(), start=header_row + 1):
            _write_row(sheet, row, measure, cells.get(name, Cell()))
        sheet.freeze_panes = sheet.cell(header_row + 1, 3)
        sheet.sheet_view.zoomScale = 100
    stream = io.BytesIO()
    workbook.save(stream)
    path.write_bytes(without_times(stream.getvalue()))


def _write_head(sheet: Worksheet, commune: Commune, year: int, illustrative: bool) -> int:
    """Write title, commune, year and header; return the header's row."""
    _put(sheet, 1, 1, ILLUSTRATIVE_TITLE if illustrative else TITLE).font = Font(bold=True, size=14)
    facts: list[tuple[str, Value]] = [("Mã xã", commune.code), ("Xã", commune.name), ("Năm", year)]
    if illustrative:
        facts.append(("Tính chất số liệu", ILLUSTRATIVE))
    for row, (label, value) in enumerate(facts, start=3):
        _put(sheet, row, 1, label).font = Font(bold=True)
        _put(sheet, row, 2, value).alignment = Alignment(horizontal="left")
    header_row = 3 + len(facts) + 1
    for column, (heading, width) in enumerate(zip(HEADER, WIDTHS, strict=True), start=1):
        cell = _put(sheet, header_row, column, heading)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEADER_FILL, _BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = width
    return header_row


def _write_row(sheet: Worksheet, row: int, measure: Measure, entered: Cell) -> None:
    stated = measure.kind == "attestation" and isinstance(entered.value, bool)
    value = ("Có" if entered.value else "Không") if stated else entered.value
    texts: tuple[Value, ...] = (measure.id, measure.label.vi, measure.unit.vi)
    entries = (value, entered.numerator, entered.denominator, entered.document or None, entered.note or None)
    for column, content in enumerate((*texts, *entries), start=1):
        cell = _put(sheet, row, column, content)
        cell.border = _BOX
        cell.alignment = Alignment(vertical="top", wrap_text=column in (2, 7, 8))
        if column > len(texts):
            cell.number_format = "General"
            cell.fill = _ENTRY_FILL


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> Any:
    """Write a cell; text stays text, even when it starts with = or reads like an error."""
    cell = sheet.cell(row, column)
    if isinstance(value, Decimal):
        value = _from_decimal(value)
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"
    elif value is not None:
        cell.value = value
    return cell


def _from_decimal(value: Decimal) -> int | float | str:
    """Return a number that a spreadsheet keeps exactly, else the figure as Vietnamese text."""
    if value == value.to_integral_value() and abs(value) < 10**_SIGNIFICANT:
        return int(value)
    if len(value.normalize().as_tuple().digits) <= _SIGNIFICANT:
        return float(value)
    return plain(value).replace(".", ",")
