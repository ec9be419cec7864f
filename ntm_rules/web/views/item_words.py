"""How one figure is called and written wherever findings on it are shown."""

from __future__ import annotations

from ntm_rules.appraisal.entries import Entry
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement


def requirement_of(rules: CriteriaSet, measure: str) -> Requirement | None:
    """Return the requirement that holds a measure to a target; None where it is only a condition of others."""
    return next((one for one in rules.requirements() if one.measure == measure), None)


def measure_words(rules: CriteriaSet, measure: str) -> str:
    """Return how a measure is called, after the id of its requirement."""
    found, label = requirement_of(rules, measure), str(rules.measures[measure].label)
    return f"{found.id} {label}" if found is not None else label


def entry_words(entry: Entry | None) -> str:
    """Return what is typed of a figure, as it was typed."""
    if entry is None or not (entry.value or entry.numerator or entry.denominator):
        return _("not reported")
    said = [entry.value] if entry.value else []
    if entry.numerator or entry.denominator:
        said.append(f"{entry.numerator or '…'} / {entry.denominator or '…'}")
    if entry.previous:
        said.append(_("year before {cell}", cell=entry.previous))
    return "; ".join(said)
