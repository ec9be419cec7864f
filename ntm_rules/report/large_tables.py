"""Tables for programs, written part after part: those of verdicts, gaps and findings, and any that is made once a year."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import Protocol

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.report.csv_files import CsvTable
from ntm_rules.report.finding_columns import COLUMNS
from ntm_rules.report.hamlet_table import HAMLET_COLUMNS, hamlet_table
from ntm_rules.report.tables.coded import for_programs
from ntm_rules.report.tables.table import Kind, Table
from ntm_rules.report.verdict_columns import VERDICT_COLUMNS, VerdictColumns
from ntm_rules.text_columns import Columns

CSV, PARQUET = TABLES = ("csv", "parquet")
"""What the large tables can be written as."""
HAMLETS = "hamlets"
"""The table of hamlets, of sets that count any."""
NAMES = {"verdicts": VERDICT_COLUMNS, "gaps": VERDICT_COLUMNS, "cross-checks": COLUMNS}


class Sink(Protocol):
    """A file of one table, open for more rows."""

    def add(self, table: Columns) -> None:
        """Write rows below those that are written."""

    def close(self) -> None:
        """Finish the file."""


def opened(path: Path, names: tuple[str, ...], whole: tuple[str, ...] = ("year",)) -> Sink:
    """Return a new table, written as the end of its name says; `whole`: columns of whole numbers, where it asks."""
    if path.suffix != f".{PARQUET}":
        return CsvTable(path, names)
    from ntm_rules.report.parquet_tables import ParquetTable  # Arrow takes long to import

    return ParquetTable(path, names, whole)


def write_parts(path: Path, parts: Iterable[Table]) -> None:
    """Write tables of the same columns, one below the other, as programs read them; there is at least one."""
    sink: Sink | None = None
    with ExitStack() as stack:
        for part in parts:
            if sink is None:
                columns = [column for column in part.columns if not column.for_people]
                whole = tuple(column.key for column in columns if column.kind is Kind.NUMBER)
                sink = stack.enter_context(closing(opened(path, tuple(column.key for column in columns), whole)))
            sink.add(for_programs(part))


class LargeTables:
    """Verdicts, gaps and cross-checks, open for the communes of one year after those of another."""

    def __init__(self, folder: Path, tables: str) -> None:
        self._folder, self._tables = folder, tables
        self._stack = ExitStack()
        self._sinks: dict[str, Sink] = {}
        for name, columns in NAMES.items():
            self._open(name, columns)

    def _open(self, name: str, columns: tuple[str, ...]) -> None:
        self._sinks[name] = opened(self._folder / f"{name}.{self._tables}", columns)
        self._stack.callback(self._sinks[name].close)

    def __enter__(self) -> LargeTables:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def add_findings(self, findings: Columns) -> None:
        """Write what the cross-checks found in some records."""
        self._sinks["cross-checks"].add(findings)

    def add(self, evaluation: Evaluation) -> None:
        """Write what there is of all records of an evaluation."""
        columns = VerdictColumns(evaluation)
        self._sinks["verdicts"].add(columns.verdict_table())
        self._sinks["gaps"].add(columns.gap_table())
        for requirement in evaluation.rules.counting_hamlets:
            if HAMLETS not in self._sinks:
                self._open(HAMLETS, HAMLET_COLUMNS)
            self._sinks[HAMLETS].add(hamlet_table(evaluation, requirement))
