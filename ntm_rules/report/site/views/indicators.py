"""The indicators by criterion: in how many communes each has which verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.html.values import Badge, Cell, FilterItem, Head, PageTable, Row, counted, look, named
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.pictures import badges
from ntm_rules.rulebook.criteria_set import Indicator
from ntm_rules.wording.titles import criterion_title


@dataclass(frozen=True, slots=True)
class IndicatorSection:
    """The indicators of a criterion, or the further conditions."""

    anchor: str
    title: str
    counts: Sequence[Badge]
    table: PageTable


@dataclass(frozen=True, slots=True)
class Indicators:
    """What the page of the indicators shows."""

    only_rulings: str
    sections: Sequence[IndicatorSection]


def indicators(layout: Layout) -> Indicators:
    """Return what the page of the indicators shows."""
    return Indicators(layout.contents.only_rulings("indicator"), list(_sections(layout)))


def _sections(layout: Layout) -> Iterator[IndicatorSection]:
    for row, one in layout.criteria():
        counts = badges(layout.contents.counts(row), layout.to("index", "tung-xa"))
        table = _table(layout, _("Indicators of criterion {id}", id=one.id), one.indicators)
        yield IndicatorSection(layout.here(one.id, "criterion"), criterion_title(one), counts, table)
    if layout.rules.conditions:
        title = _("Further conditions of recognition")
        yield IndicatorSection("dieu-kien", title, (), _table(layout, title, layout.rules.conditions))


def _table(layout: Layout, title: str, found: Sequence[Indicator]) -> PageTable:
    verdicts = [Head(verdict.label, "number") for verdict in LEGEND_ORDER]
    heads = [Head(_("No.")), Head(_("Indicator")), *verdicts, Head(_("Lead agency"))]
    return PageTable(title, heads, [_row(layout, one) for one in found], look="sortable")


def _row(layout: Layout, one: Indicator) -> Row:
    contents, page = layout.contents, layout.of_indicator(one.id)
    counts, total = contents.counts(contents.row(one.id)), len(contents.reported)
    return Row(
        [
            named(one.id, page),
            Cell(one.words, "text", address=page),
            *(counted(counts[v], f"{counts[v]}/{total}", page, look(v)) for v in LEGEND_ORDER),
            Cell(layout.agencies(one.leads())),
        ],
        FilterItem(f"{one.id} {one.words}", open=counts[Verdict.NOT_MET] > 0),
    )
