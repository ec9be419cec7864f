"""What the cross-checks found, in a paper: how many, in which communes, of one commune as a table. No verdict changes."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.errors import Severity
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.i18n import _
from ntm_rules.report.tables.problems import findings_of
from ntm_rules.report.word.layout import Paper
from ntm_rules.report.word.tables import add_captioned
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.wording.findings import severity_counts_words


def add_counts(paper: Paper, findings: Sequence[Finding]) -> None:
    """Add how many findings of each severity there are, and that they change no verdict."""
    paper.item(severity_counts_words(finding.severity for finding in findings))


def add_communes_with(paper: Paper, findings: Sequence[Finding]) -> None:
    """Add which communes have errors and which have warnings; which checks say so is for the workbook, not for a signed paper."""
    with_errors, with_warnings = (_communes_with(findings, severity) for severity in (Severity.ERROR, Severity.WARNING))
    if with_errors:
        lead = _("Communes with errors found by cross-checks ({n}):", n=len(with_errors))
        paper.item(f"{', '.join(with_errors)}.", lead=lead)
    if with_warnings:
        lead = _("Communes with warnings of the cross-checks ({n}):", n=len(with_warnings))
        paper.item(f"{', '.join(with_warnings)}.", lead=lead)


def _communes_with(findings: Sequence[Finding], severity: Severity) -> list[str]:
    """Return the names of the communes that have findings of a severity, each once."""
    found = ((finding.code, finding.name) for finding in findings if finding.severity is severity)
    return [name for _code, name in dict.fromkeys(found)]


def add_findings(paper: Paper, rules: CriteriaSet, findings: Sequence[Finding]) -> None:
    """Add the counts of one commune's findings and a table of its errors and warnings, the gravest first."""
    add_counts(paper, findings)
    grave = [finding for finding in findings if finding.severity is not Severity.NOTE]
    if grave:
        title = _("Table {table}. Cross-checks: errors and warnings", table=paper.next_table())
        add_captioned(paper, title, findings_of(rules, grave).wide(0, 17, 20, 69, 50).numbered(9))
