"""What is said of a plan's goals: statuses, targets, values, paces and what must be known beside them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from ntm_rules.exact import ceil_to, floor_to
from ntm_rules.i18n import N_, _
from ntm_rules.plan.loader import Plan, Track
from ntm_rules.plan.models import GoalBar, Judgement, Point, Status, TrackState, Value
from ntm_rules.rulebook.models import Source
from ntm_rules.rulebook.plans import STANDARD, GoalTarget
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.sources import place_words
from ntm_rules.wording.values import number, unit_behind

BOUNDS = {
    "at_least": N_("at least {number}"),
    "more_than": N_("more than {number}"),
    "at_most": N_("at most {number}"),
    "less_than": N_("less than {number}"),
}
KINDS = {
    "reach": N_("to reach by its year"),
    "yearly_amount": N_("an amount each year"),
    "maintain": N_("to keep up each year"),
    "yes_no": N_("done or not"),
}


def rounded(value: Fraction, decimals: int, bar: GoalBar | None = None) -> Decimal:
    """Return a value as it is shown: never rounded across its bar.

    >>> rounded(Fraction(79996, 1000), 2, GoalBar("at_least", Fraction(80), 2030))
    Decimal('79.99')
    >>> rounded(Fraction(79996, 1000), 2)
    Decimal('80.00')
    """
    below, above = floor_to(value, decimals), ceil_to(value, decimals)
    near, far = (below, above) if 2 * (value - Fraction(below)) < Fraction(above) - Fraction(below) else (above, below)
    if bar is not None and bar.met_by(Fraction(near)) != bar.met_by(value):
        return far
    return near


def goal_value_words(plan: Plan, track: Track, value: Fraction, bar: GoalBar | None = None) -> str:
    """Return a value with its unit, never rounded across its bar."""
    if track.goal.answered:
        return _("Yes") if value else _("No")
    return unit_behind(number(rounded(value, plan.decimals(track), bar)), _unit(plan, track))


def goal_point_words(plan: Plan, track: Track, point: Point | None, bar: GoalBar | None = None) -> str:
    """Return a value with its year; empty where there is none."""
    if point is None:
        return ""
    return _("{value} ({year})", value=goal_value_words(plan, track, point.value, bar), year=point.year)


def _unit(plan: Plan, track: Track) -> str:
    if track.goal.yearly and track.goal.amount != "level":
        return _("percentage points") if str(plan.unit(track)) == "%" else str(plan.unit(track))
    return str(plan.unit(track))


def goal_target_words(plan: Plan, track: Track, bar: GoalBar | None = None) -> str:
    """Return what a track asks for, in words: the number in force, or what is awaited."""
    target: GoalTarget = track.target
    if target.pending is not None or target.number is None:
        return _("not fixed")
    if track.goal.answered:
        return _("Yes")
    number_ = number(target.number)
    if target.up_to is not None:
        number_ = f"{number_} - {number(target.up_to)}"
    if target.times_value_of is not None:
        said = _("{number} times the value of {year}", number=number_, year=target.times_value_of)
        stated = _(BOUNDS[target.bound], number=said)
        if bar is None:
            return stated
        return f"{stated} = {unit_behind(number(rounded(bar.number, plan.decimals(track))), _unit(plan, track))}"
    stated = _(BOUNDS[target.bound], number=unit_behind(number_, _unit(plan, track)))
    if track.goal.yearly:
        stated = _("{number} a year", number=_(_AMOUNTS[track.goal.amount], number=stated))
    return _("{number} (“about” in print)", number=stated) if target.about else stated


_AMOUNTS = {"level": "{number}", "rise": N_("a rise of {number}"), "fall": N_("a fall of {number}")}


def goal_pace_words(plan: Plan, track: Track, pace: Fraction | None) -> str:
    """Return a pace a year with its sign; empty where there is none."""
    if pace is None:
        return ""
    shown = rounded(pace, max(plan.decimals(track), 2))
    sign = "+" if shown > 0 else ""
    unit = _("percentage points") if str(plan.unit(track)) == "%" else str(plan.unit(track))
    return _("{value} a year", value=f"{sign}{number(shown)} {unit}".rstrip())


def goal_distance_words(plan: Plan, track: Track, judgement: Judgement) -> str:
    """Return how far the latest value is from the bar; empty where it is met, answered with yes or no, or not known."""
    away, bar, latest = judgement.distance, judgement.bar, judgement.latest
    if away is None or bar is None or latest is None or track.goal.answered or bar.met_by(latest.value):
        return ""
    unit = _("percentage points") if str(plan.unit(track)) == "%" else str(plan.unit(track))
    return f"{number(rounded(abs(away), plan.decimals(track)))} {unit}".rstrip()


def ratio_words(judgement: Judgement) -> str:
    """Return the part of the needed progress that was made, in percent; empty where it is not reckoned."""
    return "" if judgement.ratio is None else f"{number(rounded(100 * judgement.ratio, 1))}%"


def goal_meeting_words(judgement: Judgement) -> str:
    """Return when the bar is reached at the pace so far, and how sure that is."""
    if judgement.never:
        return _("not reached at this pace")
    if judgement.actual_pace is None or judgement.ratio is None or judgement.status is Status.MET:
        return ""
    if judgement.day_met is None:
        return _("not within the calendar at this pace")
    day = on_day(judgement.day_met)
    if judgement.earliest is None and judgement.latest_day is None and not judgement.open_ended:
        return _("{day} (too few figures for a range)", day=day)
    first = on_day(judgement.earliest) if judgement.earliest else "…"
    if judgement.open_ended or judgement.latest_day is None:
        return _("{day} (from {first}, perhaps never)", day=day, first=first)
    return _("{day} (from {first} to {last})", day=day, first=first, last=on_day(judgement.latest_day))


def made_of(value: Value) -> str:
    """Return what a value was made of: its parts, the communes that went into it and those still open."""
    said = []
    if value.above is not None and value.below is not None:
        said.append(f"{number(_plain(value.above))} / {number(_plain(value.below))}")
    if value.communes:
        said.append(_("{n} of {all} communes", n=value.counted, all=value.communes))
        if value.open:
            said.append(_("{n} not known yet", n=value.open))
    if value.document:
        said.append(value.document)
    if value.why is not None:
        said.append(str(value.why))
    return "; ".join(said)


def _plain(value: Fraction) -> Decimal:
    return rounded(value, 4).normalize() + 0


def lead_words(plan: Plan, track: Track) -> str:
    """Return the lead agencies; where none is named, that."""
    names = [str(plan.loaded.agencies[lead].name) for lead in track.goal.leads]
    return "; ".join(names) if names else _("nobody is named")


def goal_source(plan: Plan, source: Source) -> str:
    """Return where a goal stands: the document's number and the place in it."""
    documents = {document.id: document for document in plan.loaded.header.documents}
    document = documents.get(source.document)
    name = (document.number or str(document.title)) if document else source.document
    return ", ".join(part for part in (name, place_words(source)) if part)


def goal_origin_words(plan: Plan, track: Track) -> str:
    """Return where a track's values come from."""
    if track.figure is not None:
        return _("reported by the province: {figure}", figure=str(plan.figures[track.figure].label))
    communes = track.communes
    assert communes is not None
    if communes.average_of is not None:
        label = str(plan.loaded.measures[communes.average_of].label)
        return _("worked out from communes: {label}, numerators over denominators", label=label)
    of = communes.of
    if of == STANDARD:
        return _("worked out from communes: those that meet every criterion")
    if of == "recognised":
        return _("worked out from communes: those that report a decision of recognition")
    return _("worked out from communes: those that meet {id}", id=of)


def base_words(plan: Plan, track: Track, state: TrackState) -> str:
    """Return the base with where it comes from, or who has it."""
    judgement, base = state.judgement, state.base
    if judgement.base is not None:
        said = goal_point_words(plan, track, judgement.base)
        if state.base_moved:
            return _("{base}; the first figure of the new definition", base=said)
        if state.base_reported:
            return _("{base}; as reported, no document states it", base=said)
        assert base is not None
        return f"{said}; {goal_source(plan, base.source)}" if base.source else said
    if base is not None and base.pending is not None and not state.base_moved:
        return f"{base.year}: {str(base.pending).rstrip('.')}"
    return ""


def remarks(plan: Plan, track: Track, state: TrackState) -> Sequence[str]:
    """Return what must be known beside a track's status: what is awaited, breaks, readings, gaps in the figures."""
    judgement, said = state.judgement, []
    if state.waiting is not None:
        said.append(_("Awaited: {what}", what=str(state.waiting).rstrip(".")) + ".")
    if state.unfinished:
        said.append(_("The latest figure is of a year that is not over; it is taken as that of its end."))
    if judgement.falling:
        said.append(_("Met, but the last figure went the wrong way."))
    for broken in state.breaks:
        said.append(_("A break in the series from {year}: {text}", year=broken.year, text=str(broken.text)))
    if state.base_moved and judgement.base is None:
        said.append(_("A new base is needed after the break; figures before it are not compared."))
    if judgement.years_unknown:
        years = ", ".join(map(str, judgement.years_unknown))
        said.append(_("Nothing is known, or nothing can be compared, of {years}.", years=years))
    if judgement.cumulated_shortfall is not None:
        lacking = judgement.cumulated_shortfall
        shown = goal_value_words(plan, track, abs(lacking))
        closed = sum(1 for a in judgement.amounts if a.closed and a.amount is not None)
        words = (
            _("Over {n} closed years {amount} are lacking in all.", n=closed, amount=shown)
            if lacking > 0
            else _("Over {n} closed years {amount} more than asked in all.", n=closed, amount=shown)
        )
        said.append(words)
    covered = {value.counted for value in state.values if value.communes and value.value is not None}
    if len(covered) > 1 and track.communes is not None and track.communes.average_of is not None:
        counts = ", ".join(f"{value.year}: {value.counted}" for value in state.values if value.value is not None)
        said.append(
            _("Not the same communes went into every year ({counts}), so the years are not quite alike.", counts=counts)
        )
    latest = state.values[-1] if state.values else None
    if latest is not None and latest.why is not None:
        said.append(_("{year}: {why}", year=latest.year, why=str(latest.why)) + ".")
    if track.goal.unassigned is not None:
        said.append(str(track.goal.unassigned))
    if track.reading is not None:
        said.append(str(track.reading.why))
    elif track.goal.note is not None:
        said.append(str(track.goal.note))
    return said
