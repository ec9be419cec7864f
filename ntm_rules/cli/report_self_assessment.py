"""`ntm report self-assessment`: one commune's form in, its report in Word out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ntm_rules.cli.assess import the_commune
from ntm_rules.cli.console import Screen
from ntm_rules.cli.explain import facts_of
from ntm_rules.cli.findings_screen import show_findings
from ntm_rules.cli.report_files import say_written, word_file, write_words
from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.cli.screen_parts import perhaps_another_set, say_why_no_year, say_years, show_problems
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import CommuneYear, Dataset
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.cross_checks.over_report import cross_check_report
from ntm_rules.evaluation.reference import Facts, evaluate_commune, evaluate_conditions
from ntm_rules.i18n import Message, _
from ntm_rules.report.charts.commune import criteria_chart
from ntm_rules.report.form_10 import YearBefore
from ntm_rules.report.word.commune_checks import commune_checks
from ntm_rules.report.word.commune_subject import SelfAssessment
from ntm_rules.report.word.self_assessment import self_assessment_paper
from ntm_rules.report.wording import invented
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.years import YearComparison, compare_years

CHECKS = "-kiem-tra"
"""What follows the report's name in that of its sheet of checks."""
WRITTEN, NOTHING_WRITTEN, WITH_PROBLEMS = 0, 2, 3


def run_self_assessment(
    rulebook: Rulebook, form: Path, out: Path, *, commune: str | None, year: int | None, as_of: dt.date | None
) -> int:
    """Write the report of the commune in `form`; return the exit status."""
    console = Screen(long_lines=True)
    if not form.exists():
        raise NtmError(Message("There is no file or folder {path}", path=str(form)))
    target = word_file(out, form)
    checks = word_file(checks_beside(target), form)
    dataset = read_dataset([form], rulebook.questionnaire())
    record = the_commune(dataset, rulebook.loaded.communes, rulebook.period, commune, year)
    if record is None:
        header = rulebook.loaded.header
        doubt = perhaps_another_set(dataset, header.id, header.title)
        show_problems(console, dataset.problems, everything=True, doubt=doubt)
        say_why_no_year(console, dataset, [] if year is None else [year], rulebook.period)
        console.print(_("Nothing could be evaluated."), style="bold red")
        return NOTHING_WRITTEN
    say_years(console, dataset, rulebook.period, [record.year])
    subject = subject_of(rulebook, dataset, record, as_of)
    replaced = write_words({target: self_assessment_paper(subject), checks: commune_checks(subject)})
    say_written(console, target, replaced=target in replaced)
    console.print(_("Sheet of checks, not to be signed: {file}", file=checks))
    for warning in subject.warnings:
        console.print(warning, style="bold magenta")
    show_problems(console, subject.problems)
    show_findings(console, subject.rules, subject.findings)
    return WITH_PROBLEMS if subject.problems else WRITTEN


def checks_beside(paper: Path) -> Path:
    """Return where the sheet of checks of a report goes: beside it, under its name."""
    return paper.with_name(f"{paper.stem}{CHECKS}{paper.suffix}")


def subject_of(rulebook: Rulebook, dataset: Dataset, record: CommuneYear, as_of: dt.date | None) -> SelfAssessment:
    """Judge one record, and its year before where the set covers that."""
    rules = rulebook.for_year(record.year, as_of)
    facts = facts_of(dataset, rules, record)
    in_force = set(rules.overlays)
    judged = evaluate(rules, [record for record in (facts.previous, record) if record], years=[record.year])
    warnings = invented(rules=rules.illustrative, data=dataset.illustrative)
    return SelfAssessment(
        rules=rules,
        facts=facts,
        result=evaluate_commune(rules, facts),
        conditions=evaluate_conditions(rules, facts),
        day=rulebook.counted_to(as_of),
        before=_year_before(rulebook, dataset, facts),
        years=_compared(rulebook, rules, facts),
        legal_basis=rulebook.loaded.header.legal_basis,
        reporting=rulebook.loaded.header.reporting,
        overlays=[overlay for overlay in rulebook.overlays if overlay.id in in_force],
        problems=dataset.problems_for(record.code),
        findings=cross_check_report(rules, dataset, record),
        illustrative_data=dataset.illustrative,
        chart=criteria_chart(judged, 0, warnings),
    )


def _compared(rulebook: Rulebook, rules: CriteriaSet, facts: Facts) -> YearComparison | None:
    """Return what moved since the year before; None where that was not reported, or the set does not cover it."""
    last = facts.previous
    if last is None or last.base_only or last.year not in rulebook.period:
        return None
    year = facts.report.year
    now = evaluate(rules, [last, facts.report], years=[year])
    return compare_years(evaluate(rulebook.for_year(last.year, None), [last], years=[last.year]), now)


def _year_before(rulebook: Rulebook, dataset: Dataset, facts: Facts) -> YearBefore:
    last = facts.previous
    if last is None or last.base_only or last.year not in rulebook.period:
        return YearBefore()
    rules = rulebook.for_year(last.year, None)
    known = facts_of(dataset, rules, last)
    return YearBefore(evaluate_commune(rules, known), evaluate_conditions(rules, known))
