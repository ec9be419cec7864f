"""Figures made up for practice: of every kind, some that meet and some that do not; never anybody's report."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from django.utils import timezone

from ntm_rules.appraisal.entries import Entry
from ntm_rules.dataset.cells.answers import offered
from ntm_rules.dataset.cells.dated_figures import spelt
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Measure
from ntm_rules.web.laws import Opened


def invented_entries(law: Opened, seed: str, share: float = 1.0, *, good: bool = False) -> dict[str, Entry]:
    """Return entries for a share of all questions, the same for the same seed; `good`: none that fails a target."""
    chance = random.Random(seed)
    return {
        question.measure.id: _entry(law.rules, question.measure, chance, good)
        for section in law.sections
        for question in section.questions()
        if chance.random() < share
    }


def _entry(rules: CriteriaSet, measure: Measure, chance: random.Random, good: bool) -> Entry:
    number, day, month = chance.randrange(1, 300), chance.randrange(1, 29), chance.randrange(1, 13)
    signed, today = dt.date(rules.as_of.year, month, day), timezone.localdate()
    signed = signed if signed <= today else signed.replace(year=min(signed.year, today.year) - 1)
    document = f"{number}/BC-UBND ngày {signed.day}/{signed.month}/{signed.year}"
    traits = measure.traits
    if traits.dated:
        return Entry(spelt(min(rules.as_of, today) - dt.timedelta(days=chance.randrange(0, 1200))), document=document)
    if not traits.quantity:
        words = offered(measure, rules.scales.get(measure.scale or ""), "vi")
        best = 0 if measure.scale is None else len(words) - 1
        return Entry(words[best] if good or chance.random() < 0.75 else chance.choice(words), document=document)
    if measure.counted is not None:
        whole = chance.randrange(200, 2500)
        part = whole * (100 if good else chance.choice((40, 70, 85, 92, 97, 99, 100))) // 100
        if measure.sense == "lower":
            part = whole - part
        return Entry(numerator=str(part), denominator=str(whole), document=document)
    low, high = _bounds(measure)
    value = str(chance.randrange(low, high + 1))
    return Entry(value, previous=str(max(low, int(value) - 3)) if traits.needs_year_before else "", document=document)


def _bounds(measure: Measure) -> tuple[int, int]:
    bounds = measure.range
    low = int(bounds.min) if bounds is not None and bounds.min is not None else 0
    high = int(bounds.max) if bounds is not None and bounds.max is not None else low + 60
    return low + (1 if high > low else 0), min(high, low + 60)


def states() -> Iterator[str]:
    """Yield how far each dossier of a practice round has come, one after the other and from the beginning again."""
    begun = ("empty", "begun", "full", "submitted")
    for after in (
        ("accepted", "returned", "taken-back", "begun", "submitted"),
        ("proposed", "returned", "in-comment", "before-council", "concluded"),
        ("asked", "appraised", "recognised", "refused", "revoked"),
    ):
        yield from (*begun, *after)
    while True:
        yield from (*begun, "accepted", "begun", "submitted")
