"""Answers as machines read them."""

from __future__ import annotations

from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Measure


def answer_code(rules: CriteriaSet, measure: Measure, value: int) -> str:
    """Return an answer, ruling or grade as its code."""
    if measure.kind == "grade":
        return rules.scales[measure.scale or ""].grades[value].id
    favourable, other = ("yes", "no") if measure.kind == "attestation" else ("met", "not_met")
    return favourable if value else other
