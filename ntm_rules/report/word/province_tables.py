"""The tables of the province's paper: by criterion, by commune, by indicator, by agency, and the two annexed forms."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.evaluation.scores import Tally
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to
from ntm_rules.i18n import _
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.province_forms import Count, form_05, form_05_notes, form_06, form_06_notes
from ntm_rules.report.rows import shared_indicators
from ntm_rules.report.word.law_parts import add_warnings
from ntm_rules.report.word.layout import LANDSCAPE_WIDTH, PORTRAIT_WIDTH, Paper
from ntm_rules.report.word.tables import Column, Row, add_table, scaled
from ntm_rules.report.workbook.province_forms import PERIODS, period_titles
from ntm_rules.rulebook.criteria_set import Criterion, Indicator
from ntm_rules.standing.agencies import by_effect
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.periods import Periods
from ntm_rules.standing.values import Lack
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import group_title, groups_of, unit_words
from ntm_rules.wording.standing import only_rulings_words, recognised_words
from ntm_rules.wording.values import number

MOST = 12
"""Indicators listed as those most communes miss; more where the last has equals."""
LONG_LABELS = (Verdict.NO_TARGET, Verdict.NOT_APPLICABLE)
"""Verdicts whose label needs a wider column."""
PLAIN_GROUPS = 5
"""Up to this many groups, Biểu 05 has letters of ordinary size."""


def verdict_columns(width: float) -> list[Column]:
    """Return a column for each verdict, in the order of the legend."""
    return [Column(str(verdict.label), width + 2 * (verdict in LONG_LABELS), "center") for verdict in LEGEND_ORDER]


def verdict_cells(counts: Tally) -> list[str]:
    """Return the counts of a tally in the order of `verdict_columns`."""
    return [str(counts[verdict]) for verdict in LEGEND_ORDER]


def add_criteria(paper: Paper, overview: Overview) -> None:
    """Add how many communes with a usable report have each verdict of each criterion."""
    evaluation, records = overview.evaluation, overview.reported
    title = _(
        "Table {table}. Criteria: how many of the {n} communes with a usable report",
        table=paper.next_table(),
        n=len(records),
    )
    columns = [Column(_("No."), 10, "center"), Column(_("Criterion"), 58), *verdict_columns(19)]
    rows = []
    for at in evaluation.level("criterion"):
        node = evaluation.table[at].node
        assert isinstance(node, Criterion)
        rows.append(Row([node.id, str(node.words), *verdict_cells(evaluation.tally([at], records))]))
    _add(paper, title, columns, rows)
    _tell_rulings(paper, overview, evaluation.level("criterion"))


def _tell_rulings(paper: Paper, overview: Overview, rows: Sequence[int]) -> None:
    """Remark how many of those counted as without data only wait for a conclusion."""
    n = sum(overview.lacks.kind(at, record) is Lack.RULING for at in rows for record in overview.reported)
    if n:
        paper.remark(only_rulings_words(n))


def add_communes(paper: Paper, overview: Overview) -> None:
    """Add a row for each commune with a usable report, most criteria met first, then most indicators."""
    rules = overview.evaluation.rules
    title = _("Table {table}. Results of each commune", table=paper.next_table())
    columns = [
        Column(_("No."), 9, "center"),
        Column(_("Commune"), 30),
        *([Column(_("Group"), 28)] if rules.groups else []),
        Column(_("Criteria met / judged whole / that apply"), 25, "center"),
        Column(_("Indicators met / judged whole / that apply"), 26, "center"),
        Column(_("Meets every criterion"), 26, "center"),
        Column(_("Recognised by decision"), 25, "center"),
    ]
    found = sorted(overview.counted, key=lambda one: (-one.criteria.met, -one.indicators.met, one.report.code))
    rows = [
        Row(
            [
                str(i),
                one.report.name,
                *([group_title(rules, one.group)] if rules.groups else []),
                *(f"{counts.met}/{counts.judgeable}/{counts.applicable}" for counts in (one.criteria, one.indicators)),
                str(one.meets.label),
                recognised_words(one.decision),
            ]
        )
        for i, one in enumerate(found, 1)
    ]
    _add(paper, title, columns, rows)


def add_shortest(paper: Paper, overview: Overview) -> None:
    """Add the indicators that most communes miss, with who leads them."""
    evaluation, records = overview.evaluation, overview.reported
    counted = [(at, evaluation.tally([at], records)) for at in evaluation.level("indicator")]
    missed = sorted((c for c in counted if c[1].not_met), key=lambda c: -c[1].not_met)
    if not missed:
        paper.add(_("No indicator that could be judged is missed by any commune."))
        return
    title = _("Table {table}. Indicators that most communes miss", table=paper.next_table())
    columns = [
        Column(_("Indicator"), 19, "center"),
        Column(_("Content"), 66),
        Column(_("Not met / that apply"), 20, "center"),
        Column(_("No data yet"), 17, "center"),
        Column(_("Lead agency"), 43),
    ]
    rows = []
    least = missed[:MOST][-1][1].not_met
    shown = [(at, counts) for at, counts in missed if counts.not_met >= least]
    for at, counts in shown:
        node = evaluation.table[at].node
        assert isinstance(node, Indicator)
        leads = "; ".join(agency_name(evaluation.rules, lead) for lead in node.leads())
        rows.append(
            Row([node.id, str(node.words), f"{counts.not_met}/{counts.applicable}", str(counts.no_data), leads])
        )
    _add(paper, title, columns, rows)
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
    rules = overview.evaluation.rules
    title = _(
        "Table {table}. Indicators of each lead agency over {n} communes with a usable report",
        table=paper.next_table(),
        n=len(overview.reported),
    )
    columns = [
        Column(_("Lead agency"), 37),
        Column(_("Indicators led"), 16, "center"),
        Column(str(Verdict.MET.label), 14, "center"),
        Column(str(Verdict.NOT_MET.label), 14, "center"),
        Column(_("Share not met"), 17, "center"),
        Column(_("Figures owed"), 15, "center"),
        Column(_("Awaiting a conclusion"), 18, "center"),
        Column(str(Verdict.NO_TARGET.label), 19, "center"),
        Column(str(Verdict.NOT_APPLICABLE.label), 17, "center"),
        Column(_("Held up by another agency"), 17, "center"),
    ]
    rows = [
        Row(
            [
                agency_name(rules, c.agency),
                str(c.indicators),
                str(c.met),
                str(c.not_met),
                f"{number(nearest_to(c.share * 100, 1))}%",
                *map(str, (c.owed, c.ruling, c.no_target, c.not_applicable, c.elsewhere)),
            ]
        )
        for c in overview.agencies
    ]
    _add(paper, title, columns, rows)
    shared = shared_indicators([overview.evaluation])
    if shared:
        words = _(
            "An indicator with several lead agencies counts for each of them, so columns add up to more: {ids}",
            ids=", ".join(shared),
        )
        paper.add(f"{words}.")
    add_bottlenecks(paper, overview)


def add_bottlenecks(paper: Paper, overview: Overview) -> None:
    """Add which agencies would bring communes a criterion if they finished what is not met in what they lead."""
    telling = [one for one in by_effect(overview.agencies) if one.gaining]
    if not telling:
        paper.add(_("No lead agency alone would bring a commune a further criterion by finishing what is not met."))
        return
    paper.add(
        _("If one agency brought to its target all that it leads and that is not met, so many communes would gain:")
    )
    title = _("Table {table}. What would change if one agency finished", table=paper.next_table())
    columns = [
        Column(_("Lead agency"), 70),
        Column(_("Communes that gain a criterion"), 32, "center"),
        Column(_("Criteria gained in all"), 30, "center"),
        Column(_("Communes that then meet all that can be judged"), 33, "center"),
    ]
    rows = [
        Row(
            [
                agency_name(overview.evaluation.rules, one.agency),
                *map(str, (one.gaining, one.criteria_gained, one.completing)),
            ]
        )
        for one in telling
    ]
    _add(paper, title, columns, rows)


def add_form_05(paper: Paper, periods: Periods, warnings: Sequence[str]) -> None:
    """Add Biểu 05 across a page of its own."""
    rules, titles = periods.now.rules, period_titles(periods.year)
    groups = [_("All communes"), *(group_title(rules, group) for group in groups_of(rules))]
    name = _("Biểu 05")
    title = _("{form}. Communes that meet each criterion, {year}", form=name, year=periods.year)
    columns = [
        Column(_("No."), 8, "center"),
        Column(_("Content"), 48),
        Column(_("Unit of measure"), 17, "center"),
        *(Column(_breakable(text), 12.5, "center", over=group) for group in groups for text in titles),
    ]
    unit = unit_words(rules)
    rows = []
    for found in form_05(periods):
        cells = [_shown(n) for counts in (found.total, *found.by_group) for n in (*counts, None)]
        rows.append(Row([found.id, found.text, unit, *cells], bold=not found.id, shaded=not found.id))
    assert len(columns) == 3 + PERIODS * len(groups)
    _annex(paper, name, title, warnings)
    size = 10 if len(groups) <= PLAIN_GROUPS else 8
    add_table(paper, scaled(columns, LANDSCAPE_WIDTH), rows, title=title, size=size)
    _notes(paper, periods, form_05_notes(periods))


def add_form_06(paper: Paper, periods: Periods, warnings: Sequence[str]) -> None:
    """Add Biểu 06 across a page of its own."""
    name = _("Biểu 06")
    title = _("{form}. Results of the programme, {year}", form=name, year=periods.year)
    columns = [
        Column(_("No."), 12, "center"),
        Column(_("Content"), 105),
        *(Column(text, 24, "center") for text in period_titles(periods.year)),
        Column(_("Note"), 63),
    ]
    rows = []
    for found in form_06(periods):
        counts = ["", ""] if found.heading else [_shown(n) for n in found.counts]
        cells = [found.number, found.text, *counts, "", found.note]
        strong = found.heading or found.number.isdigit()
        rows.append(Row(cells, bold=strong, shaded=found.heading))
    _annex(paper, name, title, warnings)
    add_table(paper, scaled(columns, LANDSCAPE_WIDTH), rows, title=title, size=11)
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


def _shown(count: Count) -> str:
    return "" if count is None else str(count)


def _add(paper: Paper, title: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    paper.add(title, "Caption")
    add_table(paper, scaled(columns, PORTRAIT_WIDTH), rows, title=title)
