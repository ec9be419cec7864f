"""Rows that belong to requirements: which one, by the id and the text beside it, and the number in a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.places import cell_name
from ntm_rules.errors import nearest
from ntm_rules.exact import PERCENT, vietnamese
from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.cells import KeyedSheet, Reader
from ntm_rules.i18n import Message
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.pending import TargetPlace
from ntm_rules.wording.targets_to_fill import compared_in_percent

Row = tuple[int, Sequence[Cell]]


def note_merged(table: KeyedSheet, columns: set[str], reader: Reader) -> None:
    """Note merged cells in columns that are read: only the first of them counts, so the others are empty.

    Ranges with nothing in them hide nothing. What the other cells of a range lack is not told once more.
    """
    watched = {table.columns[name] for name in columns}
    first = table.rows[0][0] if table.rows else 0
    cells = dict(table.rows)
    for (top, left), (bottom, right) in table.grid.merged:
        rows, columns_ = range(top, bottom + 1), range(left, right + 1)
        holds = any(not is_blank(cell) for row, line in cells.items() if row in rows for cell in line[left : right + 1])
        if holds and bottom >= first and watched & set(columns_):
            merged = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            reader.mistakes.refuse_code(table.sheet, top, left, "merged-cells", "", range=merged)
            reader.mistakes.hidden.append((table.sheet, rows, columns_, (top, left)))


class RequirementRows:
    """Reads the rows of a sheet of which each belongs to a requirement."""

    def __init__(
        self,
        table: KeyedSheet,
        places: Mapping[str, TargetPlace],
        loaded: LoadedSet,
        reader: Reader,
        id_column: str,
    ) -> None:
        self.table, self.known, self.loaded, self.reader, self.id_column = table, places, loaded, reader, id_column
        self.by_text: dict[str, set[str]] = {}
        for id_, place in places.items():
            for text in (place.requirement.text, place.requirement.text_en):
                self.by_text.setdefault(key(text), set()).add(id_)

    def at(self, column: str) -> int:
        """Return where a column stands, from 0."""
        return self.table.columns.get(column, 0)

    def place(self, number: int, row: Sequence[Cell]) -> TargetPlace | None:
        """Return the requirement of a row; None when a mistake was noted."""
        cell = self.table.cell(row, self.id_column)
        id_ = self.reader.text(cell, self.table.sheet, number, self.at(self.id_column)) if isinstance(cell, str) else ""
        if not id_:
            if is_blank(cell):
                said = Message("a value stands here without the id of its requirement")
                self.refuse(number, self.id_column, said, Message("Write the id as it stood in the form."))
                return None
            meant = written(cell).replace(",", ".")
            said = Message("the id is a number here, and 3.1 and 3.10 would be the same")
            self.refuse(
                number, self.id_column, said, Message("Format the cell as text, then type {id} again.", id=meant)
            )
            return None
        place = self.known.get(id_)
        if place is None:
            parts = [one for one in self.known if one.startswith(f"{id_}.")]
            if parts:
                said = Message("{id} has several parts: {parts}", id=id_, parts=", ".join(parts))
                self.refuse(number, self.id_column, said, Message("Write the id of the part."))
                return None
            closest = nearest(id_, self.known)
            mend = (
                Message("Did you mean “{nearest}”? Take the id from the form.", nearest=closest)
                if closest
                else Message("Take the id from the form.")
            )
            self.refuse(number, self.id_column, Message("there is no requirement “{id}”", id=id_), mend)
            return None
        label = key(self.text(number, row, layout.LABEL))
        others = self.by_text.get(label, {id_})
        if id_ not in others:
            other = ", ".join(sorted(others))
            said = Message("the id is {id}, but the text beside it is that of {other}", id=id_, other=other)
            self.refuse(number, layout.LABEL, said, Message("Check that no column was sorted without the others."))
            return None
        return place

    def number(self, place: TargetPlace, row: int, column: str, cell: Cell) -> Decimal | None:
        """Return the number, or a day as the number of days up to it; None when a mistake was noted."""
        sheet, at = self.table.sheet, self.at(column)
        if place.measure.traits.dated:
            day = self.reader.day(cell, sheet, row, at)
            return None if day is None else Decimal(day.toordinal())
        value = self.reader.number(cell, sheet, row, at, percentage=compared_in_percent(place))
        if value is None:
            return None
        if place.measure.traits.counted and not 0 <= value <= place.measure.whole_percent:
            code = "negative" if value < 0 else "above-100"
            self.reader.mistakes.refuse_code(sheet, row, at, code, cell)
            return None
        for doubt in _doubts(place, value, bare=self.reader.is_bare(cell)):
            self.reader.mistakes.doubt(sheet, row, at, doubt)
        return value

    def text(self, number: int, row: Sequence[Cell], column: str) -> str:
        """Return a cell's text."""
        return self.reader.text(self.table.cell(row, column), self.table.sheet, number, self.at(column))

    def refuse(self, number: int, column: str, words: Message, mend: Message) -> None:
        """Note a mistake at a cell."""
        self.reader.mistakes.refuse(self.table.sheet, number, self.at(column), words, mend)


def _doubts(place: TargetPlace, value: Decimal, *, bare: bool) -> list[Message]:
    """Return what is odd about a target that is possible all the same."""
    measure, least = place.measure, not place.requirement.comparator.is_ceiling
    shown = vietnamese(value)
    found = []
    if measure.traits.counted and bare and 0 < value <= 1:
        whole = vietnamese(value * PERCENT)
        found.append(Message("{value} was read as {value}%; for {whole}% write {whole}", value=shown, whole=whole))
    if measure.traits.counted and value == (0 if least else PERCENT):
        found.append(Message("every commune reaches {value}; check that the document says so", value=shown))
    if measure.traits.needs_year_before and bare and 0 < abs(value) < 1:
        whole = vietnamese(value * PERCENT)
        found.append(Message("{value} was read as {value}%; for {whole}% write {whole}", value=shown, whole=whole))
    if measure.traits.needs_year_before and value < 0:
        found.append(Message("{value}% lets what is measured fall; check that the document says so", value=shown))
    if measure.traits.needs_year_before and abs(value) > PERCENT:
        found.append(Message("a growth of {value} percent in a year is hardly meant; check it", value=shown))
    low, high = (measure.range.min, measure.range.max) if measure.range else (None, None)
    if measure.traits.quantity and not measure.traits.in_percent and low is None:
        low = Decimal(0)
    bounds = not measure.traits.needs_year_before and (
        (low is not None and value < low) or (high is not None and value > high)
    )
    if bounds:
        found.append(Message("{value} lies outside what can be reported at all; check it and its unit", value=shown))
    return found


def is_blank(cell: Cell) -> bool:
    """Tell a cell with nothing in it."""
    return isinstance(cell, str) and not cell.strip()
