"""The commune that a file is named after, by its code or by its name, held against the one that the file itself says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ntm_rules.dataset.places import Filing, Log, Where
from ntm_rules.rulebook.register import CODE_LENGTH, Commune, Register, name_key
from ntm_rules.spelling import without_marks

_CODE = re.compile(r"(?<![0-9])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{4,5}(?![0-9])")
"""Five digits, or four where a program dropped the leading zero; a year is none."""
_WORD = re.compile(r"[^\W\d_]+")
_NEW_WORD = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_OF_AN_AREA = re.compile(r" (?:huyen|khu|khu vuc|vung|cum|tinh|thi xa|tx|thanh pho|tp|thi tran|tt|tong hop) $")
"""What says of the name behind it that it is of an area of several communes, or of a unit that is no more."""
_NO_MORE = re.compile(r" cu ")
_SHORTEST_JOINED = 6
"""Letters of a name from which it is known without the spaces between its words."""


def of_the_commune_named(file: str, filings: list[Filing], register: Register, log: Log) -> list[Filing]:
    """Return what a file reports; nothing, with the reason noted, where it is named after another commune.

    A file of several communes may be called as it likes.
    """
    owners = {filing.code for filing in filings}.union(*(block.codes for block in log.blocks))
    owners = owners or {owner.code for owner in log.owners if owner.code}
    if len(owners) != 1:
        return filings
    (code,) = owners
    inside = register[code]
    other = _another_by_code(file, inside, register) or _another_by_name(file, inside, register)
    if other is None:
        return filings
    years = {filing.year for filing in filings if not filing.beside}
    years.update(*(block.years.tolist() for block in log.blocks))
    log.blocks.clear()
    log.add(
        "file-of-another-commune",
        Where(file, "", lines=False),
        value=f"{other.code} {other.name}",
        commune_code=code,
        commune=inside.name,
        year=years.pop() if len(years) == 1 else 0,
        made_for=f"{inside.code} {inside.name}",
    )
    return []


def codes_in(file: str, register: Register) -> Sequence[str]:
    """Return the codes of units that a file's own name carries, its folder's left aside.

    >>> import datetime as dt
    >>> from ntm_rules.rulebook.register import Commune
    >>> r = Register([Commune("03394", "Sin Suối Hồ", "xa", dt.date(2025, 7, 1))], "xa")
    >>> codes_in("03405/phieu-03394-2026 (12345).xlsx", r), codes_in("3394.csv", r)
    (['03394'], ['03394'])
    """
    found = [code.zfill(CODE_LENGTH) for code in _CODE.findall(_own_name(file))]
    return [code for code in found if code in register]


def names_in(file: str, communes: Sequence[Commune]) -> Sequence[Commune]:
    """Return the units whose whole present name, of two words or more, stands in a file's own name.

    Diacritics, and what stands between the words, do not count; a name that is said to be of an area does not either.

    >>> import datetime as dt
    >>> from ntm_rules.rulebook.register import Commune
    >>> units = [Commune("03445", "Mường Tè", "xa", dt.date(2025, 7, 1))]
    >>> [unit.code for name in ("phieu_MuongTe-2026.xlsx", "huyen Muong Te.csv", "Muong.xlsx") for unit in names_in(name, units)]
    ['03445']
    """
    said = f" {' '.join(_words(_own_name(file)))} "
    letters = said.replace(" ", "")
    near = [(_words(unit.name), unit) for unit in communes if "".join(_words(unit.name)) in letters]
    found = []
    for words, unit in sorted(near, key=lambda one: -len(one[0])):
        if len(words) < 2:
            continue
        name, joined = f" {' '.join(words)} ", "".join(words)
        if len(joined) >= _SHORTEST_JOINED:
            said = said.replace(f" {joined} ", name)
        before, it, behind = said.partition(name)
        if it:
            said = f"{before} | {behind}"
            if not _OF_AN_AREA.search(f"{before} ") and not _NO_MORE.match(f" {behind}"):
                found.append(unit)
    return found


def _another_by_code(file: str, inside: Commune, register: Register) -> Commune | None:
    named = codes_in(file, register)
    return register[named[0]] if named and inside.code not in named else None


def _another_by_name(file: str, inside: Commune, register: Register) -> Commune | None:
    """Return the one other unit that a file is named after; None where its name says the right one in any way."""
    said = f" {' '.join(_words(_own_name(file)))} "
    former = (f" {' '.join(_words(name))} " for name in inside.predecessor_names)
    if inside.code in codes_in(file, register) or any(name in said for name in former):
        return None
    named = names_in(file, list(register))
    return named[0] if len(named) == 1 and named[0] != inside else None


def _own_name(file: str) -> str:
    return file.rpartition("/")[2]


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text without diacritics."""
    words = _WORD.findall(_NEW_WORD.sub(" ", unicodedata.normalize("NFC", text)))
    return tuple(without_marks(name_key(word)) for word in words)
