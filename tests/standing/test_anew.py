"""Years of very many communes: looked at one at a time, and what one derives is let go with it."""

from __future__ import annotations

import datetime as dt

from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.standing.overview import Anew, Overview


def test_a_year_says_the_same_each_time_and_keeps_nothing(illustrated: Evaluation, dataset: Dataset) -> None:
    kept = Overview(illustrated, dataset, dt.date(2026, 12, 31))
    years = Anew([kept, kept])
    first, again = years[0], years[0]
    assert [one.ceiling for one in (first, again, kept)] == [kept.ceiling] * 3
    assert [one.handing_in for one in (first, again, kept)] == [kept.handing_in] * 3
    assert list(first.evaluation.gaps(0)) == list(kept.evaluation.gaps(0))
    assert again.evaluation.verdicts is kept.evaluation.verdicts, "verdicts are the same arrays"
    assert first is not again
    assert first.evaluation is not again.evaluation
    assert not years[0].evaluation._told, "nothing that was told of one stands in the next"
    assert [len(years), len(years[1:]), years[1:][0].year] == [2, 1, 2026]
