"""Whether a typed percentage and a count say the same, and what a bare percentage up to 1 may mean."""

from __future__ import annotations

from ntm_rules.dataset.cells.numbers import Cell, Exact, Percent, decimals_written, power, value_units, without_percent
from ntm_rules.exact import PERCENT, VALUE_SCALE


def agree(percentage: Exact, above: int, below: int, *, of: int = PERCENT) -> bool:
    """Tell whether a typed percentage is a count rounded to the decimals it is written with.

    Of more decimals than a spreadsheet keeps exactly, a billionth is enough. `of`: 1 for a typed fraction of 1.

    >>> agree((3333, 2), 1, 3), agree((3334, 2), 1, 3), agree((8000, 2), 1976, 2500), agree((62, 2), 62, 100, of=1)
    (True, False, False, True)
    """
    digits, decimals = percentage
    apart = abs(digits * below - of * above * power(decimals))
    return 2 * apart <= below or apart * power(KEPT_DECIMALS + 1) <= below * power(decimals)


KEPT_DECIMALS = 8
"""Of a percentage with more decimals than this the last are what a spreadsheet's reckoning left."""


def as_written(text: str, number: Exact) -> Exact:
    """Return a number read from a text with the decimals that it is written with.

    >>> as_written("80,00", (80, 0)), as_written("79,95", (7995, 2))
    ((8000, 2), (7995, 2))
    """
    digits, decimals = number
    more = max(decimals_written(text) - decimals, 0)
    return digits * power(more), decimals + more


def says_the_same(value: Cell, percentage: Exact, above: int, below: int) -> bool:
    """Tell whether the percentage beside a count agrees with it; 0,62 beside 62 of 100 says the same."""
    percentage = as_written(value, percentage) if isinstance(value, str) else percentage
    if agree(percentage, above, below):
        return True
    if not perhaps_of_one(value, value_units(percentage)):
        return False
    exactly = percentage[0] * below == above * power(percentage[1])
    return exactly or (percentage[1] >= FRACTION_DECIMALS and agree(percentage, above, below, of=1))


FRACTION_DECIMALS = 2
"""A fraction of 1 with fewer decimals than this says too little to be a count rounded."""


def perhaps_of_one(cell: Cell, units: int) -> bool:
    """Tell a bare share above 0 and up to 1, in 10**-7: it may be a percentage or a fraction of 1."""
    if not 0 < units <= VALUE_SCALE or isinstance(cell, Percent):
        return False
    return not (isinstance(cell, str) and without_percent(cell) is not None)
