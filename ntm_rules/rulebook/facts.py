"""Everything a law says, as one flat table: subject and field -> plain JSON value.

Two laws are then compared key by key. Values are those of `ntm rules show --format json`
(docs/rules-json.md), so that nothing is lost and nothing depends on a language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ntm_rules.rulebook.criteria_set import DEFAULT, CriteriaSet
from ntm_rules.rulebook.describe import describe

Json = Any
"""What JSON can hold; shapes are those of docs/rules-json.md."""
Facts = Mapping["FactSubject", Mapping[str, Json]]


class FactSubject(NamedTuple):
    """What a fact is about: its kind, its id, and the indicator it belongs to (empty for anything else)."""

    kind: str
    id: str
    indicator: str = ""


KINDS = (
    "set",
    "criterion",
    "indicator",
    "requirement",
    "measure",
    "scale",
    "group",
    "band",
    "agency",
    "decision",
    "document",
    "commune",
)
"""Kinds of subjects in the order in which they are told."""
WORDING = ("text", "text_en", "printed")
"""Fields that hold the law's own words."""
_INHERITED = ("text", "text_en", "printed", "lead", "cooperating", "source", "note")
"""Fields of a requirement that its indicator has too."""
_TOLD_OTHERWISE = ("id", "children", "op", "needed", "replaced", "amended", "kind")
"""Of a node: told by the structure, by the measure, or by the overlays in force."""
DAYS = "days"
"""Field of an indicator: the days within its years on which the law says that it counts."""
_LISTS = {
    "groups": ("group", "id"),
    "bands": ("band", "id"),
    "measures": ("measure", "id"),
    "scales": ("scale", "id"),
    "agencies": ("agency", "id"),
    "decisions": ("decision", "id"),
    "documents": ("document", "id"),
    "communes": ("commune", "code"),
}
"""List of the JSON -> kind of its subjects and the key that tells them apart."""
_OF_THE_SET = ("id", "version", "title", "province", "period", "meets", "commune_type", "overlays")


def facts_of(rules: CriteriaSet) -> dict[FactSubject, dict[str, Json]]:
    """Return what a resolved law says, subjects in the order of the law's text."""
    said = describe(rules)
    found: dict[FactSubject, dict[str, Json]] = {FactSubject("set", ""): {name: said[name] for name in _OF_THE_SET}}
    found[FactSubject("set", "")]["meets_when"] = said.get("meets_when")
    for criterion in said["criteria"]:
        own = {name: value for name, value in criterion.items() if name not in ("id", "indicators", "op")}
        own["indicators"] = [indicator["id"] for indicator in criterion["indicators"]]
        found[FactSubject("criterion", criterion["id"])] = own
        for indicator in criterion["indicators"]:
            found |= _indicator(indicator)
    for indicator in said["conditions"]:
        found |= _indicator(indicator)
    for name, (kind, key) in _LISTS.items():
        for entry in said[name]:
            found[FactSubject(kind, entry[key])] = {field: value for field, value in entry.items() if field != key}
    return found


def _indicator(indicator: dict[str, Json]) -> dict[FactSubject, dict[str, Json]]:
    id_ = indicator["id"]
    own = {
        name: value
        for name, value in indicator.items()
        if name not in ("id", "condition", "leads", "amended", "in_force")
    }
    own[DAYS] = indicator["in_force"]
    own["structure"] = _structure(indicator["condition"])
    found = {FactSubject("indicator", id_, id_): own}
    for node in _nodes(indicator["condition"]):
        if "op" in node and node["id"] == id_:
            continue  # the indicator itself: its operator is in `structure`
        said = {name: value for name, value in node.items() if name not in _TOLD_OTHERWISE}
        if node["id"] == id_:
            said = {name: value for name, value in said.items() if name not in _INHERITED}
        if "target" in said:
            said["target"], said["target_source"] = _target(said["target"])
        if "hamlets" in said:
            said["hamlets"] = said["hamlets"] | {"each": _structure(said["hamlets"]["each"])}
        found[FactSubject("requirement", node["id"], id_)] = said
    return found


def _target(target: dict[str, Json]) -> tuple[Json, Json]:
    """Return what a target asks, and where that stands when it is not where the requirement's words stand."""
    if target["state"] == "awaited":
        return {name: target[name] for name in ("state", "reason", "decision", "note")}, None
    if target["state"] == "by_class":
        return _by_class(target)
    source = target["source"]
    own = source["overlay"] is None and source["promulgated"] is None
    return {name: target[name] for name in ("state", "value", "by_group")}, None if own else source


def _by_class(target: dict[str, Json]) -> tuple[Json, Json]:
    """Return what a target that differs by class asks of each, and where each stands, of those that stand elsewhere."""
    cells = {**target["classes"], **({DEFAULT: target["default"]} if target["default"] else {})}
    sources = {class_: found for class_, cell in cells.items() if (found := _cell(cell)[1])}
    asked = {class_: _cell(cell)[0] for class_, cell in cells.items()}
    return {"state": "by_class", "by": target["by"], "classes": asked}, sources or None


def _cell(cell: dict[str, Json]) -> tuple[Json, Json]:
    if cell["state"] == "not_applicable":
        return {"state": cell["state"]}, None
    return _target(cell)


def _nodes(node: dict[str, Json]) -> Iterator[dict[str, Json]]:
    yield node
    inner = (node["hamlets"]["each"],) if "hamlets" in node else ()
    for child in (*node.get("children", ()), *inner):
        yield from _nodes(child)


def _structure(node: dict[str, Json]) -> str:
    """Write how requirements stand together: `all(8.1.a, any(8.1.b, 8.1.c))`."""
    if "op" not in node:
        return str(node["id"])
    op = f"some {node['needed']}" if node["needed"] else node["op"]
    return f"{op}({', '.join(_structure(child) for child in node['children'])})"


class DaySpan(NamedTuple):
    """From which day to which, both included."""

    from_: dt.date
    to: dt.date


OVER_TIME = "over_time"
IN_FORCE = "in_force"
"""Field of what is not in force on all the days compared: the days on which it is."""


def facts_over_time(by_days: Sequence[tuple[DaySpan, CriteriaSet | None]]) -> dict[FactSubject, dict[str, Json]]:
    """Return what a law says over several spans of days; None stands for days it does not cover.

    A value that changes with the days becomes `{"over_time": [{"from", "to", "value"}, ...]}`.
    """
    said = [(days, facts_of(rules) if rules is not None else {}) for days, rules in by_days]
    ordered: dict[FactSubject, None] = {subject: None for _days, facts in said for subject in facts}
    found: dict[FactSubject, dict[str, Json]] = {}
    for subject in sorted(ordered, key=lambda one: KINDS.index(_told_with(one))) if len(said) > 1 else ordered:
        present = [(days, facts[subject]) for days, facts in said if subject in facts]
        fields = dict.fromkeys(field for _days, facts in present for field in facts)
        own = {field: _over_time([(days, facts.get(field)) for days, facts in present]) for field in fields}
        if len(present) < len(said):
            own[IN_FORCE] = [
                [days.from_.isoformat(), days.to.isoformat()]
                for days, _v in _merged([(days, None) for days, _facts in present])
            ]
        found[subject] = own
    for subject, own in found.items():
        indicator = found.get(FactSubject("indicator", subject.indicator, subject.indicator), {})
        if subject.kind == "requirement" and IN_FORCE in own and own[IN_FORCE] == indicator.get(IN_FORCE):
            del own[IN_FORCE]  # told once, with the indicator
    return found


def _over_time(values: Sequence[tuple[DaySpan, Json]]) -> Json:
    if all(value == values[0][1] for _days, value in values):
        return values[0][1]
    return {
        OVER_TIME: [
            {"from": days.from_.isoformat(), "to": days.to.isoformat(), "value": value}
            for days, value in _merged(values)
        ]
    }


def _merged(values: Sequence[tuple[DaySpan, Json]]) -> list[tuple[DaySpan, Json]]:
    """Merge neighbouring spans that hold the same."""
    found: list[tuple[DaySpan, Json]] = []
    for days, value in values:
        if found and found[-1][1] == value and found[-1][0].to + dt.timedelta(days=1) == days.from_:
            found[-1] = (DaySpan(found[-1][0].from_, days.to), value)
        else:
            found.append((days, value))
    return found


class WordChange(NamedTuple):
    """One field that the two laws say differently; None where a law does not have the subject or the field."""

    subject: FactSubject
    field: str
    before: Json
    after: Json


ADDED, REMOVED = "added", "removed"
"""Fields that stand for a whole subject that only one law has."""


def word_changes(before: Facts, after: Facts) -> list[WordChange]:
    """Return what differs, kind by kind, subjects in the order of the law's text.

    What a requirement inherits from its indicator is told of the indicator alone.
    """
    found: list[WordChange] = []
    for subject in _in_order(before, after):
        was, now = before.get(subject), after.get(subject)
        if was is None or now is None:
            name = ADDED if was is None else REMOVED
            found.append(WordChange(subject, name, _gist(was), _gist(now)))
            continue
        for field in dict.fromkeys([*was, *now]):
            change = WordChange(subject, field, was.get(field), now.get(field))
            if change.before != change.after and not _told_above(change, before, after):
                found.append(change)
    return [change for change in found if not _told_as_text(change, found)]


def _told_as_text(change: WordChange, changes: Sequence[WordChange]) -> bool:
    """Tell whether a printed text changes just as the text shown does, there being no reading of its own."""
    return change.field == "printed" and change._replace(field="text") in changes


def _in_order(before: Facts, after: Facts) -> list[FactSubject]:
    merged = list(after)
    known = set(merged)
    first = list(before)
    for at, subject in enumerate(first):
        if subject not in known:
            merged.insert(merged.index(first[at - 1]) + 1 if at else 0, subject)
            known.add(subject)
    return sorted(merged, key=lambda subject: KINDS.index(_told_with(subject)))


def _told_with(subject: FactSubject) -> str:
    """Return the kind among which a subject is told: a requirement follows its indicator."""
    return "indicator" if subject.kind == "requirement" else subject.kind


def _gist(facts: Mapping[str, Json] | None) -> Json:
    """Return what says most of a subject that stands on one side only."""
    if facts is None:
        return None
    for field in ("text", "title", "label", "name", "target"):
        if field in facts:
            return facts[field]
    return None


def _told_above(change: WordChange, before: Facts, after: Facts) -> bool:
    if change.subject.kind != "requirement" or change.field not in _INHERITED:
        return False
    above = FactSubject("indicator", change.subject.indicator, change.subject.indicator)
    if above not in before or above not in after:
        return False
    own = before[above].get(change.field), after[above].get(change.field)
    return (change.before, change.after) == own
