"""Hamlets (thôn, bản, ấp) in words: which meet what each must, which do not and by how much, which are not known."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.held import held
from ntm_rules.evaluation.reference import Facts, Result, hamlet_results, with_tally
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.i18n import N_, _
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.wording.gaps import gap_words, owed_words

_SAID = {
    Verdict.MET: N_("Hamlets that meet it ({n}): {names}."),
    Verdict.NOT_MET: N_("Hamlets that do not ({n}): {names}."),
    Verdict.NO_DATA: N_("Hamlets without the figures that decide ({n}): {names}."),
    Verdict.NO_TARGET: N_("Hamlets of which it is not fixed yet what they must reach ({n}): {names}."),
    Verdict.NOT_APPLICABLE: N_("Hamlets that it is not asked of ({n}): {names}."),
}


def hamlet_sentences(rules: CriteriaSet, facts: Facts, requirement: Requirement) -> Iterator[str]:
    """Yield which hamlets meet what each must, and of the others why not; nothing where none is listed."""
    results = hamlet_results(rules, requirement, facts)
    if not results:
        return
    for verdict, words in _SAID.items():
        names = [_named(rules, facts, name, result) for name, result in results.items() if result.verdict is verdict]
        if names:
            yield _(words, n=len(names), names="; ".join(names))
    yield from _not_listed(facts, requirement, len(results))
    figure = with_tally(rules, requirement, facts).report.get(requirement.measure)
    verdicts = [result.verdict for result in results.values()]
    if figure.state is State.PRESENT and (
        Verdict.NO_DATA in verdicts or Verdict.NO_TARGET in verdicts or _more(facts, requirement, len(results)) != 0
    ):
        yield _("What is not known cannot change the verdict; the figure is what it comes to in the case that might.")


def hamlets_in_the_way(rules: CriteriaSet, facts: Facts, requirement: Requirement) -> str:
    """Return which hamlets do not meet it or are not known, each with what it lacks; empty where none is listed."""
    results = hamlet_results(rules, requirement, facts)
    wanted = (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET)
    return "; ".join(
        _named(rules, facts, name, result)
        for verdict in wanted
        for name, result in results.items()
        if result.verdict is verdict
    )


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


def _named(rules: CriteriaSet, facts: Facts, name: str, result: Result) -> str:
    """Return a hamlet's name, with what it lacks."""
    own = Facts(facts.report.hamlets[name], group=facts.group, classes=facts.classes)
    lacks = list(dict.fromkeys(_lacks(rules, own, result, result.verdict)))
    return _("{name} ({what})", name=name, what=", ".join(lacks)) if lacks else name


def _lacks(rules: CriteriaSet, facts: Facts, result: Result, verdict: Verdict) -> Iterator[str]:
    if result.verdict is not verdict:
        return
    for child in result.children:
        yield from _lacks(rules, facts, child, verdict)
    requirement = result.requirement
    if requirement is None:
        return
    if verdict is Verdict.NO_DATA:
        yield owed_words(rules, requirement, result.reason)
    elif verdict is Verdict.NOT_MET:
        gap = held(rules, facts, requirement, verdict).gap
        assert gap is not None, "what is not met has a gap"
        label = str(rules.measures[requirement.measure].label)
        yield _("{figure}: {reason}", figure=label, reason=gap_words(rules, requirement, gap))
