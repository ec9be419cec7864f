"""`ntm template`: blank forms, for any commune, for one, or for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from ntm_rules.cli.long_work import progress_bar
from ntm_rules.cli.outputs import not_over
from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.cli.screen_parts import show_problems
from ntm_rules.dataset.latest_year import years_carried
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import CommuneYear, year_before
from ntm_rules.errors import NtmError, nearest
from ntm_rules.forms.filled import Filled
from ntm_rules.forms.making import FormMaker
from ntm_rules.forms.naming import form_name
from ntm_rules.i18n import N_, Message, _
from ntm_rules.report.whole_files import written_whole
from ntm_rules.report.wording import full_name, invented
from ntm_rules.rulebook.register import Commune, Register

WRITTEN, WITH_PROBLEMS = 0, 3
NATURE_BEFORE = N_("Figures of {year} are illustrative (số liệu minh họa)")
"""What a form says that carries invented figures of the year before: growth starts from them."""


def run_template(
    rulebook: Rulebook,
    out: Path,
    *,
    commune: str | None,
    everyone: bool,
    year: int,
    previous: list[Path],
    as_of: dt.date | None,
    force: bool,
) -> int:
    """Write one form or all; return the exit status.

    Raises:
        NtmError: a year outside the set's period, an unknown commune, or a file that stands there already.
    """
    if year not in rulebook.period:
        period = rulebook.period
        said = {"first": period.from_, "last": period.to, "years": year}
        raise NtmError(Message("The criteria set covers {first} to {last}; it cannot judge {years}", **said))
    if commune is not None and everyone:
        raise NtmError(Message("Name one commune, or all of them with --all; not both"))
    rules = rulebook.for_year(year, as_of)
    maker = FormMaker(rulebook.loaded, rules, year)
    console = Console(markup=False, emoji=False, highlight=False, soft_wrap=True)
    one = commune_named(rules.communes, commune) if commune is not None else None
    before, problems, invented_before = _before(rulebook, previous, year, console, one)
    nature = _(NATURE_BEFORE, year=year - 1) if invented_before else ""
    if everyone:
        communes = rules.communes.within()
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
        record = before.get(one.code) if one else None
        content = maker.form(one, Filled(previous=maker.before(record), illustrative=nature if record else ""))
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path.parent) as place:
            (place / path.name).write_bytes(content)
        console.print(_("Written: {file}", file=path))
        if one and previous and record is None:
            console.print(_("Without figures of {year}: {names}", year=year - 1, names=one.name), style="yellow")
    for warning in invented(rules=rules.illustrative, data=bool(nature and before)):
        console.print(warning, style="bold magenta")
    return WITH_PROBLEMS if problems else WRITTEN


def commune_named(communes: Register, wanted: str) -> Commune:
    """Return the commune of a code or name among those the criteria apply to.

    Raises:
        NtmError: there is none, naming the nearest.
    """
    code = wanted.zfill(5) if wanted.isdecimal() else ""
    named = [one for one in communes.within() if one.code == code or one in communes.named(wanted)]
    if len(named) == 1:
        return named[0]
    outside = [one for one in communes.outside() if one.code == code or one in communes.named(wanted)]
    if outside and not named:
        unit = f"{outside[0].code} {full_name(outside[0])}"
        raise NtmError(Message("{unit} is no commune that these criteria are for", unit=unit))
    known = {one.name: one for one in communes.within()}
    close = nearest(wanted, [*known, *(one.code for one in known.values())])
    messages = [Message("No commune of this set has the code or name “{wanted}”", wanted=wanted)]
    if close:
        found = known.get(close) or communes[close]
        messages.append(Message("Did you mean “{nearest}”?", nearest=f"{found.code} {full_name(found)}"))
    raise NtmError(*messages)


def _before(
    rulebook: Rulebook, previous: list[Path], year: int, console: Console, one: Commune | None
) -> tuple[Mapping[str, CommuneYear], bool, bool]:
    """Return every commune's record of the year before, whether its files have problems, and say they are invented.

    Problems of other communes than the `one` a form is made for are not shown.
    """
    missing = [path for path in previous if not path.exists()]
    if missing:
        raise NtmError(*(Message("There is no file or folder {path}", path=str(path)) for path in missing))
    if not previous:
        return {}, False, False
    dataset = read_dataset(previous, rulebook.questionnaire())
    problems = [problem for problem in dataset.problems if one is None or problem.commune_code in ("", one.code)]
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
    with progress_bar(Console(stderr=True, markup=False)) as bar, written_whole(out) as place:
        task = bar.add_task(_("Writing forms"), total=len(communes))
        for one in communes:
            record = before.get(one.code)
            content = maker.form(one, Filled(previous=maker.before(record), illustrative=nature if record else ""))
            (place / form_name(one, maker.year)).write_bytes(content)
            bar.advance(task)
