"""How complete the data are: figures reported of those asked, by commune and by indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.evaluation.reference import opens
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement, leaves


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many figures and answers were asked for, and what came."""

    asked: int = 0
    """All but those of a "nếu có" that was answered no."""
    given: int = 0
    """Figures and answers that can be used, and conclusions said to be awaited."""
    unusable: int = 0
    """What cannot be read or can be read in two ways, or was given twice and differently."""

    @property
    def missing(self) -> int:
        """What nobody reported."""
        return self.asked - self.given - self.unusable

    def __add__(self, other: Completeness) -> Completeness:
        return Completeness(self.asked + other.asked, self.given + other.given, self.unusable + other.unusable)


UNUSABLE = (State.INVALID, State.CONFLICTING, State.UNCLEAR)


def completeness(requirements: Iterable[Requirement], report: CommuneYear) -> Completeness:
    """Count the measures that some requirements read, each once, in one report.

    Where hamlets are listed that a requirement counts, their figures are asked for instead of the total.
    """
    asked: dict[tuple[str, str], State] = {}
    for requirement in requirements:
        hamlets = requirement.hamlets if report.hamlets else None
        for measure in _asked(requirement, report, itself=hamlets is None):
            asked["", measure] = report.get(measure).state
        if hamlets is None or _shut(requirement, report):
            continue
        if hamlets.number:
            asked["", hamlets.number] = report.get(hamlets.number).state
        for name, hamlet in report.hamlets.items():
            for leaf in leaves(hamlets.each):
                asked |= {(name, measure): hamlet.get(measure).state for measure in _asked(leaf, hamlet)}
    states = list(asked.values())
    return Completeness(
        asked=len(states),
        given=sum(state is not State.MISSING and state not in UNUSABLE for state in states),
        unusable=sum(state in UNUSABLE for state in states),
    )


def _asked(requirement: Requirement, report: CommuneYear, *, itself: bool = True) -> Iterator[str]:
    """Yield the measures that a requirement asks of a report; `itself`: also the one held against its target."""
    yield from (gate.measure for gate in requirement.gates)
    if itself and not _shut(requirement, report):
        yield requirement.measure


def _shut(requirement: Requirement, report: CommuneYear) -> bool:
    return any(opens(gate, report) is False for gate in requirement.gates)


def over_all(requirements: Sequence[Requirement], reports: Iterable[CommuneYear]) -> Completeness:
    """Count what some requirements ask of every commune."""
    return sum((completeness(requirements, report) for report in reports), Completeness())


def of_commune(rules: CriteriaSet, report: CommuneYear) -> Completeness:
    """Count everything that the law asks of a commune."""
    return completeness(rules.requirements(), report)
