"""What somebody put into a form that has no place in the fresh one: told, so that nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.kept import KeptRow
from ntm_rules.dataset.places import Grid, cell_name
from ntm_rules.dataset.rows.cleaned_rows import says_illustrative
from ntm_rules.dataset.rows.form_facts import CALCULATION_SHEET, FORM, FormFacts, facts_in
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.workbooks.workbook_files import sheets_of
from ntm_rules.dataset.workbooks.workbook_notes import formula_cells, notes_of, sheets_with_drawings
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused, Package
from ntm_rules.errors import Severity
from ntm_rules.forms.commune.form_sheet import NOTED_BY
from ntm_rules.forms.commune.mistakes_sheet import SHEET
from ntm_rules.i18n import LANGUAGES, Message
from ntm_rules.wording.findings import Mistake

WORKED_OUT = ("computed", "result")
"""Columns of formulas: what one of them comes to may be stale, and is no officer's; what stands there without one is."""
STATED = "target"
"""The column that the form fills in for itself, once for all."""
MOST = 100
"""So many cells are told one by one; of more, how many there are."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands in the fresh form, and what was carried over from the one handed in."""

    texts: Collection[str]
    filled: Mapping[str, Collection[tuple[int, int]]]
    """Sheets of the fresh form -> the rows and columns of the cells in which something stands."""
    carried: Mapping[tuple[str, int], Mapping[int, str]]
    """Sheet and row -> the columns that were carried over."""
    same_words: bool
    """The form handed in was made as the fresh one is, of the same law in the same language."""
    formulas: Mapping[str, Collection[str]]
    """Sheets of the form handed in -> its cells with a formula."""

    def says_something_at(self, row: int, column: int) -> bool:
        """Tell whether a sheet of the fresh form fills in this cell; their heads are alike."""
        return any((row, column) in cells for cells in self.filled.values())


def not_carried(
    data: bytes, rows: Sequence[KeptRow], facts: FormFacts | None, vocabulary: Vocabulary, fresh: bytes
) -> list[Mistake]:
    """Return what stands in a form handed in and is not in the fresh one made of it.

    Args:
        data: the form handed in.
        rows: the rows that were carried over.
        facts: what the form says of itself; None for a simple one of somebody's own.
        vocabulary: the words of the criteria set.
        fresh: the form made of it.
    """
    try:
        new = sheets_of(fresh, "")
        texts = {written(cell).strip() for grid in new for _number, row in grid.rows for cell in row}
        carried: dict[tuple[str, int], dict[int, str]] = {}
        for row in rows:
            carried[row.sheet, row.row] = {at: role for role, at in row.columns.items() if role in row.cells}
        known = _Known(
            texts=texts,
            filled={grid.where.sheet: _filled(grid) for grid in new},
            carried=carried,
            same_words=facts is not None and _words(facts) == _words(_facts(new)),
            formulas=formula_cells(Package(data)),
        )
        found = [*_cells(sheets_of(data, ""), vocabulary, known), *_beside_cells(data, fresh)]
    except FileRefused:
        return []  # what cannot be read is told by reading
    if len(found) <= MOST:
        return found
    rest = Message("{n} more cells or notes have no place in the form", n=len(found) - MOST)
    return [*found[:MOST], Mistake(Severity.WARNING, "", "", "", rest, _KEEP)]


_KEEP = Message("Keep the form handed in; carry it over if it is still needed.")


def _filled(grid: Grid) -> set[tuple[int, int]]:
    return {(number, column) for number, row in grid.rows for column, cell in enumerate(row) if cell != ""}


def _facts(grids: Sequence[Grid]) -> FormFacts | None:
    return next((found for grid in grids if (found := facts_in(list(grid.rows))) is not None), None)


def _words(facts: FormFacts | None) -> tuple[str, ...]:
    """Return what settles the words of a form."""
    return (facts.version, facts.asked, facts.law, facts.as_of, facts.language) if facts is not None else ()


def _cells(grids: Sequence[Grid], vocabulary: Vocabulary, known: _Known) -> Iterator[Mistake]:
    mistakes_sheets = {Message(SHEET).render(language) for language in LANGUAGES}
    for grid in grids:
        rows = list(grid.rows)
        sheet = grid.where.sheet
        if sheet == CALCULATION_SHEET or sheet in mistakes_sheets or (rows and rows[0][1] and rows[0][1][0] == FORM):
            continue
        header = next(
            (
                (number, found)
                for number, row in rows
                if (found := vocabulary.header(row)).shape in ("form", "evidence")
            ),
            None,
        )
        if header is not None:
            yield from _beside_table(grid, rows, header[0], header[1].roles, known)
        elif sheet not in known.filled and not _ours(rows, known.texts):
            filled = sum(cell != "" for _number, row in rows for cell in row)
            if filled:
                said = Message("This sheet has no place in the form ({n} cells are filled in)", n=filled)
                yield Mistake(Severity.WARNING, _place(sheet), "", "", said, _KEEP)
        else:
            # Guide and summary: where the form itself says something, a stale result may stand.
            ours = known.filled.get(sheet, ())
            for number, row in rows:
                for column, cell in enumerate(row):
                    text = written(cell).strip()
                    if text and (number, column) not in ours and not (isinstance(cell, str) and text in known.texts):
                        yield _told(sheet, number, column, cell)


Row = tuple[int, Sequence[Cell]]


def _beside_table(
    grid: Grid, rows: Sequence[Row], header: int, roles: Mapping[str, int], known: _Known
) -> Iterator[Mistake]:
    """Yield what stands outside the columns of a table, or in rows of it that say no figure."""
    sheet, columns = grid.where.sheet, set(roles.values())
    names = [roles[role] for role in ("measure", "label") if role in roles]
    formulas = known.formulas.get(sheet, ())
    worked_out = {roles[role] for role in WORKED_OUT if role in roles}
    stated = roles.get(STATED)
    last = max((number for number, row in rows if any(at < len(row) and row[at] != "" for at in names)), default=header)
    for number, row in rows:
        carried = known.carried.get((sheet, number), {})
        for column, cell in enumerate(row):
            text = written(cell).strip()
            if not text or column in carried:
                continue
            if number <= last and column in worked_out:
                if number > header and formulas and cell_name(number, column) not in formulas:
                    yield _told(sheet, number, column, cell)
                continue
            if number <= last and column == stated:
                if number > header and known.same_words and text not in known.texts:
                    yield _told(sheet, number, column, cell)
                continue
            if number < header and (says_illustrative(text) or known.says_something_at(number, column)):
                continue  # the fresh form says it in its own words
            own_words = text in known.texts and (isinstance(cell, str) or number <= last)
            beside = column not in columns if number > header else column > max(columns)
            if (number > header and beside) or (not own_words and (beside or known.same_words or number > last)):
                yield _told(sheet, number, column, cell)


def _ours(rows: Sequence[Row], texts: Collection[str]) -> bool:
    """Tell whether a sheet is one of the form's own that was renamed: most of its texts are the form's."""
    said = [cell.strip() for _number, row in rows for cell in row if isinstance(cell, str) and cell.strip()]
    return len(said) > 3 and sum(text in texts for text in said) * 2 > len(said)


def _beside_cells(data: bytes, fresh: bytes) -> Iterator[Mistake]:
    """Yield the notes at cells that are nobody's but the officer's, and what is drawn on the sheets."""
    own, new = Package(data), Package(fresh)
    known = {note.text for note in notes_of(new)}
    for note in notes_of(own):
        if note.author != NOTED_BY and note.text and note.text not in known:
            said = Message("A note at this cell, which is not carried over")
            yield Mistake(Severity.WARNING, _place(note.sheet, note.cell), "", note.text, said, _KEEP)
    for sheet in sorted(sheets_with_drawings(own) - sheets_with_drawings(new)):
        said = Message("Pictures, charts or boxes of text on this sheet, which are not carried over")
        yield Mistake(Severity.WARNING, _place(sheet), "", "", said, _KEEP)


def _told(sheet: str, number: int, column: int, cell: Cell) -> Mistake:
    said = Message("What stands here has no place in the form and is not carried over")
    return Mistake(Severity.WARNING, _place(sheet, cell_name(number, column)), "", written(cell), said, _KEEP)


def _place(sheet: str, cell: str = "") -> Message:
    if cell:
        return Message("sheet “{sheet}”, cell {cell}", sheet=sheet, cell=cell)
    return Message("sheet “{sheet}”", sheet=sheet)
