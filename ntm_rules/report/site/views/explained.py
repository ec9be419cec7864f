"""Every indicator of one commune explained, by criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.explanation.prose import Paragraph, judgement
from ntm_rules.report.explanation.subject import Explanation
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Badge, FilterItem
from ntm_rules.report.site.layout import Layout
from ntm_rules.rulebook.criteria_set import Indicator
from ntm_rules.wording.phrases import opening
from ntm_rules.wording.standing import met_of
from ntm_rules.wording.titles import criterion_title


@dataclass(frozen=True, slots=True)
class ExplainedIndicator:
    """Why an indicator has its verdict."""

    anchor: str
    item: FilterItem
    indicator: Link
    words: object
    badge: Badge
    paragraphs: Sequence[tuple[Paragraph, str]]
    """Each with the anchor of what it is about, where it is about one requirement."""
    leads: object


@dataclass(frozen=True, slots=True)
class Fold:
    """The indicators of one criterion, or the further conditions, explained."""

    anchor: str
    title: str
    badge: Badge | None
    aside: str
    indicators: Sequence[ExplainedIndicator]


def explained(layout: Layout, record: int) -> Iterator[Fold]:
    """Yield the criteria of one commune, then the further conditions, with why each indicator has its verdict."""
    evaluation = layout.contents.evaluation
    explanations = layout.contents.explanations(record)
    for row, one in layout.criteria():
        parts = met_of(layout.contents.parts_of(row, record))
        yield Fold(
            layout.here(one.id, "criterion"),
            criterion_title(one),
            layout.badge(row, record),
            f"{opening(evaluation.reason(row, record).words)}: {parts}.",
            [_explained(layout, indicator, explanations[indicator.id], record) for indicator in one.indicators],
        )
    if layout.rules.conditions:
        yield Fold(
            "dieu-kien",
            _("Further conditions of recognition"),
            None,
            _("Recognition needs them besides the criteria."),
            [_explained(layout, one, explanations[one.id], record) for one in layout.rules.conditions],
        )


def _explained(layout: Layout, one: Indicator, explanation: Explanation, record: int) -> ExplainedIndicator:
    row = layout.contents.row(one.id)
    missed = layout.contents.evaluation.verdict(row, record) is Verdict.NOT_MET
    return ExplainedIndicator(
        layout.here(one.id, "indicator"),
        FilterItem(f"{one.id} {one.words}", open=missed),
        layout.link("indicator", one.id, one.id),
        one.words,
        layout.badge(row, record),
        [
            (paragraph, layout.here(paragraph.about) if paragraph.about else "")
            for paragraph in judgement(explanation, explanation.subject.asked[0])
            if paragraph.kind != "heading"
        ],
        layout.agencies(one.leads()),
    )
