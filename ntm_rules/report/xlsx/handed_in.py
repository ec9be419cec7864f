"""The workbook of who handed in what: every commune of the register, its files, its mistakes, what is asked of it."""

from __future__ import annotations

from pathlib import Path

from ntm_rules.i18n import _
from ntm_rules.report.tables.handed_in import handed_in_and_asked
from ntm_rules.report.xlsx.book import About, Book
from ntm_rules.report.xlsx.tables import add_sheet
from ntm_rules.spreadsheet.files import opened
from ntm_rules.standing.overview import Overview


def write_handed_in(path: Path, overview: Overview, about: About, letters: frozenset[str] = frozenset()) -> None:
    """Write the workbook; `letters` are the names of the letters that lie beside it, to be linked."""
    title = _("Who has handed in the self-assessment of {year}", year=overview.year)
    with opened(path, title) as workbook:
        table = handed_in_and_asked(overview, letters).wide(9, 22, 34, 10, 10, 12, 12, 12, 60, 20)
        plain = ("commune_code", "commune", "letter")
        add_sheet(Book(workbook, about), _("Handed in"), title, table, head_columns=2, plain=plain, tall={})
