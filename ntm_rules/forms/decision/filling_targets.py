"""Reading the sheet of targets: a value, its article, and the requirement it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.cells import KeyedSheet, Reader, in_both
from ntm_rules.forms.decision.filling_rows import RequirementRows, is_blank, note_merged
from ntm_rules.i18n import Message
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.pending import TargetPlace
from ntm_rules.workbench.overlays.filled import TargetFilled, Value


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


class _Sheet(RequirementRows):
    """Reads the rows of the sheet of targets."""

    def __init__(
        self, table: KeyedSheet, known: Mapping[str, TargetPlace], loaded: LoadedSet, reader: Reader, articles: bool
    ) -> None:
        super().__init__(table, known, loaded, reader, layout.ID)
        self.articles = articles
        self.groups = {
            group.id: layout.GROUP_COLUMN + group.id
            for group in loaded.header.groups
            if layout.GROUP_COLUMN + group.id in table.columns
        }

    def read(self, number: int, row: Sequence[Cell]) -> TargetFilled | None:
        """Return a row's target; None when nothing is filled in, or a mistake was noted."""
        entries = {name: self.table.cell(row, name) for name in (layout.EVERYWHERE, *self.groups.values())}
        stated = {name: cell for name, cell in entries.items() if not is_blank(cell)}
        article = self.reader.article(
            self.table.cell(row, layout.ARTICLE), self.table.sheet, number, self.at(layout.ARTICLE)
        )
        note = self.text(number, row, layout.NOTE)
        if not stated and not article:
            if note:
                said = Message("the note is not kept, because the row has no value")
                self.reader.mistakes.doubt(self.table.sheet, number, self.at(layout.NOTE), said)
            return None
        place = self.place(number, row)
        if place is None:
            return None
        if not stated:
            self.refuse(
                number,
                layout.EVERYWHERE,
                Message("requirement {id} has an article and no value", id=place.requirement.id),
                Message("Write the value, or clear the article."),
            )
            return None
        before = len(self.reader.mistakes.mistakes)
        if self.articles and not article:
            self.refuse(
                number,
                layout.ARTICLE,
                Message("requirement {id} has a value without its article", id=place.requirement.id),
                Message("Write the article, clause or annex of the document where the value stands."),
            )
        value = self._value(place, number, stated)
        if len(self.reader.mistakes.mistakes) > before:
            return None
        return TargetFilled(place, value, article, note)

    def _value(self, place: TargetPlace, number: int, stated: Mapping[str, Cell]) -> Value:
        everywhere = stated.get(layout.EVERYWHERE)
        by_group = {group: stated[column] for group, column in self.groups.items() if column in stated}
        if place.form != "number":
            for column in stated:
                if column != layout.EVERYWHERE:
                    said = Message("this requirement has no value per group")
                    self.refuse(number, column, said, Message("Clear the cell."))
            return self._answer(place, number, everywhere) if everywhere is not None else None
        if everywhere is not None and by_group:
            self.refuse(
                number,
                layout.EVERYWHERE,
                Message("both a value for all communes and values by group"),
                Message("Keep the one that the document states."),
            )
            return None
        if everywhere is not None:
            return self.number(place, number, layout.EVERYWHERE, everywhere)
        for group in self.loaded.header.groups:
            if group.id not in by_group:
                said = Message("no value for group {groups}", groups=str(group.title))
                column = self.groups.get(group.id, layout.EVERYWHERE)
                self.refuse(number, column, said, Message("Write one for every group, or one for all communes."))
        read = {group: self.number(place, number, self.groups[group], cell) for group, cell in by_group.items()}
        return {group: value for group, value in read.items() if value is not None}

    def _answer(self, place: TargetPlace, number: int, cell: Cell) -> str | None:
        if place.form == "standard":
            choices: dict[str, list[str]] = {layout.BINDING: in_both(layout.BINDING)}
        else:
            scale = self.loaded.scales[place.measure.scale or ""]
            choices = {grade.id: [grade.label.vi, grade.label.en] for grade in scale.grades}
        chosen = self.reader.choice(cell, choices, self.table.sheet, number, self.at(layout.EVERYWHERE))
        return None if place.form == "standard" else chosen
