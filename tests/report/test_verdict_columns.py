"""The tables verdicts and gaps, as lines of CSV and as Parquet: one row a node, as every commune alone gives it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given

from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.exact import plain
from ntm_rules.report.csv_files import csv_cell
from ntm_rules.report.parquet_tables import write_tables
from ntm_rules.report.verdict_columns import VERDICT_COLUMNS, VerdictColumns
from ntm_rules.rulebook.criteria_set import Indicator, Requirement
from ntm_rules.wording.targets import target_code
from ntm_rules.wording.values import actual_code, counted_unit, unit_of
from tests.report.verdict_rows import gap_rows, verdict_rows
from tests.strategies import YEAR, Case, cases


def row_of(evaluation: Evaluation, row: int, record: int) -> list[str]:
    """A row as one commune's figures give it."""
    at, here = evaluation.table[row], evaluation.records[record]
    said = [here.code, here.name, str(here.year), at.level, at.id]
    said += [evaluation.verdict(row, record).name, evaluation.reason(row, record).value]
    if not isinstance(at.node, Requirement):
        return [*said, *[""] * 7, ";".join(at.node.leads()) if isinstance(at.node, Indicator) else ""]
    rules, node = evaluation.rules, at.node
    measure, held = rules.measures[node.measure], evaluation.held(row, record)
    gap = held.gap
    shortfall, quantity = (gap.shortfall, gap.quantity) if gap else (None, None)
    return [
        *said,
        actual_code(rules, held),
        node.comparator.value,
        target_code(rules, node, held.target),
        unit_of(measure, node.taken),
        "" if shortfall is None else plain(shortfall),
        "" if quantity is None else plain(quantity),
        "" if quantity is None else counted_unit(measure),
        node.lead,
    ]


def verdicts(evaluation: Evaluation) -> Iterator[list[str]]:
    rows = [i for i in evaluation.order if evaluation.table[i].level != "recognition"]
    return (row_of(evaluation, row, record) for record in range(len(evaluation.records)) for row in rows)


def gaps(evaluation: Evaluation) -> Iterator[list[str]]:
    records = range(len(evaluation.records))
    row = evaluation.row_of
    return (
        row_of(evaluation, row["requirement", held.requirement.id], record)
        for record in records
        for held, _gap in evaluation.gaps(record)
    )


@given(case=cases())
def test_lines_are_the_rows_of_every_commune(case: Case) -> None:
    evaluation = evaluate(case.rules, case.records, years=[YEAR])
    assert [list(row) for row in verdict_rows(evaluation)] == list(verdicts(evaluation))
    assert [list(row) for row in gap_rows(evaluation)] == list(gaps(evaluation))


def read_again(path: Path) -> list[list[str]]:
    frame = pd.read_parquet(path)
    assert tuple(frame.columns) == VERDICT_COLUMNS
    cells: list[list[object]] = frame.astype(object).to_numpy().tolist()
    return [[_written(cell) for cell in row] for row in cells]


def _written(cell: object) -> str:
    if isinstance(cell, Decimal):
        return plain(cell)
    return "" if cell is None or cell != cell else str(cell)


@pytest.fixture(scope="module")
def some() -> Sequence[Evaluation]:
    found: list[Evaluation] = []

    @given(case=cases())
    def collect(case: Case) -> None:
        found.append(evaluate(case.rules, case.records, years=[YEAR]))

    collect()
    return found[-20:]


@pytest.mark.long
def test_parquet_holds_the_same_rows_with_numbers_as_numbers(some: Sequence[Evaluation], tmp_path: Path) -> None:
    for evaluation in some:
        columns = VerdictColumns(evaluation)
        write_tables(tmp_path / "verdicts.parquet", [columns.verdict_table()], VERDICT_COLUMNS)
        write_tables(tmp_path / "gaps.parquet", [columns.gap_table()], VERDICT_COLUMNS)
        assert read_again(tmp_path / "verdicts.parquet") == list(verdicts(evaluation))
        assert read_again(tmp_path / "gaps.parquet") == list(gaps(evaluation))


def test_no_gap_at_all_is_a_table_without_rows(tmp_path: Path) -> None:
    write_tables(tmp_path / "gaps.parquet", [], VERDICT_COLUMNS)
    assert pd.read_parquet(tmp_path / "gaps.parquet").shape == (0, len(VERDICT_COLUMNS))


@pytest.mark.parametrize("text", ["a", "a,b", 'x "y"', "two\nlines", "=1+1", "-2.5", "", "- x"])
def test_a_cell_is_written_as_the_csv_module_does(text: str) -> None:
    read = next(csv.reader([csv_cell(text) + ",x"])) if "\n" not in text else None
    assert read is None or read[0] in (text, "'" + text)
