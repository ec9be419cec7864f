"""`ntm batch --tables parquet`: the same tables for programs, in place of the CSV files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from ntm_rules.exact import plain
from tests.conftest import SAMPLES, Ntm

LARGE = ("verdicts", "gaps", "summary", "cross-checks")


def written(cell: object) -> str:
    if cell is None or cell != cell:
        return ""
    return plain(cell) if isinstance(cell, Decimal) else str(cell)


@pytest.mark.parametrize("name", LARGE)
def test_parquet_holds_the_rows_of_the_csv_file(ntm: Ntm, tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "tables"
    if not folder.exists():
        overlay = ("--overlay", SAMPLES / "minh-hoa.overlay.yaml")
        for kind in ("csv", "parquet"):
            assert ntm(
                "batch", SAMPLES / "lai-chau-2026.csv", *overlay, "-o", folder / kind, "--tables", kind
            ).returncode in (0, 3)
    csv = pd.read_csv(folder / "csv" / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    parquet = pd.read_parquet(folder / "parquet" / f"{name}.parquet")
    assert not (folder / "parquet" / f"{name}.csv").exists()
    assert list(parquet.columns) == list(csv.columns)
    assert [
        [written(cell) for cell in row] for row in parquet.astype(object).to_numpy().tolist()
    ] == csv.to_numpy().tolist()
    assert parquet["year"].dtype.kind == "i"
    assert not parquet.astype(object).eq("").any().any(), "what is empty in CSV is nothing here"


def test_another_kind_of_table_is_refused_with_those_there_are(ntm: Ntm, tmp_path: Path) -> None:
    done = ntm("batch", SAMPLES / "lai-chau-2026.csv", "-o", tmp_path / "out", "--tables", "arrow")
    assert done.returncode == 2
    assert "parquet" in done.stderr
    assert not (tmp_path / "out").exists()
