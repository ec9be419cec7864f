"""The results of communes: criteria and indicators met of what can be judged and of what applies, and what they amount to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ntm_rules.i18n import _
from ntm_rules.report.tables import Cell, Column, Kind, Table, marks, texts
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.communes import CommuneStanding
from ntm_rules.wording.communes import group_title
from ntm_rules.wording.standing import recognised_words


def results(rules: CriteriaSet, communes: Iterable[CommuneStanding]) -> Table:
    """Return a short row for each commune."""
    columns = [
        *texts(commune=_("Commune"), group=_("Group")),
        Column("criteria", _("Criteria met / judged whole / that apply"), Kind.NUMBER),
        Column("indicators", _("Indicators met / judged whole / that apply"), Kind.NUMBER),
        *marks(meets=_("Meets every criterion"), recognised=_("Recognised by decision")),
    ]
    rows: list[Sequence[Cell]] = [
        (
            *(one.report.name, group_title(rules, one.group) if rules.groups else ""),
            *(f"{counts.met}/{counts.judgeable}/{counts.applicable}" for counts in (one.criteria, one.indicators)),
            *(one.meets, recognised_words(one.decision)),
        )
        for one in communes
    ]
    return Table(columns, rows)
