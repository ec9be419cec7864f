"""How a figure is written that was read without doubt, so that its text need not be kept beside its value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from ntm_rules.dataset.cells.answers import meaning
from ntm_rules.dataset.cells.dated_figures import spelt
from ntm_rules.dataset.cells.numbers import normal, show
from ntm_rules.dataset.records import State
from ntm_rules.exact import VALUE_DECIMALS
from ntm_rules.rulebook.models import Measure, Scale


@dataclass(frozen=True, slots=True)
class Spelling:
    """Writes the figures of one measure."""

    decimals: int = 0
    """Of the parts of a counted share."""
    words: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(state, value) of an answer -> its words; empty for quantities."""
    days: bool = False
    """Whether the values are days."""

    def text(self, state: int, value: int, base: int, counted: bool) -> str:
        """Return a figure as a person would type it.

        >>> Spelling(decimals=3).text(State.PRESENT, 51071, 52773, True), Spelling().text(State.PRESENT, 799500000, 0, False)
        ('51,071/52,773', '79,95')
        """
        if self.words:
            return self.words[state, value]
        if self.days:
            return spelt(dt.date.fromordinal(value))
        if counted:
            return f"{show(normal(value, self.decimals))}/{show(normal(base, self.decimals))}"
        return show(normal(value, VALUE_DECIMALS))


AS_READ = Spelling()
"""Of measures whose texts are all kept as they were read."""
_PRESENT, _AWAITED = int(State.PRESENT), int(State.AWAITED)


def spelling_of(measure: Measure, scale: Scale | None) -> Spelling:
    """Return how the figures of a measure are written."""
    if measure.traits.quantity:
        return Spelling(measure.counted.decimals if measure.counted else 0)
    if measure.traits.dated:
        return Spelling(days=True)
    if scale is not None:
        return Spelling(words={(_PRESENT, rank): grade.label.vi for rank, grade in enumerate(scale.grades)})
    return Spelling(words={meaning(choice): choice.vi for choice in measure.traits.choices})
