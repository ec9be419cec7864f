"""The sheet of questions: the law's words, a row for each figure, what has been entered and what comes of it."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.rows.headers import heading
from ntm_rules.forms.commune.context import OneForm
from ntm_rules.forms.commune.entry_cells import put, write_entries
from ntm_rules.forms.commune.filled import Answer
from ntm_rules.forms.commune.gates import why_asked
from ntm_rules.forms.commune.notes import question_note
from ntm_rules.forms.commune.placing import COLUMN, COLUMNS, FIRST, HAMLETS, HEADER_AT, QuestionSheet
from ntm_rules.forms.commune.questions import FormSection, Heading, Question
from ntm_rules.forms.commune.results import DOUBTS, write_computed, write_result, write_verdict
from ntm_rules.i18n import _, current_language
from ntm_rules.rulebook.criteria_set import ClassedTarget, CriteriaSet, Indicator, Requirement
from ntm_rules.rulebook.models import Measure
from ntm_rules.spreadsheet.paper import height
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.targets import cell_words, everywhere, target_words
from ntm_rules.wording.titles import criterion_title
from ntm_rules.wording.values import unit_of

ROOM = 1.15
"""How much wider than its number says a column of this font is."""


def write_questions(sheet: Worksheet, of: QuestionSheet, context: OneForm) -> None:
    """Write the sheet below the head that names commune and year."""
    looks, language = context.looks, current_language()
    for column, (role, width) in enumerate(COLUMNS):
        sheet.write_string(HEADER_AT, column, heading(role, language), looks.id if role == "measure" else looks.head)
        if role == "measure":
            sheet.set_column(column, column, width, None, {"hidden": True})
    sheet.write_comment(HEADER_AT, COLUMN["previous"], _("Figures of {year}", year=context.year - 1))
    towards = _("Rounded so that what misses its target never looks as if it reached it.")
    sheet.write_comment(HEADER_AT, COLUMN["computed"], towards)
    sheet.set_row(HEADER_AT, 48)
    for row, line in of.rows:
        if isinstance(line, FormSection):
            _section(sheet, row, line, context)
        elif isinstance(line, Heading):
            _heading(sheet, row, line, context)
        else:
            _question(sheet, row, line, context)
    looks.colour_verdicts(sheet, FIRST, COLUMN["result"], of.last)
    for words in DOUBTS:
        looks.colour_words(sheet, FIRST, COLUMN["result"], of.last, _(words))
    sheet.freeze_panes(FIRST, COLUMN["value"])
    sheet.repeat_rows(HEADER_AT, HEADER_AT)
    sheet.print_area(0, 0, of.last, COLUMN["remark"])


def section_title(section: FormSection) -> str:
    """Return what heads the questions of a section."""
    if section.criterion is not None:
        return criterion_title(section.criterion)
    return _("Further conditions of recognition") if section.kind == "conditions" else _("Other figures")


def _section(sheet: Worksheet, row: int, section: FormSection, context: OneForm) -> None:
    looks = context.looks
    for column in range(COLUMN["measure"]):
        sheet.write_blank(row, column, None, looks.criterion)
    sheet.write_string(row, 0, section_title(section), looks.criterion)
    sheet.set_row(row, 22)
    if section.criterion is not None:
        write_verdict(
            sheet, row, COLUMN["result"], ("criterion", section.criterion.id), context, looks.criterion_verdict
        )


def _heading(sheet: Worksheet, row: int, line: Heading, context: OneForm) -> None:
    looks, node = context.looks, line.node
    first, last = COLUMN["label"], COLUMN["target"]
    width = sum(w for _role, w in COLUMNS[first : last + 1])
    if not isinstance(node, Indicator):
        sheet.write_blank(row, 0, None, looks.alternatives)
        words = _("{k} of the following {n} are enough:", k=node.needed, n=len(node.children))
        if node.op == "any":
            words = _("One of the following is enough:")
        sheet.merge_range(row, first, row, last, words, looks.alternatives)
        _rest(sheet, row, looks.alternatives)
        write_verdict(sheet, row, COLUMN["result"], ("node", node.id), context, looks.alternatives)
        return
    words = str(node.words)
    sheet.write_string(row, 0, node.id, looks.indicator)
    sheet.merge_range(row, first, row, last, words, looks.indicator)
    _rest(sheet, row, looks.indicator)
    write_verdict(sheet, row, COLUMN["result"], ("indicator", node.id), context, looks.indicator_verdict)
    leads = _("Lead agency: {agency}", agency="; ".join(agency_name(context.rules, lead) for lead in node.leads()))
    noted = sum(w for role, w in COLUMNS if role in ("note", "opinion", "remark"))
    sheet.merge_range(row, COLUMN["note"], row, COLUMN["remark"], leads, looks.indicator)
    sheet.set_row(row, max(20, height([(words, width * ROOM)]), height([(leads, noted * ROOM)])))


def _rest(sheet: Worksheet, row: int, look: Format) -> None:
    for column in range(COLUMN["result"], COLUMN["measure"]):
        sheet.write_blank(row, column, None, look)


def _question(sheet: Worksheet, row: int, question: Question, context: OneForm) -> None:
    measure, looks = question.measure, context.looks
    words = _label(question, context.rules)
    unit = str(measure.unit)
    if measure.counted is not None:
        unit = f"{unit}; {measure.counted.unit!s}"
    target = _targets(context, question)
    put(sheet, row, COLUMN["ordinal"], question.ids, looks.told_centre, looks)
    sheet.write_string(row, COLUMN["label"], words, looks.told)
    sheet.write_comment(row, COLUMN["label"], question_note(context.rules, question), {"x_scale": 3.2, "y_scale": 2.6})
    sheet.write_string(row, COLUMN["unit"], unit, looks.told_centre)
    write_entries(sheet, row, question, context)
    put(sheet, row, COLUMN["target"], target, looks.told_centre, looks)
    write_computed(sheet, row, question, context)
    write_result(sheet, row, question, context)
    answer = context.filled.answers.get(measure.id, Answer())
    put(sheet, row, COLUMN["note"], answer.note, looks.entry_text, looks)
    put(sheet, row, COLUMN["opinion"], answer.opinion, looks.opinion, looks)
    put(sheet, row, COLUMN["remark"], answer.remark, looks.opinion, looks)
    sheet.write_string(row, COLUMN["measure"], measure.id, looks.id)
    widths = {role: width * ROOM for role, width in COLUMNS}
    cells = [
        (words, "label"),
        (target, "target"),
        (unit, "unit"),
        *([(question.ids, "ordinal")] if question.further else ()),
    ]
    sheet.set_row(row, max(20, *(height([(text, widths[role])]) for text, role in cells)))


def _label(question: Question, rules: CriteriaSet) -> str:
    """Return what a row asks, a line for each thing to know of it."""
    measure = question.measure
    lines = [str(measure.label)]
    if measure.counted is not None:
        lines += [
            _("Numerator: {what}", what=str(measure.counted.numerator)),
            _("Denominator: {what}", what=str(measure.counted.denominator)),
        ]
        if measure.zero_denominator == "not_applicable":
            lines.append(_("If there is none at all: write 0 and 0."))
    if question.is_gate:
        asked = [one.id for one in rules.requirements() if measure.id in {gate.measure for gate in one.gates}]
        lines.append(_("(first question for {ids})", ids=", ".join(asked)))
    decides = [one.id for one in rules.requirements() if one.told_apart_by == measure.id]
    if decides:
        lines.append(_("(decides the target of {ids})", ids=", ".join(decides)))
    if any(one.hamlets is not None for one in question.requirements):
        said = _("(with figures on sheet “{sheet}” leave it empty: ntm counts it from there)", sheet=_(HAMLETS))
        lines.append(said)
    return "\n".join(lines)


def _targets(context: OneForm, question: Question) -> str:
    """Return every target of the form's commune in words; of what is asked first, why it is."""
    ids: dict[str, list[str]] = {}
    for one in question.requirements:
        ids.setdefault(_target(context, one), []).append(one.id)
    why = [why_asked(context.rules, question.measure)] if question.is_gate else []
    if len(ids) < 2:
        return "\n".join([*ids, *why])
    if question.is_range:
        low, high = ids
        return "\n".join([_("{low} and {high}", low=_without_unit(low, high, question.measure), high=high), *why])
    return "\n".join([*(f"{', '.join(of)}: {words}" for words, of in ids.items()), *why])


def _without_unit(low: str, high: str, measure: Measure) -> str:
    """Return the lower end of a range without its unit, where the upper end says the same."""
    unit = unit_of(measure)
    alike = unit and low.endswith(unit) and high.endswith(unit)
    return low.removesuffix(unit).rstrip() if alike else low


def _target(context: OneForm, requirement: Requirement) -> str:
    """Return one target of the form's commune in words."""
    target = requirement.target
    if not isinstance(target, ClassedTarget):
        return target_words(context.rules, requirement, everywhere(target))
    if target.classing.is_answer or context.any_commune:
        return target_words(context.rules, requirement, None)
    own = target.of_class(context.class_of(target.classing))
    if own is None:
        return _("group unknown") if target.classing.is_group else _("class unknown")
    return cell_words(context.rules, requirement, own)
