"""The summary: how many criteria and indicators are met so far, and the verdict of each while figures are typed."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.rows.headers import heading
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.forms.commune import formulas
from ntm_rules.forms.commune.context import OneForm
from ntm_rules.forms.commune.standards import leaves_it_open, standards_of
from ntm_rules.i18n import _, current_language
from ntm_rules.rulebook.criteria_set import Indicator
from ntm_rules.spreadsheet.paper import height, page
from ntm_rules.wording.agencies import agency_name

WIDTHS = (8, 84, 22, 40)
_HEAD_AT = 5
"""Row of the heads, from 0; one further down where the set has a standard of its own."""
_COUNTED = (Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET, Verdict.NOT_APPLICABLE)


def write_summary(sheet: Worksheet, context: OneForm) -> None:
    """Write the sheet."""
    looks, places, rules = context.looks, context.places, context.rules
    page(sheet, WIDTHS)
    sheet.write_string(0, 0, _("Result so far"), looks.title)
    sheet.write_string(
        1, 0, _("Reckoned by this form while figures are typed, to help; the program judges."), looks.line
    )
    criteria = [places.calculated["criterion", criterion.id] for criterion in rules.criteria]
    indicators = [places.calculated["indicator", i.id] for i in rules.indicators()]
    judged = context.judged
    row = 2
    for words, cells, numbers in (
        (_("Criteria met"), criteria, [judged["criterion", c.id] for c in rules.criteria]),
        (_("Indicators met"), indicators, [judged["indicator", i.id] for i in rules.indicators()]),
    ):
        sheet.write_string(row, 1, words, looks.fact)
        met = "+".join(f"({cell}={Verdict.MET:d})" for cell in cells)
        applicable = "+".join(f"({cell}<>{Verdict.NOT_APPLICABLE:d})" for cell in cells)
        value = f"{numbers.count(Verdict.MET)}/{len(numbers) - numbers.count(Verdict.NOT_APPLICABLE)}"
        sheet.write_formula(row, 2, f'=({met})&"/"&({applicable})', looks.fact, value)
        row += 1
    entries = [places.calculated["entry", question.measure.id] for question in places.questions()]
    sheet.write_string(row, 1, _("Figures and statements filled in"), looks.fact)
    filled_in = "+".join(f"({cell}<>0)" for cell in entries)
    done = sum(context.worth["entry", question.measure.id] != 0 for question in places.questions())
    sheet.write_formula(row, 2, f'=({filled_in})&"/{len(entries)}"', looks.fact, f"{done}/{len(entries)}")
    head_at = _HEAD_AT
    if rules.standard is not None:
        row += 1
        head_at += 1
        sheet.write_string(row, 1, _("Meets the standard of the set"), looks.fact)
        told = [context.words[verdict] for verdict in Verdict]
        formula = f"={formulas.labelled(places.calculated['commune', rules.id], told)}"
        sheet.write_formula(row, 2, formula, looks.fact, told[judged["commune", rules.id]])
    for column, head in enumerate(
        (heading("ordinal", current_language()), _("Criterion, indicator"), _("Result so far"), _("Lead agency"))
    ):
        sheet.write_string(head_at, column, head, looks.head)
    row = head_at + 1
    for criterion in rules.criteria:
        _line(sheet, row, (criterion.id, str(criterion.words), ""), ("criterion", criterion.id), context, strong=True)
        row += 1
        for indicator in criterion.indicators:
            row = _indicator(sheet, row, indicator, context)
    if rules.conditions:
        sheet.write_string(row, 1, _("Further conditions of recognition"), looks.indicator)
        row += 1
        for indicator in rules.conditions:
            row = _indicator(sheet, row, indicator, context)
    looks.colour_verdicts(sheet, head_at + 1, 2, row)
    row = _legend(sheet, row + 1, context)
    if any(leaves_it_open(rules, standard) for _of, standard in standards_of(rules)):
        sheet.write_string(
            row,
            1,
            _(
                "Where figures and numbers of documents are both lacking, this form says of the whole that data is lacking; "
                "the program says which of them could still change it."
            ),
            looks.line,
        )
        row += 1
    said = _("Recognition itself is a decision of the province; this program does not make it.")
    sheet.write_string(row, 1, said, looks.line)
    sheet.freeze_panes(head_at + 1, 0)
    sheet.repeat_rows(head_at, head_at)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _indicator(sheet: Worksheet, row: int, indicator: Indicator, context: OneForm) -> int:
    leads = "; ".join(agency_name(context.rules, lead) for lead in indicator.leads())
    _line(sheet, row, (indicator.id, str(indicator.words), leads), ("indicator", indicator.id), context, strong=False)
    return row + 1


def _line(
    sheet: Worksheet, row: int, said: tuple[str, str, str], what: tuple[str, str], context: OneForm, *, strong: bool
) -> None:
    looks = context.looks
    told: Format = looks.indicator if strong else looks.told
    kind, id_ = what
    at = context.places.heading_row(kind, id_)
    link = looks.strong_link if strong else looks.link
    sheet.write_url(row, 0, f"internal:'{context.places.sheet.name}'!A{at + 1}", link, said[0])
    sheet.write_string(row, 1, said[1], told)
    words = [context.words[verdict] for verdict in Verdict]
    formula = f"={formulas.labelled(context.places.calculated[what], words)}"
    look = looks.indicator_verdict if strong else looks.verdict
    sheet.write_formula(row, 2, formula, look, words[context.judged[what]])
    sheet.write_string(row, 3, said[2], told)
    sheet.set_row(row, max(18, height([(said[1], WIDTHS[1]), (said[2], WIDTHS[3])])))


def _legend(sheet: Worksheet, row: int, context: OneForm) -> int:
    meanings = {
        Verdict.MET: _("every requirement that applies is reached"),
        Verdict.NOT_MET: _("at least one requirement misses its target"),
        Verdict.NO_DATA: _("a figure that decides is missing or cannot be used; neither met nor not met"),
        Verdict.NO_TARGET: _("no document in force fixes the target; neither met nor not met"),
        Verdict.NOT_APPLICABLE: _("“if any”, and the commune has none; left out of the denominators"),
    }
    for verdict in _COUNTED:
        sheet.write_string(row, 1, f"{context.words[verdict]}: {meanings[verdict]}", context.looks.words)
        row += 1
    return row
