"""The picture that opens an indicator's page: each commune's value as a dot against the target, on a scale from 0.

Places are shares of the width, for drawing alone; which side of its target a value lies on is the verdict's to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ntm_rules.evaluation.scores import tally
from ntm_rules.evaluation.taking import WITHOUT_LIMIT
from ntm_rules.i18n import _
from ntm_rules.report.html.values import BarPart
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.site.contents import Contents
from ntm_rules.report.site.held_words import IndicatorStanding
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.pictures import strip
from ntm_rules.report.site.scales import scale, scale_amount_words
from ntm_rules.report.targets import value_lines
from ntm_rules.rulebook.criteria_set import AwaitedTarget, KnownTarget, Requirement, named
from ntm_rules.wording.phrases import opening

DOT, TALLEST, ABOVE = 12, 132, 8
"""A dot's height, the tallest heap of them, and the room above it, in pixels; a heap of more is pressed together."""
APART = 3.6
"""Dots nearer than this, in hundredths of the width, are heaped one upon the other: a dot's width on a phone."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One commune's value."""

    look: str
    words: str
    left: float
    """Hundredths of the width."""
    bottom: int
    """Pixels above the axis."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the axis with its words: a tick, or a target with the groups it is for."""

    left: float
    words: str

    @property
    def beyond_middle(self) -> bool:
        """Whether its words stand to the left of it, where there is more room."""
        return self.left > 50


@dataclass(frozen=True, slots=True)
class Panel:
    """One requirement over all communes: dots against targets where it is a quantity, and how many have each verdict."""

    title: str
    parts: Sequence[BarPart]
    """How many have each verdict."""
    dots: Sequence[Dot]
    """None where the requirement is no quantity or nobody's value can be used."""
    ticks: Sequence[Mark]
    targets: Sequence[Mark]
    height: int
    """In pixels."""
    words: str
    """For those who do not see the picture."""


def panels(layout: Layout, standings: Sequence[IndicatorStanding]) -> list[Panel]:
    """Return the picture of each requirement of an indicator, given how it stands in every record."""
    if not standings:
        return []
    return [_panel(layout.contents, standings, at) for at in range(len(standings[0].parts))]


def _panel(contents: Contents, found: Sequence[IndicatorStanding], at: int) -> Panel:
    requirement = found[0].parts[at].requirement
    measure = contents.rules.measures[requirement.measure]
    counts = tally(one.parts[at].verdict for one in found)
    values = {one.record: value for one in found if (value := _value(contents, requirement, one.record)) is not None}
    said = [f"{v.label} {counts[v]}" for v in LEGEND_ORDER if counts.get(v)]
    title = opening(requirement.words)
    if len(found[0].parts) > 1:
        title = f"{requirement.id}. {title}"
    if not values:
        return Panel(title, strip(counts), (), (), (), 0, f"{requirement.id}: {', '.join(said)}")
    targets = dict(_targets(contents, requirement))
    low, high, step = scale(
        [*values.values(), *targets], whole=measure.traits.counted and not requirement.taken.of(measure).compares_years
    )
    ticks = [low + step * i for i in range(round((high - low) / step) + 1)]
    parts = {one.record: one.parts[at] for one in found}
    order = sorted(values, key=lambda record: (values[record], LEGEND_ORDER.index(parts[record].verdict)))
    lefts = [_left(values[record], low, high) for record in order]
    levels = _heaped(lefts)
    up = min(DOT, TALLEST / (max(levels) + 1))
    names = contents.records
    lowest, highest = order[0], order[-1]
    span = _(
        "from {low} ({first}) to {high} ({last})",
        low=parts[lowest].actual,
        first=names[lowest].name,
        high=parts[highest].actual,
        last=names[highest].name,
    )
    asked = [_("target {target}", target=words) for words in targets.values()]
    return Panel(
        title,
        strip(counts),
        [
            Dot(parts[record].badge.look, f"{names[record].name}: {parts[record].actual}", left, round(level * up))
            for record, left, level in zip(order, lefts, levels, strict=True)
        ],
        [Mark(_left(tick, low, high), scale_amount_words(measure, tick, requirement.taken)) for tick in ticks],
        [Mark(_left(value, low, high), words) for value, words in sorted(targets.items())],
        DOT + round(max(levels) * up) + ABOVE,
        f"{requirement.id}: {'; '.join([span, *asked, *said])}",
    )


def _value(contents: Contents, requirement: Requirement, record: int) -> Fraction | None:
    evaluation = contents.evaluation
    held = evaluation.held(evaluation.row_of["requirement", requirement.id], record)
    quantity = contents.rules.measures[requirement.measure].traits.quantity
    return held.value if quantity and held.value != WITHOUT_LIMIT else None


def _targets(contents: Contents, requirement: Requirement) -> Iterator[tuple[Fraction, str]]:
    """Yield every target of a class that has communes here, with its words; classes alike share one."""
    target = requirement.target
    if isinstance(target, AwaitedTarget):
        return
    there = contents.evaluation.targets(requirement)
    present = {id(there[0][number]) for number in set(there[1].tolist())}
    classes: dict[Fraction, list[str]] = {}
    shown: dict[Fraction, str] = {}
    for one in value_lines(contents.rules, requirement, target):
        cell = named(target, one.class_)
        if not isinstance(cell, KnownTarget) or id(cell) not in present:
            continue
        value = Fraction(cell.everywhere)
        shown[value] = one.words
        classes.setdefault(value, []).extend([str(one.title)] if one.title else [])
    for asked, words in shown.items():
        yield asked, f"{words} ({', '.join(classes[asked])})" if classes[asked] else words


def _left(value: Fraction, low: Fraction, high: Fraction) -> float:
    return round(float((value - low) / (high - low) * 100), 2)


def _heaped(lefts: Sequence[float]) -> list[int]:
    """Return on which level each dot lies so that none hides another, given their places from left to right.

    >>> _heaped([1, 2, 3, 50, 99]), _heaped([])
    ([0, 1, 2, 0, 0], [])
    """
    ends: list[float] = []
    found: list[int] = []
    for left in lefts:
        level = next((i for i, end in enumerate(ends) if left - end >= APART), len(ends))
        ends[level : level + 1] = [left]
        found.append(level)
    return found
