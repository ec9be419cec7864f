"""The lead agencies side by side: the bottlenecks, and how much of what each leads is not met."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.values import Bars, FilterItem, Lengths, PageTable, look
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.pictures import BarOf, bars, share_of
from ntm_rules.report.site.views.sheet import not_met_words, share_words
from ntm_rules.report.tables.agencies import agencies as agency_table
from ntm_rules.report.tables.agencies import shared_indicators
from ntm_rules.report.tables.table import Cell
from ntm_rules.standing.agencies import AgencyStanding, by_effect
from ntm_rules.wording.agencies import agency_name, shared_words
from ntm_rules.wording.standards import completing_words
from ntm_rules.wording.values import number

COUNTS = {
    "met": look(Verdict.MET),
    "not_met": look(Verdict.NOT_MET),
    "without_figures": look(Verdict.NO_DATA),
    "no_target": look(Verdict.NO_TARGET),
    "not_applicable": look(Verdict.NOT_APPLICABLE),
    "ruling_awaited": "",
}
"""Columns of what is counted by verdict, in the order of the legend, and of conclusions awaited -> their looks."""
GAINS = ("communes_gaining", "criteria_gained", "communes_completing")
SIZES = ("indicators", "judged", "elsewhere", *GAINS)


@dataclass(frozen=True, slots=True)
class Agencies:
    """What the page of the agencies shows."""

    bottlenecks: Lengths | None
    """None where no agency alone would give any commune a further criterion."""
    bars: Bars
    shared: str
    """What is said of indicators that several agencies lead."""
    table: PageTable


def agencies(layout: Layout) -> Agencies:
    """Return what the page of the agencies shows."""
    contents, found = layout.contents, layout.contents.overview.agencies
    total = len(contents.reported)
    stuck = [one for one in by_effect(found) if one.gaining]
    bottlenecks = Lengths(
        _("Communes that would gain at least one criterion if the agency finished all that it leads"),
        [share_of(layout.agency(one.agency), one.gaining, total) for one in stuck],
        _("The whole width is all {total} communes.", total=total),
    )
    return Agencies(
        bottlenecks if stuck else None,
        bars(_("What the lead agencies' indicators stand at, on one scale"), [_bar(layout, one) for one in found]),
        shared_words(shared) if (shared := shared_indicators([contents.evaluation])) else "",
        _table(layout, total),
    )


def _bar(layout: Layout, one: AgencyStanding) -> BarOf:
    rest = one.not_applicable + one.elsewhere
    counts = dict(zip(LEGEND_ORDER, (one.met, one.not_met, one.no_data, one.no_target, rest), strict=True))
    name = layout.agency(one.agency)
    return BarOf(name.words, name.address, counts, not_met_words(one))


def _number(n: Cell) -> str:
    assert isinstance(n, int)
    return number(n)


def _share(share: Cell) -> str:
    assert isinstance(share, Fraction)
    return share_words(share)


def _table(layout: Layout, total: int) -> PageTable:
    rules, standings = layout.rules, layout.contents.overview.agencies
    made = agency_table([layout.contents.overview])
    made = made.only("agency", *("indicators", "judged"), *COUNTS, "elsewhere", "share_not_met", *GAINS)
    made = made.headed(
        without_figures=str(Verdict.NO_DATA.label),
        communes_gaining=_("Communes that would gain a criterion"),
        criteria_gained=_("Criteria they would gain"),
        communes_completing=_("Communes that would meet all that can be judged")
        if rules.standard is None
        else completing_words(rules.standard),
    )
    pages = [layout.links.to("agency", one.agency) for one in standings]
    shown = made.with_cells(_number, "judged", "elsewhere", "criteria_gained").with_cells(_share, "share_not_met")
    return drawn(
        shown.with_cells(lambda n: f"{n}/{total}", "communes_gaining", "communes_completing"),
        _("Lead agencies"),
        ("agency",),
        {key: pages for key in made.keys if key != "share_not_met"},
        counts=COUNTS,
        sorts={key: made.column(key) for key in SIZES} | {"share_not_met": [float(one.share) for one in standings]},
        items=[FilterItem(agency_name(rules, one.agency)) for one in standings],
        look="sortable",
        unseen=_("The lead agencies in {year}", year=layout.contents.year),
    )
