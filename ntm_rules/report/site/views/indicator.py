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
from ntm_rules.report.html.values import Badge, FilterItem, HeldPart, PageTable
from ntm_rules.report.site.dots import Panel, panels
from ntm_rules.report.site.held_words import HeldWords, IndicatorStanding
from ntm_rules.report.site.layout import LONGEST_TITLE, Layout, TargetWords
from ntm_rules.report.site.pictures import badges, letters
from ntm_rules.report.site.tiles import Tiles, verdict_tiles
from ntm_rules.report.tables.table import Table, texts
from ntm_rules.report.tables.trends import figures
from ntm_rules.rulebook.criteria_set import Indicator
from ntm_rules.standing.distance import distance
from ntm_rules.wording.phrases import opening, shortened
from ntm_rules.wording.titles import criterion_title, indicator_title

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
    communes: PageTable
    trends: PageTable | None
    """Every commune's figures over the years; None of one year, or of an indicator without figures."""
    unread: Markup


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
        communes=_communes(layout, one, found),
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


def _communes(layout: Layout, one: Indicator, standings: Sequence[IndicatorStanding]) -> PageTable:
    """Return every commune's verdict, what was reported of each requirement, and the target where there is but one."""
    evaluation, row, several = layout.contents.evaluation, layout.contents.row(one.id), len(one.requirements()) > 1
    records = [at.record for at in standings]
    names = [evaluation.records[record].name for record in records]
    groups = [layout.group(evaluation.groups[record]) for record in records]
    badges = [layout.badge(row, record) for record in records]
    columns = texts(
        commune=_("Commune"),
        group=_("Group"),
        verdict=_("Verdict"),
        reported=_("Reported, and what is missing"),
        target=_("Target"),
    )
    table = Table.of(
        columns,
        [
            (name, str(group), at.verdict, "", at.parts[0].target)
            for name, group, at in zip(names, groups, standings, strict=True)
        ],
    )
    left_out = [*(() if layout.rules.groups else ("group",)), *(("target",) if several else ())]
    return drawn(
        table.without(*left_out),
        _("Every commune, nearest to pass first"),
        ("commune",),
        {
            "commune": [layout.commune(record).address for record in records],
            "verdict": [layout.why(record, one.id, "indicator") for record in records],
        },
        looks={"verdict": "verdict", "reported": "text"},
        sorts={"verdict": range(1, len(records) + 1)},
        linked={"verdict": [f"{badge.letter} {badge.words}" for badge in badges]},
        held={"reported": [[_part(layout, at.record, part, several) for part in at.parts] for at in standings]},
        items=[
            FilterItem(name, group, at.verdict is Verdict.NOT_MET)
            for name, group, at in zip(names, groups, standings, strict=True)
        ],
        cards=("group", "target"),
        look="sortable standing stack",
        unseen=shortened(indicator_title(one), LONGEST_TITLE),
    )


def _part(layout: Layout, record: int, part: HeldWords, several: bool) -> HeldPart:
    id_ = part.requirement.id
    reported = part.actual or part.reason.words
    return HeldPart(id_ if several else "", part.badge, reported, part.counted, part.gap, layout.why(record, id_))
