"""Who handed in what can be used, who handed in something that cannot, and who nothing: every commune of the register.

A problem, or a file, is a commune's by the code that its cells say, else by the name, else by the one commune whose
file it is, and where a file says nothing of itself by its own name ("03430-khun-ha.xlsx", "Khun Há.xlsx").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import Dataset
from ntm_rules.errors import Severity
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.rulebook.register import Commune, Register, bare_name
from ntm_rules.spelling import plain_words
from ntm_rules.standing.reports import usable
from ntm_rules.standing.values import Handed as Handed


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One commune of the register."""

    commune: Commune
    state: Handed
    record: int | None
    """Position in the evaluation's records; a blank form has one too."""
    files: tuple[str, ...]
    """Everything that came for the year, in the order read."""
    problems: tuple[Problem, ...]
    """What is wrong with it, errors first, those of the whole before those of one figure; those in the figures of the year before
    that stand in its form are among them."""
    of_other_years: tuple[tuple[str, int], ...] = ()
    """Files that came for another year, and that year."""

    @property
    def errors(self) -> int:
        """How many figures, rows or files could not be taken."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def refusing(self) -> tuple[Problem, ...]:
        """Why nothing could be used: the errors; where there are none, what is worth a look (a form left blank)."""
        errors = tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)
        return errors or self.problems


@dataclass(frozen=True, slots=True)
class HandingIn:
    """All communes that the set applies to, by code, and the files of which nobody can tell whose they are."""

    communes: tuple[HandedIn, ...]
    strays: tuple[str, ...]
    """Files with errors that name no commune."""

    def of(self, *states: Handed) -> list[HandedIn]:
        """Return the communes in one of these states."""
        return [one for one in self.communes if one.state in states]

    def count(self, state: Handed) -> int:
        """Count the communes in a state."""
        return len(self.of(state))


def handing_in(evaluation: Evaluation, dataset: Dataset) -> HandingIn:
    """Return what every commune of the register handed in for the year of an evaluation."""
    rules = evaluation.rules
    register = rules.communes
    year = evaluation.records[0].year if evaluation.records else rules.as_of.year
    says = usable(evaluation).tolist()
    records = {code: at for at, code in enumerate(evaluation.records.codes)}
    owners = {file.name: [code for code, of in file.communes if of in (0, year)] for file in dataset.inputs}
    anybody = {file.name: {code for code, _of in file.communes} for file in dataset.inputs}
    years = _years_said(dataset)
    others: dict[str, list[tuple[str, int]]] = {}
    for (name, code), of in years.items():
        others.setdefault(code, []).extend((name, one) for one in sorted(of - {0}) if not of & {0, year})
    files: dict[str, dict[str, None]] = {}
    for name, codes in owners.items():
        for code in codes:
            files.setdefault(code, {})[name] = None
    problems: dict[str, list[Problem]] = {}
    strays: dict[str, None] = {}
    for problem in dataset.problems:
        owner = _whose(register, problem, anybody.get(problem.file, set()))
        if owner is None:
            if problem.file and problem.severity is Severity.ERROR and not anybody.get(problem.file):
                strays[problem.file] = None
        elif _is_of(year, problem, years.get((problem.file, owner), set())):
            problems.setdefault(owner, []).append(problem)
            files.setdefault(owner, {})[problem.file] = None
    return HandingIn(
        communes=tuple(_handed(c, records.get(c.code), says, files, problems, others) for c in register.within()),
        strays=tuple(strays),
    )


def _handed(
    commune: Commune,
    record: int | None,
    says: list[bool],
    files: Mapping[str, Mapping[str, None]],
    problems: Mapping[str, Iterable[Problem]],
    others: Mapping[str, Iterable[tuple[str, int]]],
) -> HandedIn:
    came, wrong = tuple(files.get(commune.code, ())), problems.get(commune.code, ())
    if record is not None and says[record]:
        state = Handed.USABLE
    else:
        state = Handed.NOTHING_USABLE if came or record is not None else Handed.NOTHING
    return HandedIn(
        commune=commune,
        state=state,
        record=record,
        files=came,
        problems=tuple(sorted(wrong, key=lambda p: (p.severity.rank, bool(p.measure)))),
        of_other_years=tuple(others.get(commune.code, ())),
    )


def _years_said(dataset: Dataset) -> dict[tuple[str, str], set[int]]:
    """Return, for each file and commune in it, the years that it says it reports for; 0 where it says none."""
    years: dict[tuple[str, str], set[int]] = {}
    for file in dataset.inputs:
        for code, of in file.communes:
            years.setdefault((file.name, code), set()).add(of)
    return years


def _is_of(year: int, problem: Problem, said: set[int]) -> bool:
    """Tell whether a problem is one of the report of a year, where its file says that it reports for the years `said`.

    So is one in figures of another year that merely stand beside, and one that refuses a form for the year it says.
    """
    if problem.year in (0, year):
        return True
    return year in said and (problem.year not in said or problem.code == "form-of-another-year")


def _whose(register: Register, problem: Problem, owners: set[str]) -> str | None:
    """Return the code of the commune that a problem is about; None where nothing tells one."""
    if problem.commune_code in register:
        return problem.commune_code
    if problem.commune:
        named = register.named(problem.commune)
        if len(named) == 1:
            return named[0].code
    if problem.code == "code-of-predecessor":
        successors = register.successors(problem.value.zfill(5))
        if len(successors) == 1:
            return successors[0].code
    if owners:
        return next(iter(owners)) if len(owners) == 1 else None
    return named_by_file(register, problem.file)


_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")


def named_by_file(register: Register, file: str) -> str | None:
    """Return the code of the one commune that a file's name tells, by code or by name without marks; else None."""
    stem = file.rpartition("/")[2].rpartition(".")[0] or file
    codes = {code for code in _CODE.findall(stem) if code in register}
    words = f" {_plain(stem)} "
    named = [(plain, code) for plain, code in _plain_names(register) if f" {plain} " in words]
    longest = {code for plain, code in named if not any(plain != p and f" {plain} " in f" {p} " for p, _c in named)}
    if len(codes) > 1 or (codes and longest and not codes & longest):
        return None
    found = codes or longest
    return next(iter(found)) if len(found) == 1 else None


@lru_cache(maxsize=8)
def _plain_names(register: Register) -> tuple[tuple[str, str], ...]:
    return tuple((_plain(bare_name(commune.name)), commune.code) for commune in register)


def _plain(text: str) -> str:
    """Return the words of a text, lower case, without marks, a space between two."""
    return " ".join(plain_words(text.casefold()))
