"""Reading the sheet of targets: a value, its article, and the requirement it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.places import cell_name
from ntm_rules.errors import nearest
from ntm_rules.exact import PERCENT, vietnamese
from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.cells import KeyedSheet, Reader, in_both
from ntm_rules.i18n import Message
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.pending import TargetPlace
from ntm_rules.wording.targets_to_fill import compared_in_percent
from ntm_rules.workbench.overlays.filled import TargetFilled, Value

Row = tuple[int, Sequence[Cell]]


def read_targets(
    table: KeyedSheet, places: Mapping[str, TargetPlace], loaded: LoadedSet, reader: Reader, *, articles: bool
) -> list[TargetFilled]:
    """Return the targets filled in, in the order of the law; `articles`: each needs the place where it stands."""
    sheet = _Sheet(table, places, loaded, reader, articles)
    read: dict[str, TargetFilled] = {}
    first_at: dict[str, int] = {}
    note_merged(table, {name for name in table.columns if not name.startswith((layout.NOTE, layout.TOLD))}, reader)
    for number, row in table.rows:
        target = sheet.read(number, row)
        if target is None:
            continue
        id_ = target.place.requirement.id
        if id_ in read:
            said = Message("requirement {id} stands here a second time (first in row {row})", id=id_, row=first_at[id_])
            reader.mistakes.refuse(table.sheet, number, sheet.at(layout.ID), said, Message("Keep the right row."))
        read[id_] = target
        first_at.setdefault(id_, number + 1)
    return [read[id_] for id_ in places if id_ in read]


def note_merged(table: KeyedSheet, columns: set[str], reader: Reader) -> None:
    """Note merged cells in columns that are read: only the first of them counts, so the others are empty.

    Ranges with nothing in them hide nothing. What the other cells of a range lack is not told once more.
    """
    watched = {table.columns[name] for name in columns}
    first = table.rows[0][0] if table.rows else 0
    cells = dict(table.rows)
    for (top, left), (bottom, right) in table.grid.merged:
        rows, columns_ = range(top, bottom + 1), range(left, right + 1)
        holds = any(not _blank(cell) for row, line in cells.items() if row in rows for cell in line[left : right + 1])
        if holds and bottom >= first and watched & set(columns_):
            merged = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            reader.mistakes.refuse_code(table.sheet, top, left, "merged-cells", "", range=merged)
            reader.mistakes.hidden.append((table.sheet, rows, columns_, (top, left)))


class _Sheet:
    """Reads the rows of the sheet of targets."""

    def __init__(
        self, table: KeyedSheet, known: Mapping[str, TargetPlace], loaded: LoadedSet, reader: Reader, articles: bool
    ) -> None:
        self.table, self.known, self.loaded, self.reader, self.articles = table, known, loaded, reader, articles
        self.groups = {
            group.id: layout.GROUP_COLUMN + group.id
            for group in loaded.header.groups
            if layout.GROUP_COLUMN + group.id in table.columns
        }
        self.by_text: dict[str, set[str]] = {}
        for id_, place in known.items():
            for text in (place.requirement.text, place.requirement.text_en):
                self.by_text.setdefault(key(text), set()).add(id_)

    def at(self, column: str) -> int:
        return self.table.columns.get(column, 0)

    def read(self, number: int, row: Sequence[Cell]) -> TargetFilled | None:
        """Return a row's target; None when nothing is filled in, or a mistake was noted."""
        entries = {name: self.table.cell(row, name) for name in (layout.EVERYWHERE, *self.groups.values())}
        stated = {name: cell for name, cell in entries.items() if not _blank(cell)}
        article = self.reader.article(
            self.table.cell(row, layout.ARTICLE), self.table.sheet, number, self.at(layout.ARTICLE)
        )
        note = self._text(number, row, layout.NOTE)
        if not stated and not article:
            if note:
                said = Message("the note is not kept, because the row has no value")
                self.reader.mistakes.doubt(self.table.sheet, number, self.at(layout.NOTE), said)
            return None
        place = self._place(number, row)
        if place is None:
            return None
        if not stated:
            self._refuse(
                number,
                layout.EVERYWHERE,
                Message("requirement {id} has an article and no value", id=place.requirement.id),
                Message("Write the value, or clear the article."),
            )
            return None
        before = len(self.reader.mistakes.mistakes)
        if self.articles and not article:
            self._refuse(
                number,
                layout.ARTICLE,
                Message("requirement {id} has a value without its article", id=place.requirement.id),
                Message("Write the article, clause or annex of the document where the value stands."),
            )
        value = self._value(place, number, stated)
        if len(self.reader.mistakes.mistakes) > before:
            return None
        return TargetFilled(place, value, article, note)

    def _place(self, number: int, row: Sequence[Cell]) -> TargetPlace | None:
        cell = self.table.cell(row, layout.ID)
        id_ = self.reader.text(cell, self.table.sheet, number, self.at(layout.ID)) if isinstance(cell, str) else ""
        if not id_:
            if _blank(cell):
                said = Message("a value stands here without the id of its requirement")
                self._refuse(number, layout.ID, said, Message("Write the id as it stood in the form."))
                return None
            meant = written(cell).replace(",", ".")
            said = Message("the id is a number here, and 3.1 and 3.10 would be the same")
            self._refuse(number, layout.ID, said, Message("Format the cell as text, then type {id} again.", id=meant))
            return None
        place = self.known.get(id_)
        if place is None:
            parts = [one for one in self.known if one.startswith(f"{id_}.")]
            if parts:
                said = Message("{id} has several parts: {parts}", id=id_, parts=", ".join(parts))
                self._refuse(number, layout.ID, said, Message("Write the id of the part."))
                return None
            closest = nearest(id_, self.known)
            mend = (
                Message("Did you mean “{nearest}”? Take the id from the form.", nearest=closest)
                if closest
                else Message("Take the id from the form.")
            )
            self._refuse(number, layout.ID, Message("there is no requirement “{id}”", id=id_), mend)
            return None
        label = key(self._text(number, row, layout.LABEL))
        others = self.by_text.get(label, {id_})
        if id_ not in others:
            other = ", ".join(sorted(others))
            said = Message("the id is {id}, but the text beside it is that of {other}", id=id_, other=other)
            self._refuse(number, layout.LABEL, said, Message("Check that no column was sorted without the others."))
            return None
        return place

    def _value(self, place: TargetPlace, number: int, stated: Mapping[str, Cell]) -> Value:
        everywhere = stated.get(layout.EVERYWHERE)
        by_group = {group: stated[column] for group, column in self.groups.items() if column in stated}
        if place.form != "number":
            for column in stated:
                if column != layout.EVERYWHERE:
                    said = Message("this requirement has no value per group")
                    self._refuse(number, column, said, Message("Clear the cell."))
            return self._answer(place, number, everywhere) if everywhere is not None else None
        if everywhere is not None and by_group:
            self._refuse(
                number,
                layout.EVERYWHERE,
                Message("both a value for all communes and values by group"),
                Message("Keep the one that the document states."),
            )
            return None
        if everywhere is not None:
            return self._number(place, number, layout.EVERYWHERE, everywhere)
        for group in self.loaded.header.groups:
            if group.id not in by_group:
                said = Message("no value for group {groups}", groups=str(group.title))
                column = self.groups.get(group.id, layout.EVERYWHERE)
                self._refuse(number, column, said, Message("Write one for every group, or one for all communes."))
        read = {group: self._number(place, number, self.groups[group], cell) for group, cell in by_group.items()}
        return {group: value for group, value in read.items() if value is not None}

    def _answer(self, place: TargetPlace, number: int, cell: Cell) -> str | None:
        if place.form == "standard":
            choices: dict[str, list[str]] = {layout.BINDING: in_both(layout.BINDING)}
        else:
            scale = self.loaded.scales[place.measure.scale or ""]
            choices = {grade.id: [grade.label.vi, grade.label.en] for grade in scale.grades}
        chosen = self.reader.choice(cell, choices, self.table.sheet, number, self.at(layout.EVERYWHERE))
        return None if place.form == "standard" else chosen

    def _number(self, place: TargetPlace, row: int, column: str, cell: Cell) -> Decimal | None:
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

    def _text(self, number: int, row: Sequence[Cell], column: str) -> str:
        return self.reader.text(self.table.cell(row, column), self.table.sheet, number, self.at(column))

    def _refuse(self, number: int, column: str, said: Message, mend: Message) -> None:
        self.reader.mistakes.refuse(self.table.sheet, number, self.at(column), said, mend)


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


def _blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()
