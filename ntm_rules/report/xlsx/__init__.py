"""ket-qua.xlsx: the results for people, sheet by sheet.

The workbook carries no date and no path: the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ntm_rules.dataset.problems import Problem
from ntm_rules.errors import Severity
from ntm_rules.i18n import _
from ntm_rules.report.xlsx.book import About, Book
from ntm_rules.report.xlsx.findings import write_findings
from ntm_rules.report.xlsx.gaps import write_gaps
from ntm_rules.report.xlsx.lists import write_about, write_agencies, write_awaited, write_problems
from ntm_rules.report.xlsx.matrix import write_matrix
from ntm_rules.report.xlsx.provinces import write_provinces
from ntm_rules.report.xlsx.standing import write_handing_in, write_nearest, write_years
from ntm_rules.report.xlsx.summary import write_summary
from ntm_rules.spreadsheet.bulk_sheets import BulkSheets
from ntm_rules.spreadsheet.files import opened
from ntm_rules.standing.overview import Overview
from ntm_rules.text_columns import Columns


def write_workbook(
    path: Path,
    overviews: Sequence[Overview],
    problems: Sequence[Problem],
    about: About,
    counts: Mapping[Severity, int] | None = None,
    findings: Sequence[Columns] = (),
    tables: str = "csv",
    *,
    in_tables_alone: bool = False,
) -> None:
    """Write all sheets for one or more evaluated years; that of the cross-checks where they were made.

    Args:
        counts: how many findings of each severity there are; None: no cross-checks were made.
        findings: those of each year, as `finding_columns.finding_table` gives them.
        tables: what the large tables beside the workbook are written as.
        in_tables_alone: sheets do not repeat the rows of communes that those tables hold.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    with BulkSheets(path) as bulk, opened(path, _("Assessment results")) as file:
        book = Book(file, about, bulk, tables)
        book.in_tables_alone = in_tables_alone
        evaluations = [overview.evaluation for overview in overviews]
        write_summary(book, overviews)
        write_matrix(book, overviews)
        write_nearest(book, overviews)
        write_gaps(book, overviews)
        write_agencies(book, overviews)
        write_provinces(book, overviews)
        laws = [evaluation.rules for evaluation in evaluations]
        write_awaited(book, overviews)
        write_years(book, overviews)
        write_handing_in(book, overviews)
        write_problems(book, problems, evaluations[0].rules.measures)
        if counts is not None:
            write_findings(book, counts, findings)
        write_about(book, laws)


__all__ = ["About", "write_workbook"]
