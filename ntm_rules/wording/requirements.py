"""One requirement in sentences: what was asked, what was reported, how it compares, where the target stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ntm_rules.dataset.cells.typed import typed_fraction
from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.held import Held, held
from ntm_rules.evaluation.reference import Facts, Result, opens, own_target
from ntm_rules.evaluation.taking import WITHOUT_LIMIT, level_of, no_base
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.exact import floor_to, written_fraction
from ntm_rules.i18n import N_, _
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    ClassedTarget,
    CriteriaSet,
    Gate,
    Indicator,
    KnownTarget,
    Requirement,
    Target,
)
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.stated_numbers import stated_numbers
from ntm_rules.rulebook.taken import AS_ITS_KIND, Taken
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.asked import gate_words
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.decisions import decision_words
from ntm_rules.wording.derived import bases, basis_of_cell
from ntm_rules.wording.gaps import short_words
from ntm_rules.wording.hamlets import hamlet_sentences
from ntm_rules.wording.papers import level_words
from ntm_rules.wording.phrases import opening, stopped
from ntm_rules.wording.sources import citation, document_words, origin_words
from ntm_rules.wording.taken import rounded_words, taken_words
from ntm_rules.wording.targets import cell_words, replaced_words, required_words
from ntm_rules.wording.values import actual_words, answer_words, counted_words, unit_of, with_unit


def requirement_sentences(
    rules: CriteriaSet, facts: Facts, indicator: Indicator, requirement: Requirement, result: Result
) -> Iterator[str]:
    """Yield what was reported and how it compares."""
    if requirement is not indicator.condition:
        words, whole = str(requirement.words), (indicator.text, indicator.text_en)
        yield f"{requirement.id}." if words in whole else f"{requirement.id}. “{words}”."
        if requirement.lead != indicator.lead:
            yield _("Lead agency of this part: {agency}.", agency=agency_name(rules, requirement.lead))
    yield from (_question(rules, facts, requirement, gate) for gate in requirement.gates)
    own = own_target(rules, requirement, facts)
    if result.reason is Reason.CLASS_EXEMPT:
        yield _exempt(rules, facts, requirement)
        yield from _target_source(rules, facts, indicator, requirement, own)
    elif result.reason not in (Reason.DOES_NOT_EXIST, Reason.EXCEPTED, Reason.EXISTENCE_UNANSWERED):
        one = held(rules, facts, requirement, result.verdict)
        yield from _reported(rules, facts.report.year, one)
        yield from hamlet_sentences(rules, facts, requirement)
        yield from _compared(rules, one, result, own)
        yield from _target_source(rules, facts, indicator, requirement, own)
    if requirement.note and requirement is not indicator.condition:
        yield stopped(_("Note: {text}", text=str(requirement.note)))


def _question(rules: CriteriaSet, facts: Facts, requirement: Requirement, gate: Gate) -> str:
    said = {
        "question": str(rules.measures[gate.measure].label),
        "figure": str(rules.measures[requirement.measure].label),
    }
    answer = facts.report.get(gate.measure)
    if not gate.asks_for_any:
        return _excepted(rules, gate, answer, opens(gate, facts.report), **said)
    if answer.state is not State.PRESENT:
        return _("If any: “{question}” is not answered, so “{figure}” cannot be judged yet: no data.", **said)
    by = _document(answer)
    if answer.value:
        return _("If any: “{question}” is answered Yes{by}, so this is judged.", **said, by=by)
    return _(
        "If any: “{question}” is answered No{by}, so “{figure}” is not asked and this part does not apply.",
        **said,
        by=by,
    )


def _excepted(
    rules: CriteriaSet, gate: Gate, reported: Reported, opened: bool | None, *, question: str, figure: str
) -> str:
    """Say what another gate than "if any" makes of a commune: an exception, or a number of something."""
    condition = gate_words(rules, gate)
    if opened is None:
        said = {"condition": condition, "question": question, "figure": figure}
        return _("{condition}: “{question}” is not reported, so “{figure}” cannot be judged yet: no data.", **said)
    measure = rules.measures[gate.measure]
    value = answer_words(rules, measure, reported.value) if gate.is_question else level_words(measure, reported)
    said = {"condition": condition, "value": value, "by": _document(reported), "figure": figure}
    if opened:
        return _("{condition}: reported is {value}{by}, so this is judged.", **said)
    return _("{condition}: reported is {value}{by}, so “{figure}” is not asked and this part does not apply.", **said)


def _document(reported: Reported) -> str:
    return _(" (document: {document})", document=reported.document) if reported.document else ""


def _reported(rules: CriteriaSet, year: int, one: Held) -> Iterator[str]:
    measure = rules.measures[one.requirement.measure]
    taken = one.requirement.taken.of(measure)
    if not taken.is_level and not taken.is_yearly_growth:
        yield from _of_years(rules, measure, taken, one)
        return
    now = one.reported
    said = {"label": str(measure.label), "year": year}
    if now.state is not State.PRESENT:
        yield _(UNUSABLE[now.state], **said, written=now.written) + _document(now)
        return
    by = _document(now)
    if taken.is_yearly_growth and not (taken.from_zero and one.before.value == 0):
        yield from _levels(measure, now, one.before, year)
        return
    if taken.is_yearly_growth:
        yield from _of_years(rules, measure, taken, one)
        return
    value = actual_words(rules, one)
    value = value if measure.traits.by_size else f"“{value}”"
    counted = counted_words(measure, now)
    value = f"{value} ({counted})" if counted else value
    if measure.traits.quantity:
        yield _("In {year}, “{label}” is {value}{by}.", **said, value=value, by=by)
    elif measure.traits.yes_or_no:
        yield _("In {year}, “{label}” is answered {value}{by}.", **said, value=value, by=by)
    else:
        yield _("In {year}, “{label}”: {value}{by}.", **said, value=value, by=by)
    if now.note:
        yield stopped(_("Remark of the reporter: {note}", note=now.note))


def _of_years(rules: CriteriaSet, measure: Measure, taken: Taken, one: Held) -> Iterator[str]:
    """Yield the figure of every year that is read, and why nothing can be divided by one."""
    for year, figure in one.figures:
        said = {"label": str(measure.label), "year": year}
        if figure.state is not State.PRESENT:
            yield _(UNUSABLE[figure.state], **said, written=figure.written) + _document(figure)
        elif measure.traits.quantity:
            counted = counted_words(measure, figure)
            value = _level(measure, figure)
            value = f"{value} ({counted})" if counted else value
            yield _("In {year}, “{label}” is {value}{by}.", **said, value=value, by=_document(figure))
        else:
            value = f"“{answer_words(rules, measure, figure.value)}”"
            yield _("In {year}, “{label}”: {value}{by}.", **said, value=value, by=_document(figure))
    missing = [str(year) for year, figure in one.figures if figure.state is not State.PRESENT]
    if missing and one.value is not None:
        yield _("That is not enough already, whatever the figure of {years} is.", years=", ".join(missing))
    if not missing and one.value is None:
        zeros = [str(year) for year, figure in one.figures if no_base(taken, figure.value)]
        yield _("Nothing can be divided by the figure of {years}, so there is no rate.", years=", ".join(zeros))


UNUSABLE = {
    State.MISSING: N_("In {year}, “{label}” was not reported."),
    State.INVALID: N_("In {year}, what was reported for “{label}” cannot be used: “{written}”; see the data problems."),
    State.CONFLICTING: N_("In {year}, “{label}” was reported differently in different places: {written}."),
    State.UNCLEAR: N_(
        "In {year}, “{written}” for “{label}” can be meant in two ways, and nobody has confirmed one; see the data problems."
    ),
    State.AWAITED: N_("In {year}, on “{label}” the competent body has not concluded yet."),
    State.NOTHING_TO_COUNT: N_(
        "In {year}, for “{label}” there is nothing to count ({written}), so this does not apply."
    ),
    State.HAMLETS_NOT_LISTED: N_(
        "In {year}, for “{label}” ({written} so far) figures are not given of every hamlet, and the others would decide."
    ),
    State.HAMLETS_UNKNOWN: N_(
        "In {year}, for “{label}” ({written} so far) figures of some hamlets are missing, and they would decide."
    ),
    State.HAMLETS_WITHOUT_TARGET: N_(
        "In {year}, for “{label}” ({written} so far) what some hamlets must reach is not fixed, and they would decide."
    ),
}


def _levels(measure: Measure, now: Reported, before: Reported, year: int) -> Iterator[str]:
    said = {"label": str(measure.label), "year": year, "before_year": year - 1}
    level, by = _level(measure, now), _document(now)
    if before.state is not State.PRESENT:
        yield _(
            "In {year}, “{label}” is {now}{by}; the figure of {before_year} is missing, so there is no rate of growth.",
            **said,
            now=level,
            by=by,
        )
    elif before.value <= 0:
        yield _(
            "In {year}, “{label}” is {now}{by}; the figure of {before_year} is {before}, so there is no rate of growth.",
            **said,
            now=level,
            by=by,
            before=_level(measure, before),
        )
    else:
        yield _(
            "In {year}, “{label}” is {now}{by}, in {before_year} it was {before}{by_before}.",
            **said,
            now=level,
            by=by,
            before=_level(measure, before),
            by_before=_document(before),
        )


def _level(measure: Measure, reported: Reported) -> str:
    if measure.traits.counted:
        return with_unit(floor_to(level_of(measure, reported), measure.decimals), str(measure.reported_unit))
    level = Decimal(written_fraction(typed_fraction(reported)))
    return with_unit(level, str(measure.unit))


def _exempt(rules: CriteriaSet, facts: Facts, requirement: Requirement) -> str:
    target = requirement.target
    assert isinstance(target, ClassedTarget), "only what differs by class is asked of some classes alone"
    return _(
        "“{figure}” is not asked of this commune ({class_}), so this part does not apply.",
        figure=str(rules.measures[requirement.measure].label),
        class_=str(target.title(facts.class_of(rules, target.classing))),
    )


def _compared(rules: CriteriaSet, one: Held, result: Result, own: Cell | None) -> Iterator[str]:
    """Yield the comparison, or why there is none; `own` is the target of the commune's class."""
    if isinstance(own, AwaitedTarget):
        if result.verdict is not Verdict.NOT_APPLICABLE:
            if result.verdict is Verdict.NO_TARGET:
                yield from _taken(rules, one)
            yield _(NOT_FIXED[Reason(own.reason)], day=on_day(rules.as_of))
        return
    if result.target is None:
        return
    requirement = one.requirement
    required = required_words(rules, requirement, result.target)
    if result.verdict in (Verdict.MET, Verdict.NOT_MET):
        yield from _taken(rules, one)
        if result.verdict is Verdict.MET:
            yield _("Required: {required}: met.", required=required)
            return
        assert one.gap is not None, "a requirement not met has a gap"
        words = short_words(rules, requirement, one.gap)
        yield _("Required: {required}: not met, {gap}.", required=required, gap=words)
    elif result.verdict is Verdict.NO_DATA:
        yield _("Required: {required}; there is nothing to compare yet.", required=required)


def _taken(rules: CriteriaSet, one: Held) -> Iterator[str]:
    """Yield what is made of the figures, and what it is rounded to."""
    requirement, measure = one.requirement, rules.measures[one.requirement.measure]
    taken = requirement.taken.of(measure)
    if requirement.taken == AS_ITS_KIND:
        if taken.is_yearly_growth:
            yield _("Growth: {rate}.", rate=actual_words(rules, one))
        return
    if not taken.is_level:
        words = taken_words(replace(taken, rounded_to=None), measure) or _(
            "growth over {year}", year=_("the year before")
        )
        yield f"{opening(words)}: {actual_words(rules, one)}."
    if taken.rounded_to is not None and one.value is not None and one.value != WITHOUT_LIMIT:
        rounded = Decimal(written_fraction(taken.rounded(one.value)))
        value = with_unit(rounded, unit_of(measure, requirement.taken))
        yield f"{opening(rounded_words(taken.rounded_to))}: {value}."


NOT_FIXED = {
    Reason.TARGET_PENDING: N_("On {day} no document in force fixes the target."),
    Reason.STANDARD_PENDING: N_("On {day} the document that is to make this binding is still awaited."),
    Reason.NO_VALUE_IN_FORCE: N_("No target is in force on {day}."),
    Reason.NO_REFERENCE_FIGURE: N_("The figure that the target is taken from was not at hand on {day}."),
}


def _target_source(
    rules: CriteriaSet, facts: Facts, indicator: Indicator, requirement: Requirement, own: Cell | None
) -> Iterator[str]:
    """Yield where the target stands, for which class, since when, and what it replaced."""
    target = requirement.target
    if basis_of_cell(own) is not None:
        yield from (f"{words}." for words in bases(rules, requirement, own))
    if isinstance(own, AwaitedTarget):
        if own.decision:
            yield _("Awaited: {decision}", decision=decision_words(rules, own.decision)) + "."
        if own.note:
            yield stopped(_("Note: {text}", text=str(own.note)))
    elif isinstance(own, KnownTarget):
        yield from _stands(rules, indicator, requirement, own)
    elif isinstance(target, ClassedTarget) and target.values():
        stands = KnownTarget(own.provenance if own else target.provenance, target.values()[0])
        yield from _stands(rules, indicator, requirement, stands)
    if isinstance(target, ClassedTarget):
        yield _by_class(rules, facts, requirement, target)
    yield from (f"{words}." for words in replaced_words(rules, requirement))


def _stands(rules: CriteriaSet, indicator: Indicator, requirement: Requirement, target: KnownTarget) -> Iterator[str]:
    origin = target.provenance
    if origin.overlay is None and origin.promulgated is None:
        if not rules.measures[requirement.measure].traits.by_size:
            return
        if requirement.source == indicator.source and _stated(indicator.text, requirement.target):
            yield _("The target stands in the law's words above.")
        else:
            yield _("The target stands in {source}.", source=citation(rules, requirement.source))
        return
    document = "" if origin.document == origin.overlay else document_words(rules, origin.document)
    place = ", ".join(part for part in (document, origin_words(origin)) if part)
    dates = _dates(target)
    if origin.overlay is None:
        yield _("The target stands in {source}{dates}.", source=place, dates=dates)
    elif place:
        yield _("Target set by overlay {overlay}: {source}", overlay=origin.overlay, source=place) + f"{dates}."
    else:
        yield _("Target set by overlay {overlay}{dates}.", overlay=origin.overlay, dates=dates)
    if origin.illustrative:
        yield _("This target is ILLUSTRATIVE - NOT LAW.")


def _stated(text: str, target: Target) -> bool:
    """Tell whether a text itself states every number of a target."""
    stated = {value for number in stated_numbers(text) for value in number.values}
    return set(target.values()) <= stated


def _dates(target: KnownTarget) -> str:
    origin = target.provenance
    said = [
        _("promulgated {day}", day=on_day(origin.promulgated)) if origin.promulgated else "",
        _("in force from {day}", day=on_day(origin.from_)) if origin.from_ else "",
        _("until {day}", day=on_day(origin.to)) if origin.to else "",
    ]
    words = ", ".join(part for part in said if part)
    return f", {words}" if words else ""


def _by_class(rules: CriteriaSet, facts: Facts, requirement: Requirement, target: ClassedTarget) -> str:
    """Return whose target it is, and those of the other classes."""
    own = facts.class_of(rules, target.classing)
    named = own if own in target.cells else None

    def words(class_: str | None, cell: Cell) -> str:
        if isinstance(cell, KnownTarget):
            return f"{target.title(class_)!s}: {required_words(rules, requirement, cell.everywhere)}"
        return f"{target.title(class_)!s}: {cell_words(rules, requirement, cell)}"

    known = target.of_class(own) is not None
    others = "; ".join(words(class_, cell) for class_, cell in target.each() if class_ != named or not known)
    said = _TOLD_APART if target.classing.is_group else _CLASSED
    if not known:
        return _(said[0], groups=others)
    cell = target.of_class(own)
    assert cell is not None
    whose = words(own if named else None, cell)
    return _(said[1], own=whose, others=others) if others else _("For this commune, {own}.", own=whose)


_TOLD_APART = (
    N_("The target differs by group of communes, and the group of this one is not known: {groups}."),
    N_("The target differs by group of communes: for this one, {own}; the others: {others}."),
)
_CLASSED = (
    N_("The target differs by class of communes, and the class of this one is not known: {groups}."),
    N_("The target differs by class of communes: for this one, {own}; the others: {others}."),
)
"""What is said where the commune's group, or class, is not known, and where it is."""
