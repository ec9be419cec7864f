"""Figures and statements: everything a person needs to report them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ntm_rules.i18n import _
from ntm_rules.report.book.layout import BookLayout
from ntm_rules.report.html.links import Link, in_a_row
from ntm_rules.rulebook.models import Measure, Range, Scale
from ntm_rules.wording.values import number


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """A measure and what is said of it, term by term."""

    measure: Measure
    facts: Sequence[tuple[str, object]]
    title: Link
    """Leads to where it is described."""
    anchor: str
    users: Markup
    """The requirements that read it; nothing where none in force does."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What the page of the measures shows."""

    n: int
    measures: Sequence[MeasureFacts]
    scales: Sequence[tuple[str, Scale]]
    """Each with its anchor."""


def measures(layout: BookLayout) -> Measures:
    """Return what the page of the measures shows."""
    return Measures(
        len(layout.rules.measures),
        [measure_facts(layout, id_) for id_ in layout.rules.measures],
        [(layout.anchors.of("scale", id_), scale) for id_, scale in layout.rules.scales.items()],
    )


def measure_facts(layout: BookLayout, id_: str) -> MeasureFacts:
    """Return a measure and what is said of it."""
    measure = layout.rules.measures[id_]
    return MeasureFacts(
        measure,
        list(_facts(layout, measure)),
        layout.measure(id_),
        layout.anchors.of("measure", id_),
        in_a_row(layout.node(requirement.id) for _indicator, requirement in layout.contents.users.get(id_, ())),
    )


def _facts(layout: BookLayout, measure: Measure) -> Iterator[tuple[str, object]]:
    yield _("Kind"), _(measure.traits.words)
    yield _("Unit"), measure.unit
    if measure.counted:
        counted = measure.counted
        denominator = f"{counted.denominator} ({counted.unit})"
        if measure.zero_denominator == "not_applicable":
            denominator += "; " + _("0 means that nothing is there to count: not applicable")
        yield _("Numerator"), f"{counted.numerator} ({counted.unit})"
        yield _("Denominator"), denominator
    if measure.sense:
        yield _("Better is"), _("higher") if measure.sense == "higher" else _("lower")
    if measure.range:
        yield _("Range"), _range(measure.range) + "; " + _("a figure outside is refused as a mistake")
    if measure.scale:
        yield _("Scale"), layout.link("scale", measure.scale, layout.rules.scales[measure.scale].title)
    yield _("Evidence to keep"), measure.evidence
    if measure.attested_by:
        yield _("Confirmed by"), layout.agency(measure.attested_by)


def _range(range_: Range) -> str:
    least, most = (number(end) if end is not None else "" for end in (range_.min, range_.max))
    if least and most:
        return _("{least} to {most}", least=least, most=most)
    if least:
        return _("{least} or more", least=least)
    return _("{most} or less", most=most) if most else ""
