"""The hidden sheet that says which set, version, commune and year a form was made for, and what it asks."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.cells.numbers import written
from ntm_rules.dataset.rows import form_facts
from ntm_rules.forms.commune.context import OneForm
from ntm_rules.forms.commune.filled import Answer
from ntm_rules.forms.commune.mistakes_sheet import SHEET
from ntm_rules.i18n import _, current_language
from ntm_rules.rulebook.criteria_set import Classing
from ntm_rules.rulebook.register import Commune

GROUP_AT = 1
"""Row, from 0, in which the number of the commune's group stands."""
REGISTER_COLUMNS = (6, 7, 8)
"""Columns, from 0, of name, code and number of group of every commune, in a form for any of them."""
FIRST_LIST = 10
"""Column, from 0, of the first list of choices; the numbers of classes stand before them, where they are looked up."""


def signatures(context: OneForm) -> dict[str, str]:
    """Return every measure asked, with what tells its meaning."""
    rules = context.rules
    return {
        question.measure.id: form_facts.signature(question.measure, rules.scales.get(question.measure.scale or ""))
        for question in context.places.questions()
    }


def write_facts(sheet: Worksheet, context: OneForm, commune: Commune | None) -> None:
    """Write what the form says of itself, the choices of its lists, and the register where a commune is chosen."""
    rules = context.rules
    asked = signatures(context)
    facts = {
        form_facts.FORM: form_facts.FORMAT,
        "group": "",
        form_facts.SET: rules.id,
        form_facts.VERSION: rules.version,
        form_facts.ASKED: form_facts.asked_hash(asked),
        form_facts.LAW: context.law_hash,
        form_facts.AS_OF: rules.as_of.isoformat(),
        form_facts.COMMUNE: commune.code if commune else "",
        form_facts.YEAR: str(context.year),
        form_facts.LANGUAGE: current_language(),
    }
    if context.filled.doubted:
        facts[form_facts.UNCONFIRMED] = _(SHEET)
    for row, (name, value) in enumerate(facts.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    row = len(facts)
    for measure, meaning in asked.items():
        for column, text in enumerate((form_facts.MEASURE, measure, meaning)):
            sheet.write_string(row, column, text)
        row += 1
    for measure, answer in context.filled.previous.items():
        _previous(sheet, row, measure, answer)
        row += 1
    groups = {group: number for number, group in enumerate(rules.groups, start=1)}
    if commune is not None:
        sheet.write_number(GROUP_AT, 1, groups.get(commune.group or "", 0))
    else:
        name_at, code_at, group_at = REGISTER_COLUMNS
        for at, one in enumerate(rules.communes.within()):
            sheet.write_string(at, name_at, one.name)
            sheet.write_string(at, code_at, one.code)
            sheet.write_number(at, group_at, groups.get(one.group or "", 0))
            for column, classing in enumerate(context.looked_up, start=FIRST_LIST):
                sheet.write_number(at, column, class_number(classing, one))
    context.lists.write(sheet)
    sheet.very_hidden()


def class_number(classing: Classing, commune: Commune) -> int:
    """Return the number of a commune's class, from 1; 0 when it has none."""
    class_ = commune.class_by(classing.by)
    return classing.classes.index(class_) + 1 if class_ in classing.classes else 0


def _previous(sheet: Worksheet, row: int, measure: str, answer: Answer) -> None:
    cells = (form_facts.PREVIOUS, measure, *map(written, (answer.value, answer.numerator, answer.denominator)))
    for column, text in enumerate((*cells, answer.note)):
        sheet.write_string(row, column, text)
