"""YAML 1.2 with line numbers: duplicate keys refused, decimals kept exact, models checked.

Every problem of a file is collected; each names the file, the line and the key, and offers the
allowed keys and the nearest match.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from yaml import MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode, YAMLError

from ntm_rules.errors import NtmError, nearest
from ntm_rules.i18n import N_, Message

Model = TypeVar("Model")
Place = tuple[str | int, ...]
"""Keys and indexes from the top of a file to a value."""


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """One mistake in a rule file."""

    file: str
    line: int
    key: str
    message: Message

    def as_message(self) -> Message:
        """Return the problem as one line: file, line, key, what is wrong."""
        where = "{file}, line {line}: {message}" if not self.key else "{file}, line {line}, {key}: {message}"
        return Message(where, file=self.file, line=self.line, key=self.key, message=self.message)


N_("{file}, line {line}: {message}")
N_("{file}, line {line}, {key}: {message}")


class RulebookError(NtmError):
    """Rule files that cannot be used; `problems` holds every mistake found."""

    def __init__(self, problems: list[RuleProblem]) -> None:
        super().__init__(*(problem.as_message() for problem in problems))
        self.problems = problems


@dataclass(slots=True)
class YamlFile:
    """A parsed file: plain data, and the line on which each value stands."""

    name: str
    data: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """Return the line of a value, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, message: Message) -> RuleProblem:
        """Return a mistake at a place of this file."""
        return RuleProblem(self.name, self.line(place), key_path(place), message)


def key_path(place: Place) -> str:
    """Write a place the way a person would look for it.

    >>> key_path(("criteria", 0, "id"))
    'criteria[1].id'
    """
    text = ""
    for step in place:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def read_yaml(path: Path, *, name: str | None = None) -> YamlFile:
    """Read one YAML file into plain data with line numbers.

    Numbers become int or Decimal, never float; text becomes NFC.

    Raises:
        RulebookError: unreadable file, broken YAML, duplicate key, alias or tag.
    """
    name = name or path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = Message("the file cannot be read ({reason})", reason=error.strerror or str(error))
        raise RulebookError([RuleProblem(name, 1, "", reason)]) from error
    except UnicodeDecodeError as error:
        reason = Message("the file is not UTF-8 text; save it again as UTF-8")
        raise RulebookError([RuleProblem(name, 1, "", reason)]) from error
    try:
        node = yaml.compose(text, Loader=_LOADER) if _deepest(text) <= DEEPEST else None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        reason = Message("not valid YAML ({reason})", reason=error.problem or error.context or "")
        raise RulebookError([RuleProblem(name, line, "", reason)]) from error
    except YAMLError as error:
        reason = Message("not valid YAML ({reason})", reason=str(error).splitlines()[0])
        raise RulebookError([RuleProblem(name, 1, "", reason)]) from error
    parsed = YamlFile(name, None)
    problems: list[RuleProblem] = []
    if node is None and _deepest(text) > DEEPEST:
        problems.append(parsed.problem((), Message("brackets are nested too deeply")))
    parsed.data = _plain(node, (), parsed, problems, set()) if node is not None else {}
    if problems:
        raise RulebookError(problems)
    return parsed


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where the wheel has it (20 times faster), else the same grammar in Python."""
DEEPEST = 50
"""How deep flow brackets may be nested; libyaml has no limit of its own."""


def _deepest(text: str) -> int:
    """Return how deep brackets could be nested at most, strings and comments not told apart."""
    depth = deepest = 0
    for sign in re.findall(r"[][{}]", text):
        depth += 1 if sign in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _plain(node: Node, place: Place, file: YamlFile, problems: list[RuleProblem], seen: set[int]) -> Any:
    file.lines.setdefault(place, node.start_mark.line + 1)
    if id(node) in seen:
        problems.append(file.problem(place, Message("anchors and aliases are not allowed in rule files")))
        return None
    seen.add(id(node))
    if isinstance(node, MappingNode):
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = unicodedata.normalize("NFC", str(key_node.value))
            inner = (*place, key)
            if key in mapping:
                first = file.line(inner)
                file.lines[inner] = key_node.start_mark.line + 1
                twice = Message("this key stands here twice (first on line {line})", line=first)
                problems.append(file.problem(inner, twice))
                continue
            file.lines[inner] = key_node.start_mark.line + 1
            mapping[key] = _plain(value_node, inner, file, problems, seen)
        return mapping
    if isinstance(node, SequenceNode):
        return [_plain(item, (*place, i), file, problems, seen) for i, item in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    return _scalar(node, place, file, problems)


_CORE_SCHEMA = (
    (re.compile(r"(~|null|Null|NULL)?"), lambda _text: None),
    (re.compile(r"true|True|TRUE|false|False|FALSE"), lambda text: text.casefold() == "true"),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)"), Decimal),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), dt.date.fromisoformat),
)
"""YAML 1.2's core schema for plain scalars, with exact decimals, without exponents, and with days."""


def _scalar(node: ScalarNode, place: Place, file: YamlFile, problems: list[RuleProblem]) -> Any:
    text = unicodedata.normalize("NFC", node.value)
    if not str(node.tag).startswith("tag:yaml.org,2002:"):
        problems.append(file.problem(place, Message("tags (!) are not allowed in rule files")))
        return None
    if node.style:  # quoted or block text, never a number
        return text
    for form, read in _CORE_SCHEMA:
        if form.fullmatch(text):
            try:
                return read(text)
            except ValueError:
                problems.append(file.problem(place, Message("“{value}” cannot be read as a value here", value=text)))
                return None
    return text


def check(file: YamlFile, shape: type[Model] | TypeAdapter[Model]) -> Model:
    """Return a file's data as `shape`.

    Raises:
        RulebookError: every mismatch, by line and key.
    """
    adapter = shape if isinstance(shape, TypeAdapter) else TypeAdapter(shape)
    try:
        return adapter.validate_python(file.data)
    except ValidationError as error:
        problems = [_explain(file, dict(detail)) for detail in error.errors()]
        raise RulebookError(sorted(problems, key=lambda p: (p.line, p.key))) from error


def _explain(file: YamlFile, detail: dict[str, Any]) -> RuleProblem:
    place = _place_in(file.data, detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        allowed = _allowed_keys(detail, file)
        closest = nearest(str(place[-1]), allowed)
        if closest:
            return file.problem(
                place,
                Message(
                    "unknown key; did you mean “{nearest}”? Allowed: {allowed}",
                    nearest=closest,
                    allowed=", ".join(allowed),
                ),
            )
        return file.problem(place, Message("unknown key. Allowed: {allowed}", allowed=", ".join(allowed)))
    if kind == "missing":
        return file.problem(place, Message("“{key}” is missing", key=str(detail["loc"][-1])))
    if kind == "value_error":
        return file.problem(place, Message("{reason}", reason=str(context.get("error", detail["msg"]))))
    return file.problem(place, Message("{reason}", reason=detail["msg"]))


N_("{reason}")


def _place_in(data: Any, location: tuple[Any, ...]) -> Place:
    """Drop from a pydantic location what is not in the data: union tags and missing keys."""
    place: Place = ()
    for step in location:
        inside_mapping = isinstance(data, dict) and step in data
        inside_list = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if inside_mapping or inside_list:
            place, data = (*place, step), data[step]
    return place


def _allowed_keys(detail: dict[str, Any], file: YamlFile) -> list[str]:
    """Return the keys of the model that refused one, found by the keys standing beside it."""
    siblings: Any = file.data
    for step in _place_in(file.data, detail["loc"])[:-1]:
        siblings = siblings[step]
    beside = set(siblings) if isinstance(siblings, dict) else set()
    best = max(_all_models(), key=lambda m: (len(beside & set(_keys(m))), -len(_keys(m))))
    return _keys(best)


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _all_models() -> list[type[BaseModel]]:
    from ntm_rules.rulebook.models import Written  # late: models know nothing of YAML

    found: list[type[BaseModel]] = []
    waiting: list[type[BaseModel]] = [Written]
    while waiting:
        for model in waiting.pop().__subclasses__():
            found.append(model)
            waiting.append(model)
    return found
