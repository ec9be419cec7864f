"""What the reports over all communes are made from: the data read, and one year judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from ntm_rules.cli.batch import laid_on, years_to_judge
from ntm_rules.cli.console import Screen
from ntm_rules.cli.long_work import collector_at_rest, progress_bar
from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.cli.screen_parts import perhaps_another_set, say_why_no_year, say_years, show_problems
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.i18n import Message, _
from ntm_rules.rulebook.models import Overlay
from ntm_rules.standing.overview import Overview

WRITTEN, NOTHING_WRITTEN, WITH_PROBLEMS = 0, 2, 3


class JudgedData(NamedTuple):
    """The data read, and one year of it judged."""

    dataset: Dataset
    evaluation: Evaluation
    before: Evaluation | None
    """The year before, where the set covers it and something was reported."""
    year: int
    overview: Overview
    """How the province stands in the year judged; days overdue are counted to the day of what is known, or of the run."""
    overlays: Sequence[Overlay]
    """Those in force, in the order given."""

    def usable_alone(self) -> Evaluation:
        """Return the year judged for the communes that handed in what can be used, and no others."""
        records, says = self.evaluation.records, self.overview.usable.tolist()
        if all(says):
            return self.evaluation
        left_out = {record.code for record, counts in zip(records, says, strict=True) if not counts}
        kept = [r for r in self.dataset.records if r.year != self.year or r.code not in left_out]
        return evaluate(self.evaluation.rules, kept, years=[self.year])


def judged_data(
    rulebook: Rulebook, data: Sequence[Path], console: Console, *, year: int | None, as_of: dt.date | None
) -> JudgedData | None:
    """Read `data` and judge one year: that asked for, or the latest; None, and words on screen, if there is none.

    Raises:
        NtmError: a path that is not there, or a year outside the period of the set.
    """
    absent = [path for path in data if not path.exists()]
    if absent:
        raise NtmError(*(Message("There is no file or folder {path}", path=str(path)) for path in absent))
    with collector_at_rest(), progress_bar(Screen(errors=True)) as bar:
        task = bar.add_task(_("Reading"), total=None)
        dataset = read_dataset(
            data,
            rulebook.questionnaire(),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    asked = [year] if year is not None else []
    chosen = years_to_judge(dataset, rulebook, asked)
    if not chosen:
        header = rulebook.loaded.header
        show_problems(console, dataset.problems, doubt=perhaps_another_set(dataset, header.id, header.title))
        say_why_no_year(console, dataset, asked, rulebook.period)
        console.print(_("Nothing could be evaluated."), style="bold red")
        return None
    (now,) = chosen
    say_years(console, dataset, rulebook.period, chosen)
    evaluation = evaluate(rulebook.for_year(now, as_of), dataset.records, years=[now])
    before = None
    if now - 1 in rulebook.period and now - 1 in dataset.years():
        before = evaluate(rulebook.for_year(now - 1, None), dataset.records, years=[now - 1])
    overview = Overview(evaluation, dataset, rulebook.counted_to(as_of), before)
    return JudgedData(dataset, evaluation, before, now, overview, laid_on([evaluation], rulebook))
