"""`--return`: forms given back with their answers kept and their mistakes marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from ntm_rules.cli.outputs import not_over
from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.dataset.headers import Vocabulary
from ntm_rules.dataset.places import Owner
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.sources import WORKBOOKS, Source, find_sources
from ntm_rules.errors import NtmError
from ntm_rules.forms.making import FormMaker
from ntm_rules.forms.returning import BESIDE_OTHERS, problems_of, take_back
from ntm_rules.i18n import Message, _
from ntm_rules.report.findings import Mistake
from ntm_rules.report.whole_files import written_whole

LARGEST = 64 << 20
"""A form is smaller than this; larger files are tables of many communes."""


def check_return(form: Path, out: Path, force: bool) -> None:
    """Refuse to return a form into the file it came in, or over another one.

    Raises:
        NtmError: saying so, before anything is read.
    """
    if out.suffix.lower() != ".xlsx":
        raise NtmError(Message("{file}: a form is a workbook; write a name that ends in .xlsx", file=out))
    if out.exists() and form.exists() and out.samefile(form):
        raise NtmError(Message("{file} is the form handed in; it is never rewritten. Name another file.", file=out))
    not_over(out, force)


def return_form(
    rulebook: Rulebook,
    form: Path,
    out: Path,
    problems: Sequence[Problem],
    findings: Sequence[Mistake],
    as_of: dt.date | None,
    console: Console,
) -> None:
    """Write a fresh form with the answers of one, its mistakes marked, and say so; `findings`: of the cross-checks."""
    vocabulary = Vocabulary(rulebook.questionnaire())
    content = _returned(rulebook, Source(form, form.name), vocabulary, problems, lambda _owner: findings, as_of)
    if content is None:
        console.print(
            _("No form could be returned: it cannot be told whose it is, or of which year."), style="bold red"
        )
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(out.parent) as place:
        (place / out.name).write_bytes(content)
    if problems or findings:
        console.print(_("Returned with the answers kept and every mistake marked: {file}", file=out))
    else:
        console.print(_("No mistake was found. A form with the same answers: {file}", file=out))


def check_returns(data: Sequence[Path], out: Path, problems: Sequence[Problem], *, force: bool) -> None:
    """Refuse to write over a form that was handed in, or over any file unless told to.

    Raises:
        NtmError: saying so, before anything is written.
    """
    for source in find_sources(data)[0]:
        target = _target(source, out)
        if target.exists() and target.samefile(source.path):
            raise NtmError(
                Message("{file} is the form handed in; it is never rewritten. Name another file.", file=target)
            )
        if any(problem.file == source.name for problem in problems):
            not_over(target, force)


def return_forms(
    rulebook: Rulebook,
    data: Sequence[Path],
    out: Path,
    problems: Sequence[Problem],
    findings: Mapping[tuple[str, int], Sequence[Mistake]],
    as_of: dt.date | None,
) -> Iterator[tuple[str, bool]]:
    """Write a fresh form for every form that has a problem; yield its name, and whether it could be written.

    `findings`: what the cross-checks found, by commune and year.
    """
    wrong = {problem.file for problem in problems}
    sources = [s for s in find_sources(data)[0] if s.name in wrong and s.path.suffix.lower() in WORKBOOKS]
    if not sources:
        return
    vocabulary = Vocabulary(rulebook.questionnaire())
    with written_whole(out) as place:
        for source in sources:
            content = _returned(
                rulebook, source, vocabulary, problems, lambda owner: findings.get((owner.code, owner.year), ()), as_of
            )
            if content is not None:
                (place / _target(source, out).name).write_bytes(content)
            yield source.name, content is not None


def _target(source: Source, out: Path) -> Path:
    return out / f"{Path(source.name).stem}.xlsx"


def _returned(
    rulebook: Rulebook,
    source: Source,
    vocabulary: Vocabulary,
    problems: Sequence[Problem],
    findings: Callable[[Owner], Sequence[Mistake]],
    as_of: dt.date | None,
) -> bytes | None:
    """Return the fresh form of one that was handed in; None when commune or year cannot be told."""
    if source.path.suffix.lower() not in WORKBOOKS or source.path.stat().st_size > LARGEST:
        return None
    beside = list(problems_of(source.name, problems, BESIDE_OTHERS))
    returned = take_back(source.path.read_bytes(), source.name, vocabulary, beside)
    owner = returned.owner
    commune = rulebook.loaded.communes.get(owner.code) if owner else None
    if owner is None or commune is None or owner.year not in rulebook.period:
        return None
    rules = rulebook.for_year(owner.year, as_of)
    filled = replace(returned.filled, mistakes=[*returned.filled.mistakes, *findings(owner)])
    return FormMaker(rulebook.loaded, rules, owner.year).form(rules.communes[commune.code], filled)
