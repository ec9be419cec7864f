"""What a form asks, in the order of the law: criteria, their indicators, and a question for each figure or statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ntm_rules.rulebook.criteria_set import Combination, CriteriaSet, Criterion, Indicator, Node, Requirement
from ntm_rules.rulebook.models import Measure


@dataclass(frozen=True, slots=True)
class Question:
    """One row of a form: a figure or statement to fill in."""

    measure: Measure
    requirement: Requirement | None = None
    """The requirement it answers; None for a question whether there is any, and for what no requirement reads."""
    whether_any: bool = False
    """True when it asks whether the commune has such a thing ("nếu có")."""
    only_if: str | None = None
    """The measure that says whether there is any, where this is asked only then."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that heads the questions below it: an indicator, or alternatives one of which is enough."""

    node: Indicator | Combination


Line = Question | Heading


@dataclass(frozen=True, slots=True)
class FormSection:
    """The questions of one criterion, of the further conditions, or of what no requirement reads."""

    kind: Literal["criterion", "conditions", "others"]
    criterion: Criterion | None
    lines: tuple[Line, ...]

    def questions(self) -> Iterator[Question]:
        """Yield the questions in order."""
        return (line for line in self.lines if isinstance(line, Question))


def sections(
    rules: CriteriaSet, conditional: Mapping[str, str], beside: tuple[str, ...] = ()
) -> tuple[FormSection, ...]:
    """Return everything a form asks; each measure is asked once, where the law first needs it.

    Args:
        rules: the law in force.
        conditional: measure asked only "if any" -> the measure that says whether there is any.
        beside: measures that no requirement reads and that are asked all the same, at the end.
    """
    asker = _Asker(rules, conditional)
    found = [FormSection("criterion", c, tuple(asker.lines(c.indicators))) for c in rules.criteria]
    if rules.conditions:
        found.append(FormSection("conditions", None, tuple(asker.lines(rules.conditions))))
    left = (rules.measures[name] for name in beside if name not in asker.asked)
    others = tuple(Question(measure) for measure in left if not measure.of_hamlets)
    if others:
        found.append(FormSection("others", None, others))
    return tuple(found)


class _Asker:
    """Turns indicators into lines and remembers what has been asked."""

    def __init__(self, rules: CriteriaSet, conditional: Mapping[str, str]) -> None:
        self.asked: set[str] = set()
        self._rules, self._conditional = rules, conditional

    def lines(self, indicators: tuple[Indicator, ...]) -> Iterator[Line]:
        for indicator in indicators:
            yield Heading(indicator)
            yield from self._below(indicator.condition)

    def _below(self, node: Node) -> Iterator[Line]:
        if isinstance(node, Requirement):
            yield from self._asks(node)
            return
        if node.is_choice:
            yield Heading(node)
        for child in node.children:
            yield from self._below(child)

    def _asks(self, requirement: Requirement) -> Iterator[Line]:
        for gate in requirement.gates:
            if gate.measure not in self.asked:
                self.asked.add(gate.measure)
                yield Question(self._rules.measures[gate.measure], whether_any=gate.is_question)
        if requirement.told_apart_by and requirement.told_apart_by not in self.asked:
            self.asked.add(requirement.told_apart_by)
            yield Question(self._rules.measures[requirement.told_apart_by])
        number = requirement.hamlets.number if requirement.hamlets is not None else ""
        if number and number not in self.asked:
            self.asked.add(number)
            yield Question(self._rules.measures[number])
        if requirement.measure not in self.asked:
            self.asked.add(requirement.measure)
            only_if = self._conditional.get(requirement.measure)
            yield Question(self._rules.measures[requirement.measure], requirement, only_if=only_if)
