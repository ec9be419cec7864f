"""Targets of the resolved set: known, awaited, not asked, one for each class; and which of two is easier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ntm_rules.rulebook.models import (
    BY_GROUP,
    NOT_APPLICABLE,
    CellWritten,
    ClassedValue,
    DerivedValue,
    PendingTarget,
    Scale,
    Source,
    Text,
    ValueWritten,
    Within,
)


class Comparator(StrEnum):
    """How a value is held against its target."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    EQUALS = "is"
    """Attestations and rulings: the answer must be the one that meets."""

    @property
    def sign(self) -> str:
        """The sign of the comparison."""
        return _SIGNS[self]

    @property
    def is_ceiling(self) -> bool:
        """Whether the target is a limit that values stay below."""
        return self in (Comparator.AT_MOST, Comparator.LESS_THAN)

    @property
    def is_strict(self) -> bool:
        """Whether the target itself does not meet it."""
        return self in (Comparator.MORE_THAN, Comparator.LESS_THAN)

    def reached(self, value: int | Fraction, bar: int | Fraction) -> bool:
        """Tell whether a value meets a target, both in one unit.

        >>> Comparator.AT_LEAST.reached(5, 5), Comparator.MORE_THAN.reached(5, 5)
        (True, False)
        """
        if value == bar:
            return not self.is_strict
        return self is not Comparator.EQUALS and (value < bar) is self.is_ceiling


_SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.AT_MOST: "≤",
    Comparator.MORE_THAN: ">",
    Comparator.LESS_THAN: "<",
    Comparator.EQUALS: "=",
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a target came from."""

    document: str
    """Document id of the set, or the number of the overlay's document, or the overlay's id."""
    article: str = ""
    overlay: str | None = None
    illustrative: bool = False
    from_: dt.date | None = None
    to: dt.date | None = None
    promulgated: dt.date | None = None
    source: Source | None = field(default=None, compare=False, repr=False)
    """Where the set's own target stands, as written; `article` is the same in one line for programs."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a target is taken from: another target (`of`), or a reference figure of a year."""

    of: str
    """Id of the requirement, or of the reference figure."""
    times: Decimal = Decimal(1)
    plus: Decimal = Decimal(0)
    value: Decimal | None = None
    """What it is taken from comes to; None where that is not known yet."""
    set: str = ""
    """The other set in which the requirement stands; empty for this one."""
    year: int | None = None
    """The year of a reference figure; None: it is a target."""
    label: Text | None = None
    """What the reference figure, or the other set, is called."""
    unit: Text | None = None
    """Of a reference figure."""
    held_by: str = ""
    """The agency that has the reference figure."""
    held_by_text: Text | None = None
    """Who has it, where that is no agency of the set."""
    provenance: Provenance | None = None
    """Where what it is taken from stands."""

    @property
    def is_reference(self) -> bool:
        """Whether it is a figure, and no target."""
        return self.year is not None


@dataclass(frozen=True, slots=True)
class KnownTarget:
    """A target that has a legal source (or an illustrative overlay that says so).

    A grade target holds the rank of the grade on its scale, a day the number of days up to it.
    """

    provenance: Provenance
    everywhere: Decimal
    """The value, of every commune that it is for."""
    basis: Basis | None = None
    """What it is taken from, where it is; `provenance` then says who says so."""
    within: Within | None = None
    """The time before the appraisal of which it is the first day or the last, where the law states no day but that."""

    def value_for(self, _class: str | None) -> Decimal | None:
        """Return the target of a commune of a class."""
        return self.everywhere

    def of_class(self, _class: str | None) -> Cell | None:
        """Return itself: it is the same for every class."""
        return self

    def values(self) -> tuple[Decimal, ...]:
        """Return every value this target can take."""
        return (self.everywhere,)

    @property
    def awaited(self) -> tuple[AwaitedTarget, ...]:
        """What it waits for: nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class AwaitedTarget:
    """A target that no document in force fixes."""

    decision: str
    """Id of the decision awaited; empty when none is named."""
    reason: str = "target_pending"
    """`target_pending` or `standard_pending`; `no_value_in_force` when no dated value holds on the date;
    `no_reference_figure` when the figure that it is taken from has none of the year."""
    note: Text | None = None
    provenance: Provenance | None = None
    """The later decision that made it wait again; None where the set itself does."""
    basis: Basis | None = None
    """What it is taken from, where it is."""

    def value_for(self, _class: str | None) -> None:
        """Return None: there is no value for any class."""

    def of_class(self, _class: str | None) -> Cell | None:
        """Return itself: it is awaited for every class."""
        return self

    def values(self) -> tuple[Decimal, ...]:
        """Return nothing: no value is known."""
        return ()

    @property
    def awaited(self) -> tuple[AwaitedTarget, ...]:
        """What it waits for."""
        return (self,)


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Stands for the target of a class of which the law asks nothing."""

    provenance: Provenance


Cell = KnownTarget | AwaitedTarget | NotAsked
"""The target of one class of communes."""


THE_REST = Text(vi="còn lại", en="the others")


@dataclass(frozen=True, slots=True)
class Classing:
    """What communes are told apart by: their group, their type, a classification of the register, or an answer they report."""

    by: str
    """`group`, `type`, `province`, the id of a classification, or the id of a measure."""
    classes: tuple[str, ...]
    """Every class there is, in the order of the register; of a measure the answers by rank, from 0."""
    titles: tuple[Text, ...] = field(default=(), compare=False, repr=False)
    """What each class is called, in their order."""
    is_answer: bool = False
    """Whether the class is what the commune answers."""

    def title(self, class_: str | None) -> Text:
        """Return what a class is called; None: the others."""
        named = dict(zip(self.classes, self.titles, strict=False))
        return THE_REST if class_ is None else named.get(class_) or Text(vi=class_, en=class_)

    @property
    def is_group(self) -> bool:
        """Whether communes are told apart by their group."""
        return self.by == BY_GROUP

    @property
    def takes_rest(self) -> bool:
        """Whether a commune without a class is one of the others ("còn lại"): a group, or an answer, is only not known yet."""
        return not self.is_group and not self.is_answer


@dataclass(frozen=True, slots=True)
class ClassedTarget:
    """A target that differs by class of communes: each class has its own, with where it stands."""

    classing: Classing
    cells: Mapping[str, Cell]
    """Class -> its target, of those that are named."""
    rest: Cell | None = None
    """The target of all others."""

    def of_class(self, class_: str | None) -> Cell | None:
        """Return the target of a class; None where the class is needed and not known."""
        if class_ is None:
            return self.rest if self.classing.takes_rest else None
        return self.cells.get(class_, self.rest)

    def value_for(self, class_: str | None) -> Decimal | None:
        """Return the value of a class; None where there is none, or the class is needed and not known."""
        cell = self.of_class(class_)
        return cell.everywhere if isinstance(cell, KnownTarget) else None

    def each(self) -> Iterator[tuple[str | None, Cell]]:
        """Yield each class that is named with its target, then that of the others under None."""
        yield from self.cells.items()
        if self.rest is not None:
            yield None, self.rest

    def values(self) -> tuple[Decimal, ...]:
        """Return every value this target can take."""
        return tuple(cell.everywhere for _class, cell in self.each() if isinstance(cell, KnownTarget))

    @property
    def awaited(self) -> tuple[AwaitedTarget, ...]:
        """What it waits for, for some class."""
        return tuple(cell for _class, cell in self.each() if isinstance(cell, AwaitedTarget))

    @property
    def provenance(self) -> Provenance:
        """Where the target of its first class stands that stands anywhere; the latest of several."""
        found = [cell.provenance for _class, cell in self.each() if not isinstance(cell, AwaitedTarget)]
        latest = max(found, key=lambda one: one.promulgated or dt.date.min, default=None)
        return latest or Provenance(document="")

    @property
    def is_plain(self) -> bool:
        """Whether it is a number for every group, all fixed at one place: the short form."""
        known = [cell for cell in self.cells.values() if isinstance(cell, KnownTarget)]
        alone = self.classing.is_group and self.rest is None and len(known) == len(self.cells)
        alone = alone and all(cell.basis is None for cell in known)
        return alone and len({cell.provenance for cell in known}) == 1

    def title(self, class_: str | None) -> Text:
        """Return what a class is called; None: the others."""
        return self.classing.title(class_)

    @property
    def by_group(self) -> Mapping[str, Decimal]:
        """The number of each group, where it is by group."""
        cells = self.cells.items() if self.classing.is_group else ()
        return {group: cell.everywhere for group, cell in cells if isinstance(cell, KnownTarget)}

    def over(self, under: Target) -> ClassedTarget:
        """Return the target where this one changes the classes it names, and what it changes stays for the others."""
        if isinstance(under, ClassedTarget) and under.classing.by != self.classing.by:
            return self
        others: Mapping[str, Cell]
        if isinstance(under, ClassedTarget):
            others, rest = under.cells, self.rest or under.rest
        elif self.rest is not None:
            return self
        else:
            others, rest = dict.fromkeys(self.classing.classes, under), under if self.classing.takes_rest else None
        if self.cells.keys() >= set(self.classing.classes):
            others = {}
        return ClassedTarget(self.classing, {**others, **self.cells}, rest)


Target = KnownTarget | AwaitedTarget | ClassedTarget
Stated = KnownTarget | ClassedTarget
"""A target that a document states."""


def known_target(value: ValueWritten, scale: Scale | None, source: Provenance, classing: Classing | None) -> Target:
    """Return a written value as a target, by `classing` where it differs by class; a grade as its rank on its scale.

    What is taken from something else is not worked out here: its target says from what alone.
    """
    if isinstance(value, DerivedValue):
        return AwaitedTarget("", "no_value_in_force", provenance=source, basis=basis_of(value))
    if isinstance(value, dict | ClassedValue):
        assert classing is not None, "what differs by class says by what"
        cells = value.values if isinstance(value, ClassedValue) else value
        rest = value.default if isinstance(value, ClassedValue) else cells.get(DEFAULT)
        return ClassedTarget(
            classing,
            {class_: _cell(cell, scale, source) for class_, cell in cells.items() if class_ != DEFAULT},
            None if rest is None else _cell(rest, scale, source),
        )
    known = _cell(value, scale, source)
    assert isinstance(known, KnownTarget)
    return known


def basis_of(value: DerivedValue) -> Basis:
    """Return what a target is taken from as far as its words say; of which year a reference figure is they do not."""
    return Basis(
        value.of or value.reference or "",
        value.times,
        value.plus,
        set=value.set or "",
        year=0 if value.reference else None,
    )


def derived_target(base: Target, basis: Basis, source: Provenance) -> Target:
    """Return a target taken from another one, or from a figure, class by class; exactly."""
    if not isinstance(base, ClassedTarget):
        derived = _derived(base, basis, source)
        assert not isinstance(derived, NotAsked), "only a class of communes is asked nothing"
        return derived
    cells = {class_: _derived(cell, basis, source) for class_, cell in base.cells.items()}
    return ClassedTarget(base.classing, cells, base.rest and _derived(base.rest, basis, source))


def _derived(base: Cell, basis: Basis, source: Provenance) -> Cell:
    if isinstance(base, NotAsked):
        return NotAsked(source)
    basis = replace(basis, provenance=base.provenance)
    if isinstance(base, AwaitedTarget):
        return replace(base, basis=basis)
    if base.provenance.illustrative:
        source = replace(source, illustrative=True)
    value = base.everywhere * basis.times + basis.plus
    return KnownTarget(source, value, replace(basis, value=base.everywhere))


DEFAULT = "default"
"""Stands in a mapping for every class that is not named."""


def _cell(value: CellWritten, scale: Scale | None, source: Provenance) -> Cell:
    if isinstance(value, PendingTarget):
        again = source if source.overlay else None
        return AwaitedTarget(value.pending.decision, note=value.pending.note, provenance=again)
    if value == NOT_APPLICABLE:
        return NotAsked(source)
    if isinstance(value, str):
        assert scale is not None
        return KnownTarget(source, Decimal([grade.id for grade in scale.grades].index(value)))
    return KnownTarget(source, _on_a_line(value))


def _on_a_line(value: Decimal | dt.date) -> Decimal:
    """Return a number, or a day as the number of days up to it."""
    return Decimal(value.toordinal()) if isinstance(value, dt.date) else Decimal(value)


def loosened(before: Target, after: Target, comparator: Comparator) -> tuple[str | None, ...]:
    """Return the classes, as `named_classes` has them, of which `after` is easier to meet, or asks nothing any more."""
    return tuple(c for c in named_classes(before, after) if _easier(named(before, c), named(after, c), comparator))


def changed_classes(before: Target, after: Target) -> tuple[str | None, ...]:
    """Return the classes, as `named_classes` has them, of which `after` says something else."""
    return tuple(c for c in named_classes(before, after) if _says(named(before, c)) != _says(named(after, c)))


def named_classes(*targets: Target) -> tuple[str | None, ...]:
    """Return the classes that targets name, in order; None stands for the others, or for every commune."""
    classes = {c: None for one in targets if isinstance(one, ClassedTarget) for c, _cell in one.each()}
    return tuple(classes or {None: None})


def named(target: Target, class_: str | None) -> Cell | None:
    """Return the target of a class as `named_classes` has it."""
    return target.rest if class_ is None and isinstance(target, ClassedTarget) else target.of_class(class_)


def _says(cell: Cell | None) -> object:
    return cell.everywhere if isinstance(cell, KnownTarget) else type(cell)


def _easier(before: Cell | None, after: Cell | None, comparator: Comparator) -> bool:
    if not isinstance(before, KnownTarget):
        return False
    if isinstance(after, NotAsked):
        return True
    if not isinstance(after, KnownTarget):
        return False
    was, now = before.everywhere, after.everywhere
    return now > was if comparator.is_ceiling else now < was
