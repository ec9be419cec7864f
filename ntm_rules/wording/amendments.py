"""What later decisions did to a rule, in sentences: added, replaced, changed or repealed, by which document, from when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from ntm_rules.i18n import N_, Message, _
from ntm_rules.rulebook.criteria_set import Amendment, Comparator, CriteriaSet, Indicator, Provenance, done_to
from ntm_rules.rulebook.models import BOUNDS, DAYS_COMPARED, DerivedValue, NodeWritten, PendingTarget
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.derived import derived_words
from ntm_rules.wording.sources import origin_words
from ntm_rules.wording.targets import within_words
from ntm_rules.wording.values import number

FIELDS = {
    "text": N_("text"),
    "reading": N_("reading"),
    "text_en": N_("text in English"),
    "lead": N_("lead agency"),
    "cooperating": N_("cooperating agencies"),
    "source": N_("source"),
    "note": N_("note"),
    "years": N_("years in force"),
    "in_force": N_("days in force"),
    "points": N_("points"),
    "applies_if": N_("for whom it is"),
    "applies_unless": N_("for whom it is not"),
    "needed": N_("how many parts are needed"),
    "measure": N_("figure"),
    "attested": N_("figure"),
    "ruling": N_("figure"),
    "graded": N_("figure"),
    "day": N_("figure"),
    "answer": N_("the answer that meets"),
    "taken": N_("how the figure is taken"),
    "rounded_to": N_("rounding"),
    "standard": N_("what counts as meeting it"),
    "meets": N_("what meeting the standard means"),
    "meets_when": N_("when it is met"),
    "bands": N_("the bands"),
    **dict.fromkeys((*BOUNDS, *DAYS_COMPARED), N_("target")),
}
"""Keyword of the rule language -> what it is called."""
_DONE = {
    "added": N_("Added by {source}."),
    "replaced": N_("Replaced by {source}."),
    "repealed": N_("Repealed by {source}."),
}


def document_of(origin: Provenance) -> str:
    """Return the document of a decision, the place in it, and from when to when it is in force."""
    parts = [
        origin_words(origin),
        origin.document,
        _("in force from {day}", day=on_day(origin.from_)) if origin.from_ else "",
        _("until {day}", day=on_day(origin.to)) if origin.to else "",
        str(_("illustrative - not law")) if origin.illustrative else "",
    ]
    return ", ".join(part for part in parts if part)


def amendment_words(rules: CriteriaSet, amendment: Amendment) -> str:
    """Return what a decision did to a rule; of a change, of what and what it was before."""
    source = document_of(amendment.provenance)
    if amendment.kind in _DONE:
        return str(_(_DONE[amendment.kind], source=source))
    said = dict.fromkeys(_field(rules, amendment.before, key) for key in amendment.fields)
    return _("Changed by {source}: {fields}.", source=source, fields="; ".join(said))


def indicator_amendments(rules: CriteriaSet, indicator: Indicator) -> Iterator[str]:
    """Yield what was done to an indicator and its parts, each with the id of what it was done to where that is a part."""
    for id_, one in done_to(rules, indicator):
        said = repealed_words(one) if id_ in rules.repealed else amendment_words(rules, one)
        yield said if id_ == indicator.id else _("{id}: {said}", id=id_, said=said)


def whole_amendments(rules: CriteriaSet) -> Iterator[str]:
    """Yield what was done to what meets the standard, or a criterion, and which criteria were added."""
    for id_, done in rules.amended.items():
        for one in done:
            said = amendment_words(rules, one)
            yield said if id_ == rules.id else _("Criterion {id}: {said}", id=id_, said=said)


def repealed_words(by: Amendment) -> str:
    """Return by what something was repealed, or replaced with what it stood in."""
    return str(_(_DONE[by.kind if by.kind in _DONE else "repealed"], source=document_of(by.provenance)))


def _field(rules: CriteriaSet, before: NodeWritten | None, key: str) -> str:
    """Return what was changed, with what it was before where that is short."""
    name = str(Message(FIELDS[key]))
    was = _was(rules, before, key) if before is not None else ""
    return _("{field} (before: {was})", field=name, was=was) if was else name


def _was(rules: CriteriaSet, before: NodeWritten, key: str) -> str:
    if key in (*BOUNDS, *DAYS_COMPARED):
        if before.within is not None:
            return within_words(before.within, Comparator.AT_LEAST)
        return "; ".join(_bar(rules, bound, target) for bound, target in before.bounds.items())
    value = getattr(before, key)
    if key == "lead" and value:
        return agency_name(rules, value)
    if key == "cooperating" and value:
        return "; ".join(agency_name(rules, one) for one in value)
    if key in ("measure", "attested", "ruling", "graded", "day") and (before.reported or "") in rules.measures:
        return str(rules.measures[before.reported or ""].label)
    if key in ("text", "text_en", "reading") and value:
        return f"“{value}”"
    return str(value) if isinstance(value, int | Decimal) else ""


def _bar(rules: CriteriaSet, bound: str, target: object) -> str:
    sign = Comparator(bound).sign
    if isinstance(target, DerivedValue):
        return f"{sign} {derived_words(rules, target)}"
    if isinstance(target, dict):
        titles = {group: str(rules.groups[group].title) if group in rules.groups else group for group in target}
        return ", ".join(f"{titles[group]}: {_cell(rules, sign, value)}" for group, value in target.items())
    return _cell(rules, sign, target)


def _cell(rules: CriteriaSet, sign: str, value: object) -> str:
    """Return one number, grade or day with its comparison; of anything else what it comes to."""
    if isinstance(value, PendingTarget):
        return _("not yet fixed")
    if isinstance(value, dt.date):
        return f"{sign} {on_day(value)}"
    if isinstance(value, Decimal):
        return f"{sign} {number(value)}"
    labels = {grade.id: str(grade.label) for scale in rules.scales.values() for grade in scale.grades}
    return f"{sign} {labels[value]}" if isinstance(value, str) and value in labels else sign
