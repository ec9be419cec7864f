"""How values, targets and gaps are written for people, in either language."""

from __future__ import annotations

from decimal import Decimal

from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.gaps import actual_fraction, shown
from ntm_rules.evaluation.held import Held
from ntm_rules.exact import in_vietnamese, plain
from ntm_rules.i18n import _, current_language
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.rulebook.models import Measure


def number(value: Decimal | int) -> str:
    """Write a number as the reader's language does: 1.234,5 or 1,234.5."""
    return numeral(plain(Decimal(value)), current_language())


def numeral(text: str, language: str) -> str:
    """Return a number that is written for machines as a language writes it."""
    if language != "en":
        return in_vietnamese(text)
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole not in ("-0", "") else text


def unit_of(measure: Measure) -> str:
    """Return the unit in which a measure is held against its target; empty for answers."""
    if not measure.traits.quantity:
        return ""
    return str(measure.compared_unit)


def counted_unit(measure: Measure) -> str:
    """Return the unit of a gap's countable amount."""
    if measure.counted is not None:
        return str(measure.counted.unit)
    return str(measure.unit)


def with_unit(value: Decimal, unit: str) -> str:
    """Write a number and its unit ("80%", "3,5 km")."""
    return unit_behind(number(value), unit)


def unit_behind(words: str, unit: str) -> str:
    """Return a number in words with its unit."""
    return f"{words}%" if unit == "%" else f"{words} {unit}".rstrip()


def actual_code(rules: CriteriaSet, held: Held) -> str:
    """Return the value for machines: a plain number, `yes` / `no`, `met` / `not_met`, or a grade's id."""
    value, measure = _shown(rules, held), rules.measures[held.requirement.measure]
    if value is not None:
        return plain(value)
    answered = held.reported.state is State.PRESENT and not measure.traits.quantity
    return rules.answer_code(measure, held.reported.value) if answered else ""


def _shown(rules: CriteriaSet, held: Held) -> Decimal | None:
    """Return a quantity as it is shown against its target; None where there is none."""
    measure = rules.measures[held.requirement.measure]
    value = actual_fraction(measure, held.reported, held.before)
    return None if value is None else shown(measure, value, held.requirement.comparator, held.target)


def answer_words(rules: CriteriaSet, measure: Measure, value: int) -> str:
    """Return an answer, ruling or grade in words."""
    if measure.traits.graded:
        return str(rules.scales[measure.scale or ""].grades[value].label)
    return _(measure.traits.choice(value).words)


def actual_words(rules: CriteriaSet, held: Held) -> str:
    """Return the value for people, never rounded across its target; empty when there is none."""
    measure = rules.measures[held.requirement.measure]
    found = figure_words(rules, held)
    return unit_behind(found, unit_of(measure)) if found and measure.traits.quantity else found


def actual_of_code(rules: CriteriaSet, requirement: Requirement, code: str) -> str:
    """Return what `actual_words` does, from the value for machines."""
    measure = rules.measures[requirement.measure]
    if not code:
        return ""
    if measure.traits.quantity:
        return unit_behind(numeral(code, current_language()), unit_of(measure))
    answers = range(len(rules.scales[measure.scale or ""].grades) if measure.traits.graded else 2)
    value = next(value for value in answers if rules.answer_code(measure, value) == code)
    return answer_words(rules, measure, value)


def figure_words(rules: CriteriaSet, held: Held) -> str:
    """Return what `actual_words` does, without the unit: for tables that have a column of units."""
    value, measure = _shown(rules, held), rules.measures[held.requirement.measure]
    if value is not None:
        return number(value)
    answered = held.reported.state is State.PRESENT and not measure.traits.quantity
    return answer_words(rules, measure, held.reported.value) if answered else ""


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
