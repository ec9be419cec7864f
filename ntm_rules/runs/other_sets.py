"""One file of figures for several sets: what belongs to another known set is passed over with one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import Dataset
from ntm_rules.dataset.strangers import UNKNOWN_MEASURE
from ntm_rules.rulebook.loader import available_sets
from ntm_rules.rulebook.model_checking import check
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.names import HEADER, MEASURES
from ntm_rules.rulebook.yaml_reader import RulebookError, read_yaml
from ntm_rules.spelling import key

_MEASURES: TypeAdapter[tuple[Measure, ...]] = TypeAdapter(tuple[Measure, ...])


def passed_over(dataset: Dataset, folder: Path) -> Dataset:
    """Return data in which each file's figures of another known set than that of `folder` are one problem, not many."""
    if not any(problem.code in UNKNOWN_MEASURE for problem in dataset.problems):
        return dataset
    known = [(name, set(_names(other))) for name, other in _others(folder)]
    kept: list[Problem] = []
    places: dict[tuple[str, str], int] = {}
    counts: dict[int, int] = {}
    for problem in dataset.problems:
        whose = _whose(problem, known)
        if whose is None:
            kept.append(problem)
            continue
        at = places.setdefault((problem.file, whose), len(kept))
        counts[at] = counts.get(at, 0) + int(problem.parameters.get("rows", 1))
        if at == len(kept):
            kept.append(Problem("figures-of-another-set", problem.file, value=whose))
    for at, n in counts.items():
        kept[at] = replace(kept[at], parameters={"n": n})
    return replace(dataset, problems=kept)


def _others(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the sets that come with the program, and those beside the one in use, but for that one."""
    beside = {path.name: path for path in sorted(folder.resolve().parent.iterdir()) if (path / HEADER).is_file()}
    for name, other in (available_sets() | beside).items():
        if other.resolve() != folder.resolve():
            yield name, other


def _names(folder: Path) -> Iterator[str]:
    """Yield how a set's measures may be named in data; nothing of a set that cannot be read."""
    try:
        measures = check(read_yaml(folder / MEASURES), _MEASURES)
    except RulebookError:
        return
    for measure in measures:
        yield from (measure.id, key(measure.label.vi), key(measure.label.en))


def _whose(problem: Problem, known: list[tuple[str, set[str]]]) -> str | None:
    """Return the set that knows the measure which a problem says is unknown."""
    if problem.code not in UNKNOWN_MEASURE:
        return None
    named = key(problem.value.partition("__")[0])
    return next((name for name, names in known if named in names), None)
