"""The hidden sheet on which a form reckons: what each entry is worth, each requirement's verdict, and what they make."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ntm_rules.exact import plain
from ntm_rules.forms import formulas
from ntm_rules.forms.placing import BARS, RESULT, Places, Verdicts, bar_cells, nodes
from ntm_rules.forms.questions import Question
from ntm_rules.rulebook.criteria_set import CriteriaSet, KnownTarget, Requirement

GROUP_NAME = "ntm_group"
"""The name of the cell that holds the number of the commune's group, from 1; 0 when it is not known."""


PLAIN_AT = 5
"""Column, from 0, in which a number without a format stands, and below it what the program calls that format."""


def write_calculations(sheet: Worksheet, rules: CriteriaSet, places: Places, judged: Verdicts) -> None:
    """Write every formula in its row; verdicts carry as their result what the engine says of what is filled in."""
    writer = _Writer(sheet, rules, places, judged)
    sheet.write_number(0, PLAIN_AT, 1)
    sheet.write_formula(1, PLAIN_AT, formulas.plain_format(xl_rowcol_to_cell(0, PLAIN_AT)))
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
                writer.verdict(row, what, id_, formulas.combined(node.op, parts))
        elif what == "indicator":
            condition = rules.indicator_by_id[id_].condition
            writer.verdict(row, what, id_, f"={places.calculated['node', condition.id]}")
        elif what == "criterion":
            criterion = next(c for c in rules.criteria if c.id == id_)
            parts = [places.calculated["indicator", indicator.id] for indicator in criterion.indicators]
            writer.verdict(row, what, id_, formulas.combined("all", parts))
        else:
            sheet.write_formula(row, RESULT, _of_question(rules, places, questions[id_], what))


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

    def __init__(self, sheet: Worksheet, rules: CriteriaSet, places: Places, judged: Verdicts) -> None:
        self._sheet, self._rules, self._places, self._judged = sheet, rules, places, judged

    def verdict(self, row: int, what: str, id_: str, formula: str) -> None:
        self._sheet.write_formula(row, RESULT, formula, None, self._judged[what, id_])

    def requirement(self, row: int, requirement: Requirement) -> None:
        measure = self._rules.measures[requirement.measure]
        cells, calculated = self._places.cells[measure.id], self._places.calculated
        known = isinstance(requirement.target, KnownTarget)
        if isinstance(requirement.target, KnownTarget):
            self._bars(row, requirement.target, in_percent=measure.kind in ("share", "growth"))
        exists = requirement.applies_if
        formula = formulas.requirement(
            measure,
            requirement.comparator,
            cells,
            entered=calculated["entry", measure.id],
            answered=calculated.get(("answer", measure.id), ""),
            previous=calculated.get(("before", measure.id), ""),
            bars=bar_cells(self._places, requirement) if known else None,
            exists=(calculated["entry", exists], calculated["answer", exists]) if exists else None,
        )
        self.verdict(row, "node", requirement.id, formula)

    def _bars(self, row: int, target: KnownTarget, *, in_percent: bool) -> None:
        """Write the target and the whole numbers it is compared by: of all communes, or chosen by the group."""

        def numbers(value: Decimal) -> tuple[str, str, str]:
            bar = formulas.bar(value)
            return plain(value), str(bar.times), str(bar.part)

        if target.everywhere is not None:
            chosen = [f"={number}" for number in numbers(target.everywhere)]
        else:
            by_group = [
                numbers(value) if (value := target.by_group.get(group)) is not None else ('""',) * 3
                for group in self._rules.groups
            ]
            chosen = [f'=CHOOSE({GROUP_NAME}+1,"",{",".join(values)})' for values in zip(*by_group, strict=True)]
        for column, formula in zip(BARS[: 3 if in_percent else 1], chosen, strict=False):
            self._sheet.write_formula(row, column, formula)
