"""A million commune-years from Parquet to Parquet, some communes at a time, beside fewer that are judged so too: as many times as long?"""

from __future__ import annotations

from benchmarks.command import MB
from benchmarks.country import batch_of, processes, table_of
from benchmarks.options import Options
from benchmarks.tables import Aim, Section

YEARS = 25
"""A code has five digits, so the period is made longer."""
COMMUNES = (16_000, 40_000)
"""Of both the table is too large to be judged as a whole (`dataset.files.parquet_files.MOST_VALUES`)."""


def run(options: Options) -> Section:
    """Measure both once; the larger takes a processor ten minutes and more."""
    sizes = (200, 400) if options.quick else COMMUNES
    found = {
        f"Parquet, {size * YEARS:,} commune-years, tables as Parquet": batch_of(
            table_of(options.cache, size, YEARS, "parquet"), YEARS, "parquet"
        )
        for size in sizes
    }
    few, many = found.values()
    times = (many.processor / sizes[1]) / (few.processor / sizes[0])
    aims = [
        Aim("a million commune-years, largest process", 1500, many.largest / MB, "MB"),
        Aim("a million commune-years, time", 180, many.seconds, "s"),
        Aim(f"processor time of each, beside those of {sizes[0] * YEARS:,}", 1.25, times, "x"),
    ]
    return Section(
        title="A million commune-years in one table, every year asked for",
        tables=[processes(found)],
        remarks=["One run each. Every commune's figures are its own; the period is 25 years."],
        aims=[] if options.quick else aims,
    )
