"""The sheet of hamlets (thôn, bản, ấp): a row each, a column a figure; as a wide table, so that readers know it."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.cells import answers
from ntm_rules.dataset.rows.headers import heading
from ntm_rules.forms.commune.context import OneForm
from ntm_rules.forms.commune.entry_cells import mark, put
from ntm_rules.forms.commune.filled import HamletRow
from ntm_rules.forms.commune.placing import CODE_CELL, FIRST, HEADER_AT, NAME_CELL, YEAR_CELL
from ntm_rules.i18n import _, current_language
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.register import Commune
from ntm_rules.spreadsheet.entries import offer, prompt

ROWS = 60
"""Rows for hamlets; more may be added below."""
OWNERS = ("code", "commune", "year")
NAME_AT = len(OWNERS)
UNDER = FIRST + 1
"""The first row of hamlets: the headings stand in two rows."""
_PARTS = ("value", "numerator", "denominator")


def columns_of(context: OneForm) -> Iterator[tuple[Measure, str]]:
    """Yield the measure and the part of each column behind the hamlet's name."""
    for name in context.rules.hamlet_measures:
        measure = context.rules.measures[name]
        for part in _PARTS if measure.traits.counted else _PARTS[:1]:
            yield measure, part


def write_hamlets(sheet: Worksheet, context: OneForm, commune: Commune | None) -> None:
    """Write the sheet below the head that names commune and year."""
    looks, language = context.looks, current_language()
    said = _("Only the figures of hamlets stand here. What follows from them is worked out by ntm, not in this form.")
    sheet.write_string(HEADER_AT, 0, said, looks.line)
    names = [*(heading(role, language) for role in OWNERS), _("Hamlet")]
    for column, name in enumerate(names):
        sheet.merge_range(FIRST, column, FIRST + 1, column, name, looks.head)
    columns = list(columns_of(context))
    column = len(names)
    for id_ in dict.fromkeys(measure.id for measure, _part in columns):
        parts = [part for one, part in columns if one.id == id_]
        _headings(sheet, column, context.rules.measures[id_], parts, context)
        column += len(parts)
    kept = list(context.filled.hamlets)
    for at in range(max(ROWS, len(kept) + ROWS // 2)):
        _row(sheet, UNDER + 1 + at, kept[at] if at < len(kept) else HamletRow(), columns, context, commune)
    last = UNDER + max(ROWS, len(kept) + ROWS // 2)
    for at, (measure, _part) in enumerate(columns, start=len(names)):
        if not measure.traits.quantity:
            scale = context.rules.scales.get(measure.scale or "")
            hint = prompt(_("Answer"), _("Choose from the list. {label}", label=str(measure.label)))
            offer(sheet, context.lists, (UNDER + 1, last), at, [*answers.offered(measure, scale, language)], hint)
    sheet.freeze_panes(UNDER + 1, len(names))
    sheet.repeat_rows(FIRST, FIRST + 1)


def _headings(sheet: Worksheet, column: int, measure: Measure, parts: list[str], context: OneForm) -> None:
    looks, language = context.looks, current_language()
    label = str(measure.label)
    if len(parts) > 1:
        sheet.merge_range(FIRST, column, FIRST, column + len(parts) - 1, label, looks.head)
        for at, part in enumerate(parts):
            sheet.write_string(FIRST + 1, column + at, heading(part, language), looks.head)
    else:
        sheet.merge_range(FIRST, column, FIRST + 1, column, label, looks.head)


def _row(
    sheet: Worksheet,
    row: int,
    typed: HamletRow,
    columns: list[tuple[Measure, str]],
    context: OneForm,
    commune: Commune | None,
) -> None:
    looks = context.looks
    if commune is not None:
        sheet.write_string(row, 0, commune.code, looks.said)
        sheet.write_string(row, 1, commune.name, looks.said)
        sheet.write_number(row, 2, context.year, looks.year)
    else:
        hamlet, first = xl_rowcol_to_cell(row, NAME_AT), context.places.sheet.name
        for column, cell in enumerate((CODE_CELL, NAME_CELL, YEAR_CELL)):
            there = f"'{first}'!{xl_rowcol_to_cell(*cell, row_abs=True, col_abs=True)}"
            sheet.write_formula(row, column, f'=IF({hamlet}="","",{there})', looks.said, "")
    put(sheet, row, NAME_AT, typed.name, looks.entry_text, looks)
    for column, (measure, part) in enumerate(columns, start=NAME_AT + 1):
        marks = typed.marks.get((measure.id, part), ())
        put(sheet, row, column, typed.cells.get((measure.id, part), ""), looks.wrong if marks else looks.entry, looks)
        if marks:
            mark(sheet, row, column, marks)
