"""One commune's form in; its report on its self-assessment in Word out, and a sheet of checks."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.cross_checks.over_report import cross_check_report
from ntm_rules.evaluation.reference import evaluate_commune, evaluate_conditions
from ntm_rules.report.charts.commune import criteria_chart
from ntm_rules.report.tables.form_10 import YearBefore
from ntm_rules.report.word.commune_checks import commune_checks
from ntm_rules.report.word.commune_subject import SelfAssessment
from ntm_rules.report.word.self_assessment import self_assessment_paper
from ntm_rules.runs.one_commune import Report, facts_of, report_in, since_year_before
from ntm_rules.runs.paper_files import word_file, write_words
from ntm_rules.runs.reading import NothingEvaluated, must_exist
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.wording.values import invented

CHECKS = "-kiem-tra"
"""What follows the report's name in that of its sheet of checks."""


class SelfAssessmentPaper(NamedTuple):
    """A report that was written."""

    report: Report
    subject: SelfAssessment
    paper: Path
    checks: Path
    """The sheet of checks, which nobody signs."""
    replaced: bool
    """An earlier report stood there."""


def write_self_assessment(
    rulebook: Rulebook, form: Path, out: Path, *, commune: str | None = None, year: int | None = None
) -> SelfAssessmentPaper | NothingEvaluated:
    """Write the report of the commune in `form`, and beside it the sheet of checks.

    Raises:
        NtmError: there is no such form, no such commune in it, a year outside the period, or a file that may not be
            replaced.
    """
    must_exist([form])
    paper = word_file(out, form)
    checks = word_file(checks_beside(paper), form)
    report = report_in(rulebook, form, commune, year)
    if isinstance(report, NothingEvaluated):
        return report
    subject = self_assessment(report)
    replaced = write_words({paper: self_assessment_paper(subject), checks: commune_checks(subject)})
    return SelfAssessmentPaper(report, subject, paper, checks, paper in replaced)


def checks_beside(paper: Path) -> Path:
    """Return where the sheet of checks of a report goes: beside it, under its name."""
    return paper.with_name(f"{paper.stem}{CHECKS}{paper.suffix}")


def self_assessment(report: Report) -> SelfAssessment:
    """Judge one commune's report, and its year before where the set covers that."""
    rulebook, dataset, rules, facts = report.rulebook, report.dataset, report.rules, report.facts
    judged = evaluate(rules, [record for record in (facts.previous, facts.report) if record], years=[facts.report.year])
    warnings = invented(rules=rules.illustrative, data=dataset.illustrative)
    in_force = set(rules.overlays)
    return SelfAssessment(
        rules=rules,
        facts=facts,
        result=evaluate_commune(rules, facts),
        conditions=evaluate_conditions(rules, facts),
        day=rulebook.counted_to,
        before=_year_before(report),
        years=since_year_before(report),
        legal_basis=rulebook.loaded.header.legal_basis,
        reporting=rulebook.loaded.header.reporting_in(rules.communes.province),
        overlays=[overlay for overlay in rulebook.overlays if overlay.id in in_force],
        problems=dataset.problems_for(facts.report.code),
        findings=cross_check_report(rules, dataset, facts.report),
        illustrative_data=dataset.illustrative,
        chart=criteria_chart(judged, 0, warnings),
    )


def _year_before(report: Report) -> YearBefore:
    last = report.year_before()
    if last is None:
        return YearBefore()
    rules = report.rulebook.year_end(last.year)
    facts = facts_of(report.dataset, rules, last)
    return YearBefore(evaluate_commune(rules, facts), evaluate_conditions(rules, facts))
