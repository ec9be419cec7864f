"""What two laws say and do differently, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from ntm_rules.i18n import N_, _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.facts import ADDED, REMOVED, DaySpan, WordChange
from ntm_rules.wording.communes import group_words
from ntm_rules.wording.dates import span_words
from ntm_rules.wording.law_fields import field_value_words
from ntm_rules.wording.phrases import turned
from ntm_rules.wording.verdicts import state_words
from ntm_rules.workbench.comparing.lawdiff import DayPair, IndicatorDiff, LawDiff, Nature
from ntm_rules.workbench.comparing.outcomes import Example, ProbeOutcome
from ntm_rules.workbench.comparing.probes import ProbeCells

NATURE_WORDS = {
    Nature.ADDED: N_("only in B"),
    Nature.REMOVED: N_("only in A"),
    Nature.WORDING_AND_EFFECT: N_("the law's words change, and so do verdicts"),
    Nature.WORDING_ONLY: N_("a change of wording without effect"),
    Nature.EFFECT_ONLY: N_("a change of effect without wording: the law's words are the same, verdicts are not"),
    Nature.MOVED: N_(
        "it moves to another criterion, or between the criteria and the further conditions: its own verdict stays, "
        "those of the criteria and of the commune may change"
    ),
    Nature.OTHER: N_("neither the law's words nor any verdict changes"),
}


class Values(NamedTuple):
    """Both sides of a change, in words."""

    before: str
    after: str


def values_of(diff: LawDiff, change: WordChange) -> Values:
    """Return both sides of a change, in words."""
    first, second = last_laws(diff)
    return Values(
        field_value_words(change, change.before, first, partial(_law_on, diff, 0)),
        field_value_words(change, change.after, second, partial(_law_on, diff, 1)),
    )


def _law_on(diff: LawDiff, side: int, day: dt.date) -> CriteriaSet | None:
    """Return the law of a side on a day; None where nothing of it is in force."""
    spans = (pair[side] for pair in diff.days)
    return next((laws[side] for span, laws in zip(spans, diff.laws, strict=True) if span.from_ <= day <= span.to), None)


def last_laws(diff: LawDiff) -> tuple[CriteriaSet, CriteriaSet]:
    """Return a law of each side that knows the names of things: the last that is in force."""
    first = next((law[0] for law in reversed(diff.laws) if law[0]), None)
    second = next((law[1] for law in reversed(diff.laws) if law[1]), None)
    found = (first or second), (second or first)
    assert found[0] is not None, "one side at least is in force on some day"
    assert found[1] is not None, "one side at least is in force on some day"
    return found[0], found[1]


def days_words(days: DayPair) -> str:
    """Write the days of an effect; two different days as before and after."""
    before, after = (span_words(span.from_.isoformat(), span.to.isoformat()) for span in days)
    return turned(before, after)


def compared_days(diff: LawDiff) -> str:
    """Write which days were compared, from the first to the last."""
    first, last = diff.days[0], diff.days[-1]
    return days_words(DayPair(DaySpan(first.before.from_, last.before.to), DaySpan(first.after.from_, last.after.to)))


def outcome_words(outcome: ProbeOutcome) -> str:
    """Say what an indicator's probes showed: how many differ, and each change of verdict with its count."""
    if not outcome.differs:
        return _("No verdict differs in any of {n} probes.", n=outcome.probes)
    if not outcome.turns:
        return _("The indicator's verdict is the same; only parts differ: {ids}", ids=", ".join(outcome.parts))
    turns = "; ".join(
        _("{before} → {after}: {n}", before=state_words(before), after=state_words(after), n=n)
        for (before, after), n in outcome.turns.items()
    )
    differing = sum(outcome.turns.values())
    return _("the verdict differs in {n} of {total} probes ({turns})", n=differing, total=outcome.probes, turns=turns)


_COUNTING = {
    ("band", ADDED),
    ("band", REMOVED),
    ("band", "at_least"),
    ("band", "at_most"),
    ("criterion", ADDED),
    ("criterion", REMOVED),
    ("criterion", "indicators"),
    ("indicator", "criterion"),
    ("commune", ADDED),
    ("commune", REMOVED),
    ("commune", "group"),
    ("commune", "type"),
    ("set", "commune_type"),
}
"""What changes the counts and classes of communes though no rule of an indicator does."""


def touches_counts(change: WordChange) -> bool:
    """Tell whether a change moves communes or indicators between what is counted together."""
    return (change.subject.kind, change.field) in _COUNTING


def every_change(diff: LawDiff) -> Iterator[WordChange]:
    """Yield every change of words, those of the indicators first."""
    for indicator in diff.indicators:
        yield from indicator.words
    yield from diff.others


def example_words(diff: LawDiff, example: Example) -> str:
    """Return one probe in words: the figures, the group, the verdict before and after."""
    rules = last_laws(diff)
    parts = []
    for measure, level in zip(example.measures, example.probe, strict=True):
        spec = next((law.measures[measure] for law in rules if measure in law.measures), None)
        label = str(spec.label) if spec else measure
        said = _cells(level.now)
        if level.before != ProbeCells():
            said = _("{now} (the year before: {before})", now=said, before=_cells(level.before))
        parts.append(f"{label}: {said}")
    groups = (group_words(law, group) for law, group in zip(rules, example.stand.groups, strict=True))
    if example.stand.groups != (None, None):
        parts.append(turned(*groups))
    for by, class_ in example.stand.classes:
        classing = next((law.classings[by] for law in rules if by in law.classings), None)
        parts.append(str(classing.title(class_)) if classing else class_)
    return _(
        "{figures}: {before} → {after}",
        figures="; ".join(parts),
        before=state_words(example.before),
        after=state_words(example.after),
    )


def _cells(cells: ProbeCells) -> str:
    if cells == ProbeCells():
        return _("nothing reported")
    return cells.value or f"{cells.numerator}/{cells.denominator}"


def changed_indicator_title(indicator: IndicatorDiff) -> str:
    """Return an indicator's words in the reader's language, as the second law has them."""
    found = indicator.after or indicator.before
    assert found is not None, "an indicator stands on one side at least"
    return str(found.words)


def probe_words(diff: LawDiff) -> str:
    """Say how much was probed."""
    return _(
        "Probes judged under both laws: {probes}, of {probed} indicators; {same} more are the same rule on both sides.",
        probes=diff.probes,
        probed=diff.probed,
        same=diff.same,
    )


def counts_by_nature(diff: LawDiff) -> dict[Nature, int]:
    """Count the indicators by what kind of change they underwent."""
    natures = [indicator.nature for indicator in diff.indicators]
    return {nature: natures.count(nature) for nature in Nature if nature in natures}


def dormant_words(diff: LawDiff) -> str:
    """Say that two laws differ only in what does not hold on the days compared."""
    return _(
        "On the days compared the two laws say and do the same, but values that were replaced, or do not hold then, "
        "differ: {names}",
        names=", ".join(diff.dormant),
    )
