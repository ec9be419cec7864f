"""The province's summary paper ("Báo cáo tổng hợp"), with Biểu 05 and Biểu 06 annexed: a draft to complete and sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntm_rules.dataset.problems import Problem
from ntm_rules.errors import Severity
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.i18n import _
from ntm_rules.report.charts import Chart
from ntm_rules.report.word.components import (
    Issuer,
    add_addressees,
    add_closing,
    add_head,
    add_title,
    agency_as_issuer,
    draft_words,
)
from ntm_rules.report.word.findings import add_communes_with, add_counts
from ntm_rules.report.word.grounds import add_grounds
from ntm_rules.report.word.law_parts import add_awaited, add_scope, add_warnings
from ntm_rules.report.word.layout import Paper
from ntm_rules.report.word.province_standing import add_nearest, add_years
from ntm_rules.report.word.province_tables import (
    add_agencies,
    add_communes,
    add_criteria,
    add_form_05,
    add_form_06,
    add_shortest,
)
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Overlay, Reporting
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.periods import Periods
from ntm_rules.standing.values import Handed, Lack
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.standards import meeting_words, nearest_words
from ntm_rules.wording.standing import (
    differs_by_class,
    files_words,
    headline,
    no_longer_words,
    other_years_words,
    refused_words,
)
from ntm_rules.wording.values import invented


@dataclass(frozen=True, slots=True)
class ProvinceSubject:
    """All communes judged for one year, and what the paper says besides."""

    overview: Overview
    reporting: Reporting | None
    """Who issues the paper; None: the set does not say, and the place stays blank."""
    legal_basis: Sequence[str] = ()
    """Ids of the documents that the set rests on."""
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
        return self.overview.evaluation

    @property
    def periods(self) -> Periods:
        """The year judged and the year before, as the annexed forms count them."""
        return Periods(
            now=self.evaluation,
            before=self.overview.before,
            year=self.overview.year,
            handing_in=self.overview.handing_in,
        )

    @property
    def warnings(self) -> list[str]:
        """What must stand wherever invented targets or figures are shown."""
        return invented(rules=self.evaluation.rules.illustrative, data=self.illustrative_data)


def province_paper(subject: ProvinceSubject) -> bytes:
    """Return the paper as a Word file."""
    rules, year = subject.evaluation.rules, subject.overview.year
    overview = subject.overview
    title = str(rules.title)
    about = _("Summary of the communes' results of {year} against the {title}", year=year, title=title)
    paper = Paper(about, foot=[draft_words(), *(w.partition(":")[0] for w in subject.warnings)])
    issuer = issuer_of(rules, subject.reporting)
    recipients = [str(r) for r in subject.reporting.recipients] if subject.reporting else []
    add_head(paper, issuer)
    add_title(paper, _("REPORT"), about)
    add_addressees(paper, recipients)
    add_warnings(paper, subject.warnings)
    add_grounds(paper, rules, subject.legal_basis, subject.overlays)
    paper.heading(_("{n}. SCOPE AND GROUNDS", n="I"))
    add_scope(paper, overview)
    _results(paper, subject)
    paper.heading(_("{n}. WHERE MOST COMMUNES FALL SHORT", n="III"))
    add_shortest(paper, overview)
    paper.heading(_("{n}. BY LEAD AGENCY", n="IV"))
    add_agencies(paper, overview)
    paper.heading(_("{n}. TARGETS THAT ARE AWAITED", n="V"))
    add_awaited(paper, rules, overview.day)
    _data(paper, subject)
    paper.heading(_("{n}. PROPOSALS", n="VII"))
    paper.hint(_("(For the issuing body to complete: assessment, causes, solutions, what it asks of which body.)"))
    paper.dots()
    add_closing(paper, issuer, [_("As addressed")] if recipients else [])
    add_form_05(paper, subject.periods, subject.warnings)
    add_form_06(paper, subject.periods, subject.warnings)
    return paper.bytes()


def issuer_of(rules: CriteriaSet, reporting: Reporting | None) -> Issuer:
    """Return the body that issues the province's papers, as the set says; blank where it does not."""
    place = str(rules.province)
    if reporting is None:
        return Issuer((), place=place)
    superior = str(reporting.superior) if reporting.superior else ""
    return agency_as_issuer(agency_name(rules, reporting.by), place, superior)


def _results(paper: Paper, subject: ProvinceSubject) -> None:
    overview = subject.overview
    rules = overview.evaluation.rules
    communes = overview.counted
    total = len(communes)
    paper.heading(_("{n}. RESULTS", n="II"))
    paper.heading(_("{n}. In all", n=1), 2)
    for line in headline(rules, overview.ceiling):
        paper.add(f"{line}.", bold=True)
    for band in rules.bands:
        n = sum(one.band_id == band.id for one in communes)
        words = _("{n} of {total} communes with a usable report.", n=n, total=total)
        paper.item(words, lead=f"{band.title!s}:")
    met = sum(one.meets_all for one in communes)
    words = _("{n} of {total} communes with a usable report.", n=met, total=total)
    paper.item(words, lead=f"{meeting_words(rules)}:")
    yes, no = (sum(one.decision.recognised is said for one in communes) for said in (True, False))
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
    for one in overview.recognised:
        if one.no_longer:
            paper.item(f"{no_longer_words(one)}.")
    paper.add(_("Bands count criteria met; one that cannot be judged yet is not counted as met."))
    paper.heading(_("{n}. By criterion", n=2), 2)
    add_criteria(paper, overview)
    paper.picture(subject.chart)
    paper.heading(_("{n}. By commune", n=3), 2)
    add_communes(paper, overview)
    paper.heading(
        _("{n}. Nearest to meeting all that can be judged", n=4)
        if rules.standard is None
        else f"4. {nearest_words(rules.standard)}",
        2,
    )
    add_nearest(paper, overview)
    if overview.years is not None:
        paper.heading(_("{n}. Since the year before", n=5), 2)
        add_years(paper, overview.years)


def _data(paper: Paper, subject: ProvinceSubject) -> None:
    overview = subject.overview
    evaluation = overview.evaluation
    paper.heading(_("{n}. FIGURES OWED AND PROBLEMS OF THE DATA", n="VI"))
    for lack, lead in (
        (Lack.FIGURE, _("Communes that owe figures (how many requirements):")),
        (Lack.RULING, _("Communes that await conclusions of competent bodies (how many):")),
        (
            Lack.GROUP,
            _("Communes whose group or class is not named (requirements that wait for it):")
            if differs_by_class(evaluation.rules)
            else _("Communes whose group is not named (requirements that wait for it):"),
        ),
    ):
        lacking = overview.lacks.counts(lack)
        counts = [(evaluation.records[at].name, lacking[at]) for at in overview.reported]
        listed = [f"{name} ({n})" for name, n in sorted(counts, key=lambda found: (-found[1], found[0])) if n]
        if listed:
            paper.item(f"{', '.join(listed)}.", lead=lead)
    unusable = overview.handing_in.of(Handed.NOTHING_USABLE)
    for one in unusable:
        paper.item(
            f"{refused_words(one, most=1)}.",
            lead=_("{commune} handed in nothing usable yet:", commune=one.commune.name),
        )
    for one in overview.handing_in.communes:
        if told := "; ".join(filter(None, (other_years_words(one), files_words(one)))):
            paper.item(f"{told}.", lead=f"{one.commune.name}:")
    errors = sum(problem.severity is Severity.ERROR for problem in subject.problems)
    paper.item(
        _(
            "errors {errors}, warnings {warnings}; each with its place and mend in the workbook of results sent with this report.",
            errors=errors,
            warnings=len(subject.problems) - errors,
        ),
        lead=_("Problems of the data:"),
    )
    if subject.findings is not None:
        add_counts(paper, subject.findings)
        add_communes_with(paper, subject.findings)
