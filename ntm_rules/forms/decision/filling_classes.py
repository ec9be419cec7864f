"""Reading the sheet of targets by class: some classes of communes, each with its target, or all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.cells.texts import key, shown
from ntm_rules.errors import nearest
from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.cells import KeyedSheet, Reader
from ntm_rules.forms.decision.class_rows import Class, has_others, named_classes, otherwise_choices
from ntm_rules.forms.decision.filling_rows import RequirementRows, is_blank, note_merged
from ntm_rules.i18n import Message, Parts
from ntm_rules.rulebook.criteria_set import DEFAULT
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import NOT_APPLICABLE, CellWritten, PendingTarget
from ntm_rules.rulebook.pending import TargetPlace
from ntm_rules.workbench.overlays.filled import ByClass, TargetFilled


def read_classes(
    table: KeyedSheet | None,
    places: Mapping[str, TargetPlace],
    loaded: LoadedSet,
    reader: Reader,
    elsewhere: Collection[str],
    *,
    articles: bool,
) -> list[TargetFilled]:
    """Return the targets filled in by class, in the order of the law; `articles`: each needs the place where it stands.

    `elsewhere`: the requirements of which the sheet of targets says all.
    """
    if table is None:
        return []
    note_merged(table, {name for name in table.columns if not name.startswith((layout.NOTE, layout.TOLD))}, reader)
    sheet = _Sheet(table, places, loaded, reader, articles)
    for number, row in table.rows:
        sheet.read(number, row)
    found = {id_: sheet.target(id_, rows, elsewhere) for id_, rows in sheet.rows.items()}
    targets = [found[id_] for id_ in places if id_ in found]
    return [one for one in targets if one is not None]


@dataclass(frozen=True, slots=True)
class _Read:
    """What a row says of one class; `target` is None where a mistake was noted."""

    number: int
    class_: Class
    target: CellWritten | None
    article: str
    note: str


class _Sheet(RequirementRows):
    """Reads the rows of the sheet of targets by class."""

    def __init__(
        self, table: KeyedSheet, known: Mapping[str, TargetPlace], loaded: LoadedSet, reader: Reader, articles: bool
    ) -> None:
        super().__init__(table, known, loaded, reader, layout.OF)
        self.articles = articles
        self.otherwise = otherwise_choices(loaded)
        self.classes = named_classes(loaded)
        self.by_words = {
            key(words): class_
            for class_, each in self.classes.items()
            for words in (each.vi, each.en, ":".join(class_))
        }
        self.rows: dict[str, list[_Read]] = {}
        """Requirement -> what its rows say."""

    def read(self, number: int, row: Sequence[Cell]) -> None:
        """Read one row; one in which nothing is filled in says nothing."""
        value, otherwise = self.table.cell(row, layout.VALUE), self.table.cell(row, layout.OTHERWISE)
        article = self.reader.article(
            self.table.cell(row, layout.ARTICLE), self.table.sheet, number, self.at(layout.ARTICLE)
        )
        note = self.text(number, row, layout.NOTE)
        if is_blank(value) and is_blank(otherwise) and not article:
            if note:
                said = Message("the note is not kept, because the row has no value")
                self.reader.mistakes.doubt(self.table.sheet, number, self.at(layout.NOTE), said)
            return
        place, class_ = self.place(number, row), self._class(number, row)
        if place is None or class_ is None:
            return
        own = self.rows.setdefault(place.requirement.id, [])
        if is_blank(value) and is_blank(otherwise):
            said = Message("{class_} has an article and no target", class_=self.classes[class_])
            self.refuse(number, layout.VALUE, said, Message("Write the value, or clear the article."))
        elif self.articles and not article:
            said = Message("{class_} has a target without its article", class_=self.classes[class_])
            mend = Message("Write the article, clause or annex of the document where the value stands.")
            self.refuse(number, layout.ARTICLE, said, mend)
        twice = next((one for one in own if one.class_ == class_), None)
        if twice is not None:
            said = Message("{class_} stands here a second time (first in row {row})", class_=self.classes[class_], row=twice.number + 1)  # fmt: skip
            self.refuse(number, layout.CLASS, said, Message("Keep the right row."))
            return
        own.append(_Read(number, class_, self._target(place, number, value, otherwise), article, note))

    def target(self, id_: str, rows: Sequence[_Read], elsewhere: Collection[str]) -> TargetFilled | None:
        """Return what the rows of one requirement say together; None where that is a mistake."""
        place, first = self.known[id_], rows[0] if rows else None
        if first is None:
            return None
        by = first.class_[0]
        before = len(self.reader.mistakes.mistakes)
        if id_ in elsewhere:
            said = Message("{id} is filled in on the sheet “{sheet}” too", id=id_, sheet=Message(layout.TARGETS_SHEET))
            self.refuse(first.number, layout.OF, said, Message("Keep the one that the document states."))
        for other in rows[1:]:
            if other.class_[0] != by:
                said = Message("{id} is told apart here by something else than in row {row}", id=id_, row=first.number + 1)  # fmt: skip
                self.refuse(other.number, layout.CLASS, said, Message("Choose the classes of one requirement from one kind."))  # fmt: skip
        cells = {one.class_[1]: one.target for one in rows if one.target is not None}
        is_part = place.classing is not None and place.classing.by == by
        others = next((one for one in rows if one.class_[1] == DEFAULT), None)
        if is_part and others is not None and not has_others(place, self.loaded.classings[by]):
            said = Message("every class has a target of its own already, so that there are no others")
            self.refuse(others.number, layout.CLASS, said, Message("Name the classes that change, a row for each."))
        if not is_part and place.form != "standard" and len(self.reader.mistakes.mistakes) == before:
            self._complete(first, {one.class_[1] for one in rows})
        if len(self.reader.mistakes.mistakes) > before or len(cells) < len(rows):
            return None
        articles = "; ".join(dict.fromkeys(one.article for one in rows if one.article))
        notes = "; ".join(dict.fromkeys(one.note for one in rows if one.note))
        return TargetFilled(place, ByClass(by, cells, is_part), articles, notes)

    def _complete(self, first: _Read, named: Collection[str]) -> None:
        """Note that a target that does not differ so yet leaves a class without one."""
        by = first.class_[0]
        if named == {DEFAULT}:
            said = Message("only the others have a target here, and no class")
            mend = Message("Name a class in another row, or write one value for all communes on the sheet “{sheet}”.", sheet=Message(layout.TARGETS_SHEET))  # fmt: skip
            self.refuse(first.number, layout.CLASS, said, mend)
            return
        missing = [one for one in self.loaded.classings[by].classes if one not in named]
        if missing and DEFAULT not in named:
            said = Message("no target for {classes}", classes=Parts(*(self.classes[by, one] for one in missing)))
            mend = Message("Add a row for each, or one for “{rest}”.", rest=self.classes[by, DEFAULT])
            self.refuse(first.number, layout.CLASS, said, mend)

    def _class(self, number: int, row: Sequence[Cell]) -> Class | None:
        text = self.text(number, row, layout.CLASS)
        found = self.by_words.get(key(text))
        if found is not None:
            return found
        if not text:
            said = Message("a target stands here without the class of communes that it is for")
            self.refuse(number, layout.CLASS, said, Message("Choose the class from the list."))
            return None
        closest = nearest(key(text), self.by_words)
        mend = (
            Message("Did you mean “{nearest}”? Choose it from the list.", nearest=self.classes[self.by_words[closest]])
            if closest
            else Message("Choose the class from the list.")
        )
        self.refuse(number, layout.CLASS, Message("there is no class “{value}” of communes", value=shown(text)), mend)
        return None

    def _target(self, place: TargetPlace, number: int, value: Cell, otherwise: Cell) -> CellWritten | None:
        """Return the target of one class; None when a mistake was noted, or nothing stands there."""
        if place.form == "standard":
            said = Message("this requirement has no value by class")
            self.refuse(number, layout.CLASS, said, Message("Clear the row."))
            return None
        if not is_blank(value) and not is_blank(otherwise):
            said = Message("both a target and what stands in place of one")
            self.refuse(number, layout.OTHERWISE, said, Message("Keep the one that the document states."))
            return None
        sheet = self.table.sheet
        if not is_blank(otherwise):
            choices = {choice: (words.vi, words.en) for choice, words in self.otherwise.items()}
            chosen = self.reader.choice(otherwise, choices, sheet, number, self.at(layout.OTHERWISE))
            if chosen is None or chosen == NOT_APPLICABLE:
                return chosen
            return PendingTarget.model_validate({"pending": {"decision": chosen}})
        if is_blank(value):
            return None
        if place.form == "grade":
            scale = self.loaded.scales[place.measure.scale or ""]
            grades = {grade.id: (grade.label.vi, grade.label.en) for grade in scale.grades}
            return self.reader.choice(value, grades, sheet, number, self.at(layout.VALUE))
        read = self.number(place, number, layout.VALUE, value)
        if read is not None and place.measure.traits.dated:
            return dt.date.fromordinal(int(read))
        return read
