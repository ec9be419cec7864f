"""Who handed in what: every commune of the register, its files, the mistakes in them, and why nothing can be used."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from ntm_rules.i18n import _
from ntm_rules.report.tables.asked import asked_of_commune
from ntm_rules.report.tables.coded import Cells, among, table_of
from ntm_rules.report.tables.table import Cell, Column, FileLink, Kind, Table, Term, numbers, texts
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
    parts: list[Cells] = []
    for overview in overviews:
        communes = overview.handing_in.communes
        parts.append(_cells(overview, sorted(communes, key=_unusable_first) if unusable_first else communes))
        if unusable_first and (strays := overview.handing_in.strays):
            said = [_("a file with errors that names no commune: {file}", file=name) for name in strays]
            parts.append({column.key: [None] * len(said) for column in columns} | {"why": said})
    return table_of(columns, parts)


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
        asked, letter = asked_of_commune(overview, one), FileLink(f"xa-{one.commune.code}.docx")
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


def _cells(overview: Overview, communes: Sequence[HandedIn]) -> Cells:
    """Return the cells of some communes, what is said of those that came alike made once."""
    alike: dict[object, int] = {}
    numbers = [alike.setdefault(_said_by(one), len(alike)) for one in communes]
    first = [communes[at] for at in np.unique(np.array(numbers, np.int32), return_index=True)[1].tolist()]
    of_alike: dict[str, list[Cell]] = {
        "state": [Term(one.state.value, handed_words(one.state)) for one in first],
        "files": [Term(";".join(one.files), ", ".join(one.files)) for one in first],
        "errors": [one.errors for one in first],
        "warnings": [len(one.problems) - one.errors for one in first],
        "why": [Term(why_words(one), "; ".join(filter(None, (why_words(one), files_words(one))))) for one in first],
        "how_many": [len(one.files) for one in first],
    }
    units = [one.commune for one in communes]
    own, came = np.arange(len(units)), np.array(numbers, np.int32)
    return {
        "commune_code": among(own, [unit.code for unit in units]),
        "commune": among(own, [unit.name for unit in units]),
        "year": among(np.zeros(len(units)), [overview.year]),
        "group": [unit.group or "" for unit in units],
        "full_name": among(own, [full_name(unit) for unit in units]),
        **{key: among(came, cells) for key, cells in of_alike.items()},
    }


def _said_by(one: HandedIn) -> object:
    """Return what is the same of communes of which the same is said."""
    return one.commune.code if one.problems else (one.state, one.files, one.of_other_years)


def _unusable_first(one: HandedIn) -> tuple[int, str]:
    return list(Handed).index(one.state) * -1, one.commune.code
