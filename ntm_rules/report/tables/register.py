"""The register of communes: code, name, group, since when it stands so and what it was formed from; who leads what."""

from __future__ import annotations

from collections.abc import Iterable

from ntm_rules.i18n import _
from ntm_rules.report.tables.table import Table, texts
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.register import Commune
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.dates import on_day


def register(rules: CriteriaSet, units: Iterable[Commune]) -> Table:
    """Return some units of the register, in their order."""
    columns = [
        *texts(code=_("Code"), commune=_("Commune"), full_name=_("Commune"), group=_("Group")),
        *texts(since=_("Since"), formed_from=_("Formed from")),
    ]
    outside = {unit.code for unit in rules.communes.outside()}
    rows = []
    for unit in units:
        group = str(rules.groups[unit.group].title) if unit.group else ""
        group = _("these criteria are not for it") if unit.code in outside else group
        names = ", ".join(unit.predecessor_names)
        rows.append((unit.code, unit.name, full_name(unit), group, on_day(unit.valid_from), names))
    return Table.of(columns, rows)


def lead_agencies(rules: CriteriaSet) -> Table:
    """Return the lead agencies with the indicators of each."""
    columns = texts(id=_("Id"), agency=_("Lead agency"), indicators=_("Indicators"))
    rows = [
        (id_, str(rules.agencies[id_].name), ", ".join(one.id for one in rules.indicators() if id_ in one.leads()))
        for id_ in rules.lead_agencies
    ]
    return Table.of(columns, rows)
