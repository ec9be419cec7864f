"""Where things stand in a file, and the list of what is wrong there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.cells.texts import FileTexts, shown
from ntm_rules.dataset.kept import KeptRow
from ntm_rules.dataset.problems import Problem, place_of
from ntm_rules.dataset.records import Evidence, Reported
from ntm_rules.dataset.rows.form_facts import FormFacts
from ntm_rules.i18n import N_, Message

if TYPE_CHECKING:  # see `ntm_rules.dataset.merging`
    from ntm_rules.dataset.figure_columns import FigureColumns

WIDTH = 1 << 14
"""A place is packed as row * WIDTH + column, both from 0; Excel has no more columns than this."""
ABOVE = -1
"""The row of the column names of a table in memory; what is wrong with a column is told of it."""
OURS = frozenset({"allowed", "communes"})
"""Parameters that are no words of the reporter, and are never cut."""
MOST_PROBLEMS = 5_000
"""A file with more problems than this is cut short, and says so."""
MOST_SUGGESTIONS = 500
"""For so many words of one file a near match is looked for, which takes thousands of times as long as reading them."""


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return a column's letters.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return a cell's reference, from row and column counted from 0.

    >>> cell_name(13, 3)
    'D14'
    """
    return f"{column_letters(column)}{row + 1}"


class Where(NamedTuple):
    """The file, and the sheet unless it is a text file, in which something stands."""

    file: str
    """Empty for a table in memory, whose rows are lines that count from 0."""
    sheet: str
    lines: bool
    """True for text files, whose rows are lines."""

    def place(self, at: int) -> Message:
        """Return a packed place of this sheet in words, with the file."""
        row, column = divmod(at, WIDTH)
        if not self.file:
            return place_of(line=row + 1, in_memory=True)
        inside = place_of(line=row + 1) if self.lines else place_of(sheet=self.sheet, cell=cell_name(row, column))
        return Message("{file}, {place}", file=self.file, place=inside)


N_("{file}, {place}")


class Owner(NamedTuple):
    """The commune and year that a row or sheet is about."""

    code: str
    name: str
    year: int


class Filing(NamedTuple):
    """What one sheet, row or line gives for one commune and year."""

    code: str
    year: int
    where: Where
    values: dict[str, Reported]
    places: dict[str, int]
    """Measure id -> packed place of its figure."""
    row: int
    evidence: tuple[Evidence, ...] = ()
    """Documents listed for its figures, apart from them."""
    carried: Mapping[str, Reported] = {}
    """Figures of the year before that a form carries, to look at only."""
    beside: bool = False
    """True for figures that stand beside those of the year after: no report of their own year."""
    form: bool = False
    """True for what stands in a form, which is a report however little of it is filled in."""
    hamlet: str = ""
    """The hamlet whose figures these are; empty: the commune's own."""


@dataclass(slots=True)
class Hidden:
    """The rows and columns of a sheet that nobody sees, from 0."""

    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last of each stretch."""

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns)


@dataclass(slots=True)
class Grid:
    """A sheet or text file as rows of cells, row numbers from 0, blank cells as empty text."""

    where: Where
    rows: Iterable[tuple[int, Sequence[Cell]]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    """Merged ranges: (first row, first column), (last row, last column)."""
    hidden: Hidden | None = None
    """Rows and columns that nobody sees; None in files that know no such thing."""


@dataclass(slots=True)
class Log:
    """The problems of one file, in the order found."""

    problems: list[Problem] = field(default_factory=list)
    texts: FileTexts = field(default_factory=FileTexts)
    blocks: list[FigureColumns] = field(default_factory=list)
    """What was read as columns."""
    illustrative: bool = False
    beyond: int = 0
    """How many problems there were beyond `MOST_PROBLEMS`."""
    facts: FormFacts | None = None
    """What the file says of itself, where it is a form that does."""
    owners: list[Owner] = field(default_factory=list)
    """Whose sheets they are, those included whose figures were not taken."""
    kept: list[KeptRow] | None = None
    """What was typed, row by row, where somebody wants it back; None: nobody does."""
    asked: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    """Commune and year of forms -> measure -> the first sheet that asks it."""
    suggested: int = 0
    """For how many words a near match was looked for."""

    def suggestion(self, nearest: Callable[[str], str], text: str) -> str:
        """Return what `nearest` finds for a text, empty when nothing is near or the file has asked too often."""
        self.suggested += 1
        return nearest(text) if self.suggested <= MOST_SUGGESTIONS else ""

    def note_decomposed(self) -> None:
        """Note it once if texts keep accents apart from their letters."""
        if self.texts.first is not None:
            where, row, column, text = self.texts.first
            self.add("text-decomposed", where, row, column, value=text, count=self.texts.decomposed)

    def close(self) -> list[Problem]:
        """Return all problems; the last says how many there were beyond those kept."""
        if not self.beyond:
            return self.problems
        file = self.problems[-1].file
        return [*self.problems, Problem("too-many-problems", file, parameters={"count": self.beyond})]

    def take_over(self, other: Log) -> None:
        """Move the problems of another log here."""
        room = max(0, MOST_PROBLEMS - len(self.problems))
        self.problems += other.problems[:room]
        self.beyond += other.beyond + len(other.problems[room:])
        other.problems.clear()
        other.beyond = 0

    def add(
        self,
        code: str,
        where: Where,
        row: int | None = None,
        column: int | None = None,
        *,
        heading: str = "",
        value: str = "",
        commune_code: str = "",
        commune: str = "",
        year: int = 0,
        measure: str = "",
        **parameters: Any,
    ) -> None:
        """Note a problem at a row and column (from 0) of a sheet, or of the sheet as a whole.

        `heading` is the column's name, which places in text files show.
        """
        if len(self.problems) >= MOST_PROBLEMS:
            self.beyond += 1
            return
        if where.lines and heading:
            parameters["column"] = heading
        elif not where.file and row == ABOVE:
            parameters["column"] = value
        in_cell = not where.lines and row is not None
        self.problems.append(
            Problem(
                code,
                where.file,
                where.sheet,
                cell_name(row, column or 0) if in_cell and row is not None else "",
                row + 1 if where.lines and row is not None else 0,
                commune_code,
                commune,
                year,
                measure,
                shown(value),
                {n: shown(v) if isinstance(v, str) and n not in OURS else v for n, v in parameters.items()},
            )
        )
