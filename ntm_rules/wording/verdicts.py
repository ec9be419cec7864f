"""What each verdict means, for a legend."""

from __future__ import annotations

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _

MEANINGS = {
    Verdict.MET: lambda: _("every requirement that applies is reached"),
    Verdict.NOT_MET: lambda: _("at least one requirement misses its target; see the gaps"),
    Verdict.NO_DATA: lambda: _("a figure that decides is missing or cannot be used; neither met nor not met"),
    Verdict.NO_TARGET: lambda: _("no document in force fixes the target; neither met nor not met"),
    Verdict.NOT_APPLICABLE: lambda: _("“if any”, and the commune has none; left out of the denominators"),
}
