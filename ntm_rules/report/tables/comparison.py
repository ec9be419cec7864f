"""What another law would change, as tables: what it asks, how communes come out, every change, the counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ntm_rules.i18n import _
from ntm_rules.report.comparison.words import (
    ChangeCounts,
    WhatIf,
    by_agency,
    by_node,
    node_words,
    side_words,
    totals,
)
from ntm_rules.report.rows import figure_codes
from ntm_rules.report.tables.table import Cell, Column, Kind, RowRole, Table, Term, code_of, marks, numbers, texts
from ntm_rules.rulebook.models import Band
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.asked import asked_of
from ntm_rules.wording.communes import group_words
from ntm_rules.wording.phrases import turned
from ntm_rules.wording.standards import meets_words
from ntm_rules.wording.verdicts import level_name, state_words
from ntm_rules.workbench.comparing.changes import Comparison, NodeChange, Side, leads_of, requirement_at
from ntm_rules.workbench.comparing.communes import CommuneChange, Fate
from ntm_rules.workbench.comparing.directions import State

ABSENT = "ABSENT"
"""Stands for the verdict where a law does not have the node."""


def state_cell(state: State) -> Cell:
    """Return a verdict; where a law does not have the node, that it is not in the rules."""
    return Term(ABSENT, state_words(None)) if state is None else state


def state_code(state: State) -> str:
    """Return the same as programs read it."""
    return str(code_of(state_cell(state)))


def asked_of_both(report: WhatIf) -> Table:
    """Return what each law asks of the requirements that it asks for differently."""
    before, after = report.before.rules, report.after.rules
    rows = []
    for one in report.asked:
        node = one.after or one.before
        assert node is not None, "one law at least asks for it"
        said = asked_of(before, one.before, one.after), asked_of(after, one.after, one.before)
        rows.append((one.id, str(node.words), *said))
    return Table.of(_asked_columns(), rows)


def regrouped_communes(report: WhatIf) -> Table:
    """Return the communes that each law puts into another group."""
    before, after = report.before.rules, report.after.rules
    rows = [
        (now.code, now.name, group_words(before, was.group), group_words(after, now.group))
        for was, now in report.regrouped
    ]
    return Table.of(_asked_columns(), rows)


def _asked_columns() -> list[Column]:
    return texts(id=_("Item"), words=_("Asked differently"), before=_("Before"), after=_("After"))


def counts_of_communes(report: WhatIf) -> Table:
    """Return how many communes were compared, and how many are in each band and meet the standard."""
    columns = [Column("counted", _("Communes")), *numbers(before=_("Before"), after=_("After"))]
    compared = len(report.comparison.pairs)
    return Table.of(columns, [(_("Evaluated"), compared, compared), *totals(report)])


def outcomes(report: WhatIf) -> Table:
    """Return how many communes come out in each way."""
    columns = [Column("outcome", _("How communes come out")), *numbers(communes=_("Communes"))]
    standings = [commune.standing for commune in report.communes]
    return Table.of(columns, [(str(one.label), standings.count(one)) for one in Fate])


def changed_communes(report: WhatIf, communes: Iterable[CommuneChange]) -> Table:
    """Return how communes stood and stand, and what became of their indicators and further conditions."""
    meets = meets_words(report.after.rules)
    columns = [
        *texts(commune_code=_("Code"), commune=_("Commune")),
        *numbers(year=_("Year")),
        *texts(outcome=_("How it comes out"), group=_("Group")),
        *numbers(criteria_before=_("Criteria met before"), criteria_after=_("Criteria met after")),
        *numbers(indicators_before=_("Indicators met before"), indicators_after=_("Indicators met after")),
        *texts(band_before=_("Band before"), band_after=_("Band after")),
        *marks(meets_before=_("{what}, before", what=meets), meets_after=_("{what}, after", what=meets)),
        *marks(conditions_before=_("Further conditions, before"), conditions_after=_("Further conditions, after")),
        *texts(fallen=_("No longer met"), newly_failing=_("Newly failing"), risen=_("Newly met")),
        *texts(others=_("Other changes")),
    ]
    return Table.of(columns, (_commune(report, commune) for commune in communes))


CHANGES = ("fallen", "newly_failing", "risen", "others")
"""Columns of what became of items, by what it means."""


def _commune(report: WhatIf, commune: CommuneChange) -> Sequence[Cell]:
    was, now = commune.was, commune.now
    groups = group_words(report.before.rules, was.group), group_words(report.after.rules, now.group)
    of_each = (commune.fallen, commune.newly_failing, commune.risen, commune.others)
    return (
        *(commune.code, commune.name, commune.year),
        *(str(commune.standing.label).partition(":")[0], turned(*groups)),
        *(f"{side.criteria.met}/{side.criteria.applicable}" for side in (was, now)),
        *(f"{side.indicators.met}/{side.indicators.applicable}" for side in (was, now)),
        *(_band(side.band) for side in (was, now)),
        *(state_cell(state) for state in (was.meets, now.meets, was.conditions, now.conditions)),
        *(", ".join(change.id for change in changes) for changes in of_each),
    )


def _band(band: Band | None) -> str:
    return str(band.title) if band else ""


def changed_nodes(report: WhatIf, changes: Iterable[NodeChange]) -> Table:
    """Return changes with what was reported, the target and the gap before and after."""
    columns = [
        *texts(commune_code=_("Code"), commune=_("Commune")),
        *numbers(year=_("Year")),
        *texts(level=_("Level"), id=_("Item"), words=_("What is required")),
        *marks(before=_("Verdict before"), after=_("Verdict after")),
        *texts(meaning=_("What it means"), actual=_("Reported")),
        *texts(target_before=_("Target before"), target_after=_("Target after")),
        *texts(gap_before=_("Gap before"), gap_after=_("Gap after"), lead_agency=_("Lead agency")),
    ]
    return Table.of(columns, (_node(report, change) for change in changes))


def _node(report: WhatIf, change: NodeChange) -> Sequence[Cell]:
    was, now = side_words(change.was), side_words(change.now)
    return (
        *(change.code, change.name, change.year),
        *(Term(change.level, level_name(change.level)), _item(change), node_words(change)),
        *(state_cell(change.before), state_cell(change.after)),
        *(_(change.turn.words), now.actual or was.actual),
        *(was.target, now.target),
        *(was.gap, now.gap),
        "; ".join(agency_name(report.after.rules, agency) for agency in leads_of(change)),
    )


FIGURES = ("actual", "comparator", "target", "unit", "shortfall", "quantity", "quantity_unit")
"""What programs read of each side of a change; of requirements alone, which an indicator's figures are."""


def changes_for_programs(comparison: Comparison) -> Table:
    """Return every verdict that differs, communes in order, nodes in the order of the law's text."""
    keys = (
        *("commune_code", "commune", "year", "level", "id", "direction", "before", "after"),
        *("reason_before", "reason_after"),
        *(f"{figure}_{side}" for side in ("before", "after") for figure in FIGURES),
        "lead_agency",
    )
    rows = (
        (
            *(change.code, change.name, change.year, change.level, change.id or comparison.after.rules.id),
            *(change.turn.direction.value, state_cell(change.before), state_cell(change.after)),
            *(_reason(change.was), _reason(change.now)),
            *_figures(change, change.was),
            *_figures(change, change.now),
            ";".join(leads_of(change)),
        )
        for change in comparison.changes()
    )
    return Table.of([Column(key) for key in keys], rows)


def _reason(side: Side | None) -> str:
    return "" if side is None else side.evaluation.reason(side.row, side.record).value


def _figures(change: NodeChange, side: Side | None) -> Sequence[str]:
    at = requirement_at(side) if change.level == "requirement" else None
    return figure_codes(at.evaluation.rules, at.evaluation.held(at.row, at.record)) if at else [""] * len(FIGURES)


def changed_items(report: WhatIf) -> Table:
    """Return in how many communes each criterion, indicator and further condition changes, and how."""
    columns = [*texts(id=_("Item"), words=_("Criterion or indicator")), *_count_columns()]
    counted = by_node(report)
    rows = [(_item(change), node_words(change), *counts) for change, counts in counted]
    roles = [
        RowRole.STRONG if change.level in ("criterion", "commune") else RowRole.PLAIN for change, _counts in counted
    ]
    return Table.of(columns, rows, roles)


def agencies_concerned(report: WhatIf) -> Table:
    """Return how many changes each lead agency has, and how."""
    rows = [(agency, *counts) for agency, counts in by_agency(report)]
    return Table.of([*texts(agency=_("Lead agency")), *_count_columns()], rows)


def _count_columns() -> list[Column]:
    heads = (_("No longer met"), _("Newly failing"), _("Newly met"), _("Other"))
    return [Column(key, head, Kind.NUMBER) for key, head in zip(ChangeCounts._fields, heads, strict=True)]


def _item(change: NodeChange) -> str:
    return "" if change.level in ("commune", "recognition") else change.id
