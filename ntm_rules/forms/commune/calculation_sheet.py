"""The hidden sheet on which a form reckons: what each entry is worth, each requirement's verdict, and what they make."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.cells.days import serial_of
from ntm_rules.exact import PERCENT
from ntm_rules.forms.commune import formulas
from ntm_rules.forms.commune.context import Context
from ntm_rules.forms.commune.placing import BARS, RESULT, Places, bar_cells, nodes
from ntm_rules.forms.commune.questions import Question
from ntm_rules.forms.commune.standards import STANDARD, standard_formula
from ntm_rules.rulebook.criteria_set import Comparator, CriteriaSet, Gate, KnownTarget, Requirement
from ntm_rules.rulebook.taken import Quantity

GROUP_NAME = "ntm_group"
"""The name of the cell that holds the number of the commune's group, from 1; 0 when it is not known."""


PLAIN_AT = 5
"""Column, from 0, in which a number without a format stands, and below it what the program calls that format."""


def write_calculations(sheet: Worksheet, context: Context) -> None:
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
            writer.verdict(row, what, id_, standard_formula((what, id_), part, places.calculated))
        else:
            formula = _of_question(rules, places, questions[id_], what)
            sheet.write_formula(row, RESULT, formula, None, context.worth[what, id_])


def _of_question(rules: CriteriaSet, places: Places, question: Question, what: str) -> str:
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

    def __init__(self, sheet: Worksheet, context: Context) -> None:
        self._sheet, self._context = sheet, context

    def verdict(self, row: int, what: str, id_: str, formula: str) -> None:
        self._sheet.write_formula(row, RESULT, formula, None, self._context.judged[what, id_])

    def whole(self, what: str, id_: str) -> str:
        """Return the formula of what is met by a standard of its own: what that came to."""
        return f"={self._context.places.calculated[STANDARD, f'{what} {id_}']}"

    def requirement(self, row: int, requirement: Requirement) -> None:
        measure = self._context.rules.measures[requirement.measure]
        cells, calculated = self._context.places.cells[measure.id], self._context.places.calculated
        known = isinstance(requirement.target, KnownTarget)
        if isinstance(requirement.target, KnownTarget):
            self._bars(
                row,
                requirement,
                requirement.target,
                in_percent=measure.traits.in_percent or requirement.taken.compares_years,
            )
        formula = formulas.requirement(
            measure,
            held_by(requirement),
            cells,
            entered=calculated["entry", measure.id],
            answered=calculated.get(("answer", measure.id), ""),
            previous=calculated.get(("before", measure.id), ""),
            bars=bar_cells(self._context.places, requirement) if known else None,
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

    def _bars(self, row: int, requirement: Requirement, target: KnownTarget, *, in_percent: bool) -> None:
        """Write the target and the whole numbers it is compared by; chosen by the group where the commune is chosen."""
        columns = BARS if in_percent else BARS[:1]
        dated = self._context.rules.measures[requirement.measure].traits.dated
        if target.everywhere is not None or not self._context.any_commune:
            value = target.value_for(self._context.group)
            for column, number in zip(
                columns, _numbers(requirement, value, dated=dated) if value is not None else (), strict=False
            ):
                self._sheet.write_number(row, column, number)
            return
        by_group = [
            tuple(map(repr, _numbers(requirement, value, dated=dated)))
            if (value := target.by_group.get(group)) is not None
            else ('""',) * 3
            for group in self._context.rules.groups
        ]
        for column, values in zip(columns, zip(*by_group, strict=True), strict=False):
            formula = f'=CHOOSE({GROUP_NAME}+1,"",{",".join(values)})'
            self._sheet.write_formula(row, column, formula, None, "")


def held_by(requirement: Requirement) -> Comparator:
    """Return how the exact figure is held to its bar: rounding may make it strict, for targets of one sign alike."""
    target = requirement.target
    if not isinstance(target, KnownTarget):
        return requirement.comparator
    return requirement.held_to(target.values()[0]).comparator


def _numbers(requirement: Requirement, target: Decimal, *, dated: bool = False) -> tuple[float, int, int]:
    """Return what the exact figure is held to, and the two whole numbers that it is compared by."""
    value = requirement.held_to(target).value
    if dated:
        return float(serial_of(dt.date.fromordinal(int(value)))), 0, 0
    bar = formulas.bar(value * PERCENT if requirement.taken.quantity is Quantity.RATIO else value)
    return float(value), bar.times, bar.part
