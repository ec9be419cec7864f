"""What a header row says: which column holds what, and which kind of table it heads."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from ntm_rules.dataset.cells.figure_parts import FigureReader
from ntm_rules.dataset.cells.figures import figure_for
from ntm_rules.dataset.cells.numbers import Cell, Doubtful
from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.cells.written_figures import Spelling, spelling_of
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.rows.form_facts import signature
from ntm_rules.dataset.rows.identity import Identities
from ntm_rules.dataset.rows.titles import (
    FIGURES,
    LOOSE,
    PARTS,
    ROLES,
    UNKNOWN,
    WORKED_OUT,
    Title,
    Titles,
    cleaned,
    in_unit,
)
from ntm_rules.dataset.rows.titles import heading as heading  # forms are headed by what readers know
from ntm_rules.errors import nearest
from ntm_rules.rulebook.register import Commune

Shape = Literal["form", "long", "wide", "evidence"]


class MeasureColumns(NamedTuple):
    """The columns of one measure in a wide table; -1 where there is none."""

    figure: FigureReader
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
    odd: list[tuple[int, str, str]] = field(default_factory=list)
    """Columns whose heading is understood in part only: column, measure (empty for a role), the words not understood.
    That measure, or that role, is not read at all."""
    bare: list[int] = field(default_factory=list)
    """Columns without heading."""


NO_HEADER = Header(None, {})
NOT_SEEN = Title("", "", "", "")
"""Stands for a heading that nobody has looked up yet."""


_BODY = re.compile(
    r"(?:xã|phường|thị trấn|đặc khu|huyện|tỉnh|sở|ubnd|ủy ban|phòng|ban|công an|hội|đoàn|mặt trận|văn phòng|-*$)\b|-*$"
)
"""How the name of a body begins, which a column headed "Đơn vị" may hold too."""


class Vocabulary:
    """Every word a reader knows: columns, measures, communes; built once for a set of criteria."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.identities = Identities(questionnaire)
        self.figures: dict[str, FigureReader] = {
            name: figure_for(measure, questionnaire.scales.get(measure.scale or ""))
            for name, measure in questionnaire.measures.items()
        }
        for name in questionnaire.conditional:
            self.figures[name].conditional = True
        self.titles = Titles(questionnaire)
        self._ids = {key(name): name for name in questionnaire.measures}
        self._headers: dict[tuple[Cell, ...], Header] = {}
        self._titles: dict[str, Title | None] = {}
        self._spellings: dict[str, Spelling] = {}
        self.named: dict[tuple[Cell, Cell], Commune] = {}
        """Texts of code and name as tables write them -> the commune they name without doubt."""
        self._other_units: dict[tuple[str, str], bool] = {}
        self.own_units: set[tuple[Cell, str]] = set()
        """(text in a column of units, measure) of which it is known that the text says no other unit."""
        self.signatures = {
            name: signature(measure, questionnaire.scales.get(measure.scale or ""))
            for name, measure in questionnaire.measures.items()
        }
        """Measure -> what tells its meaning from another."""
        self.agreed: dict[Cell, Cell] = {}
        """Id as written -> the label last seen beside it that does not disagree."""
        self.says_more: dict[tuple[tuple[Cell, ...], ...], bool] = {}
        """The rows of a header and the row below -> whether that row names more columns."""

    def is_another_unit(self, text: str, figure: FigureReader) -> bool:
        """Tell whether a text in a column of units says another unit than a quantity's own; a body's name says none."""
        known = self._other_units.get((text, figure.id))
        if known is None:
            measure = figure.measure
            known = (
                measure.traits.quantity
                and not all(in_unit(part, measure, "") for part in text.split(";"))  # "%; hộ", as forms say it
                and not _BODY.match(key(text))
                and not self.questionnaire.communes.named(text)
            )
            if len(self._other_units) < 4096:
                self._other_units[text, figure.id] = known
                if not known:
                    self.own_units.add((text, figure.id))
        return known

    def spelling(self, measure: str) -> Spelling:
        """Return how the figures of a measure are written."""
        known = self._spellings.get(measure)
        if known is None:
            told = self.questionnaire.measures[measure]
            known = self._spellings[measure] = spelling_of(told, self.questionnaire.scales.get(told.scale or ""))
        return known

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of headings, labels and names of communes, by which an encoding is known."""
        names = [name for names in ROLES.values() for name in names]
        names += [figure.measure.label.vi for figure in self.figures.values()]
        names += [commune.name for commune in self.questionnaire.communes]
        return frozenset(word for name in names for word in re.findall(r"\w+", name.casefold()))

    def agree(self, name: Cell, label: Cell) -> None:
        """Remember that an id and a label, as written, do not disagree."""
        if len(self.agreed) < 4096:
            self.agreed[name] = label

    def role(self, cell: Cell) -> str | None:
        """Return what a header cell or a label beside a value stands for."""
        return self.titles.role(cell)

    def by_id(self, text: str) -> FigureReader | None:
        """Return the measure with this id."""
        figure = self.figures.get(text)
        return figure if figure is not None else self.figures.get(self._ids.get(key(text), ""))

    def by_label(self, text: str) -> FigureReader | None:
        """Return the measure with exactly this label."""
        return self.figures.get(self.titles.labels.get(key(text), ""))

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
        names = [name for role, names in ROLES.items() if role not in WORKED_OUT for name in names]
        return nearest(text[:120], [*names, *self.figures]) or self.nearest_measure(text)

    def header(self, row: Sequence[Cell]) -> Header:
        """Return what one row says as a header; its shape is None when it heads no table."""
        cells = tuple(row)
        known = self._headers.get(cells)
        if known is None:
            if not self.names_two(cells):
                return NO_HEADER
            known = self.understood([self._title(cell) if cell != "" else None for cell in cells])
            plain = not any(isinstance(cell, Doubtful) for cell in cells)
            if known.shape is not None and plain and len(self._headers) < 1024:
                self._headers[cells] = known
        return known

    def _title(self, cell: Cell) -> Title | None:
        """Return what a header cell names; None for one that says nothing."""
        if not isinstance(cell, str):
            return UNKNOWN
        plain = cell.__class__ is str
        known = self._titles.get(cell, NOT_SEEN) if plain else NOT_SEEN
        if known is NOT_SEEN:
            text = cleaned(cell)
            known = self.titles.one(text) if text else None
            if plain and len(self._titles) < 8192:
                self._titles[cell] = known
        return known

    def knows(self, cell: Cell) -> bool:
        """Tell whether a header cell names something known."""
        title = self._title(cell)
        return title is not None and title is not UNKNOWN

    def names_figure(self, cell: Cell) -> bool:
        """Tell whether a header cell names a measure, or the column of figures of any."""
        title = self._title(cell) if cell != "" else None
        return title is not None and bool(title.measure or title.role in FIGURES)

    def names_two(self, row: Sequence[Cell]) -> bool:
        """Tell whether two cells of a row name something known: a header of any shape has two."""
        named, seen = 0, self._titles.get
        for cell in row:
            if cell == "" or not isinstance(cell, str):
                continue
            title = seen(cell, NOT_SEEN) if cell.__class__ is str else NOT_SEEN
            if title is NOT_SEEN:
                title = self._title(cell)
            if title is not None and title is not UNKNOWN:
                named += 1
                if named == 2:
                    return True
        return False

    def understood(self, titles: Sequence[Title | None]) -> Header:
        """Return what the titles of columns say together; None stands for a column without heading."""
        roles: dict[str, int] = {}
        odd: dict[str, int] = {}
        parts: dict[str, dict[str, int]] = {}
        header = Header(None, roles)
        twice: list[tuple[dict[str, int], str]] = []
        if any(title is not None and title.part == LOOSE for title in titles):
            titles = self._loose_in_forms_alone(titles)
        for column, title in enumerate(titles):
            if title is None:
                header.bare.append(column)
                continue
            role, measure, part, words = title
            if words:
                header.odd.append((column, measure, words))
                odd[measure or f"{role}"] = column
            elif role is None and not measure:
                header.unknown.append(column)
            else:
                slots, name = (roles, role) if role is not None else (parts.setdefault(measure, {}), part)
                if name in slots:
                    header.twice.append(column)
                    twice.append((slots, name))
                else:
                    slots[name] = column
        for slots, name in twice:
            slots.pop(name, None)
        for role in odd:
            roles.pop(role, None)
        self._take_measures({name: found for name, found in parts.items() if name not in odd}, header)
        header.shape = _shape({*roles, *odd}, bool(parts) or any(measure for _column, measure, _words in header.odd))
        return header

    @staticmethod
    def _loose_in_forms_alone(titles: Sequence[Title | None]) -> Sequence[Title | None]:
        """Return titles in which "Tỷ lệ (%)" under "Kết quả" is a column of figures in a form, and else unknown."""
        roles = {title.role for title in titles if title is not None}
        form = bool(roles & {"measure", "label"}) and not any(title is not None and title.measure for title in titles)
        taken = {title.role for title in titles if title is not None and title.part != LOOSE}
        return [
            title
            if title is None or title.part != LOOSE
            else (Title(title.role) if form and title.role not in taken else UNKNOWN)
            for title in titles
        ]

    def _take_measures(self, parts: dict[str, dict[str, int]], header: Header) -> None:
        for name, found in parts.items():
            figure = self.figures[name]
            share = figure.measure.traits.counted
            pair = "numerator" in found and "denominator" in found
            taken = dict(found)
            if not pair and (share or "value" not in found):
                for part, other in (("numerator", "__denominator"), ("denominator", "__numerator")):
                    if part in found:
                        column = taken.pop(part)
                        header.without_value.append((column, name + other if share else name))
            if "value" in taken or (pair and share):
                header.measures.append(MeasureColumns(figure, *(taken.get(part, -1) for part in PARTS)))
            elif "document" in taken:
                header.without_value.append((taken["document"], name))


def _shape(roles: Collection[str], has_measures: bool) -> Shape | None:
    owner = "code" in roles or "commune" in roles
    if "document_number" in roles and ("measure" in roles or "label" in roles):
        return "evidence"
    figures = "value" in roles or ("numerator" in roles and "denominator" in roles)
    if figures and ("measure" in roles or "label" in roles):
        return "long" if owner and "year" in roles else "form"
    return "wide" if owner and "year" in roles and has_measures else None
