"""How many communes have each verdict: of each criterion, and of each indicator that an agency leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.scores import Tally
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.tables.table import Cell, Column, CountOf, FileLink, Kind, Table, numbers, texts
from ntm_rules.rulebook.criteria_set import Criterion, Indicator
from ntm_rules.standing.agency_share import AgencyShare
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.agencies import agency_name


def verdict_columns() -> list[Column]:
    """Return a column for each verdict, in the order of the legend; `verdict_cells` are its cells."""
    return [Column(verdict.name.lower(), str(verdict.label), Kind.NUMBER) for verdict in LEGEND_ORDER]


def verdict_cells(count: Callable[[Verdict], int]) -> list[Cell]:
    """Return what is counted of each verdict."""
    return [count(verdict) for verdict in LEGEND_ORDER]


def criteria(overview: Overview) -> Table:
    """Return how many communes with a usable report have each verdict of each criterion."""
    evaluation = overview.evaluation
    rows: list[Sequence[Cell]] = []
    for at in evaluation.level("criterion"):
        node = evaluation.table[at].node
        assert isinstance(node, Criterion)
        counts = evaluation.tally([at], overview.reported)
        rows.append((node.id, str(node.words), *verdict_cells(counts.__getitem__)))
    return Table.of([Column("id", _("No."), Kind.MARK), Column("text", _("Criterion")), *verdict_columns()], rows)


def indicators_over_all(overview: Overview, indicators: Iterable[Indicator]) -> Table:
    """Return how many communes with a usable report have each verdict of some indicators, and who leads them."""
    columns = [*texts(id=_("No."), words=_("Indicator")), *verdict_columns(), Column("leads", _("Lead agency"))]
    rules = overview.evaluation.rules
    rows = []
    for one in indicators:
        leads = "; ".join(agency_name(rules, lead) for lead in one.leads())
        rows.append((one.id, str(one.words), *verdict_cells(overview.counts(one.id).__getitem__), leads))
    return Table.of(columns, rows)


def indicators(evaluation: Evaluation, tallies: Iterable[tuple[int, Tally]]) -> Table:
    """Return indicators by their rows in the evaluation, with what was counted of each and who leads it."""
    columns = [
        Column("id", _("Indicator"), Kind.MARK),
        Column("text", _("Content")),
        *numbers(not_met_of=_("Not met / that apply"), no_data=_("No data yet")),
        Column("leads", _("Lead agency")),
    ]
    rows = []
    for at, counts in tallies:
        node = evaluation.table[at].node
        assert isinstance(node, Indicator)
        leads = "; ".join(agency_name(evaluation.rules, lead) for lead in node.leads())
        rows.append((node.id, str(node.words), CountOf(counts.not_met, counts.applicable), counts.no_data, leads))
    return Table.of(columns, rows)


def indicators_led(share: AgencyShare, *, conditions: bool = False) -> Table:
    """Return the indicators that an agency leads; with the further conditions of recognition, where asked for."""
    columns = [
        Column("id", _("Indicator"), Kind.MARK),
        Column("text", _("Content")),
        *verdict_columns(),
        *numbers(elsewhere=_("Held up by another agency"), communes=_("Communes that reported")),
        Column("rulings", _("Of no data yet: awaiting a conclusion"), Kind.NUMBER),
    ]
    rows: list[Sequence[Cell]] = []
    for one in share.shares:
        text = str(one.indicator.words)
        if one.is_condition:
            if not conditions:
                continue
            text = _("Further condition of recognition: {text}", text=text)
        counts = verdict_cells(one.count)
        rows.append((one.indicator.id, text, *counts, one.elsewhere, len(one.verdicts), one.rulings))
    return Table.of(columns, rows)


def agencies_led(shares: Iterable[AgencyShare]) -> Table:
    """Return how the indicators of every agency stand, with the names of its paper and its workbook."""
    columns = [
        Column("agency", _("Lead agency")),
        Column("indicators", _("Indicators led"), Kind.NUMBER),
        *verdict_columns(),
        Column("elsewhere", _("Held up by another agency"), Kind.NUMBER),
        *texts(paper=_("Paper"), workbook=_("Workbook")),
    ]
    rows: list[Sequence[Cell]] = []
    for share in shares:
        led = [one for one in share.shares if not one.is_condition]
        counts = verdict_cells(lambda verdict, led=led: sum(one.count(verdict) for one in led))  # type: ignore[misc]
        name, files = (
            agency_name(share.evaluation.rules, share.agency),
            (f"{share.agency}.docx", f"{share.agency}.xlsx"),
        )
        rows.append((name, len(led), *counts, sum(one.elsewhere for one in led), *map(FileLink, files)))
    return Table.of(columns, rows)
