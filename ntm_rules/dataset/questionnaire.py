"""What readers need to know of a criteria set: which figures, of which communes, for which years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ntm_rules.rulebook.models import Measure, Scale, Years
from ntm_rules.rulebook.register import Register


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The measures that may be reported, the register of communes and the years data may be of."""

    measures: Mapping[str, Measure]
    scales: Mapping[str, Scale]
    communes: Register
    years: Years
    """Years accepted: the set's period and the year before it, which growth needs."""
    set: str = ""
    """Id of the criteria set; forms made for another one are not read."""
    version: str = ""
    conditional: Mapping[str, str] = field(default_factory=dict)
    """Measure asked only "if any" (nếu có) -> the measure that says whether there is any."""
