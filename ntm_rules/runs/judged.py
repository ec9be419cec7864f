"""Figures read and judged: every year asked for, beside the year before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation, Judge, columnar, evaluate
from ntm_rules.rulebook.models import Overlay
from ntm_rules.runs.long_work import Progress, Work, unseen
from ntm_rules.runs.reading import NothingEvaluated, YearsRead, read_years
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.standing.overview import Overview


@dataclass(frozen=True)
class JudgedYears:
    """The figures read, and how the province stands in each year judged; days overdue are counted to the law's day."""

    rulebook: Rulebook
    dataset: Dataset
    overviews: Sequence[Overview]

    @property
    def overview(self) -> Overview:
        """The first year judged, or the only one."""
        return self.overviews[0]

    @property
    def evaluations(self) -> list[Evaluation]:
        """The verdicts of each year judged."""
        return [overview.evaluation for overview in self.overviews]

    @property
    def years(self) -> list[int]:
        """The years judged."""
        return [overview.year for overview in self.overviews]

    @property
    def overlays(self) -> list[Overlay]:
        """The overlays that were in force in some year judged, in the order given."""
        return laid_on(self.evaluations, self.rulebook)

    def usable_alone(self) -> Evaluation:
        """Return the first year judged for the communes that handed in what can be used, and no others."""
        overview = self.overview
        records, says = overview.evaluation.records, overview.usable.tolist()
        if all(says):
            return overview.evaluation
        left_out = {record.code for record, counts in zip(records, says, strict=True) if not counts}
        kept = [r for r in self.dataset.records if r.year != overview.year or r.code not in left_out]
        return evaluate(overview.evaluation.rules, kept, years=[overview.year])


def judged_year(
    rulebook: Rulebook, data: Sequence[Path], year: int | None, *, progress: Progress = unseen
) -> JudgedYears | NothingEvaluated:
    """Read figures and judge one year: that asked for, or the latest.

    Raises:
        NtmError: a path that is not there, or a year outside the period of the set.
    """
    read = read_years(rulebook, data, [] if year is None else [year], progress=progress)
    return read if isinstance(read, NothingEvaluated) else judged(read)


def judged(figures: YearsRead, judge: Judge = columnar, progress: Progress = unseen) -> JudgedYears:
    """Judge each year, and the year before it by its own law where the set covers it and it was reported for."""
    rulebook, dataset, years = figures
    evaluations: dict[int, Evaluation] = {}
    for done, year in enumerate(years):
        progress(Work.JUDGING, done, len(years))
        evaluations[year] = evaluate(rulebook.for_year(year), dataset.records, years=[year], judge=judge)
    progress(Work.JUDGING, len(years), len(years))
    return JudgedYears(rulebook, dataset, beside_the_year_before(rulebook, dataset, evaluations, judge))


def beside_the_year_before(
    rulebook: Rulebook, dataset: Dataset, evaluations: Mapping[int, Evaluation], judge: Judge = columnar
) -> list[Overview]:
    """Return every year judged beside the year before it, which is judged where nobody asked for it."""
    overviews = []
    for year, evaluation in evaluations.items():
        before = evaluations.get(year - 1)
        if before is None and year - 1 in rulebook.period and year - 1 in dataset.years():
            before = evaluate(rulebook.year_end(year - 1), dataset.records, years=[year - 1], judge=judge)
        overviews.append(Overview(evaluation, dataset, rulebook.counted_to, before))
    return overviews


def laid_on(evaluations: Sequence[Evaluation], rulebook: Rulebook) -> list[Overlay]:
    """Return the overlays that were in force in some evaluation, in the order given."""
    in_force = {overlay for evaluation in evaluations for overlay in evaluation.rules.overlays}
    return [overlay for overlay in rulebook.overlays if overlay.id in in_force]
