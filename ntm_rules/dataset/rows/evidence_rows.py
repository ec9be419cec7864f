"""The sheet of evidence: documents listed for figures, a row each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from ntm_rules.dataset.cells.days import day_in, day_of_serial
from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.cells.texts import key, looks_old
from ntm_rules.dataset.kept import KeptRow
from ntm_rules.dataset.places import Filing, Grid, Log, Owner, cell_name
from ntm_rules.dataset.records import Evidence, Place
from ntm_rules.dataset.rows.cleaned_rows import text_at, words_doubt
from ntm_rules.dataset.rows.form_context import FormContext
from ntm_rules.dataset.rows.form_owner import owner_of
from ntm_rules.dataset.rows.header_rows import Row
from ntm_rules.dataset.rows.headers import Header, Vocabulary
from ntm_rules.i18n import N_

SAME_AS_ABOVE = N_("as above")
"""Under the number: the document of the row above is for this figure too."""
AS_ABOVE = frozenset({"như trên", "như dòng trên", "nt", "as above", "same as above"})
TYPED = ("document_number", "document_date", "document_issuer", "document_title", "note")
"""What is filled in; the other columns say which figure a row is for."""


def read_evidence(
    grid: Grid,
    header: Header,
    titles: Row,
    above: list[Row],
    rows: Iterator[Row],
    vocabulary: Vocabulary,
    log: Log,
    form: FormContext | None,
) -> list[Filing]:
    """Return the documents of one sheet as a filing without figures; none when commune or year is not known."""
    owner, known = owner_of(grid, above, vocabulary, log, form)
    if owner is None:
        return []
    reader = _Evidence(grid, header, owner, vocabulary, log)
    found = tuple(evidence for number, row in rows if (evidence := reader.row(number, row)) is not None)
    if not known or not found:
        return []
    return [Filing(owner.code, owner.year, grid.where, {}, {}, titles[0], found, form=True)]


class _Evidence:
    """Reads the rows under the header of a sheet of evidence."""

    def __init__(self, grid: Grid, header: Header, owner: Owner, vocabulary: Vocabulary, log: Log) -> None:
        self._where, self._roles = grid.where, header.roles
        self._owner, self._vocabulary, self._log = owner, vocabulary, log
        self._typed = [(role, header.roles[role]) for role in TYPED if role in header.roles]
        self._above: dict[str, Cell] = {}
        """What stands in the row above, so that “as above” can repeat it."""

    def row(self, number: int, row: Sequence[Cell]) -> Evidence | None:
        """Return the document of a row; None where nothing is filled in."""
        texts, roles, width = self._log.texts, self._roles, len(row)
        cells: dict[str, Cell] = {}
        for role, at in self._typed:
            cell = row[at] if at < width else ""
            if cell != "":
                cells[role] = texts.clean(cell, number, at) if cell.__class__ is str else cell
        if not cells:
            return None
        if key(written(cells.get("document_number", ""))) in AS_ABOVE:
            own = {role: cell for role, cell in cells.items() if cell != "" and role != "document_number"}
            cells = {**self._above, **own}
        if not any(cell != "" for cell in cells.values()):
            return None
        measure = self._measure(number, row)
        if self._log.kept is not None:
            typed = {role: cell for role, cell in cells.items() if cell != ""}
            label = text_at(row, roles.get("label", -1), number, texts)
            self._log.kept.append(KeptRow(self._where.sheet, number, measure, typed, dict(roles), True, label))
        said = self._said(number, cells, measure)
        self._above = {role: cell for role, cell in cells.items() if role != "note" and said[role]}
        if not any(said.values()):
            return None
        for role, text in said.items():
            if looks_old(text):
                self._note("text-old-encoding", number, role, measure, text)
        first = next(role for role in TYPED if said[role])
        return Evidence(
            measure,
            said["document_number"],
            self._day(number, cells["document_date"], said["document_date"], measure)
            if said["document_date"]
            else None,
            said["document_issuer"],
            said["document_title"],
            said["note"],
            Place(self._where.file, self._where.sheet, cell_name(number, roles[first])),
        )

    def _said(self, number: int, cells: Mapping[str, Cell], measure: str) -> dict[str, str]:
        """Return the words of each column, having noted those that cannot be used: they are empty."""
        said = dict.fromkeys(TYPED, "")
        for role, cell in cells.items():
            doubt = "" if cell.__class__ is str else words_doubt(cell, document=role == "document_number")
            if doubt == "date-not-number" and role == "document_date":
                self._note("evidence-day-unreadable", number, role, measure, written(cell))
            elif doubt:
                self._note(doubt, number, role, measure, written(cell))
            else:
                said[role] = written(cell)
        return said

    def _measure(self, number: int, row: Sequence[Cell]) -> str:
        """Return the figure that a row is for: by the label that a person chose, else by its id."""
        texts, vocabulary = self._log.texts, self._vocabulary
        label = text_at(row, self._roles.get("label", -1), number, texts)
        id_ = text_at(row, self._roles.get("measure", -1), number, texts)
        by_label = vocabulary.by_label(label) or vocabulary.by_label(label.partition(" ")[2])
        by_id = vocabulary.by_id(id_)
        if by_label is not None and by_id is not None and by_label is not by_id:
            self._note("measure-label-disagrees", number, "label", by_id.id, label, other=by_label.id)
            return ""
        figure = by_label or by_id
        if figure is None:
            near = vocabulary.nearest_measure(label) if label else ""
            self._note("evidence-without-measure", number, "label", "", label, nearest=near)
        return figure.id if figure else ""

    def _day(self, number: int, cell: Cell, text: str, measure: str) -> dt.date | None:
        if isinstance(cell, dt.datetime):
            return cell.date()
        if isinstance(cell, dt.date):
            return cell
        day = day_of_serial(cell) or day_in(" ".join(text.split()))
        if day is None and text:
            self._note("evidence-day-unreadable", number, "document_date", measure, text)
        return day

    def _note(self, code: str, number: int, role: str, measure: str, value: str, **parameters: str) -> None:
        owner = self._owner
        self._log.add(
            code,
            self._where,
            number,
            self._roles.get(role, 0),
            value=value,
            commune_code=owner.code,
            commune=owner.name,
            year=owner.year,
            measure=measure,
            **parameters,
        )
