"""Words that papers and forms need besides those of every screen: parts of a row, levels, reasons without advice."""

from __future__ import annotations

from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.exact import floor_to, plain_fraction
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.rulebook.models import Measure
from ntm_rules.wording.values import with_unit


def part_words(rules: CriteriaSet, requirement: Requirement) -> str:
    """Return a requirement's text; its figure's name where the text only repeats that of the whole indicator.

    So too for a figure that is a part of a further condition, whose words speak of several figures at once.
    """
    whole = rules.indicator_by_id
    if requirement.id not in whole and _is_measured_part_of_condition(rules, requirement):
        return str(rules.measures[requirement.measure].label)
    repeats = requirement.id not in whole and any(i.text == requirement.text for i in rules.every_indicator())
    if repeats:
        return str(rules.measures[requirement.measure].label)
    return str(requirement.words)


def _is_measured_part_of_condition(rules: CriteriaSet, requirement: Requirement) -> bool:
    return rules.measures[requirement.measure].traits.quantity and any(
        part.id == requirement.id for condition in rules.conditions for part in condition.requirements()
    )


def level_words(measure: Measure, reported: Reported) -> str:
    """Return the level from which a growth is counted, in the unit it is reported in; empty when there is none."""
    if reported.state is not State.PRESENT:
        return ""
    level = floor_to(plain_fraction(reported.value), measure.decimals)
    return with_unit(level, str(measure.unit))


def reason_on_paper(reason: Reason) -> str:
    """Return a reason as a paper for people says it: without advice on the program's own files."""
    if reason is Reason.GROUP_UNKNOWN:
        return _("the target differs by group of communes, and the group of this one is not known")
    if reason is Reason.CLASS_UNKNOWN:
        return _("the target differs by class of communes, and the class of this one is not known")
    if reason is Reason.INVALID_VALUE:
        return _("the figure as written could not be used; see the sheet of checks")
    return str(reason.words)
