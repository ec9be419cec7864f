"""A figure as a test gives it -> the value that the reader of communes' files makes of it."""

from __future__ import annotations

from ntm_rules.dataset.cells.figure_parts import Core, Fault
from ntm_rules.dataset.cells.figures import figure_for
from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.cells.texts import tidy
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import Reported, State
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.rulebook.models import Measure, Scale
from ntm_rules.rulebook.rule_tests import CountedGiven, Given, StateGiven

STATES = {"invalid": State.INVALID, "conflicting": State.CONFLICTING, "unclear": State.UNCLEAR}


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


def _read(
    measure: Measure, scale: Scale | None, given: CountedGiven | Cell, *, as_reported: bool = False
) -> tuple[Core | None, tuple[Fault, ...]]:
    figure = figure_for(measure, scale)
    if isinstance(given, CountedGiven):
        return figure.read("", given.numerator, given.denominator)
    core, faults = figure.read(tidy(given) if isinstance(given, str) else given, "", "")
    if core is None or core[0] is not State.UNCLEAR or as_reported or isinstance(given, str):
        return core, faults
    confirmed, faults = figure.read(f"{core[4]}%", "", "")  # a number in a test is a percentage, also one below 1
    return (*confirmed[:4], core[4]) if confirmed else None, faults


def _unusable(measure: Measure, scale: Scale | None, given: StateGiven) -> Reported:
    if given.written is None:
        return Reported(STATES[given.state])
    if given.state == "conflicting":
        raise NtmError(Message("`written` belongs to the states invalid and unclear"))
    core, _faults = _read(measure, scale, given.written, as_reported=True)
    if core is None or core[0] is not STATES[given.state]:
        shown = core[4] if core else ""
        raise NtmError(Message("“{value}” is said to be {state}, but is not read so", value=shown, state=given.state))
    return _reported(core)


def _reported(core: Core) -> Reported:
    state, value, base, counted, written = core
    return Reported(state, value, base, counted, written=written)


def _words(fault: Fault) -> Message:
    problem = Problem(fault.code, "", value=fault.written, parameters=dict(fault.parameters))
    return Message("{said}. {mend}", said=problem.message(), mend=problem.mend())
