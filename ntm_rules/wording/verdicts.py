"""Verdicts and the levels of what has one, in words."""

from __future__ import annotations

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import N_, _

MEANINGS = {
    Verdict.MET: lambda: _("every requirement that applies is reached"),
    Verdict.NOT_MET: lambda: _("at least one requirement misses its target; see the gaps"),
    Verdict.NO_DATA: lambda: _("a figure that decides is missing or cannot be used; neither met nor not met"),
    Verdict.NO_TARGET: lambda: _("no document in force fixes the target; neither met nor not met"),
    Verdict.NOT_APPLICABLE: lambda: _("“if any”, and the commune has none; left out of the denominators"),
}


def state_words(state: Verdict | None) -> str:
    """Return a verdict in words; "not in the rules" where a law does not have the node."""
    return _("Not in the rules") if state is None else str(state.label)


def level_name(level: str) -> str:
    """Return what a node is called by its level."""
    return _(_LEVELS[level])


_LEVELS = {
    "requirement": N_("Requirement"),
    "indicator": N_("Indicator"),
    "criterion": N_("Criterion"),
    "recognition": N_("Further conditions"),
    "commune": N_("Commune"),
}
