"""The lead agencies side by side: the bottlenecks, and how much of what each leads is not met."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_rules.i18n import _
from ntm_rules.report.html.values import Bars, Cell, FilterItem, Head, Lengths, PageTable, Row, counted, look, named
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.pictures import BarOf, bars, share_of
from ntm_rules.report.site.views.sheet import not_met_words, share_words
from ntm_rules.report.tables.agencies import shared_indicators
from ntm_rules.standing.agencies import AgencyStanding, by_effect
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.standards import completing_words
from ntm_rules.wording.values import number


@dataclass(frozen=True, slots=True)
class Agencies:
    """What the page of the agencies shows."""

    bottlenecks: Lengths | None
    """None where no agency alone would give any commune a further criterion."""
    bars: Bars
    shared: str
    """Indicators that several agencies lead, which count for each of them."""
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
        ", ".join(shared_indicators([contents.evaluation])),
        PageTable(
            _("Lead agencies"),
            [
                Head(_("Lead agency")),
                *(
                    Head(words, "number")
                    for words in (
                        _("Indicators led"),
                        _("Commune-indicators judged"),
                        *(verdict.label for verdict in LEGEND_ORDER),
                        _("Conclusions awaited"),
                        _("Held up by another agency"),
                        _("Share not met"),
                        _("Communes that would gain a criterion"),
                        _("Criteria they would gain"),
                        _("Communes that would meet all that can be judged")
                        if layout.rules.standard is None
                        else completing_words(layout.rules.standard),
                    )
                ),
            ],
            [_row(layout, one, total) for one in found],
            look="sortable",
            unseen=_("The lead agencies in {year}", year=contents.year),
            filtered=True,
        ),
    )


def _bar(layout: Layout, one: AgencyStanding) -> BarOf:
    rest = one.not_applicable + one.elsewhere
    counts = dict(zip(LEGEND_ORDER, (one.met, one.not_met, one.no_data, one.no_target, rest), strict=True))
    name = layout.agency(one.agency)
    return BarOf(name.words, name.address, counts, not_met_words(one))


def _row(layout: Layout, one: AgencyStanding, total: int) -> Row:
    page = layout.links.to("agency", one.agency)
    numbers = (one.met, one.not_met, one.owed, one.no_target, one.not_applicable)
    of = sum(numbers) + one.ruling + one.elsewhere

    def plain(n: int, words: object) -> Cell:
        return Cell(words, "number", n, page)

    return Row(
        [
            named(layout.agency(one.agency)),
            plain(one.indicators, one.indicators),
            plain(of, number(of)),
            *(counted(n, number(n), page, look(v)) for v, n in zip(LEGEND_ORDER, numbers, strict=True)),
            counted(one.ruling, number(one.ruling), page),
            plain(one.elsewhere, number(one.elsewhere)),
            Cell(share_words(one.share), "number", float(one.share)),
            plain(one.gaining, f"{one.gaining}/{total}"),
            plain(one.criteria_gained, number(one.criteria_gained)),
            plain(one.completing, f"{one.completing}/{total}"),
        ],
        FilterItem(agency_name(layout.rules, one.agency)),
    )
