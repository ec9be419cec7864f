"""Hamlets (thôn, bản, ấp) in words: which meet what each must, which do not and by how much, which are not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.held import held
from ntm_rules.evaluation.reference import Facts, Result, hamlet_results, with_tally
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.i18n import N_, _
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.wording.gaps import gap_words, owed_figure, owed_words

_SAID = {
    Verdict.MET: N_("Hamlets that meet it ({n}): {names}."),
    Verdict.NOT_MET: N_("Hamlets that do not ({n}): {names}."),
    Verdict.NO_DATA: N_("Hamlets without the figures that decide ({n}): {names}."),
    Verdict.NO_TARGET: N_("Hamlets of which it is not fixed yet what they must reach ({n}): {names}."),
    Verdict.NOT_APPLICABLE: N_("Hamlets that it is not asked of ({n}): {names}."),
}

_IN_THE_WAY = {
    Verdict.MET: N_("{n} hamlets counted: {names}"),
    Verdict.NOT_MET: N_("{n} hamlets to go: {names}"),
    Verdict.NO_DATA: N_("{n} hamlets without figures that decide: {names}"),
    Verdict.NO_TARGET: N_("{n} hamlets of which the target is not fixed: {names}"),
}


def hamlet_sentences(rules: CriteriaSet, facts: Facts, requirement: Requirement) -> Iterator[str]:
    """Yield which hamlets meet what each must, and of the others why not; nothing where none is listed."""
    results = hamlet_results(rules, requirement, facts)
    if not results:
        return
    for verdict, words in _SAID.items():
        names = [
            _named(rules, facts, requirement, name, result)
            for name, result in results.items()
            if result.verdict is verdict
        ]
        if names:
            yield _(words, n=len(names), names="; ".join(names))
    yield from _not_listed(facts, requirement, len(results))
    figure = with_tally(rules, requirement, facts).report.get(requirement.measure)
    if figure.state is State.PRESENT and not all_known(facts, requirement, results):
        yield _("What is not known cannot change the verdict; the figure is what it comes to in the case that might.")


def hamlets_in_the_way(rules: CriteriaSet, facts: Facts, requirement: Requirement) -> str:
    """Return which hamlets do not meet it or are not known, each with what it lacks; empty where none is listed."""
    results = hamlet_results(rules, requirement, facts)
    if not results:
        return ""
    names = {
        verdict: [
            _named(rules, facts, requirement, name, one) for name, one in results.items() if one.verdict is verdict
        ]
        for verdict in in_the_way_of(requirement)
    }
    return in_the_way_words(names, _more(facts, requirement, len(results)))


def in_the_way_of(requirement: Requirement) -> tuple[Verdict, ...]:
    """Return what hamlets come to that stand in the way: where fewer are wanted, those that meet what is counted."""
    counted = Verdict.MET if requirement.wants_less else Verdict.NOT_MET
    return counted, Verdict.NO_DATA, Verdict.NO_TARGET


def in_the_way_words(names: Mapping[Verdict, Sequence[str]], not_listed: int | None) -> str:
    """Return hamlets by what they come to in one phrase, and how many are not listed; empty where there are none."""
    told = [_(_IN_THE_WAY[verdict], n=len(some), names="; ".join(some)) for verdict, some in names.items() if some]
    if not_listed is not None and not_listed > 0:
        told.append(_("{n} hamlets not listed", n=not_listed))
    return "; ".join(told)


def named_hamlet(name: str, lacks: Sequence[str]) -> str:
    """Return a hamlet's name, with what it lacks."""
    return _("{name} ({what})", name=name, what=", ".join(lacks)) if lacks else name


def with_hamlets(words: str, rules: CriteriaSet, facts: Facts, requirement: Requirement) -> str:
    """Return what is missing with the hamlets that stand in the way, where it is hamlets that are counted."""
    hamlets = hamlets_in_the_way(rules, facts, requirement)
    return "; ".join(said for said in (words, hamlets) if said)


def all_known(facts: Facts, requirement: Requirement, results: Mapping[str, Result]) -> bool:
    """Tell whether every hamlet of the commune is listed and judged."""
    open_ = any(result.verdict in (Verdict.NO_DATA, Verdict.NO_TARGET) for result in results.values())
    return not open_ and _more(facts, requirement, len(results)) == 0


def _not_listed(facts: Facts, requirement: Requirement, listed: int) -> Iterator[str]:
    more = _more(facts, requirement, listed)
    if more is None:
        yield _("How many hamlets the commune has is not reported.")
    elif more > 0:
        yield _("Hamlets of which no figure is given: {n}.", n=more)
    elif more < 0:
        yield _("The commune reports fewer hamlets than figures are given of: {n} too many.", n=-more)


def _more(facts: Facts, requirement: Requirement, listed: int) -> int | None:
    number = requirement.hamlets.number if requirement.hamlets is not None else ""
    if not number:
        return 0
    reported = facts.report.get(number)
    return reported.value // VALUE_SCALE - listed if reported.state is State.PRESENT else None


def _named(rules: CriteriaSet, facts: Facts, requirement: Requirement, name: str, result: Result) -> str:
    """Return a hamlet's name, with what it lacks."""
    own = Facts(facts.report.hamlets[name], group=facts.group, classes=facts.classes)
    of_each = rules.of_each_hamlet[requirement.id]
    return named_hamlet(name, list(dict.fromkeys(_lacks(of_each, own, result, result.verdict))))


def _lacks(rules: CriteriaSet, facts: Facts, result: Result, verdict: Verdict) -> Iterator[str]:
    if result.verdict is not verdict:
        return
    for child in result.children:
        yield from _lacks(rules, facts, child, verdict)
    requirement = result.requirement
    if requirement is None:
        return
    if verdict is Verdict.NO_DATA:
        yield owed_of_hamlet(rules, requirement, result.reason)
    elif verdict is Verdict.NOT_MET:
        gap = held(rules, facts, requirement, verdict).gap
        assert gap is not None, "what is not met has a gap"
        yield gap_of_hamlet(rules, requirement, gap_words(rules, requirement, gap))


def owed_of_hamlet(rules: CriteriaSet, requirement: Requirement, reason: Reason) -> str:
    """Return which figure of a hamlet is owed and why it is not there."""
    if reason is not Reason.EXISTENCE_UNANSWERED:
        return owed_words(rules, requirement, reason)
    return _("{figure}: not answered for this hamlet", figure=owed_figure(rules, requirement, reason))


def gap_of_hamlet(rules: CriteriaSet, requirement: Requirement, gap: str) -> str:
    """Return a hamlet's gap with the figure it is of."""
    return _("{figure}: {reason}", figure=str(rules.measures[requirement.measure].label), reason=gap)
