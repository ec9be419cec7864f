"""One commune: how it stands, what it misses and by how much, what it owes, every indicator explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ntm_rules.evaluation.gaps import things_to_do
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.plan.trend import most_pressing
from ntm_rules.report.hamlet_texts import told_with_hamlets
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.links import Link, in_a_row
from ntm_rules.report.html.values import Badge, Bars, FilterItem, Length, Lengths, Number, PageTable, look
from ntm_rules.report.site.key_figures import KeyFigure, key_figures, measurable_gaps
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.pictures import BarOf, bars
from ntm_rules.report.site.views.explained import Fold, explained
from ntm_rules.report.site.views.wrong import CheckResult, WrongPlace, files, found_in, place
from ntm_rules.report.tables.missed import missed_by_commune
from ntm_rules.report.tables.trends import figures
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Requirement
from ntm_rules.rulebook.register import Commune
from ntm_rules.standing.communes import CommuneStanding
from ntm_rules.standing.completeness import of_commune
from ntm_rules.standing.nearest import Ranked
from ntm_rules.standing.values import Lack, Lacking, Move
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.decisions import decision_words
from ntm_rules.wording.findings import severity_counts_words
from ntm_rules.wording.gaps import gap_words
from ntm_rules.wording.phrases import opening
from ntm_rules.wording.standards import StandardLine, points_decide, standard_lines
from ntm_rules.wording.standing import (
    counts_apart_words,
    headline_of_commune,
    lacking_words,
    law_of_years_words,
    move_words,
    no_longer_words,
    recognised_words,
)
from ntm_rules.wording.titles import numbered_title
from ntm_rules.wording.values import number

MOST_GAPS = 10
"""Gaps in the picture of a commune."""


@dataclass(frozen=True, slots=True)
class Since:
    """What rose and what fell since the year before."""

    year: int
    moves: Sequence[tuple[str, Sequence[tuple[str, Sequence[tuple[Link, bool]]]]]]
    """What became of them; the level; each, and whether its rule differs."""
    nothing: str
    """What is said where nothing moved."""
    law: str


@dataclass(frozen=True, slots=True)
class OwedRequirement:
    """One requirement that cannot be judged."""

    here: Link
    words: str
    lead: Link
    decides: bool


@dataclass(frozen=True, slots=True)
class CommunePage:
    """What the page of a commune shows."""

    headline: str
    numbers: Sequence[Number]
    no_longer: Sequence[str]
    files: str
    code: str
    unit: Commune | None
    group: object
    standing: CommuneStanding
    meets: Badge
    standard: Sequence[StandardLine]
    """What the set's own standard asks, and how far the commune is; nothing where every criterion must be met."""
    conditions: Badge | None
    decision: str
    place: str
    points: str
    points_decide: bool
    """Whether they are part of the standard, and not only rank progress."""
    since: Since | None
    bars: Bars
    gaps: Lengths | None
    years: Bars | None
    key_figures: Sequence[KeyFigure]
    missed: PageTable | None
    trends: PageTable | None
    """Where its figures are going; None of one year."""
    reported: str
    figures_owed: Sequence[OwedRequirement]
    others_owe: Sequence[OwedRequirement]
    """What waits for a body's conclusion, or for its group to be named."""
    problems: Sequence[WrongPlace]
    findings_in_all: str
    findings: Sequence[CheckResult]
    awaited: Sequence[tuple[str, Markup]]
    """Each decision with the requirements that wait for it."""
    folds: Sequence[Fold]


def commune(layout: Layout, record: int) -> CommunePage:
    """Return what the page of a commune shows."""
    contents, rules, evaluation = layout.contents, layout.rules, layout.contents.evaluation
    at, standing, rank = contents.records[record], contents.overview.communes[record], contents.ranked[record]
    lacking = contents.lacking[record]
    years = contents.years_of(at.code)
    whole, conditions = evaluation.level("commune")[0], evaluation.level("recognition")
    findings = contents.findings_in(at.code) if rules.cross_checks else {}
    points = standing.points
    total = len(contents.reported)
    return CommunePage(
        headline=headline_of_commune(standing.criteria, standing.indicators),
        numbers=list(_numbers(layout, standing, rank, record)),
        no_longer=[
            no_longer_words(one) for one in contents.overview.recognised if one.no_longer and one.code == at.code
        ],
        files=files(layout, at.code),
        code=at.code,
        unit=rules.communes.get(at.code),
        group=layout.group(evaluation.groups[record]),
        standing=standing,
        meets=layout.badge(whole, record),
        standard=standard_lines(rules, rules.standard, evaluation.result(record)) if rules.standard else (),
        conditions=layout.badge(conditions[0], record) if conditions else None,
        decision=recognised_words(standing.decision),
        place=_("place {n} of {total} communes", n=rank.place, total=total),
        points=f"{number(points.met)}/{number(points.total)}" if points else "",
        points_decide=points_decide(rules),
        since=_since(layout, at.code),
        bars=bars(
            _("Indicators of each criterion"),
            [
                BarOf(
                    numbered_title(one),
                    f"#{layout.here(one.id, 'criterion')}",
                    contents.parts_of(row, record),
                )
                for row, one in layout.criteria()
            ],
            narrow=True,
        ),
        gaps=_gaps(layout, record),
        years=bars(_("Indicators year by year"), [BarOf(year, None, counts) for year, counts in years], narrow=True)
        if len(years) > 1
        else None,
        key_figures=key_figures(evaluation, record, contents.overview.gaps[record], contents.histories[at.code]),
        missed=_missed(layout, record, rank) if rank.left.gaps else None,
        trends=_trends(layout, at.code),
        reported=_reported(layout, record),
        figures_owed=[_owed(layout, record, one) for one in lacking[Lack.FIGURE]],
        others_owe=[_owed(layout, record, one) for one in (*lacking[Lack.RULING], *lacking[Lack.GROUP])],
        problems=[place(one) for one in contents.dataset.problems if one.commune_code == at.code],
        findings_in_all=severity_counts_words(one.severity for its in findings.values() for one in its),
        findings=found_in(rules, findings),
        awaited=_awaited(layout, contents.awaited[record], record),
        folds=list(explained(layout, record)),
    )


def _numbers(layout: Layout, standing: CommuneStanding, rank: Ranked, record: int) -> Iterator[Number]:
    lacking = layout.contents.lacking[record]
    criteria, indicators = standing.criteria, standing.indicators
    words = _("criteria met of those that can be judged (of {all} that apply)", all=criteria.applicable)
    yield Number("#giai-thich", f"{criteria.met}/{criteria.judgeable}", words)
    words = _("indicators met of those that can be judged (of {all} that apply)", all=indicators.applicable)
    yield Number("#giai-thich", f"{indicators.met}/{indicators.judgeable}", words)
    yield Number("#con-thieu", rank.left.gaps, _("gaps to close"))
    words, rulings = _("requirements lack figures (not reported, or not usable)"), len(lacking[Lack.RULING])
    if rulings:
        words += "; " + _("{n} conclusions awaited", n=rulings)
    yield Number("#con-no", len(lacking[Lack.FIGURE]), words)


def _since(layout: Layout, code: str) -> Since | None:
    contents, years = layout.contents, layout.contents.overview.years
    if years is None:
        return None
    changes, year = contents.changes_of(code), years.totals[0].year
    nothing = _("Nothing rose and nothing fell.")
    if code not in contents.reported_before:
        nothing = _("It has no usable report of {year}.", year=year)
    moves = []
    for move in Move:
        levels = []
        for level, words in (("criterion", _("criteria")), ("indicator", _("indicators"))):
            its = [one for one in changes if one.move is move and one.level == level]
            if its:
                levels.append((words, [(_here(layout, one.id, level), one.law_changed) for one in its]))
        if levels:
            moves.append((move_words(move), levels))
    return Since(year, moves, nothing, law_of_years_words(years))


def _here(layout: Layout, id_: str, kind: str = "node") -> Link:
    return Link(id_, f"#{layout.here(id_, kind)}")


def _gaps(layout: Layout, record: int) -> Lengths | None:
    """Return the gaps that have a size, each as a share of its target; the scale is the same on every commune's page."""
    rules = layout.rules
    found = measurable_gaps(layout.contents.evaluation, record, layout.contents.overview.gaps[record])
    if not found:
        return None
    shown = found[:MOST_GAPS]
    most = max(100.0, float(max(gap.closeness for _requirement, gap in shown) * 100))
    rows = [
        Length(
            f"{requirement.id}: {gap_words(rules, requirement, gap)}",
            round(100 * float(gap.closeness) * 100 / most, 2),
            "",
            look(Verdict.NOT_MET),
        )
        for requirement, gap in shown
    ]
    every, drawn = (things_to_do(rules, [requirement.id for requirement, _gap in some]) for some in (found, shown))
    scale = _("The whole width is {share}% of the target", share=number(round(most)))
    if every > drawn:
        scale += "; " + _("{n} larger gaps are not drawn", n=every - drawn)
    return Lengths(_("Gaps that can be measured, the nearest first"), rows, f"{scale}.")


def _missed(layout: Layout, record: int, rank: Ranked) -> PageTable:
    requirements = [requirement for requirement, _gap in layout.contents.overview.gaps[record]]
    helds = [layout.held(one, record) for one in requirements]
    table = missed_by_commune(layout.rules, helds)
    here = [f"#{layout.here(one.id)}" for one in requirements]
    return drawn(
        table,
        _("What is not met, and by how much"),
        ("id",),
        {"id": here, "reported": here, "lead": [layout.agency(one.lead).address for one in requirements]},
        _(
            "{n} things to do, the alternatives of an “or” counted as one; of alternatives the nearest first",
            n=rank.left.gaps,
        ),
        looks={"requirement": "text"},
        asides={"reported": [held.counted for held in helds]},
        cards=("reported", "target", "missing", "lead"),
        items=[FilterItem(f"{one.id} {one.words}", agency_name(layout.rules, one.lead)) for one in requirements],
        groups=_("Lead agency"),
        look="sortable stack",
    )


def _trends(layout: Layout, code: str) -> PageTable | None:
    """Return its figures that are not met or get worse, with their years and when they are met at the pace so far."""
    contents = layout.contents
    pressing = most_pressing(contents.trends_of(code))
    if not pressing:
        return None
    keys = ("id", *(f"year_{year}" for year in contents.trend_years), "target", "pace", "meeting", "interval", "note")
    table = figures(contents.rules, pressing, contents.trend_years).only(*keys)
    addresses = {"id": [f"#{layout.here(trend.requirement.id)}" for trend in pressing]}
    return drawn(table, _("Where figures are going"), ("id",), addresses)


def _reported(layout: Layout, record: int) -> str:
    complete = of_commune(layout.rules, layout.contents.records[record])
    said = _(
        "Reported: {given} of {asked} figures and answers asked for; cannot be used: {unusable}.",
        given=complete.given,
        asked=complete.asked,
        unusable=complete.unusable,
    )
    lacking = _("Requirements that lack one of them: {n}.", n=len(layout.contents.lacking[record][Lack.FIGURE]))
    return f"{said} {lacking} {counts_apart_words()}"


def _owed(layout: Layout, record: int, one: Lacking) -> OwedRequirement:
    rules, requirement = layout.rules, one.requirement
    words = lacking_words(rules, one)
    if one.lack is Lack.FIGURE:
        words = told_with_hamlets(words, layout.contents.evaluation, record, requirement)
    else:
        words = opening(words)
    return OwedRequirement(_here(layout, requirement.id), words, layout.agency(requirement.lead), one.decides)


def _awaited(layout: Layout, requirements: Iterable[Requirement], record: int) -> list[tuple[str, Markup]]:
    """Return the decisions that a record's targets wait for, by id, each with the requirements."""

    def decision(requirement: Requirement) -> str:
        own = layout.contents.evaluation.target(requirement, record)
        return own.decision if isinstance(own, AwaitedTarget) else ""

    return [
        (
            decision_words(layout.rules, id_) or _("no target is in force on this date"),
            in_a_row(_here(layout, one.id) for one in waiting),
        )
        for id_, waiting in groupby(sorted(requirements, key=decision), key=decision)
    ]
