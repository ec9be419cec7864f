"""Whose figures, of which year: a commune by its code, checked by its name, or by its name alone; a year of the set."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.cells.texts import looks_old
from ntm_rules.dataset.places import Owner
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.i18n import written_day
from ntm_rules.rulebook.register import CODE_LENGTH, Commune, Register, bare_name
from ntm_rules.spelling import as_meant

_REMEMBERED = 100_000
_LONGEST = 60
"""No unit's name is longer."""


class Doubt(NamedTuple):
    """Why a row's commune or year is not known; `role` names the column it is about."""

    code: str
    role: str
    value: str
    commune_code: str
    commune: str
    parameters: dict[str, Any]


NOT_LOOKED_INTO = frozenset({"unit-outside", "code-missing", "owner-missing"})
"""Doubts with which a row's figures do not matter: a unit outside the criteria, a line of totals."""


class Identities:
    """Finds commune and year from the three cells that say them, and remembers what it found."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._register = questionnaire.communes
        self._years = questionnaire.years
        self._found: dict[tuple[Cell, Cell, Cell], Owner | tuple[Doubt, ...]] = {}

    def find(self, code: Cell, name: Cell, year: Cell) -> Owner | tuple[Doubt, ...]:
        """Return the owner of a row, or every reason why it has none."""
        asked = (code, name, year)
        found = self._found.get(asked)
        if found is None:
            found = self._find(code, written(name).strip(), year)
            if len(self._found) < _REMEMBERED and not any(isinstance(cell, bool) for cell in asked):
                self._found[asked] = found
        return found

    def commune_of(self, code: Cell, name: Cell) -> Commune | None:
        """Return the commune that two cells name without doubt whatever the year, if these criteria are for such as it is."""
        if self._register.has_former:
            return None
        commune, doubts = self._commune(code, written(name).strip(), self._register)
        return None if commune is None or doubts or commune.type != self._register.applies_to else commune

    def year_of(self, cell: Cell) -> int | None:
        """Return the year that a cell names, if the set has it."""
        year, doubt = self._year(cell, None)
        return year if doubt is None else None

    def _find(self, code: Cell, name: str, year: Cell) -> Owner | tuple[Doubt, ...]:
        number, year_doubt = self._year(year, None)
        register = self._register if year_doubt else self._register.on(dt.date(number, 12, 31))
        commune, doubts = self._commune(code, name, register)
        if register is not self._register and any(doubt.code == "code-unknown" for doubt in doubts):
            commune, doubts = self._commune(code, name, self._register)  # a unit that was not there yet
        number, year_doubt = self._year(year, commune)
        if commune is not None and not doubts and commune.type != self._register.applies_to:
            return (Doubt("unit-outside", "code", written(code), commune.code, commune.name, {}),)
        if year_doubt is not None:
            doubts = (*doubts, year_doubt)
        if doubts or commune is None:
            return doubts
        return Owner(commune.code, commune.name, number)

    def _commune(self, cell: Cell, name: str, register: Register) -> tuple[Commune | None, tuple[Doubt, ...]]:
        if cell == "":
            return self._by_name(name, register)
        commune = register.get(cell) if isinstance(cell, str) else None  # its key, as this program writes it
        code = commune_code(cell) if commune is None else commune.printed_code
        if code is None:
            return None, (Doubt("code-malformed", "code", written(cell), "", "", {}),)
        if commune is None or not register.holds(commune):
            commune = register.printed(code)
        if commune is None:
            return None, (self._code_doubt(code, written(cell), name, register),)
        doubt = self._name_doubt(commune, name, register) if name else None
        return commune, () if doubt is None else (doubt,)

    def _by_name(self, name: str, register: Register) -> tuple[Commune | None, tuple[Doubt, ...]]:
        """Find the commune of a name that stands without a code: the one called so now; any other is asked about."""
        called = register.called(name) if name else []
        if len(called) == 1:
            return called[0], ()

        def doubt(code: str, role: str, **parameters: Any) -> tuple[None, tuple[Doubt, ...]]:
            return None, (Doubt(code, role, name, "", "", parameters),)

        if called:
            return doubt("name-of-several", "commune", communes=_listed(called))
        former = register.formerly(name) if name else []
        if former:
            return doubt("name-of-former", "commune", communes=_listed(former))
        if looks_old(name):
            return doubt("name-old-encoding", "commune")
        if len(register) == 1:
            return doubt("unit-not-the-one", "commune", only=next(iter(register)).name)
        if not name:
            return doubt("owner-missing", "code")
        return doubt("code-missing", "code", nearest=self._code_of(name, register))

    def _code_doubt(self, code: str, value: str, name: str, register: Register) -> Doubt:
        """Say why a code is no unit's: it was one's before the mergers, or it never was."""
        successors = register.successors(code)
        if len(register) == 1:
            return Doubt("unit-not-the-one", "code", value, "", name, {"only": _listed(list(register))})
        if successors:
            communes = ", ".join(f"{c.name} ({c.code})" for c in successors)
            return Doubt("code-of-predecessor", "code", value, "", name, {"communes": communes})
        return Doubt("code-unknown", "code", value, "", name, {"nearest": self._code_of(name, register)})

    def _code_of(self, name: str, register: Register) -> str:
        """Return "code name" of the one unit called so, or nearly so; empty when there is none."""
        called = register.called(name) if name else []
        near = called[0] if len(called) == 1 else self._nearly(name, register)
        return _listed([near]) if near else ""

    def _nearly(self, name: str, register: Register) -> Commune | None:
        return register.nearly_named(name) if name and len(name) < _LONGEST else None

    def _name_doubt(self, commune: Commune, name: str, register: Register) -> Doubt | None:
        bare = bare_name(name)
        if bare == bare_name(commune.name):
            return None

        def doubt(code: str, **parameters: Any) -> Doubt:
            return Doubt(code, "commune", name, commune.code, commune.name, parameters)

        if bare in map(bare_name, commune.predecessor_names):
            return doubt("name-of-predecessor", date=written_day(commune.valid_from))
        others = register.named(name) or register.formerly(name)
        if others:
            return doubt("name-of-another", other=_listed(others))
        if looks_old(name):
            return doubt("name-old-encoding")
        near = self._nearly(name, register)
        return doubt("name-unknown", nearest=near.name if near else "")

    def _year(self, cell: Cell, commune: Commune | None) -> tuple[int, Doubt | None]:
        def doubt(code: str, **parameters: Any) -> tuple[int, Doubt]:
            known = (commune.code, commune.name) if commune else ("", "")
            return 0, Doubt(code, "year", written(cell), *known, parameters)

        if cell == "":
            return doubt("year-missing")
        year = _whole(cell)
        if year is None:
            return doubt("year-malformed")
        if year not in self._years:
            return doubt("year-outside", first=self._years.from_, last=self._years.to)
        if commune is not None and year < commune.valid_from.year:
            return doubt(
                "year-before-commune",
                date=written_day(commune.valid_from),
                first=max(commune.valid_from.year, self._years.from_),
            )
        return year, None


def _listed(communes: Sequence[Commune]) -> str:
    return ", ".join(f"{commune.code} {commune.name}" for commune in communes)


def commune_code(cell: Cell) -> str | None:
    """Return a 5-digit code; a spreadsheet may have made it a number and dropped its leading zero.

    >>> commune_code("03394"), commune_code(3394.0), commune_code("3394.0"), commune_code("X1")
    ('03394', '03394', '03394', None)
    """
    if isinstance(cell, str):
        digits = _digits(cell)
    else:
        number = _whole(cell)
        digits = "" if number is None else str(number)
    if not digits.isascii() or not digits.isdigit() or len(digits) > CODE_LENGTH:
        return None
    return digits.zfill(CODE_LENGTH)


_FLOAT = re.compile(r"([0-9]+)[.,]00?")
"""A whole number as a program writes it that took the column for decimals: "3394.0"."""


def _digits(text: str) -> str:
    """Return a text's digits, where digits are all it says."""
    figure = as_meant(text).strip()
    whole = _FLOAT.fullmatch(figure)
    return whole[1] if whole else figure


def _whole(cell: Cell) -> int | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else None
    if isinstance(cell, Decimal):
        return int(cell) if cell.is_finite() and abs(cell) < 10**15 and cell == cell.to_integral_value() else None
    if isinstance(cell, str):
        digits = _digits(cell)
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= CODE_LENGTH else None
    return None
