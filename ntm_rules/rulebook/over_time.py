"""A set with its own amendments and later decisions: on which days it turns, and what it says on any of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ntm_rules.rulebook.amending import amended, defined
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import (
    BOUNDS,
    DAY_BOUNDS,
    Change,
    IndicatorWritten,
    Measure,
    NodeWritten,
    Overlay,
    Range,
    Replacement,
)
from ntm_rules.rulebook.notices import left_out_because
from ntm_rules.rulebook.precedence import in_order

ONE_DAY = dt.timedelta(days=1)


def every(loaded: LoadedSet, overlays: Sequence[Overlay]) -> tuple[Overlay, ...]:
    """Return a set's own amendments, then the decisions given beside it."""
    own = {overlay.id for overlay in loaded.amendments}
    return *loaded.amendments, *(overlay for overlay in overlays if overlay.id not in own)


def written_on(
    loaded: LoadedSet, overlays: Sequence[Overlay], day: dt.date, known_on: dt.date | None = None
) -> LoadedSet:
    """Return a set as it is written on a day, as known on another (None: as known today)."""
    effective = (one for one in every(loaded, overlays) if left_out_because(one, day, known_on) is None)
    return amended(loaded, in_order(effective)).loaded


def written_under(loaded: LoadedSet, overlays: Sequence[Overlay], rules: CriteriaSet) -> LoadedSet:
    """Return a set as it is written under a law of it: with what the decisions that count there did to it."""
    laid = {overlay.id: overlay for overlay in every(loaded, overlays)}
    return amended(loaded, [laid[id_] for id_ in rules.overlays if id_ in laid]).loaded


def turning_days(loaded: LoadedSet, overlays: Sequence[Overlay]) -> list[dt.date]:
    """Return the days of the period from which the law may differ from that of the day before, in order."""
    period = loaded.header.period
    days = {dt.date(year, 1, 1) for year in range(period.from_, period.to + 1)}
    laid = every(loaded, overlays)
    spans: list[tuple[dt.date, dt.date | None]] = [(one.effective.from_, one.effective.to) for one in laid]
    for node in [*loaded.nodes(), *(node for overlay in laid for node in _of(overlay))]:
        spans += [(value.from_, value.to) for value in node.dated]
        if isinstance(node, IndicatorWritten) and node.in_force:
            spans.append((node.in_force.from_, node.in_force.to))
    rewritten: list[Replacement | Change] = []
    for overlay in laid:
        rewritten += [*overlay.replace.values(), *overlay.change.values()]
    spans += [(by.in_force.from_, by.in_force.to) for by in rewritten if by.in_force]
    for dated in (getattr(by, bound) for by in rewritten for bound in (*BOUNDS, *DAY_BOUNDS.values())):
        spans += [(value.from_, value.to) for value in dated] if isinstance(dated, tuple) else []
    for from_, to in spans:
        days.add(from_)
        if to is not None and to < dt.date.max:
            days.add(to + ONE_DAY)
    return sorted(day for day in days if day.year in period)


def beginnings(loaded: LoadedSet, overlays: Sequence[Overlay]) -> set[dt.date]:
    """Return the days on which a dated value, an indicator or a later decision begins to count, or a decision has ceased to."""
    laid = every(loaded, overlays)
    days = {overlay.effective.from_ for overlay in laid}
    days |= {overlay.effective.to + ONE_DAY for overlay in laid if overlay.effective.to}
    for node in ever(loaded, laid).nodes():
        days |= {value.from_ for value in node.dated}
        if isinstance(node, IndicatorWritten) and node.in_force:
            days.add(node.in_force.from_)
    return days


def _of(overlay: Overlay) -> Iterator[NodeWritten]:
    """Yield every rule that a decision writes."""
    for added in overlay.add:
        for node in added.nodes:
            yield from node.walk()
    for by in overlay.replace.values():
        yield from by.walk()


def ever(loaded: LoadedSet, overlays: Sequence[Overlay]) -> LoadedSet:
    """Return a set with every rule that it has on some day, and everything they need: for whoever reads figures of any year.

    A measure may lie where it may lie on any day. It is no law of any day: never resolve it.
    """
    laid = in_order(every(loaded, overlays))
    if not any(overlay.amends for overlay in laid):
        return loaded
    days = []
    for province in dict.fromkeys(overlay.province for overlay in laid):
        own = [overlay for overlay in laid if overlay.province in (None, province)]
        days += [written_on(loaded, own, day) for day in turning_days(loaded, own)]
    criteria = {
        id_: tuple({id(indicator): indicator for day in days for indicator in day.rules.get(id_, ())}.values())
        for id_ in {id_: None for day in days for id_ in day.rules}
    }
    headers = {one.id: one for day in days for one in day.header.criteria}
    conditions = tuple({id(indicator): indicator for day in days for indicator in day.conditions}.values())
    whole = defined(loaded, laid)
    whole = replace(whole, header=whole.header.model_copy(update={"criteria": tuple(headers.values())}))
    measures = {id_: _widened(measure, loaded, laid) for id_, measure in whole.measures.items()}
    return replace(whole, rules=criteria, conditions=conditions, measures=measures)


def _widened(measure: Measure, loaded: LoadedSet, laid: Sequence[Overlay]) -> Measure:
    """Return a measure with a range that holds every range it is ever given."""
    states = [m for overlay in laid for m in overlay.measures if m.id == measure.id]
    states += [loaded.measures[measure.id]] if measure.id in loaded.measures else []
    lows = [state.range.min if state.range else None for state in states]
    highs = [state.range.max if state.range else None for state in states]
    low = None if None in lows else min(one for one in lows if one is not None)
    high = None if None in highs else max(one for one in highs if one is not None)
    return measure.model_copy(update={"range": Range(min=low, max=high) if (low, high) != (None, None) else None})
