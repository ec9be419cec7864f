"""The tables of verdicts and gaps as rows that tests can ask by name."""

from __future__ import annotations

import csv
import io
from collections import namedtuple
from collections.abc import Iterable, Iterator
from typing import Any

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.report.verdict_columns import VERDICT_COLUMNS, VerdictColumns

VerdictRow = namedtuple("VerdictRow", VERDICT_COLUMNS)


def verdict_rows(evaluation: Evaluation) -> Iterator[Any]:
    """Yield the rows of verdicts.csv."""
    return (VerdictRow(*row) for row in _read(VerdictColumns(evaluation).verdict_lines()))


def gap_rows(evaluation: Evaluation) -> Iterator[Any]:
    """Yield the rows of gaps.csv."""
    return (VerdictRow(*row) for row in _read(VerdictColumns(evaluation).gap_lines()))


def _read(lines: Iterable[bytes]) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(b"".join(lines).decode(), newline=""))
