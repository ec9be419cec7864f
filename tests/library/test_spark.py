"""On Spark the verdicts and problems are those of this process, however the rows lie about the partitions."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import ntm_rules
import ntm_rules.spark
from ntm_rules.library.frames import NODES, arrow_of_columns
from ntm_rules.report.verdict_columns import VerdictColumns
from ntm_rules.rulebook.loader import find_set
from tests.conftest import ILLUSTRATIVE, ROOT
from tests.library.test_docs import ON_SPARK

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

COMMUNES, YEARS = 20_000, range(2026, 2031)
ROADS, TREES, PLAN = (
    "village_roads_hardened_share", "commune_roads_with_trees_share", "planning_criterion_met"
)  # fmt: skip

pytestmark = [
    pytest.mark.long,
    pytest.mark.filterwarnings("ignore"),
]  # a Java machine starts; PySpark warns of pandas and of sockets


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    sql = pytest.importorskip("pyspark.sql", reason="the extra spark is not installed")
    if shutil.which("java") is None:
        pytest.skip("there is no Java runtime")
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "5")
        .config("spark.executorEnv.PYTHONPATH", str(ROOT))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def rows_of(frame: Any) -> list[tuple[Any, ...]]:
    return sorted(map(tuple, frame.collect()), key=repr)


def verdict_rows(result: ntm_rules.Result) -> list[tuple[Any, ...]]:
    table = arrow_of_columns([VerdictColumns(one).verdict_table() for one in result.evaluations], NODES)
    return sorted(zip(*(column.to_pylist() for column in table.columns), strict=True), key=repr)


def test_rows_of_one_commune_come_together_whichever_way_they_name_it(
    spark: SparkSession, rules: ntm_rules.Rules
) -> None:
    names = ["commune_code", "commune", "year", ROADS, PLAN, "cot_la"]
    rows = [
        ("03390", None, 2026, 96.5, "Có", "a"), ("3390", None, 2027, 97.0, "Không", "5"), (None, "Bình Lư", 2028, 120.0, None, "7"),
        ("03405", "Tả Lèng", 2026, None, "Có", None), ("03390", "Bình Lư", 2026, 95.5, "Có", "b"), ("x", None, 2026, 5.0, "x", "c"),
    ]  # fmt: skip
    types = [pa.string(), pa.string(), pa.int32(), pa.float64(), pa.string(), pa.string()]
    table = pa.table(
        [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), types, strict=True)], names
    )
    frame = spark.createDataFrame(
        rows, f"commune_code string, commune string, year int, {ROADS} double, {PLAN} string, cot_la string"
    )
    result, local = ntm_rules.spark.evaluate(frame, rules).persist(), ntm_rules.evaluate(rules, table)
    assert rows_of(result.verdicts()) == verdict_rows(local)
    assert result.verdicts().columns == list(NODES)
    own = local.problems()
    found = result.problems().collect()
    assert sorted((row.code, row.value or "") for row in found) == sorted(
        zip(own.code, own.value.fillna(""), strict=True)
    )
    assert {row.line for row in found} == {None}
    assert result.problems().columns == own.columns.tolist()
    result.unpersist()


def test_columns_that_say_nothing_are_refused_before_anything_runs(spark: SparkSession, rules: ntm_rules.Rules) -> None:
    with pytest.raises(ntm_rules.NtmError, match="xa, nam"):
        ntm_rules.spark.evaluate(spark.createDataFrame([("03390", 2026)], "xa string, nam int"), rules)


def test_the_example_of_the_page_runs(
    spark: SparkSession, rules: ntm_rules.Rules, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = ON_SPARK
    exec(compile(example, "docs/library.md", "exec"), {"spark": spark, "rules": rules, "ntm_rules": ntm_rules})
    assert "lead_agency" in capsys.readouterr().out


def test_blocks_keep_a_commune_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ntm_rules.spark, "BLOCK", 4)
    keys = [*"aaabbbbbbccdddeeee"]
    table = pa.table({"at": range(len(keys)), ntm_rules.spark._KEY: keys})
    blocks = list(ntm_rules.spark._blocks(iter(table.to_batches(max_chunksize=2))))
    assert [at for block in blocks for at in block.column("at").to_pylist()] == list(range(len(keys)))
    held = [{keys[at] for at in block.column("at").to_pylist()} for block in blocks]
    assert sum(map(len, held)) == len(set(keys))
    assert len(blocks) > 2


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> ntm_rules.Rules:
    """The set over a register of twenty thousand invented communes."""
    folder = tmp_path_factory.mktemp("luat") / "bo"
    shutil.copytree(find_set("lai-chau-2026-2030"), folder)
    with (folder / "communes.csv").open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        titles = list(reader.fieldnames or [])
        model = next(row for row in reader if row["code"] == "03390")
    blank = {title: "" for title in titles if title.startswith(("predecessor", "map"))}
    with (folder / "communes.csv").open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, titles, lineterminator="\n")
        writer.writerows({**model, **blank, "code": f"{50_000 + n}", "name": f"Minh Họa {n}"} for n in range(COMMUNES))
    return ntm_rules.load_set(folder, overlays=ILLUSTRATIVE)


def test_a_hundred_thousand_commune_years_are_judged_as_here(
    spark: SparkSession, country: ntm_rules.Rules, tmp_path: Path
) -> None:
    draw = np.random.default_rng(5434)
    size = COMMUNES * len(YEARS)
    order = draw.permutation(size)
    codes = np.char.add("", (50_000 + order // len(YEARS)).astype(str))
    whole = draw.integers(500, 20_000, size)
    table = pa.table(
        {
            "commune_code": pa.array(codes.tolist()),
            "year": pa.array((order % len(YEARS) + YEARS.start).astype(np.int32)),
            ROADS: pa.array(np.round(draw.uniform(1.5, 102, size), 2), mask=draw.random(size) < 0.05),
            f"{TREES}__numerator": pa.array(draw.integers(200, 500, size)),
            f"{TREES}__denominator": pa.array(whole),
            PLAN: pa.array(draw.choice(["Có", "Không", "", "x"], size, p=[0.5, 0.4, 0.09, 0.01]).tolist()),
            "income_per_capita": pa.array(np.round(draw.uniform(20, 90, size), 1)),
        }
    )
    pq.write_table(table, tmp_path / "so-lieu.parquet")
    result = ntm_rules.spark.evaluate(spark.read.parquet(str(tmp_path / "so-lieu.parquet")), country).persist()
    result.verdicts().write.parquet(str(tmp_path / "ket-qua"))
    local = ntm_rules.evaluate(country, table)
    assert len(local) == size
    for year, evaluation in zip(local.years, local.evaluations, strict=True):  # one by one: a year has 2.7 million rows
        own = arrow_of_columns([VerdictColumns(evaluation).verdict_table()], NODES)
        theirs = pq.read_table(tmp_path / "ket-qua", filters=[("year", "=", year)])
        assert in_order(theirs).equals(in_order(own)), year
    problems = local.problems()
    assert result.problems().count() == len(problems) > 1000
    counted = {
        (row.code, row.measure): row["count"] for row in result.problems().groupBy("code", "measure").count().collect()
    }
    assert counted == problems.groupby(["code", "measure"], observed=True).size().to_dict()


def in_order(table: pa.Table) -> pa.Table:
    """Return verdicts as texts and numbers, sorted."""
    named = {"year": pa.int32(), "shortfall": pa.float64(), "quantity": pa.float64()}
    plain = table.select(list(NODES)).cast(pa.schema([(name, named.get(name, pa.string())) for name in NODES]))
    return plain.take(
        pc.sort_indices(plain, [(name, "ascending") for name in ("commune_code", "level", "id")])
    ).combine_chunks()
