"""What comes of one figure where several requirements hold it against a target: the worst of them, as an `all` has it."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.forms.commune import formulas
from ntm_rules.forms.commune.context import OneForm
from ntm_rules.forms.commune.questions import Question
from ntm_rules.rulebook.criteria_set import Requirement

FIGURE = "figure"
"""What its row on the calculation sheet is called, which only a figure of several requirements has."""


def worst(requirements: Sequence[Requirement], context: OneForm) -> tuple[str, int]:
    """Return the formula of the worst verdict, and the verdict's number of what stands in the form.

    Of a choice that is met already, an alternative that is not does not count.
    """
    codes = [_counted(one, context) for one in requirements]
    return formulas.combined("all", [code for code, _number in codes]), max(number for _code, number in codes)


def _counted(requirement: Requirement, context: OneForm) -> tuple[str, int]:
    code, number = context.places.calculated["node", requirement.id], context.judged["node", requirement.id]
    formula, holds = not_needed(requirement, context)
    if not formula:
        return code, number
    return f"IF({formula},{Verdict.NOT_APPLICABLE:d},{code})", int(Verdict.NOT_APPLICABLE) if holds else number


def not_needed(requirement: Requirement, context: OneForm) -> tuple[str, bool]:
    """Return the formula of whether another alternative is met already, and whether one is; empty where there is none."""
    above = context.choices.get(requirement.id)
    if above is None:
        return "", False
    whole, code = context.places.calculated["node", above], context.places.calculated["node", requirement.id]
    holds = context.judged["node", above] == Verdict.MET and context.judged["node", requirement.id] != Verdict.MET
    return f"AND({whole}={Verdict.MET:d},{code}<>{Verdict.MET:d})", holds


def is_reckoned(requirement: Requirement, question: Question, context: OneForm) -> bool:
    """Tell whether the form holds the figures of every year that a requirement takes."""
    cells = context.places.cells[question.measure.id]
    return formulas.reckoned(requirement.taken, question.measure, cells, context.year)
