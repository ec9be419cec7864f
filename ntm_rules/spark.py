"""The library over the partitions of a Spark frame: the same verdicts as `ntm_rules.evaluate` gives of the same rows.

All rows of a commune come to one partition, whichever way they name it, so that growth finds the year before and what
stands twice is seen. Needs the extra `spark`, and a Java runtime.

Example:
    ntm_rules.spark.evaluate(spark.read.parquet("figures"), load_set()).verdicts().write.parquet("verdicts")
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ntm_rules.dataset.frames import read_frame
from ntm_rules.dataset.record_views import as_records
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, current_language, in_language
from ntm_rules.library.frames import NODES, NUMBER, PROBLEMS, WHOLE, arrow_of_columns, arrow_of_rows
from ntm_rules.library.judging import judge
from ntm_rules.library.rules import Rules

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


BLOCK = 65_536
"""About so many rows are judged at a time, so that a partition's size does not count in memory."""
_KEY, _ROW = "ntm_rules_commune", "ntm_rules_row"
_OF_COLUMN = 0
"""The line of a problem of a column, which every block of rows tells anew; of one in a row there is none."""
_VERDICT, _PROBLEM = "verdict", "problem"
_SQL = {NUMBER: "double", WHOLE: "int"}


class SparkResult:
    """Verdicts and problems as Spark frames; nothing is computed before one of them is used."""

    def __init__(self, frame: DataFrame) -> None:
        self._judged = frame

    def verdicts(self) -> DataFrame:
        """Return a row for every commune, year and node of the rules, with the columns of verdicts.csv."""
        return self._part(_VERDICT)

    def problems(self) -> DataFrame:
        """Return what is wrong with the data, with the columns of problems.csv; rows of a Spark frame have no number."""
        from pyspark.sql import functions as sql

        found = self._part(_PROBLEM)
        names = found.columns
        kind = sql.regexp_replace("code", "-of-figures", "")  # one block saw a figure in the column, another none
        alike = found.where(f"line = {_OF_COLUMN}").groupBy(kind, "measure", "value")
        first = alike.agg(sql.min(sql.struct("code", *(name for name in names if name != "code"))).alias("first"))
        of_columns = first.select("first.*").withColumn("line", sql.lit(None).cast("int"))
        return found.where("line is null").unionByName(of_columns)

    def persist(self) -> SparkResult:
        """Keep what is computed, so that verdicts and problems are computed once for both; returns itself."""
        self._judged = self._judged.persist()
        return self

    def unpersist(self) -> SparkResult:
        """Give back what `persist` keeps; returns itself."""
        self._judged = self._judged.unpersist()
        return self

    def _part(self, name: str) -> DataFrame:
        return self._judged.where(f"{name} is not null").select(f"{name}.*")


def evaluate(frame: DataFrame, rules: Rules, *, years: Sequence[int] | None = None) -> SparkResult:
    """Judge every commune and year of a Spark frame, wide or long.

    Args:
        frame: columns as in a CSV file that `ntm batch` reads.
        rules: from `ntm_rules.load_set`.
        years: the years to judge; by default all of the set's period. Others serve as the year before.

    Raises:
        NtmError: PySpark is not installed; or the columns do not say whose figures these are, or which.
    """
    try:
        from pyspark.sql.functions import monotonically_increasing_id
        from pyspark.sql.pandas.types import to_arrow_schema
    except ImportError as error:
        raise NtmError(Message("PySpark is not installed: pip install 'ntm-rules[spark]'")) from error
    read_frame(to_arrow_schema(frame.schema).empty_table(), rules.vocabulary)
    packed, language = pickle.dumps(rules), current_language()
    numbered = frame.withColumn(_ROW, monotonically_increasing_id())
    keyed = numbered.mapInArrow(_keys(packed), f"{', '.join(map(_column, numbered.schema))}, {_KEY} string")
    together = keyed.repartition(_KEY).sortWithinPartitions(_KEY, _ROW).drop(_ROW)
    parts = {_VERDICT: NODES, _PROBLEM: _problem_kinds()}
    schema = ", ".join(f"{name} struct<{_fields(kinds)}>" for name, kinds in parts.items())
    return SparkResult(together.mapInArrow(_judges(packed, years, language), schema))


def _column(field: Any) -> str:
    name = field.name.replace("`", "``")
    return f"`{name}` {field.dataType.simpleString()}"


def _fields(kinds: Mapping[str, str]) -> str:
    return ", ".join(f"`{name}`: {_SQL.get(kind, 'string')}" for name, kind in kinds.items())


def _problem_kinds() -> Mapping[str, str]:
    from ntm_rules.report.tables.problems import problems

    return {name: PROBLEMS.get(name, WHOLE) for name in problems(()).for_programs().keys}


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Rules:
    """Return rules in a worker, which keeps them from one partition to the next."""
    rules: Rules = pickle.loads(packed)  # nosec B301  # noqa: S301 - what this module packed on the driver
    return rules


Batches = Iterator[Any]


def _keys(packed: bytes) -> Callable[[Batches], Batches]:
    """Return what adds to each row the commune that it is of."""

    import pyarrow as pa

    from ntm_rules.dataset.rows.arrow_tables import communes_of

    def add(batches: Batches) -> Batches:
        vocabulary = _unpacked(packed).vocabulary
        for batch in batches:
            yield batch.append_column(_KEY, pa.array(communes_of(batch, vocabulary), pa.string()))

    return add


def _judges(packed: bytes, years: Sequence[int] | None, language: str) -> Callable[[Batches], Batches]:
    """Return what judges the rows of a partition."""

    def judge_rows(batches: Batches) -> Batches:
        rules = _unpacked(packed)
        for block in _blocks(batches):
            with in_language(language):
                yield from _judged(block, rules, years)

    return judge_rows


def _blocks(batches: Batches) -> Iterator[Any]:
    """Yield the rows of a partition as tables, all rows of a commune in one."""
    import pyarrow as pa

    held: list[Any] = []
    for batch in batches:
        held.append(batch)
        if sum(part.num_rows for part in held) < BLOCK:
            continue
        table = pa.Table.from_batches(held)
        keys = table.column(_KEY).combine_chunks()
        last = keys[len(keys) - 1]
        first_of_last = keys.index(last).as_py()
        if first_of_last:
            yield table.slice(0, first_of_last).drop_columns([_KEY])
        held = table.slice(first_of_last).combine_chunks().to_batches()
    if held:
        table = pa.Table.from_batches(held)
        if table.num_rows:
            yield table.drop_columns([_KEY])


def _judged(table: Any, rules: Rules, years: Sequence[int] | None) -> Iterator[Any]:
    """Yield the verdicts, then the problems, of a table."""
    from ntm_rules.report.tables.problems import problems
    from ntm_rules.report.verdict_columns import VerdictColumns

    dataset = read_frame(table, rules.vocabulary)
    for evaluation in judge(rules, as_records(dataset.records), years):
        yield _packed(_VERDICT, arrow_of_columns([VerdictColumns(evaluation).verdict_table()], NODES), NODES)
    if dataset.problems:
        table = problems(dataset.problems, line=lambda one: "" if one.line else str(_OF_COLUMN)).for_programs()
        kinds = _problem_kinds()
        yield _packed(_PROBLEM, arrow_of_rows(table.keys, table.codes(), kinds), kinds)


def _packed(own: str, table: Any, kinds: Mapping[str, str]) -> Any:
    """Return a table as a batch whose one column holds its rows; the other is empty."""
    import pyarrow as pa

    types = {NUMBER: pa.float64(), WHOLE: pa.int32()}
    arrays = [table.column(name).cast(types.get(kind, pa.string())).combine_chunks() for name, kind in kinds.items()]
    other = _problem_kinds() if own == _VERDICT else NODES
    blank = pa.nulls(table.num_rows, pa.struct([(name, types.get(kind, pa.string())) for name, kind in other.items()]))
    structs = {own: pa.StructArray.from_arrays(arrays, list(kinds))}
    return pa.RecordBatch.from_arrays(
        [structs.get(_VERDICT, blank), structs.get(_PROBLEM, blank)], [_VERDICT, _PROBLEM]
    )
