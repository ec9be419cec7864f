"""One agency: its indicators and requirements over all communes, and who stands where because of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.charts.chart import year_of
from ntm_rules.report.hamlet_texts import told_with_hamlets
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Badge, Bars, FilterItem, PageTable, badge_of, look
from ntm_rules.report.site.layout import Layout, TargetWords
from ntm_rules.report.site.pictures import BarOf, bars
from ntm_rules.report.tables.agency_work import requirements_led
from ntm_rules.report.tables.missed import missed_of_requirement
from ntm_rules.standing.lacks import Lack
from ntm_rules.standing.led import Led
from ntm_rules.standing.values import Lacking
from ntm_rules.wording.phrases import opening, shortened
from ntm_rules.wording.standing import lacking_words

COUNTS = {
    "not_met": look(Verdict.NOT_MET),
    "owed": look(Verdict.NO_DATA),
    "rulings": look(Verdict.NO_DATA),
    "awaiting": look(Verdict.NO_TARGET),
}
"""Columns of what is counted -> their looks."""
LONGEST = 90
"""Characters of an indicator's words beside its bar."""


@dataclass(frozen=True, slots=True)
class CommuneWords:
    """One commune, and what is said of it."""

    item: FilterItem
    commune: Link
    words: Link


class CommunesTold(NamedTuple):
    """Communes in whose way it stands alike."""

    title: str
    communes: Sequence[CommuneWords]


@dataclass(frozen=True, slots=True)
class LedWords:
    """One requirement that the agency leads."""

    id: str
    anchor: str
    words: str
    indicator: Link
    target: TargetWords
    badges: Sequence[Badge]
    short: PageTable | None
    owing: CommunesTold
    concluding: CommunesTold
    awaiting: int


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """What the page of an agency shows."""

    bars: Bars | None
    years: Bars | None
    """Its indicators in each year; None of one year."""
    table: PageTable
    led: Sequence[LedWords]


def agency(layout: Layout, id_: str) -> AgencyPage:
    """Return what the page of an agency shows."""
    contents = layout.contents
    led = contents.overview.led.get(id_, ())
    rows = [
        BarOf(
            shortened(f"{one.id} {one.words}", LONGEST),
            layout.of_indicator(one.id),
            contents.counts(contents.row(one.id)),
        )
        for one in contents.indicators
        if one.criterion and id_ in one.leads()
    ]
    return AgencyPage(
        bars(_("Its indicators over all communes"), rows) if rows else None,
        _years(layout, id_) if rows and len(contents.trend_years) > 1 else None,
        _table(layout, led),
        [_words(layout, one) for one in led],
    )


def _years(layout: Layout, id_: str) -> Bars:
    """Return how the indicators that the agency leads stood in each year, each by its own law."""
    rows = []
    for evaluation, records in layout.contents.years:
        led = {one.id for one in evaluation.rules.indicators() if one.criterion and id_ in one.leads()}
        its = [row for row in evaluation.level("indicator") if evaluation.table[row].id in led]
        rows.append(BarOf(year_of(evaluation), None, evaluation.tally(its, records)))
    return bars(_("Its indicators year by year"), rows, narrow=True)


def _table(layout: Layout, led: Sequence[Led]) -> PageTable:
    here = [f"#{layout.here(one.requirement.id)}" for one in led]
    return drawn(
        requirements_led(led),
        _("Its requirements over all communes"),
        ("id",),
        dict.fromkeys(("id", *COUNTS), here) | {"words": [layout.of_indicator(one.indicator.id) for one in led]},
        looks={"words": "text"},
        counts=COUNTS,
        of=len(layout.contents.reported),
        look="sortable",
        unseen=_("How many communes each requirement stands in the way of"),
    )


def _words(layout: Layout, one: Led) -> LedWords:
    id_ = one.requirement.id
    words, total = _("Indicator {id} over all communes", id=one.indicator.id), len(layout.contents.reported)
    owing = _("Figures owed by {n} of {total} communes", n=len(one.owing), total=total)
    concluding = _("Awaiting a conclusion or a group, {n} of {total} communes", n=len(one.concluding), total=total)
    return LedWords(
        id_,
        layout.here(id_),
        opening(one.requirement.words),
        layout.link("indicator", one.indicator.id, words),
        layout.target(one.requirement),
        list(_badges(one, total)),
        _short(layout, one) if one.short else None,
        CommunesTold(owing, list(_told(layout, one.owing))),
        CommunesTold(concluding, list(_told(layout, one.concluding))),
        len(one.awaiting),
    )


def _short(layout: Layout, one: Led) -> PageTable:
    records, id_ = [record for record, _gap in one.short], one.requirement.id
    helds = [layout.held(one.requirement, record) for record in records]
    places = range(1, len(records) + 1)
    names = [layout.contents.records[record].name for record in records]
    return drawn(
        missed_of_requirement(zip(names, helds, strict=True)),
        _("Who is short, the nearest first: {id}", id=id_),
        ("commune",),
        {
            "commune": [layout.commune(record).address for record in records],
            "reported": [layout.why(record, id_) for record in records],
        },
        _(
            "Not met: {n} of {total} communes, the nearest first",
            n=len(records),
            total=len(layout.contents.reported),
        ),
        sorts={"reported": places, "missing": places},
        asides={"reported": [held.counted for held in helds]},
        cards=("reported", "target", "missing"),
        items=list(map(FilterItem, names)),
        filtered=False,
        look="sortable stack",
    )


def _badges(one: Led, total: int) -> Iterator[Badge]:
    """Yield how many communes it stands in the way of, by verdict; a conclusion awaited has no letter of its own."""
    numbers = ((Verdict.NOT_MET, one.short), (Verdict.NO_DATA, one.owing), (Verdict.NO_TARGET, one.awaiting))
    for verdict, found in numbers:
        if found:
            badge = badge_of(verdict)
            yield badge._replace(words=f"{badge.words}: {len(found)}/{total}")
    if one.concluding:
        words = _("Conclusions awaited")
        yield Badge(look(Verdict.NO_DATA), "?", f"{words}: {len(one.concluding)}/{total}")


def _told(layout: Layout, found: Iterable[tuple[int, Lacking]]) -> Iterator[CommuneWords]:
    for record, lacking in found:
        words = lacking_words(layout.rules, lacking)
        if lacking.lack is Lack.FIGURE:
            words = told_with_hamlets(words, layout.contents.evaluation, record, lacking.requirement)
        address = layout.why(record, lacking.requirement.id)
        yield CommuneWords(
            FilterItem(layout.contents.records[record].name), layout.commune(record), Link(words, address)
        )
