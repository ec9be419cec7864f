"""The frames of a result are the tables of `ntm batch`, with numbers as numbers and words of few kinds as categories."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import ntm_rules
from ntm_rules.library.frames import VERDICTS
from tests.conftest import ILLUSTRATIVE, SAMPLE, Ntm

TABLES: dict[str, Callable[[ntm_rules.Result], pd.DataFrame]] = {
    "verdicts": ntm_rules.Result.verdicts,
    "gaps": ntm_rules.Result.gaps,
    "summary": ntm_rules.Result.summary,
    "agencies": ntm_rules.Result.agencies,
    "problems": ntm_rules.Result.problems,
}
NUMBERS = {
    "verdicts": ["shortfall", "quantity"], "gaps": ["shortfall", "quantity"], "summary": [], "agencies": ["share_not_met"],
    "problems": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def batch(ntm: Ntm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("lo") / "out"
    done = ntm("batch", SAMPLE, "--overlay", ILLUSTRATIVE, "--out", out)
    assert done.returncode == 3, done.stderr
    return out


def as_text(frame: pd.DataFrame, numbers: list[str]) -> pd.DataFrame:
    """Return a frame as its CSV file reads: nothing is an empty text."""
    said = frame.copy()
    for name in said.columns:
        column = said[name].astype(object)
        if name in numbers:
            said[name] = pd.to_numeric(column)
        elif isinstance(said[name].dtype, pd.BooleanDtype):
            said[name] = [{True: "yes", False: "no"}.get(cell, "") for cell in column]
        else:
            said[name] = ["" if pd.isna(cell) else str(cell) for cell in column]
    return said


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_that_of_the_batch(sample: ntm_rules.Result, batch: Path, name: str) -> None:
    written = pd.read_csv(batch / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    for column in NUMBERS[name]:
        written[column] = pd.to_numeric(written[column])
    written = written.map(lambda cell: cell.removeprefix("'") if isinstance(cell, str) else cell)
    made = as_text(TABLES[name](sample), NUMBERS[name])
    pd.testing.assert_frame_equal(made, written, check_dtype=False)


@pytest.mark.parametrize("name", TABLES)
def test_arrow_types_hold_the_same(sample: ntm_rules.Result, name: str) -> None:
    own = TABLES[name](sample)
    arrow = TABLES[name](sample, dtype_backend="pyarrow")  # type: ignore[call-arg]
    assert all(isinstance(kind, pd.ArrowDtype) for kind in arrow.dtypes)
    for column in own.columns:
        mine = [None if pd.isna(cell) else cell for cell in own[column]]
        assert [None if pd.isna(cell) else cell for cell in arrow[column]] == mine, column


def test_types_are_what_one_reckons_with(sample: ntm_rules.Result) -> None:
    verdicts, summary = sample.verdicts(), sample.summary()
    assert verdicts.verdict.cat.categories.tolist() == VERDICTS
    assert (verdicts.year.dtype, verdicts.shortfall.dtype) == ("int64", "float64")
    assert isinstance(verdicts.commune_code.dtype, pd.StringDtype)
    assert summary.criteria_met.sum() > 0
    assert summary.usable_report.all()
    counted = verdicts[verdicts.level == "indicator"].groupby("verdict", observed=False).size()
    assert counted.sum() == 36 * 45


def test_another_backend_is_refused(sample: ntm_rules.Result) -> None:
    with pytest.raises(ntm_rules.NtmError, match="numpy_nullable"):
        sample.verdicts(dtype_backend="numpy_nullable")  # type: ignore[arg-type]


def test_problems_are_in_the_language_asked_for(sample: ntm_rules.Result) -> None:
    assert "can be read as" in sample.problems(language="en").message[0]
    assert "can be read as" not in sample.problems(language="vi").message[0]
    ntm_rules.use_language("en")
    try:
        assert "can be read as" in sample.problems().message[0]
    finally:
        ntm_rules.use_language(None)


def test_the_workbook_is_that_of_the_batch(sample: ntm_rules.Result, batch: Path, tmp_path: Path) -> None:
    path = tmp_path / "ket-qua.xlsx"
    sample.to_excel(path)
    assert path.read_bytes() == (batch / "ket-qua.xlsx").read_bytes()
    sample.to_excel(path, language="en")  # its own file is replaced
    assert path.read_bytes() != (batch / "ket-qua.xlsx").read_bytes()


def test_a_workbook_of_somebody_else_is_not_replaced(sample: ntm_rules.Result, tmp_path: Path) -> None:
    path = tmp_path / "ket-qua.xlsx"
    path.write_bytes(b"own")
    with pytest.raises(ntm_rules.NtmError, match=r"ket-qua\.xlsx"):
        sample.to_excel(path)
    assert path.read_bytes() == b"own"
    with pytest.raises(ntm_rules.NtmError, match="khong-co"):
        sample.to_excel(tmp_path / "khong-co" / "ket-qua.xlsx")
