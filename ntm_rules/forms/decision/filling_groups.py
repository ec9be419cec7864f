"""Reading the sheet of groups: which communes a document assigns to which group, and where it does."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.cells.texts import key
from ntm_rules.errors import nearest
from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.cells import KeyedSheet, Reader
from ntm_rules.forms.decision.filling_rows import note_merged
from ntm_rules.i18n import Message
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.register import Commune
from ntm_rules.workbench.overlays.filled import GroupFilled

_CODE_LENGTH = 5


def read_groups(table: KeyedSheet | None, loaded: LoadedSet, reader: Reader, *, sources: bool) -> list[GroupFilled]:
    """Return the groups filled in, in the order of the codes; `sources`: each needs the place that assigns it."""
    if table is None:
        return []
    communes = {c.code: c for c in loaded.communes.within()}
    choices = {group.id: (group.title.vi, group.title.en) for group in loaded.header.groups}
    titles = {group.id: group.title for group in loaded.header.groups}
    read: dict[str, GroupFilled] = {}
    first_at: dict[str, int] = {}
    note_merged(table, {name for name in table.columns if not name.startswith(layout.TOLD)}, reader)

    def at(column: str) -> int:
        return table.columns.get(column, 0)

    for number, row in table.rows:
        cell = table.cell(row, layout.GROUP)
        source = reader.article(table.cell(row, layout.SOURCE), table.sheet, number, at(layout.SOURCE))
        if (isinstance(cell, str) and not cell.strip()) and not source:
            continue
        commune = _commune(table, number, row, communes, reader)
        if isinstance(cell, str) and not cell.strip():
            said = Message("an article stands here without a group")
            reader.mistakes.refuse(
                table.sheet, number, at(layout.GROUP), said, Message("Choose the group, or clear the article.")
            )
            continue
        group = reader.choice(cell, choices, table.sheet, number, at(layout.GROUP))
        if sources and not source:
            said = Message("a group without the place in the document that assigns it")
            mend = Message("Write the article or annex of the document.")
            reader.mistakes.refuse(table.sheet, number, at(layout.SOURCE), said, mend)
        if commune is None or group is None:
            continue
        if commune.code in read:
            said = Message(
                "commune {commune} stands here a second time (first in row {row})",
                commune=commune.name,
                row=first_at[commune.code],
            )
            reader.mistakes.refuse(table.sheet, number, at(layout.CODE), said, Message("Keep the right row."))
        if commune.group and commune.group != group:
            said = Message(
                "the group of commune {commune} is stated already ({source}) and changes here: {before} → {after}",
                commune=commune.name,
                source=commune.group_source,
                before=titles.get(commune.group, commune.group),
                after=titles[group],
            )
            reader.mistakes.doubt(table.sheet, number, at(layout.GROUP), said)
        read[commune.code] = GroupFilled(commune, group, source)
        first_at.setdefault(commune.code, number + 1)
    return [read[code] for code in sorted(read)]


def _commune(
    table: KeyedSheet, number: int, row: Sequence[Cell], communes: dict[str, Commune], reader: Reader
) -> Commune | None:
    cell = table.cell(row, layout.CODE)
    code = written(cell)
    if not isinstance(cell, str) and code.isdigit():
        code = code.zfill(_CODE_LENGTH)  # a spreadsheet drops the zeros in front of a number
    column = table.columns.get(layout.CODE, 0)
    commune = communes.get(code.strip())
    if not code.strip():
        said = Message("row {row} has a group and no code of a commune", row=number + 1)
        reader.mistakes.refuse(table.sheet, number, column, said, Message("Write the code, or clear the row."))
        return None
    if commune is None:
        closest = nearest(code, communes) or ""
        said = Message("there is no commune of code “{code}” here", code=code)
        mend = (
            Message(
                "Did you mean “{nearest}”? Take the code from the form.", nearest=f"{closest} {communes[closest].name}"
            )
            if closest
            else Message("Take the code from the form.")
        )
        reader.mistakes.refuse(table.sheet, number, column, said, mend)
        return None
    at = table.columns.get(layout.NAME, 0)
    name = reader.text(table.cell(row, layout.NAME), table.sheet, number, at)
    if name and key(name) != key(commune.name):
        said = Message(
            "code {code} is {commune}, but the name written is “{name}”",
            code=commune.code,
            commune=commune.name,
            name=name,
        )
        reader.mistakes.refuse(
            table.sheet, number, at, said, Message("Check that no column was sorted without the others.")
        )
        return None
    return commune
