"""Checking what targets are taken from: that it is there, in the same unit, and not taken from itself in a ring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import Classing
from ntm_rules.rulebook.models import (
    PERCENT_SIGN,
    DerivedValue,
    IndicatorWritten,
    Measure,
    NodeWritten,
    PendingTarget,
    ReferenceFigure,
    Text,
)
from ntm_rules.rulebook.names import Names
from ntm_rules.rulebook.problem_codes import (
    UNFIT_VALUE,
    UNKNOWN_AGENCY,
    UNKNOWN_DECISION,
    UNKNOWN_DOCUMENT,
    UNKNOWN_PART,
    WRONG_KIND,
)
from ntm_rules.rulebook.taken import Quantity, Taken
from ntm_rules.rulebook.value_faults import cells_of, class_faults, not_defined
from ntm_rules.rulebook.yaml_reader import Place

if TYPE_CHECKING:
    from ntm_rules.rulebook.models import TargetWritten, ValueWritten

Fault = tuple[Place, str, Message]
"""The key that is wrong, the code and the words."""


def derived_in(target: TargetWritten) -> Iterator[tuple[Place, DerivedValue]]:
    """Yield what a target is taken from, on whatever day, each with its place below the target's."""
    if isinstance(target, DerivedValue):
        yield (), target
    elif isinstance(target, tuple):
        yield from (((i, "value"), one.value) for i, one in enumerate(target) if isinstance(one.value, DerivedValue))


def unit_taken(measure: Measure, taken: Taken) -> Text | None:
    """Return the unit in which what is taken of a measure is held against its target; None for a ratio."""
    quantity = taken.of(measure).quantity
    if quantity is Quantity.RATIO:
        return None
    return PERCENT_SIGN if quantity is Quantity.GROWTH else measure.reported_unit


def derived_faults(
    value: DerivedValue,
    node: NodeWritten,
    measures: Mapping[str, Measure],
    nodes: Mapping[str, NodeWritten],
    references: Mapping[str, ReferenceFigure] | None,
) -> Iterator[Fault]:
    """Yield what is wrong with what the target of a requirement is taken from; `references` None: not all are known.

    `nodes`: every rule of the set that the value names, by id.
    """
    measure = measures.get(node.reported or "")
    if measure is None:
        return
    if not measure.traits.quantity:
        yield (
            (),
            WRONG_KIND,
            Message("measure {measure} is no number; its target is taken from nothing", measure=measure.id),
        )
        return
    own = unit_taken(measure, node.how_taken)
    if value.reference is not None:
        figure = None if references is None else references.get(value.reference)
        if references is not None and figure is None:
            yield ("reference",), UNKNOWN_PART, not_defined(value.reference, references)
        if figure is not None and (own is None or own.vi.strip() != figure.unit.vi.strip()):
            yield ("reference",), UNFIT_VALUE, _other_unit(figure.id, figure.unit, own)
        return
    base = nodes.get(value.of or "")
    if base is None:
        yield ("of",), UNKNOWN_PART, not_defined(value.of or "", [id_ for id_, one in nodes.items() if one.bounds])
        return
    told = measures.get(base.reported or "")
    if base.parts or not base.bounds:
        message = Message("{id} has no target of its own; name a requirement that has one", id=base.id)
        yield ("of",), UNFIT_VALUE, message
    elif told is not None and not told.traits.quantity:
        message = Message("{id} has no number as its target", id=base.id)
        yield ("of",), WRONG_KIND, message
    elif told is not None and (unit := unit_taken(told, base.how_taken)) != own:
        yield ("of",), UNFIT_VALUE, _other_unit(base.id, unit, own)


def _other_unit(id_: str, unit: Text | None, own: Text | None) -> Message:
    times = Text(vi="lần", en="times")
    return Message("{id} is in {unit}, and what is held to it in {own}", id=id_, unit=unit or times, own=own or times)


def ring(id_: str, nodes: Mapping[str, NodeWritten]) -> tuple[str, ...]:
    """Return the requirements whose targets are taken from each other, from one to itself again; empty where they are not.

    >>> ring("1.1", {})
    ()
    """

    def onwards(chain: tuple[str, ...]) -> tuple[str, ...]:
        node = nodes.get(chain[-1])
        for value in node.derived if node is not None else ():
            if value.of is None or value.set is not None:
                continue
            if value.of == id_:
                return (*chain, id_)
            if value.of not in chain and (found := onwards((*chain, value.of))):
                return found
        return ()

    return onwards((id_,))


def ring_message(chain: tuple[str, ...]) -> Message:
    """Return what is said of targets that are taken from each other."""
    return Message("these targets are taken from each other in a ring: {chain}", chain=" → ".join(chain))


def check_references(names: Names, name: str, figures: Mapping[int, ReferenceFigure]) -> None:
    """Check the names that reference figures use, and that their values fit."""
    names.once(name, {i: figure.id for i, figure in figures.items()})
    for i, figure in figures.items():
        if figure.held_by is not None:
            names.known(name, (i, "held_by"), figure.held_by, names.agencies, UNKNOWN_AGENCY)
        seen: dict[tuple[int, dt.date | None], int] = {}
        for n, told in enumerate(figure.values):
            place: Place = (i, "values", n)
            first = seen.setdefault((told.year, told.promulgated), n)
            if first != n:
                message = Message(
                    "the figure of {year} stands here twice, issued on one day (first on line {line}): keep the one that holds",
                    year=str(told.year),
                    line=names.files[name].line((i, "values", first)),
                )
                names.problem(name, place, message, UNFIT_VALUE)
            if told.source is not None:
                names.known(name, (*place, "source"), told.source.document, names.documents, UNKNOWN_DOCUMENT)
            if told.pending is not None:
                at = (*place, "pending", "decision")
                names.known(name, at, told.pending.decision, names.decisions, UNKNOWN_DECISION)
            if told.value is not None:
                for code, message in figure_faults(told.value, names.classings):
                    names.problem(name, (*place, "value"), message, code)
                for at, cell in cells_of(told.value, (*place, "value")):
                    if isinstance(cell, PendingTarget):
                        decision = cell.pending.decision
                        names.known(name, (*at, "pending", "decision"), decision, names.decisions, UNKNOWN_DECISION)


def figure_faults(value: ValueWritten, classings: Mapping[str, Classing]) -> Iterator[tuple[str, Message]]:
    """Yield what is wrong with the value of a reference figure: a number, one of each class."""
    if isinstance(value, DerivedValue):
        yield UNFIT_VALUE, Message("a reference figure is a number, and taken from nothing else")
        return
    yield from class_faults(value, classings)
    for _place, cell in cells_of(value, ()):
        if not isinstance(cell, Decimal | PendingTarget):
            yield (
                UNFIT_VALUE,
                Message("“{value}” is not a number; write one such as {example}", value=str(cell), example="80, 80.5"),
            )


def check_derived(
    names: Names,
    rules: Mapping[str, Mapping[int, IndicatorWritten]],
    conditions: Mapping[int, IndicatorWritten],
    references: Mapping[int, ReferenceFigure],
) -> None:
    """Check what the targets of a set are taken from; of other sets `other_sets` does."""
    header = names.header
    files = [(criterion.rules, rules[criterion.id]) for criterion in header.criteria]
    files += [(header.conditions, conditions)] if header.conditions else []
    nodes = {node.id: node for _name, own in files for whole in own.values() for node in whole.walk()}
    known = None if header.reference_figures in names.incomplete else {one.id: one for one in references.values()}
    unsure = bool({name for name, _own in files} & names.incomplete)
    for name, own in files:
        for i, whole in own.items():
            for place, node in whole.placed((i,)):
                check_node(names, name, place, node, nodes, known, unsure)


def check_node(
    names: Names,
    name: str,
    place: Place,
    node: NodeWritten,
    nodes: Mapping[str, NodeWritten],
    references: Mapping[str, ReferenceFigure] | None,
    unsure: bool = False,
) -> None:
    """Check what the target of one requirement is taken from; `unsure`: there may be rules that could not be read."""
    if node.parts:
        return
    for key, bound in node.bounds.items():
        for at, value in derived_in(bound):
            if value.set is not None or (unsure and value.of is not None and value.of not in nodes):
                continue
            for part, code, message in derived_faults(value, node, names.measures, nodes, references):
                names.problem(name, (*place, key, *at, *part), message, code)
            if value.of is not None and (chain := ring(node.id, nodes)):
                names.problem(name, (*place, key, *at, "of"), ring_message(chain), UNFIT_VALUE)
