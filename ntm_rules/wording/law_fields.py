"""Fields of a law and their values, in words: as a reader of the law knows them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from decimal import Decimal

from ntm_rules.i18n import N_, _, current_language
from ntm_rules.rulebook.criteria_set import (
    DEFAULT,
    THE_REST,
    AwaitedTarget,
    ClassedTarget,
    Comparator,
    CriteriaSet,
    Gate,
    Requirement,
)
from ntm_rules.rulebook.describe import standard_described
from ntm_rules.rulebook.facts import ADDED, DAYS, IN_FORCE, OVER_TIME, REMOVED, FactSubject, Json, WordChange
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.asked import gate_words
from ntm_rules.wording.communes import group_words
from ntm_rules.wording.dates import day, on_day, span_words
from ntm_rules.wording.decisions import decision_words
from ntm_rules.wording.sources import document_name, origin_words, place_in
from ntm_rules.wording.standards import asked_words
from ntm_rules.wording.taken import taken_words
from ntm_rules.wording.targets import bar_words
from ntm_rules.wording.values import answer_words, number

KIND_WORDS = {
    "set": N_("Criteria set"),
    "criterion": N_("Criterion"),
    "indicator": N_("Indicator"),
    "requirement": N_("Requirement"),
    "measure": N_("Figure or statement"),
    "scale": N_("Scale"),
    "group": N_("Group"),
    "band": N_("Band"),
    "agency": N_("Agency"),
    "decision": N_("Decision awaited"),
    "document": N_("Document"),
    "commune": N_("Commune"),
}
"""Kind of a subject -> its name."""
FIELD_WORDS = {
    ADDED: N_("Added"),
    REMOVED: N_("Removed"),
    IN_FORCE: N_("In force"),
    "text": N_("Text"),
    "printed": N_("Text as printed"),
    "text_en": N_("English text"),
    "source": N_("Source"),
    "lead": N_("Lead agency"),
    "cooperating": N_("Cooperating agencies"),
    "years": N_("Years in force"),
    DAYS: N_("Days in force"),
    "note": N_("Note"),
    "structure": N_("Structure"),
    "hamlets": N_("Hamlets that are counted"),
    "per": N_("Reported of each"),
    "of_set": N_("Criteria set asked for"),
    "classes": N_("Classes of the register"),
    "points": N_("Points"),
    "criterion": N_("Criterion"),
    "measure": N_("Figure or statement"),
    "gates": N_("For whom"),
    "comparator": N_("Comparison"),
    "taken": N_("How the figure is taken"),
    "answer": N_("The answer that meets"),
    "target": N_("Target"),
    "target_source": N_("Where the target stands"),
    "title": N_("Title"),
    "title_en": N_("English title"),
    "indicators": N_("Indicators"),
    "label": N_("Label"),
    "kind": N_("Kind"),
    "unit": N_("Unit"),
    "sense": N_("Which way is better"),
    "decimals": N_("Decimals shown"),
    "range": N_("Range of what can be reported"),
    "counted": N_("How it is counted"),
    "zero_denominator": N_("A denominator of 0 is"),
    "scale": N_("Scale"),
    "attested_by": N_("Confirmed by"),
    "evidence": N_("Evidence"),
    "grades": N_("Grades"),
    "definition": N_("Definition"),
    "at_least": N_("At least"),
    "at_most": N_("At most"),
    "name": N_("Name"),
    "role": N_("Role"),
    "owed_by": N_("Owed by"),
    "owed_by_text": N_("Owed by"),
    "due": N_("Due"),
    "number": N_("Number"),
    "date": N_("Date"),
    "issuer": N_("Issuer"),
    "group": N_("Group"),
    "group_source": N_("Source of the group"),
    "type": N_("Type"),
    "valid_from": N_("Valid from"),
    "predecessor_codes": N_("Codes of the units before"),
    "predecessor_names": N_("Names of the units before"),
    "version": N_("Version"),
    "province": N_("Province"),
    "period": N_("Period"),
    "meets": N_("What meeting the standard means"),
    "meets_when": N_("When it is met"),
    "commune_type": N_("Type of unit the set applies to"),
    "overlays": N_("Overlays in force"),
    "id": N_("Id"),
}
"""Field of a fact -> its name; a field without a name is shown by its key."""


def subject_words(subject: FactSubject) -> str:
    """Return what a change is about: its kind and id."""
    return f"{_(KIND_WORDS[subject.kind])} {subject.id}".rstrip()


def field_words(field: str) -> str:
    """Return a field's name."""
    return _(FIELD_WORDS[field]) if field in FIELD_WORDS else field


def field_value_words(
    change: WordChange, value: Json, rules: CriteriaSet, on: Callable[[dt.date], CriteriaSet | None]
) -> str:
    """Return one side of a change in words, with the names that `rules` knows.

    `on`: the law of that side on a day, by which a value of some days alone is read: how it compares may change with it.
    """
    if isinstance(value, dict) and set(value) == {OVER_TIME}:
        return "; ".join(
            _(
                "{days}: {value}",
                days=span_words(part["from"], part["to"]),
                value=field_value_words(change, part["value"], on(dt.date.fromisoformat(part["from"])) or rules, on),
            )
            for part in value[OVER_TIME]
        )
    if value is None or value in ("", []):
        return _("none")
    write = _WRITTEN.get(change.field)
    return write(rules, change.subject, value) if write else _plain(value)


def _plain(value: Json) -> str:
    if isinstance(value, dict) and set(value) == {"vi", "en"}:
        return str(value[current_language()])
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _target(rules: CriteriaSet, subject: FactSubject, value: Json) -> str:
    if not isinstance(value, dict) or "state" not in value:
        return _plain(value)
    if value["state"] == "by_class":
        return "; ".join(
            f"{_class(rules, value['by'], class_)}: {_target(rules, subject, cell)}"
            for class_, cell in value["classes"].items()
        )
    if value["state"] == "not_applicable":
        return _("not applicable")
    if value["state"] == "awaited":
        awaited = decision_words(rules, value["decision"] or "")
        return _("not yet fixed: {decision}", decision=awaited) if awaited else _("not yet fixed")
    requirement = rules.requirement_by_id.get(subject.id)
    if value["by_group"] is not None:
        return "; ".join(
            f"{group_words(rules, group)}: {_bar(rules, requirement, bar)}" for group, bar in value["by_group"].items()
        )
    return _bar(rules, requirement, value["value"])


def _bar(rules: CriteriaSet, requirement: Requirement | None, value: str) -> str:
    if requirement is None:
        return value
    measure = rules.measures[requirement.measure]
    if measure.traits.quantity:
        return bar_words(measure, requirement, Decimal(value))
    if measure.traits.graded:
        scale = rules.scales[measure.scale or ""]
        label = next((str(g.label) for g in scale.grades if g.id == value), value)
        return f"≥ {label}"
    if measure.traits.dated:
        return on_day(dt.date.fromisoformat(value))
    return answer_words(rules, measure, int(value != "no"))


def _answer(rules: CriteriaSet, subject: FactSubject, value: Json) -> str:
    return _bar(rules, rules.requirement_by_id.get(subject.id), value) if value else ""


def _place(rules: CriteriaSet, subject: FactSubject, value: Json) -> str:
    """Return the place of a target in words, where the law at hand still has that target."""
    requirement = rules.requirement_by_id.get(subject.id)
    targets = (requirement.target, *requirement.replaced) if requirement else ()
    for target in targets:
        cells = [cell for _class, cell in target.each()] if isinstance(target, ClassedTarget) else [target]
        for cell in cells:
            if not isinstance(cell, AwaitedTarget) and cell.provenance.article == value["place"]:
                return origin_words(cell.provenance)
    return value["place"] or ""


def _class(rules: CriteriaSet, by: str, class_: str) -> str:
    if class_ == DEFAULT:
        return str(THE_REST)
    classing = rules.classings.get(by)
    return str(classing.title(class_)) if classing else class_


def _target_source(rules: CriteriaSet, subject: FactSubject, value: Json) -> str:
    if "document" not in value:  # of each class
        target = rules.requirement_by_id[subject.id].target if subject.id in rules.requirement_by_id else None
        by = target.classing.by if isinstance(target, ClassedTarget) else ""
        return "; ".join(f"{_class(rules, by, one)}: {_target_source(rules, subject, of)}" for one, of in value.items())
    parts = [document_name(rules, value["document"]), _place(rules, subject, value)]
    if value["overlay"] and value["overlay"] != value["document"]:
        parts.append(_("overlay {overlay}", overlay=value["overlay"]))
    if value["from"]:
        parts.append(span_words(value["from"], value["to"]))
    if value["promulgated"]:
        parts.append(_("promulgated {day}", day=day(value["promulgated"])))
    if value["illustrative"]:
        parts.append(_("illustrative - not law"))
    return ", ".join(part for part in parts if part)


def _source(rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    if isinstance(value, str):  # the register's: a text
        return value
    place = place_in(value["annex"], value["row"], value["article"])
    parts = (document_name(rules, value["document"]), place, _plain(value["note"]) if value["note"] else "")
    return ", ".join(part for part in parts if part)


def _agency(rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return f"{agency_name(rules, value)} ({value})"


def _agencies(rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return "; ".join(agency_name(rules, agency) for agency in value)


def _hamlets(rules: CriteriaSet, subject: FactSubject, value: Json) -> str:
    many = _measure(rules, subject, value["number"]) if value["number"] else _("as many as figures are given of")
    return _("each: {structure}; how many: {number}", structure=value["each"], number=many)


def _per(_rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return _("hamlet") if value == "hamlet" else _plain(value)


def _classes(rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return "; ".join(_class(rules, by, class_) for by, class_ in value.items())


def _measure(rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    spec = rules.measures.get(value)
    return f"{spec.label!s} ({value})" if spec else str(value)


def _gates(rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    gates = (Gate(one["measure"], Comparator(one["comparator"]), _bar_of(one["value"])) for one in value or ())
    return "; ".join(gate_words(rules, gate) if gate.measure in rules.measures else gate.measure for gate in gates)


def _bar_of(written: str) -> Decimal:
    return Decimal({"yes": 1, "no": 0}.get(written, written))


def _years(_rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return f"{value['from']}–{value['to']}"


def _in_force(_rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return "; ".join(span_words(from_, to) for from_, to in value)


def _range(_rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    low, high = (number(Decimal(bound)) if bound is not None else "…" for bound in (value["min"], value["max"]))
    return f"{low} – {high}"


def _counted(_rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return _(
        "{numerator} / {denominator}, in {unit}, decimals {decimals}",
        numerator=_plain(value["numerator"]),
        denominator=_plain(value["denominator"]),
        unit=_plain(value["unit"]),
        decimals=value["decimals"],
    )


def _grades(_rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return " < ".join(f"{_plain(grade['label'])} ({grade['id']})" for grade in value)


def _structure(_rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    words = str(value).replace("all(", _("all of") + " (").replace("any(", _("any one of") + " (")
    return _SOME.sub(lambda counted: _("at least {k} of", k=counted[1]) + " (", words)


_SOME = re.compile(r"\bsome (\d+)\(")


def _days_of_law(_rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return span_words(value["from"], value["to"])


def _group(rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return group_words(rules, value)


def _comparator(_rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return Comparator(value).sign


def _taken(rules: CriteriaSet, subject: FactSubject, value: Json) -> str:
    requirement = rules.requirement_by_id.get(subject.id)
    if requirement is None:
        return _plain(value)
    return taken_words(requirement.taken, rules.measures[requirement.measure])


def _date(_rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return day(value)


def _meets_when(rules: CriteriaSet, _subject: FactSubject, value: Json) -> str:
    return asked_words(rules, standard_described(value))


_WRITTEN: dict[str, Callable[[CriteriaSet, FactSubject, Json], str]] = {
    ADDED: _target,
    REMOVED: _target,
    "target": _target,
    "target_source": _target_source,
    "source": _source,
    "lead": _agency,
    "owed_by": _agency,
    "attested_by": _agency,
    "cooperating": _agencies,
    "measure": _measure,
    "gates": _gates,
    "years": _years,
    "period": _years,
    IN_FORCE: _in_force,
    DAYS: _days_of_law,
    "range": _range,
    "counted": _counted,
    "grades": _grades,
    "structure": _structure,
    "hamlets": _hamlets,
    "classes": _classes,
    "per": _per,
    "meets_when": _meets_when,
    "group": _group,
    "comparator": _comparator,
    "taken": _taken,
    "answer": _answer,
    "due": _date,
    "date": _date,
    "valid_from": _date,
}
"""Fields whose values need more than their own words."""
