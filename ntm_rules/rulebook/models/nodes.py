"""rules.yaml: indicators, their parts and conditions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from ntm_rules.i18n import N_
from ntm_rules.rulebook.models.basics import MOST_ROUNDED, Id, MeasureId, Points, Text, Whole, Written
from ntm_rules.rulebook.models.conditions import BOUNDS, GateWritten, SetMet, TakenWritten, Within
from ntm_rules.rulebook.models.documents import Source, Years
from ntm_rules.rulebook.models.targets import (
    ClassedValue,
    DatedValue,
    Days,
    DerivedValue,
    PendingTarget,
    TargetWritten,
    ValueWritten,
)
from ntm_rules.rulebook.taken import Taken, taken_as


class NodeWritten(Written):
    """A requirement, or several taken together, as written: exactly one of `FORMS`."""

    id: Id
    text: str | None = None
    reading: str | None = None
    text_en: str | None = None
    lead: Id | None = None
    cooperating: tuple[Id, ...] | None = None
    source: Source | None = None
    note: Text | None = None

    all: tuple[NodeWritten, ...] | None = Field(default=None, min_length=1)
    any: tuple[NodeWritten, ...] | None = Field(default=None, min_length=1)
    some: tuple[NodeWritten, ...] | None = Field(default=None, min_length=1)
    needed: Whole | None = Field(default=None, ge=1)
    """For `some`: how many of the parts must be met."""
    applies_if: GateWritten | None = None
    applies_unless: GateWritten | None = None
    measure: MeasureId | None = None
    taken: TakenWritten | None = None
    """For a requirement: of which years its figure is taken, and as what; as it was reported unless said."""
    rounded_to: Whole | None = Field(default=None, ge=0, le=MOST_ROUNDED)
    """For `measure`: the decimals to which the law rounds it before it is held against the target."""
    at_least: TargetWritten | None = None
    at_most: TargetWritten | None = None
    more_than: TargetWritten | None = None
    less_than: TargetWritten | None = None
    day: MeasureId | None = None
    no_earlier_than: TargetWritten | None = None
    no_later_than: TargetWritten | None = None
    within: Within | None = None
    """For `day`: so long before the day of the appraisal, and not after it."""
    attested: MeasureId | None = None
    answer: Literal["yes", "no"] | None = None
    """For `attested`: the answer that meets; yes unless said."""
    ruling: MeasureId | None = None
    graded: MeasureId | None = None
    set_met: SetMet | None = None
    each_hamlet: NodeWritten | None = None
    """For `measure`: what each hamlet must meet; the measure counts the hamlets that do."""
    hamlets: MeasureId | None = None
    """With `each_hamlet`: the measure in which the commune says how many hamlets it has."""
    standard: PendingTarget | None = None
    """For `attested` and `ruling`: what counts as meeting it still waits on a decision."""

    _ends: tuple[NodeWritten, ...] = PrivateAttr(default=())
    """Of a range ("từ 6 đến 8,5"): a requirement for each end of it."""
    _is_last: bool = PrivateAttr(default=False)
    """Of a `within`: whether it is the end that no day may lie beyond."""

    @property
    def op(self) -> str:
        """How its parts are taken together: `all`, `any` or `some`; empty for a requirement."""
        return "any" if self.any else "some" if self.some else "all" if self.all or self._ends else ""

    @property
    def parts(self) -> tuple[NodeWritten, ...]:
        """What it takes together, in the order written; nothing for a requirement."""
        return self.all or self.any or self.some or self._ends

    @property
    def bounds(self) -> dict[str, TargetWritten]:
        """The targets it states, by comparison: one, or two where it is a range; days by the same comparisons."""
        stated = ((key, getattr(self, self.written_as(key))) for key in BOUNDS)
        return {key: target for key, target in stated if target is not None}

    def written_as(self, comparator: str) -> str:
        """Return the keyword by which a comparison is written here."""
        return DAY_BOUNDS.get(comparator, comparator) if self.day else comparator

    @property
    def dated(self) -> tuple[DatedValue, ...]:
        """The dated values of its target, if it has any."""
        return next((target for target in self.bounds.values() if isinstance(target, tuple)), ())

    @property
    def gates(self) -> dict[str, GateWritten]:
        """What decides whether it applies, by keyword."""
        stated = (("applies_if", self.applies_if), ("applies_unless", self.applies_unless))
        return {key: gate for key, gate in stated if gate is not None}

    @property
    def stated_values(self) -> tuple[ValueWritten, ...]:
        """Every value that its targets state, on whatever day."""
        undated = (one for one in self.bounds.values() if not isinstance(one, PendingTarget | tuple))
        return (*(one.value for one in self.dated), *undated)

    @property
    def derived(self) -> tuple[DerivedValue, ...]:
        """What its targets are taken from, on whatever day."""
        return tuple(value for value in self.stated_values if isinstance(value, DerivedValue))

    @property
    def told_apart_by(self) -> tuple[Id, ...]:
        """What its targets that differ by class tell communes apart by, other than `REGISTERED`."""
        by = (one.by for one in self.stated_values if isinstance(one, ClassedValue))
        return tuple(dict.fromkeys(one for one in by if one not in REGISTERED))

    @property
    def asked(self) -> tuple[Id, ...]:
        """What it reads itself: the measures of its gates, then what it holds against a target, then `told_apart_by`.

        The last may be classifications of the register.
        """
        gates = (gate if isinstance(gate, str) else gate.measure for gate in self.gates.values())
        own = [self.reported] if self.reported else []
        counted = [self.hamlets] if self.hamlets else []
        return tuple(dict.fromkeys([*gates, *own, *counted, *self.told_apart_by]))

    @property
    def reported(self) -> MeasureId | None:
        """The measure it holds against a target; None for what takes others together."""
        return self.measure or self.day or self.attested or self.ruling or self.graded

    @property
    def how_taken(self) -> Taken:
        """How it takes its figure."""
        return taken_as(self.taken, self.rounded_to)

    @property
    def is_last(self) -> bool:
        """Whether it is the end of a `within` that no day may lie beyond."""
        return self._is_last

    def walk(self) -> Iterator[NodeWritten]:
        """Yield it and everything below it, parents first, in the order written."""
        return (node for _place, node in self.placed(()))

    def placed(self, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], NodeWritten]]:
        """Yield what `walk` does, each with its place in the file, where this node's own is `place`."""
        yield place, self
        for i, part in enumerate(self.parts):
            yield from part.placed(place if self._ends else (*place, self.op, i))
        if self.each_hamlet is not None:
            yield from self.each_hamlet.placed((*place, EACH_HAMLET))

    def requirements(self) -> Iterator[NodeWritten]:
        """Yield the requirements at or below it, in the order written."""
        return (node for node in self.walk() if not node.parts)

    @model_validator(mode="after")
    def _states_one_condition(self) -> Self:
        forms = [f for f in FORMS if getattr(self, f) is not None]
        if len(forms) != 1:
            raise ValueError(N_("state exactly one of all, any, some, measure, day, attested, ruling, graded, set_met"))
        form = forms[0]
        stated = self.bounds
        floors, ceilings = FLOORS & stated.keys(), CEILINGS & stated.keys()
        if form == "measure" and (not stated or len(floors) > 1 or len(ceilings) > 1):
            raise ValueError(
                N_("`measure` needs at_least or more_than, at_most or less_than, or for a range one of each")
            )
        if form == "graded" and stated.keys() != {"at_least"}:
            raise ValueError(N_("`graded` needs at_least, and no other comparison"))
        days = [key for key in DAYS_COMPARED if getattr(self, key) is not None]
        if form == "day" and (not days or ("within" in days and len(days) > 1)):
            raise ValueError(N_("`day` needs no_earlier_than, no_later_than or both, or within"))
        if form != "day" and days:
            raise ValueError(N_("only `day` takes no_earlier_than, no_later_than and within"))
        numbers = [key for key in BOUNDS if getattr(self, key) is not None]
        if form not in ("measure", "graded") and numbers:
            raise ValueError(N_("only `measure` and `graded` take at_least, at_most, more_than or less_than"))
        if form not in ("attested", "ruling") and self.standard is not None:
            raise ValueError(N_("`standard` belongs to attested or ruling"))
        if form != "attested" and self.answer is not None:
            raise ValueError(N_("`answer` belongs to attested"))
        if form in (*COMBINED, "day", "set_met") and self.taken is not None:
            raise ValueError(N_("`taken` belongs to measure, attested, ruling or graded"))
        if form != "measure" and self.rounded_to is not None:
            raise ValueError(N_("`rounded_to` belongs to measure"))
        if (form == "some") != (self.needed is not None):
            raise ValueError(N_("`some` goes with `needed`, how many of its parts must be met"))
        if self.some and self.needed and self.needed > len(self.some):
            raise ValueError(N_("`needed` is more than there are parts"))
        self._counts_hamlets(form)
        if self.within is not None or (floors and ceilings):
            self._ends = (self._end(FROM_END, ceilings), self._end(TO_END, floors))
        return self

    def _counts_hamlets(self, form: str) -> None:
        if self.each_hamlet is None:
            if self.hamlets is not None:
                raise ValueError(N_("`hamlets` goes with `each_hamlet`"))
            return
        if form != "measure" or len(self.bounds) > 1 or self.taken is not None or self.rounded_to is not None:
            raise ValueError(N_("`each_hamlet` belongs to measure with one comparison, of the year judged"))
        for node in self.each_hamlet.walk():
            if node.each_hamlet is not None or node.set_met is not None:
                raise ValueError(N_("within `each_hamlet` there is no other each_hamlet and no set_met"))
            if node.taken is not None:
                raise ValueError(N_("within `each_hamlet` figures are of the year judged, without `taken`"))

    def _end(self, suffix: str, others: Iterable[str]) -> NodeWritten:
        """Return one end of a range as a requirement of its own, without the other's comparison and the words."""
        kept = {"measure", "day", "taken", "rounded_to", *BOUNDS, *DAYS_COMPARED}
        own = {key: getattr(self, key) for key in self.model_fields_set & kept}
        left_out = {self.written_as(key) for key in others}
        end = NodeWritten.model_construct(
            id=f"{self.id}.{suffix}", **{k: v for k, v in own.items() if k not in left_out}
        )
        end._is_last = suffix == TO_END
        return end


EACH_HAMLET = "each_hamlet"
REGISTERED = ("group", "type", "province")
"""What a register tells communes apart by of itself; the last where it holds several provinces."""
BY_GROUP, BY_TYPE, BY_PROVINCE = REGISTERED
COMBINED = ("all", "any", "some")
FORMS = (*COMBINED, "measure", "day", "attested", "ruling", "graded", "set_met")
DAY_BOUNDS = {"at_least": "no_earlier_than", "at_most": "no_later_than"}
"""Comparison -> how it is written of days."""
DAYS_COMPARED = (*DAY_BOUNDS.values(), "within")
"""The keywords by which a day is held against others."""
FLOORS, CEILINGS = frozenset(BOUNDS[:2]), frozenset(BOUNDS[2:])
FROM_END, TO_END = "min", "max"
"""What the ids of a range's ends are told apart by: `5.1` from 6 to 8,5 has 5.1.min and 5.1.max."""


class IndicatorWritten(NodeWritten):
    """One indicator (chỉ tiêu): a row of the annex with its agencies and its condition."""

    text: str
    text_en: str
    source: Source
    lead: Id
    cooperating: tuple[Id, ...]
    years: Years
    in_force: Days | None = None
    """The days on which it counts, where the law has days: within `years`."""
    points: Points | None = None
    """What it counts when progress is ranked (chấm điểm); no verdict ever depends on it."""

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether it counts on a day."""
        return day.year in self.years and (self.in_force is None or day in self.in_force)

    @model_validator(mode="after")
    def _days_lie_within_its_years(self) -> Self:
        days, years = self.in_force, self.years
        if days and (days.from_.year not in years or (days.to and days.to.year not in years)):
            raise ValueError(N_("`in_force` reaches beyond `years`"))
        return self
