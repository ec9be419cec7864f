"""From what is written and what later decisions do to it: the rules as they are written on a day.

Decisions are laid on in their order of precedence, each on what those before it left. What holds for
targets alone (`set`) is left to `resolve`, which needs to know what they replace.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from ntm_rules.i18n import Message, written_day
from ntm_rules.rulebook.criteria_set import Amendment
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import (
    BOUNDS,
    DAYS_COMPARED,
    DEFINITIONS,
    EACH_HAMLET,
    FORMS,
    FROM_END,
    TO_END,
    Added,
    Change,
    CriterionHeader,
    CriterionTold,
    IndicatorWritten,
    NodeWritten,
    Overlay,
    Replacement,
    Source,
    StandardTold,
)
from ntm_rules.rulebook.precedence import UNDATED, WHOLE, Rank, Touch, name_of, rank_of, rule_contradictions
from ntm_rules.rulebook.problem_codes import CONTRADICTION, DUPLICATE_ID, UNFIT_VALUE
from ntm_rules.rulebook.rewriting import changed, provenance, replaced, said_by, said_of
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem, key_path

Path = tuple[tuple[str, int], ...]
"""From an indicator down to a part: the keyword that holds the parts, and which of them; of a hamlet there is one."""
_OF_HAMLETS = (EACH_HAMLET, 0)


@dataclass(frozen=True, slots=True)
class Version:
    """A condition as somebody states it: the set, or a decision that added, replaced or changed it."""

    rank: Rank
    overlay: Overlay | None
    node: NodeWritten
    article: str = ""
    place: Place = ()
    """Where in the overlay's file it stands."""


@dataclass(slots=True)
class Amended:
    """A set as it is written on a day, and what was done to it."""

    loaded: LoadedSet
    amendments: dict[str, list[Amendment]] = field(default_factory=dict)
    """Id of an indicator or a part -> what was done to it, the oldest first."""
    versions: dict[str, list[Version]] = field(default_factory=dict)
    """Id -> the conditions that decisions gave it, the oldest first; the last one stands."""
    repealed: dict[str, Amendment] = field(default_factory=dict)
    """Id of what is not there any more -> by what it was repealed."""
    whole: dict[str, list[Amendment]] = field(default_factory=dict)
    """Id of the set or of a criterion -> what was done to what meets it, or that it was added."""
    notices: list[Message] = field(default_factory=list)
    problems: list[RuleProblem] = field(default_factory=list)


def amended(loaded: LoadedSet, overlays: Sequence[Overlay]) -> Amended:
    """Return a set as decisions in force leave it; `overlays` in their order of precedence.

    What a decision asks of something that another one in force has repealed, and what two of one day do
    to one thing differently, is among the problems.
    """
    if not any(overlay.amends for overlay in overlays):
        return Amended(loaded)
    work = _Work(loaded, overlays)
    for overlay in overlays:
        work.lay(overlay)
    return Amended(
        work.loaded(),
        work.amendments,
        work.versions,
        work.repealed,
        work.whole,
        work.notices,
        [*work.problems, *rule_contradictions(work.touches)],
    )


def defined(loaded: LoadedSet, overlays: Iterable[Overlay]) -> LoadedSet:
    """Return a set with everything that decisions define beside its own: measures, agencies, decisions, documents, scales."""
    found = {key: {one.id: one for one in _own(loaded, key)} for key in DEFINITIONS}
    for overlay in overlays:
        for key in DEFINITIONS:
            found[key] |= {one.id: one for one in getattr(overlay, key)}
        if overlay.amends:
            found["documents"].setdefault(overlay.id, overlay.citation)
    header = loaded.header.model_copy(
        update={key: tuple(found[key].values()) for key in ("decisions", "documents", "scales")}
    )
    return replace(loaded, header=header, measures=found["measures"], agencies=found["agencies"])


def _own(loaded: LoadedSet, key: str) -> Iterable[Any]:
    found: Mapping[str, Any] | Iterable[Any] = getattr(
        loaded if key in ("measures", "agencies") else loaded.header, key
    )
    return found.values() if isinstance(found, Mapping) else found


class _Work:
    """The rules while decisions are laid on, one after the other."""

    def __init__(self, loaded: LoadedSet, overlays: Sequence[Overlay]) -> None:
        self.start = loaded
        self.adding = {
            node.id: one for one in overlays for added in one.add for whole in added.nodes for node in whole.walk()
        }
        """Id of what is added -> by which decision, be it one that comes later."""
        self.laid: list[Overlay] = []
        self.rules: dict[str, list[IndicatorWritten]] = {id_: list(rules) for id_, rules in loaded.rules.items()}
        self.rules[""] = list(loaded.conditions)
        self.criteria: list[CriterionHeader] = list(loaded.header.criteria)
        self.standard: dict[str, object] = {}
        """What decisions say of the whole: `meets`, `meets_when`, `bands`."""
        self.whole: dict[str, list[Amendment]] = {}
        self.amendments: dict[str, list[Amendment]] = {}
        self.versions: dict[str, list[Version]] = {}
        self.repealed: dict[str, Amendment] = {}
        self.touches: list[Touch] = []
        self.notices: list[Message] = []
        self.problems: list[RuleProblem] = []

    def loaded(self) -> LoadedSet:
        """Return the set as it now is."""
        rules = {id_: tuple(found) for id_, found in self.rules.items() if id_}
        now = defined(self.start, self.laid)
        header = now.header.model_copy(update={"criteria": tuple(self.criteria), **self.standard})
        return replace(now, header=header, rules=rules, conditions=tuple(self.rules[""]))

    def lay(self, overlay: Overlay) -> None:
        self.laid.append(overlay)
        self.touches += [
            Touch(overlay, (key, i), one.id, key, one)
            for key in DEFINITIONS
            for i, one in enumerate(getattr(overlay, key))
        ]
        for i, added in enumerate(overlay.add):
            self._add(overlay, ("add", i), added)
        if overlay.standard is not None:
            self._tell_of_the_whole(overlay, overlay.standard)
        for id_, by in overlay.replace.items():
            self._rewrite(overlay, ("replace", id_), id_, by)
        for id_, change in overlay.change.items():
            self._rewrite(overlay, ("change", id_), id_, change)
        for id_, repeal in overlay.repeal.items():
            self._repeal(overlay, id_, repeal.article)
        for id_, entry in overlay.set.items():
            self.touches.append(Touch(overlay, ("set", id_), id_, "target", entry))
            if id_ in self.repealed and rank_of(overlay) != self._rank_of_repeal(id_):
                self._tell_repealed(overlay, ("set", id_), id_)

    # --- what a decision may do ----------------------------------------------------------------

    def _tell_of_the_whole(self, overlay: Overlay, said: StandardTold) -> None:
        """Lay on what a decision says of what meets the standard, or a criterion, and of the bands."""
        id_, stands = self.start.header.id, provenance(overlay, said.article)
        for key in said.fields:
            self.standard[key] = getattr(said, key)
            self.touches.append(Touch(overlay, ("standard", key), id_, key, getattr(said, key)))
        if said.fields:
            self.whole.setdefault(id_, []).append(Amendment("changed", said.fields, stands))
        for criterion, written in (said.criteria or {}).items():
            place: Place = ("standard", "criteria", criterion)
            at = next((i for i, one in enumerate(self.criteria) if one.id == criterion), None)
            if at is None:
                self._not_there(overlay, place, criterion)
                continue
            self.criteria[at] = self.criteria[at].model_copy(update={"meets_when": written})
            self.touches.append(Touch(overlay, place, criterion, "meets_when", written))
            self.whole.setdefault(criterion, []).append(Amendment("changed", ("meets_when",), stands))

    def _add_criterion(self, overlay: Overlay, place: Place, added: Added, told: CriterionTold) -> None:
        if told.id in self.rules:
            message = Message(
                "“{id}” is there already; `replace` it, or give what is added an id of its own", id=told.id
            )
            self._problem(overlay, (*place, "new_criterion", "id"), message, DUPLICATE_ID)
            return
        ids = [one.id for one in self.criteria]
        if added.neighbour and added.neighbour not in ids:
            self._not_there(overlay, (*place, "after" if added.after else "before"), added.neighbour)
            return
        if any(self._taken(overlay, where, node, ()) for where, node in added.placed(place)):
            return
        at = len(ids) if not added.neighbour else ids.index(added.neighbour) + (0 if added.before else 1)
        self.criteria.insert(at, told.header)
        self.rules[told.id] = list(told.indicators)
        done = Amendment("added", (), provenance(overlay, added.article))
        self.whole[told.id] = [done]
        self.touches.append(Touch(overlay, (*place, "new_criterion"), told.id, WHOLE, told))
        self._remember(overlay, added, place, done)

    def _remember(self, overlay: Overlay, added: Added, place: Place, done: Amendment) -> None:
        """Keep by which decision the rules that it adds are there."""
        for where, node in added.placed(place):
            for one in node.walk():
                self.repealed.pop(one.id, None)
                self.amendments[one.id] = [done]
                self.versions[one.id] = [Version(rank_of(overlay), overlay, one, added.article or "", where)]

    def _add(self, overlay: Overlay, place: Place, added: Added) -> None:
        if added.new_criterion is not None:
            self._add_criterion(overlay, place, added, added.new_criterion)
            return
        (node,) = added.nodes
        if added.form == "part" and node.source is None:
            node = node.model_copy(update={"source": Source(document=overlay.id, article=added.article)})
        if self._taken(overlay, (*place, added.form), node, ()):
            return
        near = added.neighbour
        target = near or added.into
        found = self._find(target) if target else None
        if target and found is None:
            if target in self.rules and added.form == "indicator":
                found = (target, 0, ())
            else:
                self._not_there(
                    overlay, (*place, "after" if added.after else "before" if added.before else "into"), target
                )
                return
        done = Amendment("added", (), provenance(overlay, added.article))
        if added.form == "part":
            assert found is not None  # a part has a neighbour, or what it goes into
            if not self._add_part(overlay, place, added, node, found):
                return
        else:
            assert isinstance(node, IndicatorWritten)
            criterion = "" if added.form == "condition" else (found[0] if near and found else added.criterion or "")
            if criterion not in self.rules:
                self._not_there(overlay, (*place, "criterion"), criterion)
                return
            rules = self.rules[criterion]
            at = found[1] if near and found else len(rules) - 1
            rules.insert(at + (0 if added.before else 1), node)
        self._remember(overlay, added, place, done)

    def _add_part(
        self, overlay: Overlay, place: Place, added: Added, node: NodeWritten, found: tuple[str, int, Path]
    ) -> bool:
        """Put a part among others; tell whether there is a place for it."""
        criterion, at, path = found
        if added.neighbour:
            if not path or path[-1] == _OF_HAMLETS:
                message = Message(
                    "“{id}” is no part of anything; `into` says what a part goes into", id=added.neighbour
                )
                self._problem(overlay, place, message, UNFIT_VALUE)
                return False
            *above, (_op, i) = path
            where = i + (0 if added.before else 1)
            holder: Path = tuple(above)
        else:
            holder, where = path, -1
        whole = self._at(criterion, at, holder)
        if not whole.op or not getattr(whole, whole.op):
            message = Message(
                "{id} is one condition without parts; `replace` it by all, any or some with the new part among them",
                id=whole.id,
            )
            self._problem(overlay, place, message, UNFIT_VALUE)
            return False
        parts = list(whole.parts)
        parts.insert(len(parts) if where < 0 else where, node)
        return self._put(overlay, place, found[:2], holder, whole, {whole.op: tuple(parts)})

    def _rewrite(self, overlay: Overlay, place: Place, id_: str, by: Replacement | Change) -> None:
        found = self._find(id_)
        if isinstance(by, Change):
            self._touch(overlay, place, id_, by)
        else:
            touched = {one.id: by for one in self._at(*found).walk()} if found else {id_: by}
            self.touches += [Touch(overlay, place, one, WHOLE, said) for one, said in touched.items()]
        if found is None:
            self._not_there(overlay, place, id_)
            return
        node = self._at(*found)
        standing = list(_sourced(node, self._source_above(*found)))
        try:
            now = replaced(node, by, overlay) if isinstance(by, Replacement) else changed(node, said_by(by, overlay))
        except ValidationError as error:
            for message in said_of(error):
                self._problem(overlay, place, message, UNFIT_VALUE)
            return
        if self._taken(overlay, place, now, {one.id for one in node.walk()}):
            return
        if not self._put(overlay, place, found[:2], found[2], now):
            return
        whole = isinstance(by, Replacement)
        fields = () if isinstance(by, Replacement) else by.fields
        done = Amendment("replaced" if whole else "changed", fields, provenance(overlay, by.article), before=node)
        self.amendments.setdefault(id_, []).append(done)
        for one in standing:
            self.versions.setdefault(one.id, [Version(UNDATED, None, one)])
        gone = {one.id for one in node.walk()} if whole else set()
        for one in now.walk():
            gone.discard(one.id)
            is_end = one.id != id_ and bool(now.bounds)
            if not whole and one.id != id_ and not is_end:
                continue
            if whole or (set(fields) & {*BOUNDS, *FORMS, "standard", "answer", "taken", "rounded_to", *DAYS_COMPARED}):
                version = Version(rank_of(overlay), overlay, one, by.article or "", place)
                self.versions.setdefault(one.id, []).append(version)
            if one.id != id_:
                self.amendments.setdefault(one.id, []).append(done)
            self.repealed.pop(one.id, None)
        self.repealed |= dict.fromkeys(gone, done)

    def _repeal(self, overlay: Overlay, id_: str, article: str | None) -> None:
        done = Amendment("repealed", (), provenance(overlay, article))
        found = self._find(id_)
        place: Place = ("repeal", id_)
        range_ = self._range_with(id_) if found is None else None
        if range_ is not None:
            gone = [id_]
            if not self._leave_one_end(overlay, place, range_):
                return
        elif found is None and id_ in self.rules and id_:
            gone = [part.id for indicator in self.rules[id_] for part in indicator.walk()]
            self.rules[id_] = []
        elif found is None:
            self.touches.append(Touch(overlay, place, id_, WHOLE, None))
            if id_ not in self.repealed:
                self._not_there(overlay, place, id_)
            return
        else:
            criterion, at, path = found
            gone = [part.id for part in self._at(*found).walk()]
            if not path:
                del self.rules[criterion][at]
            else:
                *above, (op, i) = path
                holder = self._at(criterion, at, tuple(above))
                several = () if path[-1] == _OF_HAMLETS else holder.parts
                rest = tuple(part for j, part in enumerate(several) if j != i)
                if not rest:
                    message = Message("nothing would be left of {id}; repeal that", id=holder.id)
                    self._problem(overlay, place, message, UNFIT_VALUE)
                    return
                self._put(overlay, place, (criterion, at), tuple(above), holder, {op: rest})
        self.touches += [Touch(overlay, place, one, WHOLE, None) for one in dict.fromkeys([id_, *gone])]
        self.repealed |= dict.fromkeys([id_, *gone], done)
        day = written_day(overlay.effective.from_)
        self.notices.append(
            Message("{id} is repealed by {document} from {day}", id=id_, document=done.provenance.document, day=day)
        )

    def _range_with(self, id_: str) -> tuple[str, int, Path] | None:
        """Return where a range stands of which an id is one end."""
        whole, _dot, suffix = id_.rpartition(".")
        found = self._find(whole) if suffix in (FROM_END, TO_END) else None
        return found if found is not None and any(end.id == id_ for end in self._at(*found).parts) else None

    def _leave_one_end(self, overlay: Overlay, place: Place, range_: tuple[str, int, Path]) -> bool:
        """Put in a range's place what is left of it, under its own id; tell whether a rule comes out."""
        node = self._at(*range_)
        if node.within is not None:
            message = Message(
                "{id} is one time before the appraisal and has no end apart; `change` it, or repeal it", id=node.id
            )
            self._problem(overlay, place, message, UNFIT_VALUE)
            return False
        (left,) = (end for end in node.parts if end.id != place[-1])
        alone = NodeWritten.model_validate({key: getattr(left, key) for key in left.model_fields_set})
        of_the_end = dict.fromkeys(left.model_fields_set - {"id"}) | dict.fromkeys((*BOUNDS, *DAYS_COMPARED))
        return self._put(overlay, place, range_[:2], range_[2], node, of_the_end | {"all": (alone,)})

    # --- where things stand --------------------------------------------------------------------

    def _find(self, id_: str) -> tuple[str, int, Path] | None:
        for criterion, rules in self.rules.items():
            for at, indicator in enumerate(rules):
                for place, node in _parts(indicator, ()):
                    if node.id == id_:
                        return criterion, at, place
        return None

    def _at(self, criterion: str, at: int, path: Path) -> NodeWritten:
        node: NodeWritten = self.rules[criterion][at]
        for op, i in path:
            below = getattr(node, op)
            node = below if (op, i) == _OF_HAMLETS else below[i]
        return node

    def _source_above(self, criterion: str, at: int, path: Path) -> Source | None:
        """Return where a node stands that does not say so itself: where what it is a part of stands."""
        above = (self._at(criterion, at, path[:length]).source for length in range(len(path), -1, -1))
        return next((source for source in above if source is not None), None)

    def _taken(self, overlay: Overlay, place: Place, node: NodeWritten, own: Collection[str]) -> bool:
        """Tell whether an id of what comes in is that of something else already; where it is, that is told."""
        there = {one.id for rules in self.rules.values() for rule in rules for one in rule.walk()} - set(own)
        taken = [(where, one.id) for where, one in node.placed(place) if one.id in there]
        for where, id_ in taken:
            message = Message("“{id}” is there already; `replace` it, or give what is added an id of its own", id=id_)
            self._problem(overlay, where, message, DUPLICATE_ID)
        return bool(taken)

    def _put(
        self,
        overlay: Overlay,
        place: Place,
        home: tuple[str, int],
        path: Path,
        node: NodeWritten,
        said: Mapping[str, object] | None = None,
    ) -> bool:
        """Put a node in the place of another, and what it stands in anew around it; tell whether a rule comes out."""
        criterion, at = home
        try:
            now = changed(node, said) if said else node
            while path:
                *above, (op, i) = path
                path = tuple(above)
                holder = self._at(criterion, at, path)
                several = tuple(now if j == i else part for j, part in enumerate(holder.parts))
                now = changed(holder, {op: now if (op, i) == _OF_HAMLETS else several})
        except ValidationError as error:
            for message in said_of(error):
                self._problem(overlay, place, message, UNFIT_VALUE)
            return False
        assert isinstance(now, IndicatorWritten)
        self.rules[criterion][at] = now
        return True

    def _touch(self, overlay: Overlay, place: Place, id_: str, change: Change) -> None:
        """Remember what a change says of what, for those of one day to be held against each other."""
        for key in change.fields:
            is_target = key in (*BOUNDS, *DAYS_COMPARED, *FORMS, "standard")
            self.touches.append(Touch(overlay, place, id_, "target" if is_target else key, getattr(change, key)))

    # --- what is told --------------------------------------------------------------------------

    def _rank_of_repeal(self, id_: str) -> Rank:
        by = self.repealed[id_].provenance
        return next((rank_of(overlay) for overlay in self.laid if overlay.id == by.overlay), UNDATED)

    def _not_there(self, overlay: Overlay, place: Place, id_: str) -> None:
        """Tell that what a decision speaks of is not in the rules: another has repealed it, or it is not in force."""
        if id_ not in self.repealed and id_ in self.adding:
            later = self.adding[id_]
            self.notices.append(
                Message(
                    "Overlay {overlay} speaks of {id}, which {later} adds, and that is laid on after it (promulgated {day}, in force from {from_})",
                    overlay=overlay.id,
                    id=id_,
                    later=later.id,
                    day=written_day(later.promulgated),
                    from_=written_day(later.effective.from_),
                )
            )
        elif id_ not in self.repealed:
            self.notices.append(
                Message("Overlay {overlay} speaks of {id}, which is not in force then", overlay=overlay.id, id=id_)
            )
        elif rank_of(overlay) != self._rank_of_repeal(id_):  # else the two contradict each other, which is told
            self._tell_repealed(overlay, place, id_)

    def _tell_repealed(self, overlay: Overlay, place: Place, id_: str) -> None:
        by = next(one for one in self.laid if one.id == self.repealed[id_].provenance.overlay)
        message = Message(
            "{id} was repealed or replaced by “{first}” from {day}; `add` it again, or leave it out here",
            id=id_,
            first=name_of(by),
            day=written_day(by.effective.from_),
        )
        self._problem(overlay, place, message, CONTRADICTION)

    def _problem(self, overlay: Overlay, place: Place, message: Message, code: str) -> None:
        file, line = overlay.written_at(place)
        self.problems.append(RuleProblem(file or overlay.id, line, key_path(place), message, code))


def _sourced(node: NodeWritten, above: Source | None) -> Iterator[NodeWritten]:
    """Yield a node and all below it, each with where it stands, which a later decision may say otherwise of what is around it."""
    source = node.source or above
    yield node if node.source else node.model_copy(update={"source": source})
    for part in (*node.parts, *([node.each_hamlet] if node.each_hamlet is not None else [])):
        yield from _sourced(part, source)


def _parts(node: NodeWritten, path: Path) -> Iterator[tuple[Path, NodeWritten]]:
    """Yield a node and its parts with the way to each; the ends of a range are no parts that stand there."""
    yield path, node
    for op in ("all", "any", "some"):
        for i, part in enumerate(getattr(node, op) or ()):
            yield from _parts(part, (*path, (op, i)))
    if node.each_hamlet is not None:
        yield from _parts(node.each_hamlet, (*path, _OF_HAMLETS))
