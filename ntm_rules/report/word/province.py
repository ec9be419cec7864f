"""The province's summary paper ("Báo cáo tổng hợp"), with Biểu 05 and Biểu 06 annexed: a draft to complete and sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntm_rules.dataset.problems import Problem
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.evaluation.scores import tally
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _, current_language
from ntm_rules.report.charts import Chart
from ntm_rules.report.province_forms import Periods
from ntm_rules.report.rows import summary_rows
from ntm_rules.report.word.components import Issuer, add_closing, add_head, add_title, agency_as_issuer, draft_words
from ntm_rules.report.word.findings import add_communes_with, add_counts
from ntm_rules.report.word.law_parts import add_awaited, add_scope, add_warnings
from ntm_rules.report.word.layout import Paper
from ntm_rules.report.word.province_tables import (
    add_agencies,
    add_communes,
    add_criteria,
    add_form_05,
    add_form_06,
    add_shortest,
)
from ntm_rules.report.wording import agency_name, invented
from ntm_rules.rulebook.criteria_set import AwaitedTarget
from ntm_rules.rulebook.models import Overlay, Reporting


@dataclass(frozen=True, slots=True)
class ProvinceSubject:
    """All communes judged for one year, and what the paper says besides."""

    periods: Periods
    reporting: Reporting | None
    """Who issues the paper; None: the set does not say, and the place stays blank."""
    overlays: Sequence[Overlay] = ()
    problems: Sequence[Problem] = ()
    findings: Sequence[Finding] | None = None
    """What the cross-checks found; None: the set has none."""
    illustrative_data: bool = False
    chart: Chart | None = None
    """How each criterion stands over all communes."""

    @property
    def evaluation(self) -> Evaluation:
        """The year judged."""
        return self.periods.now

    @property
    def warnings(self) -> list[str]:
        """What must stand wherever invented targets or figures are shown."""
        return invented(rules=self.evaluation.rules.illustrative, data=self.illustrative_data)


def province_paper(subject: ProvinceSubject) -> bytes:
    """Return the paper as a Word file."""
    rules, language, year = subject.evaluation.rules, current_language(), subject.periods.year
    title = rules.title.in_language(language)
    about = _("Summary of the communes' results of {year} against the {title}", year=year, title=title)
    paper = Paper(about, foot=[draft_words(), *(w.partition(":")[0] for w in subject.warnings)])
    issuer = issuer_of(subject)
    add_head(paper, issuer)
    add_title(paper, _("REPORT"), about)
    add_warnings(paper, subject.warnings)
    paper.heading(_("{n}. SCOPE AND GROUNDS", n="I"))
    add_scope(paper, subject.evaluation, year, subject.overlays)
    _results(paper, subject)
    paper.heading(_("{n}. WHERE MOST COMMUNES FALL SHORT", n="III"))
    add_shortest(paper, subject.evaluation)
    paper.heading(_("{n}. BY LEAD AGENCY", n="IV"))
    add_agencies(paper, subject.evaluation)
    paper.heading(_("{n}. TARGETS THAT ARE AWAITED", n="V"))
    add_awaited(paper, rules, [r.id for r in rules.requirements() if isinstance(r.target, AwaitedTarget)])
    _data(paper, subject)
    paper.heading(_("{n}. PROPOSALS", n="VII"))
    paper.hint(_("(For the issuing body to complete: assessment, causes, solutions, what it asks of which body.)"))
    paper.dots()
    recipients = [r.in_language(language) for r in subject.reporting.recipients] if subject.reporting else []
    add_closing(paper, issuer, recipients)
    add_form_05(paper, subject.periods, subject.warnings)
    add_form_06(paper, subject.periods, subject.warnings)
    return paper.bytes()


def issuer_of(subject: ProvinceSubject) -> Issuer:
    """Return the body that issues the paper, as the set says; blank where it does not."""
    rules, language, reporting = subject.evaluation.rules, current_language(), subject.reporting
    place = rules.province.in_language(language)
    if reporting is None:
        return Issuer((), place=place)
    superior = reporting.superior.in_language(language) if reporting.superior else ""
    return agency_as_issuer(agency_name(rules, reporting.by), place, superior)


def _results(paper: Paper, subject: ProvinceSubject) -> None:
    evaluation, language = subject.evaluation, current_language()
    rules, total = evaluation.rules, len(evaluation.records)
    rows = list(summary_rows(evaluation))
    paper.heading(_("{n}. RESULTS", n="II"))
    paper.heading(_("{n}. In all", n=1), 2)
    for band in rules.bands:
        n = sum(row.band == band.id for row in rows)
        words = _("{n} of {total} communes that reported.", n=n, total=total)
        paper.item(words, lead=f"{band.title.in_language(language)}:")
    met = sum(row.meets_every_criterion == Verdict.MET.name for row in rows)
    words = _("{n} of {total} communes that reported.", n=met, total=total)
    paper.item(words, lead=_("Meeting every criterion that applies:"))
    yes, no = (sum(row.recognised == said for row in rows) for said in ("yes", "no"))
    paper.item(
        _(
            "{yes} of {total} communes report such a decision, {no} report none, {unsaid} say nothing. Meeting every"
            " criterion is not recognition, which the competent authority decides.",
            yes=yes,
            no=no,
            unsaid=total - yes - no,
            total=total,
        ),
        lead=_("Recognised by decision:"),
    )
    paper.add(_("Bands count criteria met; one that cannot be judged yet is not counted as met."))
    paper.heading(_("{n}. By criterion", n=2), 2)
    add_criteria(paper, evaluation)
    paper.picture(subject.chart)
    paper.heading(_("{n}. By commune", n=3), 2)
    add_communes(paper, evaluation)


def _data(paper: Paper, subject: ProvinceSubject) -> None:
    evaluation = subject.evaluation
    paper.heading(_("{n}. FIGURES OWED AND PROBLEMS OF THE DATA", n="VI"))
    owed = {
        evaluation.records[r].name: n
        for r in range(len(evaluation.records))
        if (n := tally(evaluation.verdict(row, r) for row in evaluation.level("indicator")).no_data)
    }
    if owed:
        listed = ", ".join(f"{name} ({n})" for name, n in sorted(owed.items(), key=lambda found: (-found[1], found[0])))
        paper.item(f"{listed}.", lead=_("Communes with indicators that lack data (how many):"))
    errors = sum(problem.severity == "error" for problem in subject.problems)
    paper.item(
        _(
            "errors {errors}, warnings {warnings}; each with its place and mend in ket-qua.xlsx.",
            errors=errors,
            warnings=len(subject.problems) - errors,
        ),
        lead=_("Problems of the data:"),
    )
    if subject.findings is not None:
        add_counts(paper, subject.findings)
        add_communes_with(paper, subject.findings)
