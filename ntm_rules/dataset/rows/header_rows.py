"""Where a table's header stands: one row, or several whose headings are merged, cut in two or divided by sub-headings."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.places import Grid
from ntm_rules.dataset.rows.column_numbers import numbers_columns
from ntm_rules.dataset.rows.headers import Header, Vocabulary
from ntm_rules.dataset.rows.titles import FIGURES, cleaned

Row = tuple[int, Sequence[Cell]]

HEADER_WITHIN = 200
"""A header stands within the first so many rows."""
MOST_ROWS = 4
"""More rows than this no header has."""
_KEYS = {
    "form": ("measure", "label", "ordinal"),
    "evidence": ("measure", "label", "ordinal"),
    "long": ("code", "commune", "year", "measure", "label", "ordinal"),
    "wide": ("code", "commune", "year", "ordinal"),
}
"""Columns that say what or whose a row is: blank in a row of sub-headings."""
MOST_REMEMBERED = 4096
_PLAIN = (str, int, float)
NOT_SAID = "(?)"
"""Stands for a sub-heading that is blank beside others."""
_YEARS = frozenset(map(str, range(2000, 2100)))
_SAYS = re.compile(r"[\w%]")
_FIGURE = re.compile(r"[+-]?[0-9][0-9.,\s]*%?")


class TableHead(NamedTuple):
    """A table's header, and where each of its headings stands."""

    header: Header
    titles: list[str]
    """The headings of each column in one text; empty where there is none."""
    at: list[int]
    """The row in which the lowest heading of each column stands."""
    rows: list[Row]
    """The rows of the header."""

    @property
    def last(self) -> int:
        """The header's last row."""
        return self.rows[-1][0]

    def is_repeated(self, row: Sequence[Cell]) -> bool:
        """Tell whether a row is one of the header's rows again, as at the top of a printed page."""
        texts = _texts(row)[: len(self.titles)]
        return is_headings(row) and any(texts == _texts(own)[: len(texts)] for _number, own in self.rows)


@dataclass(slots=True)
class HeaderRows:
    """A header, what stands above it, and the rows under it."""

    head: TableHead | None
    above: list[Row]
    under: Iterator[Row]
    seen: Sequence[Row]
    """The rows under it that were looked at already; `under` begins with them."""


class _Ahead:
    """Rows that can be looked at before they are taken."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = iter(rows)
        self._seen: deque[Row] = deque()

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        return self._seen.popleft() if self._seen else next(self._rows)

    def rest(self) -> tuple[Iterator[Row], Sequence[Row]]:
        """Return all rows not taken yet, and those of them that were looked at; nothing is looked at before any more."""
        return chain(self._seen, self._rows), self._seen

    def peek(self, count: int) -> list[Row]:
        """Return the next rows, `count` at most, without taking them."""
        while len(self._seen) < count:
            row = next(self._rows, None)
            if row is None:
                break
            self._seen.append(row)
        return list(self._seen)[:count]

    def take(self, count: int) -> list[Row]:
        """Take the next rows."""
        self.peek(count)
        return [self._seen.popleft() for _ in range(min(count, len(self._seen)))]


def find_header(grid: Grid, vocabulary: Vocabulary) -> HeaderRows:
    """Return the header of a sheet or file, with what stands above and under it; no head where there is none."""
    rows, above = _Ahead(grid.rows), list[Row]()
    for row in rows:
        cells = row[1]
        if len(cells) - cells.count("") > 1 and vocabulary.names_two(cells):
            head = _head_from(row, above, rows, grid, vocabulary)
            if head is not None:
                return HeaderRows(head, above, *rows.rest())
        above.append(row)
        if len(above) >= HEADER_WITHIN:
            break
    return HeaderRows(None, above, *rows.rest())


def _head_from(row: Row, above: list[Row], rows: _Ahead, grid: Grid, vocabulary: Vocabulary) -> TableHead | None:
    """Return the header that a row begins, or goes on from the row above it, and take its other rows."""
    alone = vocabulary.header(row[1])
    if alone.shape is None:
        if not is_headings(row[1]):
            return None
        return _joined(row, above, rows, grid, vocabulary)
    block = [row]
    if above and alone.shape == "wide" and (alone.twice or any(role in alone.roles for role in FIGURES)):
        with_parent = _together([above[-1], row], grid, vocabulary) if is_headings(above[-1][1]) else None
        if with_parent is not None and len(with_parent.header.measures) > len(alone.measures):
            block = [above.pop(), row]
    return _gone_on(_together(block, grid, vocabulary), rows, grid, vocabulary)


def _gone_on(head: TableHead, rows: _Ahead, grid: Grid, vocabulary: Vocabulary) -> TableHead:
    """Return a header with the rows taken that go on with it; the numbers of the columns may stand between."""
    while len(head.rows) < MOST_ROWS:
        ahead = rows.peek(2)
        keys = _keys(head.header)
        numbered = 1 if ahead and numbers_columns(ahead[0][1], keys) else 0
        if len(ahead) <= numbered or not _goes_on(ahead[numbered][1], head, grid, vocabulary):
            break
        head = _together([*head.rows, rows.take(numbered + 1)[-1]], grid, vocabulary)
    ahead = rows.peek(1)
    if ahead and head.header.shape in _TABLES and _numbers_figures(ahead[0][1], head):
        rows.take(1)
    return head


_TABLES = ("long", "wide")


def _numbers_figures(row: Sequence[Cell], head: TableHead) -> bool:
    """Tell whether a row right under a header numbers the columns of figures, all of them, and says nothing else."""
    keys = _keys(head.header)
    rest = [at for at in range(len(head.titles)) if at not in keys]
    filled = {at for at, cell in enumerate(row) if cell != ""}
    return filled == set(rest) and numbers_columns(row, rest)


def _keys(header: Header) -> set[int]:
    return {header.roles[role] for role in _KEYS[header.shape or "form"] if role in header.roles}


def _joined(row: Row, above: list[Row], rows: _Ahead, grid: Grid, vocabulary: Vocabulary) -> TableHead | None:
    """Return the header that a row of headings makes with rows beside it, none of which heads a table alone."""
    following: list[Row] = []
    for one in rows.peek(2):
        if not is_headings(one[1]) or vocabulary.header(one[1]).shape is not None:
            break
        following.append(one)
    before = above[-1:] if above and is_headings(above[-1][1]) else []
    for parents in ([], before) if before else ([],):
        for count in range(len(following) + 1):
            if not parents and not count:
                continue
            head = _together([*parents, row, *following[:count]], grid, vocabulary)
            if head.header.shape is None:
                continue
            rows.take(count)
            if parents:
                above.pop()
            return _gone_on(head, rows, grid, vocabulary)
    return None


def _goes_on(row: Sequence[Cell], head: TableHead, grid: Grid, vocabulary: Vocabulary) -> bool:
    """Tell whether a row goes on with the header above it: sub-headings, units, or the rest of headings cut in two."""
    if not is_headings(row):
        return False
    header = head.header
    keys = _keys(header)
    texts = _texts(row)
    said = [column for column, text in enumerate(texts) if text]
    if any(column in keys and texts[column] != head.titles[column] for column in said):
        return _says_more(row, head, grid, vocabulary)  # "Mã", "Tên" under "Xã"
    words = {at for role, at in header.roles.items() if role not in FIGURES}
    parts = [column for column in said if column not in words]
    if not parts or vocabulary.header(row).shape is not None:
        return False
    if any(column >= len(head.titles) or not head.titles[column] for column in parts):
        return True
    if header.shape == "wide" or all(vocabulary.titles.is_sub_heading(texts[column]) for column in parts):
        return True
    return _says_more(row, head, grid, vocabulary)


def _says_more(row: Sequence[Cell], head: TableHead, grid: Grid, vocabulary: Vocabulary) -> bool:
    """Tell whether a header names more columns with a row than without it; forms are alike, so that it is remembered."""
    rows = [*head.rows, (head.last + 1, row)]
    key = tuple(tuple(cells) for _number, cells in rows)
    if grid.merged or any(cell.__class__ not in _PLAIN for cells in key for cell in cells):
        return len(_together(rows, grid, vocabulary).header.roles) > len(head.header.roles)
    known = vocabulary.says_more.get(key)
    if known is None:
        known = len(_together(rows, grid, vocabulary).header.roles) > len(head.header.roles)
        if len(vocabulary.says_more) < MOST_REMEMBERED:
            vocabulary.says_more[key] = known
    return known


def _together(rows: list[Row], grid: Grid, vocabulary: Vocabulary) -> TableHead:
    """Return what rows say as one header."""
    if len(rows) == 1:
        number, cells = rows[0]
        return TableHead(vocabulary.header(cells), _texts(cells), [number] * len(cells), rows)
    width = max(len(cells) for _number, cells in rows)
    spread = [_spread(row, rows[:depth], rows[depth + 1 :], width, grid) for depth, row in enumerate(rows)]
    undivided = _undivided(rows, width, grid)
    paths: list[list[str]] = []
    at: list[int] = []
    for column in range(width):
        path: list[str] = []
        last = rows[-1][0]
        for (number, cells), texts in zip(rows, spread, strict=True):
            text = texts[column]
            if text and text not in path:
                path.append(text)
            if column < len(cells) and _texts(cells[column : column + 1])[0]:
                last = number
        if len(path) == 1 and column in undivided:
            path.append(NOT_SAID)
        paths.append(path)
        at.append(last)
    header = vocabulary.understood([vocabulary.titles.of(path) if path else None for path in paths])
    return TableHead(header, [" / ".join(path) for path in paths], at, rows)


def _undivided(rows: list[Row], width: int, grid: Grid) -> set[int]:
    """Return the columns under a heading that is merged over several and divided below it, though not in these."""
    found: set[int] = set()
    for (top, left), (bottom, right) in grid.merged:
        if left < right < width and any(top <= number <= bottom for number, _cells in rows[:-1]):
            below = [_texts(cells) for number, cells in rows if number > bottom]
            said = {
                column for column in range(left, right + 1) if any(column < len(one) and one[column] for one in below)
            }
            found.update(set(range(left, right + 1)) - said if said else ())
    return found


def _spread(row: Row, above: list[Row], below: list[Row], width: int, grid: Grid) -> list[str]:
    """Return the headings of one row; a heading stands over the columns merged with it, or divided under it."""
    number, cells = row
    texts = _texts(cells) + [""] * (width - len(cells))
    if not below:
        return texts
    merged = [
        (top, left, right)
        for (top, left), (bottom, right) in grid.merged
        if top <= number <= bottom and left < right and left < width
    ]
    for top, left, right in merged:
        for column in range(left + 1, min(right + 1, width)):
            texts[column] = texts[left] if number == top else ""
    if not merged:  # a text file tells no merged cells, nor do sheets that only look so
        divided = [any(column < len(one) and one[column] != "" for _number, one in below) for column in range(width)]
        begun = [any(column < len(one) and one[column] != "" for _number, one in above) for column in range(width)]
        for column in range(1, width):  # a heading above begins a group of its own
            if not texts[column] and divided[column] and divided[column - 1] and not begun[column]:
                texts[column] = texts[column - 1]
    return texts


def _texts(row: Sequence[Cell]) -> list[str]:
    """Return what the cells of a row say as headings; a dash or other signs alone say nothing."""
    return [cleaned(cell) if cell != "" and _SAYS.search(str(cell)) else "" for cell in map(_year_as_text, row)]


def _year_as_text(cell: Cell) -> Cell:
    """Return a year that stands as a number among headings as a text."""
    return written(cell) if cell.__class__ in (int, float) and written(cell) in _YEARS else cell


def is_headings(row: Sequence[Cell]) -> bool:
    """Tell whether a row may be one of headings: it says something, and holds no figure.

    >>> is_headings(["", "Tử số", "Mẫu số"]), is_headings(["03394", "Sin Suối Hồ", 2026]), is_headings(["(1)", "(2)"])
    (True, False, False)
    """
    said = False
    for cell in map(_year_as_text, row):
        if cell == "":
            continue
        text = cleaned(cell)
        if not isinstance(cell, str) or (_FIGURE.fullmatch(text.strip("()[]")) and text not in _YEARS):
            return False
        said = said or bool(text)
    return said
