"""Reading a filled workbook: every mistake told at once by sheet and cell, nothing guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.files.reader_process import answer_of
from ntm_rules.dataset.places import Grid
from ntm_rules.dataset.problems import Problem, place_of
from ntm_rules.dataset.workbooks.workbook_files import sheets_of
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused
from ntm_rules.errors import NtmError
from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.cells import KeyedSheet, Reader, in_both, table_with
from ntm_rules.forms.decision.filling_classes import read_classes
from ntm_rules.forms.decision.filling_groups import read_groups
from ntm_rules.forms.decision.filling_targets import read_targets
from ntm_rules.forms.decision.leftover import missing_rows, unread_cells, unread_sheets
from ntm_rules.forms.decision.mistakes import FillRefused, WorkbookMistakes
from ntm_rules.forms.decision.second_look import odd_days, odd_order, other_bodies
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.pending import TargetPlace, places, set_hash
from ntm_rules.workbench.overlays.carried import read_carried
from ntm_rules.workbench.overlays.filled import DocumentFilled, FilledOverlay, awaiting


def read_filled(data: bytes, file: str, loaded: LoadedSet, earlier: Sequence[Overlay] = ()) -> FilledOverlay:
    """Return what a filled workbook says, against the set it was made for with the earlier decisions laid on.

    Raises:
        FillRefused: every mistake, by sheet and cell; or the workbook cannot be read.
        NtmError: nothing is filled in.
    """
    return read_sheets(_sheets(data, file), file, loaded, earlier)


def read_sheets(grids: Sequence[Grid], file: str, loaded: LoadedSet, earlier: Sequence[Overlay] = ()) -> FilledOverlay:
    """Return what the sheets of a filled workbook say; their rows are lists.

    Raises:
        FillRefused: every mistake, by sheet and cell.
        NtmError: nothing is filled in.
    """
    found = WorkbookMistakes(file)
    about = _about(grids)
    _check_set(about, loaded, earlier, found)
    document, targets = table_with(grids, layout.FIELD), table_with(grids, layout.ID)
    if document is None or targets is None:
        found.refuse(
            "",
            None,
            None,
            Message("the sheets or the grey row of keys that the form had are missing"),
            Message("Make a new form with ntm rules overlay new -o FILE.xlsx and copy the entries into it."),
        )
    found.check()
    assert document is not None
    assert targets is not None
    reader = Reader(found)
    cells = _document_cells(document)
    illustrative = _illustrative(cells, document, reader)
    known = places(loaded, earlier)
    filled = read_targets(targets, known, loaded, reader, articles=not illustrative)
    classed = table_with(grids, layout.CLASS)
    elsewhere = {target.place.requirement.id for target in filled}
    filled += read_classes(classed, known, loaded, reader, elsewhere, articles=not illustrative)
    filled.sort(key=lambda target: list(known).index(target.place.requirement.id))
    grouped = table_with(grids, layout.CODE)
    groups = read_groups(grouped, loaded, reader, sources=not illustrative)
    kept = read_carried(
        {
            str(name).removeprefix(layout.CARRIED): str(value)
            for name, value in about.items()
            if str(name).startswith(layout.CARRIED)
        }
    )
    if not filled and not groups and kept is None and not found.mistakes:
        raise NtmError(
            Message("{file}: nothing is filled in, so there is nothing to write", file=file),
            Message("Fill in the yellow cells that the document fixes, then run again."),
        )
    head = _document(cells, document, loaded, reader, illustrative)
    found.check()
    assert head is not None
    for said in (
        *odd_order(filled, [group.id for group in loaded.header.groups]),
        *other_bodies(loaded, head, filled),
    ):
        found.doubts.append(Message("{place}: {said}", place=place_of(sheet=targets.sheet), said=said))
    _left_over(grids, about, (document, targets, classed, grouped), known, loaded, found)
    done = {target.place.requirement.id: target for target in filled}
    waiting = (awaiting(place, done.get(id_)) for id_, place in known.items())
    pending = tuple(place for place in waiting if place is not None)
    return FilledOverlay(head, tuple(filled), tuple(groups), pending, tuple(found.doubts), kept)


def _sheets(data: bytes, file: str) -> list[Grid]:
    try:
        grids = answer_of(sheets_of, data, file, size=len(data))
    except FileRefused as refused:
        problem = Problem(refused.code, file, parameters=refused.parameters)
        said, mend = problem.message(), problem.mend()
        raise FillRefused(Message("{file}: {said}. {mend}", file=file, said=said, mend=mend)) from refused
    for grid in grids:
        grid.rows = list(grid.rows)
    return grids


def _about(grids: Sequence[Grid]) -> dict[Cell, Cell]:
    """Return what the hidden sheet says of the form; empty when the sheet is gone."""
    for grid in grids:
        rows: dict[Cell, Cell] = {row[0]: row[1] for _number, row in grid.rows if len(row) > 1 and row[0] != ""}
        if layout.ABOUT in rows:
            return rows
    return {}


def _left_over(
    grids: Sequence[Grid],
    about: Mapping[Cell, Cell],
    tables: tuple[KeyedSheet, KeyedSheet, KeyedSheet | None, KeyedSheet | None],
    known: Mapping[str, TargetPlace],
    loaded: LoadedSet,
    found: WorkbookMistakes,
) -> None:
    """Note what was filled in where nobody reads, and what the form held and holds no more."""
    document, targets, classed, groups = tables
    codes = {commune.code for commune in loaded.communes.within()}
    found.doubts.extend(unread_cells(document, {layout.KEY + field for field in layout.DOCUMENT_CELLS}))
    found.doubts.extend(unread_cells(targets, known))
    found.doubts.extend(missing_rows(targets, str(about.get("ids", "")).split()))
    if classed is not None:
        found.doubts.extend(unread_cells(classed, known))
    elif layout.HAS_CLASSES in about:
        said = Message(
            "the sheet “{sheet}” of the form is missing; no target by class is read",
            sheet=Message(layout.CLASSES_SHEET),
        )
        found.doubts.append(said)
    if groups is not None:
        found.doubts.extend(unread_cells(groups, codes | {code.lstrip("0") for code in codes}))
    elif loaded.header.groups:
        found.doubts.append(
            Message("the sheet “{sheet}” of the form is missing; no group is read", sheet=Message(layout.GROUPS_SHEET))
        )
    found.doubts.extend(unread_sheets(grids, tables))


def _check_set(
    about: Mapping[Cell, Cell], loaded: LoadedSet, earlier: Sequence[Overlay], found: WorkbookMistakes
) -> None:
    """Look at the hidden sheet: which set the form was made for, and whether the set is still the same."""
    if not about:
        found.doubts.append(
            Message("The workbook does not say which set it was made for; its ids are taken as they are")
        )
    elif about.get("set") != loaded.header.id:
        made = Message(
            "this form was made for the set {made}, not for {set}", made=about.get("set"), set=loaded.header.id
        )
        found.refuse("", None, None, made, Message("Name the right set with --criteria, or make a new form."))
    elif about.get("hash") != set_hash(loaded):
        found.doubts.append(
            Message(
                "The set has changed since this form was made (then version {then}, now {now}); look at the texts again",
                then=about.get("version"),
                now=loaded.header.version,
            )
        )
    then, now = str(about.get("overlays", "")).split(), [overlay.id for overlay in earlier]
    if about and sorted(then) != sorted(now):
        found.doubts.append(
            Message(
                "This form was made over the earlier decisions {then}, and is read over {now};"
                " name with --overlay every decision in force before it",
                then=", ".join(then) or "-",
                now=", ".join(now) or "-",
            )
        )


_NO_SOURCE = N_("A target needs the document that fixes it.")
_MEND = {
    layout.NUMBER: _NO_SOURCE,
    layout.DATE: _NO_SOURCE,
    layout.ISSUER: _NO_SOURCE,
    layout.TITLE: _NO_SOURCE,
    layout.FROM: N_("Write the first day in force as the document states it, for example 1/9/2026."),
}
"""Field that may not be empty -> how to mend it."""
Cells = Mapping[str, tuple[Cell, int, int]]
"""Field of the document -> its cell, with its row and column."""


def _document_cells(table: KeyedSheet) -> Cells:
    column = table.columns.get(layout.ENTRY, -1)
    found = {}
    for number, row in table.rows:
        field = table.cell(row, layout.FIELD)
        if isinstance(field, str) and field.startswith(layout.KEY):
            found[field.removeprefix(layout.KEY)] = (table.cell(row, layout.ENTRY), number, max(column, 0))
    return found


def _illustrative(cells: Cells, table: KeyedSheet, reader: Reader) -> bool:
    cell, row, column = cells.get(layout.ILLUSTRATIVE, ("", 0, 0))
    if cell == "":
        return False
    choices = {name: in_both(name) for name in (layout.YES, layout.NO)}
    return reader.choice(cell, choices, table.sheet, row, column) == layout.YES


def _document(
    cells: Cells, table: KeyedSheet, loaded: LoadedSet, reader: Reader, illustrative: bool
) -> DocumentFilled | None:
    """Return the head, or None when a mistake was noted."""
    found = reader.mistakes
    texts: dict[str, str] = {}
    days: dict[str, dt.date | None] = {}
    for field, (label, _hint) in layout.DOCUMENT_CELLS.items():
        cell, row, column = cells.get(field, ("", 0, 0))
        if field in layout.DAYS:
            days[field] = reader.day(cell, table.sheet, row, column)
        elif field != layout.ILLUSTRATIVE:
            texts[field] = reader.text(cell, table.sheet, row, column)
            if texts[field].isdigit():
                said = Message("only “{value}” stands here; write it as printed", value=texts[field])
                found.doubt(table.sheet, row, column, said)
        needed = (layout.FROM,) if illustrative else _MEND
        if field in needed and cell == "":
            said = Message("“{label}” is empty", label=Message(label))
            found.refuse(table.sheet, row, column, said, Message(_MEND[field]))
    from_, to, date = days[layout.FROM], days[layout.TO], days[layout.DATE]
    if from_ is None:
        return None
    promulgated = days[layout.PROMULGATED] or date or from_
    _check_days(cells, table, loaded, reader, days)
    return DocumentFilled(
        number=texts[layout.NUMBER],
        date=date,
        issuer=texts[layout.ISSUER],
        title=texts[layout.TITLE],
        title_en=texts[layout.TITLE_EN],
        promulgated=promulgated,
        from_=from_,
        to=to,
        illustrative=illustrative,
    )


def _check_days(
    cells: Cells,
    table: KeyedSheet,
    loaded: LoadedSet,
    reader: Reader,
    days: Mapping[str, dt.date | None],
) -> None:
    found, period = reader.mistakes, loaded.header.period
    from_, to, date = days[layout.FROM], days[layout.TO], days[layout.DATE]
    if from_ is None:
        return
    promulgated = days[layout.PROMULGATED] or date or from_

    def at(field: str) -> tuple[str, int, int]:
        _cell, row, column = cells.get(field, ("", 0, 0))
        return table.sheet, row, column

    if to is not None and to < from_:
        said = Message("the last day in force lies before the first")
        found.refuse(*at(layout.TO), said, Message("Check both days."))
    if from_.year > period.to or (to is not None and to.year < period.from_):
        said = Message(
            "the days in force lie outside the years {first} to {last} of the set", first=period.from_, last=period.to
        )
        found.refuse(*at(layout.FROM), said, Message("Check the days, or the set named with --criteria."))
    if from_ < promulgated:
        found.doubt(*at(layout.FROM), Message("in force before it was promulgated; check that the document says so"))
    if date is not None and promulgated < date:
        found.doubt(*at(layout.PROMULGATED), Message("promulgated before the date of the document; check both"))
    for field, said in odd_days(loaded, days):
        found.doubt(*at(field), said)
