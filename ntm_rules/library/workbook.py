"""The workbook of results, written as `ntm batch` writes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_rules.dataset.records import Dataset
from ntm_rules.errors import NtmError, system_reason
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.i18n import Message
from ntm_rules.library.rules import Rules
from ntm_rules.report.finding_columns import finding_table
from ntm_rules.report.own_files import untouched
from ntm_rules.report.xlsx import write_workbook
from ntm_rules.runs.judged import JudgedYears
from ntm_rules.runs.results import about
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.findings import severity_counts


def write(path: Path, rules: Rules, dataset: Dataset, overviews: Sequence[Overview]) -> None:
    """Write the workbook of years judged.

    Raises:
        NtmError: a folder, or a file that somebody else wrote or has changed, stands in the way; no file can be written.
    """
    if path.exists() and not (path.is_file() and untouched(path)):
        raise NtmError(
            Message("{path} is there already and was not written by this program, or changed since", path=str(path)),
            Message("Move it away, or choose another name; nothing was written."),
        )
    evaluations = [overview.evaluation for overview in overviews]
    asked = evaluations[0].rules.cross_checks
    found = [cross_check(one, dataset) for one in evaluations] if asked else []
    counts = severity_counts(severity for its in found for severity in its.severities) if asked else None
    tables = list(map(finding_table, found))
    said = about(JudgedYears(rules.rulebook, dataset, overviews))
    try:
        write_workbook(path, overviews, dataset.problems, said, counts, tables)
    except OSError as error:
        reason = system_reason(error)
        raise NtmError(Message("{path} cannot be written: {reason}", path=str(path), reason=reason)) from error
