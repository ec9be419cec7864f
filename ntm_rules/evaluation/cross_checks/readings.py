"""What reading the data already found: taken over as it stands, never judged a second time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import Place
from ntm_rules.evaluation.cross_checks.context import Context, Finder
from ntm_rules.evaluation.cross_checks.finding import CheckedFigure, Hit


def reading(context: Context, condition: Sequence[str]) -> Finder:
    """Find the problems of some codes that a report has; those that name no commune are none's."""
    told: dict[tuple[str, int], list[Problem]] = {}
    for problem in context.dataset.problems:
        if problem.code in condition:
            told.setdefault((problem.commune_code, problem.year), []).append(problem)

    def find(record: int) -> Iterator[Hit]:
        report = context.records[record]
        for problem in told.get((report.code, report.year), ()):
            figures = [CheckedFigure(problem.measure)] if problem.measure in context.measures else []
            place = Place(problem.file, problem.sheet, problem.cell, problem.line)
            yield Hit(figures, {"value": problem.value, "problem": problem.message()}, [place])

    return find
