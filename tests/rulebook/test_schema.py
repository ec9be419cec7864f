"""The JSON Schemas say what the reader says: of every shipped file, of every mutation of one, in words for editors."""

from __future__ import annotations

import copy
import datetime as dt
import itertools
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker
from pydantic import Field, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ntm_rules.rulebook import cross_checks, effort, models, plans, procedures, rule_tests
from ntm_rules.rulebook.keywords import CHOICES, KEYWORDS, MODELS, keyword
from ntm_rules.rulebook.schema import BEYOND, FOLDER, KINDS, keywords_of, schema_file, schema_of, schema_text
from ntm_rules.rulebook.yaml_reader import read_yaml
from tests.conftest import ROOT, Ntm
from tests.rulebook.tiny import FILES, OVERLAY
from tests.turns.conftest import TURNS as EVERY_TURN

SHIPPED = ROOT / "criteria" / FOLDER
READERS: dict[str, TypeAdapter[Any]] = {
    "set": TypeAdapter(models.SetHeader),
    "rules": TypeAdapter(Annotated[tuple[models.IndicatorWritten, ...], Field(min_length=1)]),
    "measures": TypeAdapter(tuple[models.Measure, ...]),
    "agencies": TypeAdapter(tuple[models.Agency, ...]),
    "overlay": TypeAdapter(models.Overlay),
    "tests": rule_tests.rule_tests_shape(),
    "effort": TypeAdapter(effort.EffortModel),
    "cross-checks": TypeAdapter(tuple[cross_checks.CrossCheck, ...]),
    "goals": TypeAdapter(tuple[plans.Goal, ...]),
    "deliverables": TypeAdapter(tuple[plans.Deliverable, ...]),
    "procedure": TypeAdapter(procedures.Procedure),
    "reference-figures": TypeAdapter(tuple[models.ReferenceFigure, ...]),
}
WRITTEN = [
    *sorted(p for p in (ROOT / "criteria").rglob("*.yaml")),
    *sorted(p for p in (ROOT / "samples").rglob("*.yaml")),
]
"""Every YAML file of the repository that a person writes."""


@cache
def the_schema(kind: str) -> dict[str, Any]:
    """The schema of a kind of file, made once for all keywords."""
    return schema_of(kind)


@cache
def validator(kind: str) -> Draft7Validator:
    return Draft7Validator(the_schema(kind), format_checker=FormatChecker())


def as_json(node: Node) -> Any:
    """Return what another YAML 1.2 reader finds, as JSON: keys and days are text."""
    if isinstance(node, MappingNode):
        return {key.value: as_json(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [as_json(item) for item in node.value]
    assert isinstance(node, ScalarNode)
    read = {"null": lambda _: None, "bool": lambda t: t.lower() == "true", "int": int, "float": float}
    return read.get(str(node.tag).rpartition(":")[2], str)(node.value)


def read_elsewhere(path: Path) -> Any:
    return as_json(YAML(typ="safe", pure=True).compose(path.read_text(encoding="utf-8")))


def json_of(value: Any) -> Any:
    """Return what the reader read, as JSON."""
    if isinstance(value, dict):
        return {key: json_of(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [json_of(inner) for inner in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def named_schema(path: Path) -> str:
    """Return the path in a file's modeline, which stands in the comments before anything else."""
    head = itertools.takewhile(lambda line: line.startswith("#"), path.read_text(encoding="utf-8").splitlines())
    (named,) = [line for line in head if line.startswith("# yaml-language-server:")]
    return named.removeprefix("# yaml-language-server: $schema=")


# --- the files that are shipped ----------------------------------------------------------------


@pytest.mark.parametrize("path", WRITTEN, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_shipped_file_names_its_schema_and_holds_to_it(path: Path) -> None:
    schema = (path.parent / named_schema(path)).resolve()
    assert schema.parent == SHIPPED
    checked = Draft7Validator(json.loads(schema.read_text(encoding="utf-8")), format_checker=FormatChecker())
    assert [f"{list(e.path)}: {e.message}" for e in checked.iter_errors(read_elsewhere(path))] == []


def test_the_shipped_schemas_are_what_the_command_writes(ntm: Ntm, tmp_path: Path) -> None:
    done = ntm("rules", "schema", "--out", tmp_path / "schemas")
    assert done.returncode == 0
    written = {p.name: p.read_bytes() for p in (tmp_path / "schemas").iterdir()}
    assert written == {p.name: p.read_bytes() for p in SHIPPED.iterdir()}
    assert set(written) == {schema_file(kind) for kind in KINDS}


def test_the_command_prints_one_schema(ntm: Ntm) -> None:
    assert ntm("rules", "schema", "--kind", "overlay").stdout == schema_text("overlay")


@pytest.mark.parametrize("arguments", [(), ("--kind", "overlay", "--out", "x"), ("--kind", "rule")])
def test_the_command_asks_for_a_kind_or_a_folder(ntm: Ntm, arguments: tuple[str, ...]) -> None:
    refused = ntm("rules", "schema", *arguments)
    assert refused.returncode == 2
    assert "--kind" in refused.stderr
    assert refused.stdout == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_of_draft_07(kind: str) -> None:
    Draft7Validator.check_schema(the_schema(kind))
    assert the_schema(kind)["$schema"] == "http://json-schema.org/draft-07/schema#"


# --- words -------------------------------------------------------------------------------------


def written_models() -> Iterator[type[models.Written]]:
    waiting = [models.Written]
    while waiting:
        for model in waiting.pop().__subclasses__():
            waiting.append(model)
            if model.__module__.startswith("ntm_rules."):
                yield model


KEYS = [(model, key) for model in written_models() for key in keywords_of(model)]


@pytest.mark.parametrize(("model", "key"), KEYS, ids=lambda v: getattr(v, "__name__", v))
def test_every_keyword_has_its_words_in_both_languages_and_an_example_that_fits(
    model: type[models.Written], key: str
) -> None:
    words = keyword(model, key)
    assert words.vi
    assert words.en
    assert words.vi != words.en
    holding = next(s for k in KINDS for s in definitions(k) if s.get("title") == " · ".join(MODELS[model]))
    stands = holding["properties"][key]
    assert stands["description"] == f"{words.vi}\n\n{words.en}"
    whole = next(k for k in KINDS if holding in definitions(k))
    alone = {**stands, "definitions": the_schema(whole)["definitions"]}
    if "$ref" in stands:
        alone = {"allOf": [{"$ref": stands["$ref"]}], "definitions": the_schema(whole)["definitions"]}
    (example,) = stands["examples"]
    assert [e.message for e in Draft7Validator(alone, format_checker=FormatChecker()).iter_errors(example)] == []


@cache
def definitions(kind: str) -> list[dict[str, Any]]:
    schema = the_schema(kind)
    return [schema | {"title": title_of(kind)}, *schema["definitions"].values()]


def title_of(kind: str) -> str:
    shape = KINDS[kind][0]
    return " · ".join(MODELS[shape]) if shape in MODELS else ""


def test_no_words_are_kept_for_a_keyword_that_does_not_exist() -> None:
    assert {(model, key) for model, words in KEYWORDS.items() for key in words} - set(KEYS) == set()
    assert set(MODELS) == {model for model, _key in KEYS}
    choices = {value for kind in KINDS for value in chosen(the_schema(kind)) if value is not None}
    assert choices <= set(CHOICES)


def chosen(schema: Any) -> Iterator[Any]:
    if isinstance(schema, dict):
        if "enumDescriptions" in schema:
            yield from schema["enum"]
        for inner in schema.values():
            yield from chosen(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from chosen(inner)


def test_every_message_for_editors_is_in_both_languages() -> None:
    def said(schema: Any) -> Iterator[str]:
        if isinstance(schema, dict):
            for key, inner in schema.items():
                if key.endswith("rrorMessage"):
                    yield inner
                else:
                    yield from said(inner)
        elif isinstance(schema, list):
            for inner in schema:
                yield from said(inner)

    for kind in KINDS:
        for message in said(the_schema(kind)):
            vietnamese, dot, english = message.partition(" · ")
            assert dot, message
            assert re.search("[àáảãạâấầẩẫậăắằẳẵặèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựđ]", vietnamese), message
            assert not re.search("[ắằẵặấầẫậểễệốồỗộớờỡợứừữự]", english.split(":")[0]), message


# --- the same verdict as the reader ------------------------------------------------------------


def pieces() -> Iterator[tuple[str, Any]]:
    """Yield kinds of file with the data of files, long lists cut into runs of two."""
    for path in WRITTEN:
        kind = named_schema(path).rpartition("/")[2].partition(".")[0]
        data = read_yaml(path).data
        if isinstance(data, list):
            yield from ((kind, data[i : i + 2]) for i in range(0, len(data), 2))
        else:
            yield kind, data


TINY_FILES = sum(name.endswith(".yaml") for name in FILES) + 5
TINY = {"criteria-set.yaml": "set", "measures.yaml": "measures", "agencies.yaml": "agencies"}
TINY |= {"plan/figures.yaml": "measures", "plan/goals.yaml": "goals", "plan/deliverables.yaml": "deliverables"}


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Any]]:
    """Correct files of every kind, as data: those shipped, and the small set with every form."""
    folder = tmp_path_factory.mktemp("tiny")
    found = list(pieces())
    for name, text in [*FILES.items(), ("overlay.yaml", OVERLAY), ("tests.yaml", TESTS), ("effort.yaml", EFFORT)]:
        if name.endswith(".yaml"):
            path = folder / name.replace("/", "-")
            path.write_text(text, encoding="utf-8")
            kind = TINY.get(name) or ("rules" if "rules" in name else name.removesuffix(".yaml"))
            found.append((kind, read_yaml(path).data))
    figures = read_yaml(EVERY_TURN / "reference-figures.yaml").data
    turns = read_yaml(EVERY_TURN / "01-cach-noi" / "rules.yaml").data
    assert isinstance(turns, list)
    derived = [rule for rule in turns if rule["id"] in ("1.7", "1.8")]
    found += [("reference-figures", figures), ("rules", derived)]
    for kind, data in found:
        READERS[kind].validate_python(data)
    assert {kind for kind, _data in found} == set(KINDS)
    return found


TESTS = """\
- name: 79,99% chưa đạt
  of: 1.1.b
  as_of: 2026-12-31
  group: nhom-1
  suppose: {1.1.b: {value: {nhom-1: 80, nhom-2: 70}}, 1.1.c.ii: {standard: in-force}}
  given: {roads_share: {numerator: 79.99, denominator: 100}, plan_approved: true, safe: Đạt, clinics: 3}
  before: {income: {state: invalid}}
  expect: {verdict: NOT_MET, shortfall: 0.01, parts: {1.1.b: NOT_MET}}
"""

EFFORT = """\
note: {vi: Giả định, en: Assumed}
unit: {vi: một yêu cầu, en: one requirement}
gaps:
  - {kinds: [share, grade], by: shortfall, each: 1.5, least: 0.2, why: {vi: a, en: b}}
  - {kinds: [ruling], by: requirement, each: 3, why: {vi: a, en: b}}
requirements:
  - {ids: [1.1.b], times: 2, why: {vi: a, en: b}}
capacity:
  each: 6
  why: {vi: a, en: b}
  agencies:
    - {agency: so-a, each: 8, years: {from: 2027, to: 2028}, why: {vi: a, en: b}}
stability: {runs: 10, percent: 20, seed: 0}
"""

DAY = dt.date(2026, 1, 1)
VALUES: list[Any] = [
    *(None, True, False, 5, 0, -3, Decimal("1.5"), Decimal("2.0"), 10**9, Decimal("1.23456"), 2026),
    *("text", "8.1.b", "có dấu", "", DAY, "2026-01-01", "2026-02-30", "invalid", "lower", "share", "grade", "lead"),
    *([], {}, [{}], ["a"], {"vi": "a", "en": "b"}, {"vi": "a"}, {"pending": {"decision": "x"}}, {"pending": 3}),
    *({"standard": "in-force"}, {"standard": "x", "value": 3}, {"value": 3}, {"value": 3, "article": "d"}),
    *({"nhom-1": 3, "nhom-2": 4}, {"nhom-1": "x"}, {"có": 3}, {"article": 5}, {"state": "invalid"}),
    *({"numerator": 1, "denominator": 2}, {"from": DAY}, {"from": 2026, "to": 2030}),
]
NAMES = sorted({key for _model, key in KEYS} | {"xyz"})

Path_ = tuple[str | int, ...]


def places(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def at(value: Any, path: Path_) -> Any:
    for step in path:
        value = value[step]
    return value


def mutate(data: st.DataObject, original: Any) -> Any:
    """Drop, add, replace, copy or rename one thing, or two."""
    value = copy.deepcopy(original)
    for _ in range(data.draw(st.integers(1, 2))):
        everywhere = list(places(value))
        path = data.draw(st.sampled_from(everywhere))
        here, way = at(value, path), data.draw(st.sampled_from(["drop", "set", "add", "copy", "rename"]))
        put = copy.deepcopy(data.draw(st.sampled_from(VALUES)))
        name = data.draw(st.sampled_from(NAMES))
        if way == "add" and isinstance(here, dict):
            here[name] = put
        elif way == "add" and isinstance(here, list):
            here.append(put)
        elif path:
            around, step = at(value, path[:-1]), path[-1]
            if way == "drop":
                del around[step]
            elif way == "rename" and isinstance(around, dict):
                around[name] = around.pop(step)
            elif way == "copy":
                around[step] = copy.deepcopy(at(value, data.draw(st.sampled_from(everywhere))))
            else:
                around[step] = put
    return value


def beyond_schemas(error: Any) -> bool:
    """Tell what `BEYOND` lists: what no schema can say, because JSON has no days and one kind of number."""
    kind, found = error["type"], error["input"]
    return (
        (isinstance(found, dt.date) and kind in ("string_type", "not_a_number"))
        or (isinstance(found, str) and kind == "date_type")
        or (isinstance(found, Decimal) and kind == "int_type")
        or kind == "too_many_decimals"
        or (kind == "value_error" and any(said in error["msg"] for said in ("lies before", "beyond")))
        or (kind == "too_short" and len(found) >= error["ctx"]["min_length"])
    )


def unlike_its_kind(value: Any) -> bool:
    """Tell a target that the reader refuses only once it has read the measures: text for a number, or the reverse."""
    if isinstance(value, list):
        return any(unlike_its_kind(item) for item in value)
    if not isinstance(value, dict):
        return False
    for bound in ("at_least", "at_most"):
        target = value.get(bound)
        stated = [t.get("value") for t in target if isinstance(t, dict)] if isinstance(target, list) else [target]
        graded = value.get("graded") is not None
        for one in stated:
            number = isinstance(one, int | Decimal) or (isinstance(one, dict) and "pending" not in one)
            if number if graded else isinstance(one, str):
                return True
    return any(unlike_its_kind(inner) for inner in value.values())


def assert_same_verdict(kind: str, value: Any) -> None:
    try:
        READERS[kind].validate_python(value)
        errors = []
    except ValidationError as refused:
        errors = [dict(error) for error in refused.errors()]
    valid = validator(kind).is_valid(json_of(value))
    if errors and valid:
        assert all(beyond_schemas(error) for error in errors), errors
    elif not errors and not valid and not unlike_its_kind(value):
        pytest.fail("; ".join(f"{list(e.path)}: {e.message}" for e in validator(kind).iter_errors(json_of(value))))


@given(data=st.data())
def test_reader_and_schema_agree_on_every_mutation(samples: list[tuple[str, Any]], data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(KINDS)))
    original = data.draw(st.sampled_from([sample for its, sample in samples if its == kind]))
    assert_same_verdict(kind, mutate(data, original))


WORTH_TRYING = [None, 3, "a", {"pending": {"decision": "x"}}]
ALSO: dict[str, list[Any]] = {
    "owed_by_text": [{"vi": "a", "en": "b"}],
    "kind": ["share", "growth", "grade", "ruling", "reach", "yearly_amount", "maintain", "yes_no"],
    "amount": ["level", "fall"],
    "years": [{"from": 2026, "to": 2030}],
    "communes": [{"number_meeting": "standard"}],
    "unassigned": [{"vi": "a", "en": "b"}],
    "lead_text": [{"vi": "a", "en": "b"}],
    "every_year": [{"from": 2026, "to": 2030}],
    "done": [[{"number": "1/QD", "date": DAY}], []],
    "about": [True, False],
    "due": [DAY],
    "illustrative": [True, False],
    "zero_denominator": ["invalid", "not_applicable"],
    "sense": ["lower"],
    "all": [[{"id": "a", "attested": "b"}], []],
    "any": [[{"id": "a", "attested": "b"}]],
}
OFTEN_WRONG = {
    "set": ["owed_by", "owed_by_text"],
    "rules": [*models.FORMS, "at_least", "at_most", "standard", "applies_if", "points", "pending"],
    "measures": ["counted", "scale", "sense", "zero_denominator", "range", "decimals"],
    "agencies": ["role", "printed"],
    "overlay": ["illustrative", "document", "value", "article", "standard", "pending", "to"],
    "cross-checks": [
        *cross_checks.CONDITIONS,
        "points",
        "percent",
        "part",
        "direction",
        "measures",
        "kinds",
        "answered",
        "above",
        "equals",
        "at_most",
        "to",
        "at_least",
        "lacks",
        "verdict",
        "unless",
    ],
    "effort": ["least", "by", "kinds", "years", "runs", "each"],
    "goals": [
        *("figure", "communes", "kind", "amount", "years", "assigned", "unassigned", "pending", "about", "up_to"),
        *("times_value_of", "value", "source", "number_meeting", "share_meeting", "average_of", *models.BOUNDS),
    ],
    "deliverables": ["lead", "lead_text", "due", "in_year", "every_year", "done", "month", "day", "by_each"],
    "procedure": ["value", "source", "pending"],
    "reference-figures": ["held_by", "held_by_text", "value", "pending", "source", "promulgated"],
    "tests": ["state", "value", "standard", "numerator", "year", "reason"],
}
DROP = object()


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_reader_and_schema_agree_when_one_key_is_dropped_or_set(samples: list[tuple[str, Any]], kind: str) -> None:
    """In the small set's files: every key dropped, and those that go with others, set."""
    shapes: set[frozenset[str]] = set()
    for original in samples_of_tiny(samples, kind):
        for path in places(original):
            here = at(original, path)
            if not isinstance(here, dict) or frozenset(here) in shapes:
                continue
            shapes.add(frozenset(here))
            for name in {*here, *OFTEN_WRONG[kind]}:
                for put in [DROP, *WORTH_TRYING, *ALSO.get(name, ())]:
                    value = copy.deepcopy(original)
                    inner = at(value, path)
                    inner.pop(name, None)
                    if put is not DROP:
                        inner[name] = copy.deepcopy(put)
                    assert_same_verdict(kind, value)
    assert shapes


def samples_of_tiny(samples: list[tuple[str, Any]], kind: str) -> Iterator[Any]:
    """Yield the small set's files of a kind; of a list, one item at a time."""
    for its, sample in samples[-TINY_FILES:]:
        if its == kind:
            yield from ([item] for item in sample) if isinstance(sample, list) else [sample]


def test_what_no_schema_can_say_is_listed() -> None:
    page = (ROOT / "docs" / "rule-schemas.md").read_text(encoding="utf-8")
    assert all(said in re.sub(r"\s+", " ", page) for said in BEYOND)


RULE = """\
- id: "8.1"
  text: a
  text_en: b
  source: {document: x}
  lead: y
  cooperating: []
  years: {from: 2026, to: 2030}
"""


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("", "exactly one of all, any, some"),
        ("  some: [{id: a, attested: w}]\n", "`some` goes with"),
        ("  attested: w\n  needed: 1\n", "`some` goes with"),
        ("  measure: z\n  attested: w\n  at_least: 3\n", "exactly one of all, any"),
        ("  all: [{id: a, attested: w}]\n  any: [{id: b, attested: w}]\n", "exactly one of all, any"),
        ("  measure: z\n", "or for a range one of each"),
        ("  measure: z\n  at_least: 3\n  more_than: 5\n", "or for a range one of each"),
        ("  measure: z\n  at_most: 3\n  less_than: 5\n", "or for a range one of each"),
        ("  ruling: z\n  answer: no\n", "`answer` belongs to attested"),
        ("  attested: z\n  answer: never\n", None),
        ("  attested: z\n  at_least: 3\n", "Only `measure` and `graded`"),
        ("  graded: z\n", "`graded` needs at_least"),
        ("  graded: z\n  at_least: a\n  at_most: b\n", "`graded` needs at_least"),
        ("  graded: z\n  at_least: 3\n", "against a grade"),
        ('  measure: z\n  at_least: "80"\n', "against a number"),
        ("  measure: z\n  at_least: 80 %\n", "A number (80 or 79.95"),
        ("  measure: z\n  at_least: {nhom-1: 8%}\n", "A number (80"),
        ("  measure: z\n  at_least: 3\n  standard: {pending: {decision: d}}\n", "`standard` belongs to"),
        ("  attested: w\n  applies_if: {measure: z}\n", "State exactly one of at_least, more_than"),
        ("  attested: Z\n", "A measure's id"),
        ("  attested: z\n  lead: Sở A\n", "An id holds ASCII"),
        ("  attested: z\n  points: 0\n", None),
    ],
)
def test_a_mistake_has_a_message_of_its_own_in_the_editor(tmp_path: Path, condition: str, said: str | None) -> None:
    """The message stands in the schema that fails, which is where an editor looks for it."""
    path = tmp_path / "rules.yaml"
    path.write_text(RULE.replace("  lead: y\n", "" if "lead" in condition else "  lead: y\n") + condition, "utf-8")
    errors = list(validator("rules").iter_errors(read_elsewhere(path)))
    assert errors
    if said:
        shown = [str(value) for error in errors for key, value in error.schema.items() if key.endswith("rrorMessage")]
        assert any(said in message for message in shown), shown
