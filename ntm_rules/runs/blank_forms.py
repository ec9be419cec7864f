"""Blank forms for any commune, for one, or for all, with the figures of the year before beside their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ntm_rules.dataset.latest_year import years_carried
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import CommuneYear, Dataset, year_before
from ntm_rules.errors import NtmError
from ntm_rules.forms.filled import Filled
from ntm_rules.forms.making import FormMaker
from ntm_rules.forms.naming import form_name
from ntm_rules.i18n import N_, Message, _
from ntm_rules.report.whole_files import file_written, files_written
from ntm_rules.report.wording import invented
from ntm_rules.rulebook.register import Commune
from ntm_rules.runs.long_work import Progress, Work, unseen
from ntm_rules.runs.named import commune_within
from ntm_rules.runs.outputs import files_read, not_over, not_what_is_read
from ntm_rules.runs.reading import read
from ntm_rules.runs.rulebook import Rulebook

NATURE_BEFORE = N_("Figures of {year} are illustrative (số liệu minh họa)")
"""What a form says that carries invented figures of the year before: growth starts from them."""


class FormsAsked(NamedTuple):
    """Whose forms, of which year, and what they start from."""

    year: int
    commune: str | None = None
    """Code or name; None: the officer chooses the commune in the form."""
    everyone: bool = False
    """A form for every commune."""
    previous: Sequence[Path] = ()
    """What was reported for the year before."""
    force: bool = False
    """Forms that stand there are replaced."""


class FormsWritten(NamedTuple):
    """Forms that were written."""

    path: Path
    """The form, or the folder of all."""
    communes: Sequence[Commune]
    """Whose forms they are; none where it is chosen in the form."""
    without: Sequence[Commune]
    """Those of them without figures of the year before, though some were given."""
    problems: Sequence[Problem]
    """Of the figures of the year before; where the form is of one commune, its own."""
    carried: Sequence[Message]
    """What the figures of the year before hold of other years."""
    warnings: Sequence[str]


class _Before(NamedTuple):
    """What is known of the year before."""

    records: Mapping[str, CommuneYear]
    problems: Sequence[Problem] = ()
    carried: Sequence[Message] = ()
    illustrative: bool = False


def write_forms(rulebook: Rulebook, out: Path, asked: FormsAsked, progress: Progress = unseen) -> FormsWritten:
    """Write one form, or one for every commune.

    Raises:
        NtmError: a year outside the set's period, an unknown commune, a path that is not there, or a file that stands
            there already.
    """
    year, previous = asked.year, asked.previous
    rulebook.covers(year)
    if asked.commune is not None and asked.everyone:
        raise NtmError(Message("Name one commune, or all of them with --all; not both"))
    inputs = files_read(previous, rulebook.overlay_paths)
    rules = rulebook.for_year(year)
    maker = FormMaker(rulebook.loaded, rules, year)
    one = commune_within(rules.communes, asked.commune) if asked.commune is not None else None
    before = _before(rulebook, previous, year, one) if previous else _Before({})
    nature = _(NATURE_BEFORE, year=year - 1) if before.illustrative else ""

    def form(commune: Commune | None) -> bytes:
        record = before.records.get(commune.code) if commune else None
        return maker.form(commune, Filled(previous=maker.before(record), illustrative=nature if record else ""))

    if asked.everyone:
        communes = rules.communes.within()
        names = {form_name(each, year): each for each in communes}
        for name in names:
            not_what_is_read(out / name, inputs)
        _none_over(out, list(names), asked.force)
        with files_written(out) as place:
            for done, (name, each) in enumerate(names.items()):
                progress(Work.FORMS, done, len(names))
                (place / name).write_bytes(form(each))
    else:
        communes = [one] if one else []
        out = out / (form_name(one, year) if one else f"phieu-{year}.xlsx") if out.is_dir() else out
        if out.suffix.lower() != ".xlsx":
            raise NtmError(Message("{file}: a form is a workbook; write a name that ends in .xlsx", file=out))
        not_over(out, asked.force)
        not_what_is_read(out, inputs)
        file_written(out, form(one))
    without = [each for each in communes if previous and each.code not in before.records]
    warnings = invented(rules=rules.illustrative, data=before.illustrative and bool(before.records))
    return FormsWritten(out, communes, without, before.problems, before.carried, warnings)


def _before(rulebook: Rulebook, previous: Sequence[Path], year: int, one: Commune | None) -> _Before:
    """Return every commune's record of the year before, and what is wrong with them: of `one` alone where it is given."""
    dataset = read(rulebook, previous)
    problems = dataset.problems if one is None else dataset.problems_for(one.code)
    carried = years_carried(dataset, rulebook.questionnaire().years, year - 1)
    return _Before(_records(dataset, year), problems, carried, dataset.illustrative)


def _records(dataset: Dataset, year: int) -> Mapping[str, CommuneYear]:
    own = {record.code: record for record in dataset.records if record.year == year - 1}
    carrying = {record.code: record for record in dataset.records if record.year == year}
    return own | {code: known for code, now in carrying.items() if (known := year_before(now, own.get(code)))}


def _none_over(out: Path, names: Sequence[str], force: bool) -> None:
    """Refuse a folder that is a file, or that holds forms unless they are to be replaced.

    Raises:
        NtmError: saying so.
    """
    if out.exists() and not out.is_dir():
        raise NtmError(Message("{path} is a file; name a folder for the results", path=str(out)))
    standing = [name for name in names if (out / name).exists()]
    if standing and not force:
        raise NtmError(
            Message(
                "{folder} holds forms that would be overwritten: {names}", folder=out, names=", ".join(standing[:5])
            ),
            Message("Name another folder, or add --force to replace them: what is filled in there is lost."),
        )
