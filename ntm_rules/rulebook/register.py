"""The register of communes: which unit a code means, since when, and which names are no longer it.

Codes were reused in the mergers of 1 July 2025, so a commune is matched by code and checked by name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ntm_rules.rulebook.models import BY_GROUP, BY_PROVINCE, BY_TYPE, COMMUNE_TYPES, CommuneType
from ntm_rules.spelling import key, without_marks

name_key = key
"""The form in which names are compared (see `ntm_rules.spelling`)."""

PROVINCE_TYPE = "tinh"
"""The type of a province, which reports the figures of its plan."""
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
        ("tỉnh", PROVINCE_TYPE),
        ("thành phố", PROVINCE_TYPE),
        ("tp.", PROVINCE_TYPE),
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


CODE_LENGTH = 5
"""Digits of a unit's code."""
_LONG_ENOUGH = 6
"""Letters of a name, its spaces included, from which one other letter is a slip rather than another name."""


@dataclass(frozen=True, slots=True)
class Commune:
    """One unit of the register."""

    code: str
    """Its key: its code, with the day of its end behind where a later unit bears the same code (`code_until`)."""
    name: str
    type: str
    valid_from: dt.date
    predecessor_codes: tuple[str, ...] = ()
    predecessor_names: tuple[str, ...] = ()
    group: str | None = None
    group_source: str = ""
    source: str = ""
    classes: tuple[tuple[str, str], ...] = ()
    """Each classification by which the unit has a class, and that class."""
    province: str = ""
    """The id of its province, where the register tells provinces apart."""
    tile: tuple[int, int] | None = None
    """Row and column on the tile map, from 1; None where the unit is not on it."""
    valid_to: dt.date | None = None
    """The last day of a unit that is no more."""
    unit_type: CommuneType | None = field(default=None, compare=False, repr=False)
    """What its type is called, as its register has it; None where nothing names the type."""

    @property
    def printed_code(self) -> str:
        """The code that its papers bear, which may be another unit's since."""
        return self.code if self.valid_to is None else self.code[:CODE_LENGTH]

    def on(self, day: dt.date) -> bool:
        """Tell whether there is such a unit on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def class_by(self, by: str) -> str | None:
        """Return its class: its group, its type, its province, or that of a classification; None where it has none."""
        if by == BY_GROUP:
            return self.group
        if by == BY_PROVINCE and self.province:
            return self.province
        return self.type if by == BY_TYPE else dict(self.classes).get(by)


def code_until(code: str, end: dt.date) -> str:
    """Return the key of a unit whose code a later unit bears.

    >>> code_until("03394", dt.date(2028, 6, 30))
    '03394-2028-06-30'
    """
    return f"{code}-{end.isoformat()}"


class Register:
    """All units by code; communes the criteria apply to, and the others.

    Units that are no more have a last day. `on` looks at the units of a day, else those of the present are looked at;
    any unit is found by its key.

    >>> r = Register([Commune("03394", "Sin Suối Hồ", "xa", dt.date(2025, 7, 1))], "xa")
    >>> r["03394"].name
    'Sin Suối Hồ'
    """

    def __init__(
        self,
        communes: Iterable[Commune],
        applies_to: str,
        types: Collection[CommuneType] = COMMUNE_TYPES,
        province: str = "",
        day: dt.date | None = None,
    ) -> None:
        named = {one.id: one for one in types}
        communes = [
            commune if commune.unit_type is (type_ := named.get(commune.type)) else replace(commune, unit_type=type_)
            for commune in communes
        ]
        self._by_code = {commune.code: commune for commune in communes}
        self.applies_to, self.types = applies_to, types
        self.province = province
        """The one province that is looked at; empty: all of them."""
        self.unit_type = named.get(applies_to)
        self.has_former = any(commune.valid_to is not None for commune in communes)
        """Whether it holds units that are no more."""
        self.day = day if self.has_former else None
        """The day whose units are looked at; None: those of the present."""
        self._replaced: dict[frozenset[Commune], Register] = {}
        self._of_province: dict[str, Register] = {}
        self._on: dict[dt.date, Register] = {}
        self._names: dict[str, list[Commune]] = {}
        self._former: dict[str, list[Commune]] = {}
        self._printed = {commune.printed_code: commune for commune in filter(self.holds, communes)}
        for commune in filter(self.holds, communes):
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

    def holds(self, commune: Commune) -> bool:
        """Tell whether a unit is one of the day that is looked at."""
        return commune.valid_to is None if self.day is None else commune.on(self.day)

    def printed(self, code: str) -> Commune | None:
        """Return the unit of the day that is looked at whose papers bear a code, or None."""
        return self._printed.get(code)

    def on(self, day: dt.date) -> Register:
        """Return the same units with those of a day looked at."""
        if not self.has_former:
            return self
        if day not in self._on:
            self._on[day] = Register(self, self.applies_to, self.types, self.province, day)
        return self._on[day]

    def merged_into(self, commune: Commune) -> Sequence[Commune]:
        """Return the units that ended the day before a unit began and went into it whole, where the register has them all.

        None of them where one was divided: what it reported is of all the units that it became together.

        >>> day = dt.date(2028, 7, 1)
        >>> old = [Commune(code_until("03400", day - dt.timedelta(1)), "Một", "xa", dt.date(2025, 7, 1), valid_to=day - dt.timedelta(1))]
        >>> new = Commune("03400", "Một", "xa", day, ("03400", "03401"))
        >>> Register([*old, new], "xa").merged_into(new)
        []
        """
        ended = commune.valid_from - dt.timedelta(1) if commune.valid_from > dt.date.min else None
        found = {one.printed_code: one for one in self if one.valid_to == ended and ended is not None}
        divided = {
            code
            for other in self
            if other.valid_from == commune.valid_from and other.code != commune.code
            for code in other.predecessor_codes
        }
        units = [None if code in divided else found.get(code) for code in commune.predecessor_codes]
        return [one for one in units if one is not None] if all(units) else []

    def within(self) -> list[Commune]:
        """Return the communes that the criteria apply to, by code."""
        return [
            commune
            for commune in self
            if commune.type == self.applies_to and self.holds(commune) and self.looks_at(commune)
        ]

    def looks_at(self, commune: Commune) -> bool:
        """Tell whether a unit is of the province that is looked at, or all are."""
        return not self.province or commune.province == self.province

    def of_province(self, province: str) -> Register:
        """Return the same units with one province alone looked at."""
        if province not in self._of_province:
            self._of_province[province] = Register(self, self.applies_to, self.types, province, self.day)
        return self._of_province[province]

    def outside(self) -> list[Commune]:
        """Return the units of other types, to which the criteria do not apply, by code."""
        return [commune for commune in self if commune.type != self.applies_to and self.holds(commune)]

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
        if self.printed(code) is not None:
            return []
        return [commune for commune in self if self.holds(commune) and code in commune.predecessor_codes]

    def classed(self, code: str, classes: Mapping[str, str]) -> Register:
        """Return a register in which a unit, of this one or made up, is of some classes, its type among them."""
        unit = self.get(code) or Commune(code, code, self.applies_to, dt.date.min)
        own = replace(
            unit,
            type=classes.get(BY_TYPE, unit.type),
            province=classes.get(BY_PROVINCE, unit.province),
            classes=tuple(classes.items()),
        )
        others = (one for one in self if one.code != code)
        return Register([*others, own], self.applies_to, self.types, day=self.day)

    def replaced(self, communes_by_code: dict[str, Commune]) -> Register:
        """Return a register in which the given units, by code, replace those of this one; the same for the same units."""
        units = frozenset(communes_by_code.values())
        if units not in self._replaced:
            communes = [communes_by_code.get(commune.code, commune) for commune in self]
            self._replaced[units] = (
                Register(communes, self.applies_to, self.types, self.province, self.day) if units else self
            )
        return self._replaced[units]
