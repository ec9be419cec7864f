"""What a header row says: which column holds what, and which kind of table it heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ntm_rules.dataset.figure_parts import Figure
from ntm_rules.dataset.figures import figure_for
from ntm_rules.dataset.form_facts import signature
from ntm_rules.dataset.identity import Identities
from ntm_rules.dataset.numbers import Cell, written
from ntm_rules.dataset.places import Log, Where
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.texts import key, looks_old
from ntm_rules.errors import nearest

ROLES: dict[str, tuple[str, ...]] = {
    "code": ("Mã xã", "Commune code", "commune_code", "Mã đơn vị hành chính", "Mã ĐVHC"),
    "commune": ("Xã", "Commune", "Tên xã", "Tên đơn vị hành chính", "Tên ĐVHC"),
    "year": ("Năm", "Year"),
    "measure": ("Mã số liệu", "Measure"),
    "label": ("Số liệu", "Label", "Tên số liệu"),
    "unit": ("Đơn vị", "Unit", "Đơn vị tính"),
    "value": ("Giá trị", "Value"),
    "numerator": ("Tử số", "Numerator"),
    "denominator": ("Mẫu số", "Denominator"),
    "previous": ("Năm trước", "Year before"),
    "computed": ("Tính ra (%)", "Comes to (%)"),
    "target": ("Mức đạt chuẩn", "Target"),
    "result": ("Kết quả tự tính", "Result so far"),
    "document": ("Văn bản, minh chứng", "Document", "source_document", "Văn bản", "Minh chứng"),
    "note": ("Ghi chú", "Note"),
    "opinion": ("Ý kiến cơ quan chủ trì", "Lead agency's opinion"),
    "remark": ("Nhận xét của cơ quan chủ trì", "Lead agency's remark"),
    "item": ("Chỉ tiêu", "Indicator"),
    "expected": ("Minh chứng cần có", "Evidence expected"),
    "document_number": ("Số, ký hiệu văn bản", "Document number", "Số văn bản", "Số, ký hiệu"),
    "document_date": ("Ngày ban hành", "Date issued", "Ngày văn bản", "Ngày, tháng văn bản"),
    "document_issuer": ("Cơ quan ban hành", "Issued by"),
    "document_title": ("Trích yếu, tên tệp", "Title or file", "Trích yếu"),
    "nature": ("Tính chất số liệu", "Nature of the figures"),
    "ordinal": ("STT", "No.", "no", "TT", "Số TT"),
}
"""What a column or a label beside a cell may be called: first as forms head it, in Vietnamese and in English."""


def heading(role: str, language: str) -> str:
    """Return how forms head a column, or label a cell.

    >>> heading("value", "vi"), heading("value", "en")
    ('Giá trị', 'Value')
    """
    return ROLES[role][1 if language == "en" else 0]


PARTS = ("value", "numerator", "denominator", "document")
"""What a wide table holds for a measure: `<measure>`, `<measure>__numerator`, ..."""

UNKNOWN: tuple[str | None, str, str] = None, "", ""
"""The role, measure and part of a header cell that names none."""

Shape = Literal["form", "long", "wide", "evidence"]


class MeasureColumns(NamedTuple):
    """The columns of one measure in a wide table; -1 where there is none."""

    figure: Figure
    value: int
    numerator: int
    denominator: int
    document: int


@dataclass(slots=True)
class Header:
    """A header row understood: the kind of table under it and its columns, from 0."""

    shape: Shape | None
    roles: dict[str, int]
    measures: list[MeasureColumns] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    twice: list[int] = field(default_factory=list)
    without_value: list[tuple[int, str]] = field(default_factory=list)
    """Columns of a part whose measure has no column to go with it, and that column's name."""


class Vocabulary:
    """Every word a reader knows: columns, measures, communes; built once for a set of criteria."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.identities = Identities(questionnaire)
        self.figures: dict[str, Figure] = {
            name: figure_for(measure, questionnaire.scales.get(measure.scale or ""))
            for name, measure in questionnaire.measures.items()
        }
        self.roles = {key(name): role for role, names in ROLES.items() for name in names}
        self._ids = {key(name): name for name in questionnaire.measures}
        self._labels = _unique_labels(questionnaire)
        self._columns: dict[str, tuple[str, str]] = {key(n): (n, "value") for n in questionnaire.measures}
        for label, name in self._labels.items():
            if label not in self.roles:
                self._columns.setdefault(label, (name, "value"))
        for name in questionnaire.measures:
            self._columns.update({key(f"{name}__{part}"): (name, part) for part in PARTS[1:]})
        self._headers: dict[tuple[Cell, ...], Header] = {}
        self._titles: dict[str, tuple[str | None, str, str]] = {}
        self.signatures = {
            name: signature(measure, questionnaire.scales.get(measure.scale or ""))
            for name, measure in questionnaire.measures.items()
        }
        """Measure -> what tells its meaning from another."""
        self.agreed: dict[Cell, Cell] = {}
        """Id as written -> the label last seen beside it that does not disagree."""

    def agree(self, name: Cell, label: Cell) -> None:
        """Remember that an id and a label, as written, do not disagree."""
        if len(self.agreed) < 4096:
            self.agreed[name] = label

    def role(self, cell: Cell) -> str | None:
        """Return what a header cell or a label beside a value stands for."""
        return self.roles.get(key(cell).rstrip(" :*")) if isinstance(cell, str) else None

    def by_id(self, text: str) -> Figure | None:
        """Return the measure with this id."""
        figure = self.figures.get(text)
        return figure if figure is not None else self.figures.get(self._ids.get(key(text), ""))

    def by_label(self, text: str) -> Figure | None:
        """Return the measure with exactly this label."""
        return self.figures.get(self._labels.get(key(text), ""))

    def commune_words(self, code: str) -> str:
        """Return "code name" of a unit; the code alone when there is none."""
        commune = self.questionnaire.communes.get(code)
        return f"{code} {commune.name}" if commune else code

    def code_of(self, name: str) -> str:
        """Return the code of the one commune of this name, with or without its type; empty when there is none."""
        communes = self.questionnaire.communes
        named = [one for one in communes.named(name) if one in communes.within()] if name else []
        return named[0].code if len(named) == 1 else ""

    def nearest_measure(self, text: str) -> str:
        """Return the id or label nearest to a text that is neither; empty when none is near."""
        return nearest(text[:120], [*self.figures, *(f.measure.label.vi for f in self.figures.values())]) or ""

    def nearest_column(self, text: str) -> str:
        """Return the known column name nearest to a text; empty when none is near."""
        names = [name for names in ROLES.values() for name in names]
        return nearest(text[:120], [*names, *self.figures]) or self.nearest_measure(text)

    def header(self, row: Sequence[Cell]) -> Header:
        """Return what a row says as a header; its shape is None when it heads no table."""
        cells = tuple(row)
        known = self._headers.get(cells)
        if known is None:
            if not self._may_head(cells):
                return Header(None, {})
            known = self._understand(cells)
            if known.shape is not None and len(self._headers) < 1024:
                self._headers[cells] = known
        return known

    def _title(self, cell: Cell) -> tuple[str | None, str, str]:
        """Return the role, or else the measure and its part, that a header cell names."""
        if not isinstance(cell, str):
            return UNKNOWN
        known = self._titles.get(cell)
        if known is None:
            known = (self.role(cell), *self._columns.get(key(cell), ("", "")))
            if len(self._titles) < 8192:
                self._titles[cell] = known
        return known

    def _may_head(self, row: tuple[Cell, ...]) -> bool:
        """Tell whether two cells of a row name something known: a header of any shape has two."""
        named = 0
        for cell in row:
            if cell != "" and self._title(cell) != UNKNOWN:
                named += 1
                if named == 2:
                    return True
        return False

    def _understand(self, row: tuple[Cell, ...]) -> Header:
        roles: dict[str, int] = {}
        parts: dict[str, dict[str, int]] = {}
        header = Header(None, roles)
        twice: list[tuple[dict[str, int], str]] = []
        for column, cell in enumerate(row):
            if cell == "":
                continue
            role, measure, part = self._title(cell)
            if role is None and not measure:
                header.unknown.append(column)
                continue
            slots, name = (roles, role) if role is not None else (parts.setdefault(measure, {}), part)
            if name in slots:
                header.twice.append(column)
                twice.append((slots, name))
            else:
                slots[name] = column
        for slots, name in twice:
            slots.pop(name, None)
        self._take_measures(parts, header)
        header.shape = _shape(roles, bool(parts))
        return header

    def _take_measures(self, parts: dict[str, dict[str, int]], header: Header) -> None:
        for name, found in parts.items():
            figure = self.figures[name]
            columns = [found.get(part, -1) for part in PARTS]
            pair = "numerator" in found and "denominator" in found
            if "value" in found or (pair and figure.measure.kind == "share"):
                header.measures.append(MeasureColumns(figure, *columns))
                continue
            for part, column in found.items():
                needed = {"numerator": "__denominator", "denominator": "__numerator"}.get(part, "")
                share = figure.measure.kind == "share"
                header.without_value.append((column, name + needed if share else name))


def report_header(header: Header, row: Sequence[Cell], number: int, where: Where, log: Log, v: Vocabulary) -> None:
    """Note what a header row holds that cannot be read."""
    for column in header.unknown:
        text = log.texts.clean(written(row[column]), number, column)
        if text and looks_old(text):
            log.add("column-old-encoding", where, number, column, value=text)
        elif text:
            near = log.suggestion(v.nearest_column, text)
            log.add("column-unknown", where, number, column, value=text, nearest=near)
    for column in header.twice:
        log.add("column-twice", where, number, column, value=written(row[column]))
    for column in _unused(header):
        log.add("column-unused", where, number, column, value=written(row[column]))
    for column, needed in header.without_value:
        log.add("column-without-value", where, number, column, value=written(row[column]), needed=needed)


def _unused(header: Header) -> list[int]:
    """Return the columns of figures that this kind of table has no use for, though their names are known."""
    if header.shape == "wide":
        return [header.roles[role] for role in ("measure", "label", *PARTS) if role in header.roles]
    if header.shape == "long":
        return [column for columns in header.measures for column in columns[1:4] if column >= 0]
    return []


def _shape(roles: dict[str, int], has_measures: bool) -> Shape | None:
    owner = "code" in roles or "commune" in roles
    if "document_number" in roles and ("measure" in roles or "label" in roles):
        return "evidence"
    figures = "value" in roles or ("numerator" in roles and "denominator" in roles)
    if figures and ("measure" in roles or "label" in roles):
        return "long" if owner and "year" in roles else "form"
    return "wide" if owner and "year" in roles and has_measures else None


def _unique_labels(questionnaire: Questionnaire) -> dict[str, str]:
    """Return label -> measure id, leaving out labels that two measures share."""
    found: dict[str, str | None] = {}
    for name, measure in questionnaire.measures.items():
        for label in {key(measure.label.vi), key(measure.label.en)}:
            found[label] = None if label in found else name
    return {label: name for label, name in found.items() if name is not None}
