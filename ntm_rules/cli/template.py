"""`ntm template`: blank forms, for any commune, for one, or for all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from ntm_rules.cli.console import Screen
from ntm_rules.cli.progress import shown
from ntm_rules.cli.screen_parts import DONE, WITH_PROBLEMS, show_problems
from ntm_rules.dataset.latest_year import years_carried
from ntm_rules.dataset.records import CommuneYear, year_before
from ntm_rules.errors import NtmError
from ntm_rules.forms.commune.filled import Filled
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.forms.commune.naming import form_name
from ntm_rules.forms.province.workbook import province_form
from ntm_rules.i18n import N_, Message, _
from ntm_rules.report.whole_files import file_written, files_written
from ntm_rules.rulebook.register import Commune
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.long_work import Work
from ntm_rules.runs.named import commune_within
from ntm_rules.runs.outputs import files_read, not_over, not_what_is_read
from ntm_rules.runs.plan import open_plan
from ntm_rules.runs.reading import read
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from ntm_rules.wording.values import invented

NATURE_BEFORE = N_("Figures of {year} are illustrative (số liệu minh họa)")
"""What a form says that carries invented figures of the year before: growth starts from them."""


def run_template(
    law: LawAsked,
    out: Path,
    *,
    commune: str | None,
    everyone: bool,
    year: int,
    previous: list[Path],
    force: bool,
) -> int:
    """Write one form or all; return the exit status.

    Raises:
        NtmError: a year outside the set's period, an unknown commune, or a file that stands there already.
    """
    rulebook = open_rulebook(law)
    rulebook.covers(year)
    if commune is not None and everyone:
        raise NtmError(Message("Name one commune, or all of them with --all; not both"))
    inputs = files_read(previous, rulebook.overlay_paths)
    rules = rulebook.for_year(year)
    maker = FormMaker(rulebook.written(rules), rules, year)
    console = Screen(long_lines=True)
    one = commune_within(rules.communes, commune) if commune is not None else None
    before, problems, invented_before = _before(rulebook, previous, year, console, one)
    nature = _(NATURE_BEFORE, year=year - 1) if invented_before else ""
    if everyone:
        communes = rules.communes.within()
        for target in communes:
            not_what_is_read(out / form_name(target, year), inputs)
        _write_all(maker, communes, before, nature, out, force)
        console.print(_("{n} forms written to {folder}", n=len(communes), folder=out))
        lacking = [one.name for one in communes if previous and one.code not in before]
        if lacking:
            names = ", ".join(lacking)
            console.print(_("Without figures of {year}: {names}", year=year - 1, names=names), style="yellow")
    else:
        path = out / (form_name(one, year) if one else f"phieu-{year}.xlsx") if out.is_dir() else out
        if path.suffix.lower() != ".xlsx":
            raise NtmError(Message("{file}: a form is a workbook; write a name that ends in .xlsx", file=path))
        not_over(path, force)
        not_what_is_read(path, inputs)
        record = before.get(one.code) if one else None
        content = maker.form(one, Filled(previous=maker.before(record), illustrative=nature if record else ""))
        file_written(path, content)
        console.print(_("Written: {file}", file=path))
        if one and previous and record is None:
            console.print(_("Without figures of {year}: {names}", year=year - 1, names=one.name), style="yellow")
    for warning in invented(rules=rules.illustrative, data=bool(nature and before)):
        console.print(warning, style="bold magenta")
    return WITH_PROBLEMS if problems else DONE


def run_province_template(law: LawAsked, out: Path, *, year: int, force: bool) -> int:
    """Write the table that the province fills in for the goals of its plan; return the exit status.

    Raises:
        NtmError: the set carries no plan, a year outside it, or a file that stands there already.
    """
    _rulebook, plan, _today = open_plan(law)
    if year not in plan.years:
        years = {"first": plan.years.from_, "last": plan.years.to}
        raise NtmError(Message("The plan is of {first} to {last}; it asks nothing for {year}", **years, year=year))
    path = out / f"so-lieu-tinh-{year}.xlsx" if out.is_dir() else out
    if path.suffix.lower() != ".xlsx":
        raise NtmError(Message("{file}: a form is a workbook; write a name that ends in .xlsx", file=path))
    not_over(path, force)
    file_written(path, province_form(plan, year))
    Screen(long_lines=True).print(_("Written: {file}", file=path))
    return DONE


def _before(
    rulebook: Rulebook, previous: list[Path], year: int, console: Console, one: Commune | None
) -> tuple[Mapping[str, CommuneYear], bool, bool]:
    """Return every commune's record of the year before, whether its files have problems, and say they are invented.

    Problems of other communes than the `one` a form is made for are not shown.
    """
    if not previous:
        return {}, False, False
    dataset = read(rulebook, previous)
    problems = dataset.problems if one is None else dataset.problems_for(one.code)
    show_problems(console, problems)
    for line in years_carried(dataset, rulebook.questionnaire().years, year - 1):
        console.print(str(line), style="bold cyan")
    own = {record.code: record for record in dataset.records if record.year == year - 1}
    carrying = {record.code: record for record in dataset.records if record.year == year}
    found = own | {code: known for code, now in carrying.items() if (known := year_before(now, own.get(code)))}
    return found, bool(problems), dataset.illustrative


def _write_all(
    maker: FormMaker, communes: list[Commune], before: Mapping[str, CommuneYear], nature: str, out: Path, force: bool
) -> None:
    if out.exists() and not out.is_dir():
        raise NtmError(Message("{path} is a file; name a folder for the results", path=str(out)))
    standing = [name for one in communes if (out / (name := form_name(one, maker.year))).exists()]
    if standing and not force:
        raise NtmError(
            Message(
                "{folder} holds forms that would be overwritten: {names}", folder=out, names=", ".join(standing[:5])
            ),
            Message("Name another folder, or add --force to replace them: what is filled in there is lost."),
        )
    with shown() as progress, files_written(out) as place:
        for done, one in enumerate(communes):
            progress(Work.FORMS, done, len(communes))
            record = before.get(one.code)
            content = maker.form(one, Filled(previous=maker.before(record), illustrative=nature if record else ""))
            (place / form_name(one, maker.year)).write_bytes(content)
