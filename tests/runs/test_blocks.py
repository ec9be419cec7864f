"""A Parquet file read and judged some communes at a time gives the files of a run that holds it whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.runs.batch import BatchAsked, write_batch
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.reading import NothingEvaluated
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from tests.conftest import ROOT
from tests.turns.conftest import TURNS

OVERLAY = ROOT / "samples" / "minh-hoa.overlay.yaml"
YEARS = range(2025, 2029)
LARGE = "ntm_rules.dataset.files.parquet_blocks.MOST_VALUES"
ROWS = "ntm_rules.dataset.files.parquet_blocks.ROWS"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return open_rulebook(LawAsked(None, [OVERLAY]))


def figures_of(rules: CriteriaSet, measure: str, size: int, draws: np.random.Generator) -> list[Any]:
    """Return figures for one measure: some absent, some that cannot be read."""
    one = rules.measures[measure]
    if one.traits.graded:
        words = [str(grade.label.vi) for grade in rules.scales[one.scale or ""].grades]
    elif not one.traits.quantity:
        words = ["Có", "Không"] if one.traits.yes_or_no else ["Đạt", "Không đạt", "Chưa có kết luận"]
    else:
        words = [f"{number:.2f}".replace(".", ",") for number in draws.uniform(1, 99, 12)]
    cells: list[Any] = draws.choice(words, size).tolist()
    for at in np.flatnonzero(draws.random(size) < 0.08).tolist():
        cells[at] = None
    for at in np.flatnonzero(draws.random(size) < 0.01).tolist():
        cells[at] = "chưa rõ"
    return cells


@pytest.fixture(scope="module")
def frame(rulebook: Rulebook) -> pd.DataFrame:
    """Communes by code with all their years, one twice, one that nobody knows, and two that copied from each other."""
    rules, draws = rulebook.for_year(2026), np.random.default_rng(7)
    communes = sorted(rules.communes.within(), key=lambda commune: commune.code)[:-2]
    owners = [(one.code, one.name, year) for one in communes for year in YEARS]
    columns: dict[str, Any] = {
        "commune_code": [code for code, _name, _year in owners],
        "commune": [name for _code, name, _year in owners],
        "year": [year for _code, _name, year in owners],
    }
    columns |= {name: figures_of(rules, name, len(owners), draws) for name in rules.reported_measures}
    found = pd.DataFrame(columns)
    measures = list(found.columns[3:])
    found.loc[len(found) - 2, measures] = found.loc[2, measures]
    found.loc[10, measures] = None
    twice = found.iloc[[9]].assign(**{measures[0]: found.iloc[5][measures[0]]})
    unknown = found.iloc[[20]].assign(commune_code="99999", commune="Xã Không Có")
    return pd.concat([found.iloc[:10], twice, found.iloc[10:21], unknown, found.iloc[21:]], ignore_index=True)


@pytest.fixture
def always_in_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntm_rules.runs.results.MOST_IN_WORKBOOK", 0)


def written(folder: Path) -> Iterator[tuple[str, Any]]:
    """Yield the files of a run as what they hold."""
    for path in sorted(folder.iterdir()):
        if path.name == ".ntm-files.json":
            continue
        if path.suffix == ".parquet":
            yield path.name, pq.read_table(path).to_pandas().astype(object).fillna("").to_numpy().tolist()
        elif path.suffix == ".json":
            yield path.name, {name: said for name, said in json.loads(path.read_text()).items() if name != "run_at"}
        else:
            yield path.name, path.read_bytes()


def run(rulebook: Rulebook, data: Path, out: Path, tables: str, years: tuple[int, ...]) -> dict[str, Any]:
    found = write_batch(rulebook, [data], out, BatchAsked(years=years, tables=tables))
    assert not isinstance(found.judged, NothingEvaluated)
    severities = sorted(severity.value for its in found.findings for severity in its.severities)
    codes = sorted({code for its in found.findings for code in its.codes})
    return {"severities": severities, "codes": codes, **dict(written(out))}


@pytest.mark.long
@pytest.mark.usefixtures("always_in_tables")
@pytest.mark.parametrize(
    ("tables", "years", "sizes"),
    [
        pytest.param("csv", (2026, 2027, 2028), (25, 10_000), marks=pytest.mark.long),
        ("parquet", (2027,), (60,)),
        pytest.param("parquet", (2027,), (1,), marks=pytest.mark.long),
    ],
)
def test_blocks_of_every_size_give_the_files_of_the_whole(
    rulebook: Rulebook,
    frame: pd.DataFrame,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tables: str,
    years: tuple[int, ...],
    sizes: tuple[int, ...],
) -> None:
    data = tmp_path / "national.parquet"
    frame.to_parquet(data, index=False)
    whole = run(rulebook, data, tmp_path / "whole", tables, years)
    assert whole["problems.csv"].count(b"\n") > 5
    monkeypatch.setattr(LARGE, 0)
    for rows in sizes:
        monkeypatch.setattr(ROWS, rows)
        parts = run(rulebook, data, tmp_path / f"parts-{rows}", tables, years)
        assert parts.keys() == whole.keys()
        for name, holds in whole.items():
            assert parts[name] == holds, (rows, name)


@pytest.mark.long
def test_communes_out_of_order_are_read_as_a_whole(
    rulebook: Rulebook, frame: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "national.parquet"
    frame.sort_values(["year", "commune_code"], kind="stable").to_parquet(data, index=False)
    whole = run(rulebook, data, tmp_path / "whole", "csv", (2026,))
    monkeypatch.setattr(LARGE, 0)
    assert run(rulebook, data, tmp_path / "parts", "csv", (2026,)) == whole


@pytest.mark.long
@pytest.mark.usefixtures("always_in_tables")
def test_a_number_that_opens_a_rule_is_itself_kept_of_communes_in_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Remote households: 9 shut the commune out of 1.5.c, which waits for the law; of one with 10 it cannot be judged."""
    folder = tmp_path / "cach-noi"
    shutil.copytree(TURNS, folder)
    rules = folder / "01-cach-noi" / "rules.yaml"
    text, pending = rules.read_text(encoding="utf-8"), "\n      standard: {pending: {decision: quyet-dinh-sau}}\n"
    rules.write_text(text.replace("      attested: team_exists\n", f"      attested: team_exists{pending}"), "utf-8")
    turns = open_rulebook(LawAsked(str(folder), []))
    data = tmp_path / "national.parquet"
    shut = {"has_industrial_zone": "Không", "is_border_commune": "Có"}
    rows = [{"commune_code": code, "year": 2026, **shut} for code in ("91010", "91020", "91030")]
    pd.DataFrame(rows).assign(remote_households=[9, 10, None]).to_parquet(data, index=False)
    whole = run(turns, data, tmp_path / "whole", "csv", (2026,))
    monkeypatch.setattr(LARGE, 0)
    monkeypatch.setattr(ROWS, 1)
    assert run(turns, data, tmp_path / "parts", "csv", (2026,)) == whole
