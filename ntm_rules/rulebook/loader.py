"""Reading a criteria set's folder, and overlays, into checked models.

What is checked here is what makes a set meaningless: unknown names, ids used twice, a measure of
the wrong kind, a target that leaves a group out. All mistakes of all files are reported together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from ntm_rules.errors import NtmError, nearest
from ntm_rules.i18n import Message
from ntm_rules.rulebook import models
from ntm_rules.rulebook.models import (
    Agency,
    IndicatorWritten,
    Measure,
    NodeWritten,
    Overlay,
    PendingTarget,
    SetHeader,
    ValueWritten,
)
from ntm_rules.rulebook.register import Register, read_register
from ntm_rules.rulebook.yaml_reader import Model, Place, RulebookError, RuleProblem, YamlFile, check, read_yaml

HEADER = "criteria-set.yaml"
_AGENCIES = TypeAdapter(tuple[Agency, ...])
_MEASURES = TypeAdapter(tuple[Measure, ...])
_RULES: TypeAdapter[tuple[IndicatorWritten, ...]] = TypeAdapter(
    Annotated[tuple[IndicatorWritten, ...], Field(min_length=1)]
)


@dataclass(slots=True)
class LoadedSet:
    """A criteria set as written: every file read and checked, nothing resolved yet."""

    folder: Path
    header: SetHeader
    agencies: dict[str, Agency]
    measures: dict[str, Measure]
    rules: dict[str, tuple[IndicatorWritten, ...]]
    """Criterion id -> its indicators."""
    conditions: tuple[IndicatorWritten, ...]
    communes: Register
    files: dict[str, str] = field(default_factory=dict)
    """Name of each file read -> SHA-256 of its bytes."""


class SetNotFound(NtmError):
    """No criteria set has that id and no folder stands at that path."""


def bundled_folders() -> list[Path]:
    """Return the folders that may hold criteria sets: the wheel's own, or the checkout's."""
    package = Path(__file__).resolve().parents[1]
    return [f for f in (package / "criteria", package.parent / "criteria") if f.is_dir()]


def available_sets() -> dict[str, Path]:
    """Return the criteria sets that come with the program: id -> folder."""
    return {
        folder.name: folder
        for root in reversed(bundled_folders())
        for folder in sorted(root.iterdir())
        if (folder / HEADER).is_file()
    }


def find_set(name: str | Path | None = None) -> Path:
    """Return the folder of a criteria set given by id or by path; the only one when not given.

    Raises:
        SetNotFound: naming what is available and the nearest match.
    """
    sets = available_sets()
    if name is None:
        if len(sets) == 1:
            return next(iter(sets.values()))
        raise SetNotFound(Message("Say which criteria set to use: {sets}", sets=", ".join(sets)))
    if str(name) in sets:
        return sets[str(name)]
    path = Path(name)
    if (path / HEADER).is_file():
        return path
    closest = nearest(str(name), sets)
    raise SetNotFound(
        Message(
            "No criteria set “{name}”: neither a set of that id nor a folder with {header}. Available: {sets}",
            name=str(name),
            header=HEADER,
            sets=", ".join(sets) or "-",
        ),
        *([Message("Did you mean “{nearest}”?", nearest=closest)] if closest else []),
    )


def load_set(folder: Path) -> LoadedSet:
    """Read and check a criteria set's folder.

    Raises:
        RulebookError: every mistake in every file, each with file, line and key.
    """
    reader = _Reader(folder)
    header = reader.read(HEADER, TypeAdapter(SetHeader))
    if header is None:
        raise RulebookError(reader.problems)
    agencies = reader.read("agencies.yaml", _AGENCIES) or ()
    measures = reader.read("measures.yaml", _MEASURES) or ()
    rules = {c.id: reader.read(c.rules, _RULES) or () for c in header.criteria}
    conditions = (reader.read(header.conditions, _RULES) or ()) if header.conditions else ()
    try:
        groups = [group.id for group in header.groups]
        communes = read_register(folder / "communes.csv", header.commune_type, groups=groups)
        reader.remember("communes.csv")
    except RulebookError as error:
        reader.problems += error.problems
        communes = Register([], header.commune_type)
    except OSError as error:
        reason = Message("the file cannot be read ({reason})", reason=error.strerror or str(error))
        reader.problems.append(RuleProblem("communes.csv", 1, "", reason))
        communes = Register([], header.commune_type)
    if not reader.problems:
        _Names(header, agencies, measures, reader).check(rules, conditions)
    if reader.problems:
        raise RulebookError(reader.problems)
    return LoadedSet(
        folder=folder,
        header=header,
        agencies={agency.id: agency for agency in agencies},
        measures={measure.id: measure for measure in measures},
        rules=rules,
        conditions=conditions,
        communes=communes,
        files=reader.hashes,
    )


def load_overlay(path: Path) -> Overlay:
    """Read and check one overlay file; its ids are checked against a set when it is resolved.

    Raises:
        RulebookError: every mistake in the file.
    """
    file = read_yaml(path, name=str(path))
    return check(file, TypeAdapter(Overlay)).written_in(file.name, file.lines)


class _Reader:
    """Reads the files of one folder, keeping their lines, hashes and mistakes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[RuleProblem] = []
        self.hashes: dict[str, str] = {}
        self.files: dict[str, YamlFile] = {}

    def remember(self, name: str) -> None:
        self.hashes[name] = hashlib.sha256((self.folder / name).read_bytes()).hexdigest()

    def read(self, name: str, shape: TypeAdapter[Model]) -> Model | None:
        try:
            file = read_yaml(self.folder / name, name=name)
            self.files[name] = file
            self.remember(name)
            return check(file, shape)
        except RulebookError as error:
            self.problems += error.problems
            return None


class _Names:
    """Checks that every id used is defined, defined once, and of the right kind."""

    def __init__(
        self,
        header: SetHeader,
        agencies: tuple[Agency, ...],
        measures: tuple[Measure, ...],
        reader: _Reader,
    ) -> None:
        self.header = header
        self.reader = reader
        self.agencies = {agency.id for agency in agencies}
        self.measures = {measure.id: measure for measure in measures}
        self.documents = {document.id for document in header.documents}
        self.decisions = {decision.id for decision in header.decisions}
        self.groups = {group.id for group in header.groups}
        self.scales = {scale.id: scale for scale in header.scales}
        self._once("agencies.yaml", [a.id for a in agencies])
        self._once("measures.yaml", [m.id for m in measures])
        self._header()
        for i, measure in enumerate(measures):
            if measure.scale:
                self._known("measures.yaml", (i, "scale"), measure.scale, self.scales)
            if measure.attested_by:
                self._known("measures.yaml", (i, "attested_by"), measure.attested_by, self.agencies)

    def check(self, rules: dict[str, tuple[IndicatorWritten, ...]], conditions: tuple[IndicatorWritten, ...]) -> None:
        """Check every rule file of the set."""
        seen: dict[str, str] = {}
        files = [(c.rules, rules[c.id]) for c in self.header.criteria]
        if self.header.conditions:
            files.append((self.header.conditions, conditions))
        for name, indicators in files:
            for i, indicator in enumerate(indicators):
                for place, node in _nodes(indicator, (i,)):
                    if node.id in seen:
                        message = Message("id {id} is already used in {file}", id=node.id, file=seen[node.id])
                        self._problem(name, (*place, "id"), message)
                    seen[node.id] = name
                    self._node(name, place, node)
        for i, condition in enumerate(conditions):
            if condition.points is not None:
                message = Message("points belong to the indicators of criteria; a further condition has none")
                self._problem(self.header.conditions or "", (i, "points"), message)

    def _header(self) -> None:
        header = self.header
        for key, ids in (
            ("documents", [d.id for d in header.documents]),
            ("decisions", [d.id for d in header.decisions]),
            ("groups", [g.id for g in header.groups]),
            ("scales", [s.id for s in header.scales]),
            ("bands", [b.id for b in header.bands]),
            ("criteria", [c.id for c in header.criteria]),
        ):
            self._once(HEADER, ids, (key,))
        for i, scale in enumerate(header.scales):
            self._once(HEADER, [grade.id for grade in scale.grades], ("scales", i, "grades"))
        for i, basis in enumerate(header.legal_basis):
            self._known(HEADER, ("legal_basis", i), basis, self.documents)
        for i, decision in enumerate(header.decisions):
            if decision.owed_by:
                self._known(HEADER, ("decisions", i, "owed_by"), decision.owed_by, self.agencies)
            if decision.source:
                self._known(HEADER, ("decisions", i, "source"), decision.source.document, self.documents)
        for i, criterion in enumerate(header.criteria):
            self._known(HEADER, ("criteria", i, "source"), criterion.source.document, self.documents)
        for i, group in enumerate(header.groups):
            if group.source:
                self._known(HEADER, ("groups", i, "source"), group.source.document, self.documents)

    def _node(self, name: str, place: Place, node: NodeWritten) -> None:
        if node.lead:
            self._known(name, (*place, "lead"), node.lead, self.agencies)
        for i, agency in enumerate(node.cooperating or ()):
            self._known(name, (*place, "cooperating", i), agency, self.agencies)
        if node.source:
            self._known(name, (*place, "source", "document"), node.source.document, self.documents)
        if node.applies_if:
            self._measure(name, (*place, "applies_if"), node.applies_if, {"attestation"})
        if node.attested:
            self._measure(name, (*place, "attested"), node.attested, {"attestation"})
        if node.ruling:
            self._measure(name, (*place, "ruling"), node.ruling, {"ruling"})
        if node.standard:
            self._known(name, (*place, "standard"), node.standard.pending.decision, self.decisions)
        for key in ("at_least", "at_most"):
            target = getattr(node, key)
            if target is None:
                continue
            kinds = {"grade"} if node.graded else set(models.QUANTITIES)
            measure = self._measure(
                name,
                (*place, "graded" if node.graded else "measure"),
                node.graded or node.measure or "",
                kinds,
            )
            if measure is not None:
                self._target(name, (*place, key), target, measure)

    def _target(self, name: str, place: Place, target: models.TargetWritten, measure: Measure) -> None:
        if isinstance(target, PendingTarget):
            self._known(name, (*place, "pending", "decision"), target.pending.decision, self.decisions)
            return
        values: list[tuple[Place, ValueWritten]] = []
        if isinstance(target, tuple):
            for i, dated in enumerate(target):
                self._known(name, (*place, i, "source"), dated.source.document, self.documents)
                values.append(((*place, i, "value"), dated.value))
        else:
            values.append((place, target))
        for where, value in values:
            for message in value_problems(value, measure, self.groups, self.scales):
                self._problem(name, where, message)

    def _measure(self, name: str, place: Place, id_: str, kinds: set[str]) -> Measure | None:
        if not self._known(name, place, id_, self.measures):
            return None
        measure = self.measures[id_]
        if measure.kind not in kinds:
            message = Message(
                "measure {measure} is a {kind}; a {kinds} is needed here",
                measure=id_,
                kind=measure.kind,
                kinds=" / ".join(sorted(kinds)),
            )
            self._problem(name, place, message)
            return None
        return measure

    def _known(self, name: str, place: Place, id_: str, known: Iterable[str]) -> bool:
        known = list(known)
        if id_ in known:
            return True
        closest = nearest(id_, known)
        message = (
            Message("“{id}” is not defined; did you mean “{nearest}”?", id=id_, nearest=closest)
            if closest
            else Message("“{id}” is not defined", id=id_)
        )
        self._problem(name, place, message)
        return False

    def _once(self, name: str, ids: list[str], place: Place = ()) -> None:
        for i, id_ in enumerate(ids):
            if id_ in ids[:i]:
                self._problem(name, (*place, i), Message("id {id} stands here twice", id=id_))

    def _problem(self, name: str, place: Place, message: Message) -> None:
        self.reader.problems.append(self.reader.files[name].problem(place, message))


def value_problems(
    value: ValueWritten, measure: Measure, groups: Iterable[str], scales: dict[str, models.Scale]
) -> Iterator[Message]:
    """Yield what is wrong with a known target value for a measure of this kind; a scale must be known to say."""
    if measure.kind == "grade":
        scale = scales.get(measure.scale or "")
        grades = [grade.id for grade in scale.grades] if scale else []
        if scale and value not in grades:
            yield Message("“{value}” is not a grade of the scale: {grades}", value=value, grades=", ".join(grades))
        return
    if isinstance(value, str):
        yield Message("a number is needed for measure {measure}", measure=measure.id)
        return
    if isinstance(value, dict):
        missing = [group for group in groups if group not in value]
        if missing:
            yield Message("no value for group {groups}", groups=", ".join(missing))
        yield from (unknown_group(group, groups) for group in value if group not in list(groups))
    numbers = list(value.values()) if isinstance(value, dict) else [value]
    if measure.kind == "share" and any(not 0 <= number <= 100 for number in numbers):
        yield Message("a share's target lies between 0 and 100")


def unknown_group(group: str, groups: Iterable[str]) -> Message:
    """Return what is said of a group that the set does not define."""
    closest = nearest(group, groups)
    if closest:
        return Message("“{id}” is not defined; did you mean “{nearest}”?", id=group, nearest=closest)
    return Message("unknown group {groups}", groups=group)


def _nodes(node: NodeWritten, place: Place) -> Iterator[tuple[Place, NodeWritten]]:
    yield place, node
    for key in ("all", "any"):
        for i, child in enumerate(getattr(node, key) or ()):
            yield from _nodes(child, (*place, key, i))
