"""What moved since the year before: every change by commune, how often each criterion and indicator moved, the totals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.tables.coded import Cells, among, cells_of, counts, owners, table_of
from ntm_rules.report.tables.table import Column, CountOf, Kind, Table, Term, numbers, texts, yes_or_no
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Move
from ntm_rules.standing.years import YearComparison
from ntm_rules.wording.standards import meets_words
from ntm_rules.wording.standing import move_words
from ntm_rules.wording.titles import numbered_title
from ntm_rules.wording.verdicts import level_name

MOVE_LOOKS = {Move.ROSE: Verdict.MET, Move.FELL: Verdict.NOT_MET, Move.UNKNOWN_NOW: Verdict.NO_DATA}
"""A move has the colours of the verdict it leads to."""


def changes(overviews: Sequence[Overview]) -> Table:
    """Return what moved, by commune; nothing where there is no year before."""
    year = overviews[0].year if overviews else 0
    columns = [
        *texts(commune_code=_("Code"), commune=_("Commune"), year_before="", year="", level=_("Level"), id=_("Item")),
        *texts(verdict_before=_("Verdict in {year}", year=year - 1), verdict=_("Verdict in {year}", year=year)),
        *texts(move=_("What became of it"), rule_changed=_("Rule differs")),
        Column("title", _("Criterion or indicator"), for_people=True),
    ]
    return table_of(columns, [_changed(overview, overview.years) for overview in overviews if overview.years])


def _changed(overview: Overview, years: YearComparison) -> Cells:
    moved, table, titles, levels = years.moved, years.now.table, _titles(overview), _levels()
    verdicts = list(Verdict)
    return {
        **{key: cells.at(moved.records) for key, cells in owners(overview).items()},
        "year_before": counts(np.full(len(moved.rows), overview.year - 1)),
        "level": cells_of(moved.rows, lambda row: levels[table[row].level]),
        "id": cells_of(moved.rows, lambda row: table[row].id),
        "verdict_before": among(moved.before, verdicts),
        "verdict": among(moved.now, verdicts),
        "move": among(moved.moves, [Term(move.value, move_words(move), MOVE_LOOKS[move]) for move in Move]),
        "rule_changed": among(moved.law_changed, [yes_or_no(differs) for differs in (False, True)]),
        "title": cells_of(moved.rows, lambda row: titles[table[row].level, table[row].id]),
    }


def moved_items(overview: Overview, years: YearComparison) -> Table:
    """Return each criterion and indicator that moved somewhere, and in how many communes."""
    rose, fell, unknown = (
        Column(move.value, _("{move}: communes", move=move_words(move)), Kind.NUMBER) for move in Move
    )
    columns = [
        *(Column("id", _("Item")), Column("level", _("Level")), rose, fell),
        *(Column("title", _("Criterion or indicator")), unknown),
    ]
    titles = _titles(overview)
    rows = [
        (id_, level, moved[Move.ROSE], moved[Move.FELL], titles[level.code, id_], moved[Move.UNKNOWN_NOW])
        for level in _levels().values()
        for id_, moved in years.by_id(level.code).items()
    ]
    return Table.of(columns, rows)


def moves_by_commune(years: YearComparison, level: str) -> Table:
    """Return in how many criteria or indicators each commune moved, and how; the code stands before the name."""
    by_commune = years.by_commune(level)
    records = [one for one in years.now.records if one.code in by_commune]
    return Table.of(
        [*texts(commune_code=_("Code"), commune=_("Commune")), *_moves()],
        [(one.code, one.name, *(by_commune[one.code][move] for move in Move)) for one in records],
    )


def moves_by_item(years: YearComparison, level: str) -> Table:
    """Return in how many communes each criterion or indicator moved, and how, in the order of the law."""
    rules, by_id = years.now.rules, years.by_id(level)
    items: Sequence[tuple[str, str]] = (
        [(one.id, numbered_title(one)) for one in rules.criteria]
        if level == "criterion"
        else [(one.id, f"{one.id} {one.words}") for one in rules.indicators()]
    )
    return Table.of(
        [*texts(id=_("Item"), title=_("Criterion") if level == "criterion" else _("Indicator")), *_moves()],
        [(id_, title, *(by_id[id_][move] for move in Move)) for id_, title in items if id_ in by_id],
    )


def _moves() -> list[Column]:
    return [Column(move.value, move_words(move), Kind.NUMBER) for move in Move]


def totals(years: YearComparison) -> Table:
    """Return a line for each year of the province."""
    columns = [
        *numbers(year=_("Year"), communes=_("Usable reports"), meets_all=meets_words(years.now.rules)),
        Column("reached", _("At the most of today"), Kind.NUMBER),
        Column("criteria", _("Criteria met, of those that apply, over all communes"), Kind.NUMBER),
        *numbers(indicators_met=_("Indicators met"), indicators_applicable=_("of (applicable)")),
        Column("recognised", _("Recognised by decision"), Kind.NUMBER),
    ]
    rows = [
        (
            *(one.year, one.communes, one.meets_all, one.reached, f"{one.criteria_met} / {one.criteria_applicable}"),
            *(one.indicators_met, one.indicators_applicable, one.recognised),
        )
        for one in years.totals
    ]
    return Table.of(columns, rows)


def totals_by_year(years: YearComparison) -> Table:
    """Return the same with a column for each year."""
    totals = years.totals
    lines = [
        (_("Communes with a usable report"), [CountOf(one.communes, one.register) for one in totals]),
        (meets_words(years.now.rules), [CountOf(one.meets_all, one.communes) for one in totals]),
        (
            _("Communes that meet the most that the law lets them"),
            [CountOf(one.reached, one.communes) for one in totals],
        ),
        (_("Commune-criteria met"), [CountOf(one.criteria_met, one.criteria_applicable) for one in totals]),
        (_("Commune-indicators met"), [CountOf(one.indicators_met, one.indicators_applicable) for one in totals]),
    ]
    if years.now.rules.recognition:
        lines.append((_("Recognised by decision"), [CountOf(one.recognised, one.communes) for one in totals]))
    columns = [Column("counted", _("Counted")), *(Column(f"year_{one.year}", str(one.year)) for one in totals)]
    return Table.of(columns, [(words, *cells) for words, cells in lines])


def moved_communes(years: YearComparison) -> Table:
    """Return which indicators of each commune moved, and how."""
    columns = [Column("commune", _("Commune")), *(one._replace(kind=Kind.TEXT) for one in _moves())]
    moved: dict[str, dict[Move, list[str]]] = {}
    for change in years.of_level("indicator"):
        moved.setdefault(change.name, {}).setdefault(change.move, []).append(change.id)
    rows = [[name, *(", ".join(moves.get(move, ())) for move in Move)] for name, moves in moved.items()]
    return Table.of(columns, rows)


def _levels() -> dict[str, Term]:
    return {level: Term(level, level_name(level)) for level in ("criterion", "indicator")}


def _titles(overview: Overview) -> dict[tuple[str, str], str]:
    rules = overview.evaluation.rules
    criteria = {("criterion", criterion.id): str(criterion.words) for criterion in rules.criteria}
    return criteria | {("indicator", indicator.id): str(indicator.words) for indicator in rules.indicators()}
