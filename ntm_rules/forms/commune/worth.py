"""What stands in a form, as its formulas will reckon it: written beside them, because some programs reckon only what is
typed after a file was opened, and so that a form shows its results anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from ntm_rules.dataset.cells.answers import NOT_APPLICABLE
from ntm_rules.dataset.cells.figures import figure_for
from ntm_rules.dataset.cells.numbers import Cell, Percent, Rescaled
from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.reference import Facts, Result, evaluate_criterion, evaluate_indicator
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.forms.commune.filled import Answer, Filled
from ntm_rules.forms.commune.formulas import PERCENT_DECIMALS, CellEntry
from ntm_rules.forms.commune.questions import Question
from ntm_rules.forms.commune.standards import STANDARD, reckoned, standards_of
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.register import Commune
from ntm_rules.rulebook.standards import Named

Verdicts = Mapping[tuple[str, str], int]
"""(`node`, id), (`indicator`, id), (`criterion`, id) -> the verdict's number, as the engine judges what is filled in."""
Worth = Mapping[tuple[str, str], float | str]
"""(`entry`, `percent`, `before` or `answer`; measure) -> what the formula of that name comes to."""


def judged(rules: CriteriaSet, filled: Filled, commune: Commune | None, year: int) -> Verdicts:
    """Return the verdict's number of every requirement, combination, indicator and criterion, and of standards."""
    code, name = (commune.code, commune.name) if commune else ("", "")
    facts = Facts(
        CommuneYear(code, name, year, _reported(rules, filled.answers)),
        CommuneYear(code, name, year - 1, _reported(rules, _kept_by_the_form(rules, filled.previous))),
        commune.group if commune else None,
    )
    found: dict[tuple[str, str], int] = {}
    for criterion in rules.criteria:
        whole = evaluate_criterion(rules, criterion, facts)
        for result in whole.children:
            _take(result, rules, found)
        found["criterion", criterion.id] = int(whole.verdict)
    for indicator in rules.conditions:
        _take(evaluate_indicator(rules, indicator, facts), rules, found)

    def verdict_of(named: Named) -> Verdict:
        return Verdict(found[named.level, named.id])

    for of, standard in standards_of(rules):
        amounts = dict(reckoned(rules, of, standard, verdict_of))
        found.update(amounts)
        found[of] = amounts[STANDARD, f"{of[0]} {of[1]}"]
    return found


def _kept_by_the_form(rules: CriteriaSet, previous: Mapping[str, Answer]) -> Mapping[str, Answer]:
    """Return of last year's figures those that have a cell of their own; others are shown, and nothing reckons with them."""
    return {id_: one for id_, one in previous.items() if id_ in rules.beside_last_year}


def worth(rules: CriteriaSet, questions: list[Question], filled: Filled) -> Worth:
    """Return what the cells of every question are worth."""
    found: dict[tuple[str, str], float | str] = {}
    for question in questions:
        measure = question.measure
        answer = filled.answers.get(measure.id, Answer())
        entry, reported = _entry(rules, measure, answer, only_if=question.only_if is not None)
        found["entry", measure.id] = int(entry)
        found["percent", measure.id] = _percent(answer.value)
        found["answer", measure.id] = reported.value if reported and entry is CellEntry.USABLE else 0
        before = filled.previous.get(measure.id, Answer())
        found["before", measure.id] = int(_entry(rules, measure, Answer(before.value), only_if=False)[0])
    return found


def _entry(rules: CriteriaSet, measure: Measure, answer: Answer, *, only_if: bool) -> tuple[CellEntry, Reported | None]:
    cells = (answer.value, answer.numerator, answer.denominator) if measure.traits.counted else (answer.value,)
    if all(_blank(cell) for cell in cells):
        return CellEntry.BLANK, None
    if measure.traits.counted and _blank(answer.numerator) != _blank(answer.denominator):
        return CellEntry.UNFIT, None
    if measure.traits.by_size and any(not _blank(cell) and not _is_number(cell) for cell in cells):
        return CellEntry.TEXT, None
    if not measure.traits.dated and any(isinstance(cell, dt.date | dt.time) for cell in cells):
        return CellEntry.UNFIT, None
    if only_if and isinstance(answer.value, str) and key(answer.value) in NOT_APPLICABLE:
        return CellEntry.NOT_APPLICABLE, None
    figure = figure_for(measure, rules.scales.get(measure.scale or ""))
    core, _faults = figure.read(answer.value, answer.numerator, answer.denominator)
    if core is None:
        return CellEntry.BLANK, None
    reported = Reported(core[0], core[1], core[2], core[3], "", core[4])
    return ENTRIES.get(core[0], CellEntry.UNFIT), reported


ENTRIES = {
    State.PRESENT: CellEntry.USABLE,
    State.AWAITED: CellEntry.AWAITED,
    State.NOTHING_TO_COUNT: CellEntry.NOTHING_TO_COUNT,
    State.UNCLEAR: CellEntry.UNCLEAR,
}


def _reported(rules: CriteriaSet, answers: Mapping[str, Answer]) -> dict[str, Reported]:
    """Return what typed answers come to; what a form's formulas cannot use is not there."""
    found = {}
    for name, answer in answers.items():
        measure = rules.measures.get(name)
        if measure is not None:
            entry, reported = _entry(rules, measure, answer, only_if=False)
            if reported is not None and entry is not CellEntry.UNFIT:
                found[name] = reported
    return found


def _blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float | Decimal | Percent | Rescaled | dt.date) and not isinstance(cell, bool)


def _percent(cell: Cell) -> float | str:
    if isinstance(cell, Percent):
        return round(cell.number * 100, PERCENT_DECIMALS)
    return float(cell) if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) else ""


def _take(result: Result, rules: CriteriaSet, found: dict[tuple[str, str], int]) -> None:
    found["indicator", result.id] = int(result.verdict)
    found["node", rules.indicator_by_id[result.id].condition.id] = int(result.verdict)
    for child in result.children:
        _below(child, found)


def _below(result: Result, found: dict[tuple[str, str], int]) -> None:
    found["node", result.id] = int(result.verdict)
    for child in result.children:
        _below(child, found)
