"""Answers as machines read them."""

from __future__ import annotations

from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Measure


def answer_code(rules: CriteriaSet, measure: Measure, value: int) -> str:
    """Return an answer, ruling or grade as its code."""
    if measure.traits.graded:
        return rules.scales[measure.scale or ""].grades[value].id
    return measure.traits.choice(value).code
