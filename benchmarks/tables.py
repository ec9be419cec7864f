"""What a run found, as Markdown: tables, aims, and their place in the README."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

START = "<!-- benchmarks: start (written by `python -m benchmarks --write`) -->"
END = "<!-- benchmarks: end -->"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; every column but the first is a figure."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        """Return the table, its columns aligned for reading as plain text too."""
        lines = [self.columns, *self.rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.columns))]
        rule = "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])])
        head, *body = (_line(line, widths) for line in lines)
        return "\n".join([head, f"|{rule}|", *body])


@dataclass(frozen=True, slots=True)
class Aim:
    """A limit set beforehand, and what was measured."""

    what: str
    limit: float
    measured: float
    unit: str

    @property
    def reached(self) -> bool:
        """Whether the measured value is within the limit."""
        return self.measured <= self.limit

    def row(self) -> list[str]:
        """Return the aim as a row of a table."""
        outcome = "yes" if self.reached else f"no, {self.measured / self.limit:.2f} times the limit"
        return [self.what, f"≤ {self.limit:g} {self.unit}", f"{figure(self.measured)} {self.unit}", outcome]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a run: tables with a title, remarks below them, aims for the last table."""

    title: str
    tables: Sequence[Table]
    remarks: Sequence[str] = ()
    aims: Sequence[Aim] = field(default_factory=tuple)

    def markdown(self) -> str:
        """Return the section."""
        parts = [f"### {self.title}", *(table.markdown() for table in self.tables)]
        if self.remarks:
            parts.append("\n".join(f"- {remark}" for remark in self.remarks))
        return "\n\n".join(parts)


def aims_table(sections: Sequence[Section]) -> str:
    """Return the aims of all sections as one table."""
    aims = [aim.row() for section in sections for aim in section.aims]
    return "\n\n".join(["### Aims", Table(["aim", "limit", "measured", "reached"], aims).markdown()]) if aims else ""


def put_between_marks(readme: Path, text: str) -> None:
    """Replace what stands between the marks of a README.

    Raises:
        ValueError: the marks are not there, each once.
    """
    before = readme.read_text(encoding="utf-8")
    if before.count(START) != 1 or before.count(END) != 1:
        raise ValueError(f"{readme.name} needs the marks {START} and {END}, each once")
    head, _, rest = before.partition(START)
    tail = rest.partition(END)[2]
    readme.write_text(f"{head}{START}\n\n{text.strip()}\n\n{END}{tail}", encoding="utf-8")


def duration(seconds: float) -> str:
    """Write a time in the unit that suits it.

    >>> duration(0.00048), duration(0.0123), duration(4.5)
    ('0.480 ms', '12.3 ms', '4.50 s')
    """
    if seconds >= 1:
        return f"{figure(seconds)} s"
    return f"{figure(seconds * 1000)} ms"


def figure(value: float) -> str:
    """Write a number with three significant digits, without an exponent.

    >>> figure(0.4812), figure(17.26), figure(1234.5)
    ('0.481', '17.3', '1,234')
    """
    decimals = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:,.{decimals}f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0].ljust(widths[0])
    rest = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return f"| {' | '.join([first, *rest])} |"
