"""JSON Schema (draft-07) for every file a person writes, made from the models and the table of keywords.

Editors read draft-07 best: the YAML language server of VS Code knew nothing newer until 2026. Each schema
accepts what the reader accepts and refuses what it refuses for its shape, save for what `BEYOND` lists.
Messages that editors show (`errorMessage`) are in both languages, Vietnamese first.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import StrictBool

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.rulebook import cross_checks as c
from ntm_rules.rulebook import effort as e
from ntm_rules.rulebook import models as m
from ntm_rules.rulebook import plans as p
from ntm_rules.rulebook import procedures as d
from ntm_rules.rulebook import rule_tests as t
from ntm_rules.rulebook.keywords import CHOICES, MODELS, keyword
from ntm_rules.rulebook.schema_conditions import CONDITIONS

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = "schemas"
"""The folder beside the criteria sets in which the schemas stand."""

BEYOND = (
    "a day or a number written in quotes where a day is expected, and a day without quotes where text is",
    "a whole number written with decimals (2.0), and a number with an exponent (1e3)",
    "a target with more than 4 decimals",
    "`to` before `from`, and `in_force` beyond `years`",
    "a key that stands twice, anchors, tags and endless nesting (the editor's own YAML reader names most of them)",
)
"""What the reader refuses and no JSON Schema can say."""

KINDS: dict[str, tuple[Any, str, str]] = {
    "set": (m.SetHeader, "criteria-set.yaml: bộ tiêu chí", "criteria-set.yaml: what a criteria set is"),
    "rules": (
        list[m.IndicatorWritten],
        "rules.yaml: các chỉ tiêu của một tiêu chí",
        "rules.yaml: the indicators of a criterion",
    ),
    "measures": (list[m.Measure], "measures.yaml: số liệu xã báo cáo", "measures.yaml: what communes report"),
    "agencies": (list[m.Agency], "agencies.yaml: các cơ quan", "agencies.yaml: the bodies named"),
    "cross-checks": (
        list[c.CrossCheck],
        "cross-checks.yaml: kiểm tra chéo số liệu",
        "cross-checks.yaml: what asks for a second look",
    ),
    "reference-figures": (
        list[m.ReferenceFigure],
        "reference-figures.yaml: số liệu của tỉnh, cả nước để so",
        "reference-figures.yaml: figures of province and nation that targets are taken from",
    ),
    "effort": (
        e.EffortModel,
        "plan/effort.yaml: khối lượng công việc và năng lực (giả định)",
        "plan/effort.yaml: efforts and capacities (assumed)",
    ),
    "overlay": (m.Overlay, "Văn bản cụ thể hóa (overlay)", "An overlay: a later decision's targets"),
    "goals": (list[p.Goal], "goals.yaml: mục tiêu của kế hoạch tỉnh", "goals.yaml: the goals of the province's plan"),
    "deliverables": (
        list[p.Deliverable],
        "deliverables.yaml: văn bản, sản phẩm phải có",
        "deliverables.yaml: the documents owed",
    ),
    "procedure": (d.Procedure, "procedure.yaml: quy trình thẩm định", "procedure.yaml: how a province appraises"),
    "tests": (list[t.RuleTest], "tests.yaml: phép thử của quy tắc", "tests.yaml: tests of the rules"),
}
"""Kind of file -> its shape, and its title in Vietnamese and English."""
AT_LEAST_ONE = ("rules", "tests")
"""Kinds of file whose list may not be empty."""

_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
_MEASURE_ID = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
_TEXT_SAID = (
    "Cần chữ; nếu trông như số, ngày, true, false thì đặt trong ngoặc kép"
    " · Text is expected; put it in quotes if it looks like a number, a date, true or false"
)
_ID_SAID = (
    "Mã chỉ gồm chữ không dấu, số, dấu . _ - và bắt đầu bằng chữ hoặc số"
    " · An id holds ASCII letters, digits, . _ - and starts with a letter or digit"
)
_MEASURE_SAID = (
    "Mã số liệu gồm chữ thường không dấu và số, nối bằng một gạch dưới, ví dụ clean_water_share"
    " · A measure's id: lower-case words joined by single underscores"
)
_TERM = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*(\.(numerator|denominator))?$"
_TERM_SAID = (
    "Mã số liệu, có thể kèm .numerator hoặc .denominator: clean_water_share.denominator"
    " · A measure's id, perhaps with .numerator or .denominator"
)
_NUMBER_SAID = (
    "Cần một số, không ngoặc kép, dấu chấm trước phần lẻ: 79.95 · A number is expected, without quotes: 79.95"
)
_DAY_SAID = "Cần một ngày, không ngoặc kép: 2026-07-31 · A day is expected, without quotes: 2026-07-31"
_WHOLE_SAID = "Cần một số nguyên · A whole number is expected"
_TRUE_SAID = "Cần true hoặc false · true or false is expected"
_LIST_SAID = "Cần một danh sách · A list is expected"
_KEYS_SAID = "Cần các khóa có giá trị · Keys with values are expected"
_VALUE_SAID = (
    "Cần một số (80 hoặc 79.95, không ngoặc kép, không dấu %), một bậc của thang, hoặc mỗi nhóm một số"
    " · A number (80 or 79.95, without quotes or %), a grade, or one number per group is expected"
)
_CELL_SAID = (
    "Cần một số, một ngày, một bậc của thang, not_applicable, hoặc {pending: {decision: ...}}"
    " · A number, a day, a grade, not_applicable, or {pending: {decision: ...}} is expected"
)
_GATE_SAID = (
    "Cần mã số liệu Có/Không, hoặc {measure, at_least}"
    " · The id of a yes/no measure, or {measure, at_least}, is expected"
)
_YEAR_SAID = (
    "Cần year_before, this_year hoặc một năm: 2020 · year_before, this_year or a year, such as 2020, is expected"
)
_GIVEN_SAID = (
    "Cần một số, {numerator, denominator}, câu trả lời, true/false hoặc {state}"
    " · A number, {numerator, denominator}, an answer, true/false or {state} is expected"
)

_TEXT: Schema = {"type": "string", "errorMessage": _TEXT_SAID}
_NUMBER: Schema = {
    "type": "number",
    "exclusiveMinimum": -m.LARGEST,
    "exclusiveMaximum": m.LARGEST,
    "errorMessage": _NUMBER_SAID,
}
_OF_ID: Schema = {"type": "string", "pattern": _ID, "patternErrorMessage": _ID_SAID, "errorMessage": _TEXT_SAID}


def schema_of(kind: str) -> Schema:
    """Return the JSON Schema of a kind of file, a key of `KINDS`.

    >>> schema_of("agencies")["items"]
    {'$ref': '#/definitions/Agency'}
    """
    shape, vi, en = KINDS[kind]
    maker = _Maker()
    body = maker.of(shape)
    if kind in AT_LEAST_ONE:
        body |= {"minItems": 1}
    if "$ref" in body:  # a draft-07 reader takes nothing that stands beside a reference at the top
        body = maker.definitions.pop(body["$ref"].rpartition("/")[2])
    definitions = dict(sorted(maker.definitions.items()))
    return {"$schema": DRAFT, **body, "title": f"{vi} · {en}", "definitions": definitions}


def schema_text(kind: str) -> str:
    """Return the schema as the file that is shipped and written."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"


def schema_file(kind: str) -> str:
    """Return the name of a kind's schema file.

    >>> schema_file("overlay")
    'overlay.schema.json'
    """
    return f"{kind}.schema.json"


def modeline(path: str) -> str:
    """Return the first line of a YAML file that tells editors where its schema stands.

    >>> modeline("../schemas/set.schema.json")
    '# yaml-language-server: $schema=../schemas/set.schema.json'
    """
    return f"# yaml-language-server: $schema={path}"


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema to a folder, made if needed; return the files.

    Raises:
        NtmError: naming the files by their names that are something else; nothing is written then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    others = [path for kind in KINDS if (path := folder / schema_file(kind)).exists() and not is_schema(path, kind)]
    if others:
        raise NtmError(
            *(
                Message(
                    "{path} is no schema of this program and is not replaced; move it away or name another folder",
                    path=str(path),
                )
                for path in others
            )
        )
    written = []
    for kind in KINDS:
        path = folder / schema_file(kind)
        path.write_text(schema_text(kind), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def is_schema(path: Path, kind: str) -> bool:
    """Tell whether a file is a schema of this kind as some version of this program writes it."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    ours = json.loads(schema_text(kind))
    if not isinstance(found, dict) or found.keys() != ours.keys() or not isinstance(found["definitions"], dict):
        return False
    alike = all(found.get(key) == ours.get(key) for key in ("$schema", "title", "type"))
    return alike and bool(found["definitions"].keys() & ours["definitions"].keys())


def keywords_of(model: type[m.Written]) -> Iterator[str]:
    """Yield the keywords of a model as they are written in a file."""
    for name, info in model.model_fields.items():
        yield info.alias or name


class _Maker:
    """Makes schemas of types, and keeps those of the models met."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def of(self, shape: Any) -> Schema:
        """Return the schema of a type as the models write it."""
        for known, make in self._named():
            if shape is known:
                return make()
        origin, inner = get_origin(shape), get_args(shape)
        if origin in (Union, types.UnionType):
            parts = [self.of(part) for part in inner if part is not type(None)]
            made = parts[0] if len(parts) == 1 else _any_of(parts)
            return self._or_nothing(made) if type(None) in inner else made
        if origin is Literal:
            return _one_of(inner)
        if isinstance(shape, type) and issubclass(shape, StrEnum):
            return _one_of([member.value for member in shape])
        if origin in (tuple, list):
            return {"type": "array", "items": self.of(inner[0]), "errorMessage": _LIST_SAID}
        if origin is dict:
            return self._mapping(*inner)
        if isinstance(shape, type) and issubclass(shape, m.Written):
            return self._reference(shape)
        if shape is str:
            return dict(_TEXT)
        raise TypeError(f"no schema is known for {shape!r}")

    def _named(self) -> list[tuple[Any, Callable[[], Schema]]]:
        """Return the types that have a name and a meaning of their own."""
        return [
            (m.Id, lambda: dict(_OF_ID)),
            (m.MeasureId, lambda: {**_OF_ID, "pattern": _MEASURE_ID, "patternErrorMessage": _MEASURE_SAID}),
            (t.PartId, lambda: {**_OF_ID, "pattern": t.PART_ID}),
            (c.Term, lambda: {**_OF_ID, "pattern": _TERM, "patternErrorMessage": _TERM_SAID}),
            (m.Number, lambda: dict(_NUMBER)),
            (t.ReportedNumber, lambda: {"type": "number", "errorMessage": _NUMBER_SAID}),
            (m.Points, lambda: {**_NUMBER, "exclusiveMinimum": 0}),
            (m.Day, _day),
            (m.Whole, lambda: {"type": "integer", "errorMessage": _WHOLE_SAID}),
            (StrictBool, lambda: {"type": "boolean", "errorMessage": _TRUE_SAID}),
            (m.CellWritten, self._cell),
            (m.ValueWritten, self._value),
            (m.GateWritten, self._gate),
            (m.TargetWritten, self._target),
            (m.YearWritten, _year),
            (m.OverlayEntry, self._entry),
            (t.Given, self._given),
        ]

    def _reference(self, model: type[m.Written]) -> Schema:
        name = model.__name__
        if name not in self.definitions:
            self.definitions[name] = {}  # models that hold themselves stop here
            self.definitions[name] = self._model(model)
        return {"$ref": f"#/definitions/{name}"}

    def _model(self, model: type[m.Written]) -> Schema:
        hints = get_type_hints(model, include_extras=True)
        properties: dict[str, Schema] = {}
        required = []
        for name, info in model.model_fields.items():
            key = info.alias or name
            properties[key] = self._property(model, key, _bounded(self.of(hints[name]), info.metadata))
            if info.is_required():
                required.append(key)
            elif info.default not in (None, ()) and not callable(info.default_factory):
                default = info.default
                properties[key]["default"] = int(default) if isinstance(default, Decimal) else default
        title = " · ".join(MODELS[model])
        made: Schema = {"title": title, "type": "object", "additionalProperties": False, "properties": properties}
        if required:
            made["required"] = required
        conditions = [c for known, rules in CONDITIONS.items() if issubclass(model, known) for c in rules]
        if conditions:
            made["allOf"] = conditions
        return made

    def _property(self, model: type[m.Written], key: str, schema: Schema) -> Schema:
        words = keyword(model, key)
        return {"description": f"{words.vi}\n\n{words.en}", "examples": [words.example], **schema}

    def _or_nothing(self, schema: Schema) -> Schema:
        """Return the schema of a value that may be left empty."""
        if "$ref" in schema:
            return {"anyOf": [schema, {"type": "null"}]}
        kinds = schema["type"]
        made = {**schema, "type": [*(kinds if isinstance(kinds, list) else [kinds]), "null"]}
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
            made["enumDescriptions"] = [*made["enumDescriptions"], "bỏ trống · left empty"]
        return made

    def _mapping(self, keys: Any, values: Any) -> Schema:
        made: Schema = {"type": "object", "additionalProperties": self.of(values), "errorMessage": _KEYS_SAID}
        if keys is not str:
            named = self.of(keys)
            said = named.pop("patternErrorMessage")
            made["propertyNames"] = {"pattern": named["pattern"], "patternErrorMessage": said}
        return made

    # --- targets: what stands there decides which form it is, as in the models

    def _cell(self) -> Schema:
        form = {"if": {"type": "object"}, "then": self._form(m.PendingTarget)}
        offered = self.definitions[m.PendingTarget.__name__]["properties"]
        return {**self._simple(), "properties": offered, **form, "errorMessage": _CELL_SAID}

    def _value(self) -> Schema:
        return self._forms(dict(_OTHERWISE), self._by_group())

    def _gate(self) -> Schema:
        counted = {"if": {"type": "object"}, "then": self._form(m.CountedGate)}
        offered = self.definitions[m.CountedGate.__name__]["properties"]
        question = {"pattern": _MEASURE_ID, "patternErrorMessage": _MEASURE_SAID}
        return {"type": ["string", "object"], **question, "properties": offered, **counted, "errorMessage": _GATE_SAID}

    def _target(self) -> Schema:
        return self._forms({"pending": m.PendingTarget, **_OTHERWISE}, self._by_group()) | {
            "type": ["number", "string", "object", "array"],
            "items": self.of(m.DatedValue),
            "minItems": 1,
        }

    def _entry(self) -> Schema:
        forms: dict[str, type[m.Written]] = {
            "standard": m.InForce,
            "pending": m.PendingAgain,
            "value": m.SetTarget,
            **_OTHERWISE,
        }
        return self._forms(forms, self._by_group())

    def _by_group(self) -> Schema:
        return {
            "additionalProperties": self._cell(),
            "propertyNames": {"pattern": _ID, "patternErrorMessage": _ID_SAID},
        }

    def _given(self) -> Schema:
        counted = {"if": {"type": "object"}, "then": self._form(t.CountedGiven)}
        made = self._forms({"state": t.StateGiven}, counted)
        made["properties"] |= self.definitions[t.CountedGiven.__name__]["properties"]
        kept = {key: made[key] for key in ("properties", "if", "then", "else")}
        return {"type": ["number", "string", "boolean", "object"], **kept, "errorMessage": _GIVEN_SAID}

    def _simple(self) -> Schema:
        """Return a schema of numbers and grades; each word of it speaks of one type only."""
        limits = {key: _NUMBER[key] for key in ("exclusiveMinimum", "exclusiveMaximum")}
        return {"type": ["number", "string", "object"], **limits, "pattern": _ID, "patternErrorMessage": _VALUE_SAID}

    def _forms(self, forms: dict[str, type[m.Written]], otherwise: Schema) -> Schema:
        """Return a schema of numbers, grades and mappings whose form a key tells; else `otherwise`."""
        made = otherwise
        offered: dict[str, Schema] = {}
        for key, model in reversed(forms.items()):
            form = self._form(model)
            offered[key] = self.definitions[model.__name__]["properties"][key]
            made = {"if": {"type": "object", "required": [key]}, "then": form, "else": made}
        return {**self._simple(), "properties": offered, **made, "errorMessage": _VALUE_SAID}

    def _form(self, model: type[m.Written]) -> Schema:
        """Return what holds of a mapping of a model's form, without saying that it is a mapping."""
        self._reference(model)
        return {"$ref": f"#/definitions/{model.__name__}"}


_OTHERWISE: dict[str, type[m.Written]] = {"of": m.DerivedValue, "reference": m.DerivedValue, "by": m.ClassedValue}
"""The key that tells the form of a value -> that form."""


def _one_of(names: Sequence[str]) -> Schema:
    said = " · ".join(f"{name}: {CHOICES[name][0]}" for name in names)
    return {
        "type": "string",
        "enum": list(names),
        "enumDescriptions": [" · ".join(CHOICES[name]) for name in names],
        "errorMessage": f"Chọn một trong · Choose one of: {said}",
    }


def _any_of(parts: list[Schema]) -> Schema:
    """Return a schema of plain values of several types."""
    if any(set(part) - {"type", "errorMessage"} for part in parts):
        raise TypeError("only plain types can be put together")
    return {"type": [part["type"] for part in parts]}


def _day() -> Schema:
    return {
        "type": "string",
        "format": "date",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "patternErrorMessage": _DAY_SAID,
        "errorMessage": _DAY_SAID,
    }


def _year() -> Schema:
    words = ["this_year", "year_before"]
    return {
        "type": ["integer", "string"],
        "minimum": m.FIRST_YEAR,
        "maximum": m.LAST_YEAR,
        "pattern": f"^({'|'.join(words)})$",
        "patternErrorMessage": _YEAR_SAID,
        "errorMessage": _YEAR_SAID,
    }


def _bounded(schema: Schema, metadata: list[Any]) -> Schema:
    """Add the bounds that a field states: fewest items, least and most."""
    for bound in metadata:
        for name, word in (("ge", "minimum"), ("le", "maximum"), ("min_length", "minItems")):
            limit = getattr(bound, name, None)
            if limit is not None:
                schema = {**schema, word: limit}
    return schema
