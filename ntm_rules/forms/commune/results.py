"""What comes of an entry, beside it: a verdict, the percentage it comes to, or why there is none yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.cells.numbers import Cell, Refused, read_number
from ntm_rules.evaluation.gaps import rounds_up
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT, ceil_to, floor_to
from ntm_rules.forms.commune import formulas
from ntm_rules.forms.commune.calculation_sheet import held_by
from ntm_rules.forms.commune.context import OneForm
from ntm_rules.forms.commune.figures import FIGURE, is_reckoned, not_needed, worst
from ntm_rules.forms.commune.filled import Answer
from ntm_rules.forms.commune.formulas import CellEntry
from ntm_rules.forms.commune.gates import ANSWERED, what_follows
from ntm_rules.forms.commune.placing import COLUMN
from ntm_rules.forms.commune.questions import Question
from ntm_rules.i18n import N_, _
from ntm_rules.rulebook.criteria_set import Comparator, Requirement

UNFIT, TEXT, FIRST = N_("Look again at this entry"), N_("Text, not a number"), N_("Answer the question above first")
UNCLEAR = N_("Two readings: type % or counts")
DOUBTS = (UNFIT, TEXT, FIRST, UNCLEAR)
"""What a row says of an entry that has no verdict of its own yet."""
AWAITED, NOT_NEEDED = N_("No conclusion yet"), N_("Not needed")
MISSING = N_("No data yet")


def write_verdict(
    sheet: Worksheet, row: int, column: int, what: tuple[str, str], context: OneForm, look: Format
) -> None:
    """Write a verdict in words that follow it."""
    words = context.in_order()
    formula = f"={formulas.labelled(context.places.calculated[what], words)}"
    sheet.write_formula(row, column, formula, look, words[context.judged[what]])


def write_result(sheet: Worksheet, row: int, question: Question, context: OneForm) -> None:
    """Write what comes of one question."""
    formula, value = _result(question, context)
    sheet.write_formula(row, COLUMN["result"], f"={formula}", context.looks.verdict, value)


def _result(question: Question, context: OneForm) -> tuple[str, str]:
    """Return the formula of a question's result, and the result of what stands in the form."""
    measure, requirement = question.measure, question.requirement
    calculated, worth = context.places.calculated, context.worth
    entered, entry = calculated["entry", measure.id], worth["entry", measure.id]
    cases: list[tuple[str, bool, str]] = [
        (f"{entered}={CellEntry.UNFIT:d}", entry == CellEntry.UNFIT, _(UNFIT)),
        (f"{entered}={CellEntry.TEXT:d}", entry == CellEntry.TEXT, _(TEXT)),
        (f"{entered}={CellEntry.UNCLEAR:d}", entry == CellEntry.UNCLEAR, _(UNCLEAR)),
    ]
    if requirement is None:
        missing = _(MISSING) if question.is_gate else ""
        cases.append((f"{entered}={CellEntry.BLANK:d}", entry == CellEntry.BLANK, missing))
        if question.is_gate:
            case, otherwise = what_follows(question, context)
            return _cases([*cases, case], f'"{otherwise}"', otherwise)
        return _cases(cases, f'"{_(ANSWERED)}"', _(ANSWERED))
    code, number = calculated["node", requirement.id], context.judged["node", requirement.id]
    several = bool(question.further)
    if several:
        code, number = calculated[FIGURE, measure.id], worst(question.requirements, context)[1]
    undecided, is_undecided = f"{code}={Verdict.NO_DATA:d}", number == Verdict.NO_DATA
    for asked_first in _asked_first(question.requirements):
        asked = calculated["entry", asked_first]
        waits = f"{asked}<>{CellEntry.USABLE:d},{entered}<>{CellEntry.BLANK:d}"
        unasked = worth["entry", asked_first] != CellEntry.USABLE and entry != CellEntry.BLANK
        if several:  # one that waits for an answer leaves what another misses as it is
            waits, unasked = f"{waits},{undecided}", unasked and is_undecided
        cases.append((f"AND({waits})", unasked, _(FIRST)))
    if measure.traits.concluded:
        cases.append((f"{entered}={CellEntry.AWAITED:d}", entry == CellEntry.AWAITED, _(AWAITED)))
    spared = [not_needed(one, context) for one in question.requirements]
    if all(formula for formula, _holds in spared):
        formula = ",".join(formula for formula, _holds in spared)
        cases.append(
            (f"AND({formula})" if several else formula, all(holds for _formula, holds in spared), _(NOT_NEEDED))
        )
    words = context.in_order()
    apart = [one for one in question.requirements if not is_reckoned(one, question, context)]
    if apart:
        earlier = {year for one in apart for year in one.taken.of(measure).years(context.year) if year != context.year}
        said = _("Judged with {years} too", years=", ".join(map(str, sorted(earlier))))
        if not several:
            return _cases(cases, f'"{said}"', said)
        rest = [one for one in question.requirements if one not in apart]
        if rest:  # what the form reckons may be undecided by itself
            formula, most = worst(rest, context)
            undecided = f"AND({undecided},{formula.removeprefix('=')}<{Verdict.NO_DATA:d})"
            is_undecided = is_undecided and most < Verdict.NO_DATA
        cases.append((undecided, is_undecided, said))
    return _cases(cases, formulas.labelled(code, words), words[number])


def _asked_first(requirements: Iterable[Requirement]) -> Iterator[str]:
    """Yield the measures that are to be answered before a figure is judged, each once."""
    asked = ((*(gate.measure for gate in one.gates), one.told_apart_by) for one in requirements)
    yield from dict.fromkeys(measure for measures in asked for measure in measures if measure)


def _cases(cases: list[tuple[str, bool, str]], otherwise: str, value: str) -> tuple[str, str]:
    body = otherwise
    for condition, _holds, words in reversed(cases):
        body = f'IF({condition},"{words}",{body})'
    return body, next((words for _condition, holds, words in cases if holds), value)


def write_computed(sheet: Worksheet, row: int, question: Question, context: OneForm) -> None:
    """Write the percentage that counts, or growth, come to; shut for what is no percentage."""
    measure, requirement = question.measure, question.requirement
    if not measure.traits.in_percent:
        sheet.write_blank(row, COLUMN["computed"], None, context.looks.shut)
        return
    comparator = held_by(requirement) if requirement and not requirement.taken.compares_years else None
    calculated = context.places.calculated
    before = calculated.get(("before", measure.id), "")
    cells = context.places.cells[measure.id]
    formula = formulas.computed(measure, comparator, cells, calculated["entry", measure.id], before)
    value = _comes_to(question, comparator, context)
    sheet.write_formula(row, COLUMN["computed"], formula, context.looks.computed, value)


def _comes_to(question: Question, comparator: Comparator | None, context: OneForm) -> float | str:
    """Return the percentage of what stands in the form, rounded as the formula rounds it."""
    measure = question.measure
    if context.worth["entry", measure.id] != CellEntry.USABLE:
        return ""
    answer = context.filled.answers.get(measure.id, Answer())
    if measure.traits.needs_year_before:
        if context.worth["before", measure.id] != CellEntry.USABLE:
            return ""
        now, before = _exact(answer.value), _exact(context.filled.previous[measure.id].value)
        if before <= 0:
            return ""
        share = PERCENT * (now - before) / before
    elif answer.denominator == "":
        return context.worth["percent", measure.id]
    else:
        share = PERCENT * _exact(answer.numerator) / _exact(answer.denominator)
    up = comparator is not None and rounds_up(comparator)
    rounded = ceil_to if up == (share >= 0) else floor_to
    return float(rounded(share, measure.decimals))


def _exact(cell: Cell) -> Fraction:
    try:
        digits, decimals = read_number(cell)
    except Refused:  # not reached: the entry is usable
        return Fraction(0)
    return Fraction(digits, 10**decimals)
