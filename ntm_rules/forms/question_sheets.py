"""The sheets of questions: the law's words, a row for each figure, what has been entered and what comes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.answers import OFFERED
from ntm_rules.dataset.headers import heading
from ntm_rules.dataset.numbers import Broken, Cell, Percent, written
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import LIMIT, PLAIN_LIMIT, VALUE_SCALE, plain
from ntm_rules.forms import formulas
from ntm_rules.forms.filled import Answer, Filled
from ntm_rules.forms.looks import WRONG, Looks
from ntm_rules.forms.notes import question_note
from ntm_rules.forms.placing import COLUMN, COLUMNS, FIRST, HEADER_AT, Places, QuestionSheet, Verdicts
from ntm_rules.forms.questions import Heading, Question, Section
from ntm_rules.i18n import N_, _, current_language
from ntm_rules.report.wording import agency_name, number, target_words
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet, Indicator
from ntm_rules.rulebook.models import Measure
from ntm_rules.spreadsheet import Lists, height, offer, prompted, said

UNFIT, TEXT, ANSWERED, MISSING = (
    N_("Look again at this entry"),
    N_("This is text, not a number"),
    N_("Answered"),
    N_("No data yet"),
)
"""What a row says of its entry where it has no verdict of its own."""
NOT_APPLICABLE = N_("Not applicable")
"""Offered among the answers only where the law says "if any"."""
_SIGNIFICANT = 15


@dataclass(frozen=True, slots=True)
class Context:
    """What the writers of one form share."""

    rules: CriteriaSet
    places: Places
    looks: Looks
    lists: Lists
    filled: Filled
    judged: Verdicts
    group: str | None
    """The commune's group; None when it is not known."""
    any_commune: bool
    """True for a form in which the commune is chosen."""
    year: int
    words: Mapping[Verdict, str]
    """The five verdicts in the form's language."""


def write_questions(sheet: Worksheet, of: QuestionSheet, context: Context) -> None:
    """Write one sheet of questions below the head that names commune and year."""
    looks, language = context.looks, current_language()
    for column, (role, _width) in enumerate(COLUMNS):
        sheet.write_string(HEADER_AT, column, heading(role, language), looks.id if role == "measure" else looks.head)
    sheet.write_comment(HEADER_AT, COLUMN["previous"], _("Figures of {year}", year=context.year - 1))
    sheet.set_row(HEADER_AT, 48)
    for row, line in of.rows:
        if isinstance(line, Section):
            _section(sheet, row, line, context)
        elif isinstance(line, Heading):
            _heading(sheet, row, line, context)
        else:
            _question(sheet, row, line, context)
    looks.colour_verdicts(sheet, FIRST, COLUMN["result"], of.last)
    for words in (UNFIT, TEXT):
        looks.colour_words(sheet, FIRST, COLUMN["result"], of.last, _(words))
    sheet.freeze_panes(FIRST, COLUMN["value"])
    sheet.repeat_rows(HEADER_AT, HEADER_AT)
    sheet.print_area(0, 0, of.last, COLUMN["remark"])


def section_title(section: Section) -> str:
    """Return what heads the questions of a section."""
    if section.criterion is not None:
        title = section.criterion.title_en if current_language() == "en" else section.criterion.title
        return _("Criterion {id}. {title}", id=section.criterion.id, title=title)
    return _("Further conditions of recognition") if section.kind == "conditions" else _("Other figures")


def _section(sheet: Worksheet, row: int, section: Section, context: Context) -> None:
    looks = context.looks
    for column in range(COLUMN["measure"]):
        sheet.write_blank(row, column, None, looks.criterion)
    sheet.write_string(row, 0, section_title(section), looks.criterion)
    sheet.set_row(row, 22)
    if section.criterion is not None:
        _verdict_cell(sheet, row, ("criterion", section.criterion.id), context, looks.criterion)


def _heading(sheet: Worksheet, row: int, line: Heading, context: Context) -> None:
    looks, node = context.looks, line.node
    first, last = COLUMN["label"], COLUMN["target"]
    width = sum(w for _role, w in COLUMNS[first : last + 1])
    if not isinstance(node, Indicator):
        words = _("One of the following is enough:")
        sheet.write_blank(row, 0, None, looks.alternatives)
        sheet.merge_range(row, first, row, last, words, looks.alternatives)
        _rest(sheet, row, looks.alternatives)
        if ("node", node.id) in context.judged:
            _verdict_cell(sheet, row, ("node", node.id), context, looks.alternatives)
        return
    words = node.text_en if current_language() == "en" else node.text
    sheet.write_string(row, 0, node.id, looks.indicator)
    sheet.merge_range(row, first, row, last, words, looks.indicator)
    _rest(sheet, row, looks.indicator)
    _verdict_cell(sheet, row, ("indicator", node.id), context, looks.indicator_verdict)
    leads = "; ".join(agency_name(context.rules, lead) for lead in node.leads())
    noted = sum(w for role, w in COLUMNS if role in ("note", "opinion", "remark"))
    sheet.merge_range(
        row, COLUMN["note"], row, COLUMN["remark"], _("Lead agency: {agency}", agency=leads), looks.indicator
    )
    sheet.set_row(row, max(18, height([(words, width), (leads, noted)])))


def _rest(sheet: Worksheet, row: int, look: Format) -> None:
    for column in range(COLUMN["result"], COLUMN["measure"]):
        sheet.write_blank(row, column, None, look)


def _verdict_cell(sheet: Worksheet, row: int, what: tuple[str, str], context: Context, look: Format) -> None:
    code = context.places.calculated[what]
    words = [context.words[verdict] for verdict in Verdict]
    value = words[context.judged[what]]
    sheet.write_formula(row, COLUMN["result"], f"={formulas.labelled(code, words)}", look, value)


def _question(sheet: Worksheet, row: int, question: Question, context: Context) -> None:
    measure, looks, language = question.measure, context.looks, current_language()
    requirement = question.requirement
    label = measure.label.in_language(language)
    lines = [label]
    unit = measure.unit.in_language(language)
    if measure.counted is not None:
        counted = measure.counted
        lines += [
            _("Numerator: {what}", what=counted.numerator.in_language(language)),
            _("Denominator: {what}", what=counted.denominator.in_language(language)),
        ]
        unit = f"{unit}; {counted.unit.in_language(language)}"
    words = "\n".join(lines)
    target = _target(context, question)
    put(sheet, row, COLUMN["ordinal"], requirement.id if requirement else "", looks.told_centre, looks)
    sheet.write_string(row, COLUMN["label"], words, looks.told)
    sheet.write_comment(row, COLUMN["label"], question_note(context.rules, question), {"x_scale": 3.2, "y_scale": 2.6})
    sheet.write_string(row, COLUMN["unit"], unit, looks.told_centre)
    _entries(sheet, row, question, context)
    put(sheet, row, COLUMN["target"], target, looks.told_centre, looks)
    _result(sheet, row, question, context)
    note = context.filled.answers.get(measure.id, Answer()).note
    put(sheet, row, COLUMN["note"], note, looks.entry_text, looks)
    sheet.write_blank(row, COLUMN["opinion"], None, looks.opinion)
    sheet.write_blank(row, COLUMN["remark"], None, looks.opinion)
    sheet.write_string(row, COLUMN["measure"], measure.id, looks.id)
    widths = dict(COLUMNS)
    sheet.set_row(row, max(20, height([(words, widths["label"]), (target, widths["target"]), (unit, widths["unit"])])))


def _target(context: Context, question: Question) -> str:
    """Return the target of the form's commune in words; of a question whether there is any, why it is asked."""
    requirement = question.requirement
    if requirement is None:
        return _("if any") if question.whether_any else ""
    if isinstance(requirement.target, AwaitedTarget):
        return _("not yet fixed")
    value = requirement.target.value_for(context.group)
    if value is None and not context.any_commune:
        return _("group unknown")
    return target_words(context.rules, requirement, value)


def _result(sheet: Worksheet, row: int, question: Question, context: Context) -> None:
    measure, requirement = question.measure, question.requirement
    entered = context.places.calculated["entry", measure.id]
    if requirement is None:
        body = f'IF({entered}={formulas.Entry.BLANK:d},"{_(MISSING)}","{_(ANSWERED)}")'
        if not question.whether_any:
            body = f'IF({entered}={formulas.Entry.BLANK:d},"","{_(ANSWERED)}")'
        answered = measure.id in context.filled.answers
        value = _(ANSWERED) if answered else _(MISSING) if question.whether_any else ""
    else:
        words = [context.words[verdict] for verdict in Verdict]
        body = formulas.labelled(context.places.calculated["node", requirement.id], words)
        value = words[context.judged["node", requirement.id]]
    formula = (
        f'=IF({entered}={formulas.Entry.UNFIT:d},"{_(UNFIT)}",IF({entered}={formulas.Entry.TEXT:d},"{_(TEXT)}",{body}))'
    )
    sheet.write_formula(row, COLUMN["result"], formula, context.looks.verdict, value)
    if measure.kind in ("share", "growth"):
        comparator = requirement.comparator if requirement else None
        before = context.places.calculated.get(("before", measure.id), "")
        came = formulas.computed(measure, comparator, context.places.cells[measure.id], entered, before)
        sheet.write_formula(row, COLUMN["computed"], came, context.looks.computed, "")
    else:
        sheet.write_blank(row, COLUMN["computed"], None, context.looks.shut)


def _entries(sheet: Worksheet, row: int, question: Question, context: Context) -> None:
    """Write the cells to fill in, with what stands in them; those that the kind has no use for are shut."""
    measure, looks = question.measure, context.looks
    answer = context.filled.answers.get(measure.id, Answer())
    _enter(sheet, row, "value", answer.value, measure, context)
    if measure.kind == "share":
        _enter(sheet, row, "numerator", answer.numerator, measure, context)
        _enter(sheet, row, "denominator", answer.denominator, measure, context)
    else:
        sheet.write_blank(row, COLUMN["numerator"], None, looks.shut)
        sheet.write_blank(row, COLUMN["denominator"], None, looks.shut)
    before = context.filled.previous.get(measure.id)
    wrong = context.filled.marks.get((measure.id, "previous"), ())
    if measure.kind == "growth" and (before is None or before.value == "" or wrong):
        put(
            sheet, row, COLUMN["previous"], before.value if before else "", looks.wrong if wrong else looks.entry, looks
        )
        if wrong:
            mark(sheet, row, COLUMN["previous"], wrong)
    elif measure.kind == "growth" and before is not None:
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


def _enter(sheet: Worksheet, row: int, part: str, cell: Cell, measure: Measure, context: Context) -> None:
    looks = context.looks
    marks = context.filled.marks.get((measure.id, part), ())
    put(sheet, row, COLUMN[part], cell, looks.wrong if marks else looks.entry, looks)
    if marks:
        mark(sheet, row, COLUMN[part], marks)


def mark(sheet: Worksheet, row: int, column: int, marks: Sequence[str]) -> None:
    """Say beside a cell what is wrong with it."""
    sheet.write_comment(row, column, "\n".join(marks), {"x_scale": 2.6, "y_scale": 1.6, "color": WRONG})


def put(sheet: Worksheet, row: int, column: int, cell: Cell, look: Format, looks: Looks) -> None:
    """Write a cell as it was typed: text stays text, even when it begins with = or reads like an error."""
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, look)
    elif isinstance(cell, Percent):
        sheet.write_number(row, column, cell.number, looks.percent)
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


def _rules(sheet: Worksheet, row: int, question: Question, context: Context) -> None:
    """Say what each cell takes, before and after something else is typed."""
    measure, language = question.measure, current_language()
    label = measure.label.in_language(language)
    if measure.kind in ("attestation", "ruling", "grade"):
        hint = prompted(_("Answer"), _("Choose from the list. {label}", label=label))
        offer(sheet, context.lists, row, COLUMN["value"], offered(context.rules, question), hint)
        return
    unit = measure.unit.in_language(language)
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
            words = f"{what.in_language(language)} ({counted.unit.in_language(language)})"
            _number(sheet, row, part, (Decimal(0), limit), counted.decimals, heading(part, language), words)
        return
    bounds = measure.range
    low = bounds.min if bounds and bounds.min is not None else Decimal(0)
    most = Decimal(PLAIN_LIMIT // VALUE_SCALE)
    high = bounds.max if bounds and bounds.max is not None else most
    decimals = 0 if measure.kind == "count" else max(measure.decimals, 1)
    words = _("{label} ({unit})", label=label, unit=unit)
    _number(sheet, row, "value", (low, high), decimals, _("Year {year}", year=context.year), words)
    if measure.kind == "growth":
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
        **said(_("Not a number that fits"), wanted),
        **prompted(title, words),
    }
    sheet.data_validation(row, column, row, column, rule)


def offered(rules: CriteriaSet, question: Question) -> list[str]:
    """Return the answers that a question offers, in the form's language."""
    measure = question.measure
    if measure.kind == "grade":
        found = [grade.label.in_language(current_language()) for grade in rules.scales[measure.scale or ""].grades]
    elif current_language() == "en":
        found = {"attestation": ["Yes", "No"], "ruling": ["Met", "Not met", "No conclusion"]}[measure.kind]
    else:
        found = list(OFFERED[measure.kind])
    return [*found, _(NOT_APPLICABLE)] if question.only_if is not None else found
