"""NTM065: the text's unit is not the measure's."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.errors import Severity
from ntm_rules.exact import plain
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.stated_numbers import StatedNumber, stated_numbers
from ntm_rules.rulebook.taken import Quantity
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every target whose number stands in its text with another unit than its measure's."""
    units = {
        measure.unit.vi.casefold()
        for measure in subject.measures.values()
        if measure.traits.quantity and not measure.traits.in_percent
    }
    for at in subject.leaves:
        measure = subject.measures.get(at.node.measure or "")
        if measure is None or at.target is None:
            continue
        taken = at.node.how_taken.of(measure)
        if taken.quantity is Quantity.RATIO:
            continue  # times of it, whatever its unit
        in_percent = measure.traits.counted or taken.quantity is Quantity.GROWTH
        own = measure.unit.vi.casefold()
        for place, number in at.target.numbers():
            points = measure.traits.counted and taken.compares_years
            stated = [s for s in stated_numbers(at.words) if abs(number) in s.values or number in s.values]
            if not stated or (points and any(s.after.casefold().startswith(POINTS) for s in stated)):
                continue
            if any(_fits(s, in_percent or "%" in own, own, units) for s in stated):
                continue
            unit = "%" if stated[0].percent else stated[0].after.split(",")[0][:SHOWN]
            message = Message(
                "the text says {number} {unit}; {measure} is in {own}",
                number=plain(number),
                unit=unit,
                measure=measure.id,
                own="%" if in_percent else measure.unit.vi,
            )
            yield subject.at(at.file, place, message)


POINTS = ("điểm phần trăm", "điểm %")
"""How a change of a share is counted in the law's words."""
SHOWN = 30
"""Characters of the words after a number that are repeated."""


def _fits(stated: StatedNumber, in_percent: bool, own: str, units: set[str]) -> bool:
    """Tell whether a unit agrees, as far as it can be told: a unit that no measure of the set has says nothing."""
    if stated.percent or in_percent:
        return stated.percent == in_percent
    others = [unit for unit in units if unit != own and stated.after.startswith(unit)]
    return stated.after.startswith(own) or not others


CHECK = Check(
    code="NTM065",
    severity=Severity.WARNING,
    title=N_("The text's unit is not the measure's"),
    why=N_("80% and 80 households are not the same demand."),
    mend=N_("Use a measure in the unit of the text: a share or growth for %, a count or amount otherwise."),
    of_set=find,
)
