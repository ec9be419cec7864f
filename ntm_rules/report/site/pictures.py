"""Pictures made of the page itself: bars of verdicts and plain bars, worked out to their widths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Badge, Bar, BarPart, Bars, Length, look
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.wording.standing import met_of

Counts = Mapping[Verdict, int]
ROOM_FOR_LETTER, ROOM_FOR_DIGIT, ROOM_FOR_NUMBER = 9, 16, 11
"""A part of a bar has room for its letter and number, for one digit, for a number, from this share of the bar."""


class BarOf(NamedTuple):
    """What a bar is drawn of."""

    label: object
    address: str | None
    counts: Counts
    end: str | None = None
    """What stands at its end; None for how many are met."""


def strip(counts: Counts, longest: int | None = None) -> list[BarPart]:
    """Return how many there are of each verdict as the parts of one bar, of which `longest` is the whole width."""
    total = sum(counts.values())
    return [_part(verdict, counts[verdict], total, longest or total) for verdict in _there(counts)]


def _part(verdict: Verdict, n: int, total: int, longest: int) -> BarPart:
    letter = n * ROOM_FOR_LETTER >= longest
    digits = letter or n * (ROOM_FOR_DIGIT if n < 10 else ROOM_FOR_NUMBER) >= longest
    return BarPart(
        look(verdict),
        n,
        f"{verdict.label}: {n}/{total}",
        str(verdict.letter) if letter else "",
        len(str(n)) if digits else 0,
    )


def _there(counts: Counts) -> list[Verdict]:
    return [verdict for verdict in LEGEND_ORDER if counts[verdict]]


def bars(title: str, rows: Sequence[BarOf], *, narrow: bool = False) -> Bars:
    """Return bars of parts on one common scale."""
    totals = [sum(row.counts.values()) for row in rows]
    longest = max(totals, default=0)
    return Bars(
        title,
        [
            Bar(
                Link(row.label, row.address),
                round(100 * total / longest, 2) if longest else 0,
                strip(row.counts, longest),
                met_of(row.counts) if row.end is None else row.end,
                "; ".join(f"{verdict.label}: {row.counts[verdict]}" for verdict in _there(row.counts)),
            )
            for row, total in zip(rows, totals, strict=True)
        ],
        narrow,
    )


def share_of(label: object, n: int, total: int) -> Length:
    """Return a plain bar of a count on the scale of all communes."""
    return Length(label, round(100 * n / total, 2) if n else None, f"{n}/{total}", "counted")


def badges(counts: Counts, address: str = "") -> list[Badge]:
    """Return how many there are of each verdict, leading to where each is told; those without any are left out."""
    return [Badge(look(v), v.letter, f"{v.label}: {counts[v]}", address) for v in _there(counts)]


def letters(counts: Iterable[Verdict]) -> list[Badge]:
    """Return the verdicts that there are, in the order of the legend."""
    there = set(counts)
    return [Badge(look(v), v.letter, v.label) for v in LEGEND_ORDER if v in there]
