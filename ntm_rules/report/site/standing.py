"""How one indicator stands in every commune: what was reported against what is asked, the nearest to pass first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.gaps import Gap
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.i18n import _
from ntm_rules.report.site.contents import Contents
from ntm_rules.rulebook.criteria_set import Indicator, Requirement
from ntm_rules.standing.distance import distance
from ntm_rules.standing.lacks import Lack
from ntm_rules.wording.gaps import gap_words, owed_words
from ntm_rules.wording.standing import lack_words
from ntm_rules.wording.targets import target_words
from ntm_rules.wording.values import actual_words, counted_words

ORDER = (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET, Verdict.MET, Verdict.NOT_APPLICABLE)
"""Who still has something to do comes first."""


@dataclass(frozen=True, slots=True)
class HeldWords:
    """One requirement of one commune in words: what was reported held against what is asked."""

    requirement: Requirement
    verdict: Verdict
    reason: Reason
    actual: str
    counted: str
    """Numerator and denominator, where a share was counted."""
    target: str
    gap: str
    """How far from the target; empty unless it is NOT_MET."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator in one commune."""

    record: int
    verdict: Verdict
    distance: Fraction
    """As a share of its targets; 0 unless it is NOT_MET."""
    parts: Sequence[HeldWords]


def held(contents: Contents, requirement: Requirement, record: int) -> HeldWords:
    """Return one requirement of one record in words."""
    evaluation, rules = contents.evaluation, contents.rules
    row = evaluation.row_of["requirement", requirement.id]
    reason, one = evaluation.reason(row, record), evaluation.held(row, record)
    asked = reason not in (Reason.DOES_NOT_EXIST, Reason.EXISTENCE_UNANSWERED)
    return HeldWords(
        requirement,
        evaluation.verdict(row, record),
        reason,
        (actual_words(rules, one) or _unreported(one.reported.state)) if asked else "",
        counted_words(rules.measures[requirement.measure], one.reported) if asked else "",
        target_words(rules, requirement, one.target),
        gap_words(rules, requirement, one.gap) if one.gap else "",
    )


def _unreported(state: State) -> str:
    return {
        State.PRESENT: _("no rate of growth"),
        State.MISSING: _("not reported"),
        State.INVALID: _("cannot be used"),
        State.CONFLICTING: _("reported differently"),
        State.UNCLEAR: _("unclear, not confirmed"),
        State.AWAITED: _("not concluded yet"),
        State.NOTHING_TO_COUNT: _("nothing to count"),
    }[state]


def standings(contents: Contents, indicator: Indicator) -> list[Standing]:
    """Return every record's standing, the nearest to pass first; those alike in the order of the records."""
    evaluation, row = contents.evaluation, contents.row(indicator.id)
    requirements = indicator.requirements()
    found = [
        Standing(
            record,
            evaluation.verdict(row, record),
            distance(evaluation, row, record),
            [held(contents, requirement, record) for requirement in requirements],
        )
        for record in contents.reported
    ]
    return sorted(found, key=lambda one: (ORDER.index(one.verdict), one.distance))


@dataclass(frozen=True, slots=True)
class Short:
    """One commune that misses a requirement."""

    record: int
    held: HeldWords
    gap: Gap


@dataclass(frozen=True, slots=True)
class Led:
    """One requirement that an agency leads, over all communes: who still stands where because of it."""

    indicator: Indicator
    requirement: Requirement
    short: Sequence[Short]
    """Who misses it, the nearest first."""
    owing: Sequence[tuple[int, str]]
    """Who owes a figure for it: the record, and what is owed."""
    concluding: Sequence[tuple[int, str]]
    """Where it waits for a body's conclusion or the commune's group: the record, and for whom."""
    awaiting: int
    """How many communes wait for its target."""


def led_by(contents: Contents, agency: str) -> list[Led]:
    """Return the requirements that an agency leads, in the order of the law; further conditions last."""
    rules = contents.rules
    short: dict[str, list[Short]] = {}
    owing: dict[str, list[tuple[int, str]]] = {}
    concluding: dict[str, list[tuple[int, str]]] = {}
    awaiting: dict[str, int] = {}
    for record in contents.reported:
        for requirement, gap in contents.gaps[record]:
            if requirement.lead == agency:
                one = Short(record, held(contents, requirement, record), gap)
                short.setdefault(requirement.id, []).append(one)
        for lacking in contents.overview.lacks.of(record):
            if lacking.requirement.lead != agency:
                continue
            if lacking.lack is Lack.FIGURE:
                of, words = owing, owed_words(rules, lacking.requirement, lacking.reason)
            else:
                of, words = concluding, lack_words(rules, lacking.requirement, lacking.lack)
            of.setdefault(lacking.requirement.id, []).append((record, words))
        for requirement in contents.awaited[record]:
            if requirement.lead == agency:
                awaiting[requirement.id] = awaiting.get(requirement.id, 0) + 1
    return [
        Led(
            indicator,
            requirement,
            sorted(short.get(requirement.id, []), key=lambda one: one.gap.closeness),
            owing.get(requirement.id, []),
            concluding.get(requirement.id, []),
            awaiting.get(requirement.id, 0),
        )
        for indicator in contents.indicators
        for requirement in indicator.requirements()
        if requirement.lead == agency
    ]
