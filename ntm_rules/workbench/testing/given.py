"""A figure as a test gives it -> the value that the reader of communes' files makes of it."""

from __future__ import annotations

from decimal import Decimal

from ntm_rules.dataset.figure_parts import Core, Fault
from ntm_rules.dataset.figures import figure_for
from ntm_rules.dataset.numbers import Cell, written
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import Reported, State
from ntm_rules.dataset.texts import tidy
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.rulebook.models import Measure, Scale
from ntm_rules.rulebook.rule_tests import CountedGiven, Given, StateGiven

STATES = {"invalid": State.INVALID, "conflicting": State.CONFLICTING}


def read_given(measure: Measure, scale: Scale | None, given: Given) -> Reported:
    """Return what a commune would have reported for a measure.

    Raises:
        NtmError: a value that a commune's file could not hold, or one that is said to be unusable and can be used.
    """
    if isinstance(given, StateGiven):
        return _unusable(measure, scale, given)
    core, faults = _read(measure, scale, given)
    if core is None:
        raise NtmError(Message("nothing is given; leave the key out where nothing was reported"))
    if core[0] in (State.INVALID, State.CONFLICTING, State.UNCLEAR):
        raise NtmError(*(_words(fault) for fault in faults))
    return _reported(core)


def _read(measure: Measure, scale: Scale | None, given: CountedGiven | Cell) -> tuple[Core | None, tuple[Fault, ...]]:
    figure = figure_for(measure, scale)
    if isinstance(given, CountedGiven):
        return figure.read("", given.numerator, given.denominator)
    if measure.kind == "share" and isinstance(given, int | float | Decimal) and not isinstance(given, bool):
        given = f"{written(given)}%"  # a test states percentages, also those below 1
    return figure.read(tidy(given) if isinstance(given, str) else given, "", "")


def _unusable(measure: Measure, scale: Scale | None, given: StateGiven) -> Reported:
    if given.written is None:
        return Reported(STATES[given.state])
    if given.state != "invalid":
        raise NtmError(Message("`written` belongs to the state invalid"))
    core, _faults = _read(measure, scale, given.written)
    if core is None or core[0] is not State.INVALID:
        shown = core[4] if core else ""
        raise NtmError(Message("“{value}” is said to be invalid, but it is read as a value", value=shown))
    return _reported(core)


def _reported(core: Core) -> Reported:
    state, value, base, counted, written = core
    return Reported(state, value, base, counted, written=written)


def _words(fault: Fault) -> Message:
    problem = Problem(fault.code, "", value=fault.written, parameters=dict(fault.parameters))
    return Message("{said}. {mend}", said=problem.message(), mend=problem.mend())
