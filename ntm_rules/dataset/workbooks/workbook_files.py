"""Workbooks (.xlsx, .xlsm): what the sheets of a workbook report."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.places import Filing, Grid, Log, Where
from ntm_rules.dataset.rows.form_context import FormContext, form_context
from ntm_rules.dataset.rows.form_facts import CALCULATION_SHEET, FACTS_SHEET, FormFacts, facts_in
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.rows.lacking_column import lacking_column, note_lacking
from ntm_rules.dataset.rows.tables import read_grid
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused
from ntm_rules.dataset.workbooks.workbook_sheets import Workbook

MOST_FACTS = 5_000
"""More rows than this no form says of itself."""


def read_workbook(data: bytes, file: str, vocabulary: Vocabulary, log: Log) -> list[Filing]:
    """Return what a workbook reports, and note in `log` what is wrong with it."""
    whole = Where(file, "", lines=False)
    try:
        workbook = Workbook(data)
    except FileRefused as refused:
        log.add(refused.code, whole, **refused.parameters)
        return []
    filings: list[Filing] = []
    usable = False
    try:
        facts, own = _facts(workbook)
    except FileRefused as refused:
        log.add(refused.code, Where(file, FACTS_SHEET, lines=False), **refused.parameters)
        return []
    form = None
    if facts is not None:
        log.facts = facts
        form = form_context(facts, vocabulary, whole, log)
        if form is not None and any(sheet.name == facts.unconfirmed for sheet in workbook.sheets):
            log.add("form-unconfirmed", Where(file, facts.unconfirmed, lines=False), sheet=facts.unconfirmed)
            form = None
        if form is None and log.kept is None:
            return []
    for index, sheet in enumerate(workbook.sheets):
        if not sheet.table or (facts is not None and (index == own or sheet.name == CALCULATION_SHEET)):
            continue
        where = Where(file, sheet.name, lines=False)
        try:
            grid = workbook.grid(index, where)
        except FileRefused as refused:
            log.add(refused.code, where, **refused.parameters)
            usable = True
            continue
        read = read_grid(grid, vocabulary, log, form)
        if read is None:
            if _holds_measures(grid, vocabulary, form):
                lacking = lacking_column(grid, vocabulary)
                if lacking is not None:
                    note_lacking(lacking, grid, log)
                else:
                    log.add("sheet-without-header", where)
                usable = True
            continue
        usable = True
        filings.extend(read)
        if read and not sheet.visible:
            log.add("hidden-sheet", where)
    if not usable:
        log.add("workbook-without-form", whole)
    elif (
        form is not None
        and not log.problems
        and not any((f.values or f.hamlet) and str(f.year) == form.facts.year for f in filings)
    ):
        log.add("form-not-filled", whole)
    return filings


def _holds_measures(grid: Grid, vocabulary: Vocabulary, form: FormContext | None) -> bool:
    """Tell whether a sheet without a header that can be read holds ids of measures, or headings of their figures.

    Other sheets of a form of ours tell of measures by their labels, and nobody fills them in.
    """
    for _number, row in grid.rows:
        if any(isinstance(cell, str) and cell in vocabulary.figures for cell in row):
            return True
        if form is None and vocabulary.names_two(row) and any(vocabulary.names_figure(cell) for cell in row):
            return True
    return False


def _facts(workbook: Workbook) -> tuple[FormFacts | None, int]:
    """Return what a form says of itself, and on which sheet; None for a workbook that is no form of ours.

    Its sheet is looked for by name, then among the hidden ones: other programs rename sheets.

    Raises:
        FileRefused: the sheet of that name is damaged, or spans more cells than can be held.
    """
    hidden = [
        (sheet.name != FACTS_SHEET, index)
        for index, sheet in enumerate(workbook.sheets)
        if sheet.table and (sheet.name == FACTS_SHEET or not sheet.visible)
    ]
    for other, index in sorted(hidden):
        try:
            rows: Sequence[tuple[int, Sequence[Cell]]] = list(workbook.grid(index, Where("", "", lines=False)).rows)
        except FileRefused:
            if other:  # somebody's own hidden sheet: it is refused when its turn comes
                continue
            raise
        found = facts_in(rows[:MOST_FACTS])
        if found is not None:
            return found, index
    return None, -1


def sheets_of(data: bytes, file: str) -> list[Grid]:
    """Return every sheet of a workbook that is no form of figures, read as carefully: blank cells are empty text.

    Raises:
        FileRefused: the workbook cannot or must not be read.
    """
    workbook = Workbook(data)
    return [
        workbook.grid(index, Where(file, sheet.name, lines=False))
        for index, sheet in enumerate(workbook.sheets)
        if sheet.table
    ]
