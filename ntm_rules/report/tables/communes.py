"""The results of communes: criteria and indicators met of what can be judged and of what applies, and what they amount to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.tables.table import Cell, Column, Kind, Table, Term, marks, numbers, texts, yes_or_no
from ntm_rules.standing.communes import CommuneStanding
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Handed
from ntm_rules.wording.communes import group_title
from ntm_rules.wording.standing import handed_words, recognised_words

Order = Callable[[Overview], Sequence[CommuneStanding]]


def summary(overviews: Sequence[Overview], order: Order | None = None, unknown: str = "") -> Table:
    """Return a row for each record; points only where a set has any.

    "Meets every criterion" and "recognised" are different things. With an order, as people read it: in that order, those
    with nothing usable without counts, the verdicts of the criteria behind. `unknown`: what is said of such a group.
    """
    has_points = any(overview.evaluation.rules.has_points for overview in overviews)
    columns = [
        *texts(commune_code=_("Code"), commune=_("Commune")),
        Column("year", _("Year"), Kind.NUMBER),
        *texts(group=_("Group"), band=_("Band")),
        *numbers(criteria_met=_("Criteria met"), criteria_applicable=_("of (applicable)"), criteria_not_met=""),
        *numbers(criteria_no_data="", criteria_no_target="", indicators_met=_("Indicators met")),
        *numbers(indicators_applicable=_("of (applicable)"), indicators_not_met=_("Indicators not met")),
        *numbers(indicators_no_data="", indicators_no_target=_("Target not yet fixed")),
        Column("indicators_not_applicable", _("Not applicable"), Kind.NUMBER),
        *marks(meets_every_criterion=_("Meets every criterion"), further_conditions=_("Further conditions")),
        *marks(recognised=_("Recognised by decision"), recognition_document="", usable_report=""),
        *numbers(criteria_judgeable=_("of judgeable"), criteria_attainable="", criteria_ruling_awaited=""),
        *numbers(indicators_judgeable=_("of judgeable"), indicators_attainable="", indicators_ruling_awaited=""),
        *numbers(figures_owed=_("Requirements lacking figures"), rulings_awaited=_("Conclusions awaited")),
        *(texts(points=_("Points"), points_total=_("of (points that apply)")) if has_points else ()),
        Column("place", _("Place"), for_people=True),
        Column("criteria", _("Criteria met / judged whole / that apply"), Kind.NUMBER, for_people=True),
        Column("indicators", _("Indicators met / judged whole / that apply"), Kind.NUMBER, for_people=True),
    ]
    rows: list[Sequence[Cell]] = []
    counts = {at for at, column in enumerate(columns) if column.kind is Kind.NUMBER and column.key != "year"}
    criteria = [] if order is None else [criterion.id for criterion in overviews[0].evaluation.rules.criteria]
    columns += [Column(f"c.{id_}", _("C{id}", id=id_), Kind.LETTER, for_people=True) for id_ in criteria]
    for overview in overviews:
        evaluation = overview.evaluation
        listed = overview.communes if order is None else order(overview)
        letters = [evaluation.row_of.get(("criterion", id_)) for id_ in criteria]
        for one, cells in zip(listed, _rows(overview, listed, unknown, has_points=has_points), strict=True):
            row: Sequence[Cell] = cells
            if order is not None and not one.usable:
                row = [None if at in counts else cell for at, cell in enumerate(cells)]
            rows.append((*row, *(None if at is None else evaluation.verdict(at, one.record) for at in letters)))
    return Table.of(columns, rows)


def _rows(
    overview: Overview, listed: Iterable[CommuneStanding], unknown: str, *, has_points: bool
) -> Iterator[Sequence[Cell]]:
    rules = overview.evaluation.rules
    places = {one.record: one.place for one in overview.nearest}
    groups = {group: Term(group, group_title(rules, group)) for group in rules.groups}
    no_group = Term("", unknown or group_title(rules, None)) if rules.groups else None
    bands = {band.id: Term(band.id, str(band.title)) for band in rules.bands}
    no_band = {True: None, False: Term("", handed_words(Handed.NOTHING_USABLE))}
    verdicts = {verdict: Term(verdict.name, str(verdict.label)) for verdict in Verdict}
    answers = {True: "yes", False: "no", None: ""}
    for one in listed:
        criteria, indicators = one.criteria, one.indicators
        points = (one.points.met, one.points.total) if one.points else (None, None)
        yield (
            *(one.report.code, one.report.name, one.report.year),
            groups[one.group] if one.group else no_group,
            bands[one.band_id] if one.band_id else no_band[one.usable],
            *(criteria.met, criteria.applicable, criteria.not_met, criteria.no_data, criteria.no_target),
            *(indicators.met, indicators.applicable, indicators.not_met, indicators.no_data, indicators.no_target),
            indicators.not_applicable,
            *(verdicts[one.meets], None if one.conditions is None else verdicts[one.conditions]),
            Term(answers[one.decision.recognised], recognised_words(one.decision)),
            *(one.decision.document, yes_or_no(one.usable)),
            *(criteria.judgeable, criteria.attainable, criteria.ruling),
            *(indicators.judgeable, indicators.attainable, indicators.ruling),
            *(one.owed, one.rulings),
            *(points if has_points else ()),
            places.get(one.record),
            *(f"{counts.met}/{counts.judgeable}/{counts.applicable}" for counts in (criteria, indicators)),
        )
