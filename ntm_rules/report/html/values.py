"""What components are given: values that say what is drawn, with nothing left to work out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.html.links import Link


class Frame(NamedTuple):
    """What a page is called, in its heading and in the tab, and what it belongs to."""

    heading: object
    title: str
    trail: Sequence[Link] = ()
    anchor: str = ""
    """Of a page that also stands among others."""


class NavigationEntry(NamedTuple):
    """One part of the pages, at the head of each."""

    words: object
    address: str
    here: bool = False
    """It is the page itself."""


class Badge(NamedTuple):
    """A state in words, with a letter that tells it apart without colour, and where it is told."""

    look: str
    """Its class in the style sheet."""
    letter: object
    words: object
    address: str = ""


class FilterItem(NamedTuple):
    """What filters know of a row or a part of a page."""

    name: object
    group: object = ""
    """Empty where there are no groups."""
    open: bool = False
    """Something in it is not met."""


class Number(NamedTuple):
    """One of the few numbers that say most, and where it leads."""

    address: str | None
    number: object
    words: str


class Head(NamedTuple):
    """The head of a column."""

    words: object
    look: str = ""
    criterion: str = ""
    """What filters call the criterion whose verdicts stand below."""
    name: object = ""
    """What its words stand for, where there is room for it."""
    address: str = ""


class HeldPart(NamedTuple):
    """What was reported of one requirement against what is asked, and where that is explained."""

    id: str
    """Of the requirement; empty where it is the only one spoken of."""
    badge: Badge
    reported: object
    counted: str
    gap: str
    address: str


class Cell(NamedTuple):
    """One cell of a table."""

    words: object
    look: str = ""
    sort: object = None
    """What its column is sorted by, where that is not its words."""
    address: str | None = None
    label: str = ""
    """What stands before it where the page is too narrow for columns."""
    aside: object = ""
    head: bool = False
    """It names its row."""
    columns: int = 1
    badge: Badge | None = None
    """Stands in place of words."""
    unseen: object = ""
    """What those hear who do not see its letter."""
    lines: Sequence[object] = ()
    """What stands in lines of its own, below the words."""
    held: Sequence[HeldPart] = ()
    """What was reported of each requirement, in a line of its own."""


class Row(NamedTuple):
    """One row of a table."""

    cells: Sequence[Cell]
    item: FilterItem | None = None
    look: str = ""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table in a region of its own, which scrolls where the page is too narrow."""

    title: str
    """What those hear who do not see it; empty for a table that needs no region."""
    heads: Sequence[Head]
    rows: Sequence[Row]
    look: str = ""
    caption: str = ""
    """Shown above it; where there is none, `title` or `unseen` is for those who do not see."""
    unseen: str = ""
    filtered: bool = False
    groups: str = ""
    """What filters call its groups, where that is not "group"."""


class BarPart(NamedTuple):
    """One part of a bar: how wide, and the words that it has room for."""

    look: str
    n: int
    words: str
    letter: str
    """Empty where there is no room for it."""
    digits: int
    """Of the number; 0 where there is no room for any words."""


class Bar(NamedTuple):
    """One bar of parts: what it is called, how long, what stands at its end, and all of it in words."""

    name: Link
    width: object
    """In hundredths of the longest."""
    parts: Sequence[BarPart]
    end: object
    words: str


class Bars(NamedTuple):
    """Bars of parts on one common scale."""

    title: str
    rows: Sequence[Bar]
    narrow: bool = False


class Length(NamedTuple):
    """One plain bar: label, length in hundredths of the scale, what stands at the end, and its class."""

    label: object
    width: object
    """None where there is nothing to draw."""
    end: object
    look: str


class Lengths(NamedTuple):
    """Plain bars on one scale, which is said below."""

    title: str
    rows: Sequence[Length]
    scale: str = ""


def look(verdict: Verdict) -> str:
    """Return a verdict's class in the style sheet."""
    return _LOOKS[verdict]


_LOOKS = {verdict: f"v-{verdict.name.lower().replace('_', '-')}" for verdict in Verdict}


def badge_of(verdict: Verdict) -> Badge:
    """Return the badge of a verdict."""
    return Badge(look(verdict), verdict.letter, verdict.label)


def named(words: object, address: str | None = None) -> Cell:
    """Return the cell that names its row."""
    return Cell(words, head=True, address=address)


def counted(n: int, words: object = None, address: str | None = None, look: str = "") -> Cell:
    """Return a number that its column is sorted by; `look` is its class where it is not 0."""
    return Cell(n if words is None else words, f"number {look}".rstrip() if n else "number none", n, address)


def stacked(look: str, caption: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> PageTable:
    """Return a plain table that becomes a list of cards where the page is narrow, each cell after its column's head."""
    told = [
        Row([cell if cell.head else cell._replace(label=head) for head, cell in zip(heads, row, strict=True)])
        for row in rows
    ]
    return PageTable("", [Head(head) for head in heads], told, f"stack {look}".rstrip(), caption)
