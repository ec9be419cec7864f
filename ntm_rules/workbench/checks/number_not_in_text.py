"""NTM053: a number that the source does not state."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ntm_rules.errors import Severity
from ntm_rules.exact import PERCENT, plain
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.models import Source
from ntm_rules.rulebook.stated_numbers import says_each, says_none, stated_numbers
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
        percent = taken.quantity is Quantity.GROWTH or (measure.traits.counted and not taken.compares_years)
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
            words = _words(subject, at) if own_words else []
            sought = abs(number) if taken.compares_years else number  # "giảm 2 điểm %" is a change of -2
            stated = any(_states(said, sought, percent) for said in words) or any(_states(c, sought) for c in cells)
            if taken.quantity is Quantity.RATIO and number == TWICE:
                stated = stated or any("gấp đôi" in said.casefold() for said in (*words, *cells))
            if taken.quantity is Quantity.RATIO:  # "tăng thêm 1,5 lần" makes 2,5 times of it
                more = [said for said in (*words, *cells) if "thêm" in said.casefold()]
                stated = stated or any(_states(said, number - 1) for said in more)
            if number == 0 and target.key == "at_most":
                stated = stated or any(says_none(said) for said in (*words[:1], *cells))
            if number == PERCENT and at.node.each_hamlet is not None:
                stated = stated or any(says_each(said) for said in (*words[:1], *cells))
            if not stated:
                yield subject.at(at.file, place, _not_stated(subject, at, number))


def _not_stated(subject: CheckedSet, at: NodeAt, number: Decimal) -> Message:
    said = {"number": plain(number), "words": clipped(at.words, SHOWN)}
    if subject.keeps_words(at):
        return Message(
            "the decision writes no `text`, and the words of before state no {number}: “{words}”; write its own words",
            **said,
        )
    return Message("the text states no {number}: “{words}”", **said)


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


TWICE = 2


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


def _states(text: str, number: Decimal, percent: bool = False) -> bool:
    return any(number in stated.values and (stated.percent or not percent) for stated in stated_numbers(text))


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
