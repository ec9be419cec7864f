"""The cells to fill in: what stands in them, what they take, and what is said of it before and after."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.cells import answers
from ntm_rules.dataset.cells.dated_figures import FIRST, LAST
from ntm_rules.dataset.cells.numbers import STRUCK_OUT, Broken, Cell, Doubtful, Percent, Rescaled, written
from ntm_rules.dataset.rows.headers import heading
from ntm_rules.exact import LIMIT, PLAIN_LIMIT, VALUE_SCALE, plain
from ntm_rules.forms.commune.context import OneForm
from ntm_rules.forms.commune.filled import Answer
from ntm_rules.forms.commune.looks import DOUBTED, WRONG, Looks
from ntm_rules.forms.commune.placing import COLUMN
from ntm_rules.forms.commune.questions import Question
from ntm_rules.i18n import N_, _, current_language
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Measure
from ntm_rules.spreadsheet.entries import offer, prompt, refusal
from ntm_rules.wording.values import number

NOT_APPLICABLE = N_("Not applicable")
"""Offered among the answers only where the law says "if any"."""
_SIGNIFICANT = 15


def write_entries(sheet: Worksheet, row: int, question: Question, context: OneForm) -> None:
    """Write the cells to fill in, with what stands in them; those that the kind has no use for are shut."""
    measure, looks = question.measure, context.looks
    answer = context.filled.answers.get(measure.id, Answer())
    _enter(sheet, row, "value", answer.value, measure, context)
    if measure.traits.counted:
        _enter(sheet, row, "numerator", answer.numerator, measure, context)
        _enter(sheet, row, "denominator", answer.denominator, measure, context)
    else:
        sheet.write_blank(row, COLUMN["numerator"], None, looks.shut)
        sheet.write_blank(row, COLUMN["denominator"], None, looks.shut)
    before = context.filled.previous.get(measure.id)
    wrong = context.filled.marks.get((measure.id, "previous"), ())
    last_year = measure.id in context.rules.beside_last_year
    if last_year and (before is None or before.value == "" or wrong):
        put(
            sheet, row, COLUMN["previous"], before.value if before else "", looks.wrong if wrong else looks.entry, looks
        )
        if wrong:
            mark(sheet, row, COLUMN["previous"], wrong)
    elif last_year and before is not None:
        put(sheet, row, COLUMN["previous"], before.value, looks.before, looks)
    else:
        put(sheet, row, COLUMN["previous"], _before_words(before), looks.before, looks)
    _rules(sheet, row, question, context)


def _before_words(before: Answer | None) -> str:
    if before is None:
        return ""
    if before.numerator != "" and before.denominator != "":
        return f"{written(before.numerator)}/{written(before.denominator)}"
    return written(before.value)


def _enter(sheet: Worksheet, row: int, part: str, cell: Cell, measure: Measure, context: OneForm) -> None:
    looks = context.looks
    marks = context.filled.marks.get((measure.id, part), ())
    doubts = context.filled.doubts.get((measure.id, part), ())
    look = looks.wrong if marks else looks.doubted if doubts else looks.entry
    if measure.traits.dated and look is looks.entry:
        look = looks.day
    put(sheet, row, COLUMN[part], cell, look, looks)
    if marks or doubts:
        mark(sheet, row, COLUMN[part], [*marks, *doubts], WRONG if marks else DOUBTED)


def mark(sheet: Worksheet, row: int, column: int, marks: Sequence[str], colour: str = WRONG) -> None:
    """Say beside a cell what is wrong with it, or asks for a second look."""
    sheet.write_comment(row, column, "\n".join(marks), {"x_scale": 2.6, "y_scale": 1.6, "color": colour})


def put(sheet: Worksheet, row: int, column: int, cell: Cell, look: Format, looks: Looks) -> None:
    """Write a cell as it was typed: text stays text, even when it begins with = or reads like an error."""
    if isinstance(cell, float | Percent) and not math.isfinite(_float(cell)):
        sheet.write_string(row, column, written(cell), look)  # no spreadsheet program has such a number
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, look)
    elif isinstance(cell, Percent):
        sheet.write_number(row, column, cell.number, looks.percent)
    elif isinstance(cell, Rescaled):
        sheet.write_number(row, column, cell.number, looks.shown_as(cell.format))
    elif isinstance(cell, Doubtful) and cell.code == STRUCK_OUT:
        sheet.write_string(row, column, cell.shown, looks.struck_out)
    elif isinstance(cell, Decimal):
        text = plain(cell)
        if len(cell.normalize().as_tuple().digits) <= _SIGNIFICANT:
            sheet.write_number(row, column, float(cell), look)
        else:
            sheet.write_string(row, column, text.replace(".", ","), look)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, look)
    elif isinstance(cell, dt.datetime | dt.date):
        sheet.write_datetime(row, column, cell, looks.day)
    elif isinstance(cell, Broken):
        sheet.write_string(row, column, cell.text, look)
    elif cell == "":
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_string(row, column, written(cell), look)


def _float(cell: float | Percent) -> float:
    return cell.number if isinstance(cell, Percent) else cell


def _rules(sheet: Worksheet, row: int, question: Question, context: OneForm) -> None:
    """Say what each cell takes, before and after something else is typed."""
    measure, language = question.measure, current_language()
    label = str(measure.label)
    if measure.traits.dated:
        rule: dict[str, Any] = {
            "validate": "date",
            "criteria": "between",
            "minimum": FIRST,
            "maximum": LAST,
            **refusal(_("Not a day"), _("Write the day, the month and the year in figures, such as 31/12/2025.")),
            **prompt(_("Day"), label),
        }
        sheet.data_validation(row, COLUMN["value"], row, COLUMN["value"], rule)
        return
    if not measure.traits.quantity:
        hint = prompt(_("Answer"), _("Choose from the list. {label}", label=label))
        offer(sheet, context.lists, row, COLUMN["value"], offered(context.rules, question), hint)
        return
    unit = str(measure.unit)
    if measure.counted is not None:
        counted = measure.counted
        _number(
            sheet,
            row,
            "value",
            (Decimal(0), Decimal(100)),
            2,
            _("Percentage"),
            _("Only when the counts are not known: from 0 to 100."),
        )
        limit = Decimal(LIMIT).scaleb(-counted.decimals)
        for part, what in (("numerator", counted.numerator), ("denominator", counted.denominator)):
            words = f"{what!s} ({counted.unit!s})"
            _number(sheet, row, part, (Decimal(0), limit), counted.decimals, heading(part, language), words)
        return
    bounds = measure.range
    low = bounds.min if bounds and bounds.min is not None else Decimal(0)
    most = Decimal(PLAIN_LIMIT // VALUE_SCALE)
    high = bounds.max if bounds and bounds.max is not None else most
    decimals = 0 if measure.traits.whole else max(measure.decimals, 1)
    words = _("{label} ({unit})", label=label, unit=unit)
    _number(sheet, row, "value", (low, high), decimals, _("Year {year}", year=context.year), words)
    if measure.id in context.rules.beside_last_year:
        _number(sheet, row, "previous", (low, high), decimals, _("Year {year}", year=context.year - 1), words)


def _number(
    sheet: Worksheet, row: int, part: str, bounds: tuple[Decimal, Decimal], decimals: int, title: str, words: str
) -> None:
    low, high = bounds
    column = COLUMN[part]
    if decimals:
        wanted = _(
            "Write a number alone, from {low} to {high}; decimals take a comma.", low=number(low), high=number(high)
        )
    else:
        wanted = _("Write a whole number, from {low} to {high}.", low=number(low), high=number(high))
    rule: dict[str, Any] = {
        "validate": "decimal" if decimals else "integer",
        "criteria": "between",
        "minimum": float(low),
        "maximum": float(high),
        **refusal(_("Not a number that fits"), wanted),
        **prompt(title, words),
    }
    sheet.data_validation(row, column, row, column, rule)


def offered(rules: CriteriaSet, question: Question) -> list[str]:
    """Return the answers that a question offers, in the form's language."""
    measure = question.measure
    found = answers.offered(measure, rules.scales.get(measure.scale or ""), current_language())
    return [*found, _(NOT_APPLICABLE)] if question.only_if is not None else list(found)
