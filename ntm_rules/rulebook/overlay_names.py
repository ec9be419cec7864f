"""Checking that every id an overlay uses is there, and that what it sets, adds or changes fits a set's rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pydantic import ValidationError

from ntm_rules.errors import nearest
from ntm_rules.i18n import Message
from ntm_rules.rulebook.amending import defined
from ntm_rules.rulebook.criteria_set import Classing
from ntm_rules.rulebook.derived_names import check_node, derived_faults, figure_faults
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import (
    BOUNDS,
    BY_GROUP,
    DEFINITIONS,
    FORMS,
    ClassedValue,
    CriterionTold,
    DerivedValue,
    IndicatorWritten,
    InForce,
    NodeWritten,
    Overlay,
    OverlayEntry,
    PendingAgain,
    PendingTarget,
    SetTarget,
    StandardTold,
    TargetWritten,
    Years,
)
from ntm_rules.rulebook.names import Names
from ntm_rules.rulebook.precedence import in_order
from ntm_rules.rulebook.problem_codes import (
    DUPLICATE_ID,
    OTHER_SET,
    OVERLAY_UNKNOWN_ID,
    UNFIT_VALUE,
    UNKNOWN_DECISION,
    UNKNOWN_DOCUMENT,
    UNKNOWN_GROUP,
    UNKNOWN_PART,
    WRONG_VALUE,
)
from ntm_rules.rulebook.rewriting import changed, replaced, said_by, said_of
from ntm_rules.rulebook.value_faults import cells_of, not_defined, unknown_group, value_faults
from ntm_rules.rulebook.yaml_reader import Place, RulebookError, RuleProblem, YamlFile


def check_overlays(loaded: LoadedSet, overlays: Sequence[Overlay]) -> None:
    """Check overlays against a set, whatever day they are in force on.

    Raises:
        RulebookError: every id that is unknown and every value that does not fit, in all of them.
    """
    if not overlays:
        return
    known = _Known(loaded, in_order(overlays))
    problems = [problem for overlay in overlays for problem in _OfOverlay(known, overlay).problems()]
    if problems:
        raise RulebookError(problems)


def waits(node: NodeWritten) -> bool:
    """Tell whether a requirement waits on a decision, as it is written."""
    return node.standard is not None or any(map(_waits, node.bounds.values()))


def _waits(target: TargetWritten) -> bool:
    if isinstance(target, PendingTarget | tuple):
        return isinstance(target, PendingTarget)
    return any(isinstance(cell, PendingTarget) for _place, cell in cells_of(target, ()))


class _Known:
    """What a set and all the overlays at hand define, on whatever day."""

    def __init__(self, loaded: LoadedSet, overlays: Sequence[Overlay]) -> None:
        self.set = loaded
        self.overlays = overlays
        self.all = defined(loaded, overlays)
        self.classings = self.all.classings  # worked out once for every target
        self.nodes: dict[str, list[NodeWritten]] = {}
        """Id -> the indicator or part as it is written, and as each overlay writes it anew."""
        for node in loaded.nodes():
            self.nodes.setdefault(node.id, []).append(node)
        told = [added.new_criterion for overlay in overlays for added in overlay.add]
        self.criteria = list(dict.fromkeys([*loaded.rules, *(one.id for one in told if one is not None)]))
        """Ids of the criteria, those that overlays add included."""
        self.set_by: dict[str, list[object]] = {}
        """Requirement -> the values that overlays set for it."""
        for overlay in overlays:
            for id_, entry in overlay.set.items():
                self.set_by.setdefault(id_, []).append(entry.value if isinstance(entry, SetTarget) else entry)
            for added in overlay.add:
                for node in added.nodes:
                    self._learn(node)
            for id_ in [*overlay.replace, *overlay.change]:
                for now in self.rewritten(overlay, id_)[0]:
                    self._learn(now)

    def classing(self, id_: str, seen: tuple[str, ...] = ()) -> Classing | None:
        """Return by what a requirement's target differs, as the set or an overlay writes it; None where it does not."""
        stated = [value for node in self.nodes.get(id_, ()) for value in node.stated_values]
        for value in stated:
            if isinstance(value, DerivedValue) and value.of not in (None, *seen) and value.set is None:
                return self.classing(value.of or "", (*seen, id_))
        found = [one.by for one in [*stated, *self.set_by.get(id_, ())] if isinstance(one, ClassedValue)]
        by = found[-1] if found else BY_GROUP if any(isinstance(one, dict) for one in stated) else ""
        return self.classings.get(by)

    def _learn(self, whole: NodeWritten) -> None:
        for node in whole.walk():
            self.nodes.setdefault(node.id, []).append(node)

    def rewritten(self, overlay: Overlay, id_: str) -> tuple[list[NodeWritten], list[Message]]:
        """Return what a replacement or a change makes of a rule in any state of it; where nothing, why."""
        found: list[NodeWritten] = []
        why: list[Message] = []
        by, change = overlay.replace.get(id_), overlay.change.get(id_)
        for node in self.nodes.get(id_, ()):
            try:
                if by is not None:
                    found.append(replaced(node, by, overlay))
                elif change is not None:
                    found.append(changed(node, said_by(change, overlay)))
            except ValidationError as error:
                why = said_of(error)
        return found, [] if found else why

    @property
    def latest(self) -> dict[str, NodeWritten]:
        """Id -> the indicator or part as it is written last."""
        return {id_: nodes[-1] for id_, nodes in self.nodes.items()}

    @property
    def ids(self) -> list[str]:
        """Ids of everything that stands somewhere by itself, those that wait on a decision first."""
        waiting = [id_ for id_, nodes in self.nodes.items() if any(waits(node) for node in nodes)]
        return list(dict.fromkeys([*waiting, *self.nodes]))


class _OfOverlay:
    """Finds what is wrong with one overlay."""

    def __init__(self, known: _Known, overlay: Overlay) -> None:
        self.known = known
        self.overlay = overlay
        self.file = YamlFile(overlay.written_at(())[0] or overlay.id, None, dict(overlay.lines))
        everything = known.all
        files: dict[str, YamlFile] = defaultdict(lambda: YamlFile("", None))  # those of the set have been checked
        self.names = Names(
            everything.header,
            dict(enumerate(everything.agencies.values())),
            dict(enumerate(everything.measures.values())),
            files,
            (),
        )
        self.names.problems.clear()
        files[self.file.name] = self.file
        self.found: list[RuleProblem] = []

    def problems(self) -> list[RuleProblem]:
        """Return everything that is wrong with it."""
        overlay = self.overlay
        if overlay.applies_to != self.known.set.header.id:
            message = Message("this overlay is for set {set}", set=overlay.applies_to)
            self.tell(("applies_to",), message, OTHER_SET)
        self.each_once()
        for id_, entry in overlay.set.items():
            self.target(id_, entry)
        for i, added in enumerate(overlay.add):
            place: Place = ("add", i)
            for key in ("after", "before", "into"):
                if (id_ := getattr(added, key)) is None:
                    continue
                if added.new_criterion is None:
                    self.is_there((*place, key), id_)
                elif id_ not in self.known.criteria:
                    self.unknown((*place, key), id_, self.known.criteria)
            if added.criterion is not None and added.criterion not in self.known.criteria:
                self.unknown((*place, "criterion"), added.criterion, self.known.criteria)
            if added.new_criterion is not None:
                self.criterion(place, added.new_criterion)
            if added.condition is not None and added.condition.points is not None:
                message = Message("points belong to the indicators of criteria; a further condition has none")
                self.tell((*place, "condition", "points"), message, UNFIT_VALUE)
            for where, node in added.placed(place):
                self.rule(where, node)
        if overlay.standard is not None:
            self.standard(overlay.standard)
        for key in ("replace", "change"):
            for id_ in getattr(overlay, key):
                self.rewritten((key, id_), id_)
        for id_ in overlay.repeal:
            if id_ not in self.known.criteria and not self.is_end_of_a_range(id_):
                self.is_there(("repeal", id_), id_)
        self.definitions()
        self.references()
        self.groups()
        return [*self.found, *self.names.problems]

    def criterion(self, place: Place, added: CriterionTold) -> None:
        """Check a criterion that it adds: its source, and what it says of when it is met."""
        here = (*place, "new_criterion")
        documents = [document.id for document in self.known.all.header.documents]
        if added.source.document not in documents:
            self.unknown((*here, "source"), added.source.document, documents, UNKNOWN_DOCUMENT)
        if added.meets_when is not None:
            self.names.standard(self.file.name, (*here, "meets_when"), added.meets_when, [], added.indicators)

    def standard(self, said: StandardTold) -> None:
        """Check what it says of what meets the standard, or a criterion, and of the bands."""
        of: dict[str, list[IndicatorWritten]] = {}
        for criterion, rules in self.known.set.rules.items():
            of[criterion] = list(rules)
        for overlay in self.known.overlays:
            for added in overlay.add:
                home = added.new_criterion.id if added.new_criterion else added.criterion
                near = next((c for c, own in of.items() if any(one.id == added.neighbour for one in own)), "")
                own = [node for node in added.nodes if isinstance(node, IndicatorWritten) and not added.condition]
                of.setdefault(home or near, []).extend(own)
        everything = [one for own in of.values() for one in own]
        if said.meets_when is not None:
            place: Place = ("standard", "meets_when")
            self.names.standard(self.file.name, place, said.meets_when, self.known.criteria, everything)
        if said.bands is not None:
            self.names.once(self.file.name, dict(enumerate(band.id for band in said.bands)), ("standard", "bands"))
        for id_, written in (said.criteria or {}).items():
            place = ("standard", "criteria", id_)
            if id_ in self.known.criteria:
                self.names.standard(self.file.name, place, written, [], of[id_])
            else:
                self.unknown(place, id_, self.known.criteria)

    def each_once(self) -> None:
        """Tell of an id that is repealed, replaced and changed, or two of these, in one overlay."""
        overlay = self.overlay
        for key, others in (("repeal", ("replace", "change", "set")), ("replace", ("change", "set"))):
            for id_ in getattr(overlay, key):
                for other in others:
                    if id_ in getattr(overlay, other):
                        message = Message("{id} stands under `{first}` too; keep one of the two", id=id_, first=key)
                        self.tell((other, id_), message, DUPLICATE_ID)
        for id_, change in overlay.change.items():
            if id_ in overlay.set and {*change.fields} & {*BOUNDS, *FORMS}:
                message = Message("{id} stands under `{first}` too; keep one of the two", id=id_, first="change")
                self.tell(("set", id_), message, DUPLICATE_ID)
        for id_, by in overlay.replace.items():
            if by.id not in ("", id_):
                message = Message("what replaces {id} keeps its id; leave `id` out", id=id_)
                self.tell(("replace", id_, "id"), message, WRONG_VALUE)

    def rule(self, place: Place, whole: NodeWritten) -> None:
        """Check an indicator or a part, and everything below it, like those of a set."""
        seen: dict[str, Place] = {}
        read: set[Place] = set()
        for where, node in whole.placed(place):
            if node.id in seen:
                message = Message(
                    "id {id} is already used in {file}, line {line}",
                    id=node.id,
                    file=self.file.name,
                    line=self.file.line((*seen[node.id], "id")),
                )
                self.tell((*where, "id"), message, DUPLICATE_ID)
            seen.setdefault(node.id, where)
            if where not in read:  # the ends of a range stand where it does
                self.names.node(self.file.name, where, node)
                check_node(self.names, self.file.name, where, node, self.known.latest, self.known.set.reference_figures)
                self.names.taken(self.file.name, where, node, self._years(whole))
            read.add(where)

    def _years(self, whole: NodeWritten) -> Years:
        """Return the years in which a rule counts, as far as it says; else those of the set."""
        return whole.years if isinstance(whole, IndicatorWritten) else self.known.all.header.period

    def rewritten(self, place: Place, id_: str) -> None:
        if not self.is_there(place, id_):
            return
        rules, why = self.known.rewritten(self.overlay, id_)
        for message in why:
            self.tell(place, message, UNFIT_VALUE)
        if rules:
            self.rule(place, rules[0])

    def target(self, id_: str, entry: OverlayEntry) -> None:
        """Check a target against the requirement it is for, in any state of it."""
        place: Place = ("set", id_)
        nodes = self.known.nodes.get(id_, ())
        requirements = [node for node in nodes if not node.parts and node.set_met is None]
        if not requirements:
            self.tell(place, self.no_requirement(id_), OVERLAY_UNKNOWN_ID)
            return
        if isinstance(entry, PendingAgain):
            decisions = [decision.id for decision in self.known.all.header.decisions]
            if entry.pending.decision not in decisions:
                self.unknown((*place, "pending", "decision"), entry.pending.decision, decisions, UNKNOWN_DECISION)
            return
        value = None if isinstance(entry, InForce) else entry.value if isinstance(entry, SetTarget) else entry
        for at, cell in cells_of(value, place) if value is not None else ():
            if isinstance(cell, PendingTarget):
                decisions = [decision.id for decision in self.known.all.header.decisions]
                if cell.pending.decision not in decisions:
                    self.unknown((*at, "pending", "decision"), cell.pending.decision, decisions, UNKNOWN_DECISION)
        if isinstance(value, DerivedValue) and value.set is None:
            measures, known = self.known.all.measures, self.known
            told = (
                derived_faults(value, one, measures, known.latest, known.set.reference_figures) for one in requirements
            )
            for key, code, message in min(map(list, told), key=len):
                self.tell((*place, *key), message, code)
        faults = [list(self.faults(entry, node)) for node in requirements]
        for code, message in min(faults, key=len):
            self.tell(place, message, code)

    def faults(self, entry: OverlayEntry, node: NodeWritten) -> Iterator[tuple[str, Message]]:
        everything = self.known.all
        measure = everything.measures.get(node.reported or "")
        takes_number = bool(node.bounds)
        if isinstance(entry, InForce) and takes_number:
            yield UNFIT_VALUE, Message("a number is needed for measure {measure}", measure=node.reported)
        elif not isinstance(entry, InForce) and not takes_number:
            yield UNFIT_VALUE, Message("this requirement has no number; only `standard: in-force` fits")
        elif not isinstance(entry, InForce | PendingAgain) and measure is not None:
            value = entry.value if isinstance(entry, SetTarget) else entry
            under = self.known.classing(node.id)
            yield from value_faults(value, measure, self.known.classings, everything.scales, under, node.how_taken)

    def definitions(self) -> None:
        """Check what it defines: no id twice, every name known, and no measure of another kind than it was."""
        name = self.file.name
        for key in DEFINITIONS:
            self.names.once(name, {i: one.id for i, one in enumerate(getattr(self.overlay, key))}, (key,))
        for i, measure in enumerate(self.overlay.measures):
            self.names.measure_words(name, ("measures", i), measure)
            was = self.known.set.measures.get(measure.id)
            if was is not None and (was.kind, was.scale) != (measure.kind, measure.scale):
                message = Message(
                    "{measure} is a {kind} in the set; what is reported in another way is another measure: give it an id of its own",
                    measure=measure.id,
                    kind=was.kind,
                )
                self.tell(("measures", i, "kind"), message, UNFIT_VALUE)
        for i, decision in enumerate(self.overlay.decisions):
            self.names.decision(name, ("decisions", i), decision)
        for i, scale in enumerate(self.overlay.scales):
            if scale.id in self.known.set.scales:
                message = Message("{id} is a scale of the set already; another one needs an id of its own", id=scale.id)
                self.tell(("scales", i, "id"), message, DUPLICATE_ID)

    def references(self) -> None:
        """Check the reference figures that it fills."""
        known = self.known.set.reference_figures
        for id_, told in self.overlay.reference_figures.items():
            place: Place = ("reference_figures", id_)
            if id_ not in known:
                self.unknown(place, id_, known, UNKNOWN_PART)
            self.names.once(self.file.name, {i: str(one.year) for i, one in enumerate(told)}, place)
            for i, one in enumerate(told):
                for code, message in figure_faults(one.value, self.known.all.classings):
                    self.tell((*place, i, "value"), message, code)

    def groups(self) -> None:
        groups = [group.id for group in self.known.all.header.groups]
        for code, assigned in self.overlay.groups.items():
            if code not in self.known.set.communes:
                self.tell(("groups", code), _unknown_commune(code, self.known.set), OVERLAY_UNKNOWN_ID)
            if assigned.group not in groups:
                self.tell(("groups", code), unknown_group(assigned.group, groups), UNKNOWN_GROUP)

    # --- what is told --------------------------------------------------------------------------

    def is_end_of_a_range(self, id_: str) -> bool:
        """Tell whether an id names one end of a range, which can be repealed by itself."""
        return any(_is_end(id_, one) for nodes in self.known.nodes.values() for one in nodes)

    def is_there(self, place: Place, id_: str) -> bool:
        """Tell whether an id names an indicator or a part that can be spoken of by itself; where not, that is told."""
        whole = next((one for nodes in self.known.nodes.values() for one in nodes if _is_end(id_, one)), None)
        if whole is not None:
            message = Message("“{id}” is one end of a range; speak of {whole}", id=id_, whole=whole.id)
            self.tell(place, message, OVERLAY_UNKNOWN_ID)
            return False
        if id_ in self.known.nodes:
            return True
        self.tell(place, _added_elsewhere(not_defined(id_, self.known.ids)), OVERLAY_UNKNOWN_ID)
        return False

    def unknown(self, place: Place, id_: str, known: Iterable[str], code: str = OVERLAY_UNKNOWN_ID) -> None:
        self.tell(place, not_defined(id_, known), code)

    def no_requirement(self, id_: str) -> Message:
        """Return what is said of an id that no requirement has: the parts it has, or the nearest there is."""
        whole = next(iter(self.known.nodes.get(id_, ())), None)
        if whole is not None and whole.set_met is not None:
            return Message(
                "“{id}” asks for set {set}: a target of that set is set by its own id, in an overlay with applies_to: {set}",
                id=id_,
                set=whole.set_met.set,
            )
        if whole is not None:
            listed = ", ".join(part.id for part in whole.requirements())
            return Message("“{id}” has parts, and a target belongs to one of them: {parts}", id=id_, parts=listed)
        requirements = [one for one in self.known.ids if any(not node.parts for node in self.known.nodes[one])]
        if id_ in self.known.criteria:
            inside = [one for one in requirements if one.startswith(f"{id_}.")]
            return Message("“{id}” is a criterion, and a target belongs to a requirement of it, such as {nearest}",
                           id=id_, nearest=min(inside, default=id_))  # fmt: skip
        return _added_elsewhere(not_defined(id_, requirements))

    def tell(self, place: Place, message: Message, code: str) -> None:
        self.found.append(self.file.problem(place, message, code))


def _added_elsewhere(said: Message) -> Message:
    """Say of an id that is nowhere at hand that another decision may be missing that adds it."""
    return Message("{said} (where an earlier decision adds it, give that one too)", said=said)


def _is_end(id_: str, node: NodeWritten) -> bool:
    return bool(node.bounds) and any(part.id == id_ for part in node.parts)


def _unknown_commune(code: str, loaded: LoadedSet) -> Message:
    by_code = {commune.code: commune for commune in loaded.communes if commune.type == loaded.header.commune_type}
    closest = nearest(code, by_code)
    if closest is None:
        return Message("“{code}” is no commune code of the set, and none is close to it", code=code)
    return Message(
        "“{code}” is no commune code of the set; did you mean {nearest} ({name})?",
        code=code,
        nearest=closest,
        name=by_code[closest].name,
    )
