"""The contents of the book: the set in figures, its indicators, agencies, decisions, overlays and documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ntm_rules.i18n import _
from ntm_rules.report.book.contents import Contents
from ntm_rules.report.book.layout import Layout
from ntm_rules.report.book.people import AgencyWork, Waiting
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Badge
from ntm_rules.report.html.words import vietnamese
from ntm_rules.report.targets import counts
from ntm_rules.rulebook.criteria_set import Criterion, Indicator
from ntm_rules.rulebook.models import Decision, Document, Overlay


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in a table."""

    id: Link
    words: Link
    leads: Markup
    state: Badge


@dataclass(frozen=True, slots=True)
class CriterionRows:
    """A criterion with its indicators."""

    title: Link
    caption: str
    indicators: Sequence[IndicatorRow]


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency and how much is asked of it."""

    agency: Link
    leads: int
    waiting: int
    owes: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision awaited, and how many requirements wait for it."""

    decision: Decision
    title: Link
    owner: object
    waiting: int


@dataclass(frozen=True, slots=True)
class OverlayWords:
    """A later document that was laid on, or is not in force."""

    overlay: Overlay
    anchor: str
    laid_on: bool
    sets: Sequence[Link]
    groups: Sequence[Markup]
    """The communes whose group it names."""


@dataclass(frozen=True, slots=True)
class Index:
    """What the first page of the book shows."""

    parts: dict[str, str]
    """The parts of the page, and the anchor of each."""
    law_hash: str
    legal_basis: Sequence[Link]
    figures: Sequence[tuple[str, int, bool]]
    """The set in figures; whether it is a part of the one before."""
    criteria: Sequence[CriterionRows]
    conditions: Sequence[IndicatorRow]
    agencies: Sequence[AgencyRow]
    decisions: Sequence[DecisionRow]
    overlays: Sequence[OverlayWords]
    documents: Sequence[tuple[str, Document, Link | None]]
    """Anchor; the document; the way to its text where the book holds it."""


def indicator_rows(layout: Layout, indicators: Iterable[Indicator]) -> list[IndicatorRow]:
    """Return indicators as a table shows them."""
    return [
        IndicatorRow(
            layout.indicator(one.id),
            layout.link("indicator", one.id, one.words),
            layout.agencies(one.leads()),
            layout.state(one.requirements()),
        )
        for one in indicators
    ]


def waiting_in(found: Iterable[Waiting]) -> int:
    """Return how many requirements wait."""
    return sum(len(one.requirements) for one in found)


def index(layout: Layout) -> Index:
    """Return what the first page of the book shows."""
    contents, rules = layout.contents, layout.rules
    return Index(
        parts={name: layout.anchors.of("part", id_) for name, id_ in PARTS.items()},
        law_hash=contents.law_hash,
        legal_basis=[layout.document(id_) for id_ in contents.legal_basis],
        figures=list(_figures(contents)),
        criteria=[_criterion(layout, one) for one in rules.criteria],
        conditions=indicator_rows(layout, rules.conditions),
        agencies=[_agency(layout, id_, work) for id_, work in contents.agencies.items()],
        decisions=[
            DecisionRow(one, layout.decision(one.id), layout.owner(one), waiting_in(contents.waiting[one.id]))
            for one in rules.decisions.values()
        ],
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


def _figures(contents: Contents) -> Iterator[tuple[str, int, bool]]:
    rules = contents.rules
    found = counts(rules, rules.requirements())
    yield _("Criteria"), len(rules.criteria), False
    yield _("Indicators"), sum(1 for _one in rules.indicators()), False
    yield _("Further conditions of recognition"), len(rules.conditions), False
    yield _("Requirements in them"), found.requirements, False
    yield _("with a number that a document fixes"), found.numbers, True
    if found.grades:
        yield _("with a grade that a document names"), found.grades, True
    if found.illustrative:
        yield _("with an illustrative target, which is not law"), found.illustrative, True
    yield _("answered yes or concluded as met, without a number"), found.answers, True
    yield _("whose target is awaited"), found.awaited, True
    yield _("Figures and statements reported"), len(rules.reported_measures), False
    yield _("Lead agencies"), len(rules.lead_agencies), False
    yield _("Communes"), len(rules.communes.within()), False


def _criterion(layout: Layout, one: Criterion) -> CriterionRows:
    return CriterionRows(
        layout.link("criterion", one.id, f"{one.id}. {one.words}"),
        _("Indicators of criterion {id}", id=one.id),
        indicator_rows(layout, one.indicators),
    )


def _agency(layout: Layout, id_: str, work: AgencyWork) -> AgencyRow:
    return AgencyRow(layout.agency(id_), len(work.leads), waiting_in(work.waiting), len(work.owes))


def _overlay(layout: Layout, position: int, one: Overlay) -> OverlayWords:
    return OverlayWords(
        one,
        layout.anchors.of("overlay", str(position)),
        one.id in layout.rules.overlays,
        [layout.node(id_) for id_ in one.set],
        [vietnamese(layout.rules.communes[code].name) for code in one.groups],
    )
