"""Forms of one law and year: for any commune, for one, with what was reported the year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ntm_rules.dataset.cells.answers import offered
from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.exact import VALUE_DECIMALS
from ntm_rules.forms.commune.filled import Answer, Filled
from ntm_rules.forms.commune.workbook import write_form
from ntm_rules.i18n import current_language
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Measure, Scale
from ntm_rules.rulebook.register import Commune


@dataclass(frozen=True)
class FormMaker:
    """Makes forms for one year under the law of one day."""

    loaded: LoadedSet
    rules: CriteriaSet
    year: int

    def form(self, commune: Commune | None, filled: Filled | None = None) -> bytes:
        """Return a form as a workbook: for one commune, or for any of them (None)."""
        return write_form(
            self.rules,
            self._law_hash,
            self.loaded.conditional,
            commune,
            self.year,
            filled,
            beside=self.loaded.beside_the_rules,
        )

    @cached_property
    def _law_hash(self) -> str:
        return resolved_hash(self.rules)

    def before(self, record: CommuneYear | None) -> Mapping[str, Answer]:
        """Return what was reported for the year before, as it is typed into a form."""
        if record is None:
            return {}
        scales = self.rules.scales
        found = {}
        for name, reported in record.values.items():
            measure = self.rules.measures.get(name)
            if measure is not None and reported.state is State.PRESENT:
                found[name] = as_typed(measure, scales.get(measure.scale or ""), reported)
        return found


def as_typed(measure: Measure, scale: Scale | None, reported: Reported) -> Answer:
    """Return a reported value as somebody would type it again: exactly, its document as the note."""
    if reported.counted and measure.counted is not None:
        decimals = measure.counted.decimals
        return Answer("", _scaled(reported.value, decimals), _scaled(reported.base, decimals), reported.document)
    if measure.traits.quantity:
        whole, sticky = divmod(reported.value, 10)
        value: Cell = reported.written if sticky else _scaled(whole, VALUE_DECIMALS - 1)
        return Answer(value, note=reported.document)
    if measure.traits.dated:
        return Answer(dt.date.fromordinal(reported.value), note=reported.document)
    words = offered(measure, scale, current_language())
    at = reported.value if scale is not None else 1 - reported.value  # yes stands before no
    return Answer(words[at], note=reported.document)


def _scaled(units: int, decimals: int) -> Decimal:
    return Decimal(units).scaleb(-decimals).normalize() + 0
