"""Reported values laid out for judging: a row per requirement, a column per commune and year.

Every quantity becomes one 64-bit integer whose order against every possible target is the value's
own: shares and growth are divided out to six decimals and a seventh, sticky digit (see
`ntm_rules.exact`). The division happens once, here; judging is then a bare comparison.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.records import NOT_REPORTED, CommuneYear, Reported, State
from ntm_rules.evaluation.nodes import NodeRow
from ntm_rules.evaluation.reference import STATE_REASON
from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.exact import PERCENT, VALUE_SCALE
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.rulebook.models import QUANTITIES

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]

REASON_CODES = (Reason.REACHED, *(reason for reason in Reason if reason is not Reason.REACHED))
"""Reasons in the order of their 8-bit codes; code 0 also stands for "there is a value to judge"."""
CODE: Mapping[Reason, int] = {reason: code for code, reason in enumerate(REASON_CODES)}
_VERDICT_OF_CODE = np.array([reason.verdict for reason in REASON_CODES], np.uint8)
_BEYOND = 2**62
"""Stands for any growth larger than every target can be."""
ALL_ONES = np.uint8(0xFF)


@dataclass(frozen=True, slots=True)
class Columns:
    """The figures of all communes and years, by requirement.

    Shapes: (requirements, communes) for `value`, `answer`, `why`, `present`, `unjudged`; `exists` and
    `unanswered` hold only the rows in `conditional`; `groups` is (groups, communes).
    """

    value: Ints
    """Quantities in 10**-7; rows of answers are unused and may be left out at the end."""
    answer: NDArray[np.int8]
    """Answers and ranks of the rows from `first_answer` on."""
    first_answer: int
    why: Bytes
    """Code of the reason why there is nothing to compare; 0 where there is a value."""
    present: Bytes
    """0xFF where there is a value, 0 elsewhere."""
    unjudged: Bytes
    """The verdict where there is nothing to compare, 0 where there is a value."""
    conditional: Sequence[int]
    """Rows of the requirements with "if any"."""
    exists: Bytes
    """0xFF where "if any" was answered yes."""
    unanswered: Bytes
    """0xFF where "if any" was not answered."""
    groups: Bytes
    """0xFF where the commune is of the group."""

    def __len__(self) -> int:
        return int(self.why.shape[1])


def columns_of(
    records: Sequence[CommuneYear],
    rules: CriteriaSet,
    table: Sequence[NodeRow],
    groups: Sequence[str | None],
    earlier: Mapping[tuple[str, int], CommuneYear],
) -> Columns:
    """Lay out the values of records for a set's table; `groups` holds each record's group.

    `earlier` maps (commune, year) to the record of the year before.
    """
    requirements = [row.node for row in table if isinstance(row.node, Requirement)]
    kinds = [rules.measures[r.measure].kind for r in requirements]
    answers = [kind not in QUANTITIES for kind in kinds]
    first_answer = next((i for i in range(len(kinds)) if all(answers[i:])), len(kinds))
    shape = (len(requirements), len(records))
    value = np.zeros((first_answer, len(records)), np.int64)
    answer = np.zeros((len(requirements) - first_answer, len(records)), np.int8)
    why = np.zeros(shape, np.uint8)
    for at, record in enumerate(records):
        before = earlier.get((record.code, record.year))
        for row, requirement in enumerate(requirements):
            reported = record.get(requirement.measure)
            if reported.state is not State.PRESENT:
                why[row, at] = CODE[STATE_REASON[reported.state]]
            elif row >= first_answer:
                answer[row - first_answer, at] = reported.value
            elif kinds[row] == "growth":
                earlier_value = before.get(requirement.measure) if before else NOT_REPORTED
                reason, value[row, at] = growth_units(reported, earlier_value)
                if reason is not None:
                    why[row, at] = CODE[reason]
            elif not answers[row]:
                value[row, at] = share_units(reported) if kinds[row] == "share" else reported.value
    conditional = [i for i, requirement in enumerate(requirements) if requirement.applies_if]
    exists = np.zeros((len(conditional), len(records)), np.uint8)
    unanswered = np.zeros((len(conditional), len(records)), np.uint8)
    for i, row in enumerate(conditional):
        condition = requirements[row].applies_if
        assert condition is not None
        for at, record in enumerate(records):
            said = record.get(condition)
            exists[i, at] = ALL_ONES if said.state is State.PRESENT and said.value else 0
            unanswered[i, at] = 0 if said.state is State.PRESENT else ALL_ONES
    of_group = [[ALL_ONES if group == own else 0 for own in groups] for group in rules.groups]
    return from_arrays(
        value=value,
        answer=answer,
        first_answer=first_answer,
        why=why,
        conditional=conditional,
        exists=exists,
        unanswered=unanswered,
        groups=np.array(of_group, np.uint8).reshape(len(rules.groups), len(records)),
    )


def from_arrays(
    *,
    value: Ints,
    answer: NDArray[np.int8],
    first_answer: int,
    why: Bytes,
    conditional: Sequence[int],
    exists: Bytes,
    unanswered: Bytes,
    groups: Bytes,
) -> Columns:
    """Return columns from arrays that are already exact; the masks of absence follow from `why`."""
    absent = why != 0
    return Columns(
        value=value,
        answer=answer,
        first_answer=first_answer,
        why=why,
        present=np.where(absent, np.uint8(0), ALL_ONES),
        unjudged=np.where(absent, _VERDICT_OF_CODE[why], np.uint8(0)),
        conditional=conditional,
        exists=exists,
        unanswered=unanswered,
        groups=groups,
    )


def share_units(reported: Reported) -> int:
    """Return a share in percent as an integer of 10**-7 that keeps its order against every target.

    >>> share_units(Reported(State.PRESENT, 1, 3, counted=True))
    333333335
    """
    return _sticky(PERCENT * reported.value, reported.base)


def growth_units(now: Reported, before: Reported) -> tuple[Reason | None, int]:
    """Return growth in percent as `share_units` does, or the reason why there is none."""
    if before.state is not State.PRESENT:
        return Reason.PREVIOUS_YEAR_MISSING, 0
    if before.value <= 0:
        return Reason.PREVIOUS_YEAR_ZERO, 0
    units = _sticky(PERCENT * (now.value - before.value), before.value)
    return None, min(units, _BEYOND)


def _sticky(numerator: int, denominator: int) -> int:
    grid: int = VALUE_SCALE // 10
    whole, rest = divmod(numerator * grid, denominator)
    return whole * 10 + (5 if rest else 0)
