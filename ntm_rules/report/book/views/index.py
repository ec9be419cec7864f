"""The contents of the book: the set in figures, its indicators, agencies, decisions, overlays and documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ntm_rules.i18n import _
from ntm_rules.report.book.layout import BookLayout
from ntm_rules.report.book.people import Waiting
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.links import Link, in_a_row
from ntm_rules.report.html.values import Cell, PageTable, named, stacked
from ntm_rules.report.html.words import vietnamese
from ntm_rules.report.tables.in_figures import in_figures
from ntm_rules.rulebook.criteria_set import Criterion, Indicator
from ntm_rules.rulebook.models import Document, Overlay
from ntm_rules.wording.amendments import whole_amendments
from ntm_rules.wording.decisions import decision_due_words
from ntm_rules.wording.standards import asked_words
from ntm_rules.wording.titles import numbered_title


@dataclass(frozen=True, slots=True)
class OverlayWords:
    """A later document that was laid on, or is not in force."""

    overlay: Overlay
    anchor: str
    laid_on: bool
    sets: Markup
    groups: Markup
    """The communes whose group it names."""


@dataclass(frozen=True, slots=True)
class BookIndex:
    """What the first page of the book shows."""

    parts: dict[str, str]
    """The parts of the page, and the anchor of each."""
    law_hash: str
    legal_basis: Markup
    standard: str
    """What the set's own standard asks; empty where every criterion must be met."""
    amended: Sequence[str]
    """What later documents did to it, to criteria and bands."""
    figures: PageTable
    """The set in figures."""
    criteria: Sequence[tuple[Link, PageTable]]
    conditions: PageTable | None
    agencies: PageTable
    decisions: PageTable | None
    overlays: Sequence[OverlayWords]
    documents: Sequence[tuple[str, Document, Link | None]]
    """Anchor; the document; the way to its text where the book holds it."""


def indicator_table(layout: BookLayout, caption: str, indicators: Iterable[Indicator]) -> PageTable:
    """Return indicators as a table: number, words, lead agencies, state."""
    heads = (_("No."), _("Indicator"), _("Lead agency"), _("Target"))
    rows = [
        (
            named(layout.indicator(one.id)),
            Cell(layout.link("indicator", one.id, one.words)),
            Cell(layout.agencies(one.leads())),
            Cell("", badge=layout.state(one.requirements())),
        )
        for one in indicators
    ]
    return stacked("indicators", caption, heads, rows)


def waiting_in(waiting: Iterable[Waiting]) -> int:
    """Return how many requirements wait."""
    return sum(len(one.requirements) for one in waiting)


def index(layout: BookLayout) -> BookIndex:
    """Return what the first page of the book shows."""
    contents, rules = layout.contents, layout.rules
    return BookIndex(
        parts={name: layout.anchors.of("part", id_) for name, id_ in PARTS.items()},
        law_hash=contents.law_hash,
        legal_basis=in_a_row(map(layout.document, contents.legal_basis), "; "),
        standard=asked_words(rules, rules.standard) if rules.standard else "",
        amended=list(whole_amendments(rules)),
        figures=drawn(in_figures(rules), "", ("counted",), caption=_("The set in figures"), look="counts"),
        criteria=[
            (layout.link("criterion", one.id, numbered_title(one)), criterion_table(layout, one))
            for one in rules.criteria
        ],
        conditions=indicator_table(layout, _("Conditions beside the criteria"), rules.conditions)
        if rules.conditions
        else None,
        agencies=_agencies(layout),
        decisions=_decisions(layout) if rules.decisions else None,
        overlays=[_overlay(layout, position, one) for position, one in enumerate(contents.overlays)],
        documents=[
            (
                layout.anchors.of("document", one.id),
                one,
                layout.link("text", one.id, _("Read the text")) if one.id in contents.texts else None,
            )
            for one in rules.documents.values()
        ],
    )


PARTS = {
    "criteria": "tieu-chi",
    "conditions": "dieu-kien",
    "agencies": "co-quan",
    "decisions": "van-ban-cho",
    "overlays": "cu-the-hoa",
    "documents": "van-ban",
}
"""The parts of the page, by the anchors they have."""


def criterion_table(layout: BookLayout, one: Criterion) -> PageTable:
    """Return the indicators of a criterion."""
    return indicator_table(layout, _("Indicators of criterion {id}", id=one.id), one.indicators)


def _agencies(layout: BookLayout) -> PageTable:
    heads = (_("Agency"), _("Indicators led"), _("Requirements awaiting a target"), _("Decisions owed"))
    rows = [
        (
            named(layout.agency(id_)),
            *(Cell(n or "–") for n in (len(work.leads), waiting_in(work.waiting), len(work.owes))),
        )
        for id_, work in layout.contents.agencies.items()
    ]
    return stacked("agencies", _("Who leads what"), heads, rows)


def _decisions(layout: BookLayout) -> PageTable:
    heads = (_("Decision"), _("Owed by"), _("Due"), _("Requirements waiting"))
    waiting = layout.contents.waiting
    rows = [
        (
            named(layout.decision(one.id)),
            Cell(layout.owner(one)),
            Cell(decision_due_words(one)),
            Cell(waiting_in(waiting[one.id])),
        )
        for one in layout.rules.decisions.values()
    ]
    return stacked("decisions", _("Documents without which targets are not fixed"), heads, rows)


def _overlay(layout: BookLayout, position: int, one: Overlay) -> OverlayWords:
    return OverlayWords(
        one,
        layout.anchors.of("overlay", str(position)),
        one.id in layout.rules.overlays,
        in_a_row(map(layout.node, one.set)),
        in_a_row(vietnamese(layout.rules.communes[code].name) for code in one.groups),
    )
