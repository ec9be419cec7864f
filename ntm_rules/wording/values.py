"""How values, targets and gaps are written for people, in either language."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.answers import answer_code
from ntm_rules.evaluation.gaps import Gap, actual_fraction, shown
from ntm_rules.evaluation.held import Held
from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.exact import plain, vietnamese
from ntm_rules.i18n import _, current_language, written_day
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Comparator,
    CriteriaSet,
    Criterion,
    Indicator,
    KnownTarget,
    Provenance,
    Requirement,
    Target,
)
from ntm_rules.rulebook.models import QUANTITIES, Measure, Source
from ntm_rules.rulebook.register import Commune

COMPARED_UNIT = {"share": "%", "growth": "%"}
"""Kinds whose value is held against its target in percent."""


def number(value: Decimal) -> str:
    """Write a number as the reader's language does: 1.234,5 or 1,234.5."""
    if current_language() == "en":
        whole, dot, rest = plain(value).partition(".")
        return f"{int(whole):,}{dot}{rest}" if whole not in ("-0", "") else plain(value)
    return vietnamese(value)


def unit_of(measure: Measure) -> str:
    """Return the unit in which a measure is held against its target; empty for answers."""
    if measure.kind not in QUANTITIES:
        return ""
    return COMPARED_UNIT.get(measure.kind) or measure.unit.in_language(current_language())


def counted_unit(measure: Measure) -> str:
    """Return the unit of a gap's countable amount."""
    if measure.counted is not None:
        return measure.counted.unit.in_language(current_language())
    return measure.unit.in_language(current_language())


def with_unit(value: Decimal, unit: str) -> str:
    """Write a number and its unit ("80%", "3,5 km")."""
    return _unit_behind(number(value), unit)


def _unit_behind(words: str, unit: str) -> str:
    return f"{words}%" if unit == "%" else f"{words} {unit}".rstrip()


def actual_code(rules: CriteriaSet, held: Held) -> str:
    """Return the value for machines: a plain number, `yes` / `no`, `met` / `not_met`, or a grade's id."""
    value, measure = _shown(rules, held), rules.measures[held.requirement.measure]
    if value is not None:
        return plain(value)
    answered = held.reported.state is State.PRESENT and measure.kind not in QUANTITIES
    return answer_code(rules, measure, held.reported.value) if answered else ""


def _shown(rules: CriteriaSet, held: Held) -> Decimal | None:
    """Return a quantity as it is shown against its target; None where there is none."""
    measure = rules.measures[held.requirement.measure]
    value = actual_fraction(measure, held.reported, held.before)
    return None if value is None else shown(measure, value, held.requirement.comparator, held.target)


def target_code(rules: CriteriaSet, requirement: Requirement, target: Decimal | None) -> str:
    """Return a target for machines; empty when there is none."""
    if target is None:
        return ""
    measure = rules.measures[requirement.measure]
    return plain(target) if measure.kind in QUANTITIES else answer_code(rules, measure, int(target))


def answer_words(rules: CriteriaSet, measure: Measure, value: int) -> str:
    """Return an answer, ruling or grade in words."""
    if measure.kind == "grade":
        return rules.scales[measure.scale or ""].grades[value].label.in_language(current_language())
    if measure.kind == "attestation":
        return _("Yes") if value else _("No")
    return _("Concluded: met") if value else _("Concluded: not met")


def actual_words(rules: CriteriaSet, held: Held) -> str:
    """Return the value for people, never rounded across its target; empty when there is none."""
    measure = rules.measures[held.requirement.measure]
    found = figure_words(rules, held)
    return _unit_behind(found, unit_of(measure)) if found and measure.kind in QUANTITIES else found


def figure_words(rules: CriteriaSet, held: Held) -> str:
    """Return what `actual_words` does, without the unit: for tables that have a column of units."""
    value, measure = _shown(rules, held), rules.measures[held.requirement.measure]
    if value is not None:
        return number(value)
    answered = held.reported.state is State.PRESENT and measure.kind not in QUANTITIES
    return answer_words(rules, measure, held.reported.value) if answered else ""


def counted_words(measure: Measure, reported: Reported) -> str:
    """Return a counted share's two parts ("2.345 / 2.931 hộ"); empty for anything else."""
    if measure.counted is None or not reported.counted or reported.state is not State.PRESENT:
        return ""
    places = -measure.counted.decimals
    above, below = Decimal(reported.value).scaleb(places), Decimal(reported.base).scaleb(places)
    return f"{number(above)} / {number(below)} {counted_unit(measure)}"


def target_words(rules: CriteriaSet, requirement: Requirement, target: Decimal | None) -> str:
    """Return a target with its comparison ("≥ 80%"); who fixes it when it is awaited."""
    if isinstance(requirement.target, AwaitedTarget):
        return _("not yet fixed")
    measure = rules.measures[requirement.measure]
    if target is None:
        sign = SIGNS[requirement.comparator]
        return "; ".join(
            f"{rules.groups[group].title.in_language(current_language())}: {sign} {with_unit(value, unit_of(measure))}"
            for group, value in requirement.target.by_group.items()
        )
    if measure.kind not in QUANTITIES:
        words = answer_words(rules, measure, int(target))
        return f"≥ {words}" if measure.kind == "grade" else words
    return f"{SIGNS[requirement.comparator]} {with_unit(target, unit_of(measure))}"


SIGNS = {Comparator.AT_LEAST: "≥", Comparator.AT_MOST: "≤", Comparator.EQUALS: "="}


def gap_words(rules: CriteriaSet, requirement: Requirement, gap: Gap) -> str:
    """Return a gap in one phrase: "còn thiếu 3,2 điểm %: 57 hộ"; says when one alternative is enough."""
    words = _gap_words(rules, requirement, gap)
    among = rules.alternatives.get(requirement.id)
    if among and requirement.id in rules.parts_of_alternatives:
        return _("{words} (a part of one of {n} alternatives, one of which is enough)", words=words, n=among)
    return _("{words} (one of these {n} is enough)", words=words, n=among) if among else words


def owed_words(rules: CriteriaSet, requirement: Requirement, reason: Reason) -> str:
    """Return which figure is owed and why it is not there."""
    asked = requirement.applies_if if reason is Reason.EXISTENCE_UNANSWERED else requirement.measure
    label = rules.measures[asked or requirement.measure].label.in_language(current_language())
    return _("{figure}: {reason}", figure=label, reason=reason.words)


def _gap_words(rules: CriteriaSet, requirement: Requirement, gap: Gap) -> str:
    measure = rules.measures[requirement.measure]
    if measure.kind == "grade":
        return _("{steps} grade(s) short", steps=number(gap.shortfall or Decimal(0)))
    if gap.shortfall is None:
        return (
            _("a favourable conclusion is needed")
            if measure.kind == "ruling"
            else _("answered “no”: to be put in place")
        )
    unit = unit_of(measure)
    size = _("{n} percentage points", n=number(gap.shortfall)) if unit == "%" else with_unit(gap.shortfall, unit)
    if gap.quantity is None or unit != "%":
        short, over = _("short by {size}", size=size), _("over by {size}", size=size)
        return over if gap.direction == "lower" else short
    amount = f"{number(gap.quantity)} {counted_unit(measure)}"
    if gap.direction == "lower":
        return _("over by {size}: {amount} to reduce", size=size, amount=amount)
    return _("short by {size}: {amount} more", size=size, amount=amount)


def decision_words(rules: CriteriaSet, decision: str) -> str:
    """Return who owes which awaited decision by when; empty when none is named."""
    awaited = rules.decisions.get(decision)
    if awaited is None:
        return ""
    language = current_language()
    owner = (
        rules.agencies[awaited.owed_by].name.in_language(language)
        if awaited.owed_by
        else awaited.owed_by_text.in_language(language)
        if awaited.owed_by_text
        else ""
    )
    title = awaited.title.in_language(language)
    if awaited.due is None:
        return _("{title} (awaited from {owner})", title=title, owner=owner)
    return _("{title} (awaited from {owner}, due {due})", title=title, owner=owner, due=day(awaited.due.isoformat()))


def place_words(source: Source) -> str:
    """Return the place in a document ("Phụ lục I, dòng 1.2", "Điều 3"); empty where none is stated."""
    place = [
        _("Annex {annex}", annex=source.annex) if source.annex else "",
        _("row {row}", row=source.row) if source.row else "",
        source.article or "",
    ]
    return ", ".join(part for part in place if part)


def origin_words(origin: Provenance) -> str:
    """Return the place where a target stands in its document."""
    return place_words(origin.source) if origin.source is not None else origin.article


def provenance_words(target: KnownTarget) -> str:
    """Return where an overlay's target comes from: article, document, date; empty for the set's own."""
    source = target.provenance
    if not source.overlay:
        return ""
    parts = [origin_words(source), source.document, day(source.promulgated.isoformat()) if source.promulgated else ""]
    words = ", ".join(part for part in parts if part)
    return _("Target set by overlay {overlay}: {source}", overlay=source.overlay, source=words)


def replaced_words(rules: CriteriaSet, requirement: Requirement) -> list[str]:
    """Return what the target of a requirement replaced, the latest first, each with the document it stood in."""
    return [
        _("In place of: {target} ({source})", target=_stated(rules, requirement, target), source=source)
        if (source := _stood_in(rules, target))
        else _("In place of: {target}", target=_stated(rules, requirement, target))
        for target in reversed(requirement.replaced)
    ]


def _stated(rules: CriteriaSet, requirement: Requirement, target: Target) -> str:
    everywhere = target.everywhere if isinstance(target, KnownTarget) else None
    return target_words(rules, replace(requirement, target=target), everywhere)


def _stood_in(rules: CriteriaSet, target: Target) -> str:
    """Return the document, place and day of promulgation of a target; of one awaited, who owes the decision."""
    if isinstance(target, AwaitedTarget):
        return decision_words(rules, target.decision)
    source = target.provenance
    document = rules.documents.get(source.document)
    name = (document.number or document.title.in_language(current_language())) if document else source.document
    parts = (name, origin_words(source), day(source.promulgated.isoformat()) if source.promulgated else "")
    return ", ".join(part for part in parts if part)


def day(iso: str) -> str:
    """Write a date, given as year-month-day, as every screen and report does.

    >>> day("2026-07-31"), day("2026-02-05")
    ('31/7/2026', '05/02/2026')
    """
    return written_day(dt.date.fromisoformat(iso))


def full_name(commune: Commune) -> str:
    """Return a unit's name with its type in front, as it is called ("Xã Bum Nưa"); of other types the name alone."""
    words = {
        "xa": lambda name: _("{name} commune", name=name),
        "phuong": lambda name: _("{name} ward", name=name),
        "dac-khu": lambda name: _("{name} special zone", name=name),
    }
    return words[commune.type](commune.name) if commune.type in words else commune.name


def agency_name(rules: CriteriaSet, agency: str) -> str:
    """Return an agency's name in the reader's language."""
    return rules.agencies[agency].name.in_language(current_language()) if agency in rules.agencies else agency


def kind_words(kind: str) -> str:
    """Return a measure's kind in words."""
    return {
        "share": _("share: percentage, or numerator and denominator"),
        "growth": _("level; the rule compares its growth over the year before"),
        "count": _("count"),
        "amount": _("amount"),
        "attestation": _("Yes / No"),
        "ruling": _("a body's conclusion: met / not met / not concluded"),
        "grade": _("grade"),
    }[kind]


def requirement_words(requirement: Requirement) -> str:
    """Return a requirement's text in the reader's language."""
    return requirement.text_en if current_language() == "en" and requirement.text_en else requirement.text


def criterion_title(criterion: Criterion) -> str:
    """Return a criterion's title in the reader's language."""
    return criterion.title_en if current_language() == "en" else criterion.title


def indicator_words(indicator: Indicator) -> str:
    """Return an indicator's text in the reader's language."""
    return indicator.text_en if current_language() == "en" else indicator.text


def invented(*, rules: bool, data: bool) -> list[str]:
    """Return the sentences that must stand wherever invented targets or figures are shown."""
    found = []
    if rules:
        found.append(_("ILLUSTRATIVE - NOT LAW: some targets are invented for demonstration"))
    if data:
        found.append(_("INVENTED DATA: the figures are made up for demonstration"))
    return found
