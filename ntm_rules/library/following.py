"""How a province's plan stands, as frames: its goals, and the documents that it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_rules.dataset.records import Dataset
from ntm_rules.i18n import in_language
from ntm_rules.library.reading import dataset_of
from ntm_rules.library.rules import Day, Rules, day_of

if TYPE_CHECKING:
    import pandas as pd

    from ntm_rules.plan.loader import Plan

Paths = str | Path | Iterable[str | Path]


def status(
    rules: Rules,
    data: object = None,
    *,
    province: object = None,
    as_of: Day | None = None,
    language: str | None = None,
) -> pd.DataFrame:
    """Return a row a goal, and a row for each other reading of one: its status with every number used, as numbers and in words.

    Args:
        rules: from `load_set`; the set carries a plan.
        data: what `read` gave of communes, or a table of their figures.
        province: files of what the province reports, or a table of it with the columns commune, year, measure, value …
        as_of: the day on which the plan is looked at; today unless given.
        language: of the words.

    Raises:
        NtmError: the set carries no plan, or what is given is no data.

    >>> from ntm_rules import load_set, plan
    >>> plan.status(load_set(), as_of="2026-12-31").loc["communes-2030", "status"]
    'NO_DATA'
    """
    import pandas as pd

    from ntm_rules.evaluation.batch import evaluate
    from ntm_rules.plan.goals import GoalFigures, states
    from ntm_rules.plan.loader import plan_of
    from ntm_rules.report.tables.goals import goals
    from ntm_rules.report.tables.table import words_of

    today, rulebook = day_of(as_of) or rules.rulebook.counted_to, rules.rulebook
    plan = plan_of(rulebook.loaded)
    communes = Dataset(()) if data is None else dataset_of(data, rules)
    years = [year for year in communes.years() if year in rules.period and year <= today.year]
    judged = {year: evaluate(rulebook.year_end(year), communes.records, years=[year]) for year in years}
    found = states(plan, GoalFigures(judged, communes, _province(plan, province)), today)
    with in_language(language):
        table = goals(plan, found)
        rows = {
            track.id: {key: words_of(cell) for key, cell in zip(table.keys, row, strict=True)}
            for track, row in zip(plan.tracks, table.rows, strict=True)
        }
    numbers = {
        id_: {
            "status": state.status.value,
            "target": _number(state.judgement.bar and state.judgement.bar.number),
            "target_year": state.target.year,
            "base": _number(state.judgement.base and state.judgement.base.value),
            "base_year": state.judgement.base.year if state.judgement.base else None,
            "latest": _number(state.judgement.latest and state.judgement.latest.value),
            "latest_year": state.judgement.latest.year if state.judgement.latest else None,
            "ratio": _number(state.judgement.ratio),
            "needed_pace": _number(state.judgement.needed_pace),
            "actual_pace": _number(state.judgement.actual_pace),
            "day_met": state.judgement.day_met,
        }
        for id_, state in found.items()
    }
    words = ("text", "lead", "origin", "source", "remarks")
    frame = pd.DataFrame(
        [numbers[id_] | {"status_words": rows[id_]["status"]} | {key: rows[id_][key] for key in words} for id_ in rows],
        index=pd.Index(list(rows), name="goal"),
    )
    return frame.astype({"base_year": "Int64", "latest_year": "Int64"})


def deliverables(
    rules: Rules, *, done: Paths = (), as_of: Day | None = None, language: str | None = None
) -> pd.DataFrame:
    """Return a row a document that the plan asks for, of yearly ones a row a year: its stage, its day, what waits for it.

    Args:
        rules: from `load_set`; the set carries a plan.
        done: lists of what was issued, as `ntm plan deliverables --done` reads them.
        as_of: the day; today unless given.
        language: of the words.

    Raises:
        NtmError: the set carries no plan; mistakes in a list, all of them.

    >>> from ntm_rules import load_set, plan
    >>> plan.deliverables(load_set(), as_of="2026-08-10").loc["bo-tieu-chi-xa-ntm", "stage"]
    'OVERDUE'
    """
    import pandas as pd

    from ntm_rules.plan.loader import plan_of
    from ntm_rules.plan.owing import Stage, owed
    from ntm_rules.runs.done_list import with_done
    from ntm_rules.wording.deliverables import deliverable_owner_words, deliverable_words

    today, period = day_of(as_of) or rules.rulebook.counted_to, rules.period
    plan = plan_of(rules.rulebook.loaded)
    law = rules.rulebook.year_end(min(max(today.year, period.from_), period.to))
    documents = owed(plan, today, with_done(plan, _paths(done)), rules=law)
    with in_language(language):
        rows = [
            {
                "stage": one.stage.value,
                "due": one.due,
                "days_overdue": one.days if one.stage is Stage.OVERDUE else 0,
                "owners": ";".join(one.owners),
                "done": ";".join(report.number for report in one.done),
                "requirements_waiting": len(one.blocks.requirements) if one.blocks else 0,
                "communes_waiting": one.blocks.communes if one.blocks else 0,
                "document": deliverable_words(one),
                "owner": deliverable_owner_words(plan, one),
            }
            for one in documents
        ]
    return pd.DataFrame(rows, index=pd.Index([one.id for one in documents], name="id"))


def _province(plan: Plan, given: object) -> Dataset | None:
    """Return what the province reports, from files or a table."""
    if given is None or isinstance(given, Dataset):
        return given
    if isinstance(given, str | Path) or (isinstance(given, Sequence) and all(isinstance(p, str | Path) for p in given)):
        from ntm_rules.runs.plan import read_province

        return read_province(plan, _paths(given))
    from ntm_rules.dataset.frames import read_frame
    from ntm_rules.dataset.rows.headers import Vocabulary

    return read_frame(given, Vocabulary(plan.questionnaire()))


def _paths(given: Paths) -> list[Path]:
    return [Path(given)] if isinstance(given, str | Path) else [Path(path) for path in given]


def _number(value: object) -> float | None:
    """Return an exact number as a frame holds it; nothing is judged by it."""
    return None if value is None else float(value)  # type: ignore[arg-type]  # a fraction
