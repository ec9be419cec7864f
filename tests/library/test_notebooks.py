"""What a notebook shows: the matrix in the program's colours, an explanation as a page."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import ntm_rules
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.palette import COLOURS


def shown(frame: object) -> str:
    return str(frame._repr_html_())  # type: ignore[attr-defined]


def test_the_matrix_has_a_row_a_commune_and_a_column_an_indicator(sample: ntm_rules.Result) -> None:
    matrix = sample.matrix()
    assert matrix.shape == (36, 45)
    assert matrix.index.names == ["commune_code", "commune", "year"]
    indicators = sample.verdicts().query("level == 'indicator'").verdict.astype(str)
    assert matrix.astype(str).to_numpy().ravel().tolist() == indicators.tolist()


def test_it_shows_itself_in_letters_and_colours(sample: ntm_rules.Result) -> None:
    html = shown(sample.matrix())
    for verdict in Verdict:
        assert f"background:{COLOURS[verdict].back};color:{COLOURS[verdict].ink}" in html
    assert len(re.findall("<td style", html)) == 36 * 45
    assert "Bình Lư" in html
    assert shown(sample) == html


def test_in_the_language_asked_for(sample: ntm_rules.Result) -> None:
    assert "Not met" in shown(sample.matrix(language="en"))
    assert "Chưa đạt" in shown(sample.matrix(language="vi"))


def test_a_part_of_it_does_too_and_a_long_one_is_cut(sample: ntm_rules.Result) -> None:
    matrix = sample.matrix()
    part = matrix.loc[["03390"], ["2.1", "4.1"]]
    assert len(re.findall("<td style", shown(part))) == 2
    long = pd.concat([matrix] * 4)
    assert len(re.findall("<td style", shown(long))) == 60 * 45


def test_words_of_the_data_are_no_markup(sample: ntm_rules.Result) -> None:
    matrix = sample.matrix().rename(columns={"2.1": "<b>"}).rename(index={"Bình Lư": "<script>"})
    assert "<b>" not in shown(matrix)
    assert "<script>" not in shown(matrix)


def test_an_explanation_is_what_the_program_says(sample: ntm_rules.Result) -> None:
    text = str(sample.explain("03390", "4.1", language="en"))
    assert "WHY INDICATOR 4.1 HAS ITS VERDICT" in text
    assert "4.1: MET, since the target is reached." in text
    assert str(sample.explain("Bình Lư", "4.1", language="en")) == text
    assert repr(sample.explain("03390", "4.1", language="en")) == text
    page = shown(sample.explain("03390", "4.1", language="en"))
    assert page.startswith("<p><strong>ILLUSTRATIVE")
    assert "<h4>WHY INDICATOR 4.1 HAS ITS VERDICT</h4>" in page
    assert "41,68%" in str(sample.explain("03390", "4.1", language="vi"))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"commune": "99999", "indicator": "4.1"}, "99999"),
        ({"commune": "03390", "indicator": "44.1"}, "44.1"),
        ({"commune": "03390", "indicator": "4.1", "year": 2029}, "2029"),
    ],
)
def test_what_is_not_there_is_said_in_words(sample: ntm_rules.Result, asked: dict[str, object], words: str) -> None:
    with pytest.raises(ntm_rules.NtmError, match=words):
        sample.explain(**asked)  # type: ignore[arg-type]
