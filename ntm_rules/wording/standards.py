"""Sentences about what "meets the standard" is, and how far a commune is with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from ntm_rules.evaluation.reference import Result
from ntm_rules.evaluation.standards import standard_verdict, weighing
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard
from ntm_rules.wording.values import number


def meets_words(rules: CriteriaSet) -> str:
    """Return what a verdict on the whole is called: every criterion, or the set's own standard."""
    return _("Meets every criterion") if rules.standard is None else _("Meets the standard of the set")


def meeting_words(rules: CriteriaSet) -> str:
    """Return the same of several communes."""
    return _("Meeting every criterion that applies") if rules.standard is None else _("Meeting the standard")


def communes_meet_words(rules: CriteriaSet) -> str:
    """Return what a number of communes that meet it is called."""
    return _("communes meet every criterion") if rules.standard is None else _("communes meet the standard")


def left_words(standard: Standard | None) -> str:
    """Return what is called that which a commune still lacks: criteria, or what its set's own standard counts."""
    if standard is None:
        return _("Criteria left")
    levels = {named.level for named in standard.names()}
    if levels == {"criterion"}:
        return _("Criteria left to the standard")
    return _("Indicators left to the standard") if levels == {"indicator"} else _("Left to the standard")


def completing_words(standard: Standard | None) -> str:
    """Return what communes are called that would be there if an agency finished what it leads."""
    if standard is None:
        return _("Communes then meeting all that can be judged")
    return _("Communes then meeting the standard, as far as it can be judged")


def nearest_words(standard: Standard | None) -> str:
    """Return what the order of the nearest communes is called."""
    return _("Nearest to meeting all that can be judged") if standard is None else _("Nearest to meeting the standard")


def no_recognition_words(rules: CriteriaSet) -> str:
    """Say that meeting it is not being recognised."""
    if rules.standard is None:
        return _(
            "Meeting every criterion is not recognition, which needs further conditions and is a decision of the province."
        )
    return _(
        "Meeting the standard is not recognition, which needs further conditions and is a decision of the province."
    )


def points_decide(rules: CriteriaSet) -> bool:
    """Tell whether points are part of what "meets the standard" is, and not only rank progress."""
    standards = (rules.standard, *(criterion.standard for criterion in rules.criteria))
    return any(leaf.counts == "points" for standard in standards if standard is not None for leaf in standard.leaves())


def concluded_words(rules: CriteriaSet, verdict: Verdict) -> str:
    """Return the conclusion on a commune as a whole."""
    if rules.standard is None:
        if verdict is Verdict.MET:
            return _("The commune meets every criterion that applies.")
        if verdict is Verdict.NOT_MET:
            return _("The commune does not meet every criterion yet.")
        why = str(verdict.label).lower()
        return _("Whether the commune meets every criterion cannot be concluded yet: {why}.", why=why)
    if verdict is Verdict.MET:
        return _("The commune meets the standard.")
    if verdict is Verdict.NOT_MET:
        return _("The commune does not meet the standard yet.")
    why = str(verdict.label).lower()
    return _("Whether the commune meets the standard cannot be concluded yet: {why}.", why=why)


class StandardLine(NamedTuple):
    """One part of a standard: what it asks, how far it is, and its verdict."""

    depth: int
    asked: str
    state: str
    """Empty where it takes others together."""
    verdict: Verdict

    @property
    def words(self) -> str:
        """All of it."""
        return f"{self.asked}: {self.found}"

    @property
    def found(self) -> str:
        """How far it is, and its verdict."""
        return (
            _("{state}. {verdict}", state=self.state, verdict=self.verdict.label)
            if self.state
            else str(self.verdict.label)
        )


def standard_lines(rules: CriteriaSet, standard: Standard, whole: Result) -> list[StandardLine]:
    """Return a line for each part of a standard, for the commune or the criterion that `whole` is the result of."""
    known = {(one.level, one.id): one.verdict for child in whole.children for one in (child, *child.children)}
    return list(_lines(rules, standard, lambda named: known[named.level, named.id], 0))


def _lines(
    rules: CriteriaSet, part: Standard, verdict_of: Callable[[Named], Verdict], depth: int
) -> Iterator[StandardLine]:
    verdict = standard_verdict(part, verdict_of)
    if not part.is_leaf:
        asked = _("All of these") if part.op == "all" else _("One of these")
        yield StandardLine(depth, asked, "", verdict)
        for inner in part.parts:
            assert isinstance(inner, Standard)
            yield from _lines(rules, inner, verdict_of, depth + 1)
        return
    found = weighing(part, verdict_of)
    said = {"met": number(found.met), "applies": number(found.applies), "open": number(found.open)}
    state = _("{met} of {applies} now, {open} not concluded", **said) if found.open else _("{met} of {applies}", **said)
    if part.op != WEIGHED:
        missed = [one.id for one in part.names() if verdict_of(one) in (Verdict.NOT_MET, *_OPEN)]
        if missed:
            state = _("{met} of {applies}; not met or not concluded: {ids}", ids=", ".join(missed), **said)
    yield StandardLine(depth, asked_words(rules, part), state, verdict)


_OPEN = (Verdict.NO_DATA, Verdict.NO_TARGET)


def asked_words(rules: CriteriaSet, part: Standard, within: str = "") -> str:
    """Return what a standard, or a part of one, asks; `within` the criterion that is spoken of."""
    if not part.is_leaf:
        inner = "; ".join(_within_another(rules, one, within) for one in _together(part))
        return _("all of: {parts}", parts=inner) if part.op == "all" else _("one of: {parts}", parts=inner)
    words = _asked(rules, part)
    return _("criterion {id}: {words}", id=part.criterion, words=words) if part.criterion not in ("", within) else words


def _together(part: Standard) -> Iterator[Standard]:
    """Yield what a part takes together, parts that take others together in the same way opened."""
    for one in part.parts:
        assert isinstance(one, Standard)
        if one.is_leaf or one.op != part.op or _of_each_criterion(one):
            yield one
        else:
            yield from _together(one)


def _of_each_criterion(part: Standard) -> bool:
    """Tell whether a part asks one and the same of several criteria, each by itself."""
    asked = {(one.op, one.counts, one.at_least, one.percent) for one in part.parts if isinstance(one, Standard)}
    own = [one.criterion for one in part.parts if isinstance(one, Standard) and one.is_leaf and one.criterion]
    return part.op == "all" and len(asked) == 1 and len(set(own)) == len(part.parts) > 1


def _within_another(rules: CriteriaSet, part: Standard, within: str) -> str:
    """Return a part as it stands among others: one that takes others together in brackets."""
    if part.is_leaf:
        return asked_words(rules, part, within)
    if _of_each_criterion(part):
        words = [(one.criterion, _asked(rules, one)) for one in part.parts if isinstance(one, Standard)]
        if len({said for _id, said in words}) == 1:
            return _(
                "each of the criteria {ids}: {words}", ids=", ".join(id_ for id_, _said in words), words=words[0][1]
            )
    return f"({asked_words(rules, part, within)})"


def _asked(rules: CriteriaSet, part: Standard) -> str:
    ids = [one.id for one in part.names()]
    said = {"n": number(part.at_least), "ids": ", ".join(ids), "of": number(Decimal(len(ids)))}
    whole = len(ids) == _in_all(rules, part)
    if part.op != WEIGHED:
        if whole:
            return _("every criterion that applies") if part.counts == "criteria" else _("every indicator that applies")
        return _("criteria {ids} met", **said) if part.counts == "criteria" else _("indicators {ids} met", **said)
    if part.counts == "points":
        words = (
            _("at least {n}% of the points that apply", **said) if part.percent else _("at least {n} points", **said)
        )
    elif part.counts == "criteria":
        words = (
            _("at least {n}% of the criteria that apply", **said)
            if part.percent
            else _("at least {n} of {of} criteria", **said)
        )
    else:
        words = (
            _("at least {n}% of the indicators that apply", **said)
            if part.percent
            else _("at least {n} of {of} indicators", **said)
        )
    return words if whole else _("{words} (among {ids})", words=words, **said)


def _in_all(rules: CriteriaSet, part: Standard) -> int:
    """Return how many there are that a leaf could name."""
    if part.counts == "criteria":
        return len(rules.criteria)
    own = [i for i in rules.indicators() if not part.criterion or i.criterion == part.criterion]
    return len([i for i in own if i.points is not None] if part.counts == "points" else own)
