"""Problems of a form that its sheets alone do not show: of its name, and of what other files say of the same commune."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.dataset.problems import Problem
from ntm_rules.i18n import Message

DIFFERS = "given-twice-differently"
BESIDE = frozenset({DIFFERS, "repeated", "same-content", "file-of-another-commune"})


def problems_beside(file: str, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems that a file has beside others, or by its name.

    A figure that two files give differently is told at the second as they are read, and counts in neither: the first is
    told it here.
    """
    for problem in problems:
        if problem.file == file and problem.code in BESIDE:
            yield problem
        elif problem.file != file and problem.code == DIFFERS and _other_file(problem) == file:
            yield _as_the_other_is_told(problem)


def files_set_aside(problems: Sequence[Problem]) -> set[str]:
    """Return the files of which a figure does not count, as another file gives it differently."""
    return {_other_file(problem) for problem in problems if problem.code == DIFFERS}


def _other_file(problem: Problem) -> str:
    other = problem.parameters["other"]
    return str(other.parameters["file"]) if isinstance(other, Message) else ""


def _as_the_other_is_told(problem: Problem) -> Problem:
    other: Message = problem.parameters["other"]
    place: Message = other.parameters["place"]
    here = {name: place.parameters[name] for name in ("sheet", "cell", "line") if name in place.parameters}
    there = Message("{file}, {place}", file=problem.file, place=problem.place())
    return Problem(
        problem.code,
        str(other.parameters["file"]),
        **here,
        commune_code=problem.commune_code,
        commune=problem.commune,
        year=problem.year,
        measure=problem.measure,
        value=str(problem.parameters["other_value"]),
        parameters={"other": there, "other_value": problem.value},
    )
