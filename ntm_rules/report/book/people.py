"""Who does what: the work of each agency, and what waits on each decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ntm_rules.rulebook.criteria_set import CriteriaSet, Indicator, Requirement
from ntm_rules.rulebook.models import Agency, Decision, Measure


@dataclass(frozen=True, slots=True)
class LedIndicator:
    """An indicator that an agency leads, or the requirements of it that it leads where the row splits."""

    indicator: Indicator
    requirements: tuple[Requirement, ...]

    @property
    def whole(self) -> bool:
        """Tell whether the agency leads all of it."""
        return len(self.requirements) == len(self.indicator.requirements())


@dataclass(frozen=True, slots=True)
class Waiting:
    """Requirements of one indicator whose targets are awaited."""

    indicator: Indicator
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class AgencyWork:
    """Everything the set asks of one agency."""

    agency: Agency
    leads: tuple[LedIndicator, ...]
    conditions: tuple[LedIndicator, ...]
    """Further conditions of recognition that it leads."""
    waiting: tuple[Waiting, ...]
    owes: tuple[Decision, ...]
    attests: tuple[Measure, ...]
    cooperates: tuple[Indicator, ...]


def agency_work(rules: CriteriaSet, agency: Agency) -> AgencyWork:
    """Return everything the set asks of an agency."""
    leads = tuple(_led(rules.indicators(), agency))
    conditions = tuple(_led(rules.conditions, agency))
    return AgencyWork(
        agency=agency,
        leads=leads,
        conditions=conditions,
        waiting=tuple(_waiting((led.indicator, led.requirements) for led in (*leads, *conditions))),
        owes=tuple(decision for decision in rules.decisions.values() if decision.owed_by == agency.id),
        attests=tuple(measure for measure in rules.measures.values() if measure.attested_by == agency.id),
        cooperates=tuple(i for i in rules.every_indicator() if _cooperates(i, agency.id)),
    )


def waiting_on(rules: CriteriaSet, decision: Decision) -> tuple[Waiting, ...]:
    """Return the requirements whose targets wait on a decision."""
    return tuple(_waiting(((i, i.requirements()) for i in rules.every_indicator()), decision.id))


def _led(indicators: Iterable[Indicator], agency: Agency) -> Iterator[LedIndicator]:
    for indicator in indicators:
        own = tuple(r for r in indicator.requirements() if r.lead == agency.id)
        if own:
            yield LedIndicator(indicator, own)


def _waiting(
    found: Iterable[tuple[Indicator, tuple[Requirement, ...]]], decision: str | None = None
) -> Iterator[Waiting]:
    for indicator, requirements in found:
        awaiting = tuple(
            requirement
            for requirement in requirements
            if any(decision in (None, one.decision) for one in requirement.awaited)
        )
        if awaiting:
            yield Waiting(indicator, awaiting)


def _cooperates(indicator: Indicator, agency: str) -> bool:
    return agency in indicator.cooperating or any(agency in r.cooperating for r in indicator.requirements())
