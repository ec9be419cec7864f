"""Reading communes.csv: every row checked, each mistake by line and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ntm_rules.errors import nearest, system_reason
from ntm_rules.i18n import N_, Message, written_day
from ntm_rules.rulebook.models import COMMUNE_TYPES, Classification, ClassOfCommunes, CommuneType, Province
from ntm_rules.rulebook.problem_codes import REGISTER, STEERING
from ntm_rules.rulebook.province_names import called_so
from ntm_rules.rulebook.register import Commune, Register, code_until
from ntm_rules.rulebook.text_files import NotUtf8, read_text
from ntm_rules.rulebook.yaml_reader import RulebookError, RuleProblem, steering_words
from ntm_rules.spelling import key, plain_words
from ntm_rules.visible import steering_in

COLUMNS = (
    "code",
    "name",
    "type",
    "valid_from",
    "predecessor_codes",
    "predecessor_names",
    "group",
    "group_source",
    "source",
)
MAP_COLUMNS = ("map_row", "map_column")
"""Columns that a register may have: where a unit stands on the tile map, both counted from 1."""
END_COLUMN = "valid_to"
"""Column that a register with units that are no more has: the last day of each; empty of those there are."""
PROVINCE_COLUMN = "province"
"""Column that a register of several provinces has: the id of each unit's."""
LARGEST_MAP = 40
"""Rows and columns of a tile map, at most."""


def read_register(
    path: Path,
    applies_to: str,
    *,
    groups: Collection[str] | None = None,
    types: Collection[CommuneType] = (),
    classifications: Collection[Classification] = (),
    provinces: Sequence[Province] = (),
) -> Register:
    """Read communes.csv (UTF-8, the columns of `COLUMNS`, of `MAP_COLUMNS` where there is a map, and one for each classification).

    Units that are no more stand there with `END_COLUMN`: a code may stand in several lines, each for days of its own.

    Lists are separated by `;`; a class stands as its id or its title, however spelt, and a cell may be empty. A commune's
    group must be one of `groups`, None leaves that unchecked; its type one of `types` by id or title, however spelt, or
    one of `COMMUNE_TYPES` where there are none.

    Raises:
        RulebookError: not UTF-8, not separated by commas, missing column or cell, bad code, bad date, code twice, a type,
            a group or a class that is unknown, a group without source, a tile that is no tile or is taken, with the line of
            each; no unit of the type that the set applies to.
        Unreadable: the file cannot be read.
    """
    problems: list[RuleProblem] = []
    communes: list[Commune] = []
    seen: dict[str, list[tuple[int, Period]]] = {}
    tiles: dict[tuple[int, int], str] = {}
    allowed = [one.id for one in types] or list(dict.fromkeys((*(one.id for one in COMMUNE_TYPES), applies_to)))
    spellings = _spellings(types or COMMUNE_TYPES, allowed)
    classes = {one.id: _spellings(one.classes, [each.id for each in one.classes]) for one in classifications}
    line = 1
    try:
        text = read_text(path)
    except NotUtf8 as error:
        raise RulebookError([RuleProblem(path.name, 1, "", error.reason, REGISTER)]) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        header = reader.fieldnames or ()
        separator = next((s for s in _OTHER_SEPARATORS if len(header) == 1 and s in header[0]), None)
        if separator is not None:
            message = Message(
                "the columns are separated by {separator}; save the file as CSV UTF-8 with a comma between two columns",
                separator=Message(_OTHER_SEPARATORS[separator]),
            )
            raise RulebookError([RuleProblem(path.name, 1, "", message, REGISTER)])
        missing = [c for c in (*COLUMNS, *([PROVINCE_COLUMN] if provinces else [])) if c not in header]
        if any(c in header for c in MAP_COLUMNS):
            missing += [c for c in MAP_COLUMNS if c not in header]
        missing += [c for c in classes if c not in header]
        if missing:
            message = Message("columns are missing: {columns}", columns=", ".join(missing))
            raise RulebookError([RuleProblem(path.name, 1, "", message, REGISTER)])
        for row in reader:
            line = reader.line_num
            found = list(_row_problems(row, seen, groups, spellings, allowed)) or list(_tile_problems(row, tiles))
            found += [] if None in row else _class_problems(row, classifications, classes)
            found += _province_problems(row, provinces) if None not in row else ()
            seen.setdefault((row["code"] or "").strip(), []).append((line, _period(row)))
            problems += [RuleProblem(path.name, line, column, message, REGISTER) for column, message in found]
            steered = [(column, steering_in(cell)) for column, cell in row.items() if isinstance(cell, str)]
            problems += [
                RuleProblem(path.name, line, column, steering_words(character), STEERING)
                for column, character in steered
                if character
            ]
            if not found:
                communes.append(_commune(row, spellings, classes, provinces))
    except csv.Error as error:
        message = Message(
            "the line cannot be split into columns ({reason}); nothing after it was read", reason=system_reason(error)
        )
        problems.append(RuleProblem(path.name, line + 1, "", message, REGISTER))
    if not problems and communes and applies_to in allowed and all(one.type != applies_to for one in communes):
        message = Message(
            "no unit is of type “{type}”, to which the set applies (`commune_type` in criteria-set.yaml); types here: {types}",
            type=applies_to,
            types=", ".join(dict.fromkeys(one.type for one in communes)),
        )
        problems.append(RuleProblem(path.name, 1, "type", message, REGISTER))
    if problems:
        raise RulebookError(problems)
    return Register(sorted(_keyed(communes), key=lambda c: c.code), applies_to, types or COMMUNE_TYPES)


def _keyed(communes: Sequence[Commune]) -> Iterator[Commune]:
    """Yield the units, each under a key of its own: those whose code a later one bears have the day of their end in it."""
    last = {commune.code: commune for commune in sorted(communes, key=lambda one: one.valid_from)}
    for commune in communes:
        if commune.valid_to is not None and last[commune.code] is not commune:
            commune = replace(commune, code=code_until(commune.code, commune.valid_to))  # noqa: PLW2901 - the same unit
        yield commune


Period = tuple[dt.date, dt.date]
"""The first and the last day of a unit."""
Row = dict[str | Any, str | Any]
"""A row of the file; csv puts None for cells that are missing, and the cells beyond the header under None."""


_OTHER_SEPARATORS = {";": N_("semicolons"), "\t": N_("tabs")}
"""What some Excel puts between columns instead of commas -> what it is called."""


def _spellings(types: Iterable[CommuneType | ClassOfCommunes], allowed: Iterable[str]) -> dict[str, str]:
    """Return what may stand in the column of types or classes -> the id it means; what two share means neither.

    >>> _spellings(COMMUNE_TYPES, ["xa"])[key("PHƯỜNG")], _spellings(COMMUNE_TYPES, ["xa"])["dac khu"]
    ('phuong', 'dac-khu')
    """
    written = [(one, one) for one in allowed]
    written += [(words, one.id) for one in types for words in (one.id, one.title.vi, one.title.en)]
    meant: dict[str, set[str]] = {}
    for words, id_ in written:
        meant.setdefault(key(words), set()).add(id_)
    plain: dict[str, set[str]] = {}
    for words, id_ in written:
        plain.setdefault(_plain(words), set()).add(id_)
    return {words: next(iter(ids)) for words, ids in (plain | meant).items() if len(ids) == 1}


def _plain(words: str) -> str:
    return " ".join(plain_words(words))


def _type(cell: str, spellings: Mapping[str, str]) -> str | None:
    return spellings.get(key(cell)) or spellings.get(_plain(cell))


def _row_problems(
    row: Row,
    seen: Mapping[str, Sequence[tuple[int, Period]]],
    groups: Collection[str] | None,
    spellings: Mapping[str, str],
    types: Iterable[str],
) -> Iterator[tuple[str, Message]]:
    if None in row:
        columns = len(row) - 1
        yield (
            "",
            Message(
                "the line has {cells} cells and the heading {columns} columns; a cell with a comma in it stands in double quotes",
                cells=columns + len(row[None]),
                columns=columns,
            ),
        )
        return
    absent = [column for column in COLUMNS if row[column] is None]
    if absent:
        yield "", Message("columns are missing: {columns}", columns=", ".join(absent))
        return
    code, group = row["code"].strip(), row["group"].strip()
    for column in ("code", "predecessor_codes"):
        for short in (one for one in _list(row[column]) if _LOST_ZERO.fullmatch(one)):
            yield (
                column,
                Message(
                    "“{value}” has lost the 0 in front of it; write {code}, and keep the column as text in Excel",
                    value=short,
                    code=f"0{short}",
                ),
            )
    if not _CODE.fullmatch(code) and not _LOST_ZERO.fullmatch(code):
        yield "code", Message("“{value}” is not a 5-digit code", value=code)
    else:
        own = _period(row)
        for line, other in ((line, other) for line, other in seen.get(code, ()) if _overlap(own, other)):
            yield (
                "code",
                Message(
                    "code {code} stands on line {line} too, for days that overlap: {first} there, {own} here; a unit's last day (valid_to) lies before the first day of the next",
                    code=code,
                    line=line,
                    first=_days(other),
                    own=_days(own),
                ),
            )
    if not row["name"].strip():
        yield "name", Message("“{key}” is missing", key="name")
    end = (row.get(END_COLUMN) or "").strip()
    for column in ("valid_from", *([END_COLUMN] if end else [])):
        if not _is_day(row[column]):
            yield column, Message("“{value}” is not a date (write 2025-07-01)", value=row[column])
    if end and _is_day(end) and _is_day(row["valid_from"]) and end < row["valid_from"].strip():
        yield (
            END_COLUMN,
            Message("the last day {end} lies before the first, {first}", end=end, first=row["valid_from"].strip()),
        )
    if _type(row["type"], spellings) is None:
        yield (
            "type",
            Message(
                "commune {code}: type “{type}” is none of those known: {types}; `commune_types` in criteria-set.yaml names others",
                code=code,
                type=row["type"].strip(),
                types=", ".join(types),
            ),
        )
    if group and groups is not None and group not in groups:
        yield (
            "group",
            Message(
                "commune {code}: unknown group {group}; write the id of one: {groups}",
                code=code,
                group=group,
                groups=", ".join(groups) or "-",
            ),
        )
    if group and not row["group_source"].strip():
        yield "group_source", Message("commune {code}: a group needs its source", code=code)


def _is_day(cell: str) -> bool:
    try:
        dt.date.fromisoformat(cell.strip())
    except ValueError:
        return False
    return True


def _period(row: Row) -> Period:
    """Return the first and the last day of a row's unit; all days where a cell is none."""
    first, last = ((row.get(column) or "").strip() for column in ("valid_from", END_COLUMN))
    if not _is_day(first) or (last and not _is_day(last)):
        return dt.date.min, dt.date.max
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last) if last else dt.date.max


def _days(period: Period) -> Message:
    """Return the days of a unit in words."""
    first, last = period
    if first == dt.date.min:
        return Message("all days")
    if last == dt.date.max:
        return Message("from {first}", first=written_day(first))
    return Message("from {first} to {last}", first=written_day(first), last=written_day(last))


def _overlap(one: Period, other: Period) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _class_problems(
    row: Row, classifications: Iterable[Classification], spellings: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, Message]]:
    """Yield what is wrong with the classes of a row's unit."""
    for one in classifications:
        cell = (row[one.id] or "").strip()
        if not cell or _type(cell, spellings[one.id]) is not None:
            continue
        said = {"code": (row["code"] or "").strip(), "class_": cell, "classification": one.id}
        classes = ", ".join(each.id for each in one.classes)
        known = {words: each.id for each in one.classes for words in (each.id, each.title.vi, each.title.en)}
        closest = nearest(cell, known)
        if closest is None:
            message = Message(
                "commune {code}: “{class_}” is no class of {classification}: {classes}", **said, classes=classes
            )
        else:
            message = Message(
                "commune {code}: “{class_}” is no class of {classification}; did you mean “{nearest}”? Classes: {classes}",
                **said,
                nearest=known[closest],
                classes=classes,
            )
        yield one.id, message


def _province_problems(row: Row, provinces: Sequence[Province]) -> Iterator[tuple[str, Message]]:
    cell = (row.get(PROVINCE_COLUMN) or "").strip()
    called = called_so(provinces, cell) if cell else ()
    said = {"code": (row["code"] or "").strip(), "province": cell}
    if len(called) > 1:
        message = Message(
            "commune {code}: several provinces are called “{province}”; write the id: {ids}",
            ids=", ".join(called),
            **said,
        )
        yield PROVINCE_COLUMN, message
    elif (provinces or cell) and not called:
        message = Message(
            "commune {code}: province “{province}” is none of those under `provinces` in criteria-set.yaml: {provinces}",
            provinces=", ".join(one.id for one in provinces) or "-",
            **said,
        )
        yield PROVINCE_COLUMN, message


def _tile_problems(row: Row, tiles: dict[tuple[int, int], str]) -> Iterator[tuple[str, Message]]:
    """Yield what is wrong with a row's tile; one that is right is put among those taken."""
    cells = {column: (row.get(column) or "").strip() for column in MAP_COLUMNS}
    if not any(cells.values()):
        return
    wrong = [column for column, cell in cells.items() if not _is_place(cell)]
    for column in wrong:
        yield (
            column,
            Message(
                "“{value}” is no place on the tile map; write a whole number from 1 to {most} in both columns, or nothing in either",
                value=cells[column],
                most=LARGEST_MAP,
            ),
        )
    if wrong:
        return
    at = _tile(row)
    assert at is not None, "both cells are places"
    if at in tiles:
        yield (
            "map_row",
            Message("tile {row}, {column} is that of commune {code}", row=at[0], column=at[1], code=tiles[at]),
        )
    tiles.setdefault(at, row["code"].strip())


def _is_place(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) <= 2 and 1 <= int(cell) <= LARGEST_MAP


def _tile(row: Row) -> tuple[int, int] | None:
    cells = [(row.get(column) or "").strip() for column in MAP_COLUMNS]
    return (int(cells[0]), int(cells[1])) if all(cells) else None


_CODE = re.compile(r"[0-9]{5}")
_LOST_ZERO = re.compile(r"[0-9]{4}")
"""A code whose leading 0 Excel has dropped."""


def _commune(
    row: Row, spellings: Mapping[str, str], classes: Mapping[str, Mapping[str, str]], provinces: Sequence[Province]
) -> Commune:
    own = {by: _type(row[by] or "", known) for by, known in classes.items()}
    return Commune(
        code=row["code"].strip(),
        name=unicodedata.normalize("NFC", row["name"].strip()),
        type=_type(row["type"], spellings) or "",
        valid_from=dt.date.fromisoformat(row["valid_from"].strip()),
        predecessor_codes=_list(row["predecessor_codes"]),
        predecessor_names=_list(row["predecessor_names"]),
        group=row["group"].strip() or None,
        group_source=row["group_source"].strip(),
        source=row["source"].strip(),
        classes=tuple((by, class_) for by, class_ in own.items() if class_ is not None),
        province=next(iter(called_so(provinces, row.get(PROVINCE_COLUMN) or "")), ""),
        tile=_tile(row),
        valid_to=None if (end := _period(row)[1]) == dt.date.max else end,
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", part.strip()) for part in cell.split(";") if part.strip())
