"""YAML 1.2 with line numbers: duplicate keys refused, decimals kept exact.

Every problem of a file is collected; each names the file, the line and the key, and offers the
allowed keys and the nearest match.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from yaml import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    MarkedYAMLError,
    NodeEvent,
    ScalarEvent,
    YAMLError,
)

from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.expected_forms import LONGEST_SHOWN
from ntm_rules.rulebook.problem_codes import KEY_TWICE, STEERING, UNREADABLE, WRONG_VALUE
from ntm_rules.rulebook.text_files import Unreadable, inside, read_text
from ntm_rules.visible import steering_in

Place = tuple[str | int, ...]
"""Keys and indexes from the top of a file to a value."""


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """One mistake in a rule file."""

    file: str
    line: int
    key: str
    message: Message
    code: str = WRONG_VALUE
    """What kind of mistake it is: one of `problem_codes`, or the code of a check."""

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
    """A parsed file: plain data, and the line on which each value stands; shared by all who read it, so never changed."""

    name: str
    data: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """Return the line of a value, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, message: Message, code: str = WRONG_VALUE) -> RuleProblem:
        """Return a mistake at a place of this file."""
        return RuleProblem(self.name, self.line(place), key_path(place), message, code)


def key_path(place: Place) -> str:
    """Write a place the way a person would look for it.

    >>> key_path(("criteria", 0, "id"))
    'criteria[1].id'
    """
    text = ""
    for step in place:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def read_yaml(path: Path, *, name: str | None = None, within: Path | None = None) -> YamlFile:
    """Read one YAML file into plain data with line numbers.

    Numbers become int or Decimal, never float; text becomes NFC, and holds no character that steers a screen. `within`: the folder that it must not lead out of.

    Raises:
        RulebookError: unreadable file, broken YAML, duplicate key, anchor, alias or tag, endless nesting, more keys and
            values than rules have.
    """
    name = name or path.name
    try:
        text = read_text(path if within is None else inside(within, path.relative_to(within).as_posix()), LARGEST)
    except Unreadable as error:
        raise RulebookError([RuleProblem(name, 1, "", error.reason, UNREADABLE)]) from error
    return _read(text, name) if len(text) <= LONGEST_KEPT else _read.__wrapped__(text, name)


@lru_cache(maxsize=64)
def _read(text: str, name: str) -> YamlFile:
    """Return what a text says; a set is often read again in one run, to be held against itself."""
    parsed = YamlFile(name, None)
    refused: list[RuleProblem] = []
    problems: list[RuleProblem] = []
    try:
        parsed.data = _document(_harmless(text, name, refused), parsed, problems)
    except MarkedYAMLError as error:
        raise RulebookError([_invalid(name, error)]) from error
    except YAMLError as error:
        reason = Message("not valid YAML ({reason})", reason=system_reason(error))
        raise RulebookError([RuleProblem(name, 1, "", reason, UNREADABLE)]) from error
    problems = refused or problems
    if problems:
        raise RulebookError(first_problems(problems, len(problems)))
    return parsed


def _invalid(name: str, error: MarkedYAMLError) -> RuleProblem:
    """Return what a YAML parser refuses: where it stopped, and where what it was reading began."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    words = error.problem or error.context or ""
    if words == _TOO_DEEP:
        return RuleProblem(name, line, "", Message("brackets are nested too deeply"), UNREADABLE)
    reason = Message(_REASONS[words]) if words in _REASONS else Message("the reader says: {detail}", detail=words)
    began = error.context_mark.line + 1 if error.context_mark else line
    said = (
        Message("not valid YAML ({reason})", reason=reason)
        if began >= line or error.context not in _OPENED
        else Message("not valid YAML ({reason}; what is cut short begins on line {line})", reason=reason, line=began)
    )
    return RuleProblem(name, line, "", said, UNREADABLE)


def first_problems(problems: list[RuleProblem], count: int) -> list[RuleProblem]:
    """Return the problems that are told: all, or the first of very many and how many more there are."""
    if count <= MOST_PROBLEMS:
        return problems
    last = problems[MOST_PROBLEMS]
    more = Message("and {count} more mistakes in this file", count=count - MOST_PROBLEMS)
    return [*problems[:MOST_PROBLEMS], RuleProblem(last.file, last.line, "", more, last.code)]


_OPENED = (
    "while parsing a flow mapping",
    "while parsing a flow sequence",
    "while parsing a block mapping",
    "while scanning a quoted scalar",
    "while scanning a simple key",
)
"""What libyaml was in the middle of, where its beginning is worth a line."""
_REASONS = {
    reason: reason
    for reason in (
        N_("found character that cannot start any token"),
        N_("found a tab character that violates indentation"),
        N_("found a tab character where an indentation space is expected"),
        N_("did not find expected ',' or ']'"),
        N_("did not find expected key"),
        N_("did not find expected '-' indicator"),
        N_("did not find expected node content"),
        N_("could not find expected ':'"),
        N_("mapping values are not allowed in this context"),
        N_("block sequence entries are not allowed in this context"),
        N_("found unexpected end of stream"),
        N_("found unknown escape character"),
        N_("did not find expected <document start>"),
        N_("mapping keys are not allowed in this context"),
        N_("found unexpected document indicator"),
        N_("found unexpected ':'"),
        N_("did not find expected comment or line break"),
        N_("did not find expected whitespace or line break"),
        N_("did not find expected alphabetic or numeric character"),
        N_("found unknown directive name"),
        N_("found incompatible YAML document"),
        N_("did not find expected hexdecimal number"),
        N_("but found another document"),
    )
} | {"did not find expected ',' or '}'": N_("did not find expected ',' or the closing brace")}
"""The commoner words of libyaml, which the catalogue says in Vietnamese."""


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where the wheel has it (20 times faster), else the same grammar in Python."""
LARGEST = 4 * 1024 * 1024
"""In bytes; the largest file of the bundled set is an eightieth of it."""
LONGEST_KEPT = 100_000
"""In characters; what a longer file says is not kept for whoever reads it again."""
MOST_VALUES = 100_000
"""So many keys and values may stand in a file."""
MOST_PROBLEMS = 1_000
"""So many mistakes of a file are told; somebody who mends them runs the command again."""
DEEPEST = 50
"""How deep a file may be nested, in brackets or by indentation; libyaml has none of its own, or one of a thousand, and
would exhaust the stack."""
_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says where it has a limit; it reads ahead, so that it may say so first."""


def _harmless(text: str, name: str, refused: list[RuleProblem]) -> Iterator[Event]:
    """Yield what a parser sees in a text, until it is seen to be endless.

    What rule files do without goes into `refused`: anchors, aliases, tags, endless nesting. Of such a file
    nothing is kept, and nothing is built from it that is larger than what stands in it.

    Raises:
        MarkedYAMLError: it is no YAML, or two documents of it.
    """

    def refuse(words: Message) -> None:
        refused.append(RuleProblem(name, _line_of(event), "", words, UNREADABLE))

    depth = values = 0
    documents: list[Event] = []
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, NodeEvent):
            if event.anchor is not None:
                refuse(Message("anchors and aliases are not allowed in rule files"))
            if getattr(event, "tag", None) is not None:
                refuse(Message("tags (!) are not allowed in rule files"))
            values += 1
            depth += isinstance(event, CollectionStartEvent)
            if depth > DEEPEST:
                return refuse(Message("brackets are nested too deeply"))
            if values > MOST_VALUES:
                return refuse(Message("the file holds more than {limit} keys and values; split it", limit=MOST_VALUES))
            if len(refused) >= MOST_PROBLEMS:
                return None
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        elif isinstance(event, DocumentStartEvent):
            documents.append(event)
        yield event
    if len(documents) > 1 and not refused:
        began, another = (document.start_mark for document in documents[:2])
        several = "expected a single document in the stream"
        raise MarkedYAMLError(several, began, "but found another document", another)  # type: ignore[arg-type]  # libyaml's own marks
    return None


def _line_of(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _document(events: Iterator[Event], file: YamlFile, problems: list[RuleProblem]) -> Any:
    """Return what the document of a file says; `{}` where there is none."""
    data: Any = {}
    began = False
    for event in events:
        if isinstance(event, DocumentStartEvent) and not began:
            began = True
            data = _plain(next(events, event), events, (), file, problems)
    return data


def _plain(event: Event, events: Iterator[Event], place: Place, file: YamlFile, problems: list[RuleProblem]) -> Any:
    """Return the value that begins with an event, as far as its events go."""
    file.lines.setdefault(place, _line_of(event))
    if isinstance(event, ScalarEvent):
        return _scalar(event, place, file, problems)
    if isinstance(event, MappingStartEvent):
        mapping: dict[Any, Any] = {}
        for key_event in events:
            if isinstance(key_event, CollectionEndEvent):
                break
            line = _line_of(key_event)
            if not isinstance(key_event, ScalarEvent):
                message = Message("“{value}” cannot be read as a value here", value="?")
                problems.append(RuleProblem(file.name, line, key_path(place), message))
                _pass_over(key_event, events)
                _pass_over(next(events, key_event), events)
                continue
            key = unicodedata.normalize("NFC", key_event.value)
            inner = (*place, key)
            value_event = next(events, None)
            if value_event is None:
                break
            if key in mapping:
                twice = Message("this key stands here twice (first on line {line})", line=file.line(inner))
                problems.append(RuleProblem(file.name, line, key_path(inner), twice, KEY_TWICE))
                _pass_over(value_event, events)
                continue
            file.lines[inner] = line
            if not key.isprintable():
                problems += _steering(key, inner, file)
            mapping[key] = _plain(value_event, events, inner, file, problems)
        return mapping
    values: list[Any] = []
    if isinstance(event, CollectionStartEvent):
        for item in events:
            if isinstance(item, CollectionEndEvent):
                break
            values.append(_plain(item, events, (*place, len(values)), file, problems))
    return values


def _pass_over(event: Event, events: Iterator[Event]) -> None:
    """Leave out a value."""
    depth = int(isinstance(event, CollectionStartEvent))
    while depth and (inner := next(events, None)) is not None:
        depth += isinstance(inner, CollectionStartEvent) - isinstance(inner, CollectionEndEvent)


_CORE_SCHEMA = (
    (re.compile(r"(~|null|Null|NULL)?"), lambda _text: None),
    (re.compile(r"true|True|TRUE|false|False|FALSE"), lambda text: text.casefold() == "true"),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)"), Decimal),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), dt.date.fromisoformat),
)
"""YAML 1.2's core schema for plain scalars, with exact decimals, without exponents, and with days."""
_FIRST_OF_NAMED = "nNtTfF"
"""With which null, true and false begin."""


def _scalar(event: ScalarEvent, place: Place, file: YamlFile, problems: list[RuleProblem]) -> Any:
    text = unicodedata.normalize("NFC", event.value)
    if not text.isprintable():
        problems += _steering(text, place, file)
    if event.style:  # quoted or block text, never a number
        return text
    if text[:1].isalpha() and text[0] not in _FIRST_OF_NAMED:  # as most are
        return text
    for form, read in _CORE_SCHEMA:
        if form.fullmatch(text):
            try:
                return read(text)
            except ValueError:
                said = (
                    Message("“{value}” is written as a day should be, but the calendar has no such day", value=text)
                    if read == dt.date.fromisoformat
                    else Message("“{value}” cannot be read as a value here", value=text[:LONGEST_SHOWN])
                )
                problems.append(file.problem(place, said))
                return None
    return text


def _steering(text: str, place: Place, file: YamlFile) -> Iterator[RuleProblem]:
    """Yield a problem where a key or value holds a character that steers: texts of the law are read as they stand."""
    found = steering_in(text)
    if found:
        yield file.problem(place, steering_words(found), STEERING)


def steering_words(character: str) -> Message:
    """Return what is said of a character that steers."""
    return Message(
        "the character {character} cannot be seen and may steer the screen or turn the text about", character=character
    )
