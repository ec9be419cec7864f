"""What a commune lacks, in prose: gaps with their sizes and whose job they are, figures owed, further conditions."""

from __future__ import annotations

from ntm_rules.evaluation.reference import Result, hamlet_results
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import N_, _
from ntm_rules.report.explanation.missing import Missing, missing
from ntm_rules.report.word.commune_subject import SelfAssessment
from ntm_rules.report.word.layout import Paper
from ntm_rules.standing.values import Lack
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.gaps import owed_figure
from ntm_rules.wording.hamlets import all_known
from ntm_rules.wording.papers import part_words, reason_on_paper
from ntm_rules.wording.phrases import opening
from ntm_rules.wording.standing import lack_words
from ntm_rules.wording.targets import target_in_prose
from ntm_rules.wording.titles import criterion_title
from ntm_rules.wording.values import actual_words


def add_short(paper: Paper, subject: SelfAssessment, n: str) -> None:
    paper.heading(_("{n}. WHAT IS NOT MET, AND BY HOW MUCH", n=n))
    found_any = False
    for criterion, judged in zip(subject.rules.criteria, subject.result.children, strict=True):
        rows = [
            found
            for indicator in judged.children
            for found in missing(subject.rules, indicator, subject.facts, Verdict.NOT_MET)
        ]
        if not rows:
            continue
        found_any = True
        paper.heading(criterion_title(criterion), 3)
        for found in rows:
            paper.item(_gap_sentence(subject, found), lead=f"{found.requirement.id}.")
    if not found_any:
        paper.add(_("Nothing that could be judged is short of its target."))


def _gap_sentence(subject: SelfAssessment, found: Missing) -> str:
    rules, requirement = subject.rules, found.requirement
    said = {"text": opening(part_words(rules, requirement).rstrip(" .;")), "gap": found.words}
    measure = rules.measures[requirement.measure]
    led = _("{agency} leads this content.", agency=found.lead)
    if not measure.traits.choices:
        actual = actual_words(rules, found.held)
        target = target_in_prose(rules, requirement, found.held.target)
        words = _(_reported(subject, found), actual=actual, target=target, **said)
    elif measure.traits.concluded:
        words = _("{text}: by the conclusion reported this is not met; {gap}.", **said)
    else:
        words = _("{text}: {gap}.", **said)
    return f"{words} {led}"


def _reported(subject: SelfAssessment, found: Missing) -> str:
    """Return the sentence that says what is held against the target: what the commune reports, or its hamlets come to."""
    listed = hamlet_results(subject.rules, found.requirement, subject.facts)
    if not listed:
        return N_("{text}: the commune reports {actual}, while the target is {target}; {gap}.")
    if all_known(subject.facts, found.requirement, listed):
        return N_("{text}: by its hamlets it comes to {actual}, while the target is {target}; {gap}.")
    return N_("{text}: by its hamlets it comes at best to {actual}, while the target is {target}; {gap}.")


def add_owed(paper: Paper, subject: SelfAssessment, n: str) -> None:
    """Add the figures that the commune owes, then what waits for a body's conclusion or for the group of the commune."""
    paper.heading(_("{n}. FIGURES STILL OWED", n=n))
    rules = subject.rules
    lacking = subject.lacking()
    owed = [one for one in lacking if one.lack is Lack.FIGURE]
    if not owed:
        paper.add(_("The commune owes no figure."))
    for one in owed:
        requirement = one.requirement
        label = owed_figure(rules, requirement, one.reason)
        paper.item(
            _(
                "{figure}: {reason}. {agency} leads this content.",
                figure=opening(label),
                reason=reason_on_paper(one.reason),
                agency=agency_name(rules, requirement.lead),
            ),
            lead=f"{requirement.id}.",
        )
    others = [one for one in lacking if one.lack is not Lack.FIGURE]
    if others:
        paper.add(_("Not owed by the commune, but awaited from others:"))
    for one in others:
        words = f"{opening(part_words(rules, one.requirement).rstrip(' .;'))}: "
        waits = reason_on_paper(one.reason) if one.lack is Lack.GROUP else lack_words(rules, one.requirement, one.lack)
        paper.item(f"{words}{waits}.", lead=f"{one.requirement.id}.")


def add_further(paper: Paper, subject: SelfAssessment, conditions: Result, n: str) -> None:
    paper.heading(_("{n}. FURTHER CONDITIONS OF RECOGNITION", n=n))
    paper.add(
        _("Apart from the criteria. All of them together: {verdict}.", verdict=conditions.verdict.label)
        + " "
        + _("Their parts stand at the end of Annex I.")
    )
    for condition in conditions.children:
        for found in missing(subject.rules, condition, subject.facts, Verdict.NOT_MET):
            paper.item(_gap_sentence(subject, found), lead=f"{found.requirement.id}.")
