"""What a road map is to reach: so many communes by the end of a year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message

if TYPE_CHECKING:
    from ntm_rules.rulebook.plans import Goal

MOST_YEARS = 30
"""So far ahead a plan may look."""


class Aim(NamedTuple):
    """So many communes by the end of a year."""

    communes: int
    year: int


def aims_in(goals: Sequence[Goal], after: int) -> list[Aim]:
    """Return the goals of a plan that are numbers of communes up to the standard, of years after `after`, by year.

    Of several for one year the highest; one that would ask for fewer than an earlier one asks for as many.
    """
    from ntm_rules.rulebook.plans import STANDARD  # the process that only solves loads no models

    highest: dict[int, int] = {}
    for goal in goals:
        counted, target = goal.communes, goal.target
        if counted is not None and counted.number_meeting == STANDARD and target.at_least is not None:
            highest[target.year] = max(highest.get(target.year, 1), math.ceil(target.at_least))
    aims: list[Aim] = []
    for year, number in sorted(highest.items()):
        if after < year <= after + MOST_YEARS:
            aims.append(Aim(max([number, *(aim.communes for aim in aims)]), year))
    return aims


def check_aims(aims: Sequence[Aim], year: int) -> None:
    """Refuse aims that cannot be aims of a plan that starts after `year`.

    Raises:
        NtmError: saying every mistake.
    """
    wrong = []
    if not aims:
        wrong.append(Message("Say how many communes by which year: --target 10:2030"))
    for aim in aims:
        if aim.communes < 1:
            wrong.append(Message("{n} communes by {year}: at least 1 is expected", n=aim.communes, year=aim.year))
        if aim.year <= year:
            wrong.append(
                Message(
                    "{n} communes by {year}: the figures are of {figures}, and work begins the year after",
                    n=aim.communes,
                    year=aim.year,
                    figures=year,
                )
            )
        if aim.year > year + MOST_YEARS:
            wrong.append(
                Message(
                    "{n} communes by {year}: at most {years} years ahead",
                    n=aim.communes,
                    year=aim.year,
                    years=MOST_YEARS,
                )
            )
    ordered = sorted(aims, key=lambda aim: aim.year)
    for first, second in pairwise(ordered):
        if first.year == second.year:
            wrong.append(Message("{year} is named twice; say one number for a year", year=first.year))
        elif second.communes < first.communes:
            wrong.append(
                Message(
                    "{n} communes by {year} are fewer than {m} by {earlier}: what is done stays done",
                    n=second.communes,
                    year=second.year,
                    m=first.communes,
                    earlier=first.year,
                )
            )
    if wrong:
        raise NtmError(*wrong)
