"""What the council has concluded on the communes of a round, beside each other."""

from __future__ import annotations

from ntm_rules.appraisal.council import COMMUNE, CONDITIONS, Concluded
from ntm_rules.i18n import _
from ntm_rules.report.html.values import Cell, PageTable, named, stacked
from ntm_rules.web.concluding import conclusions_of
from ntm_rules.web.drawing import LINKS
from ntm_rules.web.laws import Opened
from ntm_rules.web.models import Round
from ntm_rules.web.views.layers import CONCLUDED
from ntm_rules.wording.communes import full_name


def concluded_of(one: Round, law: Opened) -> PageTable | None:
    """Return what the council has concluded on the communes of a round; nothing where it has on none."""
    rows = []
    for dossier in one.dossiers.filter(state__in=[state.value for state in CONCLUDED]).order_by("commune"):
        said = conclusions_of(dossier)
        whole, conditions = said.get(COMMUNE), said.get(CONDITIONS)
        criteria = [said[criterion.id].concluded for criterion in law.rules.criteria if criterion.id in said]
        rows.append(
            [
                named(full_name(law.rules.communes[dossier.commune]), LINKS.to("conclude", dossier.pk)),
                Cell(whole.concluded.words if whole else ""),
                Cell(f"{criteria.count(Concluded.MEETS)}/{len(law.rules.criteria)}", "number"),
                Cell(conditions.concluded.words if conditions else ""),
                Cell(dossier.stands.words),
            ]
        )
    heads = [
        _("Commune"), _("Council's conclusion"), _("Criteria met"), _("Further conditions of recognition"),
        _("Where it stands"),
    ]  # fmt: skip
    return stacked("concluded", _("What the council has concluded"), heads, rows) if rows else None
