"""One page for a leader: few parts, short words, whatever the set holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link, in_a_row
from ntm_rules.report.html.values import Number
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.tiles import Tiles, criteria_tiles
from ntm_rules.report.site.views.answers import answers
from ntm_rules.standing.agencies import AgencyStanding, by_effect
from ntm_rules.standing.awaited import AwaitedDocument
from ntm_rules.standing.lacks import Lack
from ntm_rules.standing.nearest import Ranked
from ntm_rules.standing.values import Move
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.decisions import decision_owner_words, overdue_words, waiting_counts
from ntm_rules.wording.phrases import shortened
from ntm_rules.wording.standards import communes_meet_words, left_words
from ntm_rules.wording.standing import headline
from ntm_rules.wording.values import number

MOST_ROWS, MOST_TILES, MOST_AWAITED = 8, 60, 4
"""Rows and tiles of a map that the page has room for; documents awaited that it lists."""
MOST_NEAREST, MOST_NAMED, MOST_BOTTLENECKS, MOST_FALLEN = 5, 3, 3, 5
"""Communes among the nearest, requirements in the way of one of them, agencies, and communes no longer up to it."""


def share_words(share: Fraction) -> str:
    """Return a share in whole per cent, to the nearest; what is neither nothing nor all never looks so.

    >>> share_words(Fraction(2, 3)), share_words(Fraction(999, 1000)), share_words(Fraction(1, 999))
    ('67%', '99%', '1%')
    """
    return f"{nearest_to(share * 100, 0)}%"


def not_met_words(one: AgencyStanding) -> str:
    """Return how much of what an agency leads is not met, by number and by share."""
    return _(
        "{n} not met, {share} of {of}",
        n=number(one.not_met),
        share=share_words(one.share),
        of=number(one.applicable),
    )


@dataclass(frozen=True, slots=True)
class Near:
    """One of the nearest communes, and what is left to it."""

    place: int
    commune: Link
    words: str


@dataclass(frozen=True, slots=True)
class Waits:
    """A document that targets wait for."""

    words: str
    overdue: str
    counts: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the single page shows."""

    headline: Sequence[str]
    numbers: Sequence[Number]
    map: Tiles | None
    """None also where it is too large for the page."""
    nearest: Sequence[Near]
    bottlenecks: Sequence[tuple[Link, str]]
    awaited: Sequence[Waits]
    more_awaited: str
    lacking: str
    moved: str
    fallen: str
    """The names of communes recognised and no longer up to it."""
    fallen_in_all: int
    index: str
    documents: str
    """Where the first page lists the documents."""
    no_longer: str
    """Where it lists the communes no longer up to it."""
    answers: Sequence[tuple[str, Markup]]
    """The four questions about the plan's number of communes, each answered; they take the place of bottlenecks and documents."""


def sheet(layout: Layout) -> Sheet:
    """Return what the single page shows."""
    contents, view = layout.contents, layout.contents.overview
    map_ = criteria_tiles(layout)
    fallen = [one.name for one in view.recognised if one.no_longer]
    more = len(view.awaited) - MOST_AWAITED
    lacks = contents.lacks_in_all
    return Sheet(
        headline=[f"{line}." for line in headline(layout.rules, view.ceiling)],
        numbers=list(_numbers(layout)),
        map=map_ if map_ and map_.rows <= MOST_ROWS and len(map_.tiles) <= MOST_TILES else None,
        nearest=[
            Near(one.place, layout.commune(one.record), _left_words(layout, one)) for one in view.nearest[:MOST_NEAREST]
        ],
        bottlenecks=[
            (layout.agency(one.agency), _effect_words(one, len(view.reported)))
            for one in [one for one in by_effect(view.agencies) if one.gaining][:MOST_BOTTLENECKS]
        ],
        awaited=[_waits(layout, one) for one in view.awaited[:MOST_AWAITED]],
        more_awaited=_("and {n} more documents", n=more) if more > 0 else "",
        lacking=_(
            "Requirements lacking figures: {owed}. Of competent bodies: {rulings} conclusions awaited.",
            owed=number(lacks[Lack.FIGURE]),
            rulings=number(lacks[Lack.RULING]),
        ),
        moved=_moved(layout),
        fallen=", ".join(fallen[:MOST_FALLEN]) + ("…" if len(fallen) > MOST_FALLEN else ""),
        fallen_in_all=len(fallen),
        index=layout.to("index"),
        documents=layout.to("index", "van-ban-cho"),
        no_longer=layout.to("index", "khong-con-dat-du"),
        answers=[(one.question, in_a_row(one.lines, " ")) for one in answers(layout)],
    )


def _numbers(layout: Layout) -> Iterator[Number]:
    contents, view = layout.contents, layout.contents.overview
    total, within = len(view.reported), len(layout.rules.communes.within())
    words = _("communes have a usable report")
    if contents.unread or contents.silent:
        missing = _("{n} not usable, {m} not handed in", n=len(contents.unread), m=len(contents.silent))
        words += f" ({missing})"
    yield Number(layout.to("index"), f"{total}/{within}", words)
    words = _("communes meet the most that can be met today")
    yield Number(layout.to("nearest"), f"{view.ceiling.reached}/{total}", words)
    yield Number(layout.to("nearest"), f"{contents.meeting_all}/{total}", communes_meet_words(layout.rules))
    met, of = contents.cells[Verdict.MET], contents.judgeable
    yield Number(
        layout.to("indicators"),
        share_words(Fraction(met, of)) if of else "–",
        _("of the commune-indicators that can be judged are met ({met} of {of})", met=number(met), of=number(of)),
    )
    if not view.awaited:
        yield Number(layout.to("index"), "0", _("documents awaited: every target is fixed"))
        return
    yield Number(
        layout.to("index", "van-ban-cho"),
        f"{sum(one.overdue > 0 for one in view.awaited)}/{len(view.awaited)}",
        _("documents awaited are overdue, counted to {day}", day=on_day(contents.day)),
    )


def _left_words(layout: Layout, one: Ranked) -> str:
    standard = layout.rules.standard
    gaps = [requirement.id for requirement, _gap in layout.contents.overview.gaps[one.record]]
    left = _("meets all that can be judged")
    if gaps:
        left = _("nothing left in the way; not met all the same")
    if one.commune.meets_all and standard is not None:
        left = _("meets the standard of the set")
    if one.criteria_left or one.left.requirements:
        said = {"n": one.criteria_left, "m": one.left.requirements}
        left = _("{n} criteria left, {m} requirements in the way", **said)
        if standard is not None:
            left = _("{left}: {n}, {m} requirements in the way", left=left_words(standard), **said)
    if gaps:
        named = ", ".join(gaps[:MOST_NAMED]) + (", …" if len(gaps) > MOST_NAMED else "")
        named = named if standard is None else _("not met: {ids}", ids=named)
        left += f" ({named})"
    waiting = _("{n} criteria wait for the law", n=one.waiting) if one.waiting else ""
    owed = _("{n} lack figures", n=one.commune.owed) if one.commune.owed else ""
    return "; ".join(part for part in (left, waiting, owed) if part)


def _effect_words(one: AgencyStanding, total: int) -> str:
    effect = _(
        "if it finished, {n} of {total} communes would gain {m} criteria",
        n=one.gaining,
        total=total,
        m=one.criteria_gained,
    )
    return f"{effect} ({not_met_words(one)})"


def _waits(layout: Layout, one: AwaitedDocument) -> Waits:
    words = shortened(one.title or _("no value is in force, and no decision is named"), 160)
    owner = decision_owner_words(layout.rules, one)
    if owner:
        due = "; " + _("due {day}", day=on_day(one.due)) if one.due else ""
        words += f" ({shortened(owner, 60)}{due})"
    return Waits(words, overdue_words(one), waiting_counts(one))


def _moved(layout: Layout) -> str:
    years = layout.contents.overview.years
    if years is None:
        return ""
    rose, fell, unknown = (len(years.of_level("criterion", m)) for m in (Move.ROSE, Move.FELL, Move.UNKNOWN_NOW))
    words = _(
        "Since {year}: {rose} commune-criteria now met, {fell} no longer met.",
        year=years.totals[0].year,
        rose=rose,
        fell=fell,
    )
    return words + (" " + _("{n} were met and cannot be judged now.", n=unknown) if unknown else "")
