"""Figures of hamlets (thôn, bản, ấp) beside those of their commune: what each is kept under, and which hamlets there are.

A figure of the commune is kept under its measure. A hamlet has a number within its dossier, which stays when it is
renamed: its name is kept under `@3`, its figure of a measure under `measure@3`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ntm_rules.dataset.cells.texts import key
from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement

if TYPE_CHECKING:  # entries are read with their hamlets
    from ntm_rules.appraisal.entries import Entry

SIGN = "@"
MOST_HAMLETS = 200
"""Of one commune: more than any has."""
LONGEST_NAME = 100


def kept_under(measure: str, number: int) -> str:
    """Return what a hamlet's figure of a measure is kept under; of no measure, its name.

    >>> kept_under("hamlet_halls", 3), kept_under("", 3)
    ('hamlet_halls@3', '@3')
    """
    return f"{measure}{SIGN}{number}"


def parted(figure: str) -> tuple[str, int]:
    """Return the measure and the number of the hamlet of what is kept; 0: the commune's own; no measure: a hamlet's name.

    >>> parted("hamlet_halls@3"), parted("@3"), parted("hamlets_in_commune")
    (('hamlet_halls', 3), ('', 3), ('hamlets_in_commune', 0))
    """
    measure, sign, number = figure.partition(SIGN)
    plain = number.isascii() and number.isdecimal() and len(number) < 6 and not number.startswith("0")
    return (measure, int(number)) if sign and plain else (figure, 0)


def measure_of(figure: str) -> str:
    """Return the measure of what is kept."""
    return parted(figure)[0]


def hamlets_in(entries: Mapping[str, Entry]) -> dict[int, str]:
    """Return number -> name of the hamlets that there are, in the order in which they were first named."""
    named = ((parted(kept), entry.value) for kept, entry in entries.items())
    return dict(sorted((number, name) for (measure, number), name in named if number and not measure and name))


def of_those_there(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return figures without those of hamlets that were removed."""
    there = hamlets_in(entries)
    return {kept: entry for kept, entry in entries.items() if (number := parted(kept)[1]) == 0 or number in there}


def kept_of(measures: Iterable[str], rules: CriteriaSet, numbers: Iterable[int]) -> list[str]:
    """Return what figures of some measures are kept under: of hamlets, those of each."""
    known, found = list(numbers), list[str]()
    for measure in measures:
        of_hamlets = rules.measures[measure].of_hamlets
        found += [kept_under(measure, number) for number in known] if of_hamlets else [measure]
    return found


def read_by(requirement: Requirement, rules: CriteriaSet, numbers: Iterable[int]) -> list[str]:
    """Return what the figures that a requirement reads are kept under: those of hamlets that it counts, too."""
    of_hamlets = requirement.hamlets.asked if requirement.hamlets is not None else ()
    return kept_of((*requirement.asked, *of_hamlets), rules, numbers)


def name_refusals(figure: str, entry: Entry, others: Mapping[int, str]) -> list[Message]:
    """Return what speaks against a hamlet's name; `others`: those that there are."""
    name, number = entry.value, parted(figure)[1]
    if any(entry.cells()[1:]):
        return [Message("A hamlet has a name and nothing else here.")]
    if not name:
        return [Message("A hamlet keeps a name; to take it out of the list, remove it.")]
    if len(name) > LONGEST_NAME or not name.isprintable() or not (name[0].isalnum() or name[0] == "("):
        return [Message("“{name}” is no name of a hamlet.", name=name[:LONGEST_NAME])]
    alike = [other for at, other in others.items() if at != number and key(other) == key(name)]
    if alike:
        return [Message("There is a hamlet “{name}” already.", name=alike[0])]
    if number not in others and len(others) >= MOST_HAMLETS:
        return [Message("A commune has {most} hamlets at most here.", most=MOST_HAMLETS)]
    return []
