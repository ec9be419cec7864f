"""Who handed in what: every commune of the register, its files, the mistakes in them, and why nothing can be used."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ntm_rules.i18n import _
from ntm_rules.report.tables.asked import asked_of_commune
from ntm_rules.report.tables.table import Cell, Column, Kind, Link, Table, Term, numbers, texts
from ntm_rules.standing.handing_in import HandedIn
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Handed
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.standing import files_words, handed_words, why_words


def handed_in(overviews: Sequence[Overview], *, unusable_first: bool = False) -> Table:
    """Return the communes of the register that the set applies to, by code.

    `unusable_first`: as people read it, those without a usable report first, files that name no commune behind.
    """
    columns = [
        *texts(commune_code=_("Code"), commune=_("Commune")),
        Column("year", _("Year"), Kind.NUMBER),
        *texts(group="", state=_("Report"), files=_("Files")),
        *numbers(errors=_("Errors"), warnings=_("Warnings")),
        Column("why", _("Why nothing can be used; remarks")),
        Column("full_name", _("Commune"), for_people=True),
        Column("how_many", _("Files handed in"), Kind.NUMBER, for_people=True),
    ]
    rows: list[Sequence[Cell]] = []
    for overview in overviews:
        communes = overview.handing_in.communes
        rows += _rows(overview, sorted(communes, key=_unusable_first) if unusable_first else communes)
        if unusable_first:
            strays = overview.handing_in.strays
            words = [_("a file with errors that names no commune: {file}", file=name) for name in strays]
            rows += [(*[None] * 8, said, None, None) for said in words]
    return Table.of(columns, rows)


def handed_in_and_asked(overview: Overview, letters: Collection[str]) -> Table:
    """Return the communes by code with how much is asked of each, and its letter where it is among `letters`."""
    heads = {"state": _("State"), "errors": _("Mistakes"), "warnings": _("To look at again")}
    shown = ("commune_code", "commune", "state", "how_many", "errors", "warnings", "files")
    *columns, files = handed_in([overview]).headed(**heads).only(*shown).columns
    columns += [
        *numbers(owed=_("Requirements lacking figures"), short=_("Requirements not met")),
        files,
        Column("letter", _("Letter")),
    ]
    rows: list[Sequence[Cell]] = []
    for one in overview.handing_in.communes:
        asked, letter = asked_of_commune(overview, one), Link(f"xa-{one.commune.code}.docx")
        rows.append(
            (
                *(one.commune.code, one.commune.name, handed_words(one.state)),
                *(len(one.files), one.errors, len(one.problems) - one.errors),
                *((None, None) if one.record is None else (len(asked.owed), len(asked.short))),
                "; ".join(one.files),
                letter if letter in letters else None,
            )
        )
    return Table.of(columns, rows)


def _rows(overview: Overview, communes: Sequence[HandedIn]) -> Iterator[Sequence[Cell]]:
    for one in communes:
        commune = one.commune
        yield (
            *(commune.code, commune.name, overview.year, commune.group or ""),
            Term(one.state.value, handed_words(one.state)),
            Term(";".join(one.files), ", ".join(one.files)),
            *(one.errors, len(one.problems) - one.errors),
            Term(why_words(one), "; ".join(filter(None, (why_words(one), files_words(one))))),
            *(full_name(commune), len(one.files)),
        )


def _unusable_first(one: HandedIn) -> tuple[int, str]:
    return list(Handed).index(one.state) * -1, one.commune.code
