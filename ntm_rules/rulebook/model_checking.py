"""Checking what a file holds against its model: every mismatch by line and key, with what is expected there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ntm_rules.errors import nearest
from ntm_rules.i18n import Message
from ntm_rules.rulebook.expected_forms import wrong_form
from ntm_rules.rulebook.problem_codes import MISSING_KEY, UNKNOWN_KEY
from ntm_rules.rulebook.yaml_reader import MOST_PROBLEMS, Place, RulebookError, RuleProblem, YamlFile, first_problems

Model = TypeVar("Model")
Schema = Callable[[], dict[str, Any]]
"""Makes the JSON Schema of a file, once, when it is asked for."""


def check(file: YamlFile, shape: type[Model] | TypeAdapter[Model]) -> Model:
    """Return a file's data as `shape`.

    Raises:
        RulebookError: every mismatch, by line and key.
    """
    adapter = shape if isinstance(shape, TypeAdapter) else TypeAdapter(shape)
    try:
        return adapter.validate_python(file.data)
    except ValidationError as error:
        details = [dict(detail) for detail in error.errors()]
        own = [detail for detail in details if not _follows_from_another(detail)]
        schema = cache(adapter.json_schema)
        problems = [_explain(file, detail, schema) for detail in own[: MOST_PROBLEMS + 1]]
        raise RulebookError(first_problems(sorted(problems, key=lambda p: (p.line, p.key)), len(own))) from error


def _follows_from_another(detail: dict[str, Any]) -> bool:
    """Tell a list that is too short only because its items were refused."""
    return bool(detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"])


def _explain(file: YamlFile, detail: dict[str, Any], schema: Schema) -> RuleProblem:
    place = _place_in(file.data, detail["loc"])
    kind = detail["type"]
    if kind == "extra_forbidden":
        allowed = _allowed_keys(file, place, schema())
        closest = nearest(str(place[-1]), allowed)
        if detail["input"] is None and not closest:  # {vi: một, hai}: a comma has cut the text in two
            return file.problem(
                place,
                Message(
                    "“{key}” was read as a key; a text that holds a comma goes in quotes. Allowed keys: {allowed}",
                    key=str(place[-1]),
                    allowed=", ".join(allowed),
                ),
                UNKNOWN_KEY,
            )
        if closest:
            return file.problem(
                place,
                Message(
                    "unknown key; did you mean “{nearest}”? Allowed: {allowed}",
                    nearest=closest,
                    allowed=", ".join(allowed),
                ),
                UNKNOWN_KEY,
            )
        return file.problem(place, Message("unknown key. Allowed: {allowed}", allowed=", ".join(allowed)), UNKNOWN_KEY)
    if kind == "missing":
        return file.problem(place, Message("“{key}” is missing", key=str(detail["loc"][-1])), MISSING_KEY)
    if detail["input"] is None and kind != "value_error":
        return file.problem(place, _empty(place, schema()), MISSING_KEY)
    beside = _at(file.data, place[:-1])
    return file.problem(place, wrong_form(detail, place, beside, _example(place, schema())))


def _empty(place: Place, schema: dict[str, Any]) -> Message:
    """Say what to do about a key with nothing behind it: only one that every form of its place needs may not go."""
    forms = [form for form in _forms(_models_above(place, schema), schema) if "properties" in form]
    if place and forms and all(place[-1] in form.get("required", ()) for form in forms):
        return Message("this is still empty; fill it in")
    return Message("this is still empty; fill it in, or leave the key out")


def _place_in(data: Any, location: tuple[Any, ...]) -> Place:
    """Drop from a pydantic location what is not in the data: union tags and missing keys."""
    place: Place = ()
    for step in location:
        inside_mapping = isinstance(data, dict) and step in data
        inside_list = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if inside_mapping or inside_list:
            place, data = (*place, step), data[step]
    return place


def _at(data: Any, place: Place) -> Any:
    for step in place:
        data = data[step]
    return data


def _example(place: Place, schema: dict[str, Any]) -> object:
    """Return what the table of keywords shows for the key of a place; None where it shows nothing."""
    from ntm_rules.rulebook.keywords import KEYWORDS

    key = next((step for step in reversed(place) if isinstance(step, str)), "")
    if not place or key != place[-1]:
        return None
    names = {form.get("title") for form in _forms(_models_above(place, schema), schema)}
    found = [
        words[key].example
        for model, words in KEYWORDS.items()
        if key in words and names & {heir.__name__ for heir in (model, *model.__subclasses__())}
    ]
    if found or len(place) < 2:
        return found[0] if found else None
    of_all = _example(place[:-1], schema)  # of a mapping whose keys are ids: what stands under one of them
    return next(iter(of_all.values()), None) if isinstance(of_all, dict) else None


def _models_above(place: Place, schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the schemas of what may hold a place."""
    models: list[dict[str, Any]] = [schema]
    for step in place[:-1]:
        models = [inner for model in _forms(models, schema) for inner in _below(model, step)]
    return models


def _allowed_keys(file: YamlFile, place: Place, schema: dict[str, Any]) -> list[str]:
    """Return the keys that may stand at a place; of several forms, those of the form most like what stands there."""
    beside = _at(file.data, place[:-1])
    keys = [list(m["properties"]) for m in _forms(_models_above(place, schema), schema) if "properties" in m]
    key = str(place[-1])
    return max(
        keys,
        key=lambda names: (len(set(names) & set(beside)), nearest(key, names) is not None, -len(names)),
        default=[],
    )


def _forms(models: list[dict[str, Any]], schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the plain forms behind references and alternatives of a JSON Schema."""
    for model in models:
        if "$ref" in model:
            yield from _forms([schema["$defs"][model["$ref"].rsplit("/", 1)[-1]]], schema)
        elif "anyOf" in model or "oneOf" in model:
            yield from _forms([*model.get("anyOf", ()), *model.get("oneOf", ())], schema)
        else:
            yield model


def _below(model: dict[str, Any], step: str | int) -> Iterator[dict[str, Any]]:
    """Yield what a JSON Schema says of one key or one item."""
    if isinstance(step, int):
        found = model.get("items")
    else:
        found = model.get("properties", {}).get(step) or model.get("additionalProperties")
        found = found or next(iter(model.get("patternProperties", {}).values()), None)
    if isinstance(found, dict):
        yield found
