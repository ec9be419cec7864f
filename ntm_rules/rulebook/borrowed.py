"""What a requirement asks of another set (`set_met`): that set's rules in force, taken in as parts of the requirement.

So taken in they are judged in the same run on the same figures, by every engine, and all that is said of a requirement
is said of them: why, how far, by whom. Their ids stand behind the requirement's: `2.1:4.1` is 4.1 of the set that 2.1
asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    ClassedTarget,
    Classing,
    Combination,
    CriteriaSet,
    Criterion,
    Gate,
    Indicator,
    KnownTarget,
    Node,
    NotAsked,
    Provenance,
    Requirement,
    Target,
    leaves,
)
from ntm_rules.rulebook.models import Agency, Decision, Document, SetMet, Source
from ntm_rules.rulebook.other_sets import BEHIND
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard


def is_borrowed(id_: str) -> bool:
    """Tell whether an id is that of a rule of another set."""
    return BEHIND in id_


Kept = TypeVar("Kept", Agency, Document, Decision)


@dataclass(slots=True)
class Borrowed:
    """What the rules of other sets bring with them; what this set calls by the same name stays its own."""

    agencies: dict[str, Agency]
    documents: dict[str, Document]
    decisions: dict[str, Decision]
    groups: frozenset[str]
    classings: Mapping[str, Classing]
    notices: list[Message] = field(default_factory=list)

    def of(self, rules: CriteriaSet, condition: SetMet, whole: Combination, gates: tuple[Gate, ...]) -> Combination:
        """Return a requirement with what it asks of another set as its parts; `whole` is it without them.

        Raises:
            NtmError: nothing of what is asked is in force, or it is met by points or shares, which are no requirement.
        """
        self.notices += (Message("Set {set}: {notice}", set=rules.id, notice=notice) for notice in rules.notices)
        names = _Names(
            agencies={id_: self._name(self.agencies, rules.id, id_, one) for id_, one in rules.agencies.items()},
            documents={id_: self._name(self.documents, rules.id, id_, one) for id_, one in rules.documents.items()},
            decisions={id_: self._name(self.decisions, rules.id, id_, one) for id_, one in rules.decisions.items()},
            before=f"{whole.id}{BEHIND}",
            gates=gates,
        )
        asked = asked_of(rules, condition)
        for leaf in leaves(asked):
            groups = (
                leaf.target.cells if isinstance(leaf.target, ClassedTarget) and leaf.target.classing.is_group else ()
            )
            if strange := ", ".join(group for group in groups if group not in self.groups):
                message = Message(
                    "target {id} is by groups that this set does not have: {groups}", id=leaf.id, groups=strange
                )
                raise NtmError(message)
            if isinstance(leaf.target, ClassedTarget) and not self.tells_apart(leaf.target.classing):
                message = Message(
                    "target {id} is by {by}, which this set does not tell communes apart by",
                    id=leaf.id,
                    by=leaf.target.classing.by,
                )
                raise NtmError(message)
        parts = tuple(names.node(part) for part in asked.children)
        return replace(whole, op=asked.op, children=parts, needed=asked.needed, of_set=rules.id)

    def target_of(self, rules: CriteriaSet, target: Target) -> Target:
        """Return a target of another set as this one takes it, its documents and decisions among this set's.

        Raises:
            NtmError: it differs by classes that the register of this set does not tell apart.
        """
        if isinstance(target, ClassedTarget):
            known, by = self.classings.get(target.classing.by), target.classing.by
            if known is None or not {*target.classing.classes} <= {*known.classes}:
                raise NtmError(
                    Message("it is by {by}, which this set does not tell communes apart by", by=by),
                )
            target = replace(target, classing=known)
        cells = [cell for _class, cell in target.each()] if isinstance(target, ClassedTarget) else [target]
        stand_in = {cell.provenance.document for cell in cells if cell.provenance is not None} & rules.documents.keys()
        return _Names(
            agencies={},
            documents={
                id_: self._name(self.documents, rules.id, id_, rules.documents[id_]) for id_ in sorted(stand_in)
            },
            decisions={
                id_: self._name(self.decisions, rules.id, id_, one) for id_, one in self._awaited(rules, target)
            },
            before="",
            gates=(),
        ).target(target)

    def _awaited(self, rules: CriteriaSet, target: Target) -> list[tuple[str, Decision]]:
        """Return the decisions that a target waits on; who owes them becomes known here too."""
        found = [rules.decisions[one.decision] for one in target.awaited if one.decision in rules.decisions]
        for one in found:
            if one.owed_by is not None:
                self._name(self.agencies, rules.id, one.owed_by, rules.agencies[one.owed_by])
        return [(one.id, one) for one in found]

    def tells_apart(self, classing: Classing) -> bool:
        """Tell whether the register of this set knows the classes of another's target; answers are those of the report."""
        known = self.classings.get(classing.by)
        return (
            classing.is_answer or classing.is_group or (known is not None and {*classing.classes} <= {*known.classes})
        )

    def _name(self, known: dict[str, Kept], of: str, id_: str, one: Kept) -> str:
        """Keep what the other set calls by an id, and return the id it has here."""
        name = id_ if known.get(id_, one) == one else f"{of}{BEHIND}{id_}"
        known[name] = one if name == id_ else one.model_copy(update={"id": name})
        return name


def asked_of(rules: CriteriaSet, condition: SetMet) -> Combination:
    """Return what is asked of a set: that it is met, or some criteria or indicators of it.

    Raises:
        NtmError: as `Borrowed.of`.
    """
    if condition.indicators or condition.criteria:
        found: list[Criterion | Indicator] = [
            *(rules.indicator_by_id[id_] for id_ in condition.indicators if id_ in rules.indicator_by_id),
            *(rules.criterion_by_id[id_] for id_ in condition.criteria if id_ in rules.criterion_by_id),
        ]
        asked: Combination | None = Combination("all", tuple(_node(one) for one in found), rules.id)
    else:
        asked = _standard(rules, rules.standard)
    if asked is None:
        message = Message("set {set} is met by points or shares; ask for its criteria or indicators", set=rules.id)
        raise NtmError(message)
    if not asked.children:
        raise NtmError(Message("nothing of what is asked of set {set} is in force on this day", set=rules.id))
    return asked


def _node(of: Criterion | Indicator) -> Node:
    if isinstance(of, Indicator):
        return of.condition
    whole = of.condition
    if whole is None:
        raise NtmError(Message("criterion {id} is met by points or shares; ask for its indicators", id=of.id))
    if len(whole.children) == 1 and whole.children[0].id == of.id:
        return whole.children[0]  # a criterion without sub-rows is its indicator
    return replace(whole, text=of.title, text_en=of.title_en)


def _standard(rules: CriteriaSet, standard: Standard | None) -> Combination | None:
    """Return what meets a set as a combination, each rule once; None where points or shares decide."""
    if standard is None:
        return Combination("all", tuple(map(_node, rules.criteria)), rules.id)
    if standard.percent or standard.counts == "points":
        return None
    if (apart := _including(rules, standard)) is not None:
        return apart
    parts: list[Node] = []
    for at, one in enumerate(standard.parts):
        if isinstance(one, Named):
            parts.append(_node(_named(rules, one)))
        elif (inner := _standard(rules, one)) is None:
            return None
        else:
            parts.append(replace(inner, id=f"{rules.id}.{at + 1}"))
    needed = int(standard.at_least) if standard.op == WEIGHED else 0
    whole = Combination("some" if needed else standard.op, tuple(parts), rules.id, needed=needed)
    ids = [leaf.id for leaf in leaves(whole)]
    if len(set(ids)) < len(ids):  # what is named twice stands twice, under two ids
        told = (_Again(f"{rules.id}.{at + 1}.").node(part) if at else part for at, part in enumerate(parts))
        return replace(whole, children=tuple(told))
    return whole


def _including(rules: CriteriaSet, standard: Standard) -> Combination | None:
    """Return "so many, these among them" as these, and so many fewer of the rest; None where that says something else.

    It would where one of these may not apply: it is then passed over, and all of the number is asked of the rest.
    """
    if standard.op != "all" or len(standard.parts) != 2:
        return None
    counted, included = standard.parts
    if not isinstance(counted, Standard) or not isinstance(included, Standard) or counted.percent:
        return None
    if counted.op != WEIGHED or counted.counts == "points" or included.op != "all" or not included.is_leaf:
        return None
    named = [one for one in included.parts if isinstance(one, Named)]
    among = [one for one in counted.parts if isinstance(one, Named)]
    nodes = [_node(_named(rules, one)) for one in named]
    if not set(named) <= set(among) or any(_may_not_apply(rules, node) for node in nodes):
        return None
    rest = tuple(_node(_named(rules, one)) for one in among if one not in named)
    needed = int(counted.at_least) - len(named)
    if needed > 0:
        nodes.append(Combination("some", rest, f"{rules.id}.1", needed=needed))
    return Combination("all", tuple(nodes), rules.id)


def _named(rules: CriteriaSet, one: Named) -> Criterion | Indicator:
    return rules.criterion_by_id[one.id] if one.level == "criterion" else rules.indicator_by_id[one.id]


def _may_not_apply(rules: CriteriaSet, node: Node) -> bool:
    measures = rules.measures
    return any(leaf.gates or measures[leaf.measure].zero_denominator == "not_applicable" for leaf in leaves(node))


@dataclass(frozen=True, slots=True)
class _Again:
    """What stands a second time in one combination, under other ids."""

    before: str

    def node(self, node: Node) -> Node:
        if isinstance(node, Combination):
            return replace(node, id=self.before + node.id, children=tuple(map(self.node, node.children)))
        return replace(node, id=self.before + node.id)


@dataclass(frozen=True, slots=True)
class _Names:
    """What another set's names are here."""

    agencies: Mapping[str, str]
    documents: Mapping[str, str]
    decisions: Mapping[str, str]
    before: str
    gates: tuple[Gate, ...]

    def node(self, node: Node) -> Node:
        if isinstance(node, Combination):
            return replace(node, id=self.before + node.id, children=tuple(map(self.node, node.children)))
        return self.requirement(node)

    def requirement(self, one: Requirement) -> Requirement:
        return replace(
            one,
            id=self.before + one.id,
            lead=self.agencies[one.lead],
            cooperating=tuple(self.agencies[id_] for id_ in one.cooperating),
            source=self.source(one.source),
            target=self.target(one.target),
            replaced=tuple(map(self.target, one.replaced)),
            gates=tuple(dict.fromkeys((*self.gates, *one.gates))),
        )

    def source(self, source: Source) -> Source:
        return source.model_copy(update={"document": self.documents.get(source.document, source.document)})

    def target(self, target: Target) -> Target:
        if isinstance(target, AwaitedTarget):
            return replace(target, decision=self.decisions.get(target.decision, target.decision))
        if isinstance(target, KnownTarget):
            return replace(target, provenance=self.provenance(target.provenance))
        cells = {class_: self.cell(cell) for class_, cell in target.cells.items()}
        return ClassedTarget(target.classing, cells, target.rest and self.cell(target.rest))

    def cell(self, cell: Cell) -> Cell:
        if isinstance(cell, NotAsked):
            return replace(cell, provenance=self.provenance(cell.provenance))
        if isinstance(cell, AwaitedTarget):
            return replace(cell, decision=self.decisions.get(cell.decision, cell.decision))
        return replace(cell, provenance=self.provenance(cell.provenance))

    def provenance(self, stands: Provenance) -> Provenance:
        source = self.source(stands.source) if stands.source is not None else None
        document = self.documents.get(stands.document, stands.document)
        return replace(stands, document=document, source=source)
