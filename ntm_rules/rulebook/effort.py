"""plan/effort.yaml: what it is assumed to cost to close a gap, and how much an agency can do in a year.

An assumption that its owner may change, never law: no verdict depends on it. A set without the file has the defaults.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ntm_rules.rulebook.kinds import Kind
from ntm_rules.rulebook.models import Id, Points, Text, Whole, Written, Years

LARGEST = 100
"""Of one gap, and of what it is multiplied by."""
MOST_RUNS = 200


class GapEffort(Written):
    """The effort of one requirement not met in one commune, for some kinds of measures."""

    kinds: tuple[Kind, ...] = Field(min_length=1)
    by: Literal["shortfall", "requirement"]
    """In proportion to the shortfall relative to its target (at most the whole target), or the same for every gap."""
    each: Points = Field(le=LARGEST)
    """Of a whole target, or of the requirement."""
    least: Points | None = Field(default=None, le=LARGEST)
    """Of the smallest shortfall; only with `by: shortfall`."""
    why: Text


class RequirementEffort(Written):
    """Requirements that take more or less than their kind says."""

    ids: tuple[Id, ...] = Field(min_length=1)
    times: Points = Field(le=LARGEST)
    why: Text


class AgencyCapacity(Written):
    """How much one agency can do in each year, or in some; a later entry goes before an earlier one."""

    agency: Id
    each: Points
    years: Years | None = None
    why: Text


class Capacity(Written):
    """How much every lead agency can do in a year, in the unit of efforts."""

    each: Points
    why: Text
    agencies: tuple[AgencyCapacity, ...] = ()


class Stability(Written):
    """How a choice is tried out: so many times with every effort and capacity moved by chance by so much at most."""

    runs: Whole = Field(default=30, ge=1, le=MOST_RUNS)
    percent: Whole = Field(default=20, ge=1, le=90)
    seed: Whole = Field(default=1, ge=0)


class EffortModel(Written):
    """What plan/effort.yaml says."""

    note: Text
    """What these numbers are, said wherever they are used."""
    unit: Text
    """What an effort of 1 is."""
    gaps: tuple[GapEffort, ...] = Field(min_length=1)
    requirements: tuple[RequirementEffort, ...] = ()
    capacity: Capacity
    stability: Stability = Field(default_factory=Stability)
