"""The hidden sheet on which a form reckons: what each entry is worth, each requirement's verdict, and what they make."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.cells.days import serial_of
from ntm_rules.exact import PERCENT
from ntm_rules.forms.commune import formulas
from ntm_rules.forms.commune.context import OneForm
from ntm_rules.forms.commune.figures import FIGURE, worst
from ntm_rules.forms.commune.placing import BARS, RESULT, FormPlaces, bar_cells, nodes
from ntm_rules.forms.commune.questions import Question
from ntm_rules.forms.commune.standards import STANDARD, standard_formula
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    ClassedTarget,
    Classing,
    Comparator,
    CriteriaSet,
    Gate,
    KnownTarget,
    NotAsked,
    Requirement,
)
from ntm_rules.rulebook.taken import Quantity

GROUP_NAME = "ntm_group"
"""The name of the cell that holds the number of the commune's group, from 1; 0 when it is not known."""


PLAIN_AT = 5
"""Column, from 0, in which a number without a format stands, and below it what the program calls that format."""


def write_calculations(sheet: Worksheet, context: OneForm) -> None:
    """Write every formula in its row, with its true result: some programs reckon only what is typed after them."""
    rules, places = context.rules, context.places
    writer = _Writer(sheet, context)
    sheet.write_number(0, PLAIN_AT, 1)
    sheet.write_formula(1, PLAIN_AT, formulas.plain_format(xl_rowcol_to_cell(0, PLAIN_AT)), None, "G")
    questions = {question.measure.id: question for question in places.questions()}
    all_nodes = {node.id: node for node in nodes(rules)}
    for row, (what, id_) in enumerate(places.order):
        sheet.write_string(row, 0, f"{what} {id_}")
        if what == "node":
            node = all_nodes[id_]
            if isinstance(node, Requirement):
                writer.requirement(row, node)
            else:
                parts = [places.calculated["node", child.id] for child in node.children]
                writer.verdict(row, what, id_, formulas.combined(node.op, parts, node.needed))
        elif what == FIGURE:
            formula, worth = worst(questions[id_].requirements, context)
            sheet.write_formula(row, RESULT, formula, None, worth)
        elif what == "indicator":
            condition = rules.indicator_by_id[id_].condition
            writer.verdict(row, what, id_, f"={places.calculated['node', condition.id]}")
        elif what == "criterion":
            criterion = rules.criterion_by_id[id_]
            parts = [places.calculated["indicator", indicator.id] for indicator in criterion.indicators]
            formula = formulas.combined("all", parts) if criterion.standard is None else writer.whole(what, id_)
            writer.verdict(row, what, id_, formula)
        elif what == "commune":
            writer.verdict(row, what, id_, writer.whole(what, id_))
        elif (what, id_) in places.standards:
            part = places.standards[what, id_]
            writer.verdict(row, what, id_, standard_formula(rules, (what, id_), part, places.calculated))
        else:
            formula = _of_question(rules, places, questions[id_], what)
            sheet.write_formula(row, RESULT, formula, None, context.worth[what, id_])


def _of_question(rules: CriteriaSet, places: FormPlaces, question: Question, what: str) -> str:
    """Return the formula of what a question's cells are worth."""
    measure, cells = question.measure, places.cells[question.measure.id]
    scale = rules.scales.get(measure.scale or "")
    if what == "percent":
        return formulas.percentage(cells.value)
    if what == "before":
        return formulas.previous_entry(measure, cells.previous)
    if what == "answer":
        return formulas.answer(measure, scale, cells.value)
    return formulas.entry(measure, scale, cells, not_applicable=question.only_if is not None)


class _Writer:
    """Writes the rows of verdicts."""

    def __init__(self, sheet: Worksheet, context: OneForm) -> None:
        self._sheet, self._context = sheet, context

    def verdict(self, row: int, what: str, id_: str, formula: str) -> None:
        self._sheet.write_formula(row, RESULT, formula, None, self._context.judged[what, id_])

    def whole(self, what: str, id_: str) -> str:
        """Return the formula of what is met by a standard of its own: what that came to."""
        return f"={self._context.places.calculated[STANDARD, f'{what} {id_}']}"

    def requirement(self, row: int, requirement: Requirement) -> None:
        measure = self._context.rules.measures[requirement.measure]
        cells, calculated = self._context.places.cells[measure.id], self._context.places.calculated
        target, in_percent = requirement.target, measure.traits.in_percent or requirement.taken.compares_years
        cells_of_target = bar_cells(self._context.places, requirement)
        if isinstance(target, ClassedTarget):
            self._bars_by_class(row, requirement, target, in_percent=in_percent)
        elif isinstance(target, KnownTarget):
            self._bars(row, requirement, target, in_percent=in_percent)
        formula = formulas.requirement(
            measure,
            held_by(requirement),
            cells,
            entry=calculated["entry", measure.id],
            rank=calculated.get(("answer", measure.id), ""),
            previous=calculated.get(("before", measure.id), ""),
            bars=None if isinstance(target, AwaitedTarget) else cells_of_target,
            unjudged=isinstance(target, ClassedTarget) and len(target.values()) < len(list(target.each())),
            gates=[self._gate(gate) for gate in requirement.gates],
            answer=requirement.answer,
            taken=requirement.taken,
            year=self._context.year,
        )
        self.verdict(row, "node", requirement.id, formula)

    def _gate(self, gate: Gate) -> formulas.GateCells:
        calculated = self._context.places.calculated
        said = calculated["answer", gate.measure] if gate.is_question else self._context.places.cells[gate.measure]
        return formulas.GateCells(gate, calculated["entry", gate.measure], said)

    def _bars(self, row: int, requirement: Requirement, target: Cell | None, *, in_percent: bool) -> None:
        """Write the target and the whole numbers it is compared by, or why there is none; nothing where it is not known."""
        entries = _entries(requirement, target, dated=self._is_dated(requirement))
        for column, entry in zip(BARS if in_percent else BARS[:1], entries, strict=False):
            if isinstance(entry, str):
                self._sheet.write_string(row, column, entry)
            else:
                self._sheet.write_number(row, column, entry)

    def _bars_by_class(self, row: int, requirement: Requirement, target: ClassedTarget, *, in_percent: bool) -> None:
        """Write the target of the commune's class; a formula chooses it where the form does not know the class yet."""
        number = self._class_number(target.classing)
        if not number:
            own = target.of_class(self._context.class_of(target.classing))
            self._bars(row, requirement, own, in_percent=in_percent)
            return
        entries = [
            _entries(requirement, cell, dated=self._is_dated(requirement)) or ("",) * len(BARS)
            for cell in map(target.of_class, (None, *target.classing.classes))
        ]
        for at, column in enumerate(BARS if in_percent else BARS[:1]):
            choices = ",".join(_in_formula(entry[at]) for entry in entries)
            stored = entries[self._class_answered(target.classing)][at]
            self._sheet.write_formula(row, column, f"=CHOOSE({number}+1,{choices})", None, stored)

    def _is_dated(self, requirement: Requirement) -> bool:
        return self._context.rules.measures[requirement.measure].traits.dated

    def _class_answered(self, classing: Classing) -> int:
        """Return what that number is with what stands in the form; of a commune that is to be chosen it is 0."""
        worth = self._context.worth
        if not classing.is_answer or worth["entry", classing.by] != formulas.CellEntry.USABLE:
            return 0
        return int(worth["answer", classing.by]) + 1

    def _class_number(self, classing: Classing) -> str:
        """Return the formula of the number of the commune's class, from 1, 0 when it is not known; empty where it stands."""
        calculated, by = self._context.places.calculated, classing.by
        if classing.is_answer:
            return f"IF({calculated['entry', by]}={formulas.CellEntry.USABLE:d},{calculated['answer', by]}+1,0)"
        if self._context.commune is not None:
            return ""
        return GROUP_NAME if classing.is_group else class_name(self._context.looked_up.index(classing))


def class_name(at: int) -> str:
    """Return the name of the cell that holds the number of the commune's class, of the classing at a place."""
    return f"ntm_class_{at + 1}"


def _entries(requirement: Requirement, cell: Cell | None, *, dated: bool) -> tuple[float | int | str, ...]:
    """Return what stands for a target: its numbers, or a letter for why there is none; nothing where it is not known."""
    if isinstance(cell, KnownTarget):
        return _numbers(requirement, cell.everywhere, dated=dated)
    if cell is None:
        return ()
    return (formulas.EXEMPT if isinstance(cell, NotAsked) else formulas.AWAITED,) * len(BARS)


def _in_formula(entry: float | int | str) -> str:
    return f'"{entry}"' if isinstance(entry, str) else repr(entry)


def held_by(requirement: Requirement) -> Comparator:
    """Return how the exact figure is held to its bar: rounding may make it strict, for targets of one sign alike."""
    values = requirement.target.values()
    return requirement.held_to(values[0]).comparator if values else requirement.comparator


def _numbers(requirement: Requirement, target: Decimal, *, dated: bool = False) -> tuple[float, int, int]:
    """Return what the exact figure is held to, and the two whole numbers that it is compared by."""
    value = requirement.held_to(target).value
    if dated:
        return float(serial_of(dt.date.fromordinal(int(value)))), 0, 0
    bar = formulas.bar(value * PERCENT if requirement.taken.quantity is Quantity.RATIO else value)
    return float(value), bar.times, bar.part
