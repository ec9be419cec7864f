"""The tables of verdicts and gaps as rows that tests can ask by name."""

from __future__ import annotations

import csv
import tempfile
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.report.csv_files import write_tables
from ntm_rules.report.verdict_columns import VERDICT_COLUMNS, VerdictColumns
from ntm_rules.text_columns import Columns

VerdictRow = namedtuple("VerdictRow", VERDICT_COLUMNS)


def verdict_rows(evaluation: Evaluation) -> Iterator[Any]:
    """Yield the rows of verdicts.csv."""
    return _read(VerdictColumns(evaluation).verdict_table())


def gap_rows(evaluation: Evaluation) -> Iterator[Any]:
    """Yield the rows of gaps.csv."""
    return _read(VerdictColumns(evaluation).gap_table())


def _read(table: Columns) -> Iterator[Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        write_tables(path, [table], VERDICT_COLUMNS)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return iter([VerdictRow(*row) for row in csv.reader(stream)][1:])
