"""How values, targets and gaps are written for people, in either language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.gaps import shown
from ntm_rules.evaluation.held import Held
from ntm_rules.evaluation.taking import WITHOUT_LIMIT
from ntm_rules.exact import in_vietnamese, plain
from ntm_rules.i18n import _, current_language
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.taken import AS_ITS_KIND, Quantity, Taken
from ntm_rules.wording.dates import on_day


def number(value: Decimal | int) -> str:
    """Write a number as the reader's language does: 1.234,5 or 1,234.5."""
    return numeral(plain(Decimal(value)), current_language())


def numeral(text: str, language: str) -> str:
    """Return a number that is written for machines as a language writes it."""
    if language != "en":
        return in_vietnamese(text)
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole not in ("-0", "") else text


def numerals(texts: Iterable[str], language: str) -> list[str]:
    """Return many numbers as `numeral` writes each, and nothing for nothing.

    >>> numerals(["79.95", "1234.5", "-3", ""], "vi")
    ['79,95', '1.234,5', '-3', '']
    """
    if language == "en":
        return [numeral(text, language) if text else "" for text in texts]
    return [
        text.replace(".", ",") if text[:1] != "-" and (len(text) < 4 or "." in text[1:4]) else in_vietnamese(text)
        for text in texts
    ]


def unit_of(measure: Measure, taken: Taken = AS_ITS_KIND) -> str:
    """Return the unit in which what is taken of a measure is held against its target; empty for answers."""
    taken = taken.of(measure)
    if not measure.traits.quantity:
        return ""
    if taken.quantity is Quantity.RATIO:
        return _("times")
    if taken.quantity is Quantity.CHANGE and measure.traits.counted:
        return _("percentage points")
    return "%" if taken.quantity is Quantity.GROWTH else str(measure.reported_unit)


def counted_unit(measure: Measure) -> str:
    """Return the unit of a gap's countable amount."""
    if measure.counted is not None:
        return str(measure.counted.unit)
    return str(measure.unit)


def with_unit(value: Decimal, unit: str) -> str:
    """Write a number and its unit ("80%", "3,5 km")."""
    return unit_behind(number(value), unit)


def as_difference(value: Decimal, unit: str) -> str:
    """Write by how much two values differ: of percentages in points, since 5% of a percentage is less."""
    return points_words(number(value)) if unit == "%" else with_unit(value, unit)


def points_words(n: str) -> str:
    """Write a number of percentage points."""
    return _("{n} percentage points", n=n)


def unit_behind(words: str, unit: str) -> str:
    """Return a number in words with its unit."""
    return f"{words}%" if unit == "%" else f"{words} {unit}".rstrip()


def actual_code(rules: CriteriaSet, held: Held) -> str:
    """Return the value for machines: a plain number, `yes` / `no`, `met` / `not_met`, or a grade's id."""
    value, measure = held.value, rules.measures[held.requirement.measure]
    if value is None or value == WITHOUT_LIMIT:
        return ""
    if measure.traits.quantity:
        return plain(shown(measure, value, held.requirement, held.target))
    return rules.answer_code(measure, int(value))


def answer_words(rules: CriteriaSet, measure: Measure, value: int) -> str:
    """Return an answer, ruling or grade in words."""
    if measure.traits.dated:
        return on_day(dt.date.fromordinal(value))
    if measure.traits.graded:
        return str(rules.scales[measure.scale or ""].grades[value].label)
    return _(measure.traits.choice(value).words)


def actual_words(rules: CriteriaSet, held: Held) -> str:
    """Return the value for people, never rounded across its target; empty when there is none."""
    measure = rules.measures[held.requirement.measure]
    found = figure_words(rules, held)
    if not found or held.value == WITHOUT_LIMIT or not measure.traits.quantity:
        return found
    return unit_behind(found, unit_of(measure, held.requirement.taken))


def actuals_of_codes(rules: CriteriaSet, requirement: Requirement, codes: Iterable[str]) -> list[str]:
    """Return what `actual_words` does, from values for machines."""
    measure = rules.measures[requirement.measure]
    if not measure.traits.quantity:
        return [_answer_of_code(rules, measure, code) for code in codes]
    unit = unit_of(measure, requirement.taken)
    return [words and unit_behind(words, unit) for words in numerals(codes, current_language())]


def _answer_of_code(rules: CriteriaSet, measure: Measure, code: str) -> str:
    if not code:
        return ""
    if measure.traits.dated:
        return on_day(dt.date.fromisoformat(code))
    answers = range(len(rules.scales[measure.scale or ""].grades) if measure.traits.graded else 2)
    value = next(value for value in answers if rules.answer_code(measure, value) == code)
    return answer_words(rules, measure, value)


def figure_words(rules: CriteriaSet, held: Held) -> str:
    """Return what `actual_words` does, without the unit: for tables that have a column of units."""
    value, measure = held.value, rules.measures[held.requirement.measure]
    if value is None:
        return ""
    if value == WITHOUT_LIMIT:
        return _("a rise from 0")
    if measure.traits.quantity:
        return number(shown(measure, value, held.requirement, held.target))
    return answer_words(rules, measure, int(value))


def counted_words(measure: Measure, reported: Reported) -> str:
    """Return a counted share's two parts ("2.345 / 2.931 hộ"); empty for anything else."""
    if measure.counted is None or not reported.counted or reported.state is not State.PRESENT:
        return ""
    places = -measure.counted.decimals
    above, below = Decimal(reported.value).scaleb(places), Decimal(reported.base).scaleb(places)
    return f"{number(above)} / {number(below)} {counted_unit(measure)}"


def invented(*, rules: bool, data: bool) -> list[str]:
    """Return the sentences that must stand wherever invented targets or figures are shown."""
    found = []
    if rules:
        found.append(_("ILLUSTRATIVE - NOT LAW: some targets are invented for demonstration"))
    if data:
        found.append(_("INVENTED DATA: the figures are made up for demonstration"))
    return found


def unreported_words(state: State) -> str:
    """Return what stands in place of a figure that cannot be compared."""
    return {
        State.PRESENT: _("no rate of growth"),
        State.MISSING: _("not reported"),
        State.INVALID: _("cannot be used"),
        State.CONFLICTING: _("reported differently"),
        State.UNCLEAR: _("unclear, not confirmed"),
        State.AWAITED: _("not concluded yet"),
        State.NOTHING_TO_COUNT: _("nothing to count"),
        State.HAMLETS_NOT_LISTED: _("not of every hamlet"),
        State.HAMLETS_UNKNOWN: _("some hamlets without figures"),
        State.HAMLETS_WITHOUT_TARGET: _("some hamlets without target"),
    }[state]
