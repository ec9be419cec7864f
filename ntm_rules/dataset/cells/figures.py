"""One measure's cells -> one reported value, by the measure's kind, exactly."""

from __future__ import annotations

from ntm_rules.dataset.cells.answers import Answers
from ntm_rules.dataset.cells.dated_figures import Dated
from ntm_rules.dataset.cells.figure_parts import (
    PRESENT,
    VALUE,
    Fault,
    FigureReader,
    Outcome,
    fault_of,
    invalid,
    limit_text,
    number_of,
    refuse_comma_in_whole,
    unused,
    whole_of,
    without_value,
)
from ntm_rules.dataset.cells.numbers import Cell, Refused, usual_units, value_units, written
from ntm_rules.dataset.cells.shares import Share
from ntm_rules.exact import PLAIN_LIMIT, VALUE_SCALE
from ntm_rules.rulebook.kinds import KINDS
from ntm_rules.rulebook.models import Measure, Scale
from ntm_rules.spelling import as_meant, looks_alike

GROWTH_DECIMALS = 6


def figure_for(measure: Measure, scale: Scale | None) -> FigureReader:
    """Return the reader of one measure."""
    if measure.traits.counted:
        return Share(measure)
    if measure.traits.quantity:
        return Plain(measure)
    if measure.traits.dated:
        return Dated(measure)
    return Stated(measure, scale)


_PLAIN_ANSWERS = frozenset(choice.vi for traits in KINDS.values() for choice in traits.choices)
"""The usual answers, which need no second look."""


class Plain(FigureReader):
    """A growth, an amount or a count: one number in the measure's unit."""

    __slots__ = ("_growth", "_may_be_negative", "_percentage", "whole")

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self._growth = measure.traits.needs_year_before
        self.whole = measure.traits.whole
        self._may_be_negative = self.low is not None and self.low < 0
        self._percentage = measure.unit_is_percent

    def read(self, value: Cell, numerator: Cell, denominator: Cell) -> Outcome:
        if value == "":
            return without_value(numerator, denominator)
        beside = unused(numerator, denominator)
        if value.__class__ is float and self._unbounded:
            usual = usual_units(value)
            if usual is not None and not (self.whole and usual[0] % VALUE_SCALE):
                return (PRESENT, usual[0], 0, False, usual[1]), beside
        try:
            if self.whole and not self._percentage:
                number = whole_of(value, self.measure.unit)
            else:
                number = number_of(value, percentage=self._percentage, units=self.measure.unit)
            if self.whole:
                refuse_comma_in_whole(value)
                if number[1]:
                    raise Refused("count-not-whole")
            units = value_units(number)
            if units < 0 and not self._may_be_negative:
                raise Refused("negative")
            if self._growth and number[1] > GROWTH_DECIMALS:
                raise Refused("too-many-decimals", allowed=GROWTH_DECIMALS)
            if not self._unbounded:
                self.check_range(units, VALUE_SCALE)
            if not -PLAIN_LIMIT < units < PLAIN_LIMIT:
                raise Refused("too-large", limit=limit_text(PLAIN_LIMIT // VALUE_SCALE))
        except Refused as refused:
            return invalid(value), (fault_of(VALUE, refused, value), *beside)
        return (PRESENT, units, 0, False, written(value)), beside


class Stated(FigureReader):
    """An attestation, a ruling or a grade: one of a few answers."""

    __slots__ = ("_answers",)

    def __init__(self, measure: Measure, scale: Scale | None) -> None:
        super().__init__(measure)
        self._answers = Answers(measure, scale)

    def read(self, value: Cell, numerator: Cell, denominator: Cell) -> Outcome:
        if value == "":
            return without_value(numerator, denominator)
        beside = unused(numerator, denominator)
        try:
            state, meaning = self._answers.read(value)
        except Refused as refused:
            return invalid(value), (fault_of(VALUE, refused, value), *beside)
        if isinstance(value, str) and value not in _PLAIN_ANSWERS and looks_alike(value):
            beside = (Fault(VALUE, "answer-look-alike", value, {"meant": as_meant(value)}), *beside)
        return (state, meaning, 0, False, written(value)), beside
