"""One form as a workbook, made from the criteria set and the measures alone; the same input makes the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.rows.form_facts import CALCULATION_SHEET, FACTS_SHEET
from ntm_rules.dataset.rows.headers import heading
from ntm_rules.evaluation.verdicts import LABELS, Verdict
from ntm_rules.forms.commune import evidence_sheet, hamlets_sheet, placing
from ntm_rules.forms.commune.calculation_sheet import GROUP_NAME, PLAIN_AT, class_name, write_calculations
from ntm_rules.forms.commune.context import OneForm, classings_looked_up
from ntm_rules.forms.commune.facts_sheet import FIRST_LIST, GROUP_AT, REGISTER_COLUMNS, write_facts
from ntm_rules.forms.commune.filled import Filled
from ntm_rules.forms.commune.form_sheet import FormSheet
from ntm_rules.forms.commune.formulas import PLAIN_FORMAT
from ntm_rules.forms.commune.guide_sheet import write_guide
from ntm_rules.forms.commune.looks import Looks
from ntm_rules.forms.commune.mistakes_sheet import SHEET, write_mistakes
from ntm_rules.forms.commune.placing import CODE_CELL, NAME_CELL, YEAR_CELL, place
from ntm_rules.forms.commune.question_sheet import write_questions
from ntm_rules.forms.commune.questions import sections
from ntm_rules.forms.commune.summary_sheet import write_summary
from ntm_rules.forms.commune.worth import judged, worth
from ntm_rules.i18n import _, current_language
from ntm_rules.office_files import as_our_own
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.register import Commune
from ntm_rules.spreadsheet.entries import Lists, offer, prompt
from ntm_rules.spreadsheet.files import begun
from ntm_rules.spreadsheet.paper import page
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.values import invented

ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "select_locked_cells": True}
"""What may be done to a protected sheet besides filling it in."""


def write_form(
    rules: CriteriaSet,
    law_hash: str,
    conditional: Mapping[str, str],
    commune: Commune | None,
    year: int,
    filled: Filled | None = None,
    *,
    beside: tuple[str, ...] = (),
) -> bytes:
    """Return a form for one commune, or for any (None), and one year.

    Args:
        rules: the law of that year.
        law_hash: its hash (`resolved_hash`).
        conditional: measure asked only "if any" -> the measure that says whether there is any.
        commune: whose form it is; None lets the officer choose.
        year: the year of the figures.
        filled: answers, last year's figures, documents and marks to write into it; None: blank.
        beside: measures that no requirement reads and that are asked all the same.
    """
    stream = io.BytesIO()
    book = begun(stream, _("Self-assessment form"))
    book.worksheet_class = FormSheet
    book.set_calc_mode("auto")
    filled = filled or Filled()
    places = place(sections(rules, conditional, beside), rules)
    context = OneForm(
        rules=rules,
        places=places,
        looks=Looks(book),
        lists=Lists(FACTS_SHEET, FIRST_LIST + len(classings_looked_up(rules, commune))),
        filled=filled,
        judged=judged(rules, filled, commune, year),
        worth=worth(rules, list(places.questions()), filled),
        choices=rules.choice_of,
        law_hash=law_hash,
        commune=commune,
        year=year,
        words={verdict: _(LABELS[verdict]) for verdict in Verdict},
    )
    subject = (
        _("{commune} ({code}), year {year}", commune=full_name(commune), code=commune.code, year=year)
        if commune
        else _("Year {year}", year=year)
    )
    write_guide(book.add_worksheet(_(placing.GUIDE)), context, subject)
    mistakes = book.add_worksheet(_(SHEET)) if filled.mistakes else None
    questions = context.places.sheet
    sheet = book.add_worksheet(questions.name)
    _head(sheet, [width for _role, width in placing.COLUMNS], context, commune, repeats=False)
    write_questions(sheet, questions, context)
    sheet.protect("", ALLOWED)
    if rules.hamlet_measures:
        hamlets = book.add_worksheet(_(placing.HAMLETS))
        widths = [10.0, 16.0, 8.0, 24.0, *(14.0 for _column in hamlets_sheet.columns_of(context))]
        _head(hamlets, widths, context, commune, repeats=True, title=_("Figures of each hamlet"))
        hamlets_sheet.write_hamlets(hamlets, context, commune)
        hamlets.protect("", ALLOWED)
    evidence = book.add_worksheet(_(placing.EVIDENCE))
    _head(evidence, [width for _role, width in evidence_sheet.COLUMNS], context, commune, repeats=True)
    rows = evidence_sheet.write_evidence(evidence, context)
    evidence.protect("", ALLOWED)
    if mistakes is not None:
        write_mistakes(mistakes, context, rows)
        mistakes.activate()  # what is to be mended is what the officer sees first
    write_summary(book.add_worksheet(_(placing.SUMMARY)), context)
    calculation = book.add_worksheet(CALCULATION_SHEET)
    write_calculations(calculation, context)
    calculation.very_hidden()
    write_facts(book.add_worksheet(FACTS_SHEET), context, commune)
    _name_cells(book, context, commune)
    book.close()
    return as_our_own(stream.getvalue())


def _head(
    sheet: Worksheet, widths: list[float], context: OneForm, commune: Commune | None, *, repeats: bool, title: str = ""
) -> None:
    """Write title, law, commune and year; `repeats`: the commune is chosen on the sheet of questions."""
    looks, language = context.looks, current_language()
    page(sheet, widths)
    usual = _("Evidence for the figures of a new-rural commune") if repeats else _("Figures of a new-rural commune")
    sheet.write_string(placing.TITLE_AT, 0, title or usual, looks.title)
    law = _(
        "{title}, in force on {day}",
        title=str(context.rules.title),
        day=f"{context.rules.as_of:%d/%m/%Y}",
    )
    if context.rules.illustrative and context.filled.illustrative:
        sheet.write_string(placing.LAW_AT, 0, f"{law}. {invented(rules=True, data=False)[0]}", looks.warning)
    else:
        sheet.write_string(placing.LAW_AT, 0, law, looks.line)
    row = placing.OWNER_AT
    for role, (_row, column) in (("code", CODE_CELL), ("commune", NAME_CELL), ("year", YEAR_CELL)):
        sheet.write_string(row, column - 1, heading(role, language), looks.fact)
    if commune is not None:
        sheet.write_string(*CODE_CELL, commune.code, looks.said)
        sheet.write_string(*NAME_CELL, commune.name, looks.said)
    else:
        _chosen(sheet, context, repeats=repeats)
    sheet.write_number(*YEAR_CELL, context.year, looks.year)
    if context.filled.illustrative:
        sheet.write_string(placing.NATURE_AT, 1, heading("nature", language), looks.warning)
        sheet.write_string(placing.NATURE_AT, 3, context.filled.illustrative, looks.warning)
    elif context.rules.illustrative:
        sheet.write_string(placing.NATURE_AT, 1, invented(rules=True, data=False)[0], looks.warning)


def _chosen(sheet: Worksheet, context: OneForm, *, repeats: bool) -> None:
    """Let the officer choose the commune on the sheet of questions; its code follows, and the other sheet repeats it."""
    looks = context.looks
    name, code = (xl_rowcol_to_cell(*cell, row_abs=True, col_abs=True) for cell in (NAME_CELL, CODE_CELL))
    first = context.places.sheet.name
    if repeats:
        sheet.write_formula(*NAME_CELL, f"=IF('{first}'!{name}=\"\",\"\",'{first}'!{name})", looks.said, "")
        sheet.write_formula(*CODE_CELL, f"='{first}'!{code}", looks.said, "")
        return
    sheet.write_blank(*NAME_CELL, None, looks.choice)
    names = [commune.name for commune in context.rules.communes.within()]
    hint = prompt(_("Commune"), _("Choose the commune from the list."))
    offer(sheet, context.lists, *NAME_CELL, names, hint)
    of_name, of_code, _group = (_register(context, column) for column in REGISTER_COLUMNS)
    sheet.write_formula(*CODE_CELL, f'=IFERROR(INDEX({of_code},MATCH({name},{of_name},0)),"")', looks.said, "")


def _register(context: OneForm, column: int) -> str:
    letters = xl_col_to_name(column)
    return f"{FACTS_SHEET}!${letters}$1:${letters}${len(context.rules.communes.within())}"


def _name_cells(book: xlsxwriter.Workbook, context: OneForm, commune: Commune | None) -> None:
    """Name the cells of a plain format, of commune, year and every entry, and the cell that tells the group."""
    first = context.places.sheet.name
    for name, cell in (("ntm_code", CODE_CELL), ("ntm_commune", NAME_CELL), ("ntm_year", YEAR_CELL)):
        book.define_name(name, f"='{first}'!{xl_rowcol_to_cell(*cell, row_abs=True, col_abs=True)}")
    plain = xl_rowcol_to_cell(1, PLAIN_AT, row_abs=True, col_abs=True)
    book.define_name(PLAIN_FORMAT, f"={CALCULATION_SHEET}!{plain}")
    if commune is not None:
        book.define_name(GROUP_NAME, f"={FACTS_SHEET}!{xl_rowcol_to_cell(GROUP_AT, 1, row_abs=True, col_abs=True)}")
    else:
        names, _code, groups = (_register(context, column) for column in REGISTER_COLUMNS)
        chosen = f"'{first}'!{xl_rowcol_to_cell(*NAME_CELL, row_abs=True, col_abs=True)}"
        book.define_name(GROUP_NAME, f"=IFERROR(INDEX({groups},MATCH({chosen},{names},0)),0)")
        for at, _classing in enumerate(context.looked_up):
            classes = _register(context, FIRST_LIST + at)
            book.define_name(class_name(at), f"=IFERROR(INDEX({classes},MATCH({chosen},{names},0)),0)")
    for measure, cells in context.places.cells.items():
        for part, reference in (
            ("value", cells.value),
            ("numerator", cells.numerator),
            ("denominator", cells.denominator),
            ("previous", cells.previous),
        ):
            if reference:
                book.define_name(f"{part}_{measure}", f"={reference}")
