"""What an explanation says of an "or" that is not met: every alternative with its gaps, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.evaluation.held import held
from ntm_rules.evaluation.reference import Result
from ntm_rules.evaluation.verdicts import SOME, Verdict
from ntm_rules.i18n import _
from ntm_rules.report.explanation.subject import Explanation
from ntm_rules.standing.one_commune import nearest_first
from ntm_rules.wording.gaps import short_words

CHOICES = ("any", SOME)
"""How parts are taken together of which not every one is needed."""


def choices(explanation: Explanation, result: Result) -> Iterator[str]:
    """Yield, of every outermost "or" in the way, its alternatives, the nearest first."""
    for choice in _failed_choices(result):
        ways = "; ".join(
            _way(explanation, part) for part in nearest_first(explanation.rules, choice, explanation.facts)
        )
        if not ways:  # of so many of the parts, where too few apply
            yield _(
                "Too few parts of {id} apply to this commune, so that {n} of them cannot be met.",
                id=choice.id,
                n=choice.needed,
            )
            continue
        left = choice.needed - sum(part.verdict is Verdict.MET for part in choice.children)
        if left > 1 and choice is result:
            yield _("{n} more of these are needed, the nearest first: {ways}.", n=left, ways=ways)
        elif left > 1:
            yield _(
                "For {id} {n} more of these are needed, the nearest first: {ways}.", id=choice.id, n=left, ways=ways
            )
        elif choice is result:
            yield _("Any one of these would do, the nearest first: {ways}.", ways=ways)
        else:
            yield _("For {id} any one of these would do, the nearest first: {ways}.", id=choice.id, ways=ways)


def _failed_choices(result: Result) -> Iterator[Result]:
    if result.verdict is not Verdict.NOT_MET:
        return
    if result.op in CHOICES and len(result.children) > 1:
        yield result
        return
    for child in result.children:
        yield from _failed_choices(child)


def _way(explanation: Explanation, part: Result) -> str:
    """Return an alternative with the gap of every requirement in its way."""
    named = _gaps_in(explanation, part, named=part.requirement is None)
    return f"{part.id} ({named})" if named else part.id


def _gaps_in(explanation: Explanation, part: Result, *, named: bool = True) -> str:
    """Return the gaps below a part, of an "or" below it each of its alternatives, the nearest first."""
    if part.requirement is not None:
        gap = held(explanation.rules, explanation.facts, part.requirement, part.verdict).gap
        if gap is None:
            return ""
        words = short_words(explanation.rules, part.requirement, gap)
        return f"{part.id} {words}" if named else words
    if part.op in CHOICES:
        ways = [_gaps_in(explanation, child) for child in nearest_first(explanation.rules, part, explanation.facts)]
        said = _(" or ").join(way for way in ways if way)
        left = part.needed - sum(child.verdict is Verdict.MET for child in part.children)
        return _("{n} of: {ways}", n=left, ways=said) if left > 1 and said else said
    failed = (child for child in part.children if child.verdict is Verdict.NOT_MET)
    return "; ".join(words for child in failed if (words := _bracketed(_gaps_in(explanation, child), child)))


def _bracketed(words: str, part: Result) -> str:
    return f"({words})" if words and part.op in CHOICES and len(part.children) > 1 else words
