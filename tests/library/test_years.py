"""Several years in one table are judged year by year, each by its own law, as `ntm batch --year --year` does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ntm_rules
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.verdicts import Verdict
from tests.conftest import ILLUSTRATIVE, SAMPLES, Ntm

WIDE = SAMPLES / "lai-chau-2026-rong.csv"


@pytest.fixture(scope="module")
def years() -> pd.DataFrame:
    """The sample's figures of 2026, and the same for the four years after."""
    sample = pd.read_csv(WIDE, sep=";", dtype=str, keep_default_na=False)
    reports = sample[sample.year == "2026"]
    return pd.concat([sample, *(reports.assign(year=str(year)) for year in range(2027, 2031))], ignore_index=True)


def test_every_year_is_judged_by_its_own_law(rules: ntm_rules.Rules, years: pd.DataFrame) -> None:
    result = ntm_rules.evaluate(rules, years)
    assert result.years == [2026, 2027, 2028, 2029, 2030]
    for year, evaluation in zip(result.years, result.evaluations, strict=True):
        law = rules.rulebook.for_year(year)
        alone = evaluate(law, result.dataset.records, years=[year])
        assert evaluation.rules.as_of == dt.date(year, 12, 31)
        assert np.array_equal(evaluation.verdicts, alone.verdicts)
        assert np.array_equal(evaluation.reasons, alone.reasons)
        assert list(evaluation.groups) == list(alone.groups)
        assert dict(evaluation.previous) == dict(alone.previous)


def test_a_law_that_changes_between_two_years_judges_each_by_its_own(tmp_path: Path, years: pd.DataFrame) -> None:
    later = tmp_path / "sau.overlay.yaml"
    text = ILLUSTRATIVE.read_text(encoding="utf-8")
    later.write_text(
        text.replace("id: minh-hoa", "id: sau").replace("from: 2026-01-01", "from: 2028-01-01"), encoding="utf-8"
    )
    rules = ntm_rules.load_set("lai-chau-2026-2030", overlays=later)
    result = ntm_rules.evaluate(rules, years)
    no_target = [int((one.verdicts == Verdict.NO_TARGET).sum()) for one in result.evaluations]
    assert min(no_target[:2]) > 10 * max(no_target[2:])


def test_one_day_s_law_judges_them_all_where_it_is_asked_for(years: pd.DataFrame) -> None:
    rules = ntm_rules.load_set("lai-chau-2026-2030", overlays=ILLUSTRATIVE, as_of="2027-06-30")
    result = ntm_rules.evaluate(rules, years)
    assert {evaluation.rules.as_of for evaluation in result.evaluations} == {dt.date(2027, 6, 30)}
    assert result.years == [2026, 2027, 2028, 2029, 2030]


@pytest.mark.long
def test_the_tables_are_those_of_a_batch_over_the_same_years(
    rules: ntm_rules.Rules, years: pd.DataFrame, ntm: Ntm, tmp_path: Path
) -> None:
    path = tmp_path / "nhieu-nam.csv"
    years.to_csv(path, index=False)
    asked = [word for year in range(2026, 2031) for word in ("--year", str(year))]
    done = ntm("batch", path, "--overlay", ILLUSTRATIVE, "--out", tmp_path / "out", *asked)
    assert done.returncode == 0, done.stderr
    for name, made in (("verdicts", ntm_rules.evaluate(rules, years).verdicts()),):
        written = pd.read_csv(tmp_path / "out" / f"{name}.csv", dtype=str, encoding="utf-8-sig", keep_default_na=False)
        own = ["commune_code", "year", "id", "verdict", "reason"]
        assert made[own].astype(str).to_numpy().tolist() == written[own].to_numpy().tolist()


def test_some_years_may_be_asked_for(rules: ntm_rules.Rules, years: pd.DataFrame) -> None:
    assert ntm_rules.evaluate(rules, years, years=2028).years == [2028]
    assert ntm_rules.evaluate(rules, years, years=[2030, 2027]).years == [2027, 2030]
    with pytest.raises(ntm_rules.NtmError, match="2031"):
        ntm_rules.evaluate(rules, years, years=[2031])


def test_the_year_before_alone_is_not_judged(rules: ntm_rules.Rules) -> None:
    sample = pd.read_csv(WIDE, sep=";", dtype=str, keep_default_na=False)
    assert ntm_rules.evaluate(rules, sample).years == [2026]
    assert set(sample.year) == {"2025", "2026"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"id_or_path": "lai-chau"}, "lai-chau"),
        ({"overlays": "khong-co.yaml"}, "khong-co.yaml"),
        ({"as_of": "2025-01-01"}, "2026"),
        ({"as_of": "31/12/2026"}, "31/12/2026"),
        ({"known_on": "x"}, "x"),
        ({"overlays": [ILLUSTRATIVE, ILLUSTRATIVE]}, "minh-hoa"),
    ],
)
def test_a_law_that_cannot_be_had_is_said_in_words(asked: dict[str, object], words: str) -> None:
    with pytest.raises(ntm_rules.NtmError, match=words):
        ntm_rules.load_set(**{"id_or_path": "lai-chau-2026-2030", **asked})  # type: ignore[arg-type]


def test_data_that_is_not_there_is_said_in_words(rules: ntm_rules.Rules) -> None:
    with pytest.raises(ntm_rules.NtmError, match="khong-co"):
        ntm_rules.read(["khong-co.csv", WIDE], rules)
