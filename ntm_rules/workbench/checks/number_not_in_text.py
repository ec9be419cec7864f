"""NTM053: a number that the source does not state."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ntm_rules.errors import Severity
from ntm_rules.exact import PERCENT, TARGET_DECIMALS, ceil_to, floor_to, plain
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models import Measure, Source
from ntm_rules.rulebook.stated_numbers import (
    numbers_in_words,
    says_each,
    says_none,
    stated_numbers,
    stated_parts,
    ways_to_write,
)
from ntm_rules.rulebook.taken import Quantity, Taken
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem
from ntm_rules.wording.phrases import clipped
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.sets import CheckedSet, NodeAt
from ntm_rules.workbench.checks.stated_number_not_used import factors


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every number demanded that neither the words of its rule nor its row in the source state."""
    for at in subject.leaves:
        measure = subject.measures.get(at.node.measure or "")
        target = at.target
        if measure is None or target is None:
            continue
        yield from _factors_not_stated(subject, at)
        taken = at.node.how_taken.of(measure)
        for place, number in target.numbers():
            if taken.compares_years and number == _unchanged(taken):
                continue  # "tăng", "không giảm": no number says so
            source = _dated_source(at, place) or at.source
            cells = _row(subject, source)
            own_words = (source.document, source.row, source.article) == (
                at.source.document,
                at.source.row,
                at.source.article,
            )
            by_group = isinstance(place[-1], str) and place[-1] != "value" and place != target.place
            if not cells and (by_group or not own_words):
                continue  # it would stand in another column or document, whose words are not at hand
            said = (*(_words(subject, at) if own_words else ()), *cells)
            demanded = _Demanded(number, target.key, measure, taken)
            worded = (*(said[:1] if own_words else ()), *cells)  # words around it say nothing of it without digits
            if not (demanded.stated_by(said, cells) or demanded.worded_by(worded)):
                yield subject.at(at.file, place, _not_stated(subject, at, number, demanded.part_of(said)))


def _not_stated(subject: CheckedSet, at: NodeAt, number: Decimal, part: Decimal | None = None) -> Message:
    said = {"number": plain(number), "words": clipped(at.words, SHOWN)}
    if part is not None:
        return Message("the text states a part of the whole, which {number} is not: write {part}: “{words}”",
                       part=plain(part), **said)  # fmt: skip
    if subject.keeps_words(at):
        return Message(
            "the decision writes no `text`, and the words of before state no {number}: “{words}”; write its own words",
            **said,
        )
    return Message("the text states no {number}: “{words}”", **said)


class _Demanded(NamedTuple):
    """A number that a rule demands, and of what, to be looked for in words."""

    number: Decimal
    key: str
    measure: Measure
    taken: Taken

    @property
    def in_percent(self) -> bool:
        return self.taken.quantity is Quantity.GROWTH or self.of_a_whole

    @property
    def of_a_whole(self) -> bool:
        return bool(self.measure.traits.counted) and not self.taken.compares_years

    def stated_by(self, said: Sequence[str], cells: Collection[str]) -> bool:
        """Tell whether words state it by a number; a cell of a table may leave out the sign of a percentage."""
        sought = abs(self.number) if self.taken.compares_years else self.number  # "giảm 2 điểm %" is a change of -2
        ways = ways_to_write(sought, self.measure.unit.vi)
        if any(_states(one, ways, percent=self.in_percent and one not in cells) for one in said):
            return True
        if self.taken.quantity is not Quantity.RATIO:
            return False
        more = [one for one in said if "thêm" in one.casefold()]  # "tăng thêm 1,5 lần" makes 2,5 times of it
        by = {abs(self.number - 1) * PERCENT}  # and "tăng 50%" 1,5 times
        return any(_states(one, {self.number - 1}) for one in more) or any(_states(one, by, True) for one in said)

    def worded_by(self, said: Sequence[str]) -> bool:
        """Tell whether words state it without digits."""
        if any(self.number in numbers_in_words(one) for one in said):
            return True
        if self.taken.quantity is Quantity.RATIO:  # "giảm một nửa", "bằng hai phần ba"
            parts = {part for one in said for part in stated_parts(one)}
            return not parts.isdisjoint({Fraction(self.number), 1 - Fraction(self.number)})
        if self.number == 0 and self.key == "at_most":
            return any(says_none(one) for one in said)
        if self.number == PERCENT and self.of_a_whole:
            return any(says_each(one) for one in said)
        return self.number == self.part_of(said)

    def part_of(self, said: Sequence[str]) -> Decimal | None:
        """Return the percentage that stands for the only part of a whole that words state, so that the part itself is judged right."""
        parts = {part for one in said for part in stated_parts(one)}
        if len(parts) != 1 or not self.of_a_whole:
            return None
        rounded = floor_to if self.key in ("at_least", "less_than") else ceil_to
        return rounded(parts.pop() * PERCENT, TARGET_DECIMALS)


def _factors_not_stated(subject: CheckedSet, at: NodeAt) -> Iterator[RuleProblem]:
    """Yield each target that is taken from something else by a number that no words state."""
    for value in at.node.derived:
        numbers = set(factors(value)) - {abs(value.plus)}
        wanted = [({abs(value.plus)}, value.plus), (numbers, value.times * 100)]
        said = {number for words in _words(subject, at) for stated in stated_numbers(words) for number in stated.values}
        for sought, shown in wanted:
            if sought - {Decimal(0)} and not sought & said:
                place = at.target.place if at.target else at.place
                yield subject.at(at.file, place, _not_stated(subject, at, shown))


def _unchanged(taken: Taken) -> int:
    return 1 if taken.quantity is Quantity.RATIO else 0


def _words(subject: CheckedSet, at: NodeAt) -> list[str]:
    """Return the words of a requirement; where they name no number (“lao động nam”), those around it too."""
    return [at.words, *(() if stated_numbers(at.words) else (above.words for above in subject.around(at)))]


def _dated_source(at: NodeAt, place: Place) -> Source | None:
    target = at.target
    index = place[len(at.place) + 1] if target and target.dated else None
    return target.dated[index].source if target and isinstance(index, int) else None


def _row(subject: CheckedSet, source: Source) -> tuple[str, ...]:
    text = subject.source_text(source.document)
    cells = text.row(source.annex, source.row) if text and source.row else None
    return cells[1:] if cells else ()


def _states(text: str, numbers: Collection[Decimal], percent: bool = False) -> bool:
    return any(
        not stated.values.isdisjoint(numbers) and (stated.percent or not percent) for stated in stated_numbers(text)
    )


SHOWN = 81
"""Characters of the words that are repeated in the message."""


CHECK = Check(
    code="NTM053",
    severity=Severity.ERROR,
    title=N_("A number that the source does not state"),
    why=N_("An invented number refuses or certifies communes against the law."),
    mend=N_(
        "Write the number the text states, or `pending` with the decision awaited; a later decision's number belongs in an overlay."
    ),
    of_set=find,
)
