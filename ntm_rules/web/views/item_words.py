"""How one figure is called and written wherever findings on it are shown."""

from __future__ import annotations

from collections.abc import Mapping

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.hamlets import parted
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.web.findings import Appraised


def requirement_of(rules: CriteriaSet, key: str) -> Requirement | None:
    """Return the requirement that holds a figure to a target, or counts its hamlet; None where it is only a condition of others."""
    measure, number = parted(key)
    if number:
        return next((one for one in rules.counting_hamlets if one.hamlets and measure in one.hamlets.asked), None)
    return next((one for one in rules.requirements() if one.measure == measure), None)


def measure_words(rules: CriteriaSet, key: str, hamlets: Mapping[int, str]) -> str:
    """Return how a figure is called, after the id of its requirement; `hamlets`: the names of those that there are."""
    found, label = requirement_of(rules, key), label_words(rules, key, hamlets)
    return f"{found.id} {label}" if found is not None else label


def label_words(rules: CriteriaSet, key: str, hamlets: Mapping[int, str]) -> str:
    """Return how a figure is called: that of a hamlet after the hamlet's name."""
    measure, number = parted(key)
    if not number:
        return str(rules.measures[measure].label) if measure in rules.measures else measure
    name = hamlets.get(number) or _("hamlet number {n}", n=number)
    if not measure:
        return _("Name of {hamlet}", hamlet=name)
    return f"{name}: {label_words(rules, measure, hamlets)}"


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


def found_words(standing: Appraised, measure: str) -> str:
    """Return the figure of the agencies' layer as it was typed; of residents' comments, before they are recorded, that they are not."""
    if standing.comments is None and measure in standing.law.procedure.comment_measures:
        return _("comments not recorded yet")
    return entry_words(standing.entries().get(measure))
