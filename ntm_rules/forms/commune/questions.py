"""What a form asks, in the order of the law: criteria, their indicators, and a question for each figure or statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ntm_rules.rulebook.criteria_set import Combination, CriteriaSet, Criterion, Indicator, Node, Requirement
from ntm_rules.rulebook.models import FROM_END, TO_END, Measure


@dataclass(frozen=True, slots=True)
class Question:
    """One row of a form: a figure or statement to fill in."""

    measure: Measure
    requirement: Requirement | None = None
    """The first requirement that holds it against a target; None for what is asked for another figure's sake alone, such
    as a question whether there is any, and for what no requirement reads."""
    further: tuple[Requirement, ...] = ()
    """The other requirements that hold the same figure against a target: the far end of a range, another indicator."""
    is_gate: bool = False
    """True when it is asked first, to tell whether others are for the commune ("nếu có", "trừ xã ...", "từ 10 hộ")."""
    only_if: str | None = None
    """The measure that says whether there is any, where this is asked only then."""

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """Every requirement that holds its figure against a target, in the order of the law."""
        return (self.requirement, *self.further) if self.requirement is not None else ()

    @property
    def ids(self) -> str:
        """The ids of these."""
        return ", ".join(one.id for one in self.requirements)

    @property
    def is_range(self) -> bool:
        """Whether they are the two ends of one range."""
        ids = [one.id for one in self.requirements]
        return bool(ids) and ids == [f"{ids[0].removesuffix(f'.{FROM_END}')}.{end}" for end in (FROM_END, TO_END)]


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
        self._held: dict[str, list[Requirement]] = {}
        for requirement in rules.requirements():
            self._held.setdefault(requirement.measure, []).append(requirement)

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
            yield from self._asked(gate.measure, is_gate=True)
        number = requirement.hamlets.number if requirement.hamlets is not None else ""
        for measure in (requirement.told_apart_by, number, requirement.measure):
            if measure:
                yield from self._asked(measure)

    def _asked(self, measure: str, *, is_gate: bool = False) -> Iterator[Question]:
        """Yield the question of a measure with all that its figure is held against, unless it has been asked."""
        if measure in self.asked:
            return
        self.asked.add(measure)
        first, *further = self._held.get(measure) or (None,)
        only_if = self._conditional.get(measure) if first is not None else None
        yield Question(self._rules.measures[measure], first, tuple(one for one in further if one), is_gate, only_if)
