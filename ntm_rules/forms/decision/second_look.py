"""What is odd about a filled form as a whole and possible all the same: its days, its order of groups, who issued it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ntm_rules.dataset.cells.texts import key
from ntm_rules.forms.decision import layout
from ntm_rules.i18n import Message, written_day
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Decision
from ntm_rules.workbench.overlays.filled import DocumentFilled, TargetFilled

_LAST_MONTH = 12
_A_YEAR = dt.timedelta(days=366)
_ENOUGH = 2
"""How many targets must agree on an order of the groups before another is odd."""


def odd_days(loaded: LoadedSet, days: Mapping[str, dt.date | None]) -> Iterator[tuple[str, Message]]:
    """Yield fields of the document whose day is odd, each with what to say; `days`: the fields filled in."""
    date, from_ = days[layout.DATE], days[layout.FROM]
    rests_on = [d for d in loaded.header.documents if d.id in loaded.header.legal_basis and d.date is not None]
    newest = max((d.date for d in rests_on if d.date), default=None)
    if date is not None and newest is not None and date < newest:
        number = next(d.number or d.id for d in rests_on if d.date == newest)
        said = Message(
            "dated before {number} of {day}, on which this set rests; check the day",
            number=number,
            day=written_day(newest),
        )
        yield layout.DATE, said
    if date is not None and from_ is not None and abs(from_ - date) > _A_YEAR:
        yield layout.FROM, Message("more than a year from the date of the document; check both")
    if _in_order(days, newest):
        return
    for field, day in days.items():
        if day is None or day.day > _LAST_MONTH or day.day == day.month:
            continue
        exchanged = day.replace(day=day.month, month=day.day)
        if _in_order({**days, field: exchanged}, newest):
            said = Message(
                "read as {day}; with day and month exchanged, {exchanged}, the days would be in order",
                day=written_day(day),
                exchanged=written_day(exchanged),
            )
            yield field, said


def _in_order(days: Mapping[str, dt.date | None], newest: dt.date | None) -> bool:
    wanted = (newest, *(days[field] for field in (layout.DATE, layout.PROMULGATED, layout.FROM, layout.TO)))
    given = [day for day in wanted if day is not None]
    return given == sorted(given)


def odd_order(targets: Sequence[TargetFilled], groups: Sequence[str]) -> Iterator[Message]:
    """Yield the targets whose groups stand in another order, from easy to hard, than most of the others'.

    Which group has it easier is not known; only that nearly every target of one decision agrees on it.
    """
    orders = {
        target.place.requirement.id: order
        for target in targets
        if isinstance(target.value, Mapping) and (order := _order(target, target.value, groups))
    }
    if not orders:
        return
    (usual, count), *_rest = Counter(orders.values()).most_common(1)
    others = [id_ for id_, order in orders.items() if order != usual]
    if usual == _MIXED or count < _ENOUGH or count <= len(others):
        return
    for id_ in others:
        yield Message(
            "{id}: the order of the groups, from the easier to the harder target, differs from that of {count} other"
            " targets; check that no values were exchanged",
            id=id_,
            count=count,
        )


_MIXED = "mixed"


def _order(target: TargetFilled, values: Mapping[str, Decimal], groups: Sequence[str]) -> str:
    """Return whether the targets grow harder or easier from the first group to the last; empty when all are equal."""
    given = [values[group] for group in groups if group in values]
    if target.place.requirement.comparator.is_ceiling:
        given = [-value for value in given]
    if len(set(given)) <= 1:
        return ""
    return "harder" if given == sorted(given) else "easier" if given == sorted(given, reverse=True) else _MIXED


def other_bodies(loaded: LoadedSet, document: DocumentFilled, targets: Sequence[TargetFilled]) -> Iterator[Message]:
    """Yield the decisions awaited, some of whose targets are filled in, that plainly are not this document.

    That is a decision of a body outside the set's agencies that did not issue the document; of such a body's
    own decision, it is every other one.
    """
    if not document.issuer:
        return
    filled: dict[str, list[str]] = {}
    for target in targets:
        if target.place.pending is not None:
            filled.setdefault(target.place.pending.decision, []).append(target.place.requirement.id)
    decisions = [decision for decision in loaded.header.decisions if decision.id in filled]
    own = [decision for decision in decisions if _issued(document, decision)]
    for awaited in decisions:
        ids, title = ", ".join(filled[awaited.id]), awaited.title
        if awaited in own:
            continue
        if awaited.owed_by_text is not None:
            yield Message(
                "{ids}: awaited from “{title}” of {body}, not from this document; check that it may fix them",
                ids=ids,
                title=title,
                body=awaited.owed_by_text,
            )
        elif own:
            yield Message(
                "{ids}: awaited from “{title}”, not from this document; check that it may fix them",
                ids=ids,
                title=title,
            )


def _issued(document: DocumentFilled, awaited: Decision) -> bool:
    """Tell whether a body outside the set's agencies that owes a decision issued the document."""
    if awaited.owed_by_text is None:
        return False
    issuer = key(document.issuer)
    return any(
        name in issuer or issuer in name for name in (key(awaited.owed_by_text.vi), key(awaited.owed_by_text.en))
    )
