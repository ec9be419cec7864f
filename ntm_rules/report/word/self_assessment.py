"""The commune's report on its self-assessment ("Báo cáo kết quả tự đánh giá"): a draft to complete and sign."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.scores import band_of, tally
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _, current_language
from ntm_rules.report.word.commune_missing import add_further, add_owed, add_short
from ntm_rules.report.word.commune_subject import SelfAssessment
from ntm_rules.report.word.commune_tables import add_criteria, add_evidence, add_form_10, add_problems
from ntm_rules.report.word.components import add_closing, add_head, add_title, draft_words, people_s_committee
from ntm_rules.report.word.findings import add_findings
from ntm_rules.report.word.law_parts import add_awaited, add_law, add_warnings
from ntm_rules.report.word.layout import Paper
from ntm_rules.report.wording import full_name
from ntm_rules.standing.recognition import RECOGNITION_MEASURE


def self_assessment_paper(subject: SelfAssessment) -> bytes:
    """Return the report as a Word file."""
    rules, year = subject.rules, subject.facts.report.year
    unit = rules.communes[subject.facts.report.code]
    title = rules.title.in_language(current_language())
    about = _("Result of the self-assessment of {year} against the {title}", year=year, title=title)
    paper = Paper(f"{full_name(unit)}. {about}", foot=[draft_words(), *(w.partition(":")[0] for w in subject.warnings)])
    issuer = people_s_committee(full_name(unit), unit.name)
    add_head(paper, issuer)
    add_title(paper, _("REPORT"), about)
    add_warnings(paper, subject.warnings)
    numbers = _roman()
    _general(paper, subject, next(numbers))
    _results(paper, subject, next(numbers))
    add_short(paper, subject, next(numbers))
    add_owed(paper, subject, next(numbers))
    paper.heading(_("{n}. TARGETS THAT ARE AWAITED", n=next(numbers)))
    add_awaited(paper, rules, [found.requirement.id for found in subject.missing(Verdict.NO_TARGET)])
    if subject.conditions is not None:
        add_further(paper, subject, subject.conditions, next(numbers))
    add_evidence(paper, subject, next(numbers))
    if subject.problems or subject.findings:
        paper.heading(_("{n}. PROBLEMS OF THE DATA", n=next(numbers)))
    if subject.problems:
        add_problems(paper, subject)
    if subject.findings:
        add_findings(paper, rules, subject.findings)
    paper.heading(_("{n}. PROPOSALS", n=next(numbers)))
    paper.hint(_("(For the commune to complete: causes, solutions, time, what it asks of which body.)"))
    paper.dots()
    add_closing(paper, issuer)
    add_form_10(paper, subject)
    return paper.bytes()


def _roman() -> Iterator[str]:
    yield from ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def _general(paper: Paper, subject: SelfAssessment, n: str) -> None:
    rules, report = subject.rules, subject.facts.report
    unit, language = rules.communes[report.code], current_language()
    paper.heading(_("{n}. GENERAL", n=n))
    province = rules.province.in_language(language)
    paper.item(_("{commune}, code {code} ({province}).", commune=full_name(unit), code=unit.code, province=province))
    if rules.groups:
        group = rules.groups[unit.group].title.in_language(language) if unit.group else _("group unknown")
        source = f" ({unit.group_source})" if unit.group_source else ""
        paper.item(f"{group}{source}.", lead=_("Group of communes:"))
    paper.item(_("{year}, figures as reported by the commune.", year=report.year), lead=_("Year assessed:"))
    add_law(paper, rules, subject.overlays)


def _results(paper: Paper, subject: SelfAssessment, n: str) -> None:
    rules, result, language = subject.rules, subject.result, current_language()
    criteria = tally(c.verdict for c in result.children)
    indicators = tally(i.verdict for c in result.children for i in c.children)
    paper.heading(_("{n}. RESULTS", n=n))
    band = band_of(criteria.met, rules.bands)
    paper.item(
        _(
            "met {met} of {total} that apply; not met {not_met}, without data {no_data}, target not yet fixed"
            " {no_target}, not applicable {not_applicable}. Band: {band}.",
            met=criteria.met,
            total=criteria.applicable,
            not_met=criteria.not_met,
            no_data=criteria.no_data,
            no_target=criteria.no_target,
            not_applicable=criteria.not_applicable,
            band=band.title.in_language(language) if band else "-",
        ),
        lead=_("Criteria:"),
    )
    paper.item(
        _(
            "met {met} of {total} that apply; not met {not_met}, without data {no_data}, target not yet fixed"
            " {no_target}, not applicable {not_applicable}.",
            met=indicators.met,
            total=indicators.applicable,
            not_met=indicators.not_met,
            no_data=indicators.no_data,
            no_target=indicators.no_target,
            not_applicable=indicators.not_applicable,
        ),
        lead=_("Indicators:"),
    )
    paper.item(f"{result.verdict.label}.", lead=_("Meets every criterion:"))
    paper.item(_recognition(subject), lead=_("Recognition:"))
    add_criteria(paper, subject)
    paper.picture(subject.chart)
    paper.add(_("Every indicator and requirement stands in the annexed table (in the shape of Biểu 10)."))


def _recognition(subject: SelfAssessment) -> str:
    """Say what was reported of a decision of recognition, and that this report is none."""
    decision = subject.facts.report.get(RECOGNITION_MEASURE)
    if decision.state is not State.PRESENT:
        said = _("no decision of recognition was reported.")
    elif not decision.value:
        said = _("the commune reports that it is not recognised.")
    else:
        document = decision.document or _("number and day not stated")
        said = _("the commune reports a decision of recognition ({document}).", document=document)
    return said + " " + _("Recognition is decided by the competent authority; this report does not claim it.")
