"""What readers need to know of a criteria set: which figures, of which communes, for which years."""

from __future__ import annotations

from collections.abc import Mapping, Set
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
    """Years accepted: the set's period, the year before it, and those before that which some requirement reads."""
    set: str = ""
    """Id of the criteria set; forms made for another one are not read."""
    version: str = ""
    conditional: Mapping[str, str] = field(default_factory=dict)
    """Measure asked only "if any" (nếu có) -> the measure that says whether there is any."""
    looked_back: Set[str] = frozenset()
    """Measures of which some requirement reads an earlier year."""

    beside_last_year: Set[str] = frozenset()
    """Measures of which a form asks last year's figure beside this year's; those whose growth is compared, always."""

    def asks_last_year(self, measure: Measure) -> bool:
        """Tell whether a form asks last year's figure of a measure."""
        return measure.traits.needs_year_before or measure.id in self.beside_last_year

    @property
    def asks_hamlets(self) -> bool:
        """Whether some measure is each hamlet's."""
        return any(measure.of_hamlets for measure in self.measures.values())

    @property
    def starts(self) -> frozenset[str]:
        """Measures whose figures of a year may be there for the sake of later years alone."""
        growths = (name for name, measure in self.measures.items() if measure.traits.needs_year_before)
        return frozenset(growths) | frozenset(self.looked_back)
