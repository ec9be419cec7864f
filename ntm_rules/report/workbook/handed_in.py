"""The workbook of who handed in what: every commune of the register, its files, its mistakes, what is asked of it."""

from __future__ import annotations

from pathlib import Path

from ntm_rules.i18n import _
from ntm_rules.report.letter_rows import commune_rows
from ntm_rules.report.workbook.book import About, Book
from ntm_rules.spreadsheet.files import opened
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.standing import handed_words


def write_handed_in(path: Path, overview: Overview, about: About, letters: frozenset[str] = frozenset()) -> None:
    """Write the workbook; `letters` are the names of the letters that lie beside it, to be linked."""
    title = _("Who has handed in the self-assessment of {year}", year=overview.year)
    with opened(path, title) as workbook:
        book = Book(workbook, about)
        names = [
            (_("Code"), 9),
            (_("Commune"), 22),
            (_("State"), 34),
            (_("Files handed in"), 10),
            (_("Mistakes"), 10),
            (_("To look at again"), 12),
            (_("Requirements lacking figures"), 12),
            (_("Requirements not met"), 12),
            (_("Files"), 60),
            (_("Letter"), 20),
        ]
        widths = [width for _name, width in names]
        sheet, row = book.sheet(_("Handed in"), title, widths)
        communes = overview.handing_in.communes
        row = book.header(sheet, row, [name for name, _width in names], 2, row + len(communes))
        for one in communes:
            asked = commune_rows(overview, one)
            sheet.write_string(row, 0, one.commune.code, book.text)
            sheet.write_string(row, 1, one.commune.name, book.text)
            sheet.write_string(row, 2, handed_words(one.state), book.wrapped)
            counts = [len(one.files), one.errors, len(one.problems) - one.errors, len(asked.owed), len(asked.short)]
            for column, count in enumerate(counts, 3):
                if one.record is None and column > 5:
                    sheet.write_blank(row, column, None, book.whole)
                else:
                    sheet.write_number(row, column, count, book.whole)
            sheet.write_string(row, 8, "; ".join(one.files), book.wrapped)
            letter = f"xa-{one.commune.code}.docx"
            if letter in letters:
                sheet.write_url(row, 9, f"external:{letter}", book.text, letter)
            else:
                sheet.write_blank(row, 9, None, book.text)
            row += 1
