"""Workbooks (.xlsx, .xlsm): values through calamine, what it does not tell through the sheet's own XML."""

from __future__ import annotations

import io
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ntm_rules.dataset.form_context import form_context
from ntm_rules.dataset.form_facts import CALCULATION_SHEET, FACTS_SHEET, FormFacts, facts_in
from ntm_rules.dataset.harmless import check_harmless
from ntm_rules.dataset.headers import Vocabulary
from ntm_rules.dataset.places import Filing, Grid, Log, Where
from ntm_rules.dataset.sheet_marks import mark, marks_of
from ntm_rules.dataset.tables import read_grid
from ntm_rules.dataset.workbook_safety import FileRefused, Package

Rows = list[list[Any]]


def read_workbook(data: bytes, file: str, vocabulary: Vocabulary, log: Log) -> list[Filing]:
    """Return what a workbook reports, and note in `log` what is wrong with it."""
    whole = Where(file, "", lines=False)
    try:
        package = Package(data)
        check_harmless(package)
        package.refuse_declarations()
        parts = package.sheets()
        percent_styles = package.percent_styles()
        workbook = _open(package.content())
        if list(parts) != workbook.sheet_names:
            raise FileRefused("workbook-broken", reason="xl/workbook.xml")
    except FileRefused as refused:
        log.add(refused.code, whole, **refused.parameters)
        return []
    filings: list[Filing] = []
    usable = False
    try:
        facts, own = _facts(workbook, package, parts)
    except FileRefused as refused:
        log.add(refused.code, Where(file, FACTS_SHEET, lines=False), **refused.parameters)
        return []
    form = None
    if facts is not None:
        log.facts = facts
        form = form_context(facts, vocabulary, whole, log)
        if form is not None and facts.unconfirmed in parts:
            log.add("form-unconfirmed", Where(file, facts.unconfirmed, lines=False), sheet=facts.unconfirmed)
            form = None
        if form is None and log.kept is None:
            return []
    for index, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ != SheetTypeEnum.WorkSheet or (
            facts is not None and (index == own or sheet.name == CALCULATION_SHEET)
        ):
            continue
        where = Where(file, sheet.name, lines=False)
        try:
            grid = _grid(workbook, index, package.read(parts[sheet.name]), percent_styles, where)
        except FileRefused as refused:
            log.add(refused.code, where, **refused.parameters)
            usable = True
            continue
        read = read_grid(grid, vocabulary, log, form)
        if read is None:
            if any(isinstance(cell, str) and cell in vocabulary.figures for _number, row in grid.rows for cell in row):
                log.add("sheet-without-header", where)
                usable = True
            continue
        usable = True
        filings.extend(read)
        if read and sheet.visible != SheetVisibleEnum.Visible:
            log.add("hidden-sheet", where)
    if not usable:
        log.add("workbook-without-form", whole)
    elif (
        form is not None and not log.problems and not any(f.values and str(f.year) == form.facts.year for f in filings)
    ):
        log.add("form-not-filled", whole)
    return filings


def _facts(workbook: CalamineWorkbook, package: Package, parts: dict[str, str]) -> tuple[FormFacts | None, int]:
    """Return what a form says of itself, and on which sheet; None for a workbook that is no form of ours.

    Its sheet is looked for by name, then among the hidden ones: other programs rename sheets.

    Raises:
        FileRefused: the sheet of that name is damaged, or spans more cells than can be held.
    """
    hidden = [
        (sheet.name != FACTS_SHEET, index)
        for index, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet
        and (sheet.name == FACTS_SHEET or sheet.visible != SheetVisibleEnum.Visible)
    ]
    for other, index in sorted(hidden):
        try:
            # The reader holds the whole rectangle: how far it reaches must be known before.
            marks_of(package.read(parts[workbook.sheet_names[index]]), frozenset())
            rows = _rows(workbook, index)
        except FileRefused:
            if other:  # somebody's own hidden sheet: it is refused when its turn comes
                continue
            raise
        found = facts_in(list(enumerate(rows[:MOST_FACTS])))
        if found is not None:
            return found, index
    return None, -1


MOST_FACTS = 5_000
"""More rows than this no form says of itself."""


def sheets_of(data: bytes, file: str) -> list[Grid]:
    """Return every sheet of a workbook that is no form of figures, read as carefully: blank cells are empty text.

    Raises:
        FileRefused: the workbook cannot or must not be read.
    """
    package = Package(data)
    check_harmless(package)
    package.refuse_declarations()
    parts = package.sheets()
    workbook = _open(package.content())
    if list(parts) != workbook.sheet_names:
        raise FileRefused("workbook-broken", reason="xl/workbook.xml")
    percent = package.percent_styles()
    return [
        _grid(workbook, index, package.read(parts[sheet.name]), percent, Where(file, sheet.name, lines=False))
        for index, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _rows(workbook: CalamineWorkbook, index: int) -> Rows:
    try:
        return workbook.get_sheet_by_index(index).to_python()
    except BaseException as error:
        raise _refusal(error) from error


def _open(data: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except BaseException as error:
        raise _refusal(error) from error


def _grid(workbook: CalamineWorkbook, index: int, xml: bytes, percent: frozenset[bytes], where: Where) -> Grid:
    marks = marks_of(xml, percent)
    try:
        sheet = workbook.get_sheet_by_index(index)
        rows: Rows = sheet.to_python()
        first_row, first_column = sheet.start or (0, 0)
        merged = sheet.merged_cell_ranges if marks.merged else None
    except BaseException as error:
        raise _refusal(error) from error
    if marks.broken or marks.percent:
        if marks.broken and (first_row or first_column):
            rows = [[""] * first_column + row for row in rows]
            rows = [[] for _ in range(first_row)] + rows
            first_row = first_column = 0
        mark(rows, marks, first_row, first_column)
    if first_column:
        rows = [[""] * first_column + row for row in rows]
    return Grid(where, list(enumerate(rows, first_row)), merged or ())


def _refusal(error: BaseException) -> FileRefused:
    """Return the problem for what calamine raised; anything that is not about the file goes on."""
    if isinstance(error, CalamineError | OSError | ValueError):
        return FileRefused("workbook-broken", reason=str(error))
    if type(error).__name__ == "PanicException":  # calamine's Rust code gave up on the file
        return FileRefused("workbook-broken", reason="its structure")
    raise error
