"""A commune's form: commune and year stand above the header, then one row for each measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.dataset.figures import Figure
from ntm_rules.dataset.headers import Header, Vocabulary
from ntm_rules.dataset.identity import NOT_LOOKED_INTO, Owner
from ntm_rules.dataset.numbers import Cell, written
from ntm_rules.dataset.places import WIDTH, Filing, Grid, Log
from ntm_rules.dataset.records import Reported
from ntm_rules.dataset.rows import (
    cell_at,
    note_faults,
    note_merged,
    note_unknown_measure,
    says_illustrative,
    text_at,
)
from ntm_rules.dataset.texts import key

Row = tuple[int, Sequence[Cell]]
_UNCHECKED = ("label", "unit", "ordinal")


def read_form(
    grid: Grid,
    header: Header,
    titles: Row,
    above: list[Row],
    rows: Iterator[Row],
    vocabulary: Vocabulary,
    log: Log,
) -> list[Filing]:
    """Return the one filing of a form, or nothing when its commune or year is not known.

    The figures of such a form are looked at all the same, so that all its mistakes are told at once.
    """
    owner, known = _owner(grid, above, vocabulary, log)
    if owner is None:
        return []
    form = _Form(grid, header, titles, owner, vocabulary, log)
    form.read(rows)
    if not known:
        return []
    if grid.merged:
        columns = {column for role, column in header.roles.items() if role not in _UNCHECKED}
        note_merged(grid, form.data_rows, columns, log)
    if not form.values:
        log.add("nothing-reported", grid.where, commune_code=owner.code, commune=owner.name, year=owner.year)
    return form.filings()


def _owner(grid: Grid, above: list[Row], vocabulary: Vocabulary, log: Log) -> tuple[Owner | None, bool]:
    """Find commune and year in the label / value cells above the header, and whether they are known for certain.

    None for a form whose figures do not matter, or whose commune or year is said twice.
    """
    said: dict[str, tuple[Cell, int, int]] = {}
    for number, row in above:
        label: str | None = None
        for column, raw in enumerate(row):
            cell = cell_at(row, column, number, log.texts) if raw != "" else ""
            if cell == "":
                continue
            role = vocabulary.role(cell)
            if role is not None:
                label = role
            elif label is not None:
                first = said.setdefault(label, (cell, number, column))
                if written(first[0]) != written(cell):
                    log.add(
                        "said-twice", grid.where, number, column, value=written(cell), other_value=written(first[0])
                    )
                    return None, False
                label = None
    nature = said.get("nature")
    if nature is not None and "minh họa" in key(written(nature[0])[:200]):
        log.illustrative = True
    blank = ("", None, None)
    code, commune, year = (said.get(role, blank)[0] for role in ("code", "commune", "year"))
    found = vocabulary.identities.find(code, commune, year)
    if isinstance(found, Owner):
        return found, True
    for doubt in found:
        _, row_of, column_of = said.get(doubt.role, blank)
        log.add(
            doubt.code,
            grid.where,
            row_of,
            column_of,
            value=doubt.value,
            commune_code=doubt.commune_code,
            commune=doubt.commune,
            **doubt.parameters,
        )
    if any(doubt.code in NOT_LOOKED_INTO for doubt in found):
        return None, False
    return Owner(found[0].commune_code, found[0].commune, 0), False


class _Form:
    """Reads the rows under a form's header."""

    def __init__(self, grid: Grid, header: Header, titles: Row, owner: Owner, vocabulary: Vocabulary, log: Log) -> None:
        self.where, self.owner, self.vocabulary, self.log = grid.where, owner, vocabulary, log
        self.roles = header.roles
        self.parts = [header.roles.get(role, -1) for role in ("value", "numerator", "denominator")]
        self.values: dict[str, Reported] = {}
        self.places: dict[str, int] = {}
        self.data_rows: list[int] = []
        self.again: list[Filing] = []
        self.header_row = titles[0]
        self.headings = [written(titles[1][column]) if column >= 0 else "" for column in self.parts]

    def read(self, rows: Iterator[Row]) -> None:
        log, texts = self.log, self.log.texts
        clean = texts.clean
        role = self.roles.get
        name_at, label_at = role("measure", -1), role("label", -1)
        value_at, numerator_at, denominator_at = self.parts
        document_at, note_at = role("document", -1), role("note", -1)
        width = max(self.roles.values()) + 1
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
            core, faults = figure.read(value, numerator, denominator)
            self.data_rows.append(number)
            if faults:
                columns = [column if column >= 0 else name_at for column in self.parts]
                note_faults(faults, columns, self.headings, number, self.owner, figure, self.where, log)
            source = row[document_at]
            if source.__class__ is str:
                document = clean(source, number, document_at) if source else ""
            else:
                document = text_at(row, document_at, number, texts)
            note = text_at(row, note_at, number, texts) if row[note_at] != "" else ""
            if note and says_illustrative(note):
                log.illustrative = True
            if core is None:
                continue
            reported = Reported(core[0], core[1], core[2], core[3], document, core[4], note)
            place = number * WIDTH + (value_at if value != "" or numerator == "" else numerator_at)
            if figure.id in values:
                self.again.append(self._filing({figure.id: reported}, {figure.id: place}, number))
            else:
                values[figure.id] = reported
                places[figure.id] = place

    def filings(self) -> list[Filing]:
        """Return the form's figures, and apart from them those of measures that stand there again."""
        return [self._filing(self.values, self.places, self.header_row), *self.again]

    def _filing(self, values: dict[str, Reported], places: dict[str, int], row: int) -> Filing:
        return Filing(self.owner.code, self.owner.year, self.where, values, places, row)

    def _measure(self, number: int, row: Sequence[Cell], name: Cell, label: Cell) -> Figure | None:
        """Return the measure a row is about, having checked that id and label do not disagree."""
        texts, vocabulary = self.log.texts, self.vocabulary
        name_at, label_at = self.roles.get("measure", -1), self.roles.get("label", -1)
        has_figures = any(cell_at(row, column, number, texts) != "" for column in self.parts)
        id_text = text_at(row, name_at, number, texts)
        label_text = text_at(row, label_at, number, texts)
        figure = vocabulary.by_id(id_text) if id_text else vocabulary.by_label(label_text)
        at = name_at if id_text or label_at < 0 else label_at
        if figure is None:
            if has_figures:
                text = id_text or label_text
                note_unknown_measure(text, vocabulary, number, at, "", self.owner, self.where, self.log)
            return None
        other = vocabulary.by_label(label_text) if label_text else None
        if other is not None and other is not figure:
            if has_figures:
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
                    other=other.id,
                )
            return None
        vocabulary.agree(name, label)
        return figure
