"""What `evaluate` gives: verdicts, gaps and how everybody stands, as frames made when somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import Dataset
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.i18n import Message, in_language, speaking_of
from ntm_rules.library.frames import (
    AGENCIES,
    HAMLETS,
    NODES,
    PROBLEMS,
    SUMMARY,
    WHOLE,
    Backend,
    arrow_of_columns,
    arrow_of_rows,
    as_frame,
)
from ntm_rules.library.rules import Rules
from ntm_rules.wording.communes import units_below

if TYPE_CHECKING:
    import pandas as pd

    from ntm_rules.library.explained import Explained
    from ntm_rules.report.verdict_columns import VerdictColumns
    from ntm_rules.standing.overview import Overview


class Result:
    """Every verdict of every commune and year; tables have the columns of the CSV files of `ntm batch`.

    `language` is "vi" or "en"; without it words are in the language in force (`use_language`, else NTM_LANG, else
    Vietnamese). `dtype_backend="pyarrow"` gives frames of Arrow types.
    """

    def __init__(self, rules: Rules, dataset: Dataset, evaluations: Sequence[Evaluation]) -> None:
        self.rules = rules
        self.dataset = dataset
        self.evaluations = evaluations
        """One a year, in order: arrays of verdicts and reasons, (nodes, records)."""

    @property
    def years(self) -> list[int]:
        """The years judged."""
        return [int(evaluation.records.years[0]) for evaluation in self.evaluations]

    def __len__(self) -> int:
        return sum(len(evaluation.records) for evaluation in self.evaluations)

    def __repr__(self) -> str:
        years = ", ".join(map(str, self.years)) or "-"
        return f"<Result {len(self)} communes and years ({years}), {len(self.dataset.problems)} problems>"

    def _repr_html_(self) -> str:
        return str(self.matrix()._repr_html_())  # type: ignore[operator]  # a frame of ours, that shows itself

    def matrix(self, *, language: str | None = None, dtype_backend: Backend = None) -> pd.DataFrame:
        """Return the verdict of every indicator: a row a commune and year, a column an indicator; it shows itself in colours."""
        from ntm_rules.library.matrix import matrix_of

        return matrix_of(self.evaluations, language, dtype_backend)

    def verdicts(self, *, dtype_backend: Backend = None) -> pd.DataFrame:
        """Return a row for every commune, year and node of the rules, as verdicts.csv has it."""
        return as_frame(arrow_of_columns([one.verdict_table() for one in self._columns], NODES), dtype_backend)

    def gaps(self, *, dtype_backend: Backend = None) -> pd.DataFrame:
        """Return what every commune must still meet, as gaps.csv has it: the nearest alternative first."""
        return as_frame(arrow_of_columns([one.gap_table() for one in self._columns], NODES), dtype_backend)

    def hamlets(self, *, dtype_backend: Backend = None) -> pd.DataFrame:
        """Return what every hamlet comes to, as hamlets.csv has it; empty where the rules count no hamlets."""
        from ntm_rules.report.hamlet_table import hamlet_table

        tables = [
            hamlet_table(evaluation, requirement)
            for evaluation in self.evaluations
            for requirement in evaluation.rules.counting_hamlets
        ]
        return as_frame(arrow_of_columns(tables, HAMLETS), dtype_backend)

    def summary(self, *, dtype_backend: Backend = None) -> pd.DataFrame:
        """Return counts, band and state of every commune and year, as summary.csv has them."""
        from ntm_rules.report.tables.coded import for_programs
        from ntm_rules.report.tables.communes import summary

        columns = for_programs(summary(self._overviews))
        kinds = {name: SUMMARY.get(name, WHOLE) for name in columns}
        return as_frame(arrow_of_columns([columns], kinds), dtype_backend)

    def agencies(self, *, dtype_backend: Backend = None) -> pd.DataFrame:
        """Return how the indicators of every lead agency stand, as agencies.csv has it: most not met first."""
        from ntm_rules.report.tables.agencies import agencies

        table = agencies(self._overviews).for_programs()
        return as_frame(arrow_of_rows(table.keys, table.codes(), AGENCIES), dtype_backend)

    def problems(self, *, language: str | None = None, dtype_backend: Backend = None) -> pd.DataFrame:
        """Return what is wrong with the data, as problems.csv has it; of a table in memory `line` is the row, from 0."""
        return problems_frame(self.dataset, language, dtype_backend)

    def explain(
        self, commune: str, indicator: str, *, year: int | None = None, language: str | None = None
    ) -> Explained:
        """Return why a commune, by code or name, has its verdict on an indicator, criterion or further condition.

        Args:
            commune: its code, or its name.
            indicator: an id, such as "4.1".
            year: the latest judged, unless it is given.
            language: of the text.

        Raises:
            NtmError: there is no such commune or id, or nothing of it was judged for the year.
        """
        from ntm_rules.library.explained import explained

        with in_language(language):
            evaluation, record = self._record(str(commune), year)
            return explained(self.rules, self.dataset, evaluation, record, indicator, language)

    def to_excel(self, path: str | Path, *, language: str | None = None) -> None:
        """Write the workbook of `ntm batch`; a file of that name that somebody has changed since is not replaced.

        Raises:
            NtmError: nothing was judged; something else stands in the way; the file cannot be written.
        """
        from ntm_rules.library.workbook import write

        if not self.evaluations:
            raise NtmError(Message("No commune and no year was judged, so there is nothing to write."))
        with in_language(language), speaking_of(units_below(self.rules.rulebook.loaded.communes)):
            write(Path(path), self.rules, self.dataset, self._overviews)

    @cached_property
    def _columns(self) -> list[VerdictColumns]:
        from ntm_rules.report.verdict_columns import VerdictColumns

        return [VerdictColumns(evaluation) for evaluation in self.evaluations]

    @cached_property
    def _overviews(self) -> list[Overview]:
        from ntm_rules.runs.judged import beside_the_year_before

        by_year = dict(zip(self.years, self.evaluations, strict=True))
        return beside_the_year_before(self.rules.rulebook, self.dataset, by_year)

    def _record(self, asked: str, year: int | None) -> tuple[Evaluation, int]:
        """Return where a commune was judged."""
        from ntm_rules.runs.named import commune_named

        commune = commune_named(self.rules.rulebook.loaded.communes, asked)
        judged = [one for one in self.evaluations if (commune.code, int(one.records.years[0])) in one.records.at]
        found = [one for one in judged if year in (None, int(one.records.years[0]))]
        if not found:
            years = ", ".join(str(int(one.records.years[0])) for one in judged)
            said = {"code": commune.code, "commune": commune.name}
            if not judged:
                raise NtmError(Message("There are no figures of {code} {commune} in this data", **said))
            raise NtmError(
                Message(
                    "There are no figures of {code} {commune} for {year}; there are for {present}.",
                    **said,
                    year=year,
                    present=years,
                )
            )
        return found[-1], found[-1].records.at[commune.code, int(found[-1].records.years[0])]


def problems_frame(dataset: Dataset, language: str | None, dtype_backend: Backend) -> pd.DataFrame:
    """Return the problems of a dataset as a frame."""
    from ntm_rules.report.tables.problems import problems

    def line(problem: Problem) -> str:
        """Return the line in a file; the row of a table in memory, from 0."""
        counted = problem.line if problem.file else problem.line - 1
        return str(counted) if problem.line else ""

    with in_language(language):
        table = problems(dataset.problems, line=line).for_programs()
    return as_frame(arrow_of_rows(table.keys, table.codes(), PROBLEMS), dtype_backend)
