"""What one condition finds in many reports: in which of them, and of which figures each finding speaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ntm_rules.dataset.records import Place
from ntm_rules.evaluation.cross_checks.context import Finder
from ntm_rules.evaluation.cross_checks.finding import CheckedFigure, ExactAmount
from ntm_rules.evaluation.cross_checks.many.figures import Bools, Index, Ints, Ratios
from ntm_rules.rulebook.criteria_set import Cell, Requirement
from ntm_rules.text_columns import Numbers, TextColumn, alike


@dataclass(frozen=True, slots=True, eq=False)
class NamedHit:
    """Said by the figures alone, without their values, or by documents too."""

    documents: Sequence[str] | None = None
    """Of each subject, where it speaks of documents."""


@dataclass(frozen=True, slots=True, eq=False)
class ComparedHit:
    """Said by two amounts and their difference."""

    names: tuple[str, str]
    """What the two are called among the facts of a finding."""
    difference: str
    """What their difference is called."""
    amounts: Sequence[ExactAmount]
    """Of each subject: how an amount of it is given, its value aside."""
    differences: Sequence[ExactAmount]
    """Of each subject: how a difference of it is."""
    ratios: tuple[Ratios, Ratios]
    """The values of each finding; there where 64 bits hold them."""


@dataclass(frozen=True, slots=True, eq=False)
class HeldAgainst:
    """Said by figures as requirements hold them against their targets."""

    requirements: Sequence[Requirement]
    """Of each subject."""
    targets: Sequence[Sequence[Cell | None]]
    """Of each subject every target a commune can have."""
    target: Numbers
    """Number of the target of each finding's commune."""
    actual: Mapping[str, Callable[[], TextColumn]]
    """What a fact is called -> its value for machines, of each finding."""


@dataclass(frozen=True, slots=True, eq=False)
class GivenFor:
    """Said by the numbers given for one thing."""

    figures: Sequence[CheckedFigure]
    units: Ints
    """Of each figure and finding, in units of `amount.decimals`; only where there is one."""
    there: Bools
    amounts: Sequence[ExactAmount]
    """Of each figure: how an amount of it is given, its value aside."""


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """Said in the same words by those of one subject and number."""

    numbers: Index


Said = NamedHit | ComparedHit | HeldAgainst | GivenFor | Alike | None
"""What the words of findings are made of; None: each by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """The findings of one condition, in the order of the reports, those of one report in the condition's own."""

    records: Index
    """Positions of the reports."""
    subjects: Index
    """What each speaks of, a number of `figures`."""
    figures: Sequence[Sequence[CheckedFigure]]
    """The figures of each subject, without their values."""
    said: Said = None
    places: Mapping[int, Sequence[Place]] = field(default_factory=dict)
    """Of findings whose places are not those of their figures."""


def settled(find: Finder, records: Index) -> Hits:
    """Return what is found in some reports, looked at one by one."""
    found = [(record, one) for record in records.tolist() for one in find(record)]
    subjects = [tuple(CheckedFigure(figure.measure, figure.part) for figure in one.figures) for _record, one in found]
    places = {at: one.places for at, (_record, one) in enumerate(found) if one.places}
    return Hits(np.array([record for record, _one in found], np.intp), np.arange(len(found)), subjects, places=places)


def each(matrix: Bools, figures: Sequence[CheckedFigure]) -> Hits:
    """Return a finding for each figure of (figures, reports) that is True."""
    records, subjects = np.nonzero(matrix.T)
    return Hits(records, subjects, [(figure,) for figure in figures])


def held_against(
    requirements: Sequence[Requirement],
    targets: Sequence[tuple[Sequence[Cell | None], Index]],
    hits: Hits,
    actual: Mapping[str, Callable[[], TextColumn]],
) -> HeldAgainst:
    """Return what findings say of requirements, given `Evaluation.targets` of each."""
    own = np.zeros(len(hits.records), np.int32)
    for subject, (_cells, number) in enumerate(targets):
        here = hits.subjects == subject
        own[here] = number[hits.records[here]]
    return HeldAgainst(requirements, [cells for cells, _number in targets], own, actual)


def together(matrix: Bools, figures: Sequence[CheckedFigure], meaning: Said = None) -> Hits:
    """Return a finding for each report that has any figure of (figures, reports) that is True, of all of them."""
    records = np.flatnonzero(matrix.any(axis=0))
    numbers, first = alike(matrix[:, records])
    named = matrix[:, records[first]].T.tolist()
    subjects = [tuple(figure for figure, here in zip(figures, some, strict=True) if here) for some in named]
    return Hits(records, numbers, subjects, meaning)
