"""Why one commune has a verdict: text, source, values, comparison and gap, as lines of words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.gaps import Gap, gap_of
from ntm_rules.evaluation.reference import Facts, Result
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.i18n import _, current_language
from ntm_rules.report.wording import (
    actual_words,
    agency_name,
    counted_words,
    decision_words,
    gap_words,
    owed_words,
    provenance_words,
    requirement_words,
    target_words,
)
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet, Indicator, KnownTarget, Requirement


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: how deep it stands, its words, and a verdict if it states one."""

    depth: int
    words: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing a commune lacks: what, by how much, and who to turn to."""

    requirement: Requirement
    result: Result
    gap: Gap | None
    words: str
    lead: str


def reported_for(requirement: Requirement, facts: Facts) -> tuple[Reported, Reported]:
    """Return what was reported for a requirement, and in the year before."""
    now = facts.report.get(requirement.measure)
    before = facts.previous.get(requirement.measure) if facts.previous else Reported(State.MISSING)
    return now, before


def result_gap(rules: CriteriaSet, result: Result, facts: Facts) -> Gap | None:
    """Return the gap of a requirement's result; None unless it is NOT_MET."""
    if result.requirement is None:
        return None
    now, before = reported_for(result.requirement, facts)
    return gap_of(result, rules.measures[result.requirement.measure], now, before)


def missing(rules: CriteriaSet, indicator: Result, facts: Facts, verdict: Verdict) -> Iterator[Missing]:
    """Yield the requirements at or below a result that stand in its way with this verdict.

    Only through nodes that themselves have the verdict, so that alternatives of an `any` that is
    met, or parts that do not decide, are left out; alternatives come nearest first.
    """
    if indicator.verdict is not verdict:
        return
    if indicator.requirement is not None:
        yield _missing(rules, indicator, facts)
        return
    found = [list(missing(rules, child, facts, verdict)) for child in indicator.children]
    if indicator.reason is Reason.NO_ALTERNATIVE_MET:
        found.sort(key=lambda part: max((m.gap.closeness for m in part if m.gap), default=0))
    for part in found:
        yield from part


def _missing(rules: CriteriaSet, result: Result, facts: Facts) -> Missing:
    requirement = result.requirement
    assert requirement is not None
    gap = result_gap(rules, result, facts)
    if gap is not None:
        words = gap_words(rules, requirement, gap)
    elif isinstance(requirement.target, AwaitedTarget) and result.verdict is Verdict.NO_TARGET:
        words = decision_words(rules, requirement.target.decision) or str(result.reason.words)
    else:
        words = owed_words(rules, requirement, result.reason)
    return Missing(requirement, result, gap, words, agency_name(rules, requirement.lead))


def explain(rules: CriteriaSet, indicator: Indicator, result: Result, facts: Facts) -> Iterator[Line]:
    """Yield the explanation of one indicator, in the order of its text."""
    language = current_language()
    yield Line(0, f"{indicator.id}. {indicator.text_en if language == 'en' else indicator.text}", result.verdict)
    if language == "en":
        yield Line(1, _("Vietnamese text: {text}", text=indicator.text))
    if indicator.printed != indicator.text:
        yield Line(1, _("As printed: {text}", text=indicator.printed))
    yield Line(1, _("Source: {source}", source=source_words(rules, indicator)))
    leads = "; ".join(agency_name(rules, lead) for lead in indicator.leads())
    yield Line(1, _("Lead agency: {agency}", agency=leads))
    helpers = "; ".join(agency_name(rules, agency) for agency in indicator.cooperating)
    yield Line(1, _("Cooperating: {agency}", agency=helpers))
    if indicator.note:
        yield Line(1, _("Note: {text}", text=indicator.note.in_language(current_language())))
    for child in result.children:
        yield from _below(rules, child, facts, 1)
    yield Line(1, _("Verdict: {verdict} ({reason})", verdict=result.verdict.label, reason=result.reason.words))


def _below(rules: CriteriaSet, result: Result, facts: Facts, depth: int) -> Iterator[Line]:
    requirement = result.requirement
    if requirement is None:
        yield Line(depth, result.id, result.verdict)
        for child in result.children:
            yield from _below(rules, child, facts, depth + 1)
        return
    measure = rules.measures[requirement.measure]
    now, before = reported_for(requirement, facts)
    yield Line(depth, f"{requirement.id}  {requirement_words(requirement)}", result.verdict)
    deeper = depth + 1
    label = measure.label.in_language(current_language())
    if requirement.applies_if:
        exists = facts.report.get(requirement.applies_if)
        asked = rules.measures[requirement.applies_if].label.in_language(current_language())
        answer = (_("Yes") if exists.value else _("No")) if exists.state is State.PRESENT else _("not answered")
        yield Line(deeper, _("If any: {question}: {answer}", question=asked, answer=answer))
    value = actual_words(rules, requirement, now, before, result.target)
    counted = counted_words(measure, now)
    if measure.kind == "growth" and now.written:
        counted = _("{now} this year, {before} the year before", now=now.written, before=before.written or "-")
    if value:
        shown = f"{value} ({counted})" if counted else value
        yield Line(deeper, _("Reported: {label}: {value}", label=label, value=shown))
    else:
        yield Line(deeper, _("Reported: {label}: nothing usable", label=label))
        if now.written:
            yield Line(deeper, _("What stands there: “{value}”", value=now.written))
    if now.document:
        yield Line(deeper, _("Document: {document}", document=now.document))
    yield Line(deeper, _("Target: {target}", target=target_words(rules, requirement, result.target)))
    yield from _target_source(rules, requirement, deeper)
    gap = result_gap(rules, result, facts)
    if gap is not None:
        yield Line(deeper, _("Gap: {gap}", gap=gap_words(rules, requirement, gap)))
    yield Line(deeper, _("Verdict: {verdict} ({reason})", verdict=result.verdict.label, reason=result.reason.words))
    if requirement.note:
        yield Line(deeper, _("Note: {text}", text=requirement.note.in_language(current_language())))


def _target_source(rules: CriteriaSet, requirement: Requirement, depth: int) -> Iterator[Line]:
    target = requirement.target
    if isinstance(target, AwaitedTarget):
        awaited = decision_words(rules, target.decision)
        if awaited:
            yield Line(depth, _("Awaited: {decision}", decision=awaited))
        if target.note:
            yield Line(depth, _("Note: {text}", text=target.note.in_language(current_language())))
    elif isinstance(target, KnownTarget) and target.provenance.overlay:
        yield Line(depth, provenance_words(target))
        if target.provenance.illustrative:
            yield Line(depth, _("ILLUSTRATIVE - NOT LAW: some targets are invented for demonstration"))


def source_words(rules: CriteriaSet, indicator: Indicator) -> str:
    """Return where an indicator's words stand ("Kế hoạch 5434/KH-UBND, Phụ lục III, 8.1")."""
    document = rules.documents.get(indicator.source.document)
    name = (
        (document.number or document.title.in_language(current_language())) if document else indicator.source.document
    )
    parts = [name]
    if indicator.source.annex:
        parts.append(_("Annex {annex}", annex=indicator.source.annex))
    if indicator.source.row:
        parts.append(_("row {row}", row=indicator.source.row))
    if indicator.source.article:
        parts.append(indicator.source.article)
    return ", ".join(parts)
