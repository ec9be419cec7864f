"""What is said of a target to fill, beside it in a YAML file or a workbook."""

from __future__ import annotations

from ntm_rules.i18n import _, current_language, written_day
from ntm_rules.rulebook.criteria_set import Comparator
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import QUANTITIES
from ntm_rules.workbench.overlays.pending import Place


def text_of(place: Place) -> str:
    """Return the requirement's words, as printed where Vietnamese is read."""
    requirement = place.requirement
    return requirement.text_en if current_language() == "en" and requirement.text_en else requirement.text


def compared_in_percent(place: Place) -> bool:
    """Tell whether a target of this measure is a percentage."""
    return place.measure.kind in ("share", "growth") or place.measure.unit.vi.lstrip().startswith("%")


def unit_of(place: Place) -> str:
    """Return the unit in which the target is given."""
    if place.measure.kind in ("share", "growth"):
        return "%"
    return place.measure.unit.in_language(current_language())


def measure_words(place: Place) -> str:
    """Return the measure and its unit; of a growth, what is compared."""
    label = place.measure.label.in_language(current_language())
    if place.measure.kind == "growth":
        return _("{label} - growth over the year before (%)", label=label)
    return f"{label} ({unit_of(place)})" if place.measure.kind in QUANTITIES else label


def direction_words(place: Place) -> str:
    """Return how the value is held against the target."""
    if place.form == "standard":
        return _("must be met")
    if place.form == "grade":
        return _("≥ this grade or better")
    return _("≥ at least") if place.requirement.comparator is Comparator.AT_LEAST else _("≤ at most")


def lead_words(loaded: LoadedSet, place: Place) -> str:
    """Return the lead agency's name."""
    agency = loaded.agencies.get(place.requirement.lead)
    return agency.name.in_language(current_language()) if agency else place.requirement.lead


def decision_words(loaded: LoadedSet, decision: str) -> str:
    """Return the awaited decision's title and, where it is known, the day it is due."""
    awaited = next((d for d in loaded.header.decisions if d.id == decision), None)
    if awaited is None:
        return decision
    title = awaited.title.in_language(current_language())
    return _("{title} (due {day})", title=title, day=written_day(awaited.due)) if awaited.due else title


def criterion_words(loaded: LoadedSet, place: Place) -> str:
    """Return the criterion's number and title; of a further condition, that it is one."""
    for criterion in loaded.header.criteria:
        if criterion.id == place.indicator.criterion:
            title = criterion.title_en if current_language() == "en" else criterion.title
            return f"{criterion.id}. {title}"
    return _("Further conditions of recognition")


def grade_labels(loaded: LoadedSet, place: Place) -> dict[str, str]:
    """Return the grades of the measure's scale, lowest first: id -> label."""
    scale = next((s for s in loaded.header.scales if s.id == place.measure.scale), None)
    return {g.id: g.label.in_language(current_language()) for g in scale.grades} if scale else {}
