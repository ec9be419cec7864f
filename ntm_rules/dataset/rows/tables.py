"""Rows of cells -> filings: finds the header of a sheet or file and reads the table under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.dataset.cells.figure_parts import FigureReader
from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.files.row_lengths import RowLengths
from ntm_rules.dataset.kept import KeptRow
from ntm_rules.dataset.places import WIDTH, Filing, Grid, Log, Owner
from ntm_rules.dataset.records import Reported
from ntm_rules.dataset.rows.cleaned_rows import (
    cell_at,
    is_blank,
    note_faults,
    note_hidden,
    note_merged,
    note_unknown_measure,
    says_illustrative,
    text_at,
    with_unit,
    words_in,
)
from ntm_rules.dataset.rows.commune_form import read_form
from ntm_rules.dataset.rows.evidence_rows import read_evidence
from ntm_rules.dataset.rows.form_context import FormContext
from ntm_rules.dataset.rows.header_rows import HeaderRows, Row, TableHead, find_header
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.rows.heading_years import HeadingYears
from ntm_rules.dataset.rows.identity import NOT_LOOKED_INTO, Doubt
from ntm_rules.dataset.rows.lost_columns import LostColumns
from ntm_rules.dataset.rows.passed_rows import PassedRows
from ntm_rules.dataset.rows.planned import planned_words
from ntm_rules.dataset.rows.row_batches import Rows
from ntm_rules.dataset.rows.titles import FIGURES


def read_grid(grid: Grid, vocabulary: Vocabulary, log: Log, form: FormContext | None = None) -> list[Filing] | None:
    """Return what a sheet or text file reports; None when it has no header of a form or table.

    `form`: what the workbook says of itself, where it does.
    """
    log.texts.where = grid.where
    found = find_header(grid, vocabulary)
    rows_above = found.above if found.head is None else [*found.above, *found.head.rows]
    if any("reason" in cells or "mend" in cells or OWN_SUMMARY in cells for _number, cells in rows_above) and any(
        _own_results(cells) for _number, cells in rows_above
    ):
        log.add("own-results", grid.where)
        return []
    if found.head is None:
        return None
    filings = _read(grid, found.head, found, vocabulary, log, form)
    note_hidden(grid, found.head.header, filings, log)
    planned = planned_words(grid.where, found.above) if filings and form is None else ""
    if planned:
        log.add("figures-perhaps-planned", grid.where, value=planned)
    return filings


def _read(
    grid: Grid,
    head: TableHead,
    found: HeaderRows,
    vocabulary: Vocabulary,
    log: Log,
    form: FormContext | None,
) -> list[Filing]:
    """Return what the table under a header reports."""
    lost = LostColumns(grid, head, vocabulary, log)
    above, rows = found.above, found.under
    if head.header.shape == "form":
        return read_form(grid, head, lost, above, rows, vocabulary, log, form)
    if head.header.shape == "evidence":
        return read_evidence(grid, head.header, (head.last, head.titles), above, rows, vocabulary, log, form)
    if any("minh họa" in key(written(cell)[:200]) for _number, row in above for cell in row if cell != ""):
        log.illustrative = True
    table = TableReader(grid, head, lost, vocabulary, log)
    table.in_form = form is not None or log.kept is not None
    if not isinstance(grid.rows, Rows):
        return table.read(rows)
    if not grid.rows.back(len(found.seen)) and any(not table.take(number, cells) for number, cells in found.seen):
        return table.settled()
    from ntm_rules.dataset.rows.table_columns import columns_of_table  # arrays are for tables that come as such

    return columns_of_table(table, grid.rows.rest())


OWN_SUMMARY = "meets_every_criterion"
OWN_RESULTS = ({"verdict", "reason", "level"}, {"severity", "message", "mend"}, {OWN_SUMMARY})
"""Column names that only result files of this program have; their figures are never read back as reports."""


def _own_results(cells: Sequence[Cell]) -> bool:
    return any(all(name in cells for name in columns) for columns in OWN_RESULTS)


class TableReader:
    """Reads a long or a wide table: every row says whose figures it holds."""

    def __init__(
        self, grid: Grid, head: TableHead, lost_columns: LostColumns, vocabulary: Vocabulary, log: Log
    ) -> None:
        self.grid, self.where = grid, grid.where
        self.head, self.lost, self.vocabulary, self.log = head, lost_columns, vocabulary, log
        self.header = header = head.header
        self.titles = head.titles
        role = header.roles.get
        self.identity = [role(name, -1) for name in ("code", "commune", "year")]
        self.parts = [role(name, -1) for name in ("value", "numerator", "denominator")]
        self.measure = role("measure", -1)
        self.label = role("label", -1)
        self.unit = role("unit", -1)
        self.document = role("document", -1)
        self.note = role("note", -1)
        self.nature = role("nature", -1)
        self.hamlet = role("hamlet", -1)
        documents = [measure[4] for measure in header.measures]
        self.words_at = [column for column in (self.document, self.note, *documents) if column >= 0]
        self._read_row = self._long if header.shape == "long" else self._wide
        self.in_form = False
        """Whether it is the sheet of hamlets of a form, which names the commune in rows that are left blank."""
        self.filings: list[Filing] = []
        self.data_rows: list[int] = []
        self.doubted: dict[tuple[str, str, str, str, str], dict[str, int]] = {}
        self.passed = PassedRows(head, vocabulary)
        self.years = HeadingYears(head, vocabulary, grid.where, log)
        self.lengths = RowLengths(head, grid.where, self.passed, log)

    def read(self, rows: Iterator[Row]) -> list[Filing]:
        """Return one filing for each row that says whose it is."""
        for number, raw in rows:
            if not self.take(number, raw):
                break
        return self.settled()

    def take(self, number: int, raw: Sequence[Cell]) -> bool:
        """Read one row; tell whether the table goes on."""
        if raw.count("") == len(raw):
            return True
        width, cells, texts = len(self.titles), len(raw), self.log.texts
        # A blank cell after the last, so that column -1 (no such column) is blank.
        if cells == width:
            row = [*raw, ""]
        else:
            row = [*raw[:width], *[""] * max(1, width + 1 - cells)]
            if not self.lengths.fits(number, cells, row):
                self.data_rows.append(number)
                return True
        if self._moved(number, row):
            return True
        code_at, commune_at, year_at = self.identity
        owner = self.vocabulary.identities.find(
            cell_at(row, code_at, number, texts),
            cell_at(row, commune_at, number, texts),
            cell_at(row, year_at, number, texts),
        )
        if isinstance(owner, Owner):
            self.data_rows.append(number)
            self._read_row(number, row, owner)
        elif is_blank(row) or self.passed.numbers(row):
            return True
        elif self.vocabulary.header(raw).shape is not None:
            self.log.add("second-table", self.where, number)
            return False
        elif self.passed.passed(row):
            return True
        else:
            self.data_rows.append(number)
            self._look_into(number, row, owner)
        if cells > width or self.lost.watching:
            self.lost.look(number, raw)
        return True

    def settled(self) -> list[Filing]:
        """Return what was read, once no row is left; note it if it was nothing."""
        self.filings = self.lost.settle(self.filings)
        if self.in_form and self.hamlet >= 0 and not self.filings:
            pass
        elif not self.data_rows and not self.log.problems:
            self.log.add("no-rows", self.where)
        elif not self.filings and not self.log.blocks and not self.log.problems:
            self.log.add("nothing-reported", self.where)
        if self.grid.merged:
            columns = {*self.identity, *self.parts, self.measure, self.document}
            for measure in self.header.measures:
                columns.update(measure[1:])
            note_merged(self.grid, self.data_rows, columns - {-1}, self.log)
        return self.filings

    def _look_into(self, number: int, row: list[Cell], doubts: Sequence[Doubt]) -> None:
        """Note why a row is not taken; its figures are only looked at, so that all its mistakes are told at once."""
        for doubt in doubts:
            self._doubt(doubt, number)
        if all(doubt.code not in NOT_LOOKED_INTO for doubt in doubts):
            taken = len(self.filings)
            self._read_row(number, row, Owner(doubts[0].commune_code, doubts[0].commune, 0))
            del self.filings[taken:]

    def _moved(self, number: int, row: Sequence[Cell]) -> bool:
        """Note a row whose words are bare digits: a decimal comma without quotes has moved them there."""
        for column in self.words_at:
            cell = row[column]
            if cell.__class__ is str and cell.strip().isdecimal() and not self.passed.numbers(row):
                self.data_rows.append(number)
                title = self.titles[column]
                self.log.add("words-are-digits", self.where, number, column, heading=title, value=cell, words=title)
                return True
        if self.nature >= 0 and "minh họa" in key(written(row[self.nature])[:200]):
            self.log.illustrative = True
        return False

    def _long(self, number: int, row: Sequence[Cell], owner: Owner) -> None:
        texts = self.log.texts
        figure = self._measure(number, row, owner)
        if figure is None:
            return
        value, numerator, denominator = (cell_at(row, column, number, texts) for column in self.parts)
        value = with_unit(value, row[self.unit], figure, self.vocabulary)
        note = self._note(number, row, owner)
        document = self._words(row, self.document, number, owner, figure.id) if row[self.document] != "" else ""
        reported = self._figure(figure, value, numerator, denominator, document, note, number, self.parts, owner)
        at = self.parts[0] if value != "" or numerator == "" else self.parts[1]
        if self._whose(figure, number, at, row, owner) and (reported is not None or figure.measure.of_hamlets):
            values = {} if reported is None else {figure.id: reported}
            self._file(number, row, owner, values, {figure.id: number * WIDTH + at} if values else {})

    def _keep(self, number: int, row: Sequence[Cell]) -> None:
        """Keep what was typed in a row of hamlets, for a form that is given back."""
        columns = {"hamlet": self.hamlet}
        for figure, *places in self.header.measures:
            columns |= {f"{figure.id}__{part}": at for part, at in zip(FIGURES, places, strict=False) if at >= 0}
        cells = {role: row[at] for role, at in columns.items() if row[at] != ""}
        if self.log.kept is not None and cells:
            self.log.kept.append(KeptRow(self.where.sheet, number, "", cells, columns, hamlet=True))

    def _wide(self, number: int, row: Sequence[Cell], owner: Owner) -> None:
        texts = self.log.texts
        if self.log.kept is not None and self.hamlet >= 0:
            self._keep(number, row)
        note = self._note(number, row, owner)
        values: dict[str, Reported] = {}
        places: dict[str, int] = {}
        for figure, value_at, numerator_at, denominator_at, document_at in self.header.measures:
            value = cell_at(row, value_at, number, texts) if row[value_at] != "" else ""
            numerator = cell_at(row, numerator_at, number, texts) if row[numerator_at] != "" else ""
            denominator = cell_at(row, denominator_at, number, texts) if row[denominator_at] != "" else ""
            if value == "" and numerator == "" and denominator == "":
                continue
            document = self._words(row, document_at, number, owner, figure.id) if row[document_at] != "" else ""
            columns = (value_at, numerator_at, denominator_at)
            reported = self._figure(figure, value, numerator, denominator, document, note, number, columns, owner)
            at = value_at if value != "" or numerator == "" else numerator_at
            if reported is not None and self._whose(figure, number, max(at, 0), row, owner):
                values[figure.id] = reported
                places[figure.id] = number * WIDTH + max(at, 0)
        self._file(number, row, owner, values, places)

    def _file(
        self, number: int, row: Sequence[Cell], owner: Owner, values: dict[str, Reported], places: dict[str, int]
    ) -> None:
        """Take what a row gives of its commune, or of the hamlet it names."""
        if self.in_form and self.hamlet >= 0 and not values and row[self.hamlet] == "":
            return
        if self.hamlet < 0 or row[self.hamlet] == "":
            self.filings.append(Filing(owner.code, owner.year, self.where, values, places, number))
            return
        name = written(cell_at(row, self.hamlet, number, self.log.texts))
        last = self.filings[-1] if self.filings else None
        same = last is not None and (last.hamlet, last.code, last.year) == (name, owner.code, owner.year)
        if last is not None and same and owner.year and values.keys().isdisjoint(last.values):
            last.values.update(values)
            last.places.update(places)
            return
        self.filings.append(Filing(owner.code, owner.year, self.where, values, places, number, hamlet=name))

    def _whose(self, figure: FigureReader, number: int, at: int, row: Sequence[Cell], owner: Owner) -> bool:
        """Tell whether a figure is of what its row is about: of a hamlet where it names one, else of the commune."""
        hamlet = self.hamlet >= 0 and row[self.hamlet] != ""
        if hamlet is figure.measure.of_hamlets:
            return True
        self.log.add(
            "figure-of-the-commune" if hamlet else "hamlet-missing",
            self.where,
            number,
            at,
            heading=self.titles[at],
            value=written(row[self.hamlet]) if hamlet else "",
            commune_code=owner.code,
            commune=owner.name,
            year=owner.year,
            measure=figure.id,
        )
        return False

    def _figure(
        self,
        figure: FigureReader,
        value: Cell,
        numerator: Cell,
        denominator: Cell,
        document: str,
        note: str,
        number: int,
        columns: Sequence[int],
        owner: Owner,
    ) -> Reported | None:
        if self.years.said and self.years.another(columns, owner, figure.id):
            return None
        core, faults = figure.read(value, numerator, denominator)
        if faults:
            headings = [self.titles[column] if column >= 0 else "" for column in columns]
            note_faults(faults, columns, headings, number, owner, figure, self.where, self.log)
        if core is None:
            return None
        return Reported(core[0], core[1], core[2], core[3], document, core[4], note)

    def _measure(self, number: int, row: Sequence[Cell], owner: Owner) -> FigureReader | None:
        name = row[self.measure]
        figure = self.vocabulary.figures.get(name) if isinstance(name, str) else None
        if figure is not None and row[self.label] == "":
            return figure
        texts = self.log.texts
        text = text_at(row, self.measure, number, texts)
        label = text_at(row, self.label, number, texts)
        figure = self.vocabulary.by_id(text) if text else self.vocabulary.by_label(label)
        if figure is None and any(cell_at(row, column, number, texts) != "" for column in self.parts):
            at = self.measure if text or self.label < 0 else self.label
            note_unknown_measure(
                text or label, self.vocabulary, number, at, self.titles[at], owner, self.where, self.log
            )
        other = self.vocabulary.by_label(label) if label else None
        if figure is not None and other is not None and other is not figure:
            self.log.add(
                "measure-label-disagrees",
                self.where,
                number,
                self.label,
                heading=self.titles[self.label],
                value=label,
                commune_code=owner.code,
                commune=owner.name,
                year=owner.year,
                measure=figure.id,
                other=other.id,
            )
            return None
        return figure

    def _words(
        self, row: Sequence[Cell], column: int, number: int, owner: Owner, measure: str, *, document: bool = True
    ) -> str:
        return words_in(
            row, column, number, self.titles[column], owner, measure, self.where, self.log, document=document
        )

    def _note(self, number: int, row: Sequence[Cell], owner: Owner) -> str:
        if row[self.note] == "":
            return ""
        note = self._words(row, self.note, number, owner, "", document=False)
        if not self.log.illustrative and says_illustrative(note):
            self.log.illustrative = True
        return note

    def _doubt(self, doubt: Doubt, number: int) -> None:
        """Note why a row is not taken; rows that say the same are noted once, with their count."""
        same = doubt[:5]
        counted = self.doubted.get(same)
        if counted is not None:
            counted["rows"] += 1
            return
        column = self.header.roles.get(doubt.role, self.header.roles.get("commune", 0))
        before = len(self.log.problems)
        self.log.add(
            doubt.code,
            self.where,
            number,
            column,
            heading=self.titles[column],
            value=doubt.value,
            commune_code=doubt.commune_code,
            commune=doubt.commune,
            rows=1,
            **doubt.parameters,
        )
        if len(self.log.problems) > before:
            self.doubted[same] = self.log.problems[-1].parameters
