"""The first sheet: how the form is filled in, in a few lines."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.rows.evidence_rows import SAME_AS_ABOVE
from ntm_rules.forms.commune.context import OneForm
from ntm_rules.forms.commune.placing import EVIDENCE, HAMLETS, SUMMARY
from ntm_rules.i18n import _
from ntm_rules.spreadsheet.paper import height, page
from ntm_rules.wording.dates import on_day

_WIDTH = 118


def write_guide(sheet: Worksheet, context: OneForm, subject: str) -> None:
    """Write the sheet; `subject`: whose form it is."""
    looks, rules = context.looks, context.rules
    page(sheet, [_WIDTH])
    sheet.write_string(0, 0, _("Self-assessment form, new-rural commune"), looks.title)
    sheet.write_string(1, 0, subject, looks.fact)
    questions = context.places.sheet.name
    lines = [
        (str(rules.title), True),
        (_("Targets in force on {day}.", day=on_day(rules.as_of)), False),
        (_("How to fill it in"), True),
        (
            _(
                "1. Fill in the yellow cells of sheet “{sheet}”. What is not known stays empty; what is known to be none is 0.",
                sheet=questions,
            ),
            False,
        ),
        (
            _(
                "2. Questions answered in words: choose from the list in the cell. “Not applicable” is offered only where"
                " the law says “if any”; first answer whether the commune has any."
            ),
            False,
        ),
        (
            _(
                "3. Shares: write numerator and denominator; then what is missing can be counted. Only when they are not"
                " known, write the percentage alone under “Value”."
            ),
            False,
        ),
        (_("4. Numbers alone, without unit or dots between thousands: 1234 or 79,95. Write 85 for 85%."), False),
        (
            _(
                "5. Sheet “{sheet}”: number, day and issuer of the document behind each figure. The same document again:"
                " write “{same}” under the number.",
                sheet=_(EVIDENCE),
                same=_(SAME_AS_ABOVE),
            ),
            False,
        ),
        (
            _(
                "6. Sheet “{sheet}” shows met, not met or missing while you type. It is there to help: the form is judged"
                " once it is handed in.",
                sheet=_(SUMMARY),
            ),
            False,
        ),
        *_of_hamlets(context),
        (_("Point at a figure to read what to mind, the evidence expected and the law's words."), False),
        (
            _("Grey cells are not needed. The green columns at the right are for the lead agencies; leave them empty."),
            False,
        ),
        (_("Please do not"), True),
        (_("merge cells, delete rows or columns, or use another commune's form or that of another year."), False),
        (_("When it is done"), True),
        (_("Save it as .xlsx and hand it in. What is wrong comes back to you by sheet and cell."), False),
        (
            _(
                "Those who have the program check it with: {command}. With --return FILE it also writes a form with the"
                " answers kept and every mistake marked.",
                command="ntm assess PHIEU.xlsx",
            ),
            False,
        ),
    ]
    for row, (line, strong) in enumerate(lines, start=3):
        sheet.write_string(row, 0, line, looks.strong if strong else looks.words)
        sheet.set_row(row, height([(line, _WIDTH)]) + (6 if strong else 2))
    sheet.protect("", {})


def _of_hamlets(context: OneForm) -> list[tuple[str, bool]]:
    """Return what is to be known of the sheet of hamlets, where there is one."""
    if not context.rules.hamlet_measures:
        return []
    ids = ", ".join(one.id for one in context.rules.counting_hamlets)
    said = _(
        "Sheet “{sheet}”: a row for each hamlet. The form does not work out what follows from hamlets ({ids}): what it shows"
        " there rests on the totals typed on sheet “{questions}” alone. Once handed in, ntm counts the hamlets.",
        sheet=_(HAMLETS),
        ids=ids,
        questions=context.places.sheet.name,
    )
    return [(said, False)]
