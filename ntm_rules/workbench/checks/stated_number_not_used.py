"""NTM054: the text states a number that the rule does not use."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ntm_rules.errors import Severity
from ntm_rules.exact import PERCENT
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models import DerivedValue, GateWritten, NodeWritten
from ntm_rules.rulebook.stated_numbers import StatedNumber, stated_numbers, ways_to_write
from ntm_rules.rulebook.taken import Quantity
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet, NodeAt


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield each requirement, or indicator, whose words demand a number that no target below it has."""
    for at in subject.nodes:
        if not at.node.text and not at.node.reading:
            continue
        below = [one for one in subject.below(at) if one.is_leaf]
        if any(isinstance(value, str) for leaf in below if leaf.node.measure for value in _values(leaf)):
            continue  # a number in quotes: told as such, and nothing is known of what it will be
        used = {number for leaf in below for _place, number in (leaf.target.numbers() if leaf.target else ())}
        used |= {number for node in at.node.walk() for number in _taken(node)}
        used |= {number for node in at.node.walk() for value in node.derived for number in factors(value)}
        used |= {way for leaf in below for way in _other_ways(subject, leaf)}
        used |= {abs(number) for number in used}
        used |= {Decimal(node.needed) for node in at.node.walk() if node.needed}
        used |= {number for node in at.node.walk() for gate in node.gates.values() for number in _counted(gate)}
        used |= {number for leaf in below for stated in _asked(subject, leaf) for number in stated.values}
        years = {Decimal(year) for leaf in below for year in _years(leaf)}
        named = {id_ for node in at.node.walk() for value in node.derived for id_ in _up_from(value.of or "")}
        for stated in stated_numbers(at.words):
            if not stated.percent and (stated.values & years or stated.shown in named):
                continue
            if stated.is_demanded and not stated.values & used and not _demanded_below(subject, at, stated):
                place = at.target.place if at.target else at.place
                yield subject.at(at.file, place, _not_used(subject, at, stated.shown))


def _not_used(subject: CheckedSet, at: NodeAt, number: str) -> Message:
    if subject.keeps_words(at):
        return Message(
            "the decision writes no `text`, and the words of before state {number}, which no target is any more; "
            "write its own words",
            number=number,
        )
    below = [one.node for one in subject.below(at) if one.is_leaf]
    questions = dict.fromkeys(one.attested or one.ruling for one in below)
    if len(questions) == 1 and None not in questions:
        return Message(
            "the text states {number}, and the label of {measure}, whose answer meets it, does not: write it there too",
            number=number,
            measure=next(iter(questions)),
        )
    return Message("the text states {number}, and no target is so", number=number)


def _up_from(id_: str) -> Iterator[str]:
    """Yield an id and those of what it is a part of, as words may name it: 1.6.b stands in "chỉ tiêu 1.6"."""
    parts = id_.split(".")
    yield from (".".join(parts[:n]) for n in range(1, len(parts) + 1))


def factors(value: DerivedValue) -> Iterator[Decimal]:
    """Yield the numbers by which a target is taken from something else, as words may state them: in percent, in times."""
    if value.times != 1:
        yield from (value.times, value.times * 100, value.times * 100 - 100)
    if value.plus:
        yield abs(value.plus)


def _counted(gate: GateWritten) -> Iterator[Decimal]:
    """Yield the number that decides whether a rule is for a commune, where a number does."""
    yield from () if isinstance(gate, str) else gate.bounds.values()


def _taken(node: NodeWritten) -> Iterator[Decimal]:
    """Yield the numbers by which a figure is taken: of how many years, since which year, to how many decimals."""
    taken = node.how_taken
    if node.within is not None:
        yield from (Decimal(n) for n in (node.within.years, node.within.months, node.within.days) if n)
    yield from (Decimal(number) for number in (taken.count, taken.since, taken.rounded_to) if number)


def _values(leaf: NodeAt) -> Iterator[object]:
    for _place, value, _source in leaf.target.values() if leaf.target else ():
        yield value


def _other_ways(subject: CheckedSet, leaf: NodeAt) -> Iterator[Decimal]:
    """Yield the numbers of a target as words may state them otherwise: of money in đồng, of times in percent more."""
    measure = subject.measures.get(leaf.node.measure or "")
    if measure is None or leaf.target is None:
        return
    for _place, number in leaf.target.numbers():
        yield from ways_to_write(abs(number), measure.unit.vi)
        if leaf.node.how_taken.of(measure).quantity is Quantity.RATIO:
            yield abs(number - 1) * PERCENT


def _asked(subject: CheckedSet, leaf: NodeAt) -> list[StatedNumber]:
    """Return the numbers of what is asked: of the question that is answered, and of what a figure is the figure of."""
    measure = subject.measures.get(leaf.node.attested or leaf.node.ruling or leaf.node.measure or "")
    return stated_numbers(measure.label.vi) if measure else []


def _years(leaf: NodeAt) -> Iterator[int]:
    """Yield the years in which a dated value begins, ends or gives way: the words name them beside the values."""
    for dated in leaf.target.dated if leaf.target else ():
        yield dated.from_.year
        if dated.to is not None:
            yield from (dated.to.year, dated.to.year + 1)


def _demanded_below(subject: CheckedSet, at: NodeAt, stated: StatedNumber) -> bool:
    """Tell whether a part's own words repeat the number: then it is told there, once."""
    return any(
        stated.values == other.values and other.is_demanded
        for part in subject.below(at)
        if part.node is not at.node and (part.file, part.place) != (at.file, at.place)
        if part.node.text or part.node.reading
        for other in stated_numbers(part.words)
    )


CHECK = Check(
    code="NTM054",
    severity=Severity.WARNING,
    title=N_("The text states a number that the rule does not use"),
    why=N_("Communes would be judged by less, more or nothing where the law has a number."),
    mend=N_(
        "Set the target to the number stated; where the words leave open what it governs, keep it and ignore this with the reason."
    ),
    of_set=find,
)
