"""A table: its columns by key, its cells as typed values; an output chooses columns, widths and its own heads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple, overload

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to, plain
from ntm_rules.i18n import _
from ntm_rules.wording.phrases import turned
from ntm_rules.wording.values import number

if TYPE_CHECKING:  # one commune alone needs no arrays
    import numpy as np
    from numpy.typing import NDArray

SHARE_DECIMALS = 2
"""Of a share in percent, as programs get it; people get one."""


class Kind(Enum):
    """What a column holds, which says how its cells stand."""

    TEXT = "text"
    MARK = "mark"
    """Ids, verdicts and other short words."""
    NUMBER = "number"
    LETTER = "letter"
    """Verdicts by their letters."""


class RowRole(Enum):
    """What a row is among the others."""

    PLAIN = "plain"
    HEADING = "heading"
    """It heads the rows below it and stays with the next."""
    STRONG = "strong"
    PART = "part"
    """A part of a row above."""


class Term(NamedTuple):
    """A cell that programs know by a code and people by words."""

    code: str
    words: str
    look: Verdict | None = None
    """The verdict whose colours it has, where it has any."""


class Pair(NamedTuple):
    """A cell before a change and after it."""

    before: Cell
    after: Cell


class CountOf(NamedTuple):
    """A cell that counts so many of a whole."""

    n: int | Decimal
    whole: int | Decimal


class FileLink(str):
    """The name of a file that lies beside."""

    __slots__ = ()


class SameCell(Enum):
    """One cell with that of the row above, or with that to the left of it."""

    AS_ABOVE = "as above"
    AS_BEFORE = "as before"


SAME: Final = SameCell.AS_ABOVE
BEFORE: Final = SameCell.AS_BEFORE
Cell = str | int | Decimal | Fraction | Verdict | Term | Pair | CountOf | FileLink | SameCell | None
"""A fraction is a share; None is nothing, which is never 0."""


class Column(NamedTuple):
    """One column; its width is the output's: millimetres on paper, characters in a sheet."""

    key: str
    """By which outputs choose it, and its name in the tables for programs."""
    head: str = ""
    kind: Kind = Kind.TEXT
    width: float = 0
    over: str = ""
    """Columns next to each other with the same words here stand under one heading."""
    decimals: int | None = None
    """Of each number, where all are shown with as many."""
    for_people: bool = False
    """Not in the tables for programs."""


def texts(**heads: str) -> list[Column]:
    """Return columns of texts, by their keys."""
    return [Column(key, head) for key, head in heads.items()]


def marks(**heads: str) -> list[Column]:
    """Return columns of ids, verdicts and other short words, by their keys."""
    return [Column(key, head, Kind.MARK) for key, head in heads.items()]


def numbers(**heads: str) -> list[Column]:
    """Return columns of numbers, by their keys."""
    return [Column(key, head, Kind.NUMBER) for key, head in heads.items()]


class Coded(Sequence[Cell]):
    """The cells of a column of many rows: each different one once, and its number in every row."""

    def __init__(self, numbers: NDArray[np.int32], different: Sequence[Cell]) -> None:
        self.numbers = numbers
        self.different = different

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Cell: ...
    @overload
    def __getitem__(self, at: slice) -> Coded: ...
    def __getitem__(self, at: int | slice) -> Cell | Coded:
        if isinstance(at, slice):
            return Coded(self.numbers[at], self.different)
        return self.different[int(self.numbers[at])]

    def __iter__(self) -> Iterator[Cell]:
        return map(self.different.__getitem__, self.numbers.tolist())

    def at(self, rows: NDArray[np.intp]) -> Coded:
        """Return the cells of some rows."""
        return Coded(self.numbers[rows], self.different)

    def coded(self) -> Iterator[str | int]:
        """Yield each cell as programs read it, made once for equal ones."""
        codes = [code_of(cell) for cell in self.different]
        return map(codes.__getitem__, self.numbers.tolist())


@dataclass(frozen=True, slots=True)
class Table:
    """Cells under columns."""

    columns: Sequence[Column]
    cells: Sequence[Sequence[Cell]]
    """Of each column."""
    roles: Sequence[RowRole] = ()
    """Of each row; none: all are plain."""

    @classmethod
    def of(cls, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], roles: Sequence[RowRole] = ()) -> Table:
        """Return rows as a table."""
        return cls(columns, list(zip(*rows, strict=True)) or [()] * len(columns), roles)

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The rows."""
        return list(zip(*self.cells, strict=True))

    def __len__(self) -> int:
        return len(self.cells[0])

    @property
    def keys(self) -> list[str]:
        """The keys of the columns."""
        return [column.key for column in self.columns]

    @property
    def heads(self) -> list[str]:
        """The heads of the columns."""
        return [column.head for column in self.columns]

    @property
    def widths(self) -> list[float]:
        """The widths of the columns."""
        return [column.width for column in self.columns]

    def column(self, key: str) -> Sequence[Cell]:
        """Return the cells of a column."""
        return self.cells[self.keys.index(key)]

    def only(self, *keys: str, **widths: float) -> Table:
        """Return the columns of these keys in this order, and those with a width given behind them; 0 leaves one out.

        Raises:
            KeyError: there is no such column.
        """
        at = {column.key: n for n, column in enumerate(self.columns)}
        chosen = [at[key] for key in (*keys, *(key for key, width in widths.items() if width))]
        columns = [self.columns[n] for n in chosen]
        columns = [column._replace(width=widths.get(column.key, column.width)) for column in columns]
        return replace(self, columns=columns, cells=[self.cells[n] for n in chosen])

    def without(self, *keys: str) -> Table:
        """Return the table without some columns."""
        return self.only(*(key for key in self.keys if key not in keys))

    def wide(self, *widths: float) -> Table:
        """Return the columns with these widths, one after the other; 0 leaves one out."""
        return self.only(**dict(zip(self.keys, widths, strict=True)))

    def headed(self, **heads: str) -> Table:
        """Return the table with an output's own words over some columns."""
        return replace(
            self, columns=[column._replace(head=heads.get(column.key, column.head)) for column in self.columns]
        )

    def with_cells(self, cell_of: Callable[[Cell], Cell], *keys: str) -> Table:
        """Return the table with an output's own cells in some columns."""
        cells = [
            list(map(cell_of, cells)) if column.key in keys else cells
            for column, cells in zip(self.columns, self.cells, strict=True)
        ]
        return replace(self, cells=cells)

    def paired(self, key: str, head: str, before: str, after: str) -> Table:
        """Return the table with a column more, which says what two others say before a change and after it."""
        return self.beside(Column(key, head), list(map(Pair, self.column(before), self.column(after))))

    def beside(self, column: Column, cells: Sequence[Cell]) -> Table:
        """Return the table with a column more."""
        return replace(self, columns=[*self.columns, column], cells=[*self.cells, cells])

    def without_empty(self, *keys: str) -> Table:
        """Return the table without those of some columns that hold nothing in any row."""
        holding = {column.key for column, cells in zip(self.columns, self.cells, strict=True) if any(cells)}
        return self.without(*(key for key in keys if key not in holding))

    def numbered(self, width: float) -> Table:
        """Return the table with its rows counted in a first column."""
        columns = [Column("n", _("No."), Kind.MARK, width), *self.columns]
        return replace(self, columns=columns, cells=[range(1, len(self) + 1), *self.cells])

    def first(self, n: int) -> Table:
        """Return the first rows alone."""
        return replace(self, cells=[cells[:n] for cells in self.cells], roles=self.roles[:n])

    def role(self, row: int) -> RowRole:
        """Return what a row is among the others."""
        return self.roles[row] if self.roles else RowRole.PLAIN

    def for_programs(self) -> Table:
        """Return the columns of the tables for programs."""
        return self.without(*(column.key for column in self.columns if column.for_people))

    def codes(self) -> Iterator[tuple[str | int, ...]]:
        """Yield the rows as programs read them."""
        columns = (cells.coded() if isinstance(cells, Coded) else map(code_of, cells) for cells in self.cells)
        return zip(*columns, strict=True)


def yes_or_no(answer: bool) -> Term:
    """Return an answer as a cell."""
    return Term("yes", _("Yes")) if answer else Term("no", _("No"))


def words_of(cell: Cell) -> str:
    """Return a cell as people read it.

    >>> words_of(Fraction(1, 3)), words_of(CountOf(1, 3)), words_of(Verdict.MET), words_of(None)
    ('33,3%', '1/3', 'Đạt', '')
    """
    made = _WORDS.get(type(cell))
    return str(cell) if made is None else made(cell)


def code_of(cell: Cell) -> str | int:
    """Return a cell as programs read it.

    >>> code_of(Fraction(1, 3)), code_of(Verdict.MET), code_of(5)
    ('0.3333', 'MET', 5)
    """
    made = _CODES.get(type(cell))
    return cell if made is None else made(cell)  # type: ignore[return-value]  # texts and whole numbers are their own


_WORDS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _cell: "",
    SameCell: lambda _cell: "",
    Verdict: lambda cell: str(cell.label),
    Term: lambda cell: cell.words,
    Pair: lambda cell: turned(words_of(cell.before), words_of(cell.after)),
    CountOf: lambda cell: f"{number(cell.n)}/{number(cell.whole)}",
    Decimal: number,
    Fraction: lambda cell: f"{number(nearest_to(cell * 100, 1))}%",
}
_CODES: dict[type, Callable[[Any], str]] = {
    type(None): lambda _cell: "",
    SameCell: lambda _cell: "",
    Verdict: lambda cell: cell.name,
    Term: lambda cell: cell.code,
    Pair: lambda cell: turned(str(code_of(cell.before)), str(code_of(cell.after))),
    CountOf: lambda cell: f"{code_of(cell.n)}/{code_of(cell.whole)}",
    Decimal: plain,
    Fraction: lambda cell: plain(nearest_to(cell * 100, SHARE_DECIMALS) / 100),
}
