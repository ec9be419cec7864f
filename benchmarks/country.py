"""The whole country in one table: `ntm batch` from Parquet and from CSV."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.command import MB, Process, measure
from benchmarks.frames import clean_frame
from benchmarks.inputs import FIRST_YEAR, OVERLAY, SEED, YEARS, draw, rule_set
from benchmarks.options import Options
from benchmarks.tables import Aim, Section, Table, duration
from benchmarks.workbooks import write_criteria

if TYPE_CHECKING:
    import pandas as pd

AT_A_TIME = 2_000
"""Communes drawn at a time."""


def run(options: Options) -> Section:
    """Measure the country."""
    parquet = table_of(options.cache, options.communes, YEARS, "parquet")
    csv = table_of(options.cache, options.communes, YEARS, "csv")
    size = options.communes * YEARS
    asked = {
        f"Parquet, {size:,} commune-years, tables as CSV": (parquet, YEARS, "csv"),
        f"Parquet, {size:,} commune-years, tables as Parquet": (parquet, YEARS, "parquet"),
        f"wide CSV, {size:,} commune-years, tables as CSV": (csv, YEARS, "csv"),
    }
    found = {name: batch_of(*arguments) for name, arguments in asked.items()}
    first, _tables, wide = found.values()
    return Section(
        title="The country in one table, every year asked for",
        tables=[processes(found)],
        remarks=["One run each, all tables and the workbook written; the figures are drawn anew for every commune."],
        aims=[] if options.quick else aims_of(first, wide),
    )


def processes(found: Mapping[str, Process]) -> Table:
    """Return what runs of the command took, a row each."""
    rows = [
        [
            name,
            duration(one.seconds),
            duration(one.processor),
            f"{one.largest / MB:,.0f} MB",
            f"{one.together / MB:,.0f} MB",
        ]
        for name, one in found.items()
    ]
    return Table(["`ntm batch`", "time", "processor time", "largest process", "all processes"], rows)


def aims_of(parquet: Process, csv: Process) -> list[Aim]:
    """Return the aims for the country."""
    return [
        Aim("the country from Parquet, processor time", 12, parquet.processor, "s"),
        Aim("the country from Parquet, largest process", 500, parquet.largest / MB, "MB"),
        Aim("the country from CSV, processor time", 15, csv.processor, "s"),
    ]


def batch_of(data: Path, years: int, tables: str) -> Process:
    """Run `ntm batch` once on a table, every year asked for."""
    asked = [word for year in range(FIRST_YEAR, FIRST_YEAR + years) for word in ("--year", str(year))]
    law = ["--criteria", str(data.parent / "criteria"), "--overlay", str(OVERLAY)]
    with tempfile.TemporaryDirectory() as out:
        return measure(["batch", str(data), *law, *asked, "--out", out, "--tables", tables])


def table_of(cache: Path, communes: int, years: int, kind: str) -> Path:
    """Return a table of so many communes and years beside its criteria set, made where the cache has none."""
    folder = cache / f"country-{communes}-{years}"
    path = folder / f"country.{kind}"
    if not (folder / "criteria").exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_criteria(folder / "criteria", communes)
        for file in (folder / "criteria").rglob("*.yaml"):
            last = FIRST_YEAR + years - 1
            file.write_text(file.read_text(encoding="utf-8").replace("to: 2030", f"to: {last}"), encoding="utf-8")
    if not path.exists():
        starts = range(0, communes, AT_A_TIME)
        parts = (
            clean_frame(draw(rule_set(filled=True), min(AT_A_TIME, communes - first), years, SEED + first), first)
            for first in starts
        )
        making = path.with_suffix(".begun")
        (_write_parquet if kind == "parquet" else _write_csv)(making, parts)
        making.rename(path)
    return path


def _write_parquet(path: Path, parts: Iterator[pd.DataFrame]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = (pa.Table.from_pandas(part, preserve_index=False) for part in parts)
    one = next(tables)
    with pq.ParquetWriter(path, one.schema) as stream:
        stream.write_table(one)
        for table in tables:
            stream.write_table(table.cast(one.schema))


def _write_csv(path: Path, parts: Iterator[pd.DataFrame]) -> None:
    """Write numbers as Vietnamese tables have them: a comma before decimals, whole numbers without any."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        for first, part in enumerate(parts):
            part.convert_dtypes().to_csv(stream, index=False, header=not first, decimal=",", lineterminator="\r\n")
