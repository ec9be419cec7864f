"""Reading plan/effort.yaml beside a criteria set, and holding its names against the set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from ntm_rules.i18n import Message
from ntm_rules.rulebook.effort import Capacity, EffortModel, GapEffort
from ntm_rules.rulebook.kinds import KINDS
from ntm_rules.rulebook.model_checking import check
from ntm_rules.rulebook.models import Text
from ntm_rules.rulebook.problem_codes import UNKNOWN_AGENCY, WRONG_VALUE
from ntm_rules.rulebook.value_faults import not_defined
from ntm_rules.rulebook.yaml_reader import RulebookError, RuleProblem, YamlFile, read_yaml

if TYPE_CHECKING:
    from ntm_rules.rulebook.loader import LoadedSet

FILE = "plan/effort.yaml"
_SHAPE = TypeAdapter(EffortModel)
_NONE = Text(vi="Bộ tiêu chí không có tệp plan/effort.yaml.", en="The set has no file plan/effort.yaml.")
DEFAULT = EffortModel(
    note=Text(
        vi="Khối lượng công việc và năng lực của cơ quan là giả định chung của chương trình, không phải quy định; ghi số của tỉnh vào plan/effort.yaml.",
        en="Efforts and capacities are assumptions of the program, no law; put the province's own into plan/effort.yaml.",
    ),
    unit=Text(vi="một yêu cầu chưa đạt ở một xã", en="one requirement not met in one commune"),
    gaps=(GapEffort.model_validate({"kinds": tuple(KINDS), "by": "requirement", "each": 1, "why": _NONE}),),
    capacity=Capacity.model_validate({"each": 6, "why": _NONE}),
)
"""What holds for a set without the file: every requirement not met counts alike."""


def read_effort(loaded: LoadedSet) -> EffortModel:
    """Return the efforts and capacities that a set assumes, `DEFAULT` where it has no file of them.

    Raises:
        RulebookError: every mistake in the file, by line and key.
    """
    path = loaded.folder / FILE
    if not path.exists():
        return DEFAULT
    file = read_yaml(path, name=FILE, within=loaded.folder)
    model = check(file, _SHAPE)
    problems = list(_names(file, model, loaded))
    if problems:
        raise RulebookError(sorted(problems, key=lambda problem: problem.line))
    return model


def _names(file: YamlFile, model: EffortModel, loaded: LoadedSet) -> Iterator[RuleProblem]:
    """Yield kinds that stand twice or nowhere, and requirements and agencies that the set does not have."""
    first: dict[str, int] = {}
    for at, gap in enumerate(model.gaps):
        for n, kind in enumerate(gap.kinds):
            place = ("gaps", at, "kinds", n)
            if kind in first:
                twice = Message("the kind “{kind}” stands here and on line {line}", kind=kind, line=first[kind])
                yield file.problem(place, twice, WRONG_VALUE)
            first.setdefault(kind, file.line(place))
        if gap.by == "requirement" and gap.least is not None:
            yield file.problem(("gaps", at, "least"), Message("`least` goes with `by: shortfall`"), WRONG_VALUE)
    used = {loaded.measures[node.reported].kind for node in loaded.nodes() if node.reported and not node.parts}
    if lacking := [kind for kind in KINDS if kind in used and kind not in first]:
        lacks = Message("no effort is given for measures of the kinds {kinds}", kinds=", ".join(lacking))
        yield file.problem(("gaps",), lacks, WRONG_VALUE)
    requirements = {node.id for node in loaded.nodes() if not node.parts}
    for at, heavier in enumerate(model.requirements):
        for n, id_ in enumerate(heavier.ids):
            if id_ not in requirements:
                yield file.problem(("requirements", at, "ids", n), not_defined(id_, requirements), WRONG_VALUE)
    for at, capacity in enumerate(model.capacity.agencies):
        if capacity.agency not in loaded.agencies:
            unknown = not_defined(capacity.agency, loaded.agencies)
            yield file.problem(("capacity", "agencies", at, "agency"), unknown, UNKNOWN_AGENCY)
