"""The commune whose code a file's name carries, held against the one that the file itself says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ntm_rules.dataset.places import Filing, Log, Where
from ntm_rules.rulebook.register import Register

_CODE = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")


def of_the_commune_named(file: str, filings: list[Filing], register: Register, log: Log) -> list[Filing]:
    """Return what a file reports; nothing, with the reason noted, where its name carries the code of another commune.

    A file of several communes may be called as it likes.
    """
    owners = {filing.code for filing in filings} or {owner.code for owner in log.owners if owner.code}
    if len(owners) != 1:
        return filings
    (code,) = owners
    named = codes_in(file, register)
    if not named or code in named:
        return filings
    inside, other = register[code], register[named[0]]
    years = {filing.year for filing in filings if not filing.beside}
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
    >>> codes_in("03405/phieu-03394-2026 (12345).xlsx", r)
    ['03394']
    """
    return [code for code in _CODE.findall(file.rpartition("/")[2]) if register.get(code) is not None]
