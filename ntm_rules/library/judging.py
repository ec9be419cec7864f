"""A dataset judged year by year, by each year's own law; years whose laws are alike in one go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ntm_rules.dataset.record_views import as_records, year_before_of
from ntm_rules.evaluation.batch import Evaluation, judge_of
from ntm_rules.evaluation.batch import evaluate as judged_by
from ntm_rules.library.reading import dataset_of
from ntm_rules.library.rules import Rules

if TYPE_CHECKING:
    from ntm_rules.dataset.figure_columns import Index
    from ntm_rules.dataset.record_views import Records
    from ntm_rules.library.result import Result


def evaluate(rules: Rules, data: object, *, years: int | Iterable[int] | None = None) -> Result:
    """Judge everything that data reports.

    Args:
        rules: from `load_set`.
        data: what `read` gave, or a pandas, polars or pyarrow table, wide or long, as in a CSV file.
        years: the years to judge; by default all of the set's period for which somebody reports. Others serve as the
            year before, from which growth is counted.

    Raises:
        NtmError: the data is no table or has no columns that say whose figures it holds; a year outside the period.

    >>> import pandas as pd
    >>> from ntm_rules import evaluate, load_set
    >>> frame = pd.DataFrame({"commune_code": ["03390"], "year": [2026], "village_roads_hardened_share": [96.5]})
    >>> evaluate(load_set(), frame).matrix(language="en").shape
    (1, 45)
    """
    from ntm_rules.library.result import Result

    dataset = dataset_of(data, rules)
    asked = None if years is None else [years] if isinstance(years, int) else list(years)
    return Result(rules, dataset, judge(rules, as_records(dataset.records), asked))


def judge(rules: Rules, records: Records, years: Collection[int] | None) -> list[Evaluation]:
    """Return one evaluation a year, in order; of years for which nobody reports, none."""
    columns = records.columns
    reported = np.unique(columns.years[records.owners][~columns.base_only[records.owners]]).tolist()
    rules.rulebook.covers(*sorted(set(years or ())))
    wanted = [year for year in reported if year in rules.period and (years is None or year in years)]
    together: dict[int, list[int]] = {}
    for year in wanted:
        together.setdefault(rules.alike(year), []).append(year)
    found = [one for first, alike in together.items() for one in _judged(rules, records, first, alike)]
    return sorted(found, key=lambda one: int(one.records.years[0]))


def _judged(rules: Rules, records: Records, first: int, years: Sequence[int]) -> list[Evaluation]:
    """Judge years whose laws are alike, and return each with its own law."""
    compiled = rules.compiled(first)
    whole = judged_by(rules.law(first), records, years=years, judge=judge_of(compiled))
    if len(years) == 1:
        return [whole]
    found = []
    for year in years:
        rows = np.flatnonzero(whole.records.years == year)
        own, columns = whole.records.some(whole.records.owners[rows]), _stride(rows)
        found.append(
            Evaluation(
                rules=rules.law(year),
                table=whole.table,
                records=own,
                previous=year_before_of(own),
                groups=[whole.groups[row] for row in rows.tolist()],
                verdicts=whole.verdicts[:, columns],
                reasons=whole.reasons[:, columns],
            )
        )
    return found


def _stride(rows: Index) -> Index | slice:
    """Return rows as a slice where they lie at equal distances, so that nothing is copied."""
    step = int(rows[1] - rows[0]) if len(rows) > 1 else 1
    if (np.diff(rows) == step).all():
        return slice(int(rows[0]), int(rows[-1]) + 1, step)
    return rows
