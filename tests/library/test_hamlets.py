"""Figures of hamlets in tables in memory: long and wide they are what the files are, and every hamlet comes back."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from ntm_rules import evaluate, load_set, read
from tests.turns.test_hamlets import HAMLETS, LONG, WIDE, data


@pytest.mark.parametrize("text", [LONG, WIDE], ids=["long", "wide"])
@pytest.mark.parametrize("made", [pd.DataFrame, pa.Table.from_pandas], ids=["pandas", "arrow"])
def test_a_frame_with_a_column_of_hamlets_is_what_the_file_is(text: str, made: type, tmp_path: Path) -> None:
    rules = load_set(HAMLETS)
    of_file = evaluate(rules, read(data(tmp_path, text), rules))
    result = evaluate(rules, made(pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)))
    pd.testing.assert_frame_equal(result.verdicts(), of_file.verdicts())
    pd.testing.assert_frame_equal(result.hamlets(), of_file.hamlets())
    assert not len(result.problems())


def test_numbers_of_a_frame_count_as_numbers() -> None:
    frame = pd.DataFrame(
        {
            "commune_code": ["93010"] * 3,
            "year": [2026] * 3,
            "hamlet": [None, "Bản A", "Bản B"],
            "hamlets_in_commune": [2, None, None],
            "hamlet_has_roads": [None, "Có", "Có"],
            "hamlet_paved_share": [None, 70.0, 69.99],
        }
    )
    result = evaluate(load_set(HAMLETS), frame)
    hamlets = result.hamlets().query("counted_by == '1.1'")
    assert list(zip(hamlets.hamlet, hamlets.verdict, hamlets.shortfall.fillna(0), strict=True)) == [
        ("Bản A", "MET", 0),
        ("Bản B", "NOT_MET", 0.01),
    ]
    assert result.verdicts().query("id == '1.1' and level == 'requirement'").actual.tolist() == ["50"]


def test_a_figure_of_a_hamlet_without_its_name_is_told_by_its_row() -> None:
    frame = pd.DataFrame({"commune_code": ["93010"], "year": [2026], "hamlet": [""], "hamlet_halls": [1]})
    (problem,) = evaluate(load_set(HAMLETS), frame).problems().itertuples()
    assert (problem.code, problem.line) == ("hamlet-missing", 0)


def test_rules_that_count_no_hamlets_have_none() -> None:
    rules = load_set("lai-chau-2026-2030")
    frame = pd.DataFrame({"commune_code": ["03390"], "year": [2026], "village_roads_hardened_share": [96.5]})
    found = evaluate(rules, frame).hamlets()
    assert (len(found), list(found.columns[:5])) == (0, ["commune_code", "commune", "year", "counted_by", "hamlet"])
