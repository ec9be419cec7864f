"""What would settle a verdict, in words: the figures owed, and which of them may decide alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from ntm_rules.evaluation.aspects import LEVEL
from ntm_rules.evaluation.possible_values import Nothing, Possible, Stretch
from ntm_rules.evaluation.settling import GROUP, NOT_LISTED, Decider, Demand, Settling, Unknown, classed_by, demand
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import floor_to
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import BY_GROUP, Measure
from ntm_rules.rulebook.taken import Taken
from ntm_rules.wording.communes import class_title
from ntm_rules.wording.taken import taken_words
from ntm_rules.wording.values import answer_words, number, unit_of, with_unit


def settling_sentences(rules: CriteriaSet, ways: Settling, id_: str, year: int) -> Iterator[str]:
    """Yield the sentences that say what settles a node that has no data."""
    figures = [item_words(rules, item, year) for item in ways.items]
    if len(figures) == 1:
        yield _(
            "It is enough that this is reported for {id} to be judged, whatever it is: {figure}.",
            id=id_,
            figure=figures[0],
        )
    else:
        listed = "; ".join(f"({n}) {figure}" for n, figure in enumerate(figures, start=1))
        yield _(
            "It is enough that these {n} are reported for {id} to be judged, whatever they are: {figures}.",
            n=len(figures),
            id=id_,
            figures=listed,
        )
    for item in ways.zeros:
        yield _zero_words(rules, ways, item, id_, year)
    if Verdict.NO_TARGET in ways.outcomes:
        if len(ways.outcomes) == 1:
            yield _(
                "The verdict will then be “{verdict}”, until the decision awaited is issued.",
                verdict=Verdict.NO_TARGET.label,
            )
        else:
            yield _(
                "The verdict may then still be “{verdict}”, until the decision awaited is issued.",
                verdict=Verdict.NO_TARGET.label,
            )
    yield from _deciding(rules, ways, id_, year)


def _zero_words(rules: CriteriaSet, found: Settling, item: Unknown, id_: str, year: int) -> str:
    """Say what follows if the 0 reported for the year that a growth is counted from is right."""
    said = {"label": str(rules.measures[item.measure].label), "year": year, "id": id_}
    if found.hopeless:
        return _(
            "“{label}” of {before} was reported as 0. If that is right, the growth in {year} cannot be worked out, "
            "and no other figure lets {id} be judged for {year}.",
            before=year - item.before,
            **said,
        )
    return _(
        "“{label}” of {before} was reported as 0. If that is right, the growth in {year} cannot be worked out.",
        before=year - item.before,
        **said,
    )


def _deciding(rules: CriteriaSet, found: Settling, id_: str, year: int) -> Iterator[str]:
    """Yield what a figure that comes in alone already decides; that a target is still awaited decides nothing."""
    for verdict in dict.fromkeys(decider.verdict for decider in found.deciders):
        deciders = [decider for decider in found.deciders if decider.verdict is verdict]
        if verdict is Verdict.NO_TARGET:
            continue
        ways = [(_figure(rules, decider, year), _when(rules, decider)) for decider in deciders]
        figure, when = ways[0]
        said = {"id": id_, "verdict": verdict.label}
        if len(found.items) == 1:
            yield _("If {figure} {when}, {id} is then: {verdict}.", figure=figure, when=when, **said)
        elif len(ways) == 1:
            yield _(
                "If {figure} {when}, {id} is at once: {verdict}, without the others.", figure=figure, when=when, **said
            )
        else:
            listed = "; ".join(_("{figure}, if it {when}", figure=figure, when=when) for figure, when in ways)
            yield _(
                "Any one of these alone makes {id} at once: {verdict}, without the others: {ways}.", ways=listed, **said
            )


def _when(rules: CriteriaSet, decider: Decider) -> str:
    return _(" or ").join(possible_value_words(rules, decider, value) for value in decider.values)


def item_words(rules: CriteriaSet, item: Unknown, year: int) -> str:
    """Return an item in words: the figure with its year, or the commune's group."""
    if (by := classed_by(item)) is not None:
        return _(
            "the commune's class by “{title}” (it stands in communes.csv; not a figure)", title=class_title(rules, by)
        )
    if item == GROUP:
        return _("the commune's group (the target differs by group; a decision of the province, not a figure)")
    if item.hamlet:
        return _of_hamlets(rules, item, year)
    label = str(rules.measures[item.measure].label)
    asked = demand(rules, item)
    if asked is Demand.ABOVE_ZERO:
        return _("“{label}” of {year}, a figure above 0", label=label, year=year - item.before)
    if asked is Demand.SOMETHING_TO_COUNT:
        return _("“{label}” of {year}, with something to count", label=label, year=year - item.before)
    if asked is Demand.CONCLUSION:
        measure = rules.measures[item.measure]
        yes, no = (answer_words(rules, measure, answer) for answer in (1, 0))
        return _(
            "a conclusion on “{label}” of {year} (“{yes}” or “{no}”)",
            label=label,
            year=year - item.before,
            yes=yes,
            no=no,
        )
    return _("“{label}” of {year}", label=label, year=year - item.before)


def _of_hamlets(rules: CriteriaSet, item: Unknown, year: int) -> str:
    """Return what is asked of one hamlet, or of those that are not listed."""
    if item.hamlet == NOT_LISTED:
        counting = next(one for one in rules.counting_hamlets if one.measure == item.measure)
        asked = counting.hamlets.asked if counting.hamlets is not None else ()
        figures = ", ".join(f"“{rules.measures[measure].label}”" for measure in asked)
        return _("of every hamlet not listed yet: {figures} of {year}", figures=figures, year=year)
    measure = rules.measures[item.measure]
    said = {"label": str(measure.label), "hamlet": item.hamlet, "year": year}
    if demand(rules, item) is Demand.CONCLUSION:
        return _("a conclusion on “{label}” of {hamlet}, {year}", **said)
    return _("“{label}” of {hamlet}, {year}", **said)


def _figure(rules: CriteriaSet, decider: Decider, year: int) -> str:
    item = decider.item
    if (by := classed_by(item)) is not None:
        return _("the commune's class by “{title}”", title=class_title(rules, by))
    if item == GROUP:
        return _("the commune's group")
    measure = rules.measures[item.measure]
    label = str(measure.label)
    if item.hamlet:
        return _("“{label}” of {hamlet}, {year}", label=label, hamlet=item.hamlet, year=year)
    if decider.taken == LEVEL:
        return _("“{label}” of {year}", label=label, year=year - item.before)
    if decider.taken.is_yearly_growth:
        return _("the growth of “{label}”", label=label)
    words = taken_words(replace(decider.taken, rounded_to=None, from_zero=False), measure)
    return f"“{label}” ({words})" if words else f"“{label}”"


def possible_value_words(rules: CriteriaSet, decider: Decider, value: Possible) -> str:
    """Return values judged alike in words ("is below 80%")."""
    if isinstance(value, Nothing):
        return _("has nothing to count")
    if isinstance(value, str):
        by = classed_by(decider.item) or BY_GROUP
        return _("is {value}", value=str(rules.classings[by].title(value) if by in rules.classings else value))
    measure = rules.measures[decider.item.measure]
    if measure.traits.choices:
        return _answer(rules, measure, value)
    if measure.traits.graded:
        return _grades(rules, measure, value)
    if measure.traits.dated:
        return _days(rules, measure, value)
    return _between(measure, decider.taken, value)


def _answer(rules: CriteriaSet, measure: Measure, value: Stretch) -> str:
    if value.low != value.high:
        return _("is answered, whatever the answer")
    return _("is {value}", value=f"“{answer_words(rules, measure, int(value.low or 0))}”")


def _grades(rules: CriteriaSet, measure: Measure, value: Stretch) -> str:
    assert value.low is not None
    assert value.high is not None
    low, high = int(value.low), int(value.high)
    labels = [f"“{answer_words(rules, measure, rank)}”" for rank in range(low, high + 1)]
    highest = len(rules.scales[measure.scale or ""].grades) - 1
    if low == high:
        return _("is {value}", value=labels[0])
    if high == highest:
        return _("is {value} or better", value=labels[0])
    return _("is {value} or lower", value=labels[-1]) if low == 0 else _("is one of {values}", values=", ".join(labels))


def _days(rules: CriteriaSet, measure: Measure, value: Stretch) -> str:
    """Return days judged alike; an end that is left out is said as the day beside it."""
    first = None if value.low is None else answer_words(rules, measure, int(value.low) + (not value.low_in))
    last = None if value.high is None else answer_words(rules, measure, int(value.high) - (not value.high_in))
    if first is None and last is None:
        return _("is reported, whatever it is")
    if first is None:
        return _("is no later than {day}", day=last)
    return (
        _("is no earlier than {day}", day=first)
        if last is None
        else _("is from {first} to {last}", first=first, last=last)
    )


def _between(measure: Measure, taken: Taken, value: Stretch) -> str:
    low = None if value.low is None else _amount(measure, taken, value.low)
    high = None if value.high is None else _amount(measure, taken, value.high)
    if low is None and high is None:
        return _("is reported, whatever it is")
    if low is None:
        return _("is {value} or less", value=high) if value.high_in else _("is below {value}", value=high)
    if high is None:
        return _("is {value} or more", value=low) if value.low_in else _("is above {value}", value=low)
    if value.low == value.high:
        return _("is exactly {value}", value=low)
    from_ = _("{value} or more", value=low) if value.low_in else _("above {value}", value=low)
    to = _("{value} or less", value=high) if value.high_in else _("below {value}", value=high)
    return _("is {from_} and {to}", from_=from_, to=to)


def _amount(measure: Measure, taken: Taken, value: Fraction) -> str:
    """Write an end of a stretch, which is a target and so has few decimals, with its unit."""
    exact = floor_to(value, 4)
    return with_unit(exact, unit_of(measure, taken)) if Fraction(exact) == value else f"{number(Decimal(exact))}…"
