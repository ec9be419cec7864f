"""muc-tieu.xlsx: the goals of a plan as sheets to filter and sort, every number that a status used beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ntm_rules.dataset.problems import Problem
from ntm_rules.i18n import _
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.models import TrackState
from ntm_rules.report.tables.goals import goals, values
from ntm_rules.report.xlsx.book import About, Book
from ntm_rules.report.xlsx.lists import write_problems
from ntm_rules.report.xlsx.tables import add_sheet, none_said
from ntm_rules.spreadsheet.files import opened


def write_status(
    path: Path, plan: Plan, states: Mapping[str, TrackState], title: str, about: About, problems: Sequence[Problem]
) -> None:
    """Write the goals with their figures; `about` holds the rule and what the run was made from.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    with opened(path, title) as file:
        book = Book(file, about)
        table = goals(plan, states).wide(26, 8, 50, 18, 30, 7, 26, 20, 30, 16, 18, 18, 12, 26, 30, 34, 26, 60, 16)
        add_sheet(book, _("Goals"), title, table, head_columns=2, empty=none_said())
        heading = _("The figures that went into each goal")
        add_sheet(book, _("Figures"), heading, values(plan, states).wide(26, 8, 20, 50, 50), empty=none_said())
        write_problems(book, problems, {**plan.loaded.measures, **plan.figures})
        sheet, row = book.sheet(_("About"), _("How a status is reached"), [30, 100])
        for name, said in about.lines:
            sheet.write_string(row, 0, name, book.text)
            sheet.write_string(row, 1, said, book.wrapped)
            book.wrapped_row(sheet, row, [said], [100])
            row += 1
