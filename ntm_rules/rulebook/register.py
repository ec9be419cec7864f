"""The register of communes: which unit a code means, since when, and which names are no longer it.

Codes were reused in the mergers of 1 July 2025, so a commune is matched by code and checked by name.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ntm_rules.i18n import Message
from ntm_rules.rulebook.models import COMMUNE_TYPES, CommuneType
from ntm_rules.rulebook.problem_codes import REGISTER, STEERING
from ntm_rules.rulebook.text_files import NotUtf8, read_text
from ntm_rules.rulebook.yaml_reader import RulebookError, RuleProblem, steering_words
from ntm_rules.spelling import key, without_marks
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
LARGEST_MAP = 40
"""Rows and columns of a tile map, at most."""


name_key = key
"""The form in which names are compared (see `ntm_rules.spelling`)."""

TYPES = {
    key(words): type
    for words, type in (
        ("xã", "xa"),
        ("phường", "phuong"),
        ("đặc khu", "dac-khu"),
        ("thị trấn", "thi-tran"),
        ("x.", "xa"),
        ("p.", "phuong"),
        ("tt.", "thi-tran"),
    )
}
"""What stands before a unit's name -> the type it says the unit is of."""
_TYPED = re.compile(rf"({'|'.join(map(re.escape, TYPES))})(?:(?<=\.) ?| )(?=.)")


def bare_name(name: str) -> str:
    """Return a comparable name without the unit's type in front ("Xã Bum Nưa" is "bum nưa")."""
    return _typed_name(name)[1]


def _typed_name(name: str) -> tuple[str, str]:
    """Return the type that a name says in front, or "", and the name without it."""
    compared = name_key(name)
    typed = _TYPED.match(compared)
    return (TYPES[typed[1]], compared[typed.end() :]) if typed else ("", compared)


def _one_letter_apart(known: str, name: str) -> bool:
    """Tell whether two names differ by one letter more, less or other; short names are never near one another."""
    if abs(len(known) - len(name)) > 1 or len(known) < _LONG_ENOUGH:
        return False
    start = next((i for i, (a, b) in enumerate(zip(known, name, strict=False)) if a != b), min(len(known), len(name)))
    rest, other = known[start:], name[start:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]


_LONG_ENOUGH = 6
"""Letters of a name, its spaces included, from which one other letter is a slip rather than another name."""


@dataclass(frozen=True, slots=True)
class Commune:
    """One unit of the register."""

    code: str
    name: str
    type: str
    valid_from: dt.date
    predecessor_codes: tuple[str, ...] = ()
    predecessor_names: tuple[str, ...] = ()
    group: str | None = None
    group_source: str = ""
    source: str = ""
    tile: tuple[int, int] | None = None
    """Row and column on the tile map, from 1; None where the unit is not on it."""
    unit_type: CommuneType | None = field(default=None, compare=False, repr=False)
    """What its type is called, as its register has it; None where nothing names the type."""


class Register:
    """All units by code; communes the criteria apply to, and the others.

    >>> r = Register([Commune("03394", "Sin Suối Hồ", "xa", dt.date(2025, 7, 1))], "xa")
    >>> r["03394"].name
    'Sin Suối Hồ'
    """

    def __init__(
        self, communes: Iterable[Commune], applies_to: str, types: Collection[CommuneType] = COMMUNE_TYPES
    ) -> None:
        named = {one.id: one for one in types}
        communes = [replace(commune, unit_type=named.get(commune.type)) for commune in communes]
        self._by_code = {commune.code: commune for commune in communes}
        self.applies_to, self.types = applies_to, types
        self.unit_type = named.get(applies_to)
        self._names: dict[str, list[Commune]] = {}
        self._former: dict[str, list[Commune]] = {}
        for commune in communes:
            self._names.setdefault(bare_name(commune.name), []).append(commune)
            for former in dict.fromkeys(map(bare_name, commune.predecessor_names)):
                self._former.setdefault(former, []).append(commune)

    def __getitem__(self, code: str) -> Commune:
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Commune]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    @cached_property
    def groups(self) -> Mapping[str, str | None]:
        """Code -> the group of each unit."""
        return {commune.code: commune.group for commune in self}

    def get(self, code: str) -> Commune | None:
        """Return the unit with this code, or None."""
        return self._by_code.get(code)

    def within(self) -> list[Commune]:
        """Return the communes that the criteria apply to, by code."""
        return [commune for commune in self if commune.type == self.applies_to]

    def outside(self) -> list[Commune]:
        """Return the units of other types, to which the criteria do not apply, by code."""
        return [commune for commune in self if commune.type != self.applies_to]

    def named(self, name: str) -> list[Commune]:
        """Return the units whose present name this is, however it is spelt and whatever type stands before it."""
        return list(self._names.get(bare_name(name), ()))

    def called(self, name: str) -> list[Commune]:
        """Return the units whose present name this is, of the type that stands before it where one does.

        >>> r = Register([Commune("03445", "Mường Tè", "xa", dt.date(2025, 7, 1))], "xa")
        >>> [c.code for c in r.called("XÃ MƯỜNG TÈ")], r.called("thị trấn Mường Tè")
        (['03445'], [])
        """
        type_, bare = _typed_name(name)
        return [commune for commune in self._names.get(bare, ()) if type_ in ("", commune.type)]

    def formerly(self, name: str) -> list[Commune]:
        """Return the units that a unit of this name, which is no more, went into.

        >>> r = Register([Commune("03390", "Bình Lư", "xa", dt.date(2025, 7, 1), (), ("Tam Đường",))], "xa")
        >>> [c.code for c in r.formerly("Thị trấn Tam Đường")]
        ['03390']
        """
        return list(self._former.get(bare_name(name), ()))

    def nearly_named(self, name: str) -> Commune | None:
        """Return the one unit whose name this nearly is: the same but for its diacritics, or but for one letter.

        To be asked about, never taken: a name that is less like is no guess at all.
        """
        wanted = bare_name(name)
        plain = without_marks(wanted)
        near = [units for known, units in self._names.items() if without_marks(known) == plain]
        near = near or [units for known, units in self._names.items() if _one_letter_apart(known, wanted)]
        return near[0][0] if len(near) == 1 and len(near[0]) == 1 else None

    def successors(self, code: str) -> list[Commune]:
        """Return the units that took in the unit of an old code; a code that is a unit's own now is that unit's alone.

        >>> r = Register([Commune("03400", "Một", "xa", dt.date(2025, 7, 1), ("03400", "03401"))], "xa")
        >>> [c.name for c in r.successors("03401")], r.successors("03400")
        (['Một'], [])
        """
        if code in self:
            return []
        return [commune for commune in self if code in commune.predecessor_codes]

    def replaced(self, changed: dict[str, Commune]) -> Register:
        """Return a register in which the given units, by code, replace those of this one."""
        return Register([changed.get(commune.code, commune) for commune in self], self.applies_to, self.types)


def read_register(
    path: Path, applies_to: str, *, groups: Collection[str] | None = None, types: Collection[CommuneType] = ()
) -> Register:
    """Read communes.csv (UTF-8, the columns of `COLUMNS`, and of `MAP_COLUMNS` where there is a map; lists separated by `;`).

    A commune's group must be one of `groups`, None leaves that unchecked; its type one of `types`, where there are any.

    Raises:
        RulebookError: not UTF-8, missing column or cell, bad code, bad date, code twice, a type or a group
            that is unknown, a group without source, a tile that is no tile or is taken, with the line of each.
        Unreadable: the file cannot be read.
    """
    problems: list[RuleProblem] = []
    communes: list[Commune] = []
    seen: set[str] = set()
    tiles: dict[tuple[int, int], str] = {}
    named = [one.id for one in types]
    line = 1
    try:
        text = read_text(path)
    except NotUtf8 as error:
        raise RulebookError([RuleProblem(path.name, 1, "", error.reason, REGISTER)]) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        header = reader.fieldnames or ()
        missing = [c for c in COLUMNS if c not in header]
        if any(c in header for c in MAP_COLUMNS):
            missing += [c for c in MAP_COLUMNS if c not in header]
        if missing:
            message = Message("columns are missing: {columns}", columns=", ".join(missing))
            raise RulebookError([RuleProblem(path.name, 1, "", message, REGISTER)])
        for row in reader:
            line = reader.line_num
            found = list(_row_problems(row, seen, groups, named)) or list(_tile_problems(row, tiles))
            seen.add((row["code"] or "").strip())
            problems += [RuleProblem(path.name, line, key, message, REGISTER) for key, message in found]
            steered = [(column, steering_in(cell)) for column, cell in row.items() if isinstance(cell, str)]
            problems += [
                RuleProblem(path.name, line, column, steering_words(character), STEERING)
                for column, character in steered
                if character
            ]
            if not found:
                communes.append(_commune(row))
    except csv.Error as error:
        message = Message("the line cannot be split into columns ({reason}); nothing after it was read", reason=error)
        problems.append(RuleProblem(path.name, line + 1, "", message, REGISTER))
    if problems:
        raise RulebookError(problems)
    return Register(sorted(communes, key=lambda c: c.code), applies_to, types or COMMUNE_TYPES)


Row = dict[str | Any, str | Any]
"""A row of the file; csv puts None for cells that are missing, and the cells beyond the header under None."""


def _row_problems(
    row: Row, seen: Collection[str], groups: Collection[str] | None, types: Collection[str]
) -> Iterator[tuple[str, Message]]:
    if None in row:
        yield "", Message("“{value}” cannot be read as a value here", value=row[None][0])
        return
    absent = [column for column in COLUMNS if row[column] is None]
    if absent:
        yield "", Message("columns are missing: {columns}", columns=", ".join(absent))
        return
    code, group = row["code"].strip(), row["group"].strip()
    if len(code) != 5 or not code.isascii() or not code.isdigit():
        yield "code", Message("“{value}” is not a 5-digit code", value=code)
    elif code in seen:
        yield "code", Message("code {code} stands here twice", code=code)
    if not row["name"].strip():
        yield "name", Message("“{key}” is missing", key="name")
    try:
        dt.date.fromisoformat(row["valid_from"].strip())
    except ValueError:
        yield "valid_from", Message("“{value}” is not a date (write 2025-07-01)", value=row["valid_from"])
    if types and row["type"].strip() not in types:
        yield (
            "type",
            Message(
                "commune {code}: type “{type}” is none of `commune_types` in criteria-set.yaml: {types}",
                code=code,
                type=row["type"].strip(),
                types=", ".join(types),
            ),
        )
    if group and groups is not None and group not in groups:
        yield "group", Message("commune {code}: unknown group {groups}", code=code, groups=group)
    if group and not row["group_source"].strip():
        yield "group_source", Message("commune {code}: a group needs its source", code=code)


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


def _commune(row: Row) -> Commune:
    return Commune(
        code=row["code"].strip(),
        name=unicodedata.normalize("NFC", row["name"].strip()),
        type=row["type"].strip(),
        valid_from=dt.date.fromisoformat(row["valid_from"].strip()),
        predecessor_codes=_list(row["predecessor_codes"]),
        predecessor_names=_list(row["predecessor_names"]),
        group=row["group"].strip() or None,
        group_source=row["group_source"].strip(),
        source=row["source"].strip(),
        tile=_tile(row),
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", part.strip()) for part in cell.split(";") if part.strip())
