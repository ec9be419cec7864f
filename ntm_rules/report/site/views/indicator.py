"""One indicator: every commune against its target, what the rules say, every commune from the nearest to pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ntm_rules.evaluation.scores import tally
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.plan.trend import most_pressing
from ntm_rules.report.html import words
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Badge, FilterItem, PageTable
from ntm_rules.report.site.dots import Panel, panels
from ntm_rules.report.site.held_words import HeldWords, IndicatorStanding
from ntm_rules.report.site.layout import Layout, TargetWords
from ntm_rules.report.site.pictures import badges, letters
from ntm_rules.report.site.tiles import Tiles, verdict_tiles
from ntm_rules.report.tables.trends import figures
from ntm_rules.rulebook.criteria_set import Indicator
from ntm_rules.standing.distance import distance
from ntm_rules.wording.phrases import opening
from ntm_rules.wording.titles import criterion_title

ORDER = (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET, Verdict.MET, Verdict.NOT_APPLICABLE)
"""Who still has something to do comes first."""


def standings(layout: Layout, indicator: Indicator) -> list[IndicatorStanding]:
    """Return every record's standing, the nearest to pass first; those alike in the order of the records."""
    contents, evaluation = layout.contents, layout.contents.evaluation
    row, requirements = contents.row(indicator.id), indicator.requirements()
    found = [
        IndicatorStanding(
            record,
            evaluation.verdict(row, record),
            distance(evaluation, row, record),
            [layout.held(requirement, record) for requirement in requirements],
        )
        for record in contents.reported
    ]
    return sorted(found, key=lambda one: (ORDER.index(one.verdict), one.distance))


@dataclass(frozen=True, slots=True)
class RequirementTarget:
    """One requirement of the indicator, and its target."""

    anchor: str
    id: str
    words: str
    target: TargetWords


@dataclass(frozen=True, slots=True)
class InCommune:
    """The indicator in one commune."""

    item: FilterItem
    commune: Link
    group: object
    verdict: Badge
    """Leads to its explanation."""
    parts: Sequence[tuple[HeldWords, str]]
    """Each requirement with the address of its explanation."""
    target: str
    """Of an indicator of one requirement."""


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """What the page of an indicator shows."""

    rule: Indicator
    several: bool
    """It has several requirements."""
    counts: Sequence[Badge]
    rulings: int
    panels: Sequence[Panel]
    shapes: Sequence[Badge]
    map: Tiles | None
    transcription: Markup | None
    source: Markup
    leads: Markup
    cooperating: Markup
    requirements: Sequence[RequirementTarget]
    communes: Sequence[InCommune]
    trends: PageTable | None
    """Every commune's figures over the years; None of one year, or of an indicator without figures."""
    unread: Sequence[Link]


def trail(layout: Layout, indicator: Indicator) -> list[Link]:
    """Return what an indicator belongs to."""
    criterion = next((one for one in layout.rules.criteria if one.id == indicator.criterion), None)
    if criterion is None:
        above = Link(_("Further conditions of recognition"), layout.to("indicators", "dieu-kien"))
    else:
        above = Link(criterion_title(criterion), layout.of_criterion(criterion))
    return [layout.link("indicators", "", _("Indicators")), above]


def indicator(layout: Layout, one: Indicator) -> IndicatorPage:
    """Return what the page of an indicator shows."""
    contents = layout.contents
    row, requirements = contents.row(one.id), one.requirements()
    several = len(requirements) > 1
    found = standings(layout, one)
    return IndicatorPage(
        rule=one,
        several=several,
        counts=badges(tally(at.verdict for at in found), "#tung-xa"),
        rulings=contents.rulings(row),
        panels=panels(layout, found),
        shapes=letters(part.verdict for at in found for part in at.parts),
        map=verdict_tiles(layout, row, one.id),
        transcription=words.transcription(one) if words.transcribed_otherwise(one) else None,
        source=layout.source(one.source),
        leads=layout.agencies(one.leads()),
        cooperating=layout.agencies(one.cooperating),
        requirements=[
            RequirementTarget(layout.here(r.id), r.id, opening(r.words), layout.target(r)) for r in requirements
        ],
        communes=[_in_commune(layout, one, row, at) for at in found],
        trends=_trends(layout, one),
        unread=layout.unread(),
    )


def _trends(layout: Layout, one: Indicator) -> PageTable | None:
    """Return every commune's figures over the years: those not met or getting worse first, then as they are reported."""
    contents = layout.contents
    ids = {requirement.id for requirement in one.requirements()}
    found = [trend for trend in contents.trends if trend.requirement.id in ids and len(trend.points) > 1]
    if not found:
        return None
    pressing = most_pressing(found)
    ordered = [*pressing, *(trend for trend in found if not trend.asks_for_attention)]
    part = ("id",) if len(ids) > 1 else ()
    years = [f"year_{year}" for year in contents.trend_years]
    keys = ("commune", *part, *years, "target", "verdict", "pace", "meeting", "interval")
    table = figures(contents.rules, ordered, contents.trend_years).only(*keys)
    addresses = {"commune": [layout.of_commune(trend.code) for trend in ordered]}
    return drawn(table, _("Where figures are going"), ("commune",), addresses)


def _in_commune(layout: Layout, one: Indicator, row: int, at: IndicatorStanding) -> InCommune:
    record = at.record
    group = layout.group(layout.contents.evaluation.groups[record])
    verdict = layout.badge(row, record)._replace(address=layout.why(record, one.id, "indicator"))
    return InCommune(
        FilterItem(layout.contents.records[record].name, group, at.verdict is Verdict.NOT_MET),
        layout.commune(record),
        group,
        verdict,
        [(part, layout.why(record, part.requirement.id)) for part in at.parts],
        at.parts[0].target,
    )
