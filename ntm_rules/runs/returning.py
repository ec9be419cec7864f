"""`--return`: forms given back with their answers kept and their mistakes marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ntm_rules.dataset.files.reader_process import ENDED
from ntm_rules.dataset.files.sources import WORKBOOKS, SourceFile, find_sources
from ntm_rules.dataset.places import Owner
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import Dataset
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused
from ntm_rules.errors import NtmError, Severity
from ntm_rules.forms.commune.beside import files_set_aside, problems_beside
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.forms.commune.not_carried import not_carried
from ntm_rules.forms.commune.returning import take_back_safely, with_doubts
from ntm_rules.i18n import Message
from ntm_rules.report.whole_files import file_written, files_written
from ntm_rules.runs.outputs import not_over
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.wording.findings import Mistake, gravest_first

NOT_FILLED = frozenset({"form-not-filled", "nothing-reported"})
LARGEST = 64 << 20
"""A form is smaller than this; larger files are tables of many communes."""


class GivenBack(NamedTuple):
    """What became of one form."""

    name: str
    written: bool
    incomplete: bool
    """Not everything in it could be read, so that not everything came back."""


class FreshForm(NamedTuple):
    """A fresh form."""

    content: bytes
    incomplete: bool
    """Not everything in the one handed in could be read."""
    mistakes: Sequence[Mistake]
    """What its list of mistakes holds."""


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
    rulebook: Rulebook, form: Path, out: Path, problems: Sequence[Problem], findings: Sequence[Mistake]
) -> FreshForm | Message:
    """Write a fresh form with the answers of one, its mistakes marked, or say why not; `findings`: of the cross-checks."""
    vocabulary = Vocabulary(rulebook.questionnaire())
    returned = _returned(rulebook, SourceFile(form, form.name), vocabulary, problems, lambda _owner: findings)
    if not isinstance(returned, Message):
        file_written(out, returned.content)
    return returned


def _to_mend(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems that there is something to mend in: a form not filled in yet has none."""
    return [problem for problem in problems if problem.code not in NOT_FILLED]


Found = Mapping[tuple[str, int], Sequence[Mistake]]
"""What the cross-checks found, by commune and year."""


def check_returns(data: Sequence[Path], out: Path, dataset: Dataset, findings: Found, *, force: bool) -> None:
    """Refuse to write over a form that was handed in, or over any file unless told to.

    Raises:
        NtmError: saying so, before anything is written.
    """
    handed_in = [source.path for source in find_sources(data)[0]]
    for target in _targets(_wrong(data, dataset, findings), out).values():
        if target.exists() and any(target.samefile(path) for path in handed_in):
            raise NtmError(
                Message("{file} is the form handed in; it is never rewritten. Name another file.", file=target)
            )
        not_over(target, force)


def return_forms(
    rulebook: Rulebook, data: Sequence[Path], out: Path, dataset: Dataset, findings: Found
) -> Iterator[GivenBack]:
    """Write a fresh form for every form that has something to mend; yield what became of each."""
    sources, problems = _wrong(data, dataset, findings), dataset.problems
    if not sources:
        return
    vocabulary, targets = Vocabulary(rulebook.questionnaire()), _targets(sources, out)
    with files_written(out) as place:
        for source in sources:
            returned = _returned(
                rulebook, source, vocabulary, problems, lambda owner: findings.get((owner.code, owner.year), ())
            )
            if isinstance(returned, Message):
                yield GivenBack(source.name, written=False, incomplete=False)
                continue
            (place / targets[source.name].name).write_bytes(returned.content)
            yield GivenBack(source.name, written=True, incomplete=returned.incomplete)


def _wrong(data: Sequence[Path], dataset: Dataset, findings: Found) -> list[SourceFile]:
    """Return the workbooks with a problem of their data, or an error or warning of the cross-checks."""
    doubted = {
        of for of, mistakes in findings.items() if any(mistake.severity is not Severity.NOTE for mistake in mistakes)
    }
    wrong = {problem.file for problem in _to_mend(dataset.problems)} | files_set_aside(dataset.problems)
    wrong |= {
        place.file
        for record in dataset.records
        if (record.code, record.year) in doubted
        for place in record.places.values()
    }
    return [s for s in find_sources(data)[0] if s.name in wrong and s.path.suffix.lower() in WORKBOOKS]


def _targets(sources: Sequence[SourceFile], out: Path) -> dict[str, Path]:
    return {name: out / returned for name, returned in names_given_back([s.name for s in sources]).items()}


def names_given_back(names: Sequence[str]) -> dict[str, str]:
    """Return what each form is called once given back: by its own name, with its folder where two are called alike.

    >>> names_given_back(["A/phieu.xlsx", "B/phieu.xlsm", "B/khac.xlsx"])
    {'A/phieu.xlsx': 'A-phieu.xlsx', 'B/phieu.xlsm': 'B-phieu.xlsx', 'B/khac.xlsx': 'khac.xlsx'}
    """
    alike = Counter(Path(name).stem.casefold() for name in names)
    taken: set[str] = set()
    found = {}
    for name in names:
        path = Path(name)
        stem = path.stem if alike[path.stem.casefold()] == 1 else "-".join(path.with_suffix("").parts)
        tries = (stem, *(f"{stem}-{number}" for number in range(2, len(names) + 2)))
        found[name] = next(one for one in tries if one.casefold() not in taken) + ".xlsx"
        taken.add(found[name].removesuffix(".xlsx").casefold())
    return found


def _returned(
    rulebook: Rulebook,
    source: SourceFile,
    vocabulary: Vocabulary,
    problems: Sequence[Problem],
    findings: Callable[[Owner], Sequence[Mistake]],
) -> FreshForm | Message:
    """Return the fresh form of one that was handed in, or why there can be none."""
    if source.path.suffix.lower() not in WORKBOOKS:
        return Message("only a workbook (.xlsx) can be returned as a form")
    if source.path.stat().st_size > LARGEST:
        return Message("the file is larger than any form")
    unread = Message("it cannot be read, or does not say whose it is; mend that first, as told above")
    if any(problem.file == source.name and problem.code in ENDED for problem in problems):
        return unread
    beside = list(problems_beside(source.name, problems))
    data = source.path.read_bytes()
    try:
        returned = take_back_safely(data, source.name, vocabulary, beside)
    except FileRefused:  # told when it was read to be judged
        return unread
    owner = returned.owner
    commune = rulebook.loaded.communes.get(owner.code) if owner else None
    if owner is None:
        return unread
    if commune is None or commune.type != rulebook.loaded.communes.applies_to:
        return Message("it is of no commune of this set of criteria ({code})", code=owner.code)
    made_for = int(returned.facts.year) if returned.facts and returned.facts.year.isdecimal() else 0
    year = next((one for one in (owner.year, made_for) if one in rulebook.period), None)
    if year is None:
        first, last = rulebook.period.from_, rulebook.period.to
        return Message(
            "it does not say a year that the criteria cover ({first} to {last}); write it into the form first",
            first=first,
            last=last,
        )
    filled = returned.filled
    if filled.incomplete and not (filled.answers or filled.documents):
        return Message("no answer in it can be read; mend that first, as told above")
    rules = rulebook.for_year(year)
    looked_at = with_doubts(filled, [own for found in findings(owner) if (own := found.within(source.name))])
    maker, whose = FormMaker(rulebook.written(rules), rules, year), rules.communes[commune.code]
    content = maker.form(whose, looked_at)
    lost = not_carried(data, returned.kept, returned.facts, vocabulary, content)
    if lost:
        looked_at = replace(looked_at, mistakes=gravest_first([*looked_at.mistakes, *lost]))
        content = maker.form(whose, looked_at)
    return FreshForm(content, filled.incomplete, looked_at.mistakes)
