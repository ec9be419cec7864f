"""The commune's report on its self-assessment ("Báo cáo kết quả tự đánh giá"): a draft to complete and sign."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.evaluation.scores import Tally, band_of, tally
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.word.commune_missing import add_further, add_owed, add_short
from ntm_rules.report.word.commune_subject import SelfAssessment
from ntm_rules.report.word.commune_tables import add_criteria, add_evidence, add_form_10, evidence_words
from ntm_rules.report.word.components import (
    Issuer,
    add_addressees,
    add_closing,
    add_head,
    add_title,
    draft_words,
    people_s_committee,
)
from ntm_rules.report.word.grounds import add_grounds
from ntm_rules.report.word.law_parts import add_awaited, add_law, add_warnings
from ntm_rules.report.word.layout import Paper
from ntm_rules.standing.one_commune import says_something
from ntm_rules.standing.recognition import decision_in, recognised_in
from ntm_rules.standing.years import Move
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import full_name, named_within
from ntm_rules.wording.standards import concluded_words, standard_lines
from ntm_rules.wording.standing import headline_of_commune, law_of_years_words, move_words, no_longer_words


def self_assessment_paper(subject: SelfAssessment) -> bytes:
    """Return the report as a Word file: what is signed first, then its annexes."""
    rules, year, unit = subject.rules, subject.facts.report.year, subject.unit
    title = str(rules.title)
    about = _(
        "Result of the self-assessment of {commune} for {year} against the {title}",
        commune=named_within(unit),
        year=year,
        title=title,
    )
    paper = Paper(about, foot=[draft_words(), *(w.partition(":")[0] for w in subject.warnings)])
    issuer = people_s_committee(full_name(unit), unit.name)
    add_head(paper, issuer)
    add_title(paper, _("REPORT"), about)
    add_addressees(paper, _addressees(subject))
    add_warnings(paper, subject.warnings)
    add_grounds(paper, rules, subject.legal_basis, subject.overlays)
    words = _(
        "The People's Committee of {commune} reports the result of {year} as follows:",
        commune=named_within(unit),
        year=year,
    )
    paper.add(words)
    numbers = _roman()
    _general(paper, subject, next(numbers))
    _results(paper, subject, next(numbers))
    add_short(paper, subject, next(numbers))
    add_owed(paper, subject, next(numbers))
    paper.heading(_("{n}. TARGETS THAT ARE AWAITED", n=next(numbers)))
    add_awaited(paper, rules, subject.day, [found.requirement.id for found in subject.missing(Verdict.NO_TARGET)])
    if subject.conditions is not None:
        add_further(paper, subject, subject.conditions, next(numbers))
    paper.heading(_("{n}. EVIDENCE", n=next(numbers)))
    paper.add(evidence_words(subject))
    paper.heading(_("{n}. PROPOSALS", n=next(numbers)))
    paper.hint(_("(For the commune to complete: causes, solutions, time, what it asks of which body.)"))
    paper.dots()
    _close(paper, subject, issuer)
    add_form_10(paper, subject)
    add_evidence(paper, subject)
    return paper.bytes()


def _addressees(subject: SelfAssessment) -> list[str]:
    """Return whom the paper is for: the body above the one that sums up, where one is named, and that one."""
    reporting = subject.reporting
    if reporting is None:
        return []
    above = [str(reporting.superior)] if reporting.superior else []
    return [*above, agency_name(subject.rules, reporting.by)]


def _close(paper: Paper, subject: SelfAssessment, issuer: Issuer) -> None:
    commune = named_within(subject.unit)
    words = _("This is the report of the People's Committee of {commune} on its self-assessment.", commune=commune)
    paper.add(words).paragraph_format.keep_with_next = True
    above = [_("As addressed")] if subject.reporting else []
    add_closing(paper, issuer, above)


def _roman() -> Iterator[str]:
    yield from ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def _general(paper: Paper, subject: SelfAssessment, n: str) -> None:
    rules, report, unit = subject.rules, subject.facts.report, subject.unit
    paper.heading(_("{n}. GENERAL", n=n))
    province = str(rules.province)
    said = {"commune": full_name(unit), "code": unit.code, "province": province, "year": report.year}
    paper.add(
        _(
            "{commune} (code of the administrative unit {code}, {province}) assesses itself by the figures of {year}.",
            **said,
        )
    )
    if rules.groups and unit.group:
        group = str(rules.groups[unit.group].title)
        paragraph = paper.add(_("The commune belongs to: {group}.", group=group))
        if unit.group_source:
            paper.footnote(paragraph, _where_from(unit.group_source.rstrip("."), decided=subject.group_is_decided))
    elif rules.groups:
        paper.add(_("Which group the commune belongs to is not known yet."))
    add_law(paper, rules)


def _where_from(source: str, *, decided: bool) -> str:
    """Say who put the commune in its group; that it is provisional unless a decision says so or the source itself does."""
    if decided:
        return _("By: {source}.", source=source)
    if source.casefold().startswith(_("Provisional").casefold()):
        return f"{source}."
    return _("Provisional. Where from: {source}.", source=source)


def _results(paper: Paper, subject: SelfAssessment, n: str) -> None:
    rules, result = subject.rules, subject.result
    criteria = tally(c.verdict for c in result.children)
    indicators = tally(i.verdict for c in result.children for i in c.children)
    paper.heading(_("{n}. RESULTS", n=n))
    usable = says_something(rules, subject.facts.report)
    if usable:
        paper.add(headline_of_commune(subject.counted("criterion"), subject.counted("indicator")), bold=True)
    else:
        paper.add(
            _("The commune's report holds no figure that can be used yet, so nothing can be concluded on its results."),
            bold=True,
        )
    band = band_of(criteria.met, rules.bands)
    paper.add(_counts_told(criteria, _("criteria")))
    paper.add(_counts_told(indicators, _("indicators")))
    if band and usable:
        paper.add(
            _(
                "By the number of criteria met, the commune is in the class: {band}.",
                band=str(band.title),
            )
        )
    paper.add(concluded_words(subject.rules, result.verdict))
    for line in standard_lines(subject.rules, subject.rules.standard, result) if subject.rules.standard else ():
        paper.item(f"{line.words}.")
    paper.add(_recognition(subject))
    _since(paper, subject)
    add_criteria(paper, subject)
    paper.picture(subject.chart)
    paper.add(_("Every indicator and requirement stands in Annex I (in the shape of Biểu 10)."))


def _counts_told(counts: Tally, things: str) -> str:
    """Return how many criteria or indicators are met and not met, and of the others those that there are."""
    parts = [
        _("Of the {total} {things} that apply, {met} are met", total=counts.applicable, things=things, met=counts.met)
    ]
    if counts.not_met:
        parts.append(_("{n} {things} are not met", n=counts.not_met, things=things))
    if counts.no_data:
        words = _(
            "{n} {things} cannot be judged yet, for want of data or of a conclusion", n=counts.no_data, things=things
        )
        parts.append(words)
    if counts.no_target:
        parts.append(_("{n} {things} wait for a target to be fixed", n=counts.no_target, things=things))
    if counts.not_applicable:
        parts.append(_("{n} {things} do not apply to the commune", n=counts.not_applicable, things=things))
    return f"{'; '.join(parts)}."


def _since(paper: Paper, subject: SelfAssessment) -> None:
    """Add what rose and what fell since the year before, where that was judged."""
    was = recognised_in(subject.rules, subject.facts, subject.result, subject.conditions)
    if was is not None and was.no_longer:
        paper.add(f"{no_longer_words(was)}.", bold=True)
    if subject.years is None:
        return
    told = {move: [c.id for c in subject.years.of_level("indicator", move)] for move in Move}
    year = subject.facts.report.year - 1
    if not any(told.values()):
        paper.item(_("no indicator rose or fell."), lead=_("Since {year}:", year=year))
    for move, ids in told.items():
        if ids:
            paper.item(
                f"{', '.join(ids)}.",
                lead=_("Since {year}, {move} ({n} indicators):", year=year, move=move_words(move).lower(), n=len(ids)),
            )
    paper.add(f"{law_of_years_words(subject.years).rstrip('.')}.")


def _recognition(subject: SelfAssessment) -> str:
    """Say what was reported of a decision of recognition, and that this report is none."""
    decision = decision_in(subject.rules, subject.facts.report)
    if decision.recognised is None:
        said = _("No decision of recognition was reported.")
    elif not decision.recognised:
        said = _("The commune reports that it is not recognised.")
    else:
        document = decision.document or _("number and day not stated")
        said = _("The commune reports a decision of recognition ({document}).", document=document)
    return said + " " + _("Recognition is decided by the competent authority; this report does not claim it.")
