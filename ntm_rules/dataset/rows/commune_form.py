"""A commune's form: commune and year stand above the header, then one row for each measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ntm_rules.dataset.cells.figure_parts import FigureReader
from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.kept import KeptRow
from ntm_rules.dataset.places import WIDTH, Filing, Grid, Log, Owner
from ntm_rules.dataset.records import Reported, State
from ntm_rules.dataset.rows.cleaned_rows import (
    cell_at,
    is_figure,
    note_faults,
    note_merged,
    note_unknown_measure,
    says_illustrative,
    text_at,
    with_unit,
    words_in,
)
from ntm_rules.dataset.rows.column_numbers import numbers_columns
from ntm_rules.dataset.rows.form_context import FormContext
from ntm_rules.dataset.rows.form_owner import owner_of
from ntm_rules.dataset.rows.header_rows import Row, TableHead
from ntm_rules.dataset.rows.headers import Vocabulary, heading
from ntm_rules.dataset.rows.heading_years import HeadingYears
from ntm_rules.dataset.rows.lost_columns import LostColumns
from ntm_rules.i18n import current_language

_UNCHECKED = (
    "label", "unit", "ordinal", "previous", "computed", "target", "result", "opinion", "remark", "item", "expected",
)  # fmt: skip
"""Columns that only tell; cells merged in them lose nothing."""
KEPT = ("value", "numerator", "denominator", "previous", "document", "note", "opinion", "remark")
"""What is typed into a row of questions, by the commune and by the lead agency."""


def read_form(
    grid: Grid,
    head: TableHead,
    lost_columns: LostColumns,
    above: list[Row],
    rows: Iterator[Row],
    vocabulary: Vocabulary,
    log: Log,
    context: FormContext | None = None,
) -> list[Filing]:
    """Return the filings of a form, or nothing when its commune or year is not known: its figures, those of measures
    that stand there again, and those of the year before.

    The figures of such a form are looked at all the same, so that all its mistakes are told at once.
    """
    owner, known = owner_of(grid, above, vocabulary, log, context)
    if owner is None:
        return []
    if context is not None:
        _note_columns_gone(grid, head, vocabulary, log)
    form = _Form(grid, head, lost_columns, owner, vocabulary, log, context)
    form.read(rows)
    if not known:
        return []
    if grid.merged:
        columns = {column for role, column in head.header.roles.items() if role not in _UNCHECKED}
        note_merged(grid, form.data_rows, columns, log)
    _note_sheet_again(grid, owner, form.asked, log)
    if not form.values and context is None and not head.header.odd:
        log.add("nothing-reported", grid.where, commune_code=owner.code, commune=owner.name, year=owner.year)
    return form.filings()


def _note_sheet_again(grid: Grid, owner: Owner, asked: list[str], log: Log) -> None:
    """Note a sheet that asks again what another sheet asks of the same commune and year, once a sheet."""
    known = log.asked.setdefault((owner.code, owner.year), {})
    if not known:
        known.update(dict.fromkeys(asked, grid.where.sheet))
        return
    again = [known[measure] for measure in asked if known.get(measure, grid.where.sheet) != grid.where.sheet]
    if again:
        log.add(
            "sheet-again",
            grid.where,
            commune_code=owner.code,
            commune=owner.name,
            year=owner.year,
            other=again[0],
            count=len(again),
        )
    for measure in asked:
        known.setdefault(measure, grid.where.sheet)


def _first_line(label: Cell) -> str:
    """Return the label itself of a row that also tells, line by line, what is counted."""
    return label.partition("\n")[0] if isinstance(label, str) else ""


def _note_columns_gone(grid: Grid, head: TableHead, vocabulary: Vocabulary, log: Log) -> None:
    """Note a column of answers that the form was made with and that is not there any more."""
    header = head.header
    told = {vocabulary.role(head.titles[column]) for column in [*header.twice, *(odd[0] for odd in header.odd)]}
    for role in ("value", "numerator", "denominator"):
        if role not in header.roles and role not in told:
            log.add("form-column-missing", grid.where, head.last, value=heading(role, current_language()))


class _Unknown(NamedTuple):
    """A row that names no known measure, and something stands where figures go."""

    number: int
    row: Sequence[Cell]
    id: str
    label: str
    at: int
    """The column that should name the measure."""


class _Form:
    """Reads the rows under a form's header."""

    def __init__(
        self,
        grid: Grid,
        head: TableHead,
        lost: LostColumns,
        owner: Owner,
        vocabulary: Vocabulary,
        log: Log,
        context: FormContext | None,
    ) -> None:
        self.where, self.owner, self.vocabulary, self.log = grid.where, owner, vocabulary, log
        self.roles = head.header.roles
        self.head, self.lost = head, lost
        self.parts = [self.roles.get(role, -1) for role in ("value", "numerator", "denominator")]
        years = HeadingYears(head, vocabulary, grid.where, log)
        self.parts = [-1 if years.another([column], owner) else column for column in self.parts]
        self.values: dict[str, Reported] = {}
        self.places: dict[str, int] = {}
        self.data_rows: list[int] = []
        self.only_words: list[_Unknown] = []
        """Rows of words alone: signatures, unless a figure follows."""
        self.asked: list[str] = []
        """The measures that have a row, whether it is filled in or not."""
        self.again: list[Filing] = []
        self.header_row = head.last
        self.context = context
        self.before: tuple[dict[str, Reported], dict[str, int]] = {}, {}
        """Figures of the year before that are filled in beside those of the year, and their places."""
        self.declined: list[tuple[FigureReader, int, str]] = []
        """Figures answered "not applicable": measure, row, as written."""
        self.headings = [head.titles[column] if column >= 0 else "" for column in self.parts]

    def read(self, rows: Iterator[Row]) -> None:
        log, texts = self.log, self.log.texts
        clean = texts.clean
        role = self.roles.get
        name_at, label_at = role("measure", -1), role("label", -1)
        value_at, numerator_at, denominator_at = self.parts
        document_at, note_at, previous_at = role("document", -1), role("note", -1), role("previous", -1)
        unit_at, own_units = role("unit", -1), self.vocabulary.own_units
        computed_at = role("computed", -1) if self.context else -1
        kept, changed = log.kept, self.context.changed if self.context else frozenset()
        conditional = self.vocabulary.questionnaire.conditional
        asks_last_year = self.vocabulary.questionnaire.asks_last_year
        width = max(self.roles.values()) + 1
        watching, headed, keys = self.lost.watching, len(self.head.titles), (name_at, label_at)
        missing = -1 in (name_at, label_at, *self.parts, document_at, note_at)
        by_id = self.vocabulary.figures.get
        agreed = self.vocabulary.agreed.get
        values, places = self.values, self.places
        for number, raw in rows:
            row = raw
            if missing or len(raw) < width:
                # A blank cell after the last, so that column -1 (no such column) is blank.
                row = [*raw, *[""] * max(1, width + 1 - len(raw))]
            name, label = row[name_at], row[label_at]
            figure = by_id(name)  # type: ignore[arg-type]  # a cell that is no text is no id
            if figure is None or (label != "" and agreed(name) != label):
                blank = row[value_at] == "" and row[numerator_at] == "" and row[denominator_at] == ""
                if blank and (name == "" or (label == "" and not isinstance(name, str))):
                    continue  # a heading of the form, or a row without an id and without figures
                if figure is None and not blank and (numbers_columns(raw, keys) or self.head.is_repeated(raw)):
                    continue
                if figure is None and self.vocabulary.header(raw).shape is not None:
                    log.add("second-table", self.where, number)
                    break
                figure = self._measure(number, row, name, label)
                if figure is None:
                    continue
            value, numerator, denominator = row[value_at], row[numerator_at], row[denominator_at]
            if value.__class__ is str and value:
                value = clean(value, number, value_at)
            if numerator.__class__ is str and numerator:
                numerator = clean(numerator, number, numerator_at)
            if denominator.__class__ is str and denominator:
                denominator = clean(denominator, number, denominator_at)
            if unit_at >= 0 and value != "" and row[unit_at] != "" and (row[unit_at], figure.id) not in own_units:
                value = with_unit(value, row[unit_at], figure, self.vocabulary)
            core, faults = figure.read(value, numerator, denominator)
            self.data_rows.append(number)
            if self.only_words:
                self._note_words()
            self.asked.append(figure.id)
            if len(raw) > headed or watching:
                self.lost.look(number, raw)
            if kept is not None:
                self._keep(number, row, figure)
            if previous_at >= 0 and asks_last_year(figure.measure) and figure.id not in changed:
                self._year_before(number, row[previous_at], previous_at, figure)
            if core is not None and figure.id in changed:
                log.add("form-measure-changed", self.where, number, value_at, **self._about(figure), value=core[4])
                continue
            if faults and figure.id in conditional and faults[0].code == "answer-not-applicable":
                self.declined.append((figure, number, faults[0].written))
                continue
            if faults:
                columns = [column if column >= 0 else name_at for column in self.parts]
                note_faults(faults, columns, self.headings, number, self.owner, figure, self.where, log)
            source = row[document_at]
            if source.__class__ is str:
                document = clean(source, number, document_at) if source else ""
            else:
                document = self._words(row, document_at, number, figure, document=True)
            note = self._words(row, note_at, number, figure) if row[note_at] != "" else ""
            if note and says_illustrative(note):
                log.illustrative = True
            if core is None:
                if computed_at >= 0 and row[computed_at] != "" and is_figure(row[computed_at]):
                    self._note_typed_over(number, row[computed_at], computed_at, figure)
                continue
            reported = Reported(core[0], core[1], core[2], core[3], document, core[4], note)
            place = number * WIDTH + (value_at if value != "" or numerator == "" else numerator_at)
            if figure.id in values:
                self.again.append(self._filing({figure.id: reported}, {figure.id: place}, number))
            else:
                values[figure.id] = reported
                places[figure.id] = place

        if not self.data_rows:
            self._note_words()
        self._settle_declined()
        if self.lost.doubted:
            self.values = self.lost.without_doubted(values)
            self.again = self.lost.settle(self.again)

    def _words(
        self, row: Sequence[Cell], column: int, number: int, figure: FigureReader, *, document: bool = False
    ) -> str:
        return words_in(row, column, number, "", self.owner, figure.id, self.where, self.log, document=document)

    def _about(self, figure: FigureReader) -> dict[str, Any]:
        owner = self.owner
        return {"commune_code": owner.code, "commune": owner.name, "year": owner.year, "measure": figure.id}

    def _note_typed_over(self, number: int, cell: Cell, column: int, figure: FigureReader) -> None:
        """Note a figure in the column that the form works out, in a row where there is nothing to work it out from."""
        computed = heading("computed", current_language())
        about = self._about(figure)
        self.log.add("figure-typed-over", self.where, number, column, **about, value=written(cell), computed=computed)

    def _keep(self, number: int, row: Sequence[Cell], figure: FigureReader) -> None:
        roles = self.roles
        typed = {role: row[roles[role]] for role in KEPT if role in roles and row[roles[role]] != ""}
        if typed and self.log.kept is not None:
            self.log.kept.append(KeptRow(self.where.sheet, number, figure.id, typed, dict(roles)))

    def _keep_unknown(self, number: int, row: Sequence[Cell], text: str) -> None:
        roles = self.roles
        typed = {role: row[roles[role]] for role in KEPT if role in roles and row[roles[role]] != ""}
        if self.log.kept is not None:
            self.log.kept.append(KeptRow(self.where.sheet, number, "", typed, dict(roles), label=text))

    def _year_before(self, number: int, cell: Cell, column: int, figure: FigureReader) -> None:
        """Take last year's figure of a growth, which stands beside this year's."""
        texts = self.log.texts
        core, faults = figure.read(texts.clean(cell, number, column) if isinstance(cell, str) else cell, "", "")
        before = self.owner._replace(year=max(self.owner.year - 1, 0))
        if faults:
            at, heads = [column] * 3, [""] * 3
            note_faults(faults, at, heads, number, before, figure, self.where, self.log)
        if core is not None:
            values, places = self.before
            values[figure.id] = Reported(core[0], core[1], core[2], core[3], "", core[4])
            places[figure.id] = number * WIDTH + column

    def _settle_declined(self) -> None:
        """Take "not applicable" where the form says that there is none; elsewhere it is no answer."""
        for figure, number, text in self.declined:
            question = self.vocabulary.figures[self.vocabulary.questionnaire.conditional[figure.id]]
            answered = self.values.get(question.id)
            if answered is not None and answered.state is State.PRESENT and not answered.value:
                continue
            there_is = answered is not None and answered.state is State.PRESENT
            code = "not-applicable-though-there-is" if there_is else "not-applicable-unasked"
            column = max(self.parts[0], 0)
            self.log.add(
                code, self.where, number, column, **self._about(figure), value=text, question=question.measure.label
            )
            self.values.setdefault(figure.id, Reported(State.INVALID, written=text))
            self.places.setdefault(figure.id, number * WIDTH + column)

    def filings(self) -> list[Filing]:
        """Return the form's figures, and apart from them those of measures that stand there again, and of last year."""
        own = self._filing(self.values, self.places, self.header_row)
        years = self.vocabulary.questionnaire.years
        before: list[Filing] = []
        if self.before[0] and self.owner.year - 1 in years:
            values, places = self.before
            before = [own._replace(year=self.owner.year - 1, values=values, places=places, beside=True)]
        if self.context is not None:
            own = own._replace(carried=self.context.carried)
        return [*before, own, *self.again]

    def _filing(self, values: dict[str, Reported], places: dict[str, int], row: int) -> Filing:
        return Filing(self.owner.code, self.owner.year, self.where, values, places, row, form=True)

    def _measure(self, number: int, row: Sequence[Cell], name: Cell, label: Cell) -> FigureReader | None:
        """Return the measure a row is about, having checked that id and label do not disagree."""
        texts, vocabulary = self.log.texts, self.vocabulary
        name_at, label_at = self.roles.get("measure", -1), self.roles.get("label", -1)
        has_figures = any(cell_at(row, column, number, texts) != "" for column in self.parts)
        id_text = text_at(row, name_at, number, texts)
        label_text = text_at(row, label_at, number, texts)
        named = vocabulary.by_label(label_text) or vocabulary.by_label(_first_line(label))
        figure = vocabulary.by_id(id_text) if id_text else named
        at = name_at if id_text or label_at < 0 else label_at
        if figure is None:
            if has_figures:
                self._take_unknown(_Unknown(number, row, id_text, label_text, at))
            return None
        if named is not None and named is not figure:
            if has_figures:
                self._keep_unknown(number, row, label_text)
                self.log.add(
                    "measure-label-disagrees",
                    self.where,
                    number,
                    label_at,
                    heading="",
                    value=label_text,
                    commune_code=self.owner.code,
                    commune=self.owner.name,
                    year=self.owner.year,
                    measure=figure.id,
                    other=named.id,
                )
            return None
        vocabulary.agree(name, label)
        return figure

    def _take_unknown(self, unknown: _Unknown) -> None:
        """Note a row in which something stands beside no known measure; words alone only when figures follow."""
        typed = [cell_at(unknown.row, column, unknown.number, self.log.texts) for column in self.parts]
        if not unknown.id and all(isinstance(cell, str) and not is_figure(cell) for cell in typed if cell != ""):
            self.only_words.append(unknown)
        else:
            self._note_unknown(unknown)

    def _note_words(self) -> None:
        for unknown in self.only_words:
            self._note_unknown(unknown)
        self.only_words.clear()

    def _note_unknown(self, unknown: _Unknown) -> None:
        number, row, where, log = unknown.number, unknown.row, self.where, self.log
        text = unknown.id or unknown.label
        self._keep_unknown(number, row, text)
        if text:
            note_unknown_measure(text, self.vocabulary, number, unknown.at, "", self.owner, where, log)
            return
        column = next(at for at in self.parts if cell_at(row, at, number, log.texts) != "")
        code, name, year = self.owner
        value = written(cell_at(row, column, number, log.texts))
        log.add("row-without-measure", where, number, column, value=value, commune_code=code, commune=name, year=year)
