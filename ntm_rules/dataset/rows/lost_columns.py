"""What a header cannot make use of, and the figures that stand where nobody reads them: told once a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ntm_rules.dataset.cells.numbers import Cell, number_and_unit, written
from ntm_rules.dataset.cells.texts import looks_old, tidy
from ntm_rules.dataset.places import Filing, Grid, Log
from ntm_rules.dataset.records import Reported, State
from ntm_rules.dataset.rows.cleaned_rows import is_figure
from ntm_rules.dataset.rows.header_rows import TableHead
from ntm_rules.dataset.rows.headers import Header, Vocabulary
from ntm_rules.dataset.rows.titles import FIGURES, PARTS

WITH_FIGURES = {"column-unknown": "column-of-figures-unknown", "column-unused": "column-of-figures-unused"}
"""What a column is told as once a figure is seen in it."""


class LostColumns:
    """The columns of a table that are not read, until a figure is seen in each."""

    def __init__(self, grid: Grid, head: TableHead, vocabulary: Vocabulary, log: Log) -> None:
        self._grid, self._head, self._log = grid, head, log
        self._header, self._headed = head.header, len(head.titles)
        self._titles = vocabulary.titles
        self._told: dict[int, int] = {}
        """Column with a heading that is not read -> the index of the problem that says so."""
        self._bare = list(self._header.bare)
        self._first = next((at for at, title in enumerate(head.titles) if title), 0)
        self._count: dict[int, int] = {}
        """Column without heading before all others -> the running number last seen in it."""
        self.doubted: set[str] = set()
        """Measures, or the role "value", beside or under whose heading stand figures that may be parts of it."""
        self._wider: set[int] = set()
        self._report(vocabulary)
        self.watching = bool(self._told or self._bare)
        """Whether rows no longer than the header must be looked at."""

    def _report(self, v: Vocabulary) -> None:
        """Note what of the header cannot be read."""
        header, log = self._header, self._log
        for column in header.unknown:
            text = log.texts.clean(self._head.titles[column], self._head.at[column], column)
            if looks_old(text):
                self._note("column-old-encoding", column, text)
            elif text:
                at = len(log.problems)
                self._note("column-unknown", column, text, nearest=log.suggestion(v.nearest_column, text))
                self._watch(column, at)
        for column in header.twice:
            self._note("column-twice", column, self._head.titles[column])
        for column in unused(header):
            at = len(log.problems)
            self._note("column-unused", column, self._head.titles[column])
            self._watch(column, at)
        for column, needed in header.without_value:
            self._note("column-without-value", column, self._head.titles[column], needed=needed)
        for column, measure, words in header.odd:
            self._note("heading-not-understood", column, self._head.titles[column], words=words, measure=measure)

    def _note(self, code: str, column: int, heading: str, measure: str = "", **said: Any) -> None:
        self._log.add(code, self._grid.where, self._head.at[column], column, value=heading, measure=measure, **said)

    def _watch(self, column: int, problem: int) -> None:
        if len(self._log.problems) > problem:
            self._told[column] = problem

    def look(self, number: int, row: Sequence[Cell]) -> None:
        """Tell of the figures that stand in a row where nobody reads them."""
        width = len(row)
        for column in [at for at in self._told if at < width and row[at] != "" and self.holds_figure(row[at])]:
            at = self._told.pop(column)
            if self._is_part(column):
                del self._log.problems[at]
                self._told = {other: index - (index > at) for other, index in self._told.items()}
                self._tell_part(column, row[column])
                continue
            told = self._log.problems[at]
            said = {**told.parameters, "figure": written(row[column])}
            self._log.problems[at] = replace(told, code=WITH_FIGURES[told.code], parameters=said)
        for column in [at for at in self._bare if at < width and row[at] != "" and self.holds_figure(row[at])]:
            self._tell_bare(number, column, row[column])
        if width > self._headed:
            for column in range(self._headed, width):
                if column not in self._wider and row[column] != "" and self.holds_figure(row[column]):
                    self._wider.add(column)
                    self._tell_bare(number, column, row[column])

    def watched(self) -> tuple[list[int], list[int]]:
        """Return the columns of which it is still asked whether a figure stands in them, and those without heading."""
        return list(self._told), list(self._bare)

    def holds_figure(self, cell: Cell) -> bool:
        """Tell a cell with something that is reported; a number with a unit of the set's behind it is that too."""
        if is_figure(cell) or not isinstance(cell, str):
            return is_figure(cell)
        split = number_and_unit(tidy(cell))
        return split is not None and self._titles.is_unit_of_any(split[1])

    def _is_part(self, column: int) -> bool:
        """Tell a column that by its heading may hold a part of the figure left of it."""
        doubted = self._doubted_by(column - 1, merged=False)
        return bool(doubted) and self._titles.may_head_a_part(self._head.titles[column], doubted)

    def _tell_part(self, column: int, cell: Cell) -> None:
        """Tell of a column that may hold a part of the figures left of it."""
        beside, titles = column - 1, self._head.titles
        doubted = self._doubted_by(beside, merged=False)
        self.doubted.add(doubted)
        said = {"title": titles[beside], "figure": written(cell), "measure": doubted}
        self._note("column-perhaps-a-part", column, titles[column], **said)

    def _tell_bare(self, number: int, column: int, cell: Cell) -> None:
        if column < self._first and self._counts(column, cell):
            return
        if column in self._bare:
            self._bare.remove(column)
        beside, over = self._heading_of(column)
        doubted = self._doubted_by(beside, merged=over)
        title = self._head.titles[beside] if beside >= 0 else ""
        code = "figures-beside-heading" if doubted else "figures-without-heading"
        if doubted:
            self.doubted.add(doubted)
        measure = "" if doubted == "value" else doubted
        value = written(cell)
        self._log.add(code, self._grid.where, number, column, value=value, measure=measure, title=title)

    def _counts(self, column: int, cell: Cell) -> bool:
        """Tell whether a column before all others goes on counting its rows: 0, 1, 2, ..., or from 1 again."""
        number = int(written(cell)) if written(cell).isdecimal() else -1
        last = self._count.get(column)
        goes_on = number in (0, 1) or (last is not None and number == last + 1)
        self._count[column] = number
        return goes_on

    def _heading_of(self, column: int) -> tuple[int, bool]:
        """Return the column of the heading that a column without one may belong to, and whether it is merged over it."""
        rows = {number for number, _cells in self._head.rows}
        for (top, left), (bottom, right) in self._grid.merged:
            if left < column <= right and any(top <= row <= bottom for row in rows):
                return left, True
        titles = self._head.titles
        before = min(column, len(titles)) - 1
        while before >= 0 and not titles[before]:
            before -= 1
        return before, False

    def _doubted_by(self, heading: int, *, merged: bool) -> str:
        """Return the measure, or the role "value", whose figures may be parts of others; "" where there is no doubt.

        A heading of one part alone (numerator, denominator) can be no heading of another, unless it is merged over it.
        """
        for columns in self._header.measures:
            if heading >= 0 and heading in (columns[1:4] if merged else columns[1:2]):
                return columns.figure.id
        roles = FIGURES if merged else FIGURES[:1]
        return "value" if any(self._header.roles.get(role, -1) == heading >= 0 for role in roles) else ""

    def settle(self, filings: list[Filing]) -> list[Filing]:
        """Return filings without the figures that are in doubt."""
        if not self.doubted:
            return filings
        return [filing._replace(values=self.without_doubted(filing.values)) for filing in filings]

    def without_doubted(self, values: dict[str, Reported]) -> dict[str, Reported]:
        """Return values with those in doubt held as unusable."""
        every = "value" in self.doubted
        return {
            name: Reported(State.INVALID, written=one.written, document=one.document, note=one.note)
            if every or name in self.doubted
            else one
            for name, one in values.items()
        }


def unused(header: Header) -> list[int]:
    """Return the columns of figures that a kind of table has no use for, though their names are known."""
    if header.shape == "wide":
        return [header.roles[role] for role in ("measure", "label", *PARTS) if role in header.roles]
    if header.shape == "long":
        return [column for columns in header.measures for column in columns[1:4] if column >= 0]
    return []
