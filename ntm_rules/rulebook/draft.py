"""Reading a criteria set's folder as far as it can be read: what is there, on which lines, and every mistake.

`load_set` accepts a draft without mistakes; `ntm rules check` also looks at one that has some.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from ntm_rules.errors import nearest
from ntm_rules.i18n import Message
from ntm_rules.rulebook.cross_check_names import check_cross_checks
from ntm_rules.rulebook.cross_checks import CrossCheck
from ntm_rules.rulebook.derived_names import check_derived, check_references
from ntm_rules.rulebook.model_checking import Model, check
from ntm_rules.rulebook.models import Agency, IndicatorWritten, Measure, Overlay, ReferenceFigure, SetHeader
from ntm_rules.rulebook.names import AGENCIES, HEADER, MEASURES, TESTS_FILE, Names
from ntm_rules.rulebook.plan_names import check_plan, with_deliverables
from ntm_rules.rulebook.plans import Deliverable, Goal
from ntm_rules.rulebook.problem_codes import UNREADABLE
from ntm_rules.rulebook.procedures import read_procedure
from ntm_rules.rulebook.register import Register
from ntm_rules.rulebook.register_file import read_register
from ntm_rules.rulebook.text_files import Unreadable, inside, read_bytes
from ntm_rules.rulebook.yaml_reader import Place, RulebookError, RuleProblem, YamlFile, read_yaml

COMMUNES = "communes.csv"
AMENDMENTS = "amendments"
"""The folder of a set in which later decisions stand that are always laid on."""
_shapes: dict[tuple[object, int], TypeAdapter[Any]] = {}
"""Model and least number of items (-1: one alone) -> what checks them; making it takes longer than reading most files."""


def _one(model: type[Model]) -> TypeAdapter[Model]:
    """Return what checks one item."""
    if (model, -1) not in _shapes:
        _shapes[model, -1] = TypeAdapter(model)
    return _shapes[model, -1]


def _several(model: type[Model], least: int) -> TypeAdapter[tuple[Model, ...]]:
    """Return what checks the items of a file, at least so many of them."""
    if (model, least) not in _shapes:
        if model is IndicatorWritten:
            IndicatorWritten.model_rebuild()  # made once: a later decision, which may hold some, then takes it as it is
        items = tuple[model, ...]  # type: ignore[valid-type]  # of whichever model
        _shapes[model, least] = TypeAdapter(Annotated[items, Field(min_length=least)])
    return _shapes[model, least]


@dataclass(slots=True)
class Draft:
    """A criteria set as far as it could be read; items are kept by their position in their file."""

    folder: Path
    header: SetHeader | None = None
    agencies: dict[int, Agency] = field(default_factory=dict)
    measures: dict[int, Measure] = field(default_factory=dict)
    rules: dict[str, dict[int, IndicatorWritten]] = field(default_factory=dict)
    """Criterion id -> its indicators."""
    conditions: dict[int, IndicatorWritten] = field(default_factory=dict)
    cross_checks: dict[int, CrossCheck] = field(default_factory=dict)
    reference_figures: dict[int, ReferenceFigure] = field(default_factory=dict)
    """Figures of province and nation that targets are taken from."""
    amendments: dict[str, Overlay] = field(default_factory=dict)
    """Name of a file -> the later decision in it."""
    figures: dict[int, Measure] = field(default_factory=dict)
    """What the province reports for the goals of its plan."""
    goals: dict[int, Goal] = field(default_factory=dict)
    deliverables: dict[int, Deliverable] = field(default_factory=dict)
    communes: Register | None = None
    files: dict[str, YamlFile] = field(default_factory=dict)
    """Name of each YAML file that could be parsed -> its data and lines."""
    hashes: dict[str, str] = field(default_factory=dict)
    """Name of each file read -> SHA-256 of its bytes."""
    problems: list[RuleProblem] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    """Files of which something could not be read."""


def read_draft(folder: Path) -> Draft:
    """Read a criteria set's folder as far as possible; every mistake of every file is in `problems`."""
    draft = Draft(folder)
    draft.header = _whole(draft, HEADER, _one(SetHeader))
    draft.agencies = _items(draft, AGENCIES, Agency)
    draft.measures = _items(draft, MEASURES, Measure)
    header = draft.header
    if header is None:
        for path in sorted(folder.glob("*/rules.yaml")):
            _items(draft, path.relative_to(folder).as_posix(), IndicatorWritten, least=1)
        return draft
    for i, criterion in enumerate(header.criteria):
        draft.rules[criterion.id] = _named(draft, ("criteria", i, "rules"), criterion.rules, IndicatorWritten, least=1)
    if header.conditions is not None:
        draft.conditions = _named(draft, ("conditions",), header.conditions, IndicatorWritten, least=1)
    if header.cross_checks is not None:
        draft.cross_checks = _named(draft, ("cross_checks",), header.cross_checks, CrossCheck)
    if header.reference_figures is not None:
        place: Place = ("reference_figures",)
        draft.reference_figures = _named(draft, place, header.reference_figures, ReferenceFigure)
    if header.plan is not None:
        plan = header.plan
        draft.figures = _named(draft, ("plan", "figures"), plan.figures, Measure)
        draft.goals = _named(draft, ("plan", "goals"), plan.goals, Goal)
        draft.deliverables = _named(draft, ("plan", "deliverables"), plan.deliverables, Deliverable)
    for i, document in enumerate(header.documents):
        if document.file is not None:
            _check_inside(draft, ("documents", i, "file"), document.file)
    for path in amendment_files(folder):
        name = path.relative_to(folder).as_posix()
        overlay = _whole(draft, name, _one(Overlay))
        if overlay is not None:
            draft.amendments[name] = overlay.written_in(name, draft.files[name].lines)
    _check_procedure(draft)
    draft.communes = _register(draft, header)
    names = Names(header, draft.agencies, draft.measures, draft.files, draft.incomplete)
    names.check(draft.rules, draft.conditions)
    if header.cross_checks is not None:
        check_cross_checks(names, header.cross_checks, draft.cross_checks)
    if header.reference_figures is not None:
        check_references(names, header.reference_figures, draft.reference_figures)
    check_derived(names, draft.rules, draft.conditions, draft.reference_figures)
    check_plan(names, draft.figures, draft.goals, draft.deliverables, draft.rules)
    draft.header = with_deliverables(header, draft.deliverables.values())
    draft.problems += names.problems
    return draft


def amendment_files(folder: Path) -> list[Path]:
    """Return the files of later decisions in a set's own folder, in the order of their names."""
    return sorted(path for path in (folder / AMENDMENTS).glob("*.yaml") if path.name != TESTS_FILE)


def _check_procedure(draft: Draft) -> None:
    """Tell what is wrong with the set's procedure, which no verdict rests on."""
    try:
        shares = [one.id for one in draft.measures.values() if one.counted is not None]
        read_procedure(draft.folder, None if MEASURES in draft.incomplete else shares)
    except RulebookError as error:
        draft.problems += error.problems


def _check_inside(draft: Draft, place: Place, name: str) -> Path | None:
    """Return where a file of the set stands; None where its name leads elsewhere, which the header's line tells."""
    try:
        return inside(draft.folder, name)
    except Unreadable as error:
        draft.problems.append(draft.files[HEADER].problem(place, error.reason, UNREADABLE))
        return None


def _named(draft: Draft, place: Place, name: str, model: type[Model], least: int = 0) -> dict[int, Model]:
    """Return the items of a file that the header names; where there is none, the header's line is told."""
    path = _check_inside(draft, place, name)
    if path is None:
        draft.incomplete.append(name)
        return {}
    if path.exists():
        return _items(draft, name, model, least)
    present = [path.relative_to(draft.folder).as_posix() for path in sorted(draft.folder.rglob("*.yaml"))]
    closest = nearest(name, present)
    message = (
        Message("there is no file {file}; did you mean “{nearest}”?", file=name, nearest=closest)
        if closest
        else Message("there is no file {file}", file=name)
    )
    draft.problems.append(draft.files[HEADER].problem(place, message, UNREADABLE))
    draft.incomplete.append(name)
    return {}


def _parsed(draft: Draft, name: str) -> YamlFile | None:
    try:
        file = read_yaml(draft.folder / name, name=name, within=draft.folder)
    except RulebookError as error:
        draft.problems += error.problems
        draft.incomplete.append(name)
        return None
    draft.files[name] = file
    _remember(draft, name)
    return file


def _remember(draft: Draft, name: str) -> None:
    draft.hashes[name] = hashlib.sha256(read_bytes(draft.folder / name)).hexdigest()


def _whole(draft: Draft, name: str, shape: TypeAdapter[Model]) -> Model | None:
    file = _parsed(draft, name)
    if file is None:
        return None
    try:
        return check(file, shape)
    except RulebookError as error:
        draft.problems += error.problems
        draft.incomplete.append(name)
        return None


def _items(draft: Draft, name: str, model: type[Model], least: int = 0) -> dict[int, Model]:
    """Return the items of a file; of a file with mistakes, the items that have none."""
    read = _whole(draft, name, _several(model, least))
    if read is not None:
        return dict(enumerate(read))
    data = draft.files[name].data if name in draft.files else None
    kept: dict[int, Model] = {}
    for i, item in enumerate(data if isinstance(data, list) else []):
        try:
            kept[i] = _one(model).validate_python(item)
        except ValidationError:  # already told of, by its line in the file
            continue
    return kept


def _register(draft: Draft, header: SetHeader) -> Register | None:
    try:
        groups = [group.id for group in header.groups]
        communes = read_register(
            inside(draft.folder, COMMUNES),
            header.commune_type,
            groups=groups,
            types=header.commune_types,
            classifications=header.classifications,
            provinces=header.provinces,
        )
        _remember(draft, COMMUNES)
    except RulebookError as error:
        draft.problems += error.problems
    except Unreadable as error:
        draft.problems.append(RuleProblem(COMMUNES, 1, "", error.reason, UNREADABLE))
    else:
        return communes
    draft.incomplete.append(COMMUNES)
    return None
