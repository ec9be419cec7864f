"""`8.1.b=70`: targets that somebody supposes, read into an overlay that says it is invented."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from itertools import count

from ntm_rules.dataset.cells.days import day_in
from ntm_rules.dataset.cells.numbers import Exact, Refused, from_text
from ntm_rules.errors import NtmError, nearest
from ntm_rules.exact import TARGET_DECIMALS
from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import DEFAULT, Classing
from ntm_rules.rulebook.loader import LoadedSet, value_problems
from ntm_rules.rulebook.models import BY_GROUP, LARGEST, NOT_APPLICABLE, ClassedValue, NodeWritten, Overlay

SUPPOSED = "gia-dinh"
"""The id of the overlay that holds what is supposed, unless another overlay has it."""
IN_FORCE = "in-force"
_BETWEEN_GROUPS = re.compile(r"[;,]\s*(?=[A-Za-z0-9][A-Za-z0-9._-]*\s*:)")
"""A comma is a decimal mark unless a group's id and a colon follow it; a semicolon always separates."""
_DECIMAL_POINT = re.compile(r"([+-]?[0-9]+)\.([0-9]+)(\s*%?)")

Cell = Decimal | dt.date | str
"""The target of one class: a number, a day, a grade, or `not_applicable`."""
Entry = Decimal | dt.date | dict[str, Cell] | str | dict[str, str]


def suppose(
    texts: Sequence[str], loaded: LoadedSet, *, promulgation: dt.date, from_: dt.date, ids: Collection[str] = ()
) -> Overlay:
    """Return an illustrative overlay with the targets that `texts` state, in force from a day on.

    Each text is `ID=VALUE`: a number (`70`, `70,5`, `70.5`), one per group or class
    (`nhom-1:9;nhom-2:8,5`), a day (`31/12/2025`), a grade's id, or `in-force` for an answer whose standard is pending.
    Of a target that differs by class some classes alone may be named, `default` for the others; a class may be
    `not_applicable`.
    Its id is none of `ids`, those of other overlays.

    Raises:
        NtmError: everything that is wrong with all of the texts.
    """
    reader = _Reader(loaded)
    entries: dict[str, Entry] = {}
    problems: list[Message] = []
    for text in texts:
        try:
            id_, entry = reader.entry(text)
        except NtmError as error:
            problems += [Message("--set {text}: {reason}", text=text, reason=reason) for reason in error.messages]
            continue
        if id_ in entries:
            reason = Message("{id} is supposed twice", id=id_)
            problems.append(Message("--set {text}: {reason}", text=text, reason=reason))
        entries[id_] = entry
    if problems:
        raise NtmError(*problems)
    title = Message("Supposed targets (--set), illustrative - not law")
    id_ = next(id_ for id_ in _ids() if id_ not in ids)
    return Overlay.supposing(id_, loaded.header.id, title, entries, promulgation=promulgation, from_=from_)


def _ids() -> Iterator[str]:
    """Yield `gia-dinh`, then `gia-dinh-2` and so on."""
    yield SUPPOSED
    yield from (f"{SUPPOSED}-{n}" for n in count(2))


class _Reader:
    """Reads supposed targets against the ids, measures, groups and scales of a set."""

    def __init__(self, loaded: LoadedSet) -> None:
        self.measures = loaded.measures
        self.classings = loaded.classings
        self.scales = loaded.scales
        self.below = {node.id: tuple(node.requirements()) for node in loaded.nodes()}

    def entry(self, text: str) -> tuple[str, Entry]:
        id_, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not id_ or not value:
            raise NtmError(Message("write ID=VALUE, for example 8.1.b=70 or 3.1=nhom-1:9,nhom-2:8"))
        node = self.requirement(id_)
        if node.set_met is not None:
            raise NtmError(
                Message(
                    "{id} asks for set {set}; suppose a target of that set with its own id, in an overlay for it",
                    id=id_,
                    set=node.set_met.set,
                )
            )
        if node.attested or node.ruling:
            if value != IN_FORCE:
                raise NtmError(Message("this requirement has no number; only {id}=in-force fits", id=id_))
            return node.id, {"standard": IN_FORCE}
        measure = self.measures[node.reported or ""]
        read = read_value(value, graded=measure.traits.graded, dated=measure.traits.dated)
        under = self.classing(node, read) if isinstance(read, dict) else None
        wrong = list(value_problems(read, measure, self.classings, self.scales, under, node.how_taken))  # type: ignore[arg-type]  # dict is invariant
        if wrong:
            raise NtmError(*wrong)
        return node.id, read

    def classing(self, node: NodeWritten, read: dict[str, Cell]) -> Classing | None:
        """Return by what the target differs of which some classes are named; None where they are groups of any target."""
        by = {one.by for one in node.stated_values if isinstance(one, ClassedValue)}
        if not by and any(isinstance(one, dict) for one in node.stated_values):
            by = {BY_GROUP}
        known = [self.classings[one] for one in by if one in self.classings]
        named = {*read} - {DEFAULT}
        if not known and not named & {*self.classings[BY_GROUP].classes}:  # an overlay may have told classes apart
            known = [one for one in self.classings.values() if named & {*one.classes}]
        return next((one for one in known if named <= {*one.classes}), known[0] if known else None)

    def requirement(self, id_: str) -> NodeWritten:
        found = self.below.get(id_)
        if found is None:
            closest = nearest(id_, self.below)
            unknown = Message("there is no requirement {id}", id=id_)
            raise NtmError(
                Message("there is no requirement {id}; did you mean “{nearest}”?", id=id_, nearest=closest)
                if closest
                else unknown
            )
        if len(found) > 1 and found[0].id != id_:  # one that counts hamlets stands before what each must meet
            ids = ", ".join(node.id for node in found)
            raise NtmError(Message("{id} has several requirements; name one of {ids}", id=id_, ids=ids))
        return found[0]


def read_value(text: str, *, graded: bool = False, dated: bool = False) -> Cell | dict[str, Cell]:
    """Return one number, grade or day, or one per group or class (`nhom-1:9;nhom-2:8,5`).

    Raises:
        NtmError: what is wrong with each of them.
    """
    one: Callable[[str], Cell] = str if graded else _day if dated else _number
    if ":" not in text:
        return one(text)
    by_group: dict[str, Cell] = {}
    problems: list[Message] = []
    for part in _BETWEEN_GROUPS.split(text):
        group, _colon, value = (piece.strip() for piece in part.partition(":"))
        if group in by_group:
            problems.append(Message("group {group} stands here twice", group=group))
        try:
            by_group[group] = NOT_APPLICABLE if value == NOT_APPLICABLE else one(value)
        except NtmError as error:
            problems += error.messages
    if problems:
        raise NtmError(*problems)
    return by_group


def _day(text: str) -> dt.date:
    found = day_in(text)
    if found is None:
        raise NtmError(Message("“{value}” is not a date (write {day})", value=text, day="2025-12-31"))
    return found


def _number(text: str) -> Decimal:
    """Return a number written the Vietnamese way, or with a decimal point that can be read one way only."""
    try:
        read = from_text(text, percentage=True)
    except Refused as refused:
        read = _with_a_point(text, refused)
    digits, decimals = read
    number = Decimal(digits).scaleb(-decimals)
    if decimals > TARGET_DECIMALS:
        raise NtmError(Message("{value} has more than {allowed} decimals", value=text, allowed=TARGET_DECIMALS))
    if abs(number) >= LARGEST:
        raise NtmError(Message("{value} is too large; less than {limit} is expected", value=text, limit=LARGEST))
    return number


def _with_a_point(text: str, refused: Refused) -> Exact:
    if refused.code == "number-two-readings":
        raise NtmError(
            Message(
                "“{value}” can be read as {thousands} or as {decimals}; write it the one way you mean",
                value=text,
                **refused.parameters,
            )
        )
    match = _DECIMAL_POINT.fullmatch(text)
    if refused.code == "number-dot-decimal" and match:
        return from_text(f"{match[1]},{match[2]}{match[3]}", percentage=True)
    raise NtmError(Message("“{value}” is not a number", value=text))
