"""What a set said of one thing on every day of its period, and by which document it came to say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ntm_rules.errors import NtmError
from ntm_rules.rulebook.criteria_set import (
    Amendment,
    AwaitedTarget,
    CriteriaSet,
    Indicator,
    Provenance,
    Requirement,
    gone_with_another,
    nothing_named,
    walk_with_hamlets,
)
from ntm_rules.rulebook.describe import describe_indicator
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.over_time import ONE_DAY, ever, turning_days
from ntm_rules.rulebook.provinces import province_of
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.yaml_reader import RulebookError


@dataclass(frozen=True, slots=True)
class HistoryTurn:
    """One thing that a later decision did, told on the first day on which it counts."""

    id: str
    """What it was done to: the indicator, or a part of it."""
    amendment: Amendment
    """`set` for a target alone."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which a set says one and the same of an indicator or a part of one."""

    from_: dt.date
    to: dt.date
    rules: CriteriaSet | None
    """None where nothing of the set is in force."""
    indicator: Indicator | None
    """None where it is not there on these days."""
    turns: tuple[HistoryTurn, ...] = ()
    """What decisions did to it on the first of these days."""
    whole: bool = False
    """Whether it is the set or a criterion itself that is spoken of, and is there: no indicator."""


def history(
    loaded: LoadedSet,
    id_: str,
    overlays: Sequence[Overlay] = (),
    known_on: dt.date | None = None,
    province: str | None = None,
) -> list[Span]:
    """Return the spans of days of the period, in order, on which a set says one thing of what an id names.

    Raises:
        NtmError: nothing has this id on any day; with the nearest that something has. Overlays of several provinces
            with none asked for.
        RulebookError: overlays that do not fit, or contradict each other.
    """
    province = province_of(loaded, overlays, province)
    on_some_day = ever(loaded, overlays)
    wholes = [loaded.header.id, *(criterion.id for criterion in on_some_day.header.criteria)]
    known = dict.fromkeys(node.id for node in on_some_day.nodes())
    if id_ in wholes and id_ not in known:
        return list(_of_the_whole(loaded, id_, overlays, known_on, province))
    if id_ not in known:
        raise nothing_named(id_, [*known, *wholes])
    days = turning_days(loaded, overlays)
    end = dt.date(loaded.header.period.to, 12, 31)
    spans: list[Span] = []
    said: object = None
    done: dict[tuple[str, Provenance, str], HistoryTurn] = {}
    for day, following in zip(days, [*days[1:], end + ONE_DAY], strict=True):
        rules = _law(loaded, day, overlays, known_on, province)
        whole = rules.whole_of.get(id_) if rules else None
        now = _said(rules, whole) if rules and whole else None
        turns = {(turn.id, turn.amendment.provenance, turn.amendment.kind): turn for turn in _turns(rules, id_)}
        to = following - ONE_DAY
        if spans and now == said:
            last = spans[-1]
            spans[-1] = Span(last.from_, to, last.rules, last.indicator, last.turns)
        else:
            new = tuple(turn for key, turn in turns.items() if key not in done)
            spans.append(Span(day, to, rules, whole, new))
        said, done = now, turns
    return spans


def _of_the_whole(
    loaded: LoadedSet, id_: str, overlays: Sequence[Overlay], known_on: dt.date | None, province: str | None
) -> Iterator[Span]:
    """Yield the spans on which a set says one thing of what meets its standard, or one of its criteria."""
    days = turning_days(loaded, overlays)
    ends = [*(day - ONE_DAY for day in days[1:]), dt.date(loaded.header.period.to, 12, 31)]
    last: Span | None = None
    said: object = None
    done: set[HistoryTurn] = set()
    for day, to in zip(days, ends, strict=True):
        rules = _law(loaded, day, overlays, known_on, province)
        now = _said_of_the_whole(rules, id_)
        turns = [HistoryTurn(id_, one) for one in rules.amended.get(id_, ())] if rules else []
        if last is not None and now == said:
            last = replace(last, to=to)
        else:
            if last is not None:
                yield last
            new = tuple(turn for turn in turns if turn not in done)
            last = Span(day, to, rules, None, new, whole=now is not None)
        said, done = now, set(turns)
    if last is not None:
        yield last


def _said_of_the_whole(rules: CriteriaSet | None, id_: str) -> object:
    if rules is None:
        return None
    if id_ == rules.id:
        return rules.meets, rules.standard, rules.bands
    criterion = rules.criterion_by_id.get(id_)
    return None if criterion is None else (criterion.title, criterion.standard, [i.id for i in criterion.indicators])


def _law(
    loaded: LoadedSet, day: dt.date, overlays: Sequence[Overlay], known_on: dt.date | None, province: str | None
) -> CriteriaSet | None:
    try:
        return resolve(loaded, as_of=day, overlays=overlays, known_on=known_on, province=province)
    except RulebookError:
        raise
    except NtmError:  # nothing is in force on the day
        return None


def _said(rules: CriteriaSet, indicator: Indicator) -> object:
    """Return everything a law says of an indicator, the day itself and what is reckoned from it aside."""
    found = describe_indicator(rules, indicator.id)
    return undated({key: value for key, value in found.items() if key != "as_of"})


def undated(description: Any) -> Any:
    """Return a law as it is described, without the days that are only reckoned from that of the appraisal.

    >>> undated({"target": {"value": "2023-12-31", "within": {"years": 3}}})
    {'target': {'value': None, 'within': {'years': 3}}}
    """
    if isinstance(description, list):
        return [undated(one) for one in description]
    if not isinstance(description, dict):
        return description
    said = {key: undated(value) for key, value in description.items()}
    return said | {"value": None} if "within" in said and "value" in said else said


def _turns(rules: CriteriaSet | None, id_: str) -> Iterator[HistoryTurn]:
    """Yield what decisions in force have done to an indicator, its parts, and those that were its parts."""
    if rules is None:
        return
    indicator = rules.whole_of.get(id_)
    if indicator is not None:
        yield from (HistoryTurn(indicator.id, one) for one in indicator.amended)
        for node in walk_with_hamlets(indicator.condition):
            if node.id != indicator.id:
                yield from (HistoryTurn(node.id, one) for one in node.amended)
            if isinstance(node, Requirement):
                yield from (HistoryTurn(node.id, one) for one in _targets(node))
    whole = indicator.id if indicator else id_
    for gone, by in rules.repealed.items():
        if gone == id_ or (gone.startswith(f"{whole}.") and not gone_with_another(rules, gone)):
            yield HistoryTurn(gone, by)


def _targets(node: Requirement) -> Iterator[Amendment]:
    """Yield a turn for each target that a decision set, other than by changing the rule."""
    told = {one.provenance for one in node.amended}
    for target in (*node.replaced, node.target):
        origin = target.provenance
        if origin is not None and origin.overlay is not None and origin not in told:
            yield Amendment("pending" if isinstance(target, AwaitedTarget) else "set", (), origin)
