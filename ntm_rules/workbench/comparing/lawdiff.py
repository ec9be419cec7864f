"""Two laws compared whole: what they say differently, and by which figures their verdicts differ."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, written_day
from ntm_rules.rulebook.criteria_set import CriteriaSet, Indicator
from ntm_rules.rulebook.facts import WORDING, DaySpan, WordChange, facts_over_time, word_changes
from ntm_rules.rulebook.loader import HEADER
from ntm_rules.rulebook.models import BY_GROUP
from ntm_rules.rulebook.resolve import nothing_in_force
from ntm_rules.workbench.comparing.laws import left_out
from ntm_rules.workbench.comparing.outcomes import ProbeOutcome, Stand, outcome, same_by_construction, told_apart_by
from ntm_rules.workbench.comparing.sides import LawSide


class DayPair(NamedTuple):
    """The days of the first law and those of the second that are held against each other."""

    before: DaySpan
    after: DaySpan


class Effect(NamedTuple):
    """What becomes of one indicator over some days: judged by one law alone, or by both, differently."""

    days: DayPair
    only: str
    """`before` or `after` where one law alone has it in force; else empty."""
    outcome: ProbeOutcome | None


class Nature(StrEnum):
    """What kind of change an indicator underwent."""

    ADDED = "added"
    REMOVED = "removed"
    WORDING_AND_EFFECT = "wording_and_effect"
    WORDING_ONLY = "wording_only"
    EFFECT_ONLY = "effect_only"
    MOVED = "moved"
    """Its own verdict stays, whatever its words; but it counts elsewhere, so criteria and the commune may not."""
    OTHER = "other"
    """Neither the law's words nor any verdict: an agency, a source, a note."""


@dataclass(frozen=True, slots=True)
class IndicatorDiff:
    """One indicator or further condition that the two laws treat differently."""

    id: str
    before: Indicator | None
    after: Indicator | None
    words: tuple[WordChange, ...]
    """Its own fields and those of its requirements; then those of the measures it reads."""
    effects: tuple[Effect, ...]
    probes: int
    complete: bool = True
    """Whether no change of its verdict can have been missed."""

    @property
    def wording(self) -> bool:
        """Whether the law's own words differ."""
        return any(change.field in WORDING for change in self.words)

    @property
    def effect(self) -> bool:
        """Whether some verdict differs."""
        return any(effect.only or (effect.outcome and effect.outcome.differs) for effect in self.effects)

    @property
    def nature(self) -> Nature:
        """What kind of change it is."""
        if self.before is None or self.after is None:
            return Nature.ADDED if self.before is None else Nature.REMOVED
        if self.moved and not self.effect:
            return Nature.MOVED
        return _NATURES[self.wording, self.effect]

    @property
    def moved(self) -> bool:
        """Whether it belongs to another criterion, or is a further condition under one law alone."""
        return self.before is not None and self.after is not None and self.before.criterion != self.after.criterion


_NATURES = {
    (True, True): Nature.WORDING_AND_EFFECT,
    (True, False): Nature.WORDING_ONLY,
    (False, True): Nature.EFFECT_ONLY,
    (False, False): Nature.OTHER,
}


@dataclass(frozen=True)
class LawDiff:
    """Everything in which two laws differ."""

    before: LawSide
    after: LawSide
    days: tuple[DayPair, ...]
    laws: tuple[tuple[CriteriaSet | None, CriteriaSet | None], ...]
    """The two laws of each pair of days."""
    indicators: tuple[IndicatorDiff, ...]
    """In the order of the law's text."""
    others: tuple[WordChange, ...]
    """Of the set, its criteria, measures, groups, agencies, documents, communes."""
    probes: int
    """Probes judged under both laws, of all indicators."""
    probed: int
    """Indicators that were probed."""
    same: int
    """Indicators that are the same rule under both laws on all days, so that none needed probing."""
    files: tuple[str, ...]
    """Files of the two sets that differ in bytes."""
    dormant: tuple[str, ...] = ()
    """Of these, the files whose content differs though nothing in force on the days compared does."""

    @property
    def illustrative(self) -> bool:
        """Whether some targets of either law are invented."""
        return any(law is not None and law.illustrative for pair in self.laws for law in pair)

    @property
    def notices(self) -> tuple[Message, ...]:
        """What overlays of the second law do that a reader must be told, such as loosening a stated number."""
        known = {notice for first, _second in self.laws if first for notice in first.notices}
        told: dict[Message, None] = {}
        later = (*self.after.overlays, *self.after.loaded.amendments)
        for _first, law in self.laws:
            absent = set(left_out(law, later)) if law else set()
            for notice in law.notices if law else ():
                if "overlay" in notice.parameters and notice not in known and notice not in absent:
                    told[notice] = None
        return tuple(told)

    @property
    def empty(self) -> bool:
        """Whether the two laws say and do the same."""
        return not self.indicators and not self.others and not self.dormant


def diff_laws(before: LawSide, after: LawSide, *, as_of: dt.date | None = None) -> LawDiff:
    """Compare two laws: on their days when a day is named, else over every day of their periods.

    A side that names no day is taken on `as_of`, else on the other side's day.

    Raises:
        NtmError: a day outside the period of its set, or rules that cannot be resolved.
    """
    asked_for = day_pairs(before, after, as_of)
    in_force = [(pair, (before.on(pair.before.from_), after.on(pair.after.from_))) for pair in asked_for]
    kept = [(pair, both) for pair, both in in_force if any(both)] or in_force
    days, laws = tuple(pair for pair, _both in kept), tuple(both for _pair, both in kept)
    if days[0].before.from_ == days[0].before.to:  # a day was asked for: it must be one of the set's
        for side, law, asked in zip((before, after), laws[0], days[0], strict=True):
            if law is None:
                period = side.loaded.header.period
                if asked.from_.year in period:
                    raise NtmError(nothing_in_force(side.loaded, asked.from_.year))
                raise NtmError(
                    Message(
                        "The criteria set covers {first} to {last}; nothing of it is in force on {day}",
                        first=period.from_,
                        last=period.to,
                        day=written_day(asked.from_),
                    )
                )
    if not any(any(both) for both in laws):
        sides = zip((before, after), days[0], strict=True)
        raise NtmError(*dict.fromkeys(nothing_in_force(side.loaded, span.from_.year) for side, span in sides))
    facts_before = facts_over_time([(p.before, law[0]) for p, law in zip(days, laws, strict=True)])
    facts_after = facts_over_time([(p.after, law[1]) for p, law in zip(days, laws, strict=True)])
    words = word_changes(facts_before, facts_after)
    found: list[IndicatorDiff] = []
    probes = probed = same = 0
    for id_ in _ids(laws):
        versions = [tuple(law.indicator_by_id.get(id_) if law else None for law in pair) for pair in laws]
        one = next((v[0] for v in versions if v[0]), None)
        other = next((v[1] for v in versions if v[1]), None)
        effects, ran = _effects(days, laws, versions)  # type: ignore[arg-type]  # pairs, as `laws` are
        own = [change for change in words if change.subject.indicator == id_]
        read = {m for i in (one, other) if i for r in i.requirements() for m in r.asked}
        own += [change for change in words if change.subject.kind == "measure" and change.subject.id in read]
        probes, probed = probes + ran, probed + bool(ran)
        same += not effects and not ran
        told = [effect for effect in effects if effect.only or (effect.outcome and effect.outcome.differs)]
        if own or told:
            complete = all(effect.outcome is None or effect.outcome.complete for effect in effects)
            found.append(IndicatorDiff(id_, one, other, tuple(own), tuple(told), ran, complete))
    changed = {name for name in {*before.loaded.files, *after.loaded.files} if _differ(before, after, name)}
    dormant = () if found or words else _different_content(before, after)
    return LawDiff(
        before,
        after,
        days,
        laws,
        tuple(found),
        tuple(change for change in words if not change.subject.indicator),
        probes,
        probed,
        same,
        tuple(sorted(changed)),
        dormant,
    )


def _different_content(before: LawSide, after: LawSide) -> tuple[str, ...]:
    """Return the files of the first set whose content, comments and layout aside, differs in the second."""
    if before.loaded.header.id != after.loaded.header.id:
        return ()
    one, other = before.loaded, after.loaded
    pairs: dict[str, tuple[object, object]] = {
        HEADER: (one.header, other.header),
        "agencies.yaml": (one.agencies, other.agencies),
        "measures.yaml": (one.measures, other.measures),
        **{c.rules: (one.rules[c.id], other.rules.get(c.id)) for c in one.header.criteria},
        **({one.header.conditions: (one.conditions, other.conditions)} if one.header.conditions else {}),
    }
    return tuple(name for name, (was, now) in pairs.items() if was != now)


def _differ(before: LawSide, after: LawSide, name: str) -> bool:
    return before.loaded.files.get(name) != after.loaded.files.get(name)


def day_pairs(before: LawSide, after: LawSide, as_of: dt.date | None) -> tuple[DayPair, ...]:
    """Return the days to compare: one pair, or every span of days within which neither law changes."""
    first = before.day or as_of or after.day
    second = after.day or as_of or before.day
    if first is not None and second is not None:
        return (DayPair(DaySpan(first, first), DaySpan(second, second)),)
    turning = sorted(before.turning_days() | after.turning_days())
    last = dt.date(max(side.loaded.header.period.to for side in (before, after)), 12, 31)
    ends = [*(day - dt.timedelta(days=1) for day in turning[1:]), last]
    spans = [DaySpan(from_, to) for from_, to in zip(turning, ends, strict=True)]
    return tuple(DayPair(span, span) for span in spans)


def _ids(laws: Iterable[tuple[CriteriaSet | None, CriteriaSet | None]]) -> list[str]:
    """Return every indicator's id in the order of the second law's text; what only the first has follows its neighbour."""
    order: list[str] = []
    for at in (1, 0):
        for pair in laws:
            law = pair[at]
            last = -1
            for id_ in law.indicator_by_id if law else ():
                if id_ not in order:
                    order.insert(last + 1, id_)
                last = order.index(id_)
    return order


def _effects(
    days: Sequence[DayPair],
    laws: Sequence[tuple[CriteriaSet | None, CriteriaSet | None]],
    versions: Sequence[tuple[Indicator | None, Indicator | None]],
) -> tuple[list[Effect], int]:
    """Return what becomes of one indicator over the days, and how many probes that took."""
    found: list[Effect] = []
    known: list[tuple[tuple[object, ...], ProbeOutcome | None]] = []
    for pair, (first, second), (one, other) in zip(days, laws, versions, strict=True):
        if one is None and other is None:
            continue
        if one is None or other is None:
            _add(found, Effect(pair, "after" if one is None else "before", None))
            continue
        assert first is not None, "a law that has an indicator is there"
        assert second is not None, "a law that has an indicator is there"
        stands = _stands(first, second, one, other)
        rule = one.condition, other.condition, stands
        showed = next((result for earlier, result in known if earlier == rule), _UNKNOWN)
        if showed is _UNKNOWN:
            moved = any(before != after for (before, after), _classes in stands)
            alike = same_by_construction((first, one), (second, other)) and not moved
            showed = None if alike else outcome((first, one), (second, other), stands)
            known.append((rule, showed))
        _add(found, Effect(pair, "", showed))
    ran = sum(result.probes for _rule, result in known if result is not None)
    return [effect for effect in found if effect.only or effect.outcome is not None], ran


_UNKNOWN = ProbeOutcome(0, True, True, {}, (), ())


def _add(found: list[Effect], effect: Effect) -> None:
    """Add an effect, or prolong the last one when it is the same and its days go on."""
    last = found[-1] if found else None
    next_day = dt.timedelta(days=1)
    if (
        last is not None
        and (last.only, last.outcome) == (effect.only, effect.outcome)
        and last.days.before.to + next_day == effect.days.before.from_
        and last.days.after.to + next_day == effect.days.after.from_
    ):
        joined = DayPair(
            DaySpan(last.days.before.from_, effect.days.before.to), DaySpan(last.days.after.from_, effect.days.after.to)
        )
        found[-1] = effect._replace(days=joined)
    else:
        found.append(effect)


def _stands(first: CriteriaSet, second: CriteriaSet, one: Indicator, other: Indicator) -> tuple[Stand, ...]:
    """Return the groups and classes to judge probes for; one of unknown group and class is enough where no target asks."""
    differing = {**told_apart_by(other), **told_apart_by(one)}
    groups = _groups(first, second) if differing.pop(BY_GROUP, None) else ((None, None),)
    classes = (((by, class_) for class_ in each.classes) for by, each in differing.items())
    told = [(*own, None) for own in classes]
    return tuple(
        Stand(own, tuple(one for one in chosen if one is not None))
        for chosen in itertools.product(*told)
        for own in groups
    )


def _groups(first: CriteriaSet, second: CriteriaSet) -> tuple[tuple[str | None, str | None], ...]:
    groups = sorted({*first.groups, *second.groups})
    known = ((first.communes.get(commune.code), commune) for commune in second.communes.within())
    moved = {(was.group, now.group) for was, now in known if was is not None and was.group != now.group}
    return (*((group, group) for group in groups), (None, None), *sorted(moved, key=str))
