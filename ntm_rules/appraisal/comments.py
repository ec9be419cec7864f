"""Residents' comments as the standing office records them, as figures that the conditions of recognition are held to."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_rules.appraisal.entries import Entry
from ntm_rules.i18n import Message
from ntm_rules.rulebook.procedures import CommentMeasures


@dataclass(frozen=True, slots=True)
class Comments:
    """How many households there are, were asked, and are satisfied."""

    households: int
    surveyed: int
    satisfied: int
    document: str = ""

    def entries(self, measures: CommentMeasures | None) -> dict[str, Entry]:
        """Return them as the figures that the set names for them."""
        if measures is None:
            return {}
        return {
            measures.surveyed: Entry(
                numerator=str(self.surveyed), denominator=str(self.households), document=self.document
            ),
            measures.satisfied: Entry(
                numerator=str(self.satisfied), denominator=str(self.surveyed), document=self.document
            ),
        }

    def refusals(self) -> list[Message]:
        """Return everything that cannot be."""
        wrong = []
        if self.households < 1:
            wrong.append(Message("The number of households must be at least 1."))
        if self.surveyed > self.households:
            wrong.append(Message("More households were asked than there are."))
        if self.surveyed < 1:
            wrong.append(Message("At least one household must have been asked."))
        if self.satisfied > self.surveyed:
            wrong.append(Message("More households are satisfied than were asked."))
        return wrong
