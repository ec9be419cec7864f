"""The tables of the province's paper: by criterion, by commune, by indicator, by agency, and the two annexed forms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ntm_rules.i18n import _
from ntm_rules.report.tables.agencies import agencies, bottlenecks, shared_indicators
from ntm_rules.report.tables.communes import summary
from ntm_rules.report.tables.province_forms import form_05, form_05_notes, form_06, form_06_notes
from ntm_rules.report.tables.verdict_counts import criteria, indicators
from ntm_rules.report.word.law_parts import add_warnings
from ntm_rules.report.word.layout import LANDSCAPE_WIDTH, Paper
from ntm_rules.report.word.tables import add_captioned, add_table, verdict_widths
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.periods import Periods
from ntm_rules.standing.values import Lack
from ntm_rules.wording.agencies import shared_words
from ntm_rules.wording.standing import only_rulings_words

MOST = 12
"""Indicators listed as those most communes miss; more where the last has equals."""
PLAIN_COUNTS = 15
"""Up to this many columns of counts, Biểu 05 has letters of ordinary size."""


def add_criteria(paper: Paper, overview: Overview) -> None:
    """Add how many communes with a usable report have each verdict of each criterion."""
    title = _(
        "Table {table}. Criteria: how many of the {n} communes with a usable report",
        table=paper.next_table(),
        n=len(overview.reported),
    )
    add_captioned(paper, title, criteria(overview).wide(10, 58, *verdict_widths(19)))
    _tell_rulings(paper, overview, overview.evaluation.level("criterion"))


def _tell_rulings(paper: Paper, overview: Overview, rows: Sequence[int]) -> None:
    """Remark how many of those counted as without data only wait for a conclusion."""
    n = sum(overview.lacks.kind(at, record) is Lack.RULING for at in rows for record in overview.reported)
    if n:
        paper.remark(only_rulings_words(n))


def add_communes(paper: Paper, overview: Overview) -> None:
    """Add a row for each commune with a usable report, most criteria met first, then most indicators."""
    title = _("Table {table}. Results of each commune", table=paper.next_table())
    group = 28 if overview.evaluation.rules.groups else 0
    table = summary([overview], _most_met_first).only(
        **{"commune": 30, "group": group, "criteria": 25, "indicators": 26},
        **{"meets_every_criterion": 26, "recognised": 25},
    )
    add_captioned(paper, title, table.numbered(9))


def _most_met_first(overview: Overview) -> NDArray[np.intp]:
    found = sorted(overview.counted, key=lambda one: (-one.criteria.met, -one.indicators.met, one.report.code))
    return np.array([one.record for one in found], np.intp)


def add_shortest(paper: Paper, overview: Overview) -> None:
    """Add the indicators that most communes miss, with who leads them."""
    evaluation, records = overview.evaluation, overview.reported
    counted = [(at, evaluation.tally([at], records)) for at in evaluation.level("indicator")]
    missed = sorted((c for c in counted if c[1].not_met), key=lambda c: -c[1].not_met)
    if not missed:
        paper.add(_("No indicator that could be judged is missed by any commune."))
        return
    title = _("Table {table}. Indicators that most communes miss", table=paper.next_table())
    least = missed[:MOST][-1][1].not_met
    shown = [(at, counts) for at, counts in missed if counts.not_met >= least]
    add_captioned(paper, title, indicators(evaluation, shown).wide(19, 66, 20, 17, 43))
    if len(shown) < len(missed):
        words = _(
            "{n} of the {total} indicators that some commune misses; the others are in the workbook of results sent with this report.",
            n=len(shown),
            total=len(missed),
        )
        paper.remark(words)
    _tell_rulings(paper, overview, [at for at, _counts in shown])


def add_agencies(paper: Paper, overview: Overview) -> None:
    """Add how each lead agency's indicators stand, its share not met, and what would change if it finished."""
    title = _(
        "Table {table}. Indicators of each lead agency over {n} communes with a usable report",
        table=paper.next_table(),
        n=len(overview.reported),
    )
    table = agencies([overview]).headed(ruling_awaited=_("Awaiting a conclusion"))
    table = table.only(
        **{"agency": 37, "indicators": 16, "met": 14, "not_met": 14, "share_not_met": 17, "without_figures": 15},
        **{"ruling_awaited": 18, "no_target": 19, "not_applicable": 17, "elsewhere": 17},
    )
    add_captioned(paper, title, table)
    shared = shared_indicators([overview.evaluation])
    if shared:
        words = shared_words(shared)
        paper.add(f"{words}.")
    add_bottlenecks(paper, overview)


def add_bottlenecks(paper: Paper, overview: Overview) -> None:
    """Add which agencies would bring communes a criterion if they finished what is not met in what they lead."""
    table = bottlenecks(overview)
    if not table:
        paper.add(_("No lead agency alone would bring a commune a further criterion by finishing what is not met."))
        return
    paper.add(
        _("If one agency brought to its target all that it leads and that is not met, so many communes would gain:")
    )
    title = _("Table {table}. What would change if one agency finished", table=paper.next_table())
    standard = overview.evaluation.rules.standard
    table = table.headed(
        communes_gaining=_("Communes that gain a criterion"),
        **({"communes_completing": _("Communes that then meet all that can be judged")} if standard is None else {}),
    )
    table = table.only(agency=70, communes_gaining=32, criteria_gained=30, communes_completing=33)
    add_captioned(paper, title, table)


def add_form_05(paper: Paper, periods: Periods, warnings: Sequence[str]) -> None:
    """Add Biểu 05 across a page of its own."""
    name, table = _("Biểu 05"), form_05(periods)
    title = _("{form}. Communes that meet each criterion, {year}", form=name, year=periods.year)
    counts = len(table.columns) - 3
    table = table.headed(**{column.key: _breakable(column.head) for column in table.columns if column.over})
    _annex(paper, name, title, warnings)
    size = 10 if counts <= PLAIN_COUNTS else 8
    add_table(paper, title, table.wide(8, 48, 17, *[12.5] * counts), width=LANDSCAPE_WIDTH, size=size)
    _notes(paper, periods, form_05_notes(periods))


def add_form_06(paper: Paper, periods: Periods, warnings: Sequence[str]) -> None:
    """Add Biểu 06 across a page of its own."""
    name = _("Biểu 06")
    title = _("{form}. Results of the programme, {year}", form=name, year=periods.year)
    _annex(paper, name, title, warnings)
    table = form_06(periods).wide(12, 105, 24, 24, 24, 63)
    add_table(paper, title, table, width=LANDSCAPE_WIDTH, size=11)
    _notes(paper, periods, form_06_notes(periods))


def _annex(paper: Paper, name: str, title: str, warnings: Sequence[str]) -> None:
    paper.turn(landscape=True)
    paper.heading(name.upper(), align="center")
    paper.add(title, "Caption")
    add_warnings(paper, warnings)


def _notes(paper: Paper, periods: Periods, notes: Sequence[str]) -> None:
    """Say below a form what nobody could judge, so that it is blank and not 0, and why the cells of a period are empty."""
    for note in notes:
        paper.remark(f"{note.rstrip('.')}.")
    said = _("The columns of the plan, and cells without a number, are for people to fill in.")
    if periods.before is None:
        said += " " + _(
            "The set of criteria does not cover {year}, or nothing was reported for it: no result is stated.",
            year=periods.year - 1,
        )
    paper.remark(said)


def _breakable(text: str) -> str:
    """Let a day break after its slashes rather than within its year, in a narrow column."""
    return text.replace("/", "/\N{ZERO WIDTH SPACE}")
